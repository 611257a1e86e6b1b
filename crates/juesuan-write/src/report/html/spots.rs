//! Where findings stand: each of their places goes to the document that it names.

use std::collections::BTreeSet;

use juesuan_model::{FigureId, Place, Severity};

use super::super::{Checked, words};
use super::View;
use crate::markup::escape;

/// A place of a finding.
pub(super) struct Spot<'a> {
    /// Id of the mark, of the form `d1f2p3`: document, finding and place, each from 1.
    pub(super) id: String,
    /// Number of the finding in its list, from 1.
    pub(super) finding: usize,
    /// Id of the finding.
    pub(super) target: String,
    pub(super) severity: Severity,
    pub(super) title: &'a str,
    pub(super) place: &'a Place,
    /// True where somebody answers for the finding.
    pub(super) answered: bool,
    /// The figure that stands there: several may stand at one place, as on a line of text.
    pub(super) figure: Option<FigureId>,
}

/// What a mark stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Running text or a table, where marks have room.
    Text,
    /// A picture, where they lie as close as the print: no stops of the tab key. Cards and lists lead to each of them, and the
    /// arrow keys from one to the next.
    Picture,
}

/// Ids of the spots and pages that can be linked to.
pub(super) type Shown = BTreeSet<String>;

/// The spots in each document, in the order of the documents. A finding may have places in several.
pub(super) fn spots<'a>(views: &[View<'a>]) -> Vec<Vec<Spot<'a>>> {
    let mut out: Vec<Vec<Spot<'a>>> = views.iter().map(|_| Vec::new()).collect();
    for (d, view) in views.iter().enumerate() {
        let document = view.checked;
        let answered = document.waived.iter().map(|waived| &waived.finding);
        let listed = ordered(document).map(|finding| (finding, false)).chain(answered.map(|finding| (finding, true)));
        for (f, (finding, answered)) in listed.enumerate() {
            let placed = finding.spots.iter().filter_map(|spot| Some((spot.place.as_ref()?, spot.figure.as_ref())));
            for (p, (place, figure)) in placed.enumerate() {
                let named = place.file.as_deref().filter(|file| !words::is_file(document, file));
                let home = named.and_then(|file| views.iter().position(|other| words::is_file(other.checked, file)));
                let target = finding_id(d + 1, f + 1);
                let spot = Spot {
                    id: spot_id(&target, p + 1),
                    finding: f + 1,
                    target,
                    severity: finding.severity,
                    title: view.teller.headline(finding),
                    place,
                    answered,
                    figure: figure.map(|figure| figure.id),
                };
                if let Some(spots) = out.get_mut(home.unwrap_or(d)) {
                    spots.push(spot);
                }
            }
        }
    }
    out
}

/// The findings in the order in which they are listed: graver first.
pub(super) fn ordered(checked: &Checked) -> impl Iterator<Item = &juesuan_model::Finding> {
    words::SEVERITIES
        .into_iter()
        .flat_map(|severity| checked.report.findings.iter().filter(move |finding| finding.severity == severity))
}

/// Id of a finding.
pub(super) fn finding_id(document: usize, finding: usize) -> String {
    format!("d{document}f{finding}")
}

/// Id of a place of a finding.
pub(super) fn spot_id(finding: &str, place: usize) -> String {
    format!("{finding}p{place}")
}

/// Id of a page.
pub(super) fn page_id(document: usize, page: u32) -> String {
    format!("d{document}p{page}")
}

/// The class of a severity.
pub(super) const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

impl Spot<'_> {
    /// The class of its mark.
    pub(super) const fn class(&self) -> &'static str {
        if self.answered { "answered" } else { class(self.severity) }
    }

    /// A number that leads to the finding.
    pub(super) fn tag(&self, ground: Ground) -> String {
        let stop = if ground == Ground::Picture { " tabindex=\"-1\"" } else { "" };
        let name = format!("{}{}：{}", self.severity.word(), self.finding, escape(self.title));
        format!(
            "<a class=\"tag {}\" id=\"{}\" href=\"#{}\" title=\"{name}\" aria-label=\"{name}\"{stop}>{}</a>",
            self.class(),
            self.id,
            self.target,
            self.finding
        )
    }
}
