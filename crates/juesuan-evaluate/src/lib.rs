//! Performance as arithmetic (预算绩效): values aimed at and reached, rates, points, grades.
//!
//! In: what was aimed at and reached, amounts, and the scoring profile of the catalogue. Out: exact numbers, each with the
//! line that explains it. Deliberately not here: files, documents, figures with places – `juesuan-compile` brings the
//! inputs of a department, `juesuan-check` those of a published document, and both must come to the same points.
//!
//! In reading order:
//! - [`number`] exact numbers of any unit
//! - [`aim`] values aimed at and reached; `unit` whether two count the same
//! - [`score`] points, totals and grades; `reach` how far what was reached is from the target
//! - [`blocks`] how the points of a form are shared out
//! - [`rate`] what is computed and never typed
//! - [`light`] lights of the monitoring during the year
//! - [`vague`] targets that say too little

pub mod aim;
pub mod blocks;
pub mod light;
pub mod number;
pub mod rate;
mod reach;
pub mod score;
mod unit;
pub mod vague;

pub use aim::Aim;
pub use blocks::blocks;
pub use juesuan_catalog::LightKey;
pub use light::{Light, light, spending};
pub use number::Number;
pub use rate::{Rate, rate};
pub use score::{Line, Met, Method, Scored, execution, execution_of, far_over, grade, highest_possible, line, total};
pub use vague::{Planned, Vague, VagueKind, vague};
