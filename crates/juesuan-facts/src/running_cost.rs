//! 机关运行经费: what the units that have it spend on running themselves.

use juesuan_catalog::RunningCost;
use juesuan_model::UnitKind;

use crate::Amount;

/// 机关运行经费 of units: the sum of what `spent` tells of each unit whose kind has it. `spent` is asked for what the rule
/// counts, of one unit or, with `None`, of all of them. No unit that has it: nothing. `None`: no units, or a part is not known.
pub fn running_cost<U: Copy>(
    rule: &RunningCost,
    units: &[(U, UnitKind)],
    mut spent: impl FnMut(Option<U>) -> Option<Amount>,
) -> Option<Amount> {
    let having: Vec<U> = units.iter().filter(|(_, kind)| rule.kinds.contains(kind)).map(|(unit, _)| *unit).collect();
    if units.is_empty() {
        return None;
    }
    // Where all units have it, what is not told by unit is known all the same.
    if having.len() == units.len() {
        return spent(None);
    }
    let amounts: Option<Vec<Amount>> = having.into_iter().map(|unit| spent(Some(unit))).collect();
    Amount::sum(&amounts?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::Money;

    const OFFICE: (&str, UnitKind) = ("局机关", UnitKind::Administrative);
    const TEAM: (&str, UnitKind) = ("执法队", UnitKind::CivilServiceLike);
    const SCHOOL: (&str, UnitKind) = ("学校", UnitKind::Institution);

    fn asked(units: &[(&'static str, UnitKind)]) -> (Vec<Option<&'static str>>, Option<Amount>) {
        let rule =
            RunningCost { kinds: vec![UnitKind::Administrative, UnitKind::CivilServiceLike], ..RunningCost::default() };
        let mut of = Vec::new();
        let cost = running_cost(&rule, units, |unit| {
            of.push(unit);
            Some(Amount::Exact(Money::from_yuan(1)))
        });
        (of, cost)
    }

    #[test]
    fn only_units_of_the_kinds_that_have_it_are_asked() {
        let yuan = |yuan| Some(Amount::Exact(Money::from_yuan(yuan)));
        assert_eq!(asked(&[OFFICE, TEAM]), (vec![None], yuan(1)));
        assert_eq!(asked(&[OFFICE, SCHOOL, TEAM]), (vec![Some("局机关"), Some("执法队")], yuan(2)));
        assert_eq!(asked(&[SCHOOL]), (vec![], yuan(0)));
        assert_eq!(asked(&[]), (vec![], None));
    }

    #[test]
    fn a_unit_of_which_nothing_is_known_leaves_the_whole_unknown() {
        let rule = RunningCost { kinds: vec![UnitKind::Administrative], ..RunningCost::default() };
        assert_eq!(running_cost(&rule, &[OFFICE, SCHOOL], |_| None), None);
    }
}
