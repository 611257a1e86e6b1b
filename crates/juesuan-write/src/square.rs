//! A text as a square for cameras (QR code, ISO/IEC 18004), as PNG.

use std::sync::Arc;

use qrcode::{Color, EcLevel, QrCode};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::error::Error;
use crate::markup::Push;

/// Pixels of one module of the square.
const SCALE: u16 = 8;
/// Modules that stay white around it, as the standard demands.
const QUIET: usize = 4;

/// The square of a text. A quarter of it may be covered by a stamp.
///
/// # Errors
/// A text too long for a square.
pub(crate) fn png(text: &str) -> Result<Vec<u8>, Error> {
    let refuse = |reason: String| Error::Picture { chart: text.to_owned(), reason };
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|error| refuse(error.to_string()))?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\""
    );
    for (at, _) in code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark) {
        svg.put(format_args!("M{} {}h1v1h-1z", QUIET + at % width, QUIET + at / width));
    }
    svg.push_str("\"/></svg>");
    let options = Options { fontdb: Arc::new(Database::new()), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|error| refuse(error.to_string()))?;
    let pixels = u32::try_from(side).unwrap_or(1) * u32::from(SCALE);
    let mut picture = Pixmap::new(pixels, pixels).ok_or_else(|| refuse(String::new()))?;
    resvg::render(&tree, Transform::from_scale(f32::from(SCALE), f32::from(SCALE)), &mut picture.as_mut());
    picture.encode_png().map_err(|error| refuse(error.to_string()))
}
