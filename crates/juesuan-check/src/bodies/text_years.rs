//! The text of this year against that of the year before, where both are in one run.

use std::collections::BTreeMap;
use std::ops::Range;

use juesuan_model::{Message, Said};

use super::{Bench, Quote};
use crate::docket::RIGHT;
use crate::passages::{Passage, passages, pattern};

/// Digits of a number at least, and characters of a sentence without its numbers.
const DIGITS: usize = 4;
const SENTENCE: usize = 10;

/// A sentence: its words with a sign for each number, and where the numbers stand.
struct Sentence {
    words: String,
    numbers: Vec<(String, Range<usize>)>,
}

/// A number of a sentence that last year's text has too, with other figures than money, has its digits in the same order: 8013
/// where last year had 8103 was mistyped.
pub(crate) fn digits_as_last_year(bench: &mut Bench<'_, '_, '_>) {
    let Some(before) = bench.docket.ledger.before() else { return bench.settle(0, 0) };
    let mut last: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for sentence in passages(before).iter().flat_map(sentences) {
        let numbers = sentence.numbers.into_iter().map(|(digits, _)| digits).collect();
        last.entry(sentence.words).or_default().push(numbers);
    }
    let (mut seen, mut faults) = (0, 0);
    let passages = bench.passages();
    for passage in passages.iter() {
        for sentence in sentences(passage) {
            // A sentence that stands there more than once is of no certain counterpart.
            let Some([then]) = last.get(&sentence.words).map(Vec::as_slice) else { continue };
            seen += 1;
            for ((_, range), other) in sentence.numbers.iter().zip(then).filter(|((own, _), other)| turned(own, other))
            {
                faults += 1;
                let wrong = Message::new("turned").with(RIGHT, Said::words(other));
                let spot = Quote::of(passage, range.start, range.end);
                bench.report(&[spot], wrong);
            }
        }
    }
    bench.settle(seen, faults);
}

/// The sentences of running text that have numbers; amounts of money and percentages change every year and are none.
fn sentences(passage: &Passage<'_>) -> Vec<Sentence> {
    let Some(number) = pattern(r"[0-9][0-9,.]*[0-9]|[0-9]").filter(|_| passage.is_paragraph()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut from = 0;
    for sentence in passage.text().split_inclusive(['。', '；']) {
        let start = from;
        from += sentence.len();
        let mut words = String::new();
        let mut numbers = Vec::new();
        let mut end = 0;
        for found in number.find_iter(sentence) {
            words.push_str(sentence.get(end..found.start()).unwrap_or_default());
            words.push('#');
            end = found.end();
            let behind = sentence.get(end..).unwrap_or_default();
            let changes = behind.starts_with(['万', '亿', '元', '%', '年']);
            let digits = if changes { String::new() } else { found.as_str().to_owned() };
            numbers.push((digits, start + found.start()..start + found.end()));
        }
        words.push_str(sentence.get(end..).unwrap_or_default());
        if words.chars().count() >= SENTENCE && !numbers.is_empty() {
            out.push(Sentence { words, numbers });
        }
    }
    out
}

/// True for numbers that differ in two neighbouring digits, which stand in each other's places.
fn turned(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let differ: Vec<usize> = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let digits = a.iter().filter(|c| c.is_ascii_digit()).count();
    match differ.as_slice() {
        [first, second] => {
            a.len() == b.len()
                && digits >= DIGITS
                && second - first == 1
                && a.get(*first) == b.get(*second)
                && a.get(*second) == b.get(*first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbouring_digits_in_each_others_places_are_turned() {
        assert!(turned("8013", "8103"));
        assert!(turned("12.47", "12.74"));
        assert!(!turned("8013", "8113"));
        assert!(!turned("8013", "1083"), "not neighbours");
        assert!(!turned("13", "31"), "too short");
    }
}
