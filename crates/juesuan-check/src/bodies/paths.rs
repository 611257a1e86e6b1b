//! Names of the function classification in running text, as paths: each is one of the year, below the name before it.

use juesuan_model::{Message, Said, Verdict};

use super::{Bench, Quote};
use crate::docket::HOW_MANY;
use crate::paths::{Wrong, level};

/// Every name of a path in the text is one of the year, below the name before it.
pub(crate) fn path_names_fit(bench: &mut Bench<'_, '_, '_>) {
    let (passages, paths) = (bench.passages(), bench.docket.paths());
    let year = bench.docket.ledger.package.entity.year;
    // The same name wrong in the same way is one fault, wherever it stands.
    let mut faults: Vec<(Message, Vec<Quote>)> = Vec::new();
    // Without a year, or before the names that the catalogue has, nobody knows which classification the document follows.
    let (wrong, seen) =
        if year == 0 || !bench.in_force() { (&[][..], 0) } else { (paths.wrong.as_slice(), paths.seen) };
    for Wrong { passage, step, above, obsolete, right, home } in wrong {
        let says = match (obsolete, above.is_empty(), home) {
            (_, _, Some(_)) => "elsewhere",
            (true, ..) => "old-name",
            (false, true, _) => "no-such-name",
            (false, false, _) => "not-below",
        };
        let right = home.as_ref().or(right.as_ref()).map(|(code, name)| Said::name(format!("{code} {name}")));
        let why = Message::new(says)
            .with("年度", usize::from(year))
            .with("级", Said::name(level(step.digits)))
            .with("上级", Said::words(above))
            .with_some("应为", right);
        let Some(spot) = passages.get(*passage).map(|passage| Quote::of(passage, step.from, step.to)) else { continue };
        match faults.iter_mut().find(|(other, spots)| *other == why && spots.iter().any(|s| s.words == spot.words)) {
            Some((_, spots)) => spots.push(spot),
            None => faults.push((why, vec![spot])),
        }
    }
    for (why, spots) in &faults {
        bench.report(spots, why.clone());
    }
    if faults.is_empty() {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        bench.say(Message::new("all").with(HOW_MANY, seen), Vec::new(), verdict);
    }
}
