//! Statutory tables without data keep their frame and say so below.

use juesuan_model::{Block, Dimension, DocumentKind, FigureId, Meaning, Measure, Message, Place, Said, Table, Verdict};
use juesuan_text::plain;

use super::{Bench, Spot};
use crate::ledger::Ledger;

/// The statutory tables of the document.
fn statutory<'a>(ledger: &Ledger<'a>) -> impl Iterator<Item = &'a Table> + use<'a> {
    let template = ledger.package.kind == DocumentKind::Template;
    let blocks = ledger.package.document.parts.iter().flat_map(|part| &part.blocks);
    blocks.filter_map(move |block| match block {
        Block::Table(table) if !table.form.is_empty() && !template => Some(table),
        Block::Table(_) | Block::Heading { .. } | Block::Paragraph { .. } | Block::Chart(_) => None,
    })
}

/// A note below a table, where it stands.
fn spot(table: &Table, number: usize, words: &str) -> Spot {
    let here = table.note_places.get(number).cloned().unwrap_or_else(|| table.place.clone());
    let place = Place { table: Some(table.title.clone()), quote: Some(words.to_owned()), ..here };
    Spot { words: words.to_owned(), place }
}

/// A statutory table whose cells are all blank or nothing has a note with one of `[with] words`; one with data has not.
pub(crate) fn empty_table_has_note(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let words: Vec<String> = bench.words("words").iter().map(|word| plain(word)).collect();
    let mut seen = 0usize;
    for table in statutory(ledger) {
        seen += 1;
        let said = |note: &String| words.iter().any(|word| plain(note).contains(word.as_str()));
        let note = table.notes.iter().enumerate().find(|(_, note)| said(note));
        let figures: Vec<_> = table.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.figure).collect();
        let filled = figures.iter().find(|id| ledger.known(**id).is_some_and(|(printed, _)| !printed.is_zero()));
        let (says, verdict) = match (has_data(table, ledger), note) {
            (None, _) => ("unread", Verdict::Unreadable),
            (Some(false), None) => {
                let quote = Some(table.title.clone());
                let place = Place { table: quote.clone(), quote, ..table.place.clone() };
                let title = Spot { words: table.title.clone(), place };
                bench.report(&[title], Message::new("no-note").with_some("数", elsewhere(table, ledger)));
                continue;
            }
            (Some(true), Some((number, note))) => {
                let wrong =
                    Message::new("has-data").with("表", Said::name(&table.title)).with_some("数", filled.copied());
                bench.report(&[spot(table, number, note)], wrong);
                continue;
            }
            _ => ("agrees", Verdict::Holds),
        };
        let shown = filled.or(figures.first()).copied().into_iter().collect();
        let message = Message::new(says).with("表", Said::name(&table.title));
        bench.state(table.title.clone(), message, shown, verdict);
    }
    if seen == 0 {
        bench.conclude(Vec::new(), 0);
    }
}

/// An amount other than nothing that the text prints for what a column of an empty table means, of whatever stage.
fn elsewhere(table: &Table, ledger: &Ledger<'_>) -> Option<FigureId> {
    let entity = &ledger.package.entity;
    let variant = ledger.catalog.variant(&entity.variant, entity.year)?;
    let form = variant.form(&table.form)?;
    let cells = form.block.iter().flat_map(|block| block.column.iter().map(move |column| (block, column)));
    let meant: Vec<Meaning> = cells
        .map(|(block, column)| form.means.overlaid_by(&block.means).overlaid_by(&column.means))
        .map(|meaning| ledger.canonical(&meaning).without(Dimension::Stage))
        .filter(|meaning| meaning.coordinates().count() > 1)
        .collect();
    ledger.figures().find_map(|(id, _, entry)| {
        let (meaning, measure) = entry.keys.first()?;
        let same = *measure == Measure::Amount && meant.contains(&meaning.clone().without(Dimension::Stage));
        let stands = ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero());
        (same && stands && !ledger.in_table(id)).then_some(id)
    })
}

/// The note below a table of one fund names no other fund.
pub(crate) fn note_names_own_fund(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let funds: Vec<(&String, String)> = bench.words("funds").iter().map(|fund| (fund, plain(fund))).collect();
    let (mut seen, mut faults) = (0usize, 0);
    for table in statutory(ledger) {
        let named = |text: &str| {
            let text = plain(text);
            funds.iter().filter(|(_, f)| text.contains(f.as_str())).map(|(fund, _)| *fund).collect::<Vec<_>>()
        };
        let [own] = named(&table.title)[..] else { continue };
        for (number, note) in table.notes.iter().enumerate() {
            seen += 1;
            let others = named(note);
            if let (false, Some(other)) = (others.contains(&own), others.first()) {
                faults += 1;
                let wrong =
                    Message::new("of-another").with("另一种", Said::words(*other)).with("表", Said::name(&table.title));
                bench.report(&[spot(table, number, note)], wrong);
            }
        }
    }
    bench.settle(seen, faults);
}

/// True if a cell prints money; `None` where nothing is seen but something cannot be read.
fn has_data(table: &Table, ledger: &Ledger<'_>) -> Option<bool> {
    let mut unreadable = false;
    for id in table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure) {
        match ledger.value(id) {
            crate::ledger::Value::Known { printed, .. } if !printed.is_zero() => return Some(true),
            crate::ledger::Value::Unreadable => unreadable = true,
            _ => {}
        }
    }
    (!unreadable).then_some(false)
}
