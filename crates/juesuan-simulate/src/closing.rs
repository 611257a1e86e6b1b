//! The vouchers of the year's end: income and expense go to the balances, surplus of own funds is distributed.
//! Source of the accounts: 政府会计制度 财会〔2017〕25号; domain.md G2.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, nature};
use juesuan_model::Money;

use crate::payments::{self, Entry, Voucher};
use crate::plan::{Opening, Plan};

/// Part of an institution's surplus that becomes 专用结余, in percent.
const SPECIAL_PERCENT: i64 = 40;

/// Balances that go on into the next year.
const CARRIED: [&str; 4] = ["8101", "8201", "8202", "8401"];

/// The closing vouchers of all units, from their vouchers of the year.
pub fn vouchers(plan: &Plan, year: &[Voucher]) -> Vec<Voucher> {
    let mut nets: BTreeMap<&str, BTreeMap<Coordinates, Money>> = BTreeMap::new();
    for entry in year.iter().flat_map(|v| &v.entries) {
        if entry.account.starts_with(['6', '7']) {
            let net = nets.entry(&entry.unit).or_default().entry(Coordinates::of(entry)).or_default();
            *net += entry.credit - entry.debit;
        }
    }
    let mut out = Vec::new();
    for (unit, nets) in nets {
        let mut surplus: BTreeMap<&str, Money> = BTreeMap::new();
        for (balance, summary) in [
            ("8101", "年末结转：财政拨款收支转入财政拨款结转"),
            ("8201", "年末结转：非财政拨款专项资金收支转入非财政拨款结转"),
            ("8401", "年末结转：经营收支转入经营结余"),
            ("8501", "年末结转：其他资金收支转入其他结余"),
        ] {
            let own: Vec<_> = nets.iter().filter(|(c, net)| c.balance() == balance && !net.is_zero()).collect();
            surplus.insert(balance, own.iter().map(|(_, net)| **net).sum());
            if !own.is_empty() {
                out.push(close(unit, balance, summary, &own));
            }
        }
        let of = |account| surplus.get(account).copied().unwrap_or_default();
        let distributes = plan.distributing.iter().any(|u| u == unit);
        out.extend(distribute(unit, of("8401"), of("8501"), distributes));
    }
    out
}

/// What the year leaves on the balances that the next begins with.
pub fn left(plan: &Plan) -> Vec<Opening> {
    let closing = vouchers(plan, &payments::vouchers(plan));
    let moved = closing.iter().flat_map(|voucher| &voucher.entries).map(|entry| Opening {
        unit: entry.unit.clone(),
        account: entry.account.clone(),
        kind: Opening::LEFT.to_owned(),
        fund: entry.fund.clone(),
        function: entry.function.clone(),
        nature: entry.nature.clone(),
        project: entry.project.clone(),
        amount: entry.credit - entry.debit,
        reason: String::new(),
    });
    let mut left: Vec<Opening> = Vec::new();
    for balance in plan.opening.iter().cloned().chain(moved).filter(|b| CARRIED.contains(&b.account.as_str())) {
        // Surplus of own funds is one amount; what it came from is not told any more.
        let whole = |b: &Opening| b.account == "8202";
        let same = |b: &&mut Opening| {
            (&b.unit, &b.account) == (&balance.unit, &balance.account)
                && (whole(b)
                    || (&b.function, &b.nature, &b.project, &b.fund)
                        == (&balance.function, &balance.nature, &balance.project, &balance.fund))
        };
        match left.iter_mut().find(same) {
            Some(known) => known.amount += balance.amount,
            None => left.push(balance),
        }
    }
    left.retain(|balance| !balance.amount.is_zero());
    left
}

/// Coordinates of an income or expense entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Coordinates {
    account: String,
    fund: String,
    nature: String,
    function: String,
    economic: String,
    project: String,
}

impl Coordinates {
    fn of(entry: &Entry) -> Coordinates {
        Coordinates {
            account: entry.account.clone(),
            fund: entry.fund.clone(),
            nature: entry.nature.clone(),
            function: entry.function.clone(),
            economic: entry.economic.clone(),
            project: entry.project.clone(),
        }
    }

    /// The balance it is closed to.
    fn balance(&self) -> &'static str {
        match self.account.as_str() {
            "6401" | "7301" => "8401",
            _ if self.fund != fund::OTHER => "8101",
            _ if self.nature == nature::PROJECT => "8201",
            _ => "8501",
        }
    }
}

/// The voucher that closes income and expense to one balance.
fn close(unit: &str, balance: &str, summary: &str, nets: &[(&Coordinates, &Money)]) -> Voucher {
    let blank = |account: &str| Entry {
        unit: unit.to_owned(),
        date: (12, 31),
        summary: summary.to_owned(),
        account: account.to_owned(),
        ..Entry::default()
    };
    let mut entries = Vec::new();
    let mut balances: BTreeMap<(&str, &str, &str, &str), Money> = BTreeMap::new();
    for (c, net) in nets {
        let income = c.account.starts_with('6');
        entries.push(Entry {
            function: c.function.clone(),
            economic: c.economic.clone(),
            nature: c.nature.clone(),
            fund: c.fund.clone(),
            project: c.project.clone(),
            debit: if income { **net } else { Money::ZERO },
            credit: if income { Money::ZERO } else { -**net },
            ..blank(&c.account)
        });
        *balances.entry((&c.fund, &c.function, &c.nature, &c.project)).or_default() += **net;
    }
    for ((fund, function, nature, project), net) in balances {
        if net.is_zero() {
            continue;
        }
        entries.push(Entry {
            function: function.to_owned(),
            nature: nature.to_owned(),
            fund: fund.to_owned(),
            project: project.to_owned(),
            debit: if net.fen() < 0 { -net } else { Money::ZERO },
            credit: if net.fen() > 0 { net } else { Money::ZERO },
            ..blank(balance)
        });
    }
    Voucher { unit: unit.to_owned(), date: (12, 31), entries }
}

/// The vouchers that distribute a surplus of own funds, or cover a shortfall from 非财政拨款结余. A loss of operations
/// stays where it is.
fn distribute(unit: &str, operating: Money, other: Money, distributes: bool) -> Vec<Voucher> {
    let entry = |account: &str, summary: &str, debit: Money, credit: Money| Entry {
        unit: unit.to_owned(),
        date: (12, 31),
        summary: summary.to_owned(),
        account: account.to_owned(),
        fund: fund::OTHER.to_owned(),
        debit,
        credit,
        ..Entry::default()
    };
    let mut moves: Vec<(&str, &str, &str, Money)> = Vec::new();
    let operating = if operating.fen() > 0 { operating } else { Money::ZERO };
    if distributes {
        moves.push(("8401", "8701", "年末结转：经营结余转入非财政拨款结余分配", operating));
        moves.push(("8501", "8701", "年末结转：其他结余转入非财政拨款结余分配", other));
        let surplus = operating + other;
        if surplus.fen() > 0 {
            let special = Money(surplus.fen() * SPECIAL_PERCENT / 100);
            moves.push(("8701", "8301", "提取专用结余", special));
            moves.push(("8701", "8202", "结余分配后转入非财政拨款结余", surplus - special));
        } else {
            moves.push(("8701", "8202", "用非财政拨款结余弥补收支差额", surplus));
        }
    } else {
        moves.push(("8501", "8202", "年末结转：其他结余转入非财政拨款结余", other));
    }
    let voucher = |(from, to, summary, amount): (&str, &str, &str, Money)| {
        let (down, up) = if amount.fen() < 0 { (to, from) } else { (from, to) };
        let entries =
            vec![entry(down, summary, amount.abs(), Money::ZERO), entry(up, summary, Money::ZERO, amount.abs())];
        Voucher { unit: unit.to_owned(), date: (12, 31), entries }
    };
    moves.into_iter().filter(|(_, _, _, amount)| !amount.is_zero()).map(voucher).collect()
}
