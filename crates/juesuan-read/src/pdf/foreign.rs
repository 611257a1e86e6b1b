//! The foreign interpreter of the format, called in one place.

use std::time::Duration;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::util::TransformExt as _;
use hayro_interpret::{Context, Device, InterpreterCache, InterpreterSettings, interpret_page};

/// Time for a document. No real one needs a hundredth; what is built to take hours is read in part.
pub(super) const TIME_MAX: Duration = Duration::from_secs(60);

/// Lets a device see a page, y down.
pub(super) fn interpret<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, device: &mut impl Device<'a>) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, device);
}
