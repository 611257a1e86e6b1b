//! Who gets in.

use crate::asked::Ask;
use crate::desk::{Place, Visitor};

/// Every kind of address that shows or gives something.
pub const PAGES: [&str; 10] = [
    "/",
    "/jobs/1",
    "/jobs/1/progress",
    "/documents/1/1",
    "/documents/1/1/pages/1",
    "/documents/1/1/saved/json",
    "/documents/1/waivers.toml",
    "/desk",
    "/desk/log",
    "/desk/sessions",
];

#[test]
fn without_a_session_there_is_a_page_that_says_so_and_nothing_of_what_is_kept() {
    let place = Place::new();
    let window = place.open();
    window.enter().check_one("决算.pdf", &crate::documents::broken_pdf());
    for path in PAGES.into_iter().chain(["/nothing"]) {
        for cookie in ["", "juesuan=", "juesuan=0000", "other=1"] {
            let answer = Ask::get(path).with("cookie", cookie).send(window.port).is(401).tells("请从程序打开这个窗口");
            assert!(!answer.text().contains("安宁市") && !answer.text().contains("csrf"), "{}", answer.text());
        }
    }
}

#[test]
fn an_address_lets_one_browser_in_and_the_next_start_gives_the_next_address() {
    let place = Place::new();
    let window = place.open();
    Ask::get("/enter?token=0").send(window.port).is(401);
    Ask::get("/enter").send(window.port).is(401);
    let first = window.enter();
    Ask::get(&window.door).send(window.port).is(401);
    first.get("/").is(200);
    let kept = std::fs::read_to_string(place.data().join("address")).unwrap();
    let next = kept.split_once(&format!(":{}", window.port)).unwrap().1;
    let second = Visitor::through(window.port, next);
    assert!(first.cookie != second.cookie && first.csrf != second.csrf);
    first.get("/").is(200);
}

#[test]
fn the_cookie_is_for_this_window_only_and_for_no_script() {
    let place = Place::new();
    let window = place.open();
    let answer = Ask::get(&window.door).send(window.port);
    let cookie = answer.header("set-cookie");
    for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(secret.len(), 48, "192 bits: {cookie}");
    let kept: Vec<u8> = std::fs::read_dir(place.data())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .flat_map(|path| std::fs::read(path).unwrap_or_default())
        .collect();
    assert!(!kept.windows(secret.len()).any(|part| part == secret.as_bytes()), "the secret of a session is not kept");
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_read_by_nobody_else_on_this_computer() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let window = place.open();
    for path in [place.data(), place.data().join("address")] {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} {mode:o}", path.display());
    }
    drop(window);
}

#[test]
fn only_this_computer_can_ask() {
    let place = Place::new();
    let window = place.open();
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let port = format!(":{:04X}", window.port);
    let listening =
        table.lines().filter_map(|line| line.split_whitespace().nth(1)).filter(|local| local.ends_with(&port));
    for local in listening {
        assert!(local.starts_with("0100007F"), "127.0.0.1 and nothing else: {local}");
    }
    let table = std::fs::read_to_string("/proc/net/tcp6").unwrap_or_default();
    assert!(!table.lines().any(|line| line.split_whitespace().nth(1).is_some_and(|local| local.ends_with(&port))));
}
