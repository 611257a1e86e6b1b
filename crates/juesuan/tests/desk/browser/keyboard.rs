//! The whole path with Tab, Enter and letters only.

use serde_json::{Value, json};

use super::{Browser, ENTER, SPACE, TAB, USUAL};
use crate::desk::Place;
use crate::documents::broken_pdf;

/// Most steps from one thing to another.
const STEPS: usize = 400;

impl Browser {
    /// Presses Tab until the focus is on something, and fails where it comes round without; every stop on the way is seen.
    #[track_caller]
    pub fn tab_to(&self, css: &str) {
        for _ in 0..STEPS {
            self.press(TAB);
            let at = self.js_with(
                "(() => {
                    const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
                    // Of a day, one of its parts has the focus, which the browser shows.
                    const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || at.type === 'date';
                    return { is: at.matches(a[0]), seen: at === document.body || (box.width > 0 && box.height > 0 && ring), what: at.outerHTML.slice(0, 120) };
                })()",
                &[json!(css)],
            );
            assert_eq!(at["seen"], json!(true), "one sees where one is: {at}");
            if at["is"] == Value::Bool(true) {
                return;
            }
        }
        panic!("{css} is not reached by Tab on {}", self.path());
    }
}

#[test]
fn a_document_is_checked_read_and_answered_without_a_mouse() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    std::fs::write(place.path("决算.pdf"), broken_pdf()).unwrap();
    browser.tab_to("a.skip");
    browser.press(ENTER);
    browser.tab_to("#files");
    // The dialogue of the system, which is none of ours, is what Enter would open here.
    browser.fill("#files", place.path("决算.pdf").to_str().unwrap());
    browser.tab_to("#drop button");
    browser.press(ENTER);
    browser.until("location.pathname.startsWith('/documents/')");
    browser.tab_to("article.finding[data-code=LW002] ol.places a.to");
    browser.press(ENTER);
    browser.until("document.querySelector(':target, .chosen')");
    // Figures lie too close on a page to be stops: the list of a page leads to each.
    browser.tab_to(".figures summary");
    browser.press(ENTER);
    browser.tab_to(".figures a.v");
    browser.press(ENTER);
    browser.until("document.activeElement.matches('a.m')");
    browser.press(ENTER);
    browser.until("!document.getElementById('panel').hidden");
    browser.press(super::ESCAPE);
    browser.until("document.getElementById('panel').hidden");
    browser.js("document.querySelector('h1').scrollIntoView()");
    browser.reload();
    browser.tab_to("article.finding[data-code=LW002] .answer summary");
    browser.press(ENTER);
    browser.tab_to("article.finding[data-code=LW002] .answer input[name=kind]");
    browser.press('\u{e015}');
    assert_eq!(browser.js("document.activeElement.value"), json!("explained"), "arrows choose");
    browser.press(SPACE);
    browser.tab_to("article.finding[data-code=LW002] .answer textarea");
    browser.press("分项四舍五入");
    browser.tab_to("article.finding[data-code=LW002] .answer input[name=person]");
    browser.press("李会计");
    browser.tab_to("article.finding[data-code=LW002] .answer input[name=until]");
    browser.press("12312099");
    browser.tab_to("article.finding[data-code=LW002] .answer form button");
    browser.press(ENTER);
    browser.until("document.querySelector('.answer .given')");
    let given = browser.text(".answer .given");
    assert!(given.contains("分项四舍五入") && given.contains("2099-12-31"), "{given}");
    browser.tab_to(".rooms a.brand");
    browser.press(ENTER);
    browser.until("location.pathname === '/'");
    browser.tab_to(".documents th a");
    browser.press(ENTER);
    browser.until("location.pathname.startsWith('/documents/')");
}

/// What is chosen: the rule of the finding, its boxes and lines that are seen.
const CHOSEN: &str = "(() => {
    const seen = (one) => { const box = one.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight && box.width > 0; };
    const card = document.querySelector('.finding.chosen');
    return {
        code: card && card.dataset.code,
        boxes: [...document.querySelectorAll('.sheet .box.chosen')].filter(seen).length,
        lines: [...document.querySelectorAll('#lines path.line')].filter((one) => one.getTotalLength() > 4).length,
    };
})()";

#[test]
fn j_and_k_go_from_finding_to_finding_with_its_boxes_and_a_line_between_them() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    browser.drop_files(&[("决算.pdf", &broken_pdf())]);
    browser.until(super::check::REPORT);
    browser.until("document.readyState === 'complete'");
    let codes = browser.js("[...document.querySelectorAll('.finding')].map((one) => one.dataset.code)");
    let chosen = |number: usize| {
        browser.until(&format!(
            "document.querySelector('.finding.chosen') === document.querySelectorAll('.finding')[{number}]"
        ));
        // The page scrolls there in its own time.
        browser.until(&format!("{CHOSEN}.boxes >= 2 && {CHOSEN}.lines >= 1"));
        assert_eq!(browser.js(CHOSEN)["code"], codes[number]);
    };
    browser.press("j");
    chosen(0);
    browser.press("j");
    chosen(1);
    browser.seen("keys");
    browser.press("k");
    chosen(0);
    browser.press(super::ESCAPE);
    browser.until("!document.querySelector('.finding.chosen')");
    assert_eq!(browser.count("#lines path"), 0);
}
