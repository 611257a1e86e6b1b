//! Registers to facts: counts and contract sums.

use juesuan_catalog::Catalog;
use juesuan_catalog::names::{item, stage, theme};
use juesuan_catalog::registers::ProcurementRule;
use juesuan_facts::department::Department;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Dimension, Meaning, Money, Place, Problem};

use super::registers::{Payer, Registers};

/// States everything that the registers say of `unit` (`None`: of the whole department).
pub fn state(registers: &Registers, department: &Department, catalog: &Catalog, unit: Option<&str>, facts: &mut Facts) {
    let mine = |of: &str| unit.is_none_or(|unit| unit == of || (of.is_empty() && department.units.len() <= 1));
    let mut out = Stating { facts };
    let rules = &catalog.registers;
    if let Some(trips) = &registers.trips {
        let trips: Vec<_> = trips.iter().filter(|t| mine(&t.unit)).collect();
        let place = trips.first().map(|t| &t.place);
        out.count(item::GROUPS, Some(theme::ABROAD), trips.len(), place);
        out.number(item::PERSONS, Some(theme::ABROAD), trips.iter().map(|t| t.persons).sum(), place);
    }
    vehicles(registers, mine, department.year, catalog, &mut out);
    if let Some(receptions) = &registers.receptions {
        for rule in &rules.reception {
            let of: Vec<_> = receptions.iter().filter(|r| mine(&r.unit) && r.kind == rule.kind).collect();
            let theme = rule.theme.as_str();
            let place = of.first().map(|r| &r.place);
            out.count(item::BATCHES, Some(theme), of.len(), place);
            out.number(item::PERSONS, Some(theme), of.iter().map(|r| r.persons).sum(), place);
            out.amount(theme, of.iter().map(|r| r.amount).sum(), place);
        }
    }
    if let Some(equipment) = &registers.equipment {
        let large = equipment.iter().filter(|e| mine(&e.unit) && e.unit_price >= rules.equipment.from());
        out.number(item::EQUIPMENT, None, large.map(|e| e.quantity).sum(), equipment.first().map(|e| &e.place));
    }
    if let Some(staff) = &registers.staff {
        let active: Vec<_> =
            staff.iter().filter(|s| mine(&s.unit) && rules.staff.with_posts.contains(&s.kind)).collect();
        let place = staff.first().map(|s| &s.place);
        out.number(item::POSTS, None, active.iter().map(|s| s.posts).sum(), place);
        out.number(item::STAFF, None, active.iter().map(|s| s.persons).sum(), place);
    }
    contracts(registers, mine, &rules.procurement, &mut out);
    if unit.is_none() {
        if let Some(nontax) = &registers.nontax {
            let place = nontax.first().map(|n| &n.place);
            let income = Meaning::new().with(Dimension::Item, item::INCOME).with(Dimension::Theme, theme::NON_TAX);
            out.money(income.clone(), nontax.iter().map(|n| n.actual).sum(), place);
            let budget = income.with(Dimension::Stage, stage::INITIAL);
            out.money(budget, nontax.iter().map(|n| n.budget).sum(), place);
        }
        let below = department.units.iter().filter(|u| !u.headquarters && u.merged_into.is_none()).count();
        out.count(item::UNITS, None, below, None);
    }
}

/// Vehicles kept at the end of the year and bought in it, by use and by who pays.
fn vehicles(registers: &Registers, mine: impl Fn(&str) -> bool, year: u16, catalog: &Catalog, out: &mut Stating<'_>) {
    let Some(vehicles) = &registers.vehicles else {
        return;
    };
    let all: Vec<_> = vehicles.iter().filter(|v| mine(&v.unit)).collect();
    let kept: Vec<_> = all.iter().filter(|v| v.disposed.is_none_or(|day| day.year() > year)).collect();
    let place = all.first().map(|v| &v.place);
    out.count(item::VEHICLES, None, kept.len(), place);
    out.count(
        item::VEHICLES,
        Some(theme::FISCAL_VEHICLES),
        kept.iter().filter(|v| v.payer == Payer::Fiscal).count(),
        place,
    );
    let uses = catalog.inputs.get("vehicles").and_then(|f| f.column("use")).map_or(&[][..], |c| &c.choices);
    for vehicle_use in uses {
        let number = kept.iter().filter(|v| v.vehicle_use == *vehicle_use).count();
        out.count(item::VEHICLES, Some(vehicle_use), number, place);
    }
    let bought =
        |v: &&&super::registers::Vehicle| v.payer == Payer::Fiscal && v.acquired.is_some_and(|day| day.year() == year);
    out.count(item::VEHICLES_BOUGHT, None, all.iter().filter(bought).count(), place);
}

fn contracts(registers: &Registers, mine: impl Fn(&str) -> bool, rule: &ProcurementRule, out: &mut Stating<'_>) {
    let Some(contracts) = &registers.contracts else {
        return;
    };
    let contracts: Vec<_> = contracts.iter().filter(|c| mine(&c.unit)).collect();
    let place = contracts.first().map(|c| &c.place);
    let sum = |select: &dyn Fn(&super::registers::Contract) -> bool| -> Money {
        contracts.iter().filter(|c| select(c)).map(|c| c.amount).sum()
    };
    let micro = |c: &super::registers::Contract| rule.micro.contains(&c.supplier_size);
    let small = |c: &super::registers::Contract| rule.small.contains(&c.supplier_size);
    out.amount(theme::PROCUREMENT, sum(&|_| true), place);
    for category in &rule.category {
        out.amount(&category.theme, sum(&|c| c.category == category.name), place);
        out.amount(&category.to_small, sum(&|c| c.category == category.name && small(c)), place);
    }
    out.amount(theme::TO_SMALL, sum(&small), place);
    out.amount(theme::TO_MICRO, sum(&micro), place);
    out.amount(theme::RESERVED_TO_SMALL, sum(&|c| c.reserved == rule.reserved_small && small(c)), place);
    out.amount(theme::RESERVED_TO_MICRO, sum(&|c| c.reserved == rule.reserved_micro && micro(c)), place);
    let other = |c: &super::registers::Contract| c.reserved != rule.reserved_small && c.reserved != rule.reserved_micro;
    out.amount(theme::OTHERS_TO_SMALL, sum(&|c| other(c) && small(c)), place);
}

/// What contradicts the year or the definition of a register.
pub fn check(registers: &Registers, department: &Department, catalog: &Catalog, problems: &mut Vec<Problem>) {
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
        if vehicle.vehicle_use == theme::OTHER_VEHICLES && vehicle.note.is_empty() {
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
        let least = catalog.registers.equipment.from();
        if equipment.unit_price < least {
            let (name, price) = (&equipment.name, equipment.unit_price);
            let message = format!("“{name}”单价 {price} 元，不到 {least} 元，没有计入");
            problems.push(doubt(&equipment.place, message));
        }
    }
    for staff in registers.staff.iter().flatten() {
        if catalog.registers.staff.with_posts.contains(&staff.kind) && staff.persons > staff.posts {
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
        self.state(meaning, Amount::Count(number), place);
    }

    fn amount(&mut self, theme: &str, amount: Money, place: Option<&Place>) {
        self.money(Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Theme, theme), amount, place);
    }

    fn money(&mut self, meaning: Meaning, amount: Money, place: Option<&Place>) {
        self.state(meaning, Amount::Exact(amount), place);
    }

    /// The place of a sum is its file and sheet.
    fn state(&mut self, meaning: Meaning, amount: Amount, place: Option<&Place>) {
        let place = place.map(|p| Place { file: p.file.clone(), table: p.table.clone(), ..Place::default() });
        self.facts.state(meaning, Fact { amount, place: place.unwrap_or_default(), form: String::new() });
    }
}
