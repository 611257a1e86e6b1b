//! Law of derivation: changes, growth rates, shares and completion rates follow from their operands, wherever printed.

use juesuan_catalog::names::stage;
use juesuan_model::relation::{Form, Operand, Sense, Share, Term};
use juesuan_model::{Against, Dimension, FigureId, Meaning, Measure, Verdict};

use crate::case::Solve as _;
use crate::docket::{Docket, Heading};
use crate::laws::agreement::earlier;
use crate::ledger::{Key, Ledger};
use crate::quotient;

/// Most values of one operand that are tried.
const TRIED: usize = 3;

/// The meaning that a change or rate compares with.
pub(crate) fn compared_with(ledger: &Ledger<'_>, meaning: &Meaning, against: Against) -> Meaning {
    match against {
        Against::PriorYear => {
            let year = meaning.get(Dimension::Year).and_then(|y| y.parse::<u16>().ok());
            let year = year.map_or_else(|| ledger.last_year(), |y| y.saturating_sub(1).to_string());
            meaning.clone().with(Dimension::Year, year)
        }
        Against::InitialBudget => meaning.clone().with(Dimension::Stage, stage::INITIAL),
        Against::FullYearBudget => meaning.clone().with(Dimension::Stage, stage::FULL_YEAR),
    }
}

/// A printed change, rate or share: the figure, what it says, and the section where it stands.
#[derive(Clone, Copy)]
struct Derived<'k> {
    id: FigureId,
    key: &'k Key,
    section: Option<&'k str>,
}

/// Checks every printed change, growth rate, share and completion rate.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for (id, figure, entry) in ledger.figures() {
        for key in &entry.keys {
            let one = Derived { id, key, section: figure.place.section.as_deref() };
            match &key.1 {
                Measure::Change(against) => change(docket, heading, one, *against),
                Measure::Growth(against) => growth(docket, heading, one, *against),
                Measure::Completion(against) => {
                    fraction(docket, heading, one, &compared_with(ledger, &key.0, *against));
                    // By the difference to the budget that is printed beside it: x ÷ (x − c).
                    let of = (changes(docket, one, *against), operands(docket, &key.0, one.section));
                    best(docket, heading, one, &of, |c, x| vec![share(x, 1, 1), share(c, 0, -1)]);
                }
                Measure::Share { of } => fraction(docket, heading, one, of),
                Measure::Amount | Measure::Count | Measure::Score => {}
            }
        }
    }
}

/// The distinct printed values of an amount, last year's package included.
pub(crate) fn operands(docket: &Docket<'_, '_>, meaning: &Meaning, section: Option<&str>) -> Vec<Operand> {
    let ledger = docket.ledger;
    let printings = ledger.quantity(meaning).filter(|printings| docket.effort.take(printings.count()));
    let mut out: Vec<Operand> =
        printings.map(|p| p.distinct(ledger, section)).unwrap_or_default().into_iter().map(Operand::Figure).collect();
    if out.is_empty() {
        out.extend(printings.and_then(|p| p.unreadable.first()).map(|id| Operand::Figure(*id)));
    }
    out.truncate(TRIED);
    if out.is_empty() {
        out.extend(earlier(docket, meaning));
    }
    out
}

/// The distinct printed changes of what a rate is of.
fn changes(docket: &Docket<'_, '_>, one: Derived<'_>, against: Against) -> Vec<Operand> {
    let ledger = docket.ledger;
    let printings = ledger.printings(&(one.key.0.clone(), Measure::Change(against)));
    let ids = printings.map(|p| p.distinct(ledger, one.section)).unwrap_or_default();
    ids.into_iter().take(TRIED).map(Operand::Figure).collect()
}

fn change(docket: &mut Docket<'_, '_>, heading: Heading<'_>, one: Derived<'_>, against: Against) {
    let ledger = docket.ledger;
    let Derived { id, key, section } = one;
    let current = operands(docket, &key.0, section);
    let reference = operands(docket, &compared_with(ledger, &key.0, against), section);
    let terms = |now: &Operand, then: &Operand| {
        vec![Term { operand: now.clone(), factor: 1 }, Term { operand: then.clone(), factor: -1 }]
    };
    let mut pairs = current.iter().flat_map(|now| reference.iter().map(move |then| (now, then)));
    let Some(first) = pairs.clone().next() else {
        return;
    };
    let fits = |(now, then): &(&Operand, &Operand)| {
        let (left, right) = (vec![Term::plus(id)], terms(now, then));
        Form::Linear { left, sense: Sense::Equal, right, slack: 0 }.evaluate(ledger).0 == Verdict::Holds
    };
    let (now, then) = pairs.find(fits).unwrap_or(first);
    docket.compare(heading, ledger.subject(key), &[Term::plus(id)], Sense::Equal, &terms(now, then), 0);
}

fn growth(docket: &mut Docket<'_, '_>, heading: Heading<'_>, one: Derived<'_>, against: Against) {
    let current = || operands(docket, &one.key.0, one.section);
    let by_change = (changes(docket, one, against), current());
    let reference = operands(docket, &compared_with(docket.ledger, &one.key.0, against), one.section);
    let by_reference = (reference, current());
    // By the change beside it: c ÷ (x − c).
    best(docket, heading, one, &by_change, |c, x| vec![share(c, 1, -1), share(x, 0, 1)]);
    // By what it is compared with: (x − r) ÷ r.
    best(docket, heading, one, &by_reference, |r, x| vec![share(x, 1, 0), share(r, -1, 1)]);
}

fn fraction(docket: &mut Docket<'_, '_>, heading: Heading<'_>, one: Derived<'_>, whole: &Meaning) {
    let of = (operands(docket, &one.key.0, one.section), operands(docket, whole, one.section));
    best(docket, heading, one, &of, |part, whole| {
        if part.figure().is_some() && part.figure() == whole.figure() {
            return vec![share(part, 1, 1)];
        }
        vec![share(part, 1, 0), share(whole, 0, 1)]
    });
}

fn share(operand: &Operand, part: i128, whole: i128) -> Share {
    Share { operand: operand.clone(), part, whole }
}

/// Evaluates the first combination of two operands that holds, else the first.
fn best(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    one: Derived<'_>,
    (outer, inner): &(Vec<Operand>, Vec<Operand>),
    shares: impl Fn(&Operand, &Operand) -> Vec<Share>,
) {
    let (ledger, shares) = (docket.ledger, &shares);
    let all: Vec<Vec<Share>> = outer.iter().flat_map(|a| inner.iter().map(move |b| shares(a, b))).collect();
    let verdict = |shares: &Vec<Share>| quotient::evaluate(one.id, shares, ledger).0;
    let chosen = all
        .iter()
        .find(|shares| verdict(shares) == (Verdict::Holds, false))
        .or_else(|| all.iter().find(|shares| verdict(shares).0 == Verdict::Holds))
        .or(all.first());
    if let Some(shares) = chosen {
        docket.quotient(heading, ledger.subject(one.key), one.id, shares.clone());
    }
}
