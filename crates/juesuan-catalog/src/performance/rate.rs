//! Rates that are computed from the accounts and registers and never typed.

use juesuan_model::{Meaning, Problem};
use serde::Deserialize;

use crate::source::Source;
use crate::trees::Trees;

const PATH: &str = "performance/rates.toml";

/// A rate, in percent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateSpec {
    /// Its name.
    pub key: String,
    /// Other names of indicators that state it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Formula in the official wording: 评价要点.
    pub point: String,
    /// True for a rate of one project: the meanings hold for the project that is evaluated.
    #[serde(default)]
    pub of_project: bool,
    /// True for a change: (part − whole) ÷ whole instead of part ÷ whole.
    #[serde(default)]
    pub less: bool,
    /// True where a change counts by its size, upwards or downwards.
    #[serde(default)]
    pub absolute: bool,
    /// What is said where the whole is zero.
    pub zero: String,
    /// Ways to compute it; the first one of which both are known is taken.
    pub way: Vec<RateWay>,
}

/// One way to compute a rate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateWay {
    /// What is divided.
    pub part: Operand,
    /// What it is divided by.
    pub whole: Operand,
    /// True where both stand in for what the rate is made of: what misses by less than a point is not judged.
    #[serde(default)]
    pub near: bool,
}

/// A number that a rate is made of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operand {
    /// For people.
    pub name: String,
    /// Key of a count.
    #[serde(default)]
    pub count: String,
    /// What it is a figure of, if it is no count.
    #[serde(default)]
    pub means: Meaning,
}

/// Where the number of an [`Operand`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandSource<'o> {
    /// The count with this key.
    Count(&'o str),
    /// The figure with this meaning; `year` may be 上年.
    Figure(&'o Meaning),
}

impl Operand {
    /// Where its number comes from.
    pub fn source(&self) -> OperandSource<'_> {
        if self.count.is_empty() { OperandSource::Figure(&self.means) } else { OperandSource::Count(&self.count) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rate: Vec<RateSpec>,
}

pub(super) fn load(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Vec<RateSpec> {
    let rates = source.toml::<File>(PATH, problems).map_or_else(Vec::new, |file| file.rate);
    for (at, rate) in rates.iter().enumerate() {
        for operand in rate.way.iter().flat_map(|way| [&way.part, &way.whole]) {
            for (word, message) in faults(rate, operand, trees) {
                problems.push(source.fault(PATH, &[&rate.key, &operand.name, &word], message));
            }
        }
        let mut own = std::iter::once(&rate.key).chain(&rate.names);
        let others: Vec<&String> =
            rates.iter().skip(at + 1).flat_map(|r| std::iter::once(&r.key).chain(&r.names)).collect();
        if let Some(double) = own.find(|name| others.contains(name)) {
            let message = format!("名称“{double}”属于两个比率，请删去一个");
            problems.push(source.fault(PATH, &[&rate.key, double], message));
        }
        if rate.way.is_empty() {
            let message = format!("比率“{}”没有算法，请加 [[rate.way]]", rate.key);
            problems.push(source.fault(PATH, &[&rate.key], message));
        }
    }
    rates
}

/// What is wrong with an operand, each with the word that is wrong.
fn faults(rate: &RateSpec, operand: &Operand, trees: &Trees) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let named = operand.means.coordinates().count() > 0;
    if named != operand.count.is_empty() {
        let message = format!("比率“{}”的“{}”应写 count 或 means 中的一个", rate.key, operand.name);
        out.push((operand.name.clone(), message));
    }
    for (node, message) in trees.unknown_in(&operand.means) {
        out.push((node.to_owned(), format!("比率“{}”：{message}", rate.key)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn a_rate_is_found_by_the_name_of_its_indicator() {
        let catalog = Catalog::load(&[]).unwrap();
        let found = |name: &str| catalog.performance.rate(name).map(|rate| rate.key.as_str());
        assert_eq!(found("三公经费变动率"), Some("“三公”经费变动率"));
        assert_eq!(found("立项规范性"), None);
    }

    #[test]
    fn an_operand_without_source_and_a_meaning_that_no_tree_has_are_problems() {
        let catalog = Catalog::load(&[]).unwrap();
        let means = Meaning::new().with(juesuan_model::Dimension::Item, "星星");
        let rate = RateSpec::default();
        assert_eq!(faults(&rate, &Operand::default(), &catalog.trees).len(), 1);
        assert_eq!(faults(&rate, &Operand { means, ..Operand::default() }, &catalog.trees)[0].0, "星星");
    }
}
