//! Where the head of a books file stands, and which column holds what.

use std::collections::BTreeMap;

use juesuan_catalog::InputFile;
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::FileKind;
use juesuan_text::element;

use super::column::Column;
use super::records::Records;

/// Rows in which the head is looked for.
const HEAD_ROWS: usize = 20;
/// Longest head, in bytes: what is longer is text, and not compared with words.
const HEAD_BYTES_MAX: usize = 256;
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
    /// Without all required columns, with one of them twice, or with amounts in one of `other_units`, there is no layout but
    /// problems.
    pub fn find(
        text: &[u8],
        file: &str,
        input: &InputFile,
        mapping: &Mapping,
        other_units: &[String],
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
        let other_unit = best.other_unit(text, other_units);
        if let Some(text) = &other_unit {
            let message = format!("金额单位写的是“{text}”；这里要以元为单位，请按元重新导出");
            problems.push(Problem::fatal(place(Some(line)), message));
        } else if !missing.is_empty() {
            problems.push(Problem::fatal(
                place(Some(line)),
                format!(
                    "表头缺少{}列，现有的列是{}；表头用词不同时，请在 mapping.toml 的 [{}] 里写明",
                    missing.join("、"),
                    best.heads.iter().filter(|head| !head.is_empty()).cloned().collect::<Vec<_>>().join("、"),
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
        (missing.is_empty() && doubled.is_empty() && other_unit.is_none()).then_some(best)
    }

    /// The head, or the text above the heads, that says that amounts are not in 元.
    fn other_unit(&self, text: &[u8], other_units: &[String]) -> Option<String> {
        let says = |text: &str| other_units.iter().any(|unit| text.contains(unit.as_str()));
        let amounts = ["借方", "贷方", "金额", "余额"];
        let head = self.heads.iter().find(|head| says(head) && amounts.iter().any(|word| head.contains(word)));
        let above = || {
            let mut records = Records::new(text, 0, self.separator);
            while records.advance() && records.position() < self.start {
                let told = |field: &&[u8]| field.len() <= HEAD_BYTES_MAX;
                let fields =
                    records.fields().filter(told).map(|field| String::from_utf8_lossy(field).trim().to_owned());
                let found = fields.into_iter().find(|text| text.contains("单位") && says(text));
                if found.is_some() {
                    return found;
                }
            }
            None
        };
        head.cloned().or_else(above)
    }

    fn columns_found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Heads of used columns that stand twice.
    fn doubled(&self) -> Vec<String> {
        let twice = |index: &usize| {
            self.heads.iter().filter(|head| same(head, element::<String>(&self.heads, *index))).count() > 1
        };
        let mut heads: Vec<String> =
            self.columns.iter().flatten().filter(|i| twice(i)).map(|i| element(&self.heads, *i).clone()).collect();
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
        let head = |field: &[u8]| match field.trim_ascii() {
            field if field.len() > HEAD_BYTES_MAX => "…".to_owned(),
            field => String::from_utf8_lossy(field).trim().to_owned(),
        };
        let heads: Vec<String> = records.fields().map(head).collect();
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
pub fn mapping(folder: &dyn Files, problems: &mut Vec<Problem>) -> Mapping {
    let mut mapping = Mapping::new();
    for name in ["books/mapping.toml", "mapping.toml"] {
        if folder.kind(name) != Some(FileKind::File) {
            continue;
        }
        let text =
            juesuan_read::file::bytes_of(folder, name, name).and_then(|bytes| juesuan_read::text::decode(name, &bytes));
        match text.and_then(|text| juesuan_catalog::parse_toml::<Mapping>(name, &text)) {
            Ok(more) => {
                for (kind, columns) in more {
                    for (key, words) in columns {
                        mapping.entry(kind.clone()).or_default().entry(key).or_default().extend(words);
                    }
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    mapping
}
