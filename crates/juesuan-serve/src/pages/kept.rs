//! What is kept at this desk: who sits at it, where it lies, whether it is whole, what was done, and a copy of all of it.
//!
//! - [`desk`] the page of the desk; [`log`] what was done; [`backup`] the copy; [`sessions`] who is let in

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::desk::Desk;

mod backup;
mod desk;
mod log;
mod sessions;

/// The addresses of these pages.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/desk", get(desk::show))
        .route("/desk/person", post(desk::name))
        .route("/desk/sessions", get(sessions::show))
        .route("/desk/sessions/end", post(sessions::end))
        .route("/desk/sessions/others", post(sessions::end_others))
        .route("/desk/log", get(log::show))
        .route("/desk/backup", post(backup::save))
}
