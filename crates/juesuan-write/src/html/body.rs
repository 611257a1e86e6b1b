//! Paragraphs, and the ids of figures.

use std::collections::BTreeSet;

use juesuan_model::{Block, FigureId, Mark, Notice, Package, Run};

use crate::markup::{Push, escape};
use crate::outline::missing;

/// Gives each figure its id once. A figure of the text or a table is found there, not in a chart's data.
pub(super) struct FigureIds {
    taken: BTreeSet<FigureId>,
    printed: BTreeSet<FigureId>,
}

impl FigureIds {
    pub(super) fn new(package: &Package) -> FigureIds {
        let mut printed = BTreeSet::new();
        for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
            match block {
                Block::Paragraph { runs, .. } => printed.extend(runs.iter().filter_map(|run| run.figure)),
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    printed.extend(cells.filter_map(|cell| cell.figure));
                }
                Block::Heading { .. } | Block::Chart(_) => {}
            }
        }
        FigureIds { taken: BTreeSet::new(), printed }
    }

    /// ` id="fig-7"`, or nothing if the figure already stands elsewhere.
    pub(super) fn attribute(&mut self, id: FigureId) -> String {
        if self.taken.insert(id) { format!(" id=\"fig-{}\"", id.0) } else { String::new() }
    }

    /// As [`FigureIds::attribute`], for a place in a chart's data.
    pub(super) fn attribute_in_chart(&mut self, id: FigureId) -> String {
        if self.printed.contains(&id) { String::new() } else { self.attribute(id) }
    }
}

pub(super) fn paragraph(runs: &[Run], figures: &mut FigureIds) -> String {
    let mut out = String::from("<p>");
    for run in runs {
        let id = run.figure.map_or(String::new(), |id| figures.attribute(id));
        let text = escape(&run.text);
        match run.mark {
            Mark::Missing => {
                out.put(format_args!("<mark class=\"missing\"{id}>{}</mark>", escape(&missing(&run.text))))
            }
            Mark::Strong => out.put(format_args!("<strong{id}>{text}</strong>")),
            Mark::Plain if run.figure.is_some() => out.put(format_args!("<span class=\"figure\"{id}>{text}</span>")),
            Mark::Plain => out.push_str(&text),
        }
    }
    out.push_str("</p>\n");
    out
}

/// Number and addressee of a notice.
pub(super) fn notice_head(notice: &Notice) -> String {
    let number = escape(&notice.number.text);
    let number = match notice.number.mark {
        Mark::Missing => format!("<mark class=\"missing\">{}</mark>", escape(&missing(&notice.number.text))),
        Mark::Plain | Mark::Strong => number,
    };
    format!("<p class=\"document-number\">{number}</p>\n<p class=\"addressee\">{}</p>\n", escape(&notice.to))
}

/// Issuer and day of a notice.
pub(super) fn signed(notice: &Notice) -> String {
    let [issuer, day] = notice.signed.each_ref().map(|line| escape(line));
    format!("<p class=\"signed\"><span>{issuer}</span><span>{day}</span></p>\n")
}
