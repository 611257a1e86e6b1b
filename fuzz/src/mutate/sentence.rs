//! Sentences: characters put in or taken out where clauses meet, clauses exchanged and repeated, figures changed.

use super::bytes::NUMBERS;
use crate::random::Random;

/// Where clauses meet.
const BORDERS: &str = "。，；：、（）()“”《》 \u{3000}\n";

/// Characters that are put in: borders, blanks of every kind, what has no width, what turns the line, what no face has, what is no character.
const ODD: [&str; 26] = [
    " ",
    "\u{3000}",
    "\u{a0}",
    "\t",
    "。",
    "，",
    "；",
    "（",
    "）",
    "：",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{fffe}",
    "\u{85}",
    "\u{9b}2J",
    "\u{1b}[2J",
    "\u{0}",
    "\u{e000}",
    "😀",
    "a\u{301}\u{301}\u{301}",
    "ﬁ",
    "㎡",
    "⺟",
];

/// One change.
pub fn change(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    match random.below(8) {
        0 | 1 => {
            let odd = random.of(&ODD).copied().unwrap_or_default();
            let at = border(&letters, random);
            letters.splice(at..at, odd.chars());
        }
        2 => {
            let at = border(&letters, random);
            letters.drain(at..letters.len().min(at + 1));
        }
        3 => {
            let at = random.below(letters.len());
            letters.drain(at..letters.len().min(at + 1 + random.below(3)));
        }
        4 => exchange(&mut letters, random),
        5 => {
            // One clause very often, without an end of sentence between them.
            let (from, to) = clause(&letters, random);
            let copies = letters[from..to].repeat(random.times(8));
            letters.splice(from..from, copies);
        }
        6 => letters.retain(|c| !"。；".contains(*c)),
        _ => figure(&mut letters, random),
    }
    letters.into_iter().collect()
}

/// A place beside a border, or any where there is none.
fn border(letters: &[char], random: &mut Random) -> usize {
    let borders: Vec<usize> = (0..letters.len()).filter(|at| BORDERS.contains(letters[*at])).collect();
    match random.of(&borders) {
        Some(at) => at + random.below(2),
        None => random.below(letters.len() + 1),
    }
}

/// What stands between two borders.
fn clause(letters: &[char], random: &mut Random) -> (usize, usize) {
    let from = border(letters, random).min(letters.len());
    let behind = letters[from..].iter().skip(1).position(|c| BORDERS.contains(*c));
    (from, behind.map_or(letters.len(), |ahead| from + 1 + ahead))
}

fn exchange(letters: &mut Vec<char>, random: &mut Random) {
    let (one, two) = (clause(letters, random), clause(letters, random));
    let (first, second) = if one.0 <= two.0 { (one, two) } else { (two, one) };
    if first.1 > second.0 {
        return;
    }
    let parts = [
        &letters[..first.0],
        &letters[second.0..second.1],
        &letters[first.1..second.0],
        &letters[first.0..first.1],
        &letters[second.1..],
    ];
    *letters = parts.concat();
}

fn figure(letters: &mut Vec<char>, random: &mut Random) {
    let starts: Vec<usize> = (0..letters.len())
        .filter(|at| letters[*at].is_ascii_digit() && (*at == 0 || !letters[at - 1].is_ascii_digit()))
        .collect();
    let Some(start) = random.of(&starts).copied() else { return };
    let end = letters[start..].iter().position(|c| !c.is_ascii_digit()).map_or(letters.len(), |ahead| start + ahead);
    let number = random.of(&NUMBERS).copied().unwrap_or_default();
    letters.splice(start..end, number.chars());
}
