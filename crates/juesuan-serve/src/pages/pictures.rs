//! A page of a document as a picture.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use juesuan_store::DocumentId;

use crate::desk::Desk;
use crate::fault::Fault;
use crate::pictures::Means;
use crate::versions;

/// A page as a PNG.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path((document, number, page)): Path<(i64, u32, u32)>,
) -> Result<Response, Fault> {
    let version = versions::numbered(&desk, DocumentId(document), number).await?;
    let means = Means { contents: desk.store.contents().clone(), interpreter: Arc::clone(&desk.means.interpreter) };
    let path = desk.pictures.page(means, &version.content, page).await?;
    let bytes = tokio::fs::read(&path).await.map_err(|_| Fault::Missing)?;
    // The pages of a version never change.
    let headers = [(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "private, max-age=86400, immutable")];
    Ok((headers, Body::from(bytes)).into_response())
}
