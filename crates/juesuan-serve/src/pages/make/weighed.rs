//! What hangs on a table that is being typed: how far the whole folder would be, what would be printed otherwise, and, for the cell in
//! which somebody types, where it is printed and with what that is held against each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use juesuan_model::{Cell, Gravity, Problem, Severity, Verdict};
use juesuan_office::before::nudged;
use juesuan_office::effect::Moved;
use juesuan_office::{Effect, Weighed, effect};
use juesuan_store::FolderId;
use juesuan_write::report::ToldRelation;

use super::sheets::Sent;
use crate::cells::typed::Typed;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::Opened;
use crate::page::filled;
use crate::posted::Posted;
use crate::typing::{Table, Turn};
use crate::worker::apart;

/// Figures that are shown; of more it is told how many there are.
const FIGURES: usize = 24;
/// Relations of a figure that are shown.
const RELATIONS: usize = 3;
/// Problems of the file that are shown.
const PROBLEMS: usize = 12;

#[derive(Template)]
#[template(path = "make/weighed.html")]
struct Beside {
    weighed: Arc<Weighed>,
    /// Problems of this file that a look at the table alone does not find.
    problems: Vec<Problem>,
    /// Against what is saved.
    changed: Effect,
    /// What hangs on the cell in which somebody types; `None`: on no single cell of amounts or counts.
    hangs: Option<Hangs>,
}

/// What hangs on a cell.
struct Hangs {
    row: usize,
    head: String,
    figures: Vec<Moved>,
}

impl Beside {
    fn figures<'f>(&self, figures: &'f [Moved]) -> &'f [Moved] {
        figures.get(..FIGURES).unwrap_or(figures)
    }

    fn more(&self, figures: &[Moved]) -> usize {
        figures.len().saturating_sub(FIGURES)
    }

    fn relations<'m>(&self, moved: &'m Moved) -> &'m [ToldRelation] {
        moved.relations.get(..RELATIONS).unwrap_or(&moved.relations)
    }

    fn print(&self, cell: &Option<Cell>) -> String {
        let number = (*cell).and_then(Cell::number);
        number.map(|printed| printed.to_string()).unwrap_or_default()
    }

    fn is_broken(&self, relation: &ToldRelation) -> bool {
        relation.verdict == Verdict::Broken
    }

    fn holds(&self, relation: &ToldRelation) -> bool {
        relation.verdict == Verdict::Holds
    }
}

/// Looks at the whole folder as it would be if the table were saved now: `file`, `version`, the cells row by row, and `row` and `column` of
/// the cell in which somebody types. Nothing is kept; a newer request for the same folder calls this one off.
pub async fn weighed(
    State(desk): State<Arc<Desk>>,
    Path((folder, key)): Path<(i64, String)>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Html<String>, Fault> {
    let turn = Turn::of(&desk, FolderId(folder));
    let sent = Sent::of(&form)?;
    let number = |name: &str| form.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.parse().ok());
    let at: Option<(usize, usize)> = number("row").zip(number("column"));
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let (table, _) = sent.table(&desk, &opened, &key).await?;
    let typed = table.cells.typed(sent.cells);
    let saved = turn.weighed(&desk, &opened, BTreeMap::new()).await?;
    let over = over(&desk, &opened, &table, typed.clone()).await?;
    let now = turn.weighed(&desk, &opened, over).await?;
    let mut hangs = None;
    if let Some(cell) = at.and_then(|at| nudge(&table, &typed, at, &desk)) {
        let Nudge { row, head, typed } = cell;
        let over = self::over(&desk, &opened, &table, typed).await?;
        let other = turn.weighed(&desk, &opened, over).await?;
        if !now.standing.is_stopped && !other.standing.is_stopped {
            hangs = Some(Hangs { row, head, figures: effect(&other, &now).figures });
        }
    }
    let (judged, _) = table.judged(&typed, &desk.catalog);
    let target = table.cells.target(&table.kind);
    let sheet = table.cells.sheet();
    let is_own = |problem: &&Problem| {
        let own = problem.place.file.as_deref() == Some(target.as_str())
            && problem.place.table.as_deref().unwrap_or_default() == sheet;
        own && judged.problems.iter().all(|told| told.message != problem.message)
    };
    let problems = now.standing.problems.iter().filter(is_own).take(PROBLEMS).cloned().collect();
    filled(&Beside { problems, changed: effect(&saved, &now), weighed: now, hangs })
}

/// The files that would be saved, where they differ from what is.
async fn over(
    desk: &Arc<Desk>,
    opened: &Opened,
    table: &Arc<Table>,
    typed: Typed,
) -> Result<BTreeMap<String, Option<Vec<u8>>>, Fault> {
    let trimmed = |mut rows: Typed| {
        while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
            rows.pop();
        }
        rows
    };
    if trimmed(typed.clone()) == table.cells.untouched() {
        return Ok(BTreeMap::new());
    }
    let (own, from, opened) = (Arc::clone(desk), Arc::clone(table), opened.clone());
    apart(move || from.written(&typed, &opened, &own)).await?
}

/// A table in which one cell is a little more.
struct Nudge {
    row: usize,
    head: String,
    typed: Typed,
}

/// The table with a cell of amounts or counts changed; `None` for other cells.
fn nudge(table: &Table, typed: &Typed, (row, column): (usize, usize), desk: &Desk) -> Option<Nudge> {
    let head = table.cells.heads.get(column)?;
    let (judged, laid) = table.judged(typed, &desk.catalog);
    let line = laid.lines.get(row).copied().flatten()?;
    let record = judged.records.iter().find(|record| record.line() == line)?;
    let more = nudged(record.entry(&head.key)?)?;
    let mut typed = typed.clone();
    *typed.get_mut(row)?.get_mut(column)? = more;
    Some(Nudge { row: row + 1, head: head.text.clone(), typed })
}
