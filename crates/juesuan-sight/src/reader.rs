//! Stretches of writing to letters: the model of PP-OCR on rten, with everything else that each letter might be.

use rten::Model;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use crate::plane::Plane;
use crate::warp::{byte, float, index, mixed};

/// Height at which the model reads, in dots.
pub(crate) const HEIGHT: usize = 48;
/// Stretches that are read at once, at most.
const BATCH_MAX: usize = 8;
/// Dots that are read at once, at most: bounds memory.
const BATCH_DOTS_MAX: usize = 6_400;
/// Widths that are read together differ by so many dots at most, or by an eighth: what is narrower costs as much as the widest.
const WIDTHS_APART: usize = 16;
/// Other letters that are kept of each, and how sure the model has to be of one, in thousandths.
const OTHERS_MAX: usize = 4;
const OTHER_MIN: u16 = 2;

/// A letter that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    /// The most likely.
    pub(crate) character: char,
    /// How sure, in thousandths.
    pub(crate) sure: u16,
    /// Where its middle stands, in parts of the width of its stretch: 0 is its left end, 1 its right.
    pub(crate) middle: f32,
    /// What else it might be, the likeliest first, in thousandths.
    pub(crate) others: Vec<(char, u16)>,
}

/// The model and its letters.
pub(crate) struct Reader {
    model: Model,
    /// The letter of each number of the model from 1 on.
    letters: Vec<char>,
}

impl Reader {
    /// A model, and its letters line by line.
    ///
    /// # Errors
    /// A model that is none.
    pub(crate) fn new(model: Vec<u8>, letters: &str) -> Result<Reader, String> {
        let model = Model::load(model).map_err(|fault| fault.to_string())?;
        let mut letters: Vec<char> = letters.lines().map(|line| line.chars().next().unwrap_or('\u{fffd}')).collect();
        letters.push(' ');
        Ok(Reader { model, letters })
    }

    /// What stands in each stretch, which is given at the height of the model, black on white.
    pub(crate) fn read(&self, stretches: &[Plane]) -> Result<Vec<Vec<Letter>>, String> {
        let mut order: Vec<usize> = (0..stretches.len()).collect();
        let width = |number: &usize| stretches.get(*number).map_or(0, |stretch| stretch.width);
        order.sort_by_key(width);
        let mut read = vec![Vec::new(); stretches.len()];
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let narrow = width(first);
            let fits = |number: &usize| width(number) <= (narrow + WIDTHS_APART).max(narrow * 9 / 8);
            let alike = rest.iter().take_while(|number| fits(number)).count();
            let wide = rest.get(alike.saturating_sub(1)).map_or(narrow, width).max(1);
            let count = alike.clamp(1, BATCH_MAX).min((BATCH_DOTS_MAX / wide).max(1));
            let (batch, after) = rest.split_at(count);
            rest = after;
            let planes: Vec<&Plane> = batch.iter().filter_map(|number| stretches.get(*number)).collect();
            for (number, letters) in batch.iter().zip(self.batch(&planes)?) {
                if let Some(slot) = read.get_mut(*number) {
                    *slot = letters;
                }
            }
        }
        Ok(read)
    }

    fn batch(&self, stretches: &[&Plane]) -> Result<Vec<Vec<Letter>>, String> {
        let width = stretches.iter().map(|stretch| stretch.width).max().unwrap_or(1).next_multiple_of(8).max(16);
        // Paper on the right, in the terms of the model: -1 is black, 1 is white.
        let mut input = NdTensor::<f32, 4>::full([stretches.len(), 3, HEIGHT, width], 1.0);
        for (number, stretch) in stretches.iter().enumerate() {
            for y in 0..HEIGHT.min(stretch.height) {
                for (x, dot) in stretch.row(y).iter().enumerate() {
                    let value = f32::from(*dot) / 127.5 - 1.0;
                    for colour in 0..3 {
                        if let Some(slot) = input.get_mut([number, colour, y, x]) {
                            *slot = value;
                        }
                    }
                }
            }
        }
        let output = self.model.run_one(input.into(), None).map_err(|fault| fault.to_string())?;
        let output: NdTensor<f32, 3> =
            output.try_into().map_err(|_| "the model answers in another shape".to_owned())?;
        let steps = output.size(1);
        let letters = stretches.iter().enumerate().map(|(number, stretch)| {
            let own = (stretch.width * steps).div_ceil(width).min(steps);
            self.letters(output.slice(number).slice((..own, ..)), float(stretch.width) / float(width) * float(steps))
        });
        Ok(letters.collect())
    }

    /// The likeliest letter of each step, alike ones of neighbouring steps taken as one; `whole` steps are the whole stretch.
    fn letters(&self, steps: NdTensorView<'_, f32, 2>, whole: f32) -> Vec<Letter> {
        let mut letters: Vec<Letter> = Vec::new();
        // Of the letter that goes on: its number and how sure its surest step is.
        let mut last = (0usize, 0.0f32);
        for step in 0..steps.size(0) {
            let row = steps.slice(step);
            let likeliest = row.iter().copied().enumerate().max_by(|one, other| one.1.total_cmp(&other.1));
            let Some((number, sure)) = likeliest else { continue };
            let goes_on = number == last.0;
            if number == 0 || goes_on && sure <= last.1 {
                if number == 0 {
                    last = (0, 0.0);
                }
                continue;
            }
            last = (number, sure);
            if goes_on {
                letters.pop();
            }
            let Some(character) = number.checked_sub(1).and_then(|at| self.letters.get(at)).copied() else { continue };
            letters.push(Letter {
                character,
                sure: thousandths(sure),
                middle: (float(step) + 0.5) / whole.max(1.0),
                others: self.others(row.iter().copied(), number),
            });
        }
        letters
    }

    /// What else a step might be.
    fn others(&self, row: impl Iterator<Item = f32>, number: usize) -> Vec<(char, u16)> {
        let mut others: Vec<(char, u16)> = row
            .enumerate()
            .filter(|(other, _)| *other != number && *other > 0)
            .filter_map(|(other, sure)| Some((*self.letters.get(other - 1)?, thousandths(sure))))
            .filter(|(_, sure)| *sure >= OTHER_MIN)
            .collect();
        others.sort_by_key(|(_, sure)| std::cmp::Reverse(*sure));
        others.truncate(OTHERS_MAX);
        others
    }
}

/// A share as thousandths.
fn thousandths(share: f32) -> u16 {
    let thousandths = index(share.clamp(0.0, 1.0) * 1000.0 + 0.5);
    thousandths.and_then(|share| u16::try_from(share).ok()).unwrap_or(0)
}

/// A part of a picture at the height at which the model reads: each dot the mean of what it covers.
pub(crate) fn stretch(light: &Plane, [left, top, right, bottom]: [f32; 4]) -> Plane {
    let scale = (bottom - top).max(1.0) / float(HEIGHT);
    let width = index(((right - left) / scale).round()).unwrap_or(1).max(8);
    let across = (right - left) / float(width);
    // As many looks for each dot as it covers dots of the picture.
    let looks = index(scale.max(across).ceil()).unwrap_or(1).clamp(1, 4);
    Plane::from_rows(width, HEIGHT, |y, row| {
        for (x, slot) in row.iter_mut().enumerate() {
            let mut sum = 0.0;
            for down in 0..looks {
                for along in 0..looks {
                    let part = |look: usize| (float(look) + 0.5) / float(looks);
                    let at =
                        [left + (float(x) + part(along)) * across - 0.5, top + (float(y) + part(down)) * scale - 0.5];
                    sum += f32::from(mixed(light, at).unwrap_or(u8::MAX));
                }
            }
            *slot = byte(sum / float(looks * looks));
        }
    })
}
