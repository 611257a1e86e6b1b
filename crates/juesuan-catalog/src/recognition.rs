//! The words by which a published document is recognised: `catalog/recognize.toml`, and the places of each variant.

use std::collections::BTreeMap;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;
use crate::variant::VariantFiles;

/// A kind of region.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionWords {
    /// Last words of the names of such regions.
    #[serde(deserialize_with = "crate::compared::words")]
    pub ends: Vec<String>,
    /// Characters before them, at least and at most.
    pub length: [usize; 2],
    /// What cannot follow: 市场 is no city.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub not_before: Vec<String>,
    /// Level of government, as [`juesuan_model::Entity::level`] has it.
    pub level: String,
}

/// Titles of the report of a government on its area, which is none of a department.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Government {
    /// On what was carried out.
    pub carried_out: Vec<String>,
    /// On a budget.
    pub planned: Vec<String>,
    /// Money that only governments have, in whatever text: two kinds of it tell.
    pub only: Vec<String>,
}

/// Words by which a document, its kind and its parts are told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// Heading of the contents page.
    #[serde(deserialize_with = "crate::compared::words")]
    pub contents: Vec<String>,
    /// Words of final accounts.
    #[serde(rename = "final", deserialize_with = "crate::compared::words")]
    pub final_accounts: Vec<String>,
    /// Words of budgets.
    #[serde(deserialize_with = "crate::compared::words")]
    pub budget: Vec<String>,
    /// Last words of headings that tell what was spent.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub spent: Vec<String>,
    /// Words that hold one of final accounts and one of budgets and tell of neither: names of columns and laws.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub neither: Vec<String>,
    /// What tells the kind of a page without a title, by its sentences.
    pub sentences: SentenceWords,
    /// Titles of the report of a government on its area.
    pub government: Government,
    /// First words of the names of organs of the party, before the region.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub party: Vec<String>,
    /// What stands around a page of a web site and is no part of it.
    #[serde(default)]
    pub site: SiteWords,
    /// Words of a department's document.
    #[serde(deserialize_with = "crate::compared::words")]
    pub department: Vec<String>,
    /// Words of a unit's document.
    #[serde(deserialize_with = "crate::compared::words")]
    pub unit: Vec<String>,
    /// What stands for what nobody has filled in.
    #[serde(deserialize_with = "crate::compared::words")]
    pub placeholders: Vec<String>,
    /// What a form calls itself that is sent out to be filled in.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub blank_forms: Vec<String>,
    /// What stands between the name of the entity and the kind in the title of a page that tells of this alone.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub matters: Vec<String>,
    /// What leads the name of the entity.
    #[serde(deserialize_with = "crate::compared::words")]
    pub labels: Vec<String>,
    /// Last words of the name of an organisation.
    #[serde(deserialize_with = "crate::compared::words")]
    pub organisations: Vec<String>,
    /// What follows the name of the entity in the title of the first part.
    #[serde(deserialize_with = "crate::compared::words")]
    pub overview: Vec<String>,
    /// Leads of the lines below a table.
    #[serde(deserialize_with = "crate::compared::words")]
    pub notes: Vec<String>,
    /// Words by which a line directly below a table speaks of that table.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub of_table: Vec<String>,
    /// Around the reason why the data of a chart stand where its picture should: a line below them.
    pub undrawn: [String; 2],
    /// Last words of the names of rows that are totals.
    #[serde(deserialize_with = "crate::compared::words")]
    pub totals: Vec<String>,
    /// Said of a table that goes on.
    #[serde(deserialize_with = "crate::compared::words")]
    pub continued: Vec<String>,
    /// Titles of sheets that list checks of the tables.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub checks: Vec<String>,
    /// What stands around the number of a part.
    pub part: [String; 2],
    /// Last words of the title of the part that holds the tables.
    #[serde(deserialize_with = "crate::compared::words")]
    pub tables: Vec<String>,
    /// Last words of the names of projects that a sentence lists.
    #[serde(default, deserialize_with = "crate::compared::words")]
    pub project_ends: Vec<String>,
    /// Last words of headings.
    #[serde(deserialize_with = "crate::compared::words")]
    pub titles: Vec<String>,
    /// Headings of sections whose numbers are no figures of accounts.
    #[serde(deserialize_with = "crate::compared::words")]
    pub silent: Vec<String>,
    /// Kinds of regions.
    pub region: Vec<RegionWords>,
    /// Where a department lists its units.
    pub units: UnitWords,
    /// Places by which a variant is told, by its key: `places` of its file.
    #[serde(skip)]
    pub places: BTreeMap<String, Vec<String>>,
}

/// The words by which sentences tell what a page is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceWords {
    /// Said of accounts that are closed.
    #[serde(rename = "final", deserialize_with = "crate::compared::words")]
    pub final_accounts: Vec<String>,
    /// Said of money that will be spent.
    #[serde(deserialize_with = "crate::compared::words")]
    pub budget: Vec<String>,
    /// Said of money of either.
    #[serde(deserialize_with = "crate::compared::words")]
    pub money: Vec<String>,
    /// Names of funds, laws and tasks that hold such a word and tell nothing.
    #[serde(deserialize_with = "crate::compared::words")]
    pub names: Vec<String>,
    /// What stands before the year or the stage that something is compared with.
    #[serde(deserialize_with = "crate::compared::words")]
    pub against: Vec<String>,
}

/// The words of web sites around a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteWords {
    /// What the way to the page begins with or holds.
    #[serde(deserialize_with = "crate::compared::words")]
    pub crumbs: Vec<String>,
    /// Lines of heads, feet and bars hold one of these.
    #[serde(deserialize_with = "crate::compared::words")]
    pub lines: Vec<String>,
    /// The first cell of a table about the page itself.
    #[serde(deserialize_with = "crate::compared::words")]
    pub cells: Vec<String>,
}

/// The words around the list of a department's units.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitWords {
    /// Headings of the section.
    #[serde(deserialize_with = "crate::compared::words")]
    pub headings: Vec<String>,
    /// Sentences that begin the list without a heading.
    #[serde(deserialize_with = "crate::compared::words")]
    pub begins: Vec<String>,
    /// Words of units.
    #[serde(deserialize_with = "crate::compared::words")]
    pub body: Vec<String>,
    /// Words of offices inside a unit.
    #[serde(deserialize_with = "crate::compared::words")]
    pub inner: Vec<String>,
    /// Words behind the number of units.
    #[serde(deserialize_with = "crate::compared::words")]
    pub counters: Vec<String>,
    /// Last words of names of units, beside `organisations`.
    #[serde(deserialize_with = "crate::compared::words")]
    pub ends: Vec<String>,
    /// Last words of the headquarters.
    #[serde(deserialize_with = "crate::compared::words")]
    pub headquarters: Vec<String>,
    /// Said of units that publish nothing of their own.
    #[serde(deserialize_with = "crate::compared::words")]
    pub merged: Vec<String>,
}

impl Recognition {
    /// Reads the file and the places of all variants.
    pub(crate) fn load(source: &Source, files: &VariantFiles<'_>, problems: &mut Vec<Problem>) -> Recognition {
        let mut words: Recognition = source.toml("recognize.toml", problems).unwrap_or_default();
        for (key, file) in files.iter() {
            let Some(places) = file.get("places") else { continue };
            if let Some(places) = source.decode::<Vec<String>>(places, problems) {
                words.places.insert(key.to_owned(), places);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_province_name_their_places() {
        let mut problems = Vec::new();
        let source = Source::embedded();
        let files = VariantFiles::load(&source, &mut problems);
        let words = Recognition::load(&source, &files, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        assert!(words.places.keys().any(|key| key == "hubei"));
        assert!(words.places.values().flatten().all(|place| !place.is_empty()));
    }
}
