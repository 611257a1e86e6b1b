//! Questions to small archives that the tests make of rows.
//!
//! - [`made`] rows to an archive
//! - [`slt`] the named questions, views and the ranking, as `.slt` files that DuckDB answers too (`scripts/questions_duckdb.py`)
//! - [`refused`] questions that are not answered, and what is said of them
//! - [`forms`] tables, CSV, JSON, Parquet; files that are whole
//! - [`copies`] passages that were copied, planted and counted

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its fixture has failed"
)]

mod copies;
mod forms;
mod made;
mod refused;
mod slt;
