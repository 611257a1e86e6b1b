//! Names of classification codes in the rows of tables.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Code, Confidence};
use juesuan_model::{Dimension, FigureId, Message, Said, Severity, Verdict};

use super::Bench;
use crate::broken_names::{Name, broken};
use crate::code_names::{bare, clipped, rows, same};
use crate::docket::{FIGURE, HOW_MANY, Heading};
use crate::ledger::Ledger;

/// Names of one table that do not fit from which on the table is thought to count its items through by itself.
const OWN_NUMBERS: usize = 4;
/// Characters that a name may lack of the right one and still be meant for it.
const LEFT_OUT: usize = 2;

/// A row whose name is that of another code.
struct Misfit<'a> {
    id: FigureId,
    code: String,
    name: &'a str,
    right: Vec<&'a str>,
    severity: Severity,
}

/// A name stands in the classification of the year for its code. Certain entries find errors, likely ones warnings. Of years
/// before the catalogue knows the names (`since`) another name is one that nobody can judge.
pub(crate) fn name_fits_code(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let year = ledger.package.entity.year;
    let (mut seen, mut unknown) = (Vec::new(), Vec::new());
    // Of each table and classification.
    let mut misfits: BTreeMap<(&str, Dimension), Vec<Misfit<'_>>> = BTreeMap::new();
    let known = bench.in_force();
    // Without a year nobody knows which classification the document follows.
    let judged = if year == 0 { Vec::new() } else { rows(ledger) };
    let broken = broken_names(ledger, &judged);
    for (dimension, code, row, id) in judged {
        let valid = valid(ledger, dimension, &code);
        let Some(best) = valid.iter().map(|r| r.confidence).min() else {
            continue;
        };
        seen.push(id);
        let cut = || broken.contains(&id) || on_page(ledger, id) && valid.iter().any(|r| clipped(row, &r.name));
        if valid.iter().any(|r| same(row, &r.name)) || cut() {
            continue;
        }
        if !known {
            unknown.push(id);
            continue;
        }
        let right: Vec<&str> = valid.iter().map(|r| r.name.as_str()).collect();
        // Where an old and a new name are both valid, the year of change is not certain.
        let certain = best == Confidence::A && valid.len() == 1 && !right.iter().any(|right| abridged(row, right));
        let severity = if certain { bench.heading.severity } else { Severity::Warning };
        let severity = named_in(ledger, [id], severity);
        let table = ledger.place(id).and_then(|place| place.table.as_deref()).unwrap_or_default();
        misfits.entry((table, dimension)).or_default().push(Misfit { id, code, name: row, right, severity });
    }
    let faults = misfits.values().map(Vec::len).sum();
    for ((_, dimension), misfits) in misfits {
        if dimension == Dimension::Economic && misfits.len() >= OWN_NUMBERS {
            own_numbers(bench, &misfits);
            continue;
        }
        for misfit in misfits {
            let message = misfit.tell("other-name").with(FIGURE, misfit.id).with("年度", usize::from(year));
            let heading = Heading { severity: misfit.severity, ..bench.heading };
            let subject = format!("{}{}", misfit.code, bare(misfit.name));
            bench.docket.state(heading, message, (vec![misfit.id], subject), Verdict::Broken, None);
        }
    }
    if !unknown.is_empty() {
        bench.say(Message::new("too-old").with("年度", usize::from(year)), unknown, Verdict::Unreadable);
    }
    bench.conclude(seen, faults);
}

impl Misfit<'_> {
    fn tell(&self, says: &'static str) -> Message {
        Message::new(says)
            .with("编码", Said::name(&self.code))
            .with("名称", Said::words(bare(self.name)))
            .with("应为", Said::list(self.right.iter().map(|name| Said::name(*name))))
    }
}

/// A table that counts its items through instead of taking their codes has one fault.
fn own_numbers(bench: &mut Bench<'_, '_, '_>, misfits: &[Misfit<'_>]) {
    let Some(first) = misfits.first() else { return };
    let message = Message::new("own-numbers")
        .with(FIGURE, first.id)
        .with(HOW_MANY, misfits.len())
        .with("各项", Said::list(misfits.iter().map(|misfit| misfit.tell("item"))));
    let severity = misfits.iter().map(|misfit| misfit.severity).min().unwrap_or(bench.heading.severity);
    let figures = misfits.iter().map(|misfit| misfit.id).collect();
    let heading = Heading { severity, ..bench.heading };
    bench.docket.state(heading, message, (figures, String::new()), Verdict::Broken, None);
}

/// The entries of a code that are valid in the year of the document, those whose names nobody judges left out.
fn valid<'a>(ledger: &Ledger<'a>, dimension: Dimension, code: &str) -> Vec<&'a Code> {
    let codes = if dimension == Dimension::Function { &ledger.catalog.functions } else { &ledger.catalog.economics };
    let year = ledger.package.entity.year;
    codes.rows(code).iter().filter(|r| r.valid_in(year) && r.confidence < Confidence::C).collect()
}

/// The rows whose names were cut by the width of the column, or run into each other on the way to this document.
fn broken_names(ledger: &Ledger<'_>, rows: &[(Dimension, String, &str, FigureId)]) -> BTreeSet<FigureId> {
    let mut tables: BTreeMap<&str, Vec<(FigureId, Name<'_>)>> = BTreeMap::new();
    for (dimension, code, row, id) in rows {
        let table = ledger.place(*id).and_then(|place| place.table.as_deref()).unwrap_or_default();
        let right = valid(ledger, *dimension, code).into_iter().map(|r| r.name.as_str()).collect();
        tables.entry(table).or_default().push((*id, Name { printed: row, right }));
    }
    let mut out = BTreeSet::new();
    for rows in tables.into_values() {
        let (ids, names): (Vec<FigureId>, Vec<Name<'_>>) = rows.into_iter().unzip();
        out.extend(broken(&names).into_iter().filter_map(|at| ids.get(at).copied()));
    }
    out
}

/// True if a name is the right one but for a few characters that it lacks: 基本养老保险费, not 缴费.
fn abridged(name: &str, right: &str) -> bool {
    let (name, right) = (bare(name), bare(right));
    let mut rest = right.chars();
    let lacks = right.chars().count().saturating_sub(name.chars().count());
    (1..=LEFT_OUT).contains(&lacks)
        && lacks * 4 < name.chars().count()
        && name.chars().all(|c| rest.any(|own| own == c))
}

/// How grave something about the names of rows is: sums prove figures that were recognised in a picture, not what stands beside them.
fn named_in<const N: usize>(ledger: &Ledger<'_>, ids: [FigureId; N], severity: Severity) -> Severity {
    if ids.into_iter().all(|id| ledger.seen(id).is_text()) { severity } else { severity.max(Severity::Notice) }
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
    let rows = rows(ledger);
    let broken = broken_names(ledger, &rows);
    for (dimension, code, row, id) in rows.into_iter().filter(|(.., id)| !broken.contains(id)) {
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
                        .with(FIGURE, id)
                        .with("编码", Said::name(&code))
                        .with("名称", Said::words(bare(row)))
                        .with("另一处", at)
                        .with("另名", Said::words(bare(name)));
                    let heading =
                        Heading { severity: named_in(ledger, [id, at], bench.heading.severity), ..bench.heading };
                    let subject = (vec![id, at], format!("{code}{}", bare(row)));
                    bench.docket.state(heading, message, subject, Verdict::Broken, None);
                }
            }
        }
    }
    bench.conclude(seen, faults);
}
