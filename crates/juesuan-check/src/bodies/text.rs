//! What the text must list because the tables have it.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::item;
use juesuan_model::relation::{Sense, Term};
use juesuan_model::{Dimension, FigureId, Meaning, Measure, Message, Said, Statement, Verdict};

use super::Bench;
use crate::ledger::Ledger;

/// Every code of `[with] digits` with money in the tables of `[with] of` stands in the text, where the text lists such codes
/// at all. `[with] dimension`: function (功能分类) or economic (经济分类).
pub(crate) fn items_in_text(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let Some(whole) = bench.meanings("of").first() else { return };
    let economic = bench.words("dimension").iter().any(|name| name == "economic");
    let dimension = if economic { Dimension::Economic } else { Dimension::Function };
    let digits = bench.number("digits");
    let code_of = |meaning: &Meaning| {
        let code = meaning.get(dimension).filter(|code| code.len() == digits)?;
        (meaning.clone().without(dimension) == *whole).then(|| code.to_owned())
    };
    let (mut tables, mut text) = (BTreeMap::new(), BTreeSet::new());
    for (id, figure, entry) in ledger.figures() {
        let Some((meaning, Measure::Amount)) = entry.keys.first() else { continue };
        let Some(code) = code_of(meaning) else { continue };
        if figure.place.table.is_none() {
            text.insert(code);
        } else if ledger.known(id).is_some_and(|(printed, _)| !printed.is_zero()) {
            tables.entry(code).or_insert(id);
        }
    }
    let claimed = ledger.package.claims.iter().filter(|claim| claim.statement == Statement::Present);
    text.extend(claimed.flat_map(|claim| &claim.meanings).filter_map(|m| code_of(&ledger.canonical(m))));
    if text.is_empty() {
        return bench.conclude(Vec::new(), 0);
    }
    let mut faults = 0;
    if economic && super::lists::names_wrong_items(ledger) {
        return bench.conclude(Vec::new(), 0);
    }
    if !economic {
        text.extend(bench.docket.paths().meant());
    }
    for (code, id) in &tables {
        if !text.contains(code) {
            faults += 1;
            bench.state(code.clone(), Message::new("not-listed").with("数", *id), vec![*id], Verdict::Broken);
        }
    }
    bench.conclude(tables.into_values().collect(), faults);
}

/// Each theme of `[with] themes` has an amount in the text or is said to be none.
pub(crate) fn three_public_in_text(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let total = Meaning::new().with(Dimension::Item, item::EXPENSE);
    let in_text = |meaning: &Meaning| {
        let printings = ledger.quantity(meaning);
        printings.and_then(|p| p.ids().chain(p.unreadable.iter().copied()).find(|id| !ledger.in_table(*id)))
    };
    let Some(head) = bench.words("total").first() else {
        return;
    };
    let Some(stated) = in_text(&total.clone().with(Dimension::Theme, head.as_str())) else {
        return bench.conclude(Vec::new(), 0);
    };
    let mut faults = 0;
    for theme in bench.words("themes") {
        let meaning = total.clone().with(Dimension::Theme, theme.as_str());
        let denied = ledger.package.claims.iter().any(|claim| {
            claim.statement == Statement::Absent
                && claim.meanings.iter().any(|m| {
                    let m = ledger.canonical(m);
                    m == meaning
                        || m.get(Dimension::Theme).is_some_and(|t| ledger.trees().contains(Dimension::Theme, t, theme))
                })
        });
        if !denied && in_text(&meaning).is_none() {
            faults += 1;
            let message = Message::new("not-told").with("数", stated).with("主题", Said::name(theme));
            bench.state(theme.clone(), message, vec![stated], Verdict::Broken);
        }
    }
    bench.conclude(vec![stated], faults);
}

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
    if projects.is_empty() {
        return bench.conclude(Vec::new(), 0);
    }
    if let Some(id) = count {
        let named = projects.keys().collect::<BTreeSet<_>>().len();
        let verdict = match ledger.known(id) {
            Some((printed, _)) if usize::try_from(printed.mantissa) == Ok(named) => Verdict::Holds,
            Some(_) => Verdict::Broken,
            None => Verdict::Unreadable,
        };
        bench.say(Message::new("listed").with("数", id).with("几", named), vec![id], verdict);
    }
    if let Some(id) = amount {
        let parts: Vec<Term> = projects.into_values().map(Term::plus).collect();
        let what = Message::new("sum-of-projects").with("数", id);
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
