//! Targets that were changed after their approval: which one holds, in versions.

use std::collections::BTreeMap;

use juesuan_catalog::ValueWords;
use juesuan_catalog::near::nearest;
use juesuan_facts::Performance;
use juesuan_facts::performance::ChangeRow;
use juesuan_model::{Problem, TargetChange};
use juesuan_text::Day;

use super::project::Projects;
use crate::Aim;

/// Version of the targets that were approved with the budget.
pub const APPROVED: u32 = 1;

/// The changes of all targets, in the order of their dates.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// As the package keeps them.
    pub changes: Vec<TargetChange>,
    /// Project and indicator → the value that holds at the end of the year.
    last: BTreeMap<(String, String), String>,
    /// Days after which a new version holds, by project.
    days: BTreeMap<String, Vec<Day>>,
}

impl Targets {
    /// From the rows. Names what was changed without approval, too late, or from another value than the one that held.
    pub fn new(
        rows: &Performance,
        projects: &Projects,
        (year, words): (u16, &ValueWords),
        problems: &mut Vec<Problem>,
    ) -> Targets {
        let mut approved: BTreeMap<(String, String), String> = BTreeMap::new();
        for row in rows.indicators.iter().flatten() {
            let key = (projects.name(&row.project), row.path[2].clone());
            approved.entry(key).or_insert_with(|| row.record.text("target").to_owned());
        }
        let mut targets = Targets::default();
        let mut changes: Vec<&ChangeRow> = rows.changes.iter().flatten().collect();
        changes.sort_by_key(|row| row.date);
        for row in changes {
            let place = row.record.row_place();
            let Some(project) = projects.known(&row.project, &row.record.place("project"), problems) else { continue };
            let key = (project.clone(), row.indicator.clone());
            let record = |column: &str| row.record.text(column).to_owned();
            let (before, after) = (record("before"), record("after"));
            let held = targets.last.get(&key).or_else(|| approved.get(&key));
            let own = || approved.keys().filter(|(of, _)| *of == project).map(|(_, name)| name.as_str());
            held_before(row, held.map(String::as_str), own, words, problems);
            if same(&before, &after, words) {
                problems.push(Problem::doubt(place.clone(), format!("调整前后都是“{after}”；没有调整就删去这一行")));
            }
            grounds(row, year, problems);
            let days = targets.days.entry(project.clone()).or_default();
            if days.last() != Some(&row.date) {
                days.push(row.date);
            }
            let version = targets.version(&project, row.date);
            targets.last.insert(key, after.clone());
            targets.changes.push(TargetChange {
                project,
                indicator: row.indicator.clone(),
                version,
                date: row.date.to_string(),
                before,
                after,
                approved_by: record("approved_by"),
                reference: record("reference"),
                reason: record("reason"),
                place,
            });
        }
        targets
    }

    /// The target that holds, and the approved one if it was changed.
    pub fn of(&self, project: &str, indicator: &str, approved: &str, words: &ValueWords) -> (Aim, Option<Aim>) {
        let key = (project.to_owned(), indicator.to_owned());
        match self.last.get(&key) {
            Some(last) => (Aim::parse(last, words), Some(Aim::parse(approved, words))),
            None => (Aim::parse(approved, words), None),
        }
    }

    /// The version of a project's targets that holds after what was done on `day`.
    pub fn version(&self, project: &str, day: Day) -> u32 {
        let changes = self.days.get(project).map_or(0, |days| days.iter().filter(|of| **of <= day).count());
        APPROVED.saturating_add(u32::try_from(changes).unwrap_or(u32::MAX))
    }
}

/// Names a change of an indicator that nobody set, and one that says another value than the one that held.
fn held_before<'a, I: Iterator<Item = &'a str>>(
    row: &ChangeRow,
    held: Option<&str>,
    own: impl Fn() -> I,
    words: &ValueWords,
    problems: &mut Vec<Problem>,
) {
    let before = row.record.text("before");
    match held {
        None => {
            let near = nearest(&row.indicator, own());
            let message = format!("绩效指标表里没有“{}”这个指标{near}；请改正指标名称", row.indicator);
            problems.push(Problem::contradiction(row.record.place("level3"), message));
        }
        Some(held) if !same(held, before, words) => {
            let message = format!("原指标值写的是“{before}”，而调整前的指标值是“{held}”；请核对两张表");
            problems.push(Problem::contradiction(row.record.place("before"), message));
        }
        Some(_) => {}
    }
}

/// Names a change without its grounds, and one on a day on which nothing could be changed.
fn grounds(row: &ChangeRow, year: u16, problems: &mut Vec<Problem>) {
    let lacking = match (row.record.text("approved_by").is_empty(), row.record.text("reference").is_empty()) {
        (true, true) => "批准人和文号",
        (true, false) => "批准人",
        (false, true) => "文号",
        (false, false) => "",
    };
    if !lacking.is_empty() {
        let after = row.record.text("after");
        let message = format!("“{}”的指标值在批复后改为“{after}”，没有写{lacking}；请补上批准的依据", row.indicator);
        problems.push(Problem::doubt(row.record.row_place(), message));
    }
    let place = row.record.place("date");
    if row.date.year() > year {
        let message = format!(
            "“{}”在 {year} 年度结束以后（{}）才调整指标值；年度结束后不能再改，自评要按原来的指标值",
            row.indicator, row.date
        );
        problems.push(Problem::contradiction(place, message));
    } else if row.date.year() < year {
        let message = format!("调整日期 {} 在 {year} 年之前，那时还没有批复；请核对", row.date);
        problems.push(Problem::contradiction(place, message));
    }
}

/// True if both say the same, however it is written.
fn same(one: &str, other: &str, words: &ValueWords) -> bool {
    let (left, right) = (Aim::parse(one, words), Aim::parse(other, words));
    let letters = || juesuan_text::plain(one) == juesuan_text::plain(other);
    let numbers =
        || (left.operator, left.low, left.high, &left.unit) == (right.operator, right.low, right.high, &right.unit);
    letters() || (left.is_number() && right.is_number() && numbers())
}
