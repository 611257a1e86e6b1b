//! zengdu-2023 against every figure of the published explanations, one printed place for each.
//!
//! What the published text has wrong stands in the example's README with the numbers of those figures and a reason. The
//! table there is the list of exceptions: a figure on it must be missing, every other one must be found.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Dimension, Measure};
use serde::Deserialize;

use crate::made::{digits, example, folder, outside, word};

/// Sections of the published part three that explain figures.
const SECTIONS: [&str; 13] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"];

#[derive(Debug, Deserialize)]
struct Published {
    facts: Vec<Fact>,
}

#[derive(Debug, Deserialize)]
struct Fact {
    id: String,
    section: String,
    subject: String,
    measure: String,
    value: String,
}

impl Fact {
    /// Number of the section, e.g. `五` of `第三部分/五(二) 支出结构`.
    fn section(&self) -> Option<&str> {
        let name = self.section.strip_prefix("第三部分/")?;
        let end = name.find(['(', ' ']).unwrap_or(name.len());
        SECTIONS.iter().find(|s| **s == &name[..end]).copied()
    }

    /// The measure and the stage it is of; `None` for dates, limits and years.
    fn kind(&self) -> Option<(&'static str, &'static str)> {
        Some(match self.measure.as_str() {
            "amount" => ("amount", ""),
            "budget_initial" => ("amount", "年初预算"),
            "budget_full_year" => ("amount", "全年预算"),
            "yoy_change" => ("change", ""),
            "yoy_growth_pct" => ("growth", ""),
            "change_vs_initial_budget" => ("change-budget", ""),
            "change_vs_initial_budget_pct" => ("growth-budget", ""),
            "share_pct" => ("share", ""),
            "completion_pct" | "execution_pct" => ("completion", ""),
            "count" => ("count", ""),
            _ => return None,
        })
    }
}

/// The numbers in the README's table of faults: `F0217`, `F0089、F0090`, `F0188–F0191`.
fn exceptions() -> BTreeSet<String> {
    let readme = std::fs::read_to_string(folder("zengdu-2023").join("README.md")).unwrap();
    let mut out = BTreeSet::new();
    for line in readme.lines().filter(|line| line.starts_with("| F")) {
        for part in line.split('|').nth(1).unwrap().trim().split('、') {
            let number = |id: &str| id.trim().trim_start_matches('F').parse::<u32>().unwrap();
            let (first, last) = part.split_once('–').unwrap_or((part, part));
            out.extend((number(first)..=number(last)).map(|n| format!("F{n:04}")));
        }
    }
    out
}

#[test]
fn every_published_figure_is_printed_in_its_section_but_those_the_readme_calls_wrong() {
    let Some(text) = outside("corpus/zengdu-2023/facts.json") else {
        return;
    };
    let facts = serde_json::from_str::<Published>(&text).unwrap().facts;
    let package = example("zengdu-2023").department;
    // Section, measure, stage, digits → printed places in running text.
    let mut places: BTreeMap<(String, &str, String, String), usize> = BTreeMap::new();
    for figure in package.figures.iter().filter(|f| f.place.table.is_none()) {
        let Some((section, _)) = figure.place.section.as_deref().and_then(|s| s.split_once('、')) else {
            continue;
        };
        let stage = match figure.measure {
            Measure::Amount => figure.meanings.first().and_then(|m| m.get(Dimension::Stage)).unwrap_or_default(),
            _ => "",
        };
        if let Some(digits) = digits(figure) {
            let digits = digits.trim_start_matches('-').to_owned();
            *places.entry((section.to_owned(), word(&figure.measure), stage.to_owned(), digits)).or_default() += 1;
        }
    }
    let exceptions = exceptions();
    let (mut found, mut missing) = (0, BTreeMap::new());
    for fact in &facts {
        let (Some(section), Some((measure, stage))) = (fact.section(), fact.kind()) else {
            continue;
        };
        let key = (section.to_owned(), measure, stage.to_owned(), fact.value.clone());
        match places.get_mut(&key) {
            Some(left) if *left > 0 && !exceptions.contains(&fact.id) => {
                *left -= 1;
                found += 1;
            }
            _ => {
                missing.insert(fact.id.clone(), format!("{} {} {}", fact.subject, fact.measure, fact.value));
            }
        }
    }
    println!("{found} published figures found, {} excepted", exceptions.len());
    assert_eq!(missing.keys().cloned().collect::<BTreeSet<_>>(), exceptions, "{missing:#?}");
    assert_eq!(found + exceptions.len(), 200);
}
