//! Books with a head that nobody knows, in the browser: uploaded, assigned by keyboard alone, and never asked about again.

use serde_json::json;

use super::{Browser, ENTER, USUAL, Wanted};
use crate::columns::{KEYS, begin, month};
use crate::desk::Place;

const DOWN: char = '\u{e015}';

impl Browser {
    /// Presses the arrow until a select that has the focus holds a value.
    fn choose(&self, css: &str, value: &str) {
        let steps = "(() => {
            const select = document.querySelector(a[0]);
            return [...select.options].findIndex((one) => one.value === a[1]) - select.selectedIndex;
        })()";
        let steps = self.js_with(steps, &[json!(css), json!(value)]).as_i64().unwrap();
        assert!(steps >= 0, "{value} stands above in {css}");
        for _ in 0..steps {
            self.press(DOWN);
        }
        assert_eq!(self.js_with("document.querySelector(a[0]).value", &[json!(css)]), json!(value));
    }

    /// Brings a file to the page of files.
    fn bring(&self, place: &Place, folder: &str, name: &str, bytes: &[u8]) {
        std::fs::write(place.path(name), bytes).unwrap();
        self.open(&format!("{folder}/files"));
        self.fill("#files", place.path(name).to_str().unwrap());
        self.tab_to("#drop button");
        self.press(ENTER);
    }

    fn faults(&self, folder: &str) -> usize {
        self.open(folder);
        self.count(".alert li")
    }
}

#[test]
fn an_unknown_head_is_assigned_by_keyboard_and_the_next_month_is_read_without_asking() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    let folder = begin(&window.enter(), &[]);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    browser.bring(&place, &folder, "凭证1月.csv", &month(1));
    browser.until("document.querySelector('.arrived a[href*=columns]')");
    browser.tab_to(".arrived a[href*=columns]");
    browser.press(ENTER);
    browser.until("document.querySelector('form.assign')");
    let own = browser.js("location.pathname + location.search").as_str().unwrap().to_owned();
    let before = browser.faults(&folder);
    assert!(before > 0, "the list tells of it");
    browser.open(&own);
    for (key, number) in KEYS.into_iter().zip(1..) {
        let select = format!("#c1-{number}");
        browser.tab_to(&select);
        browser.choose(&select, key);
    }
    browser.until("document.querySelector('.read').textContent.includes('读到 2 行')");
    assert_eq!(browser.js("document.querySelector('.unsaved').hidden"), json!(false), "one sees that it is not saved");
    browser.seen("columns-chosen");
    browser.tab_to("form.assign button[value=save]");
    browser.press(ENTER);
    browser.until("document.querySelector('.said-saved')");
    browser.seen("columns-saved");
    assert!(browser.text(".read").contains("读到 2 行"));
    browser.tab_to(".said-saved a");
    browser.press(ENTER);
    browser.until(&format!("location.pathname === '{folder}'"));
    assert!(browser.faults(&folder) < before, "the list is shorter");
    browser.bring(&place, &folder, "导出二.csv", &month(2));
    browser.until("document.querySelector('.arrived') || document.querySelectorAll('.files li').length > 2");
    assert!(!browser.text("main").contains("有读不了的地方"));
    browser.open(&own.replace("%E5%87%AD%E8%AF%811%E6%9C%88", "%E5%AF%BC%E5%87%BA%E4%BA%8C"));
    browser.until("document.querySelector('.read').textContent.includes('读到 2 行')");
    assert!(browser.text("form.assign").contains("按保存过的对照读"));
}

#[test]
fn another_kind_of_table_shows_other_columns_at_once_and_the_focus_stays() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    let folder = begin(&window.enter(), &[("甲/books/凭证1月.csv", &month(1))]);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    browser.open(&format!("{folder}/files"));
    browser.click(".files a[href*=columns]");
    browser.until("document.querySelector('#k1')");
    browser.js("(document.querySelector('#k1').focus(), 1)");
    // Kinds stand in the order of the catalogue.
    let kind = browser.js("document.querySelector('#k1').value");
    browser.press('\u{e013}');
    browser.until("document.querySelector('#k1').value !== 'vouchers' && document.querySelector('form.assign').classList.contains('changed')");
    assert_ne!(browser.js("document.querySelector('#k1').value"), kind);
    assert_eq!(browser.js("document.activeElement.id"), json!("k1"));
    assert_eq!(browser.js("document.querySelectorAll('#c1-1 option[value=voucher]').length"), json!(0));
}

#[test]
fn without_scripts_the_same_form_looks_first_and_saves_then() {
    let Some(browser) = Browser::new(Wanted { width: 390, scripts: false }) else { return };
    let place = Place::new();
    let window = place.open();
    let folder = begin(&window.enter(), &[("甲/books/凭证1月.csv", &month(1))]);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    browser.open(&format!("{folder}/files"));
    browser.click(".files a[href*=columns]");
    browser.until("document.querySelector('form.assign')");
    for (key, number) in KEYS.into_iter().zip(1..) {
        let select = format!("#c1-{number}");
        browser.tab_to(&select);
        browser.choose(&select, key);
    }
    browser.click("form.assign button[value=look]");
    browser.until("document.querySelector('#unsaved')");
    assert!(browser.text(".read").contains("读到 2 行"));
    browser.click("form.assign button[value=save]");
    browser.until("document.querySelector('.said-saved')");
    assert!(browser.text(".read").contains("读到 2 行"));
}
