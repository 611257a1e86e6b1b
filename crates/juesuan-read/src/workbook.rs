//! Workbooks: XLSX and XLS.
//!
//! A broken workbook can make a parser panic or ask for memory without end. Declared and real sizes are bounded before
//! parsing, sheets are read cell by cell, and a panic of the foreign parser becomes a problem of the file.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};
use juesuan_model::Problem;

use crate::archive::Archive;
use crate::budget::{Budget, COLUMNS_MAX, Cost, PART_BYTES_MAX, ROWS_MAX, WORKBOOK_BYTES_MAX};
use crate::compound::{self, Compound};
use crate::drawings;
use crate::file::{BROKEN, EMPTY, LOCKED, fault};
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};
use crate::number::decimal_text;
use crate::sight::Handle;

const PICTURES: &str = "只有图片，没有可以读取的单元格；请提供数据本身，不要用截图";
/// What is said of a formula without a result.
pub(crate) const NO_RESULT: &str = "公式没有保存计算结果";

/// A sheet, and how it is shown.
pub struct Sheet {
    /// Its cells.
    pub grid: Grid,
    /// True if the workbook does not show it.
    pub hidden: bool,
    /// The pictures that lie on it. An XLS says neither which they are nor on which sheet: then each sheet has one without a way
    /// to it.
    pub pictures: Vec<Option<Handle>>,
    /// True if there are boxes with text on it.
    pub has_boxes: bool,
}

/// The cells of the sheets of an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    xlsx_sheets(name, bytes, Budget::sheets()).map(grids)
}

/// The cells of the sheets of an XLS file (Excel 97–2003).
pub fn xls(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    xls_sheets(name, bytes, Budget::sheets()).map(grids)
}

fn grids(sheets: Vec<Sheet>) -> Vec<Grid> {
    sheets.into_iter().map(|sheet| sheet.grid).collect()
}

/// The sheets of an XLSX file.
pub fn xlsx_sheets(name: &str, bytes: &[u8], mut budget: Budget) -> Result<Vec<Sheet>, Problem> {
    let Drawings { any, pictures } = inspect(name, bytes)?;
    let mut sheets = guarded(name, || xlsx_grids(name, bytes, &mut budget))?;
    if any {
        let mut with = drawings::sheets(name, bytes).unwrap_or_default();
        let file: Arc<[u8]> = bytes.into();
        for sheet in &mut sheets {
            let drawn = with.remove(&sheet.grid.sheet).unwrap_or_default();
            sheet.has_boxes = drawn.has_text;
            sheet.pictures = drawn.pictures.into_iter().map(|path| Some(Handle::part(&file, path))).collect();
        }
    }
    not_empty(name, sheets, pictures)
}

/// The sheets of an XLS file (Excel 97–2003).
pub fn xls_sheets(name: &str, bytes: &[u8], mut budget: Budget) -> Result<Vec<Sheet>, Problem> {
    let file = Compound::open(bytes).ok_or_else(|| fault(name, BROKEN))?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).unwrap_or_default();
    let spanned = usize::try_from(compound::cells_spanned(&stream)).unwrap_or(usize::MAX);
    budget.clone().afford(name, Cost::Cells, spanned)?;
    drop(stream);
    let mut sheets = guarded(name, || xls_grids(name, bytes, &mut budget))?;
    let pictures = [&b"\x89PNG"[..], b"JFIF"].iter().any(|magic| memchr::memmem::find(bytes, magic).is_some());
    for sheet in &mut sheets {
        sheet.pictures = if pictures { vec![None] } else { Vec::new() };
    }
    not_empty(name, sheets, pictures)
}

/// What a workbook has besides cells.
struct Drawings {
    any: bool,
    pictures: bool,
}

/// Unpacks every part once to know its real size, and says whether there are drawings and pictures.
fn inspect(name: &str, bytes: &[u8]) -> Result<Drawings, Problem> {
    Archive::open(name, bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| fault(name, BROKEN))?;
    let names: Vec<String> = archive.file_names().filter_map(|part| part.ok().map(|p| p.to_lowercase())).collect();
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| fault(name, BROKEN))?;
        // Sheets are read as they come; every other part is held whole.
        let sheet = part.name().is_ok_and(|name| name.to_lowercase().starts_with("xl/worksheets/"));
        let most = if sheet { WORKBOOK_BYTES_MAX } else { PART_BYTES_MAX };
        let left = most.min(WORKBOOK_BYTES_MAX - unpacked);
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| fault(name, BROKEN))?;
        if size > left {
            let left = left / 1024 / 1024;
            return Err(fault(name, format!("解压后超过 {left} MB，不予读取；请检查来源，或拆成几个文件")));
        }
        unpacked += size;
    }
    let has = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let pictures = has("xl/media/");
    Ok(Drawings { any: pictures || has("xl/drawings/"), pictures })
}

fn guarded(name: &str, read: impl FnOnce() -> Result<Vec<Sheet>, Problem>) -> Result<Vec<Sheet>, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(fault(name, BROKEN)))
}

fn not_empty(name: &str, sheets: Vec<Sheet>, pictures: bool) -> Result<Vec<Sheet>, Problem> {
    if sheets.iter().all(|sheet| sheet.grid.is_blank()) {
        return Err(fault(name, if pictures { PICTURES } else { EMPTY }));
    }
    Ok(sheets)
}

fn xlsx_grids(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let broken = |error: XlsxError| match error {
        XlsxError::Password => fault(name, LOCKED),
        _ => fault(name, BROKEN),
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (sheet, hidden) in worksheets(workbook.sheets_metadata()) {
        let mut grid = Filling::new(name, &sheet, budget);
        let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(broken)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            let value = match (xlsx_value(&cell.value), cell.formula) {
                (Value::Blank, Some(_)) if matches!(cell.value, DataRef::Empty) => Value::Unread(NO_RESULT.to_owned()),
                (value, _) => value,
            };
            grid.put(cell.pos, value)?;
        }
        drop(reader);
        let merged = workbook.merge_cells_by_sheet_name(&sheet).map_err(broken)?;
        sheets.push(Sheet { grid: grid.finish(&merged), hidden, pictures: Vec::new(), has_boxes: false });
    }
    Ok(sheets)
}

fn xls_grids(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let broken = |error: XlsError| match error {
        XlsError::Password => fault(name, LOCKED),
        _ => fault(name, BROKEN),
    };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (sheet, hidden) in worksheets(workbook.sheets_metadata()) {
        let mut grid = Filling::new(name, &sheet, budget);
        let range = workbook.worksheet_range(&sheet).map_err(broken)?;
        if let Some((top, left)) = range.start() {
            for (row, column, value) in range.used_cells() {
                let position =
                    (top + u32::try_from(row).unwrap_or(ROWS_MAX), left + u32::try_from(column).unwrap_or(COLUMNS_MAX));
                grid.put(position, xls_value(value))?;
            }
        }
        let merged = workbook.merge_cells_by_sheet_name(&sheet).map_err(broken)?;
        sheets.push(Sheet { grid: grid.finish(&merged), hidden, pictures: Vec::new(), has_boxes: false });
    }
    Ok(sheets)
}

/// Names of the sheets with cells, and whether they are hidden.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    cells.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// A sheet while it is read.
struct Filling<'a> {
    file: &'a str,
    grid: Grid,
    /// Cells that may still be made in this workbook.
    budget: &'a mut Budget,
}

impl Filling<'_> {
    fn new<'a>(file: &'a str, sheet: &str, budget: &'a mut Budget) -> Filling<'a> {
        let grid = Grid { file: file.to_owned(), sheet: sheet.to_owned(), ..Grid::default() };
        Filling { file, grid, budget }
    }

    fn put(&mut self, (row, column): (u32, u32), value: Value) -> Result<(), Problem> {
        if value.is_blank() {
            return Ok(());
        }
        if row >= ROWS_MAX || column >= COLUMNS_MAX {
            let sheet = &self.grid.sheet;
            return Err(fault(
                self.file,
                format!("工作表“{sheet}”超过 {ROWS_MAX} 行或 {COLUMNS_MAX} 列；请删去多余的内容"),
            ));
        }
        let (row, column) = (row as usize, column as usize);
        let width = self.grid.rows.get(row).map_or(0, |row| row.cells.len());
        // A row without cells takes the room of two.
        let rows = (row + 1).saturating_sub(self.grid.rows.len());
        let cost = (column + 1).saturating_sub(width) + 2 * rows;
        self.budget.afford(self.file, Cost::Cells, cost)?;
        self.budget.afford(self.file, Cost::Characters, value.as_str().chars().count())?;
        while self.grid.rows.len() <= row {
            let line = u32::try_from(self.grid.rows.len() + 1).unwrap_or(u32::MAX);
            self.grid.rows.push(Row { line, ..Row::default() });
        }
        if let Some(row) = self.grid.rows.get_mut(row) {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Value::Blank);
            }
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = value;
            }
        }
        Ok(())
    }

    fn finish(mut self, merged: &[Dimensions]) -> Grid {
        let regions = merged
            .iter()
            .filter(|region| region.start.0 <= region.end.0 && region.start.1 <= region.end.1)
            .map(|region| Merged {
                top: region.start.0 as usize,
                left: region.start.1 as usize,
                bottom: region.end.0 as usize,
                right: region.end.1 as usize,
            })
            .collect();
        self.grid.merged = MergedRegions::new(regions);
        self.grid
    }
}

fn xlsx_value(value: &DataRef<'_>) -> Value {
    match value {
        DataRef::Empty => Value::Blank,
        DataRef::Int(number) => Value::Number(number.to_string()),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => Value::text(text),
        DataRef::SharedString(text) => Value::text(text),
        DataRef::Bool(truth) => boolean(*truth),
        DataRef::DateTime(moment) => day(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso(text),
        DataRef::Error(error) => Value::Unread(error.to_string()),
    }
}

fn xls_value(value: &Data) -> Value {
    match value {
        Data::Empty => Value::Blank,
        Data::Int(number) => Value::Number(number.to_string()),
        Data::Float(number) => float(*number),
        Data::String(text) => Value::text(text),
        Data::Bool(truth) => boolean(*truth),
        Data::DateTime(moment) => day(moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso(text),
        Data::Error(error) => Value::Unread(error.to_string()),
    }
}

fn float(number: f64) -> Value {
    decimal_text(number).map_or_else(|| Value::Unread("不是数".to_owned()), Value::Number)
}

fn boolean(truth: bool) -> Value {
    Value::Text(if truth { "是" } else { "否" }.to_owned())
}

fn iso(text: &str) -> Value {
    Value::Date(text.split('T').next().unwrap_or(text).to_owned())
}

/// A spreadsheet date as a day; a duration (a time of day without a date) stays a number.
fn day(moment: &ExcelDateTime) -> Value {
    if !moment.is_datetime() || moment.as_f64() < 1.0 {
        return float(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Value::Date(format!("{year:04}-{month:02}-{day:02}"))
}
