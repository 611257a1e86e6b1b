//! What was reached by the end of a month, as it was entered.

use juesuan_catalog::ValueWords;
use juesuan_catalog::near::nearest;
use juesuan_facts::Performance;
use juesuan_model::{Money, Place, Problem};

use super::project::Projects;
use crate::Aim;

/// What was reached by the end of a month, from the beginning of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitored {
    /// 1 to 12.
    pub month: u8,
    /// The project; empty: the whole.
    pub project: String,
    /// Third-level indicator; empty: the money.
    pub indicator: String,
    /// Money spent, for the money.
    pub executed: Option<Money>,
    /// What was reached, for an indicator.
    pub reached: Option<Aim>,
    /// What should have been reached by then, for an indicator that does not follow the calendar.
    pub planned: Option<Aim>,
    /// Why it is off its way.
    pub reason: String,
    /// What is done about it.
    pub measure: String,
    /// Row where it was entered.
    pub place: Place,
}

/// Months of a year.
const MONTHS: u8 = 12;

/// The rows in the order of the inputs. Names months that no year has, and indicators that nobody set.
pub fn rows(
    rows: &Performance,
    projects: &Projects,
    words: &ValueWords,
    problems: &mut Vec<Problem>,
) -> Vec<Monitored> {
    let mut monitored = Vec::new();
    for row in rows.monitoring.iter().flatten() {
        let record = &row.record;
        let Some(month) = u8::try_from(row.month).ok().filter(|month| (1..=MONTHS).contains(month)) else {
            let message = format!("月份是 {}；应为 1 到 12", row.month);
            problems.push(Problem::fatal(record.place("month"), message));
            continue;
        };
        let Some(project) = projects.known(&row.project, &record.place("project"), problems) else { continue };
        let own = || {
            let indicators = rows.indicators.iter().flatten();
            indicators.filter(|of| projects.name(&of.project) == project).map(|of| of.path[2].as_str())
        };
        if !row.indicator.is_empty() && !own().any(|name| name == row.indicator) {
            let near = nearest(&row.indicator, own());
            let message = format!("绩效指标表里没有“{}”这个指标{near}；请改正指标名称", row.indicator);
            problems.push(Problem::contradiction(record.place("level3"), message));
        }
        let of_money = row.indicator.is_empty();
        if of_money && row.executed.is_none() {
            problems.push(Problem::doubt(record.place("executed"), "这一行是资金，没有填执行数；没有支出就填 0"));
        }
        if !of_money && record.filled("actual").is_none() {
            problems.push(Problem::doubt(record.place("actual"), "这一行是指标，没有填完成值；还没有完成就填 0"));
        }
        let value = |column| record.filled(column).filter(|_| !of_money).map(|text| Aim::parse(text, words));
        monitored.push(Monitored {
            month,
            project,
            indicator: row.indicator.clone(),
            executed: row.executed.filter(|_| of_money),
            reached: value("actual"),
            planned: value("planned"),
            reason: record.text("reason").to_owned(),
            measure: record.text("measure").to_owned(),
            place: record.row_place(),
        });
    }
    monitored
}
