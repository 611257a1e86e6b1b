//! The money of a project or of the whole, as the books and the budget have it.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, item, stage};
use juesuan_catalog::{Catalog, Trees};
use juesuan_facts::{Amount, Facts};
use juesuan_model::{Dimension, Meaning, Money, Number, Printed, Quantity, Unit};

use super::project;

/// Money from one source.
#[derive(Clone, Debug, Default)]
pub struct Fund {
    /// Name; empty for the total.
    pub name: String,
    /// What is known of it.
    pub amounts: BTreeMap<Quantity, Amount>,
}

/// The lines of money of a project, or of the whole for an empty name. The first is the total; parts stand behind it where
/// the facts tell them apart.
pub fn funds(facts: &Facts, catalog: &Catalog, project: &str) -> Vec<Fund> {
    let (trees, lines) = (&catalog.trees, &catalog.performance.words.fund_line);
    let all = project::money(project);
    let total = amounts(facts, trees, &all);
    if total.is_empty() {
        return Vec::new();
    }
    let fiscal = amounts(facts, trees, &all.clone().with(Dimension::Fund, fund::FISCAL));
    let mut funds = vec![Fund { name: String::new(), amounts: total.clone() }];
    if !fiscal.is_empty() {
        let other: BTreeMap<Quantity, Amount> =
            total.iter().filter_map(|(key, all)| Some((*key, less(*all, *fiscal.get(key)?)?))).collect();
        if nothing_carried(facts, trees, project) {
            let zero = |key: &Quantity| (*key, Amount::Exact(Money::ZERO));
            let carried = fiscal.keys().map(zero).collect();
            funds.push(Fund { name: lines.of_year.clone(), amounts: fiscal });
            funds.push(Fund { name: lines.carried_over.clone(), amounts: carried });
        } else {
            funds.push(Fund { name: lines.of_budget.clone(), amounts: fiscal });
        }
        funds.push(Fund { name: lines.other.clone(), amounts: other });
    }
    funds
}

/// What is known of a meaning: budgets and what was spent.
fn amounts(facts: &Facts, trees: &Trees, meaning: &Meaning) -> BTreeMap<Quantity, Amount> {
    let versions = [
        (Quantity::InitialBudget, meaning.clone().with(Dimension::Stage, stage::INITIAL)),
        (Quantity::FullYearBudget, meaning.clone().with(Dimension::Stage, stage::FULL_YEAR)),
        (Quantity::Executed, meaning.clone()),
    ];
    versions
        .into_iter()
        .filter_map(|(quantity, meaning)| Some((quantity, facts.amount(trees, &meaning, "")?)))
        .collect()
}

/// True if it is known that no money of the budget came over from last year.
fn nothing_carried(facts: &Facts, trees: &Trees, project: &str) -> bool {
    let mut opening = Meaning::new().with(Dimension::Item, item::OPENING).with(Dimension::Fund, fund::FISCAL);
    // What came over of one project is asked of all: books may keep it without the project's name.
    if !project.is_empty() && facts.amount(trees, &opening, "").is_some_and(|all| !all.is_zero()) {
        opening = opening.with(Dimension::Project, project);
        return facts.stated().any(|(meaning, fact)| *meaning == opening && fact.amount.is_zero());
    }
    facts.amount(trees, &opening, "").is_some_and(Amount::is_zero)
}

fn less(all: Amount, part: Amount) -> Option<Amount> {
    if let Some((all, part)) = all.exact().zip(part.exact()) {
        return Some(Amount::Exact(all - part));
    }
    Some(Amount::Printed(Printed::wan_yuan(all.money()? - part.money()?)))
}

/// An amount in 元 or a count as an exact number, and as it is printed in a document: amounts in 万元.
pub fn number(amount: Amount) -> Option<(Number, String)> {
    match amount {
        Amount::Count(count) => Some((Number::whole(count), count.to_string())),
        amount => {
            let printed = amount.printed(Unit::WanYuan, 2);
            Some((Number::of_money(amount.money()?), printed.digits()))
        }
    }
}
