//! How much of what a document prints was held against something else.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::figure::FigureId;
use crate::package::Package;
use crate::relation::{Form, Operand, Relation, Sense, Source, Term, Verdict};
use crate::seen::{Confidence, Seen};

/// The printed amounts of a document, and those that took part in a relation with a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Amounts that are printed and have a meaning.
    pub printed: usize,
    /// Those that were held against another.
    pub held: usize,
    /// Tables and sections of whose amounts none was, in the order of the document.
    pub untried: Vec<Untried>,
    /// Percent of the printed amounts that must have been held against another before a document is said to be right.
    pub least: usize,
}

/// A table or section of whose amounts none was held against another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untried {
    /// Its title or heading.
    pub name: String,
    /// True for a table.
    pub table: bool,
    /// How many amounts it prints.
    pub printed: usize,
}

impl Coverage {
    /// Counts the figures of a package that `relations` judged.
    pub fn of(package: &Package, relations: &[Relation], least: usize) -> Coverage {
        let judged = relations.iter().filter(|relation| joins(relation));
        let held: BTreeSet<FigureId> = judged.flat_map(Relation::figures).collect();
        let mut places: Vec<(Untried, usize)> = Vec::new();
        let mut known: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        let mut out = Coverage { least, ..Coverage::default() };
        for (number, figure) in (0u32..).zip(&package.figures).filter(|(_, figure)| figure.cell.number().is_some()) {
            let own = usize::from(held.contains(&FigureId(number)));
            out.printed += 1;
            out.held += own;
            let (table, section) = (figure.place.table.as_deref(), figure.place.section.as_deref());
            let name = table.or(section).unwrap_or_default();
            let at = *known.entry((table.is_some(), name)).or_insert_with(|| {
                places.push((Untried { name: name.to_owned(), table: table.is_some(), printed: 0 }, 0));
                places.len() - 1
            });
            if let Some((place, tried)) = places.get_mut(at) {
                place.printed += 1;
                *tried += own;
            }
        }
        out.untried = places.into_iter().filter(|(_, tried)| *tried == 0).map(|(place, _)| place).collect();
        out
    }

    /// Whole percent of the printed amounts that were held against another; `None` where none is printed.
    pub fn percent(&self) -> Option<usize> {
        (100 * self.held).checked_div(self.printed)
    }

    /// True if enough was held against another to say that a document is right.
    pub fn is_enough(&self) -> bool {
        100 * self.held >= self.least * self.printed
    }
}

/// How sure figures are that were recognised in pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Pictured {
    /// Said by a person.
    #[serde(default)]
    pub corrected: usize,
    /// Proven by arithmetic.
    pub proven: usize,
    /// Read surely enough.
    pub plausible: usize,
    /// Not.
    pub doubtful: usize,
}

impl Pictured {
    /// Counts the figures of a package; what is less sure than `least` is doubtful.
    pub fn of(package: &Package, least: Confidence) -> Pictured {
        let mut out = Pictured::default();
        for figure in &package.figures {
            let is_contested = figure.place.picture.as_ref().is_some_and(|known| known.differs.is_some());
            match figure.seen {
                Seen::Picture(_) if is_contested => out.doubtful += 1,
                Seen::Text => {}
                Seen::Corrected => out.corrected += 1,
                Seen::Proven => out.proven += 1,
                Seen::Picture(sure) if sure >= least && figure.cell != Cell::Unreadable => out.plausible += 1,
                Seen::Picture(_) => out.doubtful += 1,
            }
        }
        out
    }

    /// True if no figure was recognised in a picture.
    pub fn is_empty(self) -> bool {
        self == Pictured::default()
    }
}

/// True for a relation with a verdict that says what a figure is by others, here or in another document: an equation or a rate.
/// That one is not greater than another says little of either.
fn joins(relation: &Relation) -> bool {
    let judged = matches!(relation.verdict, Verdict::Holds | Verdict::Broken);
    judged
        && match &relation.form {
            Form::Linear { left, sense: Sense::Equal, right, .. } => {
                let elsewhere = |term: &Term| matches!(&term.operand, Operand::Given(given) if !matches!(given.from, Source::Rule(_)));
                relation.figures().len() > 1 || left.iter().chain(right).any(elsewhere)
            }
            Form::Quotient { .. } => true,
            Form::Linear { .. } | Form::Logic { .. } | Form::Fact { .. } => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Figure, Meaning, Measure, Message, Place, Printed, Unit};

    fn package(tables: &[&str]) -> Package {
        let mut package = Package::default();
        for table in tables {
            let cell = Printed::parse("1.00", Unit::WanYuan).map_or(Cell::Blank, Cell::Number);
            let place = Place { table: Some((*table).to_owned()), ..Place::default() };
            let meanings = vec![Meaning::default()];
            let (measure, seen) = (Measure::Amount, crate::Seen::default());
            package.push(Figure { meanings, measure, cell, exact_fen: None, place, seen });
        }
        package
    }

    fn relation(figures: &[u32], verdict: Verdict) -> Relation {
        let right = figures.iter().map(|id| Term::plus(FigureId(*id))).collect();
        let form = Form::Linear { left: Vec::new(), sense: Sense::Equal, right, slack: 0 };
        Relation { code: String::new(), message: Message::default(), form, verdict, tail: false }
    }

    #[test]
    fn figures_of_pictures_are_counted_by_how_sure_they_are_and_unread_ones_are_doubtful() {
        let mut package = package(&["a"; 6]);
        let seen = [Seen::Text, Seen::Proven, sure(950), sure(850), sure(950), Seen::Corrected];
        package.figures.iter_mut().zip(seen).for_each(|(figure, seen)| figure.seen = seen);
        package.figures[4].cell = Cell::Unreadable;
        let counted = Pictured::of(&package, Confidence::thousandths(900));
        assert_eq!(counted, Pictured { corrected: 1, proven: 1, plausible: 1, doubtful: 2 });
    }

    fn sure(thousandths: u16) -> Seen {
        Seen::Picture(Confidence::thousandths(thousandths))
    }

    #[test]
    fn a_figure_counts_that_was_held_against_another() {
        let package = package(&["a", "a", "b", "c"]);
        let relations =
            [relation(&[0, 1], Verdict::Holds), relation(&[2], Verdict::Holds), relation(&[2, 3], Verdict::Unreadable)];
        let coverage = Coverage::of(&package, &relations, 60);
        assert_eq!((coverage.printed, coverage.held, coverage.percent()), (4, 2, Some(50)));
        assert_eq!(coverage.untried.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["b", "c"]);
        assert!(!coverage.is_enough());
        assert!(Coverage { least: 50, ..coverage }.is_enough());
    }
}
