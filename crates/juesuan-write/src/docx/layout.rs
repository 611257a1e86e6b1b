//! Which page each block goes to: turned pages for wide tables, a new page for each statutory table, each form and each
//! document of its own.

use juesuan_model::{Block, Document, Orientation};
use juesuan_text::part_mut;

use crate::outline::{Anchors, is_form, opens_page};

/// What stands there.
pub(super) enum Content<'a> {
    Part(&'a str),
    Block(&'a Block),
}

/// A thing in the flow.
pub(super) struct Item<'a> {
    pub(super) content: Content<'a>,
    pub(super) anchor: String,
    pub(super) orientation: Orientation,
    /// Starts a new page.
    pub(super) new_page: bool,
}

impl Item<'_> {
    fn is_heading(&self) -> bool {
        matches!(self.content, Content::Part(_) | Content::Block(Block::Heading { .. }))
    }
}

/// All items in order. Headings right above a table go with it to its page.
pub(super) fn items(document: &Document) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut anchors = Anchors::default();
    for part in &document.parts {
        let anchor = anchors.part();
        // A part without a title still begins a page behind others.
        let mut after_form = part.title.is_empty() && !items.is_empty();
        if !part.title.is_empty() {
            items.push(Item {
                content: Content::Part(&part.title),
                anchor,
                orientation: Orientation::Portrait,
                new_page: true,
            });
        }
        for block in &part.blocks {
            let anchor = match block {
                Block::Heading { .. } => anchors.heading(),
                Block::Table(_) => anchors.table(),
                Block::Chart(_) => anchors.chart(),
                Block::Paragraph { .. } => String::new(),
            };
            items.push(Item {
                content: Content::Block(block),
                anchor,
                orientation: Orientation::Portrait,
                new_page: after_form,
            });
            after_form = matches!(block, Block::Table(table) if is_form(table));
            let last = items.len() - 1;
            let before = juesuan_text::part(&items, ..last).iter().rposition(|item| !item.is_heading());
            let own = part_mut(&mut items, before.map_or(0, |before| before + 1)..);
            if let Block::Table(table) = block {
                own.iter_mut().for_each(|item| item.orientation = table.orientation);
            }
            own.iter_mut().take(1).for_each(|first| first.new_page |= opens_page(block));
        }
    }
    items
}
