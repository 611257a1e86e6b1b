//! What only the campaign knows of a package's performance: the profile, the cycle, how the results are used.

use juesuan_evaluate::campaign::{Campaign, UsePlan};
use juesuan_model::{Block, FigureId, Package, ResultUse, Table, Unit};
use juesuan_text::Day;

/// Adds it to the evaluations of a written document.
pub fn record(package: &mut Package, campaign: &Campaign) {
    let uses = campaign.uses.iter().map(|plan| used(plan, package)).collect();
    let performance = &mut package.performance;
    performance.uses = uses;
    performance.profile.clone_from(&campaign.profile);
    performance.steps.clone_from(&campaign.steps);
    performance.changes.clone_from(&campaign.changes);
    performance.evidence.clone_from(&campaign.evidence);
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
