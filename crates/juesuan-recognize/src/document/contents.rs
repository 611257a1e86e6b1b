//! Cover and contents page: what stands before the document itself.

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, title};
use juesuan_model::ContentsEntry;
use juesuan_read::{PageLine, Piece};
use juesuan_text::ordinal::Style;
use juesuan_text::{Ordinal, characters, numeral, part, plain};

use super::kind::amounts;
use crate::text::{headings, label};

/// Most lines of a cover.
const COVER_LINES_MAX: usize = 12;
/// What leads from an entry to its page.
const LEADERS: [char; 8] = ['.', '…', '·', '．', '-', '—', '_', '⋯'];
/// Of so many entries so many have a number, at least, where what follows without one is no entry.
const NUMBERED_OF: usize = 4;
const NUMBERED_MOST: usize = 3;
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
    let pieces = apart(pieces, catalog);
    let is_contents = |piece: &Piece| matches!(piece, Piece::Line(line) if names_contents(catalog, &line.text));
    let start = pieces.iter().position(is_contents).filter(|at| part(&pieces, ..*at).iter().all(is_front));
    let Some(start) = start else {
        let (contents, begin, end) = told_twice(&pieces, catalog).unwrap_or_else(|| led(&pieces));
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

/// How many pieces at the beginning are lines of the cover: short, on the first page, no sentence and no amount, without a
/// heading or what stands above a table among them.
fn cover_lines(pieces: &[Piece], catalog: &Catalog) -> usize {
    let page = pieces.iter().find_map(|piece| line(piece)?.place.page);
    // The heading of the first section, whose number was lost on the way to a web page.
    let words = &catalog.recognition;
    let first_heading = |text: &str| {
        let accounts = words.final_accounts.iter().chain(&words.budget).any(|word| text.contains(word.as_str()));
        !accounts && words.overview.iter().any(|word| text.ends_with(word.as_str()))
    };
    let fits = |piece: &Piece| {
        line(piece).is_some_and(|line| {
            let text = plain(&line.text);
            line.place.page == page
                && line.text.chars().count() <= LINE_MAX
                && !text.contains(['。', '；', '，'])
                && amounts(&text) == 0
                && !label::ends_in_amount(&line.text)
                && headings::outer(&line.text).is_none()
                && headings::inner(&line.text).is_none()
                && !first_heading(&text)
        }) || matches!(piece, Piece::Picture(_))
    };
    let lines = pieces.iter().take(COVER_LINES_MAX).take_while(|piece| fits(piece)).count();
    let titled = |piece: &Piece| {
        line(piece).is_some_and(|line| {
            headings::is_title(&line.text) && title::form_of(catalog, &line.text).is_some()
                || cells::unit(&line.text).is_some()
        })
    };
    match pieces.iter().take(lines + COVER_LINES_MAX).position(|piece| matches!(piece, Piece::Grid(_))) {
        Some(table) => pieces.iter().take(table.min(lines)).position(titled).unwrap_or(lines),
        None => lines,
    }
}

/// The number of a part, if a line is the title of one: 第三部分 ….
fn number_of_part(text: &str, catalog: &Catalog) -> Option<u32> {
    let [before, behind] = &catalog.recognition.part;
    let (number, _) = text.trim().strip_prefix(before.as_str())?.split_once(behind.as_str())?;
    numeral::parse(&plain(number)).filter(|_| headings::part(text))
}

/// The pieces, each title of a part on a line of its own: pages that were copied have the last entry of their contents and the
/// first title of the text on one.
fn apart(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let starts = |text: &str| number_of_part(text, catalog).is_some() || next_entry(text).is_some();
        let own = line(&piece).filter(|line| starts(&line.text));
        let Some(own) = own.cloned() else {
            out.push(piece);
            continue;
        };
        let mut rest = own.text.trim();
        while let Some(at) = next_part(rest, catalog).or_else(|| next_entry(rest)) {
            let (first, second) = rest.split_at(at);
            out.push(Piece::Line(titled(&own, first.trim())));
            rest = second;
        }
        out.push(Piece::Line(titled(&own, rest)));
    }
    out
}

/// A part of a line. What is known of characters of the line is known of the whole of it only.
fn titled(own: &PageLine, text: &str) -> PageLine {
    let noted = if text == own.text { own.noted.clone() } else { Vec::new() };
    PageLine { text: text.to_owned(), noted, ..own.clone() }
}

/// Where the title of a second part begins in the line of one.
fn next_part(text: &str, catalog: &Catalog) -> Option<usize> {
    let [before, _] = &catalog.recognition.part;
    let mut places = text.match_indices(before.as_str()).map(|(at, _)| at).filter(|at| *at > 0);
    places.find(|at| text.get(*at..).is_some_and(|rest| number_of_part(rest, catalog).is_some()))
}

/// Where a second heading begins in the line of one: 六、…七、….
fn next_entry(text: &str) -> Option<usize> {
    let own = Ordinal::at(&characters(text)).filter(|own| own.style == Style::Chinese)?;
    let next = Style::Chinese.written(own.number + 1);
    let at = text.find(&next).filter(|at| *at > 0)?;
    let (first, second) = text.split_at_checked(at)?;
    (headings::outer(first).is_some() && headings::outer(second).is_some()).then_some(at)
}

/// A contents page without a heading: the parts are listed from the first on, without text between, and the first stands again.
fn told_twice(pieces: &[Piece], catalog: &Catalog) -> Option<(Vec<ContentsEntry>, usize, usize)> {
    let first = |piece: &Piece| line(piece).is_some_and(|line| number_of_part(&line.text, catalog) == Some(1));
    let begin = pieces.iter().take(COVER_LINES_MAX).position(first)?;
    let length = 1 + part(pieces, begin + 1..).iter().position(first)?;
    let listed = part(pieces, begin..begin + length);
    let entries: Option<Vec<ContentsEntry>> = listed.iter().map(|piece| line(piece).and_then(entry)).collect();
    let heading = |text: &str| headings::outer(text).is_some() || headings::inner(text).is_some();
    let entries = entries.filter(|entries| entries.len() > 1 && entries.iter().all(|entry| heading(&entry.text)))?;
    Some((entries, begin, begin + length))
}

/// An entry: its text and its page number; `None` for a line that is none.
fn entry(line: &PageLine) -> Option<ContentsEntry> {
    let leaders = |c: char| LEADERS.contains(&c) || c.is_whitespace();
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
    let mut crossed = false;
    while let Some(piece @ (Piece::Line(_) | Piece::Picture(_))) = pieces.get(at) {
        // An ornament, what stands for one, leaders without a name, and the day of publication are no entries and end nothing.
        let passed = |text: &str| {
            is_day(text) || text.trim().chars().count() <= 1 || text.trim().chars().all(|c| LEADERS.contains(&c))
        };
        let Some(line) = line(piece).filter(|line| !passed(&line.text)) else {
            at += 1;
            continue;
        };
        let again = out.iter().any(|entry| plain(&entry.text) == plain(&line.text));
        let Some(entry) = entry(line).filter(|_| !again) else { break };
        if line.place.page != page {
            if !is_contents_page(part(pieces, at..), line.place.page, &out) {
                break;
            }
            page = line.place.page;
            crossed = true;
        }
        match out.last_mut() {
            // The foot or head of a page.
            _ if crossed && !opens(&entry) && entry.page.is_none() => {}
            Some(last) if last.page.is_none() && !opens(&entry) && entry.page.is_some() => {
                last.text.push_str(&entry.text);
                last.page = entry.page;
            }
            _ => out.push(entry),
        }
        at += 1;
    }
    // Between the contents of a web page and the document may stand links: lines without number below numbered ones.
    let numbered = out.iter().rposition(opens).map_or(0, |last| last + 1);
    let own = part(&out, ..numbered).iter().filter(|entry| opens(entry)).count();
    if page.is_none() && own * NUMBERED_OF >= numbered * NUMBERED_MOST && numbered > 0 {
        let after = out.drain(numbered..).filter(|entry| entry.page.is_none()).count();
        at -= after;
    }
    (out, at)
}

/// True for a line that names a day.
fn is_day(text: &str) -> bool {
    let text = characters(text);
    let run = |from: usize| part(&text, from..).iter().take_while(|c| c.is_ascii_digit()).count();
    text.iter()
        .enumerate()
        .any(|(at, c)| *c == '月' && run(at + 1) > 0 && text.get(at + 1 + run(at + 1)) == Some(&'日'))
}

/// True if a further page has nothing but numbered or led entries, up to where the first entry stands again. Where it does, a line
/// of no entry may stand between them: the head of a page.
fn is_contents_page(pieces: &[Piece], page: Option<u32>, before: &[ContentsEntry]) -> bool {
    let lines = || pieces.iter().take_while(|piece| !matches!(piece, Piece::Grid(_))).filter_map(line);
    let own = || lines().take_while(|line| line.place.page == page);
    let again = |line: &&PageLine| before.iter().any(|entry| plain(&entry.text) == plain(&line.text));
    let listed = own()
        .take_while(|line| !again(line))
        .map(|line| entry(line).map(|entry| opens(&entry) || entry.page.is_some()));
    let listed: Vec<Option<bool>> = listed.collect();
    let ended = own().nth(listed.len()).is_some();
    let others = listed.iter().filter(|fits| **fits != Some(true)).count();
    let grid = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Grid(grid) if grid.rows.first().and_then(|row| row.page) == page));
    listed.len() > others && (others == 0 && !grid || ended && !listed.contains(&None) && others * 4 <= listed.len())
}

/// True for an entry with a number of its own.
fn opens(entry: &ContentsEntry) -> bool {
    Ordinal::at(&characters(&entry.text)).is_some() || headings::outer(&entry.text).is_some()
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

    #[test]
    fn leaders_on_lines_of_their_own_and_the_heading_below_end_no_list() {
        let catalog = Catalog::load(&[]).unwrap();
        let texts = [
            "目录",
            "一、主要职能",
            "………………",
            "二、收支情况说明",
            "…………",
            "清河县水利局主要职能",
            "负责全县水利工作。",
        ];
        let front = take(lines(&texts), &catalog);
        let read: Vec<&str> = front.contents.iter().map(|e| e.text.as_str()).collect();
        assert_eq!((read, front.rest.len()), (vec!["一、主要职能", "二、收支情况说明"], 2));
    }

    #[test]
    fn contents_without_a_heading_end_where_the_first_part_stands_again() {
        let catalog = Catalog::load(&[]).unwrap();
        let texts = [
            "清河县水利局2023年度部门决算",
            "第一部分 部门概况",
            "第二部分 决算情况说明",
            "一、收入决算情况说明",
            "第三部分 名词解释　第一部分 部门概况",
            "清河县水利局负责全县水利工作。",
        ];
        let front = take(lines(&texts), &catalog);
        assert_eq!((front.cover.len(), front.contents.len(), front.rest.len()), (1, 4, 2));
    }

    #[test]
    fn what_stands_above_a_table_and_sentences_are_no_cover() {
        let catalog = Catalog::load(&[]).unwrap();
        let mut pieces = lines(&["清河县水利局2023年度部门决算", "收入支出决算总表", "单位：万元"]);
        pieces.push(Piece::Grid(juesuan_read::Grid::default()));
        let front = take(pieces, &catalog);
        assert_eq!((front.cover.len(), front.rest.len()), (1, 3));
        let front = take(lines(&["支出总额的8.5%,同比减少3.20万元;", "2023年度部门决算"]), &catalog);
        assert_eq!((front.cover.len(), front.rest.len()), (0, 2));
    }
}
