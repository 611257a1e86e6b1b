//! One model of PP-OCR on rten: stretches of one width to letters, with everything else that each letter might be.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use crate::plane::Plane;
use crate::warp::{float, index};

/// Height at which the models read, in dots.
pub(crate) const HEIGHT: usize = 48;
/// Where an ONNX file of these models holds its letters.
const LETTERS: &str = "character";
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

/// A model and its letters.
pub(crate) struct Net {
    model: Model,
    /// The letter of each number of the model from 1 on.
    letters: Vec<char>,
}

impl Net {
    /// A model, and its letters line by line, unless it holds them itself.
    ///
    /// # Errors
    /// A model that is none, or has no letters.
    pub(crate) fn new(model: Vec<u8>, letters: Option<&str>) -> Result<Net, String> {
        let model =
            ModelOptions::with_all_ops().prepack_weights(true).load(model).map_err(|fault| fault.to_string())?;
        let letters = letters.or_else(|| model.metadata().get(LETTERS)).ok_or("the model lacks its letters")?;
        let letters = letters.lines();
        let mut letters: Vec<char> =
            letters.map(|line| line.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        letters.push(' ');
        Ok(Net { model, letters })
    }

    /// What stands in stretches, which are given at the height of the model, black on white. They are read in a row as wide as told.
    ///
    /// # Errors
    /// What the model says.
    pub(crate) fn read(
        &self,
        stretches: &[&Plane],
        width: usize,
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<Vec<Letter>>, String> {
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
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let output = self.model.run_one(input.into(), Some(options)).map_err(|fault| fault.to_string())?;
        let output: NdTensor<f32, 3> =
            output.try_into().map_err(|_| "the model answers in another shape".to_owned())?;
        let steps = output.size(1);
        let letters = stretches.iter().enumerate().map(|(number, stretch)| {
            let own = (stretch.width * steps).div_ceil(width.max(1)).min(steps);
            self.letters(
                output.slice(number).slice((..own, ..)),
                float(stretch.width) / float(width.max(1)) * float(steps),
            )
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
            let Some(row) = row.data() else { continue };
            let (number, sure) = likeliest(row);
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
                others: self.others(row, number),
            });
        }
        letters
    }

    /// What else a step might be.
    fn others(&self, row: &[f32], number: usize) -> Vec<(char, u16)> {
        let mut others: Vec<(char, u16)> = row
            .iter()
            .enumerate()
            .filter(|(other, sure)| **sure > 0.001 && *other != number && *other > 0)
            .filter_map(|(other, sure)| Some((*self.letters.get(other - 1)?, thousandths(*sure))))
            .filter(|(_, sure)| *sure >= OTHER_MIN)
            .collect();
        others.sort_by_key(|(_, sure)| std::cmp::Reverse(*sure));
        others.truncate(OTHERS_MAX);
        others
    }
}

/// The first of the largest, and where it stands.
fn likeliest(row: &[f32]) -> (usize, f32) {
    let mut most = (0, f32::MIN);
    for (number, sure) in row.iter().enumerate() {
        if *sure > most.1 {
            most = (number, *sure);
        }
    }
    most
}

/// A share as thousandths.
fn thousandths(share: f32) -> u16 {
    let thousandths = index(share.clamp(0.0, 1.0) * 1000.0 + 0.5);
    thousandths.and_then(|share| u16::try_from(share).ok()).unwrap_or(0)
}
