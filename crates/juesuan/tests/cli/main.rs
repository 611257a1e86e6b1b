//! The built program, run as people run it: folders in, folders out, messages and exit codes.
//!
//! - [`scratch`] folders of their own for each test
//! - [`packages`] what a compile leaves, and that it is always the same
//! - [`drafts`] what may not be published
//! - [`characters`] what nothing can show
//! - [`faults`] bad input of every kind, all named in one run
//! - [`folders`] what lies where it is not read, and output folders
//! - [`newcomer`] from `new` to a package that may be published
//! - [`years`] last year's package as the source of this year's changes
//! - [`list`] everything that is missing asked at once, filled in, read back
//! - [`origins`] bodies that are new, merged of others, or were split
//! - [`linked`] a department beside its units as published; whose last year is compared
//! - `batch` many documents to an archive
//! - [`catalog`] what a bureau lays over the catalogue, and every fault of it
//! - [`limits`] what is made to cost too much, or to look like nothing
//! - [`guide`] the worked examples of the guides
//! - [`checks`] check and read on documents of other people, waivers, several at once
//! - [`evaluate`] points, explanations, the bulletin, documents of performance alone; the library of indicators
//! - [`commands`] import, codes, check, usage
//! - `copies` all that the window keeps, copied and brought back
//! - [`pictures`] tables that are pictures
//! - [`hostile`] PDF files made to cost more than any document
//! - [`selection`] which findings are listed, and how briefly
//! - `questions` questions to an archive
//! - [`read_by_people`] snapshots of the text that people read

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot build its fixture has failed"
)]

#[cfg(feature = "archive")]
mod batch;
mod catalog;
mod characters;
mod checks;
mod commands;
#[cfg(feature = "serve")]
mod copies;
mod drafts;
mod evaluate;
mod faults;
mod folders;
mod guide;
mod hostile;
mod last_year;
mod limits;
mod linked;
mod list;
mod newcomer;
mod origins;
mod other_words;
mod packages;
mod pictures;
#[cfg(feature = "query")]
mod questions;
mod read_by_people;
mod scratch;
mod selection;
mod years;
