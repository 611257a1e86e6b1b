//! A heading and what stands behind it on one line: programs that make Word files from PDF put them together.

use juesuan_catalog::Catalog;
use juesuan_forms::title;
use juesuan_model::Noted;
use juesuan_read::PageLine;
use juesuan_text::ordinal::Style;
use juesuan_text::{Ordinal, characters, part};

use crate::text::headings::{self, Headings};

/// Characters of a text behind a heading, at least.
const TEXT_MIN: usize = 10;
/// Longest line that is looked at, in characters.
const LINE_MAX: usize = 400;

/// The heading and what stands behind it, if a line is both: the complete heading of a section with the first number below it or
/// a sentence, or the title of a part with that of a table.
pub(super) fn apart(line: &PageLine, headings: &Headings<'_>, catalog: &Catalog) -> Option<(PageLine, PageLine)> {
    let letters: Vec<char> = line.text.chars().take(LINE_MAX + 1).collect();
    if letters.len() > LINE_MAX || headings::outer(&line.text).is_none() && !begins(&line.text) {
        return None;
    }
    let at = (1..letters.len()).find(|at| {
        let (left, right) = letters.split_at(*at);
        let spaced = left.last().is_some_and(|c| c.is_whitespace());
        let opened = right.first().is_some_and(|c| matches!(c, '（' | '('));
        if !spaced && !opened {
            return false;
        }
        let (left, right) = (left.iter().collect::<String>(), right.iter().collect::<String>());
        is_section(&left, headings) && (is_first(&right) || spaced && is_sentence(&right))
            || spaced && headings::part(&left) && names_table(&right, catalog)
    })?;
    Some(split(line, at))
}

/// True for a text that begins with the number of a section.
fn begins(text: &str) -> bool {
    Ordinal::at(&characters(text)).is_some_and(|own| own.style == Style::Chinese)
}

/// True for the heading of a section of which nothing is missing.
fn is_section(text: &str, headings: &Headings<'_>) -> bool {
    headings::outer(text).is_some_and(|title| !headings::part(text) && headings.is_complete(title))
}

/// True for what begins with （一）.
fn is_first(text: &str) -> bool {
    Ordinal::at(&characters(text)).is_some_and(|own| own.style == Style::ChineseInBrackets && own.number == 1)
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() >= TEXT_MIN && text.contains(['。', '，'])
}

/// True for the title of a table and nothing else.
fn names_table(text: &str, catalog: &Catalog) -> bool {
    !text.contains(char::is_whitespace) && headings::is_title(text) && title::form_of(catalog, text).is_some()
}

/// A line cut before a character, each half at its place.
fn split(line: &PageLine, at: usize) -> (PageLine, PageLine) {
    let letters: Vec<char> = line.text.chars().collect();
    let (left, right) = letters.split_at(at.min(letters.len()));
    let half = |letters: &[char], from: usize| {
        let text: String = letters.iter().collect();
        let edges = part(&line.edges, from..=from + letters.len()).to_vec();
        let mut place = line.place.clone();
        if let (Some(bounds), [first, .., last]) = (place.bounds.as_mut(), edges.as_slice()) {
            let [left, _, right, _] = *bounds;
            if left <= *first && *last <= right {
                (bounds[0], bounds[2]) = (*first, *last);
                if let Some(picture) = &mut place.picture {
                    let at = |edge: i32| i64::from(edge) - i64::from(left);
                    **picture = picture.narrowed(at(*first), at(*last), at(right));
                }
            }
        }
        let skipped = text.chars().take_while(|c| c.is_whitespace()).count();
        let kept = text.trim().chars().count();
        let edges = part(&edges, skipped..=skipped + kept).to_vec();
        let noted = Noted::inside(&line.noted, &(from + skipped..from + skipped + kept));
        PageLine { text: text.trim().to_owned(), edges, place, noted, ..line.clone() }
    };
    (PageLine { ends: true, ..half(left, 0) }, half(right, left.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<(String, String)> {
        let catalog = Catalog::load(&[]).unwrap();
        let line = PageLine { text: text.to_owned(), ..PageLine::default() };
        let (left, right) = apart(&line, &Headings::new(&catalog, "state"), &catalog)?;
        Some((left.text, right.text))
    }

    #[test]
    fn a_heading_is_told_from_what_stands_behind_it_on_its_line() {
        let halves = |left: &str, right: &str| Some((left.to_owned(), right.to_owned()));
        assert_eq!(
            cut("五、一般公共预算财政拨款支出决算情况说明（一）总体情况"),
            halves("五、一般公共预算财政拨款支出决算情况说明", "（一）总体情况")
        );
        assert_eq!(
            cut("八、政府性基金预算财政拨款收入支出决算情况说明 某馆本年没有政府性基金收入，也没有支出。"),
            halves("八、政府性基金预算财政拨款收入支出决算情况说明", "某馆本年没有政府性基金收入，也没有支出。")
        );
        assert_eq!(cut("第二部分 某馆决算表 收入支出决算总表"), halves("第二部分 某馆决算表", "收入支出决算总表"));
        assert_eq!(cut("一、收入支出决算总体情况 说明"), None);
        assert_eq!(cut("九、国有资本经营预算财政拨款支出决算情况说明（附表）"), None);
    }
}
