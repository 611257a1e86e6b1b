//! The rows of a form for given facts: fixed ones, lists of codes, and codes that have money.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, Codes, Confidence, Form, FormBlock, FormRow};
use juesuan_facts::Facts;
use juesuan_model::{Dimension, Place, Problem};
use juesuan_text::ordinal::numbered;

use super::answer::Answers;

/// Number of the first row of a form that numbers its rows.
const SERIAL: &str = "一、";

/// A row of a block.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The row of the form that it comes from.
    pub row: &'a FormRow,
    /// Code of a generated row.
    pub code: Option<String>,
    /// Name without 一、.
    pub name: String,
    /// What is printed.
    pub label: String,
    /// Levels of indent.
    pub indent: u8,
}

impl Line<'_> {
    /// Code and name, as places name the row.
    pub fn place(&self) -> String {
        match &self.code {
            Some(code) if self.row.list.is_empty() || self.row.by == Some(Dimension::Economic) => {
                format!("{code} {}", self.name)
            }
            _ => self.name.clone(),
        }
    }
}

/// The lines of every block, aligned: blocks have equally many, `None` is padding.
pub type Lines<'a> = Vec<Vec<Option<Line<'a>>>>;

/// What is printed for a code that has no name.
const NAMELESS: &str = "〔未知科目〕";

/// Names of classification codes for one year, and what has no name.
pub struct Names<'a> {
    catalog: &'a Catalog,
    year: u16,
    given: BTreeMap<&'a str, &'a str>,
    unknown: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Names of the catalogue, and those that stand in the rows of finished tables.
    pub fn new(catalog: &'a Catalog, year: u16, facts: &'a Facts) -> Names<'a> {
        let given = facts
            .stated()
            .filter_map(|(_, fact)| fact.place.row.as_deref()?.split_once(' '))
            .filter(|(code, name)| code.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty())
            .collect();
        Names { catalog, year, given, unknown: BTreeSet::new() }
    }

    /// The name of a code: the catalogue's where it is certain, else the one of a finished table, else the catalogue's
    /// likely one. A code without a name is remembered.
    pub fn of(&mut self, dimension: Dimension, code: &str) -> String {
        let codes: &Codes = match dimension {
            Dimension::Economic => &self.catalog.economics,
            _ => &self.catalog.functions,
        };
        let named = codes.named(code, self.year);
        let given = self.given.get(code).copied();
        match (named, given) {
            (Some(row), None) => row.name.clone(),
            (Some(row), Some(_)) if row.confidence == Confidence::A => row.name.clone(),
            (_, Some(given)) => given.to_owned(),
            (None, None) => {
                self.unknown.insert(code.to_owned());
                NAMELESS.to_owned()
            }
        }
    }

    /// Why what prints codes without a name is no more than a draft.
    pub fn reason(&self) -> Option<String> {
        let codes: Vec<&str> = self.unknown.iter().map(String::as_str).collect();
        (!codes.is_empty()).then(|| format!("表中科目没有名称，印作{NAMELESS}：{}", codes.join("、")))
    }

    /// One problem for each code without a name.
    pub fn problems(self) -> impl Iterator<Item = Problem> {
        let year = self.year;
        self.unknown.into_iter().map(move |code| {
            let place = Place { row: Some(code.clone()), ..Place::default() };
            Problem::doubt(
                place,
                format!(
                    "{year}年的科目表里没有编码 {code}，表中印作{NAMELESS}；请核对编码，或在 codes/ 下补上这个科目"
                ),
            )
        })
    }
}

/// The aligned lines of a form. Codes with money that a fixed list lacks are added, each with a problem.
pub fn lines<'a>(
    form: &'a Form,
    answers: &Answers<'_>,
    names: &mut Names<'_>,
    problems: &mut Vec<Problem>,
) -> Lines<'a> {
    let mut sections: Vec<&'a str> = Vec::new();
    let mut blocks: Vec<BTreeMap<&'a str, Vec<Line<'a>>>> = Vec::new();
    let extras = extras(form, answers);
    for (index, block) in form.block.iter().enumerate() {
        let mut parts: BTreeMap<&'a str, Vec<Line<'a>>> = BTreeMap::new();
        let (mut section, mut serial): (&str, usize) = ("", 0);
        for row in &block.row {
            if !row.align.is_empty() {
                section = &row.align;
            }
            if !sections.contains(&section) {
                sections.push(section);
            }
            let lines = parts.entry(section).or_default();
            let Some(dimension) = row.by else {
                serial = if row.serial { serial + 1 } else { 0 };
                let label =
                    if row.serial { format!("{}{}", numbered(SERIAL, serial), row.name) } else { row.name.clone() };
                lines.push(Line { row, code: None, name: row.name.clone(), label, indent: row.indent });
                continue;
            };
            let mut codes = codes(form, block, row, dimension, answers);
            let listed: Vec<String> = codes.iter().map(|(_, code)| code.clone()).collect();
            for (_, code) in
                extras.iter().filter(|(at, code)| *at == (index, row.key.as_str()) && !listed.contains(code))
            {
                let class = code.get(..3).unwrap_or(code);
                let last = codes.iter().rposition(|(_, listed)| listed.starts_with(class));
                codes.insert(last.map_or(codes.len(), |at| at + 1), (Some(codes.len() + 1), code.clone()));
                problems.push(Problem::doubt(
                    Place { table: Some(form.name.clone()), row: Some(code.clone()), ..Place::default() },
                    format!("科目 {code} 有金额，但不在这张表的固定科目清单里，已补入一行；请核对编码"),
                ));
            }
            for (number, code) in codes {
                let name = names.of(dimension, &code);
                let label = match number {
                    Some(number) if row.serial => format!("{}{name}", numbered(SERIAL, number)),
                    _ => name.clone(),
                };
                let indent = u8::try_from(code.len().saturating_sub(3) / 2).unwrap_or(0) + row.indent;
                lines.push(Line { row, code: Some(code), name, label, indent });
            }
        }
        blocks.push(parts);
    }
    align(&sections, blocks)
}

/// The codes that a row lists; with their numbers if the list is a fixed one.
fn codes(
    form: &Form,
    block: &FormBlock,
    row: &FormRow,
    dimension: Dimension,
    answers: &Answers<'_>,
) -> Vec<(Option<usize>, String)> {
    if row.list.is_empty() {
        return answers.codes(form, block, row, dimension).into_iter().map(|code| (None, code)).collect();
    }
    let listed = answers.listed(row, dimension).into_iter().enumerate().map(|(i, code)| (Some(i + 1), code));
    listed.filter(|(_, code)| answers.shows(form, block, row, code)).collect()
}

/// Pads every section to the height of the tallest block.
fn align<'a>(sections: &[&'a str], mut blocks: Vec<BTreeMap<&'a str, Vec<Line<'a>>>>) -> Lines<'a> {
    let mut out: Lines<'a> = vec![Vec::new(); blocks.len()];
    for section in sections {
        let height = blocks.iter().map(|b| b.get(section).map_or(0, Vec::len)).max().unwrap_or(0);
        for (lines, block) in out.iter_mut().zip(&mut blocks) {
            let end = lines.len() + height;
            lines.extend(block.remove(section).unwrap_or_default().into_iter().map(Some));
            lines.resize_with(end, || None);
        }
    }
    out
}

/// Codes with money outside the fixed lists, each with the block and the key of the row that takes it in: the one
/// whose list has its class, else the last one.
fn extras<'a>(form: &'a Form, answers: &Answers<'_>) -> Vec<((usize, &'a str), String)> {
    let fixed: Vec<(usize, &FormBlock, &FormRow)> = form
        .block
        .iter()
        .enumerate()
        .flat_map(|(index, block)| block.row.iter().map(move |row| (index, block, row)))
        .filter(|(_, _, row)| row.by.is_some() && !row.list.is_empty())
        .collect();
    let Some((last_index, last_block, last)) = fixed.last().copied() else {
        return Vec::new();
    };
    let Some(dimension) = last.by else {
        return Vec::new();
    };
    let levels: BTreeSet<usize> = fixed.iter().flat_map(|(_, _, row)| &row.codes).map(String::len).collect();
    let listed = |code: &String| fixed.iter().any(|(_, _, row)| row.codes.contains(code));
    answers
        .codes(form, last_block, last, dimension)
        .into_iter()
        .filter(|code| levels.contains(&code.len()) && !listed(code))
        .filter(|code| answers.has_money(form, last_block, last, code))
        .map(|code| {
            let class = code.get(..3).unwrap_or(&code);
            let home = fixed.iter().find(|(_, _, row)| row.codes.iter().any(|c| c == class));
            let (index, key) = home.map_or((last_index, last.key.as_str()), |(i, _, row)| (*i, row.key.as_str()));
            ((index, key), code)
        })
        .collect()
}
