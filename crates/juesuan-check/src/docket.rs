//! Collects the relations of one run.

use std::cell::OnceCell;
use std::rc::Rc;

use juesuan_model::{FigureId, NamedValue, Place, Severity, Verdict};

use crate::bodies::paths::Paths;
use crate::case::{Case, Form, Sense, Share, Term};
use crate::ledger::Ledger;
use crate::passages::{Passage, passages};
use crate::quotient;

/// The relations evaluated so far.
pub(crate) struct Docket<'l, 'a> {
    /// The package.
    pub(crate) ledger: &'l Ledger<'a>,
    /// In the order of evaluation.
    pub(crate) cases: Vec<Case>,
    passages: OnceCell<Rc<Vec<Passage<'a>>>>,
    paths: OnceCell<Rc<Paths>>,
}

/// The words of a law or rule that its relations carry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heading<'c> {
    /// Code.
    pub(crate) code: &'c str,
    /// How grave a break is.
    pub(crate) severity: Severity,
}

/// A fault of the words of a document: one cause, wherever it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault {
    /// What stands there, what should and why.
    pub(crate) text: String,
    /// Where.
    pub(crate) places: Vec<Place>,
    /// The words concerned, the wrong one first.
    pub(crate) values: Vec<NamedValue>,
}

impl<'l, 'a> Docket<'l, 'a> {
    pub(crate) const fn new(ledger: &'l Ledger<'a>) -> Docket<'l, 'a> {
        Docket { ledger, cases: Vec::new(), passages: OnceCell::new(), paths: OnceCell::new() }
    }

    /// The texts of the document in order.
    pub(crate) fn passages(&self) -> Rc<Vec<Passage<'a>>> {
        Rc::clone(self.passages.get_or_init(|| Rc::new(passages(self.ledger.package))))
    }

    /// The paths of the classification that the texts name.
    pub(crate) fn paths(&self) -> Rc<Paths> {
        Rc::clone(self.paths.get_or_init(|| Rc::new(Paths::of(self.ledger, &self.passages()))))
    }

    /// Adds `left` = (or ≤) `right`; the text is `what` and the figures.
    pub(crate) fn compare(
        &mut self,
        heading: Heading<'_>,
        what: &str,
        left: &[Term],
        sense: Sense,
        right: &[Term],
        slack: i128,
    ) -> Verdict {
        let negated = right.iter().map(|t| Term { operand: t.operand.clone(), factor: -t.factor });
        let form = Form::Linear { terms: left.iter().cloned().chain(negated).collect(), sense, slack };
        let (verdict, tail) = form.evaluate(self.ledger);
        let sign = match (sense, verdict) {
            (Sense::Zero, Verdict::Broken) => "≠",
            (Sense::Zero, _) if tail => "≈",
            (Sense::Zero, _) => "=",
            (Sense::AtMostZero | Sense::BelowZero, Verdict::Broken) => ">",
            (Sense::AtMostZero, _) => "≤",
            (Sense::BelowZero, _) => "<",
        };
        let mut text = format!("{what}：{}", self.ledger.equation(left, sign, right));
        if tail && right.len() > 1 {
            text.push_str(&self.ledger.added_up(right));
        }
        self.add(heading, text, form, (verdict, tail), heading.severity, None);
        verdict
    }

    /// Adds a percentage with its operands.
    pub(crate) fn quotient(
        &mut self,
        heading: Heading<'_>,
        what: &str,
        percent: FigureId,
        shares: Vec<Share>,
    ) -> Verdict {
        let ((verdict, tail), severity) = quotient::evaluate(percent, &shares, self.ledger);
        let operands: Vec<String> = shares.iter().map(|s| s.operand.digits(self.ledger)).collect();
        let text = format!("{what}：{}，由{}计算", self.ledger.stands(percent), operands.join("、"));
        let severity = if verdict == Verdict::Broken { severity } else { heading.severity };
        self.add(heading, text, Form::Quotient { percent, shares }, (verdict, tail), severity, None);
        verdict
    }

    /// Adds a relation with the mathematics given.
    pub(crate) fn place(&mut self, heading: Heading<'_>, text: String, form: Form, verdict: (Verdict, bool)) {
        self.add(heading, text, form, verdict, heading.severity, None);
    }

    /// Adds something that no figure repairs.
    pub(crate) fn state(
        &mut self,
        heading: Heading<'_>,
        text: String,
        (figures, subject): (Vec<FigureId>, String),
        verdict: Verdict,
        claim: Option<usize>,
    ) {
        self.add(heading, text, Form::Fact { figures, subject }, (verdict, false), heading.severity, claim);
    }

    /// Adds a fault of words, at its places.
    pub(crate) fn fault(&mut self, heading: Heading<'_>, fault: Fault) {
        let form = Form::Fact { figures: Vec::new(), subject: fault.text.clone() };
        self.add(heading, fault.text, form, (Verdict::Broken, false), heading.severity, None);
        if let Some(case) = self.cases.last_mut() {
            case.places = fault.places;
            case.values = fault.values;
        }
    }

    /// Adds a condition on figures that names no value.
    pub(crate) fn say(
        &mut self,
        heading: Heading<'_>,
        text: String,
        figures: Vec<FigureId>,
        verdict: Verdict,
        claim: Option<usize>,
    ) {
        self.add(heading, text, Form::Logic { figures }, (verdict, false), heading.severity, claim);
    }

    fn add(
        &mut self,
        heading: Heading<'_>,
        text: String,
        form: Form,
        (verdict, tail): (Verdict, bool),
        severity: Severity,
        claim: Option<usize>,
    ) {
        let code = heading.code.to_owned();
        let (places, values) = (Vec::new(), Vec::new());
        self.cases.push(Case { code, text, form, verdict, tail, severity, claim, places, values });
    }
}
