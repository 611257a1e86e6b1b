//! Every sentence that a rule can say has its template, and every place of the template its value.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_check::example;
use juesuan_write::report::Teller;

/// What the teller writes where a template or a value is missing.
const LACKING: &str = "……";

#[test]
fn what_the_examples_say_lacks_nothing() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut wrong = Vec::new();
    let mut told = 0;
    for (code, package, report) in example::reports(&catalog) {
        let teller = Teller::new(&catalog, &package, &report, "");
        // A document may itself have such dots, and a sentence quote them.
        let is_quoted = format!("{:?}", package.document).contains(LACKING);
        let sentences = report.relations.iter().map(|relation| teller.relation(relation));
        let sentences = sentences.chain(report.findings.iter().map(|finding| teller.message(finding)));
        for sentence in sentences {
            told += 1;
            if (sentence.contains(LACKING) && !is_quoted) || sentence.trim_matches('。').is_empty() {
                wrong.push(format!("{code}: {sentence}"));
            }
        }
    }
    assert!(told > 400, "{told}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_findings_of_a_document_have_one_key() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for (code, _, report) in example::reports(&catalog) {
        let keys: BTreeSet<&str> = report.findings.iter().map(|finding| finding.key.0.as_str()).collect();
        assert_eq!(keys.len(), report.findings.len(), "{code}: {keys:?}");
        assert!(keys.iter().all(|key| key.starts_with(code) || code.starts_with("WV")), "{code}: {keys:?}");
    }
}
