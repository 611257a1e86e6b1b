//! What is said of last year's figures that were read from pictures and that nobody has confirmed.

use serde::Deserialize;

use crate::source::Source;
use juesuan_model::Problem;

/// The file.
const FILE: &str = "import/pictured.toml";

/// The words, with names in braces to be filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicturedWords {
    /// Where the rows go, below the folder.
    pub file: String,
    /// What stands in the column: `how`, `place`.
    pub note: String,
    /// How a figure was seen: so surely, `percent`.
    pub unsure: String,
    /// A sum proves it.
    pub proven: String,
    /// Two places say different things.
    pub torn: String,
    /// How many are not confirmed: `count`, `column`.
    pub unconfirmed: String,
    /// So many rows were written: `count`.
    pub written: String,
    /// Nothing could be taken of it.
    pub nothing: String,
    /// It does not say of which year it is: `year`.
    pub yearless: String,
}

impl PicturedWords {
    /// Reads the file.
    pub(crate) fn load(source: &Source, problems: &mut Vec<Problem>) -> PicturedWords {
        source.toml(FILE, problems).unwrap_or_default()
    }
}
