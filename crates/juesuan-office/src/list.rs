//! 待填清单: what the documents of a folder lack, as data and as a file in which it can be filled in.
//!
//! - `item` a question with its answer
//! - [`fill`](mod@fill) answers that somebody gave elsewhere, put into the file

mod fill;
mod item;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_catalog::template::Lack;
use juesuan_compose::{Accounts, Lacking, Stopped, TakenFigure};
use juesuan_inputs::entered::answers::{self, Answer, Row};
use juesuan_model::{Entity, Need};
use juesuan_read::Files;
use juesuan_read::files::FileKind;
use juesuan_write::{AskRow, asked};

pub use self::fill::{Filled, Given, fill, given, refused};
pub use self::item::Item;

use crate::error::Error;

/// The list, if a document lacks something that must be there or may have to be: first what is asked, in the order of the
/// documents, then what was answered in an earlier list, so that the new one replaces it without loss.
///
/// # Errors
/// A library that cannot write it.
pub fn list<U>(made: &Accounts<U>, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
    Asked::of(made).written(catalog)
}

/// The same where faults of the inputs stopped the run: what would be asked, as far as can be known.
///
/// # Errors
/// A library that cannot write it.
pub fn list_stopped(stopped: &Stopped, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
    Asked::of_stopped(stopped).written(catalog)
}

/// What is asked of whom, in words, and what was answered.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Whose documents.
    pub entity: Entity,
    /// The questions in the order of the documents, then what was answered.
    pub items: Vec<Item>,
    /// What was taken of last year's published accounts: whose it became, what it is of, how much, where it stands.
    pub taken: Vec<[String; 4]>,
}

impl Listed {
    /// What is asked of a folder, with what stands in its lists, understood or not.
    pub(crate) fn of(made: &Asked<'_>, folder: &dyn Files, catalog: &Catalog) -> Listed {
        made.listed(fill::rows(folder, catalog), catalog)
    }

    /// The list as a file, also where nothing is asked.
    ///
    /// # Errors
    /// A library that cannot write it.
    pub fn file(&self, catalog: &Catalog) -> Result<Vec<u8>, Error> {
        written(self, catalog)
    }
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

impl Asked<'_> {
    fn written(&self, catalog: &Catalog) -> Result<Option<Vec<u8>>, Error> {
        let is_asked = self.lacking.iter().flat_map(|one| &one.asks).any(|ask| ask.need > Need::May);
        let listed = || self.listed(self.answers.iter().map(Row::from).collect(), catalog);
        is_asked.then(|| written(&listed(), catalog)).transpose()
    }

    fn listed(&self, answers: Vec<Row>, catalog: &Catalog) -> Listed {
        let of_unit = |one: &'_ Lacking| one.unit.clone().unwrap_or_default();
        let units: Vec<String> = self.lacking.iter().map(of_unit).collect();
        let asks = self.lacking.iter().zip(&units);
        let asks = asks.flat_map(|(one, unit)| one.asks.iter().map(move |ask| (unit.as_str(), ask)));
        let whose = |one: &TakenFigure| one.unit.clone().unwrap_or_default();
        let taken = |one: &TakenFigure| [whose(one), one.what.clone(), one.amount.clone(), one.place.clone()];
        Listed {
            entity: self.entity.clone(),
            items: Item::all(asks, answers, &self.entity.name, &catalog.asks),
            taken: self.taken.iter().map(taken).collect(),
        }
    }
}

fn written(listed: &Listed, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let Listed { entity, items, taken } = listed;
    let rows: Vec<AskRow> = items.iter().map(Item::row).collect();
    let words = BTreeMap::from([("单位", entity.name.clone()), ("年", entity.year.to_string())]);
    let title = catalog.asks.book.title.text(&words, Lack::Word("")).unwrap_or_default();
    let what = juesuan_read::package::LIST;
    asked(&title, &rows, taken, &catalog.asks).map_err(|source| Error::Write { what, source: source.into() })
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
