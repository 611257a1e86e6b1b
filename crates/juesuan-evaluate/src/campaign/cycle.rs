//! The cycle of the year: what was done when, by whom, and which version of the targets held then.

use juesuan_facts::Performance;
use juesuan_facts::performance::StepRow;
use juesuan_model::{Problem, Stage, Step};
use juesuan_text::Day;

use super::project::Projects;
use super::target::{APPROVED, Targets};

/// Stages of which the second cannot come before the first.
const ORDER: [(Stage, Stage); 9] = [
    (Stage::Set, Stage::Approved),
    (Stage::Approved, Stage::Changed),
    (Stage::Approved, Stage::Monitored),
    (Stage::Approved, Stage::Evaluated),
    (Stage::Monitored, Stage::Evaluated),
    (Stage::Evaluated, Stage::Reviewed),
    (Stage::Reviewed, Stage::Published),
    (Stage::Evaluated, Stage::Published),
    (Stage::Evaluated, Stage::Applied),
];

/// The steps in the order of their dates. Names those in an impossible order, and dates outside the span of the cycle.
pub fn steps(
    rows: &Performance,
    projects: &Projects,
    targets: &Targets,
    year: u16,
    problems: &mut Vec<Problem>,
) -> Vec<Step> {
    let mut rows: Vec<(String, &StepRow)> = rows
        .cycle
        .iter()
        .flatten()
        .filter_map(|row| Some((projects.known(&row.project, &row.record.place("project"), problems)?, row)))
        .collect();
    rows.sort_by_key(|(_, row)| (row.date, row.stage));
    for (_, row) in &rows {
        span(row, year, problems);
    }
    let mut subjects: Vec<&str> = rows.iter().map(|(project, _)| project.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    for subject in subjects {
        order(subject, &rows, problems);
    }
    rows.iter()
        .map(|(project, row)| Step {
            project: project.clone(),
            stage: row.stage,
            date: row.date.to_string(),
            person: row.record.text("person").to_owned(),
            version: match row.stage {
                Stage::Set => 0,
                Stage::Approved => APPROVED,
                _ => targets.version(project, row.date),
            },
            reference: row.record.text("reference").to_owned(),
            note: row.record.text("note").to_owned(),
            place: row.record.row_place(),
        })
        .collect()
}

/// Years in which a stage can be.
fn span(row: &StepRow, year: u16, problems: &mut Vec<Problem>) {
    let (stage, date) = (row.stage.word(), row.date);
    let (from, upto) = match row.stage {
        Stage::Set => (year.saturating_sub(1), year),
        Stage::Approved => (year.saturating_sub(1), year),
        Stage::Changed | Stage::Monitored => (year, year),
        Stage::Evaluated | Stage::Reviewed | Stage::Applied | Stage::Published => (year, year.saturating_add(1)),
    };
    let place = row.record.place("date");
    if !(from..=upto).contains(&date.year()) {
        let span = if from == upto { format!("{from} 年内") } else { format!("{from} 年到 {upto} 年之间") };
        let message = format!("{stage}的日期 {date} 不在{span}；{year} 年度的{stage}应在这段时间里，请核对");
        problems.push(Problem::contradiction(place, message));
    } else if row.stage == Stage::Evaluated && date.year() == year {
        let message = format!("{stage}的日期 {date} 在 {year} 年度结束以前；执行数和完成值要到年末才有，请核对日期");
        problems.push(Problem::doubt(place, message));
    }
}

/// Pairs of stages of one subject in an impossible order. Steps of the whole say nothing of a project that came later in
/// the year.
fn order(subject: &str, rows: &[(String, &StepRow)], problems: &mut Vec<Problem>) {
    let first =
        |stage: Stage| rows.iter().find(|(project, row)| project == subject && row.stage == stage).map(|(_, row)| *row);
    for (earlier, later) in ORDER {
        let (Some(before), Some(after)) = (first(earlier), first(later)) else { continue };
        if after.date < before.date {
            let message = format!(
                "{}（{}）早于{}（{}），次序不可能；请核对日期",
                later.word(),
                after.date,
                earlier.word(),
                before.date
            );
            problems.push(Problem::contradiction(after.record.place("date"), message));
        }
    }
}

/// Names days on which nothing of the year's evaluation can have been filled in.
pub fn filled_on(rows: &Performance, year: u16, problems: &mut Vec<Problem>) {
    for row in rows.projects.iter().flatten() {
        let Some(day) = row.record.date("filled_on") else { continue };
        if !(year..=year.saturating_add(1)).contains(&Day::year(day)) {
            let message = format!("填报日期 {day} 不在 {year} 年度的自评期间；请核对");
            problems.push(Problem::doubt(row.record.place("filled_on"), message));
        }
    }
}
