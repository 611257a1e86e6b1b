//! In what two states of a table differ, and both changes of one state together.

use std::collections::BTreeMap;

use super::Cells;
use super::typed::Typed;

/// Most cells of two tables that are compared row by row with all others; larger ones are compared in their order.
const COMPARED: usize = 4_000_000;

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differing {
    /// A cell.
    Cell {
        /// The row in the later state, from 1.
        row: usize,
        /// The head of its column.
        head: String,
        /// What stood there.
        before: String,
        /// What stands there.
        now: String,
    },
    /// A row that was not there.
    Added {
        /// The row in the later state, from 1.
        row: usize,
        /// What stands in it.
        cells: Vec<String>,
    },
    /// A row that is there no more.
    Removed {
        /// The row in the earlier state, from 1.
        row: usize,
        /// What stood in it.
        cells: Vec<String>,
    },
}

/// A table by its heads and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// As many cells a row as there are heads.
    pub rows: Typed,
}

/// Two changes of one table together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The rows: where only one has changed a cell what he says, where both have the first.
    pub rows: Typed,
    /// Cells that both have changed otherwise: row and column, from 0.
    pub torn: Vec<(usize, usize)>,
}

impl Table {
    /// A table with these rows; blank ones behind the last are left out.
    pub fn of(cells: &Cells, mut rows: Typed) -> Table {
        while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
            rows.pop();
        }
        Table { heads: cells.heads.iter().map(|head| head.text.clone()).collect(), rows }
    }

    /// The rows with the columns of another table, in their order.
    pub fn rows_as(&self, heads: &[String]) -> Typed {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        let mut columns: Vec<Option<usize>> = Vec::new();
        for head in heads {
            let nth = taken.entry(head.as_str()).or_default();
            let same = self.heads.iter().enumerate().filter(|(_, own)| *own == head);
            columns.push(same.map(|(column, _)| column).nth(*nth));
            *nth += 1;
        }
        let cell =
            |row: &[String], column: &Option<usize>| column.and_then(|at| row.get(at)).cloned().unwrap_or_default();
        self.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect()
    }
}

/// In what two states of a table differ, in the order of the later one.
pub fn differing(before: &Table, now: &Table) -> Vec<Differing> {
    let mut heads = now.heads.clone();
    heads.extend(before.heads.iter().filter(|head| !now.heads.contains(head)).cloned());
    let (old, new) = (before.rows_as(&heads), now.rows_as(&heads));
    let mut found = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (one, other) in same(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        between(&old, &new, (from..one, to..other), &heads, &mut found);
        (from, to) = (one + 1, other + 1);
    }
    found
}

/// What two stretches between rows that are the same differ in.
fn between(
    old: &Typed,
    new: &Typed,
    (from, to): (std::ops::Range<usize>, std::ops::Range<usize>),
    heads: &[String],
    found: &mut Vec<Differing>,
) {
    let pairs = from.len().min(to.len());
    let row = |rows: &Typed, at: usize| rows.get(at).cloned().unwrap_or_default();
    for (one, other) in from.clone().zip(to.clone()) {
        let cells = row(old, one).into_iter().zip(row(new, other)).zip(heads);
        let cells = cells.filter(|((before, now), _)| before != now);
        found.extend(cells.map(|((before, now), head)| Differing::Cell {
            row: other + 1,
            head: head.clone(),
            before,
            now,
        }));
    }
    found.extend(from.skip(pairs).map(|at| Differing::Removed { row: at + 1, cells: row(old, at) }));
    found.extend(to.skip(pairs).map(|at| Differing::Added { row: at + 1, cells: row(new, at) }));
}

/// Rows that are in both, in the order of both: a longest such list.
fn same(old: &Typed, new: &Typed) -> Vec<(usize, usize)> {
    let front = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let mut pairs: Vec<(usize, usize)> = (0..front).map(|at| (at, at)).collect();
    let (one, other) = (old.get(front..).unwrap_or_default(), new.get(front..).unwrap_or_default());
    if one.len().saturating_mul(other.len()) > COMPARED {
        let equal = one.iter().zip(other).enumerate().filter(|(_, (one, other))| one == other);
        pairs.extend(equal.map(|(at, _)| (front + at, front + at)));
        return pairs;
    }
    // Lengths of the longest list from each pair of rows to the ends.
    let width = other.len() + 1;
    let mut longest = vec![0u32; (one.len() + 1) * width];
    let at =
        |longest: &[u32], row: usize, column: usize| longest.get(row * width + column).copied().unwrap_or_default();
    for (row, cells) in one.iter().enumerate().rev() {
        for (column, others) in other.iter().enumerate().rev() {
            let length = if cells == others {
                at(&longest, row + 1, column + 1) + 1
            } else {
                at(&longest, row + 1, column).max(at(&longest, row, column + 1))
            };
            if let Some(own) = longest.get_mut(row * width + column) {
                *own = length;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < one.len() && column < other.len() {
        if one.get(row) == other.get(column) {
            pairs.push((front + row, front + column));
            (row, column) = (row + 1, column + 1);
        } else if at(&longest, row + 1, column) >= at(&longest, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// `mine` and `theirs`, both changes of `base`, together; `None` where rows were moved, so that nobody knows which is which.
pub fn merged(base: &Table, mine: &Table, theirs: &Table) -> Option<Merged> {
    let stays = |other: &Table| {
        base.heads == other.heads
            && base.rows.len() <= other.rows.len()
            && differing(base, other).iter().all(|one| match one {
                Differing::Cell { .. } => true,
                Differing::Added { row, .. } => *row > base.rows.len(),
                Differing::Removed { .. } => false,
            })
    };
    (stays(mine) && stays(theirs)).then_some(())?;
    let mut torn = Vec::new();
    let cell = |of: &Table, row: usize, column: usize| -> String {
        of.rows.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default()
    };
    let rows = mine.rows.len().max(theirs.rows.len());
    let mut one = |row: usize, column: usize| {
        let (was, own, other) = (cell(base, row, column), cell(mine, row, column), cell(theirs, row, column));
        if own != was && other != was && own != other {
            torn.push((row, column));
        }
        if own == was { other } else { own }
    };
    let rows = (0..rows).map(|row| (0..base.heads.len()).map(|column| one(row, column)).collect()).collect();
    Some(Merged { rows, torn })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 2]]) -> Table {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        Table { heads: vec!["项目".to_owned(), "金额".to_owned()], rows }
    }

    fn cell(row: usize, before: &str, now: &str) -> Differing {
        Differing::Cell { row, head: "金额".to_owned(), before: before.to_owned(), now: now.to_owned() }
    }

    #[test]
    fn a_cell_a_row_more_and_a_row_less_are_told_each_by_itself() {
        let before = table(&[["甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "4"]]);
        let now = table(&[["新", "9"], ["甲", "1"], ["乙", "5"], ["丁", "4"]]);
        let told = differing(&before, &now);
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let expected = [
            Differing::Added { row: 1, cells: row(["新", "9"]) },
            cell(3, "2", "5"),
            Differing::Removed { row: 3, cells: row(["丙", "3"]) },
        ];
        assert_eq!(told, expected);
        assert!(differing(&before, &before).is_empty());
    }

    #[test]
    fn columns_are_known_by_their_heads() {
        let before = table(&[["甲", "1"]]);
        let now = Table {
            heads: vec!["金额".to_owned(), "项目".to_owned()],
            rows: vec![vec!["2".to_owned(), "甲".to_owned()]],
        };
        assert_eq!(differing(&before, &now), [cell(1, "1", "2")]);
        let without = Table { heads: vec!["项目".to_owned()], rows: vec![vec!["甲".to_owned()]] };
        assert_eq!(differing(&before, &without), [cell(1, "1", "")], "a column that is gone is told");
    }

    #[test]
    fn changes_of_different_cells_go_together_and_of_the_same_are_torn() {
        let base = table(&[["甲", "1"], ["乙", "2"]]);
        let mine = table(&[["甲", "10"], ["乙", "20"]]);
        let theirs = table(&[["甲", "1"], ["乙", "22"], ["丙", "3"]]);
        let both = merged(&base, &mine, &theirs).unwrap();
        assert_eq!(both.rows, table(&[["甲", "10"], ["乙", "20"], ["丙", "3"]]).rows);
        assert_eq!(both.torn, [(1, 1)]);
        assert_eq!(merged(&base, &theirs, &theirs).unwrap().torn, []);
    }

    #[test]
    fn where_a_row_is_gone_nothing_is_put_together() {
        let base = table(&[["甲", "1"], ["乙", "2"], ["丙", "3"]]);
        let shifted = table(&[["乙", "2"], ["丙", "3"], ["丁", "4"]]);
        assert_eq!(merged(&base, &table(&[["甲", "1"], ["乙", "2"], ["丙", "9"]]), &shifted), None);
        assert_eq!(merged(&base, &base, &table(&[["乙", "2"], ["丙", "3"]])), None);
    }
}
