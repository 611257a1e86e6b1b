//! The law of the field as data: loads and checks `catalog/`.
//!
//! In: the files of `catalog/`, embedded in the program, and the folder of a bureau laid over them. Out: [`Catalog`].
//! Deliberately not here: what the data is used for (writing, reading, checking), and any fact of the field in code.
//!
//! In reading order:
//! - [`source`] files by path: embedded, with an overlay
//! - [`trees`] the nodes of each dimension, which of them partition, which are defined by others
//! - [`codes`] function and economic classification with validity and confidence
//! - [`input`] the files that people fill in
//! - [`catalog`] everything together

pub mod catalog;
pub mod codes;
pub mod input;
pub mod source;
pub mod trees;

pub use catalog::Catalog;
pub use codes::{Code, Codes, Confidence};
pub use input::{ColumnKind, InputColumn, InputFile, InputFiles};
pub use source::Source;
pub use trees::{Node, Selector, Trees};
