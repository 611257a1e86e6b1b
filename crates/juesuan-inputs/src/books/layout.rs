//! Where the head of a books file stands, and which column holds what.

use juesuan_catalog::{InputFile, SheetWords};
use juesuan_model::{Place, Problem};

use super::column::Column;
use super::heads::{self, HEAD_BYTES_MAX, HEAD_ROWS, Head};
use super::kind::Kind;
use super::records::Records;
use crate::words::{filled, is};

/// The head of a file.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Byte between fields.
    pub separator: u8,
    /// Byte at which the first record behind the head begins.
    pub start: usize,
    /// Its line, counted from 0.
    pub line: u32,
    /// Power of ten by which amounts are more than 元.
    pub power: u32,
    /// Rows of the head.
    pub height: usize,
    /// Records up to the end of the head, those above it too.
    pub records: usize,
    /// What somebody has told of each column.
    told: Vec<Option<String>>,
    heads: Vec<String>,
    /// The names of each head: its words from the top joined, and the lowest alone.
    names: Vec<Vec<String>>,
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

    /// The column that tells when a voucher was booked: that of days, else that of months.
    pub fn day(&self) -> Column {
        if self.index(Column::Date).is_none() && self.index(Column::Month).is_some() {
            return Column::Month;
        }
        Column::Date
    }

    /// Number of fields of a record with the blank ones that it leaves out at its end.
    pub fn width_of(&self, records: &Records<'_>) -> usize {
        let last_left_out = records.len() >= self.width;
        if last_left_out { records.len().max(self.heads.len()) } else { records.len() }
    }

    /// The names of a head, best first.
    pub fn names(&self, index: usize) -> &[String] {
        self.names.get(index).map_or(&[], Vec::as_slice)
    }

    /// With this head.
    pub fn of(head: Head, kind: &Kind<'_>) -> Layout {
        let told: Vec<Option<String>> =
            kind.told_of(&head.whole_names()).into_iter().map(|key| key.map(str::to_owned)).collect();
        let (columns, doubled, worth) = columns(&head.names, &told, kind);
        Layout { columns, doubled, worth, told, ..Layout::plain(head) }
    }

    /// With this head, of whose columns nothing is known.
    pub fn plain(head: Head) -> Layout {
        Layout {
            separator: head.separator,
            start: head.start,
            line: head.line,
            width: head.names.iter().rposition(|(head, _)| !head.is_empty()).map_or(0, |last| last + 1),
            height: head.height,
            records: head.records,
            names: head.names.iter().map(|(_, names)| names.clone()).collect(),
            heads: head.names.into_iter().map(|(head, _)| head).collect(),
            ..Layout::default()
        }
    }

    /// The rows among the first, up to three, with most of the columns.
    pub fn best(text: &[u8], kind: &Kind<'_>) -> Option<Layout> {
        heads::all(text, kind.words)
            .map(|candidate| Layout::of(candidate, kind))
            .enumerate()
            .max_by_key(|(index, found)| {
                (found.told_count(), found.columns_found(), std::cmp::Reverse((found.worth, *index)))
            })
            .map(|(_, found)| found)
    }

    /// Finds the head among the first rows: the rows, up to three, with most of the columns. Without all required columns,
    /// with one of them twice, or with amounts in another unit, there is no layout but problems.
    pub fn find(text: &[u8], file: &str, kind: &Kind<'_>, problems: &mut Vec<Problem>) -> Option<Layout> {
        let Kind { input, words, .. } = kind;
        let place = |line: Option<u32>| Place { file: Some(file.to_owned()), line, ..Place::default() };
        let Some(mut best) = Layout::best(text, kind) else {
            problems.push(Problem::fatal(place(None), format!("空文件；应当是{}，请重新导出", input.title)));
            return None;
        };
        let missing = best.missing(input);
        let named = || missing.iter().map(|key| format!("“{}”", input.head(key))).collect::<Vec<_>>().join("、");
        let required = input.column.iter().filter(|column| column.required).count();
        let line = best.line.max(1);
        if missing.len() == required || best.columns_found() < 2 {
            problems.push(Problem::fatal(
                place(None),
                format!(
                    "前 {HEAD_ROWS} 行没有找到{}的表头（应有{}等列）；表头用词不同时，请在 mapping.toml 的 [{}] 里写明",
                    input.title,
                    named(),
                    input.key
                ),
            ));
            return None;
        }
        let mut other_unit = best.other_unit(text, words);
        if let Some((unit, power)) = other_unit.as_deref().and_then(|text| power_of(text, words)) {
            best.power = power;
            other_unit = None;
            problems.push(Problem::doubt(place(Some(line)), filled(&words.says.scaled, &[("unit", unit)])));
        }
        if let Some(text) = &other_unit {
            let message = format!("金额单位写的是“{text}”；这里要以元为单位，请按元重新导出");
            problems.push(Problem::fatal(place(Some(line)), message));
        } else if !missing.is_empty() {
            problems.push(Problem::fatal(
                place(Some(line)),
                format!(
                    "表头缺少{}列，现有的列是{}；表头用词不同时，请在 mapping.toml 的 [{}] 里写明",
                    named(),
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

    /// Keys of required columns that are not there, and whose place no others take.
    pub fn missing<'i>(&self, input: &'i InputFile) -> Vec<&'i str> {
        let there = |key: &str| Column::of(key).is_some_and(|known| self.index(known).is_some());
        let replaced = |key: &String| {
            input.instead.iter().any(|i| i.of.contains(key) && i.column.iter().all(|column| there(&column.key)))
        };
        let missing = input.column.iter().filter(|c| c.required && !there(&c.key) && !replaced(&c.key));
        missing.map(|c| c.key.as_str()).collect()
    }

    /// What somebody has told of a column.
    pub fn told(&self, index: usize) -> Option<&str> {
        self.told.get(index)?.as_deref()
    }

    /// Number of columns of which somebody has told what they are.
    pub fn told_count(&self) -> usize {
        self.told.iter().flatten().filter(|key| !key.is_empty()).count()
    }

    /// The column that a field is used as.
    pub fn column_at(&self, index: usize) -> Option<Column> {
        Column::ALL.into_iter().find(|column| self.index(*column) == Some(index))
    }

    /// Number of heads, blank ones included.
    pub const fn heads_count(&self) -> usize {
        self.heads.len()
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
                let found = fields.into_iter().find(|text| text.contains(&words.unit_word) && says(text));
                if found.is_some() {
                    return found;
                }
            }
            None
        };
        head.cloned().or_else(above)
    }

    /// Number of columns that were found.
    pub fn columns_found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Heads that are no column, with their index; not those that nobody needs, and no balances.
    pub fn unknown(&self, words: &SheetWords) -> Vec<(usize, &str)> {
        let used = |index: usize| self.columns.iter().flatten().any(|used| *used == index);
        let heads = self.heads.iter().zip(&self.names).enumerate();
        let unknown = heads.filter(|(index, (head, names))| {
            let joined = names.first().map_or("", String::as_str);
            let is_told = self.told(*index).is_some();
            !head.is_empty()
                && !is_told
                && !used(*index)
                && !is(head, &words.unneeded_heads)
                && !is_unneeded(joined, words)
        });
        unknown.map(|(index, (head, _))| (index, head.as_str())).collect()
    }
}

/// Of several directions that of the amount: it stands before it, or behind it.
fn beside(found: &[usize], amount: Option<usize>) -> Vec<usize> {
    let of_amount = |index: &&usize| amount.is_some_and(|amount| **index + 1 == amount);
    let behind = |index: &&usize| amount.is_some_and(|amount| **index == amount + 1);
    let one = found.iter().find(of_amount).or_else(|| found.iter().find(behind));
    one.map_or_else(|| found.to_vec(), |one| vec![*one])
}

/// The index of each column, and the heads of those that stand twice.
fn columns(
    names: &[(String, Vec<String>)],
    told: &[Option<String>],
    kind: &Kind<'_>,
) -> ([Option<usize>; Column::ALL.len()], Vec<String>, usize) {
    let mut columns = [None; Column::ALL.len()];
    let mut worth = 0;
    let mut doubled = Vec::new();
    for (column, words) in &kind.heads {
        let is_told = |index: &usize| told.get(*index).is_some_and(Option::is_some);
        let own = told.iter().position(|key| key.as_deref() == Some(column.key()));
        let named = |word: &String| -> Vec<usize> {
            let named = names.iter().zip(0..).filter(|((_, names), _)| names.contains(word)).map(|(_, index)| index);
            named.filter(|index| !is_told(index)).collect()
        };
        if let (Some(slot), Some(own)) = (columns.get_mut(*column as usize), own) {
            *slot = Some(own);
            continue;
        }
        let mut found = words.iter().map(named).enumerate().filter(|(_, found)| !found.is_empty());
        let Some((rank, mut found)) = found.next() else { continue };
        if *column == Column::Direction {
            found = beside(&found, columns.get(Column::Amount as usize).copied().flatten());
        }
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

/// True for a column of which nothing here is made, as its whole name says.
pub fn is_unneeded(name: &str, words: &SheetWords) -> bool {
    is(name, &words.unneeded_heads) || words.balance_heads.iter().any(|word| name.contains(word.as_str()))
}

/// The unit that a text says amounts are in, with its power of ten; of 百万元 not 万元.
fn power_of<'w>(text: &str, words: &'w SheetWords) -> Option<(&'w str, u32)> {
    let said = words.unit_powers.iter().filter(|(unit, _)| text.contains(unit.as_str()));
    said.max_by_key(|(unit, _)| unit.len()).map(|(unit, power)| (unit.as_str(), *power))
}
