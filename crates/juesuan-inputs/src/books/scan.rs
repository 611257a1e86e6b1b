//! One walk over a part of a file of vouchers or balances: entries are added up by what they are of.

use std::hash::{BuildHasher, Hash};

use juesuan_catalog::Side;
use juesuan_text::{element, element_mut};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::cell_text::half_width_text;
use super::column::Column;
use super::entry;
use super::fault::FaultKind;
use super::layout::Layout;
use super::part::{Cell, Held, Part, Voucher, seen};
use super::records::Records;
use super::rows::Rows;
use super::terms::{Class, Direction, Sense, Terms, Words};
use crate::words::filled;

/// The dimensions of which it is kept whether they have a word.
const TOLD: [Column; 5] = [Column::Function, Column::Economic, Column::Nature, Column::Fund, Column::Project];

/// What a walk needs to know of the file.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    /// Text of the file.
    pub text: &'a [u8],
    /// Its head.
    pub layout: &'a Layout,
    /// Meaning of its words.
    pub terms: &'a Terms<'a>,
    /// Rows that carry no entry.
    pub rows: &'a Rows,
    /// True if numbers and days of vouchers stand only in the first row of each.
    pub sparse: bool,
    /// Unit of the file, if it has no column for it.
    pub unit: Option<u32>,
    /// Whether it holds vouchers; balances otherwise.
    pub kind: BooksKind,
}

/// Kinds of files with entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BooksKind {
    /// One line an entry of a voucher.
    Vouchers,
    /// One line the turnover of an account and its dimensions.
    Balances,
}

impl<'a> Walk<'a> {
    /// How its amounts are written.
    const fn amounts(&self) -> entry::Amounts<'a> {
        entry::Amounts { power: self.layout.power, red: self.terms.catalog.sheet_words.red.as_slice() }
    }

    /// Walks from byte `start` to the first record that begins at or behind `limit`.
    pub fn run(&self, start: usize, limit: usize) -> Part {
        let mut scan = Scan {
            walk: self,
            part: Part::default(),
            by_words: FxHashMap::default(),
            words: Vec::with_capacity(256),
            dimensions: Column::DIMENSIONS.into_iter().filter_map(|column| self.layout.index(column)).collect(),
            date: Vec::new(),
            month: None,
            voucher: Vec::new(),
            voucher_index: 0,
            above: Above::default(),
        };
        let mut records = Records::new(self.text, start, self.layout.separator);
        while records.position() < limit && records.advance() {
            scan.record(&records);
        }
        scan.part.end = records.position().max(start);
        scan.part.lines = records.line_next();
        scan.part
    }
}

/// A number made of a value.
fn hash(value: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(value)
}

struct Scan<'a> {
    walk: &'a Walk<'a>,
    part: Part,
    /// The bytes of all dimensions of an entry → its cell.
    by_words: FxHashMap<Box<[u8]>, u32>,
    words: Vec<u8>,
    dimensions: Vec<usize>,
    /// The last day as it stands, and its month in the year.
    date: Vec<u8>,
    month: Option<u8>,
    /// The last voucher's key.
    voucher: Vec<u8>,
    voucher_index: u32,
    /// What blank cells of a sparse file repeat.
    above: Above,
}

/// Number and day of the last voucher that had them.
#[derive(Default)]
struct Above {
    number: Vec<u8>,
    date: Vec<u8>,
}

impl Above {
    /// Takes what stands in a row, and keeps what does not.
    fn take(&mut self, records: &Records<'_>, layout: &Layout) {
        for (column, kept) in [(Column::Voucher, &mut self.number), (layout.day(), &mut self.date)] {
            let field = layout.index(column).map_or(&[][..], |index| records.field(index)).trim_ascii();
            if !field.is_empty() {
                field.clone_into(kept);
            }
        }
    }
}

impl Scan<'_> {
    fn record(&mut self, records: &Records<'_>) {
        let (layout, line) = (self.walk.layout, records.line());
        if let Some(passed) = self.walk.rows.passed(records, layout) {
            return passed.count(&mut self.part.counts);
        }
        if !layout.fits(records) {
            let message = || {
                format!(
                    "这一行有 {} 个字段，表头有 {} 个，列可能错位；请检查多余或缺少的分隔符，含分隔符的文字要加引号",
                    records.len(),
                    layout.width()
                )
            };
            self.part.faults.add(FaultKind::FieldCount, line, None, message);
            self.part.counts.unread += 1;
            if self.walk.kind == BooksKind::Vouchers {
                // Its voucher, as far as it can be told, must not be accused of the line's absence.
                let date = layout.index(layout.day()).map_or(&[][..], |index| records.field(index));
                let of_year = self.month_in(date).filter(|(year, _)| *year == self.walk.terms.year);
                self.date.clear();
                self.month = of_year.map(|(_, month)| month);
                let voucher = self.voucher_of(records, line);
                element_mut(&mut self.part.states, voucher as usize).seen |= seen::UNREAD;
                self.month = None;
            }
            return;
        }
        let field = |column: Column| layout.index(column).map_or(&[][..], |index| records.field(index));
        let account = field(Column::Account);
        if account == layout.head(Column::Account).as_bytes() {
            self.part.faults.add(FaultKind::HeadRepeated, line, None, || "文件中间又出现表头，这一行已跳过".to_owned());
            self.part.counts.repeated += 1;
            return;
        }
        let amounts = self.amounts(records, line);
        self.part.entries += 1;
        let index = self.cell(records);
        let Some(cell) = self.part.cells.get(index as usize) else { return };
        let class = cell.class;
        if class == Class::Financial {
            self.part.counts.financial += 1;
            return;
        }
        let vouchers = self.walk.kind == BooksKind::Vouchers;
        let voucher = if vouchers { self.voucher(records, line) } else { 0 };
        let Some((debit, credit)) = amounts else {
            self.part.counts.unread += 1;
            if vouchers {
                element_mut(&mut self.part.states, voucher as usize).seen |= seen::UNREAD;
            }
            return;
        };
        self.part.counts.take(debit, credit);
        self.part.turnover += u128::from(debit.unsigned_abs()) + u128::from(credit.unsigned_abs());
        if vouchers {
            self.entry(index, voucher, debit, credit, line);
        } else {
            self.add(index, debit, credit, line);
        }
    }

    /// An entry of a voucher: counted at once if no closing of the year has such entries, else held.
    fn entry(&mut self, index: u32, voucher: u32, debit: i64, credit: i64, line: u32) {
        let state = element_mut(&mut self.part.states, voucher as usize);
        state.difference = state.difference.wrapping_add(debit.wrapping_sub(credit));
        let cell = element(&self.part.cells, index as usize);
        state.content = state.content.wrapping_add(hash(&(cell.words, debit, credit)));
        if cell.faults.iter().any(|(kind, ..)| *kind == FaultKind::Unit) {
            state.seen |= seen::UNREAD;
        }
        let normal = match cell.class {
            Class::Budget(Side::Income) => credit.wrapping_sub(debit),
            Class::Budget(Side::Expense) => debit.wrapping_sub(credit),
            Class::Budget(Side::Cash) => {
                state.seen |= seen::CASH;
                return;
            }
            Class::Budget(side) => {
                if matches!(side, Side::Closing | Side::Operating) {
                    state.seen |= seen::CLOSING;
                }
                if side == Side::CarryOver {
                    state.seen |= seen::CARRY;
                }
                state.held = true;
                self.part.held.push(Held { voucher, cell: index, debit, credit, line });
                return;
            }
            Class::Financial | Class::Unknown => {
                state.seen |= seen::UNREAD;
                self.add(index, debit, credit, line);
                return;
            }
        };
        if normal < 0 {
            let red = debit <= 0 && credit <= 0;
            state.seen |= if red { seen::RED } else { seen::REVERSED };
            state.held = true;
            self.part.held.push(Held { voucher, cell: index, debit, credit, line });
        } else {
            if normal > 0 {
                state.seen |= seen::NORMAL;
            }
            self.add(index, debit, credit, line);
        }
    }

    fn add(&mut self, index: u32, debit: i64, credit: i64, line: u32) {
        let cell = element_mut(&mut self.part.cells, index as usize);
        cell.debit = cell.debit.wrapping_add(debit);
        cell.credit = cell.credit.wrapping_add(credit);
        // Of balances it shows later which rows only add up others.
        if self.walk.kind == BooksKind::Balances {
            return;
        }
        for (kind, column, message) in &cell.faults {
            self.part.faults.add(*kind, line, Some(*column), || message.clone());
        }
    }

    /// Debit and credit of an entry, from two columns or from a direction and one amount.
    fn amounts(&mut self, records: &Records<'_>, line: u32) -> Option<(i64, i64)> {
        let field = |column: Column| self.walk.layout.index(column).map_or(&[][..], |index| records.field(index));
        let amounts = self.walk.amounts();
        let mut read = |column| match entry::amount(field(column), amounts) {
            Ok(fen) => Some(fen.unwrap_or(0)),
            Err(error) => {
                let message = || format!("{error}；应为以元为单位、最多两位小数的金额");
                self.part.faults.add(FaultKind::Amount, line, Some(column), message);
                None
            }
        };
        if self.walk.layout.index(Column::Direction).is_some() {
            let amount = read(Column::Amount)?;
            let word = String::from_utf8_lossy(field(Column::Direction));
            return match self.walk.terms.direction(&word) {
                Some(Direction::Debit) => Some((amount, 0)),
                Some(Direction::Credit) => Some((0, amount)),
                None if amount == 0 => Some((0, 0)),
                None => {
                    let message = || format!("方向“{word}”不认识；应为借或贷");
                    self.part.faults.add(FaultKind::Word, line, Some(Column::Direction), message);
                    None
                }
            };
        }
        let (debit, credit) = (read(Column::Debit), read(Column::Credit));
        let (debit, credit) = (debit?, credit?);
        if debit != 0 && credit != 0 && self.walk.kind == BooksKind::Vouchers {
            let message = || "同一行既有借方又有贷方金额；请分成两行".to_owned();
            self.part.faults.add(FaultKind::BothSides, line, Some(Column::Credit), message);
        }
        Some((debit, credit))
    }

    /// Index of the cell of an entry. Words that were met before need no second look.
    fn cell(&mut self, records: &Records<'_>) -> u32 {
        self.words.clear();
        for index in &self.dimensions {
            self.words.extend_from_slice(records.field(*index));
            self.words.push(0x1f);
        }
        if let Some(index) = self.by_words.get(self.words.as_slice()) {
            return *index;
        }
        let texts = Column::DIMENSIONS.map(|column| {
            let field = self.walk.layout.index(column).map_or(&[][..], |index| records.field(index));
            half_width_text(field)
        });
        let mut words = Words::default();
        for (word, text) in words.fields.iter_mut().zip(&texts) {
            *word = text;
        }
        let account = words.fields.get(1).map_or_else(String::new, |word| (*word).to_owned());
        let Sense { class, key, usable, faults } =
            self.walk.terms.sense(&words, self.walk.unit, &mut self.part.symbols);
        let index = u32::try_from(self.part.cells.len()).unwrap_or(u32::MAX);
        let told = TOLD.into_iter().zip(0..).fold(0, |told, (column, bit)| {
            let stands = self.walk.layout.index(column).is_some_and(|at| !records.field(at).trim_ascii().is_empty());
            told | (u8::from(stands) << bit)
        });
        let code = match self.walk.kind {
            BooksKind::Balances => self.part.symbols.intern(&self.walk.terms.account_code(&account)),
            BooksKind::Vouchers => 0,
        };
        let (line, words) = (records.line(), hash(&self.words));
        self.part.cells.push(Cell { key, class, usable, debit: 0, credit: 0, line, faults, words, code, told });
        self.by_words.insert(self.words.clone().into_boxed_slice(), index);
        index
    }

    /// Index of the voucher of an entry. Its key holds the month: many systems count from 1 again every month.
    fn voucher(&mut self, records: &Records<'_>, line: u32) -> u32 {
        let layout = self.walk.layout;
        if self.walk.sparse {
            self.above.take(records, layout);
        }
        if let Some(index) = layout.index(layout.day()) {
            let field = if self.walk.sparse { self.above.date.as_slice() } else { records.field(index) };
            if field != self.date.as_slice() || self.month.is_none() {
                self.date.clear();
                self.date.extend_from_slice(field);
                self.month = self.month_of(line);
            }
        }
        self.voucher_of(records, line)
    }

    /// The same for the month that is known.
    fn voucher_of(&mut self, records: &Records<'_>, line: u32) -> u32 {
        let layout = self.walk.layout;
        let stands = layout.index(Column::Voucher).map_or(&[][..], |index| records.field(index)).trim_ascii();
        let number = if self.walk.sparse { self.above.number.as_slice() } else { stands };
        let unit = layout.index(Column::Unit).map_or(&[][..], |index| records.field(index));
        let (month, before) = (self.month.unwrap_or(0), self.voucher.as_slice());
        let known = before.len() == unit.len() + number.len() + 2
            && before.first() == Some(&month)
            && before.get(1..=unit.len()) == Some(unit)
            && before.ends_with(number);
        if known {
            return self.voucher_index;
        }
        self.voucher.clear();
        self.voucher.push(month);
        self.voucher.extend_from_slice(unit);
        self.voucher.push(0x1f);
        self.voucher.extend_from_slice(number);
        if let Some(index) = self.part.vouchers.get(self.voucher.as_slice()) {
            self.voucher_index = *index;
        } else {
            self.voucher_index = u32::try_from(self.part.states.len()).unwrap_or(u32::MAX);
            self.part.states.push(Voucher {
                line,
                year_end: matches!(month, 0 | 12),
                dated: month != 0,
                ..Voucher::default()
            });
            self.part.vouchers.insert(self.voucher.clone().into_boxed_slice(), self.voucher_index);
        }
        self.voucher_index
    }

    /// Year and month of a day, or of a month of the year where the file tells no more.
    fn month_in(&self, field: &[u8]) -> Option<(u16, u8)> {
        if self.walk.layout.day() == Column::Date {
            return entry::year_and_month(field);
        }
        let (year, month) = entry::period(field)?;
        Some((year.unwrap_or(self.walk.terms.year), month))
    }

    /// Month of the day that stands in `self.date`; a day of another year or none is a fault.
    fn month_of(&mut self, line: u32) -> Option<u8> {
        let text = || String::from_utf8_lossy(&self.date).into_owned();
        let (year, column) = (self.walk.terms.year, self.walk.layout.day());
        let says = &self.walk.terms.catalog.sheet_words.says;
        let told = |says: &str| filled(says, &[("word", &text()), ("year", &year.to_string())]);
        match self.month_in(&self.date) {
            Some((of, month)) if of == year => Some(month),
            Some(_) => {
                let message = || match column {
                    Column::Date => format!("日期“{}”不在 {year} 年度；请移出这张凭证或核对年度", text()),
                    _ => told(&says.month_outside),
                };
                self.part.faults.add(FaultKind::DateOutside, line, Some(column), message);
                None
            }
            None => {
                let message = || match column {
                    Column::Date => format!("“{}”不是日期；应写成 {year}-05-01 的样子", text()),
                    _ => told(&says.month),
                };
                self.part.faults.add(FaultKind::Date, line, Some(column), message);
                None
            }
        }
    }
}
