//! The performance part of a document: what the explanations, the reports and the forms say of each project and of the whole.
//!
//! In: the parts of a document that was read. Out: its evaluations, with every number among its figures. What
//! belongs to performance is decided before any sentence is read; a number that a sentence prints is one figure, and what a
//! report says of a project is told there by the project's name. Deliberately not here: judging.
//!
//! - `passage` blocks as text with places; `title` titles of reports
//! - `walk` which block speaks of which evaluation
//! - `evaluation` one that is text, by `prose` labels and numbers of a text and `number` numbers; `formula` how values came about
//! - `form` forms with their lines; `head` words of their heads; `indicator` and `target` what a line aims at; `list` lists of
//!   projects; `plain` forms without lines
//! - `link` one name for a project; `book` the figures

mod book;
mod evaluation;
mod form;
mod formula;
mod head;
mod indicator;
mod link;
mod list;
mod number;
mod passage;
mod plain;
mod prose;
mod target;
mod title;
mod walk;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Evaluation, FigureId, Package, Performance, Printed, Stands, Table};

use crate::text::Owned;
use book::Book;
use form::Grid;
use passage::Stretch;
use walk::{Found, Item};

pub(crate) use passage::{Piece, pieces};
pub use walk::Role;
pub(crate) use walk::Walk;

/// True if a table without a form of the catalogue is one of performance: a form, a list of projects, or one that tells how
/// results were made and are used.
pub(crate) fn knows(table: &Table, catalog: &Catalog) -> bool {
    let words = &catalog.performance.words;
    let grid = Grid::new(table);
    grid.is_form(words) || grid.tells(words)
}

/// What the performance part says, before its numbers have become figures of the package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    evaluations: Vec<Evaluation>,
    sums: Vec<LaidOutSum>,
    book: Book,
    /// What of each block its sentences need not read, by the number of the block.
    pub(crate) owned: BTreeMap<usize, Owned>,
}

impl Reading {
    /// Reads what a walk found, for a package with `known` figures.
    pub(crate) fn of(walk: Walk<'_>, known: usize, catalog: &Catalog) -> Reading {
        let mut reading = Reading { book: Book::new(known), ..Reading::default() };
        // What stands below forms, with their projects; and the project of the form that was read last.
        let mut notes: Vec<(String, String)> = Vec::new();
        let mut form: Option<String> = None;
        for item in walk.finish() {
            match item {
                Item::Text(open) => {
                    let before = &reading.evaluations;
                    let read = evaluation::evaluation(open, catalog, &mut reading.book, before, &mut reading.owned);
                    reading.evaluations.extend(read);
                }
                Item::Table(found) => {
                    form = reading.table(&found, catalog);
                    let own = found.grid.notes(&catalog.performance.words);
                    if let Some(form) = &form {
                        notes.extend(own.map(|note| (form.clone(), note)));
                    }
                }
                Item::Note(note) => notes.extend(form.iter().map(|form| (form.clone(), note.clone()))),
            }
        }
        formula::complete(&mut reading.evaluations, notes);
        reading.book.tell(&mut reading.owned);
        reading
    }

    /// Reads a form or list. Out: the project of a form.
    fn table(&mut self, found: &Found<'_>, catalog: &Catalog) -> Option<String> {
        let project = |(stands, project): (Stands, &String)| Evaluation {
            stands,
            project: project.clone(),
            ..Evaluation::default()
        };
        let before = self.evaluations.iter().map(|e| (e.stands, &e.project));
        let before = before.chain(found.around.iter().map(|(stands, project)| (*stands, project)));
        let before: Vec<Evaluation> = before.map(project).collect();
        let (read, totals) = found.grid.read(&catalog.performance, found.above.as_ref(), &before, &mut self.book);
        self.evaluations.extend(read);
        if let Some(totals) = totals {
            totals_told(found.before, &totals.printed, &mut self.owned);
            self.sums.extend(totals.sums);
            return None;
        }
        self.evaluations.last().map(|form| form.project.clone())
    }

    /// Puts what was read into the package, whose sentences have been read: the evaluations, their numbers among its figures,
    /// the sums of its lists. `read` are the figures that the sentences printed, by the number that they have in [`Owned`].
    pub(crate) fn settle(self, read: &BTreeMap<usize, FigureId>, package: &mut Package) {
        let Reading { mut evaluations, mut sums, book, .. } = self;
        let settled = book.settle(read, package);
        evaluations.iter_mut().for_each(|evaluation| settled.evaluation(evaluation));
        sums.iter_mut().for_each(|sum| settled.sum(sum));
        package.sums.extend(sums);
        package.performance = Performance { evaluations, ..Performance::default() };
    }
}

/// Numbers of the paragraphs right above a list that are those of its last line are none of the accounts.
fn totals_told(above: &[Piece<'_>], totals: &[Printed], owned: &mut BTreeMap<usize, Owned>) {
    let texts = above.iter().rev().map_while(|piece| match piece {
        Piece::Text(passage) if passage.level.is_none() => Some(passage),
        Piece::Text(_) | Piece::Table(_) | Piece::Chart => None,
    });
    for passage in texts {
        let stretch = Stretch::of([(passage, 0, passage.text.chars().len())]);
        for found in number::all(&stretch.chars) {
            let same = |total: &Printed| {
                total.unit == found.printed.unit && total.digits_trimmed() == found.printed.digits_trimmed()
            };
            if totals.iter().any(same) {
                stretch.each(found.start..found.end, |block, at| owned.entry(block).or_default().quiet.push(at));
            }
        }
    }
}
