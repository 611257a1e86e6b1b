//! Columns of a table that stand one row off from some row on: one accident, however many sums it breaks.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{FigureId, Interval};

use crate::docket::Docket;
use crate::moved::{Moves, Standings};

/// Relations that a slid column breaks at least.
const BROKEN: usize = 4;
/// Rows at which a column may have begun to slide, counted from the first that is suspect.
const TRIED: usize = 12;

/// A column that slid, and the broken relations that hold once it is moved back.
#[derive(Clone, Debug)]
pub(crate) struct Slide {
    /// The first figure that stands wrong.
    pub(crate) from: FigureId,
    /// Towards the first row.
    pub(crate) up: bool,
    /// What should stand at `from`.
    pub(crate) expected: Option<Interval>,
    /// Indices into [`Docket::cases`].
    pub(crate) cases: Vec<usize>,
}

/// The figures of a column from the top.
type Column = Vec<FigureId>;

/// What moving back by one row repairs, most first: every broken relation of the columns, and breaks no other.
pub(crate) fn slides(docket: &Docket<'_, '_>, broken: &BTreeSet<usize>, standings: &Standings) -> Vec<Slide> {
    let mut suspects: BTreeMap<&str, (BTreeSet<FigureId>, usize)> = BTreeMap::new();
    for case in broken.iter().filter_map(|number| docket.cases.get(*number)) {
        let mut tables = BTreeSet::new();
        for id in case.form.figures() {
            if let Some(table) = docket.ledger.place(id).and_then(|place| place.table.as_deref()) {
                suspects.entry(table).or_default().0.insert(id);
                tables.insert(table);
            }
        }
        tables.into_iter().for_each(|table| suspects.entry(table).or_default().1 += 1);
    }
    let mut out = Vec::new();
    for (table, (ids, _)) in suspects.into_iter().filter(|(_, (_, count))| *count >= BROKEN) {
        let columns = columns(docket, table);
        let alone = columns.iter().map(|column| vec![column.clone()]);
        let sets = alone.chain((columns.len() > 1).then(|| columns.clone()));
        out.extend(sets.filter_map(|set| slide(docket, &set, &ids, standings)));
    }
    out.sort_by_key(|slide| std::cmp::Reverse(slide.cases.len()));
    out
}

/// The columns of a table that have one figure a row.
fn columns(docket: &Docket<'_, '_>, table: &str) -> Vec<Column> {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    for (id, figure, _) in docket.ledger.figures() {
        if let (Some(own), Some(column)) = (figure.place.table.as_deref(), figure.place.column.as_deref())
            && own == table
        {
            columns.entry(column).or_default().push(id);
        }
    }
    columns.into_values().collect()
}

/// The best way in which these columns may have slid together.
fn slide(
    docket: &Docket<'_, '_>,
    columns: &[Column],
    suspects: &BTreeSet<FigureId>,
    standings: &Standings,
) -> Option<Slide> {
    let longest = columns.iter().map(Vec::len).max()?;
    let suspect = |row: &usize| columns.iter().any(|column| column.get(*row).is_some_and(|id| suspects.contains(id)));
    let starts = (0..longest).filter(suspect).take(TRIED).flat_map(|start| [(start, true), (start, false)]);
    let tried = starts.filter_map(|(start, up)| moved_back(docket, columns, (start, up), standings));
    tried.max_by_key(|slide| slide.cases.len())
}

fn moved_back(
    docket: &Docket<'_, '_>,
    columns: &[Column],
    (start, up): (usize, bool),
    standings: &Standings,
) -> Option<Slide> {
    let (mut moves, mut lost) = (Moves::new(), Vec::new());
    for column in columns {
        let slid = column.get(start..)?;
        let (before, behind) = (slid.iter(), slid.iter().skip(1));
        if up {
            // Each prints what belongs to the row behind it; what the first should print stands nowhere.
            moves.extend(before.zip(behind).map(|(before, behind)| (*behind, *before)));
            lost.extend(slid.first().copied());
        } else {
            moves.extend(before.zip(behind).map(|(before, behind)| (*before, *behind)));
            lost.extend(slid.last().copied());
        }
    }
    let outcome = standings.outcome(docket, &moves, &lost)?;
    let from = columns.iter().find_map(|column| column.get(start).copied())?;
    let expected = if up {
        outcome.lost.get(&from).copied()
    } else {
        moves.get(&from).and_then(|id| docket.ledger.known(*id)).map(|(_, interval)| interval)
    };
    (outcome.count >= BROKEN).then_some(Slide { from, up, expected, cases: outcome.repaired })
}
