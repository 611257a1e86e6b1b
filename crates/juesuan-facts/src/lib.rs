//! What is known of a department and year before anything is evaluated or printed.
//!
//! In: amounts of the books, figures that were stated elsewhere, rows of sheets. Out: [`Facts`], which answer for every
//! meaning or say that nobody knows, and the typed words of the department itself. Deliberately not here: reading files
//! (`juesuan-inputs`), points and grades (`juesuan-evaluate`), and how a figure is printed (`juesuan-compose`).
//!
//! In reading order:
//! - [`facts`] leaves of the books and stated figures; [`mod@running_cost`] 机关运行经费; [`mod@implied`] what follows from facts
//! - [`department`] who files the accounts, and how figures are printed; [`narrative`] causes and free text
//! - [`entry`] what stands in a cell: names or nothing; [`record`] one row of a sheet
//! - [`counts`] what registers count
//! - [`performance`] targets, results and the cycle of performance; [`entered`] what an evaluation is made from

pub mod counts;
pub mod department;
pub mod entered;
pub mod entry;
pub mod facts;
pub mod implied;
pub mod narrative;
pub mod performance;
pub mod record;
pub mod running_cost;

pub use counts::{Count, Counts, Uncounted};
pub use department::{Department, Filing, PrintOptions, RowChoice, UnitEntry, ZeroPrint};
pub use entered::Entered;
pub use facts::{Amount, Fact, Facts};
pub use implied::implied;
pub use narrative::{Narrative, Term};
pub use performance::Performance;
pub use record::Record;
pub use running_cost::running_cost;
