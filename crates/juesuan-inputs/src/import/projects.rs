//! Sheets with one row a project (财决06): what each project spent.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_catalog::workbook::SheetSpec;
use juesuan_model::{Money, Problem};
use juesuan_read::Grid;

use super::layout::Sheet;
use super::spec::is_word;
use super::tables::{amount, columns};
use crate::words::bare_head;

/// What projects spent, in the order of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projects {
    names: Vec<String>,
    spent: BTreeMap<String, Money>,
}

impl Projects {
    /// Each project with its expense of the year.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Money)> {
        self.names.iter().map(|name| (name.as_str(), self.spent.get(name).copied().unwrap_or_default()))
    }
}

/// Adds the rows of a sheet; a project with several functions has several. False for one of a rank above the first that has no
/// names of projects.
pub fn read(
    grid: &Grid,
    catalog: &Catalog,
    wanted: &SheetSpec,
    made: &mut BTreeMap<u32, Projects>,
    problems: &mut Vec<Problem>,
) -> bool {
    let spec = &catalog.workbook;
    let sheet = Sheet::new(grid, catalog);
    let all = |sheet: &Sheet<'_>| 0..sheet.heads.len();
    let has = |sheet: &Sheet<'_>| wanted.columns.iter().all(|path| sheet.column(path, all(sheet), &[]).is_some());
    if wanted.rank > 1 && !sheet.as_ref().is_some_and(has) {
        return false;
    }
    let Some(sheet) = sheet else {
        let message = "没有找到表头，没有装入；表头里应有“项目名称”";
        problems.push(Problem::fatal(grid.place_of_sheet(), message));
        return true;
    };
    let Some(found) = columns(&sheet, &wanted.columns, &all(&sheet), &[], problems) else {
        return true;
    };
    problems.extend(sheet.told_unit());
    let ([name, spent], ..) = found.split_first_chunk().map_or(([0, 0], &[][..]), |(two, rest)| (*two, rest));
    let made = made.entry(wanted.rank).or_default();
    for row in sheet.data..grid.rows.len() {
        let project = grid.seen(row, name).as_str().trim();
        if project.is_empty() || is_word(project, &spec.totals) || is_word(&bare_head(project), &spec.column_numbers) {
            continue;
        }
        let Some(more) = amount(&sheet, row, spent, problems).and_then(|text| Money::parse_yuan(&text).ok()) else {
            continue;
        };
        if !made.spent.contains_key(project) {
            made.names.push(project.to_owned());
        }
        *made.spent.entry(project.to_owned()).or_default() += more;
    }
    true
}
