//! 待填清单: what the documents of a folder lack, as a file in which it can be filled in.

use std::collections::BTreeMap;

use juesuan_catalog::template::Lack;
use juesuan_catalog::{AskWords, Catalog};
use juesuan_compose::{Accounts, Lacking, Stopped, TakenFigure};
use juesuan_inputs::entered::answers::{self, Answer};
use juesuan_model::{Ask, Entity, Need, Place, Wanted};
use juesuan_read::Files;
use juesuan_read::files::FileKind;
use juesuan_write::{AskCell, AskRow, asked};

use crate::error::Error;

/// The list, if a document lacks something that must be there or may have to be: first what is asked, in the order of the
/// documents, then what was answered in an earlier list, so that the new one replaces it without loss.
///
/// # Errors
/// A library that cannot write it.
pub fn list<U>(made: &Accounts<U>, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
    written(&Asked::of(made), catalog)
}

/// The same where faults of the inputs stopped the run: what would be asked, as far as can be known.
///
/// # Errors
/// A library that cannot write it.
pub fn list_stopped(stopped: &Stopped, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
    written(&Asked::of_stopped(stopped), catalog)
}

/// What is asked, and of whom.
pub struct Asked<'a> {
    entity: &'a Entity,
    lacking: &'a [Lacking],
    answers: &'a [Answer],
    taken: &'a [TakenFigure],
}

impl<'a> Asked<'a> {
    /// Of what was made.
    pub fn of<U>(made: &'a Accounts<U>) -> Asked<'a> {
        Asked { entity: &made.department.entity, lacking: &made.lacking, answers: &made.answers, taken: &made.taken }
    }

    /// Of what was not made.
    pub fn of_stopped(stopped: &'a Stopped) -> Asked<'a> {
        Asked { entity: &stopped.entity, lacking: &stopped.lacking, answers: &stopped.answers, taken: &[] }
    }
}

fn written(made: &Asked<'_>, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
    let rows = rows(made, &catalog.asks);
    let is_asked = made.lacking.iter().flat_map(|one| &one.asks).any(|ask| ask.need > Need::May);
    if !is_asked {
        return Ok(None);
    }
    let entity = made.entity;
    let words = BTreeMap::from([("单位", entity.name.clone()), ("年", entity.year.to_string())]);
    let title = catalog.asks.book.title.text(&words, Lack::Word("")).unwrap_or_default();
    let what = juesuan_read::package::LIST;
    let whose = |one: &TakenFigure| one.unit.clone().unwrap_or_default();
    let taken = made.taken.iter().map(|one| [whose(one), one.what.clone(), one.amount.clone(), one.place.clone()]);
    asked(&title, &rows, &taken.collect::<Vec<_>>(), &catalog.asks)
        .map(Some)
        .map_err(|source| Error::Write { what, source: source.into() })
}

/// True if the list that an earlier run wrote was filled in where it lies and not put back: the next would take its place.
pub fn is_left(output: &dyn Files, made: &Asked<'_>, catalog: &Catalog) -> bool {
    let file = &catalog.asks.file;
    if output.kind(file) != Some(FileKind::File) {
        return false;
    }
    let grids =
        juesuan_read::file::bytes_of(output, file, file).and_then(|bytes| juesuan_read::grids_entered(file, &bytes));
    let (mut answers, mut unread) = (Vec::new(), Vec::new());
    for grid in grids.iter().flatten().filter(|grid| grid.sheet.trim() == catalog.asks.sheet) {
        answers::read(grid, catalog, &mut answers, &mut unread);
    }
    let is_known = |answer: &Answer| {
        let same = |other: &&Answer| other.unit == answer.unit && other.wanted == answer.wanted;
        made.answers.iter().find(same).is_some_and(|other| other.value.as_str().trim() == answer.value.as_str().trim())
    };
    !unread.is_empty() || !answers.iter().all(is_known)
}

fn rows(made: &Asked<'_>, words: &AskWords) -> Vec<AskRow> {
    let department = made.entity.name.as_str();
    let whose = |answer: &Answer| answer.unit.clone().filter(|unit| unit != department);
    let mut answers: Vec<&Answer> = made.answers.iter().collect();
    let mut rows = Vec::new();
    for lacking in made.lacking {
        for ask in &lacking.asks {
            let own = |answer: &&Answer| answer.wanted == ask.wanted && whose(answer) == lacking.unit;
            let answered = answers.iter().position(own).map(|at| answers.remove(at));
            rows.push(open(ask, lacking.unit.as_deref(), answered, words));
        }
    }
    rows.extend(answers.into_iter().map(|answer| done(answer, words)));
    rows
}

/// A question, with what was answered to it in vain.
fn open(ask: &Ask, unit: Option<&str>, answered: Option<&Answer>, words: &AskWords) -> AskRow {
    let cell = cell(&ask.wanted);
    AskRow {
        unit: unit.unwrap_or_default().to_owned(),
        place: place(&ask.place),
        what: words.what(ask),
        why: words.why(ask),
        need: words.need(ask).to_owned(),
        must: ask.need == Need::Must && cell != AskCell::Nothing,
        cell,
        answer: answered.map_or_else(String::new, |answer| answer.value.as_str().to_owned()),
        code: code(&ask.wanted),
    }
}

/// A question that was answered.
fn done(answer: &Answer, words: &AskWords) -> AskRow {
    let [place, what, why] = answer.said.clone();
    AskRow {
        unit: answer.unit.clone().unwrap_or_default(),
        place,
        what,
        why,
        need: words.book.done.clone(),
        must: false,
        cell: cell(&answer.wanted),
        answer: answer.value.as_str().to_owned(),
        code: code(&answer.wanted),
    }
}

fn code(wanted: &Wanted) -> String {
    serde_json::to_string(wanted).unwrap_or_default()
}

const fn cell(wanted: &Wanted) -> AskCell {
    match wanted {
        Wanted::Amount(_) => AskCell::Yuan,
        Wanted::Count(_) => AskCell::Count,
        Wanted::Cells(_) | Wanted::Word(_) | Wanted::Elsewhere(_) => AskCell::Nothing,
        Wanted::Cause(_)
        | Wanted::Text(_)
        | Wanted::Purpose(_)
        | Wanted::Indicator { .. }
        | Wanted::Topic { .. }
        | Wanted::Field { .. }
        | Wanted::Profile(_) => AskCell::Text,
    }
}

/// Where something will stand, for people who look at the document.
fn place(place: &Place) -> String {
    let table = place.table.as_deref().filter(|table| place.section.as_deref() != Some(table));
    let parts = [place.section.as_deref(), table, place.row.as_deref(), place.column.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}
