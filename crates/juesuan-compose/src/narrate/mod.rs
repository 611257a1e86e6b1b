//! The running text: sentences of the catalogue, filled with what the tables print and the facts know.
//!
//! - [`value`] what a slot is worth, and how two values compare
//! - [`base`] what is compared with last year, and what is said instead
//! - [`element`] the elements of lists
//! - [`sentence`] one sentence: places, phrases by value, causes, stretches that vanish; `asked` what it asks for
//! - [`mod@line`] a paragraph while it is made: pieces that become runs, figures and claims
//! - [`section`] one section: paragraphs, headings, lists, sums
//! - [`chart`] charts; [`glossary`] terms

mod asked;
pub mod base;
pub mod chart;
pub mod element;
pub mod glossary;
pub mod line;
pub mod section;
pub mod sentence;
pub mod value;

use std::collections::{BTreeMap, BTreeSet};

use base::Base;
use juesuan_catalog::section::{LevelWords, Slot, Version, Wording};
use juesuan_catalog::{Catalog, Section, VariantText, Way};
use juesuan_evaluate::campaign::Campaign;
use juesuan_facts::{Department, Narrative};
use juesuan_model::{Ask, Dimension, Meaning, Package, Problem};
use value::{Value, Values};

/// All that sentences are made from. Nothing changes while a document is written.
pub struct Narrator<'a> {
    /// Codes and phrases.
    pub catalog: &'a Catalog,
    /// Sections and glossary of the variant.
    pub text: &'a VariantText,
    /// Phrases of the variant.
    pub wording: &'a Wording,
    /// Who.
    pub department: &'a Department,
    /// Causes and free text.
    pub narrative: &'a Narrative,
    /// What is evaluated, if anything.
    pub campaign: Option<&'a Campaign>,
    /// Texts that registers give, by the same keys; narrative.toml comes first.
    pub texts: &'a BTreeMap<String, String>,
    /// In what the department enters texts.
    pub way: Way,
    /// What stands for last year.
    pub base: Base,
    /// Figures.
    pub values: Values<'a>,
}

/// What has been written so far.
#[derive(Debug, Default)]
pub struct Written {
    /// Figures, claims, sums.
    pub package: Package,
    /// What a person should look at.
    pub problems: Vec<Problem>,
    /// What it lacks.
    pub asks: Vec<Ask>,
    /// Keys of narrative.toml that were used.
    pub used: BTreeSet<String>,
}

impl Narrator<'_> {
    /// The value of a slot in a version; `None`: not known. Of several meanings, the first that is known.
    pub fn value(&self, section: &Section, slot: &Slot, meanings: &[Meaning], version: Version) -> Option<Value> {
        let form = if slot.form.is_empty() { &section.explains } else { &slot.form };
        meanings.iter().find_map(|meaning| self.values.of(&self.values.version(meaning, version), form))
    }

    /// A word of the department.
    pub fn word(&self, name: &str) -> Option<String> {
        let department = self.department;
        let unit_accounts = department.scope == "单位";
        let level = self.catalog.sections.phrases.level.get(&department.level);
        let level_word = |pick: fn(&LevelWords) -> &String| level.map(|words| pick(words).clone());
        Some(match name {
            "年" => department.year.to_string(),
            "上年" => department.year.saturating_sub(1).to_string(),
            "单位" => department.name.clone(),
            "简称" => department.short().to_owned(),
            "决算名" => if unit_accounts { "单位决算" } else { "部门决算" }.to_owned(),
            "决算主体" => if unit_accounts { "单位" } else { "部门" }.to_owned(),
            "主体" => if unit_accounts { "本单位" } else { "本部门" }.to_owned(),
            "上年数" => self.base.is_compared.then(|| department.year.saturating_sub(1).to_string())?,
            "无上年数" => self.base.none.clone()?,
            "上年口径" => self.base.told.clone()?,
            "级" => return level_word(|words| &words.name),
            "副级" => return level_word(|words| &words.vice),
            _ => return None,
        })
    }

    /// A free text: of narrative.toml, else of a register.
    pub fn free_text(&self, key: &str) -> Option<&str> {
        let text = self.narrative.text.get(key).or_else(|| self.texts.get(key))?;
        Some(text.as_str()).filter(|text| !text.trim().is_empty())
    }

    /// The year that a figure of a meaning is of, as printed.
    pub(crate) fn year_of(&self, meaning: &Meaning) -> String {
        meaning.get(Dimension::Year).map_or_else(|| self.department.year.to_string(), str::to_owned)
    }
}
