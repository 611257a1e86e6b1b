//! The input folder of one department and year.
//!
//! - [`department`] who, and how figures are printed
//! - [`narrative`] causes and free text
//! - [`toml`](mod@toml) TOML files that people write, with faults told in Chinese
//! - [`day`] days of the calendar
//! - [`words`] words of sheets: rows that are no data, header words that a department adds
//! - [`header`] where the head of a sheet stands
//! - [`cell`] one cell, read by what its column holds
//! - [`record`] one row
//! - [`sheet`] one file of a kind that the catalogue describes

pub mod cell;
pub mod day;
pub mod department;
pub mod header;
pub mod narrative;
pub mod record;
pub mod sheet;
pub mod toml;
pub mod words;

pub use day::Day;
pub use department::{Department, PrintOptions, RowChoice, UnitEntry, ZeroPrint};
pub use narrative::{Narrative, ProjectText, Term};
pub use record::Record;
pub use words::{Mapping, SheetWords};
