//! The shapes that other programs read: what was found in documents, and what was recognised of them.
//!
//! - [`CheckedDocuments`] what was found, with [`tables`] and [`relations`]
//! - [`ReadDocuments`] what was recognised

mod checked;
mod read;
mod relations;
mod tables;

pub use checked::{CheckedDocuments, Extent};
pub use read::ReadDocuments;
