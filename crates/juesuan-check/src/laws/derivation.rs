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

/// Checks every printed change, growth rate, share and completion rate.
pub(crate) fn check(docket: &mut Docket<'_, '_>, heading: Heading<'_>) {
    let ledger = docket.ledger;
    for (id, figure, entry) in ledger.figures() {
        let section = figure.place.section.as_deref();
        for key in &entry.keys {
            match &key.1 {
                Measure::Change(against) => change(docket, heading, id, key, *against, section),
                Measure::Growth(against) => growth(docket, heading, id, key, *against, section),
                Measure::Completion(against) => {
                    let whole = compared_with(ledger, &key.0, *against);
                    fraction(docket, heading, id, key, &whole, section);
                    completion_by_excess(docket, heading, id, key, *against, section);
                }
                Measure::Share { of } => fraction(docket, heading, id, key, of, section),
                Measure::Amount | Measure::Count | Measure::Score => {}
            }
        }
    }
}

/// The distinct printed values of an amount, last year's package included.
pub(crate) fn operands(docket: &Docket<'_, '_>, meaning: &Meaning, section: Option<&str>) -> Vec<Operand> {
    let ledger = docket.ledger;
    let printings = ledger.quantity(meaning);
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

fn change(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    id: FigureId,
    key: &Key,
    against: Against,
    section: Option<&str>,
) {
    let ledger = docket.ledger;
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

fn growth(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    id: FigureId,
    key: &Key,
    against: Against,
    section: Option<&str>,
) {
    let ledger = docket.ledger;
    let current = operands(docket, &key.0, section);
    let changes = {
        let printings = ledger.printings(&(key.0.clone(), Measure::Change(against)));
        let mut ids = printings.map(|p| p.distinct(ledger, section)).unwrap_or_default();
        ids.truncate(TRIED);
        ids
    };
    let reference = operands(docket, &compared_with(ledger, &key.0, against), section);
    // By the change beside it: c ÷ (x − c).
    let by_change = changes.iter().flat_map(|c| {
        current.iter().map(|x| {
            vec![
                Share { operand: Operand::Figure(*c), part: 1, whole: -1 },
                Share { operand: x.clone(), part: 0, whole: 1 },
            ]
        })
    });
    best(docket, heading, id, key, by_change.collect());
    // By what it is compared with: (x − r) ÷ r.
    let by_reference = reference.iter().flat_map(|r| {
        current.iter().map(|x| {
            vec![Share { operand: x.clone(), part: 1, whole: 0 }, Share { operand: r.clone(), part: -1, whole: 1 }]
        })
    });
    best(docket, heading, id, key, by_reference.collect());
}

/// A completion by the difference to the budget that is printed beside it: x ÷ (x − c).
fn completion_by_excess(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    id: FigureId,
    key: &Key,
    against: Against,
    section: Option<&str>,
) {
    let ledger = docket.ledger;
    let changes = ledger.printings(&(key.0.clone(), Measure::Change(against)));
    let changes = changes.map(|p| p.distinct(ledger, section)).unwrap_or_default();
    let current = operands(docket, &key.0, section);
    let shares = changes.iter().take(TRIED).flat_map(|c| {
        current.iter().map(|x| {
            vec![
                Share { operand: x.clone(), part: 1, whole: 1 },
                Share { operand: Operand::Figure(*c), part: 0, whole: -1 },
            ]
        })
    });
    best(docket, heading, id, key, shares.collect());
}

fn fraction(
    docket: &mut Docket<'_, '_>,
    heading: Heading<'_>,
    id: FigureId,
    key: &Key,
    whole: &Meaning,
    section: Option<&str>,
) {
    let parts = operands(docket, &key.0, section);
    let wholes = operands(docket, whole, section);
    let shares = parts.iter().flat_map(|part| {
        wholes.iter().map(|whole| {
            if part.figure().is_some() && part.figure() == whole.figure() {
                return vec![Share { operand: part.clone(), part: 1, whole: 1 }];
            }
            vec![
                Share { operand: part.clone(), part: 1, whole: 0 },
                Share { operand: whole.clone(), part: 0, whole: 1 },
            ]
        })
    });
    best(docket, heading, id, key, shares.collect());
}

/// Evaluates the first combination that holds, else the first.
fn best(docket: &mut Docket<'_, '_>, heading: Heading<'_>, id: FigureId, key: &Key, combinations: Vec<Vec<Share>>) {
    let ledger = docket.ledger;
    let verdict = |shares: &Vec<Share>| quotient::evaluate(id, shares, ledger).0;
    let chosen = combinations
        .iter()
        .find(|shares| verdict(shares) == (Verdict::Holds, false))
        .or_else(|| combinations.iter().find(|shares| verdict(shares).0 == Verdict::Holds))
        .or(combinations.first());
    if let Some(shares) = chosen {
        docket.quotient(heading, ledger.subject(key), id, shares.clone());
    }
}
