//! What is wrong in a books file: collected while reading, told in the end. More than [`TOLD_MAX`] of a kind in one column are one
//! problem that says how many there are and shows some.

use std::collections::BTreeMap;

use juesuan_catalog::SheetWords;
use juesuan_model::{Gravity, Place, Problem};
use juesuan_text::{element_mut, part};

use super::column::Column;
use super::layout::Layout;

/// Faults of one kind in one column that are told one by one; of more, so many are shown.
pub const TOLD_MAX: usize = 3;
/// Faults of a kind of which different ones are looked for to be shown.
const LOOKED_AT: usize = 1_000;

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
    /// A voucher that stands in another file too.
    Twice,
    /// An account of which a part is told nowhere below it.
    Uncovered,
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
            | FaultKind::Twice
            | FaultKind::Uncovered
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
    /// Line and wording of those that are shown, each wording once as far as there are others.
    told: Vec<(u32, String)>,
}

impl Kept {
    fn add(&mut self, line: u32, message: impl FnOnce() -> String) {
        self.count += 1;
        if self.count > LOOKED_AT {
            return;
        }
        let message = message();
        if self.told.len() < TOLD_MAX {
            return self.told.push((line, message));
        }
        let repeated = |at: &usize| {
            let earlier = part(&self.told, ..*at);
            self.told.get(*at).is_some_and(|(_, own)| earlier.iter().any(|(_, other)| other == own))
        };
        let is_new = self.told.iter().all(|(_, told)| *told != message);
        if let Some(place) = (0..self.told.len()).find(repeated).filter(|_| is_new) {
            *element_mut(&mut self.told, place) = (line, message);
        }
    }

    fn append(&mut self, more: Kept, line: u32) {
        let count = self.count + more.count;
        for (at, message) in more.told {
            self.add(at + line, || message);
        }
        self.count = count;
    }
}

/// Faults of one file, or of a part of it.
#[derive(Debug, Default)]
pub struct Faults {
    kept: BTreeMap<(FaultKind, Option<Column>), Kept>,
    once: BTreeMap<(FaultKind, Column, String), u32>,
}

impl Faults {
    /// Notes a fault on a line. The wording is only made where it may be told.
    pub fn add(&mut self, kind: FaultKind, line: u32, column: Option<Column>, message: impl FnOnce() -> String) {
        if let (true, Some(column)) = (kind.once(), column) {
            let first = self.once.entry((kind, column, message())).or_insert(line);
            *first = line.min(*first);
            return;
        }
        self.kept.entry((kind, column)).or_default().add(line, message);
    }

    /// Takes over the faults of a later part that begins on `line`.
    pub fn append(&mut self, part: Faults, line: u32) {
        for (what, more) in part.kept {
            self.kept.entry(what).or_default().append(more, line);
        }
        for (what, at) in part.once {
            let first = self.once.entry(what).or_insert(at + line);
            *first = (at + line).min(*first);
        }
    }

    /// The faults as problems of `file`, in the order of their lines. Lines were counted from 0 at the start of the file.
    pub fn into_problems(self, file: &str, layout: &Layout, words: &SheetWords, problems: &mut Vec<Problem>) {
        let mut kept = self.kept;
        for ((kind, column, message), line) in self.once {
            kept.entry((kind, Some(column))).or_default().add(line, || message);
        }
        let mut all = Vec::new();
        for ((kind, column), mut kept) in kept {
            kept.told.sort();
            match kept.told.first() {
                Some((first, _)) if kept.count > TOLD_MAX => {
                    let absent = column.is_some_and(|column| layout.index(column).is_none());
                    let unknown = absent.then(|| layout.unknown(words));
                    let message = grouped(&kept, unknown);
                    all.push((*first, kind, column, message));
                }
                _ => all.extend(kept.told.into_iter().map(|(line, message)| (line, kind, column, message))),
            }
        }
        all.sort();
        for (line, kind, column, message) in all {
            let place = Place {
                file: Some(file.to_owned()),
                line: Some(line.saturating_add(1)),
                column: column.map(|c| layout.head(c).to_owned()).filter(|head| !head.is_empty()),
                ..Place::default()
            };
            problems.push(Problem { gravity: kind.gravity(), place, message });
        }
    }
}

/// Many faults of a kind as one: how many, and some of them. Where no column of the file was recognised as the one that they are
/// about, that is the reason, and the columns that it may be are named.
fn grouped(kept: &Kept, absent: Option<Vec<(usize, &str)>>) -> String {
    let lines: Vec<String> = kept.told.iter().map(|(line, _)| (line + 1).to_string()).collect();
    let named =
        |unknown: &[(usize, &str)]| unknown.iter().map(|(_, h)| format!("“{h}”")).collect::<Vec<_>>().join("、");
    let why = match absent {
        Some(unknown) if unknown.is_empty() => "表头里没有这一列。".to_owned(),
        Some(unknown) => format!("列{}没有识别。", named(&unknown)),
        None => String::new(),
    };
    let alike = kept.told.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if a == b));
    let examples = match kept.told.first() {
        Some((_, message)) if alike => format!("第{}行：{message}", lines.join("、")),
        _ => kept.told.iter().map(|(line, m)| format!("第{}行：{m}", line + 1)).collect::<Vec<_>>().join("；"),
    };
    format!("共 {} 处。{why}例如{examples}", thousands(kept.count))
}

/// `2626` is `2,626`.
fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One file that was read.
pub(super) struct FileRead {
    pub(super) name: String,
    pub(super) layout: Layout,
    pub(super) faults: Faults,
}
