//! Performance of one department and year: from what people entered and what the books say to points, grades and texts.
//!
//! In: `performance/` and `registers/` of the folder, the facts, the scoring profile. Out: a [`Campaign`], from which
//! documents are written. Deliberately not here: the arithmetic of points (`juesuan-evaluate`), and the wording.
//!
//! In reading order:
//! - [`mod@campaign`] what is known when everything is put together

pub mod campaign;

pub use campaign::{Campaign, Coverage, Fund, IndicatorLine, Monitored, Piece, PriorResult, Subject, Text, UsePlan};
