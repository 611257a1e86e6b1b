//! Money that is not fiscal: business, operations, subsidies from above, what sisters pay up and receive, other income.

use juesuan_catalog::names::{fund, nature};
use juesuan_model::Money;

use crate::plan::{Line, Opening};
use crate::random::Random;
use crate::units::{FORESTS, HEADQUARTERS, NURSERY, PARK, RESEARCH};

/// Income and expense out of own funds.
#[derive(Clone, Debug, Default)]
pub struct OwnFunds {
    /// Lines of the year.
    pub lines: Vec<Line>,
    /// Balances at the beginning of the year.
    pub opening: Vec<Opening>,
}

/// A body outside the department that subsidises its park: nothing to eliminate.
const OUTSIDE: &str = "省林业局";
const FUNCTION: &str = "2130204";
const FUND: &str = fund::OTHER;

/// Coordinates that the income and the expense of one activity share.
#[derive(Clone, Copy)]
struct Activity {
    unit: &'static str,
    function: &'static str,
    nature: &'static str,
    project: &'static str,
}

/// What a unit does with its own money as its ordinary business.
const fn basic(unit: &'static str) -> Activity {
    Activity { unit, function: FUNCTION, nature: nature::BASIC, project: "" }
}

/// 经营, 上缴 and 补助, which have no nature.
const fn apart(unit: &'static str) -> Activity {
    Activity { nature: "", ..basic(unit) }
}

/// The own funds of all units.
pub fn all(seed: u64) -> OwnFunds {
    let mut random = Random::named(seed, "自有资金");
    let mut wan = |low: i64, high: i64| Money(random.between(low * 1_000_000, high * 1_000_000));
    let mut out = OwnFunds::default();

    // Headquarters: a little other income, spent in full.
    let office = Activity { function: "2130201", ..basic(HEADQUARTERS) };
    let other = wan(8, 15);
    out.income(office, "6609", other, "收到利息及其他收入", "");
    out.expense(office, "7101", &[("30299", other, "付其他商品和服务支出")]);

    // Research: business income pays people, supports the nursery, and leaves a surplus.
    let (business, due) = (wan(380, 460), wan(18, 26));
    let support = wan(30, 42);
    out.income(basic(RESEARCH), "6101", business, "收到林业检测和技术服务收入", "");
    out.income(basic(RESEARCH), "6301", due, "收到国有林场管理站上缴", FORESTS);
    let pay = [("30101", wan(90, 110), "发放自筹部分工资"), ("30107", wan(110, 130), "发放自筹部分绩效工资")];
    out.expense(basic(RESEARCH), "7201", &pay);
    out.flow(RESEARCH, "7501", support, "拨付苗木繁育中心补助", NURSERY);
    // A commissioned study is kept apart and not finished in the year.
    let study =
        Activity { unit: RESEARCH, function: "2130206", nature: nature::PROJECT, project: "碳汇计量委托研究" };
    out.income(study, "6601", wan(60, 75), "收到委托研究经费", "");
    out.expense(study, "7201", &[("30218", wan(38, 52), "购测试材料")]);
    out.open(study, "8201", wan(9, 14));

    // Nursery: support from its sister, and seedlings sold at a profit.
    out.income(basic(NURSERY), "6201", support, "收到林业科学研究院补助", RESEARCH);
    out.expense(basic(NURSERY), "7201", &[("30107", support, "发放自筹部分绩效工资")]);
    out.income(apart(NURSERY), "6401", wan(150, 190), "收到苗木销售收入", "");
    let costs = [
        ("30218", wan(60, 80), "购育苗材料"),
        ("30226", wan(30, 45), "付育苗用工费"),
        ("30240", wan(2, 4), "缴纳税金"),
    ];
    out.expense(apart(NURSERY), "7301", &costs);

    // Forest stations: business income pays people and what is due above.
    let rent = wan(110, 140);
    out.income(basic(FORESTS), "6101", rent, "收到林地管护服务收入", "");
    out.expense(basic(FORESTS), "7201", &[("30107", rent - due - wan(3, 6), "发放自筹部分绩效工资")]);
    out.flow(FORESTS, "7401", due, "上缴林业科学研究院管理费", RESEARCH);

    // Park: tickets and a subsidy from outside do not cover its people; the surplus of earlier years does.
    let (tickets, subsidy) = (wan(60, 75), wan(20, 28));
    out.income(basic(PARK), "6101", tickets, "收到门票和服务收入", "");
    out.income(basic(PARK), "6201", subsidy, "收到省级行业补助", OUTSIDE);
    out.expense(basic(PARK), "7201", &[("30107", tickets + subsidy + wan(7, 12), "发放自筹部分绩效工资")]);
    let kiosk = wan(14, 20);
    out.income(apart(PARK), "6401", kiosk, "收到场地出租收入", "");
    out.expense(apart(PARK), "7301", &[("30213", kiosk + wan(1, 3), "付出租场地维修费")]);
    out.open(apart(PARK), "8202", wan(40, 60));
    // A study for others is not finished in the year; what it leaves is more than the loss of the rented stalls.
    let watch = Activity { unit: PARK, function: "2130206", nature: nature::PROJECT, project: "鸟类监测合作" };
    out.income(watch, "6601", wan(24, 30), "收到合作监测经费", "");
    out.expense(watch, "7201", &[("30211", wan(12, 16), "报野外监测差旅费")]);
    out
}

impl OwnFunds {
    fn income(&mut self, of: Activity, account: &str, amount: Money, summary: &str, from: &str) {
        self.lines.push(Line {
            account: account.to_owned(),
            amount,
            summary: summary.to_owned(),
            counterparty: from.to_owned(),
            months: vec![3, 6, 9, 12],
            ..of.line()
        });
    }

    fn expense(&mut self, of: Activity, account: &str, parts: &[(&str, Money, &str)]) {
        for (economic, amount, summary) in parts {
            self.lines.push(Line {
                account: account.to_owned(),
                economic: (*economic).to_owned(),
                amount: *amount,
                summary: (*summary).to_owned(),
                months: vec![2, 5, 8, 11],
                ..of.line()
            });
        }
    }

    fn flow(&mut self, unit: &'static str, account: &str, amount: Money, summary: &str, to: &str) {
        self.lines.push(Line {
            account: account.to_owned(),
            economic: "39999".to_owned(),
            amount,
            summary: summary.to_owned(),
            counterparty: to.to_owned(),
            months: vec![6, 12],
            ..apart(unit).line()
        });
    }

    fn open(&mut self, of: Activity, account: &str, amount: Money) {
        self.opening.push(Opening {
            unit: of.unit.to_owned(),
            account: account.to_owned(),
            kind: Opening::LEFT.to_owned(),
            fund: FUND.to_owned(),
            function: of.function.to_owned(),
            nature: of.nature.to_owned(),
            project: of.project.to_owned(),
            amount,
            reason: String::new(),
        });
    }
}

impl Activity {
    fn line(self) -> Line {
        Line {
            unit: self.unit.to_owned(),
            counter: "8001".to_owned(),
            function: self.function.to_owned(),
            nature: self.nature.to_owned(),
            fund: FUND.to_owned(),
            project: self.project.to_owned(),
            ..Line::default()
        }
    }
}
