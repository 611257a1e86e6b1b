//! Cover and parts of a document: `catalog/sections/<variant>/document.toml`.

use serde::Deserialize;

use crate::template::Template;

/// The order of a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// Lines of the cover.
    pub cover: Vec<Template>,
    /// 第一部分, 第二部分 …
    #[serde(default)]
    pub part: Vec<OutlinePart>,
}

/// One part. A part without content is left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutlinePart {
    /// Title without its number.
    pub title: Template,
    /// The statutory tables come here.
    #[serde(default)]
    pub tables: bool,
    /// Keys of sections in order.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Sections print their headings, numbered 一、; off for a part that is one section.
    #[serde(default = "yes")]
    pub headings: bool,
    /// Reports and forms of performance come here, before the sections.
    #[serde(default)]
    pub performance: bool,
    /// The glossary comes here.
    #[serde(default)]
    pub glossary: bool,
}

fn yes() -> bool {
    true
}
