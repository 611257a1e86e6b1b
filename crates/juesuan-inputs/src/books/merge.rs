//! The parts of one file, and the files of one folder, added up.

use juesuan_catalog::Side;
use juesuan_model::Money;
use juesuan_text::element;
use rustc_hash::{FxHashMap, FxHashSet};

use super::column::Column;
use super::fault::{FaultKind, Faults};
use super::key::{Key, Symbol, Symbols};
use super::part::{Part, Voucher, number_of, seen};
use super::records::borders;
use super::scan::{BooksKind, Walk};
use super::terms::Class;

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
}

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

impl Books {
    /// Adds the parts of file number `file`; what is wrong with its vouchers joins `faults`.
    pub fn add_file(&mut self, kind: BooksKind, file: u16, mut parts: Vec<(u32, Part)>, faults: &mut Faults) {
        for (line, part) in &mut parts {
            faults.append(std::mem::take(&mut part.faults), *line);
            self.entries += part.entries;
            self.turnover += part.turnover;
        }
        let closing = match kind {
            BooksKind::Vouchers => self.judge_vouchers(&parts, faults),
            BooksKind::Balances => FxHashMap::default(),
        };
        for (index, (line, part)) in parts.iter().enumerate() {
            let numbers: Vec<Symbol> = part.symbols.texts().iter().map(|text| self.symbols.intern(text)).collect();
            for cell in part.cells.iter().filter(|cell| cell.usable && (cell.debit != 0 || cell.credit != 0)) {
                let at = (file, line + cell.line);
                let sums = match kind {
                    BooksKind::Vouchers => &mut self.flows,
                    BooksKind::Balances => &mut self.balances,
                };
                add(sums, cell.key.renumbered(&numbers), cell.debit, cell.credit, at);
            }
            for held in &part.held {
                let cell = element(&part.cells, held.cell as usize);
                let verdict = closing.get(&(index, held.voucher)).copied().unwrap_or_default();
                let (key, at) = (cell.key.renumbered(&numbers), (file, line + held.line));
                let Class::Budget(side) = cell.class else {
                    continue;
                };
                if verdict.closing && matches!(side, Side::CarryOver | Side::Operating) {
                    add(&mut self.closing, key, held.debit, held.credit, at);
                }
                // 使用专用结余 is booked in the closing of the year: debit 8301, credit 7201.
                if verdict.closing && side != Side::SurplusUse {
                    continue;
                }
                if side == Side::SurplusUse && verdict.cash {
                    if held.debit != 0 {
                        faults.add(FaultKind::SurplusInCash, at.1, Some(Column::Debit), || {
                            format!(
                                "结余科目对资金结存的借方 {} 元不是弥补收支差额或使用专用结余，没有计入使用非财政拨款结余；请核对",
                                Money(held.debit)
                            )
                        });
                    }
                    continue;
                }
                if !verdict.closing {
                    for (kind, column, message) in &cell.faults {
                        faults.add(*kind, at.1, Some(*column), || message.clone());
                    }
                }
                if cell.usable {
                    add(&mut self.flows, key, held.debit, held.credit, at);
                }
            }
        }
    }

    /// Judges every voucher that is not balanced within its part or has entries that wait for it. The answer is by part
    /// and voucher of that part.
    fn judge_vouchers(&mut self, parts: &[(u32, Part)], faults: &mut Faults) -> FxHashMap<(usize, u32), Verdict> {
        let mut verdicts = FxHashMap::default();
        let mut judged: FxHashSet<&[u8]> = FxHashSet::default();
        let mut unbalanced = Vec::new();
        let mut early = Vec::new();
        for (_, part) in parts {
            for (key, index) in &part.vouchers {
                let state = *element(&part.states, *index as usize);
                if (state.difference == 0 && !state.held) || !judged.insert(key) {
                    continue;
                }
                let mut whole = Voucher { year_end: state.year_end, ..Voucher::default() };
                let mut places = Vec::new();
                for (other_index, (line, other)) in parts.iter().enumerate() {
                    let Some(at) = other.vouchers.get(key) else {
                        continue;
                    };
                    let state = *element(&other.states, *at as usize);
                    whole.difference = whole.difference.wrapping_add(state.difference);
                    whole.seen |= state.seen;
                    places.push(((other_index, *at), line + state.line));
                }
                let first = places.first().map_or(0, |place| place.1);
                if whole.difference != 0 && whole.seen & seen::UNREAD == 0 {
                    unbalanced.push((first, number_of(key), whole.difference));
                }
                let verdict = Verdict::of(whole);
                if verdict.closing {
                    self.closing_vouchers += 1;
                    if !whole.year_end {
                        early.push((first, number_of(key)));
                    }
                }
                verdicts.extend(places.into_iter().map(|(place, _)| (place, verdict)));
            }
        }
        unbalanced.sort();
        for (line, number, difference) in unbalanced {
            let (more, less) = if difference > 0 { ("借", "贷") } else { ("贷", "借") };
            faults.add(FaultKind::Unbalanced, line, Some(Column::Voucher), || {
                format!(
                    "凭证 {number} 的预算会计分录（6—8类）不平：{more}方比{less}方多 {} 元；请补齐或改正分录",
                    Money(difference).abs()
                )
            });
        }
        early.sort();
        for (line, number) in early {
            faults.add(FaultKind::ClosingEarly, line, Some(Column::Voucher), || {
                format!("凭证 {number} 不在12月，但样子是结转凭证，已剔除；如为更正分录，请改用其他写法")
            });
        }
        verdicts
    }
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

fn add(sums: &mut FxHashMap<Key, Booked>, key: Key, debit: i64, credit: i64, (file, line): (u16, u32)) {
    let sum = sums.entry(key).or_insert(Booked { debit: 0, credit: 0, file, line });
    sum.debit = sum.debit.wrapping_add(debit);
    sum.credit = sum.credit.wrapping_add(credit);
}
