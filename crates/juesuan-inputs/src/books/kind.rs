//! A kind of books with the words of its heads: those of the department first, then those of the system that the file is exported
//! from, then the general ones.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::exports::Export;
use juesuan_catalog::{Catalog, InputFile, SheetWords};
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::FileKind;

use super::column::Column;
use super::layout::Layout;
use crate::words::{EXPORT, Heads, bare_head, filled};

/// What `mapping.toml` says of books.
#[derive(Debug, Default)]
pub struct Mapping {
    /// More header words: file kind → column key → words.
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The export that somebody chose, by file kind, and the file in which it is written.
    exports: BTreeMap<String, (String, String)>,
}

impl Mapping {
    /// Reads `mapping.toml` beside the books and in the folder above; what stands beside the books comes first.
    pub fn read(folder: &dyn Files, problems: &mut Vec<Problem>) -> Mapping {
        let mut mapping = Mapping::default();
        for name in ["books/mapping.toml", "mapping.toml"] {
            if folder.kind(name) != Some(FileKind::File) {
                continue;
            }
            let text = juesuan_read::file::bytes_of(folder, name, name)
                .and_then(|bytes| juesuan_read::text::decode(name, &bytes));
            let file = text
                .and_then(|text| juesuan_catalog::parse_toml::<BTreeMap<String, BTreeMap<String, Heads>>>(name, &text));
            match file {
                Ok(more) => mapping.add(name, more),
                Err(problem) => problems.push(problem),
            }
        }
        mapping
    }

    fn add(&mut self, file: &str, more: BTreeMap<String, BTreeMap<String, Heads>>) {
        for (kind, columns) in more {
            for (key, Heads(words)) in columns {
                if key == EXPORT {
                    if let Some(word) = words.into_iter().next() {
                        self.exports.entry(kind.clone()).or_insert((word, file.to_owned()));
                    }
                    continue;
                }
                self.words.entry(kind.clone()).or_default().entry(key).or_default().extend(words);
            }
        }
    }

    /// Names exports that there are not, and those of another kind of file. Each is told once.
    pub fn faults(&self, catalog: &Catalog, problems: &mut Vec<Problem>) {
        let says = &catalog.sheet_words.says;
        for (kind, (word, file)) in self.exports.iter().filter(|(kind, _)| catalog.inputs.get(kind).is_some()) {
            let message = match catalog.exports.named(word) {
                Some(export) if export.kind == *kind => continue,
                Some(export) => filled(&says.export_other, &[("name", &export.name), ("kind", kind)]),
                None => {
                    let known: Vec<&str> = catalog.exports.of_kind(kind).map(|export| export.name.as_str()).collect();
                    filled(&says.unknown_export, &[("word", word), ("known", &known.join("、"))])
                }
            };
            problems.push(Problem::fatal(Place { file: Some(file.clone()), ..Place::default() }, message));
        }
    }
}

/// A kind of file with the words of its heads, ready to be compared.
pub struct Kind<'c> {
    /// The kind.
    pub input: &'c InputFile,
    /// Words of sheets.
    pub words: &'c SheetWords,
    /// The system whose columns these are.
    pub export: Option<&'c Export>,
    /// True if somebody chose it in `mapping.toml`.
    is_chosen: bool,
    /// Columns with the words of their heads, the best first.
    pub heads: Vec<(Column, Vec<String>)>,
}

impl<'c> Kind<'c> {
    /// For a file with this text: with the words of the department, then those of the export that was chosen or whose marks all
    /// stand in one row of heads, then the general ones.
    pub fn of(text: &[u8], input: &'c InputFile, catalog: &'c Catalog, mapping: &Mapping) -> Kind<'c> {
        let general = Kind::new(input, &catalog.sheet_words, mapping, None);
        let rows = super::layout::head_names(text, &general);
        let chosen = mapping.exports.get(&input.key).and_then(|(word, _)| catalog.exports.named(word));
        let chosen = chosen.filter(|export| export.kind == input.key);
        let marked = || {
            let fits = |export: &&Export| rows.iter().any(|names| has_marks(export, names, general.words));
            let found = |export: &&Export| rows.iter().map(|names| found(export, names, general.words)).max();
            // Of several the first of those with most columns.
            let all: Vec<&Export> = catalog.exports.of_kind(&input.key).filter(fits).collect();
            let most = all.iter().map(found).max().flatten();
            all.into_iter().find(|export| found(export) == most)
        };
        let is_chosen = chosen.is_some();
        match chosen.or_else(marked) {
            Some(export) => Kind { is_chosen, ..Kind::new(input, &catalog.sheet_words, mapping, Some(export)) },
            None => general,
        }
    }

    fn new(input: &'c InputFile, words: &'c SheetWords, mapping: &Mapping, export: Option<&'c Export>) -> Kind<'c> {
        let mut seen = BTreeSet::new();
        let heads = input.readable().filter(|column| seen.insert(column.key.as_str())).filter_map(|column| {
            let own = mapping.words.get(&input.key).and_then(|keys| keys.get(&column.key));
            let of_system = export.and_then(|export| export.columns.get(&column.key));
            let all = own.into_iter().chain(of_system).flatten().chain(&column.header);
            Some((Column::of(&column.key)?, all.map(|word| head_form(word, words)).collect()))
        });
        Kind { input, words, export, is_chosen: false, heads: heads.collect() }
    }

    /// Columns of the kind that a layout lacks, with the words of their heads.
    pub fn lacking<'k>(&'k self, layout: &'k Layout) -> impl Iterator<Item = (Column, &'k [String])> {
        let lacks = |column: &Column| layout.index(*column).is_none();
        self.heads.iter().filter(move |(column, _)| lacks(column)).map(|(column, words)| (*column, words.as_slice()))
    }

    /// The usual head of a column.
    pub fn usual(&self, column: Column) -> &str {
        self.input.head(column.key())
    }

    /// Required columns that a file does not have under the heads of the export that somebody chose; `None` where it has all.
    pub fn unfit(&self, layout: &Layout) -> Option<String> {
        let export = self.export.filter(|_| self.is_chosen)?;
        let form = |head: &String| head_form(head, self.words);
        let lacks = |column: &Column, heads: &[String]| {
            let names = layout.index(*column).map_or(&[][..], |index| layout.names(index));
            !heads.iter().any(|head| names.contains(&form(head)))
        };
        let required = self.input.column.iter().filter(|column| column.required);
        let columns = required.filter_map(|column| Some((Column::of(&column.key)?, export.columns.get(&column.key)?)));
        let missing: Vec<String> = columns
            .filter(|(column, heads)| lacks(column, heads))
            .map(|(column, _)| format!("“{}”", self.usual(column)))
            .collect();
        let words = [("name", export.name.as_str()), ("missing", &missing.join("、"))];
        (!missing.is_empty()).then(|| filled(&self.words.says.export_unfit, &words))
    }

    /// Of which system the columns of a file are.
    pub fn told(&self, file: &str) -> Option<String> {
        let export = self.export?;
        Some(filled(&self.words.says.export_used, &[("file", file), ("name", &export.name)]))
    }
}

/// True if all marks of an export stand among the names of a row of heads.
fn has_marks(export: &Export, names: &BTreeSet<String>, words: &SheetWords) -> bool {
    let stands = |mark: &String| mark.split('|').any(|one| names.contains(&head_form(one, words)));
    export.marks.iter().all(stands)
}

/// How many columns of an export a row of heads has.
fn found(export: &Export, names: &BTreeSet<String>, words: &SheetWords) -> usize {
    export.columns.values().filter(|heads| heads.iter().any(|head| names.contains(&head_form(head, words)))).count()
}

/// As heads are compared: without white space, marks and a unit in brackets (`借方金额（元）` is `借方金额`).
pub fn head_form(head: &str, words: &SheetWords) -> String {
    let head = bare_head(head);
    let unit = |inside: &str| {
        let own = || words.own_units.iter().any(|unit| bare_head(unit) == inside);
        own() || words.unit_powers.keys().any(|unit| inside.ends_with(unit.as_str()))
    };
    match head.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((rest, inside)) if unit(inside) => rest.to_owned(),
        _ => head,
    }
}
