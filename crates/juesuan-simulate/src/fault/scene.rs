//! What of a document may be changed, and where it stands.

use std::collections::BTreeSet;

use juesuan_model::{Block, CellRole, Document, Figure, FigureId, Package};

use super::Spot;
use crate::messy::joined;
use crate::random::Random;

/// The document as it was, and what of it a format shows.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Where it came from.
    pub package: &'a Package,
    /// Figures that something else is compared with: a fault in another cannot be found.
    pub compared: &'a BTreeSet<FigureId>,
    /// The format shows tables.
    pub tables: bool,
    /// The format shows running text.
    pub texts: bool,
}

/// Where a figure is printed: indices of part and block, then of row and cell, or of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// In a table.
    Cell(usize, usize, usize, usize),
    /// In running text.
    Run(usize, usize, usize),
}

/// A printed figure of the document.
#[derive(Clone, Copy, Debug)]
pub struct Printing<'a> {
    /// Where.
    pub at: At,
    /// Which.
    pub id: FigureId,
    /// What it means.
    pub figure: &'a Figure,
}

impl<'a> Scene<'a> {
    /// The figures printed where the format shows them and something is compared with them.
    pub fn printings(&self, document: &Document) -> Vec<Printing<'a>> {
        let mut out = Vec::new();
        let mut add = |at: At, id: Option<FigureId>, text: &str| {
            let figure = id.and_then(|id| Some((id, self.package.figure(id)?)));
            if let Some((id, figure)) = figure.filter(|(id, _)| !text.is_empty() && self.compared.contains(id)) {
                out.push(Printing { at, id, figure });
            }
        };
        for (p, part) in document.parts.iter().enumerate() {
            for (b, block) in part.blocks.iter().enumerate() {
                match block {
                    Block::Table(table) if self.tables => {
                        for (r, row) in table.rows.iter().enumerate() {
                            for (c, cell) in row.cells.iter().enumerate() {
                                add(At::Cell(p, b, r, c), cell.figure, &cell.text);
                            }
                        }
                    }
                    Block::Paragraph { runs, .. } if self.texts => {
                        for (r, run) in runs.iter().enumerate() {
                            add(At::Run(p, b, r), run.figure, &run.text);
                        }
                    }
                    _ => {}
                }
            }
        }
        out
    }
}

/// What is printed at a place.
pub fn text_at(document: &mut Document, at: At) -> Option<&mut String> {
    match at {
        At::Cell(p, b, r, c) => match document.parts.get_mut(p)?.blocks.get_mut(b)? {
            Block::Table(table) => Some(&mut table.rows.get_mut(r)?.cells.get_mut(c)?.text),
            _ => None,
        },
        At::Run(p, b, r) => match document.parts.get_mut(p)?.blocks.get_mut(b)? {
            Block::Paragraph { runs, .. } => Some(&mut runs.get_mut(r)?.text),
            _ => None,
        },
    }
}

/// Where that is for a reader.
pub fn spot(document: &Document, at: At) -> Option<Spot> {
    match at {
        At::Cell(p, b, r, _) => match document.parts.get(p)?.blocks.get(b)? {
            Block::Table(table) => {
                let names = table.rows.get(r)?.cells.iter().filter(|cell| cell.role != CellRole::Number);
                Some(Spot::Cell { table: table.title.clone(), row: names.map(|cell| cell.text.clone()).collect() })
            }
            _ => None,
        },
        At::Run(p, b, _) => match document.parts.get(p)?.blocks.get(b)? {
            Block::Paragraph { runs, .. } => Some(Spot::Text { words: joined(runs) }),
            _ => None,
        },
    }
}

/// One of several by chance.
pub fn pick<T: Clone>(random: &mut Random, from: &[T]) -> Option<T> {
    let last = i64::try_from(from.len()).ok()?.checked_sub(1)?;
    from.get(usize::try_from(random.between(0, last)).ok()?).cloned()
}

/// Paragraphs by part and block.
pub fn paragraphs(document: &Document) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for (p, part) in document.parts.iter().enumerate() {
        for (b, block) in part.blocks.iter().enumerate() {
            if let Block::Paragraph { runs, .. } = block {
                out.push((p, b, joined(runs)));
            }
        }
    }
    out
}
