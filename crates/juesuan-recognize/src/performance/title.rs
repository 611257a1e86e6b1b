//! Titles of reports and forms: kind, year and what they are about.

use juesuan_catalog::PerformanceWords;
use juesuan_model::{Entity, Stands};
use juesuan_text::{Ordinal, numeral, plain};

/// Longest title, in characters.
const LONGEST: usize = 60;

/// A title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Report or form.
    pub(super) stands: Stands,
    /// Year at its beginning.
    pub(super) year: Option<u16>,
    /// Project, empty: the whole.
    pub(super) project: String,
    /// It heads a group of reports and is no report itself.
    pub(super) group: bool,
}

/// What a line is the title of; `None`: it is no title.
pub(super) fn title(line: &str, words: &PerformanceWords, entity: &Entity) -> Option<Title> {
    let line = behind_attachment(alone(line, words), words);
    let body: Vec<char> = line.chars().collect();
    let body: String = body.get(Ordinal::at(&body).map_or(0, |own| own.length)..).unwrap_or_default().iter().collect();
    let body = body.trim_end_matches("(公开)").trim_end_matches("(公开版)");
    let ends = |words: &[String]| {
        words.iter().map(|word| plain(word)).filter(|word| body.ends_with(word.as_str())).max_by_key(|word| word.len())
    };
    if body.chars().count() > LONGEST || body.contains(['。', '；', '：', '《', '》']) {
        return None;
    }
    let (stands, ending) = match (ends(&words.report), ends(&words.form)) {
        (Some(report), _) => (Stands::Report, report),
        (None, Some(form)) => (Stands::Form, form),
        (None, None) => return None,
    };
    let body = body.strip_suffix(ending.as_str()).unwrap_or(body);
    let whole = words.whole.iter().any(|word| line.contains(plain(word).as_str()));
    let (year, name) = without_year(body);
    let name = subject(&name, words, entity);
    let group = !whole && words.general.contains(&name);
    Some(Title { stands, year, project: if whole || group { String::new() } else { name }, group })
}

/// A title without the number of the attachment that it is: 附件2：….
fn behind_attachment<'l>(line: &'l str, words: &PerformanceWords) -> &'l str {
    let numbered = |lead: &String| {
        let (number, title) = line.strip_prefix(plain(lead).as_str())?.split_once('：')?;
        let is_number = |c: char| c.is_ascii_digit() || c == '-' || numeral::digit(c).is_some();
        (!number.is_empty() && number.chars().all(is_number)).then_some(title)
    };
    words.lead.iter().find_map(numbered).unwrap_or(line)
}

/// A title without what stands behind it on its line: 填报日期, 单位名称.
pub(super) fn alone<'l>(line: &'l str, words: &PerformanceWords) -> &'l str {
    let cut = words.behind_title.iter().filter_map(|word| line.find(plain(word).as_str())).min();
    line.get(..cut.filter(|at| *at > 0).unwrap_or(line.len())).unwrap_or(line)
}

/// The year at the beginning (2023年, 2023年度) and the rest.
fn without_year(text: &str) -> (Option<u16>, String) {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.strip_prefix(digits.as_str()).unwrap_or(text);
    match (digits.len(), rest.strip_prefix('年'), digits.parse()) {
        // 2023年初预留 is a name.
        (4, Some(rest), Ok(year)) if !rest.starts_with('初') => {
            (Some(year), rest.strip_prefix('度').unwrap_or(rest).trim_start().to_owned())
        }
        _ => (None, text.to_owned()),
    }
}

/// A title without the words that belong to every title.
fn subject(name: &str, words: &PerformanceWords, entity: &Entity) -> String {
    let mut name = name.trim().to_owned();
    for lead in &words.lead {
        name = name.strip_prefix(plain(lead).as_str()).unwrap_or(&name).to_owned();
    }
    let own = plain(&entity.name);
    if !own.is_empty() {
        name = name.strip_prefix(own.as_str()).unwrap_or(&name).to_owned();
    }
    let (_, rest) = without_year(&name);
    name = rest;
    for tail in &words.tail {
        name = name.strip_suffix(plain(tail).as_str()).unwrap_or(&name).to_owned();
    }
    name.trim_start_matches("年度").to_owned()
}

/// The name of a project without a word that may or may not stand behind it.
pub(super) fn core(name: &str) -> String {
    let name = plain(name);
    let quoted: String = name.chars().filter(|c| !"《》\"".contains(*c)).collect();
    let core = quoted.strip_suffix("项目").unwrap_or(&quoted);
    if core.is_empty() { quoted } else { core.to_owned() }
}

/// How alike two names are, in percent: pairs of neighbours that both have.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
    };
    let (mut first, second) = (pairs(a), pairs(b));
    let total = first.len() + second.len();
    let mut shared = 0usize;
    for pair in &second {
        if let Some(at) = first.iter().position(|other| other == pair) {
            first.swap_remove(at);
            shared += 2;
        }
    }
    (shared * 100).checked_div(total).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    fn read(line: &str) -> Option<(Stands, Option<u16>, String)> {
        let catalog = Catalog::load(&[]).unwrap();
        let entity = Entity { name: "甲县教育局".to_owned(), ..Entity::default() };
        title(&plain(line), &catalog.performance.words, &entity)
            .filter(|title| !title.group)
            .map(|title| (title.stands, title.year, title.project))
    }

    #[test]
    fn a_title_names_kind_year_and_project() {
        let report = |year, name: &str| Some((Stands::Report, year, name.to_owned()));
        assert_eq!(read("2023 年度值班设备经费自评报告"), report(Some(2023), "值班设备经费"));
        assert_eq!(read("甲县教育局2022年度校舍维修项目支出绩效自评报告"), report(None, "校舍维修"));
        assert_eq!(read("一、2023年度甲县教育局部门整体支出绩效自评报告"), report(Some(2023), ""));
        assert_eq!(read("附件1：部门整体支出绩效自评报告"), report(None, ""));
        assert_eq!(read("附件2-1：2023年度校舍维修自评报告"), report(Some(2023), "校舍维修"));
        assert_eq!(
            read("2023年度2023年初预留(表彰暨2022年动员大会经费)自评报告"),
            report(Some(2023), "2023年初预留(表彰暨2022年动员大会经费)")
        );
        assert_eq!(
            read("2023年度校舍维修项目绩效自评表").map(|t| (t.0, t.2)),
            Some((Stands::Form, "校舍维修项目".to_owned()))
        );
    }

    #[test]
    fn what_only_speaks_of_reports_is_no_title() {
        for line in
            ["二、2023年度项目绩效评价自评报告", "附件：2023年度校舍维修自评表（附后）", "提出建议，形成自评报告。"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn names_that_differ_in_one_word_are_alike() {
        assert!(likeness("金融信用县(市、区)创建专项经费", "金融县(市、区)创建专项经费") > 80);
        assert!(likeness("区政府研究室经费", "区政府督查工作经费") < 70);
    }
}
