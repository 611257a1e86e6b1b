//! What one walk over a part of a file found.

use juesuan_text::part;
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::column::Column;
use super::fault::{FaultKind, Faults};
use super::key::{Key, Symbol, Symbols};
use super::terms::Class;
use crate::seen::Counts;

/// Entries of a voucher that were seen, as bits.
pub mod seen {
    /// Income in credit, expense in debit.
    pub const NORMAL: u8 = 1;
    /// Income in debit, expense in credit.
    pub const REVERSED: u8 = 2;
    /// 资金结存.
    pub const CASH: u8 = 4;
    /// Accounts that only the closing of the year moves.
    pub const CLOSING: u8 = 8;
    /// An entry that could not be read: the voucher proves nothing.
    pub const UNREAD: u8 = 16;
    /// Income or expense in red: negative on its own side, as corrections are booked.
    pub const RED: u8 = 32;
    /// Accounts of carry-over.
    pub const CARRY: u8 = 64;
}

/// A voucher as far as one part of a file shows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Voucher {
    /// Debit − credit of the classes 6 to 8.
    pub difference: i64,
    /// Bits of [`seen`].
    pub seen: u8,
    /// True if entries of it were held back.
    pub held: bool,
    /// Line of its first entry, within the part.
    pub line: u32,
    /// December, or no day is known.
    pub year_end: bool,
    /// True if its month is known.
    pub dated: bool,
    /// Made of its entries in any order: vouchers with another one differ.
    pub content: u64,
}

/// A sum of entries of the same words.
#[derive(Debug)]
pub struct Cell {
    /// What it is of.
    pub key: Key,
    /// How it moves the books.
    pub class: Class,
    /// True if it has a place in the accounts.
    pub usable: bool,
    /// Debits, in 分.
    pub debit: i64,
    /// Credits, in 分.
    pub credit: i64,
    /// Line of the first entry, within the part.
    pub line: u32,
    /// What is wrong with the words.
    pub faults: Vec<(FaultKind, Column, String)>,
    /// Made of its words.
    pub words: u64,
    /// The whole code of the account.
    pub code: Symbol,
    /// Dimensions that have a word, as bits in the order function, economic, nature, fund, project.
    pub told: u8,
}

/// An entry that counts only once the whole voucher is known.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Index of the voucher.
    pub voucher: u32,
    /// Index of the cell.
    pub cell: u32,
    /// Debit in 分.
    pub debit: i64,
    /// Credit in 分.
    pub credit: i64,
    /// Line within the part.
    pub line: u32,
}

/// What one walk found.
#[derive(Debug, Default)]
pub struct Part {
    /// Byte behind the last record.
    pub end: usize,
    /// Lines walked over.
    pub lines: u32,
    /// Entries read.
    pub entries: u64,
    /// How many rows became what.
    pub counts: Counts,
    /// Sums by words.
    pub cells: Vec<Cell>,
    /// Texts of the keys.
    pub symbols: Symbols,
    /// Vouchers by unit, month and number.
    pub vouchers: FxHashMap<Box<[u8]>, u32>,
    /// Their states.
    pub states: Vec<Voucher>,
    /// Entries that wait for their voucher.
    pub held: Vec<Held>,
    /// What is wrong.
    pub faults: Faults,
    /// Σ |debit| + |credit|: bounds every sum made of the entries.
    pub turnover: u128,
}

/// Number of a voucher out of its key, for people.
pub fn number_of(key: &[u8]) -> String {
    let number = memmem::rfind(key, &[0x1f]).map_or(key, |at| part(key, at + 1..));
    String::from_utf8_lossy(number).into_owned()
}
