//! Files as people have them, read into grids of cells and lines of text, each with its place.
//!
//! In: a file, or its bytes and its name. Out: [`Grid`]s (CSV, XLSX, XLS), [`Line`]s (text), or one
//! [`juesuan_model::Problem`] that says why the file cannot be read and what to do. What a file is decides its content, not
//! its ending. Deliberately not here: accounting; what a column means; arithmetic on numbers.
//!
//! In reading order:
//! - [`grid`] rows of cells, merged regions
//! - [`number`] the decimal text of a number stored in binary
//! - [`file`](mod@file) a file of bounded size, and what its content is
//! - [`text`] UTF-8, UTF-16, GBK and GB18030 to text and lines
//! - [`delimited`] CSV with comma, semicolon or tab
//! - [`workbook`] XLSX and XLS
//! - [`pages`] a document of any format: lines, tables and pictures in reading order
//! - [`pdf`] PDF
//! - [`open`] any of these

pub mod delimited;
pub mod file;
pub mod grid;
pub mod number;
pub mod open;
pub mod pages;
pub mod pdf;
pub mod text;
pub mod workbook;

pub use file::FILE_BYTES_MAX;
pub use grid::{Grid, Merged, Row, Value};
pub use open::{grids, grids_of, lines, lines_of};
pub use pages::{Format, PageLine, Pages, Piece};
pub use text::Line;
