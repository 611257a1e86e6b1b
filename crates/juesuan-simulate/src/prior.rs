//! Figures of last year: they end where this year begins. The department's are the sums of its units', which paid each
//! other nothing last year.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, item, nature, theme};
use juesuan_model::Money;

use crate::plan::{Line, Plan};
use crate::profile::{Profile, YearBefore};
use crate::projects::{GOVERNMENT_FUND, STATE_CAPITAL};
use crate::random::Random;
use crate::sheet::Sheet;
use crate::units::{UNITS, UnitShape};

/// Item, fund, theme → amount.
pub type Figures = BTreeMap<[&'static str; 3], Money>;

const FUNDS: [&str; 4] = [fund::GENERAL, GOVERNMENT_FUND, STATE_CAPITAL, fund::OTHER];

/// Last year of the whole department.
pub fn of_department(profile: &Profile, plan: &Plan) -> Figures {
    let mut sum = Figures::new();
    for unit in &profile.units {
        for (key, amount) in of_unit(profile, plan, unit) {
            *sum.entry(key).or_default() += amount;
        }
    }
    sum
}

/// Last year of one unit.
pub fn of_unit(profile: &Profile, plan: &Plan, unit: &UnitShape) -> Figures {
    let mut random = Random::named(profile.seed, &format!("上年{}", unit.name));
    let mut all = Figures::new();
    for fund in FUNDS {
        let flow = Flow::of(&mut random, profile.before, plan, unit, fund);
        let fiscal = if fund == fund::OTHER { None } else { Some(fund::FISCAL) };
        for of in [Some(fund), fiscal, Some("")].into_iter().flatten() {
            flow.add_to(of, &mut all);
        }
    }
    for (theme, amount) in themes(&mut random, profile.before, plan, unit) {
        all.insert([item::EXPENSE, "", theme], amount);
    }
    all
}

/// `上年数.csv`.
pub fn file(figures: &Figures) -> String {
    let mut sheet = Sheet::new(&["指标", "资金性质", "专题", "金额"]);
    for ([item, fund, theme], amount) in figures {
        sheet.row(vec![(*item).into(), (*fund).into(), (*theme).into(), amount.to_string()]);
    }
    sheet.text()
}

/// Last year of one unit and fund.
#[derive(Clone, Copy, Debug, Default)]
struct Flow {
    opening: Money,
    income: Money,
    expense: Money,
    closing: Money,
}

impl Flow {
    fn of(random: &mut Random, before: YearBefore, plan: &Plan, unit: &UnitShape, fund: &str) -> Flow {
        let internal = |line: &Line| UNITS.iter().any(|u| u.name == line.counterparty);
        let own = plan.lines.iter().filter(|l| l.unit == unit.name && l.fund == fund);
        let spent: Money = own.filter(|l| !l.is_income() && !internal(l)).map(|l| l.amount).sum();
        let percent = random.between(88, 97);
        let expense = match before {
            YearBefore::Smaller => Money(spent.fen() * percent / 100),
            YearBefore::Larger => Money(spent.fen() * (200 - percent) / 100),
            YearBefore::Equal => spent,
        };
        let carried = |account: &str| matches!(account, "8101" | "8102" | "8201" | "8401");
        let opening = plan.opening.iter().filter(|o| o.unit == unit.name && o.fund == fund);
        let closing: Money = opening.filter(|o| carried(&o.account)).map(|o| o.amount).sum();
        let opening = Money(closing.fen() * random.between(60, 140) / 100);
        Flow { opening, income: expense + closing - opening, expense, closing }
    }

    fn add_to(&self, fund: &'static str, all: &mut Figures) {
        for (item, amount) in [
            (item::INCOME_TOTAL, self.income + self.opening),
            (item::EXPENSE_TOTAL, self.expense + self.closing),
            (item::INCOME, self.income),
            (item::EXPENSE, self.expense),
            (item::OPENING, self.opening),
            (item::CLOSING, self.closing),
        ] {
            *all.entry([item, fund, ""]).or_default() += amount;
        }
    }
}

fn themes(random: &mut Random, year: YearBefore, plan: &Plan, unit: &UnitShape) -> [(&'static str, Money); 7] {
    let fiscal = || plan.lines.iter().filter(|l| l.unit == unit.name && l.fund != fund::OTHER);
    let spent = |code: &str| -> Money { fiscal().filter(|l| l.economic == code).map(|l| l.amount).sum() };
    let mut before = |amount: Money| {
        // Far enough from this year's to print as a change.
        let percent = random.between(85, 118);
        let percent = match year {
            YearBefore::Smaller if (93..=107).contains(&percent) => 88,
            YearBefore::Smaller => percent,
            YearBefore::Larger => 100 + (percent - 80) / 2,
            YearBefore::Equal => 100,
        };
        Money(amount.fen() * percent / 100)
    };
    let (running, reception) = (before(spent("30231")), before(spent("30217")));
    let (trip, purchase) = match year {
        YearBefore::Equal => (spent("30212"), spent("31013")),
        YearBefore::Smaller | YearBefore::Larger => (Money::ZERO, Money::ZERO),
    };
    let office = fiscal().filter(|l| l.nature == nature::BASIC && !unit.is_institution());
    let office = office.filter(|l| matches!(l.economic.get(..3), Some("302" | "310")));
    let organ = before(office.map(|l| l.amount).sum());
    [
        (theme::THREE_PUBLIC, trip + purchase + running + reception),
        (theme::ABROAD, trip),
        (theme::VEHICLES, purchase + running),
        (theme::VEHICLES_BOUGHT, purchase),
        (theme::VEHICLES_RUN, running),
        (theme::RECEPTION, reception),
        (theme::RUNNING_COST, organ),
    ]
}
