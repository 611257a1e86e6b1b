//! Files of an output: one by one, all as an archive, and the page to look at.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use juesuan_store::{FolderId, Issue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zip::write::SimpleFileOptions;
use zip::{System, ZipWriter};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::worker::apart;

/// What a page of an output may do that is looked at: be seen. No script runs, nothing is sent, nothing is loaded from elsewhere.
const LOOKED_AT: &str = "sandbox allow-same-origin allow-downloads; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                         frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// A file to be saved, never shown.
pub fn attached(name: &str, bytes: Vec<u8>) -> Response {
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let ending = name.rsplit_once('.').map_or("bin", |(_, ending)| ending);
    let plain: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    let disposition = format!("attachment; filename=\"file.{plain}\"; filename*=UTF-8''{encoded}");
    ([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The output of this number in its folder.
pub async fn issue(desk: &Desk, folder: i64, number: u32) -> Result<Issue, Fault> {
    let issues = desk.store.issues(FolderId(folder)).await?;
    let line = issues.into_iter().find(|issue| issue.number == number).ok_or(Fault::Missing)?;
    Ok(desk.store.issue(line.id).await?)
}

async fn content(desk: Arc<Desk>, folder: i64, number: u32, path: &str) -> Result<Vec<u8>, Fault> {
    let digest = issue(&desk, folder, number).await?.files.remove(path).ok_or(Fault::Missing)?;
    Ok(apart(move || desk.store.contents().read(&digest)).await??)
}

/// One file.
pub async fn file(
    State(desk): State<Arc<Desk>>,
    Path((folder, number, path)): Path<(i64, u32, String)>,
) -> Result<Response, Fault> {
    let bytes = content(desk, folder, number, &path).await?;
    Ok(attached(path.rsplit('/').next().unwrap_or_default(), bytes))
}

/// One file of a page, as a browser shows it.
pub async fn look(
    State(desk): State<Arc<Desk>>,
    Path((folder, number, path)): Path<(i64, u32, String)>,
) -> Result<Response, Fault> {
    let Some(kind) = shown_as(&path) else {
        return file(State(desk), Path((folder, number, path))).await;
    };
    let bytes = content(desk, folder, number, &path).await?;
    let headers: [(HeaderName, &str); 2] = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, LOOKED_AT)];
    Ok((headers, bytes).into_response())
}

/// What a browser shows a file as; `None` for what is only saved.
fn shown_as(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "html" => Some("text/html; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

/// All files as an archive, ready to be laid on a web site.
pub async fn zip(State(desk): State<Arc<Desk>>, Path((folder, number)): Path<(i64, u32)>) -> Result<Response, Fault> {
    let Issue { line, files } = issue(&desk, folder, number).await?;
    let title = desk.store.folder(line.folder).await?.face.title;
    let code = line.fingerprint.split(' ').next().unwrap_or_default().to_owned();
    let bytes = apart(move || {
        let contents = desk.store.contents();
        archive(files.iter().map(|(path, digest)| Ok((path.as_str(), contents.read(digest)?))))
    })
    .await??;
    Ok(attached(&format!("{title}-{code}.zip"), bytes))
}

/// Files by path as an archive: the same bytes for the same files.
pub fn archive<'p>(files: impl Iterator<Item = Result<(&'p str, Vec<u8>), Fault>>) -> Result<Vec<u8>, Fault> {
    let machine = |error: zip::result::ZipError| Fault::Machine(std::io::Error::other(error));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        let (path, bytes) = file?;
        let options = SimpleFileOptions::default().system(System::Unix);
        zip.start_file(path, options).map_err(machine)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish().map_err(machine)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_letters_is_kept_and_none_of_them_steers_the_header() {
        let answer = attached("决算\"\r\nx: y.xlsx", Vec::new());
        let said = answer.headers()[CONTENT_DISPOSITION].to_str().unwrap();
        assert!(said.starts_with("attachment; filename=\"file.xlsx\"") && !said.contains('\n'), "{said}");
        assert_eq!(attached("无", Vec::new()).headers()[CONTENT_TYPE], "application/octet-stream");
    }

    #[test]
    fn only_what_a_page_consists_of_is_shown() {
        assert_eq!(shown_as("site/index.html"), Some("text/html; charset=utf-8"));
        for saved in ["package.json", "决算.pdf", "site/tables/a.csv", "a", "a.js"] {
            assert_eq!(shown_as(saved), None, "{saved}");
        }
    }
}
