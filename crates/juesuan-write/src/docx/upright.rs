//! Wide tables that have too many rows for a page on its side: they stand upright where they fit on one page so.

use std::borrow::Cow;

use juesuan_model::{Block, Document, Orientation, Part, Table};

use super::pages::{heading_height, part_height};
use super::section::Sheet;
use super::table::stands_on_one_page;

/// The document with every statutory table that is meant for pages on their side, does not stand on one of them and does on
/// an upright one, turned upright.
pub fn upright(document: &Document) -> Cow<'_, Document> {
    let mut turned = Cow::Borrowed(document);
    for (at, part) in document.parts.iter().enumerate() {
        for (number, block) in part.blocks.iter().enumerate() {
            if let Block::Table(table) = block
                && is_better_upright(table, height_above(part, number))
                && let Some(Block::Table(table)) =
                    turned.to_mut().parts.get_mut(at).and_then(|part| part.blocks.get_mut(number))
            {
                table.orientation = Orientation::Portrait;
            }
        }
    }
    turned
}

fn is_better_upright(table: &Table, above: u32) -> bool {
    if table.form.is_empty() || table.orientation == Orientation::Portrait || stands_on_one_page(table, above) {
        return false;
    }
    stands_on_one_page(&Table { orientation: Orientation::Portrait, ..table.clone() }, above)
}

/// Height of the headings right above a block, the title of its part among them, on an upright page.
fn height_above(part: &Part, number: usize) -> u32 {
    let width = Sheet::of(Orientation::Portrait).text_width();
    let heading = |block: &Block| match block {
        Block::Heading { text, .. } => Some(heading_height(text, width)),
        _ => None,
    };
    let above: Vec<u32> = part.blocks.iter().take(number).rev().map_while(heading).collect();
    let title = if above.len() == number && !part.title.is_empty() { part_height(&part.title, width) } else { 0 };
    above.iter().sum::<u32>() + title
}

#[cfg(test)]
mod tests {
    use juesuan_model::{CellRole, TableBuilder, TableCell};

    use super::*;

    fn wide(rows: usize, amount: &str) -> Document {
        let mut table = TableBuilder::grid(vec![30, 10, 10, 10, 10, 10, 10, 10]);
        for _ in 0..rows {
            let mut cells = vec![TableCell { role: CellRole::Label, ..TableCell::words("行政运行") }];
            cells.extend((0..7).map(|_| TableCell::number(amount.to_owned(), None)));
            table.row(cells);
        }
        let table =
            Table { form: "income-by-function".to_owned(), orientation: Orientation::Landscape, ..table.finish() };
        Document { parts: vec![Part { blocks: vec![Block::Table(table)], ..Part::default() }], ..Document::default() }
    }

    fn turned(document: &Document) -> Orientation {
        upright(document).tables().next().unwrap().orientation
    }

    #[test]
    fn a_wide_table_stands_upright_only_where_that_saves_a_page_and_cuts_no_figure() {
        assert_eq!(turned(&wide(12, "123.45")), Orientation::Landscape, "it fits on its side");
        assert_eq!(turned(&wide(34, "123.45")), Orientation::Portrait);
        assert_eq!(turned(&wide(34, "123,456,789.45")), Orientation::Landscape, "figures would be cut");
        assert_eq!(turned(&wide(120, "123.45")), Orientation::Landscape, "no page holds it");
    }
}
