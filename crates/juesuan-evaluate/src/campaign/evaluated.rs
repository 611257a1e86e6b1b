//! The projects that were evaluated, as facts; and what somebody stated of them.

use juesuan_catalog::Trees;
use juesuan_catalog::names::{item, theme};
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Dimension, Meaning, Place, Problem, Quantity, Unit};

use super::year::Campaign;

/// Meaning of what the explanations call 自评项目 and 自评金额.
pub fn self_evaluated(item: &str) -> Meaning {
    Meaning::new().with(Dimension::Item, item).with(Dimension::Theme, theme::SELF_EVALUATION)
}

/// Number of evaluated projects and the money that was spent on them; the latter `None` while one is not known.
pub fn evaluated(campaign: &Campaign) -> (Amount, Option<Amount>) {
    let number = Amount::Count(i64::try_from(campaign.projects.len()).unwrap_or(i64::MAX));
    let amounts: Option<Vec<Amount>> =
        campaign.projects.iter().map(|subject| subject.amount(Quantity::Executed)).collect();
    (number, amounts.and_then(|amounts| Amount::sum(&amounts)))
}

/// What follows from the evaluation of the projects: how many, their money, how many of each grade. Nothing if none was
/// evaluated; what `stated` states already is left out.
pub fn facts(campaign: &Campaign, stated: &Facts, trees: &Trees) -> Facts {
    let mut out = Facts::default();
    if campaign.projects.is_empty() {
        return out;
    }
    let mut state = |meaning: Meaning, amount: Amount, from: &str| {
        if !stated.stated().any(|(known, _)| *known == meaning) {
            let place = Place { quote: Some(from.to_owned()), ..Place::default() };
            out.state(meaning, Fact { amount, place, form: String::new() });
        }
    };
    let (number, money) = evaluated(campaign);
    state(self_evaluated(item::PROJECTS), number, "自评的项目");
    if let Some(money) = money {
        state(self_evaluated(item::EXPENSE), money, "自评的项目");
    }
    let grades: Option<Vec<&str>> = campaign.projects.iter().map(|project| project.grade.as_deref()).collect();
    for node in trees.nodes(Dimension::Theme) {
        // 绩效自评优: the projects of this grade, as soon as each has one.
        let grade = node.name.strip_prefix(theme::SELF_EVALUATION).filter(|grade| !grade.is_empty());
        if let Some((grades, grade)) = grades.as_ref().zip(grade) {
            let same = grades.iter().filter(|own| **own == grade).count();
            let meaning = self_evaluated(item::PROJECTS).with(Dimension::Theme, node.name.as_str());
            state(meaning, Amount::Count(i64::try_from(same).unwrap_or(i64::MAX)), "自评的等级");
        }
    }
    out
}

/// Names what somebody stated of the evaluated projects that does not follow from them.
pub fn check_stated(campaign: &Campaign, facts: &Facts, trees: &Trees, problems: &mut Vec<Problem>) {
    let (number, money) = evaluated(campaign);
    if campaign.projects.is_empty() {
        return;
    }
    for (item, own) in [(item::PROJECTS, Some(number)), (item::EXPENSE, money)] {
        let meaning = self_evaluated(item);
        let (Some(own), Some(stated)) = (own, facts.amount(trees, &meaning, "")) else { continue };
        let differs = match (own, stated) {
            (own, Amount::Printed(printed)) => own.printed(printed.unit, printed.decimals) != printed,
            (own, stated) => own.exact().zip(stated.exact()).map_or(own != stated, |(own, stated)| own != stated),
        };
        let place = || facts.stated().find(|(of, _)| **of == meaning).map(|(_, fact)| fact.place.clone());
        if differs {
            let shown = |amount: Amount| match amount {
                Amount::Count(number) => format!("{number} 个"),
                amount => {
                    let printed = amount.printed(Unit::WanYuan, 2);
                    format!("{} 万元", printed.digits())
                }
            };
            let what = if item == item::PROJECTS { "自评项目数" } else { "自评项目的支出" };
            let message = format!(
                "{what}填的是 {}，由绩效录入表里的 {} 个项目算出的是 {}；请改正一处，或删去填的数",
                shown(stated),
                campaign.projects.len(),
                shown(own)
            );
            problems.push(Problem::contradiction(place().unwrap_or_default(), message));
        }
    }
}
