//! A folder's documents as they would be printed now, page by page, anew after each change.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use juesuan_office::preview::Page;
use juesuan_store::FolderId;
use serde::Deserialize;

use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::Opened;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::previews::{self, Printed, Shown};

/// Whose document.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    unit: String,
}

#[derive(Template)]
#[template(path = "make/preview.html")]
struct View {
    frame: Frame,
    head: Head,
    shown: Arc<Shown>,
}

impl View {
    /// The address of a picture: it is another one for a page on which something else is seen.
    fn picture(&self, page: &Page) -> String {
        format!("/make/{}/preview/pages/{:032x}", self.head.id, page.look)
    }

    fn is_of(&self, printed: &Printed, unit: &str) -> bool {
        printed.unit.as_deref() == Some(unit)
    }
}

/// All pages of a document.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let shown = previews::shown(&desk, &opened, &wish.unit).await?;
    let head = Head { id: folder, face: opened.folder.face, tab: Tab::Preview };
    filled(&View { frame: Frame::new(Room::Make, &visitor), head, shown })
}

/// By what the folder is known as it stands, for a page that asks whether it is still right.
pub async fn state(State(desk): State<Arc<Desk>>, Path(folder): Path<i64>) -> Result<String, Fault> {
    Ok(Opened::of(&desk, FolderId(folder)).await?.digest())
}

/// The picture of a page.
pub async fn page(State(desk): State<Arc<Desk>>, Path((_, look)): Path<(i64, String)>) -> Result<Response, Fault> {
    let look = u128::from_str_radix(&look, 16).map_err(|_| Fault::Missing)?;
    let png = previews::picture(&desk, look).await?;
    let headers = [(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "private, max-age=86400, immutable")];
    Ok((headers, Body::from(png)).into_response())
}
