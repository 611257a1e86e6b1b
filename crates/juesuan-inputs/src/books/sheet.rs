//! A workbook as the text that the readers of books understand.

use juesuan_catalog::SheetWords;
use juesuan_model::Problem;
use juesuan_read::Grid;

use super::column::Column;
use super::fault::{FaultKind, Faults};
use super::layout::Layout;

/// Separator of the text.
const SEPARATOR: u8 = b',';

/// The sheets of a workbook that may hold entries: not blank, and not named as one that explains the others.
pub fn sheets(file: &str, bytes: &[u8], words: &SheetWords, problems: &mut Vec<Problem>) -> Vec<Grid> {
    let mut grids = match juesuan_read::grids_of(file, bytes) {
        Ok(grids) => grids,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    grids.retain(|grid| !grid.is_blank());
    let explains = |grid: &Grid| words.note_sheets.iter().any(|word| grid.sheet.contains(word.as_str()));
    if !grids.iter().all(explains) {
        grids.retain(|grid| !explains(grid));
    }
    grids
}

/// A sheet as comma-separated text of equal width with one line a row. Below the head of `layout` a merged cell stands in
/// every row that it covers, where it holds no amount.
pub fn text(grid: &Grid, layout: Option<&Layout>) -> Vec<u8> {
    let mut out = Vec::new();
    let width = grid.width();
    for row in 0..grid.rows.len() {
        let fills = layout.filter(|layout| u32::try_from(row).is_ok_and(|row| row >= layout.line));
        for column in 0..width {
            if column > 0 {
                out.push(SEPARATOR);
            }
            let region = || grid.merged.at(row, column).filter(|region| region.left == region.right);
            let filled = fills.is_some_and(|layout| !is_amount(layout, column) && region().is_some());
            let cell = if filled { grid.seen(row, column) } else { grid.cell(row, column) };
            // A line end inside a cell would count as a row.
            let cell = cell.as_str().replace(['\r', '\n'], " ");
            if cell.contains(['"', ',']) {
                out.extend_from_slice(format!("\"{}\"", cell.replace('"', "\"\"")).as_bytes());
            } else {
                out.extend_from_slice(cell.as_bytes());
            }
        }
        out.push(b'\n');
    }
    out
}

fn is_amount(layout: &Layout, column: usize) -> bool {
    [Column::Debit, Column::Credit, Column::Amount].into_iter().any(|amount| layout.index(amount) == Some(column))
}

/// Merged cells among the entries that leave open which row an amount belongs to. Over one row they only lay out a total or a note.
pub fn merged(grid: &Grid, layout: &Layout, faults: &mut Faults) {
    for region in grid.merged.iter() {
        let first = u32::try_from(region.top).unwrap_or(u32::MAX);
        if first < layout.line || region.top == region.bottom || grid.cell(region.top, region.left).is_blank() {
            continue;
        }
        let inside = |column: &Column| layout.index(*column).is_some_and(|i| (region.left..=region.right).contains(&i));
        let amount = (region.left..=region.right).any(|column| is_amount(layout, column));
        let column = Column::ALL.into_iter().find(inside);
        if column.is_none() || (region.left == region.right && !amount) {
            continue;
        }
        let row_of = |index: usize| grid.rows.get(index).map_or(0, |row| row.line);
        faults.add(FaultKind::Merged, first, column, || {
            format!(
                "第{}行到第{}行有合并单元格，分不清每行的内容；请取消合并并逐行填写",
                row_of(region.top),
                row_of(region.bottom)
            )
        });
    }
}
