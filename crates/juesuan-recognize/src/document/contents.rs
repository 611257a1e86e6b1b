//! Cover and contents page: what stands before the document itself.

use juesuan_catalog::Catalog;
use juesuan_forms::title;
use juesuan_model::ContentsEntry;
use juesuan_read::{PageLine, Piece};
use juesuan_text::{Ordinal, characters, part, plain};

use crate::text::headings;

/// Most lines of a cover.
const COVER_LINES_MAX: usize = 12;
/// Lines between the title of a table and the table, at most.
const CAPTION_LINES_MAX: usize = 4;
/// Longest line of a cover or entry of a contents page, in characters.
const LINE_MAX: usize = 70;

/// A document with its front taken off.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Lines of the cover.
    pub cover: Vec<PageLine>,
    /// Entries of the contents page.
    pub contents: Vec<ContentsEntry>,
    /// Everything else.
    pub rest: Vec<Piece>,
}

/// Takes cover and contents page off.
pub fn take(pieces: Vec<Piece>, catalog: &Catalog) -> Front {
    let is_contents = |piece: &Piece| matches!(piece, Piece::Line(line) if names_contents(catalog, &line.text));
    let start = pieces.iter().position(is_contents).filter(|at| part(&pieces, ..*at).iter().all(is_front));
    let Some(start) = start else {
        let (contents, begin, end) = led(&pieces);
        let mut front = Front { contents, ..Front::default() };
        let body: Vec<Piece> = part(&pieces, ..begin).iter().chain(part(&pieces, end..)).cloned().collect();
        let cover = cover_lines(&body, catalog);
        front.cover = body.iter().take(cover).filter_map(line).cloned().collect();
        front.rest = body.into_iter().skip(cover).collect();
        return front;
    };
    let (contents, end) = entries(&pieces, start + 1);
    let cover = cover_lines(part(&pieces, ..start), catalog);
    Front {
        cover: part(&pieces, ..cover).iter().filter_map(line).cloned().collect(),
        contents,
        rest: part(&pieces, cover..start).iter().chain(part(&pieces, end..)).cloned().collect(),
    }
}

fn line(piece: &Piece) -> Option<&PageLine> {
    match piece {
        Piece::Line(line) => Some(line),
        Piece::Grid(_) | Piece::Picture(_) => None,
    }
}

fn names_contents(catalog: &Catalog, text: &str) -> bool {
    let text = plain(text);
    catalog.recognition.contents.contains(&text)
}

/// True for what may stand before a contents page.
fn is_front(piece: &Piece) -> bool {
    line(piece).is_none_or(|line| !line.text.contains('。')) && !matches!(piece, Piece::Grid(_))
}

/// How many pieces at the beginning are lines of the cover: short, on the first page, without a heading among them.
fn cover_lines(pieces: &[Piece], catalog: &Catalog) -> usize {
    let page = pieces.iter().find_map(|piece| line(piece)?.place.page);
    // The heading of the first section, whose number was lost on the way to a web page.
    let words = &catalog.recognition;
    let first_heading = |text: &str| {
        let text = plain(text);
        let accounts = words.final_accounts.iter().chain(&words.budget).any(|word| text.contains(word.as_str()));
        !accounts && words.overview.iter().any(|word| text.ends_with(word.as_str()))
    };
    // The title of a table belongs to the table that stands below it.
    let titles = |at: usize, piece: &Piece| {
        let below = part(pieces, at + 1..).iter().take(CAPTION_LINES_MAX);
        line(piece).is_some_and(|line| title::form_of(catalog, &line.text).is_some())
            && below.into_iter().any(|piece| matches!(piece, Piece::Grid(_)))
    };
    let fits = |(at, piece): &(usize, &Piece)| {
        !titles(*at, piece)
            && line(piece).is_some_and(|line| {
                line.place.page == page
                    && line.text.chars().count() <= LINE_MAX
                    && !line.text.contains(['。', '；'])
                    && headings::outer(&line.text).is_none()
                    && headings::inner(&line.text).is_none()
                    && !first_heading(&line.text)
            })
            || matches!(piece, Piece::Picture(_))
    };
    pieces.iter().enumerate().take(COVER_LINES_MAX).take_while(fits).count()
}

/// An entry: its text and its page number; `None` for a line that is none.
fn entry(line: &PageLine) -> Option<ContentsEntry> {
    let leaders = |c: char| matches!(c, '.' | '…' | '·' | '．' | '-' | '—' | '_' | '⋯') || c.is_whitespace();
    let brackets = |c: char| matches!(c, '(' | ')' | '（' | '）');
    let text = line.text.trim().trim_end_matches(brackets);
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    let cut = text.len() - digits;
    let (head, tail) = text.split_at(cut);
    let name = head.trim_end_matches(|c| leaders(c) || brackets(c)).trim();
    let led = name.len() < head.len();
    let page = if led && (1..=3).contains(&digits) { tail.parse().ok() } else { None };
    let text = if page.is_some() { name } else { line.text.trim().trim_end_matches(leaders) };
    let text = unlisted(text);
    let fits = !text.is_empty() && text.chars().count() <= LINE_MAX && !text.contains(['。', '；']);
    fits.then(|| ContentsEntry { text: text.to_owned(), page, place: line.place.clone() })
}

/// An entry without the number of the list that it stands in, where it has a number of its own: web pages number both.
fn unlisted(text: &str) -> &str {
    let inner = text.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.').map(str::trim_start);
    let own = |inner: &&str| headings::outer(inner).is_some() || Ordinal::at(&characters(inner)).is_some();
    inner.filter(|inner| inner.len() < text.len()).filter(own).unwrap_or(text)
}

/// The entries from `from` on, and where they end: at a table, at running text, where the first entry stands again, or at a
/// page that has more than entries.
fn entries(pieces: &[Piece], from: usize) -> (Vec<ContentsEntry>, usize) {
    let mut out: Vec<ContentsEntry> = Vec::new();
    let mut page = pieces.get(from).and_then(line).and_then(|line| line.place.page);
    let mut at = from;
    while let Some(Piece::Line(line)) = pieces.get(at) {
        let again = out.iter().any(|entry| plain(&entry.text) == plain(&line.text));
        let Some(entry) = entry(line).filter(|_| !again) else { break };
        if line.place.page != page {
            if !is_contents_page(part(pieces, at..), line.place.page, &out) {
                break;
            }
            page = line.place.page;
        }
        let opens = Ordinal::at(&characters(&entry.text)).is_some() || headings::outer(&entry.text).is_some();
        match out.last_mut() {
            Some(last) if last.page.is_none() && !opens && entry.page.is_some() => {
                last.text.push_str(&entry.text);
                last.page = entry.page;
            }
            _ => out.push(entry),
        }
        at += 1;
    }
    // Between the contents of a web page and the document may stand links: lines without number below numbered ones.
    let opens = |entry: &ContentsEntry| {
        Ordinal::at(&characters(&entry.text)).is_some() || headings::outer(&entry.text).is_some()
    };
    let numbered = out.iter().rposition(opens).map_or(0, |last| last + 1);
    if page.is_none() && part(&out, ..numbered).iter().all(opens) && numbered > 0 {
        let after = out.drain(numbered..).filter(|entry| entry.page.is_none()).count();
        at -= after;
    }
    (out, at)
}

/// True if a further page has nothing but numbered or led entries, up to where the first entry stands again.
fn is_contents_page(pieces: &[Piece], page: Option<u32>, before: &[ContentsEntry]) -> bool {
    let mut lines = 0;
    for piece in pieces {
        match piece {
            Piece::Line(line) if before.iter().any(|entry| plain(&entry.text) == plain(&line.text)) => break,
            Piece::Line(line) if line.place.page == page => {
                lines += 1;
                let Some(entry) = entry(line) else { return false };
                let opens = Ordinal::at(&characters(&entry.text)).is_some() || headings::outer(&entry.text).is_some();
                if !opens && entry.page.is_none() {
                    return false;
                }
            }
            Piece::Grid(grid) if grid.rows.first().and_then(|row| row.page) == page => return false,
            _ => break,
        }
    }
    lines > 0
}

/// A contents page without a heading: three or more lines in a row that end with a page number behind leaders.
fn led(pieces: &[Piece]) -> (Vec<ContentsEntry>, usize, usize) {
    let is_led = |piece: &Piece| {
        line(piece).is_some_and(|line| {
            let leaders = line.text.contains("...") || line.text.contains('…') || line.text.contains("·· ");
            leaders && entry(line).is_some_and(|entry| entry.page.is_some())
        })
    };
    let Some(begin) = pieces.iter().position(is_led) else { return (Vec::new(), 0, 0) };
    let length = part(pieces, begin..).iter().take_while(|piece| is_led(piece)).count();
    if length < 3 {
        return (Vec::new(), 0, 0);
    }
    let entries = part(pieces, begin..begin + length).iter().filter_map(line).filter_map(entry).collect();
    (entries, begin, begin + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<Piece> {
        texts.iter().map(|text| Piece::Line(PageLine { text: (*text).to_owned(), ..PageLine::default() })).collect()
    }

    #[test]
    fn a_contents_page_ends_where_its_first_entry_stands_again() {
        let catalog = Catalog::load(&[]).unwrap();
        let front = take(
            lines(&[
                "某局",
                "2024年度部门决算",
                "目  录",
                "第一部分 概况……3",
                "一、主要职能......... 3",
                "第二部分 决算表",
                "第一部分 概况",
                "一、主要职能",
            ]),
            &catalog,
        );
        assert_eq!(front.cover.len(), 2);
        let read: Vec<(&str, Option<u32>)> = front.contents.iter().map(|e| (e.text.as_str(), e.page)).collect();
        assert_eq!(read, [("第一部分 概况", Some(3)), ("一、主要职能", Some(3)), ("第二部分 决算表", None)]);
        assert_eq!(front.rest.len(), 2);
    }
}
