//! What facts answer, and what they do not know.

use super::*;
use juesuan_catalog::Catalog;
use juesuan_model::Gravity;
use proptest::prelude::*;
use std::sync::OnceLock;

static CATALOG: OnceLock<Catalog> = OnceLock::new();

fn expense(nature: &str, function: &str, economic: &str) -> Meaning {
    Meaning::new()
        .with(Dimension::Item, "支出")
        .with(Dimension::Fund, "一般公共预算")
        .with(Dimension::Nature, nature)
        .with(Dimension::Function, function)
        .with(Dimension::Economic, economic)
}

#[test]
fn a_meaning_above_the_leaves_is_their_sum_and_the_unknown_is_not_zero() {
    let catalog = Catalog::load(&[]).unwrap();
    let mut facts = Facts::default();
    facts.add(expense("基本支出", "2010301", "30101"), Money(100));
    facts.add(expense("基本支出", "2010301", "30201"), Money(20));
    facts.add(expense("项目支出", "2010302", "30231"), Money(3));
    let ask = |m: &Meaning| facts.amount(&catalog.trees, m, "").and_then(Amount::money);
    let all = Meaning::new().with(Dimension::Item, "支出");
    assert_eq!(ask(&all), Some(Money(123)));
    facts.add(expense("基本支出", "2010301", "30101"), Money(-1));
    let ask = |m: &Meaning| facts.amount(&catalog.trees, m, "").and_then(Amount::money);
    assert_eq!(ask(&all), Some(Money(122)));
    assert_eq!(ask(&all.clone().with(Dimension::Function, "201")), Some(Money(122)));
    assert_eq!(ask(&all.clone().with(Dimension::Nature, "公用经费")), Some(Money(20)));
    assert_eq!(ask(&all.clone().with(Dimension::Theme, "公务用车运行维护费")), Some(Money(3)));
    assert_eq!(ask(&all.clone().with(Dimension::Function, "208")), None);
    assert_eq!(ask(&all.with(Dimension::Year, "2022")), None);
}

/// A leaf with or without a coordinate on each of four dimensions, by numbers.
fn leaf(numbers: [usize; 4]) -> Meaning {
    let nodes: [(Dimension, &[&str]); 4] = [
        (Dimension::Nature, &["", "基本支出", "项目支出", "公用经费"]),
        (Dimension::Function, &["", "201", "20103", "2010301", "2080501"]),
        (Dimension::Economic, &["", "301", "30101", "30201", "30231"]),
        (Dimension::Stage, &["", "年初预算"]),
    ];
    let named = nodes.into_iter().zip(numbers).map(|((dimension, nodes), n)| (dimension, nodes[n % nodes.len()]));
    named
        .filter(|(_, node)| !node.is_empty())
        .fold(Meaning::new().with(Dimension::Item, "支出"), |meaning, (dimension, node)| {
            meaning.with(dimension, node)
        })
}

proptest! {
    #[test]
    fn every_question_is_answered_by_the_sum_of_the_leaves_that_it_selects(
        leaves in prop::collection::vec((any::<[usize; 4]>(), -9i64..9), 1..12),
        questions in prop::collection::vec(any::<[usize; 4]>(), 1..12),
    ) {
        let catalog = CATALOG.get_or_init(|| Catalog::load(&[]).unwrap());
        let mut facts = Facts::default();
        for (numbers, fen) in leaves {
            facts.add(leaf(numbers), Money(fen));
        }
        for question in questions.into_iter().map(leaf) {
            let selector = catalog.trees.selector(&question);
            let selected = facts.leaves().filter(|(leaf, _)| same_version(leaf, &question) && selector.selects(&catalog.trees, leaf));
            let sum = selected.map(|(_, amount)| amount).reduce(|a, b| a + b);
            prop_assert_eq!(facts.amount(&catalog.trees, &question, "").and_then(Amount::exact), sum);
        }
    }
}

#[test]
fn amounts_beyond_belief_are_named_even_where_they_cancel_out() {
    let meaning = Meaning::new().with(Dimension::Item, "支出");
    let said = |facts: &Facts| facts.beyond_belief().into_iter().map(|p| p.gravity).collect::<Vec<_>>();
    let stated = |amount| {
        let mut facts = Facts::default();
        facts.state(meaning.clone(), Fact { amount, place: Place::default(), form: String::new() });
        facts
    };
    let printed = |digits: &str| Amount::Printed(Printed::parse(digits, Unit::WanYuan).unwrap());
    assert_eq!(said(&stated(printed("100000001"))), [Gravity::Fatal]);
    assert_eq!(said(&stated(Amount::Exact(Money(i64::MIN)))), [Gravity::Fatal]);
    assert_eq!(said(&stated(printed("99999999.12345678"))), []);
    let mut facts = Facts::default();
    for amount in [i64::MAX, i64::MIN, 3] {
        facts.add(meaning.clone(), Money(amount));
    }
    let mut whole = Facts::default();
    whole.absorb(facts.as_of(2022));
    assert_eq!(said(&whole), [Gravity::Fatal]);
}

#[test]
fn in_a_complete_region_what_is_absent_is_nothing() {
    let catalog = Catalog::load(&[]).unwrap();
    let mut facts = Facts::default();
    facts.declare_complete(Meaning::new().with(Dimension::Item, "支出"));
    let fund = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Fund, "政府性基金");
    assert_eq!(facts.amount(&catalog.trees, &fund, ""), Some(Amount::Exact(Money::ZERO)));
    let income = Meaning::new().with(Dimension::Item, "收入");
    assert_eq!(facts.amount(&catalog.trees, &income, ""), None);
    let procurement = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Theme, "政府采购");
    assert_eq!(facts.amount(&catalog.trees, &procurement, ""), None);
}

#[test]
fn a_budget_known_by_function_and_nature_knows_no_theme_and_no_economic_item() {
    let catalog = Catalog::load(&[]).unwrap();
    let mut facts = Facts::default();
    let budget = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Stage, "年初预算");
    facts.declare_complete_on(budget.clone(), &[Dimension::Function, Dimension::Nature]);
    let ask = |dimension, node: &str| facts.amount(&catalog.trees, &budget.clone().with(dimension, node), "");
    let zero = Some(Amount::Exact(Money::ZERO));
    assert_eq!(ask(Dimension::Function, "208"), zero);
    assert_eq!(ask(Dimension::Nature, "公用经费"), zero);
    assert_eq!(ask(Dimension::Theme, "公务接待费"), None);
    assert_eq!(ask(Dimension::Economic, "30217"), None);
}
