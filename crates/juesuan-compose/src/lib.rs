//! From facts and evaluation to the package of a department.
//!
//! In: what the folder of a department says (`juesuan-inputs`), and the catalogue. Out: a [`juesuan_model::Package`] with
//! every figure bound to its meaning. Deliberately not here: layout, file formats of the output, and judging the result
//! (`juesuan-check` does).
//!
//! In reading order:
//! - [`forms`] the statutory tables
//! - [`narrate`] the running text; [`compose`](mod@compose) the whole document
//! - `even` columns of numbers with equally many digits
//! - `said` what a text says of an evaluation, while it is written
//! - [`performance`] reports, forms and the summary; [`alone`] these without the accounts around them
//! - [`monitoring`] the monitoring at the end of a month as a document
//! - [`bulletin`] tasks of a quarter: done, overdue, by owner
//! - [`last_year`] what was published last year, and what is taken of it
//! - `faults` what is wrong with a folder as a whole
//! - [`accounts`](mod@accounts) a whole folder to the packages of the department and its units; `unit` one of these
//! - [`stopped`] inputs of which nothing may be made
//! - [`during`](mod@during) the evaluations of a folder before there are books

pub mod accounts;
pub mod alone;
pub mod bulletin;
pub mod compose;
pub mod during;
mod even;
mod faults;
pub mod forms;
pub mod last_year;
pub mod monitoring;
pub mod narrate;
pub mod performance;
mod said;
pub mod stopped;
mod unit;

pub use accounts::{Accounts, Lacking, Prepared, Tail, accounts, accounts_after};
pub use compose::{Composed, Sources, compose};
pub use during::{During, during};
pub use last_year::{LastYear, TakenFigure};
pub use stopped::Stopped;
pub use unit::{Unit, UnitAccounts};
