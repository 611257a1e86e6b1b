//! Rows of an export that carry no entry: sums, balances between the entries of a ledger, examples, signatures, page heads.

use juesuan_catalog::SheetWords;
use juesuan_text::form::half_width;
use rustc_hash::FxHashSet;

use super::column::Column;
use super::layout::Layout;
use super::records::Records;
use crate::seen::Counts;
use crate::words::bare_head;

/// Records looked at to learn whether cells stand for those below them.
const SPARSE_LOOKED_AT: usize = 300;

/// What a row is that carries no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// A sum, or a balance between the entries.
    Sum,
    /// A note, a title, an example, nothing.
    Note,
}

impl Passed {
    /// Counts one more.
    pub const fn count(self, counts: &mut Counts) {
        match self {
            Passed::Sum => counts.sums += 1,
            Passed::Note => counts.notes += 1,
        }
    }
}

/// The words by which such rows are known.
#[derive(Debug)]
pub struct Rows {
    sums: FxHashSet<String>,
    notes: Vec<String>,
    examples: Vec<String>,
}

impl Rows {
    /// From the catalogue.
    pub fn new(words: &SheetWords) -> Rows {
        let sums = words.totals.iter().chain(&words.subtotals).chain(&words.ledger_rows);
        let bare = |words: &[String]| words.iter().map(|word| bare_head(word)).collect();
        Rows {
            sums: sums.map(|word| bare_head(word)).collect(),
            notes: bare(&words.notes),
            examples: words.examples.clone(),
        }
    }

    /// Why a row carries no entry; `None` for one that does. A row with an account and a number of a voucher is one, whatever else it
    /// says.
    pub fn passed(&self, records: &Records<'_>, layout: &Layout) -> Option<Passed> {
        let last = records.len().saturating_sub(1);
        let example = |field: &[u8]| self.examples.iter().any(|word| field.starts_with(word.as_bytes()));
        if example(records.field(last)) || example(records.field(0)) {
            return Some(Passed::Note);
        }
        let field = |column: Column| layout.index(column).map_or(&[][..], |index| records.field(index));
        let coded = field(Column::Account).iter().any(u8::is_ascii_digit);
        let numbered = !field(Column::Voucher).trim_ascii().is_empty();
        if coded && numbered {
            return None;
        }
        let account = text(field(Column::Account));
        let coded = account.chars().any(|c| half_width(c).is_ascii_digit());
        if coded && numbered {
            return None;
        }
        if self.is_sum(records, layout) || self.ends_in_sum(&account) {
            return Some(Passed::Sum);
        }
        let first = records.fields().map(text).map(|text| bare_head(&text)).find(|text| !text.is_empty());
        if first.is_none_or(|first| self.notes.iter().any(|note| first.starts_with(note.as_str()))) {
            return Some(Passed::Note);
        }
        if coded {
            return None;
        }
        let amounts = [Column::Debit, Column::Credit, Column::Amount];
        // What a quotation mark that is never closed has swallowed is no title.
        let swallowed = records.fields().any(|field| field.contains(&b'\n') || field.contains(&layout.separator));
        let nothing = amounts.into_iter().all(|column| !text(field(column)).chars().any(is_digit));
        (account.is_empty() && !swallowed && nothing).then_some(Passed::Note)
    }

    /// True if a cell is the name of a sum, with or without a number before it: `1月合计`.
    fn is_sum(&self, records: &Records<'_>, layout: &Layout) -> bool {
        // 年初余额 is a kind of entry where a column asks for it.
        let kind = layout.index(Column::Kind);
        records.fields().enumerate().any(|(index, field)| {
            // The longest name has far fewer bytes; amounts and codes are none.
            if Some(index) == kind || field.is_empty() || field.len() > 60 || field.is_ascii() {
                return false;
            }
            let word = bare_head(&text(field));
            self.sums.contains(&word) || {
                let period = |c: char| matches!(c, '年' | '月' | '份' | '期' | '季' | '度' | '日' | '第' | '-' | '.');
                let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || period(c));
                rest.len() < word.len() && self.sums.contains(rest)
            }
        })
    }

    /// `7201 事业支出小计`.
    fn ends_in_sum(&self, account: &str) -> bool {
        let account = bare_head(account);
        !account.is_ascii() && self.sums.iter().any(|sum| account.ends_with(sum.as_str()))
    }

    /// True if numbers of vouchers stand only in the first row of each.
    pub fn are_sparse(&self, text: &[u8], layout: &Layout) -> bool {
        let mut records = Records::new(text, layout.start, layout.separator);
        let (mut looked_at, mut numbered) = (0, false);
        while looked_at < SPARSE_LOOKED_AT && records.advance() {
            looked_at += 1;
            if !layout.fits(&records) || self.passed(&records, layout).is_some() {
                continue;
            }
            let blank = layout.index(Column::Voucher).is_none_or(|index| records.field(index).trim_ascii().is_empty());
            if blank && numbered {
                return true;
            }
            numbered |= !blank;
        }
        false
    }
}

fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field).trim().to_owned()
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}
