//! The departments whose performance can be evaluated, and their files.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use juesuan_store::{Folder, FolderId};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::stored::Sent;

#[derive(Template)]
#[template(path = "evaluate/list.html")]
struct Page {
    frame: Frame,
    folders: Vec<Folder>,
}

/// The list of departments.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    let mut folders = desk.store.folders().await?;
    folders.retain(|folder| folder.removed.is_none());
    filled(&Page { frame: Frame::new(Room::Evaluate, &visitor), folders })
}

/// A department's name and its files.
pub async fn opened(desk: &Desk, id: i64) -> Result<(String, Sent), Fault> {
    let folder = desk.store.folder(FolderId(id)).await?;
    if folder.removed.is_some() {
        return Err(Fault::Missing);
    }
    let entries = desk.store.entries(folder.id).await?.into_iter();
    let face = folder.face;
    let name = if face.body.is_empty() { face.title } else { face.body };
    let files = entries.map(|entry| (entry.path, entry.content)).collect();
    Ok((name.clone(), Sent { name, files }))
}
