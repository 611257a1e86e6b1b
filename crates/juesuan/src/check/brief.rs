//! Findings in one line each, and how many there are by rule.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::{Finding, Severity};
use juesuan_write::report::{Checked, Teller};

use crate::check::paint::{padded, width};

/// `文件:第N页第N行: 错误 LW001 …`, a line a finding, errors of a document first; what was not read is one line a document.
pub fn concise(checked: &[Checked], catalog: &Catalog) -> Vec<String> {
    let mut lines = Vec::new();
    for document in checked {
        let teller = Teller::of(catalog, document);
        let mut findings: Vec<&Finding> = document.report.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        for finding in findings {
            let place = finding.places().next();
            let file = place.and_then(|place| place.file.as_deref()).unwrap_or(&document.file);
            let page = place.and_then(|place| place.page).map(|page| format!("第{page}页")).unwrap_or_default();
            let line = place.and_then(|place| place.line).map(|line| format!("第{line}行")).unwrap_or_default();
            let at = if page.is_empty() && line.is_empty() { String::new() } else { format!(":{page}{line}") };
            let said = one_line(&teller.message(finding));
            lines.push(format!("{file}{at}: {} {} {said}", finding.severity.word(), finding.code));
        }
        let unread = document.unread.len() + document.problems.len();
        if unread > 0 {
            lines.push(format!("{}: 没有读懂 {unread} 处，juesuan read 列出全部", document.file));
        }
    }
    lines
}

/// What was found by each rule, the most frequent first, and by all together.
pub fn statistics(checked: &[Checked], catalog: &Catalog) -> Vec<String> {
    let mut rules: BTreeMap<(&str, Severity), Count> = BTreeMap::new();
    for (number, document) in checked.iter().enumerate() {
        let teller = Teller::of(catalog, document);
        for finding in &document.report.findings {
            let count = rules.entry((&finding.code, finding.severity)).or_default();
            count.findings += 1;
            count.documents.insert(number);
            if count.named.is_empty() {
                count.named = teller.headline(finding).to_owned();
            }
        }
    }
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|((code, severity), count)| {
        (std::cmp::Reverse(count.findings), std::cmp::Reverse(*severity), *code)
    });
    let all: usize = rows.iter().map(|(_, count)| count.findings).sum();
    let words = &catalog.report.statistics;
    let mut table = vec![words.heads.clone()];
    table.extend(rows.into_iter().map(|((code, severity), count)| {
        let (findings, documents) = (count.findings.to_string(), count.documents.len().to_string());
        [findings, documents, code.to_owned(), severity.word().to_owned(), one_line(&count.named)]
    }));
    table.push([all.to_string(), checked.len().to_string(), words.all.clone(), String::new(), String::new()]);
    let wide = |at: usize| table.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let widths: [usize; 5] = [0, 1, 2, 3, 4].map(wide);
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| padded(cell, width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

#[derive(Default)]
struct Count {
    findings: usize,
    documents: BTreeSet<usize>,
    /// What is wrong, as the first of them says it.
    named: String,
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
