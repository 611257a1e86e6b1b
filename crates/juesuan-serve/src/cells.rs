//! An input table as cells to be typed in, as it stands in whatever file of the folder holds it.
//!
//! - `typed` what was typed, as the sheet and the file that it becomes
//! - `marks` what is wrong, at its cells; `differing` what two states of a table differ in

pub mod differing;
pub mod marks;
pub mod typed;

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, ColumnKind, InputColumn, InputFile};
use juesuan_inputs::arrangement::is_workbook;
use juesuan_inputs::folder::kind_of;
use juesuan_inputs::header::{self, Header};
use juesuan_inputs::scaffold::entry_sheet;
use juesuan_inputs::{Mapping, wide};
use juesuan_read::archive::Archive;
use juesuan_read::file::Content;
use juesuan_read::files::{FileKind, joined};
use juesuan_read::{Files, Grid, drawings};

/// Endings of files in which a table may stand.
const ENDINGS: [&str; 5] = ["csv", "txt", "tsv", "xlsx", "xls"];

/// Where a table stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: String,
    /// The sheet of the workbook in which everything is entered; empty: the file is this table.
    pub sheet: String,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// From where it was read; `None`: there is no file yet.
    pub source: Option<Source>,
    /// The columns.
    pub heads: Vec<Head>,
    /// The rows, each with the number of its line in the file; as many cells as there are columns.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Why it can only be looked at here.
    pub lock: Option<Lock>,
    base: Base,
}

/// What the table was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Base {
    grid: Grid,
    /// First row below the head, as an index of the grid's rows.
    data: usize,
    /// Rows of the grid that only show what to enter.
    examples: Vec<usize>,
    form: Form,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// Written as text.
    #[default]
    Text,
    /// A workbook in which only the cells are changed.
    Xlsx,
}

/// Why a table can only be looked at here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// A workbook of a form that is not written.
    Format,
    /// What formulas show is only calculated anew by an office program.
    Formulas,
    /// Cells that are joined.
    Merged,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// As it stands above the table.
    pub text: String,
    /// What to enter.
    pub help: String,
    /// Words that may stand there; none: anything.
    pub choices: Vec<String>,
    /// It holds numbers.
    pub is_number: bool,
    /// The table cannot be read without it.
    pub is_required: bool,
    /// Its key in the catalogue; empty: nobody asks for it.
    pub key: String,
    /// Its index in the file; `None`: the file lacks it.
    column: Option<usize>,
}

/// Where tables of this kind stand in a folder, the one that is read before others first.
pub fn sources(folder: &dyn Files, kind: &InputFile, catalog: &Catalog) -> Vec<Source> {
    let beside = files_of(folder, kind, catalog).into_iter().map(|path| Source { path, sheet: String::new() });
    let mut all: Vec<Source> = beside.collect();
    for (path, bytes) in workbooks(folder) {
        let is_own = |name: &String| catalog.entry.sheet(name).is_some_and(|sheet| sheet.kind == kind.key);
        let Some(sheet) = names(&path, &bytes).into_iter().find(is_own) else { continue };
        let source = Source { path, sheet };
        // Rows in the workbook come before files beside it; without any, the files are read.
        let is_filled = || {
            Cells::of(&bytes, kind, &source, (&Mapping::default(), catalog)).is_some_and(|cells| !cells.rows.is_empty())
        };
        let at = if all.is_empty() || is_filled() { 0 } else { all.len() };
        all.insert(at, source);
    }
    all
}

/// True if the workbook in which everything is entered lies in the folder.
pub fn has_entry_book(folder: &dyn Files, catalog: &Catalog) -> bool {
    workbooks(folder)
        .iter()
        .any(|(path, bytes)| names(path, bytes).iter().any(|name| catalog.entry.sheet(name).is_some()))
}

/// The workbooks beside the folders.
fn workbooks(folder: &dyn Files) -> Vec<(String, Vec<u8>)> {
    let mut entries = folder.list("").unwrap_or_default();
    entries.retain(|entry| {
        entry.kind == FileKind::File && is_workbook(&entry.name) && !entry.name.starts_with(['.', '~'])
    });
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let read = |path: String| Some((juesuan_read::file::bytes_of(folder, &path, &path).ok()?, path));
    entries.into_iter().filter_map(|entry| read(entry.name)).map(|(bytes, path)| (path, bytes)).collect()
}

/// The names of the sheets of a workbook.
fn names(path: &str, bytes: &[u8]) -> Vec<String> {
    if juesuan_read::file::content(path, bytes) == Ok(Content::Xlsx) {
        let sheets = Archive::open(path, bytes).and_then(|mut archive| drawings::worksheets(&mut archive));
        return sheets.unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    }
    juesuan_read::grids_entered(path, bytes).unwrap_or_default().into_iter().map(|grid| grid.sheet).collect()
}

/// Files of a folder in which a table of this kind stands, in the order in which they are read.
fn files_of(folder: &dyn Files, kind: &InputFile, catalog: &Catalog) -> Vec<String> {
    if kind.folder.is_empty() {
        return Vec::new();
    }
    let mut entries = folder.list(&kind.folder).unwrap_or_default();
    entries.retain(|entry| entry.kind == FileKind::File && !entry.name.starts_with(['.', '~']));
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let paths = entries.into_iter().map(|entry| joined(&kind.folder, &entry.name));
    paths
        .filter(|path| is_sheet(path) && kind_of(catalog, &kind.folder, path).is_some_and(|own| own.key == kind.key))
        .collect()
}

fn is_sheet(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own)))
}

impl Cells {
    /// A table of this kind that stands nowhere yet.
    pub fn empty(kind: &InputFile) -> Cells {
        Cells { heads: kind.column.iter().map(asked).collect(), ..Cells::default() }
    }

    /// The table of this kind in a file of the folder, or an empty one. A file without the head of the kind gives none.
    pub fn read(
        folder: &dyn Files,
        kind: &InputFile,
        source: Option<&Source>,
        (mapping, catalog): (&Mapping, &Catalog),
    ) -> Option<Cells> {
        let Some(source) = source else {
            return Some(Cells::empty(kind));
        };
        let bytes = juesuan_read::file::bytes_of(folder, &source.path, &source.path).ok()?;
        Cells::of(&bytes, kind, source, (mapping, catalog))
    }

    /// The table in a file with this content.
    pub fn of(
        bytes: &[u8],
        kind: &InputFile,
        source: &Source,
        (mapping, catalog): (&Mapping, &Catalog),
    ) -> Option<Cells> {
        let path = source.path.as_str();
        let grids = juesuan_read::grids_entered(path, bytes).ok()?;
        let own = grids.into_iter().filter(|grid| source.sheet.is_empty() || grid.sheet == source.sheet);
        let mut found: Option<(Grid, Header)> = None;
        for grid in own {
            let Some(header) = header::find(&grid, kind, mapping) else { continue };
            if found.as_ref().is_none_or(|(_, best)| header.columns.len() > best.columns.len()) {
                found = Some((grid, header));
            }
        }
        let (grid, header) = found?;
        let (form, lock) = locked((path, bytes), &grid, &header, &catalog.entry.start.name);
        let examples: Vec<usize> =
            (header.data..grid.rows.len()).filter(|row| is_example(&grid, *row, kind, &header)).collect();
        let keys: BTreeMap<usize, &String> = header.columns.iter().map(|(key, index)| (*index, key)).collect();
        // The column that explains the example is none of the table; in a workbook it stays where it is.
        let from = if form == Form::Xlsx { header.data } else { 0 };
        let is_filled = |index: &usize| {
            let mut rows = (from..grid.rows.len()).filter(|row| !examples.contains(row));
            keys.contains_key(index) || rows.any(|row| !grid.cell(row, *index).is_blank())
        };
        let columns: Vec<usize> = (0..grid.width()).filter(is_filled).collect();
        let is_wide = wide::is_wide(&grid, kind, mapping);
        let there = columns.iter().map(|index| head(kind, keys.get(index).copied(), &header, (&grid, *index)));
        let lacking = kind.column.iter().filter(|column| !is_wide && !header.columns.contains_key(&column.key));
        let heads: Vec<Head> = there.chain(lacking.map(asked)).collect();
        let cell =
            |row: usize, head: &Head| head.column.map_or("", |column| grid.seen(row, column).as_str()).to_owned();
        let rows = (header.data..grid.rows.len()).filter(|row| !examples.contains(row)).map(|row| {
            let line = grid.rows.get(row).map_or(0, |row| row.line);
            (line, heads.iter().map(|head| cell(row, head)).collect::<Vec<String>>())
        });
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        let base = Base { data: header.data, examples, form, grid };
        Some(Cells { source: Some(source.clone()), heads, rows, lock, base })
    }

    /// The sheet of the workbook in which it stands; empty: its file has no sheets.
    pub fn sheet(&self) -> &str {
        &self.base.grid.sheet
    }

    /// Lines of its rows.
    pub fn lines(&self) -> Vec<Option<u32>> {
        self.rows.iter().map(|(line, _)| Some(*line)).collect()
    }

    /// The file in which it stands; empty: there is none.
    pub fn path(&self) -> &str {
        self.source.as_ref().map_or("", |source| source.path.as_str())
    }
}

/// How the file is written, and what is in the way of it.
fn locked((path, bytes): (&str, &[u8]), grid: &Grid, header: &Header, start: &str) -> (Form, Option<Lock>) {
    match juesuan_read::file::content(path, bytes) {
        Ok(Content::Xlsx) => {}
        Ok(Content::Xls) => return (Form::Text, Some(Lock::Format)),
        _ => return (Form::Text, None),
    }
    let formulas = juesuan_read::amended::with_formulas(path, bytes);
    let lock = match formulas {
        Err(_) => Some(Lock::Format),
        // What the first sheet calculates for a person to see is calculated anew when he opens it.
        Ok(sheets) if sheets.iter().any(|sheet| sheet != start) => Some(Lock::Formulas),
        Ok(_) if grid.merged.iter().any(|merged| merged.bottom >= header.data) => Some(Lock::Merged),
        Ok(_) => None,
    };
    (Form::Xlsx, lock)
}

/// A column that stands in the file.
fn head(kind: &InputFile, key: Option<&String>, header: &Header, (grid, index): (&Grid, usize)) -> Head {
    let known = key.and_then(|key| kind.readable().find(|column| column.key == *key));
    let text = key.and_then(|key| header.heads.get(key)).cloned();
    // What nobody asks for stays as it is.
    let text = text.unwrap_or_else(|| above(grid, header.top..header.data, index));
    Head { text, column: Some(index), ..known.map(asked).unwrap_or_default() }
}

/// A column as the catalogue asks for it.
fn asked(column: &InputColumn) -> Head {
    Head {
        text: column.header.first().unwrap_or(&column.key).clone(),
        help: column.help.clone(),
        choices: column.choices.clone(),
        is_number: matches!(column.kind, ColumnKind::Yuan | ColumnKind::Count | ColumnKind::Number),
        is_required: column.required,
        key: column.key.clone(),
        column: None,
    }
}

/// True for the row of a new sheet that shows what to enter, as long as nobody has typed over it.
fn is_example(grid: &Grid, row: usize, kind: &InputFile, found: &Header) -> bool {
    let cell = |index: usize| grid.cell(row, index);
    let is_marked = grid.cells_of(row).iter().any(|cell| cell.as_str() == entry_sheet::EXAMPLE);
    let mut columns = kind.column.iter().filter_map(|column| Some((column, *found.columns.get(&column.key)?)));
    is_marked
        && columns
            .all(|(column, index)| cell(index).is_blank() || entry_sheet::is_example(column, cell(index).as_str()))
}

/// The words of a head over several rows.
fn above(grid: &Grid, rows: std::ops::Range<usize>, column: usize) -> String {
    rows.map(|row| grid.cell(row, column).as_str()).collect::<Vec<_>>().concat()
}
