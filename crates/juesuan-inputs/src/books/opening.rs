//! Opening balances and their adjustment.

use juesuan_catalog::Side;
use rustc_hash::FxHashMap;

use super::cell_text::half_width_text;
use super::column::Column;
use super::entry;
use super::fault::{FaultKind, Faults};
use super::key::{Key, Symbols};
use super::layout::Layout;
use super::merge::Booked;
use super::records::Records;
use super::rows::Rows;
use super::terms::{Class, Direction, Sense, Terms, Words};
use crate::seen::Counts;
use crate::words::is;

/// Opening balances of all units; credits are what was there, in 分.
#[derive(Debug, Default)]
pub struct Opening {
    /// Balances on the first day.
    pub balances: FxHashMap<Key, Booked>,
    /// Adjustments given beside them.
    pub adjustments: FxHashMap<Key, Booked>,
    /// Σ |amount|.
    pub turnover: u128,
}

/// Reads one file. `choices` are the words of the column of kinds: balance, adjustment.
pub fn read(
    (text, layout): (&[u8], &Layout),
    (terms, rows): (&Terms<'_>, &Rows),
    (unit, file): (Option<u32>, u16),
    choices: &[String],
    symbols: &mut Symbols,
    opening: &mut Opening,
) -> (Faults, Counts) {
    let mut sheet = Sheet { layout, terms, faults: Faults::default() };
    let mut counts = Counts::default();
    let mut records = Records::new(text, layout.start, layout.separator);
    while records.advance() {
        let line = layout.line + records.line();
        if let Some(passed) = rows.passed(&records, layout) {
            passed.count(&mut counts);
            continue;
        }
        counts.unread += 1;
        if !sheet.fits(&records, line) {
            continue;
        }
        let words = Column::DIMENSIONS.map(|column| sheet.text(&records, column));
        let Some(amount) = sheet.amount(&records, line) else { continue };
        let fields = [0, 1, 2, 3, 4, 5, 6, 7].map(|index: usize| words.get(index).map_or("", |word| word.as_str()));
        let Sense { class, key, usable, faults: found } = terms.sense(&Words { fields }, unit, symbols);
        if !sheet.counts(class, amount, &words[1], line) {
            counts.financial += 1;
            continue;
        }
        for (kind, column, message) in found {
            sheet.faults.add(kind, line, Some(column), || message);
        }
        let kind = sheet.text(&records, Column::Kind);
        let sums = match choices.iter().position(|choice| *choice == kind) {
            Some(0) => &mut opening.balances,
            Some(_) => &mut opening.adjustments,
            None if kind.is_empty() => &mut opening.balances,
            None => {
                sheet.faults.add(FaultKind::Word, line, Some(Column::Kind), || {
                    format!("类型“{kind}”不认识；应为{}", choices.join("或"))
                });
                continue;
            }
        };
        counts.take(0, amount);
        if usable {
            opening.turnover += u128::from(amount.unsigned_abs());
            let sum = sums.entry(key).or_insert(Booked { debit: 0, credit: 0, file, line });
            sum.credit = sum.credit.wrapping_add(amount);
        }
    }
    // Every entry was counted until now.
    counts.unread -= counts.read + counts.financial;
    (sheet.faults, counts)
}

/// A file that is read, and what is wrong in it.
struct Sheet<'a> {
    layout: &'a Layout,
    terms: &'a Terms<'a>,
    faults: Faults,
}

impl Sheet<'_> {
    fn text(&self, records: &Records<'_>, column: Column) -> String {
        let field = self.layout.index(column).map_or(&[][..], |index| records.field(index));
        half_width_text(field).trim().to_owned()
    }

    fn fits(&mut self, records: &Records<'_>, line: u32) -> bool {
        let fits = self.layout.fits(records);
        if !fits {
            self.faults.add(FaultKind::FieldCount, line, None, || {
                format!("这一行有 {} 个字段，表头有 {} 个，列可能错位", records.len(), self.layout.width())
            });
        }
        fits
    }

    /// The balance in credit, in 分; `None` where it could not be read.
    fn amount(&mut self, records: &Records<'_>, line: u32) -> Option<i64> {
        let amounts = entry::Amounts { power: self.layout.power, red: &self.terms.catalog.sheet_words.red };
        let amount = match entry::amount(self.text(records, Column::Amount).as_bytes(), amounts) {
            Ok(amount) => amount.unwrap_or(0),
            Err(error) => {
                let message = || format!("{error}；应为以元为单位的金额");
                self.faults.add(FaultKind::Amount, line, Some(Column::Amount), message);
                return None;
            }
        };
        let word = self.text(records, Column::Direction);
        let level = is(&word, &self.terms.catalog.sheet_words.level);
        match self.terms.direction(&word) {
            Some(Direction::Debit) => Some(-amount),
            Some(Direction::Credit) => Some(amount),
            None if word.is_empty() || (level && amount == 0) => Some(amount),
            None => {
                let message = || format!("方向“{word}”不认识；应为借或贷");
                self.faults.add(FaultKind::Word, line, Some(Column::Direction), message);
                None
            }
        }
    }

    /// True if the account has 年初结转和结余, or nobody knows it; a balance of another one is a fault.
    fn counts(&mut self, class: Class, amount: i64, account: &str, line: u32) -> bool {
        match class {
            Class::Budget(Side::CarryOver | Side::Operating) | Class::Unknown => true,
            // Given for comparison only; they are outside 年初结转和结余. A table of balances has all accounts.
            Class::Budget(Side::SurplusUse | Side::Cash) | Class::Financial => false,
            Class::Budget(_) if amount == 0 => false,
            Class::Budget(_) => {
                self.faults.add(FaultKind::Account, line, Some(Column::Account), || {
                    format!("科目“{account}”没有年初结转和结余；这里只填 8101、8102、8201、8401")
                });
                false
            }
        }
    }
}
