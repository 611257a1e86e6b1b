//! Documents checked beside each other; a panic in one check costs no other document its report.

use juesuan_catalog::Catalog;
use juesuan_check::{Named, Trial};
use juesuan_model::package::Report;
use juesuan_model::{DocumentKind, Package, Problem};
use juesuan_write::report::Checked;

use crate::apart::{apart, lost};

/// Checks documents; one report each.
type Check<'a> = &'a (dyn Fn(&[Named<'_>]) -> Vec<Report> + Sync);

/// Checks the documents beside each other; an empty form and what is no account of any kind are not checked.
pub(super) fn judge_all(checked: &mut [Checked], prior: &[&Package], catalog: &Catalog, trial: Trial) {
    judge_by(checked, &|documents| juesuan_check::check_all(documents, catalog, prior, trial));
}

fn judge_by(checked: &mut [Checked], check: Check<'_>) {
    let subject =
        |checked: &&mut Checked| !matches!(checked.package.kind, DocumentKind::Template | DocumentKind::Unknown);
    let mut subjects: Vec<&mut Checked> = checked.iter_mut().filter(subject).collect();
    let documents: Vec<Named<'_>> =
        subjects.iter().map(|one| Named { file: &one.file, package: &one.package }).collect();
    let judged = match apart(|| check(&documents)) {
        Some(reports) => reports.into_iter().map(|report| (Some(report), None)).collect(),
        None => one_by_one(&documents, check),
    };
    for (checked, (report, problem)) in subjects.iter_mut().zip(judged) {
        checked.report = report.unwrap_or_default();
        checked.problems.extend(problem);
    }
}

/// What can be said where the check of all was lost: each alone, then those beside each other that can be checked at all.
fn one_by_one(documents: &[Named<'_>], check: Check<'_>) -> Vec<(Option<Report>, Option<Problem>)> {
    let alone = |document: &Named<'_>| apart(|| check(std::slice::from_ref(document))).and_then(|mut one| one.pop());
    let mut judged: Vec<Option<Report>> = documents.iter().map(alone).collect();
    let sound: Vec<Named<'_>> =
        documents.iter().zip(&judged).filter(|(_, report)| report.is_some()).map(|(document, _)| *document).collect();
    let beside = if sound.len() < documents.len() { apart(|| check(&sound)) } else { None };
    let held = beside.is_some();
    for (report, better) in judged.iter_mut().filter(|report| report.is_some()).zip(beside.unwrap_or_default()) {
        *report = Some(better);
    }
    let told = |report: Option<Report>| {
        let problem = (report.is_none() || !held).then(|| lost(None));
        (report, problem)
    };
    judged.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use juesuan_model::relation::Form;
    use juesuan_model::{Message, Relation, Verdict};

    use super::*;
    use crate::judge;
    use crate::state::State;

    fn documents() -> Vec<Checked> {
        let named = |file: &str| Checked { file: file.to_owned(), ..Checked::default() };
        ["a", "bad", "c"].map(named).into()
    }

    /// As many relations as documents were held against each other.
    fn reports(documents: &[Named<'_>]) -> Vec<Report> {
        let (message, form) = (Message::default(), Form::Logic { figures: Vec::new() });
        let relation = Relation { code: String::new(), message, form, verdict: Verdict::Holds, tail: false };
        let report = Report { relations: vec![relation; documents.len()], ..Report::default() };
        vec![report; documents.len()]
    }

    fn outcome(check: Check<'_>) -> Vec<(usize, bool)> {
        let mut checked = documents();
        judge_by(&mut checked, check);
        checked.iter().map(|one| (one.report.relations.len(), judge::state(one) == State::Unread)).collect()
    }

    #[test]
    fn a_document_whose_check_panics_is_unread_and_the_others_are_held_against_each_other() {
        let check = |documents: &[Named<'_>]| {
            assert!(documents.iter().all(|document| document.file != "bad"), "a bug");
            reports(documents)
        };
        let outcome = outcome(&check);
        assert_eq!(outcome.iter().map(|one| one.0).collect::<Vec<_>>(), [2, 0, 2]);
        assert!(outcome[1].1);
    }

    #[test]
    fn a_panic_between_documents_leaves_each_its_own_report_and_says_that_it_is_not_all() {
        let check = |documents: &[Named<'_>]| {
            assert!(documents.len() < 2, "a bug");
            reports(documents)
        };
        assert_eq!(outcome(&check), [(1, true), (1, true), (1, true)]);
    }
}
