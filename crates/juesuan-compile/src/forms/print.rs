//! Filled cells → the table as printed.

use std::collections::BTreeMap;

use juesuan_catalog::template::{Lack, Template};
use juesuan_catalog::{Form, FormBlock, FormColumn, TableStyle};
use juesuan_model::{Align, Cell, CellRole, Package, Table, TableCell, TableRow};

use super::fill::Filled;
use super::head;
use super::lines::{Line, Lines};
use super::sums::Way;
use crate::inputs::Department;

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
        let mut header = head::head(&all);
        if self.style.column_numbers && self.form.column_numbers {
            header.push(head::column_numbers(&columns));
        }
        let height = self.lines.first().map_or(0, Vec::len);
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
            widths: all.iter().map(|c| c.width).collect(),
            header,
            rows: (0..height).map(|at| self.row(at, height)).collect(),
            notes,
            ..Table::default()
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
            let labels = columns.iter().take_while(|c| head::is_label(c)).count();
            if let Some(line) = line.filter(|l| l.row.joined) {
                joined = columns.len();
                let next = self
                    .form
                    .block
                    .get(number + 1)
                    .map_or(0, |b| self.columns(b).iter().take_while(|c| head::is_label(c)).count());
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
                    let role = CellRole::Ordinal;
                    row.cells.push(TableCell {
                        text: ordinal.clone(),
                        role,
                        align: Align::Center,
                        ..TableCell::default()
                    });
                } else {
                    row.cells.push(self.number(self.filled.slot(number, at, figures)));
                    figures += 1;
                }
            }
        }
        row
    }

    fn number(&self, slot: Option<usize>) -> TableCell {
        let mut cell = TableCell { role: CellRole::Number, align: Align::Right, ..TableCell::default() };
        let Some(slot) = slot else { return cell };
        cell.figure = self.filled.ids.get(slot).copied();
        cell.text = match cell.figure.and_then(|id| self.package.figure(id)).map(|f| f.cell) {
            Some(Cell::Number(printed)) if self.department.print.grouped.unwrap_or(self.style.grouped) => {
                printed.digits_grouped()
            }
            Some(Cell::Number(printed)) => printed.digits(),
            Some(Cell::Dash) => "—".to_owned(),
            _ => String::new(),
        };
        // A live formula runs down where it can, else across.
        let own = || self.filled.sums.iter().filter(|s| s.total == slot && s.way != Way::Equal);
        if let Some(sum) = own().find(|s| s.way == Way::Down).or_else(|| own().next()) {
            let figures = |slots: &[usize]| slots.iter().filter_map(|s| self.filled.ids.get(*s).copied()).collect();
            (cell.adds, cell.takes) = (figures(&sum.parts), figures(&sum.less));
        }
        cell
    }
}

/// A label over several columns, or in its one column.
fn label(line: &Line<'_>, columns: usize) -> TableCell {
    TableCell {
        text: line.label.clone(),
        role: CellRole::Label,
        align: if line.row.total { Align::Center } else { Align::Left },
        indent: line.indent,
        columns: u16::try_from(columns).unwrap_or(u16::MAX),
        ..TableCell::default()
    }
}

/// The code or the name of a generated row, or the blank beside other blocks' rows.
fn named(line: Option<&Line<'_>>, role: CellRole) -> TableCell {
    let text = line.map(|l| if role == CellRole::Code { l.code.clone().unwrap_or_default() } else { l.label.clone() });
    let indent = if role == CellRole::Label { line.map_or(0, |l| l.indent) } else { 0 };
    TableCell { text: text.unwrap_or_default(), role, indent, columns: 1, ..TableCell::default() }
}
