//! Two figures of one row that stand each in the place of the other: one fault, not two.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Operand, Share, Term};
use juesuan_model::{FigureId, Verdict};

use crate::case::{Case, Solve as _};
use crate::docket::Docket;
use crate::ledger::{Ledger, middle};

/// Two figures and the broken relations that hold once they change places.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// The figure that repairs more by itself comes first.
    pub(crate) figures: (FigureId, FigureId),
    /// Indices into [`Docket::cases`].
    pub(crate) cases: Vec<usize>,
}

/// Pairs of one table row which, exchanged, repair at least two broken relations, every broken one they stand in, and break
/// no other. Most repaired first.
pub(crate) fn exchanges(docket: &Docket<'_, '_>, broken: &BTreeSet<usize>) -> Vec<Exchange> {
    let (ledger, cases) = (docket.ledger, &docket.cases);
    let mut of: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate() {
        if matches!(case.verdict, Verdict::Broken | Verdict::Holds) {
            case.form.figures().into_iter().for_each(|id| of.entry(id).or_default().push(number));
        }
    }
    let mut rows: BTreeMap<(&str, &str), BTreeSet<FigureId>> = BTreeMap::new();
    for id in broken.iter().filter_map(|i| cases.get(*i)).flat_map(|case| case.form.figures()) {
        if let Some((table, row)) = ledger.place(id).and_then(|p| p.table.as_deref().zip(p.row.as_deref())) {
            rows.entry((table, row)).or_default().insert(id);
        }
    }
    let mut out = Vec::new();
    for row in rows.into_values() {
        let ids: Vec<FigureId> = row.into_iter().collect();
        for (number, a) in ids.iter().enumerate() {
            out.extend(ids.iter().skip(number + 1).filter_map(|b| exchange(*a, *b, &of, cases, ledger)));
        }
    }
    out.sort_by_key(|exchange| std::cmp::Reverse(exchange.cases.len()));
    out
}

fn exchange(
    a: FigureId,
    b: FigureId,
    of: &BTreeMap<FigureId, Vec<usize>>,
    cases: &[Case],
    ledger: &Ledger<'_>,
) -> Option<Exchange> {
    let ((left, _), (right, _)) = (ledger.known(a)?, ledger.known(b)?);
    if left.unit != right.unit || middle(left) == middle(right) {
        return None;
    }
    let touched: BTreeSet<usize> = [a, b].iter().filter_map(|id| of.get(id)).flatten().copied().collect();
    let (mut repaired, mut conditions) = (Vec::new(), Vec::new());
    for number in touched {
        let case = cases.get(number)?;
        match exchanged(&case.form, a, b) {
            Some(form) if form.evaluate(ledger).0 == Verdict::Broken => return None,
            Some(_) if case.verdict == Verdict::Broken => repaired.push(number),
            // A condition that names no value is thought to follow from the others.
            None if case.verdict == Verdict::Broken => conditions.push(number),
            Some(_) | None => {}
        }
    }
    let enough = repaired.len() > 1;
    repaired.extend(conditions);
    enough.then_some(Exchange { figures: (a, b), cases: repaired })
}

/// The relation with the two figures exchanged; `None` for one that names no value.
fn exchanged(form: &Form, a: FigureId, b: FigureId) -> Option<Form> {
    let other = |id: FigureId| match id {
        _ if id == a => b,
        _ if id == b => a,
        _ => id,
    };
    let operand = |operand: &Operand| match operand {
        Operand::Figure(id) => Operand::Figure(other(*id)),
        Operand::Given(_) => operand.clone(),
    };
    let side = |terms: &[Term]| -> Vec<Term> {
        terms.iter().map(|t| Term { operand: operand(&t.operand), factor: t.factor }).collect()
    };
    match form {
        Form::Linear { left, sense, right, slack } => {
            Some(Form::Linear { left: side(left), sense: *sense, right: side(right), slack: *slack })
        }
        Form::Quotient { percent, shares } => Some(Form::Quotient {
            percent: other(*percent),
            shares: shares.iter().map(|s| Share { operand: operand(&s.operand), ..s.clone() }).collect(),
        }),
        Form::Logic { .. } | Form::Fact { .. } => None,
    }
}
