//! Where the head of a books file stands, and which column holds what.

use std::collections::BTreeMap;

use juesuan_catalog::{InputFile, SheetWords};
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::FileKind;
use juesuan_text::part;

use super::column::Column;
use super::records::Records;
use crate::words::{bare_head, is};

/// Rows in which the head is looked for.
const HEAD_ROWS: usize = 20;
/// Most rows of one head.
const HEAD_HEIGHT_MAX: usize = 3;
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
    /// The words of each head from the top, joined.
    joined: Vec<String>,
    /// Heads of used columns that stand twice.
    doubled: Vec<String>,
    /// How far behind the usual word of each column those stand by which the columns were found.
    worth: usize,
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

    /// Finds the head among the first rows: the rows, up to three, with most of the columns. Without all required columns,
    /// with one of them twice, or with amounts in another unit, there is no layout but problems.
    pub fn find(text: &[u8], file: &str, kind: &Kind<'_>, problems: &mut Vec<Problem>) -> Option<Layout> {
        let Kind { input, words, .. } = kind;
        let best = SEPARATORS
            .into_iter()
            .flat_map(|separator| candidates(text, separator, kind))
            .enumerate()
            .max_by_key(|(index, found)| (found.columns_found(), std::cmp::Reverse((found.worth, *index))))
            .map(|(_, found)| found);
        let place = |line: Option<u32>| Place { file: Some(file.to_owned()), line, ..Place::default() };
        let Some(best) = best else {
            problems.push(Problem::fatal(place(None), format!("空文件；应当是{}，请重新导出", input.title)));
            return None;
        };
        let missing = best.missing(input);
        let required = input.column.iter().filter(|column| column.required).count();
        let line = best.line.max(1);
        if missing.len() == required || best.columns_found() < 2 {
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
        let other_unit = best.other_unit(text, words);
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
        for head in &best.doubled {
            problems.push(Problem::fatal(
                Place { column: Some(head.clone()), ..place(Some(line)) },
                format!("表头“{head}”出现不止一次，分不清该用哪一列；请删去或改名"),
            ));
        }
        (missing.is_empty() && best.doubled.is_empty() && other_unit.is_none()).then_some(best)
    }

    /// Required columns that are not there, and whose place no others take.
    fn missing(&self, input: &InputFile) -> Vec<String> {
        let there = |key: &str| known(key).is_some_and(|known| self.index(known).is_some());
        let replaced = |key: &String| {
            input.instead.iter().any(|i| i.of.contains(key) && i.column.iter().all(|column| there(&column.key)))
        };
        let missing = input.column.iter().filter(|c| c.required && !there(&c.key) && !replaced(&c.key));
        missing.map(|c| format!("“{}”", c.header.first().map_or(c.key.as_str(), String::as_str))).collect()
    }

    /// The head, or the text above the heads, that says that amounts are not in 元.
    fn other_unit(&self, text: &[u8], words: &SheetWords) -> Option<String> {
        let says = |text: &str| words.other_units.iter().any(|unit| text.contains(unit.as_str()));
        let is_amount = |head: &str| words.amount_heads.iter().any(|word| head.contains(word.as_str()));
        let head = self.heads.iter().find(|head| says(head) && is_amount(head));
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

    /// Heads that are no column, with their index; not those that nobody needs, and no balances.
    pub fn unknown(&self, words: &SheetWords) -> Vec<(usize, &str)> {
        let used = |index: usize| self.columns.iter().flatten().any(|used| *used == index);
        let unneeded = |head: &str| is(head, &words.unneeded_heads);
        let balance = |head: &str| words.balance_heads.iter().any(|word| head.contains(word.as_str()));
        let heads = self.heads.iter().zip(&self.joined).enumerate();
        let unknown = heads.filter(|(index, (head, joined))| {
            !head.is_empty() && !used(*index) && !unneeded(head) && !unneeded(joined) && !balance(joined)
        });
        unknown.map(|(index, (head, _))| (index, head.as_str())).collect()
    }
}

/// The names by which each column of a head may be known: its words from the top joined, and the lowest alone. Over a balance
/// the lowest says nothing: 借方 below 期末余额 is not what moved.
fn names(rows: &[Vec<String>], words: &SheetWords) -> Vec<(String, Vec<String>)> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str);
    let deeper = |row: usize, column: usize| (row + 1..rows.len()).any(|below| !at(below, column).is_empty());
    let mut out = Vec::with_capacity(width);
    for column in 0..width {
        let mut levels: Vec<&str> = Vec::new();
        for row in 0..rows.len() {
            let own = at(row, column);
            // A merged head stands over the columns to its right that have heads of their own below.
            let group = || (0..column).rev().find(|left| !at(row, *left).is_empty()).filter(|left| deeper(row, *left));
            let word = match own {
                "" if deeper(row, column) => group().map_or("", |left| at(row, left)),
                own => own,
            };
            if !word.is_empty() && levels.last() != Some(&word) {
                levels.push(word);
            }
        }
        let (last, above) = levels.split_last().map_or(("", &[][..]), |(last, above)| (*last, above));
        let mut names = vec![head_form(&levels.concat(), words)];
        let balance = above.iter().any(|head| words.balance_heads.iter().any(|word| head.contains(word.as_str())));
        if !above.is_empty() && !balance {
            names.push(head_form(last, words));
        }
        out.push((last.to_owned(), names));
    }
    out
}

/// Layouts with each of the first rows as the last of the head, of one, two or three rows.
fn candidates(text: &[u8], separator: u8, kind: &Kind<'_>) -> Vec<Layout> {
    let mut records = Records::new(text, 0, separator);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut out = Vec::new();
    while rows.len() < HEAD_ROWS && records.advance() {
        let head = |field: &[u8]| match field.trim_ascii() {
            field if field.len() > HEAD_BYTES_MAX => "…".to_owned(),
            field => String::from_utf8_lossy(field).trim().to_owned(),
        };
        rows.push(records.fields().map(head).collect());
        for height in 1..=HEAD_HEIGHT_MAX.min(rows.len()) {
            let names = names(part(&rows, rows.len() - height..), kind.words);
            let (columns, doubled, worth) = columns(&names, kind);
            out.push(Layout {
                separator,
                start: records.position(),
                line: records.line_next(),
                width: names.iter().rposition(|(head, _)| !head.is_empty()).map_or(0, |last| last + 1),
                columns,
                doubled,
                worth,
                joined: names.iter().map(|(_, names)| names.first().cloned().unwrap_or_default()).collect(),
                heads: names.into_iter().map(|(head, _)| head).collect(),
            });
        }
    }
    out
}

/// The index of each column, and the heads of those that stand twice.
fn columns(
    names: &[(String, Vec<String>)],
    kind: &Kind<'_>,
) -> ([Option<usize>; Column::ALL.len()], Vec<String>, usize) {
    let mut columns = [None; Column::ALL.len()];
    let mut worth = 0;
    let mut doubled = Vec::new();
    for (column, words) in &kind.heads {
        let named = |word: &String| -> Vec<usize> {
            names.iter().zip(0..).filter(|((_, names), _)| names.contains(word)).map(|(_, index)| index).collect()
        };
        let mut found = words.iter().map(named).enumerate().filter(|(_, found)| !found.is_empty());
        let Some((rank, found)) = found.next() else { continue };
        let Some((index, others)) = found.split_first().map(|(index, others)| (*index, others.len())) else { continue };
        worth += rank;
        if others > 0 {
            doubled.extend(names.get(index).map(|(head, _)| head.clone()));
        }
        if let Some(slot) = columns.get_mut(*column as usize) {
            *slot = Some(index);
        }
    }
    // Beside two amounts a direction is that of a balance.
    let filled = |column: Column, columns: &[Option<usize>]| columns.get(column as usize).is_some_and(Option::is_some);
    if filled(Column::Debit, &columns) && filled(Column::Credit, &columns) {
        for column in [Column::Direction, Column::Amount] {
            if let Some(slot) = columns.get_mut(column as usize) {
                *slot = None;
            }
        }
        doubled.retain(|head| columns.iter().flatten().any(|i| names.get(*i).is_some_and(|(h, _)| h == head)));
    }
    doubled.dedup();
    (columns, doubled, worth)
}

fn known(key: &str) -> Option<Column> {
    Column::ALL.into_iter().find(|column| column.key() == key)
}

/// As heads are compared: without white space, marks and a unit in brackets (`借方金额（元）` is `借方金额`).
fn head_form(head: &str, words: &SheetWords) -> String {
    let head = bare_head(head);
    let unit = |inside: &str| words.own_units.iter().any(|unit| bare_head(unit) == inside);
    match head.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((rest, inside)) if unit(inside) => rest.to_owned(),
        _ => head,
    }
}

/// A kind of file with the words of its heads, ready to be compared.
pub struct Kind<'c> {
    /// The kind.
    pub input: &'c InputFile,
    /// Words of sheets.
    pub words: &'c SheetWords,
    heads: Vec<(Column, Vec<String>)>,
}

impl<'c> Kind<'c> {
    /// With the words of the catalogue and, before them, those of the department.
    pub fn new(input: &'c InputFile, words: &'c SheetWords, mapping: &Mapping) -> Kind<'c> {
        let heads = input.readable().filter_map(|column| {
            let more = mapping.get(&input.key).and_then(|keys| keys.get(&column.key)).into_iter().flatten();
            let heads = more.chain(&column.header).map(|word| head_form(word, words)).collect();
            Some((known(&column.key)?, heads))
        });
        Kind { input, words, heads: heads.collect() }
    }

    /// Columns of the kind that a layout lacks, with the words of their heads.
    pub fn lacking<'k>(&'k self, layout: &'k Layout) -> impl Iterator<Item = (Column, &'k [String])> {
        let lacks = |column: &Column| layout.index(*column).is_none();
        self.heads.iter().filter(move |(column, _)| lacks(column)).map(|(column, words)| (*column, words.as_slice()))
    }
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
