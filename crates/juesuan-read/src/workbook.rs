//! Workbooks: XLSX and XLS.
//!
//! A broken workbook can make a parser panic or ask for memory without end. Declared and real sizes are bounded before
//! parsing, sheets are read cell by cell, and a panic of the foreign parser becomes a problem of the file.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xls, XlsError, Xlsx, XlsxError};
use juesuan_model::Problem;

use crate::file::fault;
use crate::grid::{COLUMNS_MAX, Grid, Merged, MergedRegions, ROWS_MAX, Row, Value};
use crate::number::decimal_text;

/// Most bytes that an XLSX file may unpack to.
const UNPACKED_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// Most cells of one workbook.
const CELLS_MAX: usize = 50_000_000;

const BROKEN: &str = "文件损坏或不完整，打不开；请用电子表格软件打开后另存，或重新导出";
const LOCKED: &str = "文件加了密码；请去掉密码后另存";
const PICTURES: &str = "只有图片，没有可以读取的单元格；请提供数据本身，不要用截图";
const EMPTY: &str = "没有任何内容；请检查是否存错了文件";

/// The sheets of an XLSX file.
pub fn xlsx(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let pictures = inspect(name, bytes)?;
    let grids = guarded(name, || xlsx_grids(name, bytes))?;
    not_empty(name, grids, pictures)
}

/// The sheets of an XLS file (Excel 97–2003).
pub fn xls(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let has = |text: &str| {
        let needle = utf16(text);
        bytes.windows(needle.len()).any(|window| window == needle)
    };
    if has("EncryptedPackage") {
        return Err(fault(name, LOCKED));
    }
    if has("WordDocument") {
        return Err(fault(name, "内容是 Word 文档，不是表格；请把表格另存为 XLSX 或 CSV"));
    }
    let grids = guarded(name, || xls_grids(name, bytes))?;
    not_empty(name, grids, has("MBD") || bytes.windows(4).any(|w| w == b"\x89PNG" || w == b"JFIF"))
}

/// Unpacks every part once to know its real size, and says whether there are pictures.
fn inspect(name: &str, bytes: &[u8]) -> Result<bool, Problem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| fault(name, BROKEN))?;
    let names: Vec<String> = archive.file_names().filter_map(|part| part.ok().map(|p| p.into_owned())).collect();
    let has = |start: &str| names.iter().any(|part| part.to_lowercase().starts_with(start));
    if !has("xl/") {
        let kind = if has("word/") {
            "Word 文档"
        } else if has("ppt/") {
            "演示文稿"
        } else if has("ofd.xml") {
            "OFD 版式文件"
        } else if has("content.xml") {
            "OpenDocument 文件"
        } else {
            "压缩包"
        };
        return Err(fault(name, format!("内容是{kind}，不是 XLSX 表格；请另存为 XLSX 或 CSV")));
    }
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| fault(name, BROKEN))?;
        let left = UNPACKED_BYTES_MAX - unpacked;
        unpacked += std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| fault(name, BROKEN))?;
        if unpacked > UNPACKED_BYTES_MAX {
            return Err(fault(name, "解压后超过 2 GB；请拆成几个文件"));
        }
    }
    Ok(has("xl/media/"))
}

fn guarded(name: &str, read: impl FnOnce() -> Result<Vec<Grid>, Problem>) -> Result<Vec<Grid>, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(fault(name, BROKEN)))
}

fn not_empty(name: &str, grids: Vec<Grid>, pictures: bool) -> Result<Vec<Grid>, Problem> {
    if grids.iter().all(Grid::is_blank) {
        return Err(fault(name, if pictures { PICTURES } else { EMPTY }));
    }
    Ok(grids)
}

fn xlsx_grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let broken = |error: XlsxError| match error {
        XlsxError::Password => fault(name, LOCKED),
        error => fault(name, format!("{BROKEN}（{error}）")),
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<String> = worksheets(workbook.sheets_metadata());
    let mut grids = Vec::new();
    let mut cells_read = 0;
    for sheet in sheets {
        let mut grid = Sheet::new(name, &sheet);
        let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(broken)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            cells_read += 1;
            if cells_read > CELLS_MAX {
                return Err(fault(name, format!("超过 {CELLS_MAX} 个单元格；请拆成几个文件")));
            }
            let value = match (xlsx_value(&cell.value), cell.formula) {
                (Value::Blank, Some(_)) if matches!(cell.value, DataRef::Empty) => {
                    Value::Unread("公式没有保存计算结果".to_owned())
                }
                (value, _) => value,
            };
            grid.put(cell.pos, value)?;
        }
        drop(reader);
        let merged = workbook.merge_cells_by_sheet_name(&sheet).map_err(broken)?;
        grids.push(grid.finish(&merged));
    }
    Ok(grids)
}

fn xls_grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let broken = |error: XlsError| match error {
        XlsError::Password => fault(name, LOCKED),
        error => fault(name, format!("{BROKEN}（{error}）")),
    };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<String> = worksheets(workbook.sheets_metadata());
    let mut grids = Vec::new();
    for sheet in sheets {
        let mut grid = Sheet::new(name, &sheet);
        let range = workbook.worksheet_range(&sheet).map_err(broken)?;
        if let Some((top, left)) = range.start() {
            for (row, column, value) in range.used_cells() {
                let position =
                    (top + u32::try_from(row).unwrap_or(ROWS_MAX), left + u32::try_from(column).unwrap_or(COLUMNS_MAX));
                grid.put(position, xls_value(value))?;
            }
        }
        let merged = workbook.merge_cells_by_sheet_name(&sheet).map_err(broken)?;
        grids.push(grid.finish(&merged));
    }
    Ok(grids)
}

fn worksheets(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect()
}

/// A sheet while it is read.
struct Sheet<'a> {
    file: &'a str,
    grid: Grid,
}

impl Sheet<'_> {
    fn new<'a>(file: &'a str, sheet: &str) -> Sheet<'a> {
        let grid = Grid { file: file.to_owned(), sheet: sheet.to_owned(), ..Grid::default() };
        Sheet { file, grid }
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
        while self.grid.rows.len() <= row {
            let line = u32::try_from(self.grid.rows.len() + 1).unwrap_or(u32::MAX);
            self.grid.rows.push(Row { line, ..Row::default() });
        }
        if let Some(row) = self.grid.rows.get_mut(row) {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Value::Blank);
            }
            row.cells[column] = value;
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
