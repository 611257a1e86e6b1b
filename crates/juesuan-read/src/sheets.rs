//! Workbooks as documents: each sheet is its name and one table.

use juesuan_model::{Place, Problem};

use crate::pages::{Format, PageLine, Pages, Piece};
use crate::workbook::{self, Sheet};

/// Reads an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    workbook::xlsx_sheets(name, bytes).map(|sheets| pages(name, Format::Xlsx, sheets))
}

/// Reads an XLS file.
pub fn xls(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    workbook::xls_sheets(name, bytes).map(|sheets| pages(name, Format::Xls, sheets))
}

fn pages(name: &str, format: Format, sheets: Vec<Sheet>) -> Pages {
    let mut pages = Pages { file: name.to_owned(), format, count: 0, pieces: Vec::new(), problems: Vec::new() };
    for Sheet { grid, hidden, pictures } in sheets {
        let title = grid.sheet.clone();
        let place = Place { table: Some(title.clone()), file: Some(name.to_owned()), ..Place::default() };
        if grid.is_blank() {
            if pictures && !hidden {
                let message = format!("工作表“{title}”里只有图片，没有可以读取的单元格；请提供数据本身，不要用截图");
                pages.problems.push(Problem::doubt(place.clone(), message));
                pages.pieces.push(Piece::Picture { place, cover: 100 });
            }
            continue;
        }
        if hidden {
            let message = format!("工作表“{title}”是隐藏的，没有读；需要时请取消隐藏");
            pages.problems.push(Problem::doubt(place, message));
            continue;
        }
        let heading =
            PageLine { text: title, place: place.clone(), heading: Some(1), ends: true, ..PageLine::default() };
        pages.pieces.extend([Piece::Line(heading), Piece::Grid(grid)]);
        if pictures {
            pages.pieces.push(Piece::Picture { place, cover: 0 });
        }
    }
    pages
}
