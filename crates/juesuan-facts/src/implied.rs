//! Figures that nobody states because they follow from something else: the number of units,
//! 机关运行经费, the counts behind an amount of nothing. What is stated is never touched.

use juesuan_catalog::Catalog;
use juesuan_catalog::names::{item, stage, theme};
use juesuan_model::{Dimension, Meaning, Money, Place, UnitKind};

use crate::{Amount, Department, Fact, Facts, running_cost};

/// An amount of nothing, and what is nothing with it. Source: 预决算公开操作规程 财预〔2016〕143号 (amount and count of
/// the same thing).
const NOTHING_TOGETHER: [(&str, &[(&str, &str)]); 3] = [
    (theme::ABROAD, &[(item::GROUPS, theme::ABROAD), (item::PERSONS, theme::ABROAD)]),
    (theme::VEHICLES_BOUGHT, &[(item::VEHICLES_BOUGHT, "")]),
    (
        theme::RECEPTION,
        &[
            (item::EXPENSE, theme::RECEPTION_FOREIGN),
            (item::BATCHES, theme::RECEPTION_FOREIGN),
            (item::PERSONS, theme::RECEPTION_FOREIGN),
            (item::EXPENSE, theme::RECEPTION_DOMESTIC),
            (item::BATCHES, theme::RECEPTION_DOMESTIC),
            (item::PERSONS, theme::RECEPTION_DOMESTIC),
        ],
    ),
];

/// The facts with everything that follows from them.
pub fn implied(facts: &Facts, department: &Department, catalog: &Catalog) -> Facts {
    let trees = &catalog.trees;
    let mut out = facts.clone();
    let mut state = |meaning: Meaning, amount: Amount, from: &str| {
        if !facts.stated().any(|(stated, _)| *stated == meaning) {
            let place = Place { quote: Some(from.to_owned()), ..Place::default() };
            out.state(meaning, Fact { amount, place, form: String::new() });
        }
    };
    let count = |number: usize| Amount::Count(i64::try_from(number).unwrap_or(i64::MAX));

    let books = department.units.iter().filter(|unit| unit.merged_into.is_none()).count();
    state(of(item::UNITS), count(books.saturating_sub(1)), "单位清单");

    let rule = &catalog.accounts.running_cost;
    let units: Vec<(&str, UnitKind)> = department.units.iter().map(|unit| (unit.name.as_str(), unit.kind)).collect();
    for stage in [None, Some(stage::INITIAL)] {
        let version = |meaning: Meaning| match stage {
            None => meaning,
            Some(stage) => meaning.with(Dimension::Stage, stage),
        };
        let counted = version(rule.counted());
        let cost = running_cost(rule, &units, |unit| match unit {
            None => facts.amount(trees, &counted, "general-budget-basic-expense"),
            Some(unit) => facts.amount(trees, &counted.clone().with(Dimension::Unit, unit), ""),
        });
        if let Some(cost) = cost {
            state(version(rule.meaning()), cost, &rule.from);
        }
    }

    for (theme, parts) in NOTHING_TOGETHER {
        let nothing = facts.amount(trees, &themed(item::EXPENSE, theme), "three-public").is_some_and(Amount::is_zero);
        for (name, theme) in parts.iter().filter(|_| nothing) {
            let zero = if *name == item::EXPENSE { Amount::Exact(Money::ZERO) } else { Amount::Count(0) };
            state(if theme.is_empty() { of(name) } else { themed(name, theme) }, zero, "金额为零");
        }
    }
    out
}

fn of(name: &str) -> Meaning {
    Meaning::new().with(Dimension::Item, name)
}

fn themed(name: &str, theme: &str) -> Meaning {
    of(name).with(Dimension::Theme, theme)
}
