//! Schemes of points: how the 100 points of an evaluation are shared out and given.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::{Source, stem};

const FOLDER: &str = "performance/profiles/";

/// A scheme of points. All points are of 100.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Key, as a department names it: the name of the file.
    #[serde(skip)]
    pub key: String,
    /// For people.
    pub name: String,
    /// Variants whose scheme it is.
    #[serde(default)]
    pub variants: Vec<String>,
    /// True for the scheme of all variants that have none of their own.
    #[serde(default)]
    pub general: bool,
    /// What it rests on.
    pub basis: String,
    /// False as long as nobody has held it against the text of what it rests on.
    #[serde(default)]
    pub confirmed: bool,
    /// Points for the execution of the budget, in the form of a project.
    pub execution: i64,
    /// The fewest points for execution that any scheme of the place gives: what a document without its form is held to.
    pub execution_least: i64,
    /// Points for execution in the form of the whole department; `None`: that form gives none.
    #[serde(default)]
    pub whole_execution: Option<i64>,
    /// How the other points are shared out; empty: as each form likes.
    #[serde(default)]
    pub block: Vec<Block>,
    /// Degrees of what is judged in words, from the best.
    pub tier: Vec<Tier>,
    /// When what was reached is so far above the target that the target was too low; `None`: not asked.
    #[serde(default)]
    pub far_over: Option<FarOver>,
    /// Digits behind the point of the points of each line.
    pub decimals: u8,
}

/// First-level indicators that share points.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// For people.
    pub name: String,
    /// A first-level name with one of these belongs here; empty: every name.
    #[serde(default)]
    pub words: Vec<String>,
    /// Points.
    pub weight: i64,
    /// Name of the block that has the points where this one is not used; empty: it is always used.
    #[serde(default)]
    pub else_to: String,
}

/// A degree of what is judged in words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// As printed.
    pub name: String,
    /// Spellings.
    #[serde(default)]
    pub words: Vec<String>,
    /// Percent of the points from which it begins, included.
    pub from: i64,
    /// Percent of the points that it gives at most.
    pub upto: i64,
}

/// What was reached lies far above the target.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FarOver {
    /// Percent of the target above which it is named.
    pub percent: i64,
    /// True if it also costs points: full points × percent ÷ what was reached in percent of the target.
    #[serde(default)]
    pub deduct: bool,
}

/// Words for the ways in which points are given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodWords {
    /// In proportion.
    pub ratio: Vec<String>,
    /// All or nothing.
    pub all_or_nothing: Vec<String>,
    /// By degrees.
    pub tiers: Vec<String>,
    /// As somebody judged.
    pub judged: Vec<String>,
}

pub(super) fn load(source: &Source, problems: &mut Vec<Problem>) -> (Vec<Profile>, MethodWords) {
    let mut profiles = Vec::new();
    for (path, mut profile) in source.tomls::<Profile>(FOLDER, problems) {
        stem(&path, FOLDER).clone_into(&mut profile.key);
        for (word, message) in faults(&profile) {
            problems.push(source.fault(&path, &[&word], format!("计分方案“{}”{message}", profile.key)));
        }
        profiles.push(profile);
    }
    profiles.sort_by(|a, b| a.key.cmp(&b.key));
    let mut general = profiles.iter().filter(|profile| profile.general);
    let (first, second) = (general.next(), general.next());
    if first.is_none() || second.is_some() {
        let path = format!("{FOLDER}{}.toml", second.map_or("central", |profile| &profile.key));
        let message = "应恰有一个计分方案写 general = true，供没有自己方案的地方使用";
        problems.push(source.fault(&path, &["general"], message));
    }
    (profiles, source.toml("performance/methods.toml", problems).unwrap_or_default())
}

/// What is wrong with a scheme, each with the key it is wrong at.
fn faults(profile: &Profile) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let sum: i64 = profile.block.iter().map(|block| block.weight).sum::<i64>() + profile.execution;
    if !profile.block.is_empty() && sum != 100 {
        out.push(("execution".to_owned(), format!("的分值合计为{sum}，应为100；请改 execution 或各 block 的 weight")));
    }
    if !(0..=profile.execution).contains(&profile.execution_least) || profile.execution > 100 {
        let message = "的 execution_least 应在0和 execution 之间，execution 不超过100";
        out.push(("execution_least".to_owned(), message.to_owned()));
    }
    if profile.decimals > 4 {
        out.push(("decimals".to_owned(), format!("的 decimals 为{}，最多为4", profile.decimals)));
    }
    for block in profile.block.iter().filter(|block| !block.else_to.is_empty()) {
        if !profile.block.iter().any(|other| other.name == block.else_to && other.else_to.is_empty()) {
            let message = format!("里“{}”的分值转给“{}”，没有这个 block", block.name, block.else_to);
            out.push((block.else_to.clone(), message));
        }
    }
    let bounds: Vec<i64> = profile.tier.iter().flat_map(|tier| [tier.upto, tier.from]).collect();
    let joined = profile.tier.windows(2).all(|pair| matches!(pair, [a, b] if a.from == b.upto));
    if bounds.first() != Some(&100) || bounds.last() != Some(&0) || !joined || !bounds.is_sorted_by(|a, b| a >= b) {
        out.push(("tier".to_owned(), "的各档应从100到0首尾相接".to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn points_of_every_profile_add_up_to_100() {
        let catalog = Catalog::load(&[]).unwrap();
        for profile in &catalog.performance.profiles {
            let blocks: i64 = profile.block.iter().map(|block| block.weight).sum();
            assert!(profile.block.is_empty() || blocks + profile.execution == 100, "{}", profile.key);
            assert!(!profile.basis.is_empty() && !profile.tier.is_empty(), "{}", profile.key);
        }
        let bands = |key: &str| {
            let profile = catalog.performance.profile(key).unwrap();
            profile.tier.iter().map(|tier| tier.from).collect::<Vec<_>>()
        };
        assert_eq!((bands("central"), bands("hubei")), (vec![80, 60, 0], vec![80, 50, 0]));
    }

    #[test]
    fn points_that_do_not_add_up_and_tiers_with_gaps_are_faults() {
        let catalog = Catalog::load(&[]).unwrap();
        let mut profile = catalog.performance.profile("central").unwrap().clone();
        assert!(faults(&profile).is_empty());
        profile.block[0].weight += 1;
        profile.tier[1].from += 1;
        assert_eq!(faults(&profile).len(), 2, "{:?}", faults(&profile));
    }
}
