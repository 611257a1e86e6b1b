//! What is wrong in a table, at the cells where it is wrong.

use juesuan_model::{Gravity, Problem};
use juesuan_read::grid::column_letters;
use serde::Serialize;

use super::Cells;

/// Something wrong in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0; `None`: the row as a whole.
    pub column: Option<usize>,
    /// What stands there, what should, what to do.
    pub message: String,
    /// Nothing is made while it stands.
    pub is_error: bool,
}

/// What is wrong in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// At rows and cells.
    pub at: Vec<Mark>,
    /// With no single row.
    pub others: Vec<Problem>,
}

impl Marks {
    /// Of problems of this table. `lines` are those of its rows.
    pub fn of(problems: &[Problem], cells: &Cells, lines: &[Option<u32>]) -> Marks {
        let columns = cells.columns();
        let names: Vec<(String, &str)> = cells
            .heads
            .iter()
            .zip(columns)
            // Places in workbooks name a column by its letters too.
            .map(|(head, column)| (format!("{} {}", column_letters(column), head.text), head.text.as_str()))
            .collect();
        let mut marks = Marks::default();
        for problem in problems {
            let line = problem.place.line;
            let row = line.and_then(|line| lines.iter().position(|own| *own == Some(line)));
            let Some(row) = row else {
                marks.others.push(problem.clone());
                continue;
            };
            let named = problem.place.column.as_deref();
            let column = named.and_then(|name| names.iter().position(|(long, short)| long == name || *short == name));
            let is_error = problem.gravity != Gravity::Doubt;
            marks.at.push(Mark { row, column, message: problem.message.clone(), is_error });
        }
        marks
    }

    /// Those of a row.
    pub fn of_row(&self, row: usize) -> impl Iterator<Item = &Mark> {
        self.at.iter().filter(move |mark| mark.row == row)
    }

    /// True if a cell is wrong.
    pub fn is_wrong(&self, row: usize, column: usize) -> bool {
        self.of_row(row).any(|mark| mark.column == Some(column) && mark.is_error)
    }
}
