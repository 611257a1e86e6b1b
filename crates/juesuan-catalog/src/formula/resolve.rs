//! Names in brackets → meanings.

use std::fmt;

use juesuan_model::{Against, Dimension, Meaning, Measure};

use super::Reference;
use crate::names::{FINAL_ACCOUNTS, LAST_YEAR, item};
use crate::rule::Level;
use crate::trees::Trees;

/// Dimensions in which a name is looked up, in this order.
const NAMED: [Dimension; 6] =
    [Dimension::Item, Dimension::Stage, Dimension::Fund, Dimension::Source, Dimension::Nature, Dimension::Theme];

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Character of the formula, from 1.
    pub position: usize,
    /// What stands there and what could.
    pub message: String,
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}个字：{}", self.position, self.message)
    }
}

/// What names may stand for.
#[derive(Clone, Copy)]
pub struct Names<'c> {
    /// The nodes of the dimensions.
    pub trees: &'c Trees,
    /// The placeholder allowed.
    pub each: Option<Level>,
}

/// The meaning that is written as `[支出·公用经费]`.
pub fn bracketed(trees: &Trees, text: &str) -> Result<Meaning, FormulaError> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let inner = inner
        .ok_or_else(|| FormulaError {
            position: 1, message: format!("“{text}”须写在方括号中，如 [支出·公用经费]")
        })?;
    let reference = meaning(Names { trees, each: None }, inner, 2)?;
    match reference.measure {
        Measure::Amount => Ok(reference.meaning),
        _ => Err(FormulaError {
            position: 2, message: "这里应为一个数的名称，不是增减额或比率".to_owned()
        }),
    }
}

/// Measures by their names. An amount needs none.
const MEASURES: [(&str, Measure); 8] = [
    ("较上年增减额", Measure::Change(Against::PriorYear)),
    ("较年初预算增减额", Measure::Change(Against::InitialBudget)),
    ("较全年预算增减额", Measure::Change(Against::FullYearBudget)),
    ("较上年增减率", Measure::Growth(Against::PriorYear)),
    ("较年初预算增减率", Measure::Growth(Against::InitialBudget)),
    ("较全年预算增减率", Measure::Growth(Against::FullYearBudget)),
    ("年初预算完成率", Measure::Completion(Against::InitialBudget)),
    ("全年预算完成率", Measure::Completion(Against::FullYearBudget)),
];

/// The figure that the names between two brackets stand for.
pub(super) fn meaning(names: Names<'_>, text: &str, position: usize) -> Result<Reference, FormulaError> {
    let mut out = Meaning::new();
    let mut placeholder = false;
    let mut measure = Measure::Amount;
    let mut at = position;
    for name in text.split(['·', '・', '•']) {
        let trimmed = name.trim();
        if names.each.is_some_and(|each| each.word() == trimmed) {
            placeholder = true;
            at += name.chars().count() + 1;
            continue;
        }
        if let Some(named) = measure_named(names, trimmed) {
            measure = named;
            at += name.chars().count() + 1;
            continue;
        }
        let (dimension, node) = lookup(names.trees, trimmed).ok_or_else(|| unknown(names, trimmed, at))?;
        if let Some(before) = out.get(dimension)
            && before != node
        {
            let message = format!("“{trimmed}”与“{before}”是同一维度的两个坐标，只能留一个");
            return Err(FormulaError { position: at, message });
        }
        if node != FINAL_ACCOUNTS {
            out = out.with(dimension, node);
        }
        at += name.chars().count() + 1;
    }
    if out.get(Dimension::Item).is_none() {
        let whole = if out.get(Dimension::Source).is_some() { item::INCOME } else { item::EXPENSE };
        out = out.with(Dimension::Item, whole);
    }
    Ok(Reference { meaning: out, measure, optional: false, placeholder })
}

/// `较上年增减额`, or `占货物采购的比重`: the share of what the names inside stand for.
fn measure_named(names: Names<'_>, name: &str) -> Option<Measure> {
    if let Some((_, measure)) = MEASURES.iter().find(|(known, _)| *known == name) {
        return Some(measure.clone());
    }
    let whole = name.strip_prefix('占')?.strip_suffix("的比重")?;
    let whole = meaning(Names { each: None, ..names }, whole, 1).ok()?;
    Some(Measure::Share { of: Box::new(whole.meaning) })
}

fn lookup(trees: &Trees, name: &str) -> Option<(Dimension, String)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if name == FINAL_ACCOUNTS {
        return Some((Dimension::Stage, name.to_owned()));
    }
    if name == LAST_YEAR {
        return Some((Dimension::Year, name.to_owned()));
    }
    let year = name.strip_suffix('年').unwrap_or(name);
    if digits(year) && year.len() == 4 {
        return Some((Dimension::Year, year.to_owned()));
    }
    if digits(name) && matches!(name.len(), 3 | 5 | 7) {
        return Some((Dimension::Function, name.to_owned()));
    }
    if let Some(code) = name.strip_prefix("经济")
        && digits(code)
        && matches!(code.len(), 3 | 5)
    {
        return Some((Dimension::Economic, code.to_owned()));
    }
    if let Some(project) = name.strip_prefix("项目：") {
        return Some((Dimension::Project, project.to_owned()));
    }
    let by_name = NAMED.into_iter().find(|d| trees.node(*d, name).is_some());
    if let Some(dimension) = by_name {
        return Some((dimension, name.to_owned()));
    }
    NAMED.into_iter().find_map(|dimension| {
        let node = trees.nodes(dimension).find(|node| node.words.iter().any(|word| word == name))?;
        Some((dimension, node.name.clone()))
    })
}

fn unknown(names: Names<'_>, name: &str, position: usize) -> FormulaError {
    let shared = |other: &str| other.chars().filter(|c| name.contains(*c)).count();
    let mut near: Vec<(usize, &str)> = NAMED
        .into_iter()
        .flat_map(|d| names.trees.nodes(d))
        .map(|node| (shared(&node.name), node.name.as_str()))
        .filter(|(count, other)| 2 * count >= other.chars().count().max(2))
        .collect();
    near.sort_by_key(|(count, other)| (std::cmp::Reverse(*count), *other));
    near.dedup();
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, other)| other).collect();
    let hint = if near.is_empty() { String::new() } else { format!("，相近的有：{}", near.join("、")) };
    FormulaError { position, message: format!("“{name}”不是目录中的名称或科目编码{hint}") }
}
