//! What the text says that money was spent on, against the rows of the tables.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::{fund, item};
use juesuan_model::{Cell, Dimension, Figure, FigureId, Meaning, Measure, Message, Place, Said, Statement, Verdict};

use super::Bench;
use crate::docket::FIGURE;
use crate::ledger::Ledger;

/// Items that the text lists without an amount, one fault a list: each has money in the table that lists them.
pub(crate) fn listed_items_have_money(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    // Section and 人员 or 公用 → the list, which a page may break over several lines.
    let mut lists: BTreeMap<(Option<String>, String), Listed> = BTreeMap::new();
    let mut seen = Vec::new();
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        if claim.statement != Statement::Present {
            continue;
        }
        for meaning in claim.meanings.iter().map(|meaning| ledger.canonical(meaning)) {
            let Some(code) = meaning.get(Dimension::Economic).filter(|code| code.len() > 3) else { continue };
            let Some((id, nothing)) = money(ledger, &meaning, code) else { continue };
            seen.push(id);
            let named = ledger.catalog.economics.named(code, ledger.package.entity.year);
            let name = named.map_or(code, |row| row.name.as_str());
            let key = (claim.place.section.clone(), named.map_or(String::new(), |row| row.group.clone()));
            let list = lists.entry(key).or_insert_with(|| Listed::new(number, &claim.place));
            list.named.insert(meaning.clone());
            if nothing {
                list.names.push(item(name, code));
                list.figures.push(id);
            }
        }
    }
    lists.retain(|_, list| !list.names.is_empty());
    let faults = lists.len();
    for ((_, group), Listed { claim, place, names, mut figures, named }) in lists {
        let left_out = left_out(ledger, &named, &group);
        let amounts = left_out.iter().map(|(id, code)| name_and_amount(ledger, *id, code));
        let message = Message::new("without-money")
            .with("处", &place)
            .with("列举", Said::list(names))
            .with_some("漏列", (!left_out.is_empty()).then(|| Said::list(amounts)));
        figures.extend(left_out.into_iter().map(|(id, _)| id));
        let heading = bench.heading;
        bench.docket.state(heading, message, (figures, String::new()), Verdict::Broken, Some(claim));
    }
    bench.conclude(seen, faults);
}

/// A list of items in running text.
struct Listed {
    /// Number of the claim that stands for it.
    claim: usize,
    /// Where it begins.
    place: Place,
    /// Every item that it names.
    named: BTreeSet<Meaning>,
    /// Names of those without money, and their figures.
    names: Vec<Message>,
    figures: Vec<FigureId>,
}

impl Listed {
    fn new(claim: usize, place: &Place) -> Listed {
        // One list stands in one place, wherever in it an item stands.
        let place = Place { bounds: None, quote: None, ..place.clone() };
        Listed { claim, place, named: BTreeSet::new(), names: Vec::new(), figures: Vec::new() }
    }
}

/// The items of the same part (人员, 公用) that have money in a table and are not named: probably the rows that were meant.
fn left_out(ledger: &Ledger<'_>, named: &BTreeSet<Meaning>, group: &str) -> Vec<(FigureId, String)> {
    let Some(own) = named.first().map(|meaning| meaning.clone().without(Dimension::Economic)) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (meaning, measure) in ledger.order() {
        let Some(code) = meaning.get(Dimension::Economic).filter(|code| code.len() > 3) else { continue };
        let row = ledger.catalog.economics.named(code, ledger.package.entity.year);
        let of_list = meaning.clone().without(Dimension::Economic) == own && row.is_some_and(|row| row.group == group);
        if *measure != Measure::Amount || !of_list || named.contains(meaning) {
            continue;
        }
        let in_table = ledger.quantity(meaning).and_then(|p| p.ids().find(|id| ledger.in_table(*id)));
        let amount = in_table.filter(|id| ledger.known(*id).is_some_and(|(printed, _)| !printed.is_zero()));
        out.extend(amount.map(|id| (id, code.to_owned())));
    }
    out
}

fn name_and_amount(ledger: &Ledger<'_>, id: FigureId, code: &str) -> Message {
    let name = ledger.catalog.economics.name(code, ledger.package.entity.year).unwrap_or(code);
    item(name, code).with(FIGURE, id)
}

/// An item by name and code, and by its amount where that is given too.
fn item(name: &str, code: &str) -> Message {
    Message::new("item").with("名称", Said::name(name)).with("编码", Said::name(code))
}

/// True if some list of the text names an item that has no money: what it leaves out is told there.
pub(crate) fn names_wrong_items(ledger: &Ledger<'_>) -> bool {
    let present = ledger.package.claims.iter().filter(|claim| claim.statement == Statement::Present);
    present.flat_map(|claim| &claim.meanings).map(|meaning| ledger.canonical(meaning)).any(|meaning| {
        let code = meaning.get(Dimension::Economic).filter(|code| code.len() > 3).map(str::to_owned);
        code.and_then(|code| money(ledger, &meaning, &code)).is_some_and(|(_, nothing)| nothing)
    })
}

/// The row of an item in the tables and whether it is nothing; `None` where no table lists items of its class, or where rows
/// of it were not understood. An item without a row stands for the row of its class.
fn money(ledger: &Ledger<'_>, meaning: &Meaning, code: &str) -> Option<(FigureId, bool)> {
    let in_table = |meaning: &Meaning| ledger.quantity(meaning)?.ids().find(|id| ledger.in_table(*id));
    if let Some(id) = in_table(meaning) {
        return Some((id, ledger.known(id)?.0.is_zero()));
    }
    let class = code.get(..3)?;
    let own = meaning.clone().without(Dimension::Economic);
    let siblings = ledger.order().iter().any(|(other, _)| {
        other.get(Dimension::Economic).is_some_and(|c| c.len() > 3 && c.starts_with(class))
            && other.clone().without(Dimension::Economic) == own
            && in_table(other).is_some()
    });
    let total = in_table(&own.with(Dimension::Economic, class))?;
    (siblings && !lost_rows(ledger, total)).then_some((total, true))
}

/// True if the table of a figure has rows that were not understood.
fn lost_rows(ledger: &Ledger<'_>, id: FigureId) -> bool {
    let table = ledger.place(id).and_then(|place| place.table.as_deref());
    let lost = |figure: &Figure| figure.meanings.is_empty() && matches!(figure.cell, Cell::Unreadable);
    ledger.figures().any(|(_, figure, _)| figure.place.table.as_deref() == table && lost(figure))
}

/// An item whose money is all 项目支出 is not said to be for 基本支出, and the reverse. `[with] words` names the natures;
/// `lead` what introduces a purpose.
pub(crate) fn purpose_fits_nature(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let passages = bench.passages();
    let (natures, leads) = (bench.words("words"), bench.words("lead"));
    let (mut seen, mut faults) = (Vec::new(), 0);
    let paths = bench.docket.paths();
    for item in &paths.items {
        let Some(passage) = passages.get(item.passage) else { continue };
        let rest = passage.text().get(item.end..).unwrap_or_default();
        let Some((from, lead)) = leads.iter().filter_map(|l| Some((rest.find(l.as_str())?, l))).min() else { continue };
        let begin = item.end + from + lead.len();
        let purpose = passage.text().get(begin..).unwrap_or_default();
        let purpose = purpose.split(['。', '；']).next().unwrap_or_default();
        let said: Vec<&String> = natures.iter().filter(|nature| purpose.contains(nature.as_str())).collect();
        let [said] = said.as_slice() else { continue };
        let amount = |nature: &str| {
            let meaning = Meaning::new()
                .with(Dimension::Item, item::EXPENSE)
                .with(Dimension::Fund, fund::GENERAL)
                .with(Dimension::Nature, nature)
                .with(Dimension::Function, item.code.as_str());
            let id = ledger.quantity(&ledger.canonical(&meaning))?.ids().find(|id| ledger.in_table(*id))?;
            Some((id, ledger.known(id)?.0.is_zero()))
        };
        let Some((id, nothing)) = amount(said) else { continue };
        seen.push(id);
        let other = natures.iter().filter(|nature| nature != said).find_map(|nature| Some((nature, amount(nature)?)));
        if let (true, Some((other, (_, false)))) = (nothing, other) {
            faults += 1;
            let at = begin + purpose.find(said.as_str()).unwrap_or(0);
            let spot = super::Quote::of(passage, at, at + said.len());
            let wrong =
                Message::new("of-other-nature").with("编码", Said::name(&item.code)).with("性质", Said::name(other));
            bench.report(&[spot], wrong);
        }
    }
    bench.conclude(seen, faults);
}
