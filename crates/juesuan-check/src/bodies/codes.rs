//! Classification codes: of the right fund, printed with all their digits, in every row that names an item.

use std::collections::BTreeSet;

use juesuan_catalog::Confidence;
use juesuan_catalog::names::fund;
use juesuan_model::{Block, Cell, CellRole, Dimension, FigureId, Measure, Message, Said, Verdict};

use super::Bench;
use crate::code_names::{bare, same};
use crate::docket::FIGURE;

/// Digits of an item.
const ITEM: usize = 7;

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
                .with(FIGURE, id)
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
            let message = Message::new("short").with(FIGURE, *first).with("各行", Said::list(short.iter().map(pair)));
            let figures = short.iter().map(|(_, _, id)| *id).collect();
            bench.state(table.title.clone(), message, figures, Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}

/// A row that was not understood names an item of the document: its code is printed wrongly.
pub(crate) fn rows_have_codes(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let codes: BTreeSet<&str> = ledger
        .order()
        .iter()
        .filter_map(|(meaning, _)| meaning.get(Dimension::Function))
        .filter(|code| code.len() == ITEM)
        .collect();
    let (mut seen, mut faults) = (Vec::new(), 0);
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (id, figure, _) in ledger.figures().filter(|(_, figure, _)| figure.meanings.is_empty()) {
        let (Some(table), Some(row), Cell::Unreadable) = (&figure.place.table, &figure.place.row, figure.cell) else {
            continue;
        };
        let digits: String = row.chars().take_while(|c| c.is_ascii_digit() || c.is_whitespace()).collect();
        let digits: String = digits.split_whitespace().collect();
        let Some(end) = digits.len().checked_sub(4).and_then(|at| digits.get(at..)) else { continue };
        seen.push(id);
        let named = |code: &str| ledger.catalog.functions.name(code, year).is_some_and(|name| same(row, name));
        let mut fitting = codes.iter().copied().filter(|code| code.ends_with(end) && *code != digits && named(code));
        let (Some(code), None) = (fitting.next(), fitting.next()) else { continue };
        if found.insert((table, row)) {
            faults += 1;
            let message = Message::new("of-no-item")
                .with("处", &figure.place)
                .with("印", Said::words(&digits))
                .with("名称", Said::words(bare(row)))
                .with("应为", Said::name(code));
            bench.state(format!("{digits}{code}"), message, vec![id], Verdict::Broken);
        }
    }
    bench.conclude(seen, faults);
}
