//! A file of bounded size, and what its content is. The ending of a name is not trusted.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use juesuan_model::{Place, Problem};

/// Largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// What the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A ZIP archive: XLSX, or another format of that family.
    Zip,
    /// A compound file: XLS, or an encrypted XLSX.
    Compound,
    /// Text, possibly CSV.
    Text,
}

/// Reads a file of at most [`FILE_BYTES_MAX`] bytes.
pub fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, Problem> {
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => fault(name, "没有这个文件；请检查路径"),
        std::io::ErrorKind::PermissionDenied => fault(name, "没有读取权限；请检查文件权限，或关闭正在使用它的程序"),
        _ => fault(name, format!("读不了：{error}")),
    };
    let file = File::open(path).map_err(refused)?;
    let metadata = file.metadata().map_err(refused)?;
    if metadata.is_dir() {
        return Err(fault(name, "是文件夹，不是文件"));
    }
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(refused)?;
    bounded(name, &bytes)?;
    Ok(bytes)
}

/// Refuses content beyond [`FILE_BYTES_MAX`].
pub fn bounded(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(fault(name, format!("超过 {} MB；请拆成几个文件", FILE_BYTES_MAX / 1024 / 1024)));
    }
    Ok(())
}

/// What the content is; a kind of file that holds no cells is named with what to do.
pub fn content(name: &str, bytes: &[u8]) -> Result<Content, Problem> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.is_empty() {
        return Err(fault(name, "是空文件，没有任何内容；请重新导出"));
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(Content::Zip);
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Content::Compound);
    }
    let foreign = [
        (&b"%PDF"[..], "PDF 文件"),
        (b"\x89PNG", "图片"),
        (b"\xFF\xD8\xFF", "图片"),
        (b"GIF8", "图片"),
        (b"BM", "图片"),
        (b"Rar!", "RAR 压缩包"),
        (b"7z\xBC\xAF", "7z 压缩包"),
        (b"\x1F\x8B", "gzip 压缩包"),
        (b"{\\rtf", "RTF 文档"),
        (b"SQLite format 3", "数据库文件"),
        (b"\x00\x01\x00\x00Standard", "Access 数据库"),
    ];
    if let Some((_, kind)) = foreign.iter().find(|(magic, _)| starts(magic))
        && (*kind != "图片" || bytes.iter().take(512).any(|b| *b == 0))
    {
        return Err(fault(name, format!("内容是{kind}，不是表格或文本；请另存为 XLSX 或 CSV")));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if head.starts_with("<?xml") || head.starts_with("<workbook") {
        return Err(fault(name, "内容是 XML，不是表格；请用电子表格软件打开后另存为 XLSX"));
    }
    if head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<table")
        || head.starts_with("<meta")
    {
        return Err(fault(name, "内容是网页（有的系统导出的“xls”其实是网页）；请用电子表格软件打开后另存为 XLSX"));
    }
    Ok(Content::Text)
}

/// A fault of the whole file.
pub fn fault(name: &str, message: impl Into<String>) -> Problem {
    Problem::fatal(Place { file: Some(name.to_owned()), ..Place::default() }, message)
}
