//! Workbooks as documents: each sheet is its name and one table.

use juesuan_model::{Place, Problem};
use juesuan_text::Ordinal;

use crate::budget::Budget;
use crate::grid::{Grid, Row, Value, column_letters};
use crate::layout::line;
use crate::pages::{Format, PageLine, Pages, Piece};
use crate::percents::{self, Percent};
use crate::sight::{self, Picture, Sight};
use crate::workbook::{self, NO_RESULT, Sheet};

/// Cells beside each other in a row of a sheet that is a text, at most: a number and what it counts.
const TEXT_CELLS_MAX: usize = 2;

/// Reads an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let mut sheets = workbook::xlsx_sheets(name, bytes, Budget::document())?;
    let mut percents = percents::cells(name, bytes).unwrap_or_default();
    for grid in sheets.iter_mut().map(|sheet| &mut sheet.grid) {
        show_percents(grid, &percents.remove(&grid.sheet).unwrap_or_default());
    }
    Ok(pages(name, Format::Xlsx, sheets, sight))
}

/// Reads an XLS file.
pub fn xls(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    workbook::xls_sheets(name, bytes, Budget::document()).map(|sheets| pages(name, Format::Xls, sheets, sight))
}

/// Numbers that a sheet shows in percent, as it shows them.
fn show_percents(grid: &mut Grid, percents: &[Percent]) {
    for Percent { row, column, decimals } in percents {
        let Some(cell) = grid.rows.get_mut(*row).and_then(|row| row.cells.get_mut(*column)) else { continue };
        let shown = if let Value::Number(number) = &cell { percents::shown(number, *decimals) } else { None };
        if let Some(shown) = shown {
            *cell = Value::Text(shown);
        }
    }
}

/// The problem of a sheet with formulas of which nobody saved what they come to.
fn without_results(grid: &Grid) -> Option<Problem> {
    let cells = |(at, row): (usize, &Row)| {
        let without =
            row.cells.iter().enumerate().filter(|(_, cell)| matches!(cell, Value::Unread(why) if why == NO_RESULT));
        without.map(move |(column, _)| format!("{}{}", column_letters(column), at + 1)).collect::<Vec<_>>()
    };
    let cells: Vec<String> = grid.rows.iter().enumerate().flat_map(cells).collect();
    let (first, count) = (cells.first()?, cells.len());
    let message = format!("{first} 等 {count} 格的{NO_RESULT}，没有读；请用电子表格软件打开，重新计算后另存");
    Some(Problem::doubt(grid.place_of_sheet(), message))
}

/// True for a sheet that is a text: one cell in a row, or sentences and mostly one.
fn is_text(grid: &Grid) -> bool {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let rows: Vec<usize> = grid.rows.iter().map(filled).filter(|count| *count > 0).collect();
    let alone = rows.iter().filter(|count| **count == 1).count();
    let sentences = grid.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.as_str().contains('。'));
    let mostly = sentences && rows.iter().all(|count| *count <= TEXT_CELLS_MAX) && alone * 10 >= rows.len() * 9;
    mostly || alone == rows.len()
}

/// The paragraphs of a sheet that is a text: what stands beside each other is one, each line of a cell is one.
fn paragraphs(grid: &Grid) -> impl Iterator<Item = PageLine> {
    grid.rows.iter().enumerate().flat_map(|(at, row)| {
        let cells: Vec<&str> = row.cells.iter().map(Value::as_str).filter(|text| !text.is_empty()).collect();
        let (text, place) = (cells.join(" "), grid.place(at));
        let lines: Vec<PageLine> = text.split(['\n', '\r']).filter_map(|text| line(text, place.clone())).collect();
        lines.into_iter().map(|line| PageLine { ends: true, ..line })
    })
}

fn pages(name: &str, format: Format, sheets: Vec<Sheet>, sight: &dyn Sight) -> Pages {
    let mut pages = Pages { file: name.to_owned(), format, count: 0, pieces: Vec::new(), problems: Vec::new() };
    for Sheet { grid, hidden, pictures } in sheets {
        let title = grid.sheet.clone();
        let place = Place { table: Some(title.clone()), file: Some(name.to_owned()), ..Place::default() };
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
                let message = format!("工作表“{title}”里只有图片，没有可以读取的单元格；请提供数据本身，不要用截图");
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
        pages.problems.extend(without_results(&grid));
        // The number of a sheet counts the sheets.
        let name = Ordinal::of(&title).map_or(title.as_str(), |own| own.rest(&title)).trim().to_owned();
        let heading = PageLine { text: name, place, heading: Some(1), ends: true, ..PageLine::default() };
        pages.pieces.push(Piece::Line(heading));
        if is_text(&grid) {
            pages.pieces.extend(paragraphs(&grid).map(Piece::Line));
        } else {
            pages.pieces.push(Piece::Grid(grid));
        }
        sight::look(&mut shown, sight);
        pages.pieces.append(&mut shown);
    }
    pages
}
