//! From the drop to the mended version.

use serde_json::json;

use super::{Browser, ESCAPE, USUAL};
use crate::desk::Place;
use crate::documents::{broken_pdf, broken_text, half_mended_pdf};

/// Whether the page that is shown is that of a report whose picture has come.
pub const REPORT: &str =
    "/^\\/documents\\/\\d+\\/\\d+$/.test(location.pathname) && document.querySelector('.sheet img')";

#[test]
fn a_pdf_that_is_dropped_shows_its_faults_boxed_at_their_places_on_the_picture_of_the_page() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    browser.drop_files(&[("决算.pdf", &broken_pdf())]);
    browser.until(REPORT);
    assert_eq!(browser.count("article.finding[data-code=LW003]"), 1);
    // A click on the place of the finding leads to the box, and the page has its picture by then.
    browser.click("article.finding[data-code=LW003] ol.places a.to");
    browser.until("document.querySelector('.sheet:has(.box) img').naturalWidth > 500");
    browser.seen("report");
    let inside = browser.js(
        "(() => {
            const inside = (one, all) => one.left >= all.left - 1 && one.top >= all.top - 1 && one.right <= all.right + 1 && one.bottom <= all.bottom + 1;
            const around = document.querySelector('.sheet:has(.box) img').getBoundingClientRect();
            const boxes = [...document.querySelectorAll('.sheet .box')].map((box) => box.getBoundingClientRect());
            const marks = [...document.querySelectorAll('.sheet a.m')].map((mark) => mark.getBoundingClientRect());
            const seen = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight);
            return {
                boxes: boxes.length, marks: marks.length, seen: seen.length,
                inside: [...boxes, ...marks].every((one) => one.width > 4 && one.height > 4 && inside(one, around)),
                // 760 - 24 * 3 of 800 points from below: the line of the fault is the third of its page.
                high: boxes.map((box) => Math.round((1000 * (box.top + box.height / 2 - around.top)) / around.height)),
            };
        })()",
    );
    assert!(inside["boxes"].as_u64().unwrap() >= 2 && inside["marks"].as_u64().unwrap() >= 8, "{inside}");
    assert_eq!(inside["inside"], json!(true), "{inside}");
    assert!(inside["seen"].as_u64().unwrap() >= 1, "what was clicked is seen: {inside}");
    // In thousandths of the page: a line that begins 688 of 800 points from below.
    let third = 1_000 * (800 - 688) / 800;
    let high: Vec<i64> = inside["high"].as_array().unwrap().iter().map(|part| part.as_i64().unwrap()).collect();
    assert!(high.iter().any(|part| (part - third).abs() < 30), "{third} is not among {high:?}");
}

#[test]
fn a_click_on_a_figure_opens_its_arithmetic_and_escape_closes_it() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    browser.drop_files(&[("决算.pdf", &broken_pdf())]);
    browser.until(REPORT);
    assert_eq!(browser.js("document.getElementById('panel').hidden"), json!(true));
    browser.js("document.querySelector('.sheet a.m.b, .sheet a.m').scrollIntoView({ block: 'center' })");
    browser.click(".sheet a.m.b, .sheet a.m");
    browser.until("!document.getElementById('panel').hidden");
    let told = browser.text("#panel");
    browser.seen("panel");
    assert!(told.contains("不成立") && told.contains("921.96") && told.contains('≠'), "{told}");
    browser.press(ESCAPE);
    browser.until("document.getElementById('panel').hidden");
    let back = browser.js("document.activeElement.matches('a.m')");
    assert_eq!(back, json!(true), "the focus is where it was");
}

#[test]
fn an_explanation_is_there_after_a_reload_and_a_new_version_tells_what_was_mended() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    std::fs::write(place.path("决算.pdf"), broken_pdf()).unwrap();
    browser.fill("#files", place.path("决算.pdf").to_str().unwrap());
    browser.click("#drop button");
    browser.until(REPORT);
    let report = browser.path();
    let finding = "article.finding[data-code=LW002]";
    browser.click(&format!("{finding} .answer summary"));
    browser.click(&format!("{finding} .answer input[value=explained]"));
    browser.fill(&format!("{finding} .answer textarea"), "分项四舍五入");
    browser.fill(&format!("{finding} .answer input[name=person]"), "李会计");
    browser.js_with(
        "document.querySelector(a[0]).value = '2099-12-31'",
        &[json!(format!("{finding} .answer input[name=until]"))],
    );
    browser.seen("answer");
    browser.click(&format!("{finding} .answer form button"));
    browser.until("document.querySelector('.answer .given')");
    assert_eq!(browser.path(), report);
    browser.reload();
    assert!(browser.text(&format!("{finding} .answer .given")).contains("分项四舍五入"));
    browser.open("/");
    browser.drop_files(&[("决算（改）.pdf", &half_mended_pdf())]);
    browser.until(REPORT);
    assert_eq!(browser.path(), report.replace("/1/1", "/1/2"));
    browser.click(".change summary");
    browser.seen("mended");
    let change = browser.text(".change");
    assert!(change.contains("已改正") && change.contains("920.96"), "{change}");
    assert!(browser.text(&format!("{finding} .answer .given")).contains("分项四舍五入"), "the answer stays");
}

#[test]
fn a_reload_and_a_second_page_show_the_same_job_while_it_is_at_work() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    browser.enter(&window);
    let texts: Vec<Vec<u8>> = (0..40).map(|number| broken_text(&format!("第{number}份"))).collect();
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(texts.iter().map(Vec::as_slice)).collect();
    browser.drop_files(&files);
    browser.until("location.pathname.startsWith('/jobs/')");
    let job = browser.path();
    browser.reload();
    assert_eq!(browser.path(), job);
    let told = browser.text("#progress");
    assert!(told.contains("0.txt") && told.contains("39.txt"), "{told}");
    browser.second(&job);
    assert!(browser.text("#progress").contains("39.txt"));
    browser.until("document.querySelector('.outcome a')");
    assert!(browser.text("#progress").contains("核对完了"));
    let second = browser.text("#progress");
    browser.switch(0);
    browser.until("document.querySelector('.outcome a')");
    assert_eq!(browser.text("#progress"), second);
}
