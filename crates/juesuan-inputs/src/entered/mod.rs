//! The workbook in which everything can be entered: sheets of a workbook at the root of the folder, known by their names
//! (`catalog/entry.toml`). They say the same as department.toml, narrative.toml and the input files.
//!
//! - [`profile`] whose accounts these are
//! - [`texts`] causes and other texts, of the department and of each unit
//! - [`answers`] the list of what was missing, filled in

pub mod answers;
pub mod profile;
pub mod texts;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_facts::record::Record;
use juesuan_model::{Gravity, Place, Problem};
use juesuan_read::Grid;

use self::answers::Answer;
use crate::folder::Folder;
use crate::mapping::Mapping;
use crate::sheet;

/// What the sheets say.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    /// The workbooks that were read.
    pub files: Vec<String>,
    /// Rows by the kind of the sheet. A sheet in which nobody has entered anything is not there.
    pub records: BTreeMap<String, Vec<Record>>,
    /// The answered rows of lists of what was missing, each question once.
    pub answers: Vec<Answer>,
}

impl Sheets {
    /// The rows of a kind.
    pub fn rows(&self, kind: &str) -> &[Record] {
        self.records.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The rows of the kinds that only the workbook has.
    pub fn own<'s>(&'s self, catalog: &'s Catalog) -> impl Iterator<Item = &'s Vec<Record>> {
        self.records.iter().filter(|(kind, _)| catalog.entry.is_own(kind)).map(|(_, rows)| rows)
    }

    /// The first workbook, to say where something should stand.
    pub fn file(&self) -> Option<&str> {
        self.files.first().map(String::as_str)
    }
}

/// Reads the workbooks at the root. One without any known sheet is named, and is no input.
pub fn read(files: &mut Folder<'_>, catalog: &Catalog, mapping: &Mapping, problems: &mut Vec<Problem>) -> Sheets {
    let mut entered = Sheets::default();
    let books: Vec<String> = files.workbooks().map(str::to_owned).collect();
    for path in books {
        let grids = juesuan_read::file::bytes_of(files.files, &path, &path)
            .and_then(|bytes| juesuan_read::grids_entered(&path, &bytes));
        let grids = match grids {
            Ok(grids) => grids,
            Err(problem) if path == catalog.entry.file => {
                problems.push(problem);
                continue;
            }
            // Somebody's file that is no workbook is no input.
            Err(_) => Vec::new(),
        };
        let is_list = |grid: &Grid| grid.sheet.trim() == catalog.asks.sheet;
        for list in grids.iter().filter(|grid| is_list(grid)) {
            answers::read(list, catalog, &mut entered.answers, problems);
        }
        if grids.iter().any(|grid| catalog.entry.sheet(&grid.sheet).is_some()) {
            entered.book(&path, grids, catalog, mapping, problems);
            entered.files.push(path);
        } else if !grids.iter().any(is_list) {
            let place = Place { file: Some(path.clone()), ..Place::default() };
            problems.push(Problem::doubt(place, catalog.entry.words.no_sheet.clone()));
            files.forget(&path);
        }
    }
    entered
}

impl Sheets {
    fn book(
        &mut self,
        path: &str,
        grids: Vec<Grid>,
        catalog: &Catalog,
        mapping: &Mapping,
        problems: &mut Vec<Problem>,
    ) {
        let mut untouched: Vec<&str> = Vec::new();
        for grid in grids {
            let Some(entry) = catalog.entry.sheet(&grid.sheet) else { continue };
            let Some(spec) = catalog.entry.spec(&entry.kind, &catalog.inputs) else { continue };
            let mut found = Vec::new();
            match sheet::read_entered(&[grid], spec, mapping, &catalog.sheet_words, &mut found) {
                Some(rows) => self.records.entry(entry.kind.clone()).or_default().extend(rows),
                // That the example stands is told once for all sheets.
                None if found.iter().all(|problem| problem.gravity == Gravity::Doubt) => {
                    found.clear();
                    untouched.extend(Some(entry.name.as_str()).filter(|_| entry.asked));
                }
                None => {}
            }
            problems.append(&mut found);
        }
        if !untouched.is_empty() {
            let message = catalog.entry.words.untouched_sheets.replace("{count}", &untouched.len().to_string());
            let place = Place { file: Some(path.to_owned()), ..Place::default() };
            problems.push(Problem::doubt(place, message.replace("{sheet}", &untouched.join("、"))));
        }
    }
}
