//! `performance`: self-evaluations and their indicators.

use juesuan_model::performance::{Evaluation, Indicator, Quantity};
use juesuan_model::{FigureId, Package, Printed};

use super::spell::{fen, number, word};
use super::{Sheet, Subject};
use crate::column::Value;

pub(super) const COLUMNS: [&str; 19] = [
    "document",
    "evaluation",
    "row",
    "stands",
    "project",
    "level1",
    "level2",
    "level3",
    "target",
    "actual",
    "reason",
    "weight",
    "score",
    "initial",
    "budget",
    "spent",
    "rate",
    "rate_score",
    "page",
];

/// The row of an evaluation as a whole.
const WHOLE: i64 = -1;

/// A row for each evaluation as a whole, and one for each of its indicators.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>) {
    let package = &subject.checked.package;
    for (at, evaluation) in package.performance.evaluations.iter().enumerate() {
        whole(sheet, (subject.document, at), evaluation, package);
        for (row, one) in evaluation.indicators.iter().enumerate() {
            indicator(sheet, (subject.document, at, row), (evaluation, one), package);
        }
    }
}

fn whole(sheet: &mut Sheet, (document, at): (&str, usize), evaluation: &Evaluation, package: &Package) {
    let of = |quantity| evaluation.amounts.get(&quantity).and_then(|id| printed(*id, package));
    let amount = |quantity| Value::from(of(quantity).and_then(fen));
    let value = |quantity| Value::from(of(quantity).and_then(number));
    sheet.row([
        document.into(),
        at.into(),
        WHOLE.into(),
        word(evaluation.stands).into(),
        evaluation.project.as_str().into(),
        "".into(),
        "".into(),
        "".into(),
        "".into(),
        "".into(),
        "".into(),
        value(Quantity::WeightTotal),
        value(Quantity::Score),
        amount(Quantity::InitialBudget),
        amount(Quantity::FullYearBudget),
        amount(Quantity::Executed),
        value(Quantity::Rate),
        value(Quantity::ExecutionScore),
        evaluation.title.place.page.into(),
    ]);
}

fn indicator(
    sheet: &mut Sheet,
    (document, at, row): (&str, usize, usize),
    (evaluation, indicator): (&Evaluation, &Indicator),
    package: &Package,
) {
    let level = |number: usize| Value::from(indicator.path.get(number).map_or("", String::as_str));
    let points = |id: Option<FigureId>| Value::from(id.and_then(|id| printed(id, package)).and_then(number));
    sheet.row([
        document.into(),
        at.into(),
        row.into(),
        word(evaluation.stands).into(),
        evaluation.project.as_str().into(),
        level(0),
        level(1),
        level(2),
        indicator.target.text.as_str().into(),
        indicator.actual.text.as_str().into(),
        indicator.reason.as_str().into(),
        points(indicator.weight),
        points(indicator.score),
        Value::Nothing,
        Value::Nothing,
        Value::Nothing,
        Value::Nothing,
        Value::Nothing,
        indicator.place.page.into(),
    ]);
}

fn printed(id: FigureId, package: &Package) -> Option<Printed> {
    package.figure(id)?.cell.number()
}
