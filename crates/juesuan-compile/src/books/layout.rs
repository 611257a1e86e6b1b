//! Where the head of a books file stands, and which column holds what.

use std::collections::BTreeMap;
use std::path::Path;

use juesuan_catalog::InputFile;
use juesuan_model::{Place, Problem};

use super::column::Column;
use super::records::Records;

/// Rows in which the head is looked for.
const HEAD_ROWS: usize = 20;
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// More header words: file kind → column key → words.
pub type Mapping = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The head of a file.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Byte between fields.
    pub separator: u8,
    /// Byte at which the first record behind the head begins.
    pub start: usize,
    /// Its line, counted from 0.
    pub line: u32,
    heads: Vec<String>,
    /// Number of fields up to the last one with a head.
    width: usize,
    columns: [Option<usize>; Column::ALL.len()],
}

impl Layout {
    /// Field of a column.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.columns.get(column as usize).copied().flatten()
    }

    /// Head of a column as it stands in the file; empty if there is none.
    pub fn head(&self, column: Column) -> &str {
        self.index(column).and_then(|index| self.heads.get(index)).map_or("", String::as_str)
    }

    /// True if the record has a field for each head, and nothing beyond but blanks under blank heads.
    pub fn fits(&self, records: &Records<'_>) -> bool {
        records.len() == self.width
            || ((self.width..=self.heads.len()).contains(&records.len())
                && (self.width..records.len()).all(|index| records.field(index).trim_ascii().is_empty()))
    }

    /// Number of fields up to the last one with a head.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Finds the head among the first rows: the row (or the two rows of a head in two storeys) with most of the columns.
    /// Without all required columns, or with one of them twice, there is no layout but problems.
    pub fn find(
        text: &[u8],
        file: &str,
        input: &InputFile,
        mapping: &Mapping,
        problems: &mut Vec<Problem>,
    ) -> Option<Layout> {
        let best = SEPARATORS
            .into_iter()
            .flat_map(|separator| candidates(text, separator, input, mapping))
            .enumerate()
            .max_by_key(|(index, found)| (found.columns_found(), std::cmp::Reverse(*index)))
            .map(|(_, found)| found);
        let place = |line: Option<u32>| Place { file: Some(file.to_owned()), line, ..Place::default() };
        let Some(best) = best else {
            problems.push(Problem::fatal(place(None), format!("空文件；应当是{}，请重新导出", input.title)));
            return None;
        };
        let required = || input.column.iter().filter(|column| column.required);
        let missing: Vec<String> = required()
            .filter(|column| known(&column.key).is_none_or(|known| best.index(known).is_none()))
            .map(|column| format!("“{}”", column.header.first().map_or(column.key.as_str(), String::as_str)))
            .collect();
        let line = best.line.max(1);
        if missing.len() == required().count() || best.columns_found() < 2 {
            problems.push(Problem::fatal(
                place(None),
                format!(
                    "前 {HEAD_ROWS} 行没有找到{}的表头（应有{}等列）；表头用词不同时，请在 mapping.toml 的 [{}] 里写明",
                    input.title,
                    missing.join("、"),
                    input.key
                ),
            ));
            return None;
        }
        if !missing.is_empty() {
            problems.push(Problem::fatal(
                place(Some(line)),
                format!(
                    "表头缺少{}列；表头用词不同时，请在 mapping.toml 的 [{}] 里写明",
                    missing.join("、"),
                    input.key
                ),
            ));
        }
        let doubled = best.doubled();
        for head in &doubled {
            problems.push(Problem::fatal(
                Place { column: Some(head.clone()), ..place(Some(line)) },
                format!("表头“{head}”出现不止一次，分不清该用哪一列；请删去或改名"),
            ));
        }
        (missing.is_empty() && doubled.is_empty()).then_some(best)
    }

    fn columns_found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Heads of used columns that stand twice.
    fn doubled(&self) -> Vec<String> {
        let twice = |index: &usize| self.heads.iter().filter(|head| same(head, &self.heads[*index])).count() > 1;
        let mut heads: Vec<String> =
            self.columns.iter().flatten().filter(|i| twice(i)).map(|i| self.heads[*i].clone()).collect();
        heads.dedup();
        heads
    }
}

/// Layouts with each of the first rows as the head, and with each two rows as a head in two storeys.
fn candidates(text: &[u8], separator: u8, input: &InputFile, mapping: &Mapping) -> Vec<Layout> {
    let mut records = Records::new(text, 0, separator);
    let mut before: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for _ in 0..HEAD_ROWS {
        if !records.advance() {
            break;
        }
        let heads: Vec<String> = records.fields().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect();
        let layout = |heads: Vec<String>| Layout {
            separator,
            start: records.position(),
            line: records.line_next(),
            width: heads.iter().rposition(|head| !head.is_empty()).map_or(0, |last| last + 1),
            columns: columns(&heads, input, mapping),
            heads,
        };
        let storeys: Vec<String> = (0..heads.len().max(before.len()))
            .map(|i| [&heads, &before].into_iter().filter_map(|row| row.get(i)).find(|h| !h.is_empty()).cloned())
            .map(Option::unwrap_or_default)
            .collect();
        out.push(layout(heads.clone()));
        if !before.is_empty() {
            out.push(layout(storeys));
        }
        before = heads;
    }
    out
}

fn columns(heads: &[String], input: &InputFile, mapping: &Mapping) -> [Option<usize>; Column::ALL.len()] {
    let mut columns = [None; Column::ALL.len()];
    for column in &input.column {
        let Some(slot) = known(&column.key).and_then(|known| columns.get_mut(known as usize)) else {
            continue;
        };
        let more = mapping.get(&input.key).and_then(|keys| keys.get(&column.key)).into_iter().flatten();
        *slot = more.chain(&column.header).find_map(|word| heads.iter().position(|head| same(head, word)));
    }
    columns
}

fn known(key: &str) -> Option<Column> {
    Column::ALL.into_iter().find(|column| column.key() == key)
}

/// Equal but for white space and a unit in brackets: `借方金额（元）` is `借方金额`.
fn same(head: &str, word: &str) -> bool {
    plain(head) == plain(word)
}

fn plain(head: &str) -> String {
    let joined: String = head.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '*').collect();
    for ending in ["（元）", "(元)", "（单位：元）", "(单位:元)"] {
        if let Some(rest) = joined.strip_suffix(ending) {
            return rest.to_owned();
        }
    }
    joined
}

/// Reads `mapping.toml` beside the books and in the folder above; the words beside the books come first.
pub fn mapping(folder: &Path, problems: &mut Vec<Problem>) -> Mapping {
    let mut mapping = Mapping::new();
    for name in ["books/mapping.toml", "mapping.toml"] {
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
            continue;
        };
        if let Some(more) = juesuan_catalog::source::parse::<Mapping>(name, &text, problems) {
            for (kind, columns) in more {
                for (key, words) in columns {
                    mapping.entry(kind.clone()).or_default().entry(key).or_default().extend(words);
                }
            }
        }
    }
    mapping
}
