//! Whether what a swift model read of a stretch can be taken, without asking the slower one.

use crate::net::Letter;
use crate::warp::float;
use crate::words::Word;

/// How sure the model has to be of each letter, in thousandths: of amounts, whose figures are counted, and of anything else.
const AMOUNT_SURE: u16 = 900;
const TEXT_SURE: u16 = 950;
/// How far letters stand from each other, and the first and the last from the ends of their ink, at most, in parts of the height of the ink.
/// Where there is more room something was overlooked: 一 at the beginning, 。 at the end.
const APART_MAX: f32 = 1.5;
const END_MAX: f32 = 0.9;

/// True if every letter is sure, and nothing of the ink was left out. `around` is how much paper was beside the ink.
pub(crate) fn is_sure(word: &Word, height: f32, around: f32, letters: &[Letter]) -> bool {
    let least = letters.iter().map(|letter| letter.sure).min().unwrap_or(0);
    match count_of_figures(letters) {
        Some(figures) => least >= AMOUNT_SURE && figures == word.figures(),
        None => least >= TEXT_SURE && is_whole(word, height, around, letters),
    }
}

fn is_whole(word: &Word, height: f32, around: f32, letters: &[Letter]) -> bool {
    let [left, _, right, _] = word.bounds;
    let wide = float(right - left);
    let middles = || letters.iter().map(|letter| letter.middle * (wide + around * 2.0) - around);
    let (Some(first), Some(last)) = (middles().next(), middles().next_back()) else { return false };
    let apart = middles().zip(middles().skip(1)).map(|(one, next)| next - one).fold(0.0, f32::max);
    first <= height * END_MAX && wide - last <= height * END_MAX && apart <= height * APART_MAX
}

/// How many figures an amount has; `None` for anything else.
pub(crate) fn count_of_figures(letters: &[Letter]) -> Option<usize> {
    let amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ' ');
    let figures = letters.iter().filter(|letter| letter.character.is_ascii_digit()).count();
    (figures > 0 && letters.iter().all(|letter| amount(letter.character))).then_some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stretch of letters, 20 dots high and 20 apart, the middle of the first told.
    fn read(text: &str, first: f32, wide: usize) -> (Word, Vec<Letter>) {
        let letters = text.chars().scan(first, |at, character| {
            let letter = Letter { character, sure: 990, middle: *at / float(wide), others: Vec::new() };
            *at += 20.0;
            Some(letter)
        });
        let word = Word { bounds: [0, 0, wide, 20], shapes: vec![20, 20, 4, 20] };
        (word, letters.collect())
    }

    fn sure((word, letters): &(Word, Vec<Letter>)) -> bool {
        is_sure(word, 20.0, 0.0, letters)
    }

    #[test]
    fn an_amount_is_taken_with_as_many_figures_as_there_are_shapes_of_their_height() {
        assert!(sure(&read("12.5", 10.0, 80)));
        assert!(!sure(&read("12.55", 10.0, 80)));
        assert!(!sure(&read("1.5", 10.0, 80)));
    }

    #[test]
    fn text_is_taken_where_nothing_stands_before_behind_or_between_that_was_not_read() {
        assert!(sure(&read("一般支出", 10.0, 80)));
        assert!(!sure(&read("般支出", 30.0, 80)), "the first is missing");
        assert!(!sure(&read("一般支", 10.0, 80)), "the last is missing");
        let mut between = read("一般支出", 10.0, 80);
        between.1.remove(1);
        assert!(!sure(&between));
        between.1.clear();
        assert!(!sure(&between));
    }

    #[test]
    fn what_the_model_doubts_is_not_taken() {
        let mut doubtful = read("一般支出", 10.0, 80);
        doubtful.1[2].sure = TEXT_SURE - 1;
        assert!(!sure(&doubtful));
        let mut amount = read("12.5", 10.0, 80);
        amount.1[2].sure = AMOUNT_SURE - 1;
        assert!(!sure(&amount));
    }
}
