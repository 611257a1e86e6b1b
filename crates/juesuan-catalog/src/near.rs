//! Names that are almost what somebody wrote.

use std::collections::BTreeSet;

/// Most names that are told.
const TOLD_MAX: usize = 3;

/// `（像是“甲”、“乙”）`: the known names that share the most characters with `name`; empty if none is near.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let of = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<BTreeSet<char>>();
    let wanted = of(name);
    let mut found: Vec<(usize, &str)> = known
        .map(|other| {
            let characters = of(other);
            let (shared, all) = (wanted.intersection(&characters).count(), wanted.union(&characters).count());
            (shared * 100 / all.max(1), other)
        })
        .filter(|(likeness, _)| *likeness >= LIKENESS_MIN)
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.dedup_by(|a, b| a.1 == b.1);
    let told: Vec<String> = found.iter().take(TOLD_MAX).map(|(_, name)| format!("“{name}”")).collect();
    if told.is_empty() { String::new() } else { format!("（像是{}）", told.join("、")) }
}

/// `（像是“甲”）；可以写：甲、乙、丙`: the nearest of the known names, and what else there is, in its order.
pub fn choice<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut seen = BTreeSet::new();
    let known: Vec<&str> = known.into_iter().filter(|other| seen.insert(*other)).collect();
    let near = nearest(name, known.iter().copied());
    let listed = known.get(..LISTED_MAX).unwrap_or(&known).join("、");
    let more = if known.len() > LISTED_MAX { "等" } else { "" };
    if known.is_empty() { near } else { format!("{near}；可以写：{listed}{more}") }
}

/// `inputs/ 里没有“甲”（像是“乙”）`: a file or folder of the catalogue lacks what another one names.
pub(crate) fn lacking<'a>(place: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("{place} 里没有“{name}”{}", nearest(name, known))
}

/// `“甲”重复出现，请只留一处`.
pub(crate) fn twice(name: &str) -> String {
    format!("“{name}”重复出现，请只留一处")
}

/// Most names that a message lists.
const LISTED_MAX: usize = 40;

/// Shared characters in percent of all from which a name is near.
const LIKENESS_MIN: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_almost_right_is_told_and_a_strange_one_is_not() {
        let known = ["常务会议次数", "督办办结率", "办文数"];
        assert_eq!(nearest("政府常务会议次数", known.into_iter()), "（像是“常务会议次数”）");
        assert_eq!(nearest("绿道里程", known.into_iter()), "");
        let told = choice("办文", known);
        assert_eq!(told, "（像是“办文数”）；可以写：常务会议次数、督办办结率、办文数");
    }
}
