//! Several documents side by side, and what is found between them.

use juesuan_catalog::Rule;
use juesuan_model::{FigureId, Finding, Meaning, Measure, NamedValue, Package, Place, Printed, Relation, Verdict};

use crate::ledger::{Ledger, last_place, middle};
use crate::words::{near, with_unit};

/// A document among others.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// File name as the user gave it; findings name it in their places.
    pub file: &'a str,
    /// What it prints.
    pub package: &'a Package,
}

/// What a body of a link works with.
pub(crate) struct Bench<'b, 'a> {
    /// The documents, in the order given.
    pub(crate) ledgers: &'b [Ledger<'a>],
    /// File of each.
    pub(crate) files: &'b [&'a str],
    /// The rule.
    pub(crate) rule: &'a Rule,
    /// Words that make no difference in the name of a body.
    pub(crate) own: &'b [String],
    /// What was found, with the number of the document that it belongs to.
    pub(crate) out: Vec<(usize, Relation, Option<Finding>)>,
}

/// A figure of one of the documents.
pub(crate) type Side = (usize, FigureId);

/// A relation between documents that is broken, before it is joined with others of the same cause.
pub(crate) struct Broken {
    /// The figure of the document that the finding belongs to.
    pub(crate) left: Side,
    /// The figures that it is held against.
    pub(crate) right: Vec<Side>,
    /// The relation in words.
    pub(crate) text: String,
    /// Left less right, in the integers of an interval.
    pub(crate) difference: i128,
    /// One unit of the last printed place, for amounts; 0 for counts.
    pub(crate) step: i128,
    /// How many coordinates its meaning names: the nearest to the cause has most.
    pub(crate) coordinates: usize,
}

impl<'a> Bench<'_, 'a> {
    /// A list of words of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.with.words(key)
    }

    /// All documents with their packages.
    pub(crate) fn packages(&self) -> Vec<(usize, &'a Package)> {
        self.ledgers.iter().enumerate().map(|(number, ledger)| (number, ledger.package)).collect()
    }

    /// The figure that speaks for a meaning: `Err` where it is printed and cannot be read, `Ok(None)` where it is not printed.
    pub(crate) fn speaker(&self, document: usize, key: &(Meaning, Measure)) -> Result<Option<FigureId>, FigureId> {
        let printings = self.ledgers.get(document).and_then(|ledger| ledger.printings(key));
        match printings.map(|p| (p.first(), p.unreadable.first())) {
            None | Some((None, None)) => Ok(None),
            Some((Some(id), _)) => Ok(Some(id)),
            Some((None, Some(id))) => Err(*id),
        }
    }

    /// All figures of a key that differ from each other.
    pub(crate) fn values(&self, document: usize, key: &(Meaning, Measure)) -> Vec<FigureId> {
        let printings = self.ledgers.get(document).and_then(|ledger| ledger.printings(key));
        printings.map(|p| p.values.iter().filter_map(|(_, _, ids)| ids.first().copied()).collect()).unwrap_or_default()
    }

    /// Whether `left` = Σ `right` within the intervals and one more last place for each side, and the difference as printed.
    pub(crate) fn compare(&self, left: Side, right: &[Side]) -> Option<(Verdict, bool, i128)> {
        let value = |(document, id): Side| self.ledgers.get(document)?.known(id);
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

    /// `表 行 列 的收入921.96万元（文件 第3页 …）`.
    pub(crate) fn cited(&self, (document, id): Side) -> String {
        let Some(ledger) = self.ledgers.get(document) else { return String::new() };
        format!("{}（{}）", ledger.stands(id), self.place((document, id)))
    }

    /// The place of a figure with the name of its file.
    pub(crate) fn place(&self, (document, id): Side) -> Place {
        let place = self.ledgers.get(document).and_then(|ledger| ledger.place(id)).cloned().unwrap_or_default();
        self.filed(document, place)
    }

    /// A place with the name of the file of its document.
    pub(crate) fn filed(&self, document: usize, place: Place) -> Place {
        Place { file: self.files.get(document).map(|file| (*file).to_owned()), ..place }
    }

    /// What is broken between `left` and the sum of `right`.
    pub(crate) fn broken(&self, left: Side, right: Vec<Side>, text: String, difference: i128) -> Broken {
        let ledger = self.ledgers.get(left.0);
        let print = ledger.and_then(|ledger| ledger.known(left.1)).map(|(print, _)| print);
        let step = print.filter(|print| print.unit.fen().is_some()).map_or(0, last_place);
        let keys = ledger.map_or(&[][..], |ledger| ledger.keys(left.1));
        let coordinates = keys.first().map_or(0, |(meaning, _)| meaning.coordinates().count());
        Broken { left, right, text, difference, step, coordinates }
    }

    /// Adds a relation of a document.
    pub(crate) fn add(&mut self, document: usize, text: String, figures: Vec<FigureId>, verdict: Verdict, tail: bool) {
        let relation = Relation { code: self.rule.code.clone(), text, figures, verdict, tail };
        self.out.push((document, relation, None));
    }

    /// Adds a broken relation with its finding.
    pub(crate) fn fault(&mut self, document: usize, figures: Vec<FigureId>, text: String, finding: Finding) {
        let relation = Relation { code: self.rule.code.clone(), text, figures, verdict: Verdict::Broken, tail: false };
        self.out.push((document, relation, Some(finding)));
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
            let sides: Vec<Side> = std::iter::once(first.left).chain(first.right.iter().copied()).collect();
            let gap = self.gap(first.left, first.difference);
            let mut finding = self.finding(format!("{}，相差{gap}。", first.text), &sides);
            finding.difference = Some(gap);
            finding.evidence = group.iter().skip(1).map(|one| one.text.clone()).collect();
            let (document, _) = first.left;
            for (number, one) in group.into_iter().enumerate() {
                let relation = Relation {
                    code: self.rule.code.clone(),
                    text: one.text,
                    figures: vec![one.left.1],
                    verdict: Verdict::Broken,
                    tail: false,
                };
                self.out.push((document, relation, (number == 0).then(|| finding.clone())));
            }
        }
    }

    /// A finding of the rule: the message is what is wrong, what to do and on what ground.
    pub(crate) fn finding(&self, wrong: String, sides: &[Side]) -> Finding {
        let rule = self.rule;
        let mut message = format!("{wrong}{}", rule.remedy);
        if !rule.basis.is_empty() {
            message.push_str(&format!("〔{}〕", rule.basis.join("；")));
        }
        Finding {
            code: rule.code.clone(),
            severity: rule.severity,
            title: rule.title.clone(),
            message,
            figures: sides.iter().map(|side| self.named_value(*side)).collect(),
            places: sides.iter().map(|side| self.place(*side)).collect(),
            difference: None,
            likely_cause: None,
            basis: rule.basis.clone(),
            evidence: Vec::new(),
        }
    }

    fn named_value(&self, (document, id): Side) -> NamedValue {
        let Some(ledger) = self.ledgers.get(document) else {
            return NamedValue { label: String::new(), value: String::new(), unit: String::new() };
        };
        let value = ledger.named_value(id);
        NamedValue { label: format!("{}{}", ledger.package.entity.name, value.label), ..value }
    }

    fn gap(&self, (document, id): Side, difference: i128) -> String {
        let print = self.ledgers.get(document).and_then(|ledger| ledger.known(id)).map(|(print, _)| print);
        print.map_or_else(String::new, |print: Printed| with_unit(near(difference.abs(), print)))
    }
}

/// Amounts that differ by the same, but for rounding, have one cause; counts differ by one too often to say so.
fn one_cause(a: &Broken, b: &Broken) -> bool {
    let parts = i128::try_from(a.right.len().max(b.right.len()) + 1).unwrap_or(1);
    let step = a.step.max(b.step);
    a.left.0 == b.left.0 && a.step.min(b.step) > 0 && (a.difference - b.difference).abs() <= parts * step
}
