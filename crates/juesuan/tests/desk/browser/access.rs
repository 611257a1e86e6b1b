//! Every page for everyone: nothing that axe finds, nothing that runs out of a telephone.

use serde_json::json;

use super::axe::{AXE, violations};
use super::{Browser, USUAL, Wanted};
use crate::columns::{begin, month};
use crate::desk::{Place, Visitor, Window};
use crate::documents::{broken_pdf, broken_text, half_mended_pdf};
use crate::path::explain;

/// Every kind of page, by its address and what is done on it before it is looked at. A room that is added adds its addresses here.
const PAGES: [(&str, &str, &str); 12] = [
    ("list", "/", ""),
    ("list-none", "/?words=nothing", ""),
    ("job", "/jobs/1", ""),
    ("job-skipped", "/jobs/3", "document.querySelectorAll('details').forEach((one) => one.open = true)"),
    ("report", "/documents/1/1", ""),
    ("report-open", "/documents/1/1", "document.querySelectorAll('details').forEach((one) => one.open = true)"),
    ("report-panel", "/documents/1/1", "document.querySelector('a.m').click()"),
    (
        "report-second",
        "/documents/1/2",
        "document.querySelectorAll('.change details').forEach((one) => one.open = true)",
    ),
    ("report-text", "/documents/2/1", ""),
    ("fault", "/nothing", ""),
    ("columns", "/make/1/columns?file=books%2F%E5%87%AD%E8%AF%811%E6%9C%88.csv", ""),
    ("columns-saved", "/make/1/columns?file=books%2F%E5%87%AD%E8%AF%811%E6%9C%88.csv&saved=1", ""),
];

/// A desk on which there is something of everything.
fn desk(place: &Place) -> (Window, Visitor) {
    let window = place.open();
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    explain(&visitor, &report, "LW002", "分项四舍五入");
    visitor.check_one("决算（改）.pdf", &half_mended_pdf());
    let long = format!("{}.txt", "很长的文件名".repeat(12));
    let other = String::from_utf8(broken_text("其二")).unwrap().replace("安宁市档案局", "平远县图书馆");
    visitor.over(&visitor.bring(&[(&long, other.as_bytes()), ("图.png", b"\x89PNG\r\n\x1a\n")]));
    begin(&visitor, &[("甲/books/凭证1月.csv", &month(1))]);
    (window, visitor)
}

/// Opens every page, and does there what is to be done.
fn each(width: u32, look: impl Fn(&Browser, &str)) {
    let Some(browser) = Browser::new(Wanted { width, ..USUAL }) else { return };
    let place = Place::new();
    let (window, _) = desk(&place);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    for (name, path, before) in PAGES {
        browser.open(path);
        if !before.is_empty() {
            browser.js(&format!("({before}, 1)"));
        }
        browser.seen(&format!("{name}-{width}"));
        look(&browser, name);
    }
    browser.go(&format!("http://127.0.0.1:{}/enter?token=0", window.port));
    look(&browser, "stranger");
    browser.open("/");
    browser.click(".rooms form button");
    browser.until("document.querySelector('h1').textContent.includes('已退出')");
    look(&browser, "ended");
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let Some(axe) = AXE.as_ref() else {
        eprintln!("skipped: no axe here, scripts/axe.sh fetches it");
        return;
    };
    let all = std::cell::RefCell::new(Vec::new());
    for width in [1280, 390] {
        each(width, |browser, name| {
            let found = violations(browser, axe);
            all.borrow_mut().extend(found.into_iter().map(|one| format!("{name} at {width}: {one}")));
        });
    }
    assert!(all.borrow().is_empty(), "{}", all.borrow().join("\n\n"));
}

#[test]
fn axe_sees_a_fault_that_is_planted() {
    let (Some(axe), Some(browser)) = (AXE.as_ref(), Browser::new(USUAL)) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    browser.js("(document.querySelector('label[for=files]').remove(), 1)");
    let found = violations(&browser, axe);
    assert!(found.iter().any(|one| one.starts_with("label: ")), "{found:#?}");
}

#[test]
fn nothing_runs_out_of_the_width_of_a_telephone() {
    each(390, |browser, name| {
        let wide = browser.js(
            "(() => {
                const out = [...document.querySelectorAll('body *')].filter((one) => {
                    const box = one.getBoundingClientRect();
                    const scrolls = one.closest('.scroll, pre, .text, table');
                    return box.right > innerWidth + 1 && !scrolls;
                });
                return { all: document.documentElement.scrollWidth, seen: innerWidth, out: out.slice(0, 5).map((one) => one.outerHTML.slice(0, 160)) };
            })()",
        );
        assert!(wide["all"].as_u64().unwrap() <= wide["seen"].as_u64().unwrap(), "{name}: {wide:#}");
        assert_eq!(wide["seen"], json!(390), "{name}");
    });
}
