//! Published documents back to figures with meanings.
//!
//! In: what `juesuan-read` read, and the catalogue. Out: figures, each with its meaning, its print and its place, and a
//! problem for everything that was not understood. Deliberately not here: judging the figures, and file formats.
//!
//! In reading order:
//! - [`text`](mod@text) the running text
//! - [`mod@document`] a whole published document to a package
//! - `performance` reports and forms of performance

pub mod document;
mod performance;
pub mod text;

pub use document::{ReadDocument, Trace, document, document_by, traced};
pub use text::{EntityContext, Recognized, TextSection, Unread, Vocabulary, text};
