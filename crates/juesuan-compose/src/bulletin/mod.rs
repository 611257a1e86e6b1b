//! The quarterly bulletin of tasks (督办通报): what was done, what is overdue, by whom – as of a day that is given, never of
//! the clock. Documents with their time limits and motions stand beside, where their registers are there.
//!
//! - [`quarter`] a quarter of a year
//! - [`tally`] tasks, documents and motions as of a day
//! - [`values`] what the sentences of the catalogue may name
//! - [`said`](mod@said) the bulletin in lines of text, and as a document for the writers

pub mod quarter;
pub mod said;
pub mod tally;
pub mod values;

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_facts::record::Record;
use juesuan_model::{Place, Problem};
use juesuan_text::Day;
pub use quarter::Quarter;
pub use said::{package, said};
pub use tally::{Documents, Motions, Tally, Task, Tasks};

/// Keys of the registers among the input files.
const TASKS: &str = "tasks";
const DOCUMENTS: &str = "documents";
const MOTIONS: &str = "motions";

/// The bulletin of one quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulletin {
    /// Which quarter.
    pub quarter: Quarter,
    /// The day as of which it is told.
    pub date: Day,
    /// Days ahead in which a task is soon due.
    pub upcoming_days: u16,
    /// Tasks; `None` if there is no register.
    pub tasks: Option<Tasks>,
    /// Documents of the quarter; `None` if there is no register.
    pub documents: Option<Documents>,
    /// Motions; `None` if there is no register.
    pub motions: Option<Motions>,
    /// What a person should look at; what the registers themselves contradict is named where they are read.
    pub problems: Vec<Problem>,
}

/// The bulletin of `quarter` as of `date`, from the records of every kind.
pub fn bulletin(records: &BTreeMap<String, Vec<Record>>, catalog: &Catalog, quarter: Quarter, date: Day) -> Bulletin {
    let mut problems = Vec::new();
    if date < quarter.first() {
        let message = format!("日期 {date} 在 {quarter} 开始之前，本季度还没有可以通报的；请核对 --date");
        problems.push(Problem::doubt(Place::default(), message));
    } else if date < quarter.last() {
        let message = format!("日期 {date} 在 {quarter} 结束之前，通报的只是这一天为止的情况");
        problems.push(Problem::doubt(Place::default(), message));
    }
    let closed = catalog.performance.counts.register(TASKS).map_or(&[][..], |register| &register.closed);
    let upcoming_days = catalog.performance.bulletin.upcoming_days;
    let tasks = records.get(TASKS).map(|rows| Tasks::new(rows, closed, quarter, date, upcoming_days));
    if tasks.is_none() {
        let title = catalog.inputs.get(TASKS).map_or(TASKS, |file| &file.title);
        let message = format!("没有“{title}”，通报不了督办事项；请放进 registers/");
        problems.push(Problem::doubt(Place::default(), message));
    }
    for task in tasks.iter().flat_map(|tasks| &tasks.all).filter(|task| task.is_done && task.done.is_none()) {
        let message = format!("“{}”写着已办结而没有办结日期，不知道是不是本季度办结、是否逾期", task.item);
        problems.push(Problem::doubt(task.place.clone(), message));
    }
    Bulletin {
        quarter,
        date,
        upcoming_days,
        tasks,
        documents: records.get(DOCUMENTS).map(|rows| Documents::new(rows, quarter, date)),
        motions: records.get(MOTIONS).map(|rows| Motions::new(rows, quarter, date)),
        problems,
    }
}
