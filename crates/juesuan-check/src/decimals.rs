//! What a print says with the decimals of its document: 48 is 48.00 where the others print two.

use std::collections::BTreeMap;

use juesuan_model::{Cell, Figure, Measure, Package, Printed, Unit};

use crate::ledger::Value;

/// Decimals that amounts usually print; more are kept, fewer count as these where the table or text prints these elsewhere.
const USUAL_DECIMALS: u8 = 2;
/// Digits above which no decimals are added (they would not fit).
const LARGEST: u64 = 1_000_000_000_000_000;
/// Amounts beyond this cannot be true: 10^16 元.
const LARGEST_FEN: i128 = 1_000_000_000_000_000_000;
/// Percentages beyond this cannot be true: 10^9 %.
const LARGEST_STEPS: i128 = 1_000_000_000_000_000;

/// Decimals of amounts by table (`None`: running text) and unit.
pub(crate) struct UsualDecimals<'a> {
    by_table: BTreeMap<(Option<&'a str>, Unit), (u8, usize)>,
    by_unit: BTreeMap<Unit, u8>,
}

impl<'a> UsualDecimals<'a> {
    /// Those of a package.
    pub(crate) fn of(package: &'a Package) -> UsualDecimals<'a> {
        let mut usual = UsualDecimals { by_table: BTreeMap::new(), by_unit: BTreeMap::new() };
        for figure in &package.figures {
            let Cell::Number(printed) = figure.cell else {
                continue;
            };
            if printed.unit.fen().is_none() {
                continue;
            }
            let decimals = printed.decimals.min(USUAL_DECIMALS);
            let here = usual.by_table.entry((figure.place.table.as_deref(), printed.unit)).or_default();
            *here = (decimals.max(here.0), here.1 + usize::from(!printed.is_zero()));
            let anywhere = usual.by_unit.entry(printed.unit).or_default();
            *anywhere = decimals.max(*anywhere);
        }
        usual
    }

    /// What a figure says.
    pub(crate) fn value(&self, figure: &Figure) -> Value {
        let table = figure.place.table.as_deref();
        let printed = match figure.cell {
            // A table of whole 万元 has no decimals; two whole amounts in a small table prove nothing, nor does running text.
            Cell::Number(printed) if printed.unit.fen().is_some() && printed.mantissa.unsigned_abs() < LARGEST => {
                let here = self.by_table.get(&(table, printed.unit)).filter(|(_, count)| table.is_some() && *count > 2);
                let usual = here.map(|(decimals, _)| *decimals).or_else(|| self.by_unit.get(&printed.unit).copied());
                printed.with_decimals_at_least(usual.unwrap_or(0))
            }
            Cell::Number(printed) => printed,
            Cell::Blank | Cell::Dash => self.zero(figure, table),
            Cell::Absent => return Value::Absent,
            Cell::Unreadable => return Value::Unreadable,
        };
        if printed.mantissa.unsigned_abs() >= LARGEST {
            return Value::Unreadable;
        }
        let interval = printed.interval();
        // No budget is that large: the digits of two figures ran together.
        let bound = if printed.unit == Unit::Percent { LARGEST_STEPS } else { LARGEST_FEN };
        if interval.low <= -bound || interval.high >= bound {
            return Value::Unreadable;
        }
        Value::Known { printed, interval }
    }

    /// What a blank or a dash stands for in a form: nothing, at the precision of its neighbours. The one place where it becomes
    /// zero; what is absent or could not be read never does.
    fn zero(&self, figure: &Figure, table: Option<&str>) -> Printed {
        match figure.measure {
            Measure::Count => Printed::count(0),
            Measure::Score => Printed { mantissa: 0, decimals: 2, unit: Unit::Point },
            Measure::Growth(_) | Measure::Share { .. } | Measure::Completion(_) => {
                Printed { mantissa: 0, decimals: 2, unit: Unit::Percent }
            }
            Measure::Amount | Measure::Change(_) => {
                let unit = [Unit::WanYuan, Unit::Yuan, Unit::YiYuan]
                    .into_iter()
                    .find(|unit| self.by_table.contains_key(&(table, *unit)))
                    .unwrap_or(Unit::WanYuan);
                Printed { mantissa: 0, decimals: USUAL_DECIMALS, unit }
            }
        }
    }
}
