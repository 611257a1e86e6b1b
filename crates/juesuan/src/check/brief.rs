//! Findings in one line each, and how many there are by rule.

use juesuan_catalog::Catalog;
use juesuan_model::Finding;
use juesuan_write::report::{Checked, Statistics, Teller};

use crate::check::paint::{padded, width};

/// `文件:第N页第N行: 错误 LW001 …`, a line a finding, errors first; what was not read is one line.
pub fn concise(document: &Checked, catalog: &Catalog) -> Vec<String> {
    let teller = Teller::of(catalog, document);
    let mut findings: Vec<&Finding> = document.report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let line = |finding: &Finding| {
        let place = finding.places().next();
        let file = place.and_then(|place| place.file.as_deref()).unwrap_or(&document.file);
        let page = place.and_then(|place| place.page).map(|page| format!("第{page}页")).unwrap_or_default();
        let line = place.and_then(|place| place.line).map(|line| format!("第{line}行")).unwrap_or_default();
        let at = if page.is_empty() && line.is_empty() { String::new() } else { format!(":{page}{line}") };
        let said = one_line(&teller.message(finding));
        format!("{file}{at}: {} {} {said}", finding.severity.word(), finding.code)
    };
    let mut lines: Vec<String> = findings.into_iter().map(line).collect();
    let unread = document.unread.len() + document.problems.len();
    if unread > 0 {
        lines.push(format!("{}: 没有读懂 {unread} 处，juesuan read 列出全部", document.file));
    }
    lines
}

/// What was found by each rule, the most frequent first, and by all together.
pub fn statistics(statistics: &Statistics, catalog: &Catalog) -> Vec<String> {
    let table = statistics.rows(catalog);
    let wide = |at: usize| table.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let widths: [usize; 5] = [0, 1, 2, 3, 4].map(wide);
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| padded(cell, width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
