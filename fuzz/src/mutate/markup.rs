//! Elements of XML and HTML: dropped, doubled, moved, nested; attributes enlarged; texts changed.

use std::ops::Range;

use super::{bytes, replaced, sentence};
use crate::random::Random;

/// A tag and, for one that opens, where its element ends.
struct Tag {
    range: Range<usize>,
    opens: bool,
}

/// One change; `None` where no tag is found.
pub fn change(markup: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let tags = tags(markup);
    let tag = random.of(&tags)?;
    let element = element(markup, &tags, tag);
    let own = &markup[element.clone()];
    Some(match random.below(10) {
        0 => replaced(markup, element, &[]),
        1 => replaced(markup, element.clone(), &own.repeat(random.times(6))),
        2 => {
            // Moved before another tag.
            let to = random.of(&tags)?.range.start;
            if element.contains(&to) {
                return None;
            }
            let copied = replaced(markup, to..to, own);
            let from = if to < element.start { element.start + own.len() } else { element.start };
            replaced(&copied, from..from + own.len(), &[])
        }
        3 => replaced(markup, tag.range.clone(), &[]),
        4 => {
            // Nested in itself.
            let opening = &markup[tag.range.clone()];
            replaced(markup, tag.range.clone(), &opening.repeat(random.times(8)))
        }
        5..=7 => attribute(markup, tag, random)?,
        _ => text(markup, &tags, random)?,
    })
}

fn tags(markup: &[u8]) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = markup[at..].iter().position(|byte| *byte == b'<').map(|ahead| at + ahead) {
        let Some(end) = markup[start..].iter().position(|byte| *byte == b'>').map(|ahead| start + ahead + 1) else {
            break;
        };
        let opens = markup.get(start + 1).is_some_and(u8::is_ascii_alphabetic) && markup[end - 2] != b'/';
        tags.push(Tag { range: start..end, opens });
        at = end;
    }
    tags
}

fn name<'m>(markup: &'m [u8], tag: &Tag) -> &'m [u8] {
    let inside = markup[tag.range.start + 1..tag.range.end - 1].trim_ascii();
    let inside = inside.strip_prefix(b"/").unwrap_or(inside);
    let end = inside.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(inside.len());
    &inside[..end]
}

/// From the tag to the one that closes it; the tag alone where nothing does.
fn element(markup: &[u8], tags: &[Tag], tag: &Tag) -> Range<usize> {
    let own = name(markup, tag);
    let mut open = 0usize;
    let behind = tags.iter().filter(|other| tag.opens && other.range.start >= tag.range.start);
    for other in behind.filter(|other| name(markup, other) == own) {
        if other.opens {
            open += 1;
        } else if markup.get(other.range.start + 1) == Some(&b'/') {
            open = open.saturating_sub(1);
        }
        if open == 0 {
            return tag.range.start..other.range.end;
        }
    }
    tag.range.clone()
}

/// A value in quotation marks becomes another one, a very long one, or goes with its name.
fn attribute(markup: &[u8], tag: &Tag, random: &mut Random) -> Option<Vec<u8>> {
    let marks: Vec<usize> = tag.range.clone().filter(|at| matches!(markup[*at], b'"' | b'\'')).collect();
    let pairs: Vec<Range<usize>> = marks.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect();
    let value = random.of(&pairs)?.clone();
    Some(match random.below(4) {
        0 => {
            let long = markup[value.clone()].repeat(random.times(10));
            replaced(markup, value, &long)
        }
        1 => replaced(markup, value, &[]),
        _ => replaced(markup, value, bytes::word(random).as_bytes()),
    })
}

/// What stands between two tags.
fn text(markup: &[u8], tags: &[Tag], random: &mut Random) -> Option<Vec<u8>> {
    let between: Vec<Range<usize>> = tags
        .windows(2)
        .map(|pair| pair[0].range.end..pair[1].range.start)
        .filter(|range| !markup[range.clone()].trim_ascii().is_empty())
        .collect();
    let range = random.of(&between)?.clone();
    let text = std::str::from_utf8(&markup[range.clone()]).ok()?;
    Some(replaced(markup, range, sentence::change(text, random).as_bytes()))
}
