//! Lines of a text in cells: what more than one blank divides, and a number from what stands beside it.

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number with decimals or with commas, and a zero.
    Amount,
    /// Any other number.
    Integer,
    /// A sign that stands for no number.
    None,
    /// Words.
    Words,
}

/// A cell of a line.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    /// Characters of the line before it, and those up to its end.
    pub left: usize,
    /// See `left`.
    pub right: usize,
    /// Its text.
    pub text: &'t str,
    /// What it is.
    pub kind: Kind,
}

fn kind(text: &str) -> Kind {
    let digits = text.trim_start_matches('-');
    // 1. before a name is its number in a list.
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && !digits.ends_with(['.', ','])
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'));
    match number {
        true if text.contains(['.', ',']) || text == "0" => Kind::Amount,
        true => Kind::Integer,
        false if text.chars().all(|c| matches!(c, '-' | '—' | '–' | '/')) => Kind::None,
        false => Kind::Words,
    }
}

/// The cells of a line.
pub fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut cells: Vec<(Cell<'_>, usize)> = Vec::new();
    let mut from: Option<(usize, usize)> = None;
    let ends = line.char_indices().map(|(byte, c)| (byte, c.is_whitespace())).chain([(line.len(), true)]);
    for (at, (byte, blank)) in ends.enumerate() {
        match (blank, from) {
            (false, None) => from = Some((at, byte)),
            (true, Some((left, start))) => {
                let text = line.get(start..byte).unwrap_or_default();
                let word = Cell { left, right: at, text, kind: kind(text) };
                match cells.last_mut() {
                    Some((open, begin)) if open.right + 1 == left && is_one(open.kind, word.kind) => {
                        let text = line.get(*begin..byte).unwrap_or_default();
                        *open = Cell { right: at, text, kind: Kind::Words, ..*open };
                    }
                    _ => cells.push((word, start)),
                }
                from = None;
            }
            _ => {}
        }
    }
    cells.into_iter().map(|(cell, _)| cell).collect()
}

/// True if one blank between two such words divides no cells: 2024 年度, but not an amount and its neighbour.
fn is_one(a: Kind, b: Kind) -> bool {
    a != Kind::Amount && b != Kind::Amount && (a == Kind::Words || b == Kind::Words)
}
