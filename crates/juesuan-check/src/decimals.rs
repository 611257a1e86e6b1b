//! What a print says with the decimals of its document: 48 is 48.00 where the others print two.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Cell, Figure, Interval, Measure, Package, Printed, Unit};

use crate::ledger::Value;

/// Decimals that amounts usually print; more are kept, fewer count as these where the table or text prints these elsewhere.
const USUAL_DECIMALS: u8 = 2;
/// Digits above which no decimals are added (they would not fit).
const LARGEST: u64 = 1_000_000_000_000_000;
/// Amounts beyond this cannot be true: 10^16 元.
const LARGEST_FEN: i128 = 1_000_000_000_000_000_000;
/// Percentages beyond this cannot be true: 10^9 %.
const LARGEST_STEPS: i128 = 1_000_000_000_000_000;

/// Amounts of running text from here on that print no decimals may be rounded to whole units.
const LARGE: u64 = 1_000;

/// Amounts with money that prove that a table or a section prints whole ones.
const WHOLE: usize = 3;

/// A table, or a section of running text.
type Scope<'a> = (Option<&'a str>, Option<&'a str>);

/// Decimals of amounts by table or section and unit, and where digits are cut off.
pub(crate) struct UsualDecimals<'a> {
    by_scope: BTreeMap<(Scope<'a>, Unit), (u8, usize)>,
    /// The same for amounts and for changes of running text, each by itself.
    by_kind: BTreeMap<(Scope<'a>, Unit, bool), (u8, usize)>,
    by_unit: BTreeMap<Unit, u8>,
    /// Units of which a section of running text proves that it prints whole amounts.
    whole_text: BTreeSet<Unit>,
    cut: BTreeSet<(bool, Unit)>,
}

fn scope(figure: &Figure) -> Scope<'_> {
    let table = figure.place.table.as_deref();
    (table, figure.place.section.as_deref().filter(|_| table.is_none()))
}

impl<'a> UsualDecimals<'a> {
    /// Those of a package.
    pub(crate) fn of(package: &'a Package) -> UsualDecimals<'a> {
        let mut usual = UsualDecimals {
            by_scope: BTreeMap::new(),
            by_kind: BTreeMap::new(),
            by_unit: BTreeMap::new(),
            whole_text: BTreeSet::new(),
            cut: BTreeSet::new(),
        };
        for figure in &package.figures {
            let Cell::Number(printed) = figure.cell else {
                continue;
            };
            if printed.unit.fen().is_none() {
                continue;
            }
            let decimals = printed.decimals.min(USUAL_DECIMALS);
            let here = usual.by_scope.entry((scope(figure), printed.unit)).or_default();
            let alike = usual.by_kind.entry((scope(figure), printed.unit, is_change(figure))).or_default();
            for known in [here, alike] {
                *known = (decimals.max(known.0), known.1 + usize::from(!printed.is_zero()));
            }
            let anywhere = usual.by_unit.entry(printed.unit).or_default();
            *anywhere = decimals.max(*anywhere);
        }
        let whole = usual.by_scope.iter().filter(|(((table, _), _), own)| table.is_none() && is_whole(**own));
        usual.whole_text = whole.map(|((_, unit), _)| *unit).collect();
        usual
    }

    /// The decimals that a table or section is known to print. Beside a section of running text that proves to print whole
    /// amounts, one with fewer amounts, all of them whole, does so too. A text may round its amounts and tell changes with decimals, or the
    /// other way round.
    fn decimals_of(&self, figure: &Figure, unit: Unit) -> Option<u8> {
        let scope = scope(figure);
        let (decimals, count) = *self.by_scope.get(&(scope, unit))?;
        let alike = self.by_kind.get(&(scope, unit, is_change(figure))).filter(|_| scope.0.is_none());
        if alike.is_some_and(|alike| is_whole(*alike)) {
            return Some(0);
        }
        let beside = scope.0.is_none() && decimals == 0 && self.whole_text.contains(&unit);
        (count >= WHOLE || beside).then_some(decimals)
    }

    /// What a figure says.
    pub(crate) fn value(&self, figure: &Figure) -> Value {
        let printed = match figure.cell {
            // 1,543,784 元 among amounts with 角 and 分 is one without them.
            Cell::Number(printed) if printed.unit == Unit::Yuan => printed,
            // 25,613 万元 in a sentence is 256,134,810 元 as well as 256,130,000 元.
            Cell::Number(printed) if is_rounded(figure, printed) => printed,
            // A table or section of whole 万元 has no decimals; two whole amounts prove nothing.
            Cell::Number(printed) if printed.unit.fen().is_some() && printed.mantissa.unsigned_abs() < LARGEST => {
                let here = self.decimals_of(figure, printed.unit);
                let usual = here.or_else(|| self.by_unit.get(&printed.unit).copied());
                printed.with_decimals_at_least(usual.unwrap_or(0))
            }
            Cell::Number(printed) => printed,
            Cell::Blank | Cell::Dash => self.zero(figure),
            Cell::Absent => return Value::Absent,
            Cell::Unreadable => return Value::Unreadable,
        };
        if printed.mantissa.unsigned_abs() >= LARGEST {
            return Value::Unreadable;
        }
        let mut interval = printed.interval();
        if self.cut.contains(&kind(figure, printed)) {
            interval = Interval {
                low: interval.low.min(cut_off(printed).low),
                high: interval.high.max(cut_off(printed).high),
            };
        }
        // No budget is that large: the digits of two figures ran together.
        let bound = if printed.unit == Unit::Percent { LARGEST_STEPS } else { LARGEST_FEN };
        if interval.low <= -bound || interval.high >= bound {
            return Value::Unreadable;
        }
        Value::Known { printed, interval }
    }

    /// Finds where digits are cut off instead of rounded: the same quantities in pairs, the coarser print first. One that only
    /// cutting explains proves it, where none speaks against it.
    pub(crate) fn learn_cuts<'f>(&mut self, pairs: impl Iterator<Item = (&'f Figure, Printed, Interval)>) {
        let mut rounded: BTreeSet<(bool, Unit)> = BTreeSet::new();
        for (figure, printed, fine) in pairs.filter(|(_, printed, _)| printed.unit.fen().is_some()) {
            match (cut_off(printed).meets(fine), printed.interval().meets(fine)) {
                (true, false) => _ = self.cut.insert(kind(figure, printed)),
                (false, true) => _ = rounded.insert(kind(figure, printed)),
                _ => {}
            }
        }
        self.cut.retain(|kind| !rounded.contains(kind));
    }

    /// True if digits are cut off anywhere.
    pub(crate) fn cuts(&self) -> bool {
        !self.cut.is_empty()
    }

    /// What a blank or a dash stands for in a form: nothing, at the precision of its neighbours. The one place where it becomes
    /// zero; what is absent or could not be read never does.
    fn zero(&self, figure: &Figure) -> Printed {
        match figure.measure {
            Measure::Count => Printed::count(0),
            Measure::Score => Printed { mantissa: 0, decimals: 2, unit: Unit::Point },
            Measure::Growth(_) | Measure::Share { .. } | Measure::Completion(_) => {
                Printed { mantissa: 0, decimals: 2, unit: Unit::Percent }
            }
            Measure::Amount | Measure::Change(_) => {
                let unit = [Unit::WanYuan, Unit::Yuan, Unit::YiYuan]
                    .into_iter()
                    .find(|unit| self.by_scope.contains_key(&(scope(figure), *unit)))
                    .unwrap_or(Unit::WanYuan);
                Printed { mantissa: 0, decimals: USUAL_DECIMALS, unit }
            }
        }
    }
}

/// True for an amount of running text that is large enough to be told in whole units, and is.
fn is_rounded(figure: &Figure, printed: Printed) -> bool {
    let money = printed.unit.fen().is_some() && printed.decimals == 0;
    money && figure.place.table.is_none() && printed.mantissa.unsigned_abs() >= LARGE
}

fn is_change(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Change(_))
}

/// True for decimals and number of amounts of what prints whole ones for certain.
fn is_whole((decimals, count): (u8, usize)) -> bool {
    decimals == 0 && count >= WHOLE
}

/// Where it stands, as far as whole documents keep to one way of rounding: tables or text, and the unit.
fn kind(figure: &Figure, printed: Printed) -> (bool, Unit) {
    (figure.place.table.is_some(), printed.unit)
}

/// The values that give this print when digits are cut off.
pub(crate) fn cut_off(printed: Printed) -> Interval {
    let (step, value) = (printed.last_place(), printed.middle());
    if printed.mantissa >= 0 {
        Interval { low: value, high: value + step - 1 }
    } else {
        Interval { low: value - step + 1, high: value }
    }
}
