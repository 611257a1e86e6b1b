//! What is recognised of the columns of one file, and the mapping that says otherwise.
//!
//! The file is read as the whole folder is, with what the department says of itself and of heads, and without all other files.

use juesuan_catalog::{Catalog, ColumnKind, InputColumn, InputFile};
use juesuan_facts::record::Entry;
use juesuan_model::{Gravity, Place, Problem};
use juesuan_read::files::{FileKind, content, joined};
use juesuan_read::{Files, Grid, Memory};

use crate::folder::{Folder, kind_of};
use crate::mapping::{self, Mapping};
use crate::seen::{Counts, KnownBy, SeenColumn, Table};
use crate::words::shown_cell;
use crate::{books, header, read, sheet};

/// Folder of the books.
const BOOKS: &str = "books";
/// Columns that are shown, and can be assigned, at most.
pub const COLUMNS_SHOWN: usize = 60;
/// Rows of data that are shown.
const ROWS_BELOW: usize = 8;

/// A file as it is read.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Its tables.
    pub tables: Vec<Table>,
    /// What is wrong with it, and with the mapping.
    pub problems: Vec<Problem>,
    /// True if nothing is known of the department: no row can be judged.
    pub is_nobodys: bool,
}

/// What somebody has chosen for a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The sheet.
    pub sheet: String,
    /// Key of the kind of table.
    pub kind: String,
    /// First row of the head, and first row below it.
    pub head: (usize, usize),
    /// What each column is; empty: what its words say.
    pub keys: Vec<String>,
}

/// The kinds of tables that a file at this path may hold; none: it holds none that anybody could assign columns of.
pub fn kinds<'c>(path: &'c str, catalog: &'c Catalog) -> Vec<&'c InputFile> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_table = !folder.is_empty() && crate::folder::is_sheet(name);
    catalog.inputs.iter().filter(|kind| is_table && kind.folder == folder).collect()
}

/// What a column of a table of this kind may be: each that is used, once.
pub fn choices(kind: &InputFile) -> Vec<&InputColumn> {
    let mut choices: Vec<&InputColumn> = Vec::new();
    for column in kind.readable().filter(|column| kind.folder != BOOKS || books::is_used(&column.key)) {
        if choices.iter().all(|other| other.key != column.key) {
            choices.push(column);
        }
    }
    choices
}

/// What is recognised of a file of the folder, with the mapping as it lies there, or as it would be.
pub fn look(folder: &dyn Files, path: &str, mapping: Option<&str>, catalog: &Catalog) -> std::io::Result<Looked> {
    let alone = alone(folder, path, mapping)?;
    let mut problems = Vec::new();
    let mut files = Folder::list(&alone, &mut problems);
    let told = read::mapping(&files, catalog, &mut problems);
    let department = read::profile(&mut files, &told, catalog);
    let bytes = content(&alone, path)?;
    let tables = if is_of_books(path) {
        match &department {
            Some(department) => books::look((path, &bytes), department, catalog, &told, &mut problems),
            None => Vec::new(),
        }
    } else {
        tables(path, &bytes, catalog, &told, &mut problems)
    };
    problems.retain(|problem| stands_in(&problem.place, path) || stands_in(&problem.place, mapping::FILE));
    problems.sort_by_key(|problem| problem.gravity);
    problems.dedup();
    Ok(Looked { tables, problems, is_nobodys: department.is_none() })
}

/// True for a place in this file, whichever sheet of it.
pub fn stands_in(place: &Place, path: &str) -> bool {
    let below = place.file.as_deref().and_then(|file| file.strip_prefix(path));
    below.is_some_and(|sheet| sheet.is_empty() || sheet.starts_with('［'))
}

/// True for a file of books of this year.
fn is_of_books(path: &str) -> bool {
    path.strip_prefix(BOOKS).is_some_and(|rest| rest.starts_with('/'))
}

/// The folder with this file, with what is said of the department and of heads, and nothing else.
fn alone(folder: &dyn Files, path: &str, mapping: Option<&str>) -> std::io::Result<Memory> {
    let mut alone = Memory::folder(folder.name());
    let of_root = folder.list("")?.into_iter().filter(|entry| entry.kind == FileKind::File).map(|entry| entry.name);
    let (below, _) = path.rsplit_once('/').unwrap_or(("", path));
    let beside = Some(joined(below, mapping::FILE)).filter(|beside| folder.kind(beside) == Some(FileKind::File));
    for file in of_root.chain(beside).chain([path.to_owned()]) {
        alone.put(&file, content(folder, &file)?);
    }
    if let Some(text) = mapping {
        alone.put(mapping::FILE, text);
    }
    Ok(alone)
}

/// The text of the mapping with what somebody has chosen; `None` where the table is no longer as it was chosen for.
pub fn chosen(folder: &dyn Files, path: &str, choice: &Choice, catalog: &Catalog) -> std::io::Result<Option<String>> {
    let before = match folder.kind(mapping::FILE) {
        Some(FileKind::File) => {
            let text = juesuan_read::text::decode(mapping::FILE, &content(folder, mapping::FILE)?);
            text.map_err(|problem| std::io::Error::other(problem.to_string()))?
        }
        _ => String::new(),
    };
    let bytes = content(folder, path)?;
    let (names, by_words) = if is_of_books(path) {
        let texts = books::texts(path, &bytes, &catalog.sheet_words);
        let Some((_, text)) = texts.iter().find(|(sheet, _)| *sheet == choice.sheet) else { return Ok(None) };
        let told = Mapping::of_books(folder, catalog);
        let names = books::head_names(text, choice.head, &catalog.sheet_words);
        (names, books::keys_at(text, choice.head, &choice.kind, catalog, &told))
    } else {
        let grids = juesuan_read::grids_entered(path, &bytes).unwrap_or_default();
        let Some(grid) = grids.iter().find(|grid| grid.sheet == choice.sheet) else { return Ok(None) };
        let (top, data) = choice.head;
        let names = header::whole_names(grid, top, data.saturating_sub(top));
        let spec = catalog.inputs.get(&choice.kind);
        let found = spec.map(|spec| header::at(grid, spec, &Mapping::default(), choice.head)).unwrap_or_default();
        let key = |index| found.columns.iter().find(|(_, own)| **own == index).map_or("", |(key, _)| key).to_owned();
        (names, (0..grid.width()).map(key).collect())
    };
    let mut keys = choice.keys.clone();
    if keys.is_empty() || keys.len() == COLUMNS_SHOWN {
        keys.extend(by_words.into_iter().skip(keys.len()));
    }
    if names.is_empty() || names.len() != keys.len() {
        return Ok(None);
    }
    let columns: Vec<(String, String)> = names.into_iter().zip(keys).filter(|(name, _)| !name.is_empty()).collect();
    Ok(Some(mapping::with_head(&before, &choice.kind, &columns)))
}

/// The tables of a file that is none of books.
fn tables(path: &str, bytes: &[u8], catalog: &Catalog, told: &Mapping, problems: &mut Vec<Problem>) -> Vec<Table> {
    let grids = match juesuan_read::grids_entered(path, bytes) {
        Ok(grids) => grids,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    let known = |grid: &Grid| match header::told_kind(grid, told).and_then(|kind| catalog.inputs.get(kind)) {
        Some(kind) => Some((kind, KnownBy::Told)),
        None => kind_of(catalog, folder, path).map(|kind| (kind, KnownBy::Name)),
    };
    if let Some((spec, _)) = grids.first().and_then(known) {
        sheet::read_entered(&grids, spec, told, &catalog.sheet_words, problems);
    }
    let shown = grids.iter().filter(|grid| !grid.is_blank());
    shown.map(|grid| table(grid, known(grid), catalog, told)).collect()
}

fn table(grid: &Grid, known: Option<(&InputFile, KnownBy)>, catalog: &Catalog, told: &Mapping) -> Table {
    let found = known.and_then(|(spec, _)| header::find(grid, spec, told));
    let (top, data) = found.as_ref().map_or_else(|| header::likeliest(grid), |found| (found.top, found.data));
    let found = found.unwrap_or_default();
    let names = header::whole_names(grid, top, data.saturating_sub(top));
    let by_somebody = known.is_some_and(|(_, by)| by == KnownBy::Told);
    let column = |(index, name): (usize, &String)| {
        let key = found.columns.iter().find(|(_, own)| **own == index).map(|(key, _)| key.clone());
        SeenColumn { name: name.clone(), key, is_told: by_somebody, is_unneeded: name.is_empty(), likely: Vec::new() }
    };
    let cells = |row: usize| grid.cells_of(row).iter().map(|cell| shown_cell(cell.as_str())).collect();
    let rows =
        (0..grid.rows.len().min(data + ROWS_BELOW)).map(|row| (grid.place(row).line.unwrap_or_default(), cells(row)));
    let missing = known.iter().flat_map(|(spec, _)| &spec.column).filter(|c| c.required);
    let missing = missing.filter(|c| !found.columns.contains_key(&c.key)).map(|c| c.key.clone());
    let (counts, amounts) = known.map(|(spec, _)| counted(grid, spec, data, catalog, told)).unwrap_or_default();
    Table {
        sheet: grid.sheet.clone(),
        kind: known.map(|(spec, by)| (spec.key.clone(), by)),
        export: None,
        head: (top, data),
        columns: names.iter().enumerate().map(column).collect(),
        beside: Vec::new(),
        missing: missing.collect(),
        rows: rows.collect(),
        counts,
        amounts,
    }
}

/// How many rows of a sheet became what, and the sums of its amounts.
fn counted(
    grid: &Grid,
    spec: &InputFile,
    data: usize,
    catalog: &Catalog,
    told: &Mapping,
) -> (Option<Counts>, Vec<(String, i128)>) {
    let mut problems = Vec::new();
    let one = std::slice::from_ref(grid);
    let Some(records) = sheet::read_entered(one, spec, told, &catalog.sheet_words, &mut problems) else {
        return (None, Vec::new());
    };
    let fatal = problems.iter().filter(|problem| problem.gravity == Gravity::Fatal);
    let wrong: std::collections::BTreeSet<u32> = fatal.filter_map(|problem| problem.place.line).collect();
    let filled = (data..grid.rows.len()).filter(|row| !grid.cells_of(*row).iter().all(|cell| cell.is_blank())).count();
    let (read, unread) = (records.len() as u64, wrong.len() as u64);
    let notes = (filled as u64).saturating_sub(read + unread);
    let yuan = spec.column.iter().filter(|column| column.kind == ColumnKind::Yuan);
    let sum = |column: &InputColumn| {
        let amounts = records.iter().filter_map(|record| match record.entry(&column.key) {
            Some(Entry::Yuan(amount)) => Some(i128::from(amount.fen())),
            _ => None,
        });
        let amounts: Vec<i128> = amounts.collect();
        (!amounts.is_empty()).then(|| (column.key.clone(), amounts.iter().sum()))
    };
    (Some(Counts { read, unread, notes, ..Counts::default() }), yuan.filter_map(sum).collect())
}
