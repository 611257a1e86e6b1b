//! Facts → the statutory tables of a variant, every figure bound to its meaning.

use juesuan_catalog::{Catalog, Form, Variant};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Cell, Claim, Figure, FigureId, Meaning, Measure, Package, Place, Problem, Statement, Table};

use super::answer::{Answer, Answers};
use super::head::column_place;
use super::lines::{self, Lines, Names};
use super::print::Printer;
use super::sums::{self, Index, SlotSum};
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
        let answers = Answers::new(facts, catalog, &department.print, style, form);
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
        let printer = Printer { form, style, department, lines: &lines, filled: &filled, package };
        let table = printer.table(empty);
        if empty && !form.absent.is_empty() {
            let quote = table.notes.last().cloned();
            let place = Place { table: Some(form.name.clone()), quote, ..Place::default() };
            package.claims.push(Claim { meanings: form.absent.clone(), statement: Statement::Absent, place });
        }
        out.push((form.key.clone(), table));
    }
    problems.extend(names.problems());
    out
}

/// The cells of one table that have a meaning.
pub(super) struct Filled {
    meanings: Vec<Meaning>,
    answers: Vec<Answer>,
    places: Vec<Place>,
    index: Index,
    pub(super) sums: Vec<SlotSum>,
    pub(super) ids: Vec<FigureId>,
}

impl Filled {
    fn new(form: &Form, lines: &Lines<'_>, answers: &Answers<'_>) -> Filled {
        let mut filled = Filled {
            meanings: Vec::new(),
            answers: Vec::new(),
            places: Vec::new(),
            index: lines.iter().map(|rows| vec![Vec::new(); rows.len()]).collect(),
            sums: Vec::new(),
            ids: Vec::new(),
        };
        // Row by row, so that figures are numbered as they are read.
        let height = lines.first().map_or(0, Vec::len);
        for at in 0..height {
            for (number, (block, rows)) in form.block.iter().zip(lines).enumerate() {
                let Some(line) = rows.get(at).and_then(Option::as_ref).filter(|l| !l.row.is_blank() && !l.row.joined)
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
            Place { table: Some(form.name.clone()), ..Place::default() }
        } else {
            self.places.get(first).cloned().unwrap_or_default()
        };
        let what = self.meanings.get(first).map(ToString::to_string).unwrap_or_default();
        Some(Problem::doubt(
            place,
            format!("表中 {missing} 个单元格没有数据，印作空白，第一个是“{what}”；请补充账簿、年初余额、预算或成表"),
        ))
    }

    /// An empty table prints nothing.
    fn clear(&mut self) {
        for answer in &mut self.answers {
            answer.cell = Cell::Blank;
        }
    }

    fn push(&mut self, package: &mut Package) {
        for ((meaning, answer), place) in self.meanings.iter().zip(&self.answers).zip(&self.places) {
            self.ids.push(package.push(Figure {
                meanings: vec![meaning.clone()],
                measure: Measure::Amount,
                cell: answer.cell,
                exact_fen: answer.exact,
                place: place.clone(),
            }));
        }
        for sum in &self.sums {
            let figures = |slots: &[usize]| slots.iter().filter_map(|s| self.ids.get(*s).copied()).collect::<Vec<_>>();
            if let Some(total) = self.ids.get(sum.total) {
                let (parts, less) = (figures(&sum.parts), figures(&sum.less));
                package.sums.push(LaidOutSum { total: *total, parts, less, law: sum.law.clone() });
            }
        }
    }

    /// The slot of a cell.
    pub(super) fn slot(&self, block: usize, line: usize, column: usize) -> Option<usize> {
        self.index.get(block)?.get(line)?.get(column).copied().flatten()
    }
}
