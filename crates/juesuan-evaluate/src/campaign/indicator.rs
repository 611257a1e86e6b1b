//! An indicator with its points.

use juesuan_model::{Number, Place};
use juesuan_text::plain;

use crate::aim::Aim;
use crate::score::{Met, Method, Scored};

/// An indicator with its points.
#[derive(Clone, Debug)]
pub struct IndicatorLine {
    /// 一级, 二级, 三级指标; what was not entered is empty.
    pub path: [String; 3],
    /// 指标分类.
    pub class: String,
    /// 评价要点 or the formula in words.
    pub point: String,
    /// What is aimed at: the value that holds at the end of the year.
    pub aim: Aim,
    /// What was approved with the budget, if it was changed afterwards.
    pub approved: Option<Aim>,
    /// What was reached; `None`: not known.
    pub reached: Option<Aim>,
    /// Points at most.
    pub weight: Option<Number>,
    /// How points are given.
    pub method: Method,
    /// The points, and how they came about.
    pub scored: Scored,
    /// How what was reached was computed, with the figures, or what is missing for it; empty if it was entered.
    pub formula: String,
    /// The blank column of its row that its points wait for, where one entry is enough.
    pub lacks: Option<&'static str>,
    /// 偏差原因.
    pub reason: String,
    /// True if what was reached lies so far above the target that its scheme asks why.
    pub far_over: bool,
    /// Paths of the files that prove it.
    pub evidence: Vec<String>,
    /// Row where it was entered.
    pub place: Place,
}

impl IndicatorLine {
    /// Its own name.
    pub fn name(&self) -> &str {
        &self.path[2]
    }

    /// True if a reason is asked for and nobody gave one: it was not met, or far outdone.
    pub fn owes_reason(&self, nothing: &[String]) -> bool {
        let reason = plain(&self.reason);
        let far_over = self.far_over && (reason.is_empty() || nothing.contains(&reason));
        far_over || (self.outcome() == Met::Unmet && reason.is_empty())
    }

    /// How it ended, as its points show it: what lost points was not met, so that no text denies them.
    pub fn outcome(&self) -> Met {
        match (self.scored.points, self.weight) {
            (Some(points), Some(weight)) if points < weight => Met::Unmet,
            _ => self.scored.met,
        }
    }
}
