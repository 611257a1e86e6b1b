//! The findings of a document, graver first, each with every place it speaks of.

use std::collections::BTreeSet;
use std::ops::Range;

use juesuan_model::{Finding, Place};
use juesuan_text::{number, part_of_text};

use super::super::{Named, Waived, words};
use super::spots::{self, Shown};
use super::{View, seen};
use crate::markup::{Push, escape};

/// The list with its filter, which the script brings out; then what somebody answers for.
pub(super) fn findings(view: &View<'_>, shown: &Shown) -> String {
    let checked = view.checked;
    let mut out = String::new();
    if checked.report.findings.is_empty() {
        out.put(format_args!("<p>{}</p>\n", escape(&words::judgement(checked))));
    } else {
        out.push_str(&filter(view));
    }
    for (i, finding) in spots::ordered(checked).enumerate() {
        out.push_str(&card(view, i + 1, (finding, None), shown));
    }
    if !checked.waived.is_empty() {
        out.put(format_args!("<details class=\"waived\"><summary>已豁免 {} 处</summary>\n", checked.waived.len()));
        for (number, waived) in (checked.report.findings.len() + 1..).zip(&checked.waived) {
            out.push_str(&card(view, number, (&waived.finding, Some(waived)), shown));
        }
        out.push_str("</details>\n");
    }
    out
}

fn filter(view: &View<'_>) -> String {
    let n = view.number;
    let codes: BTreeSet<(&str, &str)> =
        view.checked.report.findings.iter().map(|f| (f.code.as_str(), view.teller.headline(f))).collect();
    let mut out = format!(
        "<form class=\"filter\" id=\"d{n}filter\" aria-label=\"筛选\" hidden>\n<fieldset><legend>严重程度</legend>"
    );
    for severity in words::SEVERITIES {
        let number = words::count(view.checked, severity);
        if number > 0 {
            out.put(format_args!(
                "<label><input type=\"checkbox\" name=\"severity\" value=\"{}\" checked> {} {number}</label> ",
                spots::class(severity),
                severity.word()
            ));
        }
    }
    out.push_str("</fieldset>\n<label>规则 <select name=\"code\"><option value=\"\">全部</option>");
    for (code, title) in codes {
        let (code, title) = (escape(code), escape(title));
        out.put(format_args!("<option value=\"{code}\">{code} {title}</option>"));
    }
    let said = &view.catalog.report.page;
    out.put(format_args!(
        "</select></label>\n<label>文字 <input type=\"search\" name=\"words\" placeholder=\"项目、表名、金额\"></label>\n\
         <label><input type=\"checkbox\" name=\"keys\" checked> {}</label>\n\
         <output aria-live=\"polite\" data-all=\"{}\" data-some=\"{}\"></output>\n</form>\n",
        escape(&said.keys),
        escape(&said.all),
        escape(&said.some)
    ));
    out
}

/// A finding, with the answer to it where somebody gave one.
fn card(view: &View<'_>, number: usize, (finding, answer): (&Finding, Option<&Waived>), shown: &Shown) -> String {
    let teller = &view.teller;
    let id = spots::finding_id(view.number, number);
    let class = spots::class(finding.severity);
    let (code, key) = (escape(&finding.code), escape(&finding.key.0));
    let kind = if answer.is_some() { "finding answered" } else { "finding" };
    let mut out = format!(
        "<article class=\"{kind} {class}\" id=\"{id}\" data-key=\"{key}\" data-severity=\"{class}\" data-code=\"{code}\" tabindex=\"-1\" aria-labelledby=\"{id}h\">\n\
         <h4 id=\"{id}h\"><span class=\"tag {class}\">{number}</span> <span class=\"word\">{}</span> {} <code>{code}</code></h4>\n\
         {}<p>{}</p>\n",
        finding.severity.word(),
        escape(teller.headline(finding)),
        answer.map(answered).unwrap_or_default(),
        escape(&teller.statement(finding)),
    );
    out.push_str(&places(view, &id, finding, shown));
    out.push_str(&facts(view, finding));
    out.push_str(&(view.below)(finding));
    out.push_str("</article>\n");
    out
}

/// Every place that it speaks of.
fn places(view: &View<'_>, id: &str, finding: &Finding, shown: &Shown) -> String {
    let mut out = String::new();
    let placed: Vec<_> =
        finding.spots.iter().filter_map(|spot| Some((spot, spot.place.as_ref()?, view.teller.named(spot)))).collect();
    if !placed.is_empty() {
        out.push_str("<ol class=\"places\">\n");
        for (i, (spot, place, named)) in placed.into_iter().enumerate() {
            let id = spots::spot_id(id, i + 1);
            let seen = seen::shown(view, spot);
            let link = shown.contains(&id).then_some(id.as_str());
            out.push_str(&place_item(view, (place, &seen), named.as_ref(), link));
        }
        out.push_str("</ol>\n");
    }
    out
}

/// How far it is off, what probably happened, what to do, on what ground, what else shows it.
fn facts(view: &View<'_>, finding: &Finding) -> String {
    let (teller, mut out) = (&view.teller, String::new());
    let fields = [
        ("差额", finding.difference.map(|difference| teller.difference(difference)).unwrap_or_default()),
        ("可能原因", teller.cause(finding).unwrap_or_default()),
        ("处理建议", teller.remedy(&finding.code).to_owned()),
        ("依据", teller.basis(finding).join("；")),
    ];
    if fields.iter().any(|(_, text)| !text.is_empty()) {
        out.push_str("<dl>\n");
        for (name, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
            out.put(format_args!("<div><dt>{name}</dt><dd>{}</dd></div>\n", escape(text)));
        }
        out.push_str("</dl>\n");
    }
    if !finding.evidence.is_empty() {
        out.put(format_args!("<details><summary>佐证 {} 条</summary>\n<ul>\n", finding.evidence.len()));
        for evidence in teller.evidence(finding) {
            out.put(format_args!("<li>{}</li>\n", escape(&evidence)));
        }
        out.push_str("</ul></details>\n");
    }
    if let Some(rule) = teller.entry(&finding.code).filter(|rule| !rule.explanation.trim().is_empty()) {
        out.put(format_args!(
            "<details><summary>这条规则</summary>\n<p>{}</p></details>\n",
            escape(&rule.explanation.split_whitespace().collect::<String>())
        ));
    }
    out
}

/// A place: the figure that stands there, where, the words around it, and what was seen there of a picture. It leads to its mark if it has
/// one.
fn place_item(view: &View<'_>, (place, seen): (&Place, &str), figure: Option<&Named>, spot: Option<&str>) -> String {
    let mut out = String::from("<li>");
    if let Some(figure) = figure {
        out.put(format_args!(
            "<span class=\"what\">{}</span> <b>{}{}</b> ",
            escape(&figure.label),
            escape(&figure.value),
            escape(&figure.unit)
        ));
    }
    let words = escape(&words::place(place, view.checked));
    match spot {
        Some(spot) => out.put(format_args!("<a class=\"to\" href=\"#{spot}\">{words}</a>")),
        None => out.put(format_args!("<span class=\"to\">{words}</span>")),
    }
    if let Some(quote) = place.quote.as_deref().filter(|quote| !quote.is_empty()) {
        out.put(format_args!("<q>{}</q>", underlined(quote, figure)));
    }
    out.push_str(seen);
    out.push_str("</li>\n");
    out
}

/// The quote with the figure underlined, where it is found in it.
fn underlined(quote: &str, figure: Option<&Named>) -> String {
    let digits = figure.map(|figure| figure.value.trim_start_matches('-').to_owned()).unwrap_or_default();
    match number::find(quote, &digits) {
        Some(Range { start, end }) => {
            format!(
                "{}<mark>{}</mark>{}",
                escape(part_of_text(quote, ..start)),
                escape(part_of_text(quote, start..end)),
                escape(part_of_text(quote, end..))
            )
        }
        None => escape(quote),
    }
}

/// Who answers for a finding, until when, and why.
fn answered(waived: &Waived) -> String {
    let until = if waived.until.is_empty() { String::new() } else { format!("，有效期至{}", waived.until) };
    format!("<p class=\"answer\">{} 豁免：{}{}</p>\n", escape(&waived.person), escape(&waived.reason), escape(&until))
}
