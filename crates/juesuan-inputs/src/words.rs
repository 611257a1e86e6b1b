//! Words of sheets: which rows are no data, and the header words that a department adds.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_model::{Place, Problem};
use juesuan_text::plain;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Folder of the books.
const BOOKS: &str = "books";

/// Key of a kind of file in `mapping.toml` that names an export of the catalogue instead of heads.
pub const EXPORT: &str = "export";

/// One head or several: `account = "科目号"`, `account = ["科目号"]`.
#[derive(Clone, Debug, Default)]
pub struct Heads(pub Vec<String>);

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Heads, D::Error> {
        deserializer.deserialize_any(HeadsVisitor)
    }
}

struct HeadsVisitor;

impl<'de> Visitor<'de> for HeadsVisitor {
    type Value = Heads;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Heads, E> {
        Ok(Heads(vec![word.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Heads, A::Error> {
        let mut all = Vec::new();
        while let Some(word) = words.next_element()? {
            all.push(word);
        }
        Ok(Heads(all))
    }
}

/// A text of the catalogue with the words in braces filled in.
pub fn filled(text: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}

/// Header words that a department adds, by file kind and column: `mapping.toml` in its folder.
///
/// ```toml
/// [vouchers]
/// account = ["科目号"]
/// ```
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Mapping {
    /// Adds the words of one `mapping.toml`; file kinds and columns that do not exist are named.
    pub fn add(&mut self, name: &str, text: &str, catalog: &Catalog, problems: &mut Vec<Problem>) {
        let file: BTreeMap<String, BTreeMap<String, Heads>> = match juesuan_catalog::parse_toml(name, text) {
            Ok(file) => file,
            Err(problem) => return problems.push(problem),
        };
        let place = || Place { file: Some(name.to_owned()), ..Place::default() };
        for (kind, columns) in file {
            let Some(spec) = catalog.inputs.get(&kind) else {
                let known: Vec<&str> = catalog.inputs.iter().map(|f| f.key.as_str()).collect();
                problems
                    .push(Problem::fatal(place(), format!("没有“{kind}”这种文件；可以写的有：{}", known.join("、"))));
                continue;
            };
            for (column, Heads(words)) in columns {
                // Which export is meant is for the readers of books.
                if column == EXPORT && spec.folder == BOOKS {
                    continue;
                }
                if !spec.readable().any(|known| known.key == column) {
                    let known: Vec<&str> = spec.readable().map(|c| c.key.as_str()).collect();
                    problems.push(Problem::fatal(
                        place(),
                        format!("[{kind}] 没有“{column}”这一列；可以写的有：{}", known.join("、")),
                    ));
                    continue;
                }
                self.words.entry(kind.clone()).or_default().entry(column).or_default().extend(words);
            }
        }
    }

    /// The added words for a column.
    pub fn words(&self, kind: &str, column: &str) -> &[String] {
        self.words.get(kind).and_then(|columns| columns.get(column)).map_or(&[], Vec::as_slice)
    }
}

/// The head of a column as it is compared, without the marks that forms put around it (`*金额：` is `金额`).
pub fn bare_head(text: &str) -> String {
    plain(text).trim_matches(['*', '：']).to_owned()
}

/// True if a text begins with one of these words, both in compared form.
pub fn begins(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// True if `text` is one of `words` but for the marks around it.
pub fn is(text: &str, words: &[String]) -> bool {
    let text = bare_head(text);
    words.iter().any(|word| bare_head(word) == text)
}
