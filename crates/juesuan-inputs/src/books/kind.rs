//! A kind of books with the words of its heads: those of the department first, then those of the system that the file is exported
//! from, then the general ones.

use std::collections::BTreeSet;

use juesuan_catalog::exports::Export;
use juesuan_catalog::{Catalog, InputFile, SheetWords};

use super::column::Column;
use super::heads;
use super::layout::{self, Layout};
use crate::mapping::{DETAILS, Mapping, ToldHead};
use crate::seen::KnownBy;
use crate::words::{filled, head_form, is};

/// Keys of the kinds, as in `catalog/inputs/`.
pub const VOUCHERS: &str = "vouchers";
pub const BALANCES: &str = "balances";
pub const OPENING: &str = "opening";
/// All of them.
pub const KINDS: [&str; 3] = [VOUCHERS, BALANCES, OPENING];

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
    /// What somebody has told of the head.
    told: Option<&'c ToldHead>,
    /// By what the kind was known.
    pub known: KnownBy,
}

impl<'c> Kind<'c> {
    /// For a file with this text: what somebody has told of its head, else what the file is named, else what its head alone can be.
    pub fn of(
        text: &[u8],
        named: Option<&'c InputFile>,
        catalog: &'c Catalog,
        mapping: &'c Mapping,
    ) -> Option<Kind<'c>> {
        let rows = heads::all(text, &catalog.sheet_words).map(|head| head.whole_names()).collect::<Vec<_>>();
        let told = rows.iter().find_map(|names| mapping.exactly(names));
        if let Some((told, input)) = told.and_then(|told| Some((told, known_input(&told.kind, catalog)?))) {
            return Some(Kind {
                told: Some(told),
                known: KnownBy::Told,
                ..Kind::worded(text, input, catalog, mapping)
            });
        }
        let (input, known) = match named {
            Some(input) => (input, KnownBy::Name),
            None => (by_heads(text, catalog, mapping)?, KnownBy::Heads),
        };
        let told = rows.iter().find_map(|names| mapping.nearly(&input.key, names));
        Some(Kind { told, known, ..Kind::worded(text, input, catalog, mapping) })
    }

    /// With the words of the department, then those of the export that was chosen or whose marks all stand in one row of heads, then the
    /// general ones.
    pub fn worded(text: &[u8], input: &'c InputFile, catalog: &'c Catalog, mapping: &Mapping) -> Kind<'c> {
        let general = Kind::new(input, &catalog.sheet_words, mapping, None);
        let rows = heads::names_of_all(text, &catalog.sheet_words);
        let chosen = mapping.export(&input.key).and_then(|word| catalog.exports.named(word));
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
            let own = mapping.words(&input.key, &column.key);
            let of_system = export.and_then(|export| export.columns.get(&column.key));
            let all = own.iter().chain(of_system.into_iter().flatten()).chain(&column.header);
            Some((Column::of(&column.key)?, all.map(|word| head_form(word, words)).collect()))
        });
        let heads = heads.collect();
        Kind { input, words, export, is_chosen: false, heads, told: None, known: KnownBy::Name }
    }

    /// What somebody has told of each column with these names; `None`: nothing.
    pub fn told_of(&self, names: &[String]) -> Vec<Option<&str>> {
        self.told.map_or_else(|| vec![None; names.len()], |told| told.keys(names))
    }

    /// True for a column of which nothing here is made.
    pub fn is_unneeded(&self, name: &str) -> bool {
        layout::is_unneeded(name, self.words)
    }

    /// True for a column whose cells hold several things, each behind its label: as somebody has told, else by its head.
    pub fn is_details(&self, layout: &Layout, index: usize) -> bool {
        match layout.told(index) {
            Some(key) => key == DETAILS,
            None => layout.names(index).iter().any(|name| is(name, &self.words.detail_heads)),
        }
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

    /// The usual head of a column, of those of exports too.
    pub fn usual_of<'k>(&'k self, key: &'k str) -> &'k str {
        let column = self.input.readable().find(|column| column.key == key);
        column.and_then(|column| column.header.first()).map_or(key, String::as_str)
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

/// A kind of books.
fn known_input<'c>(key: &str, catalog: &'c Catalog) -> Option<&'c InputFile> {
    KINDS.contains(&key).then(|| catalog.inputs.get(key))?
}

/// The one kind whose required columns all stand in a head. One with numbers of vouchers is of vouchers, whatever else it could be.
fn by_heads<'c>(text: &[u8], catalog: &'c Catalog, mapping: &Mapping) -> Option<&'c InputFile> {
    let fits = |key: &&str| {
        let Some(input) = catalog.inputs.get(key) else { return false };
        let kind = Kind::worded(text, input, catalog, mapping);
        let layout = Layout::best(text, &kind);
        layout.is_some_and(|layout| layout.missing(input).is_empty() && layout.columns_found() > 2)
    };
    let all: Vec<&str> = KINDS.into_iter().filter(fits).collect();
    match all.as_slice() {
        [VOUCHERS, ..] => catalog.inputs.get(VOUCHERS),
        [one] => catalog.inputs.get(one),
        _ => None,
    }
}
