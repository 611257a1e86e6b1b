//! Stretches cut out of a picture, for people who hold a reading against it. No model is needed.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use juesuan_model::{InPicture, Stretch};
use juesuan_read::Shown;

use crate::picture::{Unpacked, unpacked};

/// Most dots of a crop each way: larger ones are made smaller.
const SIDES_MAX: [usize; 2] = [900, 240];
/// What is shown around a stretch: such a part of its height, in percent, and at least so many dots.
const AROUND_PERCENT: usize = 60;
const AROUND_MIN: usize = 4;
/// Bytes of one crop.
const BYTES_MAX: usize = 192 << 10;

/// The stretches of a picture with a little of what lies around them, as PNG; `None` for one that is no part of it. Nothing is given
/// of what is no picture.
pub fn crops(shown: Shown, stretches: &[Stretch]) -> Vec<Option<Vec<u8>>> {
    let Some(picture) = unpacked(shown) else { return stretches.iter().map(|_| None).collect() };
    stretches.iter().map(|stretch| crop(&picture, *stretch)).collect()
}

fn crop(picture: &Unpacked, [left, top, right, bottom]: Stretch) -> Option<Vec<u8>> {
    let dots =
        |at: u32, of: usize| usize::try_from(u64::from(at) * u64::try_from(of).ok()? / u64::from(InPicture::SIDE)).ok();
    let ([left, right], [top, bottom]) = (
        [dots(left, picture.width)?, dots(right, picture.width)?],
        [dots(top, picture.height)?, dots(bottom, picture.height)?],
    );
    if left >= right || top >= bottom {
        return None;
    }
    let around = ((bottom - top).min(right - left) * AROUND_PERCENT / 100).max(AROUND_MIN);
    let (left, top) = (left.saturating_sub(around), top.saturating_sub(around));
    let (right, bottom) = ((right + around).min(picture.width), (bottom + around).min(picture.height));
    let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
    let by = width.div_ceil(SIDES_MAX[0]).max(height.div_ceil(SIDES_MAX[1])).max(1);
    let (wide, high) = ((width / by).max(1), (height / by).max(1));
    let mut rgb = Vec::with_capacity(wide * high * 3);
    for y in 0..high {
        for x in 0..wide {
            rgb.extend(mean(picture, [left + x * by, top + y * by], by));
        }
    }
    let image = RgbImage::from_raw(u32::try_from(wide).ok()?, u32::try_from(high).ok()?, rgb)?;
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).ok()?;
    Some(file.into_inner()).filter(|file| file.len() <= BYTES_MAX)
}

/// The mean of a square of dots.
fn mean(picture: &Unpacked, [left, top]: [usize; 2], by: usize) -> [u8; 3] {
    let (mut sums, mut count) = ([0usize; 3], 0usize);
    for y in top..(top + by).min(picture.height) {
        let row = y * picture.width;
        let (from, to) = ((row + left) * 3, (row + (left + by).min(picture.width)) * 3);
        for dot in picture.rgb.get(from..to).unwrap_or_default().as_chunks::<3>().0 {
            sums.iter_mut().zip(dot).for_each(|(sum, value)| *sum += usize::from(*value));
            count += 1;
        }
    }
    sums.map(|sum| sum.checked_div(count).and_then(|mean| u8::try_from(mean).ok()).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use juesuan_read::Dots;

    use super::*;

    /// White, with a black square from 200 to 240 and from 100 to 120.
    fn picture() -> Shown {
        let (width, height) = (1_000u32, 500u32);
        let black = |x: u32, y: u32| (200..240).contains(&x) && (100..120).contains(&y);
        let dots = (0..height).flat_map(|y| (0..width).map(move |x| if black(x, y) { 0u8 } else { 255 }));
        Shown::Dots(Dots { width, height, rgb: dots.flat_map(|level| [level; 3]).collect() })
    }

    #[test]
    fn a_crop_shows_the_stretch_with_what_lies_around_it() {
        let all = crops(picture(), &[[20_000, 20_000, 24_000, 24_000], [0, 0, 100_000, 100_000], [5, 5, 5, 9]]);
        let [Some(cell), Some(whole), None] = &all[..] else {
            panic!("{:?}", all.iter().map(Option::is_some).collect::<Vec<_>>())
        };
        let cell = image::load_from_memory(cell).unwrap().into_rgb8();
        assert_eq!(cell.dimensions(), (40 + 24, 20 + 24));
        assert_eq!((cell.get_pixel(11, 12).0, cell.get_pixel(12, 12).0), ([255; 3], [0; 3]));
        let whole = image::load_from_memory(whole).unwrap().into_rgb8();
        assert_eq!(whole.dimensions(), (333, 166), "made smaller");
    }

    #[test]
    fn what_is_no_picture_has_no_crop() {
        assert_eq!(crops(Shown::File(b"no picture".to_vec()), &[[0, 0, 9, 9]]), [None]);
    }
}
