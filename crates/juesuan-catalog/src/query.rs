//! What an archive of checked documents is asked, and in which words: `catalog/query.toml`, `catalog/questions/`,
//! `catalog/copied.toml`, `catalog/ranking.toml`.
//!
//! - [`words`] views that every question may use, and what people are told
//! - [`question`] the named questions
//! - [`copied`] from where on a passage is a copy
//! - [`ranking`] how many points a document gets, and for what

pub mod copied;
pub mod question;
pub mod ranking;
pub mod words;

use juesuan_model::Problem;

use crate::source::Source;

/// Everything that is asked of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryCatalog {
    /// Views and words.
    pub words: words::QueryWords,
    /// Named questions.
    pub questions: question::Questions,
    /// Copies.
    pub copied: copied::Copied,
    /// Points.
    pub ranking: ranking::Ranking,
}

impl QueryCatalog {
    /// Reads the files.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> QueryCatalog {
        QueryCatalog {
            words: words::QueryWords::load(source, problems),
            questions: question::Questions::load(source, problems),
            copied: copied::Copied::load(source, problems),
            ranking: ranking::Ranking::load(source, problems),
        }
    }
}
