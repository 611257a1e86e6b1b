//! A picture to what is written on it: set straight, its lines taken out, its stretches of writing read.

use crate::net::Letter;
use crate::plane::Plane;
use crate::reader::{Reader, stretch};
use crate::rulings::Rulings;
use crate::shades::{Colours, Shades};
use crate::straight::straight;
use crate::trust::is_sure;
use crate::warp::{Point, Warp, float, index};
use crate::words::{Word, Writing};

/// Stretches by which it is seen whether a picture stands on its head, at most.
const SAMPLE: usize = 12;
/// Letters are read this surely where they stand upright, in thousandths.
const UPRIGHT_SURE: u32 = 900;
/// Stretches of one picture: a full page has some five hundred.
const WORDS_MAX: usize = 2_000;
/// How wide all that is read of one picture is together, in dots: a full page has some eighty thousand. What has more is a photograph.
const WIDE_MAX: usize = 250_000;

/// A stretch of writing with its letters.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Left, top, right, bottom of its ink.
    pub(crate) bounds: [usize; 4],
    /// How high each of its shapes is.
    pub(crate) shapes: Vec<usize>,
    /// What was read, from left to right; their places in parts of `line`.
    pub(crate) letters: Vec<Letter>,
    /// Left and right of what was given to the reader.
    pub(crate) line: [f32; 2],
}

/// What was seen of a picture, in dots of the picture as it stands upright and straight.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Width and height.
    pub(crate) size: [usize; 2],
    /// How high letters are.
    pub(crate) letters: usize,
    /// Lines of tables.
    pub(crate) rulings: Rulings,
    /// Everything written, in no order.
    pub(crate) written: Vec<Written>,
    /// Quarter turns, as a clock goes, that set the straight picture upright.
    quarters: u8,
    warp: Warp,
}

impl Seen {
    /// Where a point of the upright picture lies in the one that was given.
    pub(crate) fn source(&self, [x, y]: Point) -> Point {
        let [width, height] = [self.warp.width, self.warp.height].map(float);
        self.warp.source(match self.quarters {
            1 => [y, height - x],
            2 => [width - x, height - y],
            3 => [width - y, x],
            _ => [x, y],
        })
    }
}

/// What is written on a picture.
///
/// # Errors
/// What the model says.
pub(crate) fn look(picture: &Colours<'_>, reader: &Reader) -> Result<Seen, String> {
    let Shades { mut ink, mut light } = picture.shades();
    let warp = straight(&ink, &light);
    if !warp.is_none() {
        (ink, light) = (warp.of(&ink, 0), warp.of(&light, u8::MAX));
    }
    let mut page = Page::of(ink, light);
    let mut quarters = 0;
    if page.writing.is_upright() {
        page = page.turned();
        quarters = 1;
    }
    let mut written = page.read(&page.words, reader)?;
    if surely(&written) < UPRIGHT_SURE {
        let over = page.turned().turned();
        if surely(&over.read(&over.sample(), reader)?) > surely(&written) {
            page = over;
            quarters += 2;
            written = page.read(&page.words, reader)?;
        }
    }
    Ok(Seen {
        size: [page.ink.width, page.ink.height],
        letters: page.writing.letters,
        rulings: page.rulings,
        written,
        quarters,
        warp,
    })
}

/// How surely the longer stretches are read, in thousandths.
fn surely(written: &[Written]) -> u32 {
    let long = written.iter().filter(|word| word.shapes.len() > 3);
    let sure: Vec<u32> = long.flat_map(|word| &word.letters).map(|letter| u32::from(letter.sure)).collect();
    sure.iter().sum::<u32>().checked_div(u32::try_from(sure.len()).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// A picture with what is on it.
struct Page {
    /// Without lines of tables.
    ink: Plane,
    light: Plane,
    writing: Writing,
    rulings: Rulings,
    words: Vec<Word>,
}

impl Page {
    fn of(mut ink: Plane, light: Plane) -> Page {
        let letters = Writing::of(&ink).letters.max(8);
        let rulings = Rulings::of(&light, letters);
        rulings.erase(&mut ink);
        let writing = Writing::of(&ink);
        let words = writing.words(&rulings);
        Page { ink, light, writing, rulings, words }
    }

    /// A quarter turn, as a clock goes; lines that were taken out stay so.
    fn turned(&self) -> Page {
        let turn = |plane: &Plane| {
            let mut turned = plane.transposed();
            let width = turned.width;
            turned.dots.chunks_exact_mut(width.max(1)).for_each(<[u8]>::reverse);
            turned
        };
        let (ink, light) = (turn(&self.ink), turn(&self.light));
        let rulings = Rulings::of(&light, self.writing.letters.max(8));
        let writing = Writing::of(&ink);
        let words = writing.words(&rulings);
        Page { ink, light, writing, rulings, words }
    }

    /// Some of the longer stretches.
    fn sample(&self) -> Vec<Word> {
        let words: Vec<&Word> = self.words.iter().filter(|word| word.shapes.len() > 3).collect();
        let step = words.len().div_ceil(SAMPLE).max(1);
        words.into_iter().step_by(step).cloned().collect()
    }

    fn read(&self, words: &[Word], reader: &Reader) -> Result<Vec<Written>, String> {
        if words.len() > WORDS_MAX {
            return Err(format!("{} stretches of writing are more than any page has", words.len()));
        }
        let stretches: Vec<Plane> = words.iter().map(|word| self.cut(word)).collect();
        let wide: usize = stretches.iter().map(|stretch| stretch.width).sum();
        if wide > WIDE_MAX {
            return Err(format!("{wide} dots of writing are more than any page has"));
        }
        let takes = |number: usize, letters: &[Letter]| {
            words.get(number).is_some_and(|word| {
                let [height, around] = self.height(word);
                is_sure(word, height, around, letters)
            })
        };
        let read = reader.read(&stretches, &takes)?;
        let with = |(word, letters): (&Word, Vec<Letter>)| {
            let [_, around] = self.height(word);
            let [left, _, right, _] = word.bounds.map(float);
            Written { bounds: word.bounds, shapes: word.shapes.clone(), letters, line: [left - around, right + around] }
        };
        Ok(words.iter().zip(read).map(with).collect())
    }

    /// How high what is given to the reader is, and how much paper is around it: as high as a line where the ink is low.
    fn height(&self, word: &Word) -> [f32; 2] {
        let [_, top, _, bottom] = word.bounds.map(float);
        let letters = float(self.writing.letters);
        let height = (bottom - top).max(letters.min((bottom - top) * 2.0).max(letters * 0.7));
        [height, height * 0.14 + 1.0]
    }

    /// What is given to the reader, black on white. The same ink gives the same dots wherever it stands.
    fn cut(&self, word: &Word) -> Plane {
        let [left, top, right, bottom] = word.bounds;
        let [height, around] = self.height(word);
        let (wide, high) = (float(right - left), float(bottom - top));
        let beside = index(around + (height - high) / 2.0).unwrap_or(0) + 2;
        let paper = Plane::from_rows(right - left + beside * 2, bottom - top + beside * 2, |y, row| {
            let ink = (top + y).checked_sub(beside).map(|y| self.ink.row(y)).unwrap_or_default();
            for (x, slot) in row.iter_mut().enumerate() {
                let dot = (left + x).checked_sub(beside).and_then(|x| ink.get(x));
                *slot = u8::MAX - dot.copied().unwrap_or(0);
            }
        });
        let (from, middle) = (float(beside), float(beside) + high / 2.0);
        let half = height / 2.0 + around;
        stretch(&paper, [from - around, middle - half, from + wide + around, middle + half])
    }
}
