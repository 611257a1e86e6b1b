//! Text without layout, as it is copied out of a PDF: one column, no tables.

use juesuan_model::{Block, Document};

use super::joined;
use super::wording::Wording;
use crate::random::Random;

/// Width of the lines of a document, at least and at most; a Chinese letter is two wide.
const LINE: (i64, i64) = (40, 60);

/// Lines of a page.
const PAGE_LINES: usize = 34;

/// The document without the part that holds its tables: they were pictures.
pub fn text(document: &Document, random: &mut Random) -> Vec<u8> {
    let wording = Wording::by_chance(random);
    let width = usize::try_from(random.between(LINE.0, LINE.1)).unwrap_or(1);
    in_lines(document, wording, width, random)
}

/// The same with each paragraph on one line, as text is saved from a page.
pub fn unbroken(document: &Document, random: &mut Random) -> Vec<u8> {
    let wording = Wording::by_chance(random);
    in_lines(document, wording, usize::MAX, random)
}

fn in_lines(document: &Document, wording: Wording, width: usize, random: &mut Random) -> Vec<u8> {
    let mut lines = Lines { out: String::new(), count: 0, page: 1, blank_between: random.between(0, 1) == 1 };
    for line in &document.title {
        lines.put(line);
    }
    let is_statutory = |block: &Block| matches!(block, Block::Table(table) if !table.form.is_empty());
    for part in document.parts.iter().filter(|part| !part.blocks.iter().any(is_statutory)) {
        lines.put(&part.title);
        for block in &part.blocks {
            match block {
                Block::Heading { text, .. } => lines.put(text),
                Block::Paragraph { runs, .. } => {
                    let words: Vec<char> = wording.write(&joined(runs), random).chars().collect();
                    let mut rest = words.as_slice();
                    while !rest.is_empty() {
                        let (line, after) = rest.split_at(broken(rest, width));
                        lines.put(&line.iter().collect::<String>());
                        rest = after;
                    }
                }
                Block::Table(table) => table.notes.iter().for_each(|note| lines.put(note)),
                Block::Chart(chart) => lines.put(&chart.caption),
            }
        }
    }
    lines.out.into_bytes()
}

/// Where a line of a width ends: never inside a number, anywhere inside a word.
fn broken(rest: &[char], width: usize) -> usize {
    let mut taken = 0;
    let fits = |c: &&char| {
        taken += if c.is_ascii() { 1 } else { 2 };
        taken <= width
    };
    let mut at = rest.iter().take_while(fits).count();
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | '０'..='９' | '．' | '％');
    let number = |at: usize| rest.get(at).is_some_and(|c| numeric(*c));
    while at > 1 && number(at) && number(at - 1) {
        at -= 1;
    }
    at
}

/// Lines on pages with numbers at their feet.
struct Lines {
    out: String,
    count: usize,
    page: u32,
    blank_between: bool,
}

impl Lines {
    fn put(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push_str(if self.blank_between { "\n\n" } else { "\n" });
        self.count += 1;
        if self.count.is_multiple_of(PAGE_LINES) {
            self.out.push_str(&format!("\n{}\n\n\u{c}", self.page));
            self.page += 1;
        }
    }
}
