//! Rows and columns of a sheet that are not shown.

use crate::budget::COLUMNS_MAX;
use crate::grid::{Grid, Value};
use crate::xml::{self, Tag};

/// Rows and columns that are hidden, counted from 0.
#[derive(Debug, Default)]
pub struct Hidden {
    /// Stretches, each from its first row to its last.
    rows: Vec<(usize, usize)>,
    /// For each of the first columns whether it is; the others are shown.
    columns: Vec<bool>,
    /// Rows so far: a row need not say its number.
    seen: usize,
}

impl Hidden {
    /// Takes a `row`.
    pub(crate) fn row(&mut self, tag: &Tag<'_>) {
        let at = xml::number(tag, "r").and_then(|row: usize| row.checked_sub(1)).unwrap_or(self.seen);
        self.seen = at.saturating_add(1);
        if is_hidden(tag, "ht") {
            match self.rows.last_mut() {
                Some((_, last)) if at == last.saturating_add(1) => *last = at,
                _ => self.rows.push((at, at)),
            }
        }
    }

    /// Takes a `col`, which stands for several columns.
    pub(crate) fn column(&mut self, tag: &Tag<'_>) {
        let of = |key| xml::number(tag, key).and_then(|column: usize| column.checked_sub(1));
        if let (Some(from), Some(to)) = (of("min"), of("max"))
            && is_hidden(tag, "width")
        {
            let end = to.saturating_add(1).min(COLUMNS_MAX as usize);
            if self.columns.len() < end {
                self.columns.resize(end, false);
            }
            self.columns.get_mut(from..end).unwrap_or_default().fill(true);
        }
    }

    /// True if there is something on a sheet and nothing of it is shown.
    pub fn hides_all(&self, grid: &Grid) -> bool {
        if self.rows.is_empty() && self.columns.is_empty() || grid.is_blank() {
            return false;
        }
        let mut rows = self.rows.iter().peekable();
        for (at, row) in grid.rows.iter().enumerate() {
            while rows.next_if(|(_, to)| *to < at).is_some() {}
            let hidden = rows.peek().is_some_and(|(from, _)| *from <= at);
            let shown = |(column, cell): (usize, &Value)| !cell.is_blank() && self.columns.get(column) != Some(&true);
            if !hidden && row.cells.iter().enumerate().any(shown) {
                return false;
            }
        }
        true
    }
}

/// True if it is said to be hidden, or to have no size.
fn is_hidden(tag: &Tag<'_>, size: &str) -> bool {
    let said = xml::attribute(tag, "hidden").is_some_and(|said| matches!(said.as_ref(), "1" | "true"));
    let none = |size: &str| !size.is_empty() && size.chars().all(|c| matches!(c, '0' | '.'));
    said || xml::attribute(tag, size).is_some_and(|size| none(&size))
}
