//! Figures of last year: they end where this year begins.

use juesuan_model::Money;

use crate::plan::Plan;
use crate::random::Random;
use crate::sheet::Sheet;
use crate::units::UNITS;

/// One line of `上年数.csv`: item, fund, theme, amount.
type Figure = (String, String, String, Money);

/// The file of last year's figures.
pub fn figures(seed: u64, plan: &Plan) -> String {
    let mut random = Random::named(seed, "上年");
    let mut sheet = Sheet::new(&[
        "指标",
        "资金性质",
        "收入种类",
        "支出性质",
        "功能科目",
        "经济科目",
        "专题",
        "金额",
        "数量",
    ]);
    let mut all: Vec<Figure> = Vec::new();
    let mut totals = Flow::default();
    for fund in ["一般公共预算", "政府性基金", "国有资本经营", "非财政拨款"] {
        let flow = Flow::of(&mut random, plan, fund);
        flow.figures(fund, &mut all);
        totals.add(&flow);
        if fund == "国有资本经营" {
            totals.figures("财政拨款", &mut all);
        }
    }
    totals.figures("", &mut all);
    themes(&mut random, plan, &mut all);
    for (item, fund, theme, amount) in all {
        let blank = String::new;
        sheet.row(vec![
            item,
            fund,
            blank(),
            blank(),
            blank(),
            blank(),
            theme,
            amount.to_string(),
            blank(),
        ]);
    }
    sheet.text()
}

/// Last year of one fund.
#[derive(Clone, Copy, Debug, Default)]
struct Flow {
    opening: Money,
    income: Money,
    expense: Money,
    closing: Money,
}

impl Flow {
    fn of(random: &mut Random, plan: &Plan, fund: &str) -> Flow {
        let own = || plan.lines.iter().filter(|l| l.fund == fund);
        // Flows between units of the department cancel out, last year as this year.
        let internal = |party: &str| UNITS.iter().any(|u| u.name == party);
        let spent: Money = own()
            .filter(|l| !l.is_income() && !internal(&l.counterparty))
            .map(|l| l.amount)
            .sum();
        let expense = Money(spent.fen() * random.between(88, 97) / 100);
        let carried = |account: &str| matches!(account, "8101" | "8102" | "8201" | "8401");
        let closing: Money = plan
            .opening
            .iter()
            .filter(|o| o.fund == fund && carried(&o.account))
            .map(|o| o.amount)
            .sum();
        let opening = Money(closing.fen() * random.between(60, 140) / 100);
        Flow {
            opening,
            income: expense + closing - opening,
            expense,
            closing,
        }
    }

    fn add(&mut self, other: &Flow) {
        self.opening += other.opening;
        self.income += other.income;
        self.expense += other.expense;
        self.closing += other.closing;
    }

    fn figures(&self, fund: &str, all: &mut Vec<Figure>) {
        for (item, amount) in [
            ("收入总计", self.income + self.opening),
            ("支出总计", self.expense + self.closing),
            ("收入", self.income),
            ("支出", self.expense),
            ("年初结转和结余", self.opening),
            ("年末结转和结余", self.closing),
        ] {
            all.push((item.to_owned(), fund.to_owned(), String::new(), amount));
        }
    }
}

fn themes(random: &mut Random, plan: &Plan, all: &mut Vec<Figure>) {
    let spent = |codes: &[&str]| -> Money {
        let fiscal = plan.lines.iter().filter(|l| l.fund != "非财政拨款");
        fiscal
            .filter(|l| codes.contains(&l.economic.as_str()))
            .map(|l| l.amount)
            .sum()
    };
    let mut before = |amount: Money| Money(amount.fen() * random.between(85, 118) / 100);
    let running = before(spent(&["30231"]));
    let reception = before(spent(&["30217"]));
    let organ: Money = plan
        .lines
        .iter()
        .filter(|l| {
            UNITS
                .iter()
                .any(|u| u.name == l.unit && !u.is_institution())
        })
        .filter(|l| {
            l.fund == "一般公共预算" && l.nature == "基本支出" && l.economic.starts_with(['3'])
        })
        .filter(|l| !matches!(l.economic.get(..3), Some("301" | "303")))
        .map(|l| l.amount)
        .sum();
    for (theme, amount) in [
        ("三公经费", running + reception),
        ("因公出国（境）费", Money::ZERO),
        ("公务用车购置及运行维护费", running),
        ("公务用车购置费", Money::ZERO),
        ("公务用车运行维护费", running),
        ("公务接待费", reception),
        ("机关运行经费", before(organ)),
    ] {
        all.push(("支出".to_owned(), String::new(), theme.to_owned(), amount));
    }
}
