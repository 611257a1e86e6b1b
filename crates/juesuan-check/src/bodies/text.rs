//! Projects that the text says were evaluated, against those that it lists.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::item;
use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message, Verdict};

use super::Bench;
use crate::docket::{FIGURE, HOW_MANY};
use crate::ledger::Ledger;

/// The number of projects evaluated and their amount against the projects that the same section lists.
pub(crate) fn evaluated_projects(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let Some(theme) = bench.words("theme").first() else {
        return;
    };
    let of = |item: &str| Meaning::new().with(Dimension::Item, item).with(Dimension::Theme, theme.as_str());
    let printed =
        |meaning: &Meaning| ledger.quantity(meaning).and_then(|p| p.first().or_else(|| p.unreadable.first().copied()));
    let (count, amount) = (printed(&of(item::PROJECTS)), printed(&of(item::EXPENSE)));
    let section = |id: FigureId| ledger.place(id).filter(|p| p.table.is_none()).and_then(|p| p.section.as_deref());
    let Some(home) = count.or(amount).and_then(section) else {
        return bench.conclude(Vec::new(), 0);
    };
    let projects = projects_in(ledger, home);
    // How many there are says whether those that are listed are all.
    let Some(id) = count.filter(|_| !projects.is_empty()) else {
        return bench.conclude(Vec::new(), 0);
    };
    let counted = ledger.known(id).and_then(|(printed, _)| usize::try_from(printed.mantissa).ok());
    let named = projects.keys().collect::<BTreeSet<_>>().len();
    let verdict = match ledger.known(id) {
        Some((printed, _)) if usize::try_from(printed.mantissa) == Ok(named) => Verdict::Holds,
        Some(_) => Verdict::Broken,
        None => Verdict::Unreadable,
    };
    bench.say(Message::new("listed").with(FIGURE, id).with(HOW_MANY, named), vec![id], verdict);
    if let Some(id) = amount.filter(|_| counted == Some(projects.len())) {
        let parts: Vec<Term> = projects.into_values().map(Term::plus).collect();
        let what = Message::new("sum-of-projects").with(FIGURE, id);
        bench.docket.compare(bench.heading, what, &[Term::plus(id)], Sense::Equal, &parts, 0);
    }
}

/// The amount of the accounts of each project that a section prints.
fn projects_in(ledger: &Ledger<'_>, section: &str) -> BTreeMap<String, FigureId> {
    let mut out = BTreeMap::new();
    for (id, figure, entry) in ledger.figures() {
        if figure.place.section.as_deref() != Some(section) {
            continue;
        }
        let Some((meaning, Measure::Amount)) = entry.keys.first() else {
            continue;
        };
        if let (Some(project), None) = (meaning.get(Dimension::Project), meaning.get(Dimension::Stage)) {
            out.entry(project.to_owned()).or_insert(id);
        }
    }
    out
}
