//! The addresses of the window.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{ENTRANCE, guard};
use crate::pages::{
    answers, assets, documents, entrance, evaluate, jobs, kept, look, make, pictures, readings, reports, saved, uploads,
};
use crate::upload;

/// Everything that can be asked.
pub fn routes(desk: Arc<Desk>) -> Router {
    let own = Arc::clone(&desk);
    Router::new()
        .route(ENTRANCE, get(entrance::enter))
        .route("/assets/{name}", get(assets::asset))
        .route("/", get(documents::list))
        .route("/upload", post(uploads::check).layer(DefaultBodyLimit::max(upload::BYTES_MAX)))
        .route("/together", post(uploads::together))
        .route("/jobs/{job}", get(jobs::show))
        .route("/jobs/{job}/progress", get(jobs::progress))
        .route("/jobs/{job}/cancel", post(jobs::cancel))
        .route("/jobs/{job}/again", post(jobs::again))
        .route("/documents/{document}", get(reports::newest))
        .route("/documents/{document}/{number}", get(reports::show))
        .route("/documents/{document}/{number}/pages/{page}", get(pictures::page))
        .route("/documents/{document}/{number}/saved/{form}", get(saved::save))
        .route("/documents/{document}/{number}/readings", get(readings::show))
        .route("/documents/{document}/readings", post(readings::correct))
        .route("/documents/{document}/readings.toml", get(readings::file))
        .route("/documents/{document}/answers", post(answers::answer))
        .route("/documents/{document}/waivers.toml", get(answers::waivers))
        .route("/documents/{document}/remove", post(documents::remove))
        .route("/documents/{document}/restore", post(documents::restore))
        .route("/quit", post(entrance::quit))
        .merge(make::routes())
        .merge(evaluate::routes())
        .merge(look::routes())
        .merge(kept::routes())
        .fallback(|| async { Fault::Missing })
        .layer(from_fn_with_state(own, guard))
        .with_state(desk)
}
