//! How far what was reached is from what was aimed at.

use juesuan_model::{Number, Operator};

use crate::aim::Aim;
use crate::steps::digits;
use crate::unit::in_unit_of;

/// What was reached, held against the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Whether the target was reached.
    pub met: bool,
    /// If not: the share of the points, from 0 to 1, and how it is computed (`×15÷18`; empty for none at all). `None` where
    /// nothing is in proportion.
    pub share: Option<(Number, String)>,
    /// `18天>15天（反向指标）`.
    pub relation: String,
}

impl Reach {
    /// The relation and what it says: `85%<90%，未达到指标值`.
    pub fn compared(&self) -> String {
        format!("{}，{}指标值", self.relation, if self.met { "达到" } else { "未达到" })
    }
}

/// Holds what was reached against the target; `Err` says in Chinese why nobody can.
pub(crate) fn reach(aim: &Aim, reached: Option<&Aim>) -> Result<Reach, String> {
    let Some(reached) = reached.filter(|reached| !reached.text.trim().is_empty()) else {
        return Err("没有完成值，无法计分".to_owned());
    };
    let (Some(operator), Some(low)) = (aim.operator, aim.low) else {
        return Err(format!("指标值“{}”不是数字，无法按数字计分", aim.text));
    };
    if reached.number().is_none() {
        return Err(format!("完成值“{}”不是一个确定的数字，无法与指标值“{}”比较", reached.text, aim.text));
    }
    let Some(value) = in_unit_of(aim, reached) else {
        return Err(format!("完成值“{}”与指标值“{}”的单位不同，无法比较", reached.text, aim.text));
    };
    let shown = if reached.unit == aim.unit {
        format!("{}{}", digits(value), aim.unit)
    } else {
        format!("{}（{}{}）", reached.text, digits(value), aim.unit)
    };
    let high = aim.high.unwrap_or(low);
    let sign = |bound: Number| match value.cmp(&bound) {
        std::cmp::Ordering::Less => "<",
        std::cmp::Ordering::Equal => "=",
        std::cmp::Ordering::Greater => ">",
    };
    let bound = format!("{}{}", digits(low), aim.unit);
    let (met, relation, share) = match operator {
        Operator::AtLeast | Operator::MoreThan | Operator::Exactly => {
            let met = if operator == Operator::MoreThan { value > low } else { value >= low };
            let word = if met && operator == Operator::AtLeast { "≥" } else { sign(low) };
            (met, format!("{shown}{word}{bound}"), grown(value, low))
        }
        Operator::AtMost | Operator::LessThan => {
            let met = if operator == Operator::LessThan { value < low } else { value <= low };
            let word = if met && operator == Operator::AtMost { "≤" } else { sign(low) };
            (met, format!("{shown}{word}{bound}（反向指标）"), shrunk(value, low))
        }
        Operator::Between => {
            let range = format!("{}—{}{}", digits(low), digits(high), aim.unit);
            if value < low {
                (false, format!("{shown}<{bound}（区间{range}）"), grown(value, low))
            } else if value > high {
                (false, format!("{shown}>{}{}（区间{range}）", digits(high), aim.unit), shrunk(value, high))
            } else {
                (true, format!("{shown}在{range}之内"), None)
            }
        }
    };
    Ok(Reach { met, share: if met { None } else { share }, relation })
}

/// The share of what should have been at least `aim`.
fn grown(value: Number, aim: Number) -> Option<(Number, String)> {
    if !value.is_negative() && !aim.is_zero() && !aim.is_negative() {
        return quotient(value, aim);
    }
    // A fall of 10 % where 5 % were allowed.
    if aim.is_negative() { quotient(aim, value) } else { nothing() }
}

/// The share of what should have been at most `aim`.
fn shrunk(value: Number, aim: Number) -> Option<(Number, String)> {
    if aim.is_negative() {
        // A fall of 3 % where 5 % were aimed at.
        return if value.is_negative() { quotient(value, aim) } else { nothing() };
    }
    if aim.is_zero() { nothing() } else { quotient(aim, value) }
}

fn nothing() -> Option<(Number, String)> {
    Some((Number::ZERO, String::new()))
}

fn quotient(part: Number, whole: Number) -> Option<(Number, String)> {
    let absolute = |number: Number| if number.is_negative() { Number::ZERO.minus(number) } else { Some(number) };
    let (part, whole) = (absolute(part)?, absolute(whole)?);
    Some((part.over(whole)?, format!("×{}÷{}", digits(part), digits(whole))))
}
