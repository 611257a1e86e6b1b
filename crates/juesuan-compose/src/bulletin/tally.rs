//! Tasks, documents and motions as of a day: what is done, what was done late, what is overdue, what is soon due.

use std::collections::BTreeMap;

use juesuan_facts::record::Record;
use juesuan_model::{Number, Place};
use juesuan_text::{Day, element_mut};

use super::quarter::Quarter;

/// Answer of the column whether somebody was met.
const YES: &str = "是";
/// Opinions, the better first.
const SATISFIED: &str = "满意";
const MOSTLY_SATISFIED: &str = "基本满意";

/// One task as of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Where it comes from.
    pub source: String,
    /// What is to be done.
    pub item: String,
    /// The body that answers for it; empty: none.
    pub owner_unit: String,
    /// The person; empty: none.
    pub owner: String,
    /// When it was handed out.
    pub given: Option<Day>,
    /// When it is due.
    pub due: Option<Day>,
    /// When it was done, up to the day.
    pub done: Option<Day>,
    /// True if it was done up to the day; the day of that may be unknown.
    pub is_done: bool,
    /// Days between due and done, or between due and the day if it is not done: above zero is late.
    pub late: Option<i64>,
    /// Row of the register.
    pub place: Place,
}

impl Task {
    /// Due and not done.
    pub fn is_overdue(&self) -> bool {
        !self.is_done && self.was_late()
    }

    /// Late, done or not.
    pub fn was_late(&self) -> bool {
        self.late.is_some_and(|days| days > 0)
    }
}

/// Numbers of tasks. All = done + overdue + open + undated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All that were handed out up to the day.
    pub all: usize,
    /// Handed out in the quarter.
    pub new: usize,
    /// Done in the quarter.
    pub done_now: usize,
    /// Done up to the day.
    pub done: usize,
    /// Done on the day they were due or before.
    pub done_in_time: usize,
    /// Done after they were due.
    pub done_late: usize,
    /// Due and not done.
    pub overdue: usize,
    /// Not done and not yet due.
    pub open: usize,
    /// Not done, and nobody said until when.
    pub undated: usize,
}

impl Tally {
    fn add(&mut self, task: &Task, quarter: Quarter) {
        self.all += 1;
        self.new += usize::from(task.given.is_some_and(|day| quarter.contains(day)));
        self.done_now += usize::from(task.done.is_some_and(|day| quarter.contains(day)));
        self.done += usize::from(task.is_done);
        self.done_in_time += usize::from(task.done.is_some() && task.due.is_some() && !task.was_late());
        self.done_late += usize::from(task.is_done && task.was_late());
        self.overdue += usize::from(task.is_overdue());
        self.undated += usize::from(!task.is_done && task.due.is_none());
        self.open += usize::from(!task.is_done && task.due.is_some() && !task.is_overdue());
    }
}

/// All tasks as of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tasks {
    /// One by one, in the order of the register.
    pub all: Vec<Task>,
    /// Together.
    pub total: Tally,
    /// By where they come from, in the order of the register.
    pub by_source: Vec<(String, Tally)>,
    /// By body and person: those with the most overdue first, then in the order of the register.
    pub by_owner: Vec<((String, String), Tally)>,
    /// Done in the quarter, by day.
    pub done_now: Vec<Task>,
    /// Done in the quarter after they were due, the latest first.
    pub done_late: Vec<Task>,
    /// Due and not done, the longest overdue first.
    pub overdue: Vec<Task>,
    /// Soon due, by day.
    pub soon: Vec<Task>,
}

impl Tasks {
    /// From the rows of the register: those handed out up to `date`. `closed` are the words for what is done.
    pub fn new(rows: &[Record], closed: &[String], quarter: Quarter, date: Day, upcoming_days: u16) -> Tasks {
        let known = rows.iter().filter(|row| row.date("given").is_none_or(|given| given <= date));
        let all: Vec<Task> = known.map(|row| task(row, closed, date)).collect();
        let mut tasks = Tasks::default();
        for task in &all {
            tasks.total.add(task, quarter);
            tally_of(&mut tasks.by_source, task.source.clone()).add(task, quarter);
            tally_of(&mut tasks.by_owner, (task.owner_unit.clone(), task.owner.clone())).add(task, quarter);
        }
        tasks.by_owner.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.overdue));
        let chosen = |holds: &dyn Fn(&Task) -> bool| all.iter().filter(|t| holds(t)).cloned().collect::<Vec<Task>>();
        let now = |task: &Task| task.done.is_some_and(|day| quarter.contains(day));
        tasks.done_now = chosen(&now);
        tasks.done_now.sort_by_key(|task| task.done);
        tasks.done_late = chosen(&|task| now(task) && task.was_late());
        tasks.overdue = chosen(&Task::is_overdue);
        for list in [&mut tasks.done_late, &mut tasks.overdue] {
            list.sort_by_key(|task| std::cmp::Reverse(task.late));
        }
        let soon = -i64::from(upcoming_days)..=0;
        tasks.soon = chosen(&|task| !task.is_done && task.late.is_some_and(|days| soon.contains(&days)));
        tasks.soon.sort_by_key(|task| task.due);
        tasks.all = all;
        tasks
    }
}

fn task(row: &Record, closed: &[String], date: Day) -> Task {
    let entered = row.date("done");
    let done = entered.filter(|done| *done <= date);
    // A day is needed to tell that it was done later; a state without a day holds.
    let is_done = done.is_some() || (entered.is_none() && closed.iter().any(|word| word == row.text("status")));
    let due = row.date("due");
    let until = if is_done { done } else { Some(date) };
    let text = |key| row.text(key).trim().to_owned();
    Task {
        source: text("source"),
        item: text("item"),
        owner_unit: text("owner_unit"),
        owner: text("owner"),
        given: row.date("given"),
        due,
        done,
        is_done,
        late: until.zip(due).map(|(until, due)| until.serial() - due.serial()),
        place: row.row_place(),
    }
}

fn tally_of<K: PartialEq>(tallies: &mut Vec<(K, Tally)>, key: K) -> &mut Tally {
    let at = tallies.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        tallies.push((key, Tally::default()));
        tallies.len() - 1
    });
    &mut element_mut(tallies, at).1
}

/// Documents that were registered in the quarter up to the day, in pieces. All with a limit = in time + late + overdue + open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// All.
    pub all: i64,
    /// With a time limit.
    pub limited: i64,
    /// Done in time.
    pub in_time: i64,
    /// Done too late.
    pub late: i64,
    /// Not done, and the limit is over.
    pub overdue: i64,
    /// Not done, and the limit is not over.
    pub open: i64,
}

impl Documents {
    /// From the rows of the register.
    pub fn new(rows: &[Record], quarter: Quarter, date: Day) -> Documents {
        let mut out = Documents::default();
        for row in rows {
            let Some(from) = row.date("date").filter(|from| quarter.contains(*from) && *from <= date) else { continue };
            let pieces = row.count("pieces").unwrap_or(1);
            out.all += pieces;
            let Some(limit) = row.count("limit") else { continue };
            out.limited += pieces;
            let days = |until: Day| until.serial() - from.serial();
            let group = match row.date("done").filter(|done| *done <= date) {
                Some(done) if days(done) <= limit => &mut out.in_time,
                Some(_) => &mut out.late,
                None if days(date) > limit => &mut out.overdue,
                None => &mut out.open,
            };
            *group += pieces;
        }
        out
    }

    /// Done in time, in percent of those whose time is over.
    pub fn rate(&self) -> Option<Number> {
        Number::whole(self.in_time).percent_of(Number::whole(self.in_time + self.late + self.overdue))
    }
}

/// Motions that were handed out up to the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Motions {
    /// All. All = answered + overdue + open, where each says until when.
    pub all: usize,
    /// Answered up to the day.
    pub answered: usize,
    /// Answered in the quarter.
    pub answered_now: usize,
    /// Answered after they were due.
    pub late: usize,
    /// Due and not answered.
    pub overdue: usize,
    /// Not answered and not yet due, or nobody said until when.
    pub open: usize,
    /// Of those that were answered: with somebody met; `None` if a row does not say.
    pub met: Option<usize>,
    /// Of those that were answered: satisfied; `None` if a row does not say.
    pub satisfied: Option<usize>,
    /// Of those that were answered: satisfied or mostly so; `None` if a row does not say.
    pub mostly_satisfied: Option<usize>,
}

impl Motions {
    /// From the rows of the register.
    pub fn new(rows: &[Record], quarter: Quarter, date: Day) -> Motions {
        let mut out = Motions::default();
        let mut entries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.date("given").is_none_or(|given| given <= date)) {
            out.all += 1;
            let due = row.date("due");
            match row.date("done").filter(|done| *done <= date) {
                Some(done) => {
                    out.answered += 1;
                    out.answered_now += usize::from(quarter.contains(done));
                    out.late += usize::from(due.is_some_and(|due| done > due));
                    for column in ["met", "satisfaction"] {
                        entries.entry(column).or_default().push(row.text(column));
                    }
                }
                None if due.is_some_and(|due| due < date) => out.overdue += 1,
                None => out.open += 1,
            }
        }
        let number = |column, words: &[&str]| {
            let said = entries.get(column).map_or(&[][..], Vec::as_slice);
            let complete = !said.iter().any(|entry| entry.is_empty());
            complete.then(|| said.iter().filter(|entry| words.contains(entry)).count())
        };
        out.met = number("met", &[YES]);
        out.satisfied = number("satisfaction", &[SATISFIED]);
        out.mostly_satisfied = number("satisfaction", &[SATISFIED, MOSTLY_SATISFIED]);
        out
    }
}
