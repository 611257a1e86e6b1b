//! What the text says that money was spent on, against the rows of the tables.

use std::collections::BTreeMap;

use juesuan_model::{Dimension, FigureId, Meaning, Statement, Verdict};

use super::Bench;
use crate::laws::claims::claim_place;
use crate::ledger::Ledger;

/// Items that the text lists without an amount, one fault a list: each has money in the table that lists them.
pub(crate) fn listed_items_have_money(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    // Place and 人员 or 公用 → claim, names of the items without money, figures.
    let mut lists: BTreeMap<(String, String), (usize, Vec<String>, Vec<FigureId>)> = BTreeMap::new();
    let mut seen = Vec::new();
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        if claim.statement != Statement::Present {
            continue;
        }
        for meaning in claim.meanings.iter().map(|meaning| ledger.canonical(meaning)) {
            let Some(code) = meaning.get(Dimension::Economic).filter(|code| code.len() > 3) else { continue };
            let Some((id, nothing)) = money(ledger, &meaning, code) else { continue };
            seen.push(id);
            if nothing {
                let name = ledger.catalog.economics.name(code, ledger.package.entity.year).unwrap_or(code);
                let group = ledger.catalog.economics.named(code, ledger.package.entity.year);
                let key = (claim_place(claim), group.map_or(String::new(), |row| row.group.clone()));
                let list = lists.entry(key).or_insert_with(|| (number, Vec::new(), Vec::new()));
                list.1.push(format!("{name}（{code}）"));
                list.2.push(id);
            }
        }
    }
    let faults = lists.len();
    for ((place, _), (claim, names, figures)) in lists {
        let text = format!("{place}列举了{}，表中没有金额", names.join("、"));
        let heading = bench.heading;
        bench.docket.state(heading, text.clone(), (figures, text), Verdict::Broken, Some(claim));
    }
    bench.conclude(seen, faults);
}

/// The row of an item in the tables and whether it is nothing; `None` where no table lists items of its class. An item
/// without a row stands for the row of its class.
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
    siblings.then_some((total, true))
}

/// An item whose money is all 项目支出 is not said to be for 基本支出, and the reverse. `[with] words` names the natures;
/// `lead` what introduces a purpose.
pub(crate) fn purpose_fits_nature(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let passages = bench.passages();
    let (natures, leads) = (bench.words("words"), bench.words("lead"));
    let (mut seen, mut faults) = (Vec::new(), 0);
    for (passage, item) in super::paths::items(bench.docket) {
        let Some(passage) = passages.get(passage) else { continue };
        let rest = passage.text.get(item.end..).unwrap_or_default();
        let Some((from, lead)) = leads.iter().filter_map(|l| Some((rest.find(l.as_str())?, l))).min() else { continue };
        let begin = item.end + from + lead.len();
        let purpose = passage.text.get(begin..).unwrap_or_default();
        let purpose = purpose.split(['。', '；']).next().unwrap_or_default();
        let said: Vec<&String> = natures.iter().filter(|nature| purpose.contains(nature.as_str())).collect();
        let [said] = said.as_slice() else { continue };
        let amount = |nature: &str| {
            let meaning = Meaning::new()
                .with(Dimension::Item, "支出")
                .with(Dimension::Fund, "一般公共预算")
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
            let spot = super::Spot::of(passage, at, at + said.len());
            bench.report(&[spot], &format!("科目{}在表中全部是{other}", item.code));
        }
    }
    bench.conclude(seen, faults);
}
