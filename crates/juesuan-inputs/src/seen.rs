//! What was recognised of a table, for people who look at its columns: types only.

/// By what the kind of a table was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// Somebody has told of its head.
    Told,
    /// Its file is named so.
    Name,
    /// Its columns are those of this kind and no other.
    Heads,
}

/// A table of a file: a whole text, or a sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet; empty in a text.
    pub sheet: String,
    /// Key of the kind that it was taken for, and by what; `None`: nobody can tell.
    pub kind: Option<(String, KnownBy)>,
    /// The system whose columns these are.
    pub export: Option<String>,
    /// First row of the head, and first row below it, among [`Table::rows`].
    pub head: (usize, usize),
    /// The columns as they stand.
    pub columns: Vec<SeenColumn>,
    /// Keys of columns that titles above the entries or labels inside a cell tell.
    pub beside: Vec<String>,
    /// Keys of required columns that are not there, and whose place no others take.
    pub missing: Vec<String>,
    /// The first rows as they stand, each with its line.
    pub rows: Vec<(u32, Vec<String>)>,
    /// How many rows became what; `None` where the table could not be read.
    pub counts: Option<Counts>,
    /// Sums of what was read in the columns of amounts, by their keys, in 分.
    pub amounts: Vec<(String, i128)>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenColumn {
    /// What stands above it, from the top.
    pub name: String,
    /// The key of what it was taken for.
    pub key: Option<String>,
    /// Somebody has told what it is, or that it is nothing.
    pub is_told: bool,
    /// Columns of this name are of no use here; nobody needs to look at it.
    pub is_unneeded: bool,
    /// Keys of what it may be, the likeliest first.
    pub likely: Vec<String>,
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that were read.
    pub read: u64,
    /// Sums, balances between the entries.
    pub sums: u64,
    /// Notes, titles, rows in which nothing stands.
    pub notes: u64,
    /// The head once more.
    pub repeated: u64,
    /// Rows of accounts of which nothing here is made: those of 财务会计.
    pub financial: u64,
    /// Rows that could not be read: the problems tell why.
    pub unread: u64,
    /// Sum of the debits that were read, in 分.
    pub debit: i128,
    /// Sum of the credits, or of the one amount.
    pub credit: i128,
}

impl Counts {
    /// Counts a row with these amounts, in 分.
    pub fn take(&mut self, debit: i64, credit: i64) {
        self.read += 1;
        self.debit += i128::from(debit);
        self.credit += i128::from(credit);
    }

    /// Together with those of another part.
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            read: self.read + other.read,
            sums: self.sums + other.sums,
            notes: self.notes + other.notes,
            repeated: self.repeated + other.repeated,
            financial: self.financial + other.financial,
            unread: self.unread + other.unread,
            debit: self.debit + other.debit,
            credit: self.credit + other.credit,
        }
    }

    /// Rows that were left out.
    pub const fn left_out(&self) -> u64 {
        self.sums + self.notes + self.repeated + self.financial + self.unread
    }
}
