//! The words of the page that leads to those of many documents.

use serde::Deserialize;

/// The words of the page that leads to those of many documents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverviewWords {
    /// Its title.
    pub title: String,
    /// The way back to it.
    pub back: String,
    /// What its number of documents is called.
    pub documents: String,
    /// Above the documents, the worst first.
    pub ranking: String,
    /// Heads of their columns: whose, which year and kind, errors, warnings, notices, what was not read.
    pub heads: [String; 6],
    /// Above what each rule found.
    pub rules: String,
    /// Above the documents that were held against each other.
    pub compared: String,
    /// Accounts and those of the year before.
    pub year_before: String,
    /// Accounts and their budget.
    pub budget: String,
    /// A unit and its department.
    pub department: String,
    /// Two with a text in common.
    pub texts: String,
    /// Above documents that are the same.
    pub alike: String,
    /// They print the same.
    pub same: String,
    /// They print almost the same.
    pub almost: String,
    /// The relations of a document and how much they hold.
    pub relations: String,
    /// Before a document that was not looked at when a run was called off.
    pub missing: String,
    /// How many these are, and how to go on.
    pub called_off: String,
}
