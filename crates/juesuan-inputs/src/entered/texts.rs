//! Causes and other texts of the workbook, of the department and of each unit.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_facts::Narrative;
use juesuan_facts::narrative::Term;
use juesuan_facts::record::Record;
use juesuan_model::{Place, Problem};

use super::Sheets;

/// Kinds whose rows have a key and a text.
const TEXTS: [&str; 3] = ["causes", "texts", "purposes"];

/// Column that names the unit of a row.
pub const UNIT: &str = "unit";

/// True if a row is of `unit` (`None`: of the whole department, which is called `name`). A department with one unit has no
/// rows of others.
pub fn is_of(row: &Record, unit: Option<&str>, name: &str, units: usize) -> bool {
    match (row.filled(UNIT), unit) {
        (whose, Some(unit)) => whose == Some(unit),
        (None, None) => true,
        (Some(whose), None) => whose == name || units <= 1,
    }
}

/// What the workbook says in words of `unit` (`None`: of the whole department).
pub fn narrative(entered: &Sheets, unit: Option<&str>, name: &str, units: usize) -> Narrative {
    let rows = |kind: &'static str| entered.rows(kind).iter().filter(move |row| is_of(row, unit, name, units));
    let texts = |kind| {
        let filled = rows(kind).filter(|row| !row.text("text").trim().is_empty());
        filled.map(|row| (row.text("key").to_owned(), row.text("text").to_owned())).collect::<BTreeMap<_, _>>()
    };
    let term =
        |row: &Record| Term { term: row.text("term").to_owned(), explanation: row.text("explanation").to_owned() };
    let places = |kind| rows(kind).map(|row| (row.text("key").to_owned(), row.place("text")));
    Narrative {
        places: TEXTS.into_iter().flat_map(places).collect(),
        cause: texts("causes"),
        text: texts("texts"),
        purpose: texts("purposes"),
        // A term means the same in every unit.
        glossary: entered.rows("terms").iter().map(term).collect(),
    }
}

/// Lays what the workbook says over what narrative.toml says; the same key with other words is named.
pub fn lay_over(own: Narrative, base: &mut Narrative, file: &str, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let mut lay = |own: BTreeMap<String, String>, base: &mut BTreeMap<String, String>| {
        for (key, text) in own {
            if base.get(&key).is_some_and(|other| *other != text) {
                let place = Place { file: Some(file.to_owned()), column: Some(key.clone()), ..Place::default() };
                let message = catalog.entry.words.both.replace("{sheet}", &catalog.entry.file);
                problems.push(Problem::doubt(place, message));
            }
            base.insert(key, text);
        }
    };
    lay(own.cause, &mut base.cause);
    lay(own.text, &mut base.text);
    lay(own.purpose, &mut base.purpose);
    base.glossary.extend(own.glossary);
    base.places.extend(own.places);
}
