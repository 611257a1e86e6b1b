//! `mapping.toml`: what a department says of the heads of its tables. Words for columns, the system whose columns a file has, and whole
//! heads that somebody has told column by column.
//!
//! ```toml
//! [vouchers]
//! account = ["科目号"]
//!
//! [[head]]
//! kind = "vouchers"
//! columns = [
//!   ["制单日期", "date"],
//!   ["备注", ""],
//! ]
//! ```

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, InputFile, SheetWords};
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::FileKind;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::words::{filled, head_form, quoted};

/// The file of the department.
pub const FILE: &str = "mapping.toml";
/// The same beside the books.
const BESIDE_BOOKS: &str = "books/mapping.toml";
/// Folder of the books.
const BOOKS: &str = "books";
/// Key of a kind of file that names an export of the catalogue instead of heads.
const EXPORT: &str = "export";
/// Key of a column whose cells hold several things, each behind its label.
pub const DETAILS: &str = "details";

/// What the department says.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// More header words: file kind → column key → words.
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The export that somebody chose, by file kind, and the file in which it is written.
    exports: BTreeMap<String, (String, String)>,
    /// Heads that somebody has told, each once.
    heads: Vec<ToldHead>,
    /// Words by which names of columns are compared; there are none where no head was told.
    sheet_words: SheetWords,
}

/// A head of which somebody has told every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldHead {
    /// Key of the kind of table below it.
    pub kind: String,
    /// Name of each column as names are compared, and the key of what it is; empty: nothing that is used.
    columns: Vec<(String, String)>,
}

/// A head as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    columns: Vec<(String, String)>,
}

/// What stands under one name at the top of the file: columns of a kind, or heads.
enum Section {
    Kind(BTreeMap<String, Words>),
    Heads(Vec<Written>),
}

/// One word or several: `account = "科目号"`, `account = ["科目号"]`.
struct Words(Vec<String>);

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Section, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Section;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Section, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Section::Kind)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, all: A) -> Result<Section, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(all)).map(Section::Heads)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Words;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Words, E> {
                Ok(Words(vec![word.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, words: A) -> Result<Words, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(words)).map(Words)
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}

impl Mapping {
    /// What the department says of its books; faults of the file are left to whoever reads the whole folder. What stands beside the books
    /// comes first.
    pub(crate) fn of_books(folder: &dyn Files, catalog: &Catalog) -> Mapping {
        let mut mapping = Mapping::default();
        for name in [BESIDE_BOOKS, FILE] {
            if folder.kind(name) != Some(FileKind::File) {
                continue;
            }
            let text = juesuan_read::file::bytes_of(folder, name, name)
                .and_then(|bytes| juesuan_read::text::decode(name, &bytes));
            if let Ok(text) = text {
                mapping.add(name, &text, catalog, &mut Vec::new());
            }
        }
        mapping
    }

    /// Adds what one file says; kinds of tables and columns that do not exist are named.
    pub fn add(&mut self, name: &str, text: &str, catalog: &Catalog, problems: &mut Vec<Problem>) {
        let file: BTreeMap<String, Section> = match juesuan_catalog::parse_toml(name, text) {
            Ok(file) => file,
            Err(problem) => return problems.push(problem),
        };
        for (kind, section) in file {
            match section {
                Section::Kind(columns) => self.add_words(name, &kind, columns, catalog, problems),
                Section::Heads(heads) => self.add_heads(name, heads, catalog, problems),
            }
        }
    }

    fn add_words(
        &mut self,
        name: &str,
        kind: &str,
        columns: BTreeMap<String, Words>,
        catalog: &Catalog,
        problems: &mut Vec<Problem>,
    ) {
        let Some(spec) = known_kind(name, kind, catalog, problems) else { return };
        for (column, Words(words)) in columns {
            if column == EXPORT && spec.folder == BOOKS {
                if let Some(word) = words.into_iter().next() {
                    self.exports.entry(kind.to_owned()).or_insert((word, name.to_owned()));
                }
            } else if is_column(name, &column, spec, problems) {
                self.words.entry(kind.to_owned()).or_default().entry(column).or_default().extend(words);
            }
        }
    }

    fn add_heads(&mut self, name: &str, heads: Vec<Written>, catalog: &Catalog, problems: &mut Vec<Problem>) {
        for Written { kind, columns } in heads {
            let Some(spec) = known_kind(name, &kind, catalog, problems) else { continue };
            let is_used = |key: &str| !key.is_empty() && key != DETAILS;
            // Every fault is named, not only the first.
            let mut unknown = columns.clone();
            unknown.retain(|(_, key)| is_used(key) && !is_column(name, key, spec, problems));
            if unknown.is_empty() {
                self.sheet_words.clone_from(&catalog.sheet_words);
                self.tell(ToldHead::new(kind, columns, catalog), name == FILE);
            }
        }
    }

    /// Takes a head that somebody has told. What was told of the same before counts no longer, but where it stands in the file of the
    /// department itself.
    fn tell(&mut self, head: ToldHead, is_last_word: bool) {
        match self.heads.iter().position(|own| own.names().eq(head.names())) {
            Some(at) if is_last_word => drop(self.heads.splice(at..=at, [head])),
            Some(_) => {}
            None => self.heads.push(head),
        }
    }

    /// Names of columns as they are compared.
    pub(crate) fn compared(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        names.map(|name| head_form(&name, &self.sheet_words)).collect()
    }

    /// True if somebody has told of a head of this kind of table.
    pub(crate) fn tells_of(&self, is_kind: impl Fn(&str) -> bool) -> bool {
        self.heads.iter().any(|head| is_kind(&head.kind))
    }

    /// The added words for a column.
    pub fn words(&self, kind: &str, column: &str) -> &[String] {
        self.words.get(kind).and_then(|columns| columns.get(column)).map_or(&[], Vec::as_slice)
    }

    /// The name of the export that somebody chose for a kind.
    pub(crate) fn export(&self, kind: &str) -> Option<&str> {
        self.exports.get(kind).map(|(word, _)| word.as_str())
    }

    /// What somebody has told of the head with just these names, as names are compared.
    pub(crate) fn exactly(&self, names: &[String]) -> Option<&ToldHead> {
        self.heads.iter().find(|head| head.names().eq(names.iter().map(String::as_str).filter(|name| !name.is_empty())))
    }

    /// What somebody has told of a head of this kind that has all columns which count; of several the one with most of them.
    pub(crate) fn nearly(&self, kind: &str, names: &[String]) -> Option<&ToldHead> {
        let fits = self.heads.iter().filter(|head| head.kind == kind && head.fits(names));
        fits.max_by_key(|head| head.used().count()).filter(|head| head.used().next().is_some())
    }

    /// Names exports that there are not, and those of another kind of file. Each is told once.
    pub(crate) fn faults(&self, catalog: &Catalog, problems: &mut Vec<Problem>) {
        let says = &catalog.sheet_words.says;
        for (kind, (word, file)) in &self.exports {
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

impl ToldHead {
    fn new(kind: String, columns: Vec<(String, String)>, catalog: &Catalog) -> ToldHead {
        let formed = columns.into_iter().map(|(name, key)| (head_form(&name, &catalog.sheet_words), key));
        ToldHead { kind, columns: formed.filter(|(name, _)| !name.is_empty()).collect() }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    fn used(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|(_, key)| !key.is_empty()).map(|(name, _)| name.as_str())
    }

    fn fits(&self, names: &[String]) -> bool {
        self.used().all(|used| names.iter().any(|name| name == used))
    }

    /// As [`ToldHead::keys`], to be kept.
    pub(crate) fn keys_of(&self, names: Vec<String>) -> Vec<Option<String>> {
        self.keys(&names).into_iter().map(|key| key.map(str::to_owned)).collect()
    }

    /// What somebody has told of each of these columns; `None`: nothing. Columns of one name are told apart by their order.
    pub(crate) fn keys(&self, names: &[String]) -> Vec<Option<&str>> {
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keys = Vec::with_capacity(names.len());
        for name in names {
            let before = met.entry(name).or_default();
            let same = self.columns.iter().filter(|(own, _)| own == name && !name.is_empty());
            keys.push(same.map(|(_, key)| key.as_str()).nth(*before));
            *before += 1;
        }
        keys
    }
}

fn known_kind<'c>(name: &str, kind: &str, catalog: &'c Catalog, problems: &mut Vec<Problem>) -> Option<&'c InputFile> {
    let spec = catalog.inputs.get(kind);
    if spec.is_none() {
        let known: Vec<&str> = catalog.inputs.iter().map(|f| f.key.as_str()).collect();
        let place = Place { file: Some(name.to_owned()), ..Place::default() };
        problems.push(Problem::fatal(place, format!("没有“{kind}”这种文件；可以写的有：{}", known.join("、"))));
    }
    spec
}

/// True for a column of the kind; another one is named.
fn is_column(name: &str, column: &str, spec: &InputFile, problems: &mut Vec<Problem>) -> bool {
    let is_known = spec.readable().any(|known| known.key == column);
    if !is_known {
        let known: Vec<&str> = spec.readable().map(|c| c.key.as_str()).collect();
        let place = Place { file: Some(name.to_owned()), ..Place::default() };
        let message = format!("[{}] 没有“{column}”这一列；可以写的有：{}", spec.key, known.join("、"));
        problems.push(Problem::fatal(place, message));
    }
    is_known
}

/// A head as it is written into the file: a name with the key of what each column is.
pub fn written(kind: &str, columns: &[(String, String)]) -> String {
    let lines = columns.iter().map(|(name, key)| format!("  [{}, {}],\n", quoted(name), quoted(key)));
    format!("{HEAD}\nkind = {}\ncolumns = [\n{}]\n", quoted(kind), lines.collect::<String>())
}

const HEAD: &str = "[[head]]";

/// The text of the file with one more head. One that [`written`] wrote for the same names goes; everything else stays as it stands.
pub fn with_head(text: &str, kind: &str, columns: &[(String, String)]) -> String {
    let names = |columns: &[(String, String)]| columns.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let is_same = |block: &str| {
        let file = juesuan_catalog::parse_toml::<BTreeMap<String, Section>>(FILE, block).unwrap_or_default();
        file.into_values().any(|section| match section {
            Section::Heads(heads) => heads.iter().any(|head| names(&head.columns) == names(columns)),
            Section::Kind(_) => false,
        })
    };
    // A block goes up to the next line that begins with a bracket, as the tables of such a file do.
    let mut blocks: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let begins = line.starts_with('[');
        if begins {
            blocks.push(String::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks.retain(|block| !(block.starts_with(HEAD) && is_same(block)));
    let mut out = blocks.concat();
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    out.push_str(&written(kind, columns));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, key)| ((*name).to_owned(), (*key).to_owned())).collect()
    }

    fn read(text: &str) -> (Mapping, Vec<Problem>) {
        let (mut mapping, mut problems) = (Mapping::default(), Vec::new());
        mapping.add(FILE, text, &Catalog::load(&[]).unwrap(), &mut problems);
        (mapping, problems)
    }

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_head_is_read_as_it_was_written_and_told_again_replaces_what_was_told() {
        let own = "# 本局的\n[vouchers]\naccount = \"科目号\"\n";
        let first = with_head(own, "vouchers", &columns(&[("制单\"日期\"", "date"), ("备注", "")]));
        let second = with_head(&first, "balances", &columns(&[("甲", "account")]));
        let third = with_head(&second, "vouchers", &columns(&[("制单\"日期\"", "voucher"), ("备注", "")]));
        assert!(third.starts_with(own), "{third}");
        assert_eq!(third.matches(HEAD).count(), 2, "{third}");
        let (mapping, problems) = read(&third);
        assert_eq!(problems, []);
        assert_eq!(mapping.words("vouchers", "account"), ["科目号"]);
        let names = mapping.compared(names(&["制单\"日期\"", "", "备注"]).into_iter());
        let told = mapping.exactly(&names).unwrap();
        assert_eq!(told.keys(&names), [Some("voucher"), None, Some("")]);
    }

    #[test]
    fn columns_of_one_name_are_told_by_their_order_and_more_columns_do_no_harm_to_the_kind() {
        let text = written("vouchers", &columns(&[("方向", "direction"), ("金额（元）", "amount"), ("方向", "")]));
        let (mapping, _) = read(&text);
        let told = mapping.exactly(&names(&["方向", "金额", "方向"])).unwrap();
        assert_eq!(told.keys(&names(&["方向", "方向", "方向"])), [Some("direction"), Some(""), None]);
        let more = names(&["方向", "金额", "方向", "经办"]);
        assert_eq!(mapping.exactly(&more), None);
        assert!(mapping.nearly("vouchers", &more).is_some());
        assert!(mapping.nearly("balances", &more).is_none(), "of another kind nothing was told");
        assert!(mapping.nearly("vouchers", &names(&["方向"])).is_none(), "a column that counts is not there");
    }

    #[test]
    fn a_kind_or_column_that_there_is_not_is_named_and_the_head_is_not_taken() {
        for (kind, key) in [("vouchrs", "date"), ("vouchers", "dat")] {
            let (mapping, problems) = read(&written(kind, &columns(&[("日期", key)])));
            assert_eq!((problems.len(), mapping.exactly(&names(&["日期"]))), (1, None));
        }
    }
}
