//! Files of pictures, unpacked within bounds.

use std::io::Cursor;

use image::{ImageReader, Limits};
use juesuan_read::Shown;

/// Dots of the largest picture that is unpacked.
const DOTS_MAX: u32 = 100_000_000;
/// Longest side of it.
const SIDE_MAX: u32 = 30_000;
/// Dots with which a picture is looked at, at most: a page of A4 at 400 dpi. Larger ones are made smaller.
const LOOKED_MAX: usize = 16_000_000;

/// A picture with three bytes a dot: red, green, blue, row by row.
pub(crate) struct Unpacked {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
    /// So many dots of the picture as it was are one here.
    pub(crate) shrunk: usize,
}

/// The dots of what a handle shows; `None` for what is no picture, broken, or larger than any page.
pub(crate) fn unpacked(shown: Shown) -> Option<Unpacked> {
    let (width, height, rgb) = match shown {
        Shown::Dots(dots) => (dots.width, dots.height, dots.rgb),
        Shown::File(bytes) => {
            // The limits of a decoder are those of bytes: of one byte a dot it would give four times as many dots.
            if is_cut(&bytes) || !size(&bytes).is_some_and(is_fit) {
                return None;
            }
            let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
            let mut limits = Limits::default();
            (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MAX), Some(SIDE_MAX));
            limits.max_alloc = Some(u64::from(DOTS_MAX) * 4);
            reader.limits(limits);
            // What is transparent lies on paper.
            let mut dots = reader.decode().ok()?.into_rgba8();
            let mut rgb = Vec::with_capacity(dots.len() / 4 * 3);
            for [r, g, b, a] in dots.as_chunks_mut::<4>().0 {
                let over = |value: u8| {
                    let mixed = (u32::from(value) * u32::from(*a) + 255 * (255 - u32::from(*a))) / 255;
                    u8::try_from(mixed).unwrap_or(u8::MAX)
                };
                rgb.extend([over(*r), over(*g), over(*b)]);
            }
            (dots.width(), dots.height(), rgb)
        }
    };
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    if width == 0 || height == 0 || rgb.len() != width * height * 3 {
        return None;
    }
    Some(smaller(Unpacked { width, height, rgb, shrunk: 1 }))
}

/// False for a picture file of a kind that is looked at which breaks off, says to be larger than any that is unpacked, or does not say how
/// large it is.
pub(crate) fn is_within_bounds(shown: &Shown) -> bool {
    let Shown::File(bytes) = shown else { return true };
    let is_ours = image::guess_format(bytes).is_ok_and(|kind| kind.reading_enabled());
    !is_ours || !is_cut(bytes) && size(bytes).is_some_and(is_fit)
}

/// Width and height, as a file says.
fn size(file: &[u8]) -> Option<(u32, u32)> {
    ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?.into_dimensions().ok()
}

fn is_fit((width, height): (u32, u32)) -> bool {
    width.max(height) <= SIDE_MAX && u64::from(width) * u64::from(height) <= u64::from(DOTS_MAX)
}

/// How many dots are unpacked of a picture; none of one that is too large.
pub(crate) fn dots(shown: &Shown) -> u64 {
    let size = match shown {
        Shown::Dots(dots) => Some((dots.width, dots.height)),
        Shown::File(bytes) => size(bytes).filter(|size| is_fit(*size)),
    };
    size.map_or(0, |(width, height)| u64::from(width) * u64::from(height))
}

/// True for a PNG or JPEG file without an end. The decoder of JPEG makes grey paper of what is missing.
fn is_cut(file: &[u8]) -> bool {
    if file.starts_with(b"\x89PNG") {
        return !file.windows(4).any(|name| name == b"IEND");
    }
    let Some(mut rest) = file.strip_prefix(b"\xFF\xD8") else { return false };
    // Segments with their lengths; a picture inside one of them has an end of its own.
    while let [0xFF, kind, high, low, ..] = rest
        && *kind != 0xDA
    {
        let next = if *kind == 0xFF { 1 } else { 2 + usize::from(u16::from_be_bytes([*high, *low])) };
        rest = rest.get(next..).unwrap_or_default();
    }
    !rest.windows(2).any(|pair| pair == b"\xFF\xD9")
}

/// A picture that is not larger than one that is looked at: each dot the mean of a square of dots.
fn smaller(picture: Unpacked) -> Unpacked {
    let Unpacked { width, height, ref rgb, .. } = picture;
    let by = (2..).find(|by| width * height <= LOOKED_MAX * by * by);
    let Some(by) = by.filter(|_| width * height > LOOKED_MAX) else { return picture };
    let (less_wide, less_high) = ((width / by).max(1), (height / by).max(1));
    let mut means = Vec::with_capacity(less_wide * less_high * 3);
    for y in 0..less_high {
        for x in 0..less_wide {
            let mut sums = [0usize; 3];
            for row in y * by..(y + 1) * by {
                let begin = (row * width + x * by) * 3;
                for dot in rgb.get(begin..begin + by * 3).unwrap_or_default().as_chunks::<3>().0 {
                    sums.iter_mut().zip(dot).for_each(|(sum, value)| *sum += usize::from(*value));
                }
            }
            means.extend(sums.map(|sum| u8::try_from(sum / (by * by)).unwrap_or(u8::MAX)));
        }
    }
    Unpacked { width: less_wide, height: less_high, rgb: means, shrunk: by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_unpacked_on_paper_and_what_is_none_is_not() {
        let mut file = Cursor::new(Vec::new());
        let dots = image::RgbaImage::from_fn(20, 10, |x, _| image::Rgba([200, 100, 0, if x < 10 { 255 } else { 0 }]));
        dots.write_to(&mut file, image::ImageFormat::Png).unwrap();
        let picture = unpacked(Shown::File(file.into_inner())).unwrap();
        assert_eq!((picture.width, picture.height, picture.shrunk), (20, 10, 1));
        assert_eq!(picture.rgb.get(..3), Some(&[200, 100, 0][..]));
        assert_eq!(picture.rgb.get(57..60), Some(&[255, 255, 255][..]));
        for cut in [&b"\x89PNG\r\n\x1a\nnothing"[..], b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF\xE0\0\x10"] {
            assert!(
                unpacked(Shown::File(cut.to_vec())).is_none() && !is_within_bounds(&Shown::File(cut.to_vec())),
                "{cut:?}"
            );
        }
        assert!(is_within_bounds(&Shown::File(b"a drawing of another kind".to_vec())), "nobody looks at these");
    }

    #[test]
    fn a_picture_that_claims_more_dots_than_any_page_is_not_unpacked() {
        for side in [20_000i32, 40_000, i32::MAX] {
            // A bitmap: its head, the size of what follows, width, height, one plane of 24 bits, and hardly any dots.
            let mut file = b"BM".to_vec();
            file.extend([200u32, 0, 54, 40].map(u32::to_le_bytes).concat());
            file.extend([side, side].map(i32::to_le_bytes).concat());
            file.extend([1u16, 24].map(u16::to_le_bytes).concat());
            file.resize(200, 0);
            assert!(!is_within_bounds(&Shown::File(file.clone())), "{side}");
            assert!(unpacked(Shown::File(file)).is_none(), "{side}");
        }
        assert!(is_fit((10_000, 10_000)) && !is_fit((20_000, 19_000)) && !is_fit((40_000, 9)));
        assert!(unpacked(Shown::Dots(juesuan_read::Dots { width: 9, height: 9, rgb: vec![0; 9] })).is_none());
    }

    #[test]
    fn a_photograph_that_breaks_off_is_not_unpacked() {
        let mut file = Cursor::new(Vec::new());
        let dots = image::RgbImage::from_fn(300, 300, |x, y| image::Rgb([u8::try_from(x * y % 251).unwrap_or(0); 3]));
        dots.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
        let whole = file.into_inner();
        assert!(!is_cut(&whole) && unpacked(Shown::File(whole.clone())).is_some());
        // What cameras put behind the end, and a small picture of its own at the beginning.
        assert!(!is_cut(&[whole.as_slice(), &[7; 99]].concat()));
        let inside = [b"\xFF\xD8\xFF\xE1\0\x08\xFF\xD8\xFF\xD9ab".as_slice(), &whole[2..]].concat();
        assert!(!is_cut(&inside));
        for file in [&whole, &inside] {
            for part in [3, 2] {
                let cut = file.get(..file.len() * (part - 1) / part).unwrap().to_vec();
                assert!(!is_within_bounds(&Shown::File(cut.clone())) && unpacked(Shown::File(cut)).is_none());
            }
        }
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let (width, height) = (6_000, 4_000);
        let picture = smaller(Unpacked { width, height, rgb: vec![90; width * height * 3], shrunk: 1 });
        assert_eq!((picture.width, picture.height, picture.shrunk), (3_000, 2_000, 2));
        assert!(picture.rgb.iter().all(|value| *value == 90));
    }
}
