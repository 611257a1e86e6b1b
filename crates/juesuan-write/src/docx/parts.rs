//! The parts of a DOCX that hardly change.

use super::section::Numbers;
use crate::markup::{Push, escape};

/// First line of every part.
pub(crate) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Name spaces of the parts with text.
pub(crate) const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:w10=\"urn:schemas-microsoft-com:office:word\"";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
    </Relationships>";

pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>juesuan</Application></Properties>";

pub(super) fn settings(numbers: Numbers) -> String {
    let sides = if numbers == Numbers::Outer { "<w:evenAndOddHeaders/>" } else { "" };
    format!(
        "{XML}<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>{sides}<w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

pub(super) fn content_types(numbers: Numbers) -> String {
    let mut out = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("fontTable", "fontTable"),
        ("footer1", "footer"),
        ("header1", "header"),
        ("settings", "settings"),
        ("styles", "styles"),
    ]
    .into_iter()
    .chain((numbers == Numbers::Outer).then_some(("footer2", "footer")))
    {
        out.put(format_args!(
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        ));
    }
    out.push_str("</Types>");
    out
}

/// Relation ids: `rId1` styles, `rId2` settings, `rId3` fonts, `rId4` header, `rId5` footer, `rId6` that of even pages, `rIdChart1` …
/// pictures.
pub(super) fn document_relations(pictures: usize, numbers: Numbers) -> String {
    let mut out =
        format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let fixed = [
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("header", "header1"),
        ("footer", "footer1"),
    ];
    let even = (numbers == Numbers::Outer).then_some(("footer", "footer2"));
    for (i, (kind, part)) in fixed.into_iter().chain(even).enumerate() {
        out.put(format_args!("<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/{kind}\" Target=\"{part}.xml\"/>", i + 1));
    }
    for i in 1..=pictures {
        out.put(format_args!(
            "<Relationship Id=\"rIdChart{i}\" Type=\"{RELATIONS}/image\" Target=\"media/chart{i}.png\"/>"
        ));
    }
    out.push_str("</Relationships>");
    out
}

/// Title and author; the dates are constant, so that the bytes are.
pub(super) fn core(title: &str, author: &str) -> String {
    let (title, author) = (escape(title), escape(author));
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:modified>\
         <dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
}

/// Office faces, and the free faces to take where an office face is missing.
pub(super) fn font_table() -> String {
    let faces = [
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S,FandolSong,Noto Serif CJK SC,Source Han Serif SC", "auto"),
        ("仿宋_GB2312", "FangSong,仿宋,FandolFang,Noto Serif CJK SC", "modern"),
        ("楷体_GB2312", "KaiTi,楷体,FandolKai,LXGW WenKai,霞鹜文楷", "modern"),
        ("黑体", "SimHei,FandolHei,Noto Sans CJK SC,Source Han Sans SC", "modern"),
        ("宋体", "SimSun,FandolSong,Noto Serif CJK SC", "auto"),
    ];
    let mut out = format!("{XML}<w:fonts {NAMES}>");
    for (name, others, family) in faces {
        out.put(format_args!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/></w:font>"
        ));
    }
    out.push_str(
        "<w:font w:name=\"Times New Roman\"><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/></w:font></w:fonts>",
    );
    out
}
