//! What one sheet leaves to another: a table that the software left out because nothing is in it, and the parts of an amount.

use juesuan_catalog::workbook::{SheetSpec, Workbook};
use juesuan_model::{Money, Place, Problem};

use super::spec::bare_label;
use super::tables::{Row, Tables};
use crate::words::bare_head;

/// Digits of a class.
const CLASS: usize = 3;

impl Tables {
    /// Tables of sheets that the workbook does not have, where another table says that there is nothing in them; what another
    /// table says to be there is named.
    pub fn add_empty(&mut self, spec: &Workbook, problems: &mut Vec<Problem>) {
        for sheet in spec.sheets.iter().filter(|sheet| !self.tables.contains_key(&sheet.title)).collect::<Vec<_>>() {
            let Some(empty) = &sheet.empty else { continue };
            let told = self.tables.get(&empty.table).into_iter().flatten().find(|row| {
                row.side.as_ref().is_none_or(|side| *side == empty.side)
                    && bare_label(&row.name, &spec.label_units) == bare_head(&empty.row)
            });
            match told.and_then(|row| value_of(row, empty.value)) {
                Some(amount) if amount.is_zero() => self.add(&sheet.title, Vec::new()),
                Some(amount) => {
                    let place = Place { table: Some(empty.table.clone()), ..Place::default() };
                    let message = format!("这里有 {amount} 元，而工作簿里没有“{}”；请连同这张表一起导出", sheet.title);
                    problems.push(Problem::doubt(place, message));
                }
                None => {}
            }
        }
    }

    /// The parts of amounts whose sheet has no columns for them: none of nothing, else those of the row of the same code and
    /// amount in the table that tells them. A sum takes those of its classes. What nothing tells is named.
    pub fn add_parts(&mut self, spec: &Workbook, problems: &mut Vec<Problem>) {
        for sheet in spec.sheets.iter().filter(|sheet| !sheet.parts_from.is_empty()) {
            let told = self.tables.get(&sheet.parts_from).cloned().unwrap_or_default();
            let Some(rows) = self.tables.get_mut(&sheet.title) else { continue };
            for row in rows.iter_mut().filter(|row| row.code.is_some()) {
                let same = |other: &&Row| other.code == row.code && total(other) == total(row);
                fill(row, told.iter().find(same).map(|other| other.values.clone()));
            }
            let classes: Vec<&Row> = rows.iter().filter(|row| code_length(row) == CLASS).collect();
            let sums = (0..sheet.columns.len()).map(|at| {
                let parts: Option<Vec<Money>> =
                    classes.iter().map(|row| money(row.values.get(at)?.as_deref()?)).collect();
                parts.map(|parts| parts.into_iter().sum::<Money>().to_string())
            });
            let sums: Vec<Option<String>> = sums.collect();
            for row in rows.iter_mut().filter(|row| row.code.is_none()) {
                fill(row, Some(sums.clone()));
            }
            problems.extend(rows.iter().find(|row| lacks_parts(row)).map(|row| untold(sheet, row)));
        }
    }
}

/// A value of a row whose first is the sum of the others. A blank one is nothing where those that are there make up the sum.
fn value_of(row: &Row, at: usize) -> Option<Money> {
    let values: Vec<Option<Money>> = row.values.iter().map(|value| value.as_deref().and_then(money)).collect();
    if let Some(value) = values.get(at)? {
        return Some(*value);
    }
    let (whole, parts) = values.split_first()?;
    let known: Money = parts.iter().flatten().copied().sum();
    (at > 0 && *whole == Some(known)).then_some(Money::ZERO)
}

fn untold(sheet: &SheetSpec, row: &Row) -> Problem {
    let row = [row.code.as_deref().unwrap_or_default(), row.name.as_str()].concat();
    let place = Place { table: Some(sheet.title.clone()), row: Some(row), ..Place::default() };
    Problem::doubt(place, format!("工作簿里没有这笔支出的基本支出和项目支出，“{}”里也对不上；请补填", sheet.parts_from))
}

fn code_length(row: &Row) -> usize {
    row.code.as_deref().map_or(0, str::len)
}

fn money(text: &str) -> Option<Money> {
    Money::parse_yuan(text).ok()
}

fn total(row: &Row) -> Option<Money> {
    money(row.values.first()?.as_deref()?)
}

/// True if there is an amount and nothing of its parts.
fn lacks_parts(row: &Row) -> bool {
    row.values.first().is_some_and(Option::is_some) && row.values.iter().skip(1).all(Option::is_none)
}

fn fill(row: &mut Row, told: Option<Vec<Option<String>>>) {
    if !lacks_parts(row) {
        return;
    }
    let nothing = total(row).is_some_and(Money::is_zero).then(|| vec![Some(Money::ZERO.to_string()); row.values.len()]);
    let Some(told) = nothing.or(told) else { return };
    for (value, told) in row.values.iter_mut().zip(told).skip(1) {
        *value = told;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_nothing_only_where_the_other_parts_make_up_the_sum() {
        let row = |values: &[&str]| Row {
            values: values.iter().map(|text| Some((*text).to_owned()).filter(|text| !text.is_empty())).collect(),
            ..Row::default()
        };
        let nothing = Some(Money::ZERO);
        assert_eq!(value_of(&row(&["9.50", "9.50", "", ""]), 2), nothing);
        assert_eq!(value_of(&row(&["9.50", "9.00", "", ""]), 2), None);
        assert_eq!(value_of(&row(&["", "9.50", "", ""]), 2), None);
        assert_eq!(value_of(&row(&["9.50", "9.00", "0.50", ""]), 3), nothing);
        assert_eq!(value_of(&row(&["9.50", "9.00", "0.50", ""]), 2), Some(Money(50)));
    }
}
