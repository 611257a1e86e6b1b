//! Fills an input folder from a workbook of the ministry's software for final accounts (`juesuan import`).
//!
//! Sheets are found by title or number, rows and columns by label: `catalog/import/workbook.toml`. Out come finished tables
//! (`tables/tables.json`), the figures of 附03 (`registers/其他数.csv`) and the budget of 三公经费. What has no place is named with
//! sheet and cell. An existing file is never touched.
//!
//! - [`spec`] what the catalogue says of such a workbook
//! - [`layout`] head, labels and codes of a sheet
//! - [`tables`] sheets that become public tables
//! - [`labels`] 附03
//! - [`parts`] what one sheet leaves to another: tables that are not there, and the parts of amounts
//! - [`projects`] sheets with one row a project

pub mod labels;
pub mod layout;
pub mod parts;
pub mod projects;
pub mod spec;
pub mod tables;

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_catalog::workbook::{SheetLayout, Workbook};
use juesuan_facts::Department;
use juesuan_model::{Place, Problem};
use juesuan_read::files::FileKind;
use juesuan_read::{Disk, Files, Grid, Value};

use crate::entered;
use crate::folder::Folder;
use crate::mapping::Mapping;
use crate::validate::DEPARTMENT_FILE;
use crate::whole::put_new;
use crate::words::filled;

/// What came out of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New files: content by path below the folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Sheets that were understood, with the table that each became.
    pub sheets: Vec<(String, String)>,
    /// Sheets that no public table needs: not read.
    pub aside: Vec<Aside>,
    /// What has no place, and what could not be read.
    pub problems: Vec<Problem>,
}

/// A sheet that no public table needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Its name.
    pub sheet: String,
    /// What it is.
    pub title: String,
    /// How many numbers stand in it.
    pub numbers: usize,
    /// Both for people.
    pub said: String,
}

/// Reads the workbook at `workbook` and writes what it holds into `dir`; [`Imported::files`] are those that were written.
///
/// # Errors
/// As [`import_into`]; then nothing is written.
pub fn import(workbook: &Path, dir: &Path, catalog: &Catalog) -> Result<Imported, Vec<Problem>> {
    let grids = juesuan_read::grids(workbook).map_err(|problem| vec![problem])?;
    let mut out = taken(&grids, &Disk::new(dir), catalog)?;
    let problems = &mut out.problems;
    out.files.retain(|relative, content| match put_new(&dir.join(relative), content) {
        Ok(()) => true,
        Err(error) => {
            problems.push(unwritten(relative, &error));
            false
        }
    });
    Ok(out)
}

/// Reads a workbook and gives what it holds as new files of `folder`, where none of them is yet.
///
/// # Errors
/// A workbook or profile that cannot be read, or no sheet that was understood.
pub fn import_into(
    folder: &dyn Files,
    name: &str,
    workbook: &[u8],
    catalog: &Catalog,
) -> Result<Imported, Vec<Problem>> {
    let grids = juesuan_read::grids_of(name, workbook).map_err(|problem| vec![problem])?;
    taken(&grids, folder, catalog)
}

/// What the sheets of a workbook become in a folder.
fn taken(grids: &[Grid], folder: &dyn Files, catalog: &Catalog) -> Result<Imported, Vec<Problem>> {
    let spec = &catalog.workbook;
    let year = year(folder, grids, catalog).map_err(|problem| vec![problem])?;
    let mut out = Imported::default();
    let mut made = tables::Tables::default();
    let mut figures = labels::Figures::default();
    for grid in grids.iter().filter(|grid| !grid.is_blank()) {
        let Some(sheet) = spec::sheet(spec, grid) else {
            let count = numbers(grid);
            match spec::aside(spec, grid) {
                Some(title) => out.aside.push(aside(grid, title, spec)),
                None => {
                    let message = filled(&spec.says.unknown, &[("count", &count.to_string())]);
                    out.problems.push(Problem::doubt(grid.place_of_sheet(), message));
                }
            }
            continue;
        };
        if sheet.layout == SheetLayout::Projects {
            match projects::read(grid, catalog, sheet, &mut figures.projects, &mut out.problems) {
                true => out.sheets.push((grid.sheet.clone(), sheet.title.clone())),
                false => out.aside.push(aside(grid, &sheet.title, spec)),
            }
            continue;
        }
        out.sheets.push((grid.sheet.clone(), sheet.title.clone()));
        match sheet.layout {
            SheetLayout::Labels => labels::read(grid, catalog, sheet, &mut figures, &mut made, &mut out.problems),
            _ => tables::read(grid, spec, sheet, catalog, year, &mut made, &mut out.problems),
        }
    }
    if out.sheets.is_empty() {
        return Err(out.problems);
    }
    made.add_empty(spec, &mut out.problems);
    made.add_parts(spec, &mut out.problems);
    let mut files = vec![("tables/tables.json", made.json(&spec.unit))];
    files.extend(figures.files(catalog, year));
    for (relative, content) in files {
        if let Some(content) = content {
            out.put(folder, relative, content);
        }
    }
    Ok(out)
}

fn aside(grid: &Grid, title: &str, spec: &Workbook) -> Aside {
    let numbers = numbers(grid);
    let said = filled(&spec.says.aside, &[("title", title), ("count", &numbers.to_string())]);
    Aside { sheet: grid.sheet.clone(), title: title.to_owned(), numbers, said }
}

/// How many numbers stand in a sheet, those that number its columns too, and texts that are amounts.
fn numbers(grid: &Grid) -> usize {
    let counts = |cell: &&Value| match cell {
        Value::Number(_) => true,
        Value::Text(text) => text.contains(['.', ',']) && tables::is_amount(cell),
        _ => false,
    };
    grid.rows.iter().flat_map(|row| &row.cells).filter(counts).count()
}

impl Imported {
    /// Adds a file, unless it is there already.
    pub fn put(&mut self, folder: &dyn Files, relative: &str, content: String) {
        match folder.kind(relative) {
            None => drop(self.files.insert(relative.to_owned(), content.into_bytes())),
            Some(_) => self.problems.push(unwritten(relative, &ErrorKind::AlreadyExists.into())),
        }
    }
}

/// Why a file was not written.
pub fn unwritten(relative: &str, error: &io::Error) -> Problem {
    let place = Place { file: Some(relative.to_owned()), ..Place::default() };
    let message = if error.kind() == ErrorKind::AlreadyExists {
        "已经有这个文件，没有覆盖；要重新装入，请先把它移开".to_owned()
    } else {
        format!("写不了：{}", juesuan_text::system_fault(error))
    };
    Problem::fatal(place, message)
}

/// The year of the department, as department.toml or the workbook that is filled in says, else the first `20XX年度` that the
/// imported workbook names.
///
/// # Errors
/// Nobody says it.
pub fn year(folder: &dyn Files, grids: &[Grid], catalog: &Catalog) -> Result<u16, Problem> {
    if let Some(department) = department(folder, catalog)? {
        return Ok(department.year);
    }
    let texts = grids.iter().flat_map(|g| g.rows.iter().take(5)).flat_map(|row| &row.cells);
    let named = texts.filter_map(|cell| {
        let before = cell.as_str().split_once("年度")?.0;
        let digits: String = before.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        digits.parse::<u16>().ok().filter(|year| (2000..=2100).contains(year))
    });
    named.into_iter().next().ok_or_else(|| {
        let place = Place { file: Some(DEPARTMENT_FILE.to_owned()), ..Place::default() };
        Problem::fatal(place, "不知道是哪一年度；请先用 juesuan new 建好文件夹并填写 year")
    })
}

/// Whose folder it is, as its file or the workbook of `new` says; the latter only with its year.
///
/// # Errors
/// A file that cannot be read.
pub fn department(folder: &dyn Files, catalog: &Catalog) -> Result<Option<Department>, Problem> {
    if folder.kind(DEPARTMENT_FILE) == Some(FileKind::File) {
        let text = juesuan_read::file::bytes_of(folder, DEPARTMENT_FILE, DEPARTMENT_FILE)
            .and_then(|bytes| juesuan_read::text::decode(DEPARTMENT_FILE, &bytes))?;
        return juesuan_catalog::parse_toml(DEPARTMENT_FILE, &text).map(Some);
    }
    Ok(entered_department(folder, catalog))
}

/// The department of the workbook of `new`. What is wrong with the folder is told when it is compiled.
fn entered_department(folder: &dyn Files, catalog: &Catalog) -> Option<Department> {
    let mut told = Vec::new();
    let mut folder = Folder::list(folder, &mut told);
    let entered = entered::read(&mut folder, catalog, &Mapping::default(), &mut told);
    let department = entered::profile::department(&entered, catalog, &mut told);
    department.map(|(department, _)| department).filter(|department| department.year > 0)
}
