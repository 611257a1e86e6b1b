//! Styles of official documents. Sizes in half points, distances in 1/20 point.

use super::parts::{NAMES, XML};
use crate::markup::Push;

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    face: &'static str,
    half_points: u32,
    paragraph: &'static str,
    run: &'static str,
    next: &'static str,
}

/// The face of tables and notes.
const SONG: &str = "宋体";
/// The face of headings.
const HEI: &str = "黑体";
/// The face of titles.
const TITLE: &str = "方正小标宋简体";
/// The face of running text.
const FANG: &str = "仿宋_GB2312";
/// Exact lines of 28 pt.
const LINE: &str = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"560\" w:lineRule=\"exact\"/>";
const INDENT: &str = "<w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/>";

const STYLES: [Style; 21] = [
    Style {
        id: "Title",
        name: "Title",
        face: TITLE,
        half_points: 44,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"800\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Body",
        name: "Body Text",
        face: FANG,
        half_points: 32,
        paragraph: "LINE+INDENT<w:jc w:val=\"both\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        face: TITLE,
        half_points: 44,
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"0\" w:after=\"240\" w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        face: HEI,
        half_points: 32,
        paragraph: "<w:keepNext/><w:keepLines/>LINE+INDENT<w:outlineLvl w:val=\"1\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        face: "楷体_GB2312",
        half_points: 32,
        paragraph: "<w:keepNext/><w:keepLines/>LINE+INDENT<w:outlineLvl w:val=\"2\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Heading4",
        name: "heading 4",
        face: HEI,
        half_points: 32,
        paragraph: "<w:keepNext/><w:keepLines/>LINE+INDENT<w:outlineLvl w:val=\"3\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "ReportTitle",
        name: "Report Title",
        face: TITLE,
        half_points: 36,
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"200\" w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"2\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "TOCHeading",
        name: "TOC Heading",
        face: TITLE,
        half_points: 44,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"280\" w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "TOC1",
        name: "toc 1",
        face: HEI,
        half_points: 24,
        paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8844\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"CONTENTS\" w:lineRule=\"exact\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "TOC2",
        name: "toc 2",
        face: FANG,
        half_points: 24,
        paragraph: "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8844\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"CONTENTS\" w:lineRule=\"exact\"/><w:ind w:left=\"480\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "TableTitle",
        name: "Table Title",
        face: TITLE,
        half_points: 36,
        paragraph: "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"0\" w:line=\"440\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "SmallTableTitle",
        name: "Small Table Title",
        face: HEI,
        half_points: 28,
        paragraph: "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"0\" w:line=\"440\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "DraftHeading",
        name: "Draft Heading",
        face: HEI,
        half_points: 28,
        paragraph: "<w:keepNext/><w:spacing w:before=\"900\" w:after=\"120\"/>",
        run: "",
        next: "DraftReason",
    },
    Style {
        id: "DraftReason",
        name: "Draft Reason",
        face: FANG,
        half_points: 24,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"80\" w:line=\"360\" w:lineRule=\"exact\"/><w:ind w:left=\"480\" w:hanging=\"480\"/>",
        run: "",
        next: "DraftReason",
    },
    Style {
        id: "TableLine",
        name: "Table Line",
        face: SONG,
        half_points: 21,
        paragraph: "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"320\" w:lineRule=\"exact\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "TableCell",
        name: "Table Cell",
        face: SONG,
        half_points: 21,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"280\" w:lineRule=\"exact\"/>",
        run: "",
        next: "TableCell",
    },
    Style {
        id: "TableCellSmall",
        name: "Table Cell Small",
        face: SONG,
        half_points: 18,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"exact\"/>",
        run: "",
        next: "TableCellSmall",
    },
    Style {
        id: "TableCellSmallest",
        name: "Table Cell Smallest",
        face: SONG,
        half_points: 15,
        paragraph: "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>",
        run: "",
        next: "TableCellSmallest",
    },
    Style {
        id: "TableNote",
        name: "Table Note",
        face: SONG,
        half_points: 18,
        paragraph: "<w:spacing w:before=\"20\" w:after=\"0\" w:line=\"260\" w:lineRule=\"exact\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Caption",
        name: "caption",
        face: HEI,
        half_points: 24,
        paragraph: "<w:spacing w:before=\"60\" w:after=\"160\" w:line=\"400\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Body",
    },
    Style {
        id: "Picture",
        name: "Picture",
        face: SONG,
        half_points: 21,
        paragraph: "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
        run: "",
        next: "Caption",
    },
];

pub(super) fn fonts(face: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"{face}\"/>"
    )
}

/// The styles; the lines of the contents have this height.
pub(super) fn styles(contents_line: u32) -> String {
    let mut out = format!(
        "{XML}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/></w:pPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Header\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/>\
         <w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"24\"/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/>\
         <w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr>{}<w:sz w:val=\"28\"/></w:rPr></w:style>",
        fonts(FANG),
        fonts(SONG),
    );
    for style in &STYLES {
        let paragraph = style
            .paragraph
            .replace("CONTENTS", &contents_line.to_string())
            .replace("LINE+INDENT", &format!("{LINE}{INDENT}"))
            .replace("LINE", LINE);
        out.put(format_args!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:next w:val=\"{}\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{}<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/></w:rPr></w:style>",
            style.id,
            style.name,
            style.next,
            fonts(style.face),
            style.run,
            style.half_points,
            style.half_points,
        ));
    }
    out.push_str("</w:styles>");
    out
}
