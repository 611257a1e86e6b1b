//! `figures`: every printed place with what it is a figure of.

use juesuan_model::{Cell, Dimension, Figure, Meaning, Verdict};

use super::spell::{fen, measure, number, seen, step, told, word};
use super::{Sheet, Subject};
use crate::column::Value;

pub(super) const COLUMNS: [&str; 34] = [
    "document",
    "figure",
    "meaning",
    "item",
    "stage",
    "of_year",
    "fund",
    "source",
    "nature",
    "function",
    "economic",
    "theme",
    "unit",
    "project",
    "measure",
    "against",
    "cell",
    "amount",
    "step",
    "value",
    "printed",
    "shown_in",
    "place_table",
    "place_section",
    "place_row",
    "place_column",
    "page",
    "line",
    "box_left",
    "box_top",
    "box_right",
    "box_bottom",
    "seen",
    "verdict",
];

/// What the relations of a figure say; the graver is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    None,
    Holds,
    Unreadable,
    Broken,
}

/// A row for each meaning of each figure; one that has none has a row all the same.
pub(super) fn fill(sheet: &mut Sheet, subject: Subject<'_>) {
    let figures = &subject.checked.package.figures;
    let standings = standings(subject);
    let nothing = [Meaning::new()];
    for ((number, figure), standing) in figures.iter().enumerate().zip(standings) {
        let meanings = if figure.meanings.is_empty() { &nothing[..] } else { &figure.meanings };
        for (at, meaning) in meanings.iter().enumerate() {
            one(sheet, subject, (number, figure, standing), (at, meaning));
        }
    }
}

fn one(
    sheet: &mut Sheet,
    subject: Subject<'_>,
    (number_of, figure, standing): (usize, &Figure, Standing),
    (at, meaning): (usize, &Meaning),
) {
    let on = |dimension| Value::from(meaning.get(dimension).unwrap_or_default());
    let (property, against) = measure(&figure.measure);
    let printed = figure.cell.number();
    let exact = figure.exact_fen.map(|exact| i128::from(exact.fen()));
    let place = &figure.place;
    let edge = |number: usize| Value::from(place.bounds.and_then(|bounds| bounds.get(number).copied()));
    sheet.row([
        subject.document.into(),
        number_of.into(),
        at.into(),
        on(Dimension::Item),
        on(Dimension::Stage),
        year(meaning, subject.checked.package.entity.year).into(),
        on(Dimension::Fund),
        on(Dimension::Source),
        on(Dimension::Nature),
        on(Dimension::Function),
        on(Dimension::Economic),
        on(Dimension::Theme),
        on(Dimension::Unit),
        on(Dimension::Project),
        property.into(),
        against.into(),
        cell(figure.cell).into(),
        exact.or_else(|| printed.and_then(fen)).into(),
        printed.and_then(step).into(),
        printed.and_then(number).into(),
        printed.map(|printed| printed.digits()).unwrap_or_default().into(),
        printed.map_or("", |printed| printed.unit.word()).into(),
        told(place.table.as_ref()),
        told(place.section.as_ref()),
        told(place.row.as_ref()),
        told(place.column.as_ref()),
        place.page.into(),
        place.line.into(),
        edge(0),
        edge(1),
        edge(2),
        edge(3),
        seen(figure.seen).into(),
        standing.word().into(),
    ]);
}

/// The fiscal year that a figure is of; 0 where nobody knows.
fn year(meaning: &Meaning, own: u16) -> i64 {
    match meaning.get(Dimension::Year) {
        None => i64::from(own),
        Some(named) => match named.parse() {
            Ok(year) => year,
            // Last year of a document whose own year is not known is not the year before Christ.
            Err(_) => i64::from(own).checked_sub(1).filter(|_| own > 0).unwrap_or(0),
        },
    }
}

fn cell(cell: Cell) -> &'static str {
    match cell {
        Cell::Number(_) => "number",
        Cell::Blank => "blank",
        Cell::Dash => "dash",
        Cell::Absent => "absent",
        Cell::Unreadable => "unreadable",
    }
}

/// What is to be said of each figure, by its number.
fn standings(subject: Subject<'_>) -> Vec<Standing> {
    let figures = subject.checked.package.figures.iter();
    let mut of: Vec<Standing> = figures
        .map(|figure| if figure.cell == Cell::Unreadable { Standing::Unreadable } else { Standing::None })
        .collect();
    for relation in &subject.checked.report.relations {
        let standing = match relation.verdict {
            Verdict::Holds => Standing::Holds,
            Verdict::Broken => Standing::Broken,
            Verdict::Unreadable => Standing::Unreadable,
            Verdict::NotApplicable => continue,
        };
        for id in relation.figures() {
            let own = usize::try_from(id.0).ok().and_then(|number| of.get_mut(number));
            if let Some(own) = own {
                *own = standing.max(*own);
            }
        }
    }
    of
}

impl Standing {
    fn word(self) -> String {
        match self {
            Standing::None => "none".to_owned(),
            Standing::Holds => word(Verdict::Holds),
            Standing::Unreadable => word(Verdict::Unreadable),
            Standing::Broken => word(Verdict::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_last_year_is_of_the_year_before_and_of_no_year_where_none_is_known() {
        let last = Meaning::new().with(Dimension::Year, "上年");
        assert_eq!((year(&last, 2024), year(&last, 0)), (2023, 0));
        assert_eq!(year(&Meaning::new().with(Dimension::Year, "2021"), 2024), 2021);
        assert_eq!(year(&Meaning::new(), 2024), 2024);
    }

    #[test]
    fn one_broken_relation_weighs_more_than_all_others() {
        assert!(Standing::Broken > Standing::Unreadable && Standing::Unreadable > Standing::Holds);
        assert_eq!(Standing::Unreadable.word(), "unreadable");
    }
}
