//! What is named inside of formulas: fields, comparisons, sets, keys of `[with]`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::having::Having;
use super::{BEHIND, Comparison, Condition, Field, Formula, SAYABLE, Set, TextTest, Variable, Words};
use crate::report::{OF_RELATION, properties};
use crate::rule::body::ParameterKind;
use crate::template::Allowed;

impl Formula {
    /// Numbers and texts that its members have, by their names.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Field)> + use<> {
        let having: Vec<&Having> = self.sets().into_iter().map(Set::having).collect();
        let all = having.into_iter().flat_map(|having| having.numbers.iter().chain(&having.texts));
        all.map(|(name, field)| (name.as_str(), *field))
    }

    /// The sets that it goes through and asks for, the innermost first.
    fn sets(&self) -> Vec<&Set> {
        let mut sets: Vec<&Set> = self.each.iter().rev().collect();
        self.inner_sets(&mut sets);
        sets
    }

    /// The sets that its claim and its condition ask for.
    pub(super) fn inner_sets<'f>(&'f self, out: &mut Vec<&'f Set>) {
        self.claim.sets(out);
        self.when.iter().for_each(|when| when.sets(out));
    }

    /// Every name that its sentence may use: those of [`SAYABLE`] and of all relations, and each field with what can be said
    /// of it.
    pub fn sayable(&self) -> Allowed<'static> {
        static OF_ALL: LazyLock<BTreeSet<&str>> =
            LazyLock::new(|| SAYABLE.iter().copied().chain(OF_RELATION).collect());
        let all = Allowed::default().of_sets(&OF_ALL, &[], properties());
        self.sets().into_iter().fold(all, |all, set| all.of_sets(set.having().names(), BEHIND, properties()))
    }

    /// The comparisons of a formula that consists of nothing else: such a formula names what its figures should be.
    pub fn comparisons(&self) -> Option<Vec<&Comparison>> {
        let plain = self.each.is_empty() && self.when.is_none() && self.follows.is_none();
        plain.then(|| self.claim.comparisons()).flatten()
    }

    /// Keys of `[with]` that it uses, each with whether it is used as patterns.
    pub fn parameters(&self) -> Vec<(&str, ParameterKind)> {
        let mut out = Vec::new();
        for set in &self.each {
            set.parameters(&mut out);
        }
        let follows = self.follows.as_ref().map(|(_, condition)| condition);
        for condition in self.when.iter().chain([&self.claim]).chain(follows) {
            condition.parameters(&mut out);
        }
        out
    }
}

impl Condition {
    pub(super) fn sets<'c>(&'c self, out: &mut Vec<&'c Set>) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.sets(out)),
            Condition::Some { set, .. } | Condition::Alike { set: Some(set), .. } => out.push(set),
            _ => {}
        }
    }

    fn comparisons(&self) -> Option<Vec<&Comparison>> {
        match self {
            Condition::Compare(comparison) => Some(vec![comparison]),
            Condition::All(all) => {
                let each: Option<Vec<Vec<&Comparison>>> = all.iter().map(Condition::comparisons).collect();
                each.map(|each| each.into_iter().flatten().collect())
            }
            _ => None,
        }
    }

    fn parameters<'c>(&'c self, out: &mut Vec<(&'c str, ParameterKind)>) {
        match self {
            Condition::All(all) | Condition::Any(all) => all.iter().for_each(|one| one.parameters(out)),
            Condition::Text { test, .. } => match test {
                TextTest::Contains(Words::Parameter(key), _)
                | TextTest::Is(Words::Parameter(key), _)
                | TextTest::Beyond(Words::Parameter(key), _) => out.push((key, ParameterKind::Words)),
                TextTest::Matches(Words::Parameter(key), _) => out.push((key, ParameterKind::Patterns)),
                _ => {}
            },
            Condition::Some { set, condition, .. } => {
                set.parameters(out);
                condition.parameters(out);
            }
            Condition::Compare(comparison) => {
                for product in comparison.left.iter().chain(&comparison.right) {
                    match &product.of {
                        Some(Variable::Count(set, condition)) => {
                            set.parameters(out);
                            condition.iter().for_each(|one| one.parameters(out));
                        }
                        Some(Variable::Total(set, ..)) => set.parameters(out),
                        _ => {}
                    }
                }
            }
            Condition::Alike { set, such, .. } => {
                set.iter().for_each(|set| set.parameters(out));
                such.iter().for_each(|one| one.parameters(out));
            }
            Condition::Printed { .. } | Condition::Is(..) | Condition::InText { .. } | Condition::HasFigure { .. } => {}
        }
    }
}
