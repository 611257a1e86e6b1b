//! How many points a document gets, and for what: `catalog/ranking.toml`.

use std::collections::BTreeSet;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::near::twice;
use crate::source::Source;

/// The file.
const FILE: &str = "ranking.toml";
/// What it must be like.
const SHAPE: &str = "各项的分合起来应是 100；各档从高到低，最后一档从 0 起";

/// The formula.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The bands from the best; the last begins at 0.
    #[serde(rename = "band")]
    pub bands: Vec<Band>,
    /// What points are given for.
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
    /// What is told.
    #[serde(rename = "sheet")]
    pub sheets: Vec<RankingSheet>,
}

/// One table of the ranking, also a file of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingSheet {
    /// Name of its CSV file, without the ending.
    pub name: String,
    /// Above it on the page.
    pub title: String,
    /// Where it stands on the page.
    pub shows: Shows,
    /// A question to `points`, `scores` and all other tables.
    pub sql: String,
}

/// Where a table of the ranking stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// By itself.
    #[default]
    Table,
    /// The first column names the document of a row; what explains it is shown below it.
    Documents,
    /// The first column names the document that a row explains.
    Explains,
}

/// A letter and where it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// As printed.
    pub letter: String,
    /// Points of a hundred from which on it is given.
    pub from: i64,
    /// What it means.
    pub about: String,
}

/// One thing that points are given for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// ASCII name.
    pub key: String,
    /// What people call it.
    pub title: String,
    /// Points of a hundred; where others are not known, the rest is stretched to a hundred.
    pub weight: i64,
    /// How it is computed, in words.
    pub about: String,
    /// A question with the columns `document`, `part` (thousandths of its points; no value where it cannot be known) and `reason`.
    pub sql: String,
}

impl Ranking {
    /// Reads the file; weights that are not a hundred together, bands out of order and keys that occur twice are faults.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Ranking {
        let ranking: Ranking = source.toml(FILE, problems).unwrap_or_default();
        let sum: i64 = ranking.criteria.iter().map(|criterion| criterion.weight).sum();
        if sum != 100 {
            problems.push(source.fault(FILE, &["weight"], SHAPE));
        }
        let mut keys = BTreeSet::new();
        for criterion in &ranking.criteria {
            if !keys.insert(criterion.key.as_str()) {
                problems.push(source.fault(FILE, &[&criterion.key], twice(&criterion.key)));
            }
        }
        let falls = ranking.bands.windows(2).all(|pair| matches!(pair, [upper, lower] if upper.from > lower.from));
        if !falls || ranking.bands.last().is_none_or(|last| last.from != 0) {
            problems.push(source.fault(FILE, &["band"], SHAPE));
        }
        ranking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_that_are_no_hundred_and_bands_that_rise_are_faults() {
        let text = "band = [{ letter = 'A', from = 1, about = '' }, { letter = 'B', from = 2, about = '' }]\n\
                    criterion = [{ key = 'a', title = '', weight = 99, about = '', sql = '' }]\nsheet = []\n";
        let mut problems = Vec::new();
        Ranking::load(&Source::of(&[(FILE, text)]), &mut problems);
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
