//! Filled cells → the table as printed.

use std::collections::BTreeMap;

use juesuan_catalog::template::{Lack, Template};
use juesuan_catalog::{Form, FormBlock, FormColumn, TableStyle};
use juesuan_facts::Department;
use juesuan_forms::columns::is_label;
use juesuan_forms::sums::Way;
use juesuan_model::{Cell, CellRole, HeadColumn, Package, Table, TableBuilder, TableCell, TableRow};

use super::filled::Filled;
use super::head;
use super::lines::{Line, Lines};

/// Lays the cells of one form out.
pub(super) struct Printer<'a> {
    pub(super) form: &'a Form,
    pub(super) style: &'a TableStyle,
    pub(super) department: &'a Department,
    pub(super) lines: &'a Lines<'a>,
    pub(super) filled: &'a Filled,
    pub(super) package: &'a Package,
}

impl Printer<'_> {
    /// The whole table; an empty one has its sentence below.
    pub(super) fn table(&self, empty: bool) -> Table {
        let columns: Vec<Vec<&FormColumn>> = self.form.block.iter().map(|block| self.columns(block)).collect();
        let all: Vec<&FormColumn> = columns.iter().flatten().copied().collect();
        let heads: Vec<HeadColumn> = all.iter().map(|column| headed(column)).collect();
        let mut table = TableBuilder::new(&heads);
        if self.style.column_numbers && self.form.column_numbers {
            table.heading(head::column_numbers(&columns));
        }
        let height = self.lines.first().map_or(0, Vec::len);
        (0..height).for_each(|at| table.push(self.row(at, height)));
        let mut notes = self.notes();
        if empty {
            notes.push(self.words(&self.form.empty));
        }
        Table {
            form: self.form.key.clone(),
            title: self.form.name.clone(),
            number: if self.style.numbers { self.form.number.clone() } else { String::new() },
            entity: self.words(&self.style.entity),
            unit: self.words(&self.style.unit),
            orientation: self.form.orientation,
            notes,
            ..table.finish()
        }
    }

    /// Printed columns of a block.
    fn columns<'b>(&self, block: &'b FormBlock) -> Vec<&'b FormColumn> {
        block.column.iter().filter(|c| c.kind != CellRole::Ordinal || self.style.row_numbers).collect()
    }

    fn notes(&self) -> Vec<String> {
        let notes: Vec<String> = self.form.notes.iter().chain(&self.style.notes).map(|note| self.words(note)).collect();
        let several = notes.len() > 1;
        let numbered = notes.into_iter().enumerate().map(|(i, note)| {
            let lead = if i == 0 { self.style.note_lead.as_str() } else { "" };
            if several { format!("{lead}{}.{note}", i + 1) } else { format!("{lead}{note}") }
        });
        numbered.collect()
    }

    fn words(&self, line: &Template) -> String {
        let department = self.department;
        let words = BTreeMap::from([
            ("单位", department.name.clone()),
            ("年", department.year.to_string()),
            ("决算主体", department.scope.clone()),
            ("金额单位", self.form.unit.word().to_owned()),
        ]);
        line.text(&words, Lack::Marked).unwrap_or_default()
    }

    fn row(&self, at: usize, height: usize) -> TableRow {
        let mut row = TableRow::default();
        let mut joined = 0;
        for (number, block) in self.form.block.iter().enumerate() {
            let columns = self.columns(block);
            let line = self.lines.get(number).and_then(|rows| rows.get(at)).and_then(Option::as_ref);
            row.total |= line.is_some_and(|l| l.row.total);
            let labels = columns.iter().take_while(|c| is_label(c)).count();
            if let Some(line) = line.filter(|l| l.row.joined) {
                joined = columns.len();
                let next = self
                    .form
                    .block
                    .get(number + 1)
                    .map_or(0, |b| self.columns(b).iter().take_while(|c| is_label(c)).count());
                row.cells.push(label(line, joined + next));
                continue;
            }
            let ordinal = (number * height + at + 1).to_string();
            match line {
                _ if joined > 0 => {}
                Some(line) if line.code.is_none() && labels > 0 => row.cells.push(label(line, labels)),
                line => row.cells.extend(columns.iter().take(labels).map(|column| named(line, column.kind))),
            }
            joined = 0;
            let mut figures = 0;
            for column in columns.iter().skip(labels) {
                if column.kind == CellRole::Ordinal {
                    row.cells.push(TableCell::ordinal(ordinal.clone()));
                } else {
                    row.cells.push(self.number(self.filled.slot(number, at, figures)));
                    figures += 1;
                }
            }
        }
        row
    }

    fn number(&self, slot: Option<usize>) -> TableCell {
        let Some(slot) = slot else { return TableCell::number(String::new(), None) };
        let figure = self.filled.ids.get(slot).copied();
        let text = match figure.and_then(|id| self.package.figure(id)).map(|f| f.cell) {
            Some(Cell::Number(printed)) if self.department.print.grouped.unwrap_or(self.style.grouped) => {
                printed.digits_grouped()
            }
            Some(Cell::Number(printed)) => printed.digits(),
            Some(Cell::Dash) => "—".to_owned(),
            _ => String::new(),
        };
        let mut cell = TableCell::number(text, figure);
        // A live formula runs down where it can, else across.
        let own = || self.filled.sums.iter().filter(|s| s.total == slot && s.way != Way::Equal);
        if let Some(sum) = own().find(|s| s.way == Way::Down).or_else(|| own().next()) {
            let figures = |slots: &[usize]| slots.iter().filter_map(|s| self.filled.ids.get(*s).copied()).collect();
            (cell.adds, cell.takes) = (figures(&sum.parts), figures(&sum.less));
        }
        cell
    }
}

/// A column with its headings.
fn headed(column: &FormColumn) -> HeadColumn<'_> {
    HeadColumn { path: column.head.iter().map(String::as_str).collect(), width: column.width }
}

/// A label over several columns, or in its one column.
fn label(line: &Line<'_>, columns: usize) -> TableCell {
    let text = line.label.as_str();
    let cell = if line.row.total { TableCell::middle(text) } else { TableCell::words(text) };
    TableCell { indent: line.indent, ..cell.over(columns) }
}

/// The code or the name of a generated row, or the blank beside other blocks' rows.
fn named(line: Option<&Line<'_>>, role: CellRole) -> TableCell {
    match (role, line) {
        (CellRole::Code, line) => TableCell::code(line.and_then(|line| line.code.clone()).unwrap_or_default()),
        (_, None) => TableCell::words(String::new()),
        (_, Some(line)) => TableCell { indent: line.indent, ..TableCell::words(line.label.as_str()) },
    }
    .over(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    fn cells(variant: &str, form: &str) -> Vec<Vec<(String, u16, u16, u16)>> {
        let variants = Catalog::load(&[]).unwrap().variants;
        let form = variants.get(variant, 2024).unwrap().form(form).unwrap();
        let columns: Vec<HeadColumn> = form.block.iter().flat_map(|b| &b.column).map(headed).collect();
        TableBuilder::new(&columns)
            .finish()
            .header
            .into_iter()
            .map(|row| row.into_iter().map(|c| (c.text, c.column, c.columns, c.rows)).collect())
            .collect()
    }

    #[test]
    fn equal_headings_merge_sideways_and_downwards() {
        let rows = cells("shanghai", "three-public");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0], [("财政拨款“三公”经费".to_owned(), 0, 12, 1)]);
        assert_eq!(rows[1][0], ("合计".to_owned(), 0, 2, 2));
        assert_eq!(rows[1][2], ("公务用车购置及运行维护费".to_owned(), 4, 6, 1));
        assert_eq!(rows[2].len(), 3);
        assert_eq!(rows[3].len(), 12);
    }

    #[test]
    fn a_short_heading_reaches_down_to_the_last_heading_row() {
        let rows = cells("state", "government-fund");
        assert_eq!(rows[0][1], ("年初结转和结余".to_owned(), 2, 1, 2));
        assert_eq!(rows[0][3], ("本年支出".to_owned(), 4, 3, 1));
    }
}
