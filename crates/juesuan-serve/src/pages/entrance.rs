//! Getting in with the address that the program opened, and the end of the program.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{COOKIE_NAME, SESSION_MS, Visitor, ends};
use crate::page::filled;
use crate::posted::{Nothing, Posted};
use crate::{door, token};

/// The secret of the address.
#[derive(Deserialize)]
pub struct Door {
    #[serde(default)]
    token: String,
}

/// Opens a session, once for each address. Whoever is in already is shown the window, whatever the address says: two starts within a second open
/// the same one twice.
pub async fn enter(
    State(desk): State<Arc<Desk>>,
    visitor: Option<Extension<Visitor>>,
    Query(door): Query<Door>,
) -> Result<Response, Fault> {
    let secret = || token::secret().map_err(|_| Fault::Broken);
    let next = secret()?;
    if !desk.enter(&door.token, next.clone()) {
        return visitor.map(|_| Redirect::to("/").into_response()).ok_or(Fault::Stranger);
    }
    // The next window gets in with the next secret.
    door::keep(&desk.folder, &door::address(desk.port, &next))?;
    let (session, csrf, stamp) = (secret()?, secret()?, desk.stamp().await?);
    desk.store.open_session(&stamp, &token::digest(&session), &csrf, ends(stamp.at, stamp.at)).await?;
    let age = SESSION_MS / 1_000;
    let cookie = format!("{COOKIE_NAME}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}");
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/")).into_response())
}

#[derive(Template)]
#[template(path = "ended.html")]
struct Ended;

/// Ends the program.
pub async fn quit(State(desk): State<Arc<Desk>>, _: Posted<Nothing>) -> Result<Html<String>, Fault> {
    desk.end.notify_one();
    filled(&Ended)
}
