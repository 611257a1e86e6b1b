//! Everything that a department says of its performance in one year, put together and computed: what its documents are
//! written from.

use std::collections::BTreeMap;

use juesuan_evaluate::{Aim, Met, Method, Number, Scored};
use juesuan_model::{Evidence, Money, Place, Printed, Quantity, Step, TargetChange, Topic};

use crate::facts;
use juesuan_text::Day;

/// The evaluation of one entity and year.
#[derive(Clone, Debug, Default)]
pub struct Campaign {
    /// Key of the scoring profile in the catalogue.
    pub profile: String,
    /// The whole department or unit; `None` if nothing was entered for it.
    pub whole: Option<Subject>,
    /// Its projects, in the order of the inputs; without the secret ones.
    pub projects: Vec<Subject>,
    /// Projects that are not published: no document may name them.
    pub secret: Vec<String>,
    /// What was done, in the order of the dates.
    pub steps: Vec<Step>,
    /// Targets that were changed after their approval, in the order of the dates.
    pub changes: Vec<TargetChange>,
    /// How the results are used, in the order of the inputs.
    pub uses: Vec<UsePlan>,
    /// Files that prove what was reached, ordered by their paths.
    pub evidence: Vec<Evidence>,
    /// What was reached by the end of a month, in the order of the inputs.
    pub monitoring: Vec<Monitored>,
    /// How many projects were evaluated, monitored …
    pub coverage: Coverage,
}

impl Campaign {
    /// A project, or the whole for an empty name.
    pub fn subject(&self, project: &str) -> Option<&Subject> {
        match project {
            "" => self.whole.as_ref(),
            name => self.projects.iter().find(|subject| subject.project == name),
        }
    }

    /// What is not known and should be: values that could not be computed, and points. Each as a reason for a draft. A value
    /// without points of which the form itself says why it is not known is none.
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for subject in self.subjects() {
            let name = subject.name("整体");
            for line in &subject.lines {
                let judged = line.scored.points.is_some() || (line.weight.is_none() && line.scored.met != Met::Unknown);
                let explained = line.weight.is_none() && !line.reason.is_empty();
                if judged || explained {
                    continue;
                }
                if line.reached.is_none() {
                    let why = if line.formula.is_empty() { "没有填写" } else { &line.formula };
                    missing.push(format!("{name}的指标“{}”没有实际完成值：{why}", line.name()));
                } else if line.weight.is_some() {
                    missing.push(format!("{name}的指标“{}”没有得分：{}", line.name(), line.scored.steps));
                }
            }
            if let Some(execution) = subject.execution.as_ref().filter(|execution| execution.points.is_none()) {
                missing.push(format!("{name}的预算执行没有得分：{}", execution.steps));
            }
        }
        missing
    }

    /// The whole, if it was evaluated, and then each project.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.whole.iter().chain(&self.projects)
    }
}

/// A project or the whole: its money, its texts, its indicators and their points.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// Name, as in the books; empty: the whole.
    pub project: String,
    /// Key of the column of `perf-projects` → its entry.
    pub fields: BTreeMap<String, String>,
    /// Money by where it comes from; the first line is the total. Empty if nothing is known.
    pub funds: Vec<Fund>,
    /// Texts, in the order of the inputs.
    pub texts: BTreeMap<Topic, Vec<Text>>,
    /// Points for execution; `None` where the profile gives none or nothing was scored.
    pub execution: Option<Scored>,
    /// Points for execution at most.
    pub execution_weight: Option<Number>,
    /// Executed in percent of the budget of the whole year.
    pub rate: Option<Number>,
    /// Indicators, in the order of the inputs.
    pub lines: Vec<IndicatorLine>,
    /// All points; `None` while any is unknown.
    pub total: Option<Number>,
    /// The grade that the total gives.
    pub grade: Option<String>,
    /// Digits behind the point of the rate in running text, if other than the variant's.
    pub rate_decimals: Option<u8>,
    /// What last year's package says of it.
    pub prior: Option<PriorResult>,
    /// Row where it was entered first.
    pub place: Place,
}

impl Subject {
    /// True for the whole department or unit.
    pub fn is_whole(&self) -> bool {
        self.project.is_empty()
    }

    /// An amount of the first line of its money.
    pub fn amount(&self, quantity: Quantity) -> Option<facts::Quantity> {
        self.funds.first()?.amounts.get(&quantity).copied()
    }

    /// The entry of a column of `perf-projects`; empty if there is none.
    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map_or("", String::as_str)
    }

    /// True if it gets points at all: the forms of some places print none.
    pub fn is_scored(&self) -> bool {
        self.execution.is_some() || self.lines.iter().any(|line| line.weight.is_some())
    }

    /// Name for messages and lists; `whole` for the whole.
    pub fn name<'a>(&'a self, whole: &'a str) -> &'a str {
        if self.is_whole() { whole } else { &self.project }
    }
}

/// Money from one source.
#[derive(Clone, Debug, Default)]
pub struct Fund {
    /// Name; empty for the total.
    pub name: String,
    /// What is known of it.
    pub amounts: BTreeMap<Quantity, facts::Quantity>,
}

/// A text with the counts that it quotes.
pub type Text = Vec<Piece>;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it was entered.
    Text(String),
    /// A number that registers give.
    Count {
        /// Key of the count.
        key: String,
        /// The number.
        printed: Printed,
        /// The register.
        place: Place,
    },
}

impl From<&str> for Piece {
    fn from(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }
}

/// The text as it reads.
pub fn shown(text: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Count { printed, .. } => printed.digits_trimmed(),
    };
    text.iter().map(piece).collect()
}

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
    /// 偏差原因.
    pub reason: String,
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

    /// How it ended, as its points show it: what lost points was not met, so that no text denies them.
    pub fn outcome(&self) -> Met {
        match (self.scored.points, self.weight) {
            (Some(points), Some(weight)) if points < weight => Met::Unmet,
            _ => self.scored.met,
        }
    }
}

/// How a result is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsePlan {
    /// The project; empty: the whole.
    pub project: String,
    /// 与预算安排结合, 整改, 通报, 公开 …
    pub kind: String,
    /// What is done.
    pub content: String,
    /// Who does it.
    pub owner: String,
    /// Until when.
    pub due: Option<Day>,
    /// When it was done; `None`: not yet.
    pub done: Option<Day>,
    /// What next year's budget gives.
    pub next_budget: Option<Money>,
    /// Row where it was entered.
    pub place: Place,
}

/// What was reached by the end of a month, from the beginning of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitored {
    /// 1 to 12.
    pub month: u8,
    /// The project; empty: the whole.
    pub project: String,
    /// Third-level indicator; empty: the money.
    pub indicator: String,
    /// Money spent, for the money.
    pub executed: Option<Money>,
    /// What was reached, for an indicator.
    pub reached: Option<Aim>,
    /// What should have been reached by then, for an indicator that does not follow the calendar.
    pub planned: Option<Aim>,
    /// Why it is off its way.
    pub reason: String,
    /// What is done about it.
    pub measure: String,
    /// Row where it was entered.
    pub place: Place,
}

/// What last year's package says of the same project or whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriorResult {
    /// Last year.
    pub year: u16,
    /// What was spent.
    pub executed: Option<facts::Quantity>,
    /// All points.
    pub score: Option<Number>,
    /// Third-level indicator → what was reached, as printed.
    pub reached: BTreeMap<String, String>,
}

/// How many projects there are, and what was done for them. Secret ones are outside. `None`: nobody said it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Projects with money in the books or a budget of the year.
    pub projects: Option<usize>,
    /// With indicators and targets.
    pub targeted: Option<usize>,
    /// Monitored at least once.
    pub monitored: Option<usize>,
    /// Evaluated.
    pub evaluated: usize,
    /// With a use of their results.
    pub used: Option<usize>,
    /// Projects that are not published.
    pub secret: usize,
}
