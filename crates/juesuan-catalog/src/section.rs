//! The running text of a document as data: parts and their order, sections, sentences, phrases by value, glossary.
//!
//! - `catalog/sections/<variant>/document.toml` – cover and parts ([`outline`])
//! - `catalog/sections/<variant>/<section>.toml` – one section ([`mod@file`]); its sentences stand under
//!   the conditions of [`condition`]
//! - `catalog/phrases/<variant>.toml` – wording that depends on a comparison or on a zero, how numbers print in running
//!   text; `catalog/levels.toml` – words of the levels of government; `catalog/purposes.toml` ([`phrases`])
//! - `catalog/glossary/<variant>.toml` – terms ([`glossary`])
//! - `[section.KEY]` in `catalog/variants/<variant>.toml` – headings and default meanings of a variant that is read only
//!   (`reading`)
//!
//! Sentences are [`crate::Template`]s. A name in them is a slot of the section with a property ([`slot`]), a word of the
//! department ([`words`]) or of the element of a list ([`ListKind::words`]); which may stand where is checked when the
//! catalogue loads. What people write is described in `catalog/sections/README.md`.
//!
//! A value that is not known is never zero: outside brackets it prints a mark that something is missing.

pub mod condition;
pub mod file;
pub mod glossary;
pub mod keys;
pub mod outline;
pub mod phrases;
mod reading;
pub mod slot;
mod validate;

use std::collections::BTreeMap;

use juesuan_model::Problem;

pub use condition::{Condition, Predicate};
pub use file::{ChartSpec, Each, ListKind, Paragraph, Section, SentenceEntry, Slot, SumSpec, TableSpec};
pub use glossary::{Glossary, GlossaryTerm};
pub use outline::{Outline, OutlinePart};
pub use phrases::{LevelWords, Phrase, Phrases, Wording};
pub use slot::{SHARE, SlotMeasure, SlotPath, Version};

pub use validate::{ELEMENT, words};

use crate::source::Source;
use crate::trees::Trees;
use crate::variant::VariantFiles;

/// Everything of one variant.
#[derive(Clone, Debug, Default)]
pub struct VariantText {
    /// Cover and parts.
    pub outline: Outline,
    /// Sections by key.
    pub sections: BTreeMap<String, Section>,
    /// Terms.
    pub glossary: Glossary,
}

/// The text of all variants.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    /// By the key of the variant.
    pub variants: BTreeMap<String, VariantText>,
    /// Wording by value.
    pub phrases: Phrases,
    /// The files in which a section of a variant is written, by both keys; of several the nearest first.
    paths: BTreeMap<(String, String), Vec<String>>,
}

impl Sections {
    /// Reads all files. Slots, phrases, words and sections that a sentence or a part names and nobody defines are
    /// problems.
    pub(crate) fn load(
        source: &Source,
        files: &VariantFiles<'_>,
        trees: &Trees,
        problems: &mut Vec<Problem>,
    ) -> Sections {
        let mut sections = Sections { phrases: Phrases::load(source, problems), ..Sections::default() };
        for (path, outline) in outlines(source, problems) {
            let variant = variant_of(&path);
            sections.variants.entry(variant).or_default().outline = outline;
        }
        for path in source.below("sections/", ".toml").filter(|path| !path.ends_with("/document.toml")) {
            let Some(section) = source.toml::<Section>(path, problems) else { continue };
            sections.paths.insert((variant_of(path), section.key.clone()), vec![path.to_owned()]);
            let double =
                sections.variants.entry(variant_of(path)).or_default().sections.insert(section.key.clone(), section);
            if let Some(double) = double {
                let message = format!("部分“{}”在同一套模板里出现两次，请改其中一个的 key", double.key);
                problems.push(source.fault(path, &["key"], message));
            }
        }
        reading::load(source, files, &mut sections, problems);
        for (path, glossary) in source.tomls::<Glossary>("glossary/", problems) {
            let variant = path.trim_start_matches("glossary/").trim_end_matches(".toml").to_owned();
            sections.variants.entry(variant).or_default().glossary = glossary;
        }
        validate::validate(&sections, trees, source, problems);
        sections
    }

    /// A fault of a section, in the file that says the word: a section that is only read may be said by several, one laid over
    /// the other.
    pub(crate) fn fault(
        &self,
        (variant, section): (&str, &str),
        word: &str,
        source: &Source,
        message: String,
    ) -> Problem {
        let paths = self.paths.get(&(variant.to_owned(), section.to_owned())).map_or(&[][..], Vec::as_slice);
        let below = |path: &String| match path.starts_with("variants/") {
            true => source.place_below(path, &["section", section], word),
            false => source.place_below(path, &[], word),
        };
        match (paths.iter().find_map(below), paths.first()) {
            (Some(place), _) => Problem::fatal(place, message),
            (None, Some(path)) => source.fault(path, &[section, word], message),
            (None, None) => source.fault(&format!("sections/{variant}/document.toml"), &[word], message),
        }
    }

    /// True if documents of this variant can be written: it has an outline and its wording. Texts of the others are only
    /// read.
    pub fn writes(&self, key: &str) -> bool {
        self.phrases.variant.contains_key(key) && self.variant(key).is_some_and(|text| !text.outline.part.is_empty())
    }

    /// The text of a variant.
    pub fn variant(&self, key: &str) -> Option<&VariantText> {
        self.variants.get(key)
    }
}

fn outlines(source: &Source, problems: &mut Vec<Problem>) -> Vec<(String, Outline)> {
    source
        .below("sections/", "/document.toml")
        .filter_map(|path| Some((path.to_owned(), source.toml(path, problems)?)))
        .collect()
}

fn variant_of(path: &str) -> String {
    path.trim_start_matches("sections/").split('/').next().unwrap_or_default().to_owned()
}
