//! Statutory tables without data keep their frame and say so below.

use juesuan_model::{Block, Table, Verdict};

use super::Bench;
use crate::ledger::Ledger;

/// A statutory table whose cells are all blank or nothing has a note with one of `[with] words`; one with data has not.
pub(crate) fn empty_table_has_note(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let words = bench.words("words");
    let mut seen = 0usize;
    for part in &ledger.package.document.parts {
        for block in &part.blocks {
            let Block::Table(table) = block else { continue };
            if table.form.is_empty() {
                continue;
            }
            seen += 1;
            let note = table.notes.iter().find(|note| words.iter().any(|word| note.contains(word.as_str())));
            let figures: Vec<_> = table.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.figure).collect();
            let filled = figures.iter().find(|id| ledger.known(**id).is_some_and(|(printed, _)| !printed.is_zero()));
            let (text, verdict) = match (has_data(table, ledger), note) {
                (None, _) => (format!("{}有读不出的数", table.title), Verdict::Unreadable),
                (Some(false), None) => (format!("{}没有数据，表下也没有说明", table.title), Verdict::Broken),
                (Some(true), Some(note)) => (format!("{}有数据，表下却写着“{note}”", table.title), Verdict::Broken),
                _ => (format!("{}的说明与数据相符", table.title), Verdict::Holds),
            };
            let shown = filled.or(figures.first()).copied().into_iter().collect();
            bench.state(table.title.clone(), text, shown, verdict);
        }
    }
    if seen == 0 {
        bench.conclude(Vec::new(), 0);
    }
}

/// The note below a table of one fund names no other fund.
pub(crate) fn note_names_own_fund(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let funds = bench.words("funds");
    let (mut seen, mut faults) = (0usize, 0);
    for part in &ledger.package.document.parts {
        for block in &part.blocks {
            let Block::Table(table) = block else { continue };
            let named = |text: &str| funds.iter().filter(|f| text.contains(f.as_str())).collect::<Vec<_>>();
            let [own] = named(&table.title)[..] else { continue };
            for note in &table.notes {
                seen += 1;
                let others = named(note);
                if let (false, Some(other)) = (others.contains(&own), others.first()) {
                    faults += 1;
                    let text = format!("{}下的说明写的是{other}：“{note}”", table.title);
                    bench.state(table.title.clone(), text, Vec::new(), Verdict::Broken);
                }
            }
        }
    }
    if faults == 0 {
        bench.say(
            bench.rule.title.clone(),
            Vec::new(),
            if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds },
        );
    }
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
