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
/// Space below the title of a part.
const PART_BELOW: u32 = 240;
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

    /// Takes lines of a paragraph, of which none stands alone at the end of a page or the beginning of one.
    fn lines(&mut self, count: u32) {
        let left = self.room().saturating_sub(self.used) / LINE;
        if count > left {
            let here = left.min(count.saturating_sub(2));
            let here = if here < 2 { 0 } else { here };
            self.next_page();
            (1..count - here).for_each(|_| self.take(LINE));
        } else {
            (1..count).for_each(|_| self.take(LINE));
        }
        self.take(LINE);
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
    flow.take(contents::HEADING);
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
                flow.take(part_height(title, width));
            }
            Content::Block(Block::Heading { text, .. }) => {
                let height = heading_height(text, width);
                if flow.used + height + lead(part(items, i + 1..), charts) > flow.room() {
                    flow.next_page();
                }
                flow.take(height);
            }
            Content::Block(Block::Paragraph { runs, .. }) => {
                let units = runs.iter().map(|run| text_units(&run.text)).sum();
                flow.lines(lines(units, width));
            }
            Content::Block(Block::Chart(_)) => flow.take(charts.get(&item.anchor).copied().unwrap_or(0)),
            Content::Block(Block::Table(data)) => {
                let density = table::density(data, table::room(item.orientation, height_above(items, i), data));
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
        Content::Block(Block::Paragraph { runs, .. }) => {
            let units = runs.iter().map(|run| text_units(&run.text)).sum();
            lines(units, Sheet::of(item.orientation).text_width()).min(2) * LINE
        }
        Content::Block(Block::Chart(_)) => charts.get(&item.anchor).copied().unwrap_or(0),
        Content::Block(Block::Table(data)) => 1_140 + 400 * (u32::try_from(data.header.len()).unwrap_or(0) + 1),
    }
}

/// Height of the headings right above the item.
pub(super) fn height_above(items: &[Item<'_>], index: usize) -> u32 {
    let height = |item: &Item<'_>| match &item.content {
        Content::Part(title) => Some(part_height(title, Sheet::of(item.orientation).text_width())),
        Content::Block(Block::Heading { text, .. }) => {
            Some(heading_height(text, Sheet::of(item.orientation).text_width()))
        }
        Content::Block(_) => None,
    };
    part(items, ..index).iter().rev().map_while(height).sum()
}

/// Height of the title of a part with the space below it.
pub(super) fn part_height(title: &str, width: u32) -> u32 {
    // A little too long, it is set smaller and stands on one line.
    let smaller = text_units(title) * PART_LETTER * 4 / 10;
    smaller.div_ceil(width).max(1) * LINE + PART_BELOW
}

/// Height of a heading.
pub(super) fn heading_height(text: &str, width: u32) -> u32 {
    lines(text_units(text), width) * LINE
}
