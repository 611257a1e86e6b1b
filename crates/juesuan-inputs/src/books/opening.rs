//! Opening balances and their adjustment.

use juesuan_catalog::Side;
use rustc_hash::FxHashMap;

use super::column::Column;
use super::entry;
use super::fault::{FaultKind, Faults};
use super::key::{Key, Symbols};
use super::layout::Layout;
use super::merge::Booked;
use super::records::Records;
use super::rows::Rows;
use super::terms::{Class, Sense, Terms, Words, half_width_text};

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
) -> Faults {
    let mut faults = Faults::default();
    let mut records = Records::new(text, layout.start, layout.separator);
    while records.advance() {
        let line = layout.line + records.line();
        if rows.passed(&records, layout) {
            continue;
        }
        if !layout.fits(&records) {
            faults.add(FaultKind::FieldCount, line, None, || {
                format!("这一行有 {} 个字段，表头有 {} 个，列可能错位", records.len(), layout.width())
            });
            continue;
        }
        let texts = |column: Column| {
            let field = layout.index(column).map_or(&[][..], |index| records.field(index));
            half_width_text(field).trim().to_owned()
        };
        let words = Column::DIMENSIONS.map(texts);
        let amount = match entry::amount(texts(Column::Amount).as_bytes()) {
            Ok(amount) => amount.unwrap_or(0),
            Err(error) => {
                faults.add(FaultKind::Amount, line, Some(Column::Amount), || format!("{error}；应为以元为单位的金额"));
                continue;
            }
        };
        let fields = [0, 1, 2, 3, 4, 5, 6, 7].map(|index: usize| words.get(index).map_or("", |word| word.as_str()));
        let Sense { class, key, usable, faults: found } = terms.sense(&Words { fields }, unit, symbols);
        match class {
            Class::Budget(Side::CarryOver | Side::Operating) => {}
            // Given for comparison only; they are outside 年初结转和结余.
            Class::Budget(Side::SurplusUse) => continue,
            Class::Unknown => {}
            Class::Budget(_) | Class::Financial => {
                faults.add(FaultKind::Account, line, Some(Column::Account), || {
                    format!("科目“{}”没有年初结转和结余；这里只填 8101、8102、8201、8401", words[1])
                });
                continue;
            }
        }
        for (kind, column, message) in found {
            faults.add(kind, line, Some(column), || message);
        }
        let kind = texts(Column::Kind);
        let sums = match choices.iter().position(|choice| *choice == kind) {
            Some(0) => &mut opening.balances,
            Some(_) => &mut opening.adjustments,
            None if kind.is_empty() => &mut opening.balances,
            None => {
                faults.add(FaultKind::Word, line, Some(Column::Kind), || {
                    format!("类型“{kind}”不认识；应为{}", choices.join("或"))
                });
                continue;
            }
        };
        if usable {
            opening.turnover += u128::from(amount.unsigned_abs());
            let sum = sums.entry(key).or_insert(Booked { debit: 0, credit: 0, file, line });
            sum.credit = sum.credit.wrapping_add(amount);
        }
    }
    faults
}
