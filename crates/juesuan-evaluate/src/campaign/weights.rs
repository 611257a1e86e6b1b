//! Points at most: they add up to 100, and to what the scheme gives each block.

use juesuan_catalog::Profile;
use juesuan_model::{Number, Problem};

use super::subject::Subject;
use crate::blocks;

/// Names points that do not add up, that are missing beside others, or that the scheme shares out otherwise.
pub fn check(subject: &Subject, profile: &Profile, problems: &mut Vec<Problem>) {
    let name = subject.name("整体");
    let weights: Vec<Number> = subject.lines.iter().filter_map(|line| line.weight).collect();
    if weights.is_empty() {
        return;
    }
    let without = subject.lines.iter().filter(|line| line.weight.is_none());
    for line in without {
        let message = format!("{name}的指标“{}”没有分值，而别的指标有；请填写", line.name());
        problems.push(Problem::contradiction(line.place.clone(), message));
    }
    let execution = subject.execution_weight.unwrap_or(Number::ZERO);
    let Some(lines) = weights.iter().copied().try_fold(Number::ZERO, Number::plus) else { return };
    let Some(total) = lines.plus(execution) else { return };
    if total != Number::HUNDRED {
        let parts = match subject.execution_weight {
            Some(execution) => format!("预算执行 {execution} 分加各指标 {lines} 分是 {total} 分"),
            None => format!("各指标合计 {total} 分"),
        };
        let message = format!("{name}的分值{parts}，应为 100 分；请改正各指标的分值");
        let place = subject.lines.first().map(|line| line.place.clone()).unwrap_or_default();
        problems.push(Problem::contradiction(place, message));
    } else {
        shared_out(subject, profile, problems);
    }
}

/// Points by first-level indicator beside those of the scheme.
fn shared_out(subject: &Subject, profile: &Profile, problems: &mut Vec<Problem>) {
    if subject.execution_weight != Some(Number::whole(profile.execution)) {
        return;
    }
    let lines: Vec<(&str, Option<Number>)> =
        subject.lines.iter().map(|line| (line.path[0].as_str(), line.weight)).collect();
    for message in blocks(&lines, profile) {
        let message =
            format!("{}的{message}〔{}〕；不是当地另有规定的，请调整分值", subject.name("整体"), profile.basis);
        let place = subject.lines.first().map(|line| line.place.clone()).unwrap_or_default();
        problems.push(Problem::doubt(place, message));
    }
}
