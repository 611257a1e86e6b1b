//! Punctuation and what hangs on it: doubled marks and words, brackets, ends of paragraphs, percent signs.

use std::collections::BTreeMap;

use juesuan_model::{Message, Said};
use juesuan_text::form::compared;
use juesuan_text::ordinal::Style;
use juesuan_text::{Text, numeral};

use super::{Bench, Quote};
use crate::passages::{Kind, Passage};

/// So many paragraphs with the same slip are one finding: more of a habit, or of the reading, than of a pen.
const SINGLY: usize = 4;

/// What marks are called.
const BRACKET: &str = "括号";
const QUOTATION: &str = "引号";

/// Opening and closing marks.
const PAIRS: [(char, char, &str); 7] = [
    ('（', '）', BRACKET),
    ('“', '”', QUOTATION),
    ('‘', '’', QUOTATION),
    ('《', '》', "书名号"),
    ('【', '】', BRACKET),
    ('〔', '〕', BRACKET),
    ('「', '」', QUOTATION),
];

/// Longest line of a cell, in characters, and most of its lines.
const CELL_LINE_MAX: usize = 16;
const CELL_LINES_MAX: usize = 8;

/// Characters shown beside a mark without its partner.
const SHOWN: usize = 10;

/// Running text, headings and notes.
fn is_text(passage: &&Passage<'_>) -> bool {
    matches!(passage.kind, Kind::Part | Kind::Heading | Kind::Paragraph | Kind::Note)
}

/// Brackets and quotation marks of a paragraph have their partners.
pub(crate) fn marks_are_paired(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let mut found: Vec<(Quote, Message)> = Vec::new();
    let mut awaited = None;
    for passage in passages.iter().filter(|passage| is_text(passage) || passage.kind == Kind::Cover) {
        let before: Option<(char, usize)> = awaited.take();
        let marks = marks(&passage.text);
        let Some((at, mark)) = unpaired(&marks) else {
            // A cell whose lines are paragraphs closes its bracket some lines below.
            let line = passage.text.chars().len() <= CELL_LINE_MAX;
            awaited =
                before.filter(|(_, lines)| line && *lines < CELL_LINES_MAX).map(|(mark, lines)| (mark, lines + 1));
            continue;
        };
        let Some((open, close, name)) = PAIRS.iter().find(|(a, b, _)| *a == mark || *b == mark) else { continue };
        let said = |says: &'static str| {
            let (left, right) = (Said::name(*open), Said::name(*close));
            Message::new(says).with("左", left).with("右", right).with("何", Said::name(*name))
        };
        let printed =
            |index: usize| marks.get(index).map_or(passage.text.all_printed().len(), |(position, _)| *position);
        if mark == *open {
            // A paragraph that the reading cut in two closes its bracket in the next.
            if !last(passage).is_some_and(|last| "。！？；".contains(last)) {
                awaited = Some((*close, 0));
                continue;
            }
            let spot = Quote::printed(passage, printed(at)..printed(at + SHOWN));
            found.push((spot, said("not-closed")));
        } else if before.is_none_or(|(awaited, _)| awaited != mark) {
            let spot = Quote::printed(passage, printed(at.saturating_sub(SHOWN))..printed(at) + 1);
            found.push((spot, said("not-opened")));
        }
    }
    if found.len() > SINGLY {
        let spots: Vec<Quote> = found.iter().map(|(spot, _)| spot.clone()).collect();
        bench.report(&spots, Message::new("not-paired"));
    } else {
        for (spot, wrong) in &found {
            bench.report(std::slice::from_ref(spot), wrong.clone());
        }
    }
    bench.settle(passages.len(), found.len());
}

/// The printed characters with their positions, brackets of either width and all other characters in one form.
fn marks(text: &Text<'_>) -> Vec<(usize, char)> {
    let shown = |c: char| match c {
        '(' => '（',
        ')' => '）',
        c if PAIRS.iter().any(|(open, close, _)| *open == c || *close == c) => c,
        c => compared(c).unwrap_or(c),
    };
    let printed = text.all_printed().iter().enumerate();
    printed.filter(|(_, c)| !c.is_whitespace()).map(|(position, c)| (position, shown(*c))).collect()
}

/// The character that is printed last.
fn last(passage: &Passage<'_>) -> Option<char> {
    let printed = passage.text.all_printed().iter().rev();
    printed.copied().find(|c| !c.is_whitespace()).map(|c| compared(c).unwrap_or(c))
}

/// The first mark without its partner, by its number. The bracket of a list number (`1）`) needs none.
fn unpaired(text: &[(usize, char)]) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, (_, character)) in text.iter().copied().enumerate() {
        if PAIRS.iter().any(|(mark, _, _)| *mark == character) {
            open.push((at, character));
        } else if let Some((opens, _, _)) = PAIRS.iter().find(|(_, mark, _)| *mark == character) {
            match open.last() {
                Some((_, last)) if last == opens => {
                    open.pop();
                }
                // A bracket inside a quotation that does not close: the bracket is the one without a partner.
                Some(_) if open.iter().any(|(_, mark)| mark == opens) => return open.last().copied(),
                _ if character == '）' && is_list_number(text.get(..at).unwrap_or_default()) => {}
                _ => return Some((at, character)),
            }
        }
    }
    open.first().copied()
}

/// `…；1` or `一`: what stands before the bracket of a list number.
fn is_list_number(before: &[(usize, char)]) -> bool {
    let number = |c: char| c.is_ascii_alphanumeric() || numeral::counts(c);
    let digits = before.iter().rev().take_while(|(_, c)| number(*c)).count();
    digits > 0 && before.iter().rev().nth(digits).is_none_or(|(_, c)| "。；：，、！？".contains(*c))
}

/// A paragraph before a heading ends with a full stop, and an item of a list as its neighbours do.
pub(crate) fn paragraphs_end(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let texts: Vec<&Passage<'_>> = passages
        .iter()
        .filter(|p| !matches!(p.kind, Kind::Cell | Kind::Contents | Kind::Cover | Kind::Entity))
        .collect();
    let full = |text: &str| text.ends_with(['。', '；']);
    let style = |text: &Passage<'_>| super::structure::numbered(text.text()).map(|own| own.style);
    // The items of each list: those of one section with one kind of number; how many there are, and how many of them end.
    let mut lists: BTreeMap<(&str, Style), (usize, usize)> = BTreeMap::new();
    for item in texts.iter().filter(|text| text.is_paragraph()) {
        if let Some(style) = style(item) {
            let (all, ended) = lists.entry((&item.section, style)).or_default();
            *all += 1;
            *ended += usize::from(full(item.text()));
        }
    }
    let mut spots = Vec::new();
    for (number, passage) in texts.iter().enumerate().filter(|(_, p)| p.is_paragraph()) {
        let last = last(passage).unwrap_or('。');
        let listed =
            |next: &&&Passage<'_>| super::structure::numbered(next.text()).is_some_and(|own| !own.style.is_chinese());
        let closed = texts.get(number + 1).is_none_or(|next| next.is_title() && !listed(&next));
        let hanging = closed && "；，、".contains(last);
        let bare = !last.is_ascii() && !last.is_ascii_punctuation() && is_word(last);
        let list = || lists.get(&(passage.section.as_str(), style(passage)?));
        let lone = bare && list().is_some_and(|(all, ended)| *all > 3 && ended + 1 == *all);
        // What numbers of another kind stand below is the heading of a list and no item of one.
        let opens = texts.get(number + 1).and_then(|next| style(next)).is_some_and(|next| Some(next) != style(passage));
        if hanging || lone && !opens {
            let shown = passage.text().chars().rev().take(SHOWN).map(char::len_utf8).sum::<usize>();
            spots.push(Quote::of(passage, passage.text().len() - shown, passage.text().len()));
        }
    }
    bench.report(&spots, Message::new("no-end"));
    bench.settle(passages.len(), spots.len());
}

fn is_word(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// No word stands twice in a row; `[with] allowed` are those that do.
pub(crate) fn no_doubled_words(bench: &mut Bench<'_, '_, '_>) {
    const LONGEST: usize = 6;
    let passages = bench.passages();
    let allowed = bench.words("allowed");
    let alone: Vec<char> = bench.words("alone").iter().flat_map(|text| text.chars()).collect();
    let mut spots = Vec::new();
    // Words side by side without a mark are cells of a form.
    let sentence = |p: &&Passage<'_>| p.text().contains(['，', '。']) && (p.is_paragraph() || p.kind == Kind::Note);
    for passage in passages.iter().filter(sentence) {
        let characters: Vec<(usize, char)> = passage.text().char_indices().collect();
        let mut at = 0;
        while at < characters.len() {
            let doubled = (1..=LONGEST).rev().find(|length| {
                let (Some(first), Some(second)) =
                    (characters.get(at..at + length), characters.get(at + length..at + 2 * length))
                else {
                    return false;
                };
                let same = first.iter().zip(second).all(|((_, a), (_, b))| a == b && is_word(*a));
                let one = first.iter().all(|(_, c)| first.first().is_some_and(|(_, f)| f == c));
                same && if *length == 1 { first.iter().all(|(_, c)| alone.contains(c)) } else { !one }
            });
            if let Some(length) = doubled {
                let end = characters.get(at + 2 * length).map_or(passage.text().len(), |(end, _)| *end);
                let from = characters.get(at).map_or(0, |(from, _)| *from);
                let spot = Quote::of(passage, from, end);
                if !allowed.contains(&spot.words) {
                    spots.push(spot);
                }
                at += 2 * length;
            } else {
                at += 1;
            }
        }
    }
    bench.report(&spots, Message::new("doubled"));
    bench.settle(passages.len(), spots.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_without_its_partner_is_found() {
        let found = |text: &str| unpaired(&marks(&Text::new(text))).map(|(_, mark)| mark);
        assert_eq!(found("（其中，优的项目39个。"), Some('（'));
        assert_eq!(found("开展“检查”、优秀案例”活动。"), Some('”'));
        assert_eq!(found("1）“三公”经费（含外宾接待“零”次); 2）其他。"), None);
    }
}
