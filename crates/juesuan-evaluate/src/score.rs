//! Points: of one indicator, of the execution of the budget, of all.
//!
//! The points of a line are rounded once, to the digits of the profile; the total adds the rounded points, so that a reader
//! can add them up. What is not known has no points: never zero.

use juesuan_catalog::{FarOver, MethodWords, PerformanceCatalog, Profile, Tier};
use juesuan_model::{Number, Operator};
use juesuan_text::plain;

use crate::aim::Aim;
use crate::reach::{Reach, reach};
use crate::steps::digits;

/// Digits behind the point of a rate in an explanation.
const RATE_DECIMALS: u8 = 2;
/// 元 in 万元.
const WAN: Number = Number::whole(10_000);

/// Whether what was aimed at was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Met {
    /// It was.
    Met,
    /// It was not.
    Unmet,
    /// Nobody can say.
    #[default]
    Unknown,
}

/// The points of a line and how they came about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// Points, rounded; `None` if they are not known.
    pub points: Option<Number>,
    /// Whether what was aimed at was reached; known also where no points are given.
    pub met: Met,
    /// One line for people, with the figures: `18天>15天（反向指标），5分×15÷18=4.17分`. Of points that are not known: why.
    pub steps: String,
}

impl Scored {
    fn unknown(met: Met, steps: impl Into<String>) -> Scored {
        Scored { points: None, met, steps: steps.into() }
    }
}

/// How points are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// In proportion, in the direction of the operator.
    #[default]
    Ratio,
    /// All or nothing.
    AllOrNothing,
    /// By the degrees of the profile.
    Tiers,
    /// As somebody judged.
    Judged,
}

impl Method {
    /// The method that a word stands for; `None` for a word that stands for none.
    pub fn of(word: &str, words: &MethodWords) -> Option<Method> {
        let word = word.trim();
        let known = [
            (Method::Ratio, &words.ratio),
            (Method::AllOrNothing, &words.all_or_nothing),
            (Method::Tiers, &words.tiers),
            (Method::Judged, &words.judged),
        ];
        known.into_iter().find(|(_, own)| own.iter().any(|other| other == word)).map(|(method, _)| method)
    }

    /// The method where none is named: in proportion for numbers, by degrees for words.
    pub fn usual(aim: &Aim) -> Method {
        if aim.is_number() { Method::Ratio } else { Method::Tiers }
    }
}

/// An indicator that gets points.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Third-level indicator, for people.
    pub name: &'a str,
    /// What was aimed at.
    pub aim: &'a Aim,
    /// What was reached; `None`: not known.
    pub reached: Option<&'a Aim>,
    /// Points at most; `None`: the form gives no points.
    pub weight: Option<Number>,
    /// How points are given.
    pub method: Method,
    /// Degree or share, of what is judged in words: `部分达成`, `85%`, `部分达成 70%`; may be empty.
    pub tier: &'a str,
    /// Points that somebody judged.
    pub given: Option<Number>,
}

/// The points of an indicator.
pub fn line(line: &Line<'_>, profile: &Profile) -> Scored {
    if line.weight.is_some_and(Number::is_negative) {
        return Scored::unknown(Met::Unknown, "分值小于0，无法计分");
    }
    match line.method {
        Method::Ratio => in_proportion(line, profile),
        Method::AllOrNothing => all_or_nothing(line, profile),
        Method::Tiers => by_tier(line, profile),
        Method::Judged => judged(line, profile),
    }
}

/// The points for the execution of a project's budget. `budget` and `executed` are in 元.
pub fn execution(budget: Option<Number>, executed: Option<Number>, profile: &Profile) -> Scored {
    execution_of(budget, executed, Number::whole(profile.execution), profile)
}

/// The same with points of its own: of the whole department ([`Profile::whole_execution`]) or of a form that prints them.
pub fn execution_of(budget: Option<Number>, executed: Option<Number>, weight: Number, profile: &Profile) -> Scored {
    let (Some(budget), Some(executed)) = (budget, executed) else {
        let what = if budget.is_none() { "全年预算数" } else { "执行数" };
        return Scored::unknown(Met::Unknown, format!("没有{what}，无法计算执行率"));
    };
    if budget.is_zero() {
        return Scored::unknown(Met::Unknown, "全年预算数为0，执行率没有意义，不计分");
    }
    if budget.is_negative() || executed.is_negative() {
        return Scored::unknown(Met::Unknown, "预算数或执行数小于0，无法计算执行率");
    }
    let wan = |yuan: Number| yuan.over(WAN).map(|wan| format!("{}万元", digits(wan)));
    let computed = executed.percent_of(budget).zip(wan(executed).zip(wan(budget)));
    let Some((rate, (executed_wan, budget_wan))) = computed else {
        return Scored::unknown(Met::Unknown, "数字过大，无法计算");
    };
    let capped = rate.min(Number::HUNDRED);
    let points = weight.times(capped).and_then(|points| points.over(Number::HUNDRED));
    let Some(points) = points.and_then(|points| points.rounded(profile.decimals)) else {
        return Scored::unknown(Met::Unknown, "数字过大，无法计算");
    };
    let shown = rate.digits(RATE_DECIMALS);
    let over = if rate > Number::HUNDRED { "，超过100%，按100%计" } else { "" };
    let steps = format!(
        "{executed_wan}÷{budget_wan}={shown}%{over}，{}分×{}%={}分",
        digits(weight),
        capped.digits(RATE_DECIMALS),
        digits(points)
    );
    let met = if rate >= Number::HUNDRED { Met::Met } else { Met::Unmet };
    Scored { points: Some(points), met, steps }
}

/// All points; `None` if any of them is not known, or if there are none.
pub fn total(execution: Option<&Scored>, lines: &[Scored]) -> Option<Number> {
    let mut all = execution.into_iter().chain(lines);
    let first = all.next()?.points?;
    all.try_fold(first, |sum, scored| sum.plus(scored.points?))
}

/// The grade of a total; `None` outside 0 to 100.
pub fn grade<'p>(total: Number, catalog: &'p PerformanceCatalog, variant: &str) -> Option<&'p str> {
    if total.is_negative() || total > Number::HUNDRED {
        return None;
    }
    catalog.grades(variant).iter().find(|band| total >= Number::whole(band.from)).map(|band| band.word.as_str())
}

/// The most that a total can be where execution gives points in proportion: 100 − w · (1 − r), `rate` in percent.
pub fn highest_possible(rate: Number, execution_weight: Number) -> Option<Number> {
    let lost = Number::HUNDRED.minus(rate.min(Number::HUNDRED))?.times(execution_weight)?.over(Number::HUNDRED)?;
    Number::HUNDRED.minus(lost)
}

/// What was reached in percent of the target, if the profile asks whether so much means that the target was too low. Only
/// of targets of which more is better.
pub fn far_over(aim: &Aim, reached: &Aim, profile: &Profile) -> Option<Number> {
    let bound = profile.far_over?;
    let upward = matches!(aim.operator, Some(Operator::AtLeast | Operator::MoreThan | Operator::Exactly));
    let percent = crate::unit::in_unit_of(aim, reached)?.percent_of(aim.number()?)?;
    (upward && percent > Number::whole(bound.percent)).then_some(percent)
}

fn in_proportion(line: &Line<'_>, profile: &Profile) -> Scored {
    let reach = match reach(line.aim, line.reached) {
        Ok(reach) => reach,
        Err(why) => return Scored::unknown(Met::Unknown, why),
    };
    let met = if reach.met { Met::Met } else { Met::Unmet };
    let Some(weight) = line.weight else { return Scored::unknown(met, reach.compared()) };
    if reach.met {
        return full(line, weight, &reach, profile);
    }
    let Some((share, shown)) = &reach.share else {
        return Scored::unknown(met, format!("{}，这样的指标值不能按比例计分", reach.compared()));
    };
    let Some(points) = weight.times(*share).and_then(|points| points.rounded(profile.decimals)) else {
        return Scored::unknown(met, "数字过大，无法计算");
    };
    let steps = if shown.is_empty() {
        format!("{}，得0分（满分{}分）", reach.relation, digits(weight))
    } else {
        format!("{}，{}分{shown}={}分", reach.relation, digits(weight), digits(points))
    };
    Scored { points: Some(points), met, steps }
}

/// The target was reached: all points, but what lies far above it may say that it was too low.
fn full(line: &Line<'_>, weight: Number, reach: &Reach, profile: &Profile) -> Scored {
    let over = line.reached.and_then(|reached| far_over(line.aim, reached, profile)).zip(profile.far_over);
    let mut steps = format!("{}，得满分{}分", reach.compared(), digits(weight));
    let mut points = weight;
    if let Some((percent, bound)) = over {
        let shown = percent.digits(RATE_DECIMALS);
        let lowered = weight.times(Number::whole(bound.percent)).and_then(|points| points.over(percent));
        match lowered.filter(|_| bound.deduct).and_then(|points| points.rounded(profile.decimals)) {
            Some(lowered) => {
                let (weight, most) = (digits(weight), bound.percent);
                steps = format!(
                    "{}，为指标值的{shown}%，超过{most}%，{weight}分×{most}÷{shown}={}分",
                    reach.compared(),
                    digits(lowered)
                );
                points = lowered;
            }
            None => steps.push_str(&excess(percent, bound)),
        }
    }
    rounded(points, Met::Met, steps, profile)
}

/// What is said of a result so far above its target.
pub fn excess(percent: Number, bound: FarOver) -> String {
    format!("；为指标值的{}%，超过{}%，请说明指标值是否定低了", percent.digits(RATE_DECIMALS), bound.percent)
}

fn all_or_nothing(line: &Line<'_>, profile: &Profile) -> Scored {
    let (met, compared) = match reach(line.aim, line.reached) {
        Ok(reach) => (reach.met, reach.compared()),
        Err(why) => match same_words(line) {
            Some(steps) => (true, steps),
            None => return Scored::unknown(Met::Unknown, why),
        },
    };
    let word = if met { Met::Met } else { Met::Unmet };
    let Some(weight) = line.weight else { return Scored::unknown(word, compared) };
    if met {
        rounded(weight, word, format!("{compared}，得满分{}分", digits(weight)), profile)
    } else {
        rounded(Number::ZERO, word, format!("{compared}，得0分（满分{}分）", digits(weight)), profile)
    }
}

/// What was reached is worded as what was aimed at.
fn same_words(line: &Line<'_>) -> Option<String> {
    let reached = line.reached?;
    let text = plain(&line.aim.text);
    let same = !text.is_empty() && !line.aim.is_number() && plain(&reached.text) == text;
    same.then(|| format!("完成情况“{}”与指标值一致", reached.text))
}

fn by_tier(line: &Line<'_>, profile: &Profile) -> Scored {
    let entry = if line.tier.trim().is_empty() { line.reached.map_or("", |reached| &reached.text) } else { line.tier };
    let Some((band, share)) = degree(entry, profile) else {
        return match same_words(line).filter(|_| line.tier.trim().is_empty()) {
            Some(steps) => with_share(line, Number::HUNDRED, Met::Met, &steps, profile),
            None if entry.trim().is_empty() => Scored::unknown(Met::Unknown, "没有等级，也没有完成值，无法计分"),
            None => Scored::unknown(Met::Unknown, format!("“{entry}”不是本计分方案的等级（{}）", tiers(profile))),
        };
    };
    let (from, upto) = (Number::whole(band.from), Number::whole(band.upto));
    if share > upto || share < from {
        return Scored::unknown(
            Met::Unknown,
            format!("“{}”应在{}%到{}%之间，写的是{}%", band.name, band.upto, band.from, digits(share)),
        );
    }
    let met = if profile.tier.first().is_some_and(|best| best.name == band.name) { Met::Met } else { Met::Unmet };
    with_share(line, share, met, &format!("{}（{}%—{}%）", band.name, band.upto, band.from), profile)
}

fn with_share(line: &Line<'_>, share: Number, met: Met, why: &str, profile: &Profile) -> Scored {
    let Some(weight) = line.weight else { return Scored::unknown(met, why) };
    let points = weight.times(share).and_then(|points| points.over(Number::HUNDRED));
    match points.and_then(|points| points.rounded(profile.decimals)) {
        Some(points) => {
            let steps = format!("{why}，{}分×{}%={}分", digits(weight), digits(share), digits(points));
            Scored { points: Some(points), met, steps }
        }
        None => Scored::unknown(met, "数字过大，无法计算"),
    }
}

/// The degree of an entry and its share in percent: that of the entry, else the upper end of the band.
fn degree<'p>(entry: &str, profile: &'p Profile) -> Option<(&'p Tier, Number)> {
    let entry = plain(entry);
    let word: String = entry.chars().take_while(|c| !c.is_ascii_digit() && *c != '-').collect();
    let share = match entry.strip_prefix(word.as_str()).filter(|rest| !rest.is_empty()) {
        Some(rest) => Some(Number::parse(rest.trim_end_matches([')', '%']))?).filter(|_| rest.contains('%')),
        None => None,
    };
    if share.is_none() && word != entry {
        return None;
    }
    let word = word.trim_matches(['(', ')', ':', ',', '=']);
    if word.is_empty() {
        let share = share?;
        let band = profile.tier.iter().find(|tier| share >= Number::whole(tier.from))?;
        return Some((band, share));
    }
    let band = profile.tier.iter().find(|tier| tier.name == word || tier.words.iter().any(|own| own == word))?;
    Some((band, share.unwrap_or(Number::whole(band.upto))))
}

fn tiers(profile: &Profile) -> String {
    profile.tier.iter().map(|tier| tier.name.as_str()).collect::<Vec<_>>().join("、")
}

fn judged(line: &Line<'_>, profile: &Profile) -> Scored {
    let Some(weight) = line.weight else {
        return Scored::unknown(Met::Unknown, "没有分值，评定的得分无法核对");
    };
    let Some(given) = line.given else { return Scored::unknown(Met::Unknown, "没有填写评定的得分") };
    if given.is_negative() || given > weight {
        let (given, weight) = (digits(given), digits(weight));
        return Scored::unknown(Met::Unknown, format!("评定的得分{given}分不在0到分值{weight}分之间"));
    }
    let met = if given == weight { Met::Met } else { Met::Unmet };
    rounded(given, met, format!("评定得{}分（满分{}分）", digits(given), digits(weight)), profile)
}

fn rounded(points: Number, met: Met, steps: String, profile: &Profile) -> Scored {
    match points.rounded(profile.decimals) {
        Some(points) => Scored { points: Some(points), met, steps },
        None => Scored::unknown(met, "数字过大，无法计算"),
    }
}

#[cfg(test)]
mod tests;
