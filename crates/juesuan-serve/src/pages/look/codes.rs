//! The function and the economic classification: by number and by name, with years and the path above.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use juesuan_catalog::{Catalog, Code, Codes, Confidence};
use serde::Deserialize;

use super::Tab;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};

/// Most rows of a page.
const ROWS_MAX: usize = 200;
/// Digits of the codes of each level but the last.
const LEVELS: [usize; 2] = [3, 5];

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// A code, the beginning of one, or words of a name.
    words: String,
    year: String,
}

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 支出功能分类.
    Function,
    /// 部门预算支出经济分类.
    Economic,
}

/// A row with the names above it.
struct Row<'c> {
    kind: Kind,
    code: &'c Code,
    /// Codes and names of the levels above, the highest first.
    above: Vec<(&'c str, &'c str)>,
}

#[derive(Template)]
#[template(path = "look/codes.html")]
struct Page<'c> {
    frame: Frame,
    tab: Tab,
    wanted: Wanted,
    rows: Vec<Row<'c>>,
    /// Rows that are not shown.
    more: usize,
}

/// The page.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let catalog = &desk.catalog;
    let year = wanted.year.trim().parse().ok();
    let mut found = match wanted.words.trim().is_empty() {
        true => classes(catalog, year),
        false => found(catalog, &wanted.words, year),
    };
    let more = found.len().saturating_sub(ROWS_MAX);
    found.truncate(ROWS_MAX);
    let rows = found.into_iter().map(|(kind, code)| Row { kind, code, above: above(of(catalog, kind), code, year) });
    let rows = rows.collect();
    filled(&Page { frame: Frame::new(Room::LookUp, &visitor), tab: Tab::Codes, wanted, rows, more })
}

/// Rows of both classifications: those whose code begins with the digits, or whose names have the words.
pub fn found<'c>(catalog: &'c Catalog, words: &str, year: Option<u16>) -> Vec<(Kind, &'c Code)> {
    let words = words.trim();
    let is_code = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    let kinds = [Kind::Function, Kind::Economic].into_iter();
    let rows = kinds.flat_map(|kind| {
        let codes = of(catalog, kind);
        let rows: Vec<&Code> = match is_code {
            true => codes.all().filter(|row| row.code.starts_with(words)).collect(),
            false => codes.search(words),
        };
        rows.into_iter().map(move |row| (kind, row))
    });
    rows.filter(|(_, row)| year.is_none_or(|year| row.valid_in(year))).collect()
}

/// The highest level of both.
fn classes(catalog: &Catalog, year: Option<u16>) -> Vec<(Kind, &Code)> {
    let all = [Kind::Function, Kind::Economic].into_iter();
    let all = all.flat_map(|kind| of(catalog, kind).all().map(move |row| (kind, row)));
    let [digits, _] = LEVELS;
    all.filter(|(_, row)| row.code.len() == digits && year.is_none_or(|year| row.valid_in(year))).collect()
}

fn of(catalog: &Catalog, kind: Kind) -> &Codes {
    match kind {
        Kind::Function => &catalog.functions,
        Kind::Economic => &catalog.economics,
    }
}

/// The levels above a row, as they were called in the year, else when the row was last in force.
fn above<'c>(codes: &'c Codes, row: &'c Code, year: Option<u16>) -> Vec<(&'c str, &'c str)> {
    let year = year.or(row.valid_to).or(row.valid_from);
    let level = |digits: usize| {
        let code = row.code.get(..digits).filter(|code| code.len() < row.code.len())?;
        let named = year.and_then(|year| codes.name(code, year));
        let name = named.or_else(|| codes.rows(code).last().map(|row| row.name.as_str()))?;
        Some((code, name))
    };
    LEVELS.into_iter().filter_map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_its_beginning_and_by_its_name_with_the_levels_above_it() {
        let catalog = Catalog::load(&[]).unwrap();
        let rows = found(&catalog, " 20103 ", Some(2023));
        assert!(
            rows.len() > 5 && rows.iter().all(|(kind, row)| *kind == Kind::Function && row.code.starts_with("20103"))
        );
        let named = found(&catalog, "政府办公厅 事务", None);
        assert!(named.iter().any(|(_, row)| row.code == "20103"), "{named:?}");
        let (kind, row) = found(&catalog, "2010301", None)[0];
        let above = above(of(&catalog, kind), row, None);
        assert_eq!(above, [("201", "一般公共服务支出"), ("20103", "政府办公厅（室）及相关机构事务")]);
    }

    #[test]
    fn a_year_leaves_out_what_was_not_in_force() {
        let catalog = Catalog::load(&[]).unwrap();
        let in_force = |year| found(&catalog, "30104", Some(year)).len();
        assert_eq!((in_force(2016), in_force(2023)), (1, 0));
        assert!(classes(&catalog, Some(2023)).iter().any(|(kind, row)| *kind == Kind::Economic && row.code == "302"));
    }
}
