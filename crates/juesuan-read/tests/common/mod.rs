//! Fixtures made by hand, and views of what was read.
#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot build its fixture has failed")]

use std::io::{Cursor, Write};

use juesuan_read::{Grid, PageLine, Pages, Piece};
use zip::write::SimpleFileOptions;

pub const CONTENT_TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";

/// A ZIP archive of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        archive.start_file(*path, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word document with this content of its body, and further parts.
pub fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
         <w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut all: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("word/document.xml", document.as_bytes())];
    all.extend(parts.iter().map(|(path, text)| (*path, text.as_bytes())));
    zip(&all)
}

/// A Word document with this content of its body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub fn lines(pages: &Pages) -> Vec<&PageLine> {
    let all = pages.pieces.iter();
    all.filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None }).collect()
}

pub fn texts(pages: &Pages) -> Vec<&str> {
    lines(pages).into_iter().map(|line| line.text.as_str()).collect()
}

pub fn grids(pages: &Pages) -> Vec<&Grid> {
    let all = pages.pieces.iter();
    all.filter_map(|piece| if let Piece::Grid(grid) = piece { Some(grid) } else { None }).collect()
}

/// Each row as people see it: merged cells show their content in every place.
pub fn seen(grid: &Grid) -> Vec<Vec<&str>> {
    (0..grid.rows.len()).map(|row| (0..grid.width()).map(|column| grid.seen(row, column).as_str()).collect()).collect()
}

/// Lines and tables in order, tables as `[width]`.
pub fn order(pages: &Pages) -> Vec<String> {
    let told = |piece: &Piece| match piece {
        Piece::Line(line) => line.text.clone(),
        Piece::Grid(grid) => format!("[{}]", grid.width()),
        Piece::Picture(_) => "<picture>".to_owned(),
    };
    pages.pieces.iter().map(told).collect()
}
