//! What last year's package says of the same project or whole.

use std::collections::BTreeMap;

use juesuan_facts::Amount;
use juesuan_model::{Cell, Evaluation, Figure, FigureId, Number, Package, Quantity, Stands};
use juesuan_text::plain;

/// What last year's package says of the same project or whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriorResult {
    /// Last year.
    pub year: u16,
    /// What was spent.
    pub executed: Option<Amount>,
    /// All points.
    pub score: Option<Number>,
    /// Third-level indicator → what was reached, as printed.
    pub reached: BTreeMap<String, String>,
}

/// Last year's result of a project (empty: the whole); `None` if the package says nothing of it.
pub fn result(package: &Package, project: &str) -> Option<PriorResult> {
    let mut own: Vec<&Evaluation> =
        package.performance.evaluations.iter().filter(|of| plain(&of.project) == plain(project)).collect();
    // A form says the most, a summary the least.
    own.sort_by_key(|of| std::cmp::Reverse(of.stands == Stands::Form));
    let figure = |id: &FigureId| package.figure(*id);
    let amount = |quantity: Quantity| {
        let lines = own.iter().filter_map(|of| of.funds.first()).map(|line| &line.amounts);
        own.iter().map(|of| &of.amounts).chain(lines).find_map(|amounts| figure(amounts.get(&quantity)?))
    };
    let executed = amount(Quantity::Executed).and_then(amount_of);
    let score = amount(Quantity::Score).and_then(number);
    let reached = own
        .iter()
        .rev()
        .flat_map(|of| &of.indicators)
        .filter(|indicator| !indicator.actual.text.is_empty())
        .map(|indicator| (indicator.name().to_owned(), indicator.actual.text.clone()))
        .collect();
    let result = PriorResult { year: package.entity.year, executed, score, reached };
    let said = result.executed.is_some() || result.score.is_some() || !result.reached.is_empty();
    said.then_some(result)
}

fn amount_of(figure: &Figure) -> Option<Amount> {
    match (figure.exact_fen, figure.cell) {
        (Some(money), _) => Some(Amount::Exact(money)),
        (None, Cell::Number(printed)) if printed.unit.fen().is_some() => Some(Amount::Printed(printed)),
        _ => None,
    }
}

fn number(figure: &Figure) -> Option<Number> {
    match figure.cell {
        Cell::Number(printed) => Number::of_printed(printed),
        _ => None,
    }
}
