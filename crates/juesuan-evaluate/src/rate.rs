//! Rates that are computed from the accounts and registers, and never typed.

use juesuan_catalog::{Operand, OperandSource, RateSpec, RateWay};
use juesuan_model::{Meaning, Number};

/// Digits behind the point of a rate in its formula.
const DECIMALS: u8 = 2;

/// A rate with the line that explains it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// In percent, exact; `None` if a number is not known, or if it is a rate of nothing.
    pub value: Option<Number>,
    /// With the figures: `70.99÷102.47×100%=69.28%`. Of a rate of nothing: that it is one. Empty if a number is not known.
    pub formula: String,
    /// Names of the numbers that are not known, of the way that comes first.
    pub missing: Vec<String>,
}

/// Computes a rate the first way of which both numbers are known. `amount` gives the value of a figure and how it is
/// printed; `count` the value of a count. Both numbers of a way are in one unit. A whole of zero has no rate: never 100 %.
pub fn rate(
    spec: &RateSpec,
    amount: &dyn Fn(&Meaning) -> Option<(Number, String)>,
    count: &dyn Fn(&str) -> Option<Number>,
) -> Rate {
    let value = |operand: &Operand| match operand.source() {
        OperandSource::Count(key) => count(key).map(|number| (number, number.to_string())),
        OperandSource::Figure(meaning) => amount(meaning),
    };
    let known = |way: &RateWay| Some((value(&way.part)?, value(&way.whole)?));
    if let Some((part, whole)) = spec.way.iter().find_map(known) {
        return of(spec, part, whole);
    }
    let Some(first) = spec.way.first() else { return Rate::default() };
    let missing = [&first.part, &first.whole].into_iter().filter(|operand| value(operand).is_none());
    Rate { missing: missing.map(|operand| operand.name.clone()).collect(), ..Rate::default() }
}

fn of(spec: &RateSpec, (part, part_shown): (Number, String), (whole, whole_shown): (Number, String)) -> Rate {
    if whole.is_zero() {
        return Rate { formula: spec.zero.clone(), ..Rate::default() };
    }
    let (taken, shown) = match (spec.less, part < whole && spec.absolute) {
        (true, false) => (part.minus(whole), format!("（{part_shown}-{whole_shown}）")),
        (true, true) => (whole.minus(part), format!("|{part_shown}-{whole_shown}|")),
        (false, _) => (Some(part), part_shown),
    };
    let Some(value) = taken.and_then(|taken| taken.percent_of(whole)) else {
        return Rate { formula: format!("{shown}÷{whole_shown}没有意义"), ..Rate::default() };
    };
    let formula = format!("{shown}÷{whole_shown}×100%={}%", value.digits(DECIMALS));
    Rate { value: Some(value), formula, missing: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;
    use juesuan_model::Dimension;

    fn computed(key: &str, amounts: &[(&str, &str)], counts: &[(&str, i64)]) -> Rate {
        let catalog = Catalog::load(&[]).unwrap();
        let amount = |meaning: &Meaning| {
            let (_, digits) = amounts.iter().find(|(name, _)| *name == meaning.to_string())?;
            Some((Number::parse(digits)?, (*digits).to_owned()))
        };
        let count = |key: &str| counts.iter().find(|(name, _)| *name == key).map(|(_, n)| Number::whole(*n));
        rate(catalog.performance.rate(key).unwrap(), &amount, &count)
    }

    fn shown(rate: &Rate) -> String {
        rate.value.map_or_else(|| "?".to_owned(), |value| value.digits(2))
    }

    #[test]
    fn a_rate_says_its_figures() {
        let public = [("支出·公用经费", "70.99"), ("支出·年初预算·公用经费", "102.47")];
        let rate = computed("公用经费控制率", &public, &[]);
        assert_eq!((shown(&rate).as_str(), rate.formula.as_str()), ("69.28", "70.99÷102.47×100%=69.28%"));
        let change = [("支出·全年预算", "921.96"), ("支出·年初预算", "715.58")];
        let rate = computed("预算调整率", &change, &[]);
        assert_eq!((shown(&rate).as_str(), rate.formula.as_str()), ("28.84", "（921.96-715.58）÷715.58×100%=28.84%"));
        let cut = [("支出·全年预算", "90"), ("支出·年初预算", "100")];
        assert_eq!(computed("预算调整率", &cut, &[]).formula, "|90-100|÷100×100%=10%");
        let fall = [("支出·年初预算·三公经费", "9"), ("支出·年初预算·上年·三公经费", "10")];
        assert_eq!(shown(&computed("三公经费变动率", &fall, &[])), "-10");
        assert_eq!(shown(&computed("绩效监控开展率", &[], &[("监控项目数", 11), ("项目数", 11)])), "100");
        let own = [("支出·项目支出", "14.66"), ("支出·全年预算·项目支出", "15")];
        assert_eq!(shown(&computed("资金执行率", &own, &[])), "97.73");
    }

    #[test]
    fn both_numbers_are_of_one_way() {
        let mixed =
            [("支出·全年预算", "921.96"), ("支出·年初预算·财政拨款", "715.58"), ("支出·全年预算·财政拨款", "905.31")];
        assert_eq!(computed("预算调整率", &mixed, &[]).formula, "（905.31-715.58）÷715.58×100%=26.51%");
        let rate = computed("预算调整率", &mixed[..2], &[]);
        assert_eq!((rate.value, rate.missing), (None, vec!["年初预算数".to_owned()]));
    }

    #[test]
    fn there_is_no_rate_of_nothing() {
        let rate = computed("政府采购执行率", &[("支出·政府采购", "0"), ("支出·年初预算·政府采购", "0")], &[]);
        assert_eq!((rate.value, rate.formula.as_str()), (None, "采购预算为0，执行率没有意义"));
        assert!(rate.missing.is_empty());
    }

    #[test]
    fn a_number_that_is_not_known_is_named() {
        let rate = computed("事前绩效评估完成率", &[], &[]);
        assert_eq!(rate.missing, ["本年度开展事前绩效评估数量", "新出台的重大政策和项目数量"]);
        assert!(rate.value.is_none() && rate.formula.is_empty());
    }

    #[test]
    fn every_figure_of_a_rate_names_what_is_counted() {
        let catalog = Catalog::load(&[]).unwrap();
        for spec in &catalog.performance.rates {
            for operand in spec.way.iter().flat_map(|way| [&way.part, &way.whole]) {
                let named = operand.means.get(Dimension::Item).is_some();
                assert!(named != matches!(operand.source(), OperandSource::Count(_)), "{}", spec.key);
            }
        }
    }
}
