//! Statutory tables, from sheets or JSON, to figures with meanings.
//!
//! In: a grid of a file or a page, and the forms of the catalogue. Out: its cells with their meanings, and what adds up in
//! it. Deliberately not here: whole documents (`juesuan-recognize`), folders (`juesuan-inputs`), and tables that are made
//! (`juesuan-compose`), which lays out its sums by the same forms.
//!
//! A table is found by the words of its title wherever they stand, its columns by their headings, its rows by code or
//! name. The layout is that of the variant expected, or of whichever variant explains more columns (the table of
//! 国有资本经营 has three figures in one province and six in the next).
//!
//! - [`words`] labels made comparable
//! - [`title`] which form a title belongs to
//! - [`rows`] a row of a table to a row of the form
//! - [`cells`] the print of a cell
//! - [`columns`] headings to columns of a form
//! - [`region`] the rows of one table, [`table`] what it was recognised as, `label` code and name of each; [`mod@figures`] a row to figures; [`sums`] what adds up in it
//! - [`grid`] sheets; [`json`] the exchange format of finished tables

mod broken;
pub mod cells;
pub mod columns;
pub mod figures;
pub mod grid;
pub mod json;
mod label;
pub mod region;
pub mod rows;
pub mod sums;
pub mod table;
pub mod title;
pub mod words;
mod years;

use juesuan_catalog::{Catalog, Form, Variant};
use juesuan_model::{Figure, Problem};

/// One table that was recognised.
#[derive(Clone, Debug)]
pub struct FormReading {
    /// Key of the form.
    pub form: String,
    /// Title as it stands there.
    pub title: String,
    /// Cells with a meaning, row by row; also blank ones.
    pub figures: Vec<Figure>,
}

/// Everything found in a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Tables in the order in which they stand.
    pub tables: Vec<FormReading>,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// The layouts in which a form is published, each once: the expected variant's first, then those of the variants that have one of
/// their own.
pub fn layouts<'a>(catalog: &'a Catalog, expected: &'a Variant, key: &str) -> Vec<&'a Form> {
    let own = expected.form(key);
    let others = catalog.variants.layouts(key).filter(|form| own.is_none_or(|own| own.block != form.block));
    own.into_iter().chain(others).collect()
}
