//! Figures that stand each in the place of the other: two of a row or of a section, two rows, two columns. One fault, not two.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::Form;
use juesuan_model::{Dimension, FigureId, Measure, Place};

use crate::docket::Docket;
use crate::ledger::{Ledger, middle};
use crate::moved::{Moves, Standings};

/// Most figures, rows or columns of one place that are tried with each other.
const TRIED: usize = 12;

/// Two figures and the broken relations that hold once they, and what was exchanged with them, change places.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// Those that stand first.
    pub(crate) figures: (FigureId, FigureId),
    /// Indices into [`Docket::cases`].
    pub(crate) cases: Vec<usize>,
    /// Budget and accounts whose rate of completion is right to the digit the other way round.
    pub(crate) by_rate: bool,
}

/// Two figures each.
type Pairs = Vec<(FigureId, FigureId)>;

/// What, exchanged, repairs at least two broken relations, every broken one it stands in, and breaks no other. Most repaired
/// first.
pub(crate) fn exchanges(docket: &Docket<'_, '_>, broken: &BTreeSet<usize>, standings: &Standings) -> Vec<Exchange> {
    let mut out: Vec<Exchange> =
        candidates(docket, broken).into_iter().filter_map(|pairs| exchange(docket, &pairs, standings)).collect();
    out.sort_by_key(|exchange| std::cmp::Reverse(exchange.cases.len()));
    out
}

fn exchange(docket: &Docket<'_, '_>, pairs: &Pairs, standings: &Standings) -> Option<Exchange> {
    let figures = *pairs.first()?;
    let moves: Moves = pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
    let outcome = standings.outcome(docket, &moves, &[])?;
    let by_rate = pairs.len() == 1 && of_two_stages(docket.ledger, figures) && has_rate(docket, &outcome.repaired);
    (outcome.count > 1 || by_rate).then_some(Exchange { figures, cases: outcome.repaired, by_rate })
}

/// True if two figures of running text are a budget and its accounts.
fn of_two_stages(ledger: &Ledger<'_>, (a, b): (FigureId, FigureId)) -> bool {
    let bare =
        |id: FigureId| ledger.keys(id).first().map(|key| (key.0.clone().without(Dimension::Stage), key.1.clone()));
    !ledger.in_table(a) && bare(a).is_some() && bare(a) == bare(b)
}

/// True if a rate of completion with three digits or more is among the relations.
fn has_rate(docket: &Docket<'_, '_>, cases: &[usize]) -> bool {
    cases.iter().filter_map(|number| docket.cases.get(*number)).any(|case| match case.form {
        Form::Quotient { percent, .. } => {
            let rate = docket.ledger.keys(percent).iter().any(|key| matches!(key.1, Measure::Completion(_)));
            rate && docket
                .ledger
                .known(percent)
                .is_some_and(|(printed, _)| printed.mantissa.abs() >= 100 && printed.decimals > 0)
        }
        _ => false,
    })
}

/// Cells of one row; rows and columns of one table; figures of one section of running text.
fn candidates(docket: &Docket<'_, '_>, broken: &BTreeSet<usize>) -> Vec<Pairs> {
    let ledger = docket.ledger;
    let cases = broken.iter().filter_map(|number| docket.cases.get(*number));
    let suspects: BTreeSet<FigureId> = cases.flat_map(|case| case.form.figures()).collect();
    let mut near: BTreeMap<(&str, &str), Vec<FigureId>> = BTreeMap::new();
    let mut lines: BTreeMap<(&str, bool), BTreeSet<&str>> = BTreeMap::new();
    for id in suspects {
        let Some(place) = ledger.place(id) else { continue };
        match (place.table.as_deref(), place.row.as_deref(), place.column.as_deref()) {
            (Some(table), Some(row), column) => {
                near.entry((table, row)).or_default().push(id);
                lines.entry((table, true)).or_default().insert(row);
                lines.entry((table, false)).or_default().extend(column);
            }
            (None, ..) => near.entry(("", place.section.as_deref().unwrap_or_default())).or_default().push(id),
            _ => {}
        }
    }
    for (table, row) in rows_with_what_others_print(docket, broken) {
        lines.entry((table, true)).or_default().insert(row);
    }
    let mut out: Vec<Pairs> = Vec::new();
    for ids in near.into_values().filter(|ids| ids.len() <= TRIED) {
        out.extend(two_each(&ids).filter_map(|(a, b)| apart(ledger, *a, *b)).map(|pair| vec![pair]));
    }
    for ((table, rows), names) in lines.into_iter().filter(|(_, names)| names.len() <= TRIED) {
        let cells = cells(ledger, table, rows);
        let names: Vec<&str> = names.into_iter().collect();
        for (a, b) in two_each(&names) {
            let (Some(a), Some(b)) = (cells.get(a), cells.get(b)) else { continue };
            let pairs = a.iter().filter_map(|(across, id)| apart(ledger, *id, *b.get(across)?));
            out.push(pairs.collect());
        }
    }
    out
}

/// Rows that hold, in the column of a cell of a broken relation between two figures, what the other figure prints: the row that
/// it stands in may have changed places with them.
fn rows_with_what_others_print<'a>(docket: &Docket<'a, '_>, broken: &BTreeSet<usize>) -> Vec<(&'a str, &'a str)> {
    let ledger = docket.ledger;
    let mut wanted: BTreeMap<(&str, &str), BTreeSet<i128>> = BTreeMap::new();
    for case in broken.iter().filter_map(|number| docket.cases.get(*number)) {
        let figures: Vec<FigureId> = case.form.figures();
        let [a, b] = figures.as_slice() else { continue };
        for (own, other) in [(*a, *b), (*b, *a)] {
            let Some(Place { table: Some(table), column: Some(column), .. }) = ledger.place(own) else { continue };
            let Some((printed, _)) = ledger.known(other) else { continue };
            wanted.entry((table.as_str(), column.as_str())).or_default().insert(middle(printed));
        }
    }
    let holds = |id: FigureId, place: &Place| {
        let column = (place.table.as_deref()?, place.column.as_deref()?);
        wanted.get(&column)?.contains(&middle(ledger.known(id)?.0)).then_some(())
    };
    let cells = ledger.figures().filter(|(id, figure, _)| holds(*id, &figure.place).is_some());
    cells.filter_map(|(_, figure, _)| Some((figure.place.table.as_deref()?, figure.place.row.as_deref()?))).collect()
}

/// The cells of a table by row and column, or by column and row.
fn cells<'a>(ledger: &Ledger<'a>, table: &str, rows: bool) -> BTreeMap<&'a str, BTreeMap<&'a str, FigureId>> {
    let mut out: BTreeMap<&str, BTreeMap<&str, FigureId>> = BTreeMap::new();
    for (id, figure, _) in ledger.figures().filter(|(_, figure, _)| figure.place.table.as_deref() == Some(table)) {
        let Place { row: Some(row), column: Some(column), .. } = &figure.place else { continue };
        let (along, across) = if rows { (row, column) } else { (column, row) };
        out.entry(along.as_str()).or_default().entry(across.as_str()).or_insert(id);
    }
    out
}

/// Every two of them.
fn two_each<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    all.iter().enumerate().flat_map(|(number, a)| all.iter().skip(number + 1).map(move |b| (a, b)))
}

/// Two figures of one unit that print different values.
fn apart(ledger: &Ledger<'_>, a: FigureId, b: FigureId) -> Option<(FigureId, FigureId)> {
    let ((left, _), (right, _)) = (ledger.known(a)?, ledger.known(b)?);
    (left.unit == right.unit && middle(left) != middle(right)).then_some((a, b))
}
