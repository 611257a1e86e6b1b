//! Words of sheets that people fill in or export: which rows are no data (`catalog/import/sheet-words.toml`).

use std::collections::BTreeMap;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

const PATH: &str = "import/sheet-words.toml";

/// Words by which rows that are no data are known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    /// Names of total rows.
    #[serde(deserialize_with = "crate::compared::words")]
    pub totals: Vec<String>,
    /// Names of sums in between.
    #[serde(deserialize_with = "crate::compared::words")]
    pub subtotals: Vec<String>,
    /// Beginnings of example cells.
    #[serde(deserialize_with = "crate::compared::words")]
    pub examples: Vec<String>,
    /// What is said of an example row in which somebody entered something.
    pub typed_over: String,
    /// Beginnings of a row that numbers the columns.
    #[serde(deserialize_with = "crate::compared::words")]
    pub numbering: Vec<String>,
    /// Beginnings of notes.
    #[serde(deserialize_with = "crate::compared::words")]
    pub notes: Vec<String>,
    /// Units of money other than 元.
    pub other_units: Vec<String>,
    /// Parts of the names of sheets that explain other sheets.
    pub note_sheets: Vec<String>,
    /// Rows of sums and balances between the entries of a ledger.
    pub ledger_rows: Vec<String>,
    /// Words in the heads of amounts.
    pub amount_heads: Vec<String>,
    /// Ways of saying in brackets that amounts are in 元.
    pub own_units: Vec<String>,
    /// Endings of heads whose cells hold a code and its name.
    pub both_endings: Vec<String>,
    /// Words over pairs of columns that hold balances and not what moved.
    pub balance_heads: Vec<String>,
    /// Heads that exports have and nobody needs here.
    pub unneeded_heads: Vec<String>,
    /// What a direction says of an amount that stands in debit.
    pub debit: Vec<String>,
    /// The same of credit.
    pub credit: Vec<String>,
    /// What a direction says of a balance that is none.
    pub level: Vec<String>,
    /// Word in a cell that names a unit of money.
    pub unit_word: String,
    /// Units of money other than 元, as powers of ten.
    pub unit_powers: BTreeMap<String, u32>,
    /// Words beside an amount that make it negative.
    pub red: Vec<String>,
    /// Labels before an account over its entries.
    pub account_titles: Vec<String>,
    /// Words behind an account in the title of its ledger.
    pub ledger_titles: Vec<String>,
    /// Heads of columns whose cells hold several things, each behind its label.
    pub detail_heads: Vec<String>,
    /// Words that say in a title that nothing was chosen.
    pub everything: Vec<String>,
    /// What is said of books.
    pub says: BookSays,
}

/// What is said of books, with names in braces to be filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookSays {
    /// Amounts of another unit of money were read: `unit`.
    pub scaled: String,
    /// What is booked on an account is not what is booked below it: `unit`, `account`, `debit`, `credit`, `debit_below`,
    /// `credit_below`.
    pub uncovered: String,
    /// A voucher stands in two files: `number`, `file`.
    pub twice: String,
    /// No month: `word`, `year`.
    pub month: String,
    /// A month of another year: `word`, `year`.
    pub month_outside: String,
    /// A mapping by a name that there is not: `word`, `known`.
    pub unknown_export: String,
    /// A mapping of another kind of file: `name`, `kind`.
    pub export_other: String,
    /// A file that lacks columns of the mapping asked for: `name`, `missing`.
    pub export_unfit: String,
    /// Which mapping was used: `file`, `name`.
    pub export_used: String,
}

impl SheetWords {
    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> SheetWords {
        source.toml(PATH, problems).unwrap_or_default()
    }
}
