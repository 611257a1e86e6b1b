//! A chart as PNG, for formats that take no SVG.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::{Chart, Package};
use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Tree};

use super::chart_svg;
use crate::error::Error;
use crate::fonts::FontSource;

/// Pixels of the picture a drawing unit of the SVG.
const SCALE: u8 = 2;

/// Draws a chart as PNG, two pixels to one of the drawing: 220 to 270 to an inch where it stands in a document. Fails where a character has no
/// glyph in the fonts: a picture with empty boxes is never made.
pub fn chart_png(chart: &Chart, package: &Package, fonts: &FontSource) -> Result<Vec<u8>, Error> {
    let refuse = |reason: &str| Error::Picture { chart: chart.caption.clone(), reason: reason.to_owned() };
    let mut reason = "没有可用的中文字体";
    for faces in fonts.faces() {
        let svg = chart_svg(chart, package, &faces.family);
        let (fontdb, font_family) = (Arc::clone(&faces.database), faces.family.clone());
        let tree = Tree::from_str(&svg, &Options { fontdb, font_family, ..Options::default() })
            .map_err(|error| refuse(&error.to_string()))?;
        if drawn_texts(tree.root()) == Some(svg.matches("<text ").count()) {
            return drawn(&tree).map_err(|error| refuse(&error));
        }
        reason = "字体缺少图中的字";
    }
    Err(refuse(reason))
}

/// The drawing as PNG, or what is wrong with it.
fn drawn(tree: &Tree) -> Result<Vec<u8>, String> {
    let size = tree.size().to_int_size();
    let pixels = |length: u32| length * u32::from(SCALE);
    let mut picture = Pixmap::new(pixels(size.width()), pixels(size.height())).ok_or("图的尺寸为零")?;
    let scale = f32::from(SCALE);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    encoded(&picture).map_err(|error| error.to_string())
}

/// The picture as PNG. A chart is opaque and has a few dozen colours: with a list of them it is smaller by a quarter than with four bytes a
/// pixel, and made in a fraction of the time.
fn encoded(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    encoder.set_filter(Filter::NoFilter);
    let pixels = || picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
    let data = match indexed(pixels()) {
        Some((colours, data)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(colours);
            data
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            pixels().flatten().collect()
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// How hard PNG is pressed, of 9.
const LEVEL: u8 = 6;

/// The colours in the order in which they come, and the number of that of each pixel; nothing where they are too many for one byte.
fn indexed(pixels: impl Iterator<Item = [u8; 3]>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut numbers, mut colours, mut data) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut last = None;
    for pixel in pixels {
        let number = match last {
            Some((colour, number)) if colour == pixel => number,
            _ => match numbers.get(&pixel) {
                Some(number) => *number,
                None => {
                    let number = u8::try_from(numbers.len()).ok()?;
                    numbers.insert(pixel, number);
                    colours.extend(pixel);
                    number
                }
            },
        };
        last = Some((pixel, number));
        data.push(number);
    }
    Some((colours, data))
}

/// Number of texts with a glyph for each character; `None` as soon as one has none.
fn drawn_texts(group: &Group) -> Option<usize> {
    let mut count = 0;
    for node in group.children() {
        match node {
            Node::Group(inner) => count += drawn_texts(inner)?,
            Node::Text(text) => {
                let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs).peekable();
                glyphs.peek()?;
                if glyphs.any(|glyph| glyph.id.0 == 0) {
                    return None;
                }
                count += 1;
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    Some(count)
}

/// Width and height of the drawing in whole pixels, read from a picture of [`chart_png`].
pub fn picture_size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| png.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    Some((number(16)? / u32::from(SCALE), number(20)? / u32::from(SCALE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_numbered_as_they_come_and_more_than_a_byte_can_number_are_none() {
        let (red, blue) = ([9, 0, 0], [0, 0, 9]);
        let (colours, data) = indexed([red, red, blue, red].into_iter()).unwrap();
        assert_eq!((colours, data), (vec![9, 0, 0, 0, 0, 9], vec![0, 0, 1, 0]));
        let greys = |count: u16| indexed((0..count).map(|grey| [grey.to_be_bytes()[0], grey.to_be_bytes()[1], 0]));
        assert!(greys(256).is_some() && greys(257).is_none());
    }
}
