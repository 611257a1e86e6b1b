//! What is wrong in a books file: collected while reading, told in the end, each kind at most [`TOLD_MAX`] times.

use std::collections::BTreeMap;

use juesuan_model::{Gravity, Place, Problem};

use super::column::Column;
use super::layout::Layout;

/// Faults of one kind that are told one by one; the rest is counted.
pub const TOLD_MAX: usize = 50;

/// Kinds of faults of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Bytes that are no character in the encoding of the file.
    BrokenBytes,
    /// Another number of fields than the head.
    FieldCount,
    /// The head again in the middle of the file.
    HeadRepeated,
    /// A merged cell among the entries of a sheet.
    Merged,
    /// An amount that is none.
    Amount,
    /// Debit and credit on one line.
    BothSides,
    /// A day that is none.
    Date,
    /// A day of another year.
    DateOutside,
    /// A dimension that the account demands.
    Missing,
    /// A word that is no choice of its column.
    Word,
    /// A fund that the account cannot have.
    FundWrong,
    /// A fund that the account overrules.
    FundOverruled,
    /// An account that the catalogue does not have.
    Account,
    /// A unit that department.toml does not have.
    Unit,
    /// A code with other than 7 (function) or 5 (economic) digits.
    CodeDigits,
    /// A code that was not in force in the year.
    CodeNotValid,
    /// A code that the catalogue does not have.
    CodeUnknown,
    /// Debit and credit of a voucher differ.
    Unbalanced,
    /// A closing voucher outside December.
    ClosingEarly,
    /// 8202 or 8301 against cash: no use of surplus.
    SurplusInCash,
    /// An internal flow without the other unit.
    Counterparty,
    /// Net for the year below zero.
    Negative,
    /// Balances with the closing of the year in them.
    ClosedBalances,
}

impl FaultKind {
    /// Whether accounts can be made in spite of it.
    const fn gravity(self) -> Gravity {
        match self {
            FaultKind::HeadRepeated
            | FaultKind::FundOverruled
            | FaultKind::CodeDigits
            | FaultKind::CodeNotValid
            | FaultKind::CodeUnknown
            | FaultKind::ClosingEarly
            | FaultKind::SurplusInCash
            | FaultKind::Counterparty
            | FaultKind::Negative => Gravity::Doubt,
            FaultKind::BrokenBytes
            | FaultKind::FieldCount
            | FaultKind::Merged
            | FaultKind::Amount
            | FaultKind::BothSides
            | FaultKind::Date
            | FaultKind::DateOutside
            | FaultKind::Missing
            | FaultKind::Word
            | FaultKind::FundWrong
            | FaultKind::Account
            | FaultKind::Unit
            | FaultKind::Unbalanced
            | FaultKind::ClosedBalances => Gravity::Fatal,
        }
    }

    /// True if it is told once for each wording, at its first line.
    const fn once(self) -> bool {
        matches!(
            self,
            FaultKind::CodeDigits | FaultKind::CodeNotValid | FaultKind::CodeUnknown | FaultKind::Counterparty
        )
    }
}

#[derive(Debug, Default)]
struct Kept {
    count: usize,
    told: Vec<(u32, Option<Column>, String)>,
}

/// Faults of one file, or of a part of it.
#[derive(Debug, Default)]
pub struct Faults {
    kept: BTreeMap<FaultKind, Kept>,
    once: BTreeMap<(FaultKind, Column, String), u32>,
}

impl Faults {
    /// Notes a fault on a line. The wording is only made where it will be told.
    pub fn add(&mut self, kind: FaultKind, line: u32, column: Option<Column>, message: impl FnOnce() -> String) {
        if let (true, Some(column)) = (kind.once(), column) {
            let first = self.once.entry((kind, column, message())).or_insert(line);
            *first = line.min(*first);
            return;
        }
        let kept = self.kept.entry(kind).or_default();
        kept.count += 1;
        if kept.told.len() < TOLD_MAX {
            kept.told.push((line, column, message()));
        }
    }

    /// Takes over the faults of a later part that begins on `line`.
    pub fn append(&mut self, part: Faults, line: u32) {
        for (kind, mut more) in part.kept {
            let kept = self.kept.entry(kind).or_default();
            kept.count += more.count;
            let room = TOLD_MAX.saturating_sub(kept.told.len());
            kept.told.extend(more.told.drain(..).take(room).map(|(at, column, message)| (at + line, column, message)));
        }
        for (what, at) in part.once {
            let first = self.once.entry(what).or_insert(at + line);
            *first = (at + line).min(*first);
        }
    }

    /// The faults as problems of `file`, in the order of their lines. Lines were counted from 0 at the start of the file.
    pub fn into_problems(self, file: &str, layout: &Layout, problems: &mut Vec<Problem>) {
        let mut all = Vec::new();
        let mut rest = Vec::new();
        for (kind, kept) in self.kept {
            if kept.count > kept.told.len() {
                rest.push((kind, kept.count - kept.told.len(), kept.told.last().map(|t| t.2.clone())));
            }
            all.extend(kept.told.into_iter().map(|(line, column, message)| (line, kind, column, message)));
        }
        let mut once: BTreeMap<FaultKind, usize> = BTreeMap::new();
        for ((kind, column, message), line) in self.once {
            let count = once.entry(kind).or_default();
            *count += 1;
            if *count <= TOLD_MAX {
                all.push((line, kind, Some(column), message));
            }
        }
        rest.extend(once.into_iter().filter(|(_, n)| *n > TOLD_MAX).map(|(kind, n)| (kind, n - TOLD_MAX, None)));
        all.sort();
        for (line, kind, column, message) in all {
            let place = Place {
                file: Some(file.to_owned()),
                line: Some(line.saturating_add(1)),
                column: column.map(|c| layout.head(c).to_owned()),
                ..Place::default()
            };
            problems.push(Problem { gravity: kind.gravity(), place, message });
        }
        for (kind, count, like) in rest {
            let place = Place { file: Some(file.to_owned()), ..Place::default() };
            let like = like.map_or_else(String::new, |like| format!("（如：{like}）"));
            problems.push(Problem {
                gravity: kind.gravity(),
                place,
                message: format!("另有 {count} 处同类问题没有逐一列出{like}"),
            });
        }
    }
}

/// One file that was read.
pub(super) struct FileRead {
    pub(super) name: String,
    pub(super) layout: Layout,
    pub(super) faults: Faults,
}
