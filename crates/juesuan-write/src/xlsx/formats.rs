//! Looks of cells.

use juesuan_model::Align;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

const FACE: &str = "宋体";

/// The face of all cells.
pub(crate) fn base() -> Format {
    Format::new().set_font_name(FACE)
}

/// Text without a frame.
pub(crate) fn plain(size: u8) -> Format {
    base().set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

/// The title of a table.
pub(crate) fn title() -> Format {
    Format::new()
        .set_font_name("黑体")
        .set_font_size(16)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// A framed cell.
pub(crate) fn framed() -> Format {
    plain(10).set_border(FormatBorder::Thin).set_text_wrap()
}

/// A heading.
pub(crate) fn head() -> Format {
    framed().set_align(FormatAlign::Center).set_background_color("#EEF2F7")
}

/// A body cell.
pub(crate) fn body(align: Align, indent: u8, bold: &Bold) -> Format {
    let format = framed().set_align(match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    });
    let format = if indent > 0 { format.set_indent(indent) } else { format };
    match bold {
        Bold::Yes => format.set_bold(),
        Bold::No => format,
    }
}

/// Whether a row is printed bold.
pub(crate) enum Bold {
    /// A total.
    Yes,
    /// Any other row.
    No,
}

/// Number format with this many decimals; with commas where the print has them.
pub(crate) fn number_format(decimals: u8, printed: &str) -> String {
    let whole = if printed.contains([',', '，']) { "#,##0" } else { "0" };
    if decimals == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(usize::from(decimals))) }
}
