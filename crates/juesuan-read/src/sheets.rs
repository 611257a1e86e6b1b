//! Workbooks as documents: each sheet is its name and one table.

use juesuan_model::{Place, Problem};

use crate::budget::Budget;
use crate::grid::{Grid, Row, Value, column_letters};
use crate::pages::{Format, PageLine, Pages, Piece};
use crate::sight::{self, Picture, Sight};
use crate::workbook::{self, NO_RESULT, Sheet};

/// Reads an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    workbook::xlsx_sheets(name, bytes, Budget::document()).map(|sheets| pages(name, Format::Xlsx, sheets, sight))
}

/// Reads an XLS file.
pub fn xls(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    workbook::xls_sheets(name, bytes, Budget::document()).map(|sheets| pages(name, Format::Xls, sheets, sight))
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
        let heading =
            PageLine { text: title, place: place.clone(), heading: Some(1), ends: true, ..PageLine::default() };
        pages.pieces.extend([Piece::Line(heading), Piece::Grid(grid)]);
        sight::look(&mut shown, sight);
        pages.pieces.append(&mut shown);
    }
    pages
}
