//! Every sentence that a rule can say has its template, and every place of the template its value.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_check::example;
use juesuan_write::report::Teller;

/// What the teller writes where a template or a value is missing.
const LACKING: &str = "……";

/// Whether a sentence has dots of the teller: those of a document stand in the sentence as they are quoted from it.
fn is_lacking(sentence: &str, document: &str) -> bool {
    let quoted = |quote: &&str| quote.contains(LACKING) && document.contains(*quote);
    let quotes: Vec<&str> =
        sentence.split('“').skip(1).filter_map(|rest| rest.split('”').next()).filter(quoted).collect();
    quotes.iter().fold(sentence.to_owned(), |rest, quote| rest.replace(quote, "")).contains(LACKING)
}

#[test]
fn what_the_examples_say_lacks_nothing() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut wrong = Vec::new();
    let mut told = 0;
    for (code, package, report) in example::reports(&catalog) {
        let teller = Teller::new(&catalog, &package, &report, "");
        let document = format!("{:?}", package.document);
        let sentences = report.relations.iter().map(|relation| teller.relation(relation));
        let sentences = sentences.chain(report.findings.iter().map(|finding| teller.message(finding)));
        for sentence in sentences {
            told += 1;
            if is_lacking(&sentence, &document) || sentence.trim_matches('。').is_empty() {
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
