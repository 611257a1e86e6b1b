//! The same path where scripts do not run.

use serde_json::json;

use super::{Browser, Wanted};
use crate::desk::Place;
use crate::documents::{broken_pdf, half_mended_pdf};

#[test]
fn without_scripts_a_document_is_checked_answered_and_checked_again_by_forms() {
    let Some(browser) = Browser::new(Wanted { width: 1280, scripts: false }) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    assert_eq!(browser.js("document.querySelector('.folder').hidden"), json!(true), "no script has run");
    let check = |name: &str, bytes: &[u8]| {
        std::fs::write(place.path(name), bytes).unwrap();
        browser.fill("#files", place.path(name).to_str().unwrap());
        browser.click("#drop button");
        browser.until("location.pathname.startsWith('/jobs/')");
        // The page loads itself anew until the job is over.
        browser.until("document.querySelector('.outcome a')");
        browser.click(".outcome a");
        browser.until("location.pathname.startsWith('/documents/')");
    };
    check("决算.pdf", &broken_pdf());
    let finding = "article.finding[data-code=LW002]";
    browser.click(&format!("{finding} .places a.to"));
    browser.until("document.querySelector(':target')");
    browser.click(&format!("{finding} .answer summary"));
    browser.fill(&format!("{finding} .answer textarea"), "下月更正");
    browser.fill(&format!("{finding} .answer input[name=person]"), "李会计");
    browser.click(&format!("{finding} .answer form button"));
    browser.until("document.querySelector('.answer .given')");
    assert!(browser.text(&format!("{finding} .answer .given")).contains("将更正"));
    browser.click(".rooms a.brand");
    browser.until("location.pathname === '/'");
    check("决算（改）.pdf", &half_mended_pdf());
    assert!(browser.text(".change").contains("已改正"));
    browser.click(".rooms form button");
    browser.until("document.querySelector('h1').textContent.includes('已退出')");
    window.ended();
}
