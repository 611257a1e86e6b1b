//! Values that cannot be: shares of more than all.

use juesuan_catalog::Catalog;
use juesuan_evaluate::{Aim, Number};
use juesuan_model::Problem;
use serde::Deserialize;

use crate::inputs::performance::IndicatorRow;

/// Path of the words in the catalogue.
const SHARES: &str = "performance/shares.toml";

/// What no value can be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Endings of the names of shares.
    never_over: Vec<String>,
    /// What is written where there is nothing to say.
    nothing: Vec<String>,
}

impl Bounds {
    /// From the catalogue.
    pub fn load(catalog: &Catalog, problems: &mut Vec<Problem>) -> Bounds {
        catalog.source.toml(SHARES, problems).unwrap_or_default()
    }

    /// Names a target or a result above 100 % of what has no more than all, and a typed result above it that nobody explains.
    pub fn check(&self, row: &IndicatorRow, aim: &Aim, reached: Option<&Aim>, problems: &mut Vec<Problem>) {
        let [_, second, name] = &row.path;
        let bare = name.split(['（', '(']).next().unwrap_or(name);
        let is_share =
            self.never_over.iter().any(|word| bare.ends_with(word.as_str()) || second.contains(word.as_str()));
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
            } else if column == "actual" && self.asks_why(row, aim) {
                let message =
                    format!("“{name}”的{what}是“{}”，超过 100%；如果确实超额完成，请在偏差原因里说明", value.text);
                problems.push(Problem::doubt(place, message));
            }
        }
    }

    /// True for a typed value above its target without a reason. What is computed is right, and where less is better the
    /// points say it.
    fn asks_why(&self, row: &IndicatorRow, aim: &Aim) -> bool {
        let reason = row.record.text("reason");
        let unexplained = reason.is_empty() || self.nothing.iter().any(|word| word == reason);
        row.record.filled("actual").is_some() && !aim.is_reverse() && unexplained
    }
}
