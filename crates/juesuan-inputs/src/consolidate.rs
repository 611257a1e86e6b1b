//! From the units to the department: what units paid each other is taken out on both sides. Source: domain.md G5.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_model::{Dimension, Meaning, Money, Place, Problem};

/// A payment of one unit to another inside the department, matched on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elimination {
    /// Unit whose expense it is.
    pub payer: Arc<str>,
    /// Unit whose income it is.
    pub receiver: Arc<str>,
    /// Name of the kind of flow, e.g. 对附属单位补助.
    pub kind: String,
    /// Amount of the year.
    pub amount: Money,
    /// Function code of the expense; several joined by `、`.
    pub function: String,
    /// The leaves it is taken off, of the payer's expense and the receiver's income.
    pub leaves: Vec<(Meaning, Money)>,
}

/// One side of an internal flow, as a unit booked it.
#[derive(Clone, Debug)]
pub struct InternalFlow {
    /// Index of the kind in the catalogue.
    pub rule: usize,
    /// Whether the unit paid; else it received.
    pub pays: bool,
    /// Unit that booked it.
    pub unit: Arc<str>,
    /// The other unit.
    pub other: Arc<str>,
    /// Leaf.
    pub leaf: Meaning,
    /// Amount of the year.
    pub amount: Money,
    /// Where it was first booked.
    pub place: Place,
}

#[derive(Default)]
struct Pair {
    paid: Vec<(Meaning, Money)>,
    received: Vec<(Meaning, Money)>,
    place: Place,
}

/// Matches the internal flows of all units, by payer, receiver and kind. Sides that differ are a problem that names both
/// units and both amounts, and are not taken out.
pub fn eliminations(flows: Vec<InternalFlow>, catalog: &Catalog, problems: &mut Vec<Problem>) -> Vec<Elimination> {
    let mut pairs: BTreeMap<(usize, Arc<str>, Arc<str>), Pair> = BTreeMap::new();
    for flow in flows {
        let (payer, receiver) = if flow.pays { (flow.unit, flow.other) } else { (flow.other, flow.unit) };
        let pair = pairs.entry((flow.rule, payer, receiver)).or_default();
        if pair.place == Place::default() || flow.place < pair.place {
            pair.place = flow.place;
        }
        let side = if flow.pays { &mut pair.paid } else { &mut pair.received };
        side.push((flow.leaf, flow.amount));
    }
    let mut out = Vec::new();
    for ((rule, payer, receiver), pair) in pairs {
        let Some(rule) = catalog.accounts.eliminations.get(rule) else {
            continue;
        };
        let total = |side: &[(Meaning, Money)]| side.iter().map(|(_, amount)| *amount).sum::<Money>();
        let (paid, received) = (total(&pair.paid), total(&pair.received));
        if paid != received {
            let name = |code: &str| catalog.accounts.get(code).map_or("", |account| account.name.as_str());
            problems.push(Problem::fatal(
                pair.place,
                format!(
                    "部门内部往来不一致：{payer}的{}（往来单位{receiver}）{paid} 元，{receiver}的{}（往来单位{payer}）{received} 元，\
                     相差 {} 元；两边必须相等才能抵销，请核对",
                    name(&rule.expense),
                    name(&rule.income),
                    (paid - received).abs()
                ),
            ));
            continue;
        }
        let mut functions: Vec<&str> = pair.paid.iter().filter_map(|(leaf, _)| leaf.get(Dimension::Function)).collect();
        functions.sort_unstable();
        functions.dedup();
        out.push(Elimination {
            payer,
            receiver,
            kind: rule.name.clone(),
            amount: paid,
            function: functions.join("、"),
            leaves: pair.paid.iter().chain(&pair.received).cloned().collect(),
        });
    }
    out
}
