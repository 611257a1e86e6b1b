//! A window for tests: a desk in a folder that goes with it, and a browser that was let in.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use juesuan_catalog::Catalog;
use juesuan_store::{Stamp, Store};
use tower::ServiceExt as _;

use crate::desk::{Desk, Setting};
use crate::guard::COOKIE_NAME;
use crate::{moment, routes, token};

const SECRET: &str = "secret-of-the-test";
const CSRF: &str = "csrf-of-the-test";
const PORT: u16 = 7000;
/// Most bytes of an answer.
const BYTES_MAX: usize = 64 << 20;

/// The window.
pub struct Window {
    /// What all requests share.
    pub desk: Arc<Desk>,
    routes: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// Where it leads.
    pub fn leads(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The page, which has to be there and to say all of this.
    #[track_caller]
    pub fn says(&self, all: &[&str]) -> &Answer {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        for said in all {
            assert!(self.text().contains(said), "{said} is not in\n{}", self.text());
        }
        self
    }
}

impl Window {
    /// Opens one.
    pub async fn open() -> Window {
        Window::open_with(juesuan_office::means::usual()).await
    }

    /// Opens one in which documents are read by these means.
    pub async fn open_with(means: juesuan_read::Means) -> Window {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let now = moment::now();
        let stamp = Stamp::new(now, "");
        store.open_session(&stamp, &token::digest(SECRET), CSRF, now + crate::guard::SESSION_MS).await.unwrap();
        let setting = Setting {
            store,
            catalog: Arc::new(Catalog::load(&[]).unwrap()),
            means,
            folder: folder.path().to_owned(),
            port: PORT,
            door: String::new(),
        };
        let desk = Arc::new(Desk::new(setting).unwrap());
        Window { routes: routes::routes(Arc::clone(&desk)), desk, _folder: folder }
    }

    /// Asks for a page.
    pub async fn get(&self, address: &str) -> Answer {
        self.send(Method::GET, address, "", Vec::new()).await
    }

    /// Asks for a page without having been let in.
    pub async fn as_stranger(&self, address: &str) -> Answer {
        self.ask(Request::builder().uri(address).header(HOST, host())).await
    }

    /// Asks for a page as a page of somebody else does.
    pub async fn as_foreigner(&self, address: &str) -> Answer {
        self.ask(Request::builder().uri(address).header(HOST, host()).header("sec-fetch-site", "cross-site")).await
    }

    /// Sends a form of one of the own pages.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("csrf", CSRF)], fields].concat();
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.send(Method::POST, address, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Sends files with a form of one of the own pages.
    pub async fn send_files(&self, address: &str, files: &[(&str, &[u8])]) -> Answer {
        self.send_form(address, &[], files).await
    }

    /// The same with other fields.
    pub async fn send_form(&self, address: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("csrf", CSRF)].iter().chain(fields) {
            let field = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(field.as_bytes());
        }
        for (name, bytes) in files {
            let head = format!("--x\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        self.send(Method::POST, address, "multipart/form-data; boundary=x", body).await
    }

    async fn send(&self, method: Method, address: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(HOST, host())
            .header(COOKIE, format!("{COOKIE_NAME}={SECRET}"))
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.answered(request).await
    }

    async fn ask(&self, request: axum::http::request::Builder) -> Answer {
        self.answered(request.body(Body::empty()).unwrap()).await
    }

    async fn answered(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.routes.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, BYTES_MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

fn host() -> String {
    format!("127.0.0.1:{PORT}")
}
