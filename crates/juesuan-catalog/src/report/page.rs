//! The words of the page of a document that its script needs.

use serde::Deserialize;

/// The words of the page of a document that its script needs. `{几}` and `{共}` are numbers that the page fills in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PageWords {
    /// What the relations of one figure are called.
    pub panel: String,
    /// Closes them.
    pub close: String,
    /// A figure that is in no relation.
    pub alone: String,
    /// What is said and can be done of the finding that is chosen.
    pub chosen: String,
    /// Which of all findings it is.
    pub at: String,
    /// How many findings there are.
    pub all: String,
    /// How many of them are shown.
    pub some: String,
    /// The switch of the keys that lead from finding to finding.
    pub keys: String,
    /// To the finding before it.
    pub previous: String,
    /// To the one behind it.
    pub next: String,
    /// To its next place.
    pub place: String,
    /// To what is said of it.
    pub card: String,
    /// No finding is chosen any more.
    pub leave: String,
    /// What a stretch of a picture shows.
    pub crop: String,
    /// How a figure was seen: a sum proves it.
    pub seen_proven: String,
    /// A person has said it: `{person}`, and `{read}` what had been read.
    pub seen_corrected: String,
    /// By a reader that is so sure: `{percent}`.
    pub seen_picture: String,
    /// The text of a scanner, `{layer}`, says something else than what was seen, `{seen}`.
    pub seen_differs: String,
}
