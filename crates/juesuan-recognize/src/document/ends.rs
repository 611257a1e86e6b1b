//! The first and the last rows of a table.

use std::borrow::Cow;

use juesuan_read::Grid;
use juesuan_read::grid::{Merged, MergedRegions};

use super::outline::RawTable;

/// Rows at each end of a table by which it is told whether a part goes on with it: what is put together of thousands of parts would else be
/// gone through for each.
pub(super) const END_ROWS: usize = 200;

/// A table without the rows in its middle, if there are many.
pub(super) fn ends(table: &RawTable) -> Cow<'_, RawTable> {
    let rows = &table.grid.rows;
    let (Some(first), Some(last)) =
        (rows.get(..END_ROWS), rows.len().checked_sub(END_ROWS).filter(|at| *at > END_ROWS))
    else {
        return Cow::Borrowed(table);
    };
    let kept = |m: &Merged| match (m.bottom < END_ROWS, m.top.checked_sub(last)) {
        (true, _) => Some(*m),
        (_, Some(top)) => Some(Merged { top: END_ROWS + top, bottom: END_ROWS + m.bottom - last, ..*m }),
        (false, None) => None,
    };
    let grid = Grid {
        rows: first.iter().chain(rows.get(last..).unwrap_or_default()).cloned().collect(),
        merged: MergedRegions::new(table.grid.merged.iter().filter_map(kept).collect()),
        file: table.grid.file.clone(),
        sheet: table.grid.sheet.clone(),
        columns: table.grid.columns,
    };
    let (caption, heading, pages) = (table.caption.clone(), table.heading.clone(), table.pages.clone());
    Cow::Owned(RawTable { caption, heading, grid, pages, notes: table.notes.clone(), lost: Vec::new() })
}
