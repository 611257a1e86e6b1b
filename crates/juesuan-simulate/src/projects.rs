//! Projects out of the three budgets, with money carried over from last year and into the next.

use juesuan_catalog::names::fund::GENERAL;
use juesuan_catalog::names::nature;
use juesuan_model::Money;

use crate::plan::{Line, Opening};
use crate::random::Random;
use crate::split::split;
use crate::units::{ENFORCEMENT, FORESTS, HEADQUARTERS, NURSERY, PARK, RESEARCH, UNITS};

/// A project: unit, name, 项, fund, payments as (款, thousands of 元 at most, summary), in percent of its income what is
/// carried over from last year and what is left for the next.
struct Shape {
    unit: &'static str,
    name: &'static str,
    function: &'static str,
    fund: &'static str,
    payments: &'static [(&'static str, i64, &'static str)],
    carried_in: i64,
    carried_out: i64,
}

/// Funds of few projects; the program need not know their nodes.
pub(crate) const GOVERNMENT_FUND: &str = "政府性基金";
pub(crate) const STATE_CAPITAL: &str = "国有资本经营";

const SHAPES: [Shape; 11] = [
    Shape {
        unit: HEADQUARTERS,
        name: "林业发展规划编制",
        function: "2130202",
        fund: GENERAL,
        payments: &[("30227", 900, "付规划编制费"), ("30202", 60, "付规划文本印刷费")],
        carried_in: 0,
        carried_out: 12,
    },
    Shape {
        unit: HEADQUARTERS,
        name: "国土绿化宣传和义务植树",
        function: "2130205",
        fund: GENERAL,
        payments: &[("30218", 420, "购苗木和工具"), ("30226", 150, "付植树劳务费"), ("30202", 45, "付宣传品印刷费")],
        carried_in: 0,
        carried_out: 0,
    },
    Shape {
        unit: HEADQUARTERS,
        name: "出国林业技术交流",
        function: "2130202",
        fund: GENERAL,
        payments: &[("30212", 86, "报因公出国费用")],
        carried_in: 0,
        carried_out: 0,
    },
    Shape {
        unit: HEADQUARTERS,
        name: "城市绿道建设",
        function: "2120803",
        fund: GOVERNMENT_FUND,
        payments: &[("31005", 4600, "付绿道工程进度款"), ("30227", 310, "付绿道监理费")],
        carried_in: 20,
        carried_out: 8,
    },
    Shape {
        unit: ENFORCEMENT,
        name: "森林防火巡护",
        function: "2130234",
        fund: GENERAL,
        payments: &[
            ("30226", 680, "付{月}护林员劳务费"),
            ("30218", 260, "购防火物资"),
            ("30231", 90, "付巡护车燃油费"),
        ],
        carried_in: 10,
        carried_out: 0,
    },
    Shape {
        unit: ENFORCEMENT,
        name: "执法车辆更新",
        function: "2130213",
        fund: GENERAL,
        payments: &[("31013", 189, "购执法执勤车")],
        carried_in: 0,
        carried_out: 0,
    },
    Shape {
        unit: RESEARCH,
        name: "乡土树种选育研究",
        function: "2130206",
        fund: GENERAL,
        payments: &[("30218", 520, "购试验材料"), ("30211", 130, "报野外调查差旅费"), ("31003", 940, "购实验仪器")],
        carried_in: 25,
        carried_out: 18,
    },
    Shape {
        unit: NURSERY,
        name: "良种苗木补贴",
        function: "2130205",
        fund: GENERAL,
        payments: &[("30218", 760, "购良种和基质"), ("30226", 240, "付育苗劳务费")],
        carried_in: 0,
        carried_out: 5,
    },
    Shape {
        unit: FORESTS,
        name: "公益林生态效益补偿",
        function: "2130209",
        fund: GENERAL,
        payments: &[("30399", 1900, "发放公益林补偿资金"), ("30226", 330, "付管护劳务费")],
        carried_in: 6,
        carried_out: 9,
    },
    Shape {
        unit: FORESTS,
        name: "国有林场改革成本",
        function: "2230107",
        fund: STATE_CAPITAL,
        payments: &[("30399", 640, "发放改革安置补助")],
        carried_in: 0,
        carried_out: 0,
    },
    Shape {
        unit: PARK,
        name: "公园步道修缮",
        function: "2120899",
        fund: GOVERNMENT_FUND,
        payments: &[("31006", 870, "付步道修缮工程款")],
        carried_in: 0,
        carried_out: 15,
    },
];

/// What was spent, received in advance and carried over.
#[derive(Clone, Debug, Default)]
pub struct Projects {
    /// Lines of the year.
    pub lines: Vec<Line>,
    /// Balances at the beginning of the year.
    pub opening: Vec<Opening>,
}

/// The projects of all units. `before`: what the year before left, if it is known.
pub fn all(seed: u64, before: Option<&[Opening]>) -> Projects {
    let mut out = Projects::default();
    for shape in &SHAPES {
        add(seed, shape, before, &mut out);
    }
    out
}

/// How much of each payment is paid by what last year left.
fn carried(shape: &Shape, amounts: &[Money], before: Option<&[Opening]>) -> Vec<Money> {
    let Some(before) = before else {
        return amounts.iter().map(|amount| Money(amount.fen() * shape.carried_in / 100)).collect();
    };
    let left: Money = before.iter().filter(|o| o.project == shape.name).map(|o| o.amount).sum();
    let weights: Vec<i64> = amounts.iter().map(|amount| amount.fen()).collect();
    split(left, &weights, 1)
}

fn add(seed: u64, shape: &Shape, before: Option<&[Opening]>, out: &mut Projects) {
    let mut random = Random::named(seed, shape.name);
    let account = UNITS.iter().find(|u| u.name == shape.unit).map_or("7201", |u| u.expense_account());
    let base = Line {
        unit: shape.unit.to_owned(),
        account: account.to_owned(),
        function: shape.function.to_owned(),
        nature: nature::PROJECT.to_owned(),
        fund: shape.fund.to_owned(),
        project: shape.name.to_owned(),
        ..Line::default()
    };
    let amount = |(_, thousands, _): &(_, i64, _)| Money(random.between(thousands * 70_000, thousands * 100_000));
    let amounts: Vec<Money> = shape.payments.iter().map(amount).collect();
    let total: Money = amounts.iter().copied().sum();
    let carried = carried(shape, &amounts, before);
    // What last year left pays first, from the unit's balance; the rest is paid by the treasury.
    for (((economic, _, summary), amount), carried) in shape.payments.iter().zip(amounts).zip(carried) {
        let once = amount.fen() < 30_000_000;
        for (counter, part, months) in [("8001", carried, vec![2, 4]), ("6001", amount - carried, vec![3, 6, 9, 11])] {
            if !part.is_zero() {
                out.lines.push(Line {
                    counter: counter.to_owned(),
                    economic: (*economic).to_owned(),
                    summary: (*summary).to_owned(),
                    amount: part,
                    months: if once { vec![if counter == "8001" { 3 } else { 8 }] } else { months },
                    ..base.clone()
                });
            }
        }
        if !carried.is_zero() {
            carry_in(out, shape, carried);
        }
    }
    let left = Money(total.fen() * shape.carried_out / 100);
    if !left.is_zero() {
        out.lines.push(Line {
            account: "6001".to_owned(),
            counter: "8001".to_owned(),
            summary: "年末确认未用完的财政拨款额度".to_owned(),
            amount: left,
            months: vec![12],
            ..base
        });
    }
}

fn carry_in(out: &mut Projects, shape: &Shape, amount: Money) {
    if let Some(opening) = out.opening.iter_mut().find(|o| o.project == shape.name) {
        opening.amount += amount;
        return;
    }
    out.opening.push(Opening {
        unit: shape.unit.to_owned(),
        account: "8101".to_owned(),
        kind: Opening::LEFT.to_owned(),
        fund: shape.fund.to_owned(),
        function: shape.function.to_owned(),
        nature: nature::PROJECT.to_owned(),
        project: shape.name.to_owned(),
        amount,
        reason: String::new(),
    });
}
