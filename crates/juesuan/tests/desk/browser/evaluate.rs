//! From the projects to how each point came about and to the bulletin, with keys only.

use serde_json::json;

use super::{Browser, ENTER, USUAL};
use crate::accounts;
use crate::desk::Place;

#[test]
fn projects_points_lights_and_the_bulletin_are_reached_and_saved_without_a_mouse() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    let folder = accounts::begin(&window.enter()).replace("/make/", "/evaluate/");
    let second = place.open();
    browser.enter(&second);
    second.ended();
    let follow = |css: &str| {
        browser.tab_to(css);
        browser.press(ENTER);
    };
    let comes = |path: &str| browser.until(&format!("location.pathname === '{path}'"));
    follow(".rooms a[href='/evaluate']");
    comes("/evaluate");
    follow(&format!("main a[href='{folder}']"));
    comes(&folder);
    let (project, points) =
        ("值班设备经费", "document.querySelector('tr:has(th a:focus) td:nth-of-type(4)').textContent");
    browser.tab_to(&format!("th a[href$='{}']", "%E5%80%BC%E7%8F%AD%E8%AE%BE%E5%A4%87%E7%BB%8F%E8%B4%B9"));
    let points = browser.js(points).as_str().unwrap().trim().to_owned();
    browser.press(ENTER);
    comes(&format!("{folder}/subject"));
    let told = browser.text("main");
    assert!(told.contains(project) && told.contains(&format!("总分 {points} 分")), "{points}: {told}");
    browser.seen("points");
    follow(&format!(".tabs a[href='{folder}/monitor']"));
    comes(&format!("{folder}/monitor"));
    browser.tab_to("select[name=month]");
    browser.press("9");
    follow("form.search button");
    browser.until("document.body.textContent.includes('时间进度 75%')");
    follow(&format!(".tabs a[href='{folder}/bulletin']"));
    comes(&format!("{folder}/bulletin"));
    browser.tab_to("input[name=quarter]");
    browser.press("2023Q3");
    browser.tab_to("input[name=date]");
    browser.press("10082023");
    follow("form.search button");
    browser.until("document.querySelector('article.example')");
    assert!(browser.text("article.example").contains("督办"));
    browser.seen("bulletin");
    follow("main a[download]");
    let saved = std::fs::read(browser.saved(".docx")).unwrap();
    assert!(saved.starts_with(b"PK"), "a document that opens");
    assert_eq!(browser.js("document.activeElement.matches('a[download]')"), json!(true), "one stays where one was");
}
