//! Many documents checked by several processes from one work list, and what was found as an archive that any tool for data opens.
//!
//! In: folders, archives and lists of documents, and a catalogue. Out: a folder of Parquet parts, one table each of those that
//! `catalog/archive.toml` describes, by year and province, with a manifest. The same documents give the same rows, however many
//! work, in whatever order, and whatever ends them. Deliberately not here: questions to an archive, and documents beside each other.
//!
//! In reading order:
//! - `archive` the folder; [`list`] its work list in SQLite
//! - `source` what people name → contents by their SHA-256
//! - [`Worker`] one document after the other; `crew` several of them, each a process
//! - [`rows`] a checked document → rows of each table; `column` values before they are Arrow's, `sheaf` their bytes on the way
//! - `press` rows → parts: `bundle` parts that are written, `cursor` parts that stand; `arrow` types; `manifest` which parts count
//! - [`batch`](mod@batch) all of it; [`Watch`] who is told

mod archive;
mod arrow;
pub mod batch;
mod bundle;
mod column;
mod crew;
mod cursor;
mod error;
pub mod list;
mod manifest;
mod press;
pub mod rows;
mod sheaf;
mod source;
mod watch;
mod worker;

pub use archive::Archive;
pub use batch::{Batch, Order, batch, work};
pub use crew::Hands;
pub use error::{Error, Result};
pub use watch::{Progress, Watch};
pub use worker::Worker;
