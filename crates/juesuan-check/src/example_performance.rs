//! What the examples of rules say of performance, as a package has it.

use std::collections::BTreeMap;

use juesuan_catalog::names::{item, nature, stage};
use juesuan_catalog::{Example, ExampleEvaluation, ValueWords};
use juesuan_evaluate::Aim;
use juesuan_model::{
    Against, Cell, Dimension, Evaluation, Figure, FigureId, FundLine, Indicator, Meaning, Measure, Package, Place,
    Printed, Quantity, Seen, Stands, Step, Target, TargetChange, Told, Unit,
};

/// Written for the value of an indicator that was not filled in; nothing is written for one that was not read.
const EMPTY: &str = "-";

/// Adds the cycle of an example: its steps, and changes as second versions.
pub(crate) fn add_cycle(example: &Example, package: &mut Package) {
    let step = |step: &juesuan_catalog::ExampleStep| Step {
        project: step.project.clone(),
        stage: step.stage,
        date: step.date.clone(),
        person: String::new(),
        version: 1,
        reference: String::new(),
        note: String::new(),
        place: Place::default(),
    };
    let change = |change: &juesuan_catalog::ExampleChange| TargetChange {
        project: change.project.clone(),
        indicator: change.indicator.clone(),
        version: 2,
        date: change.date.clone(),
        before: String::new(),
        after: change.after.clone(),
        approved_by: change.approved_by.clone(),
        reference: change.reference.clone(),
        reason: String::new(),
        place: Place::default(),
    };
    package.performance.steps = example.steps.iter().map(step).collect();
    package.performance.changes = example.changes.iter().map(change).collect();
}

/// Adds the evaluations of an example.
pub(crate) fn add(examples: &[ExampleEvaluation], words: &ValueWords, package: &mut Package) -> Result<(), String> {
    for example in examples {
        let word = match example.stands {
            Stands::Summary => "综述",
            Stands::Report => "报告",
            Stands::Form => "自评表",
        };
        let place = Place { section: Some(format!("{}{word}", example.project)), ..Place::default() };
        let mut out = Evaluation { stands: example.stands, project: example.project.clone(), ..Evaluation::default() };
        out.title = Told { text: format!("{}{word}", example.project), place: place.clone() };
        for (quantity, print) in &example.amounts {
            out.amounts.insert(*quantity, enter(package, print, Some((&example.project, *quantity)), &place)?);
        }
        for (topic, text) in &example.says {
            out.says.insert(*topic, Told { text: text.clone(), place: place.clone() });
        }
        for [name, budget, executed] in &example.funds {
            let amounts = [(Quantity::FullYearBudget, budget), (Quantity::Executed, executed)];
            let amounts = amounts.into_iter().filter(|(_, print)| !print.is_empty());
            let amounts: Result<BTreeMap<_, _>, String> =
                amounts.map(|(quantity, print)| Ok((quantity, enter(package, print, None, &place)?))).collect();
            out.funds.push(FundLine { name: name.clone(), amounts: amounts? });
        }
        for [name, target, actual, weight, score, reason] in &example.indicators {
            let blank = target == EMPTY;
            let target = if blank { actual } else { target };
            let mut points = |print: &String| match print.as_str() {
                "" => Ok(None),
                _ => enter(package, &format!("{print}分"), None, &place).map(Some),
            };
            let (weight, score) = (points(weight)?, points(score)?);
            let path: Vec<String> = name.split('／').map(str::to_owned).collect();
            let own = path.last().cloned().unwrap_or_default();
            let approved = example.approved.get(&own).map(|text| aim(package, text, words, &place)).transpose()?;
            out.indicators.push(Indicator {
                path,
                target: aim(package, target, words, &place)?,
                actual: aim(package, actual, words, &place)?,
                approved,
                formula: example.formulas.get(&own).cloned().unwrap_or_default(),
                weight,
                score,
                reason: reason.clone(),
                blank,
                place: place.clone(),
                ..Indicator::default()
            });
        }
        package.performance.evaluations.push(out);
    }
    Ok(())
}

fn enter(
    package: &mut Package,
    print: &str,
    of: Option<(&String, Quantity)>,
    place: &Place,
) -> Result<FigureId, String> {
    let (digits, unit) = match (print.strip_suffix('%'), print.strip_suffix('分'), print.strip_suffix('个')) {
        (Some(digits), ..) => (digits, Unit::Percent),
        (_, Some(digits), _) => (digits, Unit::Point),
        (_, _, Some(digits)) => (digits, Unit::Piece),
        _ => (print, Unit::WanYuan),
    };
    let cell = match print {
        "?" => Cell::Unreadable,
        _ => Printed::parse(digits, unit).map(Cell::Number).map_err(|error| format!("“{print}”：{error}"))?,
    };
    let measure = match unit {
        Unit::Percent => Measure::Completion(Against::FullYearBudget),
        Unit::Point => Measure::Score,
        Unit::Piece => Measure::Count,
        _ => Measure::Amount,
    };
    // As juesuan-recognize gives them: points at most, and of the execution, are no figure of the project.
    let stage = |quantity| match quantity {
        Quantity::InitialBudget => Some(Some(stage::INITIAL)),
        Quantity::FullYearBudget => Some(Some(stage::FULL_YEAR)),
        Quantity::Executed | Quantity::Rate | Quantity::Score => Some(None),
        _ => None,
    };
    let of = of.filter(|(project, _)| !project.is_empty());
    let meaning = of.and_then(|(project, quantity)| Some((project, stage(quantity)?))).map(|(project, stage)| {
        let own = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Nature, nature::PROJECT);
        let own = own.with(Dimension::Project, project.as_str());
        stage.map_or_else(|| own.clone(), |stage| own.clone().with(Dimension::Stage, stage))
    });
    let figure = Figure {
        meanings: meaning.into_iter().collect(),
        measure,
        cell,
        exact_fen: None,
        seen: Seen::Text,
        place: place.clone(),
    };
    Ok(package.push(figure))
}

fn aim(package: &mut Package, text: &str, words: &ValueWords, place: &Place) -> Result<Target, String> {
    let aim = Aim::parse(text, words);
    let mut number = |printed: Option<Printed>| match printed {
        None => Ok(None),
        Some(printed) => {
            let word = match printed.unit {
                Unit::Percent => "%",
                Unit::Point => "分",
                Unit::Piece => "个",
                _ => "",
            };
            enter(package, &format!("{}{word}", printed.digits()), None, place).map(Some)
        }
    };
    let (value, upto) = (number(aim.printed)?, number(aim.printed_high)?);
    Ok(Target { text: text.to_owned(), operator: aim.operator, value, upto, unit: aim.unit })
}
