//! Questions to an archive of checked documents: SQL, named questions, copied passages, ranking.
//!
//! In: the folder of an archive (its manifest and the parts that it names), the catalogue (tables, views, named questions, bounds
//! of copies, the formula of the ranking). Out: rows, as a stream that is never whole in memory, or written as a table, CSV, JSON
//! or Parquet; the page of the ranking. Nothing here changes an archive. Deliberately not here: how documents are checked and how
//! an archive is made; words for people, which stand in `catalog/query.toml`.
//!
//! In reading order:
//! - [`fault`] what is wrong with a question; [`mod@error`] why a question was not answered
//! - [`archive`] the manifest and its parts; [`store`] the files that the engine may see: those and no others
//! - [`points`] points and scores as views
//! - [`engine`] tables and views, one question at a time, read only, within bounds
//! - [`named`] named questions with what is set; [`sheet`] lists that people hand in
//! - [`out`] rows as a table, CSV, JSON, Parquet; [`whole`] a file that is whole or not there
//! - [`copied`] passages that were copied between bodies and years
//! - [`rank`] points, letters, and what they rest on
//! - [`reference`] the page that describes the named questions

pub mod archive;
pub mod copied;
pub mod engine;
pub mod error;
pub mod fault;
pub mod named;
pub mod out;
pub mod points;
pub mod rank;
pub mod reference;
pub mod sheet;
pub mod store;
pub mod whole;

pub use copied::copies;
pub use engine::{Answer, Engine, Limits};
pub use error::Error;
pub use named::Asked;
pub use out::{Form, Target};
