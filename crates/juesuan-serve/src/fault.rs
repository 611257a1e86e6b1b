//! Why a request has no answer, as a page that says what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::said;

/// Why.
#[derive(Debug)]
pub enum Fault {
    /// Nobody is let in without the address that the program opened.
    Stranger,
    /// The request comes from another page or under another name.
    Foreign,
    /// There is no such thing.
    Missing,
    /// What was sent cannot be taken, with the reason in words.
    Refused(Refusal),
    /// Somebody else changed the same in the meantime.
    Conflict(String),
    /// The state of the desk could not be read or kept.
    Store(juesuan_store::Error),
    /// A use case gave no result; it says why itself.
    Office(juesuan_office::Error),
    /// The machine failed.
    Machine(std::io::Error),
    /// A fault of the program itself.
    Broken,
}

/// Why what was sent cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was sent.
    Nothing,
    /// More bytes than are taken.
    TooLarge,
    /// More files than are taken.
    TooMany,
    /// A form that lacks a field, or has an impossible value in one.
    Form,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct Page<'f> {
    fault: &'f Fault,
    details: String,
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::Stranger => StatusCode::UNAUTHORIZED,
            Fault::Foreign => StatusCode::FORBIDDEN,
            Fault::Missing => StatusCode::NOT_FOUND,
            Fault::Refused(Refusal::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Conflict(_) => StatusCode::CONFLICT,
            Fault::Office(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Store(_) | Fault::Machine(_) | Fault::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let details = match &self {
            Fault::Store(error) => said::why(error),
            Fault::Office(error) => error.to_string(),
            Fault::Machine(error) => error.to_string(),
            Fault::Conflict(with) => with.clone(),
            _ => String::new(),
        };
        let page = Page { fault: &self, details }.render().unwrap_or_default();
        (self.status(), Html(page)).into_response()
    }
}

impl From<juesuan_store::Error> for Fault {
    fn from(error: juesuan_store::Error) -> Fault {
        match error {
            juesuan_store::Error::NotFound(_) => Fault::Missing,
            error => Fault::Store(error),
        }
    }
}

impl From<juesuan_office::Error> for Fault {
    fn from(error: juesuan_office::Error) -> Fault {
        Fault::Office(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        Fault::Machine(error)
    }
}

impl From<askama::Error> for Fault {
    fn from(_: askama::Error) -> Fault {
        Fault::Broken
    }
}

impl From<tokio::task::JoinError> for Fault {
    fn from(_: tokio::task::JoinError) -> Fault {
        Fault::Broken
    }
}
