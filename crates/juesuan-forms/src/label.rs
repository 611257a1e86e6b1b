//! The code and the name of a row, in whatever columns they stand.

use juesuan_read::Grid;
use juesuan_text::plain;

use super::columns::{self, BlockColumns};
use super::words::code;

/// Code and name of a row. 类, 款 and 项 may stand in three columns, those already printed above left out; code and name may
/// stand in one cell.
pub fn label(grid: &Grid, row: usize, found: &BlockColumns, above: Option<&str>) -> (Option<String>, String) {
    let text = |column: &usize| grid.cell(row, *column).as_str();
    let level = |text: &&str| columns::LEVELS.contains(text);
    let all: Vec<&str> = found.code.iter().map(text).map(|t| if level(&t) { "" } else { t }).collect();
    let blank = all.iter().take_while(|t| t.is_empty()).count();
    // A spreadsheet makes 2 of 02.
    let one = |t: &str| t.len() == 1 && t.bytes().all(|b| b.is_ascii_digit());
    let full = all.iter().enumerate().map(|(i, t)| if i > 0 && one(t) { format!("0{t}") } else { (*t).to_owned() });
    let parts: Vec<String> = full.filter(|t| !t.is_empty()).collect();
    let whole = parts.concat();
    let above = above.and_then(|code| code.get(..1 + 2 * blank)).filter(|_| blank > 0 && !parts.is_empty());
    let mut found_code = code(&whole)
        .or_else(|| above.and_then(|above| code(&format!("{above}{whole}"))))
        .or_else(|| parts.iter().rev().find_map(|part| code(part)));
    let mut name = found.label.as_ref().map_or("", text).to_owned();
    if name.is_empty() {
        // A total stands where the codes stand, over both columns; a name may be glued to its code.
        name = match &found_code {
            None => whole,
            Some(code) => plain(&whole).strip_prefix(code.as_str()).unwrap_or("").to_owned(),
        };
    } else if found_code.is_none()
        && let Some(glued) = code(&name)
    {
        name = plain(&name).strip_prefix(glued.as_str()).unwrap_or("").to_owned();
        found_code = Some(glued);
    }
    (found_code, name)
}
