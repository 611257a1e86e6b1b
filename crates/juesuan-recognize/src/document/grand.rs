//! 总收入, 总支出 of small bodies: mostly what came in and went out in the year, sometimes what the first table calls 总计, with what
//! was carried over. Where a text gives both the amount that the tables print as their 总计, and not that of the year, the 总计 is
//! meant.

use juesuan_catalog::names::item;
use juesuan_model::{Dimension, Figure, Measure, Printed};

/// The words of the year, and what they may stand for.
const GRAND: [(&str, &str); 2] = [(item::INCOME, item::INCOME_TOTAL), (item::EXPENSE, item::EXPENSE_TOTAL)];

/// Looks at the figures of the running text, in their order, with those of the tables before them. In: all figures, and how many
/// are those of tables. Out: the same, with the meaning that fits.
pub(super) fn settle(figures: &mut [Figure], tables: usize) {
    let (tables, text) = figures.split_at_mut(tables.min(figures.len()));
    let amounts: Vec<usize> = (0..text.len()).filter(|at| text.get(*at).is_some_and(is_amount)).collect();
    let ends = amounts.iter().copied().chain([text.len()]);
    let ends: Vec<usize> = ends.skip(2).collect();
    for (pair, end) in amounts.windows(2).zip(ends) {
        let [first, second] = pair else { continue };
        let both = [(first, GRAND[0]), (second, GRAND[1])];
        let fits = |(at, (year, grand)): &(&usize, (&str, &str))| {
            text.get(**at)
                .is_some_and(|own| is_only(own, year) && prints(tables, grand, own) && differs(tables, year, own))
        };
        if both.iter().all(fits) {
            for figure in text.get_mut(*first..end).into_iter().flatten() {
                for (year, grand) in GRAND {
                    if is_only(figure, year) {
                        figure.meanings =
                            figure.meanings.iter().map(|own| own.clone().with(Dimension::Item, grand)).collect();
                    }
                }
            }
        }
    }
}

fn is_amount(figure: &Figure) -> bool {
    figure.measure == Measure::Amount
}

/// True if a figure is of an item and nothing narrower.
fn is_only(figure: &Figure, item: &str) -> bool {
    matches!(figure.meanings.as_slice(), [own] if own.get(Dimension::Item) == Some(item) && own.coordinates().count() == 1)
}

fn prints(tables: &[Figure], item: &str, own: &Figure) -> bool {
    printed(tables, item).any(|other| own.cell.number().is_some_and(|own| own.interval().meets(other.interval())))
}

fn differs(tables: &[Figure], item: &str, own: &Figure) -> bool {
    printed(tables, item).next().is_some() && !prints(tables, item, own)
}

fn printed<'f>(tables: &'f [Figure], item: &'f str) -> impl Iterator<Item = Printed> + 'f {
    let of = move |figure: &&Figure| is_amount(figure) && is_only(figure, item);
    tables.iter().filter(of).filter_map(|figure| figure.cell.number())
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Cell, Meaning, Place, Unit};

    use super::*;

    fn figure(item: &str, mantissa: i64) -> Figure {
        Figure {
            meanings: vec![Meaning::new().with(Dimension::Item, item)],
            measure: Measure::Amount,
            cell: Cell::Number(Printed { mantissa, decimals: 2, unit: Unit::WanYuan }),
            exact_fen: None,
            place: Place::default(),
            seen: juesuan_model::Seen::default(),
        }
    }

    #[test]
    fn income_and_expense_that_both_are_the_grand_totals_of_the_table_are_these_and_one_alone_is_wrong() {
        let table = [
            figure(item::INCOME, 71000),
            figure(item::EXPENSE, 70400),
            figure(item::INCOME_TOTAL, 73000),
            figure(item::EXPENSE_TOTAL, 73000),
        ];
        let read = |income: i64, expense: i64| {
            let mut all = [&table[..], &[figure(item::INCOME, income), figure(item::EXPENSE, expense)]].concat();
            settle(&mut all, table.len());
            all[4].meanings[0].get(Dimension::Item).unwrap().to_owned()
        };
        assert_eq!(read(73000, 73000), item::INCOME_TOTAL);
        assert_eq!(read(73000, 70400), item::INCOME);
        assert_eq!(read(71000, 70400), item::INCOME);
    }
}
