//! 审核意见书: a letter to each unit with what has to be changed or explained, and nothing else; what asks for nothing is
//! attached, behind the list that the unit fills in and returns.

mod annex;

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Finding, Orientation, Place, Severity, Tally};

use juesuan_text::{Day, numeral::usual};

use super::{Checked, Documents, Teller, each, words};
use crate::docx::contents::LINE;
use crate::docx::parts::{NAMES, XML};
use crate::docx::section::{Kind, Numbers, end, header, properties};
use crate::docx::text::{paragraph, run};
use crate::docx::{Content, pack};
use crate::error::Error;
use crate::markup::escape;

/// Room for a date that is written by hand.
const DATE_BLANK: &str = "　　　　年　　月　　日";
/// Evidence that is written out; the rest is counted.
const EVIDENCE: usize = 2;
/// Letters of a quote that are written out.
const QUOTED: usize = 80;

/// Writes the letters, one for each document, each beginning on a new page and counting its own pages. `date` stands below
/// the signature: `2024-09-30` as `2024年9月30日`, anything else as it is given; without it there is room to write it.
/// The catalogue says the sentences and what to do.
pub fn docx<D>(documents: &D, catalog: &Catalog, date: Option<&str>) -> Result<Vec<u8>, Error>
where
    D: Documents + ?Sized,
{
    let mut body = String::new();
    for (i, document) in each(documents).enumerate() {
        let document = &*document?;
        let teller = Teller::of(catalog, document);
        let attached = annex::attached(document, &teller);
        let annexes = annex::annexes(&attached, i);
        let titles: Vec<&str> = attached.iter().map(|annex| annex.title.as_str()).collect();
        body.push_str(&letter(document, &teller, date, &titles));
        let last = i + 1 == documents.count();
        if annexes.is_empty() {
            body.push_str(&section(Orientation::Portrait, Kind::First, last));
        } else {
            body.push_str(&end(Orientation::Portrait, Kind::First));
            body.push_str(&annexes);
            body.push_str(&section(Orientation::Landscape, Kind::Further, last));
        }
    }
    if documents.count() == 0 {
        body.push_str(&section(Orientation::Portrait, Kind::First, true));
    }
    pack(Content {
        title: "审核意见书".to_owned(),
        author: String::new(),
        document: format!("{XML}<w:document {NAMES}><w:body>{body}</w:body></w:document>"),
        header: header(false),
        pictures: Vec::new(),
        contents_line: LINE,
        numbers: Numbers::Middle,
    })
}

/// The last section of a document stands by itself, others end in a paragraph.
fn section(orientation: Orientation, kind: Kind, last: bool) -> String {
    if last { properties(orientation, kind) } else { end(orientation, kind) }
}

fn letter(checked: &Checked, teller: &Teller<'_>, date: Option<&str>, attached: &[&str]) -> String {
    let mut out = paragraph("Title", "", &run(&format!("关于{}的", subject(checked))));
    out.push_str(&paragraph(
        "Title",
        "<w:spacing w:before=\"0\" w:after=\"480\" w:line=\"800\" w:lineRule=\"exact\"/>",
        &run("审核意见书"),
    ));
    out.push_str(&paragraph(
        "Body",
        "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>",
        &run(&format!("{}：", words::name(checked))),
    ));
    body(&introduction(checked), &mut out);
    let is_asked = is_asked(checked);
    let mut headings = 0;
    let mut heading = |title: &str, out: &mut String| {
        headings += 1;
        out.push_str(&paragraph("Heading2", "", &run(&format!("{}、{title}", numeral(headings)))));
    };
    let mut number = 0;
    for (severity, title) in [(Severity::Error, "应当更正的问题"), (Severity::Warning, "需要核实或说明的问题")]
    {
        let groups = groups(checked, severity);
        if groups.is_empty() {
            continue;
        }
        heading(&format!("{title}（{}处）", words::count(checked, severity)), &mut out);
        for (i, group) in groups.iter().enumerate() {
            out.push_str(&paragraph("Heading3", "", &run(&group_title(i + 1, group, teller))));
            for finding in group {
                number += 1;
                item(number, finding, teller, &mut out);
            }
            request(group, teller, &mut out);
        }
    }
    if is_asked {
        heading("有关要求", &mut out);
        body(
            &format!(
                "请对照账簿、报表和《审核问题整改清单》逐条核实，于{DATE_BLANK}前更正公开文本，填写清单并加盖公章后反馈。"
            ),
            &mut out,
        );
        body("对审核意见有异议的，请在同一期限内书面说明理由，并附有关账表、凭证的复印件。", &mut out);
    }
    if !attached.is_empty() && unread(checked).next().is_some() {
        body(
            "没有读懂、没有核对的内容列在附件中，不代表无误；如有可以识别的文件（如电子表格或文字版文件），请一并提供。",
            &mut out,
        );
    }
    for title in attached {
        body(title, &mut out);
    }
    signature(date, &mut out);
    out
}

/// What the letter is about; no kind where none was recognised.
fn subject(checked: &Checked) -> String {
    let kind = match checked.package.kind {
        DocumentKind::Final | DocumentKind::Budget => words::kind(&checked.package),
        DocumentKind::Template | DocumentKind::Unknown => "",
    };
    format!("{}{kind}公开文本", words::year(checked))
}

/// True where something has to be changed or explained.
fn is_asked(checked: &Checked) -> bool {
    checked.report.findings.iter().any(|finding| finding.severity != Severity::Notice)
}

/// What could not be read, and what was not understood.
fn unread(checked: &Checked) -> impl Iterator<Item = (&Place, &str)> {
    let problems = checked.problems.iter().map(|problem| (&problem.place, problem.message.as_str()));
    problems.chain(checked.unread.iter().map(|(place, what)| (place, what.as_str())))
}

fn introduction(checked: &Checked) -> String {
    let pages = if checked.pages > 0 { format!("，共{}页", checked.pages) } else { String::new() };
    format!(
        "我们审核了你单位的{}（{}{pages}），逐项核对其中的勾稽关系，{}。{}{}",
        subject(checked),
        words::file_name(&checked.file),
        words::relations(Tally::of(&checked.report.relations)),
        words::judgement(checked),
        if is_asked(checked) { "具体意见如下。" } else { "" },
    )
}

/// Findings of a severity, those of one rule together, rules in the order of their first finding.
fn groups(checked: &Checked, severity: Severity) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in checked.report.findings.iter().filter(|finding| finding.severity == severity) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.code == finding.code)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// `（一）同一数据各处不一致（LW001，3处）`.
fn group_title(number: usize, group: &[&Finding], teller: &Teller<'_>) -> String {
    let (title, code) = group.first().map_or(("", ""), |first| (teller.headline(first), first.code.as_str()));
    let count = if group.len() > 1 { format!("，{}处", group.len()) } else { String::new() };
    format!("（{}）{title}（{code}{count}）", numeral(number))
}

/// What was found, its probable cause, its words and what shows it.
fn item(number: usize, finding: &Finding, teller: &Teller<'_>, out: &mut String) {
    let mut text = teller.statement(finding);
    if let Some(cause) = teller.cause(finding) {
        text.push_str(&format!("可能原因：{cause}。"));
    }
    let quote = finding.places().next().and_then(|place| place.quote.as_deref()).unwrap_or("").trim_end_matches('。');
    if !quote.is_empty() && !text.contains(quote) {
        let shown: String = quote.chars().take(QUOTED).collect();
        let more = if shown.len() < quote.len() { "……" } else { "" };
        text.push_str(&format!("原文：“{shown}{more}”。"));
    }
    out.push_str(&paragraph("Body", "", &format!("{}{}", strong(&format!("{number}．")), run(&text))));
    let evidence = teller.evidence(finding);
    let all = evidence.len();
    if all == 0 {
        return;
    }
    let shown = evidence.iter().take(EVIDENCE).map(|text| text.trim_end_matches('。'));
    let more = if all > EVIDENCE { format!("；等{all}条") } else { String::new() };
    body(&format!("佐证：{}{more}。", shown.collect::<Vec<_>>().join("；")), out);
}

/// The ground of a group of findings, and what is asked: once for all of them.
fn request(group: &[&Finding], teller: &Teller<'_>, out: &mut String) {
    let Some(first) = group.first() else { return };
    let mut content = String::new();
    let basis = teller.basis(first);
    if !basis.is_empty() {
        content.push_str(&format!("{}{}", strong("依据："), run(&format!("{}。", basis.join("；")))));
    }
    let remedy = teller.remedy(&first.code);
    if !remedy.is_empty() {
        content.push_str(&format!("{}{}", strong("处理意见："), run(remedy)));
    }
    if !content.is_empty() {
        out.push_str(&paragraph("Body", "", &content));
    }
}

/// 一 to 九十九; digits beyond.
fn numeral(number: usize) -> String {
    if number < 100 { usual(number) } else { number.to_string() }
}

fn signature(date: Option<&str>, out: &mut String) {
    let right =
        "<w:keepLines/><w:ind w:right=\"640\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"right\"/>";
    out.push_str(&paragraph("Body", "<w:keepNext/>", &run("联系人：　　　　　　　　联系电话：")));
    out.push_str(&paragraph("Body", "<w:keepNext/>", ""));
    out.push_str(&paragraph("Body", &format!("<w:keepNext/>{right}"), &run("（审核单位盖章）")));
    out.push_str(&paragraph("Body", right, &run(&date.map_or_else(|| DATE_BLANK.to_owned(), written))));
}

/// A date as letters write it.
fn written(date: &str) -> String {
    Day::parse_iso(date).map_or_else(|| date.to_owned(), Day::in_words)
}

fn body(text: &str, out: &mut String) {
    out.push_str(&paragraph("Body", "", &run(text)));
}

fn strong(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_go_on_beyond_ten() {
        assert_eq!([1, 10, 11, 20, 35, 100].map(numeral), ["一", "十", "十一", "二十", "三十五", "100"]);
    }

    #[test]
    fn dates_are_written_as_letters_write_them() {
        assert_eq!(written("2024-09-30"), "2024年9月30日");
        assert_eq!(written("二〇二四年九月"), "二〇二四年九月");
    }
}
