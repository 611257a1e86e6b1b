//! `budget/`: the budget by function, nature and project, of 三公经费, and of procurement.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::names::{fund, item, nature, theme};
use juesuan_facts::department::Department;
use juesuan_facts::record::Record;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Dimension, Meaning, Money, Place, Problem, UnitKind};

/// A change of the budget within the year, as `catalog/inputs/budget.toml` has it beside the stages.
const CHANGE: &str = "调整";
/// Economic classes that a budget's 人员经费 and 公用经费 stand under: 工资福利支出, 商品和服务支出.
const PERSONNEL_CLASS: &str = "301";
const PUBLIC_CLASS: &str = "302";

/// Dimensions on which a budget file says everything.
const KNOWN_BY: [Dimension; 5] =
    [Dimension::Fund, Dimension::Nature, Dimension::Function, Dimension::Project, Dimension::Unit];

/// The budget files; `None` where there is no file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// 预算指标.
    pub lines: Option<Vec<Record>>,
    /// “三公”经费预算.
    pub three_public: Option<Vec<Record>>,
    /// 政府采购预算.
    pub procurement: Option<Vec<Record>>,
}

impl Budget {
    /// States everything that the budget says of `unit` (`None`: of the whole department).
    pub fn state(&self, department: &Department, unit: Option<&str>, facts: &mut Facts) {
        let mine = |record: &&Record| {
            unit.is_none_or(|unit| {
                record.text("unit") == unit || (record.text("unit").is_empty() && department.units.len() <= 1)
            })
        };
        if let Some(lines) = &self.lines {
            let lines: Vec<&Record> = lines.iter().filter(mine).collect();
            self.state_lines(&lines, department, facts);
        }
        if let Some(lines) = &self.three_public {
            three_public(&lines.iter().filter(mine).collect::<Vec<_>>(), department, facts);
        }
        if let (Some(lines), None) = (&self.procurement, unit) {
            procurement(lines, facts);
        }
    }

    fn state_lines(&self, lines: &[&Record], department: &Department, facts: &mut Facts) {
        // Which stages are there is a matter of the whole file, not of one unit's lines.
        let stages: BTreeSet<&str> = self.lines.iter().flatten().map(|r| r.text("stage")).collect();
        for stage in [INITIAL, FULL_YEAR] {
            let counted: &[&str] = match stage {
                FULL_YEAR if stages.contains(FULL_YEAR) => &[FULL_YEAR],
                FULL_YEAR => &[INITIAL, CHANGE],
                _ => &[INITIAL],
            };
            if !stages.contains(counted[0]) {
                continue;
            }
            let of_stage: Vec<&&Record> = lines.iter().filter(|r| counted.contains(&r.text("stage"))).collect();
            for record in &of_stage {
                facts.add(leaf(record, stage), record.yuan("amount").unwrap_or_default());
            }
            let region = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Stage, stage);
            facts.declare_complete_on(region.clone(), &KNOWN_BY);
            if let Some(cost) = running_cost(&of_stage, department) {
                state(
                    facts,
                    region.with(Dimension::Theme, theme::RUNNING_COST),
                    cost,
                    of_stage.first().copied().copied(),
                );
            }
        }
    }

    /// What contradicts itself in the budget files.
    pub fn check(&self, problems: &mut Vec<Problem>) {
        self.check_lines(problems);
        let Some(lines) = &self.three_public else {
            return;
        };
        let mut found: BTreeMap<(Option<u16>, &str), BTreeSet<&str>> = BTreeMap::new();
        for record in lines {
            found.entry((record.year("year"), record.text("stage"))).or_default().insert(record.text("theme"));
        }
        let all: BTreeSet<&str> = found.values().flatten().copied().collect();
        for ((year, stage), themes) in &found {
            let missing: Vec<&str> = all.difference(themes).copied().collect();
            if !missing.is_empty() {
                let place = lines.first().map(Record::row_place).unwrap_or_default();
                let year = year.map(|y| y.to_string()).unwrap_or_default();
                problems.push(Problem::doubt(
                    Place { line: None, ..place },
                    format!("{year} 年“{stage}”缺少{}；没有预算也要填 0，否则视为未知", missing.join("、")),
                ));
            }
        }
    }

    fn check_lines(&self, problems: &mut Vec<Problem>) {
        let lines = || self.lines.iter().flatten();
        let sum = |stages: &[&str]| -> Option<Money> {
            let mut of = lines().filter(|r| stages.contains(&r.text("stage"))).peekable();
            of.peek()?;
            Some(of.filter_map(|r| r.yuan("amount")).sum())
        };
        for record in lines().filter(|r| r.text("nature") == nature::PROJECT && r.text("project").is_empty()) {
            problems.push(Problem::doubt(record.row_place(), "项目支出没有写项目名称；按项目列示时会缺这一笔"));
        }
        if let (Some(initial), Some(_), Some(full)) = (sum(&[INITIAL]), sum(&[CHANGE]), sum(&[FULL_YEAR]))
            && let Some(computed) = sum(&[INITIAL, CHANGE])
            && computed != full
        {
            let place = lines().find(|r| r.text("stage") == FULL_YEAR).map(Record::row_place).unwrap_or_default();
            problems.push(Problem::doubt(
                Place { line: None, ..place },
                format!("全年预算合计 {full}，而年初预算 {initial} 加调整是 {computed}；请核对，输出以全年预算行为准"),
            ));
        }
        if let (None, Some(_)) = (sum(&[INITIAL]), sum(&[CHANGE])) {
            let place = lines().next().map(Record::row_place).unwrap_or_default();
            problems
                .push(Problem::fatal(Place { line: None, ..place }, "有“调整”而没有“年初预算”；请补上年初预算各行"));
        }
    }
}

/// A line of the budget as a leaf. 人员经费 and 公用经费 have no economic items in a budget: their main class stands for them.
fn leaf(record: &Record, stage: &str) -> Meaning {
    let mut leaf = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Stage, stage);
    for (dimension, key) in [
        (Dimension::Fund, "fund"),
        (Dimension::Function, "function"),
        (Dimension::Project, "project"),
        (Dimension::Unit, "unit"),
    ] {
        if let Some(node) = record.filled(key) {
            leaf = leaf.with(dimension, node);
        }
    }
    match record.text("nature") {
        nature::PERSONNEL => leaf.with(Dimension::Nature, nature::BASIC).with(Dimension::Economic, PERSONNEL_CLASS),
        nature::PUBLIC => leaf.with(Dimension::Nature, nature::BASIC).with(Dimension::Economic, PUBLIC_CLASS),
        nature => leaf.with(Dimension::Nature, nature),
    }
}

/// 机关运行经费 of a budget: 公用经费 from 一般公共预算 of 行政 and 参公 units. `None` if the lines do not tell which unit's or
/// which part of 基本支出 they are, or if the department has no such unit.
fn running_cost(lines: &[&&Record], department: &Department) -> Option<Money> {
    let counts = |kind: UnitKind| kind != UnitKind::Institution;
    if !department.units.iter().any(|unit| counts(unit.kind)) {
        return None;
    }
    let mut sum = Money::ZERO;
    for record in lines.iter().filter(|r| r.text("fund") == fund::GENERAL) {
        let of_unit = match record.filled("unit") {
            Some(name) => department.units.iter().find(|u| u.name == name).map(|u| counts(u.kind))?,
            None if department.units.iter().all(|u| counts(u.kind)) => true,
            None => return None,
        };
        match record.text("nature") {
            nature::PUBLIC if of_unit => sum += record.yuan("amount").unwrap_or_default(),
            nature::BASIC if of_unit => return None,
            _ => {}
        }
    }
    Some(sum)
}

fn three_public(lines: &[&Record], department: &Department, facts: &mut Facts) {
    let mut sums: BTreeMap<(u16, &str), BTreeMap<&str, Money>> = BTreeMap::new();
    for record in lines {
        let key = (record.year("year").unwrap_or(department.year), record.text("stage"));
        let sum = sums.entry(key).or_default().entry(record.text("theme")).or_default();
        *sum += record.yuan("amount").unwrap_or_default();
    }
    for ((year, stage), themes) in sums {
        let meaning = |theme: &str| {
            let meaning = Meaning::new()
                .with(Dimension::Item, item::EXPENSE)
                .with(Dimension::Stage, stage)
                .with(Dimension::Theme, theme);
            if year == department.year { meaning } else { meaning.with(Dimension::Year, year.to_string()) }
        };
        let first = lines.first().copied();
        for (theme, amount) in &themes {
            state(facts, meaning(theme), *amount, first);
        }
        // Totals only where every part is known.
        let (bought, run) = (themes.get(theme::VEHICLES_BOUGHT), themes.get(theme::VEHICLES_RUN));
        let vehicles = bought.zip(run).map(|(a, b)| *a + *b);
        if let Some(vehicles) = vehicles {
            state(facts, meaning(theme::VEHICLES), vehicles, first);
        }
        if let (Some(vehicles), Some(abroad), Some(reception)) =
            (vehicles, themes.get(theme::ABROAD), themes.get(theme::RECEPTION))
        {
            state(facts, meaning(theme::THREE_PUBLIC), vehicles + *abroad + *reception, first);
        }
    }
}

/// A category without a line has no budget.
fn procurement(lines: &[Record], facts: &mut Facts) {
    let sum = |theme: &str| -> Money {
        lines.iter().filter(|r| r.text("theme") == theme).filter_map(|r| r.yuan("amount")).sum()
    };
    let meaning = |theme: &str| Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Theme, theme);
    let categories = [theme::GOODS, theme::WORKS, theme::SERVICES];
    for theme in categories {
        state(facts, meaning(theme).with(Dimension::Stage, INITIAL), sum(theme), lines.first());
    }
    let total = categories.into_iter().map(sum).sum();
    state(facts, meaning(theme::PROCUREMENT).with(Dimension::Stage, INITIAL), total, lines.first());
    // What is reserved is a sum of the budget by its nature; documents print it without naming a stage.
    for theme in [theme::FOR_SMALL, theme::FOR_MICRO] {
        state(facts, meaning(theme), sum(theme), lines.first());
        state(facts, meaning(theme).with(Dimension::Stage, INITIAL), sum(theme), lines.first());
    }
}

fn state(facts: &mut Facts, meaning: Meaning, amount: Money, record: Option<&Record>) {
    let place = record.map(|r| Place { line: None, ..r.row_place() }).unwrap_or_default();
    facts.state(meaning, Fact { amount: Amount::Exact(amount), place, form: String::new() });
}
