//! The document as DOCX: real headings, tables and contents field, A4, in the style of official documents
//! (GB/T 9704: 小标宋 title, 黑体 and 楷体 headings, 仿宋 body of 三号, 28 pt lines).

mod blocks;
pub(crate) mod contents;
mod layout;
mod notice;
mod pages;
pub(crate) mod parts;
pub(crate) mod picture;
pub(crate) mod section;
mod styles;
pub(crate) mod table;
pub(crate) mod text;
mod upright;

use std::io::{Cursor, Write as _};

use juesuan_catalog::Catalog;
use juesuan_model::Package;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::container::MADE_BY;
use crate::error::Error;
use crate::fonts::FontSource;
use section::{Footer, Numbers};

pub use upright::upright;

/// Writes the document. Charts stand in it as pictures drawn with `fonts`; where these cannot draw a chart, its data
/// stand there as a table, with a line that says so in the words of the catalogue.
pub fn docx(package: &Package, fonts: &FontSource, catalog: &Catalog) -> Result<Vec<u8>, Error> {
    let content = blocks::content(package, fonts, &catalog.recognition);
    pack(Content {
        title: package.document.title.join(" "),
        author: package.entity.name.clone(),
        document: content.document,
        header: section::header(!package.document.draft_reasons.is_empty()),
        pictures: content.pictures,
        contents_line: contents::line(&package.document),
        numbers: if package.document.notice.is_some() { Numbers::Outer } else { Numbers::Middle },
    })
}

/// What differs between two documents of this style.
pub(crate) struct Content {
    /// Title of the file.
    pub(crate) title: String,
    /// Author of the file.
    pub(crate) author: String,
    /// The main part.
    pub(crate) document: String,
    /// The header of its pages.
    pub(crate) header: String,
    /// PNG files, in the order of their relations.
    pub(crate) pictures: Vec<Vec<u8>>,
    /// Height of a line of its contents, 1/20 point.
    pub(crate) contents_line: u32,
    /// Where its page numbers stand.
    pub(crate) numbers: Numbers,
}

/// The container with all its parts.
pub(crate) fn pack(content: Content) -> Result<Vec<u8>, Error> {
    let outer = content.numbers == Numbers::Outer;
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), parts::content_types(content.numbers).into()),
        ("_rels/.rels".into(), parts::PACKAGE_RELATIONS.into()),
        ("docProps/app.xml".into(), parts::APP.into()),
        ("docProps/core.xml".into(), parts::core(&content.title, &content.author).into()),
        (
            "word/_rels/document.xml.rels".into(),
            parts::document_relations(content.pictures.len(), content.numbers).into(),
        ),
        ("word/document.xml".into(), content.document.into()),
        ("word/fontTable.xml".into(), parts::font_table().into()),
        ("word/footer1.xml".into(), section::footer(if outer { Footer::Odd } else { Footer::Middle }).into()),
        ("word/header1.xml".into(), content.header.into()),
        ("word/settings.xml".into(), parts::settings(content.numbers).into()),
        ("word/styles.xml".into(), styles::styles(content.contents_line).into()),
    ];
    if outer {
        files.push(("word/footer2.xml".into(), section::footer(Footer::Even).into()));
    }
    // A PNG is compressed in itself.
    let pictures =
        content.pictures.into_iter().enumerate().map(|(i, png)| (format!("word/media/chart{}.png", i + 1), png));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // The same time in every file: the same package gives the same bytes.
        .last_modified_time(DateTime::default())
        .system(MADE_BY);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = options.compression_method(CompressionMethod::Stored);
    let texts = files.into_iter().map(|(name, bytes)| (name, bytes, options));
    for (name, bytes, options) in texts.chain(pictures.map(|(name, bytes)| (name, bytes, stored))) {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
