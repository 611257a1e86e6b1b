//! Columns of books as the usual accounting systems export them (`catalog/import/exports.toml`).

use std::collections::BTreeMap;

use juesuan_model::Problem;
use serde::Deserialize;

use crate::input::InputFiles;
use crate::source::Source;

const PATH: &str = "import/exports.toml";

/// What one system exports.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// Name for people, by which it is chosen too.
    pub name: String,
    /// Key of the kind of file.
    pub kind: String,
    /// What it rests on.
    pub seen: String,
    /// True if somebody held it against a file of the system.
    pub confirmed: bool,
    /// Heads that tell it from the others, all of them; alternatives behind `|`.
    pub marks: Vec<String>,
    /// Heads of each column by its key, the best first.
    pub columns: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    export: Vec<Export>,
}

/// All of them, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Exports {
    all: Vec<Export>,
}

impl Exports {
    /// Reads the file; kinds of files and columns that there are not are problems.
    pub fn load(source: &Source, inputs: &InputFiles, problems: &mut Vec<Problem>) -> Exports {
        let all = source.toml::<File>(PATH, problems).unwrap_or_default().export;
        for export in &all {
            let kind = inputs.get(&export.kind);
            let known = |key: &String| kind.is_some_and(|kind| kind.readable().any(|column| column.key == *key));
            let keys = std::iter::once(&export.kind).filter(|_| kind.is_none());
            let columns = export.columns.keys().filter(|key| kind.is_some() && !known(key));
            for key in keys.chain(columns) {
                let message = format!("“{}”没有“{key}”", kind.map_or("inputs/", |kind| kind.title.as_str()));
                problems.push(source.fault(PATH, &[&export.name, key], message));
            }
        }
        Exports { all }
    }

    /// Those of a kind of file.
    pub fn of_kind<'e>(&'e self, kind: &'e str) -> impl Iterator<Item = &'e Export> {
        self.all.iter().filter(move |export| export.kind == kind)
    }

    /// That of a name.
    pub fn named(&self, name: &str) -> Option<&Export> {
        self.all.iter().find(|export| export.name == name)
    }
}
