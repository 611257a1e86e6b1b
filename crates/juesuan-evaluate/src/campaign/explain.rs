//! Points, step by step, for people.

use juesuan_model::Number;

use super::indicator::IndicatorLine;
use super::subject::Subject;
use super::year::Campaign;

/// How the points of a project (empty: the whole) came about, each on one line: execution, indicators, sum and grade. Empty
/// if there is no such project.
pub fn explain(campaign: &Campaign, project: &str) -> Vec<String> {
    let Some(subject) = campaign.subject(project) else { return Vec::new() };
    let mut lines = vec![format!("{}（计分方案 {}）", subject.name("整体"), campaign.profile)];
    if let Some(execution) = &subject.execution {
        let weight = weight(subject.execution_weight);
        lines.push(format!("预算执行（{weight}）：{}{}", execution.steps, points(execution.points)));
    }
    for line in &subject.lines {
        lines.push(of_line(line, subject.is_scored()));
    }
    lines.push(sum(subject));
    lines
}

/// One indicator: what was aimed at, how what was reached came about, and its points.
fn of_line(line: &IndicatorLine, scored: bool) -> String {
    let name = match scored {
        true => format!("{}（{}）", line.name(), weight(line.weight)),
        false => line.name().to_owned(),
    };
    let changed = line
        .approved
        .as_ref()
        .map_or(String::new(), |approved| format!("批复的指标值是 {}，调整为 {}；", approved.text, line.aim.text));
    let computed = match (&line.reached, line.formula.as_str()) {
        (_, "") => String::new(),
        (Some(_), formula) => format!("完成值由 {formula} 得出；"),
        (None, formula) => format!("完成值{formula}；"),
    };
    let points = if scored { points(line.scored.points) } else { "" };
    format!("{name}：{changed}{computed}{}{points}", line.scored.steps)
}

/// `7.79+30+…=96.8`, and the grade.
fn sum(subject: &Subject) -> String {
    let scored = subject.execution.iter().chain(subject.lines.iter().map(|line| &line.scored));
    let parts: Vec<String> =
        scored.map(|scored| scored.points.map_or_else(|| "？".to_owned(), |points| points.to_string())).collect();
    match (subject.total, &subject.grade) {
        (Some(total), Some(grade)) => format!("总分：{}={total}分，等级为{grade}", parts.join("+")),
        (Some(total), None) => format!("总分：{}={total}分", parts.join("+")),
        (None, _) if !subject.is_scored() => "总分：没有分值，不计总分".to_owned(),
        (None, _) => format!("总分：{}，有得分还不知道，总分未知", parts.join("+")),
    }
}

fn weight(weight: Option<Number>) -> String {
    weight.map_or_else(|| "没有分值".to_owned(), |weight| format!("{weight}分"))
}

/// Points that the steps do not already say: those that nobody knows.
fn points(points: Option<Number>) -> &'static str {
    if points.is_none() { "；得分未知" } else { "" }
}
