//! Names of classification codes in the rows of tables.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Code, Confidence};
use juesuan_model::{Dimension, FigureId, Message, Said, Severity, Verdict};
use juesuan_text::{numeral, plain};

use super::Bench;
use crate::docket::Heading;
use crate::ledger::Ledger;

/// Code, name as printed (without ordinal, code and marks) and a figure of each row.
pub(super) fn rows<'a>(ledger: &Ledger<'a>) -> Vec<(Dimension, String, &'a str, FigureId)> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, figure, entry) in ledger.figures() {
        let (Some(table), Some(row)) = (&figure.place.table, &figure.place.row) else {
            continue;
        };
        for dimension in [Dimension::Function, Dimension::Economic] {
            // A row is one of a code if all its figures are; a column may be one of a code too (三公).
            let Some(code) = entry.keys.first().and_then(|(meaning, _)| meaning.get(dimension)) else {
                continue;
            };
            if seen.insert((table.as_str(), row.as_str(), code.to_owned())) && !bare(row).is_empty() {
                out.push((dimension, code.to_owned(), row.as_str(), id));
            }
        }
    }
    out
}

/// A name stands in the classification of the year for its code. Certain entries find errors, likely ones warnings.
pub(crate) fn name_fits_code(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let (mut seen, mut faults) = (Vec::new(), 0);
    // Without a year nobody knows which classification the document follows.
    let judged = if year == 0 { Vec::new() } else { rows(ledger) };
    for (dimension, code, row, id) in judged {
        let codes =
            if dimension == Dimension::Function { &ledger.catalog.functions } else { &ledger.catalog.economics };
        let valid: Vec<&Code> =
            codes.rows(&code).iter().filter(|r| r.valid_in(year) && r.confidence < Confidence::C).collect();
        let Some(best) = valid.iter().map(|r| r.confidence).min() else {
            continue;
        };
        seen.push(id);
        if valid.iter().any(|r| same(row, &r.name)) {
            continue;
        }
        faults += 1;
        let names: Vec<&str> = valid.iter().map(|r| r.name.as_str()).collect();
        // Where an old and a new name are both valid, the year of change is not certain.
        let severity =
            if best == Confidence::A && valid.len() == 1 { bench.heading.severity } else { Severity::Warning };
        let message = Message::new("other-name")
            .with("数", id)
            .with("编码", Said::name(&code))
            .with("名称", Said::words(bare(row)))
            .with("年度", usize::from(year))
            .with("应为", Said::list(names.into_iter().map(Said::name)));
        let heading = Heading { severity, ..bench.heading };
        let subject = format!("{code}{}", bare(row));
        bench.docket.state(heading, message, (vec![id], subject), Verdict::Broken, None);
    }
    bench.conclude(seen, faults);
}

/// A code has the same name in every table.
pub(crate) fn one_name_per_code(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let mut first: BTreeMap<(Dimension, String), (&str, FigureId)> = BTreeMap::new();
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (dimension, code, row, id) in rows(ledger) {
        match first.get(&(dimension, code.clone())).copied() {
            None => {
                first.insert((dimension, code), (row, id));
            }
            Some((name, at)) => {
                seen.push(id);
                if !same(row, name) {
                    faults += 1;
                    let message = Message::new("two-names")
                        .with("数", id)
                        .with("编码", Said::name(&code))
                        .with("名称", Said::words(bare(row)))
                        .with("另一处", at)
                        .with("另名", Said::words(bare(name)));
                    bench.state(format!("{code}{}", bare(row)), message, vec![id, at], Verdict::Broken);
                }
            }
        }
    }
    bench.conclude(seen, faults);
}

/// Equal but for ordinals, codes, brackets, blanks and the word 支出 at the end.
pub(super) fn same(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

/// A name as it is compared.
pub(super) fn key(text: &str) -> String {
    let bare = bare(text);
    bare.strip_suffix("支出").map_or(bare.clone(), str::to_owned)
}

/// The name without `一、`, `（类）`, digits, brackets, blanks and marks.
pub(super) fn bare(text: &str) -> String {
    let mut out = plain(text);
    if let Some((ordinal, rest)) = out.split_once('、')
        && !ordinal.is_empty()
        && ordinal.chars().all(numeral::counts)
    {
        out = rest.to_owned();
    }
    for level in ["(类)", "(款)", "(项)"] {
        out = out.replace(level, "");
    }
    out.chars()
        .filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation() && !c.is_ascii_digit() && !"：，、·".contains(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_ordinal_code_and_level() {
        assert!(same("一、一般公共服务支出", "一般公共服务支出"));
        assert!(same("2010301 行政运行", "行政运行"));
        assert!(same("因公出国(境)费用", "因公出国（境）费用"));
        assert!(!same("行政运行", "事业运行"));
    }
}
