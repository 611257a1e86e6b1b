//! All folders.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use juesuan_store::{Folder, FolderId, IssueLine};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::{Brief, Opened};
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::posted::{Nothing, Posted};

#[derive(Template)]
#[template(path = "make/list.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    removed: Vec<Folder>,
}

/// A folder in the list.
struct Row {
    folder: Folder,
    /// Name of its variant.
    variant: String,
    files: usize,
    brief: Option<Brief>,
    newest: Option<IssueLine>,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }
}

/// The page.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    let (mut rows, mut removed) = (Vec::new(), Vec::new());
    for folder in desk.store.folders().await? {
        if folder.removed.is_some() {
            removed.push(folder);
            continue;
        }
        let opened = Opened::of(&desk, folder.id).await?;
        rows.push(Row {
            variant: variant_name(&desk, &folder),
            files: opened.entries.len(),
            brief: desk.standings.brief(&opened),
            newest: desk.store.issues(folder.id).await?.into_iter().next(),
            folder,
        });
    }
    filled(&Page { frame: Frame::new(Room::Make, &visitor), rows, removed })
}

/// What people call the variant of a folder.
fn variant_name(desk: &Desk, folder: &Folder) -> String {
    let variant = desk.catalog.variant(&folder.face.variant, folder.face.year.unwrap_or_default());
    variant.map(|variant| variant.name.clone()).unwrap_or_default()
}

/// Takes a folder off the list; nothing is deleted.
pub async fn remove(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.remove_folder(&desk.stamp().await?, FolderId(folder)).await?;
    Ok(Redirect::to("/make"))
}

/// Puts it back.
pub async fn restore(
    State(desk): State<Arc<Desk>>,
    Path(folder): Path<i64>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.restore_folder(&desk.stamp().await?, FolderId(folder)).await?;
    Ok(Redirect::to(&format!("/make/{folder}")))
}
