//! Package → files.
//!
//! In: a [`juesuan_model::Package`]; its `document` is the one plan of all formats. Out: bytes. Deliberately not
//! here: writing to disk, deciding what is published, and checking.
//!
//! In reading order:
//! - [`output`] a file that was made, [`error`] what can go wrong
//! - [`chart`] charts as SVG and PNG, [`fonts`] what the PNG is drawn with, [`places`] where that is looked for
//! - `container` the archive that office files are
//! - [`docx`] the document for Word, [`html`] as a site
//! - [`xlsx`] the tables as a workbook
//! - [`json`](mod@json) the package as data
//! - `boxed` characters that cannot be shown
//! - [`approval`](mod@approval) the sheet on which a person approves; `square` its code for cameras; [`asked`](mod@asked) the list
//!   of what is missing
//! - [`report`] what was found in documents, as SARIF, HTML, XLSX and DOCX

pub mod approval;
pub mod asked;
mod boxed;
pub mod chart;
mod container;
pub mod docx;
pub mod error;
pub mod fonts;
mod grid;
pub mod html;
pub mod json;
mod markup;
mod outline;
pub mod output;
pub mod places;
mod printed_text;
pub mod report;
mod square;
pub mod xlsx;

pub use approval::{Approval, approval};
pub use asked::{AskCell, AskRow, asked};
pub use boxed::{boxed, characters};
pub use chart::{chart_png, chart_svg};
pub use docx::{docx, upright};
pub use error::Error;
pub use fonts::FontSource;
pub use html::{DOWNLOADS, Links, Page, html};
pub use json::{Escaping, escaped, json};
pub use outline::{DRAFT, is_form, opens_page};
pub use output::Output;
pub use xlsx::{relations, xlsx};
