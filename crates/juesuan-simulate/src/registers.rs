//! Registers of vehicles, trips, receptions, contracts, equipment, staff and non-tax income.

use std::collections::BTreeMap;

use juesuan_catalog::names::theme;
use juesuan_model::Money;

use crate::plan::Plan;
use crate::profile::{Part, Profile};
use crate::random::Random;
use crate::sheet::Sheet;
use crate::units::{ENFORCEMENT, FORESTS, HEADQUARTERS, RESEARCH};

/// Receptions: the file, and what each unit's add up to.
#[derive(Clone, Debug)]
pub struct Receptions {
    /// `公务接待登记.csv`.
    pub file: String,
    /// Total by unit.
    pub totals: BTreeMap<&'static str, Money>,
}

/// Receptions of the units that have any.
pub fn receptions(profile: &Profile) -> Receptions {
    let mut random = Random::named(profile.seed, "接待");
    let mut sheet = Sheet::new(&["单位名称", "类别", "日期", "接待对象", "事由", "人次", "金额"]);
    let mut totals = BTreeMap::new();
    let guests = ["省级林业部门", "邻市林业部门", "高等院校专家", "林业企业代表"];
    let purposes = ["工作检查", "学习交流", "项目验收", "防火联防会商"];
    let hosts = [(HEADQUARTERS, 9), (ENFORCEMENT, 4), (RESEARCH, 5)];
    let host = |unit: &str| profile.has(unit) && !profile.lacks.contains(&Part::ThreePublic);
    for (unit, batches) in hosts.into_iter().filter(|(unit, _)| host(unit)) {
        for _ in 0..batches {
            let persons = random.between(2, 9);
            let amount = Money(persons * random.between(6_500, 11_900));
            *totals.entry(unit).or_default() += amount;
            let date = format!("{}-{:02}-{:02}", profile.year, random.between(1, 12), random.between(1, 28));
            let pick = |random: &mut Random, from: [&str; 4]| {
                from.get(usize::try_from(random.between(0, 3)).unwrap_or(0)).copied().unwrap_or_default().to_owned()
            };
            let (guest, purpose) = (pick(&mut random, guests), pick(&mut random, purposes));
            sheet.row(vec![unit.into(), "国内".into(), date, guest, purpose, persons.to_string(), amount.to_string()]);
        }
    }
    Receptions { file: sheet.text(), totals }
}

/// `公务用车登记.csv`: what is there at the end of the year, one vehicle bought and one written off in the year.
pub fn vehicles(profile: &Profile) -> String {
    let mut random = Random::named(profile.seed, "车辆");
    let mut sheet = Sheet::new(&["单位名称", "车辆编号", "用途", "财政拨款开支", "购置日期", "处置日期", "说明"]);
    let year = i64::from(profile.year);
    let renewed = !profile.lacks.contains(&Part::Projects);
    for (number, unit) in profile.units.iter().enumerate() {
        for (i, kind) in unit.vehicles.iter().enumerate() {
            let bought = if unit.name == ENFORCEMENT && i == 0 && renewed {
                format!("{}-06-18", profile.year)
            } else {
                format!("{}-{:02}-15", random.between(year - 11, year - 2), random.between(1, 12))
            };
            let note = if *kind == theme::OTHER_VEHICLES { "业务用皮卡车" } else { "" };
            let plate = format!("YL-{}{:02}", number + 1, i + 1);
            sheet.row(vec![unit.name.into(), plate, (*kind).into(), "是".into(), bought, String::new(), note.into()]);
        }
    }
    if !profile.units.iter().any(|unit| unit.name == ENFORCEMENT && !unit.vehicles.is_empty()) {
        return sheet.text();
    }
    let disposed = format!("{}-07-02", profile.year);
    let gone = [ENFORCEMENT, "YL-299", "执法执勤用车", "是", "2009-05-11", &disposed, "报废"];
    sheet.row(gone.iter().map(|f| (*f).to_owned()).collect());
    sheet.text()
}

/// `因公出国登记.csv`: one group, which spent what the books say.
pub fn trips(plan: &Plan) -> String {
    let spent: Money = plan.lines.iter().filter(|l| l.economic == "30212").map(|l| l.amount).sum();
    let mut sheet = Sheet::new(&["单位名称", "团组", "人次", "国家和地区", "任务", "金额"]);
    if spent.is_zero() {
        return sheet.text();
    }
    let row = [HEADQUARTERS, "林业技术交流团", "2", "芬兰、瑞典", "交流北方森林经营和防火技术", &spent.to_string()];
    sheet.row(row.iter().map(|f| (*f).to_owned()).collect());
    sheet.text()
}

/// `政府采购合同登记.csv`: the larger purchases of the year.
pub fn contracts(seed: u64, plan: &Plan) -> String {
    let mut random = Random::named(seed, "采购");
    let mut sheet = Sheet::new(&["单位名称", "合同编号", "类别", "合同金额", "供应商规模", "预留份额"]);
    let mut purchases: BTreeMap<(&str, &str, &str), Money> = BTreeMap::new();
    for line in &plan.lines {
        let category = match line.economic.as_str() {
            "31002" | "31003" | "31013" | "30218" => "货物",
            "31005" | "31006" => "工程",
            "30227" | "30209" => "服务",
            _ => continue,
        };
        *purchases.entry((&line.unit, category, &line.project)).or_default() += line.amount;
    }
    for (number, ((unit, category, _), amount)) in purchases.into_iter().enumerate() {
        let (size, reserved) = match random.between(0, 4) {
            0 => ("大型", "无"),
            1 => ("中型", "中小企业"),
            2 => ("小型", "小微企业"),
            3 => ("微型", "小微企业"),
            _ => ("小型", "无"),
        };
        let name = format!("YLCG-{}-{:03}", plan.year, number + 1);
        sheet.row(vec![unit.into(), name, category.into(), amount.to_string(), size.into(), reserved.into()]);
    }
    sheet.text()
}

/// `大型设备登记.csv`: equipment of more than 100 万元.
pub fn assets(profile: &Profile) -> String {
    let mut sheet = Sheet::new(&["单位名称", "资产名称", "数量", "单价"]);
    let all = [
        (RESEARCH, "碳同位素质谱仪", "1", "2860000.00"),
        (RESEARCH, "人工气候室成套设备", "2", "1185000.00"),
        (ENFORCEMENT, "林火视频监控平台", "1", "1430000.00"),
    ];
    for (unit, name, quantity, price) in all.into_iter().filter(|(unit, ..)| profile.has(unit)) {
        sheet.row(vec![unit.into(), name.into(), quantity.into(), price.into()]);
    }
    sheet.text()
}

/// `人员编制.csv`.
pub fn staff(profile: &Profile) -> String {
    let mut random = Random::named(profile.seed, "人员");
    let mut sheet = Sheet::new(&["单位名称", "编制类别", "编制数", "实有人数"]);
    for unit in &profile.units {
        let persons = unit.posts - random.between(0, 3);
        sheet.row(vec![unit.name.into(), unit.kind.into(), unit.posts.to_string(), persons.to_string()]);
        sheet.row(vec![unit.name.into(), "退休".into(), "0".into(), unit.retired.to_string()]);
    }
    sheet.text()
}

/// `非税收入.csv`.
pub fn nontax(seed: u64) -> String {
    let mut random = Random::named(seed, "非税");
    let mut sheet = Sheet::new(&["收入项目", "预算数", "实际数"]);
    let budget = Money::from_yuan(random.between(300, 400) * 10_000);
    let actual = Money(budget.fen() * random.between(88, 112) / 100);
    sheet.row(vec![format!("森林植被恢复费（{FORESTS}代收）"), budget.to_string(), actual.to_string()]);
    sheet.text()
}
