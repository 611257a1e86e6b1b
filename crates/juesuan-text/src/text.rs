//! Running text: as it is compared, and the way back to what is printed and where.

use std::borrow::Cow;
use std::ops::Range;

use juesuan_model::{Origin, Place, Seen, place_in, seen_in};

use crate::form::compared;

/// A text in the form in which it is compared (see the [crate]); every character knows where it stands in what is printed.
///
/// Positions are those of compared characters unless a name says bytes. Any range is allowed: what lies outside is nothing.
#[derive(Clone, Debug, Default)]
pub struct Text<'a> {
    /// As printed; lines stand one behind the other.
    printed: Vec<char>,
    /// Where each line stands.
    origins: Cow<'a, [Origin]>,
    chars: Vec<char>,
    /// Position of each compared character in `printed`.
    at: Vec<usize>,
    /// The compared characters once more, for patterns.
    joined: String,
}

impl<'a> Text<'a> {
    /// A text of which nobody knows where it stands.
    pub fn new(printed: &str) -> Text<'a> {
        Text::placed(printed, &[])
    }

    /// A text that knows where its stretches stand.
    pub fn placed(printed: &str, origins: &'a [Origin]) -> Text<'a> {
        Text::compare(printed.chars().collect(), Cow::Borrowed(origins))
    }

    /// A paragraph of lines in order. Two numbers that meet where lines meet stay two.
    pub fn of_lines<'l>(lines: impl IntoIterator<Item = (&'l str, &'l Place)>) -> Text<'a> {
        let (mut printed, mut origins): (Vec<char>, Vec<Origin>) = (Vec::new(), Vec::new());
        for (line, place) in lines {
            let digit = |c: char| c.is_ascii_digit();
            if printed.last().copied().is_some_and(digit) && line.starts_with(digit) {
                printed.push(' ');
            }
            let at = u32::try_from(printed.len()).unwrap_or(u32::MAX);
            origins.push(Origin { at, place: place.clone(), ..Origin::default() });
            printed.extend(line.chars());
        }
        Text::compare(printed, Cow::Owned(origins))
    }

    fn compare(printed: Vec<char>, origins: Cow<'a, [Origin]>) -> Text<'a> {
        let (chars, at) = without_separators(&numbers_apart(&printed), &printed);
        let joined = chars.iter().collect();
        Text { printed, origins, chars, at, joined }
    }

    /// As compared.
    pub fn as_str(&self) -> &str {
        &self.joined
    }

    /// As compared, character by character.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// True if nothing is left to compare.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The compared characters of a range, as far as there are any.
    pub fn slice(&self, range: Range<usize>) -> &[char] {
        let end = range.end.min(self.chars.len());
        self.chars.get(range.start..end).unwrap_or_default()
    }

    /// The printed text behind a range, without white space; with the quotation mark beside it whose partner is inside.
    pub fn printed(&self, range: Range<usize>) -> String {
        let (mut from, mut to) = self.printed_range(range);
        for (open, close) in QUOTATIONS {
            let (opened, closed) = unpaired(self.printed.get(from..to).unwrap_or_default(), open, close);
            let before = from.checked_sub(1).and_then(|before| self.printed.get(before));
            from -= usize::from(closed && before == Some(&open));
            to += usize::from(opened && self.printed.get(to) == Some(&close));
        }
        self.stretch(from..to)
    }

    /// A stretch of the printed text by its own positions, without white space.
    pub fn stretch(&self, printed: Range<usize>) -> String {
        let end = printed.end.min(self.printed.len());
        let stretch = self.printed.get(printed.start..end).unwrap_or_default();
        stretch.iter().filter(|c| !c.is_whitespace()).collect()
    }

    /// The printed characters.
    pub fn all_printed(&self) -> &[char] {
        &self.printed
    }

    /// The first compared character that stands at or behind a printed one.
    pub fn compared_at(&self, printed: usize) -> usize {
        self.at.partition_point(|at| *at < printed)
    }

    /// Where a compared character stands in the printed text; its end for positions behind the last.
    pub fn position(&self, compared: usize) -> usize {
        self.at.get(compared).copied().unwrap_or(self.printed.len())
    }

    /// The positions of a range of bytes of [`Text::as_str`].
    pub fn range_of_bytes(&self, bytes: Range<usize>) -> Range<usize> {
        // Characters begin with bytes that go on no other one; to count them is many times quicker than to read them.
        let begins = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
        let before = |byte: usize| self.joined.as_bytes().get(..byte).unwrap_or(self.joined.as_bytes());
        let count = |byte: usize| before(byte).iter().filter(begins).count();
        count(bytes.start)..count(bytes.end)
    }

    /// Place of a range, narrowed to its characters where their edges are known.
    pub fn place(&self, range: Range<usize>) -> Place {
        let (from, to) = self.printed_range(range);
        place_in(&self.origins, from, to)
    }

    /// How a range was seen: as badly as any of the lines that it stands on. Where a person has said which figure stands there it is certain,
    /// whatever its unit is printed on.
    pub fn seen(&self, range: Range<usize>) -> Seen {
        let digit = |c: &char| c.is_ascii_digit();
        let inside = self.slice(range.clone());
        if let Some((first, last)) = inside.iter().position(digit).zip(inside.iter().rposition(digit)) {
            let (from, to) = self.printed_range(range.start + first..range.start + last + 1);
            if seen_in(&self.origins, from, to) == Seen::Corrected {
                return Seen::Corrected;
            }
        }
        let (from, to) = self.printed_range(range);
        seen_in(&self.origins, from, to.max(from + 1))
    }

    /// Place of a character, or of the number that begins there, quoting the printed sentence around it as far as [`QUOTE_MAX`].
    pub fn place_of_number(&self, position: usize) -> Place {
        let from = self.position(position);
        let rest = self.printed.get(from..).unwrap_or_default();
        let of_number = |c: &&char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-');
        let length = rest.iter().take(NUMBER_MAX).take_while(of_number).count().max(1);
        let quote = Some(self.sentence(position, QUOTE_MAX));
        Place { quote, ..place_in(&self.origins, from, from + length) }
    }

    /// The printed sentence around a character, of a longer one about `most` characters.
    pub fn sentence(&self, position: usize, most: usize) -> String {
        let from = self.position(position);
        let (before, rest) = self.printed.split_at(from.min(self.printed.len()));
        let end = |c: &char| *c == '。';
        // No further than is quoted: a text may have no end of a sentence anywhere.
        let least = from.saturating_sub(most / 2);
        let start = before.get(least..).unwrap_or_default().iter().rposition(end).map_or(least, |at| least + at + 1);
        let near = rest.get(..most.min(rest.len())).unwrap_or_default();
        let stop = near.iter().position(end).map_or(from + near.len(), |at| from + at + 1);
        let sentence: String = self.printed.get(start..stop).unwrap_or_default().iter().collect();
        sentence.trim().chars().take(most).collect()
    }

    /// Where its stretches stand.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// First printed character of a range and the one behind its last.
    fn printed_range(&self, range: Range<usize>) -> (usize, usize) {
        let from = self.position(range.start);
        let last = range.end.min(self.at.len()).checked_sub(1).filter(|last| *last >= range.start);
        (from, last.map_or(from, |last| self.position(last) + 1))
    }
}

/// Most characters of a sentence that are quoted around a number: the longest real sentences have fewer, and every figure keeps
/// its quote, so that a text without an end of a sentence would cost its length for each of its figures.
const QUOTE_MAX: usize = 600;
/// Longest number, in characters, whose place is told; what goes on like one behind that is a line of many.
const NUMBER_MAX: usize = 60;

/// Quotation marks that come in pairs.
const QUOTATIONS: [(char, char); 4] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')];

/// Whether an opening mark has no partner in a stretch, and whether a closing one has none.
fn unpaired(stretch: &[char], open: char, close: char) -> (bool, bool) {
    let (mut depth, mut closed) = (0usize, false);
    for c in stretch {
        if *c == open {
            depth += 1;
        } else if *c == close {
            closed |= depth == 0;
            depth = depth.saturating_sub(1);
        }
    }
    (depth > 0, closed)
}

/// The compared characters with their positions. "于 5 2023 年" must not become 52023: where two digits met only because
/// white space between them fell out, one space stays.
fn numbers_apart(printed: &[char]) -> Vec<(char, usize)> {
    let mut out: Vec<(char, usize)> = Vec::with_capacity(printed.len());
    for (position, c) in printed.iter().enumerate() {
        let Some(c) = compared(*c) else { continue };
        if let Some((before, at)) = out.last().copied()
            && before.is_ascii_digit()
            && c.is_ascii_digit()
            && position > at + 1
        {
            out.push((' ', at + 1));
        }
        out.push((c, position));
    }
    out
}

/// 9,746.50 is 9746.50: characters and positions without the separators of thousands.
fn without_separators(all: &[(char, usize)], printed: &[char]) -> (Vec<char>, Vec<usize>) {
    let (mut chars, mut at): (Vec<char>, Vec<usize>) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
    let digit = |index: usize| all.get(index).is_some_and(|(c, _)| c.is_ascii_digit());
    for (index, (c, position)) in all.iter().enumerate() {
        if *c == '，' && chars.last().is_some_and(char::is_ascii_digit) {
            let three = (1..=3).all(|k| digit(index + k)) && !digit(index + 4);
            let ascii = printed.get(*position) == Some(&',');
            // １，２３４．５６: a full-width comma separates digits only where an amount goes on.
            let amount = matches!(all.get(index + 4), Some(('.' | '万' | '亿' | '元', _)));
            let few = chars.len().checked_sub(4).and_then(|at| chars.get(at)).is_none_or(|c| !c.is_ascii_digit());
            if three && (ascii || amount && few) {
                continue;
            }
        }
        chars.push(*c);
        at.push(*position);
    }
    (chars, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(lines: &[&str]) -> Text<'static> {
        let place = Place::default();
        Text::of_lines(lines.iter().map(|line| (*line, &place)))
    }

    #[test]
    fn width_space_and_quotation_marks_make_no_difference() {
        assert_eq!(text(&["“三公” 经费(境)９．１ ％"]).as_str(), "三公经费(境)9.1%");
    }

    #[test]
    fn a_word_broken_over_lines_is_one_word_and_quoted_as_printed() {
        let broken = text(&["支出总计 9,746.50 万", " 元，其 中"]);
        assert_eq!(broken.as_str(), "支出总计9746.50万元，其中");
        assert_eq!(broken.printed(4..11), "9,746.50");
        assert_eq!(broken.printed(11..13), "万元");
        assert_eq!(broken.range_of_bytes(12..19), 4..11);
    }

    #[test]
    fn a_stretch_keeps_the_quotation_mark_whose_partner_it_has() {
        let text = text(&["因“三公”经费（境）减少"]);
        assert_eq!(text.as_str(), "因三公经费(境)减少");
        assert_eq!(text.printed(1..8), "“三公”经费（境）");
        assert_eq!(text.printed(1..3), "三公");
        assert_eq!((text.compared_at(1), text.compared_at(2), text.stretch(1..5)), (1, 1, "“三公”".to_owned()));
    }

    #[test]
    fn two_numbers_with_a_space_between_stay_two() {
        assert_eq!(text(&["共 12 2023 年"]).as_str(), "共12 2023年");
        assert_eq!(text(&["共 12", "2023 年"]).as_str(), "共12 2023年");
    }

    #[test]
    fn full_width_commas_separate_digits_of_amounts_only() {
        assert_eq!(text(&["１，２３４．５６元"]).as_str(), "1234.56元");
        assert_eq!(text(&["分别为1，234个"]).as_str(), "分别为1，234个");
        assert_eq!(text(&["1,234,567.80元"]).as_str(), "1234567.80元");
    }

    #[test]
    fn a_stretch_stands_on_its_line() {
        let origin =
            |at, page| Origin { at, place: Place { page: Some(page), ..Place::default() }, ..Origin::default() };
        let origins = [origin(0, 3), origin(6, 4)];
        let text = Text::placed("2023 年度决算", &origins);
        assert_eq!(text.as_str(), "2023年度决算");
        assert_eq!(text.place(5..6).page, Some(4));
        assert_eq!(text.place_of_number(0).page, Some(3));
    }

    proptest! {
        // "本年完成。 项目绩效自评结果良好。" stopped a run: a range that ended before it began.
        #[test]
        fn no_range_of_any_text_stops_anything(
            whole in "[本年 “”（）()。，,0-9\u{3000}\u{feff}a]{0,24}", cut in 0usize..24, more in ".{0,3}",
            from in 0usize..40, to in 0usize..40,
        ) {
            let dropped: String = whole.chars().enumerate().filter(|(at, _)| *at != cut).map(|(_, c)| c).collect();
            let at = whole.char_indices().nth(cut).map_or(whole.len(), |(at, _)| at);
            let (before, behind) = whole.split_at(at);
            let inserted = format!("{before}{more}{behind}");
            for printed in [whole, dropped, inserted] {
                let text = Text::new(&printed);
                let _ = (text.slice(from..to), text.place(from..to), text.place_of_number(from), text.position(to));
                let _ = text.range_of_bytes(from..to);
                let shown: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert!(shown.contains(&text.printed(from..to)));
                let _ = (text.stretch(from..to), text.compared_at(from), text.sentence(from, to));
                prop_assert_eq!(text.as_str(), text.chars().iter().collect::<String>());
                prop_assert!(text.chars().iter().all(|c| *c == ' ' || compared(*c) == Some(*c)));
            }
        }
    }
}
