//! What a package says of its performance: its own documents, read as any reader reads them, and what only the campaign
//! knows – the profile, the cycle, how points and values came about.

use juesuan_catalog::Catalog;
use juesuan_evaluate::Aim;
use juesuan_evaluate::campaign::{Campaign, IndicatorLine, UsePlan};
use juesuan_model::{
    Block, Cell, Evaluation, Figure, FigureId, Indicator, Package, Place, ResultUse, Seen, Stands, Table, Target, Unit,
};
use juesuan_text::{Day, plain};

use super::told::measure;

/// Fills `package.performance` of a written document. Figures that were there keep what they are figures of.
pub fn record(package: &mut Package, campaign: &Campaign, catalog: &Catalog) {
    let known = package.figures.len();
    let mut read = package.clone();
    juesuan_recognize::performance::read(&mut read, catalog);
    package.performance = read.performance;
    package.figures.extend(read.figures.split_off(known));
    let mut performance = std::mem::take(&mut package.performance);
    performance.profile.clone_from(&campaign.profile);
    performance.steps.clone_from(&campaign.steps);
    performance.changes.clone_from(&campaign.changes);
    performance.evidence.clone_from(&campaign.evidence);
    performance.uses = campaign.uses.iter().map(|plan| used(plan, package)).collect();
    for form in performance.evaluations.iter_mut().filter(|evaluation| evaluation.stands == Stands::Form) {
        let Some(subject) = campaign.subject(&form.project) else { continue };
        let place = form.title.place.clone();
        for line in &subject.lines {
            if let Some(indicator) = indicator_of(form, line) {
                complete(indicator, line, &place, package);
            }
        }
    }
    package.performance = performance;
}

/// The line of a form that prints an indicator.
fn indicator_of<'e>(form: &'e mut Evaluation, line: &IndicatorLine) -> Option<&'e mut Indicator> {
    let path: Vec<String> = line.path.iter().map(|level| plain(level)).collect();
    let own = |indicator: &&mut Indicator| indicator.steps.is_empty();
    let exact = form.indicators.iter().position(|indicator| indicator.path == path && indicator.steps.is_empty());
    let at = exact.or_else(|| form.indicators.iter().position(|indicator| indicator.path.last() == path.last()))?;
    form.indicators.get_mut(at).filter(own)
}

fn complete(indicator: &mut Indicator, line: &IndicatorLine, place: &Place, package: &mut Package) {
    indicator.steps.clone_from(&line.scored.steps);
    indicator.formula.clone_from(&line.formula);
    indicator.class.clone_from(&line.class);
    if indicator.point.is_empty() {
        indicator.point.clone_from(&line.point);
    }
    let place = Place { row: Some(line.name().to_owned()), ..place.clone() };
    indicator.approved = line.approved.as_ref().map(|aim| target(aim, &place, package));
}

/// A target that stands in a note, its numbers as figures.
fn target(aim: &Aim, place: &Place, package: &mut Package) -> Target {
    let mut figure = |printed: Option<juesuan_model::Printed>| -> Option<FigureId> {
        let printed = printed?;
        let (measure, cell) = (measure(printed.unit), Cell::Number(printed));
        Some(package.push(Figure {
            meanings: Vec::new(),
            measure,
            cell,
            exact_fen: None,
            seen: Seen::Text,
            place: place.clone(),
        }))
    };
    let (value, upto) = (figure(aim.printed), figure(aim.printed_high));
    Target { text: aim.text.clone(), operator: aim.operator, value, upto, unit: aim.unit.clone() }
}

fn used(plan: &UsePlan, package: &Package) -> ResultUse {
    let iso = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    ResultUse {
        project: plan.project.clone(),
        kind: plan.kind.clone(),
        content: plan.content.clone(),
        owner: plan.owner.clone(),
        due: iso(plan.due),
        done: iso(plan.done),
        next_budget: plan.next_budget.and_then(|budget| printed_budget(plan, budget, package)),
        place: plan.place.clone(),
    }
}

/// The figure of next year's budget in the row that tells this use.
fn printed_budget(plan: &UsePlan, budget: juesuan_model::Money, package: &Package) -> Option<FigureId> {
    let tables = package.document.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let content = crate::narrate::element::clause(&plan.content);
    let rows = tables.flat_map(|table: &Table| &table.rows);
    let own = rows.filter(|row| row.cells.iter().any(|cell| cell.text == content));
    own.flat_map(|row| row.cells.iter().filter_map(|cell| cell.figure)).find(|id| {
        package.figure(*id).is_some_and(|figure| {
            figure.exact_fen == Some(budget)
                && figure.cell.number().is_some_and(|printed| printed.unit == Unit::WanYuan)
        })
    })
}
