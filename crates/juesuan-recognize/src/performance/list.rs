//! Lists of projects, a line each: 项目绩效自评结果汇总.

use juesuan_catalog::FormHead;
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Evaluation, Place, Printed, Quantity, Told, Unit};

use super::book::{Book, Number, meaning, measure};
use super::form::{Cell, Grid, known, number};
use super::head::{Column, Columns, columns, is_total};

/// Law under which sums of columns are checked.
const SUM_LAW: &str = "sum";

/// The last line of a list of projects.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals {
    /// Its numbers.
    pub(super) printed: Vec<Printed>,
    /// Those of them that add up the lines above.
    pub(super) sums: Vec<LaidOutSum>,
}

impl Grid {
    /// Head row of a list of projects, a line each.
    pub(super) fn list(&self, head: &FormHead) -> Option<(usize, Columns)> {
        self.rows.iter().enumerate().map(|(at, row)| (at, columns(row, head))).find(|(_, columns)| {
            columns.contains_key(&Column::Project)
                && columns.contains_key(&Column::Executed)
                && (columns.contains_key(&Column::Score) || columns.contains_key(&Column::Rate))
        })
    }

    /// A list of projects, a line each.
    pub(super) fn lines(
        &self,
        (at, columns): (usize, &Columns),
        head: &FormHead,
        before: &[Evaluation],
        book: &mut Book,
    ) -> (Vec<Evaluation>, Totals) {
        let money = if self.yuan { Unit::Yuan } else { Unit::WanYuan };
        let units = [
            (Column::InitialBudget, Quantity::InitialBudget, money),
            (Column::FullYearBudget, Quantity::FullYearBudget, money),
            (Column::Executed, Quantity::Executed, money),
            (Column::Rate, Quantity::Rate, Unit::Percent),
            (Column::Score, Quantity::Score, Unit::Point),
        ];
        let mut out: Vec<Evaluation> = Vec::new();
        let mut totals = Totals::default();
        for row in self.rows.iter().skip(at + 1) {
            let cell = |column| columns.get(&column).and_then(|at: &usize| row.get(*at));
            if is_total(row, head) {
                for (column, quantity, unit) in units {
                    let Some((found, printed)) = self.entry(row, at, columns.get(&column), unit) else { continue };
                    totals.printed.push(printed);
                    let parts: Option<Vec<_>> = out.iter().map(|line| line.amounts.get(&quantity).copied()).collect();
                    let Some(parts) = parts.filter(|parts| unit == money && parts.len() > 1) else { continue };
                    let place = Place { row: row.first().map(|cell| cell.text.clone()), ..found.place.clone() };
                    let entered =
                        Number { printed, meaning: None, measure: measure(quantity), place, seen: found.seen };
                    let total = book.enter(entered);
                    totals.sums.push(LaidOutSum { total, parts, less: Vec::new(), law: SUM_LAW.to_owned() });
                }
                continue;
            }
            let Some(name) = cell(Column::Project).filter(|cell| !cell.text.is_empty()) else { continue };
            let told = Told { text: name.text.clone(), place: name.place.clone() };
            let project = known(before, name.text.clone());
            let mut line = Evaluation { project, title: told.clone(), ..Evaluation::default() };
            line.names.push(told);
            for (column, quantity, unit) in units {
                let Some(((found, printed), (meaning, measure))) =
                    self.entry(row, at, columns.get(&column), unit).zip(meaning(&line.project, quantity))
                else {
                    continue;
                };
                let place = Place { row: Some(line.project.clone()), ..found.place.clone() };
                let entered = Number { printed, meaning: Some(meaning), measure, place, seen: found.seen };
                line.amounts.insert(quantity, book.enter(entered));
            }
            out.push(line);
        }
        (out, totals)
    }

    /// A number under a head; a rate may have its sign in the head: `执行率（%）`.
    fn entry<'g>(
        &'g self,
        row: &'g [Cell],
        head: usize,
        column: Option<&usize>,
        unit: Unit,
    ) -> Option<(&'g Cell, Printed)> {
        let found = row.get(*column?)?;
        let head = self.rows.get(head)?.get(*column?)?;
        let signed = unit == Unit::Percent && head.text.contains('%') && !found.text.ends_with('%');
        let text = if signed { format!("{}%", found.text) } else { found.text.clone() };
        Some((found, number(&text, unit)?))
    }
}
