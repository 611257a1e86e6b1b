//! Units of values: whether two can be compared, and what one is in the other.

use juesuan_model::Number;
use juesuan_text::unit::multiple;

use crate::aim::Aim;

/// A unit without what multiplies it, and by how much it does: 万元 is 元, 10,000.
fn split(unit: &str) -> (&str, Number) {
    let (unit, factor) = multiple(unit);
    (unit, Number::whole(factor))
}

/// The number of `reached` in the unit of `aim`: 5000元 in 万元 is 0.5. `None` if they count different things, or if one
/// of them is no single number.
pub(crate) fn in_unit_of(aim: &Aim, reached: &Aim) -> Option<Number> {
    let ((unit, factor), (other, other_factor)) = (split(&aim.unit), split(&reached.unit));
    if unit != other {
        return None;
    }
    reached.number()?.times(other_factor)?.over(factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aim::aimed;

    #[test]
    fn multiples_of_one_unit_are_compared_and_different_units_are_not() {
        let of = |aim: &str, reached: &str| in_unit_of(&aimed(aim), &aimed(reached)).map(|n| n.to_string());
        assert_eq!(of("≤1万元", "5000元").as_deref(), Some("0.5"));
        assert_eq!(of("≥12000人", "1.2万人").as_deref(), Some("12000"));
        assert_eq!(of("≥90%", "90个"), None);
        assert_eq!(of("≥90%", "90"), None);
        assert_eq!(of("≥90%", "80%~90%"), None);
    }
}
