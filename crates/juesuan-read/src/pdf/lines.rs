//! Glyphs to lines of text.

use juesuan_model::Seen;

use super::characters::{is_numeric, is_wide};
use super::ink::{Glyph, Hundredths, POINT};

/// Glyphs that stand beside each other, ordered from left to right, without spaces and without doubles.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The glyphs; a space that the file prints is not among them.
    pub(super) glyphs: Vec<Glyph>,
    /// Left, top, right, bottom.
    pub(super) bounds: [Hundredths; 4],
}

/// A line as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The characters, with a space where there is a gap.
    pub(super) text: String,
    /// Left edge of each character and right edge of the last.
    pub(super) edges: Vec<Hundredths>,
}

/// Sorts glyphs into lines from top to bottom. Numerals may stand a few points above or below the ideographs beside
/// them; half a letter is still the same line.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by_key(|glyph| (glyph.middle().1, glyph.x));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut middle = Hundredths::MIN;
    let mut size = 0;
    for glyph in glyphs {
        let (_, height) = glyph.middle();
        match lines.last_mut() {
            Some(line) if height - middle <= size.min(glyph.size) * 9 / 20 + size.max(glyph.size) / 20 => {
                // The tallest letters say where the line is, so that small ones cannot lead it away.
                if glyph.size > size {
                    (middle, size) = (height, glyph.size);
                }
                line.push(glyph);
            }
            _ => {
                (middle, size) = (height, glyph.size);
                lines.push(vec![glyph]);
            }
        }
    }
    lines.into_iter().filter_map(line).collect()
}

/// One line from its glyphs in any order; none if nothing but spaces is there.
fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by_key(|glyph| glyph.x);
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = POINT.max(glyph.size * 3 / 20);
        let double = |other: &&Glyph| other.character == glyph.character && (other.y - glyph.y).abs() <= near;
        // Fake bold prints a letter twice.
        let before = kept.iter().rev().take_while(|other| glyph.x - other.x <= near);
        if !before.into_iter().any(|other| double(&other)) {
            kept.push(glyph);
        }
    }
    let bounds = bounds(kept.iter().filter(|glyph| glyph.character != ' '))?;
    Some(Line { glyphs: kept, bounds })
}

/// How glyphs were seen that are read as one.
pub(super) fn seen<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>) -> Seen {
    let solid = glyphs.into_iter().filter(|glyph| glyph.character != ' ');
    solid.fold(Seen::Text, |seen, glyph| seen.and(glyph.seen))
}

/// The box around glyphs.
fn bounds<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Option<[Hundredths; 4]> {
    glyphs.map(|g| [g.left(), g.top(), g.right(), g.bottom()]).reduce(around)
}

/// The box around two boxes.
pub(super) fn around(a: [Hundredths; 4], b: [Hundredths; 4]) -> [Hundredths; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

impl Line {
    /// How it was seen: as badly as the worst of its letters.
    pub(super) fn seen(&self) -> Seen {
        seen(&self.glyphs)
    }

    /// Height of most of the letters.
    pub(super) fn size(&self) -> Hundredths {
        let mut sizes: Vec<Hundredths> = self.glyphs.iter().map(|glyph| glyph.size).collect();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).copied().unwrap_or(0)
    }

    /// The text. A printed space counts where it leaves a gap; a wide gap is a space where none is printed.
    pub(super) fn text(&self) -> Text {
        let mut text = Text::default();
        let mut last: Option<Glyph> = None;
        let mut spaced = false;
        for glyph in &self.glyphs {
            if glyph.character == ' ' {
                spaced = last.is_some();
                continue;
            }
            if let Some(last) = last {
                let gap = glyph.left() - last.right();
                let size = last.size.max(glyph.size);
                let wide = is_wide(last.character) || is_wide(glyph.character);
                let numeric = is_numeric(last.character) && is_numeric(glyph.character);
                let least = match (spaced, wide) {
                    (true, _) => size / 10,
                    (false, true) => size * 4 / 5,
                    (false, false) if numeric => size * 2 / 5,
                    (false, false) => size / 4,
                };
                if gap > least {
                    text.text.push(' ');
                    text.edges.push(last.right());
                }
            }
            text.text.push(glyph.character);
            text.edges.push(glyph.left());
            last = Some(*glyph);
            spaced = false;
        }
        if let Some(last) = last {
            text.edges.push(last.right());
        }
        text
    }
}
