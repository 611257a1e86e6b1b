//! From a department's folder to its package.
//!
//! In: the input files of one department and year, and the catalogue. Out: a [`juesuan_model::Package`] with every
//! figure bound to its meaning, or the list of everything wrong with the input. Deliberately not here: layout, file
//! formats of the output, and judging the result (`juesuan-check` does).
//!
//! In reading order:
//! - [`facts`] what is known before anything is printed
//! - [`forms`] the statutory tables
//! - [`books`] the budget accounts of the year; [`consolidate`] from units to the department
//! - [`inputs`] the folder of one department and year

pub mod books;
pub mod consolidate;
pub mod facts;
pub mod forms;
pub mod inputs;

pub use books::{Ledger, LedgerScope};
pub use consolidate::Elimination;
pub use facts::{Fact, Facts, Quantity};
