//! Every page for everyone: nothing that axe finds, nothing that runs out of a telephone.

use serde_json::json;

use super::axe::{AXE, violations};
use super::{Browser, USUAL};
use crate::accounts;
use crate::columns::{begin, month};
use crate::desk::{Place, Visitor, Window};
use crate::documents::{broken_pdf, broken_text, half_mended_pdf};
use crate::path::explain;

/// Every kind of page, by its address and what is done on it before it is looked at. A room that is added adds its addresses here.
const PAGES: [(&str, &str, &str); 48] = [
    ("list", "/", ""),
    ("list-none", "/?words=nothing", ""),
    ("job", "/jobs/2", ""),
    ("job-skipped", "/jobs/4", OPEN),
    ("job-failed", "/jobs/1", ""),
    ("report", "/documents/1/1", ""),
    ("report-open", "/documents/1/1", OPEN),
    ("report-panel", "/documents/1/1", "document.querySelector('a.m').click()"),
    (
        "report-second",
        "/documents/1/2",
        "document.querySelectorAll('.change details').forEach((one) => one.open = true)",
    ),
    ("report-unread", "/documents/2/1", ""),
    ("report-text", "/documents/3/1", ""),
    ("make", "/make", OPEN),
    ("make-new", "/make/new", ""),
    ("make-verify", "/make/verify", ""),
    ("make-lacks", "/make/1", OPEN),
    ("make-lacks-empty", "/make/2", OPEN),
    ("make-sheets", "/make/1/sheets", ""),
    ("make-sheet", "/make/1/sheets/three-public-budget", ""),
    ("make-files", "/make/1/files", OPEN),
    ("make-files-empty", "/make/2/files", OPEN),
    ("make-preview", "/make/1/preview", ""),
    ("make-outputs", "/make/1/outputs", ""),
    ("make-outputs-empty", "/make/2/outputs", ""),
    ("make-output", "/make/1/outputs/1", OPEN),
    ("make-job", "/make/jobs/5", ""),
    ("make-job-stopped", "/make/jobs/6", ""),
    ("evaluate", "/evaluate", ""),
    ("evaluate-scores", "/evaluate/1", OPEN),
    ("evaluate-nothing", "/evaluate/2", ""),
    ("evaluate-subject", SUBJECT, ""),
    ("evaluate-monitor", "/evaluate/1/monitor", OPEN),
    ("evaluate-bulletin", "/evaluate/1/bulletin", ""),
    ("evaluate-bulletin-told", "/evaluate/1/bulletin?quarter=2023Q3&date=2023-10-08", ""),
    ("evaluate-bulletin-refused", "/evaluate/1/bulletin?quarter=x&date=2023-10-08", ""),
    ("look", "/look", ""),
    ("look-found", "/look?words=%E6%94%B6%E5%85%A5", ""),
    ("look-rules", "/look/rules", ""),
    ("look-rule", "/look/rules/LW001", OPEN),
    ("look-codes", "/look/codes?words=201", ""),
    ("look-terms", "/look/terms", ""),
    ("look-indicators", "/look/indicators", ""),
    ("look-own", "/look/own", OPEN),
    ("desk", "/desk", OPEN),
    ("desk-log", "/desk/log", ""),
    ("desk-sessions", "/desk/sessions", ""),
    ("fault", "/nothing", ""),
    ("columns", "/make/3/columns?file=books%2F%E5%87%AD%E8%AF%811%E6%9C%88.csv", ""),
    ("columns-saved", "/make/3/columns?file=books%2F%E5%87%AD%E8%AF%811%E6%9C%88.csv&saved=1", ""),
];

const OPEN: &str = "document.querySelectorAll('details').forEach((one) => one.open = true)";
/// A project of the body whose files were sent.
const SUBJECT: &str = "/evaluate/1/subject?body=曾都区人民政府办公室&project=值班设备经费";

/// A desk on which there is something of everything.
fn desk(place: &Place) -> (Window, Visitor) {
    // A job of which the program knows nothing fails.
    place.order("strange");
    let window = place.open();
    let visitor = window.enter();
    assert!(visitor.over("/jobs/1").contains("没有做成"));
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    explain(&visitor, &report, "LW002", "分项四舍五入");
    visitor.check_one("决算（改）.pdf", &half_mended_pdf());
    let long = format!("{}.txt", "很长的文件名".repeat(12));
    let other = String::from_utf8(broken_text("其二")).unwrap().replace("安宁市档案局", "平远县图书馆");
    visitor.over(&visitor.bring(&[(&long, other.as_bytes()), ("图.png", b"\x89PNG\r\n\x1a\n")]));
    let folder = accounts::begin(&visitor);
    assert_eq!(accounts::compile(&visitor, &folder), "/make/jobs/5");
    visitor.post(&format!("{folder}/outputs/1/approve"), &[("name", "张局长"), ("day", "2024-09-01")]).leads();
    let empty = accounts::begin_empty(&visitor);
    assert_eq!(accounts::compile(&visitor, &empty), "/make/jobs/6");
    begin(&visitor, &[("甲/books/凭证1月.csv", &month(1))]);
    (window, visitor)
}

/// Opens every page, and does there what is to be done, at each of these widths.
fn each(widths: &[u32], look: impl Fn(&Browser, &str, u32)) {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let (window, _) = desk(&place);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    for width in widths {
        browser.widen(*width);
        for (name, path, before) in PAGES {
            browser.open(path);
            let heading = browser.text("h1");
            assert_eq!(heading == "没有这一页", name == "fault", "{name}: {heading}");
            if !before.is_empty() {
                browser.js(&format!("({before}, 1)"));
            }
            browser.seen(&format!("{name}-{width}"));
            look(&browser, name, *width);
        }
    }
    browser.go(&format!("http://127.0.0.1:{}/enter?token=0", window.port));
    look(&browser, "stranger", 0);
    browser.open("/");
    browser.click(".rooms form button");
    browser.until("document.querySelector('h1').textContent.includes('已退出')");
    look(&browser, "ended", 0);
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let Some(axe) = AXE.as_ref() else {
        eprintln!("skipped: no axe here, scripts/axe.sh fetches it");
        return;
    };
    let all = std::cell::RefCell::new(Vec::new());
    each(&[1280, 390], |browser, name, width| {
        let found = violations(browser, axe);
        all.borrow_mut().extend(found.into_iter().map(|one| format!("{name} at {width}: {one}")));
    });
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
    let all = std::cell::RefCell::new(Vec::new());
    each(&[390], |browser, name, _| {
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
        assert_eq!(wide["seen"], json!(390), "{name}");
        if wide["all"].as_u64().unwrap() > 390 {
            all.borrow_mut().push(format!("{name}: {wide:#}"));
        }
    });
    assert!(all.borrow().is_empty(), "{}", all.borrow().join("\n"));
}
