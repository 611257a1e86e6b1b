//! Grids → tables of the document: columns with their roles, heading cells, rows.

use std::collections::BTreeMap;

use juesuan_forms::cells;
use juesuan_forms::sums::Way;
use juesuan_forms::table::{SheetSide, SheetTable};
use juesuan_forms::words::code;
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Align, CellRole, FigureId, HeaderCell, Seen, Table, TableCell, TableRow, Unit};
use juesuan_read::{Grid, Value};
use juesuan_text::plain;

/// Figures by row and column of the grid.
pub type Ids = BTreeMap<(usize, usize), FigureId>;

/// Heading rows of a table that no form explains, at most.
const HEAD_ROWS_MAX: usize = 5;

/// A column of the document's table.
#[derive(Clone, Debug)]
struct Column {
    /// Columns of the grid; several where 类, 款, 项 stand apart.
    grid: Vec<usize>,
    role: CellRole,
    /// Block of the form; `None` where the form has no such column.
    block: Option<usize>,
    /// Its lowest heading, for a column that the form does not have.
    head: String,
}

/// The columns of a table of the document.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    columns: Vec<Column>,
    /// Heading rows of the grid.
    heads: Vec<usize>,
    /// First row of the body.
    body: usize,
}

impl Columns {
    /// Columns of a table that a form explains; `end` is the row behind its last.
    pub fn of_form(sheet: &SheetTable<'_>, grid: &Grid, end: usize) -> Columns {
        let mut columns: Vec<Column> = Vec::new();
        let printed = |row: usize| sheet.rows.iter().any(|own| own.at == row);
        let head = |row: &usize| *row < sheet.body || (*row == sheet.body && !printed(*row));
        let heads: Vec<usize> = sheet.heads.iter().copied().filter(head).collect();
        let mut add = |grid: Vec<usize>, role, block| {
            columns.push(Column { grid, role, block, head: String::new() });
        };
        for (block, found) in sheet.columns.iter().enumerate() {
            if !found.code.is_empty() {
                add(found.code.clone(), CellRole::Code, Some(block));
            }
            if let Some(label) = found.label {
                add(vec![label], CellRole::Label, Some(block));
            }
            for number in found.numbers.iter().flatten() {
                add(vec![*number], CellRole::Number, Some(block));
            }
        }
        let taken: Vec<usize> = columns.iter().flat_map(|column| column.grid.clone()).collect();
        let rows: Vec<usize> = sheet.rows.iter().map(|row| row.at).filter(|at| *at < end).collect();
        for at in (0..grid.width()).filter(|at| !taken.contains(at)) {
            let texts: Vec<&str> = rows.iter().map(|row| grid.cell(*row, at).as_str()).collect();
            let head = heads.iter().rev().map(|row| plain(grid.seen(*row, at).as_str())).find(|text| !text.is_empty());
            let mut ordinals = sheet.form.block.iter().flat_map(|b| &b.column).filter(|c| c.kind == CellRole::Ordinal);
            let ordinal = ordinals.any(|c| c.words().any(|word| Some(plain(word)) == head));
            let role = if ordinal { CellRole::Ordinal } else { role(&texts) };
            let names_row = role == CellRole::Label && taken.iter().any(|t| *t > at);
            if texts.iter().any(|text| !text.is_empty()) && !names_row {
                columns.push(Column { grid: vec![at], role, block: None, head: head.unwrap_or_default() });
            }
        }
        columns.sort_by_key(|column| column.grid.first().copied());
        Columns { columns, heads, body: sheet.body }
    }

    /// Columns of any other table.
    pub fn of_grid(grid: &Grid) -> Columns {
        let amount = |row: usize| {
            grid.cells_of(row).iter().any(|cell| {
                let text = cell.as_str();
                !text.is_empty()
                    && text.chars().any(|c| c.is_ascii_digit())
                    && cells::cell(text, Unit::WanYuan).is_some()
            })
        };
        let filled: Vec<usize> =
            (0..grid.rows.len()).filter(|row| !grid.cells_of(*row).iter().all(Value::is_blank)).collect();
        let until = filled.iter().position(|row| amount(*row)).unwrap_or(1).clamp(1, HEAD_ROWS_MAX).min(filled.len());
        let body = filled.get(until).copied().unwrap_or(grid.rows.len());
        let columns = (0..grid.width())
            .map(|at| {
                let texts: Vec<&str> = (body..grid.rows.len()).map(|row| grid.cell(row, at).as_str()).collect();
                Column { grid: vec![at], role: role(&texts), block: None, head: String::new() }
            })
            .collect();
        Columns { columns, heads: filled.into_iter().take(until).collect(), body }
    }

    /// Headings of the columns with figures that the form does not have.
    pub fn strange(&self) -> impl Iterator<Item = &str> {
        let strange = |column: &&Column| column.block.is_none() && column.role == CellRole::Number;
        self.columns.iter().filter(strange).map(|column| column.head.as_str())
    }

    fn position(&self, grid: usize) -> Option<usize> {
        self.columns.iter().position(|column| column.grid.contains(&grid))
    }

    /// The heading cells as printed, over the columns that they cover.
    fn header(&self, grid: &Grid) -> Vec<Vec<HeaderCell>> {
        let mut rows = Vec::new();
        for row in &self.heads {
            let mut cells: Vec<HeaderCell> = Vec::new();
            for at in 0..grid.width() {
                let text = grid.cell(*row, at).as_str();
                if text.is_empty() {
                    continue;
                }
                let region = grid.merged.at(*row, at);
                let last = region.map_or(at, |m| m.right);
                let covered: Vec<usize> = (at..=last).filter_map(|column| self.position(column)).collect();
                let column = covered.first().copied().unwrap_or(cells.len());
                let mut span = covered.clone();
                span.dedup();
                let below = region.map_or(*row, |m| m.bottom);
                let depth = self.heads.iter().filter(|head| **head >= *row && **head <= below).count();
                cells.push(HeaderCell {
                    text: plain_spaces(text),
                    column: small(column),
                    columns: small(span.len().max(1)),
                    rows: small(depth.max(1)),
                });
            }
            rows.push(cells);
        }
        rows
    }
}

/// What the cells of a column are.
fn role(texts: &[&str]) -> CellRole {
    let filled: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    let share = |fits: &dyn Fn(&str) -> bool| filled.iter().filter(|text| fits(text)).count() * 2 > filled.len();
    let serial = filled.iter().enumerate().all(|(at, text)| *text == (at + 1).to_string());
    if filled.is_empty() {
        CellRole::Label
    } else if serial && filled.len() > 1 {
        CellRole::Ordinal
    } else if share(&|text| code(text).is_some()) {
        CellRole::Code
    } else if share(&|text| cells::cell(text, Unit::WanYuan).is_some()) {
        CellRole::Number
    } else {
        CellRole::Label
    }
}

/// Without line breaks and white space between Chinese characters.
fn plain_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The table of the document for a table that a form explains.
pub fn table(
    plan: &Columns,
    sheet: &SheetTable<'_>,
    grid: &Grid,
    ids: &Ids,
    sums: &[(FigureId, LaidOutSum, Way)],
) -> Table {
    let mut out = Table { header: plan.header(grid), widths: vec![1; plan.columns.len()], ..Table::default() };
    for row in &sheet.rows {
        let side = |block: Option<usize>| row.sides.iter().find(|side| Some(side.block) == block);
        let cells = plan
            .columns
            .iter()
            .map(|column| {
                let at = column.grid.first().copied().unwrap_or(0);
                let printed = grid.cell(row.at, at).as_str();
                let text = match (column.role, column.block) {
                    (CellRole::Code, Some(_)) => {
                        let whole: String = column.grid.iter().map(|c| plain(grid.cell(row.at, *c).as_str())).collect();
                        // As printed where it is whole, also if its digits are too few.
                        let digits = whole.len() > 3 && whole.bytes().all(|b| b.is_ascii_digit());
                        let code = || side(column.block).and_then(|side| side.code.clone()).unwrap_or_default();
                        if digits && column.grid.iter().all(|c| !grid.cell(row.at, *c).is_blank()) {
                            whole
                        } else {
                            code()
                        }
                    }
                    (CellRole::Label, Some(_)) => {
                        side(column.block).map_or_else(String::new, |side| plain_spaces(&side.name))
                    }
                    _ => printed.to_owned(),
                };
                let seen = column.grid.iter().fold(Seen::Text, |seen, column| seen.and(grid.seen_as(row.at, *column)));
                let figure = ids.get(&(row.at, at)).copied();
                TableCell { seen, ..number(column.role, text, figure, sums) }
            })
            .collect();
        let total = |side: &SheetSide<'_>| side.found.as_ref().is_some_and(|found| found.row.total);
        out.rows.push(TableRow { cells, total: row.sides.iter().any(total) });
    }
    out
}

/// A cell of the body; a live formula runs down where it can, else across.
fn number(role: CellRole, text: String, figure: Option<FigureId>, sums: &[(FigureId, LaidOutSum, Way)]) -> TableCell {
    let align = if role == CellRole::Number { Align::Right } else { Align::Left };
    let mut cell = TableCell { text, role, figure, align, columns: 1, ..TableCell::default() };
    let own = || sums.iter().filter(|(total, _, way)| Some(*total) == figure && *way != Way::Equal);
    if let Some((_, sum, _)) = own().find(|(_, _, way)| *way == Way::Down).or_else(|| own().next()) {
        cell.adds.clone_from(&sum.parts);
        cell.takes.clone_from(&sum.less);
    }
    cell
}

/// The table of the document for any other table.
pub fn plain_table(plan: &Columns, grid: &Grid) -> Table {
    let mut out = Table { header: plan.header(grid), widths: vec![1; plan.columns.len()], ..Table::default() };
    for row in plan.body..grid.rows.len() {
        let texts = plan.columns.iter().map(|column| {
            let at = column.grid.first().copied().unwrap_or(0);
            let cell = number(column.role, grid.cell(row, at).as_str().to_owned(), None, &[]);
            TableCell { seen: grid.seen_as(row, at), ..cell }
        });
        let cells: Vec<TableCell> = texts.collect();
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            out.rows.push(TableRow { cells, total: false });
        }
    }
    out
}
