//! Whether the rules of a catalogue are proved by their own examples, in words for whoever wrote them.

use juesuan_catalog::Catalog;
use juesuan_check::example::{Miss, Outcome, misses};
use juesuan_model::package::Report;
use juesuan_model::{Package, Problem, Verdict};
use juesuan_write::report::{Teller, verdict};

/// Most sentences of one example.
const SENTENCES: usize = 3;

/// Runs the examples of all rules. Each that does not come out as its file says is a problem at its name: what should have come
/// out, what did, and what the rule says then.
pub fn examples(catalog: &Catalog) -> Vec<Problem> {
    let problem = |miss: &Miss<'_>| {
        let name = &miss.example.name;
        let told = match &miss.outcome {
            Outcome::Refused(message) => message.clone(),
            Outcome::Judged(judged) => came_out(catalog, miss.wanted, &judged.0, &judged.1),
        };
        catalog.source.fault(&miss.rule.path, &[name], format!("例子“{name}”：{told}"))
    };
    misses(catalog).iter().map(problem).collect()
}

/// What the program says of each example of a rule, in the order of [`juesuan_check::RulePage::examples`]: its findings, else the
/// relations that decide, at most a few sentences. Nothing for an example that is not written as one can be.
pub fn said(catalog: &Catalog, code: &str) -> Vec<Vec<String>> {
    let of = |judged: Result<(Package, Report), String>| {
        let told = judged.map(|(package, report)| sentences(catalog, &package, &report).1);
        told.unwrap_or_default()
    };
    juesuan_check::example::of_rule(catalog, code).into_iter().map(of).collect()
}

fn came_out(catalog: &Catalog, wanted: Verdict, package: &Package, report: &Report) -> String {
    let (found, sentences) = sentences(catalog, package, report);
    let said = if sentences.is_empty() { String::new() } else { format!("：{}", sentences.join("；")) };
    format!("应为{}，得到{}{said}", verdict(wanted), verdict(found))
}

/// The gravest verdict, and what is said of it.
fn sentences(catalog: &Catalog, package: &Package, report: &Report) -> (Verdict, Vec<String>) {
    let teller = Teller::new(catalog, package, report, "");
    let graves = [Verdict::Broken, Verdict::Unreadable, Verdict::Holds];
    let has = |verdict: Verdict| report.relations.iter().any(|relation| relation.verdict == verdict);
    let found = graves.into_iter().find(|verdict| has(*verdict)).unwrap_or(Verdict::NotApplicable);
    let findings = report.findings.iter().map(|finding| teller.message(finding));
    let relations = report.relations.iter().filter(|relation| relation.verdict == found);
    let mut sentences: Vec<String> = match found {
        Verdict::Broken if !report.findings.is_empty() => findings.collect(),
        _ => relations.map(|relation| teller.relation(relation)).filter(|sentence| !sentence.is_empty()).collect(),
    };
    sentences.truncate(SENTENCES);
    (found, sentences)
}
