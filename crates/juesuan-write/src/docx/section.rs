//! Page size, header and footer.

use juesuan_model::Orientation;

use super::parts::{NAMES, XML};
use super::styles::fonts;

/// A page with its text area, in 1/20 point. Margins 37 / 35 / 28 / 26 mm (top, bottom, left, right); turned pages
/// keep the binding side.
pub(super) struct Sheet {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) top: u32,
    pub(super) bottom: u32,
    pub(super) left: u32,
    pub(super) right: u32,
}

impl Sheet {
    pub(super) const fn of(orientation: Orientation) -> Sheet {
        match orientation {
            Orientation::Portrait => {
                Sheet { width: 11906, height: 16838, top: 2098, bottom: 1985, left: 1588, right: 1474 }
            }
            Orientation::Landscape => {
                Sheet { width: 16838, height: 11906, top: 1588, bottom: 1474, left: 1985, right: 1985 }
            }
        }
    }

    pub(super) const fn text_width(&self) -> u32 {
        self.width - self.left - self.right
    }

    pub(super) const fn text_height(&self) -> u32 {
        self.height - self.top - self.bottom
    }
}

/// Which pages a section holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The cover: no page number.
    Cover,
    /// Pages with numbers that start at 1.
    First,
    /// Pages with numbers that go on.
    Further,
}

/// Where the numbers of pages stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// In the middle.
    Middle,
    /// At the outer side, as in notices (GB/T 9704).
    Outer,
}

/// The properties of a section with page numbers in the middle.
pub(crate) fn properties(orientation: Orientation, kind: Kind) -> String {
    numbered(orientation, kind, Numbers::Middle)
}

/// The properties of a section.
pub(super) fn numbered(orientation: Orientation, kind: Kind, numbers: Numbers) -> String {
    let sheet = Sheet::of(orientation);
    let turned = if orientation == Orientation::Landscape { " w:orient=\"landscape\"" } else { "" };
    let footer = match (kind, numbers) {
        (Kind::Cover, _) => "",
        (_, Numbers::Middle) => "<w:footerReference w:type=\"default\" r:id=\"rId5\"/>",
        (_, Numbers::Outer) => {
            "<w:headerReference w:type=\"even\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
             <w:footerReference w:type=\"even\" r:id=\"rId6\"/>"
        }
    };
    let start = if kind == Kind::First { "<w:pgNumType w:start=\"1\"/>" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>{footer}<w:type w:val=\"nextPage\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
         w:header=\"850\" w:footer=\"{}\" w:gutter=\"0\"/>{start}</w:sectPr>",
        sheet.width,
        sheet.height,
        sheet.top,
        sheet.right,
        sheet.bottom,
        sheet.left,
        // Below the text area with room for the number.
        sheet.bottom - 700
    )
}

/// The end of a section: a paragraph of one point that carries its properties.
pub(crate) fn end(orientation: Orientation, kind: Kind) -> String {
    ended(&properties(orientation, kind))
}

/// The paragraph that ends a section with these properties.
pub(super) fn ended(properties: &str) -> String {
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{properties}</w:pPr></w:p>"
    )
}

/// The foot of which pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Footer {
    /// In the middle of all pages.
    Middle,
    /// At the right of odd pages.
    Odd,
    /// At the left of even pages.
    Even,
}

/// `— 3 —`; at a side a letter from its edge.
pub(super) fn footer(footer: Footer) -> String {
    let side = match footer {
        Footer::Middle => "",
        Footer::Odd => "<w:ind w:right=\"280\"/><w:jc w:val=\"right\"/>",
        Footer::Even => "<w:ind w:left=\"280\"/><w:jc w:val=\"left\"/>",
    };
    format!(
        "{XML}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>{side}</w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}

/// Nothing, or on a draft the word in red and across the page.
pub(crate) fn header(draft: bool) -> String {
    if !draft {
        return format!("{XML}<w:hdr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr></w:p></w:hdr>");
    }
    let red = format!("<w:rPr>{}<w:b/><w:color w:val=\"C00000\"/><w:sz w:val=\"28\"/></w:rPr>", fonts("黑体"));
    format!(
        "{XML}<w:hdr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r>{red}<w:t>草稿，不得公开</w:t></w:r>\
         <w:r><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/>\
         <v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/></v:formulas>\
         <v:path textpathok=\"t\" o:connecttype=\"rect\"/><v:textpath on=\"t\" fitshape=\"t\"/></v:shapetype>\
         <v:shape id=\"draft\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" alt=\"草稿\" style=\"position:absolute;margin-left:0;margin-top:0;\
         width:300pt;height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;\
         mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin\" \
         o:allowincell=\"f\" fillcolor=\"#d9a0a0\" stroked=\"f\"><v:fill opacity=\".4\"/>\
         <v:textpath style=\"font-family:&quot;黑体&quot;;font-size:1pt\" string=\"草稿\"/><w10:wrap anchorx=\"margin\" anchory=\"margin\"/>\
         </v:shape></w:pict></w:r></w:p></w:hdr>"
    )
}
