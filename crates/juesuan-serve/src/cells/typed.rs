//! What was typed, as the sheet that is judged and the file that is kept.

use juesuan_catalog::InputFile;
use juesuan_inputs::scaffold::path_of;
use juesuan_read::files::joined;
use juesuan_read::grid::Row;
use juesuan_read::{Amended, Grid, Value, amended};

use super::{Cells, Form, Head};

/// The ending of files that are written as text.
const CSV: &str = "csv";
/// What office programs need in front to read a text as UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Rows as they were typed, blank ones too: the first are those of the file, in its order.
pub type Typed = Vec<Vec<String>>;

/// What was typed, as a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// The sheet.
    pub grid: Grid,
    /// The line of each typed row in it; `None`: nothing stands in the row.
    pub lines: Vec<Option<u32>>,
}

/// Why a file cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// The workbook cannot be changed.
    Workbook,
    /// The library that writes text.
    Text,
}

impl Cells {
    /// Cells as they came from a form, as rows.
    pub fn typed(&self, cells: Vec<String>) -> Typed {
        let width = self.heads.len().max(1);
        let mut rows: Typed = cells.chunks(width).filter(|row| row.len() == width).map(<[String]>::to_vec).collect();
        // Rows of the file that did not come are to go.
        rows.resize_with(rows.len().max(self.rows.len()), || vec![String::new(); width]);
        for (row, cells) in rows.iter_mut().enumerate() {
            let old = self.rows.get(row).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
            for (column, cell) in cells.iter_mut().enumerate() {
                // A field of a form has one line: a cell of several that nobody has touched is still what it was.
                let kept = old.get(column).filter(|old| one_line(old) == one_line(cell));
                *cell = kept.map_or_else(|| cell.trim().to_owned(), Clone::clone);
            }
        }
        rows
    }

    /// The rows of the file as if they had been typed.
    pub fn untouched(&self) -> Typed {
        self.rows.iter().map(|(_, cells)| cells.clone()).collect()
    }

    /// True if nothing stands in any row.
    pub fn is_blank(typed: &Typed) -> bool {
        typed.iter().flatten().all(String::is_empty)
    }

    /// The file in which it is written.
    pub fn target(&self, kind: &InputFile) -> String {
        let path = match &self.source {
            Some(source) => source.path.clone(),
            None => joined(&kind.folder, path_of(kind).rsplit('/').next().unwrap_or_default()),
        };
        match self.base.form {
            Form::Xlsx => path,
            Form::Text => path.rsplit_once('.').map_or(path.clone(), |(stem, _)| format!("{stem}.{CSV}")),
        }
    }

    /// The sheet that is read when this is saved.
    pub fn laid(&self, typed: &Typed, kind: &InputFile) -> Laid {
        match self.base.form {
            Form::Xlsx => self.laid_in_workbook(typed),
            Form::Text => self.laid_as_text(typed, kind),
        }
    }

    /// The file, from what stands there.
    ///
    /// # Errors
    /// A workbook that cannot be changed, a library that fails.
    pub fn written(&self, typed: &Typed, bytes: &[u8]) -> Result<Vec<u8>, Unwritten> {
        match self.base.form {
            Form::Xlsx => amended(&self.base.grid.file, bytes, &self.base.grid.sheet, &self.amended(typed))
                .map_err(|_| Unwritten::Workbook),
            Form::Text => self.csv(typed).map_err(|_| Unwritten::Text),
        }
    }

    /// True for columns that are written: those of the file, and others in which something was typed.
    fn is_kept(&self, typed: &Typed) -> Vec<bool> {
        let is_filled = |index: usize| typed.iter().any(|row| row.get(index).is_some_and(|cell| !cell.is_empty()));
        let is_new = self.source.is_none();
        let kept = |(index, head): (usize, &Head)| is_new || head.column.is_some() || is_filled(index);
        self.heads.iter().enumerate().map(kept).collect()
    }

    fn csv(&self, typed: &Typed) -> Result<Vec<u8>, csv::Error> {
        let is_kept = self.is_kept(typed);
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(MARK.to_vec());
        // What stands above the table, and heads of several rows, stay.
        let above = self.base.data.checked_sub(1);
        for row in 0..above.unwrap_or_default() {
            let cell = |head: &Head| head.column.map_or("", |column| self.base.grid.cell(row, column).as_str());
            let cells: Vec<&str> =
                self.heads.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(head, _)| cell(head)).collect();
            // A line without any letter would be no line at all.
            if cells.iter().any(|cell| !cell.is_empty()) {
                writer.write_record(cells)?;
            }
        }
        let last = |head: &Head| match (above, head.column) {
            (Some(row), Some(column)) => self.base.grid.cell(row, column).as_str().to_owned(),
            _ => head.text.clone(),
        };
        writer.write_record(self.heads.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(head, _)| last(head)))?;
        for row in typed.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            writer.write_record(row.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    fn laid_as_text(&self, typed: &Typed, kind: &InputFile) -> Laid {
        let read = |bytes: Vec<u8>| juesuan_read::grids_entered(&self.target(kind), &bytes).ok()?.into_iter().next();
        let grid = self.csv(typed).ok().and_then(read).unwrap_or_default();
        let filled = |row: &Vec<String>| row.iter().any(|cell| !cell.is_empty());
        let count = typed.iter().filter(|row| filled(row)).count();
        let mut lines = grid.rows.iter().skip(grid.rows.len().saturating_sub(count)).map(|row| row.line);
        let lines = typed.iter().map(|row| if filled(row) { lines.next() } else { None }).collect();
        Laid { grid, lines }
    }

    /// Lines of typed rows in the workbook: those behind the rows of the file follow the last of it.
    fn lines_of(&self, typed: &Typed) -> Vec<u32> {
        let below = u32::try_from(self.base.grid.rows.len().max(self.base.data)).unwrap_or(u32::MAX);
        let mut next = below;
        let line = |row: usize| {
            self.rows.get(row).map(|(line, _)| *line).unwrap_or_else(|| {
                next = next.saturating_add(1);
                next
            })
        };
        (0..typed.len()).map(line).collect()
    }

    /// The cells of the workbook that change.
    fn amended(&self, typed: &Typed) -> Amended {
        let mut out = Amended::new();
        let grid = &self.base.grid;
        for row in self.base.examples.iter().filter_map(|row| grid.rows.get(*row)) {
            let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
            out.extend(filled.map(|(column, _)| ((row.line, column), Value::Blank)));
        }
        let columns = self.columns();
        let is_kept = self.is_kept(typed);
        let top = u32::try_from(self.base.data).unwrap_or(u32::MAX);
        for ((head, column), _) in self.heads.iter().zip(&columns).zip(&is_kept).filter(|(_, kept)| **kept) {
            if head.column.is_none() {
                out.insert((top, *column), Value::text(&head.text));
            }
        }
        for (row, (cells, line)) in typed.iter().zip(self.lines_of(typed)).enumerate() {
            let old = self.rows.get(row).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
            for (index, (cell, (head, column))) in cells.iter().zip(self.heads.iter().zip(&columns)).enumerate() {
                if cell.as_str() != old.get(index).map_or("", String::as_str) {
                    out.insert((line, *column), value(head, cell));
                }
            }
        }
        out
    }

    /// Where each column stands in the workbook; those that it lacks follow the last.
    pub(super) fn columns(&self) -> Vec<usize> {
        let mut next = self.base.grid.width();
        let place = |head: &Head| {
            head.column.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        self.heads.iter().map(place).collect()
    }

    fn laid_in_workbook(&self, typed: &Typed) -> Laid {
        let mut grid = self.base.grid.clone();
        for ((line, column), value) in self.amended(typed) {
            let Some(row) = usize::try_from(line).ok().and_then(|line| line.checked_sub(1)) else { continue };
            while grid.rows.len() <= row {
                let line = u32::try_from(grid.rows.len() + 1).unwrap_or(u32::MAX);
                grid.rows.push(Row { line, ..Row::default() });
            }
            let Some(row) = grid.rows.get_mut(row) else { continue };
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Value::Blank);
            }
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = value;
            }
        }
        let lines = typed.iter().zip(self.lines_of(typed));
        let lines = lines.map(|(row, line)| row.iter().any(|cell| !cell.is_empty()).then_some(line)).collect();
        Laid { grid, lines }
    }
}

/// A cell as the workbook keeps it: numbers as such, so that office programs go on calculating with them.
fn value(head: &Head, text: &str) -> Value {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // Spreadsheets keep fifteen digits of a number.
    let is_exact = digits.len() + fraction.len() <= 15 && (digits == "0" || !digits.starts_with('0'));
    if head.is_number && is_plain(digits) && is_plain(fraction) && is_exact {
        return Value::Number(text.to_owned());
    }
    Value::text(text)
}

/// A text as a field of one line has it.
fn one_line(text: &str) -> String {
    text.trim().chars().filter(|c| !matches!(c, '\n' | '\r')).collect()
}

#[cfg(test)]
mod tests {
    use juesuan_catalog::Catalog;
    use juesuan_inputs::Mapping;
    use juesuan_inputs::scaffold::{Answers, Scaffold};
    use juesuan_read::{Memory, grids_entered};

    use super::*;
    use crate::cells::{Lock, Source, sources};

    fn of<'c>(catalog: &'c Catalog, key: &str) -> &'c InputFile {
        catalog.entry.spec(key, &catalog.inputs).unwrap()
    }

    fn read(folder: &Memory, kind: &InputFile, source: &Source) -> Cells {
        let catalog = Catalog::load(&[]).unwrap();
        Cells::read(folder, kind, Some(source), (&Mapping::default(), &catalog)).unwrap()
    }

    fn at(path: &str) -> Source {
        Source { path: path.to_owned(), sheet: String::new() }
    }

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn an_empty_table_has_the_columns_of_its_kind_and_is_written_where_its_reader_looks() {
        let catalog = Catalog::load(&[]).unwrap();
        for kind in
            catalog.inputs.iter().filter(|kind| matches!(kind.folder.as_str(), "budget" | "registers" | "performance"))
        {
            let empty = Cells::read(&Memory::folder("甲"), kind, None, (&Mapping::default(), &catalog)).unwrap();
            assert_eq!(empty.heads.len(), kind.column.len(), "{}", kind.key);
            let mut folder = Memory::folder("甲");
            folder.put(&empty.target(kind), empty.written(&Typed::new(), b"").unwrap());
            assert_eq!(sources(&folder, kind, &catalog), [at(&empty.target(kind))], "{}", kind.key);
        }
    }

    #[test]
    fn a_text_keeps_its_title_its_unit_its_own_columns_and_cells_of_several_lines() {
        let catalog = Catalog::load(&[]).unwrap();
        let kind = of(&catalog, "contracts");
        let text =
            "合同登记表,,,,,\n合同编号,采购类别,合同金额（万元）,企业规模,自己的,空列\n\"甲\n一\",货物,1.5,小型,x,\n";
        let mut folder = Memory::folder("甲");
        folder.put("registers/采购合同.txt", text);
        let cells = read(&folder, kind, &at("registers/采购合同.txt"));
        let heads: Vec<&str> = cells.heads.iter().map(|head| head.text.as_str()).collect();
        assert_eq!(heads[..6], ["合同编号", "采购类别", "合同金额（万元）", "企业规模", "自己的", "空列"]);
        let blank = vec![String::new(); heads.len()];
        let mut sent = cells.untouched().concat();
        sent[0] = "甲一".to_owned();
        let mut more = row(&["乙", "服务", "2", "其他", "a,\"b", ""]);
        more.resize(heads.len(), String::new());
        let typed = cells.typed([sent, blank, more].concat());
        assert_eq!(cells.target(kind), "registers/采购合同.csv");
        let bytes = cells.written(&typed, text.as_bytes()).unwrap();
        let laid = cells.laid(&typed, kind);
        assert_eq!(laid.grid, grids_entered("registers/采购合同.csv", &bytes).unwrap()[0]);
        assert_eq!(laid.lines, [Some(3), None, Some(5)], "a row in which nothing stands is none");
        let written = String::from_utf8(bytes).unwrap();
        let expected = "合同登记表,,,,,\n合同编号,采购类别,合同金额（万元）,企业规模,自己的,空列\n\"甲\n一\",货物,1.5,小型,x,\n乙,服务,2,其他,\"a,\"\"b\",\n";
        assert_eq!(written.trim_start_matches('\u{feff}'), expected);
    }

    #[test]
    fn stages_side_by_side_stay_side_by_side() {
        let catalog = Catalog::load(&[]).unwrap();
        let kind = of(&catalog, "budget");
        let text = "功能科目,支出性质,资金性质,年初预算数,全年预算数\n2010301,公用经费,一般公共预算,1,2\n";
        let mut folder = Memory::folder("甲");
        folder.put("budget/预算指标.csv", text);
        let cells = read(&folder, kind, &at("budget/预算指标.csv"));
        assert_eq!(cells.heads.len(), 5, "no other column is asked for");
        let bytes = cells.written(&cells.untouched(), text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}'), text);
    }

    fn entry_book(catalog: &Catalog) -> Memory {
        let answers =
            Answers { name: "甲局".to_owned(), year: 2023, variant: "hubei".to_owned(), ..Answers::default() };
        let mut folder = Memory::folder("甲");
        for (path, bytes) in Scaffold::workbook(catalog, &answers).unwrap().files {
            folder.put(&path, bytes);
        }
        folder
    }

    #[test]
    fn a_sheet_of_the_workbook_for_everything_changes_alone_and_its_example_goes() {
        let catalog = Catalog::load(&[]).unwrap();
        let kind = of(&catalog, "three-public-budget");
        let mut folder = entry_book(&catalog);
        let found = sources(&folder, kind, &catalog);
        assert_eq!(found.len(), 1);
        let cells = read(&folder, kind, &found[0]);
        assert_eq!((cells.rows.len(), cells.lock), (0, None));
        let typed = cells.typed(row(&["2023", "年初预算", "公务接待费", "", "1234.5"]));
        let old = juesuan_read::file::bytes_of(&folder, &found[0].path, "x").unwrap();
        let new = cells.written(&typed, &old).unwrap();
        let (before, after) =
            (grids_entered("填报表.xlsx", &old).unwrap(), grids_entered("填报表.xlsx", &new).unwrap());
        for (one, other) in before.iter().zip(&after).filter(|(one, _)| one.sheet != found[0].sheet) {
            assert_eq!(one, other, "{}", one.sheet);
        }
        let laid = cells.laid(&typed, kind);
        folder.put(&found[0].path, new);
        let back = read(&folder, kind, &found[0]);
        assert_eq!(back.rows, [(laid.lines[0].unwrap(), typed[0].clone())]);
        let own = after.iter().find(|grid| grid.sheet == found[0].sheet).unwrap();
        for row in 0..own.rows.len() {
            for column in 0..own.width() {
                assert_eq!(own.cell(row, column), laid.grid.cell(row, column), "what is judged is what is saved");
            }
        }
        // Rows in the workbook come before a file, a sheet without any behind it.
        folder.put("budget/三公经费预算.csv", "年度,阶段,项目,金额\n");
        assert_eq!(sources(&folder, kind, &catalog).len(), 2);
        assert_eq!(sources(&folder, kind, &catalog)[0], found[0]);
        let mut untouched = entry_book(&catalog);
        untouched.put("budget/三公经费预算.csv", "年度,阶段,项目,金额\n");
        assert_eq!(sources(&untouched, kind, &catalog)[1], found[0]);
    }

    #[test]
    fn only_numbers_that_a_spreadsheet_keeps_exactly_are_written_as_numbers() {
        let number = Head { is_number: true, ..Head::default() };
        for text in ["0", "-3.20", "123456789012.34"] {
            assert_eq!(value(&number, text), Value::Number(text.to_owned()));
        }
        for text in ["1,234.50", "(3.2)", "007", "1.", "12345678901234567", "１２", "-"] {
            assert_eq!(value(&number, text), Value::Text(text.to_owned()));
        }
        assert_eq!(value(&Head::default(), "2010301"), Value::Text("2010301".to_owned()));
    }

    #[test]
    fn a_workbook_with_formulas_or_joined_cells_is_only_looked_at() {
        let catalog = Catalog::load(&[]).unwrap();
        let kind = of(&catalog, "procurement-budget");
        let lock = |fill: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "类别").unwrap().write_string(0, 1, "金额").unwrap();
            fill(sheet);
            let mut folder = Memory::folder("甲");
            folder.put("budget/采购预算.xlsx", book.save_to_buffer().unwrap());
            read(&folder, kind, &at("budget/采购预算.xlsx")).lock
        };
        let plain = |sheet: &mut rust_xlsxwriter::Worksheet| {
            sheet.write_string(1, 0, "货物采购").unwrap().write_number(1, 1, 5).unwrap();
        };
        assert_eq!(lock(&plain), None);
        assert_eq!(
            lock(&|sheet| {
                sheet.write_formula(1, 1, "=1+1").unwrap();
            }),
            Some(Lock::Formulas)
        );
        let format = rust_xlsxwriter::Format::new();
        assert_eq!(
            lock(&|sheet| {
                sheet.merge_range(1, 0, 2, 0, "货物采购", &format).unwrap();
            }),
            Some(Lock::Merged)
        );
    }
}
