//! The input folder of one department and year.
//!
//! - [`department`] who, and how figures are printed
//! - [`narrative`] causes and free text

pub mod department;
pub mod narrative;

pub use department::{Department, PrintOptions, RowChoice, UnitEntry, ZeroPrint};
pub use narrative::{Narrative, ProjectText, Term};
