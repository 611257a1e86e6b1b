//! Values that cannot be: shares of more than all.

use juesuan_catalog::performance::ShareWords;
use juesuan_facts::performance::IndicatorRow;
use juesuan_model::{Number, Problem};

use crate::Aim;

/// Names a target or a result above 100 % of what has no more than all, and a typed result above it that nobody explains.
pub fn check(row: &IndicatorRow, aim: &Aim, reached: Option<&Aim>, words: &ShareWords, problems: &mut Vec<Problem>) {
    let [_, second, name] = &row.path;
    let bare = name.split(['（', '(']).next().unwrap_or(name);
    let is_share = words.never_over.iter().any(|word| bare.ends_with(word.as_str()) || second.contains(word.as_str()));
    let cells = [("target", "指标值", Some(aim)), ("actual", "完成值", reached)];
    for (column, what, value) in cells {
        let Some(value) = value.filter(|value| value.unit == "%") else { continue };
        let most = value.high.or(value.low).unwrap_or(Number::ZERO);
        if most <= Number::HUNDRED {
            continue;
        }
        let place = row.record.place(column);
        if is_share {
            let message = format!("“{name}”的{what}是“{}”，不可能超过 100%；请改正", value.text);
            problems.push(Problem::contradiction(place, message));
        } else if column == "actual" && asks_why(row, aim, words) {
            let message =
                format!("“{name}”的{what}是“{}”，超过 100%；如果确实超额完成，请在偏差原因里说明", value.text);
            problems.push(Problem::doubt(place, message));
        }
    }
}

/// True for a typed value above its target without a reason. What is computed is right, and where less is better the
/// points say it.
fn asks_why(row: &IndicatorRow, aim: &Aim, words: &ShareWords) -> bool {
    let reason = row.record.text("reason");
    let unexplained = reason.is_empty() || words.nothing.iter().any(|word| word == reason);
    row.record.filled("actual").is_some() && !aim.is_reverse() && unexplained
}
