//! The keys of narrative.toml that a variant asks for: what `juesuan new` lists, and what a key must be to have a place.

use std::collections::BTreeMap;

use super::Section;
use crate::catalog::Catalog;
use crate::names::compared_with;
use crate::template::{Directive, Need, Template};

/// Table of narrative.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// `[cause]`.
    Cause,
    /// `[text]`, demanded.
    Text,
    /// `[text]`, may be left out.
    OptionalText,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyInfo {
    /// The key; `<编码>` stands for a code.
    pub key: String,
    /// Where it belongs.
    pub kind: KeyKind,
    /// Heading of the section where it is printed.
    pub place: String,
    /// What a cause is of, and against what.
    pub of: String,
}

impl KeyInfo {
    /// True if `key` is this key, with anything for a word in angle brackets.
    pub fn fits(&self, key: &str) -> bool {
        match (self.key.split_once('<'), self.key.split_once('>')) {
            (Some((before, _)), Some((_, after))) => {
                key.len() > before.len() + after.len() && key.starts_with(before) && key.ends_with(after)
            }
            _ => self.key == key,
        }
    }
}

/// Every key of a variant, in the order in which the document prints them; none for an unknown variant.
pub fn narrative_keys(catalog: &Catalog, variant: &str) -> Vec<KeyInfo> {
    let Some(text) = catalog.sections.variant(variant) else {
        return Vec::new();
    };
    let mut keys = Vec::new();
    for part in &text.outline.part {
        for section in part.sections.iter().filter_map(|key| text.sections.get(key)) {
            section.sentences().for_each(|sentence| collect(sentence, section, section.heading(), &mut keys));
        }
        if part.glossary {
            let nowhere = Section::default();
            text.glossary.term.iter().for_each(|term| collect(&term.text, &nowhere, term.term.source(), &mut keys));
        }
    }
    let mut seen = BTreeMap::new();
    keys.retain(|info: &KeyInfo| seen.insert((info.kind, info.key.clone()), ()).is_none());
    keys
}

fn collect(sentence: &Template, section: &Section, heading: &str, keys: &mut Vec<KeyInfo>) {
    for directive in sentence.directives() {
        keys.push(match directive {
            Directive::Cause { key, slot, against } => {
                let name = section.slot.get(slot).map_or("", |s| if s.name.is_empty() { slot } else { &s.name });
                let of = format!("{name}　{}", compared_with(*against));
                KeyInfo { key: key.source().to_owned(), kind: KeyKind::Cause, place: heading.to_owned(), of }
            }
            Directive::Text { key, need } => {
                let kind = match need {
                    Need::Demanded => KeyKind::Text,
                    Need::Optional => KeyKind::OptionalText,
                };
                KeyInfo { key: key.source().to_owned(), kind, place: heading.to_owned(), of: String::new() }
            }
        });
    }
}
