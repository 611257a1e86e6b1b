//! The vouchers of a plan's lines: salaries in one voucher a month, invoices one by one, red-letter corrections.

use std::collections::BTreeMap;

use juesuan_model::Money;

use crate::plan::{Line, Plan};
use crate::random::Random;
use crate::split::{split, weights};

/// One line of a voucher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Budget unit.
    pub unit: String,
    /// Number of the voucher, given by the ledger.
    pub voucher: String,
    /// Month and day.
    pub date: (u8, u8),
    /// Summary.
    pub summary: String,
    /// Account.
    pub account: String,
    /// 项.
    pub function: String,
    /// 款.
    pub economic: String,
    /// Nature.
    pub nature: String,
    /// Fund.
    pub fund: String,
    /// Project.
    pub project: String,
    /// The other unit.
    pub counterparty: String,
    /// Debit.
    pub debit: Money,
    /// Credit.
    pub credit: Money,
}

/// A voucher without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Budget unit.
    pub unit: String,
    /// Month and day.
    pub date: (u8, u8),
    /// Lines.
    pub entries: Vec<Entry>,
}

/// One payment of a line: day, 款, amount.
struct Payment<'a> {
    line: &'a Line,
    economic: &'a str,
    amount: Money,
}

/// All vouchers of the year but the closing ones, by unit and date.
pub fn vouchers(plan: &Plan) -> Vec<Voucher> {
    let mut grouped: BTreeMap<(String, (u8, u8), String), Vec<Payment<'_>>> = BTreeMap::new();
    for (number, line) in plan.lines.iter().enumerate() {
        let key = format!("{}{}{}{}{}", line.unit, line.account, line.function, line.economic, line.project);
        let mut random = Random::named(plan.seed, &key);
        let mut book = |date: (u8, u8), economic, amount, own: &str| {
            let group = if line.group.is_empty() { format!("{number:04}{own}") } else { line.group.clone() };
            grouped.entry((line.unit.clone(), date, group)).or_default().push(Payment { line, economic, amount });
        };
        let mut amount = line.amount;
        if let Some(mistake) = &line.mistake {
            amount -= mistake.amount;
            book((mistake.month, 16), &mistake.economic, mistake.amount, "误");
            book((mistake.month + 1, 12), &mistake.economic, -mistake.amount, "更正");
            book((mistake.month + 1, 12), &line.economic, mistake.amount, "更正");
        }
        if let Some(refund) = &line.refund {
            book((refund.month, 18), &line.economic, refund.amount, "多付");
            book((refund.month + 1, 9), &line.economic, -refund.amount, "退回");
        }
        for (date, part) in payments_of(line, amount, &mut random) {
            book(date, &line.economic, part, "");
        }
    }
    grouped.into_iter().map(|((unit, date, _), payments)| voucher(unit, date, &payments)).collect()
}

/// Days and amounts of one line.
fn payments_of(line: &Line, amount: Money, random: &mut Random) -> Vec<((u8, u8), Money)> {
    if line.invoices > 0 {
        let mut days: Vec<(u8, u8)> = (0..line.invoices)
            .map(|_| (number(random.between(i64::from(line.from.max(1)), 12)), number(random.between(3, 27))))
            .collect();
        days.sort_unstable();
        let parts = split(amount, &weights(random, line.invoices, 30), 50);
        return days.into_iter().zip(parts).filter(|(_, part)| !part.is_zero()).collect();
    }
    let months: Vec<u8> = if line.months.is_empty() { (1..=12).collect() } else { line.months.clone() };
    let day = if line.group.is_empty() { number(random.between(5, 25)) } else { 10 };
    let parts = split(amount, &weights(random, months.len(), 1), 100);
    months.into_iter().map(|month| (month, day)).zip(parts).collect()
}

fn number(n: i64) -> u8 {
    u8::try_from(n).unwrap_or(1)
}

/// One voucher: the lines of the payments, and their other side added up where all its coordinates agree.
fn voucher(unit: String, date: (u8, u8), payments: &[Payment<'_>]) -> Voucher {
    let mut entries = Vec::new();
    let mut counters: Vec<Entry> = Vec::new();
    for Payment { line, economic, amount } in payments {
        let (debit, credit) = if line.is_income() { (Money::ZERO, *amount) } else { (*amount, Money::ZERO) };
        let red = if amount.fen() < 0 { "（红字更正）" } else { "" };
        let own = Entry {
            unit: unit.clone(),
            date,
            summary: format!("{}{red}", line.summary.replace("{月}", &format!("{}月", date.0))),
            account: line.account.clone(),
            function: line.function.clone(),
            economic: if line.is_income() { String::new() } else { (*economic).to_owned() },
            nature: line.nature.clone(),
            fund: line.fund.clone(),
            project: line.project.clone(),
            counterparty: line.counterparty.clone(),
            debit,
            credit,
            ..Entry::default()
        };
        let balance = line.counter.starts_with('8');
        let mut counter = Entry {
            account: line.counter.clone(),
            economic: String::new(),
            function: if balance { String::new() } else { own.function.clone() },
            nature: if balance { String::new() } else { own.nature.clone() },
            project: if balance { String::new() } else { own.project.clone() },
            counterparty: String::new(),
            ..own.clone()
        };
        (counter.debit, counter.credit) = (credit, debit);
        entries.push(own);
        let same = |e: &&mut Entry| {
            (&e.account, &e.function, &e.nature, &e.fund, &e.project)
                == (&counter.account, &counter.function, &counter.nature, &counter.fund, &counter.project)
        };
        match counters.iter_mut().find(same) {
            Some(entry) => {
                entry.debit += counter.debit;
                entry.credit += counter.credit;
            }
            None => counters.push(counter),
        }
    }
    // A correction between two 款 leaves nothing on the other side.
    entries.extend(counters.into_iter().filter(|e| !(e.debit.is_zero() && e.credit.is_zero())));
    Voucher { unit, date, entries }
}
