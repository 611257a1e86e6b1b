//! The workbook in which an accountant enters everything: `catalog/entry.toml`. From it come the sheets that `juesuan new`
//! writes and the sheets that are read back.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::input::{InputFile, InputFiles};
use crate::near::choice;
use crate::source::Source;

/// The file.
const FILE: &str = "entry.toml";

/// The whole workbook.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryBook {
    /// Name of the file that `juesuan new` makes.
    pub file: String,
    /// The first sheet.
    pub start: StartSheet,
    /// What is said in cells and of the workbook.
    pub words: EntryWords,
    /// The rows of the sheet that says whose accounts these are.
    pub profile: Vec<ProfileRow>,
    /// The sheets in order, without the first.
    pub sheet: Vec<EntrySheet>,
    /// Kinds of sheets that only this workbook has.
    pub own: Vec<InputFile>,
}

/// The sheet that says what to do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartSheet {
    /// Name of the sheet.
    pub name: String,
    /// First line.
    pub title: String,
    /// What to do.
    pub lines: Vec<String>,
    /// Heads of the list of sheets.
    pub heads: [String; 4],
    /// Of a sheet that is asked for.
    pub must: String,
    /// Of any other.
    pub may: String,
    /// Of a sheet in which the example still stands.
    pub untouched: String,
    /// Behind the number of rows.
    pub rows: String,
}

/// What is said in cells and of the workbook.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryWords {
    /// Behind the name of a department where its headquarters is meant.
    pub headquarters: String,
    /// When a name stands in a column of units that is none.
    pub units: String,
    /// Of a text that is demanded where it is used.
    pub always: String,
    /// Of a cause.
    pub change: String,
    /// Of a text that may be left out.
    pub optional: String,
    /// Of a key with angle brackets.
    pub pattern: String,
    /// `{item}` was not filled in.
    pub not_filled: String,
    /// There is no row `{item}`.
    pub no_item: String,
    /// `{count}` sheets `{sheet}` were not filled in.
    pub untouched_sheets: String,
    /// `{sheet}` has it too.
    pub both: String,
    /// `{sheet}` has the sheet without rows.
    pub emptied: String,
    /// A workbook without any sheet of this one.
    pub no_sheet: String,
}

/// One row of the profile.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileRow {
    /// Key used in code.
    pub key: String,
    /// Name in the sheet.
    pub label: String,
    /// True if nothing can be made without it.
    #[serde(default)]
    pub required: bool,
    /// Words allowed.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Words allowed that stand elsewhere in the catalogue.
    #[serde(default)]
    pub from: Option<ChoicesFrom>,
    /// What to enter.
    pub help: String,
}

/// Where words of a row come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoicesFrom {
    /// Names of the variants that can be written.
    Variants,
    /// Levels of government.
    Levels,
}

/// One sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrySheet {
    /// Name of the sheet.
    pub name: String,
    /// Kind of input file.
    pub kind: String,
    /// True if it is named while nobody has filled it in.
    #[serde(default)]
    pub asked: bool,
    /// Whether it must be filled in, where that hangs on something else.
    #[serde(default)]
    pub need: String,
}

impl EntryBook {
    /// Reads the file; kinds that are not there are faults.
    pub(crate) fn load(source: &Source, inputs: &InputFiles, problems: &mut Vec<Problem>) -> EntryBook {
        let book: EntryBook = source.toml(FILE, problems).unwrap_or_default();
        for sheet in &book.sheet {
            if book.spec(&sheet.kind, inputs).is_none() {
                let known = inputs.iter().chain(&book.own).map(|spec| spec.key.as_str());
                let message = format!("{}{}", sheet.kind, choice(&sheet.kind, known));
                problems.push(source.fault(FILE, &["sheet", &sheet.kind], message));
            }
        }
        book
    }

    /// A kind by its key: one of this workbook, else a file of the folder.
    pub fn spec<'c>(&'c self, kind: &str, inputs: &'c InputFiles) -> Option<&'c InputFile> {
        self.own.iter().find(|spec| spec.key == kind).or_else(|| inputs.get(kind))
    }

    /// True for a kind that only this workbook has.
    pub fn is_own(&self, kind: &str) -> bool {
        self.own.iter().any(|spec| spec.key == kind)
    }

    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&EntrySheet> {
        self.sheet.iter().find(|sheet| sheet.name == name.trim())
    }

    /// The name of the sheet of a kind.
    pub fn name_of(&self, kind: &str) -> &str {
        self.sheet.iter().find(|sheet| sheet.kind == kind).map_or("", |sheet| sheet.name.as_str())
    }
}
