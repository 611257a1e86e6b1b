//! Facts → the statutory tables of a variant, every figure bound to its meaning.

use juesuan_catalog::{Catalog, Form, FormBlock, FormColumn, TableStyle, Variant};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{
    Align, Cell, CellRole, Claim, Figure, FigureId, Meaning, Measure, Package, Place, Problem,
    Statement, Table, TableCell, TableRow,
};

use super::answer::{Answer, Answers, dimensions};
use super::head::{self, column_place};
use super::lines::{self, Line, Lines, Names};
use super::sums::{self, Index, SlotSum, Way};
use super::tail;
use crate::facts::Facts;
use crate::inputs::Department;

/// The tables of a variant in the order of publication, each with the key of its form. Their figures, sums and
/// claims go into `package`; what is missing or has no name goes into `problems`.
pub fn tables(
    facts: &Facts,
    department: &Department,
    catalog: &Catalog,
    variant: &Variant,
    package: &mut Package,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Table)> {
    let mut names = Names::new(catalog, department.year, facts);
    let style = &variant.tables;
    let mut out = Vec::new();
    for form in &variant.forms {
        let narrow = facts.narrowed(&dimensions(form, catalog));
        let answers = Answers::new(&narrow, catalog, &department.print, style, form);
        let lines = lines::lines(form, &answers, &mut names, problems);
        let mut filled = Filled::new(form, &lines, &answers);
        problems.extend(filled.missing(form));
        if department.print.close_tail {
            tail::close(&mut filled.answers, &filled.sums);
        }
        let empty = !form.empty.is_empty() && filled.answers.iter().all(Answer::is_nothing);
        if empty {
            filled.clear();
        }
        filled.push(package);
        let printer = Printer {
            form,
            style,
            department,
            lines: &lines,
            filled: &filled,
            package,
        };
        let table = printer.table(empty);
        if empty && !form.absent.is_empty() {
            let quote = table.notes.last().cloned();
            let place = Place {
                table: Some(form.name.clone()),
                quote,
                ..Place::default()
            };
            package.claims.push(Claim {
                meanings: form.absent.clone(),
                statement: Statement::Absent,
                place,
            });
        }
        out.push((form.key.clone(), table));
    }
    problems.extend(names.problems());
    out
}

/// The cells of one table that have a meaning.
struct Filled {
    meanings: Vec<Meaning>,
    answers: Vec<Answer>,
    places: Vec<Place>,
    index: Index,
    sums: Vec<SlotSum>,
    ids: Vec<FigureId>,
}

impl Filled {
    fn new(form: &Form, lines: &Lines<'_>, answers: &Answers<'_>) -> Filled {
        let mut filled = Filled {
            meanings: Vec::new(),
            answers: Vec::new(),
            places: Vec::new(),
            index: lines
                .iter()
                .map(|rows| vec![Vec::new(); rows.len()])
                .collect(),
            sums: Vec::new(),
            ids: Vec::new(),
        };
        // Row by row, so that figures are numbered as they are read.
        let height = lines.first().map_or(0, Vec::len);
        for at in 0..height {
            for (number, (block, rows)) in form.block.iter().zip(lines).enumerate() {
                let Some(line) = rows
                    .get(at)
                    .and_then(Option::as_ref)
                    .filter(|l| !l.row.is_blank() && !l.row.joined)
                else {
                    continue;
                };
                let slots: Vec<Option<usize>> = block
                    .numbers()
                    .map(|column| {
                        let meaning = form.meaning(block, line.row, line.code.as_deref(), column);
                        filled.answers.push(answers.answer(&meaning, column));
                        filled.meanings.push(meaning);
                        filled.places.push(Place {
                            table: Some(form.name.clone()),
                            row: Some(line.place()),
                            column: Some(column_place(&form.block, column)),
                            ..Place::default()
                        });
                        Some(filled.answers.len() - 1)
                    })
                    .collect();
                if let Some(cell) = filled.index.get_mut(number).and_then(|b| b.get_mut(at)) {
                    *cell = slots;
                }
            }
        }
        filled.sums = sums::sums(form, lines, &filled.index);
        filled
    }

    /// A doubt for the cells of which nothing is known, unless nothing is known of the whole table.
    fn missing(&self, form: &Form) -> Option<Problem> {
        let missing = self.answers.iter().filter(|a| a.unknown).count();
        let first = self.answers.iter().position(|a| a.unknown)?;
        let place = if missing == self.answers.len() {
            Place {
                table: Some(form.name.clone()),
                ..Place::default()
            }
        } else {
            self.places.get(first).cloned().unwrap_or_default()
        };
        let what = self
            .meanings
            .get(first)
            .map(ToString::to_string)
            .unwrap_or_default();
        Some(Problem::doubt(
            place,
            format!(
                "表中 {missing} 个单元格没有数据，印作空白，第一个是“{what}”；请补充账簿、年初余额、预算或成表"
            ),
        ))
    }

    /// An empty table prints nothing.
    fn clear(&mut self) {
        for answer in &mut self.answers {
            answer.cell = Cell::Blank;
        }
    }

    fn push(&mut self, package: &mut Package) {
        for ((meaning, answer), place) in self.meanings.iter().zip(&self.answers).zip(&self.places)
        {
            self.ids.push(package.push(Figure {
                meanings: vec![meaning.clone()],
                measure: Measure::Amount,
                cell: answer.cell,
                exact_fen: answer.exact,
                place: place.clone(),
            }));
        }
        for sum in &self.sums {
            let figures = |slots: &[usize]| {
                slots
                    .iter()
                    .filter_map(|s| self.ids.get(*s).copied())
                    .collect::<Vec<_>>()
            };
            if let Some(total) = self.ids.get(sum.total) {
                let (parts, less) = (figures(&sum.parts), figures(&sum.less));
                package.sums.push(LaidOutSum {
                    total: *total,
                    parts,
                    less,
                    law: sum.law.clone(),
                });
            }
        }
    }

    fn slot(&self, block: usize, line: usize, column: usize) -> Option<usize> {
        self.index
            .get(block)?
            .get(line)?
            .get(column)
            .copied()
            .flatten()
    }
}

/// Lays the cells out.
struct Printer<'a> {
    form: &'a Form,
    style: &'a TableStyle,
    department: &'a Department,
    lines: &'a Lines<'a>,
    filled: &'a Filled,
    package: &'a Package,
}

impl Printer<'_> {
    fn table(&self, empty: bool) -> Table {
        let columns: Vec<Vec<&FormColumn>> = self
            .form
            .block
            .iter()
            .map(|block| self.columns(block))
            .collect();
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
            number: if self.style.numbers {
                self.form.number.clone()
            } else {
                String::new()
            },
            entity: self.words(&self.style.entity),
            unit: self.style.unit.replace("{unit}", self.form.unit.word()),
            orientation: self.form.orientation,
            widths: all.iter().map(|c| c.width).collect(),
            header,
            rows: (0..height).map(|at| self.row(at, height)).collect(),
            notes,
        }
    }

    /// Printed columns of a block.
    fn columns<'b>(&self, block: &'b FormBlock) -> Vec<&'b FormColumn> {
        block
            .column
            .iter()
            .filter(|c| c.kind != CellRole::Ordinal || self.style.row_numbers)
            .collect()
    }

    fn notes(&self) -> Vec<String> {
        let notes: Vec<String> = self
            .form
            .notes
            .iter()
            .chain(&self.style.notes)
            .map(|note| self.words(note))
            .collect();
        let several = notes.len() > 1;
        let numbered = notes.into_iter().enumerate().map(|(i, note)| {
            let lead = if i == 0 {
                self.style.note_lead.as_str()
            } else {
                ""
            };
            if several {
                format!("{lead}{}.{note}", i + 1)
            } else {
                format!("{lead}{note}")
            }
        });
        numbered.collect()
    }

    fn words(&self, text: &str) -> String {
        text.replace("{name}", &self.department.name)
            .replace("{year}", &self.department.year.to_string())
            .replace("{scope}", &self.department.scope)
    }

    fn row(&self, at: usize, height: usize) -> TableRow {
        let mut row = TableRow::default();
        let mut joined = 0;
        for (number, block) in self.form.block.iter().enumerate() {
            let columns = self.columns(block);
            let line = self
                .lines
                .get(number)
                .and_then(|rows| rows.get(at))
                .and_then(Option::as_ref);
            row.total |= line.is_some_and(|l| l.row.total);
            let labels = columns.iter().take_while(|c| head::is_label(c)).count();
            if let Some(line) = line.filter(|l| l.row.joined) {
                joined = columns.len();
                let next = self.form.block.get(number + 1).map_or(0, |b| {
                    self.columns(b)
                        .iter()
                        .take_while(|c| head::is_label(c))
                        .count()
                });
                row.cells.push(label(line, joined + next));
                continue;
            }
            let ordinal = (number * height + at + 1).to_string();
            match line {
                _ if joined > 0 => {}
                Some(line) if line.code.is_none() && labels > 0 => {
                    row.cells.push(label(line, labels))
                }
                line => row.cells.extend(
                    columns
                        .iter()
                        .take(labels)
                        .map(|column| named(line, column.kind)),
                ),
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
                    row.cells
                        .push(self.number(self.filled.slot(number, at, figures)));
                    figures += 1;
                }
            }
        }
        row
    }

    fn number(&self, slot: Option<usize>) -> TableCell {
        let mut cell = TableCell {
            role: CellRole::Number,
            align: Align::Right,
            ..TableCell::default()
        };
        let Some(slot) = slot else { return cell };
        cell.figure = self.filled.ids.get(slot).copied();
        cell.text = match cell
            .figure
            .and_then(|id| self.package.figure(id))
            .map(|f| f.cell)
        {
            Some(Cell::Number(printed))
                if self.department.print.grouped.unwrap_or(self.style.grouped) =>
            {
                printed.digits_grouped()
            }
            Some(Cell::Number(printed)) => printed.digits(),
            Some(Cell::Dash) => "—".to_owned(),
            _ => String::new(),
        };
        // A live formula runs down where it can, else across.
        let own = || {
            self.filled
                .sums
                .iter()
                .filter(|s| s.total == slot && s.way != Way::Equal)
        };
        if let Some(sum) = own().find(|s| s.way == Way::Down).or_else(|| own().next()) {
            let figures = |slots: &[usize]| {
                slots
                    .iter()
                    .filter_map(|s| self.filled.ids.get(*s).copied())
                    .collect()
            };
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
        align: if line.row.total {
            Align::Center
        } else {
            Align::Left
        },
        indent: line.indent,
        columns: u16::try_from(columns).unwrap_or(u16::MAX),
        ..TableCell::default()
    }
}

/// The code or the name of a generated row, or the blank beside other blocks' rows.
fn named(line: Option<&Line<'_>>, role: CellRole) -> TableCell {
    let text = line.map(|l| {
        if role == CellRole::Code {
            l.code.clone().unwrap_or_default()
        } else {
            l.label.clone()
        }
    });
    let indent = if role == CellRole::Label {
        line.map_or(0, |l| l.indent)
    } else {
        0
    };
    TableCell {
        text: text.unwrap_or_default(),
        role,
        indent,
        columns: 1,
        ..TableCell::default()
    }
}
