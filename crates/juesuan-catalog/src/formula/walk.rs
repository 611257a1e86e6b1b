//! What is named inside of formulas: fields, comparisons, sets, keys of `[with]`.

use super::{BEHIND, Comparison, Condition, Field, Formula, SAYABLE, Set, TextTest, Variable, Words};
use crate::rule::body::ParameterKind;

impl Formula {
    /// Numbers and texts that its members have, by their names.
    pub fn fields(&self) -> Vec<(String, Field)> {
        let mut sets: Vec<&Set> = self.each.iter().rev().collect();
        self.inner_sets(&mut sets);
        sets.into_iter().map(Set::having).flat_map(|having| having.numbers.into_iter().chain(having.texts)).collect()
    }

    /// The sets that its claim and its condition ask for.
    pub(super) fn inner_sets<'f>(&'f self, out: &mut Vec<&'f Set>) {
        self.claim.sets(out);
        self.when.iter().for_each(|when| when.sets(out));
    }

    /// Every name that its sentence may use: those of [`SAYABLE`], and each field with what can be said of it.
    pub fn sayable(&self) -> Vec<String> {
        let fields = self.fields().into_iter().map(|(name, _)| name);
        let fields = fields.flat_map(|name| BEHIND.iter().map(move |end| format!("{name}{end}")));
        SAYABLE.iter().map(|name| (*name).to_owned()).chain(fields).collect()
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
