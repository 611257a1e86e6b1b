//! The printed line at a place, and which of its characters are meant.

use std::ops::Range;

use juesuan_model::printed::grouped;
use juesuan_model::{Block, Origin, Package, Place, TableRow};

use juesuan_text::number;

use crate::check::paint::char_width;

/// Most columns of a terminal that an excerpt takes.
const COLUMNS: usize = 96;
/// Between the cells of a row.
const GAP: &str = "  ";

/// A printed line, and the characters of it that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or as much of it as has room around what is meant.
    pub text: String,
    /// What is meant, in characters; empty where that is not known.
    pub mark: Range<usize>,
}

/// The printed line at `place`, with `value` marked in it; `None` where nothing is known of it.
pub fn excerpt(package: &Package, place: &Place, value: &str) -> Option<Excerpt> {
    let found = row(package, place)
        .or_else(|| line(package, place, value))
        .or_else(|| place.quote.as_deref().map(|quote| marked(quote, value)))?;
    (!found.text.trim().is_empty()).then(|| clipped(&found))
}

/// The table row in which the figure with this place stands.
fn row(package: &Package, place: &Place) -> Option<Excerpt> {
    place.table.as_ref()?;
    let at = package.figures.iter().position(|figure| figure.place == *place)?;
    let at = u32::try_from(at).ok()?;
    let holds = |row: &&TableRow| row.cells.iter().any(|cell| cell.figure.is_some_and(|figure| figure.0 == at));
    let row = package.document.tables().flat_map(|table| &table.rows).find(holds)?;
    let mut text = String::new();
    let mut mark = 0..0;
    for cell in &row.cells {
        let meant = cell.figure.is_some_and(|figure| figure.0 == at);
        let shown = match (cell.text.trim(), meant) {
            ("", true) => "（空白）",
            (text, _) => text,
        };
        if shown.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str(GAP);
        }
        let from = text.chars().count();
        text.push_str(shown);
        if meant {
            mark = from..text.chars().count();
        }
    }
    Some(Excerpt { text, mark })
}

/// The printed line of running text at a place.
fn line(package: &Package, place: &Place, value: &str) -> Option<Excerpt> {
    if place.page.is_none() && place.line.is_none() {
        return None;
    }
    for part in &package.document.parts {
        if let Some(found) = stretch(&part.title, &part.origin, place, value) {
            return Some(found);
        }
        for block in &part.blocks {
            let found = match block {
                Block::Heading { text, origin, .. } => stretch(text, origin, place, value),
                Block::Paragraph { runs, origin } if origin.iter().any(|origin| is_at(&origin.place, place)) => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    stretch(&text, origin, place, value)
                }
                Block::Paragraph { .. } | Block::Table(_) | Block::Chart(_) => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// The stretch of a text that stands at the place.
fn stretch(text: &str, origins: &[Origin], place: &Place, value: &str) -> Option<Excerpt> {
    let (number, origin) = origins.iter().enumerate().find(|(_, origin)| is_at(&origin.place, place))?;
    let from = usize::try_from(origin.at).unwrap_or(usize::MAX);
    let to = origins.get(number + 1).map_or(usize::MAX, |next| usize::try_from(next.at).unwrap_or(usize::MAX));
    let line: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
    let mark = by_edges(origin, place, line.chars().count());
    let mut found = marked(&line, value);
    if let Some(mark) = mark {
        found.mark = mark;
    } else if found.mark.is_empty()
        && let Some(quote) = place.quote.as_deref().filter(|quote| quote.chars().count() < line.chars().count())
    {
        found = marked(&line, quote);
    }
    Some(found)
}

/// The characters that lie within the bounds of the place, where the edges of characters are known.
fn by_edges(origin: &Origin, place: &Place, length: usize) -> Option<Range<usize>> {
    const SLACK: i32 = 1;
    let [left, _, right, _] = place.bounds?;
    if origin.edges.len() <= length || origin.place.bounds == place.bounds {
        return None;
    }
    let within = |at: &usize| match (origin.edges.get(*at), origin.edges.get(at + 1)) {
        (Some(from), Some(to)) => *from >= left - SLACK && *to <= right + SLACK && to > from,
        _ => false,
    };
    let first = (0..length).find(within)?;
    let last = (first..length).take_while(within).last()?;
    Some(first..last + 1)
}

/// True if both places are on one printed line.
fn is_at(line: &Place, place: &Place) -> bool {
    if line.page != place.page {
        return false;
    }
    match (line.bounds, place.bounds) {
        (Some([left, top, right, bottom]), Some([other_left, other_top, _, other_bottom])) => {
            let middle = (other_top + other_bottom) / 2;
            top <= middle && middle <= bottom && left - 2 <= other_left && other_left <= right + 2
        }
        _ => line.line.is_some() && line.line == place.line,
    }
}

/// The text with the first place of `value` in it marked, also if it is grouped by commas there or ends without zeros.
fn marked(text: &str, value: &str) -> Excerpt {
    let text = text.replace(['\n', '\r'], " ");
    let trimmed = if value.contains('.') { value.trim_end_matches('0').trim_end_matches('.') } else { value };
    let found = [value.to_owned(), grouped(value), trimmed.to_owned(), value.trim_start_matches('-').to_owned()]
        .into_iter()
        .filter(|form| !form.is_empty())
        .find_map(|form| number::find(&text, &form).map(|found| (found.start, form.chars().count())));
    let mark = found.map(|(at, length)| {
        let from = text.get(..at).map_or(0, |before| before.chars().count());
        from..from + length
    });
    let mark = mark.or_else(|| whatever_blanks(&text, value)).unwrap_or(0..0);
    Excerpt { text, mark }
}

/// The characters of the text that are `value` but for white space in either.
fn whatever_blanks(text: &str, value: &str) -> Option<Range<usize>> {
    let wanted: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let (at, kept): (Vec<usize>, String) = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()).unzip();
    let begin = number::find(&kept, &wanted)?.start;
    let first = kept.get(..begin)?.chars().count();
    let last = first + wanted.chars().count() - 1;
    Some(*at.get(first)?..*at.get(last)? + 1)
}

/// As much of a long line as has room, with what is meant in it.
fn clipped(whole: &Excerpt) -> Excerpt {
    let chars: Vec<char> = whole.text.chars().collect();
    let columns =
        |range: Range<usize>| -> usize { chars.get(range).unwrap_or(&[]).iter().map(|c| char_width(*c)).sum() };
    if columns(0..chars.len()) <= COLUMNS {
        return whole.clone();
    }
    // Half of what is left over on each side; what one side does not need goes to the other.
    let mark = whole.mark.start.min(chars.len())..whole.mark.end.min(chars.len());
    let (mut from, mut to) = (mark.start, mark.end);
    let mut room = COLUMNS.saturating_sub(columns(mark.clone()) + 4);
    loop {
        let before = from.checked_sub(1).and_then(|at| chars.get(at)).map(|c| char_width(*c)).filter(|w| *w <= room);
        if let Some(taken) = before {
            from -= 1;
            room -= taken;
        }
        let after = chars.get(to).map(|c| char_width(*c)).filter(|w| *w <= room);
        if let Some(taken) = after {
            to += 1;
            room -= taken;
        }
        if before.is_none() && after.is_none() {
            break;
        }
    }
    let shown: String = chars.get(from..to).unwrap_or(&[]).iter().collect();
    let lead = if from > 0 { "…" } else { "" };
    let tail = if to < chars.len() { "…" } else { "" };
    let shift = |at: usize| at - from + lead.chars().count();
    let mark = if mark.is_empty() { 0..0 } else { shift(mark.start)..shift(mark.end) };
    Excerpt { text: format!("{lead}{shown}{tail}"), mark }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::{Part, Run};

    #[test]
    fn the_value_is_marked_where_it_stands_and_not_within_a_longer_number() {
        let found = marked("合计12345.60万元，其中2345.6万元", "2345.60");
        let text: String = found.text.chars().skip(found.mark.start).take(found.mark.len()).collect();
        assert_eq!((text.as_str(), found.mark.start), ("2345.6", 15));
        assert_eq!(marked("收入 1,234,567.80 元", "1234567.80").mark.len(), 12);
        assert!(marked("没有这个数", "5.00").mark.is_empty());
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("{}905.31{}", "决".repeat(80), "算".repeat(80));
        let found = clipped(&marked(&text, "905.31"));
        let meant: String = found.text.chars().skip(found.mark.start).take(found.mark.len()).collect();
        assert_eq!(meant, "905.31");
        assert!(found.text.chars().map(char_width).sum::<usize>() <= COLUMNS + 4);
        assert!(found.text.starts_with('…') && found.text.ends_with('…'));
    }

    #[test]
    fn of_two_equal_figures_on_a_line_the_one_within_the_bounds_is_marked() {
        let text = "上年5.00，本年5.00";
        let edges: Vec<i32> = (0..=13).map(|at| at * 10).collect();
        let line = Place { page: Some(3), bounds: Some([0, 10, 130, 20]), ..Place::default() };
        let runs = vec![Run { text: text.to_owned(), figure: None, mark: juesuan_model::Mark::Plain }];
        let origin = vec![Origin { at: 0, place: line.clone(), edges, ..Origin::default() }];
        let part = Part { blocks: vec![Block::Paragraph { runs, origin }], ..Part::default() };
        let mut package = Package::default();
        package.document.parts.push(part);
        let place = Place { bounds: Some([90, 10, 130, 20]), ..line };
        let found = excerpt(&package, &place, "5.00").unwrap_or(Excerpt { text: String::new(), mark: 0..0 });
        assert_eq!(found.mark.start, 9, "{found:?}");
    }
}
