//! Published documents back to figures with meanings.
//!
//! In: what `juesuan-read` read, and the catalogue. Out: figures, each with its meaning, its print and its place, and a
//! problem for everything that was not understood. Deliberately not here: judging the figures, and file formats.
//!
//! In reading order:
//! - [`headings`] which section a heading names; a text cut at its headings
//! - [`text`](mod@text) the running text
//! - [`mod@document`] a whole published document to a package
//! - [`performance`] reports and forms of performance

pub mod document;
pub mod headings;
pub mod performance;
pub mod text;

pub use document::{ReadDocument, document};
pub use text::{EntityContext, Recognized, TextSection, Unread, text};
