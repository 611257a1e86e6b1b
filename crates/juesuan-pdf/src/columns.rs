//! Size of type, widths of columns and height of rows of a table: no figure is cut, and a table that can stand on one page
//! does. Lengths are whole tenths of a point.

use juesuan_model::{CellRole, HeaderCell, Table, TableCell};

/// Room on a page, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// Width of the type area.
    pub width: u32,
    /// Height left for head and body.
    pub height: u32,
}

/// How a table is set, in tenths of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Size of type.
    pub size: u32,
    /// Space above and below the text of a cell.
    pub pad: u32,
    /// Width of each grid column.
    pub columns: Vec<u32>,
}

/// Sizes and paddings tried, roomiest first. Below 9 pt only when figures would not fit otherwise.
const TRIED: [(u32, u32); 7] = [
    (105, 50),
    (105, 40),
    (105, 32),
    (100, 28),
    (95, 25),
    (90, 22),
    (90, 16),
];
/// Set when no choice brings the table on one page.
const FLOWING: [(u32, u32); 7] = [
    (105, 36),
    (100, 34),
    (95, 32),
    (90, 30),
    (85, 26),
    (80, 24),
    (70, 20),
];
/// Space left and right of the text of a cell.
pub(crate) const SIDE: u32 = 30;
/// A label keeps room for this many characters on a line.
const LABEL_MIN_CHARACTERS: u32 = 4;
/// Line pitch inside a cell, in hundredths of the size.
const PITCH_PERCENT: u32 = 135;

/// Number of grid columns, from widths, head and rows.
pub(crate) fn count(table: &Table) -> usize {
    let head = table
        .header
        .iter()
        .flatten()
        .map(|cell| usize::from(cell.column) + usize::from(cell.columns.max(1)));
    let body = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(span).sum());
    head.chain(body)
        .chain([table.widths.len()])
        .max()
        .unwrap_or(0)
}

/// Grid columns that a body cell covers.
pub(crate) fn span(cell: &TableCell) -> usize {
    usize::from(cell.columns.max(1))
}

/// Chooses size, padding and widths.
pub(crate) fn fit(table: &Table, room: Room) -> Fit {
    let one_page = TRIED.iter().find_map(|(size, pad)| {
        let fit = at(table, room, *size, *pad)?;
        (height(table, &fit) <= room.height).then_some(fit)
    });
    one_page
        .or_else(|| {
            FLOWING
                .iter()
                .find_map(|(size, pad)| at(table, room, *size, *pad))
        })
        .unwrap_or_else(|| {
            // Wider than any size can hold: the smallest, in the proportions asked for.
            let (size, pad) = FLOWING[FLOWING.len() - 1];
            Fit {
                size,
                pad,
                columns: shares(&weights(table), room.width),
            }
        })
}

/// The widths at this size, or none if a figure would be cut.
fn at(table: &Table, room: Room, size: u32, pad: u32) -> Option<Fit> {
    let least = least_widths(table, size);
    if least.iter().sum::<u32>() > room.width {
        return None;
    }
    // Columns whose share is too narrow get what they need; the others share the rest.
    let weights = weights(table);
    let mut fixed = vec![false; weights.len()];
    loop {
        let left = room.width
            - least
                .iter()
                .zip(&fixed)
                .filter(|(_, fixed)| **fixed)
                .map(|(least, _)| least)
                .sum::<u32>();
        let open: Vec<u32> = weights
            .iter()
            .zip(&fixed)
            .map(|(weight, fixed)| if *fixed { 0 } else { *weight })
            .collect();
        let columns: Vec<u32> = shares(&open, left)
            .into_iter()
            .zip(least.iter().zip(&fixed))
            .map(|(share, (least, fixed))| if *fixed { *least } else { share })
            .collect();
        let narrow: Vec<usize> = (0..columns.len())
            .filter(|column| columns[*column] < least[*column])
            .collect();
        if narrow.is_empty() {
            return Some(Fit { size, pad, columns });
        }
        for column in narrow {
            fixed[column] = true;
        }
    }
}

fn weights(table: &Table) -> Vec<u32> {
    (0..count(table))
        .map(|column| {
            table
                .widths
                .get(column)
                .map_or(1, |width| u32::from(*width).max(1))
        })
        .collect()
}

/// `total` shared out by weight; the last open column takes what is left over.
fn shares(weights: &[u32], total: u32) -> Vec<u32> {
    let sum: u64 = weights
        .iter()
        .map(|weight| u64::from(*weight))
        .sum::<u64>()
        .max(1);
    let share =
        |weight: u32| u32::try_from(u64::from(total) * u64::from(weight) / sum).unwrap_or(total);
    weights.iter().map(|weight| share(*weight)).collect()
}

fn least_widths(table: &Table, size: u32) -> Vec<u32> {
    let mut least = vec![2 * size + 2 * SIDE; count(table)];
    for row in &table.rows {
        let mut column = 0;
        for cell in &row.cells {
            if span(cell) == 1
                && let Some(least) = least.get_mut(column)
            {
                *least = (*least).max(least_width(cell, size));
            }
            column += span(cell);
        }
    }
    least
}

fn least_width(cell: &TableCell, size: u32) -> u32 {
    let whole = text_width(&cell.text, size);
    let text = match cell.role {
        CellRole::Label => whole.min(LABEL_MIN_CHARACTERS * size) + u32::from(cell.indent) * size,
        CellRole::Code | CellRole::Ordinal | CellRole::Number => whole,
    };
    text + 2 * SIDE
}

/// Width of a line of text; digits and Latin letters are taken a little wider than half, as the widest faces have them.
fn text_width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text
        .chars()
        .map(|character| if character < '\u{2000}' { 56 } else { 100 })
        .sum();
    hundredths * size / 100
}

/// Estimated height of head and body.
fn height(table: &Table, fit: &Fit) -> u32 {
    let row = |lines: u32| lines * fit.size * PITCH_PERCENT / 100 + 2 * fit.pad;
    let lines = |text: &str, from: usize, columns: usize, indent: u8| {
        let width: u32 = fit.columns.iter().skip(from).take(columns).sum();
        let width = width
            .saturating_sub(2 * SIDE + u32::from(indent) * fit.size)
            .max(fit.size);
        text_width(text, fit.size).div_ceil(width).max(1)
    };
    let head_lines = |cell: &HeaderCell| {
        lines(
            &cell.text,
            usize::from(cell.column),
            usize::from(cell.columns.max(1)),
            0,
        )
        .div_ceil(u32::from(cell.rows.max(1)))
    };
    let head: u32 = table
        .header
        .iter()
        .map(|cells| row(cells.iter().map(head_lines).max().unwrap_or(1)))
        .sum();
    let body = table.rows.iter().map(|table_row| {
        let mut column = 0;
        let mut most = 1;
        for cell in &table_row.cells {
            most = most.max(lines(&cell.text, column, span(cell), cell.indent));
            column += span(cell);
        }
        row(most)
    });
    head + body.sum::<u32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::TableRow;

    const ROOM: Room = Room {
        width: 4420,
        height: 5000,
    };

    fn table(labels: &[&str], numbers: usize, number: &str) -> Table {
        let cell = |text: &str, role| TableCell {
            text: text.to_owned(),
            role,
            ..TableCell::default()
        };
        let row = |label: &&str| {
            let mut cells = vec![cell(label, CellRole::Label)];
            cells.extend((0..numbers).map(|_| cell(number, CellRole::Number)));
            TableRow {
                cells,
                total: false,
            }
        };
        Table {
            rows: labels.iter().map(row).collect(),
            ..Table::default()
        }
    }

    #[test]
    fn a_column_is_never_narrower_than_its_longest_figure() {
        let mut table = table(&["合计"], 3, "1,234,567,890.12");
        table.widths = vec![90, 1, 1, 1];
        let fit = fit(&table, ROOM);
        let figure = text_width("1,234,567,890.12", fit.size) + 2 * SIDE;
        assert!(
            fit.columns[1..].iter().all(|width| *width >= figure),
            "{fit:?}"
        );
        assert!(fit.columns.iter().sum::<u32>() <= ROOM.width);
    }

    #[test]
    fn type_shrinks_only_when_figures_would_be_cut() {
        assert_eq!(fit(&table(&["合计"], 3, "1.00"), ROOM).size, 105);
        assert!(fit(&table(&["合计"], 7, "1,234,567.89"), ROOM).size < 105);
    }

    #[test]
    fn a_table_too_tall_for_a_page_keeps_its_size_and_flows_on() {
        let labels = vec!["行政运行"; 300];
        assert_eq!(fit(&table(&labels, 2, "1.00"), ROOM).size, 105);
    }
}
