//! `unread`: what was not understood, and faults of the file.

use juesuan_model::Gravity;

use super::spell::place;
use super::{Sheet, Subject};

pub(super) const COLUMNS: [&str; 7] = ["document", "unread", "kind", "text", "place_table", "place_section", "page"];

/// A row for each place that was not understood and for each fault.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>) {
    let checked = subject.checked;
    let unread = checked.unread.iter().map(|(place, text)| ("unread", text, place));
    let problems = checked.problems.iter().map(|problem| {
        let kind = if problem.gravity == Gravity::Fatal { "fatal" } else { "problem" };
        (kind, &problem.message, &problem.place)
    });
    for (number, (kind, text, at)) in unread.chain(problems).enumerate() {
        let [table, section, page] = place(Some(at));
        sheet.row([subject.document.into(), number.into(), kind.into(), text.as_str().into(), table, section, page]);
    }
}
