//! Classification codes: known, complete upwards, in order, of the right fund and nature.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Confidence;
use juesuan_catalog::names::fund;
use juesuan_model::{Block, CellRole, Dimension, FigureId, Meaning, Measure, Message, Said, Verdict};

use super::Bench;
use crate::ledger::Ledger;

/// The function codes with an amount of the year's accounts, with a figure of each in the order of the document.
fn printed_codes(ledger: &Ledger<'_>) -> BTreeMap<String, FigureId> {
    let mut out = BTreeMap::new();
    for (id, _, entry) in ledger.figures() {
        for (meaning, measure) in &entry.keys {
            if *measure == Measure::Amount
                && let Some(code) = meaning.get(Dimension::Function)
            {
                out.entry(code.to_owned()).or_insert(id);
            }
        }
    }
    out
}

/// A code has 3, 5 or 7 digits and stands in the classification of the year. An absent one proves nothing: a hint.
pub(crate) fn code_in_dictionary(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (code, id) in printed_codes(ledger) {
        seen.push(id);
        let formed = matches!(code.len(), 3 | 5 | 7) && code.bytes().all(|b| b.is_ascii_digit());
        let known = ledger.catalog.functions.rows(&code).iter().any(|row| row.valid_in(year));
        if !formed || !known {
            faults += 1;
            let says = if formed { "not-in-dictionary" } else { "no-code" };
            let message = Message::new(says).with("编码", Said::words(&code));
            bench.state(code.clone(), message, vec![id], Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}

/// A 7-digit row has its 5-digit and 3-digit rows in the same table and column.
pub(crate) fn closed_upward(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for ((table, _), rows) in tables(ledger) {
        let codes: BTreeSet<&str> = rows.iter().map(|(code, _)| code.as_str()).collect();
        // A table of classes only (收入支出决算总表) has nothing to close.
        for (code, id) in &rows {
            seen.push(*id);
            let above = code.get(..code.len().saturating_sub(2)).unwrap_or("");
            if code.len() > 3 && !codes.contains(above) {
                faults += 1;
                let message = Message::new("no-row-above")
                    .with("数", *id)
                    .with("编码", Said::name(code))
                    .with("上级", Said::name(above));
                bench.state(format!("{table}{above}"), message, vec![*id], Verdict::Broken);
            }
        }
    }
    bench.conclude(seen, faults);
}

/// Codes ascend and none is doubled.
pub(crate) fn ascend(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (mut seen, mut faults) = (Vec::new(), 0);
    for ((table, _), rows) in columns(ledger) {
        for pair in rows.windows(2) {
            let [(before, _), (code, id)] = pair else {
                continue;
            };
            seen.push(*id);
            if code <= before {
                faults += 1;
                let message = Message::new(if code == before { "twice" } else { "out-of-order" })
                    .with("数", *id)
                    .with("编码", Said::name(code))
                    .with("前一行", Said::name(before));
                bench.state(format!("{table}{code}"), message, vec![*id], Verdict::Broken);
            }
        }
    }
    bench.conclude(seen, faults);
}

/// Codes of one column of one table, with a figure of each.
type Column = Vec<(String, FigureId)>;

/// The columns that list codes of 5 or 7 digits.
fn tables<'a>(ledger: &Ledger<'a>) -> BTreeMap<(&'a str, Meaning), Column> {
    let mut out = columns(ledger);
    out.retain(|_, rows| rows.iter().any(|(code, _)| code.len() > 3));
    out
}

/// Codes by table and other coordinates, in the order of the document.
fn columns<'a>(ledger: &Ledger<'a>) -> BTreeMap<(&'a str, Meaning), Column> {
    let mut out: BTreeMap<(&str, Meaning), Column> = BTreeMap::new();
    for (id, figure, entry) in ledger.figures() {
        let (Some(table), Some((meaning, Measure::Amount))) = (&figure.place.table, entry.keys.first()) else {
            continue;
        };
        if let Some(code) = meaning.get(Dimension::Function) {
            let rest = meaning.clone().without(Dimension::Function);
            out.entry((table.as_str(), rest)).or_default().push((code.to_owned(), id));
        }
    }
    out
}

/// Items named in `[with] names` have no amount of `[with] nature`.
pub(crate) fn nature_fits_item(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let (names, natures) = (bench.words("names"), bench.words("nature"));
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (meaning, measure) in ledger.order() {
        let (Some(code), Some(nature)) = (meaning.get(Dimension::Function), meaning.get(Dimension::Nature)) else {
            continue;
        };
        let name = ledger.catalog.functions.name(code, ledger.package.entity.year);
        let concerned = code.len() == 7
            && *measure == Measure::Amount
            && meaning.get(Dimension::Stage).is_none()
            && natures.iter().any(|n| n == nature)
            && name.is_some_and(|name| names.iter().any(|n| n == name));
        if !concerned {
            continue;
        }
        let Some(id) = ledger.spokesman(&(meaning.clone(), Measure::Amount)) else {
            continue;
        };
        seen.push(id);
        if ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero()) {
            faults += 1;
            let message = Message::new("other-nature")
                .with("数", id)
                .with("名称", Said::name(name.unwrap_or(code)))
                .with("性质", Said::name(nature));
            bench.state(code.to_owned(), message, vec![id], Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}

/// A code with money stands under a fund that the classification gives it.
pub(crate) fn fund_fits_code(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let funds = ledger.trees().partition(Dimension::Fund, Some(fund::FISCAL));
    let (mut seen, mut faults) = (Vec::new(), 0);
    let mut found = BTreeSet::new();
    for (id, _, entry) in ledger.figures() {
        let Some((meaning, Measure::Amount)) = entry.keys.first() else {
            continue;
        };
        let (Some(code), Some(fund)) = (meaning.get(Dimension::Function), meaning.get(Dimension::Fund)) else {
            continue;
        };
        if !funds.iter().any(|f| f == fund) || ledger.known(id).is_none_or(|(printed, _)| printed.is_zero()) {
            continue;
        }
        seen.push(id);
        let rows: Vec<_> = ledger
            .catalog
            .functions
            .rows(code)
            .iter()
            .filter(|row| row.valid_in(year) && row.confidence == Confidence::A)
            .collect();
        // Classes hold new items of other funds (超长期特别国债) before the classification says so.
        let certain = code.len() > 3 || fund == fund::GENERAL;
        if !rows.is_empty() && certain && rows.iter().all(|row| !row.group.contains(fund)) && found.insert((code, fund))
        {
            faults += 1;
            let group = rows.first().map_or("", |row| row.group.as_str());
            let message = Message::new("of-another-fund")
                .with("数", id)
                .with("编码", Said::name(code))
                .with("资金", Said::name(fund))
                .with("属于", Said::name(group));
            bench.state(format!("{code}{fund}"), message, vec![id], Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}

/// A code stands in its row with all its digits: `301 02`, not `301 2`. One fault a table.
pub(crate) fn code_printed_whole(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let blocks = ledger.package.document.parts.iter().flat_map(|part| &part.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let (mut seen, mut faults) = (Vec::new(), 0);
    for table in tables {
        let mut short: Vec<(String, String, FigureId)> = Vec::new();
        for row in &table.rows {
            let mut printed: Option<String> = None;
            for cell in &row.cells {
                if cell.role == CellRole::Code && !cell.text.is_empty() {
                    printed = Some(cell.text.chars().filter(char::is_ascii_digit).collect());
                }
                let (Some(id), Some(digits)) = (cell.figure, &printed) else { continue };
                let meaning = ledger.keys(id).first().map(|(meaning, _)| meaning);
                let code = meaning.and_then(|m| m.get(Dimension::Economic).or_else(|| m.get(Dimension::Function)));
                if let Some(code) = code {
                    seen.push(id);
                    if digits.len() == code.len() - 1 && digits.starts_with(code.get(..3).unwrap_or(code)) {
                        short.push((digits.clone(), code.to_owned(), id));
                    }
                    // One figure speaks for its row.
                    printed = None;
                }
            }
        }
        if let Some((_, _, first)) = short.first() {
            faults += 1;
            let pair = |(digits, code, _): &(String, String, FigureId)| {
                Message::new("whole").with("印", Said::words(digits)).with("编码", Said::name(code))
            };
            let message = Message::new("short").with("数", *first).with("各行", Said::list(short.iter().map(pair)));
            let figures = short.iter().map(|(_, _, id)| *id).collect();
            bench.state(table.title.clone(), message, figures, Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}
