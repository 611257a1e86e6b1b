//! Making accounts: folders, what they lack, their files, what is made of them.
//!
//! - `list` all folders; `begin` a new one
//! - `lacks` what a folder lacks, and answers to it
//! - `sheets` its input tables, typed in; `sheet` one of them as a form, `judged` what is wrong in it while it is typed, `weighed` what hangs
//!   on it in the whole folder, `changes` of it and back to an earlier state
//! - `files` its files; `arrive` files that are sent; `columns` what was recognised of the columns of one, as it is `shown`
//! - `preview` its documents as they would be printed now
//! - `outputs` what was made of it; `saved` their files
//! - `verify` whether what was published is what was approved

mod arrive;
mod begin;
mod changes;
mod columns;
mod files;
mod judged;
mod lacks;
mod list;
mod outputs;
mod preview;
pub mod saved;
mod sheet;
mod sheets;
mod shown;
mod verify;
mod weighed;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use juesuan_store::FolderFace;

use crate::desk::Desk;
use crate::upload;

/// The addresses of this part.
pub fn routes() -> Router<Arc<Desk>> {
    let large = || DefaultBodyLimit::max(upload::BYTES_MAX);
    Router::new()
        .route("/make", get(list::list))
        .route("/make/new", get(begin::form).post(begin::begin).layer(large()))
        .route("/make/verify", get(verify::form).post(verify::verify).layer(large()))
        .route("/make/{folder}", get(lacks::show))
        .route("/make/{folder}/answers", post(lacks::answer).layer(DefaultBodyLimit::max(lacks::BYTES_MAX)))
        .route("/make/{folder}/list.xlsx", get(lacks::workbook))
        .route("/make/{folder}/entry.xlsx", get(files::entry))
        .route("/make/{folder}/undo", post(files::undo))
        .route("/make/{folder}/redo", post(files::redo))
        .route("/make/{folder}/files", get(files::show).post(arrive::arrive).layer(large()))
        .route("/make/{folder}/files/{*path}", get(files::file))
        .route("/make/{folder}/sheets", get(sheets::list))
        .route(
            "/make/{folder}/sheets/{key}",
            get(sheets::show).post(sheets::save).layer(DefaultBodyLimit::max(sheets::BYTES_MAX)),
        )
        .route(
            "/make/{folder}/sheets/{key}/judged",
            post(judged::judged).layer(DefaultBodyLimit::max(sheets::BYTES_MAX)),
        )
        .route(
            "/make/{folder}/sheets/{key}/weighed",
            post(weighed::weighed).layer(DefaultBodyLimit::max(sheets::BYTES_MAX)),
        )
        .route("/make/{folder}/sheets/{key}/versions", get(changes::versions))
        .route("/make/{folder}/sheets/{key}/back", post(changes::back))
        .route("/make/{folder}/columns", get(columns::show).post(columns::choose))
        .route("/make/{folder}/discard", post(files::discard))
        .route("/make/{folder}/remove", post(list::remove))
        .route("/make/{folder}/restore", post(list::restore))
        .route("/make/{folder}/preview", get(preview::show))
        .route("/make/{folder}/preview/state", get(preview::state))
        .route("/make/{folder}/preview/pages/{look}", get(preview::page))
        .route("/make/{folder}/outputs", get(outputs::list).post(outputs::order))
        .route("/make/{folder}/outputs/{number}", get(outputs::show))
        .route("/make/{folder}/outputs/{number}/approve", post(outputs::approve))
        .route("/make/{folder}/outputs/{number}/zip", get(saved::zip))
        .route("/make/{folder}/outputs/{number}/files/{*path}", get(saved::file))
        .route("/make/{folder}/outputs/{number}/look/{*path}", get(saved::look))
        .route("/make/jobs/{job}", get(outputs::job))
        .route("/make/jobs/{job}/progress", get(outputs::progress))
}

/// The pages of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Lacks,
    Sheets,
    Files,
    Preview,
    Outputs,
}

/// What stands above every page of a folder.
struct Head {
    id: i64,
    face: FolderFace,
    tab: Tab,
}
