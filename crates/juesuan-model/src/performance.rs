//! What a document says of its performance (预算绩效), place by place: the texts, and which figure of the package is which number.

mod about;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use about::{Quantity, Topic};

use crate::figure::FigureId;
use crate::place::Place;

/// All evaluations of a document, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Performance {
    /// One for each project and place: a summary, a report and a form of one project are three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evaluations: Vec<Evaluation>,
    /// Key of the scoring profile in the catalogue; empty for a document that was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// What was done for the evaluations, in the order of the dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Targets that were changed after their approval, in the order of the dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<TargetChange>,
    /// How the results are used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<ResultUse>,
    /// Files that prove what was reached, by name and content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Performance {
    /// True if nothing is said of performance.
    pub fn is_empty(&self) -> bool {
        self.evaluations.is_empty()
    }
}

/// A stage of the cycle of performance management (全过程预算绩效管理), in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub enum Stage {
    /// Targets set with the budget.
    #[serde(rename = "目标设定")]
    Set,
    /// Targets approved.
    #[serde(rename = "目标批复")]
    Approved,
    /// Targets changed after their approval.
    #[serde(rename = "目标调整")]
    Changed,
    /// Monitoring during the year.
    #[serde(rename = "运行监控")]
    Monitored,
    /// Self-evaluation.
    #[serde(rename = "绩效自评")]
    Evaluated,
    /// Review of the self-evaluation.
    #[serde(rename = "复核")]
    Reviewed,
    /// Results used in the next budget.
    #[serde(rename = "结果应用")]
    Applied,
    /// Publication.
    #[serde(rename = "公开")]
    Published,
}

impl Stage {
    /// The official word, as forms and inputs write it.
    pub const fn word(self) -> &'static str {
        match self {
            Stage::Set => "目标设定",
            Stage::Approved => "目标批复",
            Stage::Changed => "目标调整",
            Stage::Monitored => "运行监控",
            Stage::Evaluated => "绩效自评",
            Stage::Reviewed => "复核",
            Stage::Applied => "结果应用",
            Stage::Published => "公开",
        }
    }
}

/// Something that was done for an evaluation.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Step {
    /// The project; empty: the whole, and with it every project that has no step of its own at this stage.
    #[serde(default)]
    pub project: String,
    /// Which stage.
    pub stage: Stage,
    /// Day, ISO: `2023-03-01`.
    pub date: String,
    /// Who answers for it.
    #[serde(default)]
    pub person: String,
    /// Version of the targets that holds after it; the approved ones are 1.
    #[serde(default)]
    pub version: u32,
    /// Number of the document.
    #[serde(default)]
    pub reference: String,
    /// Anything else.
    #[serde(default)]
    pub note: String,
    /// Where it was entered.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

/// A target that was changed after its approval.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct TargetChange {
    /// The project; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// Third-level indicator.
    pub indicator: String,
    /// Version of the targets that this makes, from 2.
    pub version: u32,
    /// Day, ISO.
    pub date: String,
    /// Value before, as printed.
    pub before: String,
    /// Value after, as printed.
    pub after: String,
    /// Who approved it; empty: nobody.
    #[serde(default)]
    pub approved_by: String,
    /// Number of the document.
    #[serde(default)]
    pub reference: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Where it was entered.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

/// How a result is used.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct ResultUse {
    /// The project; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// 与预算安排结合, 整改, 通报, 公开 …
    pub kind: String,
    /// What is done.
    pub content: String,
    /// Who does it.
    #[serde(default)]
    pub owner: String,
    /// Until when, ISO.
    #[serde(default)]
    pub due: String,
    /// When it was done, ISO; empty: not yet.
    #[serde(default)]
    pub done: String,
    /// What next year's budget gives, if it is about money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_budget: Option<FigureId>,
    /// Where it was entered.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

/// A file that proves something.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Evidence {
    /// Path below the department's folder.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What it proves: `项目／指标`, or a row of a register.
    #[serde(default)]
    pub proves: Vec<String>,
}

/// Where an evaluation stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub enum Stands {
    /// In the explanations: 项目绩效自评综述, 预算绩效管理工作开展情况.
    #[default]
    #[serde(rename = "综述")]
    Summary,
    /// In a report of its own: 自评报告, 绩效评价报告.
    #[serde(rename = "报告")]
    Report,
    /// In a form: 项目支出绩效自评表, 整体绩效自评表.
    #[serde(rename = "自评表")]
    Form,
}

/// What one place says of one project, or of the whole department or unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Evaluation {
    /// Where.
    pub stands: Stands,
    /// The project, by the name that its summary has; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// Title of the report or form; for a summary its heading.
    #[serde(default)]
    pub title: Told,
    /// Year that the title names.
    #[serde(default)]
    pub year: Option<u16>,
    /// The project's name as this place prints it: in the title, in the text, in what is attached.
    #[serde(default)]
    pub names: Vec<Told>,
    /// Numbers about the whole of it.
    #[serde(default)]
    pub amounts: BTreeMap<Quantity, FigureId>,
    /// Texts by what they are about.
    #[serde(default)]
    pub says: BTreeMap<Topic, Told>,
    /// Where the money comes from, as a form lists it; the first line is the total.
    #[serde(default)]
    pub funds: Vec<FundLine>,
    /// Indicators in the order of the form.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
}

impl Evaluation {
    /// True if it speaks of the whole and not of one project.
    pub fn is_whole(&self) -> bool {
        self.project.is_empty()
    }

    /// The text about `topic`, if there is one.
    pub fn text(&self, topic: Topic) -> Option<&str> {
        self.says.get(&topic).map(|told| told.text.as_str())
    }
}

/// A text and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Told {
    /// As printed, without white space.
    pub text: String,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

/// A line of money in a form: 年度资金总额, 其中：当年财政拨款 ….
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct FundLine {
    /// Its name.
    pub name: String,
    /// Its numbers.
    pub amounts: BTreeMap<Quantity, FigureId>,
}

/// An indicator with what was aimed at and what was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Indicator {
    /// 一级, 二级, 三级指标; what is not known is empty. The last one is its own name.
    pub path: Vec<String>,
    /// 指标分类: 绩效基本型 or 绩效创新型, where the form sorts by it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub class: String,
    /// 评价要点 or the formula.
    #[serde(default)]
    pub point: String,
    /// 年度指标值 that was approved with the budget, where it was changed afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Target>,
    /// 年度指标值.
    #[serde(default)]
    pub target: Target,
    /// 实际完成值.
    #[serde(default)]
    pub actual: Target,
    /// 分值.
    #[serde(default)]
    pub weight: Option<FigureId>,
    /// 得分.
    #[serde(default)]
    pub score: Option<FigureId>,
    /// How its points came about, on one line: `2831件≥2600件，达到指标值，得满分5分`. Empty for a document that was read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub steps: String,
    /// How what was reached came about, with the figures: `70.99÷102.47×100%`. Empty if it was entered or read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formula: String,
    /// 偏差原因分析及改进措施.
    #[serde(default)]
    pub reason: String,
    /// True where the place of its values is certainly empty, and not only unread.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blank: bool,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

impl Indicator {
    /// Its own name, or that of the nearest level that is known.
    pub fn name(&self) -> &str {
        self.path.iter().rev().find(|level| !level.is_empty()).map_or("", String::as_str)
    }
}

/// A value aimed at or reached: `≥90%`, `12个`, `提高`.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Target {
    /// As printed.
    pub text: String,
    /// How the number is meant; `None` for words (定性).
    #[serde(default)]
    pub operator: Option<Operator>,
    /// The number; of a range the lower one.
    #[serde(default)]
    pub value: Option<FigureId>,
    /// The upper number of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upto: Option<FigureId>,
    /// What is counted, as printed: `%`, `个`, `天`.
    #[serde(default)]
    pub unit: String,
}

/// How a number that is aimed at is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub enum Operator {
    /// At least; more is better.
    #[serde(rename = "≥")]
    AtLeast,
    /// At most; less is better.
    #[serde(rename = "≤")]
    AtMost,
    /// Exactly; also where no sign is printed.
    #[serde(rename = "=")]
    Exactly,
    /// More than.
    #[serde(rename = ">")]
    MoreThan,
    /// Less than.
    #[serde(rename = "<")]
    LessThan,
    /// From one number to another, both included.
    #[serde(rename = "区间")]
    Between,
}
