//! Any input file that the catalogue describes: its head found, its rows read, everything wrong with it named.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_catalog::{ColumnKind, InputColumn, InputFile, SheetWords};
use juesuan_facts::record::{Columns, Entry, Record};
use juesuan_model::{Money, Place, Problem};
use juesuan_read::grid::column_letters;
use juesuan_read::{Grid, Value};
use juesuan_text::{part, plain};

use super::header::Header;
use super::mapping::Mapping;
use super::words::begins;
use super::{cell, wide};
use crate::scaffold::entry_sheet::{EXAMPLE, is_example};
use crate::words::bare_head;

/// Problems named one by one for a file; the rest is counted.
const PROBLEMS_NAMED: usize = 200;

/// Reads the rows of one file of the kind `spec`. Sheets without a fitting head are passed over as long as one fits.
/// Total, example, numbering and note rows are left out.
pub fn read(
    grids: &[Grid],
    spec: &InputFile,
    mapping: &Mapping,
    words: &SheetWords,
    problems: &mut Vec<Problem>,
) -> Vec<Record> {
    read_entered(grids, spec, mapping, words, problems).unwrap_or_default()
}

/// As [`read`], but `None` for a file in which nobody has entered anything yet (an entry sheet with its example row) or
/// whose head does not fit: such a file does not say that there is nothing.
pub fn read_entered(
    grids: &[Grid],
    spec: &InputFile,
    mapping: &Mapping,
    words: &SheetWords,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Record>> {
    let mut found = Vec::new();
    let mut records = Vec::new();
    let explains = |grid: &&Grid| words.note_sheets.iter().any(|word| grid.sheet.contains(word.as_str()));
    let data: Vec<&Grid> = grids.iter().filter(|grid| !explains(grid)).collect();
    let data = if data.is_empty() { grids.iter().collect() } else { data };
    let sheets: Vec<(Cow<'_, Grid>, Option<Header>)> =
        data.into_iter().flat_map(|grid| wide::found(grid, spec, mapping)).collect();
    let fits = |header: &Option<Header>| {
        header.as_ref().is_some_and(|h| missing(spec, h).is_empty() && h.columns.len() >= spec.column.len().min(2))
    };
    let any_fits = sheets.iter().any(|(_, header)| fits(header));
    for (grid, header) in &sheets {
        match header {
            Some(header) if fits(&Some(header.clone())) => {
                let power = header.power(grid, spec, words, &mut found);
                let reader = SheetReader { grid, header, spec, words, power };
                reader.read(&mut records, &mut found);
            }
            Some(header) if (!any_fits && header.columns.len() > 1) || likely(spec, header) => {
                found.push(missing_columns(grid, spec, header));
            }
            _ if !any_fits && !grid.is_blank() => {
                found.push(Problem::fatal(
                    grid.place_of_sheet(),
                    format!("前 20 行里没有找到标题行；应有的列：{}", wanted(spec)),
                ));
            }
            _ => {}
        }
    }
    if !any_fits && grids.iter().all(Grid::is_blank) {
        let place = grids.first().map(Grid::place_of_sheet).unwrap_or_default();
        found.push(Problem::fatal(place, format!("是空文件，连标题行也没有；应有的列：{}", wanted(spec))));
    }
    let more = found.len().saturating_sub(PROBLEMS_NAMED);
    if more > 0 {
        found.truncate(PROBLEMS_NAMED);
        let place = grids.first().map(Grid::place_of_sheet).unwrap_or_default();
        found.push(Problem::fatal(place, format!("同类问题还有 {more} 处，没有逐一列出；改好前面的再运行一次")));
    }
    let example = sheets.iter().filter(|(_, header)| fits(header)).any(|(grid, _)| has_example(grid, words));
    let untouched = records.is_empty() && example;
    if untouched {
        let place = grids.first().map(Grid::place_of_sheet).unwrap_or_default();
        let message = "还没有填写（示例行还在），视为没有这份资料；如果确实没有发生，请删去示例行，只留标题行";
        found.push(Problem::doubt(place, message));
    }
    problems.append(&mut found);
    (any_fits && !untouched).then_some(records)
}

fn has_example(grid: &Grid, words: &SheetWords) -> bool {
    grid.rows.iter().flat_map(|row| &row.cells).any(|cell| begins(&plain(cell.as_str()), &words.examples))
}

fn missing<'a>(spec: &'a InputFile, header: &Header) -> Vec<&'a InputColumn> {
    spec.column.iter().filter(|c| c.required && !header.columns.contains_key(&c.key)).collect()
}

/// True if the head is clearly meant to be of this kind: half of the required columns are there.
fn likely(spec: &InputFile, header: &Header) -> bool {
    let required = spec.column.iter().filter(|c| c.required).count();
    missing(spec, header).len() * 2 < required && header.columns.len() > 1
}

fn wanted(spec: &InputFile) -> String {
    let required = spec.column.iter().filter(|c| c.required);
    required.filter_map(|c| c.header.first()).map(String::as_str).collect::<Vec<_>>().join("、")
}

fn missing_columns(grid: &Grid, spec: &InputFile, header: &Header) -> Problem {
    let missing: Vec<String> = missing(spec, header)
        .iter()
        .map(|c| format!("“{}”", part(&c.header, ..c.header.len().min(WORDS_NAMED)).join("／")))
        .collect();
    let present: Vec<&str> =
        header.heads.values().map(String::as_str).chain(header.unmatched.iter().map(String::as_str)).collect();
    Problem::fatal(
        grid.place(header.top),
        format!(
            "缺少列{}；这一行现有的列：{}。请补上该列，或在 mapping.toml 的 [{}] 里写明它在这里叫什么",
            missing.join("、"),
            present.join("、"),
            spec.key
        ),
    )
}

struct SheetReader<'a> {
    grid: &'a Grid,
    header: &'a Header,
    spec: &'a InputFile,
    words: &'a SheetWords,
    /// Power of ten by which amounts are more than 元.
    power: u32,
}

/// Words for one column that a message names.
const WORDS_NAMED: usize = 3;

/// What a row is.
enum Kind {
    Data,
    Total,
    Skipped,
    /// An example row in which somebody entered something and left the note behind it.
    TypedOver,
}

impl SheetReader<'_> {
    fn read(&self, records: &mut Vec<Record>, problems: &mut Vec<Problem>) {
        self.check_doubles(problems);
        let columns = Arc::new(Columns { place: self.grid.place_of_sheet(), heads: self.header.heads.clone() });
        let mut seen: BTreeMap<BTreeMap<String, Entry>, u32> = BTreeMap::new();
        let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
        let mut totals = Vec::new();
        for (row, source) in self.grid.rows.iter().enumerate().skip(self.header.data) {
            match self.kind(row) {
                Kind::Skipped => continue,
                Kind::TypedOver => {
                    problems.push(Problem::fatal(self.grid.place(row), self.words.typed_over.clone()));
                    continue;
                }
                Kind::Total => {
                    totals.push((row, sums.clone()));
                    continue;
                }
                Kind::Data => {}
            }
            let Some(entries) = self.entries(row, problems) else {
                continue;
            };
            for column in self.amounts() {
                if let Some(Entry::Yuan(amount)) = entries.get(&column.key) {
                    let sum = sums.entry(&column.key).or_default();
                    *sum = sum.checked_add(*amount).unwrap_or(*sum);
                }
            }
            if let Some(first) = seen.get(&entries) {
                let message = format!("与第 {first} 行完全相同；如果是重复录入，请删去一行");
                problems.push(Problem::doubt(self.grid.place(row), message));
            } else {
                seen.insert(entries.clone(), source.line);
            }
            records.push(Record::new(Arc::clone(&columns), source.line, entries));
        }
        if let [(row, sums)] = totals.as_slice() {
            self.check_total(*row, sums, problems);
        }
    }

    fn amounts(&self) -> impl Iterator<Item = &InputColumn> {
        self.spec.column.iter().filter(|c| c.kind == ColumnKind::Yuan && self.header.columns.contains_key(&c.key))
    }

    fn kind(&self, row: usize) -> Kind {
        let Some(cells) = self.grid.rows.get(row).map(|r| &r.cells) else {
            return Kind::Skipped;
        };
        let text = |cell: &Value| if let Value::Text(text) = cell { Some(plain(text)) } else { None };
        let mapped_blank = self.header.columns.values().all(|column| self.grid.seen(row, *column).is_blank());
        if mapped_blank {
            return Kind::Skipped;
        }
        let texts: Vec<String> = cells.iter().filter_map(text).collect();
        if texts.iter().any(|text| begins(text, &self.words.examples)) {
            return if self.is_example(row) { Kind::Skipped } else { Kind::TypedOver };
        }
        if texts.first().is_some_and(|text| begins(text, &self.words.notes) || begins(text, &self.words.numbering)) {
            return Kind::Skipped;
        }
        let is_one =
            |words: &[String]| texts.iter().any(|text| words.iter().any(|word| word == text.trim_matches(['*', '：'])));
        if is_one(&self.words.subtotals) {
            return Kind::Skipped;
        }
        if is_one(&self.words.totals) {
            return Kind::Total;
        }
        // The head again, as exports repeat it on every page.
        let repeats = |(key, column): (&String, &usize)| {
            self.header
                .heads
                .get(key)
                .is_some_and(|head| bare_head(self.grid.seen(row, *column).as_str()) == bare_head(head))
        };
        if self.header.columns.len() > 1 && self.header.columns.iter().all(repeats) {
            Kind::Skipped
        } else {
            Kind::Data
        }
    }

    /// True if a row with the word for an example holds nothing but an example: only behind that of a new sheet the note of the program
    /// stands, and there the cells are those of the new sheet.
    fn is_example(&self, row: usize) -> bool {
        let mut columns = self.spec.column.iter().filter_map(|c| Some((c, *self.header.columns.get(&c.key)?)));
        let cell = |index| self.grid.cell(row, index);
        self.grid.cells_of(row).iter().all(|cell| cell.as_str() != EXAMPLE)
            || columns.all(|(column, index)| cell(index).is_blank() || is_example(column, cell(index).as_str()))
    }

    /// The cells of a row; `None` if one is wrong, which is then named.
    fn entries(&self, row: usize, problems: &mut Vec<Problem>) -> Option<BTreeMap<String, Entry>> {
        let mut entries = BTreeMap::new();
        let mut faults: Vec<(&InputColumn, usize, String)> = Vec::new();
        for column in &self.spec.column {
            let Some(index) = self.header.columns.get(&column.key).copied() else {
                continue;
            };
            match self.value(row, index, column).and_then(|value| self.entry(column, value)) {
                Ok(Some(entry)) => {
                    entries.insert(column.key.clone(), entry);
                }
                Ok(None) if self.must_be_filled(row, column) => {
                    faults.push((column, index, "空白；这一列必须填写".to_owned()));
                }
                Ok(None) => {}
                Err(message) => faults.push((column, index, message)),
            }
        }
        if faults.is_empty() {
            return Some(entries);
        }
        if let Some(problem) = self.shifted(row, &faults) {
            problems.push(problem);
            return None;
        }
        for (column, _, message) in faults {
            problems.push(Problem::fatal(self.cell_place(row, column), message));
        }
        None
    }

    /// The content of a cell. A merged region gives its text to every row it covers; an amount stands in one row only.
    fn value(&self, row: usize, column: usize, spec: &InputColumn) -> Result<&Value, String> {
        let stored = self.grid.cell(row, column);
        let Some(region) = self.grid.merged.at(row, column) else {
            return Ok(stored);
        };
        let across = self.header.columns.values().filter(|c| (region.left..=region.right).contains(*c)).count();
        if across > 1 {
            return Err("单元格横向合并，分不清属于哪一列；请取消合并".to_owned());
        }
        let below = row > region.top;
        match spec.kind {
            ColumnKind::Yuan | ColumnKind::Count | ColumnKind::Number if below => {
                Err("几行合并成一格，分不清每行是多少；请取消合并，分别填写".to_owned())
            }
            _ if region.left == column || across == 1 => Ok(self.grid.seen(row, column)),
            _ => Ok(stored),
        }
    }

    /// A required cell must be filled; of several required amounts (借方, 贷方) one is enough.
    fn must_be_filled(&self, row: usize, column: &InputColumn) -> bool {
        if !column.required || column.kind != ColumnKind::Yuan {
            return column.required && !column.asked;
        }
        let mut others = self.amounts().filter(|other| other.required && other.key != column.key);
        !others.any(|other| self.header.columns.get(&other.key).is_some_and(|c| !self.grid.cell(row, *c).is_blank()))
    }

    /// One problem for a row whose cells stand in the wrong columns.
    fn shifted(&self, row: usize, faults: &[(&InputColumn, usize, String)]) -> Option<Problem> {
        if faults.len() < 2 {
            return None;
        }
        let fits = |offset: isize| {
            self.spec.column.iter().all(|column| {
                let Some(index) = self.header.columns.get(&column.key) else {
                    return true;
                };
                let Some(moved) = index.checked_add_signed(offset) else {
                    return !column.required;
                };
                match cell::read(column, self.grid.cell(row, moved)) {
                    Ok(None) => !column.required || column.kind == ColumnKind::Yuan,
                    Ok(Some(_)) => true,
                    Err(_) => false,
                }
            })
        };
        let heads: Vec<&str> =
            faults.iter().filter_map(|(c, ..)| self.header.heads.get(&c.key)).map(String::as_str).collect();
        let heads = heads.join("、");
        let message = if fits(1) {
            format!("整行向右错了一列（“{heads}”等列的内容不对，左移一列就对了）；请改正这一行")
        } else if fits(-1) {
            format!("整行向左错了一列（“{heads}”等列的内容不对，右移一列就对了）；请改正这一行")
        } else {
            let each: Vec<String> = faults
                .iter()
                .map(|(c, _, m)| format!("{}：{m}", self.header.heads.get(&c.key).map_or("", String::as_str)))
                .collect();
            format!("有 {} 列的内容与列不符，像是错位。{}", faults.len(), each.join("；"))
        };
        Some(Problem::fatal(self.grid.place(row), message))
    }

    fn cell_place(&self, row: usize, column: &InputColumn) -> Place {
        let head = self.header.heads.get(&column.key);
        let letters = self.header.columns.get(&column.key).map(|c| column_letters(*c));
        let name = match (head, letters) {
            (Some(head), Some(letters)) if !self.grid.sheet.is_empty() => Some(format!("{letters} {head}")),
            (head, _) => head.cloned(),
        };
        Place { column: name, ..self.grid.place(row) }
    }

    /// The content of a cell as its column asks for it.
    fn entry(&self, column: &InputColumn, value: &Value) -> Result<Option<Entry>, String> {
        if column.kind == ColumnKind::Yuan && self.power > 0 {
            return cell::read(column, &cell::in_yuan(value, self.power));
        }
        cell::read(column, value)
    }

    fn check_doubles(&self, problems: &mut Vec<Problem>) {
        for (key, other) in &self.header.doubles {
            if let (Some(head), Some(column)) = (self.header.heads.get(key), self.header.columns.get(key)) {
                problems.push(Problem::doubt(
                    self.grid.place(self.header.top),
                    format!(
                        "有两列都叫“{head}”（{}、{}），读的是前一列；请给后一列改名",
                        column_letters(*column),
                        column_letters(*other)
                    ),
                ));
            }
        }
    }

    fn check_total(&self, row: usize, sums: &BTreeMap<&str, Money>, problems: &mut Vec<Problem>) {
        for column in self.amounts() {
            let Some(index) = self.header.columns.get(&column.key) else {
                continue;
            };
            let sum = sums.get(column.key.as_str()).copied().unwrap_or_default();
            if let Ok(Some(Entry::Yuan(total))) = self.entry(column, self.grid.cell(row, *index))
                && total != sum
            {
                problems.push(Problem::doubt(
                    self.cell_place(row, column),
                    format!("合计行写的是 {total}，上面各行相加是 {sum}；请检查是否漏行或改动过"),
                ));
            }
        }
    }
}
