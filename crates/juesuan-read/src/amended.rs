//! An XLSX file with other contents in some cells of one sheet; everything else stays as it was, byte for byte.
//!
//! Only the cells that are named are written: looks, notes, other sheets, and what this program does not understand, are copied.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use juesuan_model::Problem;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{System, ZipArchive, ZipWriter};

use crate::archive::Archive;
use crate::drawings::{each, worksheets};
use crate::file::{BROKEN, fault};
use crate::formats::position;
use crate::grid::{Value, column_letters};
use crate::xml;

/// The part that says when formulas are calculated.
const BOOK: &str = "xl/workbook.xml";
/// Elements of a sheet.
const DATA: &str = "sheetData";
const ROW: &str = "row";
const CELL: &str = "c";

/// Cells by row, from 1 as spreadsheets count, and column, from 0.
pub type Amended = BTreeMap<(u32, usize), Value>;

/// Why a workbook cannot be written in this way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unamendable {
    /// It is no XLSX file that can be read to its end.
    Unread(Box<Problem>),
    /// There is no such sheet.
    NoSheet,
    /// A formula stands in a cell that is to be changed.
    Formula,
}

impl From<Problem> for Unamendable {
    fn from(problem: Problem) -> Unamendable {
        Unamendable::Unread(Box::new(problem))
    }
}

/// The sheets of an XLSX file in which formulas stand: what these show is only calculated anew by an office program.
///
/// # Errors
/// A file that is no XLSX, or damaged.
pub fn with_formulas(name: &str, bytes: &[u8]) -> Result<BTreeSet<String>, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let mut found = BTreeSet::new();
    for (sheet, path) in worksheets(&mut archive)? {
        let mut has = false;
        each(&mut archive, &path, &mut |tag| has |= xml::name(tag) == "f")?;
        found.extend(has.then_some(sheet));
    }
    Ok(found)
}

/// The file with these contents in cells of a sheet.
///
/// # Errors
/// See [`Unamendable`].
pub fn amended(name: &str, bytes: &[u8], sheet: &str, cells: &Amended) -> Result<Vec<u8>, Unamendable> {
    let broken = || Unamendable::Unread(Box::new(fault(name, BROKEN)));
    let mut archive = Archive::open(name, bytes)?;
    let (_, path) = worksheets(&mut archive)?.into_iter().find(|(own, _)| own == sheet).ok_or(Unamendable::NoSheet)?;
    let part = archive.part(&path)?.ok_or_else(broken)?;
    let sheet = Writing::new(&xml::decode(&part), cells).written().map_err(|fault| fault.unwrap_or_else(broken))?;
    let book = archive.part(BOOK)?.ok_or_else(broken)?;
    let book = calculated_on_load(&xml::decode(&book)).ok_or_else(broken)?;
    let parts = BTreeMap::from([(path.as_str(), sheet), (BOOK, book)]);
    copied(bytes, &parts).ok_or_else(broken)
}

/// The archive with other contents of these parts.
fn copied(bytes: &[u8], parts: &BTreeMap<&str, String>) -> Option<Vec<u8>> {
    let mut source = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..source.len() {
        let raw = source.by_index_raw(index).ok()?;
        let name = raw.name().ok()?.into_owned();
        let own = parts.iter().find(|(path, _)| name.eq_ignore_ascii_case(path));
        let Some((_, text)) = own else {
            out.raw_copy_file(raw).ok()?;
            continue;
        };
        out.start_file(name, SimpleFileOptions::default().system(System::Unix)).ok()?;
        out.write_all(text.as_bytes()).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// The part of the workbook, saying that formulas are to be calculated when it is opened.
fn calculated_on_load(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if xml::name(&tag) == "calcPr" => {
                if xml::attribute(&tag, "fullCalcOnLoad").is_some() {
                    return Some(text.to_owned());
                }
                let end = at(&reader);
                let (before, after) = text.split_at_checked(end)?;
                let open = before
                    .strip_suffix("/>")
                    .map(|open| (open, "/>"))
                    .or_else(|| Some((before.strip_suffix('>')?, ">")));
                let (open, close) = open?;
                return Some(format!("{} fullCalcOnLoad=\"1\"{close}{after}", open.trim_end()));
            }
            Event::Eof => return Some(text.to_owned()),
            _ => {}
        }
    }
}

fn at(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// A sheet that is being copied.
struct Writing<'a> {
    text: &'a str,
    out: String,
    /// So much of the text stands in `out`, or is left out.
    copied: usize,
    /// What is still to be written, by row.
    rows: BTreeMap<u32, BTreeMap<usize, &'a Value>>,
    /// The same of the row that is open.
    cells: BTreeMap<usize, &'a Value>,
    row: u32,
    column: usize,
    /// What stands in front of the names of elements.
    prefix: String,
}

impl<'a> Writing<'a> {
    fn new(text: &'a str, cells: &'a Amended) -> Writing<'a> {
        let mut rows: BTreeMap<u32, BTreeMap<usize, &Value>> = BTreeMap::new();
        for ((row, column), value) in cells {
            rows.entry(*row).or_default().insert(*column, value);
        }
        Writing {
            text,
            out: String::with_capacity(text.len()),
            copied: 0,
            rows,
            cells: BTreeMap::new(),
            row: 0,
            column: 0,
            prefix: String::new(),
        }
    }

    /// The sheet; `Err(None)` where it is no well-formed XML.
    fn written(mut self) -> Result<String, Option<Unamendable>> {
        let text = self.text;
        let mut reader = Reader::from_str(text);
        let mut inside = false;
        loop {
            let start = at(&reader);
            let event = reader.read_event().map_err(|_| None)?;
            let end = at(&reader);
            match event {
                Event::Eof => break,
                Event::Start(tag) if xml::name(&tag) == DATA => {
                    inside = true;
                    self.prefix = prefix(&tag);
                }
                Event::Empty(tag) if xml::name(&tag) == DATA => {
                    self.prefix = prefix(&tag);
                    self.opened(start, end);
                    self.rows_before(u32::MAX);
                    self.close(DATA);
                }
                Event::End(tag) if inside && tag.local_name().into_inner() == DATA => {
                    inside = false;
                    self.copy(start);
                    self.rows_before(u32::MAX);
                }
                Event::Start(tag) if inside && xml::name(&tag) == ROW => self.enter(&tag, start),
                Event::Empty(tag) if inside && xml::name(&tag) == ROW => {
                    self.enter(&tag, start);
                    if !self.cells.is_empty() {
                        self.opened(start, end);
                        self.cells_before(usize::MAX);
                        self.close(ROW);
                    }
                }
                Event::End(tag) if inside && tag.local_name().into_inner() == ROW => {
                    self.copy(start);
                    self.cells_before(usize::MAX);
                }
                Event::Start(tag) if inside && xml::name(&tag) == CELL => {
                    let span = reader.read_to_end(tag.name()).map_err(|_| None)?;
                    let content = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
                    let content = content.and_then(|(from, to)| text.get(from..to)).ok_or(None)?;
                    self.cell(&tag, start, at(&reader), content)?;
                }
                Event::Empty(tag) if inside && xml::name(&tag) == CELL => self.cell(&tag, start, end, "")?,
                _ => {}
            }
        }
        self.copy(text.len());
        if self.rows.is_empty() { Ok(self.out) } else { Err(None) }
    }

    /// Copies what stands before `to` and was not copied.
    fn copy(&mut self, to: usize) {
        self.out.push_str(self.text.get(self.copied..to).unwrap_or_default());
        self.copied = self.copied.max(to);
    }

    /// Copies an empty element as one that is open.
    fn opened(&mut self, start: usize, end: usize) {
        self.copy(start);
        let tag = self.text.get(start..end).unwrap_or_default();
        self.out.push_str(tag.strip_suffix("/>").unwrap_or(tag));
        self.out.push('>');
        self.copied = end;
    }

    fn close(&mut self, name: &str) {
        self.out.extend(["</", &self.prefix, name, ">"]);
    }

    /// A row begins; rows before it that are not there are written first.
    fn enter(&mut self, tag: &BytesStart<'_>, start: usize) {
        let row = xml::number(tag, "r").unwrap_or(self.row.saturating_add(1));
        self.copy(start);
        self.rows_before(row);
        (self.row, self.column) = (row, 0);
        self.cells = self.rows.remove(&row).unwrap_or_default();
    }

    fn rows_before(&mut self, end: u32) {
        while let Some(row) = self.rows.first_entry().filter(|row| *row.key() < end) {
            let (number, cells) = row.remove_entry();
            self.row = number;
            self.cells = cells;
            self.out.push_str(&format!("<{}{ROW} r=\"{number}\">", self.prefix));
            self.cells_before(usize::MAX);
            self.close(ROW);
        }
    }

    fn cells_before(&mut self, end: usize) {
        while let Some(cell) = self.cells.first_entry().filter(|cell| *cell.key() < end) {
            let (column, value) = cell.remove_entry();
            self.put(column, None, value);
        }
    }

    /// A cell that is there.
    fn cell(
        &mut self,
        tag: &BytesStart<'_>,
        start: usize,
        end: usize,
        content: &str,
    ) -> Result<(), Option<Unamendable>> {
        let named = xml::attribute(tag, "r").and_then(|at| position(&at)).map(|(_, column)| column);
        let column = named.unwrap_or(self.column);
        self.column = column.saturating_add(1);
        self.copy(start);
        self.cells_before(column);
        let Some(value) = self.cells.remove(&column) else { return Ok(()) };
        let formula = format!("<{}f", self.prefix);
        let is_formula = |rest: &str| rest.starts_with(['>', '/', ' ', '\n', '\r', '\t']);
        if content.split(&formula).skip(1).any(is_formula) {
            return Err(Some(Unamendable::Formula));
        }
        let style = xml::attribute(tag, "s");
        self.put(column, style.as_deref(), value);
        self.copied = end;
        Ok(())
    }

    fn put(&mut self, column: usize, style: Option<&str>, value: &Value) {
        let p = &self.prefix;
        let style = style.map(|style| format!(" s=\"{}\"", escape(style))).unwrap_or_default();
        let open = format!("<{p}{CELL} r=\"{}{}\"{style}", column_letters(column), self.row);
        let cell = match value {
            Value::Blank if style.is_empty() => return,
            Value::Blank => format!("{open}/>"),
            Value::Number(number) => format!("{open}><{p}v>{}</{p}v></{p}{CELL}>", escape(number)),
            value => {
                let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
                let text: String = value.as_str().chars().filter(kept).collect();
                let text = escape(&text);
                format!("{open} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}{CELL}>")
            }
        };
        self.out.push_str(&cell);
    }
}

/// What stands in front of the name of an element, with the colon.
fn prefix(tag: &BytesStart<'_>) -> String {
    let name = tag.name().into_inner();
    name.split_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::*;
    use crate::open::grids_entered;

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("甲").unwrap();
        sheet.write_string(0, 0, "项目").unwrap().write_string(0, 1, "金额").unwrap();
        sheet.write_string(1, 0, "旧").unwrap();
        sheet.write_number_with_format(1, 1, 5.0, &Format::new().set_num_format("0.00")).unwrap();
        sheet.write_string(4, 0, "末").unwrap();
        let other = book.add_worksheet().set_name("乙").unwrap();
        other.write_string(0, 0, "不动").unwrap().write_formula(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
        book.save_to_buffer().unwrap()
    }

    fn cells(of: &[(u32, usize, Value)]) -> Amended {
        of.iter().map(|(row, column, value)| ((*row, *column), value.clone())).collect()
    }

    #[test]
    fn cells_that_are_named_change_and_everything_else_is_copied() {
        let (bytes, number) = (book(), |text: &str| Value::Number(text.to_owned()));
        let wanted = [
            (2, 0, Value::text("新 <&\">")),
            (2, 1, number("1234.50")),
            (3, 1, number("7")),
            (5, 0, Value::Blank),
            (6, 2, Value::text("补")),
        ];
        let new = amended("a.xlsx", &bytes, "甲", &cells(&wanted)).unwrap();
        let (old, grids) = (grids_entered("a.xlsx", &bytes).unwrap(), grids_entered("a.xlsx", &new).unwrap());
        assert_eq!(grids[1], old[1]);
        let texts: Vec<Vec<&str>> =
            grids[0].rows.iter().map(|row| row.cells.iter().map(Value::as_str).collect()).collect();
        let at = |row: usize, column: usize| texts[row].get(column).copied().unwrap_or_default();
        assert_eq!([at(1, 0), at(1, 1), at(2, 1), at(4, 0), at(5, 2)], ["新 <&\">", "1234.5", "7", "", "补"]);
        assert_eq!(at(0, 1), "金额");
        let parts = |bytes: &[u8]| {
            let mut archive = Archive::open("a.xlsx", bytes.to_vec()).unwrap();
            let entries = archive.entries();
            entries
                .into_iter()
                .map(|entry| (entry.path, archive.unpack(entry.index, 1 << 20).unwrap()))
                .collect::<BTreeMap<_, _>>()
        };
        let (before, after) = (parts(&bytes), parts(&new));
        let changed: Vec<&String> = before.keys().filter(|path| before[*path] != after[*path]).collect();
        assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
        assert_eq!(before.len(), after.len());
    }

    #[test]
    fn nothing_is_changed_by_no_cells_and_a_sheet_may_be_empty() {
        let bytes = book();
        let same = amended("a.xlsx", &bytes, "甲", &Amended::new()).unwrap();
        assert_eq!(grids_entered("a.xlsx", &same).unwrap(), grids_entered("a.xlsx", &bytes).unwrap());
        let mut book = Workbook::new();
        book.add_worksheet().set_name("空").unwrap();
        let empty = book.save_to_buffer().unwrap();
        let filled = amended("a.xlsx", &empty, "空", &cells(&[(2, 27, Value::text("远"))])).unwrap();
        assert_eq!(grids_entered("a.xlsx", &filled).unwrap()[0].cell(1, 27).as_str(), "远");
    }

    #[test]
    fn formulas_are_known_and_never_written_over() {
        let bytes = book();
        assert_eq!(with_formulas("a.xlsx", &bytes).unwrap(), BTreeSet::from(["乙".to_owned()]));
        let over = cells(&[(2, 0, Value::text("3"))]);
        assert_eq!(amended("a.xlsx", &bytes, "乙", &over), Err(Unamendable::Formula));
        assert_eq!(amended("a.xlsx", &bytes, "丙", &over), Err(Unamendable::NoSheet));
        assert!(matches!(amended("a.xlsx", b"PK\x03\x04", "甲", &over), Err(Unamendable::Unread(_))));
    }

    #[test]
    fn names_may_have_prefixes_rows_may_be_empty_and_numbers_left_out() {
        let text = "<x:worksheet><x:sheetData><x:row r=\"2\"/><x:row><x:c><x:v>1</x:v></x:c><x:c s=\"4\"/></x:row></x:sheetData><x:z/></x:worksheet>";
        let wanted = cells(&[(2, 1, Value::text("甲")), (3, 0, Value::Blank), (3, 1, Value::Number("2".to_owned()))]);
        let written = Writing::new(text, &wanted).written().unwrap();
        let cell = "<x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">甲</x:t></x:is></x:c>";
        let last = "<x:c r=\"B3\" s=\"4\"><x:v>2</x:v></x:c>";
        let rows = format!("<x:row r=\"2\">{cell}</x:row><x:row>{last}</x:row>");
        assert_eq!(written, format!("<x:worksheet><x:sheetData>{rows}</x:sheetData><x:z/></x:worksheet>"));
    }
}
