//! Words of sheets that people fill in or export: which rows are no data (`catalog/import/sheet-words.toml`).

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

const PATH: &str = "import/sheet-words.toml";

/// Words by which rows that are no data are known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    /// Names of total rows.
    pub totals: Vec<String>,
    /// Names of sums in between.
    pub subtotals: Vec<String>,
    /// Beginnings of example cells.
    pub examples: Vec<String>,
    /// What is said of an example row in which somebody entered something.
    pub typed_over: String,
    /// Beginnings of a row that numbers the columns.
    pub numbering: Vec<String>,
    /// Beginnings of notes.
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
    /// Words over pairs of columns that hold balances and not what moved.
    pub balance_heads: Vec<String>,
    /// Heads that exports have and nobody needs here.
    pub unneeded_heads: Vec<String>,
    /// What a direction says of an amount that stands in debit.
    pub debit: Vec<String>,
    /// The same of credit.
    pub credit: Vec<String>,
}

impl SheetWords {
    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> SheetWords {
        source.toml(PATH, problems).unwrap_or_default()
    }
}
