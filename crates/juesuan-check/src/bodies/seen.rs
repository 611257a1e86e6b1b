//! Figures that a scanner and somebody who looked at its picture read differently.

use juesuan_model::{Confidence, Differing, Figure, FigureId, Message, Said, Seen, Verdict};

use super::Bench;
use crate::docket::{FIGURE, RIGHT};

/// What a scanner says stands in its picture stands there. Where somebody who looked is not sure nothing is said, nor where a sum has
/// decided, or a person has said what stands there.
pub(crate) fn layer_as_picture(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let least = Confidence::thousandths(ledger.catalog.report.coverage.doubtful_below);
    let (mut same, mut faults) = (Vec::new(), 0);
    for (number, figure) in (0..).zip(&ledger.package.figures) {
        let Some(known) = &figure.place.picture else { continue };
        match &known.differs {
            Some(differs) if is_open(figure, differs) && differs.sure >= least => {
                faults += 1;
                let id = FigureId(number);
                let message = Message::new("differs").with(FIGURE, id).with("印", Said::words(&differs.layer));
                let message = message.with(RIGHT, Said::words(&differs.seen));
                bench.say(message, vec![id], Verdict::Broken);
            }
            Some(_) => {}
            None => same.push(FigureId(number)),
        }
    }
    bench.settle(same.len(), faults);
}

/// True if it is this figure that two read differently, and nothing has decided between them.
fn is_open(figure: &Figure, differs: &Differing) -> bool {
    let digits = |text: &str| text.trim_start_matches('-').trim_end_matches('.').to_owned();
    let own = figure.cell.number().map(|printed| printed.abs().digits());
    own.is_some_and(|own| own == digits(&differs.layer) || own == digits(&differs.seen))
        && matches!(figure.seen, Seen::Picture(_))
}
