//! What a slot is worth: as its table prints it, else as the facts know it; and how two values compare.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use juesuan_catalog::Trees;
use juesuan_catalog::names::stage;
use juesuan_catalog::section::Version;
use juesuan_facts::Facts;
use juesuan_model::{Cell, Dimension, Meaning, Measure, Money, Package, Printed, Ratio, Table, Unit};

/// Digits behind the point of amounts in running text, in 万元.
const MONEY_DECIMALS: u8 = 2;

/// A known amount or count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// As it is printed, with its sign.
    pub printed: Printed,
    /// To the 分, where it is known.
    pub exact: Option<Money>,
}

impl Value {
    /// True if it prints as zero.
    pub const fn is_zero(self) -> bool {
        self.printed.is_zero()
    }

    fn money(self) -> Option<Money> {
        self.printed.money()
    }
}

/// A value beside the base it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Value less base, with its sign.
    pub change: Value,
    /// Greater, less or equal, as the change prints.
    pub order: Ordering,
    /// The change in percent of the base; `None` if the base prints as zero or below.
    growth: Option<Ratio>,
    completion: Option<Ratio>,
    /// True if the base prints as zero.
    pub from_zero: bool,
}

impl Comparison {
    /// Compares exact amounts if both are known to the 分, printed ones otherwise; each result is rounded once. `None`
    /// for counts.
    pub fn new(value: Value, base: Value) -> Option<Comparison> {
        let exact = value.exact.zip(base.exact);
        let (now, then) = match exact {
            Some(both) => both,
            None => (value.money()?, base.money()?),
        };
        let difference = now - then;
        let printed = Printed::from_money(difference, Unit::WanYuan, MONEY_DECIMALS);
        let rated = !base.is_zero() && then > Money::ZERO;
        Some(Comparison {
            change: Value { printed, exact: exact.map(|_| difference) },
            order: printed.mantissa.cmp(&0),
            growth: Ratio::new(difference, then).filter(|_| rated),
            completion: Ratio::new(now, then).filter(|_| rated),
            from_zero: base.is_zero(),
        })
    }

    /// The change in percent of the base.
    pub fn growth(self, decimals: u8) -> Option<Printed> {
        self.growth.map(|ratio| ratio.percent(decimals))
    }

    /// The value in percent of the base.
    pub fn completion(self, decimals: u8) -> Option<Printed> {
        self.completion.map(|ratio| ratio.percent(decimals))
    }
}

/// `part` in percent of `whole`; `None` if the whole prints as zero or below.
pub fn share(part: Value, whole: Value, decimals: u8) -> Option<Printed> {
    let (part, of) = match part.exact.zip(whole.exact) {
        Some(both) => both,
        None => (part.money()?, whole.money()?),
    };
    if whole.is_zero() || of < Money::ZERO {
        return None;
    }
    Ratio::new(part, of).map(|ratio| ratio.percent(decimals))
}

/// Answers for meanings.
pub struct Values<'a> {
    facts: &'a Facts,
    trees: &'a Trees,
    year: u16,
    /// What the tables of this document print, by form.
    tables: BTreeMap<String, BTreeMap<Meaning, Value>>,
}

impl<'a> Values<'a> {
    /// For the facts of `year`, and the tables that were made from them.
    pub fn new(facts: &'a Facts, trees: &'a Trees, year: u16, tables: &[Table], package: &Package) -> Values<'a> {
        let mut printed: BTreeMap<String, BTreeMap<Meaning, Value>> = BTreeMap::new();
        for table in tables.iter().filter(|table| !table.form.is_empty()) {
            let cells = printed.entry(table.form.clone()).or_default();
            let ids = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure);
            for figure in ids.filter_map(|id| package.figure(id)).filter(|figure| figure.measure == Measure::Amount) {
                let Cell::Number(number) = figure.cell else {
                    continue;
                };
                for meaning in &figure.meanings {
                    let value = Value { printed: in_wan_yuan(number), exact: figure.exact_fen };
                    cells.entry(meaning.clone()).or_insert(value);
                }
            }
        }
        Values { facts, trees, year, tables: printed }
    }

    /// The value of a meaning, as the form `prefer` prints it if it does. `None`: not known.
    pub fn of(&self, meaning: &Meaning, prefer: &str) -> Option<Value> {
        if let Some(value) = self.tables.get(prefer).and_then(|cells| cells.get(meaning)) {
            return Some(*value);
        }
        let amount = self.facts.amount(self.trees, meaning, prefer)?;
        Some(Value { printed: amount.printed(Unit::WanYuan, MONEY_DECIMALS), exact: amount.exact() })
    }

    /// The meaning in another version.
    pub fn version(&self, meaning: &Meaning, version: Version) -> Meaning {
        match version {
            Version::Own => meaning.clone(),
            Version::Prior => meaning.clone().with(Dimension::Year, self.year.saturating_sub(1).to_string()),
            Version::Initial => meaning.clone().with(Dimension::Stage, stage::INITIAL),
            Version::FullYear => meaning.clone().with(Dimension::Stage, stage::FULL_YEAR),
        }
    }

    /// Codes and names on `dimension` that occur below a meaning.
    pub fn nodes(&self, within: &Meaning, dimension: Dimension) -> Vec<String> {
        self.facts.nodes(self.trees, within, dimension).iter().map(ToString::to_string).collect()
    }
}

/// Tables in 元 are told in 万元.
fn in_wan_yuan(printed: Printed) -> Printed {
    match printed.unit {
        Unit::Yuan | Unit::YiYuan => {
            printed.money().map_or(printed, |money| Printed::from_money(money, Unit::WanYuan, MONEY_DECIMALS))
        }
        _ => printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::Interval;
    use proptest::prelude::*;

    fn exact(fen: i64) -> Value {
        Value { printed: Printed::wan_yuan(Money(fen)), exact: Some(Money(fen)) }
    }

    fn printed(fen: i64) -> Value {
        Value { exact: None, ..exact(fen) }
    }

    /// True if some values behind the printed operands give a quotient that prints as `rate`: `rate` × whole and 100 ×
    /// part meet as intervals.
    fn reachable(part: Interval, whole: Interval, rate: Interval) -> bool {
        let scale = 100 * juesuan_model::printed::STEPS_PER_PERCENT;
        let ends = [rate.low * whole.low, rate.low * whole.high, rate.high * whole.low, rate.high * whole.high];
        let product = Interval {
            low: ends.iter().copied().min().unwrap_or_default(),
            high: ends.iter().copied().max().unwrap_or_default(),
        };
        Interval { low: part.low * scale, high: part.high * scale }.meets(product)
    }

    proptest! {
        #[test]
        fn printed_rates_and_changes_fit_their_printed_operands(
            now in 0i64..50_000_000_000, base in 10_000i64..50_000_000_000, known_exactly in any::<bool>(), decimals in 0u8..3,
        ) {
            let make = if known_exactly { exact } else { printed };
            let (now, base) = (make(now), make(base));
            let (now_range, base_range) = (now.printed.interval(), base.printed.interval());
            let comparison = Comparison::new(now, base).unwrap();
            prop_assert!(comparison.change.printed.interval().meets(now_range.minus(base_range)));
            let growth = comparison.growth(decimals).unwrap().interval();
            prop_assert!(reachable(now_range.minus(base_range), base_range, growth));
            let completion = comparison.completion(decimals).unwrap().interval();
            prop_assert!(reachable(now_range, base_range, completion));
            let part = share(now, base, decimals).unwrap().interval();
            prop_assert!(reachable(now_range, base_range, part));
        }
    }

    #[test]
    fn there_is_no_rate_of_a_base_that_prints_as_zero() {
        let comparison = Comparison::new(exact(5_000_000), exact(4_999)).unwrap();
        assert!(comparison.from_zero);
        assert_eq!((comparison.growth(1), comparison.completion(1)), (None, None));
        assert_eq!(share(exact(5), exact(0), 1), None);
    }

    #[test]
    fn a_share_of_something_may_be_zero() {
        assert_eq!(share(exact(0), exact(1_000_000), 1).unwrap().digits(), "0.0");
    }

    #[test]
    fn amounts_known_only_in_print_are_compared_as_printed() {
        let now = Value { printed: Printed::wan_yuan(Money(10_000_000)), exact: None };
        let comparison = Comparison::new(now, exact(9_996_000)).unwrap();
        assert_eq!(comparison.change.printed.digits(), "0.00");
        assert_eq!(comparison.order, Ordering::Equal);
    }
}
