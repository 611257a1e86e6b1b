//! A document beside others, and what is found between them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, Rule};
use juesuan_model::package::Report;
use juesuan_model::relation::{Form, Given, Operand, Sense, Source, Term};
use juesuan_model::{
    Cited, Difference, FigureId, Finding, Meaning, Measure, Message, Package, Place, Proof, Relation, RelationId, Role,
    Said, Seen, ShownFigure, Spot, Subject, Verdict,
};

use super::directory::Beside;
use crate::key;
use crate::ledger::{Ledger, last_place, middle};
use crate::scanned::softened;

/// A document among others.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// File name as the user gave it; findings name it in their places.
    pub file: &'a str,
    /// What it prints.
    pub package: &'a Package,
}

/// The document that is spoken of and those that it is held against, by their numbers in the run.
pub(crate) struct Members<'a> {
    catalog: &'a Catalog,
    all: BTreeMap<usize, (Named<'a>, OnceCell<Ledger<'a>>)>,
}

impl<'a> Members<'a> {
    pub(crate) fn new(documents: impl Iterator<Item = (usize, Named<'a>)>, catalog: &'a Catalog) -> Members<'a> {
        Members { catalog, all: documents.map(|(number, named)| (number, (named, OnceCell::new()))).collect() }
    }

    fn ledger(&self, document: usize) -> Option<&Ledger<'a>> {
        let (named, ledger) = self.all.get(&document)?;
        Some(ledger.get_or_init(|| Ledger::new(named.package, self.catalog, &[])))
    }
}

/// What a body of a link works with.
pub(crate) struct Bench<'b, 'a> {
    /// The documents.
    pub(crate) members: &'b Members<'a>,
    /// Number of the one that is spoken of.
    pub(crate) document: usize,
    /// Which of the others it is held against.
    pub(crate) beside: &'b Beside,
    /// The rule.
    pub(crate) rule: &'a Rule,
    /// What was found.
    pub(crate) out: Vec<Found>,
}

/// What a rule between documents says of one of them.
pub(crate) struct Found {
    /// What was looked at; where it is broken for one cause, the relation that is told comes first.
    pub(crate) relations: Vec<Relation>,
    /// What is wrong, if something is.
    pub(crate) finding: Option<Finding>,
}

impl Found {
    /// Adds it to the report of its document.
    pub(crate) fn put(self, report: &mut Report) {
        let first = report.relations.len();
        if let Some(mut finding) = self.finding {
            let others = (first + 1..first + self.relations.len()).filter_map(|number| u32::try_from(number).ok());
            finding.evidence.extend(others.map(|number| Proof::Likewise(RelationId(number))));
            report.findings.push(finding);
        }
        report.relations.extend(self.relations);
    }
}

/// A figure of one of the documents.
pub(crate) type Side = (usize, FigureId);

/// A relation between documents that is broken, before it is joined with others of the same cause.
pub(crate) struct Broken {
    /// The figure of the document that the finding belongs to.
    pub(crate) left: Side,
    /// The figures that it is held against.
    pub(crate) right: Vec<Side>,
    /// What the left should be to the sum of the right.
    pub(crate) sense: Sense,
    /// What the relation says.
    pub(crate) message: Message,
    /// Left less right, in the integers of an interval.
    pub(crate) difference: i128,
    /// One unit of the last printed place, for amounts; 0 for counts.
    pub(crate) step: i128,
    /// How many coordinates its meaning names: the nearest to the cause has most.
    pub(crate) coordinates: usize,
}

impl<'b, 'a> Bench<'b, 'a> {
    /// A list of words of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.with.words(key)
    }

    /// What a document prints.
    pub(crate) fn package(&self, document: usize) -> Option<&'a Package> {
        self.members.all.get(&document).map(|(named, _)| named.package)
    }

    /// The figures of a document by what they mean.
    pub(crate) fn ledger(&self, document: usize) -> Option<&'b Ledger<'a>> {
        self.members.ledger(document)
    }

    /// The figure that speaks for a meaning: `Err` where it is printed and cannot be read, `Ok(None)` where it is not printed.
    pub(crate) fn speaker(&self, document: usize, key: &(Meaning, Measure)) -> Result<Option<FigureId>, FigureId> {
        let printings = self.ledger(document).and_then(|ledger| ledger.printings(key));
        match printings.map(|p| (p.first(), p.unreadable.first())) {
            None | Some((None, None)) => Ok(None),
            Some((Some(id), _)) => Ok(Some(id)),
            Some((None, Some(id))) => Err(*id),
        }
    }

    /// All figures of a key that differ from each other.
    pub(crate) fn values(&self, document: usize, key: &(Meaning, Measure)) -> Vec<FigureId> {
        let printings = self.ledger(document).and_then(|ledger| ledger.printings(key));
        printings.map(|p| p.values.iter().filter_map(|(_, _, ids)| ids.first().copied()).collect()).unwrap_or_default()
    }

    /// Whether `left` = Σ `right` within the intervals and one more last place for each side, and the difference as printed.
    pub(crate) fn compare(&self, left: Side, right: &[Side]) -> Option<(Verdict, bool, i128)> {
        let value = |(document, id): Side| self.ledger(document)?.known(id);
        let (print, whole) = value(left)?;
        let (mut low, mut high, mut exact, mut slack) = (whole.low, whole.high, middle(print), 0);
        if print.unit.fen().is_some() {
            slack = last_place(print);
        }
        for side in right {
            let (part, interval) = value(*side)?;
            (low, high, exact) = (low - interval.high, high - interval.low, exact - middle(part));
        }
        let holds = low - slack <= 0 && 0 <= high + slack;
        Some((if holds { Verdict::Holds } else { Verdict::Broken }, holds && exact != 0, exact))
    }

    /// A figure with the name of its body and its file.
    pub(crate) fn shown(&self, (document, id): Side) -> Option<ShownFigure> {
        let ledger = self.ledger(document)?;
        let figure = ledger.shown(id);
        let place = self.filed(document, figure.place);
        Some(ShownFigure { body: Some(ledger.package.entity.name.clone()), place, ..figure })
    }

    /// A figure as a value of a message.
    pub(crate) fn cited(&self, side: Side) -> Option<Said> {
        self.shown(side).map(|figure| Said::Figure(Cited::Shown(Box::new(figure))))
    }

    /// What a key is in a document.
    pub(crate) fn subject(&self, document: usize, key: &(Meaning, Measure)) -> Option<Subject> {
        self.ledger(document).map(|ledger| ledger.subject(key))
    }

    /// A place with the name of the file of its document.
    pub(crate) fn filed(&self, document: usize, place: Place) -> Place {
        Place { file: self.members.all.get(&document).map(|(named, _)| named.file.to_owned()), ..place }
    }

    /// What is broken between `left` and the sum of `right`, which should be equal.
    pub(crate) fn broken(&self, left: Side, right: Vec<Side>, message: Message, difference: i128) -> Broken {
        let ledger = self.ledger(left.0);
        let print = ledger.and_then(|ledger| ledger.known(left.1)).map(|(print, _)| print);
        let step = print.filter(|print| print.unit.fen().is_some()).map_or(0, last_place);
        let keys = ledger.map_or(&[][..], |ledger| ledger.keys(left.1));
        let coordinates = keys.first().map_or(0, |(meaning, _)| meaning.coordinates().count());
        Broken { left, right, sense: Sense::Equal, message, difference, step, coordinates }
    }

    /// Adds a relation.
    pub(crate) fn add(&mut self, message: Message, form: Form, verdict: Verdict, tail: bool) {
        let relation = self.relation(message, form, verdict, tail);
        self.out.push(Found { relations: vec![relation], finding: None });
    }

    /// Adds a relation that names no value.
    pub(crate) fn say(&mut self, message: Message, figures: Vec<FigureId>, verdict: Verdict) {
        self.add(message, Form::Logic { figures }, verdict, false);
    }

    /// Adds a broken relation that no figure repairs, with its finding.
    pub(crate) fn fault(&mut self, message: Message, spots: Vec<Spot>) {
        let form = Form::Fact { figures: Vec::new(), subject: String::new() };
        let relation = self.relation(message.clone(), form, Verdict::Broken, false);
        let finding = Some(self.finding(message, spots, None));
        self.out.push(Found { relations: vec![relation], finding });
    }

    fn relation(&self, message: Message, form: Form, verdict: Verdict, tail: bool) -> Relation {
        Relation { code: self.rule.code.clone(), message, form, verdict, tail }
    }

    /// The figure against the sum of values of other documents.
    pub(crate) fn sum(&self, left: Side, sense: Sense, right: &[Side]) -> Form {
        let given = |side: &Side| {
            let (printed, interval) = self.ledger(side.0)?.known(side.1)?;
            let from = Source::Beside(Box::new(self.shown(*side)?));
            let operand = Operand::Given(Given { interval, middle: middle(printed), from });
            Some(Term { operand, factor: 1 })
        };
        let print = self.ledger(left.0).and_then(|ledger| ledger.known(left.1)).map(|(print, _)| print);
        let slack = print.filter(|print| print.unit.fen().is_some()).map_or(0, last_place);
        let right = right.iter().filter_map(given).collect();
        Form::Linear { left: vec![Term::plus(left.1)], sense, right, slack }
    }

    /// Adds what is broken: what differs by the same amount has one cause, and is told of the nearest meaning.
    pub(crate) fn conclude(&mut self, broken: Vec<Broken>) {
        let mut groups: Vec<Vec<Broken>> = Vec::new();
        for one in broken {
            let like = |other: &&mut Vec<Broken>| other.first().is_some_and(|first| one_cause(first, &one));
            match groups.iter_mut().find(like) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        for mut group in groups {
            group.sort_by_key(|one| (std::cmp::Reverse(one.coordinates), one.left));
            let Some(first) = group.first() else { continue };
            let difference = self.gap(first.left, first.difference);
            let sides = std::iter::once(first.left).chain(first.right.iter().copied());
            let mut spots: Vec<Spot> =
                sides.filter_map(|side| Some(Spot::figure(Role::Other, self.shown(side)?))).collect();
            if let Some(spot) = spots.first_mut() {
                spot.role = Role::Wrong;
            }
            let message = first.message.clone().with_some("差", difference);
            let finding = Some(self.finding(message, spots, difference));
            let relation = |one: &Broken| {
                self.relation(one.message.clone(), self.sum(one.left, one.sense, &one.right), Verdict::Broken, false)
            };
            let relations = group.iter().map(relation).collect();
            self.out.push(Found { relations, finding });
        }
    }

    fn finding(&self, message: Message, spots: Vec<Spot>, difference: Option<Difference>) -> Finding {
        let seen =
            spots.iter().filter_map(|spot| spot.figure.as_ref()).fold(Seen::Text, |seen, figure| seen.and(figure.seen));
        Finding {
            code: self.rule.code.clone(),
            key: key::of_spots(&self.rule.code, &spots, ""),
            severity: softened(self.rule.severity, seen, self.members.catalog),
            message,
            spots,
            difference,
            cause: None,
            evidence: Vec::new(),
        }
    }

    fn gap(&self, (document, id): Side, difference: i128) -> Option<Difference> {
        let (print, _) = self.ledger(document)?.known(id)?;
        Some(Difference(print.nearest(difference.abs())))
    }
}

/// Amounts that differ by the same, but for rounding, have one cause; counts differ by one too often to say so.
fn one_cause(a: &Broken, b: &Broken) -> bool {
    let parts = i128::try_from(a.right.len().max(b.right.len()) + 1).unwrap_or(1);
    let step = a.step.max(b.step);
    a.left.0 == b.left.0 && a.step.min(b.step) > 0 && (a.difference - b.difference).abs() <= parts * step
}
