//! From a department's folder to its package.
//!
//! In: the input files of one department and year, and the catalogue. Out: a [`juesuan_model::Package`] with every
//! figure bound to its meaning, or the list of everything wrong with the input. Deliberately not here: layout, file
//! formats of the output, and judging the result (`juesuan-check` does).
//!
//! In reading order:
//! - [`classification`] a bureau's full list of codes
//! - [`facts`] what is known before anything is printed
//! - [`forms`] the statutory tables
//! - [`narrate`] the running text; [`compose`](mod@compose) the whole document
//! - [`books`] the budget accounts of the year; [`consolidate`] from units to the department
//! - [`inputs`] the folder of one department and year; [`scaffold`](mod@scaffold) a new one, [`import`](mod@import) fills
//!   it from a workbook of the ministry's software
//! - [`performance`] targets, results, points and grades
//! - `scale` amounts of a budget or of last year in another unit of money than this year's
//! - [`accounts`](mod@accounts) a whole folder to the packages of the department and its units

pub mod accounts;
pub mod books;
pub mod classification;
pub mod compose;
pub mod consolidate;
pub mod facts;
pub mod forms;
pub mod import;
pub mod inputs;
pub mod narrate;
pub mod performance;
pub mod scaffold;
mod scale;

pub use accounts::{Accounts, Tail, accounts};
pub use books::{Ledger, LedgerScope};
pub use compose::{Sources, compose};
pub use consolidate::Elimination;
pub use facts::{Fact, Facts, Quantity};
