//! The running text of the document, section by section, and the lines below tables.

use std::collections::BTreeMap;
use std::ops::Range;

use juesuan_model::{Block, Figure, Origin, Part, Place, Table};

use super::owners::Ownership;
use crate::text::{Owned, Paragraph, Passage};

/// The sentences of all parts: blocks that have some, each with what another reader has of it, and the notes of tables
/// without money; the numbers of `stray` blocks mean nothing. What a note says of a table with money is held against its own table.
pub fn passages(
    parts: &[Part],
    owners: &[Ownership],
    taken: &BTreeMap<usize, Owned>,
    figures: &[Figure],
    stray: &Range<usize>,
) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut blocks = owners.iter().enumerate();
    for part in parts {
        // The title of the part has a number of its own.
        blocks.next();
        let mut heading = Passage { heading: part.title.clone(), paragraphs: Vec::new() };
        let mut notes: Vec<Passage> = Vec::new();
        for (block, (number, owned)) in part.blocks.iter().zip(&mut blocks) {
            let mut say = |text: String, origin: &[Origin]| {
                let mut taken = taken.get(&number).cloned().unwrap_or_default();
                if stray.contains(&number) {
                    taken.scattered.push(0..text.chars().count());
                }
                heading.paragraphs.push(Paragraph { text, origin: origin.to_vec(), block: Some(number), taken });
            };
            match block {
                Block::Heading { level: 1, text, .. } => {
                    let next = Passage { heading: text.clone(), paragraphs: Vec::new() };
                    out.push(std::mem::replace(&mut heading, next));
                }
                Block::Heading { text, origin, .. } if owned.has_sentences() => say(text.clone(), origin),
                Block::Paragraph { runs, origin } if owned.has_sentences() => {
                    say(runs.iter().map(|run| run.text.as_str()).collect(), origin);
                }
                Block::Table(table) if !table.form.is_empty() && !has_money(table, figures) => {
                    notes.push(notes_of(table));
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

/// The notes of a table as text of their own.
fn notes_of(table: &Table) -> Passage {
    let places = table.note_places.iter().chain(std::iter::repeat(&table.place));
    let lines = table.notes.iter().zip(places).map(|(text, place)| {
        let place = Place { table: Some(table.title.clone()), ..place.clone() };
        let origin = Origin { place, seen: table.seen(), ..Origin::default() };
        Paragraph { text: text.clone(), origin: vec![origin], ..Paragraph::default() }
    });
    Passage { heading: table.title.clone(), paragraphs: lines.collect() }
}

/// True if a cell prints more than nothing.
fn has_money(table: &Table, figures: &[Figure]) -> bool {
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure);
    let printed = cells.filter_map(|id| figures.get(id.0 as usize)?.cell.number());
    printed.into_iter().any(|printed| !printed.is_zero())
}
