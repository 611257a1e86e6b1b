//! What of a document was recognised in pictures: it may have been misread, so that nothing that rests on it is more than a hint.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_model::{Block, Confidence, Document, Package, Place, Seen, Severity, Spot};

/// How grave it is that something does not agree which was seen like that: no error where it may have been misread, and a hint only where that
/// is likely, or nobody knows. What a person has said stands there is as good as text; what sums prove is not quite.
pub(crate) fn softened(severity: Severity, seen: Seen, catalog: &Catalog) -> Severity {
    let least = Confidence::thousandths(catalog.report.coverage.doubtful_below);
    match seen {
        Seen::Text | Seen::Corrected => severity,
        Seen::Proven => severity.max(Severity::Warning),
        Seen::Picture(sure) if sure >= least => severity.max(Severity::Warning),
        Seen::Picture(_) => severity.max(Severity::Notice),
    }
}

/// The pages of a document that were recognised in pictures.
pub(crate) struct Scanned {
    pages: BTreeSet<u32>,
    /// True if most blocks were.
    mostly: bool,
}

impl Scanned {
    /// Looks at every block.
    pub(crate) fn of(package: &Package) -> Scanned {
        let blocks: Vec<(Seen, Option<u32>)> = blocks(&package.document);
        let scanned = || blocks.iter().filter(|(seen, _)| !seen.is_text());
        Scanned {
            pages: scanned().filter_map(|(_, page)| *page).collect(),
            mostly: scanned().count() * 2 > blocks.len(),
        }
    }

    /// How grave a finding is that shows at these spots; one without any speaks of the whole document. One that shows at figures only is as
    /// grave as they make it.
    pub(crate) fn gravity(&self, severity: Severity, spots: &[Spot]) -> Severity {
        if !spots.is_empty() && spots.iter().all(|spot| spot.figure.is_some()) {
            return severity;
        }
        let page = |spot: &Spot| spot.place.as_ref().or(spot.figure.as_ref().map(|figure| &figure.place))?.page;
        let mut pages = spots.iter().filter_map(page).peekable();
        let rests = match pages.peek() {
            None => self.mostly,
            Some(_) => pages.any(|page| self.pages.contains(&page)),
        };
        if rests { severity.max(Severity::Notice) } else { severity }
    }
}

fn blocks(document: &Document) -> Vec<(Seen, Option<u32>)> {
    let page = |place: &Place| place.page;
    let mut out = Vec::new();
    for part in &document.parts {
        out.extend(part.origin.iter().map(|origin| (origin.seen, page(&origin.place))));
        for block in &part.blocks {
            match block {
                Block::Heading { origin, .. } | Block::Paragraph { origin, .. } => {
                    out.extend(origin.iter().map(|origin| (origin.seen, page(&origin.place))));
                }
                Block::Table(table) => out.extend(table.pages.iter().map(|page| (table.seen(), Some(*page)))),
                Block::Chart(_) => {}
            }
        }
    }
    out
}
