//! Lights of the monitoring during the year (双监控): of targets and of money.

use juesuan_catalog::{LightKey, Monitor};
use juesuan_model::{Number, Operator};
use juesuan_text::plain;

use crate::aim::Aim;
use crate::reach::reach;
use crate::steps::digits;
use crate::unit::in_unit_of;

/// Months of a year.
const MONTHS: i64 = 12;
/// Digits behind the point of what a month asks.
const DECIMALS: u8 = 2;
/// 元 in 万元.
const WAN: Number = Number::whole(10_000);

/// A light and why it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Light {
    /// Which one; `None`: nobody can say.
    pub key: Option<LightKey>,
    /// As printed; empty if nobody can say.
    pub word: String,
    /// What was reached in percent of what the month asks, where that is asked.
    pub percent: Option<Number>,
    /// One line for people, with the figures; of a light that is not known: why.
    pub steps: String,
}

/// The light of a target at the end of `month` (1 to 12). More is better: what was reached is held against what was
/// `planned` until then, else against the target as far as the month asks for it: whole for a rate, × month ÷ 12 for
/// everything else. Less is better, or a range: green inside, red outside. Words: by the words of the catalogue.
pub fn light(aim: &Aim, reached: Option<&Aim>, planned: Option<&Aim>, month: u8, monitor: &Monitor) -> Light {
    let Some(reached) = reached.filter(|reached| !reached.text.trim().is_empty()) else {
        return unknown("没有填写完成情况");
    };
    let Some(operator) = aim.operator.filter(|_| reached.is_number()) else {
        return of_words(aim, reached, monitor);
    };
    if matches!(operator, Operator::AtMost | Operator::LessThan | Operator::Between) {
        return match reach(aim, Some(reached)) {
            Ok(reach) => {
                let key = if reach.met { LightKey::Green } else { LightKey::Red };
                shown(key, None, reach.relation, monitor)
            }
            Err(why) => unknown(why),
        };
    }
    let (Some(target), Some(value)) = (aim.number(), in_unit_of(aim, reached)) else {
        return unknown(format!("完成值“{}”与指标值“{}”的单位不同，无法比较", reached.text, aim.text));
    };
    if let Some(planned) = planned {
        return match in_unit_of(aim, planned) {
            Some(planned) => of_asked(value, planned, &aim.unit, monitor),
            None => unknown(format!("计划值“{}”与指标值“{}”的单位不同，无法比较", planned.text, aim.text)),
        };
    }
    if monitor.steady.contains(&aim.unit) {
        return of_asked(value, target, &aim.unit, monitor);
    }
    by_month(value, target, month, &aim.unit, monitor)
}

/// The light of the money at the end of `month` (1 to 12): spent against budget × month ÷ 12, both in 元.
pub fn spending(executed: Option<Number>, budget: Option<Number>, month: u8, monitor: &Monitor) -> Light {
    let (Some(executed), Some(budget)) = (executed, budget) else {
        return unknown(if budget.is_none() { "没有全年预算数" } else { "没有执行数" });
    };
    match executed.over(WAN).zip(budget.over(WAN)) {
        Some((executed, budget)) => by_month(executed, budget, month, "万元", monitor),
        None => unknown("数字过大，无法计算"),
    }
}

fn by_month(value: Number, target: Number, month: u8, unit: &str, monitor: &Monitor) -> Light {
    let month = i64::from(month);
    if !(1..=MONTHS).contains(&month) {
        return unknown(format!("月份应为1到12，写的是{month}"));
    }
    let asked = target.times(Number::whole(month)).and_then(|whole| whole.over(Number::whole(MONTHS)));
    let Some((asked, percent)) = asked.and_then(|asked| Some((asked, value.percent_of(asked)?))) else {
        return unknown("全年目标为0，没有进度可比");
    };
    let asked = format!("（{}{unit}×{month}÷12={}{unit}）", digits(target), asked.digits(DECIMALS));
    banded(value, &asked, percent, unit, monitor)
}

/// What was reached against all of what is asked.
fn of_asked(value: Number, asked: Number, unit: &str, monitor: &Monitor) -> Light {
    match value.percent_of(asked) {
        None if asked.is_zero() => shown(LightKey::Green, None, "到这个月还没有要求".to_owned(), monitor),
        Some(percent) => banded(value, &format!("{}{unit}", digits(asked)), percent, unit, monitor),
        None => unknown("应达到的数小于0，没有进度可比"),
    }
}

fn banded(value: Number, asked: &str, percent: Number, unit: &str, monitor: &Monitor) -> Light {
    let Some(band) = monitor.band.iter().find(|band| percent >= Number::whole(band.from)).or(monitor.band.last())
    else {
        return unknown("目录没有规定亮灯的档次");
    };
    let steps = format!("{}{unit}÷{asked}={}%", digits(value), percent.digits(DECIMALS));
    shown(band.key, Some(percent), steps, monitor)
}

fn of_words(aim: &Aim, reached: &Aim, monitor: &Monitor) -> Light {
    let text = plain(&reached.text);
    let state = monitor.state.iter().find(|state| state.words.contains(&text));
    match state.map(|state| state.key) {
        Some(key) => shown(key, None, reached.text.clone(), monitor),
        None if !aim.text.is_empty() && text == plain(&aim.text) => {
            shown(LightKey::Green, None, format!("完成情况“{}”与指标值一致", reached.text), monitor)
        }
        None => unknown(format!("完成情况“{}”无法判断进度，请写数字，或写达成、部分达成、未达成", reached.text)),
    }
}

fn shown(key: LightKey, percent: Option<Number>, steps: String, monitor: &Monitor) -> Light {
    let word = monitor.band.iter().find(|band| band.key == key).map_or_else(String::new, |band| band.word.clone());
    Light { key: Some(key), word, percent, steps }
}

fn unknown(why: impl Into<String>) -> Light {
    Light { steps: why.into(), ..Light::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aim::aimed;
    use juesuan_catalog::Catalog;

    fn monitor() -> Monitor {
        Catalog::load(&[]).unwrap().performance.monitor
    }

    #[test]
    fn the_light_follows_the_part_of_the_year_that_is_over() {
        let monitor = monitor();
        let of = |reached: &str| light(&aimed("≥120件"), Some(&aimed(reached)), None, 6, &monitor).word;
        assert_eq!(of("35件"), "红灯");
        assert_eq!(of("36件"), "黄灯");
        assert_eq!(of("48件"), "绿灯");
        assert_eq!(of("71件"), "绿灯");
        assert_eq!(of("72件"), "蓝灯");
        let steps = light(&aimed("≥120件"), Some(&aimed("35件")), None, 6, &monitor).steps;
        assert_eq!(steps, "35件÷（120件×6÷12=60件）=58.33%");
    }

    #[test]
    fn a_rate_is_asked_whole_and_a_planned_value_comes_before_the_calendar() {
        let monitor = monitor();
        let of = |aim: &str, reached: &str, planned: Option<&str>| {
            light(&aimed(aim), Some(&aimed(reached)), planned.map(aimed).as_ref(), 6, &monitor)
        };
        assert_eq!(of("≥90%", "88%", None).word, "绿灯");
        assert_eq!(of("≥90%", "88%", None).steps, "88%÷90%=97.78%");
        assert_eq!(of("≥9人", "7人", Some("9人")).word, "黄灯");
        assert_eq!(of("≥1个", "0个", Some("0个")).key, Some(LightKey::Green));
    }

    #[test]
    fn less_and_ranges_are_green_inside_and_red_outside_in_every_month() {
        let monitor = monitor();
        let of = |aim: &str, reached: &str| light(&aimed(aim), Some(&aimed(reached)), None, 1, &monitor).key;
        assert_eq!((of("≤15天", "15天"), of("≤15天", "16天")), (Some(LightKey::Green), Some(LightKey::Red)));
        assert_eq!((of("10—15天", "12天"), of("10—15天", "9天")), (Some(LightKey::Green), Some(LightKey::Red)));
    }

    #[test]
    fn words_have_three_lights_and_what_is_not_known_has_none() {
        let monitor = monitor();
        let of = |aim: &str, reached: &str| light(&aimed(aim), Some(&aimed(reached)), None, 6, &monitor).key;
        assert_eq!(of("健全", "健全"), Some(LightKey::Green));
        assert_eq!(of("健全", "部分达成"), Some(LightKey::Yellow));
        assert_eq!(of("≥120件", "未完成"), Some(LightKey::Red));
        for (aim, reached) in [("健全", "尚可"), ("≥120件", ""), ("≥120件", "60%"), ("≥0件", "5件")] {
            assert_eq!(of(aim, reached), None, "{aim} {reached}");
        }
        assert_eq!(light(&aimed("≥120件"), Some(&aimed("60件")), None, 13, &monitor).key, None);
    }

    #[test]
    fn money_is_held_against_the_budget() {
        let (monitor, yuan) = (monitor(), |yuan: i64| Some(Number::whole(yuan)));
        let half = spending(yuan(100_000), yuan(370_000), 6, &monitor);
        assert_eq!((half.word.as_str(), half.steps.as_str()), ("红灯", "10万元÷（37万元×6÷12=18.5万元）=54.05%"));
        assert_eq!(spending(yuan(1), yuan(0), 6, &monitor).key, None);
        assert_eq!(spending(None, yuan(1), 6, &monitor).key, None);
    }
}
