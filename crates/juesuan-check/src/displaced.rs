//! Tables in which, from some row on, most of what should add up does not: the amounts stand beside the wrong rows. One
//! accident, whatever it was.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Sense};
use juesuan_model::{FigureId, Verdict};

use crate::case::Case;
use crate::docket::Docket;

/// Sums down the columns of a table that are broken at least.
const BROKEN: usize = 6;

/// The rows of a table from the first that is displaced.
#[derive(Clone, Debug)]
pub(crate) struct Displaced {
    /// The first figure of them.
    pub(crate) from: FigureId,
    /// The total of the widest sum that is broken.
    pub(crate) total: FigureId,
    /// The broken relations that their figures stand in.
    pub(crate) cases: Vec<usize>,
}

/// The rows of a table, by the order in which they begin.
type Rows<'a> = BTreeMap<&'a str, usize>;

/// What is displaced in each table.
pub(crate) fn displaced(docket: &Docket<'_, '_>, broken: &BTreeSet<usize>) -> Vec<Displaced> {
    let mut tables: BTreeMap<&str, (Rows<'_>, Vec<FigureId>)> = BTreeMap::new();
    for (id, figure, _) in docket.ledger.figures() {
        if let Some((table, row)) = figure.place.table.as_deref().zip(figure.place.row.as_deref()) {
            let (rows, ids) = tables.entry(table).or_default();
            let next = rows.len();
            rows.entry(row).or_insert(next);
            ids.push(id);
        }
    }
    tables.iter().filter_map(|(table, (rows, ids))| of_table(docket, broken, (table, rows), ids)).collect()
}

fn of_table(
    docket: &Docket<'_, '_>,
    broken: &BTreeSet<usize>,
    (table, rows): (&str, &Rows<'_>),
    ids: &[FigureId],
) -> Option<Displaced> {
    let row = |id: FigureId| {
        let place = docket.ledger.place(id).filter(|place| place.table.as_deref() == Some(table))?;
        rows.get(place.row.as_deref()?).copied()
    };
    // The first and the last row of each sum down a column, and its total where it is broken.
    let sums: Vec<(usize, usize, Option<FigureId>)> = docket
        .cases
        .iter()
        .enumerate()
        .filter(|(number, case)| is_sum(case) && (case.verdict == Verdict::Holds || broken.contains(number)))
        .filter_map(|(_, case)| {
            let figures = case.form.figures();
            let own = figures.iter().map(|id| row(*id)).collect::<Option<Vec<usize>>>()?;
            let (first, last) = (*own.iter().min()?, *own.iter().max()?);
            let total = figures.first().copied().filter(|_| case.verdict == Verdict::Broken);
            (first < last).then_some((first, last, total))
        })
        .collect();
    let wrong = || sums.iter().filter_map(|(first, last, total)| Some((*first, *last, (*total)?)));
    let (start, ..) = wrong().min_by_key(|(first, last, _)| (*last, Reverse(*first)))?;
    let (.., total) = wrong().max_by_key(|(first, last, _)| last - first)?;
    let holding = sums.iter().filter(|(_, last, total)| total.is_none() && *last >= start).count();
    let count = wrong().count();
    if count < BROKEN || holding > count {
        return None;
    }
    let behind: BTreeSet<FigureId> =
        ids.iter().copied().filter(|id| row(*id).is_some_and(|row| row >= start)).collect();
    let touches = |number: &usize| {
        docket.cases.get(*number).is_some_and(|case| case.form.figures().iter().any(|id| behind.contains(id)))
    };
    let cases = broken.iter().copied().filter(touches).collect();
    let money = |id: &FigureId| docket.ledger.known(*id).is_some_and(|(printed, _)| !printed.is_zero());
    Some(Displaced { from: behind.iter().copied().find(money)?, total, cases })
}

/// A total and its parts.
fn is_sum(case: &Case) -> bool {
    matches!(&case.form, Form::Linear { sense: Sense::Equal, left, .. } if left.len() == 1)
}
