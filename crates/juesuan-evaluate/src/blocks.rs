//! How the points of a form are shared out over the first level, held against the profile.

use juesuan_catalog::{Block, Profile};
use juesuan_model::Number;
use juesuan_text::plain;

use crate::steps::digits;

/// What the points of a form differ in from the profile, in the order of the profile: for people, never a reason to change
/// a form. `lines`: first-level name and points of each indicator. Empty where the profile leaves it to the form, where
/// no points are printed, and where the first level of a line is not known or belongs to no block.
pub fn blocks(lines: &[(&str, Option<Number>)], profile: &Profile) -> Vec<String> {
    let mut sums: Vec<Option<Number>> = vec![None; profile.block.len()];
    for (name, weight) in lines {
        let (Some(at), Some(weight)) = (block_of(name, profile), *weight) else { return Vec::new() };
        if let Some(sum) = sums.get_mut(at) {
            match sum.unwrap_or(Number::ZERO).plus(weight) {
                Some(added) => *sum = Some(added),
                None => return Vec::new(),
            }
        }
    }
    if sums.iter().all(Option::is_none) {
        return Vec::new();
    }
    let given_up = |block: &Block, sum: &Option<Number>| !block.else_to.is_empty() && sum.is_none();
    let mut out = Vec::new();
    for (block, sum) in profile.block.iter().zip(&sums) {
        if given_up(block, sum) {
            continue;
        }
        let taken =
            profile.block.iter().zip(&sums).filter(|(other, sum)| other.else_to == block.name && given_up(other, sum));
        let weight = taken.fold(block.weight, |weight, (other, _)| weight + other.weight);
        let own = sum.unwrap_or(Number::ZERO);
        if own != Number::whole(weight) {
            out.push(format!("“{}”分值合计{}分，计分方案“{}”为{weight}分", block.name, digits(own), profile.name));
        }
    }
    out
}

/// Position of the block that a first-level name belongs to.
fn block_of(name: &str, profile: &Profile) -> Option<usize> {
    let name = plain(name);
    let all = profile.block.iter().position(|block| block.words.is_empty());
    if name.is_empty() {
        return all;
    }
    let named = |block: &Block| block.words.iter().any(|word| name.contains(word.as_str()));
    profile.block.iter().position(named).or(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    fn named(key: &str, lines: &[(&str, i64)]) -> Vec<String> {
        let catalog = Catalog::load(&[]).unwrap();
        let lines: Vec<_> = lines.iter().map(|(name, weight)| (*name, Some(Number::whole(*weight)))).collect();
        blocks(&lines, catalog.performance.profile(key).unwrap())
    }

    #[test]
    fn points_as_the_profile_shares_them_out_are_not_named() {
        let none: [String; 0] = [];
        assert_eq!(named("central", &[("产出指标", 20), ("产出指标", 30), ("效益指标", 30), ("满意度指标", 10)]), none);
        assert_eq!(named("hubei", &[("产出指标", 40), ("效益指标", 25), ("满意度指标", 15)]), none);
        assert_eq!(named("shanghai", &[("产出", 1)]), none);
        assert_eq!(named("central", &[("别的", 5)]), none);
    }

    #[test]
    fn without_a_question_of_satisfaction_its_points_are_those_of_the_benefit() {
        assert!(named("central", &[("产出指标", 50), ("效益指标", 40)]).is_empty());
        let short = named("central", &[("产出指标", 50), ("效益指标", 30)]);
        assert_eq!(short, ["“效益”分值合计30分，计分方案“项目支出绩效自评（2020年办法）”为40分"]);
    }

    #[test]
    fn other_points_and_missing_blocks_are_named() {
        assert_eq!(named("central", &[("产出指标", 60), ("满意度指标", 10)]).len(), 2);
        assert_eq!(named("hubei", &[("产出指标", 60)]).len(), 1);
    }
}
