//! Basic expense out of the general budget: salaries, insurance, housing, and the running of the office.

use juesuan_catalog::names::{fund, nature};
use juesuan_model::Money;

use crate::plan::{Line, Mistake, Refund};
use crate::random::Random;
use crate::units::UnitShape;

/// A payment per head and year in 元: 款, lowest, highest, summary, how it is paid.
type PerHead = (&'static str, i64, i64, &'static str, Pace);

/// How payments fall over the year.
#[derive(Clone, Copy)]
enum Pace {
    /// Monthly, in one voucher with others of the name.
    With(&'static str),
    /// In these months.
    In(&'static [u8]),
    /// So many invoices.
    Invoices(usize),
}

const OFFICE: [PerHead; 12] = [
    ("30201", 600, 1400, "购办公用品", Pace::Invoices(6)),
    ("30202", 150, 420, "付印刷费", Pace::Invoices(3)),
    ("30205", 90, 160, "付水费", Pace::In(&[3, 6, 9, 12])),
    ("30206", 700, 1300, "付{月}电费", Pace::In(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
    ("30207", 160, 300, "付邮电费", Pace::In(&[2, 5, 8, 11])),
    ("30209", 800, 1500, "付物业管理费", Pace::In(&[6, 12])),
    ("30211", 1800, 3600, "报差旅费", Pace::Invoices(9)),
    ("30213", 300, 900, "付房屋和设备维修费", Pace::Invoices(4)),
    ("30216", 200, 700, "付培训费", Pace::Invoices(2)),
    ("30228", 1500, 1900, "拨缴工会经费", Pace::In(&[3, 6, 9, 12])),
    ("30229", 300, 500, "付职工福利费", Pace::In(&[9])),
    ("30299", 250, 600, "付其他商品和服务支出", Pace::Invoices(3)),
];

/// The lines of one unit. `reception` is what its register of receptions adds up to.
pub fn lines(seed: u64, unit: &UnitShape, reception: Money) -> Vec<Line> {
    let mut random = Random::named(seed, &format!("基本支出{}", unit.name));
    let share = |m: Money| Money(m.fen() * unit.fiscal_percent / 100);
    let mut out = Vec::new();
    let mut pay = |function: &str, economic: &str, amount: Money, summary: &str, pace: Pace| {
        out.push(line(unit, function, economic, share(amount), summary, pace));
    };
    let basic = unit.basic_function();
    let mut heads = |people: i64, low: i64, high: i64| Money(people * random.between(low * 100, high * 100));
    let wages = heads(unit.posts, 49_000, 56_000);
    let (second, extra) = if unit.is_institution() { ("30107", 62_000) } else { ("30102", 48_000) };
    let allowance = heads(unit.posts, extra, extra + 6_000);
    let salary = wages + allowance;
    pay(basic, "30101", wages, "发放{月}基本工资", Pace::With("工资"));
    pay(basic, second, allowance, "发放{月}工资", Pace::With("工资"));
    if !unit.is_institution() {
        pay(basic, "30103", heads(unit.posts, 18_000, 26_000), "发放奖金", Pace::In(&[1, 9]));
        pay(basic, "30239", heads(unit.posts, 7_800, 9_600), "发放{月}公务交通补贴", Pace::With("工资"));
    }
    let percent = |p: i64| Money(salary.fen() * p / 100);
    pay("2080505", "30108", percent(16), "缴纳{月}基本养老保险单位部分", Pace::With("社保"));
    pay("2080506", "30109", percent(8), "缴纳{月}职业年金单位部分", Pace::With("社保"));
    pay(unit.medical_function(), "30110", percent(9), "缴纳{月}基本医疗保险单位部分", Pace::With("社保"));
    pay(basic, "30112", Money(percent(1).fen() * 7 / 10), "缴纳{月}工伤和失业保险", Pace::With("社保"));
    pay("2210201", "30113", percent(12), "缴存{月}住房公积金单位部分", Pace::With("公积金"));
    pay(
        unit.retired_function(),
        "30302",
        heads(unit.retired, 9_000, 12_000),
        "发放{月}退休人员补贴",
        Pace::With("退休"),
    );
    pay(basic, "30305", heads(1, 6_000, 18_000), "发放遗属生活补助", Pace::In(&[6, 12]));
    for (economic, low, high, summary, pace) in OFFICE {
        pay(basic, economic, heads(unit.posts, low, high), summary, pace);
    }
    let vehicles = i64::try_from(unit.vehicles.len()).unwrap_or(0);
    if vehicles > 0 {
        pay(basic, "30231", heads(vehicles, 17_000, 26_000), "付公务车燃油、维修和保险费", Pace::Invoices(8));
    }
    pay(basic, "31002", heads(unit.posts, 300, 900), "购办公设备", Pace::In(&[5, 10]));
    if !reception.is_zero() {
        out.push(line(unit, basic, "30217", reception, "付公务接待费", Pace::Invoices(4)));
    }
    correct(&mut out);
    out
}

/// Plants what real books have: one invoice under the wrong 款 and one paid too much, both put right by red letters.
fn correct(lines: &mut [Line]) {
    for line in lines {
        match line.economic.as_str() {
            "30211" => {
                line.mistake =
                    Some(Mistake { economic: "30216".to_owned(), month: 5, amount: Money::from_yuan(1_260) });
            }
            "30202" => line.refund = Some(Refund { month: 7, amount: Money(21_850) }),
            _ => {}
        }
    }
}

fn line(unit: &UnitShape, function: &str, economic: &str, amount: Money, summary: &str, pace: Pace) -> Line {
    let (months, invoices, group) = match pace {
        Pace::With(group) => (Vec::new(), 0, group.to_owned()),
        Pace::In(months) => (months.to_vec(), 0, String::new()),
        Pace::Invoices(count) => (Vec::new(), count, String::new()),
    };
    Line {
        unit: unit.name.to_owned(),
        account: unit.expense_account().to_owned(),
        counter: "6001".to_owned(),
        function: function.to_owned(),
        economic: economic.to_owned(),
        nature: nature::BASIC.to_owned(),
        fund: fund::GENERAL.to_owned(),
        summary: summary.to_owned(),
        amount,
        months,
        invoices,
        group,
        ..Line::default()
    }
}
