//! Performance as arithmetic (预算绩效): values aimed at and reached, rates, points, grades.
//!
//! In: what was aimed at and reached, amounts, and the scoring profile of the catalogue. Out: exact numbers, each with the
//! line that explains it. Deliberately not here: files, documents, figures with places – `juesuan-compile` brings the
//! inputs of a department, `juesuan-check` those of a published document, and both must come to the same points.
//!
//! In reading order:
//! - [`number`] exact numbers of any unit

pub mod number;

pub use number::Number;
