//! Forms that one of our own pages of this session has sent.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts as _, RawForm, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::token;

/// The name of the field that carries the secret of the session.
pub const SECRET: &str = "csrf";

/// A form without fields.
#[derive(Deserialize)]
pub struct Nothing {}

/// A form with its fields. One without the secret of the session is refused.
pub struct Posted<T>(pub T);

#[derive(Deserialize)]
struct Secret {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<Arc<Desk>> for Posted<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, desk: &Arc<Desk>) -> Result<Posted<T>, Fault> {
        let (mut parts, body) = request.into_parts();
        let visitor = Extension::<Visitor>::from_request_parts(&mut parts, desk).await;
        let Extension(visitor) = visitor.map_err(|_| Fault::Stranger)?;
        let request = Request::from_parts(parts, body);
        let RawForm(bytes) =
            RawForm::from_request(request, desk).await.map_err(|_| Fault::Refused(Refusal::TooLarge))?;
        let refused = |_| Fault::Refused(Refusal::Form);
        let secret: Secret = serde_urlencoded::from_bytes(&bytes).map_err(refused)?;
        if !token::same(&secret.csrf, &visitor.csrf) {
            return Err(Fault::Foreign);
        }
        serde_urlencoded::from_bytes(&bytes).map(Posted).map_err(refused)
    }
}
