//! Whether a document was read through and found right.

use juesuan_model::package::Report;
use juesuan_model::{DocumentKind, Gravity, Severity, Verdict};
use juesuan_write::report::Checked;

use crate::state::State;

/// How a run with this document ends: a file that was not read through never ends well, whatever stands in the rest.
pub fn state(checked: &Checked) -> State {
    if checked.problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return State::Unread;
    }
    match of_report(&checked.report) {
        State::Clean if !is_complete(checked) => State::Unread,
        state => state,
    }
}

/// True if everything in the document was read and recognised.
pub fn is_complete(checked: &Checked) -> bool {
    match checked.package.kind {
        DocumentKind::Template => checked.problems.is_empty(),
        DocumentKind::Unknown => false,
        DocumentKind::Final | DocumentKind::Budget => {
            checked.problems.is_empty()
                && checked.unread.is_empty()
                && !checked.package.figures.is_empty()
                && of_report(&checked.report) != State::Unread
        }
    }
}

/// How a run with this report ends.
pub fn of_report(report: &Report) -> State {
    if report.findings.iter().any(|finding| finding.severity == Severity::Error) {
        State::Errors
    } else if report.relations.iter().any(|relation| relation.verdict == Verdict::Unreadable)
        || !report.coverage.is_enough()
    {
        State::Unread
    } else {
        State::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_figures_or_with_unread_parts_never_ends_clean() {
        let mut checked = Checked::default();
        assert_eq!(state(&checked), State::Unread, "no figures");
        checked.package.kind = DocumentKind::Template;
        assert_eq!(state(&checked), State::Clean);
        checked.package.kind = DocumentKind::Unknown;
        assert_eq!(state(&checked), State::Unread);
    }
}
