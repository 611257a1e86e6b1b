//! `books/`: the budget accounts of all units for one year, from vouchers or balances.
//!
//! In: a department's folder. Out: a [`Ledger`] that answers in leaves, and every fault with file, line and column, all
//! in one run. Deliberately not here: what a province prints of it.
//!
//! In reading order:
//! - `text` bytes to UTF-8; `records` text to records; `sheet` workbook to text
//! - `unknown` columns that were not recognised, and what they may be
//! - `heads` rows that may be the head; `column` and `layout` which of them is, and what its columns are; `kind` the words of heads, those of the exporting system first
//! - `blocks` accounts that stand over their entries: in title lines, in the name of a sheet
//! - `entry` amounts and days; `key` what an amount is of; `cell_text` codes and names in one cell; `terms` units, accounts, funds, natures, codes
//! - `rows` rows that carry no entry
//! - `scan` one walk over a part of a file; `part` what it found; `merge` parts and files added up, closing vouchers left out
//! - `balances` tables of balances; `tree` which of their rows add up others
//! - `opening` opening balances; `carry` closing balances, compared with the books
//! - `check` what only the whole shows
//! - `look` what was recognised of a file, for people; `folder` all files of the folder; `ledger` the result; `facts` its leaves
//! - `fault` what is wrong in a file

mod balances;
mod blocks;
mod carry;
mod cell_text;
mod check;
mod column;
mod details;
mod entry;
mod facts;
mod fault;
mod folder;
mod heads;
mod key;
mod kind;
mod layout;
mod ledger;
mod look;
mod merge;
mod opening;
mod part;
mod records;
mod rows;
mod scan;
mod sheet;
mod terms;
mod text;
mod tree;
mod unknown;
mod widen;

pub(crate) use cell_text::code_in;
pub(crate) use entry::scaled;
pub(crate) use folder::look;
pub use folder::read;
pub use ledger::{Ledger, LedgerScope, Reading};
pub(crate) use look::{head_names, is_used, keys_at, texts};
