//! The window in the browser, run as people run it: the built program on a folder of its own, asked over the network of this computer.
//!
//! - [`desk`] the program at work on a scratch folder; [`asked`] a client that sends exactly what a test says
//! - [`documents`] documents with faults that are known; [`accounts`] a department from which accounts are made
//! - [`entrance`] who gets in; [`foreign`] what other pages may not do; [`carried`] what every answer carries
//! - [`hostile`] names, contents and requests that are made to do harm
//! - [`rendered`] reports that are kept in memory
//! - [`path`] from the drop to the waiver without a browser; [`starts`] ending, starting again, starting twice
//! - [`kills`] the program is killed at any moment, and nothing is lost
//! - [`columns`] columns of uploaded books, assigned by choosing
//! - [`browser`] the same in a real browser: the drop, the boxes, the keyboard, no scripts, what keeps nobody out
//! - [`network`] whom the program speaks to

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its fixture has failed"
)]

mod accounts;
mod asked;
mod browser;
mod carried;
mod columns;
mod desk;
mod documents;
mod entrance;
mod foreign;
mod hostile;
mod kills;
mod network;
mod path;
#[path = "../../../juesuan-read/tests/pdf_writer/mod.rs"]
mod pdf_writer;
mod rendered;
mod starts;
