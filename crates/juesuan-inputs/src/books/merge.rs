//! The parts of one file, and the files of one folder, added up.

use std::hash::BuildHasher;

use juesuan_catalog::Side;
use juesuan_model::Money;
use juesuan_text::{element, element_mut};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::column::Column;
use super::fault::{FaultKind, Faults, FileRead};
use super::key::{Key, Symbol, Symbols};
use super::part::{Part, Voucher, number_of, seen};
use super::records::borders;
use super::scan::{BooksKind, Walk};
use super::terms::{Class, Terms};
use crate::words::filled;

/// Smallest share of a file that is worth a thread.
const SHARE_BYTES_MIN: usize = 1 << 20;

/// An amount of the accounts, and where it was first met.
#[derive(Clone, Copy, Debug, Default)]
pub struct Booked {
    /// Debits, in 分.
    pub debit: i64,
    /// Credits, in 分.
    pub credit: i64,
    /// Index of the file.
    pub file: u16,
    /// Line of the first entry, counted from 0.
    pub line: u32,
}

/// Sums over all files of one kind.
#[derive(Debug, Default)]
pub struct Books {
    /// Entries of the year without its closing.
    pub flows: FxHashMap<Key, Booked>,
    /// The same from files of balances.
    pub balances: FxHashMap<Key, Booked>,
    /// Entries of the closing on the accounts of carry-over.
    pub closing: FxHashMap<Key, Booked>,
    /// Texts of the keys.
    pub symbols: Symbols,
    /// Entries read.
    pub entries: u64,
    /// Vouchers of the closing that were left out.
    pub closing_vouchers: u64,
    /// Σ |debit| + |credit|.
    pub turnover: u128,
    /// Names of the files, in the order in which they are added.
    pub files: Vec<String>,
    /// Vouchers that are not balanced in their file, and their index by unit, group and key.
    open: Vec<Open>,
    open_index: FxHashMap<OpenName, usize>,
    /// Content and file of each voucher with a month, by what is made of its unit and key.
    known: FxHashMap<u64, (u64, u16)>,
}

/// By what an open voucher is known: unit, group and key.
type OpenName = (Option<u32>, u32, Box<[u8]>);
/// Where a voucher stands in the parts of its file: part and index there, line.
type Stands = ((usize, u32), u32);

/// Walks over a whole file on `threads` and gives its parts with the line on which each begins. A part whose beginning
/// was guessed inside a quoted field is walked again from where it truly begins.
pub fn parts(walk: &Walk<'_>, threads: usize) -> Vec<(u32, Part)> {
    let text_end = walk.text.len();
    let shares = (text_end.saturating_sub(walk.layout.start) / SHARE_BYTES_MIN).clamp(1, threads.max(1));
    let starts = borders(walk.text, walk.layout.start, shares);
    let limit = |index: usize| starts.get(index + 1).copied().unwrap_or(text_end);
    let share = |index: usize| walk.run(*element(&starts, index), limit(index));
    let share = &share;
    let walked: Vec<Part> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..starts.len()).map(|index| (index, scope.spawn(move || share(index)))).collect();
        let first = share(0);
        let others = others.into_iter().map(|(index, other)| other.join().unwrap_or_else(|_| share(index)));
        std::iter::once(first).chain(others).collect()
    });
    let (mut line, mut expected) = (walk.layout.line, walk.layout.start);
    let mut out = Vec::with_capacity(walked.len());
    for (index, mut part) in walked.into_iter().enumerate() {
        if starts.get(index) != Some(&expected) {
            part = walk.run(expected, limit(index));
        }
        expected = part.end;
        let lines = part.lines;
        out.push((line, part));
        line += lines;
    }
    out
}

/// A file whose parts are added.
#[derive(Clone, Copy, Debug)]
pub struct FileOf {
    /// Whether it holds vouchers.
    pub kind: BooksKind,
    /// Its index.
    pub number: u16,
    /// Its unit, if it has no column for it.
    pub unit: Option<u32>,
    /// Number of the group of files in which vouchers without a month belong together.
    pub group: u32,
}

impl Books {
    /// Adds the parts of a file; what is wrong with its vouchers joins `faults`.
    pub fn add_file(&mut self, file: FileOf, mut parts: Vec<(u32, Part)>, terms: &Terms<'_>, faults: &mut Faults) {
        for (line, part) in &mut parts {
            faults.append(std::mem::take(&mut part.faults), *line);
            self.entries += part.entries;
            self.turnover += part.turnover;
        }
        match file.kind {
            BooksKind::Vouchers => self.add_vouchers(file, &parts, terms, faults),
            BooksKind::Balances => self.add_balances(file.number, &parts, terms, faults),
        }
    }

    pub(super) fn numbers(&mut self, part: &Part) -> Vec<Symbol> {
        part.symbols.texts().iter().map(|text| self.symbols.intern(text)).collect()
    }

    fn add_vouchers(&mut self, file: FileOf, parts: &[(u32, Part)], terms: &Terms<'_>, faults: &mut Faults) {
        let verdicts = self.judge(file, parts, terms, faults);
        for (index, (line, part)) in parts.iter().enumerate() {
            let numbers = self.numbers(part);
            for cell in part.cells.iter().filter(|cell| cell.usable && (cell.debit != 0 || cell.credit != 0)) {
                let at = (file.number, line + cell.line);
                add(&mut self.flows, cell.key.renumbered(&numbers), cell.debit, cell.credit, at);
            }
            for held in &part.held {
                let cell = element(&part.cells, held.cell as usize);
                let Class::Budget(side) = cell.class else { continue };
                let waiting = Waiting {
                    key: cell.key.renumbered(&numbers),
                    side,
                    usable: cell.usable,
                    debit: held.debit,
                    credit: held.credit,
                    at: (file.number, line + held.line),
                    faults: cell.faults.clone(),
                };
                match verdicts.get(&(index, held.voucher)) {
                    Some(Judged::Later(at)) => element_mut(&mut self.open, *at).waiting.push(waiting),
                    Some(Judged::Now(verdict)) => self.place(waiting, *verdict, faults),
                    None => self.place(waiting, Verdict::default(), faults),
                }
            }
        }
    }

    /// Adds an entry whose voucher is judged.
    fn place(&mut self, waiting: Waiting, verdict: Verdict, faults: &mut Faults) {
        let Waiting { key, side, usable, debit, credit, at, faults: own } = waiting;
        if verdict.closing && matches!(side, Side::CarryOver | Side::Operating) {
            add(&mut self.closing, key, debit, credit, at);
        }
        // 使用专用结余 is booked in the closing of the year: debit 8301, credit 7201.
        if verdict.closing && side != Side::SurplusUse {
            return;
        }
        if side == Side::SurplusUse && verdict.cash {
            if debit != 0 {
                faults.add(FaultKind::SurplusInCash, at.1, Some(Column::Debit), || {
                    format!(
                        "结余科目对资金结存的借方 {} 元不是弥补收支差额或使用专用结余，没有计入使用非财政拨款结余；请核对",
                        Money(debit)
                    )
                });
            }
            return;
        }
        if !verdict.closing {
            for (kind, column, message) in own {
                faults.add(kind, at.1, Some(column), || message);
            }
        }
        if usable {
            add(&mut self.flows, key, debit, credit, at);
        }
    }

    /// Judges every voucher that has entries that wait for it. One that is not balanced in its file may go on in another: it is
    /// judged in the end. The answer is by part and voucher of that part.
    fn judge(
        &mut self,
        file: FileOf,
        parts: &[(u32, Part)],
        terms: &Terms<'_>,
        faults: &mut Faults,
    ) -> FxHashMap<(usize, u32), Judged> {
        let mut verdicts = FxHashMap::default();
        let mut judged: FxHashSet<&[u8]> = FxHashSet::default();
        let mut early = Vec::new();
        for (line, part) in parts {
            for (key, index) in &part.vouchers {
                let state = *element(&part.states, *index as usize);
                if state.difference == 0 && state.dated {
                    self.note(file, (key, state, line + state.line), terms, faults);
                }
                if (state.difference == 0 && !state.held) || !judged.insert(key) {
                    continue;
                }
                let (whole, places) = whole(key, parts);
                let first = places.first().map_or(0, |place| place.1);
                let judgement = if whole.difference == 0 {
                    let verdict = Verdict::of(whole);
                    self.closing_vouchers += u64::from(verdict.closing);
                    if verdict.closing && !whole.year_end {
                        early.push((first, number_of(key)));
                    }
                    Judged::Now(verdict)
                } else {
                    Judged::Later(self.later(file, key, whole, first))
                };
                verdicts.extend(places.into_iter().map(|(place, _)| (place, judgement)));
            }
        }
        early.sort();
        early.into_iter().for_each(|(line, number)| closing_early(line, &number, faults));
        verdicts
    }

    /// Names a voucher of which the same entries stand in another file.
    fn note(
        &mut self,
        file: FileOf,
        (key, state, line): (&[u8], Voucher, u32),
        terms: &Terms<'_>,
        faults: &mut Faults,
    ) {
        let name = FxBuildHasher.hash_one((file.unit, key));
        let (content, other) = *self.known.entry(name).or_insert((state.content, file.number));
        if other != file.number && content == state.content {
            let message = || {
                let file = self.files.get(usize::from(other)).map_or("", String::as_str);
                filled(&terms.catalog.sheet_words.says.twice, &[("number", &number_of(key)), ("file", file)])
            };
            faults.add(FaultKind::Twice, line, Some(Column::Voucher), message);
        }
    }

    /// Index of a voucher that is not balanced in its file among those that are judged in the end.
    fn later(&mut self, file: FileOf, key: &[u8], state: Voucher, line: u32) -> usize {
        let group = if state.dated { 0 } else { file.group + 1 };
        let name = (file.unit, group, Box::from(key));
        let at = *self.open_index.entry(name).or_insert(self.open.len());
        if at == self.open.len() {
            let state = Voucher { difference: 0, seen: 0, ..state };
            self.open.push(Open { state, number: number_of(key), first: (file.number, line), waiting: Vec::new() });
        }
        let open = element_mut(&mut self.open, at);
        open.state.difference = open.state.difference.wrapping_add(state.difference);
        open.state.seen |= state.seen;
        at
    }

    /// Judges the vouchers that go over several files.
    pub fn settle(&mut self, files: &mut [FileRead]) {
        let mut open = std::mem::take(&mut self.open);
        open.sort_by(|a, b| (a.first, &a.number).cmp(&(b.first, &b.number)));
        for Open { state, number, first: (file, line), waiting } in open {
            let verdict = Verdict::of(state);
            self.closing_vouchers += u64::from(verdict.closing);
            if let Some(file) = files.get_mut(usize::from(file)) {
                if state.difference != 0 && state.seen & seen::UNREAD == 0 {
                    unbalanced(line, &number, state.difference, &mut file.faults);
                }
                if verdict.closing && !state.year_end {
                    closing_early(line, &number, &mut file.faults);
                }
            }
            for waiting in waiting {
                let mut faults = Faults::default();
                let file = usize::from(waiting.at.0);
                self.place(waiting, verdict, &mut faults);
                if let Some(file) = files.get_mut(file) {
                    file.faults.append(faults, 0);
                }
            }
        }
    }
}

/// An entry that waits until its voucher is judged.
#[derive(Debug)]
struct Waiting {
    key: Key,
    side: Side,
    usable: bool,
    debit: i64,
    credit: i64,
    at: (u16, u32),
    faults: Vec<(FaultKind, Column, String)>,
}

/// A voucher that is not balanced in the files read so far.
#[derive(Debug)]
struct Open {
    state: Voucher,
    number: String,
    first: (u16, u32),
    waiting: Vec<Waiting>,
}

/// Whether a voucher is judged.
#[derive(Clone, Copy, Debug)]
enum Judged {
    Now(Verdict),
    Later(usize),
}

/// A voucher over all parts of its file, and where it stands in them.
fn whole(key: &[u8], parts: &[(u32, Part)]) -> (Voucher, Vec<Stands>) {
    let mut whole = Voucher::default();
    let mut places = Vec::new();
    for (index, (line, part)) in parts.iter().enumerate() {
        let Some(at) = part.vouchers.get(key) else { continue };
        let state = *element(&part.states, *at as usize);
        whole.difference = whole.difference.wrapping_add(state.difference);
        whole.seen |= state.seen;
        whole.year_end |= state.year_end;
        whole.dated |= state.dated;
        places.push(((index, *at), line + state.line));
    }
    (whole, places)
}

fn unbalanced(line: u32, number: &str, difference: i64, faults: &mut Faults) {
    let (more, less) = if difference > 0 { ("借", "贷") } else { ("贷", "借") };
    faults.add(FaultKind::Unbalanced, line, Some(Column::Voucher), || {
        format!(
            "凭证 {number} 的预算会计分录（6—8类）不平：{more}方比{less}方多 {} 元；请补齐或改正分录",
            Money(difference).abs()
        )
    });
}

fn closing_early(line: u32, number: &str, faults: &mut Faults) {
    faults.add(FaultKind::ClosingEarly, line, Some(Column::Voucher), || {
        format!("凭证 {number} 不在12月，但样子是结转凭证，已剔除；如为更正分录，请改用其他写法")
    });
}

/// What a voucher is.
#[derive(Clone, Copy, Debug, Default)]
struct Verdict {
    closing: bool,
    cash: bool,
}

impl Verdict {
    /// A closing voucher turns income and expense round, or passes on what closing has collected, and touches no cash.
    fn of(voucher: Voucher) -> Verdict {
        let cash = voucher.seen & seen::CASH != 0;
        // Red entries alone are a correction; with carry-over they close the year in red.
        let in_red = voucher.seen & seen::RED != 0 && voucher.seen & seen::CARRY != 0;
        let turned = voucher.seen & (seen::REVERSED | seen::CLOSING) != 0 || in_red;
        let turns = turned && voucher.seen & seen::NORMAL == 0;
        Verdict { closing: turns && !cash, cash }
    }
}

/// Adds to the sum of a key.
pub(super) fn add(sums: &mut FxHashMap<Key, Booked>, key: Key, debit: i64, credit: i64, (file, line): (u16, u32)) {
    let sum = sums.entry(key).or_insert(Booked { debit: 0, credit: 0, file, line });
    sum.debit = sum.debit.wrapping_add(debit);
    sum.credit = sum.credit.wrapping_add(credit);
}
