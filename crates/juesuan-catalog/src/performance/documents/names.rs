//! The names that the sentences of these documents may use, by what they are about. The writer gives values to them; a name
//! that stands in no list is refused when the catalogue loads, and one that the writer gives and no list has is an
//! assertion there.

use super::{Elements, FormElements};
use crate::names::stage;

/// The name of a project.
pub const PROJECT: &str = "项目";
/// 年初预算数.
pub const INITIAL_BUDGET: &str = stage::INITIAL;
/// 全年预算数.
pub const FULL_YEAR_BUDGET: &str = stage::FULL_YEAR;
/// 实际到位资金.
pub const RECEIVED: &str = "到位资金";
/// 执行数.
pub const EXECUTED: &str = "执行数";
/// 执行率.
pub const RATE: &str = "执行率";
/// The whole or the project that a step, a change or a use is about.
pub const OBJECT: &str = "对象";
/// Its day.
pub const DATE: &str = "日期";
/// Number of its document.
pub const REFERENCE: &str = "文号";
/// Who answers for it.
pub const PERSON: &str = "责任人";
/// Version of the targets.
pub const VERSION: &str = "版本";

/// All projects together.
pub const GENERAL: &[&str] = &["项目数", "全年预算合计", "执行合计", "平均得分", "各等级", "应用数", "应用完成数"];

/// The whole or a project.
pub const SUBJECT: &[&str] = &[
    PROJECT,
    INITIAL_BUDGET,
    FULL_YEAR_BUDGET,
    RECEIVED,
    EXECUTED,
    RATE,
    "得分",
    "等级",
    "执行分值",
    "执行得分",
    "总分值",
    "计分",
    "指标数",
    "已完成数",
    "未完成数",
    "未评定数",
    "调整数",
    "环节数",
    "有图",
    "职责",
    "上年执行数",
    "上年得分",
];

/// Texts that were entered about a subject, by topic: `{文字.目标}`.
pub const TEXTS: &str = "文字";
/// Entries of the sheet of projects, by column: `{字段.executor}`.
pub const FIELDS: &str = "字段";
/// Uses of results whose kind has a word: `{应用.公开}`.
pub const USES: &str = "应用";

/// An indicator.
pub const INDICATOR: &[&str] = &[
    "一级",
    "二级",
    "三级",
    "分类",
    "要点",
    "指标值",
    "批复值",
    "完成值",
    "分值",
    "得分",
    "偏差原因",
    "算式",
    "不评定原因",
    "上年值",
    "新一级",
    "新二级",
];

/// Indicators that are told in one sentence.
pub const ALIKE: &[&str] = &["各指标", "项数", "新一级"];

/// The execution of the budget among what was not met.
pub const EXECUTION: &[&str] = &["本行执行率"];

/// A change of a target.
pub const CHANGE: &[&str] = &["指标", DATE, "原值", "新值", "批准人", REFERENCE, "原因", VERSION, OBJECT];

const FUND: &[&str] = &["来源", INITIAL_BUDGET, FULL_YEAR_BUDGET, RECEIVED, EXECUTED, RATE];
const STEP: &[&str] = &["环节", DATE, PERSON, REFERENCE, VERSION, "说明", OBJECT];
const USE: &[&str] = &[OBJECT, "方式", "内容", PERSON, "期限", "完成日期", "下年预算"];
const EVIDENCE: &[&str] = &["文件"];

impl Elements {
    /// The names of an element, in groups.
    pub const fn names(self) -> [&'static [&'static str]; 2] {
        match self {
            Elements::Project => [SUBJECT, &[]],
            Elements::Indicator | Elements::Met | Elements::Compared | Elements::Unknown | Elements::Computed => {
                [INDICATOR, &[]]
            }
            Elements::Unmet | Elements::Explained => [INDICATOR, EXECUTION],
            Elements::Step => [STEP, &[]],
            Elements::Change => [CHANGE, &[]],
            Elements::Use => [USE, &[]],
            Elements::Evidence => [EVIDENCE, &[]],
        }
    }
}

impl FormElements {
    /// The names of a row.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            FormElements::Fund => FUND,
            FormElements::Indicator => INDICATOR,
        }
    }
}

/// True for a name that some list has.
pub fn knows(name: &str) -> bool {
    let lists = [GENERAL, SUBJECT, INDICATOR, ALIKE, EXECUTION, FUND, CHANGE, STEP, USE, EVIDENCE];
    match name.split_once('.') {
        Some((group, _)) => [TEXTS, FIELDS, USES].contains(&group),
        None => lists.iter().any(|list| list.contains(&name)),
    }
}
