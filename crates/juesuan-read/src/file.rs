//! A file of bounded size, and what its content is. The ending of a name is not trusted.

use std::io::Read;
use std::path::Path;

use juesuan_model::{Place, Problem};
use juesuan_text::{part, part_of_text, system_fault};

use crate::archive::{Archive, ambiguous};
use crate::budget::FILE_BYTES_MAX;
use crate::compound::{self, Compound};
use crate::files::{Disk, FileKind, Files};
use crate::xml::{self, Token, Xml};

/// What the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A PDF document.
    Pdf,
    /// An OFD document.
    Ofd,
    /// A Word document since 2007.
    Docx,
    /// A workbook since 2007.
    Xlsx,
    /// A workbook of Excel 97–2003.
    Xls,
    /// A web page, whatever its ending says.
    Html,
    /// Text, possibly CSV.
    Text,
    /// A ZIP archive that is no document itself.
    Archive,
    /// Something that is not read; the word for it.
    Foreign(&'static str),
}

/// What is said where reading fails for a reason that the system or a library gives.
pub fn unreadable(error: &std::io::Error) -> String {
    format!("读不了：{}", system_fault(error))
}

/// Reads a file of at most [`FILE_BYTES_MAX`] bytes from a tree; problems carry `name`.
pub fn bytes_of(files: &dyn Files, path: &str, name: &str) -> Result<Vec<u8>, Problem> {
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => fault(name, "没有这个文件；请检查路径"),
        std::io::ErrorKind::PermissionDenied => fault(name, "没有读取权限；请检查文件权限，或关闭正在使用它的程序"),
        _ => fault(name, unreadable(&error)),
    };
    match files.kind(path) {
        Some(FileKind::Folder) => return Err(fault(name, "是文件夹，不是文件")),
        // To open a pipe would wait for whoever writes into it.
        Some(FileKind::Other) => return Err(fault(name, "不是普通文件；请先复制成文件")),
        Some(FileKind::File) | None => {}
    }
    let file = files.open(path).map_err(refused)?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(refused)?;
    bounded(name, &bytes)?;
    Ok(bytes)
}

/// As [`bytes_of`], of a file on a disk.
pub fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, Problem> {
    bytes_of(&Disk::new(path), "", name)
}

/// Refuses content beyond [`FILE_BYTES_MAX`].
pub fn bounded(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    bounded_to(FILE_BYTES_MAX, name, bytes)
}

/// Refuses content beyond so many bytes.
pub(crate) fn bounded_to(bytes_max: u64, name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() as u64 > bytes_max {
        return Err(fault(name, format!("超过 {} MB；请拆成几个文件", bytes_max / 1024 / 1024)));
    }
    Ok(())
}

/// First bytes of files that hold no document in a form that is read.
const FOREIGN: [(&[u8], &str); 16] = [
    (b"\x89PNG", PICTURE),
    (b"\xFF\xD8\xFF", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xBC\xAF", "7z 压缩包"),
    (b"\x1F\x8B", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x00\x01\x00\x00Standard", "Access 数据库"),
    (b"MZ", PROGRAM),
    (b"\x7FELF", PROGRAM),
    (b"%!PS", "PostScript 文件"),
    (b"RIFF", MEDIA),
];

/// Parts that only office documents have: where one stands without the list of parts, a document was damaged.
const OFFICE_MAIN_PARTS: [&str; 3] = ["xl/workbook.xml", "word/document.xml", "ppt/presentation.xml"];

/// What is said of a file that cannot be opened.
pub(crate) const BROKEN: &str = "文件损坏或不完整，打不开；请重新下载，或用原来的软件打开后另存";
/// What is said of a file with a password.
pub(crate) const LOCKED: &str = "文件加了密码；请去掉密码后另存";
/// What is said of a document with nothing in it.
pub(crate) const EMPTY: &str = "没有任何内容；请检查是否存错了文件";
/// What a picture is called.
pub const PICTURE: &str = "图片";
/// What a program is called.
pub(crate) const PROGRAM: &str = "程序";
/// What sound and films are called.
pub(crate) const MEDIA: &str = "多媒体文件";
/// What slides are called.
const SLIDES: &str = "演示文稿";

/// What the content is. Nothing, a broken archive and a locked file are problems.
pub fn content(name: &str, bytes: &[u8]) -> Result<Content, Problem> {
    if bytes.is_empty() {
        return Err(fault(name, "是空文件，没有任何内容；请重新导出"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(name, bytes);
    }
    if bytes.starts_with(compound::MAGIC) {
        return compound(name, bytes);
    }
    // Some servers put bytes before the mark of a PDF; readers look for it in the first 1024.
    if part(bytes, ..1024).windows(5).any(|window| window == b"%PDF-") {
        return Ok(Content::Pdf);
    }
    let binary = bytes.iter().take(512).any(|b| *b == 0);
    if bytes.starts_with(b"RIFF") && part(bytes, 8..12) == b"WEBP" {
        return Ok(Content::Foreign(PICTURE));
    }
    let foreign = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, kind)) = foreign.filter(|(_, kind)| binary || !matches!(*kind, PICTURE | PROGRAM | MEDIA)) {
        return Ok(Content::Foreign(kind));
    }
    Ok(marked_up(bytes))
}

/// The list of parts with which a document of an office program begins.
const PARTS: &str = "[Content_Types].xml";

/// Whether a part is an element that begins and ends.
fn is_xml(bytes: &[u8]) -> bool {
    let text = xml::decode(bytes);
    let mut xml = Xml::new(&text);
    let mut elements = 0_usize;
    loop {
        match xml.read() {
            Ok(Token::End) => return elements > 0,
            Ok(Token::Open(_) | Token::Empty(_)) => elements += 1,
            Ok(Token::Close | Token::Text(_)) => {}
            Err(_) => return false,
        }
    }
}

fn zip(name: &str, bytes: &[u8]) -> Result<Content, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let parts: [(&str, Content); 7] = [
        ("xl/", Content::Xlsx),
        ("word/", Content::Docx),
        ("ppt/", Content::Foreign(SLIDES)),
        ("ofd.xml", Content::Ofd),
        ("content.xml", Content::Foreign("OpenDocument 文件")),
        ("META-INF/container.xml", Content::Foreign("电子书")),
        ("", Content::Archive),
    ];
    // A document begins with its list of parts; an archive of documents may have a folder of any name.
    let office = archive.has(PARTS);
    if office && !archive.part(PARTS)?.is_some_and(|list| is_xml(&list)) {
        return Err(fault(name, BROKEN));
    }
    if let Some(part) = OFFICE_MAIN_PARTS.into_iter().find(|part| !office && archive.has(part)) {
        return Err(fault(name, format!("有 {part} 而缺少 {PARTS}，文件不完整；请用原来的软件打开后另存")));
    }
    if let Some(part) = archive.twice().first().filter(|_| office) {
        return Err(ambiguous(name, part));
    }
    let found = parts.into_iter().find(|(start, content)| {
        let needs_list = matches!(content, Content::Xlsx | Content::Docx | Content::Foreign(SLIDES));
        (office || !needs_list) && archive.has(start)
    });
    Ok(found.map_or(Content::Archive, |(_, content)| content))
}

fn compound(name: &str, bytes: &[u8]) -> Result<Content, Problem> {
    let has = |text: &str| {
        let needle: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &needle).is_some()
    };
    let file = Compound::open(bytes);
    let names = file.as_ref().map(Compound::names).unwrap_or_default();
    let under_root = |text: &str| names.iter().any(|name| name.eq_ignore_ascii_case(text));
    // Without a sound directory the names are looked for anywhere.
    let is = |text: &str| if names.is_empty() { has(text) } else { under_root(text) };
    if is("EncryptedPackage") {
        return Err(fault(name, LOCKED));
    }
    if is("Workbook") || is("Book") {
        return Ok(Content::Xls);
    }
    if is("WordDocument") {
        return Ok(Content::Foreign("Word 97–2003 或 WPS 文档"));
    }
    if is("PowerPoint Document") {
        return Ok(Content::Foreign(SLIDES));
    }
    if names.is_empty() {
        return Err(fault(name, BROKEN));
    }
    Ok(Content::Foreign("其他办公软件的文件"))
}

/// Tags with which the parts of web pages begin.
const FRAGMENTS: [&str; 16] = [
    "<meta", "<div", "<p", "<span", "<style", "<script", "<h1", "<h2", "<h3", "<font", "<ol", "<ul", "<center", "<tr",
    "<td", "<section",
];

/// A web page begins with a tag; a page that an office program exports begins with its declaration.
fn marked_up(bytes: &[u8]) -> Content {
    let head = part(bytes, ..4096);
    // Wide letters: every second byte of markup is zero.
    let head: Vec<u8> = head.iter().copied().filter(|b| *b != 0).collect();
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let begin = head.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    let tag = |name: &str| {
        head.match_indices(name)
            .any(|(at, _)| part_of_text(&head, at + name.len()..).starts_with([' ', '>', '\r', '\n', '\t']))
    };
    if begin.starts_with("<!doctype html")
        || begin.starts_with('<') && ["<html", "<table", "<body", "<head"].iter().any(|name| tag(name))
    {
        return Content::Html;
    }
    if begin.starts_with("<?xml") || begin.starts_with("<workbook") {
        return Content::Foreign("XML");
    }
    if FRAGMENTS.iter().any(|name| begin.starts_with(name) && tag(name)) {
        return Content::Html;
    }
    if begin.starts_with("mime-version:") {
        return Content::Foreign("MHT 网页档案");
    }
    Content::Text
}

/// A fault of the whole file.
pub fn fault(name: &str, message: impl Into<String>) -> Problem {
    Problem::fatal(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}
