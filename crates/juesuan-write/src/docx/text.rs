//! Runs and paragraphs.

use juesuan_model::{Mark, Run};

use crate::grid::text_units;
use crate::markup::escape;
use crate::outline::missing;

/// Text of a run. Line breaks and tabs cannot stand in `w:t`; they become spaces.
pub(super) fn literal(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(&text.replace(['\n', '\t', '\r'], " ")))
}

/// A plain run.
pub(crate) fn run(text: &str) -> String {
    format!("<w:r>{}</w:r>", literal(text))
}

/// Size of the titles of parts, in half points.
pub(super) const PART_SIZE: u32 = 44;
/// Size of the titles of reports, forms and statutory tables, in half points.
pub(super) const TITLE_SIZE: u32 = 36;

/// A title on one line of this width, if a size down to 0.8 of its own can do it; the size in half points, the width in
/// 1/20 point.
pub(super) fn sized(text: &str, size: u32, width: u32) -> String {
    // A letter of n half points is 10 n twentieths wide; half a one over for the space that some programs put before digits.
    let fitting = width / (5 * (text_units(text) + 1));
    if fitting >= size || fitting < size * 4 / 5 {
        return run(text);
    }
    let size = fitting;
    format!("<w:r><w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>{}</w:r>", literal(text))
}

/// A run of the document.
pub(super) fn marked(run: &Run) -> String {
    match run.mark {
        Mark::Plain => self::run(&run.text),
        Mark::Strong => format!("<w:r><w:rPr><w:b/></w:rPr>{}</w:r>", literal(&run.text)),
        Mark::Missing => {
            format!("<w:r><w:rPr><w:b/><w:color w:val=\"C00000\"/></w:rPr>{}</w:r>", literal(&missing(&run.text)))
        }
    }
}

/// A paragraph in a style; `properties` follow the style and must keep the order of the schema.
pub(crate) fn paragraph(style: &str, properties: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{content}</w:p>")
}

/// Content inside a bookmark.
pub(super) fn bookmarked(number: usize, name: &str, content: &str) -> String {
    format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>{content}<w:bookmarkEnd w:id=\"{number}\"/>")
}

/// Name of a bookmark for an anchor: `_Toc_section_3`. Hyphens are not allowed; the front makes Word treat it as one
/// of the contents.
pub(super) fn bookmark_name(anchor: &str) -> String {
    format!("_Toc_{}", anchor.replace('-', "_"))
}
