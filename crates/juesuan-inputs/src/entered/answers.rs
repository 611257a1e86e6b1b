//! The list of what was missing, filled in: a sheet of any workbook at the root of the folder, known by its name
//! (`catalog/asks.toml`). Each row carries a code that says what it answers; a row without an answer says nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_catalog::template::{Lack, Template};
use juesuan_facts::performance::WHOLE;
use juesuan_facts::record::{Columns, Entry, Record};
use juesuan_facts::{Amount, Department, Facts, Narrative};
use juesuan_model::{Place, Problem, Wanted};
use juesuan_read::{Grid, Value};
use juesuan_text::plain;

use super::texts::UNIT;
use crate::{cell, stated};

/// Rows among which the head of the list is looked for.
const HEAD_ROWS: usize = 20;
/// Columns by their place among the heads of the catalogue.
const ANSWER: usize = 6;
const CODE: usize = 7;
/// Sheets of performance, and columns that they share.
const INDICATORS: &str = "perf-indicators";
const TOPICS: &str = "perf-texts";
const PROJECTS: &str = "perf-projects";
const PROJECT: &str = "project";

/// An answered row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The unit whose document asked; `None`: the department.
    pub unit: Option<String>,
    /// What it answers.
    pub wanted: Wanted,
    /// The answer.
    pub value: Value,
    /// What the row says: where it stands, what is asked, why.
    pub said: [String; 3],
    /// The cell of the answer.
    pub place: Place,
}

impl Answer {
    fn is_of(&self, unit: Option<&str>, department: &str) -> bool {
        self.unit.as_deref().filter(|own| *own != department) == unit
    }

    fn text(&self) -> &str {
        self.value.as_str().trim()
    }
}

/// A row with something in its cell for the answer, as it stands there: whoever writes the list anew keeps it, understood or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The unit whose document asked; `None`: the department.
    pub unit: Option<String>,
    /// By what the question is known; [`Wanted`] as it is written down, if nobody changed it.
    pub code: String,
    /// The answer.
    pub value: Value,
    /// What the row says: where it stands, what is asked, why.
    pub said: [String; 3],
    /// The cell of the answer.
    pub place: Place,
}

impl From<&Answer> for Row {
    fn from(answer: &Answer) -> Row {
        let Answer { unit, wanted, value, said, place } = answer.clone();
        Row { unit, code: code(&wanted), value, said, place }
    }
}

/// What is wanted, as the list carries it.
pub fn code(wanted: &Wanted) -> String {
    serde_json::to_string(wanted).unwrap_or_default()
}

/// The rows of a list in whose cell for the answer something stands.
///
/// # Errors
/// A sheet without the heads of the list.
pub fn rows(grid: &Grid, catalog: &Catalog) -> Result<Vec<Row>, Problem> {
    let words = &catalog.asks;
    let column =
        |row: usize, head: &str| (0..grid.width()).find(|at| plain(grid.cell(row, *at).as_str()) == plain(head));
    let heads = |row: usize| words.book.heads.each_ref().map(|head| column(row, head));
    let found = (0..grid.rows.len().min(HEAD_ROWS)).map(|row| (row, heads(row)));
    let head = found.into_iter().find(|(_, columns)| columns[ANSWER].is_some() && columns[CODE].is_some());
    let Some((top, columns)) = head else {
        return Err(Problem::doubt(grid.place_of_sheet(), words.read.head.clone()));
    };
    let [_, whose, place, what, why, _, answer, code] = columns;
    let mut out = Vec::new();
    for row in top + 1..grid.rows.len() {
        let text = |column: Option<usize>| column.map_or("", |at| grid.cell(row, at).as_str()).trim();
        let value = answer.map_or(&Value::Blank, |at| grid.cell(row, at));
        if !matches!(value, Value::Unread(_)) && value.as_str().trim().is_empty() {
            continue;
        }
        out.push(Row {
            unit: Some(text(whose)).filter(|text| !text.is_empty()).map(str::to_owned),
            code: text(code).to_owned(),
            value: value.clone(),
            said: [place, what, why].map(|column| text(column).to_owned()),
            place: Place { column: Some(words.book.heads[ANSWER].clone()), ..grid.place(row) },
        });
    }
    Ok(out)
}

/// Reads the answers of a list. What cannot be read is named with its cell; of two answers to one question the first counts.
pub fn read(grid: &Grid, catalog: &Catalog, answers: &mut Vec<Answer>, problems: &mut Vec<Problem>) {
    let rows = match rows(grid, catalog) {
        Ok(rows) => rows,
        Err(problem) => return problems.push(problem),
    };
    for Row { unit, code, value, said, place } in rows {
        match serde_json::from_str::<Wanted>(&code) {
            Ok(wanted) => take(Answer { unit, wanted, value, said, place }, catalog, answers, problems),
            Err(_) => problems.push(Problem::doubt(place, catalog.asks.read.code.clone())),
        }
    }
}

/// Takes an answer in, unless it is none.
fn take(answer: Answer, catalog: &Catalog, answers: &mut Vec<Answer>, problems: &mut Vec<Problem>) {
    let read = match (&answer.wanted, &answer.value) {
        (_, Value::Unread(reason)) => Err(reason.to_string()),
        (Wanted::Amount(_), value) => cell::yuan(value).map(|amount| amount.is_some()),
        (Wanted::Count(_), value) => cell::count(value.as_str()).map(|number| number.is_some()),
        _ => Ok(true),
    };
    match read {
        Err(message) => problems.push(Problem::fatal(answer.place, message)),
        Ok(false) => {}
        Ok(true) => match answers.iter().find(|other| other.unit == answer.unit && other.wanted == answer.wanted) {
            Some(other) if other.text() == answer.text() => {}
            Some(other) => {
                let (one, two) = (other.text(), answer.text());
                let words = [("另一处", other.place.to_string()), ("另值", one.to_owned()), ("本值", two.to_owned())];
                problems.push(Problem::doubt(answer.place.clone(), told(&catalog.asks.read.double, words)));
            }
            None => answers.push(answer),
        },
    }
}

/// Names the answers of units that the department does not have.
pub fn check_units(answers: &[Answer], department: &Department, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let known: Vec<&str> = department.units.iter().map(|unit| unit.name.as_str()).collect();
    for answer in answers {
        let Some(unit) = answer.unit.as_deref().filter(|unit| !known.contains(unit) && *unit != department.name) else {
            continue;
        };
        let words = [("单位", unit.to_owned()), ("全部", known.join("、"))];
        problems.push(Problem::doubt(answer.place.clone(), told(&catalog.asks.read.unit, words)));
    }
}

/// Enters the answers of `unit` (`None`: of the department of that name) that are texts. What another file says differently
/// stays as it is there, and is named.
pub fn narrate(
    answers: &[Answer],
    unit: Option<&str>,
    department: &str,
    narrative: &mut Narrative,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    for answer in answers.iter().filter(|answer| answer.is_of(unit, department)) {
        let (texts, key) = match &answer.wanted {
            Wanted::Cause(key) => (&mut narrative.cause, key),
            Wanted::Text(key) => (&mut narrative.text, key),
            Wanted::Purpose(key) => (&mut narrative.purpose, key),
            _ => continue,
        };
        match texts.get(key).filter(|text| !text.trim().is_empty()) {
            None => {
                texts.insert(key.clone(), answer.text().to_owned());
                narrative.places.insert(key.clone(), answer.place.clone());
            }
            Some(other) if other.trim() == answer.text() => {}
            Some(other) => {
                let there = narrative.places.get(key).map_or_else(|| NARRATIVE.to_owned(), ToString::to_string);
                problems.push(says_other(answer, there, other.clone(), catalog));
            }
        }
    }
}

/// The problem of an answer where another file says something else.
pub(super) fn says_other(answer: &Answer, there: String, other: String, catalog: &Catalog) -> Problem {
    let words = [("另一处", there), ("另值", other)];
    Problem::doubt(answer.place.clone(), told(&catalog.asks.read.both, words))
}

/// The file of texts of those who use no workbook.
const NARRATIVE: &str = "narrative.toml";

/// States the answers of `unit` (`None`: of the department of that name) that are figures.
pub fn state(
    answers: &[Answer],
    unit: Option<&str>,
    department: &str,
    catalog: &Catalog,
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) {
    for answer in answers.iter().filter(|answer| answer.is_of(unit, department)) {
        let (meaning, amount) = match &answer.wanted {
            Wanted::Amount(meaning) => (meaning, cell::yuan(&answer.value).ok().flatten().map(Amount::Exact)),
            Wanted::Count(meaning) => (meaning, cell::count(answer.value.as_str()).ok().flatten().map(Amount::Count)),
            _ => continue,
        };
        if let Some(amount) = amount {
            stated::state_one(meaning.clone(), amount, answer.place.clone(), &catalog.trees, facts, problems);
        }
    }
}

/// Enters the answers that belong into the sheets of performance. What stands there already stays, and is named where it differs.
pub fn enter(
    answers: &[Answer],
    records: &mut BTreeMap<String, Vec<Record>>,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    for answer in answers {
        let (kind, project, key, indicator) = match &answer.wanted {
            Wanted::Topic { project, topic } => {
                let row = new_row(answer, project, catalog).with("topic", Entry::Text(topic.clone()));
                let row = row.with("content", Entry::Text(answer.text().to_owned()));
                records.entry(TOPICS.to_owned()).or_default().push(row);
                continue;
            }
            Wanted::Indicator { project, indicator, key } => (INDICATORS, project, key, Some(indicator)),
            Wanted::Field { project, key } => (PROJECTS, project, key, None),
            _ => continue,
        };
        let Some(column) = catalog.inputs.get(kind).and_then(|spec| spec.column(key)) else { continue };
        let entry = match cell::read(column, &answer.value) {
            Ok(Some(entry)) => entry,
            Ok(None) => continue,
            Err(message) => {
                problems.push(Problem::fatal(answer.place.clone(), message));
                continue;
            }
        };
        let rows = records.entry(kind.to_owned()).or_default();
        let mut found = false;
        for row in rows.iter_mut().filter(|row| is_row(row, answer, project, indicator.map(String::as_str))) {
            found = true;
            match row.entry(key) {
                None => *row = row.clone().with(key, entry.clone()),
                Some(other) if *other == entry => {}
                Some(_) => {
                    let (there, other) = (row.place(key).to_string(), row.text(key).to_owned());
                    problems.push(says_other(answer, there, other, catalog));
                }
            }
        }
        match (found, indicator) {
            (true, _) => {}
            (false, None) => rows.push(new_row(answer, project, catalog).with(key, entry)),
            (false, Some(name)) => {
                let words = [("名称", name.clone())];
                problems.push(Problem::doubt(answer.place.clone(), told(&catalog.asks.read.no_row, words)));
            }
        }
    }
}

/// True for the row of a project, and of an indicator if one is asked for.
fn is_row(row: &Record, answer: &Answer, project: &str, indicator: Option<&str>) -> bool {
    let whole = |name: &str| {
        let name = plain(name);
        if name == WHOLE { String::new() } else { name }
    };
    let whose = row.filled(UNIT).is_none() || answer.unit.is_none() || row.filled(UNIT) == answer.unit.as_deref();
    let named = indicator.is_none_or(|name| plain(row.text("level3")) == plain(name));
    whose && named && whole(row.text(PROJECT)) == whole(project)
}

/// A row of a project, or of the whole, that stands in the list.
fn new_row(answer: &Answer, project: &str, catalog: &Catalog) -> Record {
    let head = catalog.asks.book.heads[ANSWER].clone();
    let heads = BTreeMap::from([("content".to_owned(), head)]);
    let place = Place { line: None, column: None, ..answer.place.clone() };
    let columns = Arc::new(Columns { place, heads });
    let row = Record::new(columns, answer.place.line.unwrap_or_default(), BTreeMap::new());
    let text = |text: &str| Entry::Text(text.to_owned());
    let row = if project.is_empty() { row } else { row.with(PROJECT, text(project)) };
    match &answer.unit {
        Some(unit) => row.with(UNIT, text(unit)),
        None => row,
    }
}

fn told<const N: usize>(template: &Template, words: [(&'static str, String); N]) -> String {
    template.text(&BTreeMap::from(words), Lack::Word("")).unwrap_or_default()
}
