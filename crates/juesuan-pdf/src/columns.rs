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

/// Sizes and paddings tried, roomiest first, down to 六号 (7.5 pt).
const TRIED: [(u32, u32); 10] =
    [(105, 50), (105, 40), (105, 32), (100, 28), (95, 25), (90, 22), (90, 16), (85, 15), (80, 13), (75, 12)];
/// Set when no choice brings the table on one page.
const FLOWING: [(u32, u32); 7] = [(105, 36), (100, 34), (95, 32), (90, 30), (85, 26), (80, 24), (70, 20)];
/// Space left and right of the text of a cell in this size.
pub(crate) const fn side(size: u32) -> u32 {
    if size <= 85 { 20 } else { 30 }
}

/// A label keeps room for this many characters on a line.
const LABEL_MIN_CHARACTERS: u32 = 4;
/// A label asks for room to stand on one line, up to this many characters.
const LABEL_WISH_CHARACTERS: u32 = 22;
/// A label up to this long asks for room before longer ones: broken, it would leave a character alone on its last line.
const LABEL_SHORT_CHARACTERS: u32 = 12;
/// What a column of longer labels keeps of its own width then.
const LONG_KEEP: [u32; 2] = [3, 4];
/// A column title up to this long asks to stand on one line, a longer one on two.
const TITLE_WHOLE_CHARACTERS: u32 = 6;
/// Where that leaves no room for labels it asks for no more than this many characters a line.
const TITLE_LEAST_CHARACTERS: u32 = 4;
/// Space between two lines of a cell, in hundredths of the size.
pub(crate) const LEADING_PERCENT: u32 = 30;

/// Longer text counts as this wide; it breaks into lines whatever its length.
const TEXT_WIDTH_MAX: u32 = 1_000_000;
/// In a table within the text, labels rather break than be smaller.
const TEXT_SIZE_MIN: u32 = 90;
/// Smallest size set.
const SMALLEST: (u32, u32) = (65, 16);

/// What column titles ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Titles {
    /// One line or two.
    Easy,
    /// As many lines as it takes.
    Tight,
}

/// True if no label breaks into more than two or three lines.
fn easy(table: &Table, fit: &Fit) -> bool {
    fit.columns
        .iter()
        .zip(wished_widths(table, fit.size, Titles::Easy, LABEL_WISH_CHARACTERS))
        .all(|(column, wish)| 2 * column >= wish)
}

/// True if no label breaks but those that are too long for any line.
fn labels_whole(table: &Table, fit: &Fit) -> bool {
    let mut wished = vec![0; fit.columns.len()];
    let longest = LABEL_WISH_CHARACTERS * fit.size;
    widen(&mut wished, table, |cell| match cell.role {
        CellRole::Label if text_width(&cell.text, fit.size) <= longest => {
            cell_width(cell, fit.size, LABEL_WISH_CHARACTERS)
        }
        _ => 0,
    });
    fit.columns.iter().zip(wished).all(|(column, wish)| *column >= wish)
}

/// Number of grid columns, from widths, head and rows.
pub(crate) fn count(table: &Table) -> usize {
    let head = table.header.iter().flatten().map(|cell| usize::from(cell.column) + usize::from(cell.columns.max(1)));
    let body = table.rows.iter().map(|row| row.cells.iter().map(span).sum());
    head.chain(body).chain([table.widths.len()]).max().unwrap_or(0)
}

/// Grid columns that a body cell covers.
pub(crate) fn span(cell: &TableCell) -> usize {
    usize::from(cell.columns.max(1))
}

/// For each body row the grid columns that a cell of a row above covers.
pub(crate) fn covered(table: &Table) -> Vec<Vec<bool>> {
    let mut covered = vec![vec![false; count(table)]; table.rows.len()];
    for (number, row) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            for line in covered.iter_mut().skip(number + 1).take(usize::from(cell.rows.max(1)) - 1) {
                line.iter_mut().skip(column).take(span(cell)).for_each(|place| *place = true);
            }
            column += span(cell);
        }
    }
    covered
}

/// Chooses size, padding and widths.
pub(crate) fn fit(table: &Table, room: Room) -> Fit {
    let one_page = || {
        // Titles give way where labels, or the table, are whole only then.
        let on_one = |(size, pad): &(u32, u32)| {
            let fits = [Titles::Easy, Titles::Tight]
                .map(|titles| at(table, room, (*size, *pad), titles).filter(|fit| height(table, fit) <= room.height));
            let whole = fits.iter().flatten().find(|fit| labels_whole(table, fit)).cloned();
            whole.or_else(|| fits.into_iter().flatten().next())
        };
        let mut fits = TRIED.iter().filter_map(on_one);
        let first = fits.next()?;
        // Rather smaller than a last character of a label on a line of its own.
        if labels_whole(table, &first) {
            Some(first)
        } else {
            let readable = |fit: &Fit| !table.form.is_empty() || fit.size >= TEXT_SIZE_MIN;
            Some(fits.take_while(readable).find(|fit| labels_whole(table, fit)).unwrap_or(first))
        }
    };
    let flowing = || {
        let mut fits = FLOWING.iter().filter_map(|(size, pad)| at(table, room, (*size, *pad), Titles::Easy));
        let first = fits.next()?;
        if easy(table, &first) { Some(first) } else { Some(fits.find(|fit| easy(table, fit)).unwrap_or(first)) }
    };
    one_page().or_else(flowing).unwrap_or_else(|| {
        // Wider than any size can hold: the smallest, in the proportions asked for.
        let (size, pad) = SMALLEST;
        let columns = shares(&weights(table), room.width);
        Fit { size, pad, columns }
    })
}

/// The widths at this size, or none if a figure would be cut.
fn at(table: &Table, room: Room, (size, pad): (u32, u32), titles: Titles) -> Option<Fit> {
    let least = least_widths(table, size);
    if sum(least.iter().copied()) > room.width {
        return None;
    }
    // Columns whose share is too narrow get what they need; the others share the rest.
    let weights = weights(table);
    let mut fixed = vec![false; weights.len()];
    loop {
        let left =
            room.width - least.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(least, _)| least).sum::<u32>();
        let open: Vec<u32> =
            weights.iter().zip(&fixed).map(|(weight, fixed)| if *fixed { 0 } else { *weight }).collect();
        let columns: Vec<u32> = shares(&open, left)
            .into_iter()
            .zip(least.iter().zip(&fixed))
            .map(|(share, (least, fixed))| if *fixed { *least } else { share })
            .collect();
        let narrow: Vec<bool> = columns.iter().zip(&least).map(|(column, least)| column < least).collect();
        if !narrow.contains(&true) {
            // Titles and short labels first, for which a column of long ones gives a part of its own; what is left goes to these.
            let long = wished_widths(table, size, titles, LABEL_WISH_CHARACTERS);
            let mut short = wished_widths(table, size, titles, LABEL_SHORT_CHARACTERS);
            for ((short, long), (least, column)) in short.iter_mut().zip(&long).zip(least.iter().zip(&columns)) {
                let kept = if *long > *short { column / LONG_KEEP[1] * LONG_KEEP[0] } else { 0 };
                *short = kept.max(*short).max(*least);
            }
            let columns = even_out(even_out(columns, &least, &short), &short, &long);
            return Some(Fit { size, pad, columns });
        }
        fixed.iter_mut().zip(narrow).for_each(|(fixed, narrow)| *fixed |= narrow);
    }
}

/// Moves width that columns do not need to columns whose labels or titles would break.
fn even_out(columns: Vec<u32>, least: &[u32], wished: &[u32]) -> Vec<u32> {
    let lack: Vec<u32> = columns.iter().zip(wished).map(|(column, wish)| wish.saturating_sub(*column)).collect();
    let spare: Vec<u32> = columns
        .iter()
        .zip(least.iter().zip(wished))
        .map(|(column, (least, wish))| column.saturating_sub(*least.max(wish)))
        .collect();
    let moved = sum(lack.iter().copied()).min(sum(spare.iter().copied()));
    let (given, taken) = (shares(&lack, moved), shares(&spare, moved));
    // `moved` is at most what is spare, so no share is more than its column has to spare.
    let moves = given.into_iter().zip(taken);
    columns.into_iter().zip(moves).map(|(column, (given, taken))| (column + given).saturating_sub(taken)).collect()
}

fn weights(table: &Table) -> Vec<u32> {
    (0..count(table)).map(|column| table.widths.get(column).map_or(1, |width| u32::from(*width).max(1))).collect()
}

/// `total` shared out by weight, rounded down.
fn shares(weights: &[u32], total: u32) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let share = |weight: u32| u32::try_from(u64::from(total) * u64::from(weight) / sum).unwrap_or(total);
    weights.iter().map(|weight| share(*weight)).collect()
}

/// What each column needs so that no figure is cut.
fn least_widths(table: &Table, size: u32) -> Vec<u32> {
    let mut least = vec![2 * size + 2 * side(size); count(table)];
    widen(&mut least, table, |cell| cell_width(cell, size, LABEL_MIN_CHARACTERS));
    least
}

/// What each column would like so that titles and labels of up to so many characters do not break; longer ones up to
/// [`LABEL_WISH_CHARACTERS`] ask only where these are meant too.
fn wished_widths(table: &Table, size: u32, titles: Titles, label_characters: u32) -> Vec<u32> {
    let mut wished = vec![0; count(table)];
    for cell in table.header.iter().flatten().filter(|cell| cell.columns <= 1) {
        let whole = text_width(&cell.text, size);
        let lines = if whole > TITLE_WHOLE_CHARACTERS * size { 2 } else { 1 };
        // Half a character over, so that two lines of an odd number of characters fit.
        let most = if titles == Titles::Tight { TITLE_LEAST_CHARACTERS * size } else { whole };
        let width = (whole / lines).min(most) + size / 2 + 2 * side(size);
        if let Some(wished) = wished.get_mut(usize::from(cell.column)) {
            *wished = (*wished).max(width);
        }
    }
    widen(&mut wished, table, |cell| match cell.is_unbreakable() {
        false if label_characters < LABEL_WISH_CHARACTERS && text_width(&cell.text, size) > label_characters * size => {
            0
        }
        _ => cell_width(cell, size, label_characters),
    });
    wished
}

/// Width at which a title breaks into lines of equal length: 功能分类 over 科目编码, not 功能分类科目编 over 码.
/// None where it stands on one line.
pub(crate) fn title_measure(cell: &HeaderCell, fit: &Fit) -> Option<u32> {
    let (from, columns) = (usize::from(cell.column), usize::from(cell.columns.max(1)));
    let width = sum(fit.columns.iter().skip(from).take(columns).copied()).saturating_sub(2 * side(fit.size));
    let whole = text_width(&cell.text, fit.size);
    if whole <= width || width < fit.size {
        return None;
    }
    let lines = whole.div_ceil(width / fit.size * fit.size);
    // A quarter of a character over, or rounding would break one more line.
    Some((whole.div_ceil(lines).div_ceil(fit.size) * fit.size + fit.size / 4).min(width))
}

fn widen(widths: &mut [u32], table: &Table, width: impl Fn(&TableCell) -> u32) {
    for row in &table.rows {
        let mut column = 0;
        for cell in &row.cells {
            if span(cell) == 1
                && let Some(widest) = widths.get_mut(column)
            {
                *widest = (*widest).max(width(cell));
            }
            column += span(cell);
        }
    }
}

/// Width of a cell whose label may break after `label_characters`.
fn cell_width(cell: &TableCell, size: u32, label_characters: u32) -> u32 {
    let whole = text_width(&cell.text, size);
    let text =
        if cell.is_unbreakable() { whole } else { whole.min(label_characters * size) + u32::from(cell.indent) * size };
    text + 2 * side(size)
}

/// Lines of a text in this size and width.
pub(crate) fn lines_of(text: &str, size: u32, width: u32) -> u32 {
    text_width(text, size).div_ceil(width.max(1)).max(1)
}

/// Width of a line of text; digits and Latin letters are taken a little wider than half, as the widest faces have them.
fn text_width(text: &str, size: u32) -> u32 {
    let hundredths = text.chars().map(|character| if character < '\u{2000}' { 56 } else { 100 });
    let width = sum(hundredths).saturating_mul(size) / 100;
    width.min(TEXT_WIDTH_MAX)
}

/// Sum that stays at the largest number.
fn sum(lengths: impl IntoIterator<Item = u32>) -> u32 {
    lengths.into_iter().fold(0, u32::saturating_add)
}

/// Estimated height of head and body.
pub(crate) fn height(table: &Table, fit: &Fit) -> u32 {
    let row = |lines: u32| fit.size * (lines * (100 + LEADING_PERCENT) - LEADING_PERCENT) / 100 + 2 * fit.pad;
    let lines = |text: &str, from: usize, columns: usize, indent: u8| {
        let width: u32 = fit.columns.iter().skip(from).take(columns).sum();
        let width = width.saturating_sub(2 * side(fit.size) + u32::from(indent) * fit.size).max(fit.size);
        text_width(text, fit.size).div_ceil(width).max(1)
    };
    let head_lines = |cell: &HeaderCell| {
        lines(&cell.text, usize::from(cell.column), usize::from(cell.columns.max(1)), 0)
            .div_ceil(u32::from(cell.rows.max(1)))
    };
    let head = table.header.iter().map(|cells| row(cells.iter().map(head_lines).max().unwrap_or(1)));
    let body = table.rows.iter().map(|table_row| {
        let mut column = 0;
        let mut most = 1;
        for cell in &table_row.cells {
            let own = lines(&cell.text, column, span(cell), cell.indent);
            most = most.max(own.div_ceil(u32::from(cell.rows.max(1))));
            column += span(cell);
        }
        row(most)
    });
    sum(head.chain(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::TableRow;

    const ROOM: Room = Room { width: 4420, height: 5000 };

    fn table(labels: &[&str], numbers: usize, number: &str) -> Table {
        let cell = |text: &str, role| TableCell { text: text.to_owned(), role, ..TableCell::default() };
        let row = |label: &&str| {
            let mut cells = vec![cell(label, CellRole::Label)];
            cells.extend((0..numbers).map(|_| cell(number, CellRole::Number)));
            TableRow { cells, total: false }
        };
        Table { rows: labels.iter().map(row).collect(), ..Table::default() }
    }

    #[test]
    fn a_column_is_never_narrower_than_its_longest_figure() {
        let mut table = table(&["合计"], 3, "1,234,567,890.12");
        table.widths = vec![90, 1, 1, 1];
        let fit = fit(&table, ROOM);
        let figure = text_width("1,234,567,890.12", fit.size) + 2 * side(fit.size);
        assert!(fit.columns[1..].iter().all(|width| *width >= figure), "{fit:?}");
        assert!(fit.columns.iter().sum::<u32>() <= ROOM.width);
    }

    #[test]
    fn spare_width_of_figures_goes_to_labels_that_would_break() {
        let mut table = table(&["一、一般公共预算财政拨款收入"], 2, "1.00");
        table.widths = vec![1, 1, 1];
        let fit = fit(&table, ROOM);
        assert!(fit.columns[0] >= text_width("一、一般公共预算财政拨款收入", fit.size) + 2 * side(fit.size), "{fit:?}");
    }

    #[test]
    fn a_title_of_eight_characters_breaks_after_the_fourth() {
        let cell = HeaderCell { text: "功能分类科目编码".to_owned(), column: 0, columns: 1, rows: 1 };
        let fit = Fit { size: 100, pad: 0, columns: vec![700 + 2 * side(100)] };
        assert_eq!(title_measure(&cell, &fit), Some(425));
        let fit = Fit { columns: vec![800 + 2 * side(100)], ..fit };
        assert_eq!(title_measure(&cell, &fit), None);
    }

    #[test]
    fn titles_break_once_more_where_labels_are_whole_only_then() {
        let head = |(column, text): (u16, &&str)| HeaderCell { text: (*text).to_owned(), column, columns: 1, rows: 1 };
        let mut table = table(&["三、国有资本经营预算财政拨款收入"], 3, "1.00");
        let titles = ["项目", "政府性基金预算财政拨款", "政府性基金预算财政拨款", "政府性基金预算财政拨款"];
        table.header = vec![(0..).zip(&titles).map(head).collect()];
        let fit = fit(&table, Room { width: 3500, ..ROOM });
        assert!(fit.size == 105 && labels_whole(&table, &fit), "{fit:?}");
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

    #[test]
    fn a_smaller_size_is_taken_where_labels_then_stay_whole() {
        let label = "三、国有资本经营预算财政拨款收入";
        let table = Table { form: "fiscal-balance".to_owned(), ..table(&[label; 20], 2, "1.00") };
        let wide = ROOM.width;
        let room = |width| Room { width, height: 6000 };
        let narrowest = (0..wide)
            .rev()
            .step_by(50)
            .map(|width| fit(&table, room(width + 1)))
            .take_while(|fit| labels_whole(&table, fit));
        let sizes: Vec<u32> = narrowest.map(|fit| fit.size).collect();
        assert_eq!((sizes.first(), sizes.last()), (Some(&105), Some(&75)), "{sizes:?}");
    }
}
