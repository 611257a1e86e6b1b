//! The rows of every kind of sheet: of files, and of the workbook in which everything can be entered.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_facts::record::Record;
use juesuan_model::{Place, Problem};

use crate::entered::Sheets;
use crate::folder::Folder;
use crate::mapping::Mapping;
use crate::sheet;

/// The records of every kind that has a file, several files of a kind together.
pub(crate) fn records(
    (files, published): (&Folder<'_>, &BTreeSet<String>),
    sheets: &Sheets,
    catalog: &Catalog,
    mapping: &Mapping,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Vec<Record>> {
    let mut records: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for (kind, paths) in files.by_kind(catalog, published, mapping, problems) {
        let Some(spec) = catalog.inputs.get(&kind) else {
            continue;
        };
        let entered = sheets.records.get(&kind);
        if entered.is_some_and(|rows| !rows.is_empty()) {
            problems.extend(paths.iter().map(|path| both(path, catalog)));
            continue;
        }
        let is_emptied = entered.is_some();
        for path in paths {
            let grids = juesuan_read::file::bytes_of(files.files, &path, &path)
                .and_then(|bytes| juesuan_read::grids_entered(&path, &bytes));
            match grids {
                Ok(grids) => {
                    if let Some(read) = sheet::read_entered(&grids, spec, mapping, &catalog.sheet_words, problems) {
                        // Rows say more than that there are none in another sheet.
                        problems.extend((is_emptied && !read.is_empty()).then(|| emptied(&path, catalog)));
                        records.entry(kind.clone()).or_default().extend(read);
                    }
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    for (kind, rows) in sheets.records.iter().filter(|(kind, _)| !catalog.entry.is_own(kind)) {
        let own = records.entry(kind.clone()).or_default();
        if own.is_empty() {
            own.clone_from(rows);
        }
    }
    records
}

/// A file that is not read, because the workbook says the same.
pub(crate) fn both(file: &str, catalog: &Catalog) -> Problem {
    let place = Place { file: Some(file.to_owned()), ..Place::default() };
    Problem::doubt(place, catalog.entry.words.both.replace("{sheet}", &catalog.entry.file))
}

/// A file that is read although the workbook has the sheet, which has no rows.
fn emptied(file: &str, catalog: &Catalog) -> Problem {
    let place = Place { file: Some(file.to_owned()), ..Place::default() };
    Problem::doubt(place, catalog.entry.words.emptied.replace("{sheet}", &catalog.entry.file))
}
