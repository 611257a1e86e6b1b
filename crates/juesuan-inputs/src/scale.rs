//! Budget and last year beside this year: a thousand times more or less is a mistaken unit of money (万元 taken for 元).

use juesuan_catalog::Catalog;
use juesuan_catalog::names::{item, stage};
use juesuan_facts::Facts;
use juesuan_model::{Dimension, Meaning, Money, Place, Problem};

use crate::Inputs;

/// So many times more or less is no plan and no growth.
const TIMES: i64 = 1_000;

/// Compares 年初预算, 全年预算 and last year's totals with this year's.
pub fn check(facts: &Facts, inputs: &Inputs, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let prior = inputs.department.year.saturating_sub(1).to_string();
    let others = [
        (item::EXPENSE, Dimension::Stage, stage::INITIAL, "budget", stage::INITIAL),
        (item::EXPENSE, Dimension::Stage, stage::FULL_YEAR, "budget", stage::FULL_YEAR),
        (item::EXPENSE, Dimension::Year, &prior, "prior", "上年支出"),
        (item::INCOME, Dimension::Year, &prior, "prior", "上年收入"),
    ];
    for (of, dimension, node, folder, name) in others {
        let meaning = Meaning::new().with(Dimension::Item, of);
        let amount = |meaning: &Meaning| facts.amount(&catalog.trees, meaning, "").and_then(|q| q.money());
        let (Some(now), Some(other)) = (amount(&meaning), amount(&meaning.clone().with(dimension, node))) else {
            continue;
        };
        if let Some(times) = times_apart(now, other) {
            let place = Place { file: Some(format!("{folder}/")), ..Place::default() };
            let message = format!(
                "{name}合计 {other} 元，而本年{of} {now} 元，相差约 {times} 倍，像是把万元当成了元；请核对金额单位，一律填元"
            );
            problems.push(Problem::contradiction(place, message));
        }
    }
}

/// How many times the larger is the smaller, if that is past belief.
fn times_apart(one: Money, other: Money) -> Option<i64> {
    let (small, large) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
    let times = large.0.checked_div(small.0)?;
    (times >= TIMES).then_some(times)
}
