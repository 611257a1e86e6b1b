//! The table of contents: a field that Word can update, with entries that are there before.

use juesuan_model::Document;

use super::text::{bookmark_name, literal, paragraph};
use crate::outline;

/// The field with its entries. `page_of` gives the page on which an anchor probably stands.
pub(super) fn contents(document: &Document, page_of: impl Fn(&str) -> u32) -> String {
    let entries = outline::contents(document);
    let mut out = paragraph("TOCHeading", "", "<w:r><w:t>目录</w:t></w:r>");
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
        out.push_str(&paragraph(style, "", &format!("{}{link}", if i == 0 { begin } else { "" })));
    }
    if !entries.is_empty() {
        out.push_str("<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>");
    }
    out
}
