//! What other pages in the same browser, and names that were made to lead here, may not do.

use crate::asked::{Ask, BOUNDARY, multipart};
use crate::desk::{Place, Visitor, Window};
use crate::documents::broken_pdf;

/// A desk with one document, and somebody at it.
fn desk(place: &Place) -> (Window, Visitor) {
    let window = place.open();
    let visitor = window.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    (window, visitor)
}

/// Every address that changes something, each with a form that would.
fn changes() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let answer = vec![("number", "1"), ("key", "k"), ("code", "LW003"), ("kind", "corrected"), ("person", "李")];
    vec![
        ("/together", vec![("document", "1")]),
        ("/jobs/1/cancel", vec![]),
        ("/jobs/1/again", vec![]),
        ("/documents/1/answers", answer),
        ("/documents/1/remove", vec![]),
        ("/documents/1/restore", vec![]),
        ("/desk/sessions/end", vec![("session", "x")]),
        ("/desk/sessions/others", vec![]),
        ("/quit", vec![]),
    ]
}

/// What the program shows of everything that can be changed.
fn state(visitor: &Visitor) -> Vec<String> {
    ["/", "/documents/1/1", "/jobs/1", "/documents/1/waivers.toml"].map(|path| visitor.get(path).text()).to_vec()
}

/// Fails unless each request that `spoil` makes of a good one is refused and changes nothing.
fn refused(spoil: impl Fn(Ask) -> Ask) {
    let place = Place::new();
    let (window, visitor) = desk(&place);
    let before = state(&visitor);
    for (path, fields) in changes() {
        let mut all = vec![("csrf", visitor.csrf.as_str())];
        all.extend(fields);
        spoil(visitor.asking(path, &all)).send(window.port).is(403).tells("没有受理");
    }
    spoil(visitor.bringing(&[("另.pdf", b"%PDF")])).send(window.port).is(403);
    assert_eq!(state(&visitor), before);
}

#[test]
fn a_request_under_another_name_changes_nothing_and_reads_nothing() {
    refused(|ask| ask.with("host", "juesuan.example"));
    let place = Place::new();
    let (window, visitor) = desk(&place);
    let port = window.port;
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", "127.0.0.1:1", "", " "] {
        for path in crate::entrance::PAGES.into_iter().chain([window.door.as_str(), "/assets/desk.js"]) {
            let ask = Ask::get(path).with("cookie", &visitor.cookie);
            // An empty value is not sent, so that no host is sent by one space.
            let host = if host.is_empty() { " " } else { host };
            let answer = ask.with("host", host).send(port);
            assert!(matches!(answer.status, 400 | 403), "{host} {path} {}", answer.status);
            assert!(!answer.text().contains("安宁市"));
        }
    }
    Ask::get("/").with("cookie", &visitor.cookie).with("host", &format!("localhost:{port}")).send(port).is(200);
}

#[test]
fn a_request_of_another_page_changes_nothing() {
    for site in ["cross-site", "same-site", "none", "anything"] {
        refused(|ask| ask.without("sec-fetch-site").with("sec-fetch-site", site));
    }
    for origin in ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1"] {
        refused(|ask| ask.without("origin").with("origin", origin));
    }
}

#[test]
fn a_request_that_does_not_say_where_it_comes_from_changes_nothing() {
    refused(|ask| ask.without("origin").without("sec-fetch-site"));
}

#[test]
fn another_page_reads_nothing() {
    let place = Place::new();
    let (window, visitor) = desk(&place);
    for path in crate::entrance::PAGES {
        let ask = Ask::get(path).with("cookie", &visitor.cookie).with("sec-fetch-site", "cross-site");
        assert!(!ask.send(window.port).is(403).text().contains("安宁市"));
    }
}

#[test]
fn a_form_without_the_secret_of_its_session_changes_nothing() {
    let place = Place::new();
    let (window, visitor) = desk(&place);
    let before = state(&visitor);
    let kept = std::fs::read_to_string(place.data().join("address")).unwrap();
    let other = Visitor::through(window.port, kept.split_once(&window.port.to_string()).unwrap().1);
    for secret in [None, Some(""), Some("0"), Some(other.csrf.as_str())] {
        for (path, mut fields) in changes() {
            fields.extend(secret.map(|secret| ("csrf", secret)));
            visitor.asking(path, &fields).send(window.port).is(403);
        }
        let secret: Vec<(&str, &str)> = secret.map(|secret| ("csrf", secret)).into_iter().collect();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let body = multipart(&secret, &[("另.pdf", b"%PDF")]);
        visitor.ask("/upload", &kind, body).send(window.port).is(403);
    }
    // The secret has to come before the files: nothing of a stranger's file is kept.
    let mut body = multipart(&[], &[("另.pdf", b"%PDF")]);
    body.truncate(body.len() - BOUNDARY.len() - 6);
    body.extend(multipart(&[("csrf", &visitor.csrf)], &[]));
    visitor.ask("/upload", &format!("multipart/form-data; boundary={BOUNDARY}"), body).send(window.port).is(403);
    assert_eq!(state(&visitor), before);
}

#[test]
fn what_changes_something_is_not_asked_for_like_a_page() {
    let place = Place::new();
    let (window, visitor) = desk(&place);
    let before = state(&visitor);
    for (path, _) in changes() {
        assert!(matches!(visitor.get(path).status, 404 | 405), "{path}");
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let ask = Ask::new(method, path, "").with("cookie", &visitor.cookie);
            let answer = ask.with("origin", &format!("http://127.0.0.1:{}", window.port)).send(window.port);
            assert!(matches!(answer.status, 404 | 405), "{method} {path} {}", answer.status);
        }
    }
    assert_eq!(state(&visitor), before);
}
