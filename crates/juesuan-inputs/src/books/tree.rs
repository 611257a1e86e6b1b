//! Rows of a table of balances that add up others: an account above its sub-accounts, an account above its own dimensions. What
//! is booked is counted once, where it is told most finely; a sum of which a part is told nowhere else is named.

use super::key::Key;

/// A row of a table of balances.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which row it is, for the caller.
    pub id: (usize, usize),
    /// What its words mean. Of the account only its first four digits.
    pub key: Key,
    /// The whole code of the account.
    pub code: String,
    /// Dimensions that have a word, as bits.
    pub told: u8,
    /// Debits, in 分.
    pub debit: i64,
    /// Credits, in 分.
    pub credit: i64,
}

/// A row that adds up others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Which row.
    pub id: (usize, usize),
    /// Debits and credits of the rows below it, in 分.
    pub below: (i64, i64),
    /// True if they are its own, or it has none.
    pub covered: bool,
}

/// All rows that add up others.
pub fn sums(mut rows: Vec<Row>) -> Vec<Sum> {
    rows.sort_by(|a, b| (a.key.unit, &a.code, a.told, a.id).cmp(&(b.key.unit, &b.code, b.told, b.id)));
    let adds_up: Vec<bool> = rows.iter().map(|row| below(row, &rows).next().is_some()).collect();
    let mut out = Vec::new();
    for (row, _) in rows.iter().zip(&adds_up).filter(|(_, adds_up)| **adds_up) {
        let finest = below(row, &rows).filter(|(at, _)| adds_up.get(*at) == Some(&false));
        let sum = finest.fold((0, 0), |(debit, credit), (_, other)| (debit + other.debit, credit + other.credit));
        let own = (row.debit, row.credit);
        out.push(Sum { id: row.id, below: sum, covered: own == sum || own == (0, 0) });
    }
    out
}

/// The rows below one, with their index. `rows` are in the order of their codes.
fn below<'r>(row: &'r Row, rows: &'r [Row]) -> impl Iterator<Item = (usize, &'r Row)> {
    let start = rows.partition_point(|other| (other.key.unit, &other.code) < (row.key.unit, &row.code));
    // The longer codes stand behind the same ones, of which only those with dimensions can be below one without.
    let longer = rows.partition_point(|other| (other.key.unit, &other.code) <= (row.key.unit, &row.code));
    let from = if row.told == 0 { start } else { longer };
    let inside = |other: &&Row| other.key.unit == row.key.unit && other.code.starts_with(&row.code);
    let candidates = rows.get(from..).unwrap_or_default().iter().take_while(inside).zip(from..);
    candidates.filter(|(other, _)| is_below(other, row)).map(|(other, at)| (at, other))
}

fn is_below(other: &Row, row: &Row) -> bool {
    let finer =
        if other.code == row.code { row.told == 0 && other.told != 0 } else { other.told & row.told == row.told };
    finer && (row.told == 0 || same_dimensions(other, row))
}

/// True if what `row` tells, `other` tells too.
fn same_dimensions(other: &Row, row: &Row) -> bool {
    let of = |key: &Key| [key.function, key.economic, key.nature, key.fund, key.project];
    of(&other.key).iter().zip(of(&row.key)).enumerate().all(|(bit, (theirs, own))| {
        let told = row.told & (1 << bit) != 0;
        !told || *theirs == own
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: usize, code: &str, function: u32, debit: i64) -> Row {
        let key = Key { unit: 0, account: 0, fund: 0, nature: 0, function, economic: 0, project: 0, counterparty: 0 };
        Row { id: (0, id), key, code: code.to_owned(), told: u8::from(function != 0), debit, credit: 0 }
    }

    fn found(rows: Vec<Row>) -> Vec<(usize, i64, bool)> {
        sums(rows).into_iter().map(|sum| (sum.id.1, sum.below.0, sum.covered)).collect()
    }

    #[test]
    fn an_account_above_others_is_a_sum_of_the_lowest() {
        let rows =
            vec![row(0, "7201", 0, 90), row(1, "720101", 0, 60), row(2, "72010101", 5, 60), row(3, "720102", 5, 30)];
        assert_eq!(found(rows), [(0, 90, true), (1, 60, true)]);
    }

    #[test]
    fn an_account_above_its_own_dimensions_is_their_sum_and_what_they_do_not_cover_is_told() {
        let rows = vec![row(0, "7201", 0, 90), row(1, "7201", 5, 60), row(2, "7201", 6, 20), row(3, "7101", 0, 7)];
        assert_eq!(found(rows), [(0, 80, false)]);
    }

    #[test]
    fn dimensions_on_every_level_are_sums_of_the_same_dimensions() {
        let rows = vec![row(0, "7201", 5, 60), row(1, "7201", 6, 30), row(2, "720101", 5, 60), row(3, "720101", 6, 30)];
        assert_eq!(found(rows), [(0, 60, true), (1, 30, true)]);
        assert!(found(vec![row(0, "7201", 5, 60), row(1, "720101", 6, 30)]).is_empty());
    }
}
