//! From a new department to what was published and verified, with keys only.

use serde_json::json;

use super::{Browser, DOWN, ENTER, SPACE, USUAL};
use crate::accounts;
use crate::desk::Place;

/// Presses Enter on what a selector names, once Tab has come there.
#[track_caller]
fn follow(browser: &Browser, css: &str) {
    browser.tab_to(css);
    browser.press(ENTER);
}

/// A department is begun from its files.
fn begin(browser: &Browser, place: &Place) {
    std::fs::write(place.path("云岭.zip"), accounts::archive_lacking_a_cause()).unwrap();
    follow(browser, ".rooms a[href='/make']");
    browser.until("location.pathname === '/make'");
    follow(browser, "main a[href='/make/new']");
    browser.until("location.pathname === '/make/new'");
    browser.tab_to(".new input[name=from]");
    for _ in 0..3 {
        browser.press(DOWN);
    }
    assert_eq!(browser.js("document.activeElement.value"), json!("filled"), "arrows choose");
    browser.tab_to("#file");
    // The dialogue of the system, which is none of ours, is what Enter would open here.
    browser.fill("#file", place.path("云岭.zip").to_str().unwrap());
    follow(browser, ".new button");
    browser.until("location.pathname === '/make/1'");
}

/// What is missing is typed.
fn fill(browser: &Browser) {
    let lack = ".asks section textarea[name=text]";
    assert!(browser.text("#far + dl, .counts.far").contains('1'), "one cause is missing");
    browser.tab_to(lack);
    browser.press("在职人员正常晋级增资");
    follow(browser, ".save button");
    browser.until("document.body.textContent.includes('没有缺项，也没有错误')");
}

/// The accounts are compiled and approved.
fn approve(browser: &Browser) {
    follow(browser, ".tabs a[href='/make/1/outputs']");
    browser.until("location.pathname === '/make/1/outputs'");
    follow(browser, "form[action='/make/1/outputs'] button");
    browser.until("location.pathname === '/make/1/outputs/1'");
    browser.seen("output");
    browser.tab_to(".approve input[name=name]");
    browser.press("张局长");
    follow(browser, ".approve button");
    browser.until("document.body.textContent.includes('张局长 于 ')");
}

#[test]
fn a_department_is_begun_filled_in_approved_saved_and_verified_without_a_mouse() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    begin(&browser, &place);
    fill(&browser);
    approve(&browser);
    follow(&browser, "a[href='/make/1/outputs/1/zip']");
    let published = browser.saved(".zip");
    follow(&browser, "a[href='/make/verify']");
    browser.until("location.pathname === '/make/verify'");
    browser.tab_to("#known");
    browser.press(DOWN);
    assert_ne!(browser.js("document.activeElement.value"), json!(""), "the approved output is chosen");
    browser.tab_to("#files");
    browser.fill("#files", published.to_str().unwrap());
    follow(&browser, "#drop button");
    browser.until("document.querySelector('#answer')");
    let told = browser.text("main");
    assert!(told.contains("与批准的一致") && told.contains("张局长"), "{told}");
    // What was answered is where one is: the next stop is in it.
    assert_eq!(browser.js("document.activeElement.tagName"), json!("MAIN"));
    browser.press(SPACE);
}
