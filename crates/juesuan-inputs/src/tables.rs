//! Finished tables as the source of the package: files of `tables/` → stated facts, each under the key of its form.
//!
//! A number is stated as it is printed. An empty cell is stated as an exact zero, so that the same table prints it empty
//! again and a sentence about it knows that there is none; a dash stands in the quote of its place. Where books
//! are given too, they stay the source and tables fill gaps only. Every cell that differs from what books, budget or
//! registers say is a problem.

use std::path::Path;

use juesuan_catalog::{Catalog, Form, Variant};
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_forms::{FormReading, Reading, grid, json};
use juesuan_model::{Cell, Dimension, Figure, Meaning, Money, Place, Printed, Problem, Unit};
use juesuan_read::Files;
use juesuan_read::files::{FileKind, joined};
use juesuan_text::system_fault;

/// Name of the folder of finished tables.
pub const TABLES: &str = "tables";

/// Reads every JSON, XLSX, XLS and CSV file of [`TABLES`] and states what it finds. A folder that does not exist holds
/// nothing. Returns the tables that were read.
pub fn read_folder(
    folder: &dyn Files,
    catalog: &Catalog,
    variant: &Variant,
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) -> Vec<FormReading> {
    let mut tables = Vec::new();
    for path in files(folder, problems) {
        let reading = read_file(folder, &path, catalog, variant);
        problems.extend(reading.problems);
        tables.extend(reading.tables);
    }
    state(&tables, catalog, variant, facts, problems);
    tables
}

/// Paths of the files, in order.
fn files(folder: &dyn Files, problems: &mut Vec<Problem>) -> Vec<String> {
    if folder.kind(TABLES) != Some(FileKind::Folder) {
        return Vec::new();
    }
    let entries = match folder.list(TABLES) {
        Ok(entries) => entries,
        Err(error) => {
            let place = Place { file: Some(TABLES.to_owned()), ..Place::default() };
            problems.push(Problem::fatal(place, format!("读不了这个文件夹：{}", system_fault(&error))));
            return Vec::new();
        }
    };
    let shown = entries.into_iter().filter(|entry| entry.kind == FileKind::File && !entry.name.starts_with(['.', '~']));
    let mut paths: Vec<String> = shown.map(|entry| joined(TABLES, &entry.name)).collect();
    paths.sort();
    paths
}

fn read_file(folder: &dyn Files, name: &str, catalog: &Catalog, variant: &Variant) -> Reading {
    let mut reading = Reading::default();
    let bytes = match juesuan_read::file::bytes_of(folder, name, name) {
        Ok(bytes) => bytes,
        Err(problem) => {
            reading.problems.push(problem);
            return reading;
        }
    };
    let ending = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if ending == "json" {
        match juesuan_read::text::decode(name, &bytes) {
            Ok(text) => return json::read(catalog, variant, name, &text),
            Err(problem) => reading.problems.push(problem),
        }
        return reading;
    }
    match juesuan_read::grids_of(name, &bytes) {
        Ok(grids) => {
            for sheet in grids.iter().filter(|g| !g.is_blank()) {
                let one = grid::read(catalog, variant, sheet);
                reading.tables.extend(one.tables);
                reading.problems.extend(one.problems);
            }
        }
        Err(problem) => reading.problems.push(problem),
    }
    reading
}

/// States the figures of finished tables. A table that was given twice counts once; cells that the facts already answer
/// (from the books) are compared instead.
pub fn state(
    tables: &[FormReading],
    catalog: &Catalog,
    variant: &Variant,
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) {
    let before = facts.clone();
    let actual = |m: &Meaning| m.get(Dimension::Stage).is_none() && m.get(Dimension::Year).is_none();
    let books = before.leaves().any(|(leaf, _)| actual(leaf));
    let mut once: Vec<&FormReading> = Vec::new();
    for table in tables {
        match once.iter().find(|t| t.form == table.form) {
            None => once.push(table),
            Some(first) => {
                let file = first.figures.first().and_then(|f| f.place.file.clone()).unwrap_or_default();
                let place = table.figures.first().map(|f| Place { row: None, column: None, ..f.place.clone() });
                problems.push(Problem::doubt(
                    place.unwrap_or_else(|| Place { table: Some(table.title.clone()), ..Place::default() }),
                    format!("同一张表给了两份，用的是先读到的一份（{file}）；请只留一份"),
                ));
            }
        }
    }
    // Numbers first: where two tables print one meaning and one of them leaves it empty, the number answers.
    for numbers in [true, false] {
        for table in &once {
            for figure in table.figures.iter().filter(|f| f.cell.number().is_some() == numbers) {
                one(&table.form, figure, catalog, (&before, books), facts, problems);
            }
            if !numbers
                && table.figures.is_empty()
                && let Some(form) = variant.form(&table.form)
            {
                nothing(form, &before, catalog, facts, &table.title);
            }
        }
    }
}

/// Beside books a table only fills gaps, and its cells are facts like any other; without books it is the source.
fn one(
    form: &str,
    figure: &Figure,
    catalog: &Catalog,
    (before, books): (&Facts, bool),
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) {
    let amount = match figure.cell {
        Cell::Number(printed) => Amount::Printed(printed),
        Cell::Blank | Cell::Dash => Amount::Exact(Money::ZERO),
        Cell::Absent | Cell::Unreadable => return,
    };
    for meaning in &figure.meanings {
        let known = before.amount(&catalog.trees, meaning, form);
        if let Some(known) = known {
            let used = if books { "采用后者" } else { "采用成表" };
            problems.extend(difference(figure, amount, known, used));
        }
        if books && known.is_some() {
            continue;
        }
        let mut place = figure.place.clone();
        place.quote = (figure.cell == Cell::Dash).then(|| "—".to_owned());
        let form = if books { "" } else { form }.to_owned();
        facts.state(meaning.clone(), Fact { amount, place, form });
    }
}

/// A problem where the table prints something else than the other sources say.
fn difference(figure: &Figure, stated: Amount, known: Amount, used: &str) -> Option<Problem> {
    let (unit, decimals) = match figure.cell.number() {
        Some(printed) => (printed.unit, printed.decimals),
        None => (Unit::WanYuan, 2),
    };
    let (there, here): (Printed, Printed) = (stated.printed(unit, decimals), known.printed(unit, decimals));
    let (there, here) = (there.with_decimals_at_least(here.decimals), here.with_decimals_at_least(there.decimals));
    if there == here {
        return None;
    }
    let message =
        |what: &str| format!("成表上是 {there}，按账簿、预算等资料计算是 {here}，{what}，{used}；请核对两处来源");
    // One unit of the last place is a rounding difference: tables are often closed by hand.
    Some(if there.mantissa.abs_diff(here.mantissa) <= 1 {
        Problem::doubt(figure.place.clone(), message("相差在尾差之内"))
    } else {
        Problem::contradiction(figure.place.clone(), message("两处不一致"))
    })
}

/// A table of which only the frame was given: there is nothing of what its fixed rows name.
fn nothing(form: &Form, before: &Facts, catalog: &Catalog, facts: &mut Facts, title: &str) {
    for block in &form.block {
        for row in block.row.iter().filter(|r| r.by.is_none() && !r.is_blank() && !r.joined) {
            for column in block.numbers() {
                let meaning = form.meaning(block, row, None, column);
                if before.amount(&catalog.trees, &meaning, &form.key).is_none() {
                    let place =
                        Place { table: Some(title.to_owned()), row: Some(row.name.clone()), ..Place::default() };
                    facts.state(meaning, Fact { amount: Amount::Exact(Money::ZERO), place, form: form.key.clone() });
                }
            }
        }
    }
}
