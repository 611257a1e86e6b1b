//! The head of a table as a grid: which heading covers which place.

use juesuan_model::{HeaderCell, Table, TableCell, TableRow};

/// Where a heading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Header row, from 0.
    pub(crate) row: usize,
    /// Index among the cells of that row.
    pub(crate) index: usize,
}

/// Number of grid columns of a table.
pub(crate) fn columns(table: &Table) -> usize {
    let head = table
        .header
        .iter()
        .flatten()
        .map(|cell| usize::from(cell.column) + span(cell.columns))
        .max();
    let body = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| span(cell.columns)).sum())
        .max();
    table
        .widths
        .len()
        .max(head.unwrap_or(0))
        .max(body.unwrap_or(0))
}

/// A span as written; 0 counts as 1.
pub(crate) fn span(columns: u16) -> usize {
    usize::from(columns.max(1))
}

/// The cells of a row with the grid column each begins in.
pub(crate) fn placed(row: &TableRow) -> impl Iterator<Item = (usize, &TableCell)> {
    row.cells.iter().scan(0, |next, cell| {
        let column = *next;
        *next += span(cell.columns);
        Some((column, cell))
    })
}

/// For each header row and grid column the heading that covers it.
pub(crate) fn cover(table: &Table) -> Vec<Vec<Option<Spot>>> {
    let mut cover = vec![vec![None; columns(table)]; table.header.len()];
    for (row, cells) in table.header.iter().enumerate() {
        for (index, cell) in cells.iter().enumerate() {
            for line in cover.iter_mut().skip(row).take(span(cell.rows)) {
                for place in line
                    .iter_mut()
                    .skip(usize::from(cell.column))
                    .take(span(cell.columns))
                {
                    *place = Some(Spot { row, index });
                }
            }
        }
    }
    cover
}

/// The heading at a spot.
pub(crate) fn heading(table: &Table, spot: Spot) -> Option<&HeaderCell> {
    table.header.get(spot.row)?.get(spot.index)
}

/// The headings above a grid column, from the top, each once.
pub(crate) fn above(cover: &[Vec<Option<Spot>>], column: usize) -> Vec<Spot> {
    let mut spots: Vec<Spot> = cover
        .iter()
        .filter_map(|line| line.get(column).copied().flatten())
        .collect();
    spots.dedup();
    spots
}

/// Widths of the grid columns as shares of `whole`, adding up to it.
pub(crate) fn shares(table: &Table, whole: u32) -> Vec<u32> {
    let count = columns(table);
    let weights: Vec<u32> = (0..count)
        .map(|i| table.widths.get(i).map_or(10, |w| u32::from((*w).max(1))))
        .collect();
    let total = weights.iter().sum::<u32>().max(1);
    let mut before = 0u32;
    let mut out = Vec::with_capacity(count);
    for weight in weights {
        let start = u64::from(before) * u64::from(whole) / u64::from(total);
        before += weight;
        let end = u64::from(before) * u64::from(whole) / u64::from(total);
        out.push(u32::try_from(end - start).unwrap_or(0));
    }
    out
}

/// Width of a text in half letters: full-width characters two, others one.
pub(crate) fn text_units(text: &str) -> u32 {
    text.chars()
        .map(|c| if (c as u32) < 0x2000 { 1 } else { 2 })
        .sum()
}
