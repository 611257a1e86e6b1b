//! Names of rows that did not reach this document whole: cut by the width of the column, or run into the name below, as
//! happens where cells of two lines are taken from a page.

use std::collections::BTreeSet;

use crate::code_names::bare;

/// Characters that are left of a cut name at least.
const LEAST: usize = 5;

/// The name in a row.
#[derive(Clone, Debug)]
pub(crate) struct Name<'a> {
    /// As printed.
    pub(crate) printed: &'a str,
    /// What its code may be called.
    pub(crate) right: Vec<&'a str>,
}

/// Which of the names of a table, from the top, were broken on the way.
pub(crate) fn broken(names: &[Name<'_>]) -> BTreeSet<usize> {
    let mut out = cut(names);
    // What the name above lacks at its end, and where that stands.
    let mut missing: Option<(usize, Vec<char>)> = None;
    for (at, name) in names.iter().enumerate() {
        let printed: Vec<char> = bare(name.printed).chars().collect();
        let rights: Vec<Vec<char>> = name.right.iter().map(|right| bare(right).chars().collect()).collect();
        let above = missing.take();
        for right in &rights {
            let own = above.as_ref().and_then(|(above, tail)| Some((*above, mixed(&printed, tail, right)?)));
            if let Some((above, length)) = own {
                out.extend([above, at]);
                missing = right.get(length..).map(|tail| (at, tail.to_vec()));
            } else if right.starts_with(&printed) && !printed.is_empty() {
                missing = right.get(printed.len()..).map(|tail| (at, tail.to_vec()));
            } else {
                continue;
            }
            break;
        }
        missing = missing.filter(|(_, tail)| !tail.is_empty());
    }
    out
}

/// Two or more names that end where the longest of their table does, and before their own ends.
fn cut(names: &[Name<'_>]) -> BTreeSet<usize> {
    let longest = names.iter().map(|name| bare(name.printed).chars().count()).max().unwrap_or(0);
    let is_cut = |name: &Name<'_>| {
        let printed = bare(name.printed);
        let begins = |right: &&str| bare(right).starts_with(&printed) && bare(right).len() > printed.len();
        printed.chars().count() == longest && longest >= LEAST && name.right.iter().any(begins)
    };
    let found: BTreeSet<usize> = (0..names.len()).filter(|at| names.get(*at).is_some_and(is_cut)).collect();
    if found.len() > 1 { found } else { BTreeSet::new() }
}

/// How many characters of `right` are in `printed`, where that is `tail` and the beginning of `right`, one behind the other
/// or character by character.
fn mixed(printed: &[char], tail: &[char], right: &[char]) -> Option<usize> {
    let length = printed.len().checked_sub(tail.len()).filter(|length| (1..=right.len()).contains(length))?;
    // Which numbers of characters of the tail may have been taken so far.
    let mut taken: BTreeSet<usize> = BTreeSet::from([0]);
    for (at, c) in printed.iter().enumerate() {
        let from_tail = taken.iter().filter(|n| tail.get(**n) == Some(c)).map(|n| n + 1);
        let from_own = taken.iter().copied().filter(|n| {
            let own = at.saturating_sub(*n);
            own < length && right.get(own) == Some(c)
        });
        taken = from_tail.chain(from_own).collect();
    }
    taken.contains(&tail.len()).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(names: &[(&str, &str)]) -> Vec<usize> {
        let names: Vec<Name<'_>> = names.iter().map(|(printed, right)| Name { printed, right: vec![*right] }).collect();
        broken(&names).into_iter().collect()
    }

    #[test]
    fn the_end_of_a_name_in_the_row_below_breaks_both() {
        let rows = [
            ("行政运行", "行政运行"),
            ("林业有害生物防", "林业有害生物防治支出"),
            ("治支出森林资源培育", "森林资源培育"),
        ];
        assert_eq!(told(&rows), [1, 2]);
        let mixed =
            [("林业有害生物防", "林业有害生物防治"), ("森治林资源培育", "森林资源培育"), ("湿地保护", "湿地保护")];
        assert_eq!(told(&mixed), [0, 1]);
    }

    #[test]
    fn names_cut_at_one_width_are_broken_and_one_alone_is_not() {
        let cut = ("林业有害生物防治补", "林业有害生物防治补助");
        assert_eq!(told(&[cut, ("自然保护地监测与评", "自然保护地监测与评估"), ("湿地保护", "湿地保护")]), [0, 1]);
        assert_eq!(told(&[cut, ("湿地保护", "湿地保护")]), Vec::<usize>::new());
    }

    #[test]
    fn another_name_is_not_broken() {
        assert_eq!(told(&[("事业运行", "行政运行"), ("一般行政管理事务", "机关服务")]), Vec::<usize>::new());
    }
}
