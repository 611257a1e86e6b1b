//! What stands by itself in a line: words and numbers with a wide gap between them.

use super::characters::is_numeric;
use super::ink::{Glyph, Hundredths};
use super::lines::Line;

/// Part of a line without a wide gap in it.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Its glyphs, without spaces.
    pub(super) glyphs: Vec<Glyph>,
    /// Left edge.
    pub(super) left: Hundredths,
    /// Right edge.
    pub(super) right: Hundredths,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Words,
    /// A number without decimals that could as well be a code, a count or a page.
    Integer,
    /// An amount or a rate: with so many decimals.
    Amount(u8),
    /// A dash that stands for no amount.
    Dash,
}

impl Kind {
    /// True for what stands in a column of amounts.
    pub(super) const fn is_numeric(self) -> bool {
        !matches!(self, Kind::Words)
    }
}

/// The chunks of a line, from left to right.
pub(super) fn chunks(line: &Line) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for glyph in line.glyphs.iter().filter(|glyph| glyph.character != ' ') {
        match chunks.last_mut() {
            Some(open) if glyph.left() - open.right <= glyph.size * 4 / 5 => {
                open.right = open.right.max(glyph.right());
                open.glyphs.push(*glyph);
            }
            _ => {
                chunks.push(Chunk { glyphs: vec![*glyph], left: glyph.left(), right: glyph.right(), kind: Kind::Words })
            }
        }
    }
    for chunk in &mut chunks {
        chunk.kind = kind(chunk.glyphs.iter().map(|glyph| glyph.character));
    }
    chunks
}

/// What characters are.
pub(super) fn kind(characters: impl Iterator<Item = char>) -> Kind {
    let text: String = characters.collect();
    if matches!(text.as_str(), "-" | "—" | "－" | "–" | "一" | "--" | "——") {
        return Kind::Dash;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits == 0 || !text.chars().all(|c| is_numeric(c) || matches!(c, '，' | '(' | ')' | '（' | '）')) {
        return Kind::Words;
    }
    let mut parts = text.split('.');
    let (_, decimals, more) = (parts.next(), parts.next(), parts.next());
    match (decimals, more) {
        (Some(decimals), None) => {
            let count = decimals.chars().filter(char::is_ascii_digit).count();
            if (1..=6).contains(&count) { Kind::Amount(u8::try_from(count).unwrap_or(0)) } else { Kind::Words }
        }
        (None, _) if text.contains(',') || text.ends_with('%') => Kind::Amount(0),
        (None, _) => Kind::Integer,
        _ => Kind::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_codes_and_words() {
        let of = |text: &str| kind(text.chars());
        assert_eq!(of("2,940.05"), Kind::Amount(2));
        assert_eq!(of("-12.5"), Kind::Amount(1));
        assert_eq!(of("99%"), Kind::Amount(0));
        assert_eq!(of("2010301"), Kind::Integer);
        assert_eq!(of("-"), Kind::Dash);
        assert_eq!(of("301工资"), Kind::Words);
        assert_eq!(of("1.2.3"), Kind::Words);
        assert_eq!(of("1."), Kind::Words);
    }
}
