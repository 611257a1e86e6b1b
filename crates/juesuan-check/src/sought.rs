//! Patterns of the catalogue that are compiled when a text may fit them.
//!
//! To compile a pattern costs as much as to read a page, the rules have a thousand of them, and nearly none fits anything in a document. What a
//! pattern cannot do without is known from how it is written: one of these words, and one of those. A text tells by [`Letters`], for next to
//! nothing, that it lacks them.

use std::sync::{Arc, OnceLock};

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::passages::Passage;

/// Characters of a class that are looked for one by one.
const CLASS_MAX: usize = 8;
/// Words of which one has to be there; what asks for one of more asks for nothing.
const WORDS_MAX: usize = 64;
/// Bits for each byte of a text: some one of eight is set where a character has three bytes.
const BITS_PER_BYTE: usize = 6;
/// Least number of words of 64 bits.
const LEAST: usize = 8;

/// The characters of a text and its pairs of neighbours, as bits: what has none of the bits of a word does not hold the word.
#[derive(Clone, Debug)]
pub(crate) struct Letters(Box<[u64]>);

impl Letters {
    /// Of texts; no pair is of two of them.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Letters {
        let bytes: usize = texts.clone().map(str::len).sum();
        let mut letters = Letters(vec![0; (bytes * BITS_PER_BYTE / 64).next_power_of_two().max(LEAST)].into());
        for text in texts {
            let mut before = None;
            for c in text.chars() {
                letters.set(single(c));
                if let Some(before) = before {
                    letters.set(pair(before, c));
                }
                before = Some(c);
            }
        }
        letters
    }

    /// Word and bit of a number that stands for characters; the number of words is a power of two.
    fn at(&self, number: u64) -> (usize, u64) {
        let word = usize::try_from(number >> 32).unwrap_or_default() & (self.0.len() - 1);
        (word, 1 << (number >> 26 & 63))
    }

    fn set(&mut self, number: u64) {
        let (word, bit) = self.at(number);
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    fn has(&self, number: u64) -> bool {
        let (word, bit) = self.at(number);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// Scatters two characters over 64 bits.
fn pair(a: char, b: char) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    (u64::from(u32::from(a)) << 21 | u64::from(u32::from(b))).wrapping_mul(ODD)
}

fn single(c: char) -> u64 {
    pair('\0', c)
}

/// A word that has to be there, with the numbers of what it consists of.
#[derive(Debug)]
struct Word {
    written: String,
    numbers: Vec<u64>,
}

impl Word {
    fn new(written: String) -> Word {
        let mut numbers: Vec<u64> = written.chars().zip(written.chars().skip(1)).map(|(a, b)| pair(a, b)).collect();
        if numbers.is_empty() {
            numbers.extend(written.chars().map(single));
        }
        Word { written, numbers }
    }

    /// Whether a text of these letters may hold it.
    fn may_be_in(&self, letters: &Letters) -> bool {
        self.numbers.iter().all(|one| letters.has(*one))
    }
}

/// A pattern, compiled when it is first used.
#[derive(Debug)]
pub(crate) struct Sought {
    written: String,
    /// Of each list one has to be there.
    wanted: Vec<Vec<Word>>,
    compiled: OnceLock<Option<Arc<Regex>>>,
}

impl Sought {
    /// Of a regular expression; `None` if it is none.
    pub(crate) fn new(written: String) -> Option<Sought> {
        let hir = regex_syntax::Parser::new().parse(&written).ok()?;
        let wanted = wanted(&hir).into_iter().map(|words| words.into_iter().map(Word::new).collect()).collect();
        Some(Sought { written, wanted, compiled: OnceLock::new() })
    }

    /// The pattern, where a text of these letters may fit it.
    pub(crate) fn within(&self, text: &str, letters: &Letters) -> Option<&Arc<Regex>> {
        let has = |word: &Word| word.may_be_in(letters) && text.contains(&word.written);
        let may = self.wanted.iter().all(|words| words.iter().any(has));
        if may { self.regex() } else { None }
    }

    /// Whether a text of these letters may fit it.
    pub(crate) fn may_be_in(&self, letters: &Letters) -> bool {
        self.wanted.iter().all(|words| words.iter().any(|word| word.may_be_in(letters)))
    }

    /// The pattern; `None` for one that is larger than patterns may be.
    pub(crate) fn regex(&self) -> Option<&Arc<Regex>> {
        self.compiled.get_or_init(|| Regex::new(&self.written).ok().map(Arc::new)).as_ref()
    }
}

/// Those of some patterns that a text of the document may fit.
pub(crate) fn here<'p>(patterns: &'p [Arc<Sought>], passage: &'p Passage<'_>) -> impl Iterator<Item = &'p Regex> {
    patterns.iter().filter_map(|one| one.within(passage.text(), passage.letters()).map(|regex| &**regex))
}

/// What no text lacks that fits: of each list one word. Texts that fit may have all of it and more.
fn wanted(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).map_or_else(|_| Vec::new(), |word| vec![vec![word.to_owned()]])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let many = class.ranges().iter().map(|range| range.len()).sum::<usize>() > CLASS_MAX;
            let each = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            if many { Vec::new() } else { vec![each.map(String::from).collect()] }
        }
        HirKind::Capture(capture) => wanted(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => wanted(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(wanted).collect(),
        HirKind::Alternation(parts) => {
            // Of each branch what is hardest to find: whichever fits, that is there.
            let hardest = |part: &Hir| wanted(part).into_iter().max_by_key(|words| rarity(words));
            let each: Option<Vec<Vec<String>>> = parts.iter().map(hardest).collect();
            let words: Vec<String> = each.into_iter().flatten().flatten().collect();
            if words.is_empty() || words.len() > WORDS_MAX { Vec::new() } else { vec![words] }
        }
        HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) | HirKind::Repetition(_) => Vec::new(),
    }
}

/// How seldom one of these words is there: the longer the shortest, and the fewer there are.
fn rarity(words: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = words.iter().map(|word| word.chars().count()).min().unwrap_or_default();
    (shortest, std::cmp::Reverse(words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text passes for one that may fit.
    fn may(pattern: &str, text: &str) -> bool {
        let (sought, letters) = (Sought::new(pattern.to_owned()).unwrap(), Letters::of(std::iter::once(text)));
        let may = sought.within(text, &letters).is_some();
        assert!(sought.may_be_in(&letters) || !may);
        may
    }

    #[test]
    fn a_text_that_lacks_a_word_of_a_pattern_is_told_without_a_search() {
        let text = "与上年相比增加12.30万元，主要是人员增加。";
        for (pattern, expected) in [
            ("主要是", true),
            ("主要原因", false),
            ("主要(?:原因)?是", true),
            ("(增加|减少).{0,20}主要是", true),
            ("(?:持平|无变化).{0,20}主要是", false),
            ("减少|持平|人员增", true),
            ("[增减]加", true),
            ("^(?:20[0-9]{2}年)?与上年", true),
            ("x*", true),
            ("[0-9]+元", true),
            ("[0-9]+美元", false),
            ("[^。]*", true),
            ("(?i)ABC", false),
        ] {
            assert_eq!(may(pattern, text), expected, "{pattern}");
        }
        assert!(Sought::new("(".to_owned()).is_none());
    }

    #[test]
    fn what_fits_is_never_told_away() {
        let patterns = [
            "甲.{0,3}丙",
            "(?:甲|乙丙|[丁戊])+己?",
            "[甲乙丙丁戊己庚辛壬癸]丑",
            "(甲乙)?丙{2,}",
            "(?:|甲)乙",
            "^甲$|乙$",
        ];
        let letters: Vec<char> = "甲乙丙丁己丑".chars().collect();
        for pattern in patterns {
            let regex = Regex::new(pattern).unwrap();
            for number in 0..6_usize.pow(4) {
                let text: String = (0..4).map(|at| letters[number / 6_usize.pow(at) % 6]).collect();
                assert!(!regex.is_match(&text) || may(pattern, &text), "{pattern} {text}");
            }
        }
    }
}
