//! Texts with places to be filled: the one language of sentences, notes, cells and findings in the catalogue.
//!
//! | written | means |
//! |---|---|
//! | `{总计}` | the value of a name |
//! | `{总计.上年}` | a property of a name |
//! | `[，占{基本支出.占比}]` | a stretch that vanishes where a value in it is not known; stretches may stand in stretches |
//! | `{@cause 收支总计.上年 总计 上年}` | the cause of a difference: its key, what differs, from what |
//! | `{@text key}` `{@text? key}` | a text that only people know, demanded or not |
//!
//! For those who write the catalogue it is described in `catalog/README.md`.
//!
//! A [`Template`] is parsed once, when its file is read; what cannot be parsed is a fault of that file, with its line.
//! Which names it may use depends on where it stands: [`Allowed`] says so and checks it while the catalogue loads.
//! It is filled by [`Template::fill`] from [`Values`], which give pieces of any kind (text, figures, claims).
//! Deliberately not here: which names there are, and what they are worth.
//!
//! In reading order:
//! - [`mod@parse`] text → pieces
//! - [`allowed`] whether every name is one that may stand there
//! - [`fill`] pieces and values → what is printed

mod allowed;
mod fill;
mod parse;

use std::fmt;

use juesuan_model::measure::Against;
use serde::Deserialize;

pub use allowed::Allowed;
pub use fill::{Filling, Lack, Unknown, Values};

/// A parsed text. The empty one prints nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template {
    /// As it is written in the catalogue.
    source: String,
    pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Printed as it stands.
    Text(String),
    /// `{name}`, `{name.property}`.
    Value(Name),
    /// `{@…}`.
    Asked(Directive),
    /// `[…]`.
    Optional(Vec<Piece>),
}

/// What stands in braces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Before the first point.
    pub name: String,
    /// Behind it; empty: the value of the name itself.
    pub property: String,
}

/// Words that only people know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `{@cause key slot against}`.
    Cause {
        /// Key in `[cause]` of narrative.toml.
        key: Key,
        /// The name that differs.
        slot: String,
        /// From what.
        against: Against,
    },
    /// `{@text key}`, `{@text? key}`.
    Text {
        /// Key in `[text]` of narrative.toml.
        key: Key,
        /// Demanded or not.
        need: Need,
    },
}

/// Whether a text must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Missing makes the document a draft.
    Demanded,
    /// Missing is no value: the stretch around it vanishes, or nothing is printed.
    Optional,
}

/// A key of narrative.toml; words in angle brackets stand for those of the element of a list: `年初预算.<编码>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written.
    source: String,
    /// Text and words in turn: the first is text.
    parts: Vec<String>,
}

impl Template {
    /// Pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// True if it prints nothing whatever the values are.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// As it is written in the catalogue.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Text that somebody entered, in which only braces mean something, also full-width ones; brackets are text. Braces
    /// without a partner are text, and the fault.
    pub fn entered(text: &str) -> (Template, Option<String>) {
        let (pieces, fault) = parse::entered(text.trim());
        (Template { source: text.to_owned(), pieces }, fault)
    }

    /// Every name in it, also those in stretches.
    pub fn names(&self) -> Vec<&Name> {
        let mut names = Vec::new();
        each(&self.pieces, &mut |piece| {
            if let Piece::Value(name) = piece {
                names.push(name);
            }
        });
        names
    }

    /// Every directive in it, also those in stretches.
    pub fn directives(&self) -> Vec<&Directive> {
        let mut directives = Vec::new();
        each(&self.pieces, &mut |piece| {
            if let Piece::Asked(directive) = piece {
                directives.push(directive);
            }
        });
        directives
    }
}

fn each<'p>(pieces: &'p [Piece], visit: &mut impl FnMut(&'p Piece)) {
    for piece in pieces {
        visit(piece);
        if let Piece::Optional(inside) = piece {
            each(inside, visit);
        }
    }
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(source: String) -> Result<Template, String> {
        let pieces = parse::pieces(&source)?;
        Ok(Template { source, pieces })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Name {
    /// `name` or `name.property`.
    fn new(text: &str) -> Name {
        let (name, property) = text.split_once('.').unwrap_or((text, ""));
        Name { name: name.to_owned(), property: property.to_owned() }
    }
}

/// As it is written, without braces.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.property.as_str() {
            "" => f.write_str(&self.name),
            property => write!(f, "{}.{property}", self.name),
        }
    }
}

impl Key {
    /// The key with its words filled; a word that nobody knows stays as it is written.
    pub fn filled<'w>(&self, word: impl Fn(&str) -> Option<&'w str>) -> String {
        let parts = self.parts.iter().enumerate().map(|(at, part)| match at % 2 {
            0 => part.clone(),
            _ => word(part).map_or_else(|| format!("<{part}>"), str::to_owned),
        });
        parts.collect()
    }

    /// The words in angle brackets.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().skip(1).step_by(2).map(String::as_str)
    }

    /// As it is written.
    pub fn source(&self) -> &str {
        &self.source
    }
}
