//! The catalogue's rules: sound, and proved by their own examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use juesuan_catalog::Catalog;

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn every_example_comes_out_as_its_rule_file_says() {
    let catalog = catalog();
    let misses = juesuan_check::example::misses(&catalog);
    let told: Vec<String> = misses
        .iter()
        .map(|miss| format!("{} {}: {:?} {:?}", miss.rule.code, miss.example.name, miss.wanted, miss.outcome))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_rule_has_a_headline_that_is_not_what_should_hold() {
    let catalog = catalog();
    let codes: Vec<&str> = catalog.rulebook.codes().collect();
    let praise = codes.iter().filter(|code| catalog.rulebook.entry(code).is_none_or(|own| own.fault == own.title));
    assert_eq!(praise.collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_rule_is_listed_explained_and_in_the_reference() {
    let catalog = catalog();
    let reference = juesuan_check::reference(&catalog);
    let rules = juesuan_check::rules(&catalog);
    assert!(rules.len() > 40, "{}", rules.len());
    for rule in rules {
        let page = juesuan_check::explain(&catalog, rule.code).unwrap();
        assert!(page.contains(rule.title) && reference.contains(&page), "{}", rule.code);
    }
    assert_eq!(juesuan_check::explain(&catalog, "ZZ999"), None);
}
