//! The input folder of one department and year.
//!
//! One file:
//! - [`department`] who, and how figures are printed; [`validate`] what it says that cannot be
//! - [`narrative`] causes and free text
//! - [`toml`](mod@toml) TOML files that people write, with faults told in Chinese
//! - [`words`] words of sheets: rows that are no data, header words that a department adds
//! - [`header`] where the head of a sheet stands
//! - [`cell`] one cell, read by what its column holds
//! - [`record`] one row
//! - [`sheet`] one file of a kind that the catalogue describes
//!
//! The folder:
//! - [`arrangement`] what belongs where
//! - [`folder`] its files, and of which kind each is
//! - [`registers`] what the department counts itself; [`register_facts`] as facts
//! - [`counts`] what registers count for reports; [`register_order`] what contradicts itself in them
//! - [`performance`] targets, results and the cycle of performance
//! - [`evidence`] files that prove what rows say
//! - [`bulletin`] tasks of a quarter: done, overdue, by owner
//! - [`budget`] by function, nature and project, of 三公经费, of procurement
//! - [`prior`] last year's package
//! - [`stated`] small tables of figures with coordinates
//! - [`read`](mod@read) everything together

pub mod arrangement;
pub mod budget;
pub mod bulletin;
pub mod cell;
pub mod counts;
pub mod department;
pub mod evidence;
pub mod folder;
pub mod header;
pub mod narrative;
pub mod performance;
pub mod prior;
pub mod read;
pub mod record;
pub mod register_facts;
pub mod register_order;
pub mod registers;
pub mod sheet;
pub mod stated;
pub mod toml;
pub mod validate;
pub mod words;

pub use arrangement::FOLDERS;
pub use budget::Budget;
pub use bulletin::{Bulletin, Quarter};
pub use counts::{Count, Counts, Uncounted};
pub use department::{Department, Filing, PrintOptions, RowChoice, UnitEntry, ZeroPrint};
pub use narrative::{Narrative, Term};
pub use performance::Performance;
pub use read::{Inputs, read};
pub use record::Record;
pub use registers::{Contract, Equipment, NonTax, Payer, Reception, Registers, Staff, Trip, Vehicle};
pub use words::{Mapping, SheetWords};
