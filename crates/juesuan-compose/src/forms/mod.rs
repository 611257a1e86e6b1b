//! The statutory tables: facts laid into the forms of a variant.
//!
//! - [`lines`] which rows a form has for these facts, and what they are called
//! - [`head`] the heading rows
//! - [`answer`] what stands in a cell
//! - [`sums`] which cells add up to which
//! - [`tail`] rounding differences put on the largest item, where asked for
//! - `filled` the cells of one table; `print` the layout of a filled table
//! - [`fill`] all of it: facts → tables

pub mod answer;
pub mod fill;
mod filled;
pub mod head;
pub mod lines;
mod print;
pub mod sums;
pub mod tail;

pub use fill::tables;
