//! The cells of a table, header and body alike, each with the grid columns and rows that it covers.

use juesuan_model::{CellRole, Table};

/// A cell as it is laid out.
#[derive(Clone, Debug)]
pub struct Laid {
    /// What is printed.
    pub text: String,
    /// First column, from 0.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
    /// What it is for; the head of a table has labels.
    pub role: CellRole,
}

/// All rows from the top: the head, then the body.
pub fn rows(table: &Table) -> Vec<Vec<Laid>> {
    let head = table.header.iter().map(|row| {
        let cell = |cell: &juesuan_model::HeaderCell| Laid {
            text: cell.text.clone(),
            column: usize::from(cell.column),
            columns: usize::from(cell.columns.max(1)),
            rows: usize::from(cell.rows.max(1)),
            role: CellRole::Label,
        };
        row.iter().map(cell).collect()
    });
    let body = table.rows.iter().map(|row| {
        let mut column = 0;
        let mut out = Vec::new();
        for cell in &row.cells {
            let columns = usize::from(cell.columns.max(1));
            out.push(Laid { text: cell.text.clone(), column, columns, rows: 1, role: cell.role });
            column += columns;
        }
        out
    });
    head.chain(body).collect()
}

/// Number of grid columns.
pub fn columns(rows: &[Vec<Laid>]) -> usize {
    rows.iter().flatten().map(|cell| cell.column + cell.columns).max().unwrap_or(0)
}
