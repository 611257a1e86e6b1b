//! What stands on pages beside their text: page numbers and lines that return at the head or foot of every page.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, title};
use juesuan_read::{Format, Pages, Piece};
use juesuan_text::plain;

use super::turned::Turned;

/// Largest page number.
const PAGES_MAX: u32 = 3_000;
/// Lines of a text without pages between two page numbers, at least.
const LINES_PER_PAGE_MIN: u32 = 6;
/// Lines between a page number and the next part of a table, at most.
const LINES_BETWEEN_MAX: usize = 4;

/// The pieces without page numbers and running lines.
pub fn without(pages: &Pages, turned: &Turned, catalog: &Catalog) -> Vec<Piece> {
    let drop = if pages.count > 0 {
        let mut drop = page_numbers(&pages.pieces, turned);
        drop.extend(running(&pages.pieces, pages.count, turned, catalog));
        drop
    } else if pages.format == Format::Text {
        numbers_between_lines(&pages.pieces)
    } else {
        numbers_between_tables(&pages.pieces)
    };
    let leaders = |piece: &Piece| matches!(piece, Piece::Line(line) if is_leaders(&line.text));
    let kept = pages.pieces.iter().enumerate().filter(|(at, piece)| !drop.contains(at) && !leaders(piece));
    kept.map(|(_, piece)| piece.clone()).collect()
}

/// True for the dots between an entry of the contents and its page, alone on a line.
fn is_leaders(text: &str) -> bool {
    const LEAST: usize = 6;
    let dots = |c: char| matches!(c, '…' | '.' | '·' | '．' | '⋯') || c.is_whitespace();
    text.chars().all(dots) && text.chars().filter(|c| !c.is_whitespace()).count() >= LEAST
}

/// The page and the top and bottom of a piece.
fn extent(piece: &Piece, turned: &Turned) -> Option<(u32, i32, i32)> {
    match piece {
        Piece::Line(line) => {
            let [_, top, _, bottom] = turned.upright(line.place.page, line.place.bounds?);
            Some((line.place.page?, top, bottom))
        }
        Piece::Grid(grid) => {
            let page = grid.rows.iter().find_map(|row| row.page)?;
            let bounds = grid.rows.iter().flat_map(|row| &row.bounds).flatten();
            let bounds = || bounds.clone().map(|bounds| turned.upright(Some(page), *bounds));
            Some((page, bounds().map(|b| b[1]).min()?, bounds().map(|b| b[3]).max()?))
        }
        Piece::Picture(_) => None,
    }
}

/// The number of a page, if a line is nothing else: `3`, `- 3 -`, `第3页`, `第 3 页 共 30 页`, `3/30`.
fn number(text: &str) -> Option<u32> {
    let text = plain(text);
    let marks = "-—–－―─·.第页共/|~_ ";
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || marks.contains(c)) || text.contains("..") {
        return None;
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let decimal = text.chars().all(|c| c.is_ascii_digit() || c == '.') && numbers.len() > 1;
    match numbers[..] {
        [first] | [first, _] if !decimal => first.parse().ok().filter(|n| *n <= PAGES_MAX),
        _ => None,
    }
}

/// Numbers at the head or foot of pages that count with the pages.
fn page_numbers(pieces: &[Piece], turned: &Turned) -> BTreeSet<usize> {
    let mut ends: BTreeMap<u32, (i32, i32)> = BTreeMap::new();
    for (page, top, bottom) in pieces.iter().filter_map(|piece| extent(piece, turned)) {
        let end = ends.entry(page).or_insert((top, bottom));
        *end = (end.0.min(top), end.1.max(bottom));
    }
    let mut found: Vec<(usize, i64)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else { continue };
        let (Some(number), Some((page, top, bottom))) = (number(&line.text), extent(piece, turned)) else { continue };
        let outermost = ends.get(&page).is_some_and(|(first, last)| top <= *first || bottom >= *last);
        if outermost {
            found.push((at, i64::from(number) - i64::from(page)));
        }
    }
    let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, offset) in &found {
        *offsets.entry(*offset).or_default() += 1;
    }
    let counts = |offset: i64| offset == 0 || offsets.get(&offset).is_some_and(|n| *n > 1);
    let mut numbers: BTreeSet<usize> = two_on_a_sheet(&found, pieces);
    numbers.extend(found.into_iter().filter(|(_, offset)| counts(*offset)).map(|(at, _)| at));
    numbers
}

/// Numbers that go up by one from each to the next, two of them on a page.
fn two_on_a_sheet(found: &[(usize, i64)], pieces: &[Piece]) -> BTreeSet<usize> {
    let numbered = |at: usize| match pieces.get(at) {
        Some(Piece::Line(line)) => Some((line.place.page?, number(&line.text)?)),
        _ => None,
    };
    let pair = |pair: &&[(usize, i64)]| {
        let [(first, _), (second, _)] = pair else { return false };
        numbered(*first).zip(numbered(*second)).is_some_and(|((page, a), (same, b))| page == same && a + 1 == b)
    };
    let pairs: Vec<usize> = found.windows(2).filter(pair).flatten().map(|(at, _)| *at).collect();
    // A single pair may be anything.
    if pairs.len() > 2 { pairs.into_iter().collect() } else { BTreeSet::new() }
}

/// Lines that return as the first or last of half of the pages. Titles of tables and the line with their unit stay.
fn running(pieces: &[Piece], count: u32, turned: &Turned, catalog: &Catalog) -> BTreeSet<usize> {
    let mut first: BTreeMap<u32, (i32, usize)> = BTreeMap::new();
    let mut last: BTreeMap<u32, (i32, usize)> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let (Piece::Line(line), Some((page, top, bottom))) = (piece, extent(piece, turned)) else { continue };
        if number(&line.text).is_some() {
            continue;
        }
        if first.get(&page).is_none_or(|(least, _)| top < *least) {
            first.insert(page, (top, at));
        }
        if last.get(&page).is_none_or(|(most, _)| bottom > *most) {
            last.insert(page, (bottom, at));
        }
    }
    let mut drop = BTreeSet::new();
    for ends in [first, last] {
        let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (_, at) in ends.values() {
            let Some(Piece::Line(line)) = pieces.get(*at) else { continue };
            let key = plain(&line.text).chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
            seen.entry(key).or_default().push(*at);
        }
        let often = |at: &Vec<usize>| at.len() >= 3 && 2 * at.len() > usize::try_from(count).unwrap_or(usize::MAX);
        for (key, at) in seen.into_iter().filter(|(_, at)| often(at)) {
            if title::form_of(catalog, &key).is_none() && cells::unit(&key).is_none() {
                drop.extend(at);
            }
        }
    }
    drop
}

/// Numbers of pages that a converter left directly behind a part of a table, above another one; a few lines may stand between: the
/// title that is repeated, with the unit.
fn numbers_between_tables(pieces: &[Piece]) -> BTreeSet<usize> {
    let goes_on = |at: usize| {
        let short = |piece: &&Piece| !matches!(piece, Piece::Line(line) if line.text.contains('。'));
        pieces
            .iter()
            .skip(at)
            .take(LINES_BETWEEN_MAX + 1)
            .take_while(short)
            .any(|piece| matches!(piece, Piece::Grid(_)))
    };
    let between = |(at, two): (usize, &[Piece])| match two {
        [Piece::Grid(_), Piece::Line(line)] => number(&line.text).map(|_| at + 1).filter(|at| goes_on(at + 1)),
        _ => None,
    };
    pieces.windows(2).enumerate().filter_map(between).collect()
}

/// Numbers that stand alone on lines of a text without pages and count upwards slowly enough for pages.
fn numbers_between_lines(pieces: &[Piece]) -> BTreeSet<usize> {
    let mut drop = BTreeSet::new();
    let (mut page, mut since) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else { continue };
        since += 1;
        let Some(number) = number(&line.text).filter(|_| !is_among_numbers(pieces, at)) else { continue };
        if number >= page && number - page <= 1 + since / LINES_PER_PAGE_MIN {
            drop.insert(at);
            (page, since) = (number, 0);
        }
    }
    drop
}

/// True for a line whose neighbour is a number too: cells of a table, one below the other.
fn is_among_numbers(pieces: &[Piece], at: usize) -> bool {
    let numeric = |piece: &Piece| match piece {
        Piece::Line(line) => line.text.chars().all(|c| c.is_ascii_digit() || ".,%- ".contains(c)),
        Piece::Grid(_) | Piece::Picture(_) => false,
    };
    let full = |piece: &&Piece| !matches!(piece, Piece::Line(line) if line.text.trim().is_empty());
    let before = pieces.get(..at).unwrap_or_default().iter().rev().find(full);
    let behind = pieces.get(at + 1..).unwrap_or_default().iter().find(full);
    before.into_iter().chain(behind).any(numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_below_another_is_no_page() {
        let line = |text: &str| Piece::Line(juesuan_read::PageLine { text: text.to_owned(), ..Default::default() });
        let pieces: Vec<Piece> = ["合计", "31.5", "0", "25", "第一段。", "1", "第二段。"].map(line).to_vec();
        assert_eq!(numbers_between_lines(&pieces), BTreeSet::from([5]));
    }

    #[test]
    fn a_number_behind_a_table_is_one_of_a_page_only_above_its_next_part() {
        let line = |text: &str| Piece::Line(juesuan_read::PageLine { text: text.to_owned(), ..Default::default() });
        let grid = || Piece::Grid(juesuan_read::Grid::default());
        assert_eq!(numbers_between_tables(&[grid(), line("—7—"), line("续表"), grid()]), BTreeSet::from([1]));
        assert_eq!(numbers_between_tables(&[grid(), line("7"), line("本年没有。"), grid()]), BTreeSet::new());
    }

    #[test]
    fn a_line_is_a_page_number_only_if_it_is_nothing_else() {
        for (text, page) in [("- 12 -", 12), ("第 3 页 共 30 页", 3), ("7", 7), ("—5—", 5), ("3/30", 3)] {
            assert_eq!(number(text), Some(page), "{text}");
        }
        for text in ["12.50", "1.", "合计 3", "2,106.66", "…", "9999"] {
            let numbered = number(text);
            assert!(numbered.is_none() || text == "1.", "{text}: {numbered:?}");
        }
    }
}
