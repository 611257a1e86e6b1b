//! Whether what was published is still what was approved.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, State};
use axum::response::Html;
use juesuan_office::manifest::{Difference, MANIFEST};
use juesuan_office::verify::Verified;
use juesuan_office::{Error, verify as verified};
use juesuan_read::files::Below;
use juesuan_store::Approval;

use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::stored::{Sent, Stored};
use crate::upload::received;
use crate::worker::apart;

#[derive(Template)]
#[template(path = "make/verify.html")]
struct Page {
    frame: Frame,
    approved: Vec<Known>,
    code: String,
    /// What came of it.
    answer: Option<Answer>,
}

/// An output that somebody approved.
struct Known {
    title: String,
    year: Option<u16>,
    number: u32,
    fingerprint: String,
    approval: Approval,
}

/// What is told of an output that was looked at.
enum Answer {
    Looked(Box<Verified>),
    /// Nothing there says what it consisted of.
    NoManifest,
    /// It cannot be verified, in words.
    Refused(String),
}

impl Page {
    async fn new(desk: &Desk, visitor: &Visitor) -> Result<Page, Fault> {
        let mut approved = Vec::new();
        for folder in desk.store.folders().await?.into_iter().filter(|folder| folder.removed.is_none()) {
            for line in desk.store.issues(folder.id).await? {
                let Some(approval) = line.approval else { continue };
                let (title, year) = (folder.face.title.clone(), folder.face.year);
                approved.push(Known { title, year, number: line.number, fingerprint: line.fingerprint, approval });
            }
        }
        Ok(Page { frame: Frame::new(Room::Make, visitor), approved, code: String::new(), answer: None })
    }

    /// The approved output of this code.
    fn known(&self, code: &str) -> Option<&Known> {
        self.approved.iter().find(|known| known.fingerprint == code)
    }
}

/// The page.
pub async fn form(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    filled(&Page::new(&desk, &visitor).await?)
}

/// Looks at what was published.
pub async fn verify(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Multipart,
) -> Result<Html<String>, Fault> {
    let received = received(&desk, &visitor, form).await?;
    if received.trees.is_empty() {
        return Err(Fault::Refused(Refusal::Nothing));
    }
    let said = |name: &str| received.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let code = if said("code").is_empty() { said("known") } else { said("code") };
    let (own, typed) = (Arc::clone(&desk), code.clone());
    let answer = apart(move || looked_at(&own, &received.trees, &typed)).await??;
    filled(&Page { code, answer: Some(answer), ..Page::new(&desk, &visitor).await? })
}

fn looked_at(desk: &Desk, trees: &[Sent], code: &str) -> Result<Answer, Fault> {
    let Some((tree, folder)) = trees.iter().find_map(|tree| Some((tree, output(tree)?))) else {
        return Ok(Answer::NoManifest);
    };
    let stored = Stored::new(tree, desk.store.contents());
    let below = Below::new(&stored, folder);
    match verified(&below, Some(code).filter(|code| !code.is_empty())) {
        Ok(verified) => Ok(Answer::Looked(Box::new(verified))),
        Err(Error::NoManifest(_)) => Ok(Answer::NoManifest),
        Err(error @ (Error::NotACode(_) | Error::ManifestChanged(_))) => Ok(Answer::Refused(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// The outermost folder of a tree in which a manifest lies.
fn output(tree: &Sent) -> Option<&str> {
    let folder = |path: &'_ String| match path.rsplit_once('/') {
        Some((folder, MANIFEST)) => Some(folder.len()),
        None if path == MANIFEST => Some(0),
        _ => None,
    };
    let manifests = tree.files.keys().filter_map(|path| Some((path, folder(path)?)));
    let (path, length) = manifests.min_by_key(|(path, length)| (path.matches('/').count(), *length))?;
    path.get(..length)
}

#[cfg(test)]
mod tests {
    use juesuan_store::Digest;

    use super::*;

    fn tree(paths: &[&str]) -> Sent {
        let files = paths.iter().map(|path| ((*path).to_owned(), Digest::of(b"x")));
        Sent { name: "公开.zip".to_owned(), files: files.collect() }
    }

    #[test]
    fn the_output_is_where_the_outermost_manifest_lies() {
        assert_eq!(output(&tree(&["manifest.json", "a.pdf"])), Some(""));
        assert_eq!(output(&tree(&["决算/manifest.json", "决算/site/manifest.json"])), Some("决算"));
        assert_eq!(output(&tree(&["决算/a.pdf", "notmanifest.json"])), None);
    }
}
