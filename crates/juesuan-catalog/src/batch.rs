//! The words of a run over many documents: `catalog/batch.toml`.

use std::collections::BTreeMap;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;
use crate::template::{Allowed, Lack, Template};

/// The file.
const FILE: &str = "batch.toml";

/// What is told of a run over many documents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BatchWords {
    /// While sources are looked through.
    pub listing: Template,
    /// While documents are checked.
    pub checking: Template,
    /// While parts are written.
    pub laying: Template,
    /// How long it will still take.
    pub left: Template,
    /// How many there were.
    pub found: Template,
    /// How the checks ended.
    pub states: Template,
    /// One of these ends.
    pub state_count: Template,
    /// Errors and figures.
    pub sums: Template,
    /// What the archive has.
    pub archive: Template,
    /// Documents without a result.
    pub poisoned: Template,
    /// Files that are no documents.
    pub skipped: Template,
    /// Documents that changed meanwhile.
    pub lost: Template,
    /// One of these.
    pub line: Template,
    /// How many more there are.
    pub more: Template,
    /// What is left to do.
    pub open: Template,
    /// The run was called off.
    pub cancelled: String,
    /// A day in a list that is none.
    pub day: Template,
    /// A folder that holds something else.
    pub foreign: Template,
    /// An archive of another form.
    pub form: Template,
    /// A catalogue with other tables.
    pub schema: Template,
    /// What a disk or a system did not do.
    pub machine: Template,
    /// An archive that is damaged.
    pub damaged: String,
    /// A work list that others hold.
    pub busy: String,
    /// Workers that end as soon as they are started.
    pub workers: String,
    /// Any other fault of the work list.
    pub list: Template,
    /// What can be done to a file, by the words of the program.
    pub doing: BTreeMap<String, String>,
    /// Ends of checks by the words of the archive.
    pub state: BTreeMap<String, String>,
    /// Why there is no result, by the words of the work list.
    pub reason: BTreeMap<String, String>,
}

/// A template of these words, filled.
///
/// ```
/// let catalog = juesuan_catalog::Catalog::load(&[]).unwrap();
/// let told = juesuan_catalog::batch::told(&catalog.batch.listing, &[("count", "3")]);
/// assert_eq!(told, "查找文件 3");
/// ```
pub fn told(template: &Template, values: &[(&'static str, &str)]) -> String {
    let values: BTreeMap<&'static str, String> = values.iter().map(|(name, own)| (*name, (*own).to_owned())).collect();
    template.text(&values, Lack::Word("")).unwrap_or_default()
}

impl BatchWords {
    /// Reads the file; names that a sentence is not given are problems.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> BatchWords {
        let words: BatchWords = source.toml(FILE, problems).unwrap_or_default();
        for (template, names) in [
            (&words.listing, "count"),
            (&words.checking, "done all"),
            (&words.laying, "done all"),
            (&words.left, "minutes"),
            (&words.found, "all new known same other"),
            (&words.states, "list"),
            (&words.state_count, "kind count"),
            (&words.sums, "errors figures"),
            (&words.archive, "folder rows megabytes"),
            (&words.poisoned, "count"),
            (&words.skipped, "count"),
            (&words.lost, "count"),
            (&words.line, "file reason"),
            (&words.more, "count"),
            (&words.open, "count"),
            (&words.day, "day"),
            (&words.foreign, "folder"),
            (&words.form, "found wanted"),
            (&words.schema, "table"),
            (&words.machine, "doing file"),
            (&words.list, "said"),
        ] {
            Allowed::default().names(names.split_whitespace()).check(template, FILE, source, problems);
        }
        words
    }
}
