//! A document as it would be printed now, beside what is entered.

use serde_json::json;

use super::{Browser, USUAL};
use crate::accounts;
use crate::desk::Place;

/// What the text says of the causes of a change; the folder is begun without them.
const CAUSE: &str = r#"{"cause":"收支总计.上年"}"#;

#[test]
fn a_page_beside_follows_what_is_saved_and_only_the_pages_that_changed_are_others() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    browser.open("/desk");
    // The door lets one browser in; the second visitor comes through the next.
    let second = place.open();
    let visitor = second.enter();
    let mut files = accounts::files();
    files.retain(|(path, _)| path != accounts::TEXTS);
    let folder = accounts::begin_with(&visitor, &files);
    browser.open(&format!("{folder}/preview"));
    if browser.count(".paper > li") == 0 {
        eprintln!("skipped: {}", browser.text("#preview"));
        return;
    }
    assert!(browser.count(".paper > li") > 30, "every page is there");
    assert!(browser.text("#preview").contains("还是草稿"));
    browser.until("document.querySelector('.paper img').naturalWidth > 500");
    browser.js("(window.before = [...document.querySelectorAll('.paper li')], 1)");
    let fields = [("unit", ""), ("code", CAUSE), ("was", ""), ("text", "人员增加")];
    assert_eq!(visitor.post(&format!("{folder}/answers"), &fields).leads(), folder);
    browser.until("document.querySelector('.paper .fresh img')?.naturalWidth > 500");
    browser.seen("preview");
    let told = browser.text("#changes");
    assert!(told.starts_with("变了的页："), "{told}");
    assert!(browser.count(".paper .fresh") < browser.count(".paper > li") / 2, "{told}");
    let stay = browser.js("window.before.filter((page) => page.isConnected).length");
    let stay = usize::try_from(stay.as_u64().unwrap()).unwrap();
    assert!(stay > browser.count(".paper > li") / 2, "{stay} pages are the same as before: {told}");
    let seen = "(() => {
        const box = document.querySelectorAll('.paper .fresh')[1].getBoundingClientRect();
        return box.top < innerHeight && box.bottom > 0;
    })()";
    assert_eq!(browser.js(seen), json!(true), "what changed is in sight");
}
