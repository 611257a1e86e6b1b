//! Columns of a table that stand one row off from some row on: one accident, however many sums it breaks.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Dimension, FigureId, Interval};

use crate::docket::Docket;
use crate::moved::{Moves, Standings};

/// Relations that a slid column breaks at least, and that the items of one class in it do.
const BROKEN: usize = 4;
const BROKEN_IN_CLASS: usize = 3;
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
    for (table, (ids, _)) in suspects.into_iter().filter(|(_, (_, count))| *count >= BROKEN_IN_CLASS) {
        let columns = columns(docket, table);
        let alone = columns.iter().map(|column| vec![column.clone()]);
        let sets = alone.chain((columns.len() > 1).then(|| columns.clone()));
        let whole: Vec<Slide> = sets.filter_map(|set| slide(docket, &set, &ids, standings, BROKEN)).collect();
        let classes = columns.iter().flat_map(|column| classes(docket, column));
        let inside = classes.filter_map(|class| slide(docket, &[class], &ids, standings, BROKEN_IN_CLASS));
        out.extend(inside.filter(|_| whole.is_empty()));
        out.extend(whole);
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

/// The items of each class in a column: two classes may stand beside each other under one heading.
fn classes(docket: &Docket<'_, '_>, column: &[FigureId]) -> Vec<Column> {
    let mut classes: BTreeMap<(Dimension, &str), Column> = BTreeMap::new();
    for id in column {
        let Some((meaning, _)) = docket.ledger.keys(*id).first() else { continue };
        for dimension in [Dimension::Function, Dimension::Economic] {
            let class = meaning.get(dimension).filter(|code| code.len() > 3).and_then(|code| code.get(..3));
            if let Some(class) = class {
                classes.entry((dimension, class)).or_default().push(*id);
            }
        }
    }
    classes.into_values().collect()
}

/// The best way in which these columns may have slid together, if it repairs at least so many relations.
fn slide(
    docket: &Docket<'_, '_>,
    columns: &[Column],
    suspects: &BTreeSet<FigureId>,
    standings: &Standings,
    least: usize,
) -> Option<Slide> {
    let longest = columns.iter().map(Vec::len).max()?;
    let suspect = |row: &usize| columns.iter().any(|column| column.get(*row).is_some_and(|id| suspects.contains(id)));
    let starts = (0..longest).filter(suspect).take(TRIED).flat_map(|start| [(start, true), (start, false)]);
    let tried = starts.filter_map(|(start, up)| moved_back(docket, columns, (start, up), standings));
    tried.filter(|(_, count)| *count >= least).map(|(slide, _)| slide).max_by_key(|slide| slide.cases.len())
}

/// Columns moved back from a row on, and how many broken relations that name values hold then.
fn moved_back(
    docket: &Docket<'_, '_>,
    columns: &[Column],
    (start, up): (usize, bool),
    standings: &Standings,
) -> Option<(Slide, usize)> {
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
    Some((Slide { from, up, expected, cases: outcome.repaired }, outcome.count))
}
