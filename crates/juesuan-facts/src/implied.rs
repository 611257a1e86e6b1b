//! Figures that nobody states because they follow from something else: the number of units,
//! 机关运行经费, the counts behind an amount of nothing. What is stated is never touched.

use juesuan_catalog::Catalog;
use juesuan_catalog::names::{fund, item, nature, stage};
use juesuan_catalog::registers::CountedRule;
use juesuan_model::{Dimension, Meaning, Money, Place, UnitKind};

use crate::{Amount, Department, Fact, Facts, running_cost};

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
    state(Meaning::new().with(Dimension::Item, item::UNITS), count(books.saturating_sub(1)), "单位清单");

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

    for nature in [nature::BASIC, nature::PROJECT] {
        let fiscal = of_nature(nature).with(Dimension::Fund, fund::FISCAL);
        if facts.amount(trees, &fiscal, "").is_none()
            && let Some(amount) = over_funds(facts, catalog, nature)
        {
            state(fiscal, amount, fund::FISCAL);
        }
    }

    for rule in &catalog.registers.nothing {
        let whole = rule.of.as_ref().map_or_else(|| expense(&rule.theme), CountedRule::meaning);
        if facts.amount(trees, &whole, "three-public").is_some_and(Amount::is_zero) {
            let amounts = rule.amounts.iter().map(|theme| (expense(theme), Amount::Exact(Money::ZERO)));
            let counts = rule.counts.iter().map(|counted| (counted.meaning(), Amount::Count(0)));
            amounts.chain(counts).for_each(|(meaning, nothing)| state(meaning, nothing, "金额为零"));
        }
    }
    out
}

/// The expense of a nature out of all fiscal funds, each stated on its own; none of it where a fund has no expense at all.
fn over_funds(facts: &Facts, catalog: &Catalog, nature: &str) -> Option<Amount> {
    let parts = catalog.trees.partition(Dimension::Fund, Some(fund::FISCAL));
    let of_fund = |fund: &String| {
        let all = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Fund, fund.as_str());
        let nothing = || facts.amount(&catalog.trees, &all, "").filter(|amount| amount.is_zero());
        let own = facts.amount(&catalog.trees, &of_nature(nature).with(Dimension::Fund, fund.as_str()), "");
        own.or_else(nothing)?.money()
    };
    let amounts: Option<Vec<Money>> = parts.iter().map(of_fund).collect();
    amounts.filter(|amounts| !amounts.is_empty()).map(|amounts| Amount::Exact(amounts.into_iter().sum()))
}

fn of_nature(nature: &str) -> Meaning {
    Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Nature, nature)
}

fn expense(theme: &str) -> Meaning {
    Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Theme, theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_vehicle_there_is_none_of_any_kind_and_where_nobody_knows_nothing_follows() {
        let catalog = Catalog::load(&[]).unwrap();
        let department: Department = juesuan_catalog::parse_toml(
            "department.toml",
            "name = \"青禾县茶业局\"\nyear = 2031\nvariant = \"hubei\"\nlevel = \"县\"\n",
        )
        .unwrap();
        let vehicles = || Meaning::new().with(Dimension::Item, "车辆");
        let kind = vehicles().with(Dimension::Theme, "执法执勤用车");
        let of = |count: Option<i64>| {
            let mut facts = Facts::default();
            if let Some(count) = count {
                let fact = Fact { amount: Amount::Count(count), place: Place::default(), form: String::new() };
                facts.state(vehicles(), fact);
            }
            implied(&facts, &department, &catalog).amount(&catalog.trees, &kind, "")
        };
        assert_eq!((of(Some(0)), of(Some(2)), of(None)), (Some(Amount::Count(0)), None, None));
    }
}
