//! Workbooks as documents: each sheet is its name and one table.

use std::collections::BTreeSet;

use juesuan_model::{Place, Problem};
use juesuan_text::{Ordinal, part};

use crate::biff;
use crate::budget::Budget;
use crate::formats::{self, Shown};
use crate::grid::{Grid, Merged, MergedRegions, Row, Value, column_letters};
use crate::layout::line;
use crate::pages::{Format, PageLine, Pages, Piece};
use crate::said::said;
use crate::sight::{self, Picture, Sight};
use crate::workbook::{self, NO_RESULT, Sheet};

/// Cells beside each other in a row of a sheet that is a text, at most: a number and what it counts.
const TEXT_CELLS_MAX: usize = 2;
/// Rows that are a sentence alone, from which on a sheet is a text with tables in it.
const SENTENCES_MIN: usize = 3;

/// Reads an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let mut sheets = workbook::xlsx_sheets(name, bytes, Budget::document())?;
    let mut looks = formats::looks(name, bytes).unwrap_or_default();
    let mut unseen = BTreeSet::new();
    for grid in sheets.iter_mut().map(|sheet| &mut sheet.grid) {
        let look = looks.remove(&grid.sheet).unwrap_or_default();
        if look.hidden.hides_all(grid) {
            unseen.insert(grid.sheet.clone());
        }
        show(grid, &look.cells);
    }
    Ok(pages(name, Format::Xlsx, sheets, &unseen, sight))
}

/// Reads an XLS file.
pub fn xls(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let mut sheets = workbook::xls_sheets(name, bytes, Budget::document())?;
    let mut shown = biff::shown(bytes);
    for grid in sheets.iter_mut().map(|sheet| &mut sheet.grid) {
        show(grid, &shown.remove(&grid.sheet).unwrap_or_default());
    }
    Ok(pages(name, Format::Xls, sheets, &BTreeSet::new(), sight))
}

/// Numbers in percent as the sheet shows them; others as they are stored.
pub(crate) fn show_percents(grid: &mut Grid, cells: &[Shown]) {
    let percents: Vec<Shown> = cells.iter().filter(|shown| shown.way.percent).copied().collect();
    show(grid, &percents);
}

/// Numbers as the sheet shows them.
fn show(grid: &mut Grid, cells: &[Shown]) {
    for Shown { row, column, way } in cells {
        let Some(cell) = grid.rows.get_mut(*row).and_then(|row| row.cells.get_mut(*column)) else { continue };
        let shown = if let Value::Number(number) = &cell { formats::shown(number, *way) } else { None };
        if let Some(shown) = shown {
            *cell = if way.percent { Value::Text(shown) } else { Value::Number(shown) };
        }
    }
}

/// The problems of a sheet with formulas of which nobody saved what they come to, and of one with formulas that failed.
fn without_results(grid: &Grid) -> Vec<Problem> {
    let (mut unsaved, mut failed) = ((String::new(), 0usize), (String::new(), 0usize));
    for (at, row) in grid.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let Value::Unread(why) = cell else { continue };
            let (first, count) = if why == NO_RESULT { &mut unsaved } else { &mut failed };
            if *count == 0 {
                *first = format!("{}{}", column_letters(column), at + 1);
                if why != NO_RESULT {
                    *first += &format!("（{why}）");
                }
            }
            *count += 1;
        }
    }
    let mut problems = Vec::new();
    let mut tell = |message: String| problems.push(Problem::doubt(grid.place_of_sheet(), message));
    let ((first, count), (wrong, errors)) = (unsaved, failed);
    if count > 0 {
        tell(format!("{first} 等 {count} 格的{NO_RESULT}，没有读；请用电子表格软件打开，重新计算后另存"));
    }
    if errors > 0 {
        tell(said("failed", &[("count", &errors.to_string()), ("first", &wrong)]));
    }
    problems
}

/// Cells of a row with content.
fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

/// True for a row that is a sentence and nothing else.
fn is_sentence(row: &Row) -> bool {
    filled(row) == 1 && row.cells.iter().any(|cell| cell.as_str().contains('。'))
}

/// True for a sheet that is a text: one cell in a row, or sentences and mostly one.
fn is_text(grid: &Grid) -> bool {
    let rows: Vec<usize> = grid.rows.iter().map(filled).filter(|count| *count > 0).collect();
    let alone = rows.iter().filter(|count| **count == 1).count();
    let sentences = grid.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.as_str().contains('。'));
    let mostly = sentences && rows.iter().all(|count| *count <= TEXT_CELLS_MAX) && alone * 10 >= rows.len() * 9;
    mostly || alone == rows.len()
}

/// The tables that stand in the text of a sheet, as rows from the first to behind the last; none where the sheet is a table. Rows
/// of single cells inside a table belong to it: nothing stands beside the name of what did not happen.
fn tables_in_text(grid: &Grid) -> Option<Vec<(usize, usize)>> {
    let sentences = grid.rows.iter().filter(|row| is_sentence(row)).count();
    let rows = || grid.rows.iter().map(filled).filter(|count| *count > 0);
    let alone = rows().filter(|count| *count == 1).count();
    if sentences < SENTENCES_MIN || alone * 2 < rows().count() {
        return None;
    }
    let mut tables: Vec<(usize, usize)> = Vec::new();
    for (at, row) in grid.rows.iter().enumerate().filter(|(_, row)| filled(row) > 1) {
        let goes_on = |end: usize| {
            let between = part(&grid.rows, end..at);
            between.len() <= 1 && between.iter().all(|row| filled(row) == 1 && !is_sentence(row)) && has_number(row)
        };
        match tables.last_mut().filter(|(_, end)| *end == at || goes_on(*end)) {
            Some((_, end)) => *end = at + 1,
            None => tables.push((at, at + 1)),
        }
    }
    // One row of two cells is a line of the text.
    tables.retain(|(from, end)| end - from > 1 || grid.rows.get(*from).is_some_and(|row| filled(row) > TEXT_CELLS_MAX));
    Some(tables)
}

/// Rows of single cells above a table, up to the last that is a sentence: what is said there is no part of the table.
fn text_above(grid: &Grid) -> Option<usize> {
    let above = grid.rows.iter().take_while(|row| filled(row) <= 1);
    above.enumerate().filter(|(_, row)| is_sentence(row)).map(|(at, _)| at + 1).last()
}

/// Rows of single cells below a table, from the first that is a sentence on.
fn text_below(grid: &Grid) -> Option<usize> {
    let below = grid.rows.iter().enumerate().rev().take_while(|(_, row)| filled(row) <= 1);
    below.filter(|(_, row)| is_sentence(row)).map(|(at, _)| at).last()
}

/// A table with the text above and below it, as [`tables_in_text`]; none where nothing but the table stands on the sheet.
fn table_between_texts(grid: &Grid) -> Option<Vec<(usize, usize)>> {
    let (above, below) = (text_above(grid), text_below(grid));
    let (from, end) = (above.unwrap_or(0), below.unwrap_or(grid.rows.len()));
    ((above.is_some() || below.is_some()) && from < end).then(|| vec![(from, end)])
}

fn has_number(row: &Row) -> bool {
    let digits =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    row.cells.iter().any(|cell| matches!(cell, Value::Number(_)) || digits(cell.as_str()))
}

/// The paragraphs of rows that are a text: what stands beside each other is one, each line of a cell is one.
fn paragraphs(grid: &Grid, rows: std::ops::Range<usize>) -> impl Iterator<Item = Piece> {
    let rows = part(&grid.rows, rows.clone()).iter().zip(rows);
    rows.flat_map(|(row, at)| {
        let cells: Vec<&str> = row.cells.iter().map(Value::as_str).filter(|text| !text.is_empty()).collect();
        let (text, place) = (cells.join(" "), grid.place(at));
        let lines: Vec<PageLine> = text.split(['\n', '\r']).filter_map(|text| line(text, place.clone())).collect();
        lines.into_iter().map(|line| Piece::Line(PageLine { ends: true, ..line }))
    })
}

/// Some rows of a sheet as a table of their own.
fn cut(grid: &Grid, rows: std::ops::Range<usize>) -> Grid {
    let inside = |m: &&Merged| rows.contains(&m.top) && rows.contains(&m.bottom);
    let moved = |m: &Merged| Merged { top: m.top - rows.start, bottom: m.bottom - rows.start, ..*m };
    let merged = MergedRegions::new(grid.merged.iter().filter(inside).map(moved).collect());
    Grid {
        rows: part(&grid.rows, rows).to_vec(),
        merged,
        file: grid.file.clone(),
        sheet: grid.sheet.clone(),
        columns: 0,
    }
}

/// What stands on a sheet: paragraphs, a table, or a text with tables in it.
fn content(grid: Grid) -> Vec<Piece> {
    let tables = if is_text(&grid) { Some(Vec::new()) } else { tables_in_text(&grid) };
    let Some(tables) = tables.or_else(|| table_between_texts(&grid)) else {
        return vec![Piece::Grid(grid)];
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    for (begin, end) in tables {
        pieces.extend(paragraphs(&grid, from..begin));
        pieces.push(Piece::Grid(cut(&grid, begin..end)));
        from = end;
    }
    pieces.extend(paragraphs(&grid, from..grid.rows.len()));
    pieces
}

/// The pages of sheets; `unseen` are those of which every row or column with something in it is hidden.
fn pages(name: &str, format: Format, sheets: Vec<Sheet>, unseen: &BTreeSet<String>, sight: &dyn Sight) -> Pages {
    let mut pages = Pages::unpaged(name, format, Vec::new(), Vec::new());
    for Sheet { grid, hidden, pictures, has_boxes } in sheets {
        let title = grid.sheet.clone();
        let place = Place { table: Some(title.clone()), file: Some(name.to_owned()), ..Place::default() };
        if has_boxes && !hidden {
            let message = said("boxes", &[("sheet", &title)]);
            pages.problems.push(Problem::doubt(place.clone(), message));
        }
        // The first of the pictures of a sheet without cells stands for the sheet.
        let cover = if grid.is_blank() { 100 } else { 0 };
        let picture = |(at, handle)| {
            let cover = if at == 0 { cover } else { 0 };
            Piece::Picture(Picture { place: place.clone(), cover, handle })
        };
        let mut shown: Vec<Piece> = pictures.into_iter().enumerate().map(picture).collect();
        if grid.is_blank() {
            if !hidden && !shown.is_empty() {
                let seen = !sight::look(&mut shown, sight).is_empty();
                let message = format!(
                    "工作表“{title}”里只有图片，没有可以读取的单元格；请提供数据本身，不要用截图{}",
                    sight::advice(sight)
                );
                pages.problems.extend((!seen).then(|| Problem::doubt(place.clone(), message)));
                pages.pieces.append(&mut shown);
            }
            continue;
        }
        if hidden {
            let message = format!("工作表“{title}”是隐藏的，没有读；需要时请取消隐藏");
            pages.problems.push(Problem::doubt(place, message));
            continue;
        }
        if unseen.contains(&title) {
            let message = said("unseen", &[("sheet", &title)]);
            pages.problems.push(Problem::doubt(place, message));
            continue;
        }
        pages.problems.extend(without_results(&grid));
        // The number of a sheet counts the sheets.
        let name = Ordinal::of(&title).map_or(title.as_str(), |own| own.rest(&title)).trim().to_owned();
        let heading = PageLine { text: name, place, heading: Some(1), ends: true, ..PageLine::default() };
        pages.pieces.push(Piece::Line(heading));
        pages.pieces.extend(content(grid));
        sight::look(&mut shown, sight);
        pages.pieces.append(&mut shown);
    }
    pages.problems.extend(sight::recognised(name, &pages.pieces));
    pages
}
