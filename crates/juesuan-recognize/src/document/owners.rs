//! Who reads a block: decided once for the whole document, before anything in it is read.

use std::collections::BTreeSet;

use juesuan_model::{Block, Part};
use juesuan_text::plain;
use serde::Serialize;

use crate::performance::{Piece, Role, Walk};
use crate::text::Vocabulary;

/// The one reader of a block, with what made it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The title of a part or a heading: it says what the blocks below speak of.
    Heading,
    /// Sentences about the accounts.
    Section,
    /// Nobody: a heading with this word speaks of no accounts.
    Nobody(String),
    /// A statutory table; the key of its form.
    Form(String),
    /// A table of no form.
    Table,
    /// A chart.
    Chart,
    /// A line of the list of units.
    Units,
    /// The performance part.
    Performance(Role),
}

/// A block and its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// Its reader.
    pub owner: Owner,
    /// The word of a heading above for which no sentence below it speaks of the accounts.
    pub silent: Option<String>,
}

impl Ownership {
    /// True if its sentences are read by their words. Those of an evaluation are, but for what the evaluation has.
    pub fn has_sentences(&self) -> bool {
        let speaks = match self.owner {
            Owner::Section | Owner::Heading => true,
            Owner::Performance(role) => matches!(role, Role::Text | Role::Title | Role::Caption),
            Owner::Nobody(_) | Owner::Form(_) | Owner::Table | Owner::Chart | Owner::Units => false,
        };
        speaks && self.silent.is_none()
    }
}

/// Assigns all blocks, the titles of parts among them, in order. `walk` goes over the same blocks; `units` are those that name
/// a unit.
pub fn assign(
    parts: &[Part],
    pieces: &[Piece<'_>],
    walk: &mut Walk<'_>,
    units: &BTreeSet<usize>,
    vocabulary: &Vocabulary<'_>,
) -> Vec<Ownership> {
    let catalog = vocabulary.catalog;
    let headings = vocabulary.headings("");
    let mut roles: Vec<Option<Role>> = Vec::new();
    while roles.len() < pieces.len() {
        let (role, blocks) = walk.step(roles.len());
        roles.extend(std::iter::repeat_n(role, blocks.max(1)));
    }
    let silent = |heading: &str| {
        let heading = plain(heading);
        catalog.recognition.silent.iter().find(|word| heading.contains(word.as_str())).cloned()
    };
    let mut out = Vec::new();
    for part in parts {
        let over_part = silent(&part.title);
        let mut over = over_part.clone();
        out.push(Ownership { owner: Owner::Heading, silent: over.clone() });
        for block in &part.blocks {
            if let Block::Heading { level: 1, text, .. } = block {
                // What explains a table of the accounts stands in no glossary, whatever part it was put in.
                let accounts = headings.section(text).is_some_and(|section| !section.explains.is_empty());
                over = if accounts { silent(text) } else { over_part.clone().or_else(|| silent(text)) };
            }
            let role = roles.get(out.len()).copied().flatten();
            let owner = match block {
                _ if units.contains(&out.len()) => Owner::Units,
                Block::Table(table) if !table.form.is_empty() => Owner::Form(table.form.clone()),
                Block::Table(_) => role.map_or(Owner::Table, Owner::Performance),
                Block::Chart(_) => Owner::Chart,
                Block::Heading { .. } => Owner::Heading,
                Block::Paragraph { .. } => match (role, &over) {
                    (Some(role), _) => Owner::Performance(role),
                    (None, Some(word)) => Owner::Nobody(word.clone()),
                    (None, None) => Owner::Section,
                },
            };
            out.push(Ownership { owner, silent: over.clone() });
        }
    }
    out
}
