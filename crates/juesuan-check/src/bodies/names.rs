//! Names of classification codes in the rows of tables.

use std::collections::BTreeMap;

use juesuan_catalog::{Code, Confidence};
use juesuan_model::{Dimension, FigureId, Message, Said, Severity, Verdict};

use super::Bench;
use crate::code_names::{bare, clipped, rows, same};
use crate::docket::Heading;
use crate::ledger::Ledger;

/// A name stands in the classification of the year for its code. Certain entries find errors, likely ones warnings. Of years
/// before the catalogue knows the names (`since`) another name is one that nobody can judge.
pub(crate) fn name_fits_code(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let (mut seen, mut faults, mut unknown) = (Vec::new(), 0, Vec::new());
    let known = bench.knows_names();
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
        if valid.iter().any(|r| same(row, &r.name) || (on_page(ledger, id) && clipped(row, &r.name))) {
            continue;
        }
        if !known {
            unknown.push(id);
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
    if !unknown.is_empty() {
        bench.say(Message::new("too-old").with("年度", usize::from(year)), unknown, Verdict::Unreadable);
    }
    bench.conclude(seen, faults);
}

/// True for what stands on a page, where the next cell may hide the end of a name.
fn on_page(ledger: &Ledger<'_>, id: FigureId) -> bool {
    ledger.place(id).is_some_and(|place| place.page.is_some())
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
                let cut = on_page(ledger, id) && (clipped(row, name) || clipped(name, row));
                if !same(row, name) && !cut {
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
