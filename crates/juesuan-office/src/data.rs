//! The shapes that other programs read: what was found in documents, and what was recognised of them.
//!
//! - [`CheckedDocuments`] what was found, with [`tables`] and [`relations`]
//! - [`ReadDocuments`] what was recognised
//! - [`report_schema`], [`package_schema`] the shapes themselves

mod checked;
mod read;
mod relations;
mod schema;
mod tables;

pub use checked::{CheckedDocument, CheckedDocuments, Extent};
pub use read::ReadDocuments;
pub use schema::{package_schema, report_schema};
