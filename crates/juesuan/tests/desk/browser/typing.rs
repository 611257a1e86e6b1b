//! A table while somebody types in it: judged at once, the focus where it was, and two windows on the same table.

use serde_json::json;

use super::axe::{AXE, violations};
use super::{Browser, USUAL, Wanted};
use crate::accounts;
use crate::desk::{Place, Window};

/// The table of the example.
const SHEET: &str = "/make/1/sheets/three-public-budget";
/// A block as Excel copies it: tabs, lines that end with both letters, one line end behind the last row.
const BLOCK: &str = "2023\t全年预算\t因公出国（境）费\t1,234.50\r\n２０２３\t全年预算\t公务用车购置费\t(3.2)\r\n\
                     2023\t全年\t公务用车运行维护费\t１２３．４５\r\n2023\t全年预算\t公务接待费\t约三万\r\n";

/// A window with the table open in a browser.
fn open(browser: &Browser, place: &Place) -> Window {
    let first = place.open();
    accounts::begin(&first.enter());
    first.kill();
    let window = place.open();
    browser.enter(&window);
    browser.open(SHEET);
    window
}

/// Types into a cell, row and column from 0, as a person does: what stood there is replaced.
fn typed(browser: &Browser, row: usize, column: usize, text: &str) {
    browser.js(&format!("(cell({row}, {column}).focus(), cell({row}, {column}).select(), 1)"));
    browser.press(text);
}

/// `cell(row, column)` in scripts.
fn cells(browser: &Browser) {
    browser.js(
        "(window.cell = (row, column) => [...document.querySelectorAll('#grid tbody tr')].filter((row) => row.querySelector('input'))[row].querySelectorAll('input')[column], 1)",
    );
}

#[test]
fn a_block_from_a_spreadsheet_is_judged_while_the_focus_stays_where_it_was() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let _window = open(&browser, &place);
    cells(&browser);
    browser.js_with(
        "(() => {
            const data = new DataTransfer();
            data.setData('text/plain', a[0]);
            cell(0, 0).focus();
            cell(0, 0).dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        })()",
        &[json!(BLOCK)],
    );
    let values = browser.js("[0, 1, 2, 3].map((row) => cell(row, 3).value)");
    assert_eq!(values, json!(["1,234.50", "(3.2)", "１２３．４５", "约三万"]));
    browser.until("document.getElementById('wrong-4')");
    let told = [browser.text("#wrong-3"), browser.text("#wrong-4")];
    assert!(told[0].starts_with("阶段：“全年”") && told[1].contains("金额：“约三万”不是金额"), "{told:?}");
    assert_eq!(browser.count("tr.wrong"), 2, "what Excel writes in its own way is read");
    let marked = browser.js(
        "[1, 2, 3].map((column) => [cell(3, column).getAttribute('aria-invalid'), cell(3, column).getAttribute('aria-describedby')])",
    );
    assert_eq!(marked, json!([[null, "wrong-4"], [null, "wrong-4"], ["true", "wrong-4"]]));
    assert_eq!(browser.js("document.activeElement === cell(0, 0)"), json!(true), "the focus is where it was");
    assert!(browser.text("#judged").contains("2 处"), "{}", browser.text("#judged"));
    // What was wrong is put right, and so is what is told of it.
    typed(&browser, 2, 1, "全年预算");
    typed(&browser, 3, 3, "30000");
    browser.until("!document.querySelector('tr.wrong')");
    assert_eq!(browser.js("[document.activeElement === cell(3, 3), cell(3, 3).selectionStart]"), json!([true, 5]));
    browser.until("document.querySelector('#weighed h4')");
    let hangs = browser.text("#weighed");
    assert!(hangs.contains("第4行 金额") && hangs.contains("3.00万元") && hangs.contains("成立"), "{hangs}");
    assert_eq!(browser.js("document.activeElement === cell(3, 3)"), json!(true));
    browser.seen("typing");
    browser.js("(document.querySelector('.save button').click(), 1)");
    browser.until("location.search && document.querySelector('input[name=version]').value === '2'");
    cells(&browser);
    assert_eq!(browser.js("cell(2, 3).value"), json!("１２３．４５"));
}

#[test]
fn a_block_that_was_pasted_is_undone_and_judged_again() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let _window = open(&browser, &place);
    cells(&browser);
    let before = browser.js("[...document.querySelectorAll('#grid input')].map((cell) => cell.value)");
    browser.js(
        "(() => {
            const data = new DataTransfer();
            data.setData('text/plain', '无\\t无\\r\\n\"两\\n行\"\\t\"一个\"\"引号\"\\r\\n');
            cell(0, 2).focus();
            cell(0, 2).dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        })()",
    );
    assert_eq!(browser.js("[cell(1, 2).value, cell(1, 3).value]"), json!(["两 行", "一个\"引号"]));
    browser.until("document.querySelectorAll('tr.wrong').length === 2");
    browser.js("(cell(0, 2).dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true })), 1)");
    browser.until("!document.querySelector('tr.wrong')");
    assert_eq!(browser.js("[...document.querySelectorAll('#grid input')].map((cell) => cell.value)"), before);
}

#[test]
fn the_second_of_two_windows_is_shown_what_differs_and_saves_what_it_decides() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let _window = open(&browser, &place);
    browser.second(SHEET);
    cells(&browser);
    typed(&browser, 0, 3, "1");
    browser.js("(document.querySelector('.save button').click(), 1)");
    browser.until("document.querySelector('input[name=version]').value === '2'");
    browser.switch(0);
    cells(&browser);
    typed(&browser, 0, 3, "2");
    typed(&browser, 1, 3, "3");
    browser.js("(document.querySelector('.save button').click(), 1)");
    browser.until("document.querySelector('[role=alert] .differing')");
    browser.seen("torn");
    let told = browser.text("[role=alert]");
    assert!(told.contains("没有保存") && told.contains("第1行"), "{told}");
    let rows = browser.js("[...document.querySelectorAll('.differing tbody tr')].map((row) => [...row.cells].slice(2).map((cell) => cell.textContent))");
    assert_eq!(rows, json!([["1", "2"], ["0.00", "3"]]));
    cells(&browser);
    assert_eq!(browser.js("[cell(0, 3).value, cell(0, 3).classList.contains('torn')]"), json!(["2", true]));
    browser.js("(document.querySelector('.save button').click(), 1)");
    browser.until(
        "document.querySelector('input[name=version]').value === '3' && !document.querySelector('[role=alert]')",
    );
}

#[test]
fn a_table_is_for_everyone_and_fits_a_telephone() {
    for width in [1280, 390] {
        let Some(browser) = Browser::new(Wanted { width, ..USUAL }) else { return };
        let place = Place::new();
        let _window = open(&browser, &place);
        cells(&browser);
        typed(&browser, 3, 3, "约三万");
        browser.until("document.querySelector('tr.wrong') && document.querySelector('#weighed .error')");
        browser.seen(&format!("sheet-{width}"));
        let wide = browser.js("[document.documentElement.scrollWidth, innerWidth]");
        assert!(wide[0].as_u64() <= wide[1].as_u64(), "{wide}");
        let Some(axe) = AXE.as_ref() else { continue };
        assert_eq!(violations(&browser, axe), Vec::<String>::new(), "at {width}");
    }
}
