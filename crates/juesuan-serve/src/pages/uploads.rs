//! What is sent to be checked.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Multipart, RawForm, State};
use axum::response::Redirect;

use juesuan_store::DocumentId;

use crate::checking;
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::stored::Sent;
use crate::upload::{numbered, received};
use crate::versions;

/// Files, folders and archives: a job that checks them.
pub async fn check(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Multipart,
) -> Result<Redirect, Fault> {
    let received = received(&desk, &visitor, form).await?;
    if received.trees.is_empty() {
        return Err(Fault::Refused(Refusal::Nothing));
    }
    ordered(&desk, received.trees).await
}

/// Documents that are here already, checked again and beside each other.
pub async fn together(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    RawForm(form): RawForm,
) -> Result<Redirect, Fault> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&form).map_err(|_| Fault::Refused(Refusal::Form))?;
    let secret = pairs.iter().find(|(name, _)| name == crate::posted::SECRET).map(|(_, value)| value.as_str());
    if !secret.is_some_and(|secret| crate::token::same(secret, &visitor.csrf)) {
        return Err(Fault::Foreign);
    }
    let chosen =
        pairs.iter().filter(|(name, _)| name == "document").filter_map(|(_, value)| value.parse().ok().map(DocumentId));
    let mut trees: Vec<Sent> = Vec::new();
    for document in chosen {
        let newest = versions::newest(&desk, document).await?;
        let mut name = newest.name.clone();
        let mut number = 2;
        while trees.iter().any(|sent| sent.name == name) {
            name = numbered(&newest.name, number);
            number += 1;
        }
        trees.push(Sent { name, files: [(String::new(), newest.content)].into() });
    }
    if trees.is_empty() {
        return Err(Fault::Refused(Refusal::Nothing));
    }
    ordered(&desk, trees).await
}

async fn ordered(desk: &Arc<Desk>, trees: Vec<Sent>) -> Result<Redirect, Fault> {
    let stamp = desk.stamp().await?;
    let job = checking::order(desk, &stamp, trees).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")))
}
