//! Who is let in, and what every answer carries.
//!
//! The window listens on this computer only. Still, any page in the same browser can send requests there, and a name that another
//! computer owns can be made to lead there: the host is checked, requests that come from other pages are refused, and nobody is
//! let in without the session that the one-time address has opened.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::{moment, token, upload};

/// The cookie of the session.
pub const COOKIE_NAME: &str = "juesuan";
/// How long a session lasts at the most: thirty days.
pub const SESSION_MS: i64 = 30 * DAY_MS;
/// How long a session lasts in which nothing is asked: a fortnight.
const IDLE_MS: i64 = 14 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How often it is noted that a session is used.
const SEEN_MS: i64 = 60 * 1_000;
/// Where the one-time address leads.
pub const ENTRANCE: &str = "/enter";
/// Where style and script lie: whoever is not let in sees a page all the same.
pub const ASSETS: &str = "/assets/";

/// What a page may load, and from where: from here only, and no script that stands in a page. Places of figures on a page are
/// percentages in style attributes, and stretches of pictures stand in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Whom a request comes from.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The secret that every form of this session carries.
    pub csrf: String,
    /// By what the session is known: nobody gets in with it.
    pub session: String,
}

/// When a session ends that was opened then and is used now.
pub fn ends(opened: i64, now: i64) -> i64 {
    (opened + SESSION_MS).min(now + IDLE_MS)
}

/// Lets a request in or refuses it, and makes the answer safe.
pub async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let changes = changes(request.method());
    let is_entrance = request.uri().path() == ENTRANCE;
    let answer = match admitted(&desk, request).await {
        Ok(request) => in_words(next.run(request).await, changes),
        Err(fault) => fault.into_response(),
    };
    desk.refused.count(answer.status(), is_entrance);
    carrying(answer)
}

/// True for what may change something.
fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// What was refused before any page was reached (a number that is none, a form of another kind) as a page.
fn in_words(answer: Response, changes: bool) -> Response {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !answer.status().is_client_error() || kind.starts_with("text/html") {
        return answer;
    }
    let fault = match answer.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::Refused(Refusal::TooLarge),
        StatusCode::METHOD_NOT_ALLOWED => Fault::Missing,
        _ if changes => Fault::Refused(Refusal::Form),
        _ => Fault::Missing,
    };
    fault.into_response()
}

async fn admitted(desk: &Arc<Desk>, mut request: Request) -> Result<Request, Fault> {
    if !is_ours(request.headers(), &desk.hosts(), changes(request.method())) {
        return Err(Fault::Foreign);
    }
    if length(request.headers()) > upload::BYTES_MAX {
        return Err(Fault::Refused(Refusal::TooLarge));
    }
    let path = request.uri().path();
    if path.starts_with(ASSETS) {
        return Ok(request);
    }
    let is_entrance = path == ENTRANCE;
    let now = moment::now();
    let session = match cookie(request.headers()) {
        Some(secret) => desk.store.session(&token::digest(secret), now).await?,
        None => None,
    };
    let Some(session) = session else {
        return if is_entrance { Ok(request) } else { Err(Fault::Stranger) };
    };
    if now - session.seen >= SEEN_MS {
        let (desk, name, ends) = (Arc::clone(desk), session.token_hash.clone(), ends(session.opened, now));
        // Nobody waits for it, and what was not noted now is noted with the next request.
        tokio::spawn(async move { desk.store.touch(&name, now, ends).await });
    }
    request.extensions_mut().insert(Visitor { csrf: session.csrf, session: session.token_hash });
    Ok(request)
}

/// True if the request was made to this computer by its own address, and by one of its own pages or by nobody's.
fn is_ours(headers: &HeaderMap, hosts: &[String], changes: bool) -> bool {
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = said(HOST).filter(|host| hosts.iter().any(|own| own == host)) else { return false };
    let from = said(HeaderName::from_static("sec-fetch-site"));
    let from_here = match from {
        None | Some("same-origin") => true,
        Some("none") => !changes,
        Some(_) => false,
    };
    let origin = said(ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    // What changes something says where it comes from: every browser of the last years does.
    let is_told = !changes || from.is_some() || headers.contains_key(ORIGIN);
    from_here && origin && is_told
}

/// How long a body says that it is, in bytes.
fn length(headers: &HeaderMap) -> usize {
    let said = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    // A number that is none is refused by who reads the body.
    said.and_then(|length| length.parse().ok()).unwrap_or_default()
}

/// The secret of the session.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))
}

fn carrying(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Without any referrer a browser says nothing of where a form comes from: nobody else is told, we are.
    set(REFERRER_POLICY, "same-origin");
    set(CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)], changes: bool) -> bool {
        let pairs = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_ours(&pairs.collect(), &["127.0.0.1:7000".to_owned(), "localhost:7000".to_owned()], changes)
    }

    const HOST: (&str, &str) = ("host", "127.0.0.1:7000");

    #[test]
    fn a_name_that_was_made_to_lead_here_is_refused() {
        assert!(asked(&[HOST], false));
        assert!(asked(&[("host", "localhost:7000")], false));
        assert!(!asked(&[("host", "evil.example:7000")], false));
        assert!(!asked(&[("host", "127.0.0.1:7001")], false));
        assert!(!asked(&[], false));
    }

    #[test]
    fn other_pages_read_nothing_and_change_nothing() {
        for site in ["cross-site", "same-site", "strange"] {
            assert!(!asked(&[HOST, ("sec-fetch-site", site)], false), "{site}");
            assert!(!asked(&[HOST, ("sec-fetch-site", site)], true), "{site}");
        }
        assert!(asked(&[HOST, ("sec-fetch-site", "none")], false), "an address that was typed");
        assert!(!asked(&[HOST, ("sec-fetch-site", "none")], true));
        assert!(asked(&[HOST, ("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:7000")], true));
        assert!(!asked(&[HOST, ("origin", "http://localhost:7000")], true), "another origin");
        assert!(!asked(&[HOST, ("origin", "null")], true));
        assert!(!asked(&[HOST], true), "who changes something says where he comes from");
    }

    #[test]
    fn a_session_ends_a_fortnight_after_it_was_used_last_and_after_thirty_days_at_the_latest() {
        assert_eq!(ends(0, 0), 14 * DAY_MS);
        assert_eq!(ends(0, 3 * DAY_MS), 17 * DAY_MS);
        assert_eq!(ends(0, 29 * DAY_MS), 30 * DAY_MS);
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let headers = |line| HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(line))]);
        assert_eq!(cookie(&headers("a=1; juesuan=abc; juesuanx=2")), Some("abc"));
        assert_eq!(cookie(&headers("juesuanx=2")), None);
    }
}
