//! The statutory tables: facts laid into the forms of a variant.
//!
//! - [`lines`] which rows a form has for these facts, and what they are called
//! - [`head`] the heading rows
//! - [`answer`] what stands in a cell
//! - [`sums`] which cells add up to which
//! - [`tail`] rounding differences put on the largest item, where asked for
//! - `print` the layout of a filled table
//! - [`fill`] all of it: facts → tables
//! - [`given`] the other way in: finished tables → facts

pub mod answer;
pub mod fill;
pub mod given;
pub mod head;
pub mod lines;
mod print;
pub mod sums;
pub mod tail;

pub use fill::tables;
pub use given::{read_folder, state};
