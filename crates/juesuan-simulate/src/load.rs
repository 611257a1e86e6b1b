//! A load: very many published documents of bodies that nobody has, over several years, with what is wrong in them known.
//!
//! In: a few dozen [`mould`]s, each a department composed for real over a chain of years, and a seed. Out: for each body and year
//! one document, whose amounts are those of a mould times a factor of the body and whose names and causes are the body's own; and
//! the truth about it. Deliberately not here: composing and checking, which are other crates' (`examples/load.rs`).
//!
//! A factor leaves every sum, share and rate as it was, so that a document needs no books of its own.
//!
//! In reading order:
//! - [`words`] names, trades and wording as data; [`books`] the folders of a mould, year after year
//! - [`mould`] what was composed of them
//! - [`world`] which bodies there are; [`fate`] what happens to the document of one of them
//! - [`cast`](mod@cast) the document of a body; [`budget`](mod@budget) its budget; [`pdf`](mod@pdf) as a PDF of text; [`written`] in any format
//! - [`truth`] what is so, as CSV

pub mod books;
pub mod budget;
pub mod cast;
pub mod fate;
pub mod mould;
pub mod pdf;
pub mod truth;
pub mod words;
pub mod world;
pub mod written;
