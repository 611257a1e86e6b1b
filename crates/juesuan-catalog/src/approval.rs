//! The words of the sheet on which a person approves an output: `catalog/approval.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

/// Words of the approval sheet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ApprovalWords {
    /// Title.
    pub title: String,
    /// Whose output.
    pub name: String,
    /// Of which year.
    pub year: String,
    /// What stands behind the year.
    pub year_unit: String,
    /// How many files.
    pub count: String,
    /// What stands behind the number.
    pub count_unit: String,
    /// Above the code.
    pub code: String,
    /// Below it.
    pub code_note: String,
    /// Head of the names of files.
    pub files: String,
    /// Head of their digests.
    pub digest: String,
    /// Before and behind the number of files that are not listed.
    pub more: [String; 2],
    /// Head of the documents that may be published, where others are drafts.
    pub whole: String,
    /// Head of the drafts.
    pub drafts: String,
    /// Before and behind the number of documents, where not all are listed.
    pub more_documents: [String; 2],
    /// Head of the place for a name.
    pub signature: String,
    /// Head of the place for a day.
    pub date: String,
    /// Who signs.
    pub signatures: Vec<String>,
    /// At the end.
    pub note: String,
}

/// The file.
const FILE: &str = "approval.toml";

impl ApprovalWords {
    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> ApprovalWords {
        source.toml(FILE, problems).unwrap_or_default()
    }
}
