//! A line of a form: one indicator, what was aimed at and reached, its points.

use juesuan_catalog::ValueWords;
use juesuan_model::{Against, Indicator, Measure, Place, Printed, Seen, Target, Unit};
use juesuan_text::part_mut;

use super::book::{Book, Number};
use super::form::{Cell, number};
use super::head::{Column, Columns};
use super::target::value;

/// The indicator of a row; `levels` are the names of the levels above it, which go on where a row leaves them empty.
pub(super) fn indicator(
    row: &[Cell],
    columns: &Columns,
    levels: &mut [String],
    words: &ValueWords,
    book: &mut Book,
) -> Option<Indicator> {
    let cell = |column| columns.get(&column).and_then(|at: &usize| row.get(*at)).filter(|cell| !cell.text.is_empty());
    let text = |column| cell(column).map(|cell| cell.text.clone()).unwrap_or_default();
    name_levels(row, columns, levels);
    let values = [Column::Target, Column::Actual, Column::Weight, Column::Score];
    let told = values.into_iter().any(|c| cell(c).is_some());
    let blank = !told && is_blank(row, columns, levels.len());
    if !told && !blank || levels.iter().all(String::is_empty) {
        return None;
    }
    let name = levels.iter().rev().find(|level| !level.is_empty()).cloned().unwrap_or_default();
    let mut path = levels.to_vec();
    // Hubei: 更新设备台数（40分） where no column has the points.
    let noted = if columns.contains_key(&Column::Weight) { None } else { points_behind(&name) };
    if let (Some((short, _)), Some(last)) = (&noted, path.iter_mut().rev().find(|level| !level.is_empty())) {
        last.clone_from(short);
    }
    let place =
        row.iter().find(|cell| cell.text == name).or(row.first()).map(|cell| cell.place.clone()).unwrap_or_default();
    let place = Place { row: Some(name), ..place };
    let mut points = |column| {
        let cell = cell(column)?;
        let printed = number(&cell.text, Unit::Point)?;
        let place = place.clone();
        let entered = Number { printed, meaning: None, measure: Measure::Score, place, seen: cell.seen };
        Some(book.enter(entered))
    };
    let (weight, score) = (points(Column::Weight), points(Column::Score));
    let noted = noted.map(|(_, printed)| {
        let seen = row.iter().fold(Seen::Text, |seen, cell| seen.and(cell.seen));
        Number { printed, meaning: None, measure: Measure::Score, place: place.clone(), seen }
    });
    let weight = weight.or_else(|| noted.map(|noted| book.enter(noted)));
    let mut aim = |column| cell(column).map(|cell| target(cell, &place, words, book)).unwrap_or_default();
    let (target, actual) = (aim(Column::Target), aim(Column::Actual));
    Some(Indicator {
        path,
        class: text(Column::Class),
        point: text(Column::Point),
        target,
        actual,
        weight,
        score,
        reason: text(Column::Reason),
        blank,
        place,
        ..Indicator::default()
    })
}

/// Takes over the levels that a row names; a level named anew has nothing below it yet.
fn name_levels(row: &[Cell], columns: &Columns, levels: &mut [String]) {
    for at in 0..levels.len() {
        let cell = columns.get(&Column::Level(at)).and_then(|at| row.get(*at)).filter(|cell| !cell.text.is_empty());
        if let Some(named) = cell
            && let [level, below @ ..] = part_mut(levels, at..)
        {
            level.clone_from(&named.text);
            below.iter_mut().for_each(String::clear);
        }
    }
}

/// True for a row that names an indicator of the lowest level and has room for its values; asked where it has none.
fn is_blank(row: &[Cell], columns: &Columns, levels: usize) -> bool {
    let at = |column| columns.get(&column).and_then(|at: &usize| row.get(*at));
    let named: Vec<bool> =
        (0..levels).filter_map(|level| at(Column::Level(level))).map(|cell| !cell.text.is_empty()).collect();
    // Below the indicators a cell over many columns says causes and measures: its row leaves a level out.
    let whole = named.last() == Some(&true) && named.is_sorted();
    whole && at(Column::Target).is_some() && at(Column::Actual).is_some()
}

/// A value with its number among the figures.
pub(super) fn target(cell: &Cell, place: &Place, words: &ValueWords, book: &mut Book) -> Target {
    let value = value(&cell.text, words);
    let mut enter = |printed: Printed, spot| {
        let measure =
            if printed.unit == Unit::Percent { Measure::Completion(Against::FullYearBudget) } else { Measure::Count };
        book.enter_at(spot, Number { printed, meaning: None, measure, place: place.clone(), seen: cell.seen })
    };
    let id = value.number.map(|printed| enter(printed, cell.spot));
    let upto = value.upto.map(|printed| enter(printed, None));
    Target { text: cell.text.clone(), operator: value.operator, value: id, upto, unit: value.unit }
}

/// The name and the points of an indicator that has them behind its name.
fn points_behind(name: &str) -> Option<(String, Printed)> {
    let (short, digits) = name.strip_suffix("分)")?.rsplit_once('(')?;
    let printed = Printed::parse(digits, Unit::Point).ok()?;
    (!short.is_empty()).then(|| (short.to_owned(), printed))
}
