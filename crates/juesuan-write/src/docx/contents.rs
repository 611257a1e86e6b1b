//! The table of contents: a field that Word can update, with entries that are there before.

use juesuan_model::{Document, Orientation};

use super::section::Sheet;
use super::text::{bookmark_name, literal, paragraph};
use crate::grid::text_units;
use crate::outline;

/// Height of the heading, 1/20 point.
pub(super) const HEADING: u32 = 840;
/// Height of a line, and the least there may be, 1/20 point.
pub(crate) const LINE: u32 = 360;
const LEAST: u32 = 280;
/// Width of a letter, and of what stands before and behind the text, 1/20 point.
const LETTER: u32 = 240;
const AROUND: u32 = 1_000;

/// Height of a line with which the contents stand on as few pages as they can, none of which holds a line or two alone.
pub(super) fn line(document: &Document) -> u32 {
    let sheet = Sheet::of(Orientation::Portrait);
    let count = lines(document).max(1);
    let pages = (HEADING + count * LEAST).div_ceil(sheet.text_height()).max(1);
    ((pages * sheet.text_height() - HEADING) / count).min(LINE)
}

/// How many lines the entries take.
pub(super) fn lines(document: &Document) -> u32 {
    let room = Sheet::of(Orientation::Portrait).text_width() - AROUND;
    outline::contents(document).iter().map(|entry| (text_units(entry.text) * LETTER / 2).div_ceil(room).max(1)).sum()
}

/// The field with its entries. `page_of` gives the page on which an anchor probably stands.
pub(super) fn contents(document: &Document, page_of: impl Fn(&str) -> u32) -> String {
    let entries = outline::contents(document);
    let mut out = paragraph("TOCHeading", "", "<w:r><w:t>目　录</w:t></w:r>");
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    for (i, entry) in entries.iter().enumerate() {
        let name = bookmark_name(&entry.anchor);
        let link = format!(
            "<w:hyperlink w:anchor=\"{name}\" w:history=\"1\"><w:r>{}</w:r><w:r><w:tab/></w:r>\
             <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGEREF {name} \\h </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>",
            literal(entry.text),
            page_of(&entry.anchor)
        );
        let style = if entry.depth == 0 { "TOC1" } else { "TOC2" };
        // The field ends in its last line: a paragraph of its own could stand alone on a page.
        let end = if i + 1 == entries.len() { "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" } else { "" };
        out.push_str(&paragraph(style, "", &format!("{}{link}{end}", if i == 0 { begin } else { "" })));
    }
    out
}
