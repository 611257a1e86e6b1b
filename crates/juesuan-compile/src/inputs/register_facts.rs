//! Registers to facts: counts and contract sums.

use juesuan_catalog::Catalog;
use juesuan_model::{Dimension, Meaning, Money, Place, Problem};

use super::department::Department;
use super::registers::{Payer, Registers};
use crate::facts::{Fact, Facts, Quantity};

/// Equipment is published from this value of one piece on. Source: 部门决算公开 国有资产占用情况, 单位价值100万元以上.
const EQUIPMENT_MIN: Money = Money::from_yuan(1_000_000);

/// Sizes of suppliers that are 小微企业; with 中型 they are 中小企业. Source: 政府采购促进中小企业发展管理办法 第二条.
const MICRO: [&str; 2] = ["小型", "微型"];

/// States everything that the registers say of `unit` (`None`: of the whole department).
pub fn state(registers: &Registers, department: &Department, catalog: &Catalog, unit: Option<&str>, facts: &mut Facts) {
    let mine = |of: &str| unit.is_none_or(|unit| unit == of || (of.is_empty() && department.units.len() <= 1));
    let mut out = Stating { facts };
    if let Some(trips) = &registers.trips {
        let trips: Vec<_> = trips.iter().filter(|t| mine(&t.unit)).collect();
        let place = trips.first().map(|t| &t.place);
        out.count("团组", Some("因公出国（境）费"), trips.len(), place);
        out.number("人次", Some("因公出国（境）费"), trips.iter().map(|t| t.persons).sum(), place);
    }
    if let Some(vehicles) = &registers.vehicles {
        let year = department.year;
        let all: Vec<_> = vehicles.iter().filter(|v| mine(&v.unit)).collect();
        let kept: Vec<_> = all.iter().filter(|v| v.disposed.is_none_or(|day| day.year() > year)).collect();
        let place = all.first().map(|v| &v.place);
        out.count("车辆", None, kept.len(), place);
        out.count("车辆", Some("财政拨款开支车辆"), kept.iter().filter(|v| v.payer == Payer::Fiscal).count(), place);
        let uses = catalog.inputs.get("vehicles").and_then(|f| f.column("use")).map_or(&[][..], |c| &c.choices);
        for vehicle_use in uses {
            let number = kept.iter().filter(|v| v.vehicle_use == *vehicle_use).count();
            out.count("车辆", Some(vehicle_use), number, place);
        }
        let bought = |v: &&&super::registers::Vehicle| {
            v.payer == Payer::Fiscal && v.acquired.is_some_and(|day| day.year() == year)
        };
        out.count("购置车辆", None, all.iter().filter(bought).count(), place);
    }
    if let Some(receptions) = &registers.receptions {
        for (kind, theme) in [("国内", "国内接待"), ("外宾", "外宾接待")] {
            let of: Vec<_> = receptions.iter().filter(|r| mine(&r.unit) && r.kind == kind).collect();
            let place = of.first().map(|r| &r.place);
            out.count("批次", Some(theme), of.len(), place);
            out.number("人次", Some(theme), of.iter().map(|r| r.persons).sum(), place);
            out.amount(theme, of.iter().map(|r| r.amount).sum(), place);
        }
    }
    if let Some(equipment) = &registers.equipment {
        let large = equipment.iter().filter(|e| mine(&e.unit) && e.unit_price >= EQUIPMENT_MIN);
        out.number("设备", None, large.map(|e| e.quantity).sum(), equipment.first().map(|e| &e.place));
    }
    if let Some(staff) = &registers.staff {
        let kinds = ["行政", "参公", "事业"];
        let active: Vec<_> = staff.iter().filter(|s| mine(&s.unit) && kinds.contains(&s.kind.as_str())).collect();
        let place = staff.first().map(|s| &s.place);
        out.number("编制人数", None, active.iter().map(|s| s.posts).sum(), place);
        out.number("在职人数", None, active.iter().map(|s| s.persons).sum(), place);
    }
    contracts(registers, mine, &mut out);
    if unit.is_none() {
        if let Some(nontax) = &registers.nontax {
            let place = nontax.first().map(|n| &n.place);
            let income = Meaning::new().with(Dimension::Item, "收入").with(Dimension::Theme, "非税收入");
            out.money(income.clone(), nontax.iter().map(|n| n.actual).sum(), place);
            let budget = income.with(Dimension::Stage, "年初预算");
            out.money(budget, nontax.iter().map(|n| n.budget).sum(), place);
        }
        let below = department.units.iter().filter(|u| !u.headquarters && u.merged_into.is_none()).count();
        out.count("单位", None, below, None);
    }
}

fn contracts(registers: &Registers, mine: impl Fn(&str) -> bool, out: &mut Stating<'_>) {
    let Some(contracts) = &registers.contracts else {
        return;
    };
    let contracts: Vec<_> = contracts.iter().filter(|c| mine(&c.unit)).collect();
    let place = contracts.first().map(|c| &c.place);
    let sum = |select: &dyn Fn(&super::registers::Contract) -> bool| -> Money {
        contracts.iter().filter(|c| select(c)).map(|c| c.amount).sum()
    };
    let micro = |c: &super::registers::Contract| MICRO.contains(&c.supplier_size.as_str());
    let small = |c: &super::registers::Contract| micro(c) || c.supplier_size == "中型";
    out.amount("政府采购", sum(&|_| true), place);
    for category in ["货物", "工程", "服务"] {
        out.amount(&format!("{category}采购"), sum(&|c| c.category == category), place);
        out.amount(&format!("{category}采购授予中小企业"), sum(&|c| c.category == category && small(c)), place);
    }
    out.amount("授予中小企业", sum(&small), place);
    out.amount("授予小微企业", sum(&micro), place);
    out.amount("预留项目授予中小企业", sum(&|c| c.reserved == "中小企业" && small(c)), place);
    out.amount("预留项目授予小微企业", sum(&|c| c.reserved == "小微企业" && micro(c)), place);
    let other = |c: &super::registers::Contract| !matches!(c.reserved.as_str(), "中小企业" | "小微企业");
    out.amount("其他项目授予中小企业", sum(&|c| other(c) && small(c)), place);
}

/// What contradicts the year or the definition of a register.
pub fn check(registers: &Registers, department: &Department, problems: &mut Vec<Problem>) {
    let year = department.year;
    for vehicle in registers.vehicles.iter().flatten() {
        if vehicle.acquired.is_some_and(|day| day.year() > year) {
            problems.push(doubt(
                &vehicle.place,
                format!("“{}”的购置日期在 {year} 年之后；年末还没有这辆车，请核对", vehicle.plate),
            ));
        }
        if let (Some(acquired), Some(disposed)) = (vehicle.acquired, vehicle.disposed)
            && disposed < acquired
        {
            problems.push(doubt(
                &vehicle.place,
                format!("“{}”的处置日期 {disposed} 早于购置日期 {acquired}", vehicle.plate),
            ));
        }
        if vehicle.vehicle_use == "其他用车" && vehicle.note.is_empty() {
            problems.push(doubt(&vehicle.place, "“其他用车”没有写明是什么车；请填“说明”列".to_owned()));
        }
    }
    let mut plates: std::collections::BTreeMap<&str, &Place> = std::collections::BTreeMap::new();
    for vehicle in registers.vehicles.iter().flatten() {
        if let Some(first) = plates.insert(&vehicle.plate, &vehicle.place) {
            problems.push(doubt(&vehicle.place, format!("车辆“{}”在{first}已经登记过一次", vehicle.plate)));
        }
    }
    for reception in registers.receptions.iter().flatten() {
        if let Some(day) = reception.date.filter(|day| day.year() != year) {
            problems
                .push(doubt(&reception.place, format!("日期 {day} 不在 {year} 年内；请核对这个批次是否属于本年度")));
        }
        if reception.persons == 0 {
            problems.push(doubt(&reception.place, "人次为 0；一个批次至少有一人".to_owned()));
        }
    }
    for equipment in registers.equipment.iter().flatten() {
        if equipment.unit_price < EQUIPMENT_MIN {
            let message = format!("“{}”单价 {} 元，不到 100 万元，没有计入", equipment.name, equipment.unit_price);
            problems.push(doubt(&equipment.place, message));
        }
    }
    for staff in registers.staff.iter().flatten() {
        if matches!(staff.kind.as_str(), "行政" | "参公" | "事业") && staff.persons > staff.posts {
            let message = format!("{}实有 {} 人，超过编制 {}；请核对", staff.kind, staff.persons, staff.posts);
            problems.push(doubt(&staff.place, message));
        }
    }
}

fn doubt(place: &Place, message: String) -> Problem {
    Problem::doubt(place.clone(), message)
}

/// States facts under the meanings of the contract between inputs and forms.
struct Stating<'a> {
    facts: &'a mut Facts,
}

impl Stating<'_> {
    fn count(&mut self, item: &str, theme: Option<&str>, number: usize, place: Option<&Place>) {
        self.number(item, theme, i64::try_from(number).unwrap_or(i64::MAX), place);
    }

    fn number(&mut self, item: &str, theme: Option<&str>, number: i64, place: Option<&Place>) {
        let meaning = Meaning::new().with(Dimension::Item, item);
        let meaning = match theme {
            Some(theme) => meaning.with(Dimension::Theme, theme),
            None => meaning,
        };
        self.state(meaning, Quantity::Count(number), place);
    }

    fn amount(&mut self, theme: &str, amount: Money, place: Option<&Place>) {
        self.money(Meaning::new().with(Dimension::Item, "支出").with(Dimension::Theme, theme), amount, place);
    }

    fn money(&mut self, meaning: Meaning, amount: Money, place: Option<&Place>) {
        self.state(meaning, Quantity::Exact(amount), place);
    }

    /// The place of a sum is its file and sheet.
    fn state(&mut self, meaning: Meaning, quantity: Quantity, place: Option<&Place>) {
        let place = place.map(|p| Place { file: p.file.clone(), table: p.table.clone(), ..Place::default() });
        self.facts.state(meaning, Fact { quantity, place: place.unwrap_or_default(), form: String::new() });
    }
}
