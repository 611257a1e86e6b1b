//! `relations`: what was held against what, and what came out.

use juesuan_model::{FigureId, Verdict};

use super::spell::word;
use super::{Sheet, Subject};

pub(super) const COLUMNS: [&str; 6] = ["document", "relation", "code", "verdict", "tail", "figures"];

/// A row for each relation that was decided or would have been; those that do not apply say nothing of a document.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>) {
    for (number, relation) in subject.checked.report.relations.iter().enumerate() {
        if relation.verdict != Verdict::NotApplicable {
            sheet.row([
                subject.document.into(),
                number.into(),
                relation.code.as_str().into(),
                word(relation.verdict).into(),
                relation.tail.into(),
                numbers(relation.figures()).into(),
            ]);
        }
    }
}

/// Figures by their numbers.
pub(super) fn numbers(figures: impl IntoIterator<Item = FigureId>) -> Vec<i64> {
    figures.into_iter().map(|id| i64::from(id.0)).collect()
}
