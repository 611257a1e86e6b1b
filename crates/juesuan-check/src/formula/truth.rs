//! Whether conditions are true at a place of the document.

use juesuan_catalog::formula::{
    Comparison, Condition, Field, Formula, Link, Product, Property, Reference, Set, Sign, TextTest, Variable,
};
use juesuan_model::relation::{Form, Given, Operand, Sense, Source, Term};
use juesuan_model::{Dimension, FigureId, Measure, Printed, Statement, Unit, Verdict};

use super::alike::{alike, how_many};
use super::members::At;
use crate::case::{Solve as _, Worth as _, agreement_slack};
use crate::ledger::{Key, Ledger, middle};

/// Factors beyond this have no meaning in a formula about budgets, and their products would not fit.
const LARGEST_FACTOR: i128 = 1_000_000_000_000_000_000;

/// Two sums as whole multiples of figures, at a common scale.
pub(crate) struct Sides {
    /// Left.
    pub(crate) left: Vec<Term>,
    /// Right.
    pub(crate) right: Vec<Term>,
    /// What their values are multiplied by.
    pub(crate) scale: i128,
    /// How far apart they may be, at that scale.
    tolerance: i128,
}

impl Sides {
    /// The printed digits of one side as if exact.
    fn total(terms: &[Term], ledger: &Ledger<'_>) -> i128 {
        terms.iter().map(|term| term.factor * term.operand.middle(ledger)).sum()
    }
}

/// A verdict from a truth.
pub(crate) const fn verdict(truth: Result<bool, Verdict>) -> Verdict {
    match truth {
        Ok(true) => Verdict::Holds,
        Ok(false) => Verdict::Broken,
        Err(verdict) => verdict,
    }
}

impl<'a> At<'_, '_, 'a> {
    /// The verdict on what a formula claims here, its condition being true.
    pub(crate) fn judge(&self, formula: &Formula) -> Verdict {
        let Some((link, follows)) = &formula.follows else { return self.judged(&formula.claim) };
        match (link, self.truth(&formula.claim)) {
            (Link::Then, Ok(false)) => Verdict::NotApplicable,
            (_, Err(Verdict::Unreadable)) => Verdict::Unreadable,
            (_, claim) => match (link, claim, self.truth(follows)) {
                (_, _, Err(Verdict::Unreadable)) => Verdict::Unreadable,
                (_, Err(other), _) | (_, _, Err(other)) => other,
                (Link::Then, Ok(_), Ok(then)) => verdict(Ok(then)),
                (Link::Same, Ok(one), Ok(other)) => verdict(Ok(one == other)),
            },
        }
    }

    /// The verdict on a claim: amounts are held against each other by the values that they may stand for.
    fn judged(&self, claim: &Condition) -> Verdict {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.judged(part)).collect::<Vec<Verdict>>();
        match claim {
            Condition::Compare(comparison) => match self.sides(comparison) {
                Err(verdict) => verdict,
                // Strict signs speak of the print: 0.00 is nothing for people.
                Ok(sides) => match self.form(comparison, &sides) {
                    Some(form) if !is_strict(comparison.sign) && self.amounts(&sides) => {
                        form.evaluate(self.docket.ledger).0
                    }
                    _ => verdict(Ok(self.by_print(comparison, &sides))),
                },
            },
            Condition::All(parts) => {
                joined(&all(parts), [Verdict::Broken, Verdict::Unreadable, Verdict::NotApplicable])
            }
            // The first is what should hold, the others are excuses: without the first there is nothing to excuse.
            Condition::Any(parts) => match all(parts) {
                verdicts if verdicts.contains(&Verdict::Holds) => Verdict::Holds,
                verdicts if verdicts.first() == Some(&Verdict::NotApplicable) => Verdict::NotApplicable,
                verdicts => joined(&verdicts, [Verdict::Unreadable, Verdict::Broken, Verdict::NotApplicable]),
            },
            other => verdict(self.truth(other)),
        }
    }

    /// Whether a condition is true of what is printed; the verdict where that cannot be said.
    pub(crate) fn truth(&self, condition: &Condition) -> Result<bool, Verdict> {
        match condition {
            Condition::All(parts) => {
                let mut missing = None;
                let mut all = true;
                for part in parts {
                    match self.truth(part) {
                        Ok(true) => {}
                        Ok(false) => all = false,
                        Err(Verdict::Unreadable) => missing = Some(Verdict::Unreadable),
                        Err(other) => missing = missing.or(Some(other)),
                    }
                }
                missing.map_or(Ok(all), Err)
            }
            Condition::Any(parts) => {
                let mut missing = None;
                for part in parts {
                    match self.truth(part) {
                        Ok(true) => return Ok(true),
                        Ok(false) => {}
                        Err(Verdict::Unreadable) => missing = Some(Verdict::Unreadable),
                        Err(other) => missing = missing.or(Some(other)),
                    }
                }
                missing.map_or(Ok(false), Err)
            }
            Condition::Compare(comparison) => Ok(self.by_print(comparison, &self.sides(comparison)?)),
            Condition::Text { field, test } => self.text(*field, test),
            // What goes through the set of its formula is judged where all its members are known.
            Condition::Alike { set: None, .. } => Err(Verdict::NotApplicable),
            Condition::Alike { set: Some(set), such, field, count } => {
                let members = self.through(std::slice::from_ref(set));
                Ok(alike(members, such, *field).iter().all(|group| how_many(group) < *count))
            }
            Condition::HasFigure { reference, printed } => Ok(self.printed(reference)?.is_some() == *printed),
            Condition::Printed { field, printed } => Ok(self.is_printed(*field) == *printed),
            Condition::Is(property, is) => match (self.has(*property), property) {
                (Some(has), _) => Ok(has == *is),
                (None, Property::HasData) => Err(Verdict::Unreadable),
                (None, _) => Err(Verdict::NotApplicable),
            },
            Condition::Some { set, condition, some } => {
                let ask = || self.through(std::slice::from_ref(set)).iter().any(|at| at.truth(condition) == Ok(true));
                // Asked inside of another set it would be asked again for each of its members.
                let found = match self.is_same_everywhere(set, condition) {
                    true => self.docket.of_document(condition, ask),
                    false => ask(),
                };
                Ok(found == *some)
            }
            Condition::InText { reference, denied } => {
                let told = || self.is_denied(reference) || self.in_only_table(reference);
                Ok(self.in_text(reference).is_some() || *denied && told())
            }
        }
    }

    /// Whether what is asked of the members of a set has nothing to do with where one asks.
    fn is_same_everywhere(&self, set: &Set, condition: &Condition) -> bool {
        let own = |field: &Field| match set {
            Set::Texts(_) | Set::Hits(..) => matches!(field, Field::Own | Field::Whole | Field::Found),
            Set::Tables => matches!(field, Field::Table(_) | Field::TableNumber(_)) && self.table().is_none(),
            _ => false,
        };
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().all(|part| self.is_same_everywhere(set, part))
            }
            Condition::Printed { field, .. } => own(field),
            Condition::Text { field, test } => {
                let alone = !matches!(test, TextTest::Same(..) | TextTest::After(_) | TextTest::SharesMoney(_));
                alone && own(field)
            }
            Condition::Is(Property::HasData, _) => *set == Set::Tables && self.table().is_none(),
            _ => false,
        }
    }

    fn is_printed(&self, field: Field) -> bool {
        matches!(self.number(field), Ok(Some(_))) || self.texts(field).iter().any(|text| !text.words.is_empty())
    }

    /// Whether amounts of money are compared: they are known within their rounding, all else is what it is printed as.
    fn amounts(&self, sides: &Sides) -> bool {
        let ledger = self.docket.ledger;
        let units = sides.left.iter().chain(&sides.right).filter_map(|term| unit(term, ledger));
        units.into_iter().any(|unit| unit.fen().is_some())
    }

    /// The mathematics of a comparison that says what its figures should be.
    pub(crate) fn form(&self, comparison: &Comparison, sides: &Sides) -> Option<Form> {
        let (sense, same) = match comparison.sign {
            Sign::Equal => (Sense::Equal, self.agreement(sides) * sides.scale),
            Sign::AtMost => (Sense::AtMost, 0),
            Sign::AtLeast => (Sense::AtLeast, 0),
            Sign::Less => (Sense::Below, 0),
            Sign::More => (Sense::Above, 0),
            Sign::Different => return None,
        };
        let (left, right) = (sides.left.clone(), sides.right.clone());
        Some(Form::Linear { left, sense, right, slack: same + sides.tolerance })
    }

    /// The equation that a claim is, where it is one of money.
    pub(crate) fn equation(&self, claim: &Condition) -> Option<Form> {
        let Condition::Compare(comparison) = claim else { return None };
        let sides = self.sides(comparison).ok().filter(|sides| !is_strict(comparison.sign) && self.amounts(sides))?;
        self.form(comparison, &sides)
    }

    /// One figure against one figure is the same quantity printed twice.
    fn agreement(&self, sides: &Sides) -> i128 {
        match (sides.left.as_slice(), sides.right.as_slice()) {
            ([Term { operand: Operand::Figure(a), factor: 1 }], [Term { operand: Operand::Figure(b), factor: 1 }]) => {
                agreement_slack(*a, *b, self.docket.ledger)
            }
            _ => 0,
        }
    }

    /// Whether a comparison is true of the printed digits.
    pub(crate) fn by_print(&self, comparison: &Comparison, sides: &Sides) -> bool {
        let total = |terms: &[Term]| Sides::total(terms, self.docket.ledger);
        let (left, right, by) = (total(&sides.left), total(&sides.right), sides.tolerance);
        match comparison.sign {
            Sign::Equal => (left - right).abs() <= by,
            Sign::Different => (left - right).abs() > by,
            Sign::AtMost => left <= right + by,
            Sign::AtLeast => left + by >= right,
            Sign::Less => left < right,
            Sign::More => left > right,
        }
    }

    /// Both sides of a comparison.
    pub(crate) fn sides(&self, comparison: &Comparison) -> Result<Sides, Verdict> {
        let tolerance = comparison.tolerance.as_ref();
        let all = comparison.left.iter().chain(&comparison.right).chain(tolerance.map(|tolerance| &tolerance.by));
        let decimals = all.map(|product| product.decimals).max().unwrap_or(0);
        let mut missing = None;
        let mut side = |products: &[Product]| {
            let mut terms = Vec::new();
            for product in products {
                match self.terms(product, decimals) {
                    Ok(found) => terms.extend(found),
                    Err(Verdict::Unreadable) => missing = Some(Verdict::Unreadable),
                    Err(other) => missing = missing.or(Some(other)),
                }
            }
            terms
        };
        let (left, right) = (side(&comparison.left), side(&comparison.right));
        if let Some(verdict) = missing {
            return Err(verdict);
        }
        if !self.comparable(&left, &right) {
            return Err(Verdict::NotApplicable);
        }
        let added = left.len().max(right.len());
        let tolerance = tolerance.map_or(Ok(0), |tolerance| {
            let by = factor(&tolerance.by, decimals)?;
            Ok(if tolerance.each { by * i128::try_from(added).unwrap_or(1) } else { by })
        })?;
        Ok(Sides { left, right, scale: 10i128.pow(decimals), tolerance })
    }

    /// Whether the figures have one kind of unit: a rate is not compared with money, nor either with a number of things. Only
    /// where members of sets are compared does anybody have to ask.
    fn comparable(&self, left: &[Term], right: &[Term]) -> bool {
        let kind = |unit: Unit| if unit.fen().is_some() { Unit::Yuan } else { unit };
        let units = left.iter().chain(right).filter_map(|term| unit(term, self.docket.ledger));
        let mut kinds: Vec<Unit> = units.map(kind).collect();
        kinds.dedup();
        self.members.is_empty() || kinds.len() < 2
    }

    fn terms(&self, product: &Product, decimals: u32) -> Result<Vec<Term>, Verdict> {
        let factor = factor(product, decimals)?;
        let given = |value: i128, printed| Term { operand: Operand::Given(Given::number(value, printed)), factor: 1 };
        let one = |operand: Option<Operand>, optional: bool| match operand {
            Some(operand) => Ok(vec![Term { operand, factor }]),
            None if optional => Ok(Vec::new()),
            None => Err(Verdict::NotApplicable),
        };
        match &product.of {
            None => Ok(vec![given(factor, product.printed())]),
            Some(Variable::Meaning(reference)) => one(self.printed(reference)?, reference.optional),
            Some(Variable::Field(field, optional)) => one(self.number(*field)?, *optional),
            Some(Variable::Total(set, field, printed)) => {
                let all = self.through(std::slice::from_ref(set));
                let each = all.iter().map(|at| one(at.number(*field)?, *printed));
                let each: Result<Vec<Vec<Term>>, Verdict> = each.collect();
                each.map(|each| each.into_iter().flatten().collect())
            }
            Some(Variable::Count(set, such)) => {
                let all = self.through(std::slice::from_ref(set));
                let such = |at: &&At<'_, '_, 'a>| such.as_ref().is_none_or(|such| at.truth(such) == Ok(true));
                let count = i64::try_from(all.iter().filter(such).count()).unwrap_or(i64::MAX);
                Ok(vec![given(factor * i128::from(count), Printed::count(count))])
            }
        }
    }

    /// The figure that a name in brackets stands for: of this document, else of that of its year.
    fn printed(&self, reference: &Reference) -> Result<Option<Operand>, Verdict> {
        let ledger = self.docket.ledger;
        let key = self.key(reference);
        let printings = match key.1 {
            Measure::Amount => ledger.quantity(&key.0),
            _ => ledger.printings(&key),
        };
        if let Some(printings) = printings {
            if let Some(id) = printings.first() {
                return Ok(Some(Operand::Figure(id)));
            }
            if !printings.unreadable.is_empty() {
                return Err(Verdict::Unreadable);
            }
        }
        let Some((then, meaning)) = ledger.earlier(&key.0).filter(|_| key.1 == Measure::Amount) else {
            return Ok(None);
        };
        let found = then.quantity(&meaning).and_then(|printings| printings.values.first());
        Ok(found.and_then(|(printed, interval, ids)| {
            let from = Source::Earlier(Box::new(then.shown(*ids.first()?)));
            Some(Operand::Given(Given { interval: *interval, middle: middle(*printed), from }))
        }))
    }

    /// What a name in brackets stands for.
    pub(crate) fn key(&self, reference: &Reference) -> Key {
        let meaning = match self.code {
            Some(code) if reference.placeholder => reference.meaning.clone().with(Dimension::Function, code),
            _ => reference.meaning.clone(),
        };
        let ledger = self.docket.ledger;
        (ledger.canonical(&meaning), ledger.canonical_measure(&reference.measure))
    }

    /// The figure that the running text prints for a name, also one that cannot be read.
    pub(crate) fn in_text(&self, reference: &Reference) -> Option<FigureId> {
        let ledger = self.docket.ledger;
        let printings = ledger.quantity(&self.key(reference).0)?;
        printings.ids().chain(printings.unreadable.iter().copied()).find(|id| !ledger.in_table(*id))
    }

    /// The figure that speaks for a name, or one that cannot be read.
    pub(crate) fn speaker(&self, reference: &Reference) -> Option<FigureId> {
        let key = self.key(reference);
        let printings = match key.1 {
            Measure::Amount => self.docket.ledger.quantity(&key.0)?,
            _ => self.docket.ledger.printings(&key)?,
        };
        printings.first().or_else(|| printings.unreadable.first().copied())
    }

    /// Whether a page with one statutory table alone prints it there: the table is what the page says.
    fn in_only_table(&self, reference: &Reference) -> bool {
        let ledger = self.docket.ledger;
        let tables = ledger.package.document.tables().map(|table| table.form.as_str());
        let mut forms: Vec<&str> = tables.filter(|form| !form.is_empty()).collect();
        forms.dedup();
        let printed = ledger.quantity(&self.key(reference).0);
        forms.len() == 1 && printed.is_some_and(|printings| printings.ids().any(|id| ledger.in_table(id)))
    }

    /// Whether the text says that there is nothing of it, or of what contains it.
    fn is_denied(&self, reference: &Reference) -> bool {
        let ledger = self.docket.ledger;
        let (meaning, _) = self.key(reference);
        let theme = meaning.get(Dimension::Theme);
        let denies = |claimed: &juesuan_model::Meaning| {
            let claimed = ledger.canonical(claimed);
            let around = claimed.get(Dimension::Theme).zip(theme);
            claimed == meaning
                || around.is_some_and(|(whole, part)| ledger.trees().contains(Dimension::Theme, whole, part))
        };
        let mut denials = ledger.package.claims.iter().filter(|claim| claim.statement == Statement::Absent);
        denials.any(|claim| claim.meanings.iter().any(denies))
    }
}

/// The unit of a figure.
pub(crate) fn unit(term: &Term, ledger: &Ledger<'_>) -> Option<Unit> {
    ledger.known(term.operand.figure()?).map(|(printed, _)| printed.unit)
}

/// Whether equal sides break a comparison.
pub(super) const fn is_strict(sign: Sign) -> bool {
    matches!(sign, Sign::Less | Sign::More | Sign::Different)
}

/// A number of a formula in the integers of an interval.
fn factor(product: &Product, decimals: u32) -> Result<i128, Verdict> {
    10i128
        .checked_pow(decimals - product.decimals)
        .and_then(|scale| scale.checked_mul(product.steps())?.checked_mul(product.mantissa))
        .filter(|factor| factor.abs() < LARGEST_FACTOR)
        .ok_or(Verdict::NotApplicable)
}

/// The first of these that is among the verdicts.
fn joined(verdicts: &[Verdict], order: [Verdict; 3]) -> Verdict {
    order.into_iter().find(|verdict| verdicts.contains(verdict)).unwrap_or(Verdict::Holds)
}
