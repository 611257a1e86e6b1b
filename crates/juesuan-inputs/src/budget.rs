//! `budget/`: the budget by function, nature and project, of 三公经费, and of procurement.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::names::{item, nature, theme};
use juesuan_catalog::{Catalog, Trees};
use juesuan_facts::department::Department;
use juesuan_facts::record::Record;
use juesuan_facts::{Amount, Fact, Facts, running_cost};
use juesuan_model::{Dimension, Meaning, Money, Place, Problem, UnitKind};

/// A change of the budget within the year, as `catalog/inputs/budget.toml` has it beside the stages.
const CHANGE: &str = "调整";

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
    /// From the rows of each kind.
    pub fn of(records: impl Fn(&str) -> Option<Vec<Record>>) -> Budget {
        Budget {
            lines: records("budget"),
            three_public: records("three-public-budget"),
            procurement: records("procurement-budget"),
        }
    }

    /// States everything that the budget says of `unit` (`None`: of the whole department).
    pub fn state(&self, department: &Department, unit: Option<&str>, catalog: &Catalog, facts: &mut Facts) {
        let mine = |record: &&Record| {
            unit.is_none_or(|unit| {
                record.text("unit") == unit || (record.text("unit").is_empty() && department.units.len() <= 1)
            })
        };
        if let Some(lines) = &self.lines {
            let lines: Vec<&Record> = lines.iter().filter(mine).collect();
            let units = department.units.iter().filter(|own| unit.is_none_or(|unit| own.name == unit));
            let units: Vec<(&str, UnitKind)> = units.map(|own| (own.name.as_str(), own.kind)).collect();
            self.state_lines(&lines, &units, catalog, facts);
        }
        if self.three_public.as_ref().is_some_and(Vec::is_empty) {
            no_three_public(facts);
        } else if let Some(lines) = &self.three_public {
            three_public(&lines.iter().filter(mine).collect::<Vec<_>>(), department, facts);
        }
        if let (Some(lines), None) = (&self.procurement, unit) {
            procurement(lines, facts);
        }
    }

    fn state_lines(&self, lines: &[&Record], units: &[(&str, UnitKind)], catalog: &Catalog, facts: &mut Facts) {
        // Which stages are there is a matter of the whole file, not of one unit's lines.
        let mut stages: BTreeSet<&str> = self.lines.iter().flatten().map(|r| r.text("stage")).collect();
        if stages.is_empty() {
            // A sheet with nothing but its head: there was no budget.
            stages.insert(INITIAL);
        }
        for stage in [INITIAL, FULL_YEAR] {
            let counted: &[&str] = match stage {
                FULL_YEAR if stages.contains(FULL_YEAR) => &[FULL_YEAR],
                FULL_YEAR => &[INITIAL, CHANGE],
                _ => &[INITIAL],
            };
            if !counted.first().is_some_and(|first| stages.contains(first)) {
                continue;
            }
            let of_stage: Vec<&&Record> = lines.iter().filter(|r| counted.contains(&r.text("stage"))).collect();
            for record in &of_stage {
                facts.add(leaf(record, stage, &catalog.trees), record.yuan("amount").unwrap_or_default());
            }
            let of_stage_at = |meaning: Meaning| meaning.with(Dimension::Stage, stage);
            facts.declare_complete_on(of_stage_at(Meaning::new().with(Dimension::Item, item::EXPENSE)), &KNOWN_BY);
            let rule = &catalog.accounts.running_cost;
            if let Some(Amount::Exact(cost)) = running_cost(rule, units, |unit| spent(&of_stage, unit, units, catalog))
            {
                state(facts, of_stage_at(rule.meaning()), cost, of_stage.first().copied().copied());
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

/// A line of the budget as a leaf. 人员经费 and 公用经费 have no economic items in a budget: the first class of their definition
/// stands for them.
fn leaf(record: &Record, stage: &str, trees: &Trees) -> Meaning {
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
    let nature = record.text("nature");
    let parts = trees.node(Dimension::Nature, nature).map(|node| &node.defined).filter(|parts| !parts.is_empty());
    let Some(parts) = parts else { return leaf.with(Dimension::Nature, nature) };
    let first = parts.iter().filter_map(|(dimension, nodes)| Some((*dimension, nodes.first()?)));
    first.fold(leaf, |leaf, (dimension, node)| leaf.with(dimension, node.as_str()))
}

/// What counts as 机关运行经费 in the budget of `unit`, or, with `None`, of all `units`. `None` where the lines do not tell which
/// unit's or which part of 基本支出 they are.
fn spent(lines: &[&&Record], unit: Option<&str>, units: &[(&str, UnitKind)], catalog: &Catalog) -> Option<Amount> {
    let rule = &catalog.accounts.running_cost;
    let mut sum = Money::ZERO;
    for record in lines.iter().filter(|record| record.text("fund") == rule.fund) {
        let whose = record.filled("unit");
        let known = whose.is_some_and(|whose| units.iter().any(|(own, _)| *own == whose));
        if !known && (unit.is_some() || whose.is_some()) {
            return None;
        }
        let nature = record.text("nature");
        match unit.is_none() || unit == whose {
            true if nature == rule.nature => sum += record.yuan("amount").unwrap_or_default(),
            true if catalog.trees.contains(Dimension::Nature, nature, &rule.nature) => return None,
            _ => {}
        }
    }
    Some(Amount::Exact(sum))
}

/// A sheet with nothing but its head: none of it was budgeted, at no stage.
fn no_three_public(facts: &mut Facts) {
    let all = [
        theme::ABROAD,
        theme::VEHICLES_BOUGHT,
        theme::VEHICLES_RUN,
        theme::VEHICLES,
        theme::RECEPTION,
        theme::THREE_PUBLIC,
    ];
    for stage in [INITIAL, FULL_YEAR] {
        for theme in all {
            let meaning = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Stage, stage);
            state(facts, meaning.with(Dimension::Theme, theme), Money::ZERO, None);
        }
    }
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
