//! On which page things probably stand. Word sets the real numbers when the contents are updated; until then these
//! are printed.

use std::collections::BTreeMap;

use juesuan_model::{Block, Document, Orientation};
use juesuan_text::part;

use super::contents;
use super::layout::{Content, Item};
use super::section::Sheet;
use super::table;
use crate::grid::text_units;

/// Lines of 28 pt.
const LINE: u32 = 560;
/// 三号 letters.
const LETTER: u32 = 320;
/// 二号 letters of the titles of parts.
const PART_LETTER: u32 = 440;

fn lines(units: u32, width: u32) -> u32 {
    ((units + 4) * LETTER / 2).div_ceil(width).max(1)
}

/// A page being filled.
struct Flow {
    page: u32,
    used: u32,
    orientation: Orientation,
}

impl Flow {
    fn room(&self) -> u32 {
        Sheet::of(self.orientation).text_height()
    }

    fn next_page(&mut self) {
        self.page += 1;
        self.used = 0;
    }

    /// Takes a height that stays together.
    fn take(&mut self, height: u32) {
        if self.used > 0 && self.used + height > self.room() {
            self.next_page();
        }
        self.used += height;
    }
}

/// Page of each anchor, counted from the contents as 1. `charts` are their heights by anchor, in 1/20 point.
pub(super) fn estimate(
    document: &Document,
    items: &[Item<'_>],
    charts: &BTreeMap<String, u32>,
) -> BTreeMap<String, u32> {
    let mut flow = Flow { page: 1, used: 0, orientation: Orientation::Portrait };
    flow.take(LINE);
    for _ in 0..contents::lines(document) {
        flow.take(contents::line(document));
    }
    let mut pages = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        if item.orientation != flow.orientation {
            flow.orientation = item.orientation;
            flow.next_page();
        } else if item.new_page && flow.used > 0 {
            flow.next_page();
        }
        let width = Sheet::of(item.orientation).text_width();
        match &item.content {
            Content::Part(title) => {
                flow.take(lines(text_units(title) * PART_LETTER / LETTER, width) * LINE);
            }
            Content::Block(Block::Heading { text, .. }) => {
                let height = lines(text_units(text), width) * LINE;
                if flow.used + height + lead(part(items, i + 1..), charts) > flow.room() {
                    flow.next_page();
                }
                flow.take(height);
            }
            Content::Block(Block::Paragraph { runs, .. }) => {
                let units = runs.iter().map(|run| text_units(&run.text)).sum();
                for _ in 0..lines(units, width) {
                    flow.take(LINE);
                }
            }
            Content::Block(Block::Chart(_)) => flow.take(charts.get(&item.anchor).copied().unwrap_or(0)),
            Content::Block(Block::Table(data)) => {
                let density = table::density(data, table::room(item.orientation, headings_above(items, i), data));
                let head = u32::try_from(data.header.len()).unwrap_or(0) * density.row;
                flow.take(500 + 320 * 2 + head + density.row);
                let rows = table::row_heights(data, density);
                for height in rows.into_iter().skip(1) {
                    let before = flow.page;
                    flow.take(height);
                    if flow.page > before {
                        flow.used += head;
                    }
                }
                for note in &data.notes {
                    flow.take(table::note_height(note, item.orientation));
                }
            }
        }
        pages.insert(item.anchor.clone(), flow.page);
    }
    pages
}

/// Height that a heading above these items keeps together with itself.
fn lead(items: &[Item<'_>], charts: &BTreeMap<String, u32>) -> u32 {
    let [item, behind @ ..] = items else { return 0 };
    match &item.content {
        Content::Part(_) => 0,
        Content::Block(Block::Heading { .. }) => LINE + lead(behind, charts),
        Content::Block(Block::Paragraph { .. }) => LINE,
        Content::Block(Block::Chart(_)) => charts.get(&item.anchor).copied().unwrap_or(0),
        Content::Block(Block::Table(data)) => 1_140 + 400 * (u32::try_from(data.header.len()).unwrap_or(0) + 1),
    }
}

/// How many headings stand right above the item.
pub(super) fn headings_above(items: &[Item<'_>], index: usize) -> u32 {
    let heading = |item: &&Item<'_>| matches!(item.content, Content::Part(_) | Content::Block(Block::Heading { .. }));
    u32::try_from(part(items, ..index).iter().rev().take_while(heading).count()).unwrap_or(0)
}
