//! Finished tables as JSON: `{title: {unit, columns, rows: [{code, name, side, values}], pages}}`. `values` are the prints of
//! the figure columns from the left, `null` for an empty cell.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, Form, Variant};
use juesuan_model::{Cell, Place, Problem, Unit};
use juesuan_text::plain;
use serde::Deserialize;

use super::figures::FigureColumn;
use super::rows::Finder;
use super::words::code;
use super::{FormReading, Reading, cells, layouts, title};

#[derive(Deserialize)]
struct JsonTable {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    columns: Vec<Vec<String>>,
    #[serde(default)]
    rows: Vec<JsonRow>,
    #[serde(default)]
    pages: Vec<u32>,
}

#[derive(Deserialize)]
struct JsonRow {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    side: Option<String>,
    #[serde(default)]
    values: Vec<Option<String>>,
}

/// Reads the tables of one JSON file; `file` names it in places.
pub fn read(catalog: &Catalog, variant: &Variant, file: &str, text: &str) -> Reading {
    let mut reading = Reading::default();
    let place = Place { file: Some(file.to_owned()), ..Place::default() };
    let tables: BTreeMap<String, JsonTable> = match serde_json::from_str(text) {
        Ok(tables) => tables,
        Err(error) => {
            reading.problems.push(Problem::fatal(
                Place { line: u32::try_from(error.line()).ok(), ..place },
                format!("第 {} 个字符起不是成表的 JSON 格式；请按 {{表名: {{unit, rows: [{{code, name, side, values}}]}}}} 填写", error.column()),
            ));
            return reading;
        }
    };
    for (name, table) in &tables {
        let place = Place {
            table: Some(name.clone()),
            page: table.pages.first().copied().filter(|_| table.pages.len() == 1),
            ..place.clone()
        };
        match title::form_of(catalog, name) {
            Some(key) => one(catalog, variant, &key, name, table, &place, &mut reading),
            None => reading.problems.push(Problem::doubt(place, "不认识这个表名，没有读入；请使用决算公开表的表名")),
        }
    }
    reading
}

fn one(
    catalog: &Catalog,
    variant: &Variant,
    key: &str,
    name: &str,
    table: &JsonTable,
    place: &Place,
    reading: &mut Reading,
) {
    let Some(form) = layout(&layouts(catalog, variant, key), table) else {
        return;
    };
    let unit = cells::unit(&format!("单位：{}", table.unit)).unwrap_or_else(|| {
        reading.problems.push(Problem::doubt(
            place.clone(),
            format!("单位写的是“{}”，按{}读；请写明 元 或 万元", table.unit, form.unit.word()),
        ));
        form.unit
    });
    let mut finder = Finder::new(form, catalog);
    let blocks = FigureColumn::of(form);
    let mut figures = Vec::new();
    for row in &table.rows {
        let words = row.code.iter().map(String::as_str).chain([row.name.as_str()]).filter(|w| !w.is_empty());
        let place = Place { row: Some(words.collect::<Vec<_>>().join(" ")), ..place.clone() };
        let side =
            row.side.as_deref().map(plain).and_then(|side| form.block.iter().position(|b| plain(&b.side) == side));
        let Some(found) = finder.find(side, row.code.as_deref().and_then(code).as_deref(), &row.name) else {
            reading.problems.push(Problem::doubt(place, "这张表没有这一行，没有读入；请核对科目编码和行名"));
            continue;
        };
        let Some(columns) = blocks.get(found.block) else {
            continue;
        };
        if row.values.len() != columns.len() {
            let message = format!(
                "这一行有 {} 个数，表有 {} 列，没有读入；请按列补齐，空格写 null",
                row.values.len(),
                columns.len()
            );
            reading.problems.push(Problem::doubt(place, message));
            continue;
        }
        for (column, value) in columns.iter().zip(&row.values) {
            let named = Place { column: Some(column.name.clone()), ..place.clone() };
            let cell = printed(value.as_deref().unwrap_or(""), unit, &named, &mut reading.problems);
            figures.push(column.figure(&found, cell, place.clone()));
        }
    }
    reading.tables.push(FormReading { form: key.to_owned(), title: name.to_owned(), figures });
}

/// The print of a cell; what is no figure is unreadable and a problem.
pub(crate) fn printed(text: &str, unit: Unit, place: &Place, problems: &mut Vec<Problem>) -> Cell {
    cells::cell(text, unit).unwrap_or_else(|| {
        problems.push(Problem::doubt(place.clone(), format!("“{text}”不是数字，没有读入；请改成数字，没有就留空")));
        Cell::Unreadable
    })
}

/// The layout that fits: as many figures in its rows, then most headings in the same order. Earlier layouts win.
fn layout<'a>(forms: &[&'a Form], table: &JsonTable) -> Option<&'a Form> {
    let longest = table.rows.iter().map(|r| r.values.len()).max();
    let score = |form: &Form| {
        let numbers = form.block.iter().map(|b| b.numbers().count()).max().unwrap_or(0);
        let fits = longest.is_none_or(|longest| longest == numbers);
        let heads: Vec<Vec<String>> = (0..4)
            .map(|level| {
                let columns = form.block.iter().flat_map(|b| b.numbers());
                let mut words: Vec<String> = columns.filter_map(|c| c.head.get(level).map(|w| plain(w))).collect();
                // The lowest level stands out column by column, those above once for what they cover.
                if words.iter().collect::<std::collections::BTreeSet<_>>().len() > 2 {
                    words.dedup();
                }
                words
            })
            .collect();
        let same = table.columns.iter().filter(|row| heads.contains(&row.iter().map(|w| plain(w)).collect())).count();
        (fits, same)
    };
    let mut best: Option<(&Form, (bool, usize))> = None;
    for form in forms {
        let score = score(form);
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((form, score));
        }
    }
    best.map(|(form, _)| form)
}
