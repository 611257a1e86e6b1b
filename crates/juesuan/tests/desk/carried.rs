//! What every answer carries, whatever it is.

use crate::asked::{Answer, Ask};
use crate::desk::Place;
use crate::documents::broken_pdf;

/// Headers without which a browser would do more than it should.
fn safe(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'"]
    {
        assert!(policy.split(';').any(|part| part.trim() == rule), "{what}: {rule} is not in {policy}");
    }
    assert!(
        !policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe-inline'"),
        "{what}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(!answer.header("cache-control").is_empty(), "{what}");
    for name in ["access-control-allow-origin", "server", "x-powered-by"] {
        assert_eq!(answer.header(name), "", "{what}: {name}");
    }
    // A report that is saved is a page of its own, opened from the disk.
    let is_saved = answer.header("content-disposition").starts_with("attachment");
    let is_page = answer.header("content-type").starts_with("text/html") && !is_saved;
    if is_page {
        assert!(answer.header("content-type").ends_with("charset=utf-8"), "{what}");
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        let page = answer.text();
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("<script src=\"/assets/").count(), "{what}: no script stands in a page");
        assert!(!page.contains(" onclick=") && !page.contains("javascript:"), "{what}");
        assert!(!page.contains("<style"), "{what}");
    }
}

#[test]
fn every_answer_keeps_the_browser_from_loading_guessing_framing_and_telling() {
    let place = Place::new();
    let window = place.open();
    safe("the entrance", &Ask::get(&window.door.replace("token=", "token=0")).send(window.port).is(401));
    let visitor = window.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    for path in crate::entrance::PAGES.into_iter().chain(["/?words=%3Cb%3E&sort=errors", "/documents/1/1/saved/html"]) {
        safe(path, &visitor.get(path).is(200));
        safe(path, &Ask::get(path).send(window.port).is(401));
        safe(path, &visitor.get(path).is(200));
    }
    for path in ["/assets/desk.css", "/assets/desk.js", "/assets/report.css", "/assets/report.js"] {
        safe(path, &Ask::get(path).send(window.port).is(200));
    }
    safe("a redirect", &visitor.get("/documents/1"));
    safe("refused", &visitor.asking("/together", &[]).send(window.port).is(403));
    safe("nothing chosen", &visitor.post("/together", &[]).is(422));
    safe("quit", &visitor.post("/quit", &[]).is(200));
}

/// Addresses and forms that are no such thing, each with the status that says so.
#[test]
fn whatever_is_asked_wrongly_is_answered_by_a_page_in_the_words_of_the_window() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    let pages = [
        "/nothing",
        "/assets/nothing.js",
        "/assets/..%2f..%2fCargo.toml",
        "/jobs/9",
        "/jobs/x",
        "/jobs/99999999999999999999",
        "/jobs/1%00",
        "/documents/9",
        "/documents/x/1",
        "/documents/1/9",
        "/documents/1/-1",
        "/documents/1/1/pages/9",
        "/documents/1/1/pages/0",
        "/documents/1/1/pages/4294967295",
        "/documents/1/1/pages/x",
        "/documents/1/1/saved/exe",
        "/documents/9/waivers.toml",
        "/%ff%fe",
    ];
    for path in pages {
        let answer = visitor.get(path).is(404).tells("没有这一页");
        safe(path, &answer);
    }
    for (what, answer) in [
        ("a page that is no number", visitor.get("/?page=x")),
        ("no such year", visitor.get("/?year=%E4%BB%8A%E5%B9%B4")),
        ("a form of another kind", visitor.ask("/upload", "text/plain", "csrf").send(window.port)),
        (
            "a form without an end",
            visitor.ask("/upload", "multipart/form-data; boundary=x", "--x\r\n").send(window.port),
        ),
        ("no form", visitor.ask("/together", "application/json", "{}").send(window.port)),
        ("an answer without fields", visitor.post("/documents/1/answers", &[])),
        ("a method that is none", Ask::new("PUT", "/", "").with("cookie", &visitor.cookie).send(window.port)),
    ] {
        safe(what, &answer);
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{what}: {:?} {}",
            answer.headers,
            answer.text()
        );
        assert!(answer.status < 500, "{what}: {}", answer.text());
        assert!(answer.text().contains("<html lang=\"zh-CN\">"), "{what}: {}", answer.text());
    }
}
