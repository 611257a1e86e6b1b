//! The cells of one table with their answers and sums, before they are laid out.

use juesuan_catalog::Form;
use juesuan_forms::columns::column_place;
use juesuan_forms::sums::{Index, SlotSum};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Cell, Figure, FigureId, Meaning, Measure, Package, Place, Problem, Seen};

use super::answer::{Answer, Answers};
use super::lines::Lines;
use super::sums;

/// The cells of one table that have a meaning.
pub(super) struct Filled {
    meanings: Vec<Meaning>,
    pub(super) answers: Vec<Answer>,
    places: Vec<Place>,
    index: Index,
    pub(super) sums: Vec<SlotSum>,
    pub(super) ids: Vec<FigureId>,
}

impl Filled {
    /// The answers for every cell of a form.
    pub(super) fn new(form: &Form, lines: &Lines<'_>, answers: &Answers<'_>) -> Filled {
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
    pub(super) fn missing(&self, form: &Form) -> Option<Problem> {
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
    pub(super) fn clear(&mut self) {
        for answer in &mut self.answers {
            answer.cell = Cell::Blank;
        }
    }

    /// Enters the cells and their sums into the package.
    pub(super) fn push(&mut self, package: &mut Package) {
        for ((meaning, answer), place) in self.meanings.iter().zip(&self.answers).zip(&self.places) {
            self.ids.push(package.push(Figure {
                meanings: vec![meaning.clone()],
                measure: Measure::Amount,
                cell: answer.cell,
                exact_fen: answer.exact,
                seen: Seen::Text,
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
