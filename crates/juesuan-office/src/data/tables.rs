//! The tables of a document as data: header rows, and rows of code, name and values.

use juesuan_model::{Cell, CellRole, Package, Table, TableCell, TableRow};
use schemars::JsonSchema;
use serde::Serialize;

/// What a row is called that has figures and no name, where it is the only one of its table (三公).
const ONLY_ROW: &str = "合计行";

/// A table.
#[derive(Debug, JsonSchema, Serialize)]
pub struct TableData {
    /// Title as printed.
    name: String,
    /// 元, 万元 …; `null` where none is printed.
    unit: Option<String>,
    /// Pages it stands on.
    pages: Vec<u32>,
    /// Header rows from the top, each with the texts of its cells.
    columns: Vec<Vec<String>>,
    /// Body rows; one printed row with two sides is two of these.
    rows: Vec<RowData>,
}

/// A row.
#[derive(Debug, JsonSchema, Serialize)]
struct RowData {
    /// Classification code, its columns joined.
    code: Option<String>,
    /// Name.
    name: String,
    /// Values of the number columns from the left; `null` for blanks and dashes.
    values: Vec<Option<String>>,
    /// Which side of a table with two, by its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<String>,
}

/// All tables of a package in order.
pub fn tables(package: &Package) -> Vec<TableData> {
    package.document.tables().map(|table| data(table, package)).collect()
}

fn data(table: &Table, package: &Package) -> TableData {
    let mut rows: Vec<RowData> = table.rows.iter().flat_map(|row| sides(row, table, package)).collect();
    if let [only] = rows.as_mut_slice()
        && only.name.is_empty()
        && only.code.is_none()
    {
        ONLY_ROW.clone_into(&mut only.name);
    }
    TableData {
        name: table.title.clone(),
        unit: unit(&table.unit),
        pages: table.pages.clone(),
        columns: table.header.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect(),
        rows,
    }
}

/// `金额单位：万元` → `万元`.
fn unit(text: &str) -> Option<String> {
    let word = text.rsplit(['：', ':']).next().unwrap_or(text).trim();
    (!word.is_empty()).then(|| word.to_owned())
}

/// The sides of a row: labels followed by figures, once or twice.
fn sides(row: &TableRow, table: &Table, package: &Package) -> Vec<RowData> {
    let mut groups: Vec<(u16, Vec<&TableCell>)> = Vec::new();
    let mut column = 0;
    let mut after_number = true;
    for cell in &row.cells {
        let number = is_number(cell);
        if !number && after_number || groups.is_empty() {
            groups.push((column, Vec::new()));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.push(cell);
        }
        after_number = number;
        column += cell.columns.max(1);
    }
    let heads: Vec<Option<String>> = groups.iter().map(|(column, _)| heading(table, *column)).collect();
    let told_apart =
        heads.len() > 1 && heads.iter().all(|head| head.is_some() && heads.iter().filter(|h| *h == head).count() == 1);
    let many = groups.len() > 1;
    groups
        .iter()
        .zip(heads)
        .map(|((_, cells), head)| side(cells, package, head.filter(|_| told_apart)))
        .filter(|row| {
            !row.values.is_empty()
                && (!many || !row.name.is_empty() || row.code.is_some() || row.values.iter().any(Option::is_some))
        })
        .collect()
}

fn is_number(cell: &TableCell) -> bool {
    cell.role == CellRole::Number || cell.figure.is_some()
}

/// The text of the topmost header cell over a column.
fn heading(table: &Table, column: u16) -> Option<String> {
    let top = table.header.first()?;
    let over = top.iter().find(|cell| (cell.column..cell.column + cell.columns.max(1)).contains(&column))?;
    (!over.text.is_empty()).then(|| over.text.clone())
}

fn side(cells: &[&TableCell], package: &Package, side: Option<String>) -> RowData {
    let mut row = RowData { code: None, name: String::new(), values: Vec::new(), side };
    for cell in cells {
        let text = cell.text.trim();
        if is_number(cell) {
            row.values.push(value(cell, package));
            continue;
        }
        match cell.role {
            CellRole::Code if !text.is_empty() => {
                let before = row.code.take().unwrap_or_default();
                row.code = Some(if text.starts_with(&before) { text.to_owned() } else { format!("{before}{text}") });
            }
            CellRole::Label => row.name.push_str(text),
            CellRole::Code | CellRole::Ordinal | CellRole::Number => {}
        }
    }
    row
}

/// What stands in a number cell; `None` for blanks and dashes.
fn value(cell: &TableCell, package: &Package) -> Option<String> {
    match cell.figure.and_then(|id| package.figure(id)).map(|figure| figure.cell) {
        Some(Cell::Number(printed)) => Some(printed.digits()),
        Some(Cell::Blank | Cell::Dash | Cell::Absent) => None,
        Some(Cell::Unreadable) | None => {
            let text: String = cell.text.trim().replace([',', '，'], "");
            let dash = text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '一'));
            (!dash).then_some(text)
        }
    }
}
