//! Collects the relations of one run.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use juesuan_catalog::formula::Condition;
use juesuan_model::relation::{Form, Sense, Share, Term};
use juesuan_model::{FigureId, Message, Said, Severity, Spot, Verdict};
use rustc_hash::FxHashMap;

use crate::amounts::Money;
use crate::case::{Case, Solve as _};
use crate::effort::{Effort, SORTING_MAX};
use crate::ledger::Ledger;
use crate::passages::{Passage, passages};
use crate::paths::Paths;
use crate::patterns::Patterns;
use crate::quotient;
use crate::sought::Letters;

/// The name of a count in the sentences of the catalogue.
pub(crate) const HOW_MANY: &str = "几";
/// The name of a figure there.
pub(crate) const FIGURE: &str = "数";
/// What should stand there.
pub(crate) const RIGHT: &str = "应为";

/// The sentence on what was not looked at because it would have cost too much.
pub(crate) const BEYOND: &str = "beyond";

/// The relations evaluated so far.
pub(crate) struct Docket<'l, 'a> {
    /// The package.
    pub(crate) ledger: &'l Ledger<'a>,
    /// In the order of evaluation.
    pub(crate) cases: Vec<Case>,
    passages: OnceCell<Rc<Vec<Passage<'a>>>>,
    paths: OnceCell<Rc<Paths>>,
    money: OnceCell<Rc<Money>>,
    letters: OnceCell<Letters>,
    /// By rule and parameter.
    patterns: RefCell<FxHashMap<String, FxHashMap<String, Rc<Patterns>>>>,
    /// What the check may still cost.
    pub(crate) effort: Effort,
    /// What it may cost to find out which figure is behind what broke.
    pub(crate) grouping: Effort,
    /// What is true of the document wherever one asks, by the place of the condition in the catalogue.
    truths: RefCell<FxHashMap<*const Condition, bool>>,
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
    pub(crate) fn new(ledger: &'l Ledger<'a>) -> Docket<'l, 'a> {
        Docket {
            ledger,
            cases: Vec::new(),
            passages: OnceCell::new(),
            paths: OnceCell::new(),
            money: OnceCell::new(),
            letters: OnceCell::new(),
            patterns: RefCell::default(),
            effort: Effort::default(),
            grouping: Effort::of(SORTING_MAX),
            truths: RefCell::default(),
        }
    }

    /// Runs a law or a rule. Where there was not effort enough for it what it found is not all, and nothing to rely on: it is
    /// taken back, and the law or rule was not looked at.
    pub(crate) fn within(&mut self, heading: Heading<'_>, run: impl FnOnce(&mut Self)) {
        let before = self.cases.len();
        if !self.effort.is_spent() {
            run(self);
        }
        if self.effort.is_spent() {
            self.cases.truncate(before);
            self.say(heading, Message::new(BEYOND), Vec::new(), Verdict::Unreadable, None);
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

    /// The money that the texts print.
    pub(crate) fn money(&self) -> Rc<Money> {
        Rc::clone(self.money.get_or_init(|| Rc::new(Money::new(&self.passages(), self.ledger))))
    }

    /// What tells that a pattern fits no text of the document.
    pub(crate) fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::of(self.passages().iter().map(Passage::text)))
    }

    /// The patterns of a parameter of a rule; `make` makes them.
    pub(crate) fn patterns(&self, code: &str, key: &str, make: impl FnOnce() -> Patterns) -> Rc<Patterns> {
        let known = self.patterns.borrow().get(code).and_then(|of_rule| of_rule.get(key)).cloned();
        known.unwrap_or_else(|| {
            let made = Rc::new(make());
            let mut all = self.patterns.borrow_mut();
            all.entry(code.to_owned()).or_default().insert(key.to_owned(), Rc::clone(&made));
            made
        })
    }

    /// Whether a condition is true that is the same wherever in the document one asks; `ask` is asked once.
    pub(crate) fn of_document(&self, condition: &Condition, ask: impl FnOnce() -> bool) -> bool {
        let known = self.truths.borrow().get(&std::ptr::from_ref(condition)).copied();
        known.unwrap_or_else(|| {
            let truth = ask();
            self.truths.borrow_mut().insert(condition, truth);
            truth
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
