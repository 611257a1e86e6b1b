//! Any readable file.

use std::path::Path;

use juesuan_model::Problem;

use crate::file::{self, Content};
use crate::grid::Grid;
use crate::text::{self, Line};
use crate::{delimited, workbook};

/// The sheets of a CSV, XLSX or XLS file; places carry the path as given.
pub fn grids(path: &Path) -> Result<Vec<Grid>, Problem> {
    let name = path.display().to_string();
    grids_of(&name, &file::bytes(path, &name)?)
}

/// The sheets in `bytes`; places carry `name`. A workbook without any content is a problem, a CSV file always has one grid.
pub fn grids_of(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    file::bounded(name, bytes)?;
    match file::content(name, bytes)? {
        Content::Zip => workbook::xlsx(name, bytes),
        Content::Compound => workbook::xls(name, bytes),
        Content::Text => delimited::grid(name, bytes).map(|grid| vec![grid]),
    }
}

/// The lines of a text file in UTF-8, UTF-16, GBK or GB18030.
pub fn lines(path: &Path) -> Result<Vec<Line>, Problem> {
    let name = path.display().to_string();
    lines_of(&name, &file::bytes(path, &name)?)
}

/// The lines of the text in `bytes`; a problem carries `name`.
pub fn lines_of(name: &str, bytes: &[u8]) -> Result<Vec<Line>, Problem> {
    file::bounded(name, bytes)?;
    text::decode(name, bytes).map(|text| text::lines(&text))
}
