//! Performance (预算绩效): values aimed at and reached, rates, points, grades – and what a department says of a year.
//!
//! In: what was aimed at and reached, amounts, and the scoring profile of the catalogue. Out: exact numbers, each with the
//! line that explains it; of a department and year, a [`Campaign`]. Deliberately not here: files and documents. The same
//! arithmetic serves what a department entered ([`mod@campaign`]) and what a published document prints (`juesuan-check`):
//! both must come to the same points.
//!
//! In reading order:
//! - [`aim`] values aimed at and reached; `unit` whether two count the same
//! - [`score`] points, totals and grades; `reach` how far what was reached is from the target; `steps` numbers in
//!   explanations
//! - [`blocks`] how the points of a form are shared out
//! - [`rate`] what is computed and never typed
//! - [`light`] lights of the monitoring during the year
//! - [`vague`] targets that say too little
//! - [`mod@campaign`] the evaluation of one department and year

pub mod aim;
pub mod blocks;
pub mod campaign;
pub mod light;
pub mod rate;
mod reach;
pub mod score;
mod steps;
mod unit;
pub mod vague;

pub use aim::Aim;
pub use blocks::blocks;
pub use campaign::Campaign;
pub use juesuan_catalog::LightKey;
pub use light::{Light, light, spending};
pub use rate::{Rate, rate};
pub use score::{
    Line, Met, Method, Scored, excess, execution, execution_of, far_over, grade, highest_possible, line, total,
};
pub use vague::{Planned, Vague, VagueKind, vague};
