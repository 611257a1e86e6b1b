//! Tables: heads that repeat on each page, rows that stay whole, merged headings.

use juesuan_model::{Align, Orientation, Table, TableCell, TableRow};

use super::section::Sheet;
use super::text::{TITLE_SIZE, bookmark_name, bookmarked, paragraph, run, sized};
use crate::grid::{Measure, columns, cover, covered, digit, heading, is_covered, placed, shares, span, text_units};
use crate::markup::{Push, escape};
use crate::outline::is_form;

/// Height of rows and size of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Density {
    /// Least height of a row, 1/20 point.
    pub(super) row: u32,
    /// Height of a line of text, 1/20 point.
    pub(super) line: u32,
    /// Width of a full-width letter, 1/20 point.
    pub(super) letter: u32,
    /// Space left of the text in a cell, and right of it, 1/20 point.
    side: u32,
    style: &'static str,
}

/// Rows that stand together below the heads of a table.
const FIRST_ROWS: usize = 3;

const COMFORTABLE: Density = Density { row: 400, line: 280, letter: 210, side: 70, style: "TableCell" };
const CLOSE: Density = Density { row: 300, line: 280, letter: 210, side: 70, style: "TableCell" };
const SMALL: Density = Density { row: 260, line: 240, letter: 180, side: 70, style: "TableCellSmall" };
const SMALLEST: Density = Density { row: 220, line: 200, letter: 150, side: 40, style: "TableCellSmallest" };

/// The most comfortable density with which the table stands on one page, if there is one.
pub(super) fn density(table: &Table, room: u32) -> Density {
    // A form of more than a page still wants few of them.
    let small = is_narrow(table) || is_form(table) || is_within_text(table);
    on_one_page(table, room).unwrap_or(if small { SMALL } else { CLOSE })
}

/// The most comfortable density with which the table stands on one page.
fn on_one_page(table: &Table, room: u32) -> Option<Density> {
    let all = match (is_narrow(table), is_within_text(table)) {
        // It flows on wherever the text has come to; small letters would save nothing.
        (_, true) => &[COMFORTABLE, CLOSE, SMALL][..],
        (true, false) => &[SMALL, SMALLEST][..],
        (false, false) => &[COMFORTABLE, CLOSE, SMALL, SMALLEST][..],
    };
    all.iter().copied().find(|density| rows_height(table, *density) + 900 <= room)
}

/// A table between paragraphs: neither a statutory one nor a form.
fn is_within_text(table: &Table) -> bool {
    table.form.is_empty() && !is_form(table)
}

fn is_narrow(table: &Table) -> bool {
    columns(table) > 8
}

/// True if the table stands on one page as it is turned, below headings of this height, with every figure whole.
pub(super) fn stands_on_one_page(table: &Table, above: u32) -> bool {
    on_one_page(table, room(table.orientation, above, table)).is_some_and(|density| {
        let widths = widths_of(table, density);
        let cells = table.rows.iter().flat_map(placed).filter(|(_, cell)| cell.is_unbreakable());
        let mut cells = cells.map(|(column, cell)| {
            let width: u32 = widths.iter().skip(column).take(span(cell.columns)).sum();
            text_units(&cell.text) * digit(density.letter) + 2 * density.side <= width
        });
        cells.all(|whole| whole)
    })
}

fn widths_of(table: &Table, density: Density) -> Vec<u32> {
    let whole = Sheet::of(table.orientation).text_width();
    shares(table, Measure { whole, letter: density.letter, padding: 2 * density.side })
}

/// Heights of head and body together.
pub(super) fn rows_height(table: &Table, density: Density) -> u32 {
    let head = u32::try_from(table.header.len()).unwrap_or(0) * density.row;
    head + row_heights(table, density).iter().sum::<u32>()
}

/// Probable height of each body row, by the letters in its cells.
pub(super) fn row_heights(table: &Table, density: Density) -> Vec<u32> {
    let widths = widths_of(table, density);
    let lines = |row: &TableRow| {
        placed(row)
            .map(|(column, cell)| {
                let width: u32 = widths.iter().skip(column).take(span(cell.columns)).sum();
                let room = width
                    .saturating_sub(2 * density.side + u32::from(cell.indent) * density.letter)
                    .max(density.letter);
                let lines = (text_units(&cell.text) * density.letter / 2).div_ceil(room).max(1);
                lines.div_ceil(u32::from(cell.rows.max(1)))
            })
            .max()
            .unwrap_or(1)
    };
    table.rows.iter().map(|row| (lines(row) * density.line + 20).max(density.row)).collect()
}

/// Title, lines above, table, notes below. `number` is the number of its bookmark.
/// Behind a table that is `last` on its page, nothing may need room: it could take a page of its own.
pub(crate) fn block(
    table: &Table,
    (anchor, number): (&str, usize),
    room: u32,
    break_before: &str,
    last: bool,
) -> String {
    let sheet = Sheet::of(table.orientation);
    let mut out = String::new();
    let mut first = break_before;
    if !table.title.is_empty() {
        let large = !table.form.is_empty() || is_form(table);
        let (style, run) = match large {
            true => ("TableTitle", sized(&table.title, TITLE_SIZE, sheet.text_width())),
            false => ("SmallTableTitle", run(&table.title)),
        };
        let title = bookmarked(number, &bookmark_name(anchor), &run);
        out.push_str(&paragraph(style, first, &title));
        first = "";
    }
    let tabs = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>", sheet.text_width());
    for (left, right) in [("", &table.number), (table.entity.as_str(), &table.unit)] {
        if !left.is_empty() || !right.is_empty() {
            let content = format!("{}<w:r><w:tab/></w:r>{}", run(left), run(right));
            out.push_str(&paragraph("TableLine", &format!("{first}{tabs}"), &content));
            first = "";
        }
    }
    out.push_str(&grid_of(table, density(table, room)));
    for (at, note) in table.notes.iter().enumerate() {
        // 2. stands below 1., not below 注.
        let counted = note.starts_with(|first: char| first.is_ascii_digit());
        let indent = if counted { "<w:ind w:left=\"360\"/>" } else { "" };
        let keep = if at + 1 < table.notes.len() { "<w:keepNext/>" } else { "" };
        out.push_str(&paragraph("TableNote", &format!("{keep}{indent}"), &run(note)));
    }
    if table.notes.is_empty() {
        // Two tables without a paragraph between them would become one.
        let line = if last { 20 } else { 200 };
        out.put(format_args!(
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"exact\"/></w:pPr></w:p>"
        ));
    }
    out
}

fn grid_of(table: &Table, density: Density) -> String {
    let widths = widths_of(table, density);
    if widths.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>",
        widths.iter().sum::<u32>()
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.put(format_args!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    out.put(format_args!(
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{side}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>\
         <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
        escape(&table.title),
        side = density.side
    ));
    for width in &widths {
        out.put(format_args!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    head(table, &widths, density, &mut out);
    let covered = covered(table);
    for (number, row) in table.rows.iter().enumerate() {
        let keep = goes_with_next(table, number);
        body_row(row, (number, &covered, keep), &widths, density, &mut out);
    }
    if table.rows.is_empty() {
        let empty = TableCell {
            text: "（无数据）".to_owned(),
            columns: u16::try_from(widths.len()).unwrap_or(u16::MAX),
            align: Align::Center,
            ..TableCell::default()
        };
        body_row(&TableRow { cells: vec![empty], total: false }, (0, &[], false), &widths, density, &mut out);
    }
    out.push_str("</w:tbl>");
    out
}

/// True for a row that stands on the page of what follows: the first rows, so that none stands alone below its heads, the last but
/// one, so that none stands alone on the next page, and the last one above its notes.
fn goes_with_next(table: &Table, number: usize) -> bool {
    let (behind, noted) = (table.rows.len().saturating_sub(number + 1), !table.notes.is_empty());
    match behind {
        0 => noted,
        1 => true,
        _ => number < FIRST_ROWS - 1,
    }
}

fn row_start(density: Density, head: &str, out: &mut String) {
    out.put(format_args!(
        "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>{head}</w:trPr>",
        density.row
    ));
}

/// Width, spans and the paragraph of one cell.
struct CellShape<'a> {
    widths: &'a [u32],
    column: usize,
    columns: usize,
    merge: &'static str,
}

fn cell(shape: &CellShape<'_>, style: &str, properties: &str, content: &str, out: &mut String) {
    let width: u32 = shape.widths.iter().skip(shape.column).take(shape.columns).sum();
    out.put(format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if shape.columns > 1 {
        out.put(format_args!("<w:gridSpan w:val=\"{}\"/>", shape.columns));
    }
    out.put(format_args!("{}<w:vAlign w:val=\"center\"/></w:tcPr>", shape.merge));
    out.push_str(&paragraph(style, properties, content));
    out.push_str("</w:tc>");
}

/// The indent with which a title breaks into lines of equal length: 功能分类 over 科目编码, not 功能分类科目编 over 码. Nothing where it
/// stands on one line.
fn head_indent(text: &str, width: u32, density: Density) -> String {
    let room = width.saturating_sub(2 * density.side);
    let whole = text_units(text) * density.letter / 2;
    if whole <= room || room < density.letter {
        return String::new();
    }
    let lines = whole.div_ceil(room / density.letter * density.letter);
    let line = text_units(text).div_ceil(lines).div_ceil(2) * density.letter + density.letter / 4;
    let beside = room.saturating_sub(line) / 2;
    if beside == 0 { String::new() } else { format!("<w:ind w:left=\"{beside}\" w:right=\"{beside}\"/>") }
}

fn head(table: &Table, widths: &[u32], density: Density, out: &mut String) {
    for (number, line) in cover(table).iter().enumerate() {
        row_start(density, "<w:tblHeader/>", out);
        let mut column = 0;
        while column < widths.len() {
            let spot = line.get(column).copied().flatten();
            let above = spot.and_then(|spot| heading(table, spot).map(|cell| (spot, cell)));
            let mut shape = CellShape { widths, column, columns: 1, merge: "" };
            let mut text = "";
            if let Some((spot, above)) = above {
                let end = (usize::from(above.column) + span(above.columns)).min(widths.len());
                shape.columns = end.saturating_sub(column).max(1);
                let starts = spot.row == number;
                if span(above.rows) > 1 {
                    shape.merge = if starts { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
                }
                text = if starts { above.text.as_str() } else { "" };
            }
            let wide: u32 = widths.iter().skip(column).take(shape.columns).sum();
            let indent = head_indent(text, wide, density);
            cell(&shape, density.style, &format!("{indent}<w:jc w:val=\"center\"/>"), &run(text), out);
            column += shape.columns;
        }
        out.push_str("</w:tr>");
    }
}

fn body_row(
    row: &TableRow,
    (number, covered, keep): (usize, &[Vec<bool>], bool),
    widths: &[u32],
    density: Density,
    out: &mut String,
) {
    row_start(density, "", out);
    let mut end = 0;
    for (column, data) in placed(row) {
        let columns = span(data.columns).min(widths.len().saturating_sub(column));
        if columns == 0 {
            continue;
        }
        let mut properties = if keep { "<w:keepNext/>".to_owned() } else { String::new() };
        if data.indent > 0 {
            properties.put(format_args!("<w:ind w:left=\"{}\"/>", u32::from(data.indent) * density.letter));
        }
        properties.push_str(match data.align {
            Align::Left => "<w:jc w:val=\"left\"/>",
            Align::Center => "<w:jc w:val=\"center\"/>",
            Align::Right => "<w:jc w:val=\"right\"/>",
        });
        let content = if row.total {
            format!("<w:r><w:rPr><w:b/></w:rPr>{}</w:r>", super::text::literal(&data.text))
        } else {
            run(&data.text)
        };
        let merge = match (is_covered(covered, number, column), data.rows > 1) {
            (true, _) => "<w:vMerge/>",
            (false, true) => "<w:vMerge w:val=\"restart\"/>",
            (false, false) => "",
        };
        cell(&CellShape { widths, column, columns, merge }, density.style, &properties, &content, out);
        end = column + columns;
    }
    while end < widths.len() {
        cell(&CellShape { widths, column: end, columns: 1, merge: "" }, density.style, "", "", out);
        end += 1;
    }
    out.push_str("</w:tr>");
}

/// Room for a table on a page of its own below headings of this height, 1/20 point.
pub(super) fn room(orientation: Orientation, above: u32, table: &Table) -> u32 {
    let notes: u32 = table.notes.iter().map(|note| note_height(note, orientation)).sum();
    let around = 500 + 320 * 2 + notes + above;
    Sheet::of(orientation).text_height().saturating_sub(around)
}

/// Probable height of a note, 1/20 point.
pub(super) fn note_height(note: &str, orientation: Orientation) -> u32 {
    20 + 260 * (text_units(note) * SMALL.letter / 2).div_ceil(Sheet::of(orientation).text_width()).max(1)
}
