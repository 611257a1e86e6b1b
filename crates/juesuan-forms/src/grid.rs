//! Sheets → figures: titles anywhere, units and headings above the body, one or several tables to a sheet.

use juesuan_catalog::{Catalog, Variant};
use juesuan_model::Problem;
use juesuan_read::{Grid, Value};

use super::figures::figures;
use super::region::Region;
use super::{FormReading, Reading, title};

/// Reads every statutory table of a sheet.
pub fn read(catalog: &Catalog, variant: &Variant, grid: &Grid) -> Reading {
    let mut reading = Reading::default();
    let mut starts = titles(catalog, grid);
    if starts.is_empty()
        && let Some(key) = title::form_of(catalog, &grid.sheet).or_else(|| title::form_of(catalog, &stem(&grid.file)))
    {
        starts.push(Title { row: 0, key, text: grid.sheet.clone() });
    }
    if starts.is_empty() && !grid.is_blank() {
        let message = "这张工作表里没有找到决算公开表的表名，没有读入；请在表上方写明表名";
        reading.problems.push(Problem::doubt(grid.place_of_sheet(), message));
    }
    let ends = starts.iter().skip(1).map(|start| start.row).chain([grid.rows.len()]).collect::<Vec<_>>();
    for (start, end) in starts.iter().zip(ends) {
        let region = Region { catalog, grid, from: start.row + 1, end, title: &start.text, unit: None };
        if let Some(table) = region.read(variant, &start.key, &mut reading.problems) {
            let figures = figures(&table, grid, &start.text).into_iter().map(|printed| printed.figure).collect();
            reading.tables.push(FormReading { form: start.key.clone(), title: start.text.clone(), figures });
        }
    }
    reading
}

/// A title inside a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its row.
    pub row: usize,
    /// Key of the form.
    pub key: String,
    /// What is printed.
    pub text: String,
}

/// Titles in rows one below the other, from which on they are a list.
const LISTED: usize = 3;

/// The titles of statutory tables in a sheet.
pub fn titles(catalog: &Catalog, grid: &Grid) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    for row in 0..grid.rows.len() {
        let found = grid
            .cells_of(row)
            .iter()
            .map(Value::as_str)
            .find_map(|text| Some((title::form_of(catalog, text).filter(|_| !text.is_empty())?, text.to_owned())));
        // The same title again right below (公开01表 in the corner) is the same table.
        if let Some((key, text)) = found
            && titles.last().is_none_or(|last| last.key != key || row > last.row + 3)
        {
            titles.push(Title { row, key, text });
        }
    }
    without_lists(titles)
}

/// Titles in rows one below the other are a list of tables: a table has rows of its own. The same title again begins the
/// table itself.
fn without_lists(titles: Vec<Title>) -> Vec<Title> {
    let mut runs: Vec<Vec<Title>> = Vec::new();
    for title in titles {
        match runs.last_mut() {
            Some(run)
                if run.last().is_some_and(|last| title.row == last.row + 1)
                    && run.iter().all(|other| other.key != title.key) =>
            {
                run.push(title);
            }
            _ => runs.push(vec![title]),
        }
    }
    runs.into_iter().filter(|run| run.len() < LISTED).flatten().collect()
}

/// Name of a file without folders and ending.
pub fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
