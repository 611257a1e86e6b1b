//! The budget as approved, its adjustments in the year, and what was planned for the three public expenses and purchases.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, nature, stage, theme};
use juesuan_model::Money;

use crate::plan::Plan;
use crate::profile::Profile;
use crate::random::Random;
use crate::sheet::Sheet;

/// Smallest step of a budget: 100 元.
const STEP_FEN: i64 = 10_000;

/// `预算指标.csv`: for each unit, 项, nature and project what was planned, and the adjustment that covers what was spent.
pub fn indicators(seed: u64, plan: &Plan) -> String {
    let mut spent: BTreeMap<[&str; 5], Money> = BTreeMap::new();
    for line in &plan.lines {
        let advance =
            line.is_income() && line.nature == nature::PROJECT && line.counter == "8001" && line.fund != fund::OTHER;
        if line.is_income() && !advance {
            continue;
        }
        let nature = match (line.nature.as_str(), line.economic.get(..3)) {
            (nature::PROJECT, _) => nature::PROJECT,
            ("", _) => continue,
            (_, Some("301" | "303")) => nature::PERSONNEL,
            _ => nature::PUBLIC,
        };
        *spent.entry([&line.unit, &line.fund, &line.function, nature, &line.project]).or_default() += line.amount;
    }
    let mut random = Random::named(seed, "预算");
    let mut sheet =
        Sheet::new(&["阶段", "单位名称", "资金性质", "支出功能分类", "支出性质", "项目名称", "金额", "备注"]);
    let mut row = |stage: &str, key: [&str; 5], amount: Money, note: &str| {
        let mut fields = vec![stage.to_owned()];
        fields.extend(key.iter().map(|k| (*k).to_owned()));
        fields.extend([amount.to_string(), note.to_owned()]);
        sheet.row(fields);
    };
    for (key, amount) in spent {
        // Never just what was spent.
        let percent = random.between(90, 104);
        let percent = if (99..=101).contains(&percent) { 98 } else { percent };
        let initial = step(Money(amount.fen() * percent / 100));
        row(stage::INITIAL, key, initial, "");
        if initial < amount {
            row("调整", key, step(amount - initial), "年中追加");
        } else if random.between(0, 2) == 0 {
            row("调整", key, -step(Money((initial - amount).fen() / 2)), "年中调减");
        }
    }
    sheet.text()
}

/// `三公经费预算.csv`: each unit and item, at the beginning of the year and after adjustment, never below what was spent.
pub fn three_public(profile: &Profile, plan: &Plan) -> String {
    let mut random = Random::named(profile.seed, "三公预算");
    let mut sheet = Sheet::new(&["年度", "阶段", "项目", "单位名称", "金额"]);
    let items: [(&str, &[&str]); 4] = [
        (theme::ABROAD, &["30212"]),
        (theme::VEHICLES_BOUGHT, &["31013", "30913"]),
        (theme::VEHICLES_RUN, &["30231"]),
        (theme::RECEPTION, &["30217"]),
    ];
    for unit in &profile.units {
        for (item, codes) in items {
            let own = plan.lines.iter().filter(|l| l.unit == unit.name && codes.contains(&l.economic.as_str()));
            let spent: Money = own.map(|l| l.amount).sum();
            let full = step(Money(spent.fen() * random.between(102, 125) / 100));
            let initial = if item == theme::ABROAD { Money::ZERO } else { full };
            for (stage, amount) in [(stage::INITIAL, initial), (stage::FULL_YEAR, full)] {
                let fields = [&plan.year.to_string(), stage, item, unit.name, &amount.to_string()];
                sheet.row(fields.iter().map(|f| (*f).to_owned()).collect());
            }
        }
    }
    sheet.text()
}

/// Up to the next step, away from zero.
pub fn step(amount: Money) -> Money {
    Money((amount.fen() + STEP_FEN - 1) / STEP_FEN * STEP_FEN)
}
