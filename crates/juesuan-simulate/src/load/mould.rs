//! What was composed of the folders of a mould.

use std::collections::BTreeSet;

use juesuan_model::{Block, FigureId, Mark, Package, Run};

use crate::load::books::{Slot, slot_of};
use crate::messy::joined;

/// A department of one trade over some years.
#[derive(Clone, Debug)]
pub struct Mould {
    /// Number of its trade.
    pub trade: usize,
    /// Its years, one after another.
    pub seasons: Vec<Season>,
}

/// One year of a mould.
#[derive(Clone, Debug)]
pub struct Season {
    /// Fiscal year.
    pub year: u16,
    /// Slots of its texts.
    pub slots: Vec<Slot>,
    /// The document of the department, then those of its units; the same bodies in each year.
    pub patterns: Vec<Pattern>,
}

/// One composed document.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it was composed, with characters of slots in its texts.
    pub package: Package,
    /// Figures that something else is compared with.
    pub compared: BTreeSet<FigureId>,
    /// Slots that it prints in running text.
    pub printed: BTreeSet<usize>,
}

impl Pattern {
    /// A pattern. `compared`: figures of which a wrong one is found. What asks for something that nobody gave is not published.
    pub fn new(mut package: Package, compared: BTreeSet<FigureId>) -> Pattern {
        let asks = |run: &Run| run.mark == Mark::Missing;
        for part in &mut package.document.parts {
            part.blocks.retain(|block| !matches!(block, Block::Paragraph { runs, .. } if runs.iter().any(asks)));
        }
        package.document.draft_reasons.clear();
        let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
        let texts = blocks.filter_map(|block| match block {
            Block::Paragraph { runs, .. } => Some(joined(runs)),
            _ => None,
        });
        let printed = texts.flat_map(|text| text.chars().filter_map(slot_of).collect::<Vec<_>>()).collect();
        Pattern { package, compared, printed }
    }
}

impl Mould {
    /// A document of it.
    pub fn pattern(&self, season: usize, member: usize) -> Option<(&Season, &Pattern)> {
        let season = self.seasons.get(season)?;
        Some((season, season.patterns.get(member)?))
    }

    /// The names of its bodies, the department first; empty if there is no year.
    pub fn members(&self) -> Vec<&str> {
        let first = self.seasons.first().map(|season| season.patterns.as_slice()).unwrap_or_default();
        first.iter().map(|pattern| pattern.package.entity.name.as_str()).collect()
    }
}
