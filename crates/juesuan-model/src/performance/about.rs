//! What a text or a number of an evaluation is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text of an evaluation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
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

impl Topic {
    /// Every one, in order.
    pub const ALL: [Topic; 23] = [
        Topic::Duties,
        Topic::Purpose,
        Topic::Goal,
        Topic::Outcome,
        Topic::Output,
        Topic::Met,
        Topic::Unmet,
        Topic::Arrival,
        Topic::ArrivalCause,
        Topic::Execution,
        Topic::ExecutionCause,
        Topic::Management,
        Topic::Deviation,
        Topic::Problems,
        Topic::Measures,
        Topic::Use,
        Topic::Attached,
        Topic::Work,
        Topic::Evidence,
        Topic::Department,
        Topic::Executor,
        Topic::Grade,
        Topic::Note,
    ];
}

/// Which number of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
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

impl Quantity {
    /// Every one, in order.
    pub const ALL: [Quantity; 11] = [
        Quantity::InitialBudget,
        Quantity::FullYearBudget,
        Quantity::Received,
        Quantity::Executed,
        Quantity::Rate,
        Quantity::ExecutionWeight,
        Quantity::ExecutionScore,
        Quantity::WeightTotal,
        Quantity::Score,
        Quantity::BasicTotal,
        Quantity::ProjectTotal,
    ];
}
