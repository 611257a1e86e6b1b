//! What shows that a claim is broken: the figures and texts that it names, and the members that break it.

use juesuan_catalog::formula::{Comparison, Condition, Field, Formula, TextTest, Variable};
use juesuan_model::{FigureId, Place, Told};

use crate::formula::{At, Member, Stands};

/// Figures, texts and places, the doubtful first.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence<'a> {
    /// Figures.
    pub(super) figures: Vec<FigureId>,
    /// Texts of evaluations.
    pub(super) told: Vec<&'a Told>,
    /// Where the members stand.
    pub(super) places: Vec<&'a Place>,
}

impl<'a> Evidence<'a> {
    /// What a formula cites at a place; where it says nothing of it, what it claims.
    pub(super) fn of(formula: &Formula, at: &At<'_, '_, 'a>) -> Evidence<'a> {
        let mut out = Evidence::default();
        let witnesses = at.witnesses(&formula.claim);
        if formula.cites.is_empty() {
            out.condition(&formula.claim, at);
            formula.follows.iter().for_each(|(_, condition)| out.condition(condition, at));
        } else {
            for at in std::iter::once(at).chain(&witnesses) {
                formula.cites.iter().for_each(|named| out.named(named, at));
            }
        }
        out.places.extend(witnesses.iter().filter_map(member_place));
        if out.places.is_empty() {
            out.places.extend(first_of(&formula.claim, at).or_else(|| member_place(at)));
        }
        out
    }

    /// What the members have that have the same text.
    pub(super) fn alike(field: Field, group: &[At<'_, '_, 'a>]) -> Evidence<'a> {
        let mut out = Evidence::default();
        group.iter().for_each(|at| out.field(field, at));
        if out.told.is_empty() {
            out.places.extend(group.iter().filter_map(member_place));
        }
        out
    }

    fn condition(&mut self, condition: &Condition, at: &At<'_, '_, 'a>) {
        match condition {
            Condition::All(parts) => parts.iter().for_each(|part| self.condition(part, at)),
            // The first is what should hold, the others are excuses.
            Condition::Any(parts) => parts.iter().take(1).for_each(|part| self.condition(part, at)),
            Condition::Compare(comparison) => self.comparison(comparison, at),
            Condition::Text { field, test } => {
                self.field(*field, at);
                if let TextTest::Same(other, _) = test {
                    self.field(*other, at);
                }
            }
            Condition::Some { condition: such, some: false, .. } => {
                at.witnesses(condition).iter().for_each(|witness| self.condition(such, witness));
            }
            Condition::InText { reference, .. } => self.figures(at.in_text(reference)),
            Condition::Is(..)
            | Condition::Printed { .. }
            | Condition::HasFigure { .. }
            | Condition::Alike { .. }
            | Condition::Some { .. } => {}
        }
    }

    fn comparison(&mut self, comparison: &Comparison, at: &At<'_, '_, 'a>) {
        let Ok(sides) = at.sides(comparison) else { return };
        self.figures(sides.left.iter().chain(&sides.right).filter_map(|term| term.operand.figure()));
    }

    fn named(&mut self, named: &Variable, at: &At<'_, '_, 'a>) {
        match named {
            Variable::Field(field, _) => self.field(*field, at),
            Variable::Meaning(reference) => self.figures(at.speaker(reference)),
            Variable::Total(..) | Variable::Count(..) => {}
        }
    }

    fn field(&mut self, field: Field, at: &At<'_, '_, 'a>) {
        self.figures(at.number(field).ok().flatten().and_then(|operand| operand.figure()));
        if let Some(Stands::Told(told)) = at.telling(field).map(|text| text.stands)
            && !self.told.iter().any(|other| std::ptr::eq(*other, told))
        {
            self.told.push(told);
        }
    }

    fn figures(&mut self, ids: impl IntoIterator<Item = FigureId>) {
        for id in ids {
            if !self.figures.contains(&id) {
                self.figures.push(id);
            }
        }
    }
}

/// Where the first member of the set stands of which there should be one that fulfils a claim.
fn first_of<'a>(claim: &Condition, at: &At<'_, '_, 'a>) -> Option<&'a Place> {
    let Condition::Some { set, some: true, .. } = claim else { return None };
    at.through(std::slice::from_ref(set)).first().and_then(member_place)
}

/// Where the innermost member stands.
pub(super) fn member_place<'a>(at: &At<'_, '_, 'a>) -> Option<&'a Place> {
    at.members.iter().rev().find_map(|member| match member {
        Member::Indicator(indicator) => Some(&indicator.place),
        Member::Change(change) => Some(&change.place),
        Member::Evaluation(evaluation) => Some(&evaluation.title.place),
        Member::Table(table) => Some(&table.place),
        Member::Cause(number) => at.docket.ledger.package.claims.get(*number).map(|claim| &claim.place),
        _ => None,
    })
}
