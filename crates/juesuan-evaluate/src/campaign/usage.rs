//! How the results are used.

use juesuan_facts::Performance;
use juesuan_model::{Money, Place, Problem};
use juesuan_text::Day;

use super::project::Projects;

/// How a result is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsePlan {
    /// The project; empty: the whole.
    pub project: String,
    /// 与预算安排结合, 整改, 通报, 公开 …
    pub kind: String,
    /// What is done.
    pub content: String,
    /// Who does it.
    pub owner: String,
    /// Until when.
    pub due: Option<Day>,
    /// When it was done; `None`: not yet.
    pub done: Option<Day>,
    /// What next year's budget gives.
    pub next_budget: Option<Money>,
    /// Row where it was entered.
    pub place: Place,
}

/// The uses in the order of the inputs. Names days that cannot be.
pub fn uses(rows: &Performance, projects: &Projects, year: u16, problems: &mut Vec<Problem>) -> Vec<UsePlan> {
    let mut uses = Vec::new();
    for row in rows.uses.iter().flatten() {
        let record = &row.record;
        let Some(project) = projects.known(&row.project, &record.place("project"), problems) else { continue };
        let (due, done) = (record.date("due"), record.date("done"));
        for (column, what, day) in [("due", "期限", due), ("done", "完成日期", done)] {
            if let Some(day) = day.filter(|day| day.year() < year) {
                let message = format!("{what} {day} 在 {year} 年之前；这是 {year} 年度结果的应用，请核对");
                problems.push(Problem::doubt(record.place(column), message));
            }
        }
        uses.push(UsePlan {
            project,
            kind: record.text("kind").to_owned(),
            content: record.text("content").to_owned(),
            owner: record.text("owner").to_owned(),
            due,
            done,
            next_budget: record.yuan("next_budget"),
            place: record.row_place(),
        });
    }
    uses
}
