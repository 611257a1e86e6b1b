//! The quarterly bulletin of tasks (督办通报): its sections, sentences and tables: `catalog/performance/bulletin.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

/// Path of the file in the catalogue.
const FILE: &str = "performance/bulletin.toml";

/// How the bulletin is written. Sentences have values in braces and, in brackets, what is left out without its values.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinWords {
    /// Lines of its title.
    pub title: Vec<String>,
    /// Days ahead in which a task is soon due.
    pub upcoming_days: u16,
    /// Printed where nobody answers for a task.
    pub nobody: String,
    /// Name of the line that adds up a table.
    pub total: String,
    /// Sections in their order.
    #[serde(rename = "section")]
    pub sections: Vec<BulletinSection>,
}

/// A section of the bulletin.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinSection {
    /// What it is about.
    pub about: BulletinTopic,
    /// Heading without its number.
    pub heading: String,
    /// Printed where the register is not there; empty: the section is left out.
    #[serde(default)]
    pub absent: String,
    /// Sentences of one paragraph.
    #[serde(default)]
    pub text: Vec<String>,
    /// What the table lists; without it there is none.
    #[serde(default)]
    pub each: Option<BulletinList>,
    /// True if the sentences say nothing without the list.
    #[serde(default)]
    pub only_listed: bool,
    /// A line of the list as a sentence, where no table can be shown.
    #[serde(default)]
    pub item: String,
    /// Columns of the table.
    #[serde(default)]
    pub column: Vec<BulletinColumn>,
}

/// What a section of the bulletin is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulletinTopic {
    /// Tasks (督办事项).
    #[default]
    Tasks,
    /// Documents and their time limits.
    Documents,
    /// Motions (建议提案).
    Motions,
}

/// What a section of the bulletin lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulletinList {
    /// Tasks counted by where they come from.
    Source,
    /// Tasks counted by who answers for them.
    Owner,
    /// Tasks done in the quarter.
    Done,
    /// Tasks done in the quarter after they were due.
    Late,
    /// Tasks that are due and not done.
    Overdue,
    /// Tasks that are soon due.
    Soon,
}

/// A column of a table of the bulletin.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinColumn {
    /// Head.
    pub head: String,
    /// Its cell, with values in braces.
    pub value: String,
    /// Relative width.
    pub width: u16,
    /// True for words, which are set to the left.
    #[serde(default)]
    pub words: bool,
}

impl BulletinWords {
    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> BulletinWords {
        source.toml(FILE, problems).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn every_list_of_the_bulletin_has_a_table_and_a_sentence_for_its_lines() {
        let catalog = Catalog::load(&[]).unwrap();
        let bulletin = &catalog.performance.bulletin;
        assert_eq!(bulletin.title.len(), 2);
        for section in &bulletin.sections {
            assert_eq!(section.each.is_some(), !section.column.is_empty(), "{}", section.heading);
            assert_eq!(section.each.is_some(), !section.item.is_empty(), "{}", section.heading);
            assert!(section.each.is_some() || !section.text.is_empty(), "{}", section.heading);
            assert!(section.column.iter().all(|column| column.width > 0), "{}", section.heading);
        }
    }
}
