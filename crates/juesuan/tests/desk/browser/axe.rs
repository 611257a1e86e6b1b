//! axe-core, put into a page from outside, so that what the page itself may load stays as strict as it is.

use std::path::Path;
use std::sync::LazyLock;

use fantoccini::Client;
use serde_json::Value;

use super::Browser;

/// The script, where `scripts/axe.sh` has fetched it.
pub static AXE: LazyLock<Option<String>> = LazyLock::new(|| {
    let tools = Path::new(env!("CARGO_BIN_EXE_juesuan")).parent()?.parent()?.join("tools/axe");
    std::fs::read_to_string(tools.join("axe.min.js")).ok()
});

/// What WCAG 2.2 AA asks for, and good practice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// Marks of figures lie where the figures lie, however near to each other that is (WCAG 2.5.8, «essential»); the list below each page has
/// them at full size («equivalent»).
const PLACED: &str = ".sheet a.m";

/// Every violation, each with its rule and the first elements.
pub fn violations(browser: &Browser, axe: &str) -> Vec<String> {
    let run = format!(
        "{axe};
         const done = arguments[arguments.length - 1];
         const counts = (one, node) => one.id !== 'target-size' || !document.querySelector(node.target[0]).matches('{PLACED}');
         const told = (one, nodes) => one.id + ': ' + one.help + '\\n' + nodes.slice(0, 4).map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary).join('\\n');
         axe.run(document, {{ runOnly: {{ type: 'tag', values: {RULES} }} }}).then(
           (found) => done(found.violations.map((one) => [one, one.nodes.filter((node) => counts(one, node))]).filter(([, nodes]) => nodes.length > 0).map(([one, nodes]) => told(one, nodes))),
           (fault) => done([String(fault)]));"
    );
    let page: &Client = &browser.page;
    let found = browser.wait(page.execute_async(&run, Vec::new()));
    let text = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    found.as_array().unwrap().iter().map(text).collect()
}
