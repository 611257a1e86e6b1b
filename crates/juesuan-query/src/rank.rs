//! The ranking: points for what a document has, a letter for its points, and what they rest on.
//!
//! The formula is the catalogue's (`catalog/ranking.toml`); the engine has its points and scores as views ([`crate::points`]). What is
//! told of them are questions of the catalogue too: each is a CSV file, and a table on one page.

use std::collections::BTreeMap;
use std::path::Path;

use askama::Template;
use juesuan_catalog::{Catalog, RankingSheet, Shows, filled};

use crate::engine::{Answer, Engine};
use crate::error::Error;
use crate::out::{self, Form, Target};
use crate::whole;

/// Most rows of a table on the page; its file has all.
const ROWS_MAX: usize = 2000;
/// Most rows that explain one document on the page.
const EXPLAINED_MAX: usize = 60;
/// How the files of tables end.
const ENDING: &str = "csv";

/// Writes every table as a file and the page into a folder that is there. Gives back the files.
///
/// # Errors
/// What the engine says, or a folder in which nothing can be written.
pub fn write(engine: &Engine<'_>, folder: &Path) -> Result<Vec<String>, Error> {
    let catalog = engine.catalog;
    let mut files = Vec::new();
    for sheet in &catalog.query.ranking.sheets {
        let file = format!("{}.{ENDING}", sheet.name);
        let target = Target::File(&folder.join(&file));
        out::write(ask(engine, sheet)?, Form::Csv, &target, &mut std::io::sink(), &catalog.query.words)?;
        files.push(file);
    }
    let page = page(engine)?;
    let words = &catalog.query.words.ranking;
    whole::put(&folder.join(&words.file), |file| Ok(std::io::Write::write_all(file, page.as_bytes())?))?;
    files.push(words.file.clone());
    Ok(files)
}

/// The first table, for the screen.
///
/// # Errors
/// What the engine says.
pub fn first<'e>(engine: &'e Engine<'_>) -> Result<Option<Answer<'e>>, Error> {
    let sheet = engine.catalog.query.ranking.sheets.iter().find(|sheet| sheet.shows == Shows::Table);
    sheet.map(|sheet| ask(engine, sheet)).transpose()
}

fn ask(engine: &Engine<'_>, sheet: &RankingSheet) -> Result<Answer<'static>, Error> {
    engine.ask(&sheet.sql, Vec::new())
}

#[derive(Template)]
#[template(path = "ranking.html")]
struct Page<'p> {
    catalog: &'p Catalog,
    sheets: Vec<Shown<'p>>,
}

/// A table on the page.
struct Shown<'p> {
    title: &'p str,
    heads: Vec<String>,
    rows: Vec<ShownRow>,
    more: String,
}

struct ShownRow {
    cells: Vec<String>,
    /// Tables that explain it.
    explained: Vec<Explained>,
}

struct Explained {
    title: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many rows there are, shown or not.
    count: usize,
    /// What is said of those that are not.
    more: String,
}

/// Rows of a table as texts: heads, the first so many rows that are wanted, and how many others there are.
fn texts(
    answer: Answer<'_>,
    mut wanted: impl FnMut(&[String]) -> bool,
) -> Result<(Vec<String>, Vec<Vec<String>>, usize), Error> {
    let heads = answer.schema.fields().iter().map(|field| field.name().clone()).collect();
    let (mut rows, mut others) = (Vec::new(), 0usize);
    for row in out::rows(answer) {
        let row: Vec<String> = row?.into_iter().map(Option::unwrap_or_default).collect();
        if wanted(&row) { rows.push(row) } else { others = others.saturating_add(1) }
    }
    Ok((heads, rows, others))
}

fn page(engine: &Engine<'_>) -> Result<String, Error> {
    let catalog = engine.catalog;
    let ranking = &catalog.query.ranking;
    let mut sheets = Vec::new();
    for sheet in ranking.sheets.iter().filter(|sheet| sheet.shows != Shows::Explains) {
        let mut shown = 0usize;
        let (mut heads, rows, others) = texts(ask(engine, sheet)?, |_| {
            shown = shown.saturating_add(1);
            shown <= ROWS_MAX
        })?;
        let mut rows: Vec<ShownRow> = rows.into_iter().map(|cells| ShownRow { cells, explained: Vec::new() }).collect();
        if sheet.shows == Shows::Documents {
            explain(engine, &mut rows)?;
            heads = rest(&heads);
            rows.iter_mut().for_each(|row| row.cells = rest(&row.cells));
        }
        let more = more(catalog, sheet, others);
        sheets.push(Shown { title: &sheet.title, heads, rows, more });
    }
    let page = Page { catalog, sheets };
    page.render().map_err(|fault| Error::Machine(std::io::Error::other(fault)))
}

/// Lays below each row what explains its document.
fn explain(engine: &Engine<'_>, rows: &mut [ShownRow]) -> Result<(), Error> {
    let places: BTreeMap<String, usize> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((row.cells.first()?.clone(), at))).collect();
    for sheet in engine.catalog.query.ranking.sheets.iter().filter(|sheet| sheet.shows == Shows::Explains) {
        let mut counts = vec![0usize; rows.len()];
        let (heads, explaining, _) = texts(ask(engine, sheet)?, |row| {
            let Some(at) = row.first().and_then(|document| places.get(document)) else { return false };
            counts.get_mut(*at).is_some_and(|count| {
                *count = count.saturating_add(1);
                *count <= EXPLAINED_MAX
            })
        })?;
        for cells in explaining {
            let at = cells.first().and_then(|document| places.get(document));
            let Some(row) = at.and_then(|at| rows.get_mut(*at)) else { continue };
            let cells = rest(&cells);
            match row.explained.last_mut().filter(|own| own.title == sheet.title) {
                Some(own) => own.rows.push(cells),
                None => {
                    let count = at.and_then(|at| counts.get(*at)).copied().unwrap_or_default();
                    let more = more(engine.catalog, sheet, count.saturating_sub(EXPLAINED_MAX));
                    let heads = rest(&heads);
                    row.explained.push(Explained { title: sheet.title.clone(), heads, rows: vec![cells], count, more });
                }
            }
        }
    }
    Ok(())
}

/// What is said of rows that only the file of a table has.
fn more(catalog: &Catalog, sheet: &RankingSheet, others: usize) -> String {
    let file = format!("{}.{ENDING}", sheet.name);
    let told = [("count", &*others.to_string()), ("file", &*file)];
    if others == 0 { String::new() } else { filled(&catalog.query.words.ranking.more, &told) }
}

/// All but the first, which names the document.
fn rest(cells: &[String]) -> Vec<String> {
    cells.iter().skip(1).cloned().collect()
}
