//! Files as people have them, read into grids of cells and lines of text, each with its place.
//!
//! In: a file, or its bytes and its name; a folder or an archive of several. Out: [`Pages`] of any format, [`Grid`]s (CSV,
//! XLSX, XLS, tables of web pages), [`Line`]s (text), or one [`juesuan_model::Problem`] that says why the file cannot be read
//! and what to do. What a file is decides its content, not its ending; no file costs time or memory without bound.
//! Deliberately not here: accounting; what a column means; arithmetic on numbers.
//!
//! In reading order:
//! - [`budget`] what a document may cost, and how it is said that it would cost more
//! - [`grid`] rows of cells, merged regions
//! - [`number`] the decimal text of a number stored in binary
//! - [`archive`] ZIP with bounds; [`compound`] the container of XLS; [`xml`] the markup of office files with bounds
//! - [`files`] trees of files on a disk, in an archive, in memory
//! - [`file`](mod@file) a file of bounded size, and what its content is
//! - [`text`] UTF-8, UTF-16, GBK and GB18030 to text and lines
//! - [`delimited`] CSV with comma, semicolon or tab
//! - [`workbook`] XLSX and XLS, with the cells that are shown in percent; [`drawings`] which pictures lie on which of their sheets; [`amended`](mod@amended) XLSX with
//!   other contents in some cells
//! - [`pages`] a document of any format: lines, tables and pictures in reading order
//! - [`sight`] pictures: the way to what they show, and the door for whoever reads it
//! - [`interpreter`] the door to the foreign interpreter of PDF; [`means`] both doors, for who reads
//! - [`layout`] tables with spans, of word processors and web pages, to grids
//! - [`pdf`] PDF, read and drawn (feature `pictures`); [`docx`] Word; [`html`] web pages; [`sheets`] workbooks; [`plain`] text and CSV; `picture` pictures, `tiff` pages of one file, `counted` those of one document
//! - [`open`] any of these; [`documents`] all of a folder or archive; [`package`](mod@package) what this program wrote itself

pub mod amended;
pub mod archive;
mod barred;
mod biff;
pub mod budget;
pub mod compound;
mod counted;
pub mod delimited;
pub mod documents;
pub mod docx;
pub mod drawings;
pub mod file;
pub mod files;
mod fixed;
mod formats;
pub mod grid;
mod hidden;
pub mod html;
pub mod interpreter;
pub mod layout;
pub mod means;
pub mod number;
pub mod open;
pub mod package;
pub mod pages;
pub mod pdf;
mod picture;
pub mod plain;
mod said;
pub mod sheets;
pub mod sight;
pub mod text;
mod text_cells;
mod tiff;
pub mod workbook;
pub mod xml;

pub use amended::{Amended, Unamendable, amended};
pub use budget::{Budget, Cost, FILE_BYTES_MAX};
pub use counted::stands_on;
pub use documents::{Source, Sources, sources};
pub use files::{Disk, Files, Memory, Zip};
pub use grid::{Grid, Merged, Row, Value};
pub use interpreter::Interpreter;
pub use means::Means;
pub use open::{grids, grids_entered, grids_of, lines, lines_of, pages, pages_of, pages_with};
pub use pages::{Beside, Format, PageLine, Pages, Piece};
pub use sight::{Dots, Handle, Picture, Shown, Sight};
pub use text::Line;
