//! Ledgers whose account stands over its entries and not beside each: in a title line (`科目：7201 事业支出`), in blocks below each
//! other, or in the name of the sheet. Each entry gets what the lines above it say, in columns of their own.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_text::part_of_text;

use super::cell_text::half_width_text;
use super::column::Column;
use super::entry::{self, Amounts};
use super::kind::Kind;
use super::layout::Layout;
use super::records::Records;
use super::terms::Terms;
use super::widen::Widened;
use crate::words::{head_form, is};

/// What lines say of the entries below them.
type Said = BTreeMap<Column, String>;

/// The text with a column for each thing that titles tell of the entries below them; `None` where the head has a column of
/// accounts, or where nothing tells any. Lines stay where they are. `name` is that of the sheet or of the file.
pub fn spread(text: &[u8], name: &str, kind: &Kind<'_>, terms: &Terms<'_>) -> Option<Vec<u8>> {
    let layout = Layout::best(text, kind)?;
    if layout.index(Column::Account).is_some() || layout.columns_found() < 2 {
        return None;
    }
    let named = terms.account_of_title(name).map(|code| (Column::Account, code));
    let blocks = Blocks { text, layout: &layout, kind, terms, named: named.into_iter().collect() };
    let mut told: BTreeSet<Column> = BTreeSet::new();
    blocks.walk(|_, row| {
        if let Row::Entry(said) = row {
            told.extend(said.keys().copied());
        }
    });
    told.contains(&Column::Account).then(|| blocks.written(&told))
}

struct Blocks<'a> {
    text: &'a [u8],
    layout: &'a Layout,
    kind: &'a Kind<'a>,
    terms: &'a Terms<'a>,
    /// What the name of the sheet says.
    named: Said,
}

/// What a record is.
enum Row<'s> {
    /// Above the entries: titles, and the head.
    Head,
    /// A title or the head again, between the entries.
    Between,
    /// A sum, a note, an empty row.
    Other,
    /// An entry, with what is said of it.
    Entry(&'s Said),
}

impl Blocks<'_> {
    /// Goes over all records.
    fn walk(&self, mut visit: impl FnMut(&Records<'_>, Row<'_>)) {
        let mut records = Records::new(self.text, 0, self.layout.separator);
        let mut above: Vec<Vec<u8>> = Vec::new();
        // What held before the last run of title lines, what that run says, and both together.
        let (mut before, mut run, mut said) = (self.named.clone(), Said::new(), self.named.clone());
        let mut in_run = true;
        while records.advance() {
            let in_head = records.line() < self.layout.line;
            if in_head {
                above.push(records.fields().collect::<Vec<_>>().join(&b"\x1f"[..]));
            }
            let titles = if in_head || !self.is_entry(&records) { self.titles(&records) } else { Said::new() };
            if !titles.is_empty() {
                if !in_run {
                    (before, run, in_run) = (std::mem::take(&mut said), Said::new(), true);
                }
                for (column, value) in titles {
                    run.entry(column).or_insert(value);
                }
                said = joined(&before, &run);
                visit(&records, if in_head { Row::Head } else { Row::Between });
                continue;
            }
            if in_head {
                visit(&records, Row::Head);
                continue;
            }
            let fields = records.fields().collect::<Vec<_>>().join(&b"\x1f"[..]);
            if above.iter().rev().take(self.layout.height).any(|head| *head == fields) {
                visit(&records, Row::Between);
                continue;
            }
            let is_entry = self.is_entry(&records);
            in_run &= !is_entry;
            visit(&records, if is_entry { Row::Entry(&said) } else { Row::Other });
        }
    }

    /// True if a record holds an amount or the number of a voucher.
    fn is_entry(&self, records: &Records<'_>) -> bool {
        let field = |column: Column| self.layout.index(column).map_or(&[][..], |index| records.field(index));
        let is_amount = |column: Column| matches!(entry::amount(field(column), Amounts::default()), Ok(Some(_)));
        [Column::Debit, Column::Credit, Column::Amount].into_iter().any(is_amount)
            || !field(Column::Voucher).trim_ascii().is_empty() && !is_titled(field(Column::Voucher))
    }

    /// What a record says of the entries below it.
    fn titles(&self, records: &Records<'_>) -> Said {
        let fields: Vec<String> =
            records.fields().map(|field| half_width_text(field).trim().to_owned()).filter(|f| !f.is_empty()).collect();
        let mut said = Said::new();
        for (at, field) in fields.iter().enumerate() {
            let next = fields.get(at + 1).map_or("", String::as_str);
            for (label, value) in pairs(field) {
                let value = if value.is_empty() && !is_titled(next.as_bytes()) { next } else { value };
                self.take(label, value, &mut said);
            }
            if !is_titled(field.as_bytes()) && self.is_account(field) && self.terms.account_of_title(next).is_some() {
                self.take(field, next, &mut said);
            }
            let ledger = &self.kind.words.ledger_titles;
            if ledger.iter().any(|word| field.ends_with(word.as_str()))
                && let Some(code) = self.terms.account_of_title(field)
            {
                said.entry(Column::Account).or_insert(code);
            }
        }
        said
    }

    fn is_account(&self, label: &str) -> bool {
        let label = head_form(label, self.kind.words);
        let heads = self.kind.heads.iter().filter(|(column, _)| *column == Column::Account);
        is(&label, &self.kind.words.account_titles) || heads.into_iter().any(|(_, heads)| heads.contains(&label))
    }

    /// Takes the value behind a label, if the head has no column for it.
    fn take(&self, label: &str, value: &str, said: &mut Said) {
        let nothing = value.is_empty() || is(value, &self.kind.words.everything);
        if nothing {
            return;
        }
        if self.is_account(label) {
            let coded = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
            let better = said.get(&Column::Account).is_none_or(|old| coded(value) && !coded(old));
            if better {
                said.insert(Column::Account, value.to_owned());
            }
            return;
        }
        let label = head_form(label, self.kind.words);
        let named = |(column, heads): &&(Column, Vec<String>)| {
            Column::DIMENSIONS.contains(column) && self.layout.index(*column).is_none() && heads.contains(&label)
        };
        let Some((column, _)) = self.kind.heads.iter().find(named) else { return };
        // `单位：元` is a unit of money.
        if *column == Column::Unit && self.terms.unit(value).is_none() {
            return;
        }
        said.entry(*column).or_insert_with(|| value.to_owned());
    }

    /// The text with columns for what is `told`.
    fn written(&self, told: &BTreeSet<Column>) -> Vec<u8> {
        let mut widened = Widened::new(self.layout, self.text.len());
        self.walk(|records, row| {
            let field = |index: usize| records.field(index);
            let own = (!matches!(row, Row::Between)).then_some(&field as &dyn Fn(usize) -> _);
            let cell = |column: &Column| match &row {
                Row::Head => self.kind.usual(*column),
                Row::Between | Row::Other => "",
                Row::Entry(said) => said.get(column).map_or("", String::as_str),
            };
            widened.record((records, self.layout), own, told.iter().map(cell));
        });
        widened.text()
    }
}

/// What held before, and what a run of titles says. A new account leaves nothing of what was said with the last one but the unit.
fn joined(before: &Said, run: &Said) -> Said {
    let stays = |column: &Column| *column == Column::Unit || !run.contains_key(&Column::Account);
    let mut said: Said = before.iter().filter(|(column, _)| stays(column)).map(|(c, v)| (*c, v.clone())).collect();
    said.extend(run.iter().map(|(column, value)| (*column, value.clone())));
    said
}

/// Labels and values of a cell: `科目：7201 事业支出  期间：2024.01` has two.
fn pairs(cell: &str) -> Vec<(&str, &str)> {
    let colon = |c: char| matches!(c, '：' | ':');
    let mut labels: Vec<(usize, usize, usize)> = Vec::new();
    for (at, mark) in cell.char_indices().filter(|(_, c)| colon(*c)) {
        let space = |c: char| c.is_whitespace() || matches!(c, '　' | '；' | ';' | '|');
        let before = part_of_text(cell, ..at);
        let start = before.rfind(space).map_or(0, |space| {
            space + before.get(space..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        labels.push((start, at, at + mark.len_utf8()));
    }
    let mut out = Vec::with_capacity(labels.len());
    for (index, (start, end, value)) in labels.iter().enumerate() {
        let next = labels.get(index + 1).map_or(cell.len(), |(next, ..)| (*next).max(*value));
        let ends = |c: char| matches!(c, '；' | ';' | '|');
        out.push((part_of_text(cell, *start..*end).trim(), part_of_text(cell, *value..next).trim().trim_matches(ends)));
    }
    out
}

/// True if a cell has a label before a colon.
fn is_titled(cell: &[u8]) -> bool {
    String::from_utf8_lossy(cell).contains(['：', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_hold_several_labels() {
        assert_eq!(
            pairs("科目：7201 事业支出　期间:2024.01-2024.12 币种：人民币"),
            [("科目", "7201 事业支出"), ("期间", "2024.01-2024.12"), ("币种", "人民币")]
        );
        assert_eq!(pairs("科目编码："), [("科目编码", "")]);
        assert!(pairs("7201 事业支出").is_empty());
    }
}
