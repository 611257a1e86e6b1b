//! The running text of the document, section by section, and the lines below tables.

use juesuan_catalog::Catalog;
use juesuan_model::{Block, Figure, Origin, Part, Place, Table};
use juesuan_text::plain;

use crate::text::Passage;

/// The passages of all parts. Sections that speak of no accounts are left out, and the notes of tables with money: what such
/// a note says is held against its own table.
pub fn passages(parts: &[Part], figures: &[Figure], catalog: &Catalog) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let silent = |heading: &str| {
        let heading = plain(heading);
        catalog.recognition.silent.iter().any(|word| heading.contains(&plain(word)))
    };
    for part in parts {
        let mut heading = Passage { heading: part.title.clone(), paragraphs: Vec::new() };
        let mut hushed = silent(&part.title);
        let mut notes: Vec<Passage> = Vec::new();
        for block in &part.blocks {
            match block {
                Block::Heading { level: 1, text, .. } => {
                    let last =
                        std::mem::replace(&mut heading, Passage { heading: text.clone(), paragraphs: Vec::new() });
                    out.push(last);
                    hushed = silent(&part.title) || silent(text);
                }
                Block::Heading { text, origin, .. } if !hushed => {
                    heading.paragraphs.push((text.clone(), origin.clone()))
                }
                Block::Paragraph { runs, origin } if !hushed => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    heading.paragraphs.push((text, origin.clone()));
                }
                Block::Table(table) if !table.form.is_empty() && !has_money(table, figures) => {
                    let places = table.note_places.iter().chain(std::iter::repeat(&table.place));
                    let lines = table.notes.iter().zip(places).map(|(text, place)| {
                        let place = Place { table: Some(table.title.clone()), ..place.clone() };
                        (text.clone(), vec![Origin { at: 0, place, edges: Vec::new() }])
                    });
                    notes.push(Passage { heading: table.title.clone(), paragraphs: lines.collect() });
                }
                Block::Heading { .. } | Block::Paragraph { .. } | Block::Table(_) | Block::Chart(_) => {}
            }
        }
        out.push(heading);
        out.extend(notes);
    }
    out.retain(|passage| !passage.paragraphs.is_empty());
    out
}

/// True if a cell prints more than nothing.
fn has_money(table: &Table, figures: &[Figure]) -> bool {
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure);
    let printed = cells.filter_map(|id| figures.get(id.0 as usize)?.cell.number());
    printed.into_iter().any(|printed| !printed.is_zero())
}
