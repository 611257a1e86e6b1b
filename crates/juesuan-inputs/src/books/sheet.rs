//! A workbook as the text that the readers of books understand.

use juesuan_model::Problem;
use juesuan_read::Grid;

use super::column::Column;
use super::fault::{FaultKind, Faults};
use super::layout::Layout;

/// Separator of the text.
const SEPARATOR: u8 = b',';

/// The sheets of a workbook, each as comma-separated text of equal width with one line a row.
pub fn texts(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<(Grid, Vec<u8>)> {
    match juesuan_read::grids_of(file, bytes) {
        Ok(grids) => grids
            .into_iter()
            .filter(|grid| !grid.is_blank())
            .map(|grid| {
                let text = text(&grid);
                (grid, text)
            })
            .collect(),
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    }
}

fn text(grid: &Grid) -> Vec<u8> {
    let mut out = Vec::new();
    let width = grid.width();
    for row in 0..grid.rows.len() {
        for column in 0..width {
            if column > 0 {
                out.push(SEPARATOR);
            }
            // A line end inside a cell would count as a row.
            let cell = grid.cell(row, column).as_str().replace(['\r', '\n'], " ");
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

/// Merged cells among the entries: only the first row of each has the content, the others lack it.
pub fn merged(grid: &Grid, layout: &Layout, faults: &mut Faults) {
    for region in grid.merged.iter() {
        let first = u32::try_from(region.top).unwrap_or(u32::MAX);
        if first < layout.line || (region.top == region.bottom && region.left == region.right) {
            continue;
        }
        let column = Column::ALL
            .into_iter()
            .find(|column| layout.index(*column).is_some_and(|index| (region.left..=region.right).contains(&index)));
        if column.is_none() {
            continue;
        }
        let row_of = |index: usize| grid.rows.get(index).map_or(0, |row| row.line);
        faults.add(FaultKind::Merged, first, column, || {
            format!(
                "第{}行到第{}行有合并单元格，只有左上角一格有内容；请取消合并并逐行填写",
                row_of(region.top),
                row_of(region.bottom)
            )
        });
    }
}
