//! What a document says of its performance (预算绩效): of each project and of the whole, in the explanations, in reports
//! and in forms. Every printed number is a figure of the package; what is here says which number it is, and keeps the texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::figure::FigureId;
use crate::place::Place;

/// All evaluations of a document, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Performance {
    /// One for each project and place: a summary, a report and a form of one project are three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evaluations: Vec<Evaluation>,
}

impl Performance {
    /// True if nothing is said of performance.
    pub fn is_empty(&self) -> bool {
        self.evaluations.is_empty()
    }
}

/// Where an evaluation stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// As printed, without white space.
    pub text: String,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
}

/// What a text of an evaluation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// 部门职责.
    #[serde(rename = "职责")]
    Duties,
    /// 立项目的.
    #[serde(rename = "立项目的")]
    Purpose,
    /// 年度绩效目标.
    #[serde(rename = "目标")]
    Goal,
    /// 实际完成情况.
    #[serde(rename = "完成情况")]
    Outcome,
    /// 主要产出和效益.
    #[serde(rename = "产出")]
    Output,
    /// 完成的绩效目标.
    #[serde(rename = "已完成")]
    Met,
    /// 未完成的绩效目标.
    #[serde(rename = "未完成")]
    Unmet,
    /// 资金到位情况.
    #[serde(rename = "资金到位")]
    Arrival,
    /// Why the money received is not the budget.
    #[serde(rename = "到位偏移原因")]
    ArrivalCause,
    /// 资金执行情况.
    #[serde(rename = "资金执行")]
    Execution,
    /// Why the money spent is not the budget.
    #[serde(rename = "执行偏移原因")]
    ExecutionCause,
    /// 资金管理情况.
    #[serde(rename = "资金管理")]
    Management,
    /// 偏差大或目标未完成原因分析.
    #[serde(rename = "偏差原因")]
    Deviation,
    /// 存在的问题和原因.
    #[serde(rename = "问题")]
    Problems,
    /// 改进措施.
    #[serde(rename = "改进措施")]
    Measures,
    /// 结果应用.
    #[serde(rename = "结果应用")]
    Use,
    /// 附件：…自评表（附后）.
    #[serde(rename = "附件")]
    Attached,
    /// 自评工作开展情况.
    #[serde(rename = "自评工作")]
    Work,
    /// 其他佐证材料.
    #[serde(rename = "佐证材料")]
    Evidence,
    /// 主管部门.
    #[serde(rename = "主管部门")]
    Department,
    /// 实施单位.
    #[serde(rename = "实施单位")]
    Executor,
    /// 自评等级.
    #[serde(rename = "等级")]
    Grade,
    /// What the form says of itself: 备注, 说明.
    #[serde(rename = "备注")]
    Note,
}

/// Which number of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// 年初预算数.
    #[serde(rename = "年初预算")]
    InitialBudget,
    /// 全年预算数, after adjustment.
    #[serde(rename = "全年预算")]
    FullYearBudget,
    /// 实际到位资金.
    #[serde(rename = "到位资金")]
    Received,
    /// 执行数.
    #[serde(rename = "执行数")]
    Executed,
    /// 执行率, in percent.
    #[serde(rename = "执行率")]
    Rate,
    /// Points for execution at most (10 or 20).
    #[serde(rename = "执行分值")]
    ExecutionWeight,
    /// Points for execution.
    #[serde(rename = "执行得分")]
    ExecutionScore,
    /// 分值 of the line 总分.
    #[serde(rename = "总分值")]
    WeightTotal,
    /// 自评得分, 总分.
    #[serde(rename = "得分")]
    Score,
    /// 基本支出总额 in the head of a form.
    #[serde(rename = "基本支出总额")]
    BasicTotal,
    /// 项目支出总额 in the head of a form.
    #[serde(rename = "项目支出总额")]
    ProjectTotal,
}

/// A line of money in a form: 年度资金总额, 其中：当年财政拨款 ….
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundLine {
    /// Its name.
    pub name: String,
    /// Its numbers.
    pub amounts: BTreeMap<Quantity, FigureId>,
}

/// An indicator with what was aimed at and what was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// 一级, 二级, 三级指标; what is not known is empty. The last one is its own name.
    pub path: Vec<String>,
    /// 评价要点 or the formula.
    #[serde(default)]
    pub point: String,
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
    /// 偏差原因分析及改进措施.
    #[serde(default)]
    pub reason: String,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// As printed.
    pub text: String,
    /// How the number is meant; `None` for words (定性).
    #[serde(default)]
    pub operator: Option<Operator>,
    /// The number.
    #[serde(default)]
    pub value: Option<FigureId>,
    /// What is counted, as printed: `%`, `个`, `天`.
    #[serde(default)]
    pub unit: String,
}

/// How a number that is aimed at is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
}
