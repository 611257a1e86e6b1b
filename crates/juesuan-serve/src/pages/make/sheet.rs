//! A table as a form: its cells, what is wrong in them, last year beside them, and what somebody else has changed meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use juesuan_catalog::Catalog;
use juesuan_facts::record::Record;
use juesuan_model::Problem;
use juesuan_office::Before;
use juesuan_office::before::Known;

use super::{Head, Tab};
use crate::cells::differing::Differing;
use crate::cells::marks::{Mark, Marks};
use crate::cells::typed::Typed;
use crate::cells::{self, Cells, Lock};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::{Opened, standing};
use crate::guard::Visitor;
use crate::page::{Frame, Room};
use crate::typing::{Table, before};
use crate::worker::apart;

/// Rows of a table that are shown; larger ones are edited in an office program.
pub const ROWS: usize = 500;
/// Empty rows below the others.
const EMPTY: usize = 8;

/// The form.
#[derive(Template)]
#[template(path = "make/sheet.html")]
pub struct Page {
    frame: Frame,
    head: Head,
    table: Arc<Table>,
    /// What stands in the cells.
    rows: Typed,
    /// The version of its file; 0: there is none.
    version: i64,
    marks: Marks,
    then: Then,
    torn: Option<Torn>,
}

/// What somebody else has changed while this was typed.
pub struct Torn {
    /// Who, and when.
    pub who: String,
    /// In what the cells of the form differ from what stands there now.
    pub differing: Vec<Differing>,
    /// Cells that both have changed.
    pub both: Vec<(usize, usize)>,
}

/// Last year beside a table.
#[derive(Default)]
pub struct Then {
    /// Columns that have one beside them.
    columns: Vec<usize>,
    /// By row and column.
    pub cells: BTreeMap<(usize, usize), Known>,
    /// Beside the whole.
    whole: Vec<Known>,
}

impl Then {
    /// What is known of last year beside these rows.
    pub fn of(
        before: &Before,
        table: &Table,
        (records, lines): (&[Record], &[Option<u32>]),
        catalog: &Catalog,
    ) -> Then {
        let column = |key: &str| table.cells.heads.iter().position(|head| head.key == key);
        let mut columns: Vec<usize> = table.kind.beside.iter().filter_map(|beside| column(&beside.column)).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut cells = BTreeMap::new();
        for record in records {
            let Some(row) = lines.iter().position(|line| *line == Some(record.line())) else { continue };
            for known in before.of_row(&table.kind, record, catalog) {
                if let Some(column) = column(&known.column) {
                    cells.insert((row, column), known);
                }
            }
        }
        if before.is_empty() {
            columns.clear();
        }
        Then { columns, cells, whole: before.of_table(&table.kind, catalog) }
    }
}

impl Page {
    /// A table with these rows in its cells.
    pub async fn of(
        desk: &Arc<Desk>,
        visitor: &Visitor,
        opened: &Opened,
        (table, mut rows, torn): (Arc<Table>, Typed, Option<Torn>),
    ) -> Result<Page, Fault> {
        let standing = standing(desk, opened).await?;
        let before = before(desk, opened).await?;
        let (own, from, typed) = (Arc::clone(desk), Arc::clone(&table), rows.clone());
        let (then, judged, lines) = apart(move || {
            let (judged, laid) = from.judged(&typed, &own.catalog);
            let then = Then::of(&before, &from, (&judged.records, &laid.lines), &own.catalog);
            (then, judged, laid.lines)
        })
        .await?;
        let path = table.cells.path();
        let is_own = |problem: &&Problem| {
            problem.place.file.as_deref() == Some(path)
                && problem.place.table.as_deref().unwrap_or_default() == table.cells.sheet()
        };
        // What was saved is judged with the whole folder, what was not by itself.
        let marks = match torn {
            None => {
                let problems: Vec<Problem> = standing.problems.iter().filter(is_own).cloned().collect();
                Marks::of(&problems, &table.cells, &table.cells.lines())
            }
            Some(_) => Marks::of(&judged.problems, &table.cells, &lines),
        };
        rows.resize_with(rows.len() + EMPTY, || vec![String::new(); table.cells.heads.len()]);
        let version = opened.version(path).unwrap_or_default();
        let head = Head { id: opened.folder.id.0, face: opened.folder.face.clone(), tab: Tab::Sheets };
        Ok(Page { frame: Frame::new(Room::Make, visitor), head, table, rows, version, marks, then, torn })
    }

    fn cells(&self) -> &Cells {
        &self.table.cells
    }

    fn is_large(&self) -> bool {
        self.cells().rows.len() > ROWS
    }

    fn is(&self, lock: Lock) -> bool {
        self.cells().lock == Some(lock)
    }

    fn is_locked(&self) -> bool {
        self.cells().lock.is_some()
    }

    fn column(&self, number: &usize) -> Option<&cells::Head> {
        self.cells().heads.get(*number)
    }

    fn wrong(&self, row: &usize) -> Vec<&Mark> {
        self.marks.of_row(*row).collect()
    }

    fn is_wrong(&self, row: &usize, column: &usize) -> bool {
        self.marks.is_wrong(*row, *column)
    }

    fn is_torn(&self, row: &usize, column: &usize) -> bool {
        self.torn.as_ref().is_some_and(|torn| torn.both.contains(&(*row, *column)))
    }

    fn has_then(&self, column: &usize) -> bool {
        self.then.columns.contains(column)
    }

    fn known(&self, row: &usize, column: &usize) -> Option<&Known> {
        self.then.cells.get(&(*row, *column))
    }

    /// How many columns a line below a row spans.
    fn width(&self) -> usize {
        self.cells().heads.len() + self.then.columns.len()
    }

    fn address(&self) -> String {
        address(self.head.id, &self.table.kind.key)
    }

    fn versions(&self) -> String {
        let query = serde_urlencoded::to_string([("file", self.cells().path())]).unwrap_or_default();
        format!("{}/versions?{query}", self.address())
    }
}

/// The address of a kind.
pub fn address(folder: i64, key: &str) -> String {
    format!("/make/{folder}/sheets/{key}")
}

/// The address of the form of a table in a file.
pub fn form(folder: i64, key: &str, file: &str) -> String {
    let query = serde_urlencoded::to_string([("file", file)]).unwrap_or_default();
    format!("{}?{query}", address(folder, key))
}
