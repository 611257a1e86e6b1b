//! How a document was read: who read which block, and how its sentences came to their figures.

use juesuan_model::{Block, Origin, Part, Place};
use serde::Serialize;

use super::owners::{Owner, Ownership};
use crate::text::trace::TextTrace;

/// How a document was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The blocks of the document, titles of parts among them, each with its reader.
    pub blocks: Vec<BlockTrace>,
    /// Its sentences.
    pub text: TextTrace,
}

/// A block and its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockTrace {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, or the title of a table or chart.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// Who reads it.
    pub owner: Owner,
    /// The word of a heading above for which its sentences are not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent: Option<String>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title of a part.
    Part,
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// A table.
    Table,
    /// A chart.
    Chart,
}

/// The blocks of all parts with their readers.
pub fn blocks(parts: &[Part], owners: &[Ownership]) -> Vec<BlockTrace> {
    let begins = |origin: &[Origin]| origin.first().map(|origin| origin.place.clone()).unwrap_or_default();
    let blocks = parts.iter().flat_map(|part| {
        let title = (BlockKind::Part, part.title.clone(), begins(&part.origin));
        std::iter::once(title).chain(part.blocks.iter().map(|block| match block {
            Block::Heading { text, origin, .. } => (BlockKind::Heading, text.clone(), begins(origin)),
            Block::Paragraph { runs, origin } => {
                (BlockKind::Paragraph, runs.iter().map(|run| run.text.as_str()).collect(), begins(origin))
            }
            Block::Table(table) => (BlockKind::Table, table.title.clone(), table.place.clone()),
            Block::Chart(chart) => (BlockKind::Chart, chart.caption.clone(), Place::default()),
        }))
    });
    let traced = |((kind, text, place), owned): ((BlockKind, String, Place), &Ownership)| BlockTrace {
        kind,
        text,
        place,
        owner: owned.owner.clone(),
        silent: owned.silent.clone(),
    };
    blocks.zip(owners).map(traced).collect()
}
