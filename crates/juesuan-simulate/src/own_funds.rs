//! Money that is not fiscal: business, operations, subsidies from above, what sisters pay up and receive, other income.

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
const FUND: &str = "非财政拨款";

/// The own funds of all units.
pub fn all(seed: u64) -> OwnFunds {
    let mut random = Random::named(seed, "自有资金");
    let mut wan = |low: i64, high: i64| Money(random.between(low * 1_000_000, high * 1_000_000));
    let mut out = OwnFunds::default();

    // Headquarters: a little other income, spent in full.
    let other = wan(8, 15);
    out.income(
        HEADQUARTERS,
        "6609",
        "2130201",
        other,
        "收到利息及其他收入",
        "",
        "基本支出",
    );
    out.expense(
        HEADQUARTERS,
        "7101",
        "2130201",
        &[("30299", other, "付其他商品和服务支出")],
        "基本支出",
        "",
    );

    // Research: business income pays people, supports the nursery, and leaves a surplus. A commissioned study is kept apart.
    let (business, up) = (wan(380, 460), wan(18, 26));
    let support = wan(30, 42);
    out.income(
        RESEARCH,
        "6101",
        FUNCTION,
        business,
        "收到林业检测和技术服务收入",
        "",
        "基本支出",
    );
    out.income(
        RESEARCH,
        "6301",
        FUNCTION,
        up,
        "收到国有林场管理站上缴",
        FORESTS,
        "基本支出",
    );
    let parts = [
        ("30101", wan(90, 110), "发放自筹部分工资"),
        ("30107", wan(110, 130), "发放自筹部分绩效工资"),
    ];
    out.expense(RESEARCH, "7201", FUNCTION, &parts, "基本支出", "");
    out.flow(RESEARCH, "7501", support, "拨付苗木繁育中心补助", NURSERY);
    let (study, spent) = (wan(60, 75), wan(38, 52));
    let project = "碳汇计量委托研究";
    out.income(
        RESEARCH,
        "6601",
        "2130206",
        study,
        "收到委托研究经费",
        "",
        "项目支出",
    );
    out.mark_project(project);
    out.expense(
        RESEARCH,
        "7201",
        "2130206",
        &[("30218", spent, "购测试材料")],
        "项目支出",
        project,
    );
    out.open(RESEARCH, "8201", "2130206", "项目支出", project, wan(9, 14));

    // Nursery: support from its sister, and seedlings sold at a profit.
    out.income(
        NURSERY,
        "6201",
        FUNCTION,
        support,
        "收到林业科学研究院补助",
        RESEARCH,
        "基本支出",
    );
    out.expense(
        NURSERY,
        "7201",
        FUNCTION,
        &[("30107", support, "发放自筹部分绩效工资")],
        "基本支出",
        "",
    );
    let sales = wan(150, 190);
    out.income(NURSERY, "6401", FUNCTION, sales, "收到苗木销售收入", "", "");
    let costs = [
        ("30218", wan(60, 80), "购育苗材料"),
        ("30226", wan(30, 45), "付育苗用工费"),
        ("30240", wan(2, 4), "缴纳税金"),
    ];
    out.expense(NURSERY, "7301", FUNCTION, &costs, "", "");

    // Forest stations: business income pays people and what is due above.
    let rent = wan(110, 140);
    out.income(
        FORESTS,
        "6101",
        FUNCTION,
        rent,
        "收到林地管护服务收入",
        "",
        "基本支出",
    );
    out.expense(
        FORESTS,
        "7201",
        FUNCTION,
        &[("30107", rent - up - wan(3, 6), "发放自筹部分绩效工资")],
        "基本支出",
        "",
    );
    out.flow(FORESTS, "7401", up, "上缴林业科学研究院管理费", RESEARCH);

    // Park: tickets and a subsidy from outside do not cover its people; the surplus of earlier years does.
    let (tickets, subsidy) = (wan(60, 75), wan(20, 28));
    out.income(
        PARK,
        "6101",
        FUNCTION,
        tickets,
        "收到门票和服务收入",
        "",
        "基本支出",
    );
    out.income(
        PARK,
        "6201",
        FUNCTION,
        subsidy,
        "收到省级行业补助",
        OUTSIDE,
        "基本支出",
    );
    let pay = tickets + subsidy + wan(7, 12);
    out.expense(
        PARK,
        "7201",
        FUNCTION,
        &[("30107", pay, "发放自筹部分绩效工资")],
        "基本支出",
        "",
    );
    let kiosk = wan(14, 20);
    out.income(PARK, "6401", FUNCTION, kiosk, "收到场地出租收入", "", "");
    out.expense(
        PARK,
        "7301",
        FUNCTION,
        &[("30213", kiosk + wan(1, 3), "付出租场地维修费")],
        "",
        "",
    );
    out.open(PARK, "8202", FUNCTION, "", "", wan(40, 60));
    out
}

impl OwnFunds {
    #[expect(
        clippy::too_many_arguments,
        reason = "one line of a book has that many columns"
    )]
    fn income(
        &mut self,
        unit: &str,
        account: &str,
        function: &str,
        amount: Money,
        summary: &str,
        from: &str,
        nature: &str,
    ) {
        self.lines.push(Line {
            account: account.to_owned(),
            function: function.to_owned(),
            amount,
            summary: summary.to_owned(),
            counterparty: from.to_owned(),
            months: vec![3, 6, 9, 12],
            ..base(unit, nature)
        });
    }

    fn expense(
        &mut self,
        unit: &str,
        account: &str,
        function: &str,
        parts: &[(&str, Money, &str)],
        nature: &str,
        project: &str,
    ) {
        for (economic, amount, summary) in parts {
            self.lines.push(Line {
                account: account.to_owned(),
                function: function.to_owned(),
                economic: (*economic).to_owned(),
                amount: *amount,
                summary: (*summary).to_owned(),
                project: project.to_owned(),
                months: vec![2, 5, 8, 11],
                ..base(unit, nature)
            });
        }
    }

    fn flow(&mut self, unit: &str, account: &str, amount: Money, summary: &str, to: &str) {
        self.lines.push(Line {
            account: account.to_owned(),
            function: FUNCTION.to_owned(),
            economic: "39999".to_owned(),
            amount,
            summary: summary.to_owned(),
            counterparty: to.to_owned(),
            months: vec![6, 12],
            ..base(unit, "")
        });
    }

    /// The last line belongs to a project.
    fn mark_project(&mut self, project: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.project = project.to_owned();
        }
    }

    fn open(
        &mut self,
        unit: &str,
        account: &str,
        function: &str,
        nature: &str,
        project: &str,
        amount: Money,
    ) {
        self.opening.push(Opening {
            unit: unit.to_owned(),
            account: account.to_owned(),
            kind: "年初余额".to_owned(),
            fund: FUND.to_owned(),
            function: function.to_owned(),
            nature: nature.to_owned(),
            project: project.to_owned(),
            amount,
            reason: String::new(),
        });
    }
}

fn base(unit: &str, nature: &str) -> Line {
    Line {
        unit: unit.to_owned(),
        counter: "8001".to_owned(),
        nature: nature.to_owned(),
        fund: FUND.to_owned(),
        ..Line::default()
    }
}
