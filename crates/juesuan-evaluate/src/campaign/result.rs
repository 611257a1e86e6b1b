//! One indicator: what was reached – entered, counted or computed – and its points.

use juesuan_catalog::near::nearest;
use juesuan_catalog::{Profile, ValueWords};
use juesuan_facts::performance::IndicatorRow;
use juesuan_model::{Number, Place, Problem, Unit};

use juesuan_text::unit::multiple;

use super::bounds;
use super::compute::{Computed, Computing};
use super::indicator::IndicatorLine;
use super::target::Targets;
use crate::{Aim, Line, Method, Scored, excess, far_over, line};

/// Digits behind the point of a computed value.
const DECIMALS: u8 = 2;

/// What indicators are judged by.
#[derive(Clone, Copy)]
pub struct Judging<'a> {
    /// What is computed.
    pub computing: Computing<'a>,
    /// The scheme of points.
    pub profile: &'a Profile,
    /// Targets and their changes.
    pub targets: &'a Targets,
}

impl Judging<'_> {
    /// The indicator of a row. `project` is empty for the whole; `evidence` are the paths of what proves it.
    pub fn indicator(
        &self,
        row: &IndicatorRow,
        project: &str,
        evidence: Vec<String>,
        problems: &mut Vec<Problem>,
    ) -> IndicatorLine {
        let record = &row.record;
        let words = &self.computing.catalog.performance.values;
        let (aim, approved) = self.targets.of(project, &row.path[2], record.text("target"), words);
        let (reached, formula) = self.reached(row, project, &aim, problems);
        let reached = reached.and_then(|reached| comparable(&aim, reached, words, &record.place("actual"), problems));
        let shares = &self.computing.catalog.performance.shares;
        bounds::check(row, &aim, reached.as_ref(), shares, problems);
        let weight = number(row, "weight", problems);
        let given = number(row, "points", problems);
        let method = self.method(row, &aim, problems);
        let tier = record.text("tier");
        let name = &row.path[2];
        let judged = given.filter(|_| method == Method::Judged);
        let scored = line(
            &Line { name, aim: &aim, reached: reached.as_ref(), weight, method, tier, given: judged },
            self.profile,
        );
        if method != Method::Judged {
            given_differs(row, given, &scored, problems);
        }
        let waits = scored.points.is_none() && weight.is_some();
        let lacks =
            waiting(method, reached.is_some()).iter().find(|key| waits && record.filled(key).is_none()).copied();
        let outdone = reached.as_ref().and_then(|reached| far_over(&aim, reached, self.profile));
        let line = IndicatorLine {
            path: row.path.clone(),
            class: record.text("class").to_owned(),
            point: record.text("point").to_owned(),
            aim,
            approved,
            reached,
            weight,
            method,
            scored,
            formula,
            lacks,
            reason: record.text("reason").to_owned(),
            far_over: outdone.is_some(),
            evidence,
            place: record.row_place(),
        };
        if let Some((percent, bound)) = outdone.zip(self.profile.far_over)
            && line.owes_reason(&shares.nothing)
        {
            let value = line.reached.as_ref().map_or("", |reached| reached.text.as_str());
            let message = format!("“{}” {value}{}", line.name(), excess(percent, bound));
            problems.push(Problem::doubt(record.place("reason"), message));
        }
        line
    }

    /// What was reached, and how it was computed.
    fn reached(
        &self,
        row: &IndicatorRow,
        project: &str,
        aim: &Aim,
        problems: &mut Vec<Problem>,
    ) -> (Option<Aim>, String) {
        let record = &row.record;
        let words = &self.computing.catalog.performance.values;
        let typed = record.filled("actual").map(|text| Aim::parse(text, words));
        let asked = record.filled("computed");
        let computed = match asked {
            Some(name) => match self.computing.named(name, project) {
                Some(computed) => computed,
                None => {
                    let rates = self.computing.catalog.performance.rates.iter().map(|rate| rate.key.clone());
                    let known: Vec<String> = self.computing.count_names().into_iter().chain(rates).collect();
                    let near = nearest(name, known.iter().map(String::as_str));
                    let message = format!("没有“{name}”这个计数或比率{near}；请改正取数，或空着并填写实际完成值");
                    problems.push(Problem::contradiction(record.place("computed"), message));
                    return (None, format!("读不到：没有“{name}”这个计数或比率"));
                }
            },
            None => match self.computing.rate(&row.path[2], project) {
                Some(computed) => computed,
                None => return (typed, String::new()),
            },
        };
        let Some(value) = computed.value else {
            return missing(row, typed, asked.is_some(), computed.formula, problems);
        };
        let unit = if computed.unit == "个" && !aim.unit.is_empty() { &aim.unit } else { &computed.unit };
        let reached = Aim::parse(&format!("{}{unit}", value.digits(DECIMALS)), words);
        if let Some(typed) = typed {
            differs(row, &typed, value, &reached, &computed, problems);
        }
        (Some(reached), computed.formula)
    }

    fn method(&self, row: &IndicatorRow, aim: &Aim, problems: &mut Vec<Problem>) -> Method {
        let Some(word) = row.record.filled("method") else { return Method::usual(aim) };
        let words = &self.computing.catalog.performance.methods;
        Method::of(word, words).unwrap_or_else(|| {
            let known: Vec<&str> = [&words.ratio, &words.all_or_nothing, &words.tiers, &words.judged]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let message = format!("没有“{word}”这种计分方法；可以填：{}", known.join("、"));
            problems.push(Problem::fatal(row.record.place("method"), message));
            Method::usual(aim)
        })
    }
}

/// The columns that give the points beside what was reached: what was aimed at, the degree of what was reached, what somebody judged.
const fn waiting(method: Method, is_reached: bool) -> &'static [&'static str] {
    match method {
        Method::Tiers if is_reached => &["target", "tier"],
        Method::Ratio | Method::AllOrNothing | Method::Tiers => &["target"],
        Method::Judged => &["target", "points"],
    }
}

/// What is left where a computed value lacks an input.
fn missing(
    row: &IndicatorRow,
    typed: Option<Aim>,
    asked: bool,
    formula: String,
    problems: &mut Vec<Problem>,
) -> (Option<Aim>, String) {
    let name = &row.path[2];
    match typed {
        Some(typed) if !asked => {
            let message =
                format!("“{name}”填的是“{}”，应由账和登记表算出，{formula}，因此不能核实；请补上资料", typed.text);
            problems.push(Problem::doubt(row.record.place("actual"), message));
            (Some(typed), formula)
        }
        Some(typed) => {
            let message = format!(
                "“{name}”写明由账和登记表取数，{formula}；填的“{}”没有采用，请补上资料，或去掉取数",
                typed.text
            );
            problems.push(Problem::contradiction(row.record.place("computed"), message));
            (None, formula)
        }
        None => {
            // A reason says that people know it.
            if row.record.text("reason").is_empty() {
                let message = format!("“{name}”{formula}；完成值空着，请补上资料，或在偏差原因里说明为什么没有");
                problems.push(Problem::doubt(row.record.place("computed"), message));
            }
            (None, formula)
        }
    }
}

/// Names a typed value that is not the computed one.
fn differs(
    row: &IndicatorRow,
    typed: &Aim,
    value: Number,
    reached: &Aim,
    computed: &Computed,
    problems: &mut Vec<Problem>,
) {
    let rounded = |number: Number, decimals: u8| number.printed(Unit::Point, decimals).map(|printed| printed.mantissa);
    let decimals = typed.printed.map_or(0, |printed| printed.decimals);
    let same_unit = typed.unit.is_empty() || typed.unit == reached.unit;
    let same = typed.number().is_some_and(|number| rounded(number, decimals) == rounded(value, decimals));
    if !(same && same_unit) {
        let message = format!(
            "“{}”填的是“{}”，由账和登记表算出的是“{}”（{}）；按算出的计分，请改正填的数，或改正账和登记表",
            row.path[2], typed.text, reached.text, computed.formula
        );
        problems.push(Problem::contradiction(row.record.place("actual"), message));
    }
}

/// What was reached in the unit of the target, where the unit was left out. Another unit is named.
fn comparable(aim: &Aim, reached: Aim, words: &ValueWords, place: &Place, problems: &mut Vec<Problem>) -> Option<Aim> {
    if !aim.is_number() || !reached.is_number() || aim.unit == reached.unit {
        return Some(reached);
    }
    if !reached.unit.is_empty() {
        if aim.unit.is_empty() || !of_one_kind(&aim.unit, &reached.unit) {
            let message = format!("完成值“{}”与指标值“{}”的单位不同，不能比较；请换成同一单位", reached.text, aim.text);
            problems.push(Problem::contradiction(place.clone(), message));
        }
        return Some(reached);
    }
    let fraction = aim.unit == "%" && reached.number().is_some_and(|number| number <= Number::whole(1));
    if fraction {
        let message = format!(
            "指标值是“{}”，完成值是“{}”，没有单位，像是表格把百分数存成了小数；请写成带 % 的文字",
            aim.text, reached.text
        );
        problems.push(Problem::contradiction(place.clone(), message));
        return None;
    }
    let with_unit = Aim::parse(&format!("{}{}", reached.text, aim.unit), words);
    let message = format!("完成值“{}”没有写单位，按指标值的单位读作“{}”；请把单位写上", reached.text, with_unit.text);
    problems.push(Problem::doubt(place.clone(), message));
    Some(with_unit)
}

/// True for units of which one is a multiple of the other: 元, 万元, 亿元.
fn of_one_kind(one: &str, other: &str) -> bool {
    multiple(one).0 == multiple(other).0
}

/// Points of a cell; what is no number of 0 to 100 is named.
fn number(row: &IndicatorRow, column: &str, problems: &mut Vec<Problem>) -> Option<Number> {
    let text = row.record.filled(column)?;
    let number = Number::parse(text.trim().trim_end_matches(Unit::Point.word()));
    let possible = number.is_some_and(|number| !number.is_negative() && number <= Number::HUNDRED);
    if !possible {
        let message = format!("“{text}”不是分数；应为 0 到 100 的数，例如 10 或 7.5");
        problems.push(Problem::fatal(row.record.place(column), message));
    }
    number.filter(|_| possible)
}

/// Points that were typed and are not the computed ones.
fn given_differs(row: &IndicatorRow, given: Option<Number>, scored: &Scored, problems: &mut Vec<Problem>) {
    let (Some(given), Some(points)) = (given, scored.points) else { return };
    if given != points {
        let message = format!(
            "“{}”填的得分是 {given} 分，按计分方法是 {points} 分（{}）；得分由程序计算，请删去填的得分",
            row.path[2], scored.steps
        );
        problems.push(Problem::contradiction(row.record.place("points"), message));
    }
}
