//! Collects the relations of one run.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use juesuan_model::relation::{Form, Sense, Share, Term};
use juesuan_model::{FigureId, Message, Said, Severity, Spot, Verdict};

use crate::case::{Case, Solve as _};
use crate::ledger::Ledger;
use crate::passages::{Passage, passages};
use crate::paths::Paths;
use crate::patterns::Patterns;
use crate::quotient;

/// The name of a count in the sentences of the catalogue.
pub(crate) const HOW_MANY: &str = "几";
/// The name of a figure there.
pub(crate) const FIGURE: &str = "数";

/// The relations evaluated so far.
pub(crate) struct Docket<'l, 'a> {
    /// The package.
    pub(crate) ledger: &'l Ledger<'a>,
    /// In the order of evaluation.
    pub(crate) cases: Vec<Case>,
    passages: OnceCell<Rc<Vec<Passage<'a>>>>,
    paths: OnceCell<Rc<Paths>>,
    patterns: RefCell<BTreeMap<(String, String), Rc<Patterns>>>,
}

/// The words of a law or rule that its relations carry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heading<'c> {
    /// Code.
    pub(crate) code: &'c str,
    /// How grave a break is.
    pub(crate) severity: Severity,
}

/// A fault that no figure repairs, with the places where it shows: one cause, wherever it stands.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// What stands there, what should and why.
    pub(crate) message: Message,
    /// Where it shows, the wrong place first.
    pub(crate) spots: Vec<Spot>,
}

impl<'l, 'a> Docket<'l, 'a> {
    pub(crate) const fn new(ledger: &'l Ledger<'a>) -> Docket<'l, 'a> {
        Docket {
            ledger,
            cases: Vec::new(),
            passages: OnceCell::new(),
            paths: OnceCell::new(),
            patterns: RefCell::new(BTreeMap::new()),
        }
    }

    /// The texts of the document in order.
    pub(crate) fn passages(&self) -> Rc<Vec<Passage<'a>>> {
        Rc::clone(self.passages.get_or_init(|| Rc::new(passages(self.ledger.package))))
    }

    /// The paths of the classification that the texts name.
    pub(crate) fn paths(&self) -> Rc<Paths> {
        Rc::clone(self.paths.get_or_init(|| Rc::new(Paths::of(self.ledger, &self.passages()))))
    }

    /// The patterns of a parameter of a rule; `make` compiles them.
    pub(crate) fn patterns(&self, code: &str, key: &str, make: impl FnOnce() -> Patterns) -> Rc<Patterns> {
        let name = (code.to_owned(), key.to_owned());
        let known = self.patterns.borrow().get(&name).cloned();
        known.unwrap_or_else(|| {
            let made = Rc::new(make());
            self.patterns.borrow_mut().insert(name, Rc::clone(&made));
            made
        })
    }

    /// Adds `left` = (or ≤) `right`; the message is `what` and the equation.
    pub(crate) fn compare(
        &mut self,
        heading: Heading<'_>,
        what: impl Into<Said>,
        left: &[Term],
        sense: Sense,
        right: &[Term],
        slack: i128,
    ) -> Verdict {
        let form = Form::Linear { left: left.to_vec(), sense, right: right.to_vec(), slack };
        let (verdict, tail) = form.evaluate(self.ledger);
        let message = Message::new("equation").with("何", what);
        self.add(heading, message, form, (verdict, tail), heading.severity, None);
        verdict
    }

    /// Adds a percentage with its operands.
    pub(crate) fn quotient(
        &mut self,
        heading: Heading<'_>,
        what: impl Into<Said>,
        percent: FigureId,
        shares: Vec<Share>,
    ) -> Verdict {
        let ((verdict, tail), severity) = quotient::evaluate(percent, &shares, self.ledger);
        let message = Message::new("quotient").with("何", what).with(FIGURE, percent);
        let severity = if verdict == Verdict::Broken { severity } else { heading.severity };
        self.add(heading, message, Form::Quotient { percent, shares }, (verdict, tail), severity, None);
        verdict
    }

    /// Adds a relation with the mathematics given.
    pub(crate) fn place(
        &mut self,
        heading: Heading<'_>,
        message: impl Into<Message>,
        form: Form,
        verdict: (Verdict, bool),
    ) {
        self.add(heading, message.into(), form, verdict, heading.severity, None);
    }

    /// Adds something that no figure repairs.
    pub(crate) fn state(
        &mut self,
        heading: Heading<'_>,
        message: impl Into<Message>,
        (figures, subject): (Vec<FigureId>, String),
        verdict: Verdict,
        claim: Option<usize>,
    ) {
        self.add(heading, message.into(), Form::Fact { figures, subject }, (verdict, false), heading.severity, claim);
    }

    /// Adds a fault of words, at its places.
    pub(crate) fn fault(&mut self, heading: Heading<'_>, fault: Fault) {
        let form = Form::Fact { figures: Vec::new(), subject: String::new() };
        self.add(heading, fault.message, form, (Verdict::Broken, false), heading.severity, None);
        if let Some(case) = self.cases.last_mut() {
            case.spots = fault.spots;
        }
    }

    /// Adds a condition on figures that names no value.
    pub(crate) fn say(
        &mut self,
        heading: Heading<'_>,
        message: impl Into<Message>,
        figures: Vec<FigureId>,
        verdict: Verdict,
        claim: Option<usize>,
    ) {
        self.add(heading, message.into(), Form::Logic { figures }, (verdict, false), heading.severity, claim);
    }

    fn add(
        &mut self,
        heading: Heading<'_>,
        message: Message,
        form: Form,
        (verdict, tail): (Verdict, bool),
        severity: Severity,
        claim: Option<usize>,
    ) {
        let code = heading.code.to_owned();
        self.cases.push(Case { code, message, form, verdict, tail, severity, claim, spots: Vec::new() });
    }
}
