//! Forms that came as text, their lines lost: what their labels and marks still tell.
//!
//! zengdu-2023: a word is cut over several lines, the name of an indicator stands behind its formula, and only the class
//! of each (绩效基本型) and the two values behind it keep their order.

use std::ops::Range;

use juesuan_catalog::{IndicatorUse, PerformanceCatalog};
use juesuan_model::{Evaluation, Indicator, Place, Told, Topic};
use juesuan_text::{characters, plain};

use super::book::Book;
use super::form::Cell;
use super::indicator::target;
use super::passage::Stretch;

/// Fewest characters of a text that stands in a head without its label.
const UNLABELLED: usize = 15;
/// Longest value of an indicator in words.
const VALUE: usize = 10;
/// Up to so many letters behind a class may be a value by themselves.
const SHORT: usize = 8;

/// Adds what the labels do not tell: duties without a label, an empty goal, and the indicators.
pub(super) fn complete(
    stretch: &Stretch<'_>,
    head_end: Option<usize>,
    catalog: &PerformanceCatalog,
    book: &mut Book,
    out: &mut Evaluation,
) {
    let words = &catalog.words;
    let first = head_words(catalog);
    let goal = words.topic.iter().filter(|t| t.topic == Topic::Goal).flat_map(|t| &t.words);
    let goal = goal.filter_map(|word| line_of(stretch, &characters(word), head_end.unwrap_or(0))).min();
    let table = (goal.map_or(head_end.unwrap_or(0), |(_, end)| end)..stretch.chars.len()).find(|at| {
        begins_line(&stretch.chars, *at) && first.iter().any(|word| super::number::at(&stretch.chars, *at, word))
    });
    if let Some((start, end)) = goal {
        if let Some(from) = head_end {
            let text = stretch.text(from, start);
            if text.chars().filter(|c| c.is_alphabetic()).count() >= UNLABELLED {
                let begin = (from..start).find(|i| stretch.chars.get(*i).is_some_and(|c| c.is_alphanumeric()));
                let place = stretch.place(begin.unwrap_or(from), start);
                out.says.insert(Topic::Duties, Told { text, place });
            }
        }
        let told = Told { text: stretch.text(end, table.unwrap_or(end)), place: stretch.place(start, end) };
        out.says.insert(Topic::Goal, told);
    }
    let begin = table.unwrap_or(0);
    let foot = words.topic.iter().filter(|t| matches!(t.topic, Topic::Deviation | Topic::Note)).flat_map(|t| &t.words);
    let foot: Vec<Vec<char>> = foot.map(|word| characters(word)).collect();
    let starts = |at: &usize| {
        begins_line(&stretch.chars, *at) && foot.iter().any(|w| over_lines(&stretch.chars, *at, w).is_some())
    };
    let end = (begin..stretch.chars.len()).find(starts).unwrap_or(stretch.chars.len());
    indicators(stretch, begin..end, catalog, book, out);
}

/// The words that a table begins with; also cut at the end of a narrow column.
fn head_words(catalog: &PerformanceCatalog) -> Vec<Vec<char>> {
    let head = &catalog.words.form_head;
    let mut out = Vec::new();
    for word in head.levels.iter().chain(&head.point).chain(&head.class) {
        let word = characters(word);
        out.push(word.get(..word.len().saturating_sub(1)).unwrap_or_default().to_vec());
    }
    out.push(characters("绩效指标"));
    out.retain(|word| word.len() > 1);
    out
}

fn begins_line(chars: &[char], at: usize) -> bool {
    at == 0 || chars.get(at - 1) == Some(&'\n')
}

/// A line that is nothing but this word, from a character on.
fn line_of(stretch: &Stretch<'_>, word: &[char], from: usize) -> Option<(usize, usize)> {
    let ends = |at: usize| matches!(stretch.chars.get(at), None | Some('\n' | '：'));
    (from..stretch.chars.len())
        .find(|at| {
            begins_line(&stretch.chars, *at) && super::number::at(&stretch.chars, *at, word) && ends(at + word.len())
        })
        .map(|at| (at, at + word.len()))
}

/// The indicators: each ends with its class and two values.
fn indicators(
    stretch: &Stretch<'_>,
    within: Range<usize>,
    catalog: &PerformanceCatalog,
    book: &mut Book,
    out: &mut Evaluation,
) {
    let classes: Vec<Vec<char>> = catalog.words.form_head.classes.iter().map(|word| characters(word)).collect();
    let names: Vec<String> = catalog.library.names(IndicatorUse::Whole).map(plain).collect();
    let head = &catalog.words.form_head;
    let (mut begin, mut index) = (within.start, within.start);
    while index < within.end {
        let Some(end) = classes.iter().find_map(|word| over_lines(&stretch.chars, index, word)) else {
            index += 1;
            continue;
        };
        let text = stretch.text(begin, index);
        // Behind the heads of the columns the first indicator begins.
        let cut = head.actual.iter().chain(&head.target).filter_map(|word| {
            let word: String = plain(word);
            text.rfind(word.as_str()).map(|at| at + word.len())
        });
        let cut = cut.max().filter(|_| out.indicators.is_empty());
        let text = text.get(cut.unwrap_or(0)..).unwrap_or_default().to_owned();
        let known = names.iter().filter(|name| text.contains(name.as_str())).max_by_key(|name| name.len());
        let place = Place { row: None, ..stretch.place(index, end) };
        let (values, behind) = values(&stretch.chars, end);
        let mut aims = values.into_iter().map(|value| {
            let (text, seen) = (stretch.text(value.start, value.end), stretch.seen(value.start, value.end));
            let spot = stretch.spot(value.start);
            target(&Cell { text, place: place.clone(), seen, spot }, &place, &catalog.values, book)
        });
        let blank = aims.len() == 0 && is_blank(&stretch.chars, end);
        let (aim, reached) = (aims.next().unwrap_or_default(), aims.next().unwrap_or_default());
        let path = vec![known.cloned().unwrap_or_else(|| text.clone())];
        out.indicators.push(Indicator {
            path,
            point: text,
            target: aim,
            actual: reached,
            blank,
            place,
            ..Indicator::default()
        });
        (begin, index) = (behind, behind.max(index + 1));
    }
}

/// Where a word ends that begins here and may be cut over lines.
pub(super) fn over_lines(chars: &[char], from: usize, word: &[char]) -> Option<usize> {
    let mut position = from;
    for (number, c) in word.iter().enumerate() {
        while number > 0 && chars.get(position) == Some(&'\n') {
            position += 1;
        }
        if chars.get(position) != Some(c) {
            return None;
        }
        position += 1;
    }
    Some(position)
}

/// True if no value can stand behind a class: what comes next is too long for one and the text of another indicator.
fn is_blank(chars: &[char], from: usize) -> bool {
    let mut lines = chars.get(from..).unwrap_or_default().split(|c| *c == '\n').filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    let words = first.iter().filter(|c| c.is_alphanumeric()).count();
    let is_value = first.iter().any(|c| c.is_ascii_digit() || *c == ' ') || (1..=SHORT).contains(&words);
    !is_value && !is_said_twice(chars, from)
}

/// True if the words that stand here follow again at once, wherever the lines end: one value for both columns.
fn is_said_twice(chars: &[char], from: usize) -> bool {
    let rest = chars.get(from..).unwrap_or_default().iter().filter(|c| c.is_alphanumeric());
    let words: Vec<char> = rest.take(4 * VALUE).copied().collect();
    (2..=2 * VALUE).any(|length| words.get(..length).is_some_and(|once| words.get(length..2 * length) == Some(once)))
}

/// The two values behind a class: two percentages, or one word twice; and where they end.
fn values(chars: &[char], from: usize) -> (Vec<Range<usize>>, usize) {
    let mut start = from;
    while chars.get(start) == Some(&'\n') {
        start += 1;
    }
    let percent = |at: usize| {
        let digits = chars.get(at..)?.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        (digits > 0 && chars.get(at + digits) == Some(&'%')).then_some(at + digits + 1)
    };
    if let Some(first) = percent(start) {
        let gap = usize::from(matches!(chars.get(first), Some(' ' | '\n')));
        return match percent(first + gap) {
            Some(second) => (vec![start..first, first + gap..second], second),
            None => (std::iter::once(start..first).collect(), first),
        };
    }
    let line = chars.get(start..).unwrap_or_default().iter().take_while(|c| **c != '\n').count();
    for length in (1..=VALUE.min(line / 2)).rev() {
        let (middle, end) = (start + length, start + 2 * length);
        if chars.get(start..middle) == chars.get(middle..end) {
            return (vec![start..middle, middle..end], end);
        }
    }
    (Vec::new(), from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_values_is_empty_only_where_no_value_can_stand() {
        let blank = |text: &str| is_blank(&text.chars().collect::<Vec<_>>(), 0);
        assert!(blank("\n群众来访事项按期答复率\n按期答复数/来访总数"));
        assert!(blank("\n......\n群众来访事项"));
        for value in
            ["\n95%\n96%", "\n达到预期\n达到预期", "\n档案数字化水平提\n升档案数字化水平提升", "\n较好 良好", ""]
        {
            assert!(!blank(value), "{value}");
        }
    }
}
