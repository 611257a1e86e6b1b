//! What was seen, in the terms of [`juesuan_read`]: letters with the boxes of their type, lines of tables by their middles.

use juesuan_model::Confidence;
use juesuan_read::sight::{self, View};

use crate::look::{Seen, Written};
use crate::net::Letter;
use crate::rulings::Ruling;
use crate::trust::count_of_figures;
use crate::warp::{float, index};
use crate::words::figures;

/// A letter that is less sure than this, in thousandths, might be any.
const SURE_MIN: u16 = 350;
/// What is left of the sureness of figures where another number of shapes stands than was read.
const MISCOUNTED: u16 = 499;
/// Of the height of type, in hundredths: ideographs with ink, figures with ink, what lies below the base line.
const INK_OF_IDEOGRAPHS: f32 = 94.0;
const INK_OF_FIGURES: f32 = 72.0;
const BELOW: f32 = 12.0;

/// What was seen of a picture.
pub(crate) fn view(seen: &Seen) -> View {
    let [width, height] = seen.size;
    View {
        size: [small(float(width)), small(float(height))],
        letters_high: small(float(seen.letters.max(1))),
        letters: seen.written.iter().flat_map(|written| letters(written, float(seen.letters))).collect(),
        level: seen.rulings.level.iter().map(ruling).collect(),
        upright: seen.rulings.upright.iter().map(ruling).collect(),
    }
}

fn ruling(line: &Ruling) -> sight::Ruling {
    let at = float(line.at + line.until) / 2.0;
    sight::Ruling { at: small(at), from: small(float(line.from)), to: small(float(line.to)) }
}

/// The letters of a stretch, each with its box.
fn letters(written: &Written, usual: f32) -> Vec<sight::Letter> {
    let [left, top, right, bottom] = written.bounds.map(float);
    let high = bottom - top;
    let wide = written.letters.iter().any(|letter| is_wide(letter.character));
    let low = high < usual * if wide { 0.6 } else { 0.5 };
    let (size, base) = match (low, wide) {
        // A dash, a point, a stroke: it says nothing of the height of its line.
        (true, _) => (usual, (top + bottom) / 2.0 + usual * 0.35),
        (false, true) => {
            let size = high * 100.0 / INK_OF_IDEOGRAPHS;
            (size, bottom - size * (BELOW - 3.0) / 100.0)
        }
        (false, false) => (high * 100.0 / INK_OF_FIGURES, bottom),
    };
    let lower = base + size * BELOW / 100.0;
    let [from, to] = written.line;
    let middles: Vec<f32> = written.letters.iter().map(|letter| from + letter.middle * (to - from)).collect();
    let doubtful = is_miscounted(written);
    let plain = plain(&written.letters);
    let boxed = |(number, letter): (usize, &Letter)| {
        let middle = middles.get(number).copied().unwrap_or(left);
        let half = size * if is_wide(letter.character) { 0.5 } else { 0.3 };
        let before =
            number.checked_sub(1).and_then(|at| middles.get(at)).map_or(left.min(middle), |at| (at + middle) / 2.0);
        let after = middles.get(number + 1).map_or(right.max(middle), |at| (at + middle) / 2.0);
        let sure = if doubtful { letter.sure.min(MISCOUNTED) } else { letter.sure };
        sight::Letter {
            character: match plain.get(number) {
                Some(character) if sure >= SURE_MIN => *character,
                _ => char::REPLACEMENT_CHARACTER,
            },
            bounds: [
                small(before.max(middle - half)),
                small(lower - size),
                small(after.min(middle + half)),
                small(lower),
            ],
            sure: Confidence::thousandths(sure),
            others: others(letter, sure < SURE_MIN),
        }
    };
    written.letters.iter().enumerate().map(boxed).collect()
}

/// The letters of a stretch with marks of the width that belongs there: those of numbers are narrow, those beside ideographs wide. In a picture
/// both look alike.
fn plain(letters: &[Letter]) -> Vec<char> {
    let is_number = letters.iter().any(|letter| letter.character.is_ascii_digit())
        && letters.iter().all(|letter| letter.character.is_ascii_digit() || marks(letter.character).is_some());
    let at = |number: Option<usize>| number.and_then(|number| letters.get(number)).map(|letter| letter.character);
    let beside_wide =
        |number: usize| [at(number.checked_sub(1)), at(Some(number + 1))].into_iter().flatten().any(is_wide);
    let plain = |(number, letter): (usize, &Letter)| match marks(letter.character) {
        Some([narrow, _]) if is_number => narrow,
        Some([_, wide]) if "()".contains(letter.character) && beside_wide(number) => wide,
        Some([_, wide]) if ",:;".contains(letter.character) && at(number.checked_sub(1)).is_some_and(is_wide) => wide,
        _ => letter.character,
    };
    letters.iter().enumerate().map(plain).collect()
}

/// A mark as it stands in numbers, and as it stands beside ideographs.
fn marks(character: char) -> Option<[char; 2]> {
    const MARKS: [[char; 2]; 9] = [
        ['.', '。'],
        ['.', '．'],
        ['.', '·'],
        [',', '，'],
        [':', '：'],
        [';', '；'],
        ['(', '（'],
        [')', '）'],
        ['%', '％'],
    ];
    MARKS.into_iter().find(|marks| marks.contains(&character))
}

/// What else a letter might be; where nobody would take it for what was read, also that.
fn others(letter: &Letter, unsure: bool) -> Vec<(char, Confidence)> {
    let own = unsure.then_some((letter.character, letter.sure));
    let all = own.into_iter().chain(letter.others.iter().copied());
    all.map(|(character, sure)| (character, Confidence::thousandths(sure))).collect()
}

/// True for an amount with another number of high shapes than of figures that were read: one was overlooked, or seen twice.
fn is_miscounted(written: &Written) -> bool {
    count_of_figures(&written.letters).is_some_and(|count| count != figures(&written.shapes, written.bounds))
}

fn is_wide(character: char) -> bool {
    !character.is_ascii()
}

fn small(at: f32) -> u32 {
    index(at.round().max(0.0)).and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<Letter> {
        let letter = |character| Letter { character, sure: 990, middle: 0.0, others: Vec::new() };
        text.chars().map(letter).collect()
    }

    #[test]
    fn marks_are_narrow_in_numbers_and_wide_beside_ideographs() {
        let plain = |text: &str| plain(&letters(text)).into_iter().collect::<String>();
        assert_eq!(plain("1，234．50"), "1,234.50");
        assert_eq!(plain("（3。2）"), "(3.2)");
        assert_eq!(plain("差旅费(不含培训)"), "差旅费（不含培训）");
        assert_eq!(plain("一,二:3.50"), "一，二：3.50");
        assert_eq!(plain("12.50万元。"), "12.50万元。");
    }

    #[test]
    fn an_amount_with_another_number_of_shapes_than_figures_is_doubtful() {
        let written = |shapes: &[usize]| Written {
            bounds: [0, 0, 60, 20],
            shapes: shapes.to_vec(),
            letters: letters("12.5"),
            line: [0.0, 60.0],
        };
        assert!(!is_miscounted(&written(&[20, 19, 3, 20])));
        assert!(is_miscounted(&written(&[20, 19, 20, 3, 20])));
        let seen = super::letters(&written(&[20, 20]), 20.0);
        assert!(seen.iter().all(|letter| letter.sure == Confidence::thousandths(MISCOUNTED)));
    }

    #[test]
    fn a_letter_that_might_be_any_is_told_as_unread_with_what_it_may_be() {
        let mut letters = letters("7");
        letters[0].sure = 300;
        letters[0].others = vec![('1', 250)];
        let written = Written { bounds: [0, 0, 10, 20], shapes: vec![20], letters, line: [0.0, 10.0] };
        let seen = super::letters(&written, 20.0);
        assert_eq!(seen[0].character, char::REPLACEMENT_CHARACTER);
        let sure = Confidence::thousandths;
        assert_eq!(seen[0].others, [('7', sure(300)), ('1', sure(250))]);
    }
}
