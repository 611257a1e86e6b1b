//! The cells of one table with their answers and sums, before they are laid out.

use juesuan_catalog::Form;
use juesuan_forms::columns::column_place;
use juesuan_forms::sums::{Index, SlotSum};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{
    Ask, Cell, Dimension, Figure, FigureId, Meaning, Measure, Need, Package, Place, Problem, Seen, Wanted,
};

use super::answer::{Answer, Answers};
use super::lines::Lines;
use super::sums;

/// Most cells of a table that are asked for one by one: more of them come from a table of their own.
const ASKED_MAX: usize = 12;

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

    /// What can be entered for the cells of which nothing is known: one by one what budgets and last year's accounts state; the
    /// rest together, which only books can give. The tables are printed without it.
    pub(super) fn asks(&self, form: &Form) -> Vec<Ask> {
        let unknown: Vec<usize> = (0..self.answers.len()).filter(|at| self.is_unknown(*at)).collect();
        let is_stated = |at: &&usize| {
            let meaning = self.meanings.get(**at);
            meaning.is_some_and(|own| own.get(Dimension::Stage).or_else(|| own.get(Dimension::Year)).is_some())
        };
        let (stated, booked): (Vec<&usize>, Vec<&usize>) = unknown.iter().partition(is_stated);
        let one_by_one = unknown.len() < self.answers.len() && stated.len() <= ASKED_MAX;
        let together = if one_by_one { booked } else { unknown.iter().collect() };
        let mut asks: Vec<Ask> = if one_by_one { stated } else { Vec::new() }
            .into_iter()
            .filter_map(|at| self.meanings.get(*at).zip(self.places.get(*at)))
            .map(|(meaning, place)| {
                let bare = meaning.clone().without(Dimension::Stage).without(Dimension::Year);
                Ask::new(Wanted::Amount(meaning.clone()), bare.to_string(), place.clone(), Need::May)
            })
            .collect();
        if let Some(first) = together.first().and_then(|at| self.meanings.get(**at)) {
            let place = Place { table: Some(form.name.clone()), ..Place::default() };
            let wanted = Wanted::Cells(form.key.clone());
            asks.push(Ask { note: first.to_string(), ..Ask::new(wanted, &form.name, place, Need::May) });
        }
        asks
    }

    fn is_unknown(&self, at: usize) -> bool {
        self.answers.get(at).is_some_and(|answer| answer.unknown)
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
