//! What comes out of the printer.

use serde_json::{Value, json};

use super::{Browser, USUAL};
use crate::accounts;
use crate::desk::Place;
use crate::documents::broken_pdf;

/// Pages that people print, with what has to stand on paper.
const PRINTED: [(&str, &str, &str); 4] = [
    ("report", "/documents/1/1", "920.96"),
    ("list", "/", "安宁市档案局"),
    ("scores", "/evaluate/1", "值班设备经费"),
    ("log", "/desk/log", "新文件"),
];

/// What is for the screen only, as far as it takes room; and what is cut off at the edge of the paper.
const LOOK: &str = "(() => {
    const shown = (one) => one.getClientRects().length > 0;
    const all = (css) => [...document.querySelectorAll(css)].filter(shown).map((one) => one.outerHTML.slice(0, 100));
    const cut = [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1);
    return {
        screen: all('.rooms, .skip, button, .drop, .search, .filter, .tabs, input:not([type=hidden])'),
        cut: cut.map((one) => one.getAttribute('aria-label')),
    };
})()";

#[test]
fn what_is_printed_is_the_content_and_nothing_of_it_is_cut_off() {
    let Some(browser) = Browser::new(USUAL) else { return };
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    accounts::begin(&visitor);
    let second = place.open();
    browser.enter(&second);
    second.ended();
    for (name, path, word) in PRINTED {
        browser.open(path);
        browser.command("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
        // The width of what is printed on A4.
        browser.widen(688);
        let look = browser.js(LOOK);
        assert_eq!(look, json!({ "screen": [], "cut": [] }), "{name}");
        assert!(browser.text("body").contains(word), "{word} is not on {name}");
        let printed = browser.command("Page.printToPDF", &json!({ "preferCSSPageSize": true }));
        assert!(printed["value"]["data"].as_str().is_some_and(|data| data.len() > 1_000), "{name}");
        kept(name, &printed);
        browser.command("Emulation.setEmulatedMedia", &json!({ "media": "" }));
        browser.widen(USUAL.width);
    }
}

/// Keeps what would be printed where somebody wants to see it.
fn kept(name: &str, printed: &Value) {
    if let Some(folder) = std::env::var_os("JUESUAN_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("juesuan-desk-{name}.pdf.base64"));
        std::fs::write(path, printed["value"]["data"].as_str().unwrap()).unwrap();
    }
}
