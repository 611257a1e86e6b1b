//! A chart as PNG, for formats that take no SVG.

use std::sync::Arc;

use juesuan_model::{Chart, Package};
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
    let faces = fonts.faces();
    let Some(family) = &faces.family else {
        return Err(refuse("没有可用的中文字体"));
    };
    let svg = chart_svg(chart, package);
    let options = Options { fontdb: Arc::clone(&faces.database), font_family: family.clone(), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|error| refuse(&error.to_string()))?;
    if drawn_texts(tree.root()) != Some(svg.matches("<text ").count()) {
        return Err(refuse("字体缺少图中的字"));
    }
    let size = tree.size().to_int_size();
    let pixels = |length: u32| length * u32::from(SCALE);
    let mut picture = Pixmap::new(pixels(size.width()), pixels(size.height())).ok_or_else(|| refuse("图的尺寸为零"))?;
    let scale = f32::from(SCALE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| refuse(&error.to_string()))
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
