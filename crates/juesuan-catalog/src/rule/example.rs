//! The examples of a rule: small packages, written so that an accountant can read them.

use std::collections::BTreeMap;

use juesuan_model::{Quantity, Scope, Stage, Stands, Topic, UnitKind};
use serde::Deserialize;

/// A small package that shows a rule, named by a sentence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the example shows.
    pub name: String,
    /// Kinds of the units; empty: one administrative unit.
    #[serde(default)]
    pub units: Vec<UnitKind>,
    /// Variant.
    #[serde(default)]
    pub variant: String,
    /// Figures printed.
    #[serde(default)]
    pub figures: Vec<ExampleFigure>,
    /// Figures printed in last year's package.
    #[serde(default)]
    pub prior: Vec<ExampleFigure>,
    /// Running text of last year's package.
    #[serde(default)]
    pub prior_text: Vec<String>,
    /// What is said without a figure.
    #[serde(default)]
    pub claims: Vec<ExampleClaim>,
    /// Tables with their notes, where the rule looks at notes.
    #[serde(default)]
    pub tables: Vec<ExampleTable>,
    /// Sums that the document lays out, by the meanings of figures of this example.
    #[serde(default)]
    pub sums: Vec<ExampleSum>,
    /// Headings of the document, where the rule looks at them.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Running text, a paragraph each, where the rule looks at words.
    #[serde(default)]
    pub text: Vec<String>,
    /// The whole document, a line each, where the rule looks at its order: `部分|…`, `标题|…`, `表|…`, `注|…`, or a paragraph.
    #[serde(default)]
    pub document: Vec<String>,
    /// 决算 or 预算; empty: 决算.
    #[serde(default)]
    pub kind: String,
    /// Name of the body, where the rule looks at it.
    #[serde(default)]
    pub entity: String,
    /// Whether a department or a unit files it.
    #[serde(default)]
    pub scope: Scope,
    /// Names of the units that the document lists, where the rule looks at them.
    #[serde(default)]
    pub lists: Vec<String>,
    /// Other documents checked in the same run, for rules between documents.
    #[serde(default)]
    pub beside: Vec<ExampleDocument>,
    /// What is said of performance, for rules about it.
    #[serde(default)]
    pub evaluations: Vec<ExampleEvaluation>,
    /// What was done for the evaluations.
    #[serde(default)]
    pub steps: Vec<ExampleStep>,
    /// Targets that were changed after their approval.
    #[serde(default)]
    pub changes: Vec<ExampleChange>,
    /// Text of a file of waivers, for rules about them.
    #[serde(default)]
    pub waivers: String,
    /// The day of the run, `2025-03-01`, for rules about waivers; empty: not given.
    #[serde(default)]
    pub date: String,
}

/// Another document of an example, of the same year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDocument {
    /// Name of the body.
    pub entity: String,
    /// 决算 or 预算; empty: 决算.
    #[serde(default)]
    pub kind: String,
    /// 部门 or 单位; empty: 部门.
    #[serde(default)]
    pub scope: String,
    /// Figures printed.
    #[serde(default)]
    pub figures: Vec<ExampleFigure>,
    /// What is said without a figure.
    #[serde(default)]
    pub claims: Vec<ExampleClaim>,
    /// Headings, before the text.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Running text.
    #[serde(default)]
    pub text: Vec<String>,
    /// What is said of performance.
    #[serde(default)]
    pub evaluations: Vec<ExampleEvaluation>,
}

/// A step of the cycle in an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleStep {
    /// The project; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// Which stage.
    pub stage: Stage,
    /// Day, ISO.
    pub date: String,
}

/// A change of a target in an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleChange {
    /// The project; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// Third-level indicator.
    pub indicator: String,
    /// Day, ISO.
    pub date: String,
    /// Value after.
    pub after: String,
    /// Who approved it; empty: nobody.
    #[serde(default)]
    pub approved_by: String,
    /// Number of the document.
    #[serde(default)]
    pub reference: String,
}

/// What one place of an example says of a project, or of the whole.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleEvaluation {
    /// Where: 综述, 报告 or 自评表.
    #[serde(rename = "in")]
    pub stands: Stands,
    /// The project; empty: the whole.
    #[serde(default)]
    pub project: String,
    /// Numbers: 万元, with % or 分 behind them those; ? for unreadable.
    #[serde(default)]
    pub amounts: BTreeMap<Quantity, String>,
    /// Texts.
    #[serde(default)]
    pub says: BTreeMap<Topic, String>,
    /// Lines of money: name, 全年预算, 执行数; the first is the total.
    #[serde(default)]
    pub funds: Vec<[String; 3]>,
    /// Indicators: name (with the levels above it before `／`), value aimed at, value reached, 分值, 得分, reason; empty where
    /// nothing is printed.
    #[serde(default)]
    pub indicators: Vec<[String; 6]>,
    /// Values that were approved with the budget, by the name of the indicator.
    #[serde(default)]
    pub approved: BTreeMap<String, String>,
    /// How what was reached was computed, by the name of the indicator.
    #[serde(default)]
    pub formulas: BTreeMap<String, String>,
}

/// A figure of an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFigure {
    /// Meaning in the formula language, with brackets.
    pub of: String,
    /// What stands there: digits (with % for percentages, 个 for counts), empty for a blank, — for a dash, ? for unreadable.
    pub print: String,
    /// `增减额`, `增减率`, `占比`, `完成率`; empty: amount or count.
    #[serde(default)]
    pub measure: String,
    /// 上年, 年初预算 or 全年预算; for 占比 the meaning of the whole.
    #[serde(default)]
    pub against: String,
    /// Title of the table; empty: in running text.
    #[serde(default)]
    pub table: String,
    /// Name of the row.
    #[serde(default)]
    pub row: String,
    /// Heading of the section, for running text.
    #[serde(default)]
    pub section: String,
    /// What somebody saw who looked at the picture over which a scanner laid the text; empty: it is no text of a scanner.
    #[serde(default)]
    pub seen: String,
}

/// A claim of an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleClaim {
    /// Meaning in the formula language, with brackets.
    pub of: String,
    /// 无, 有, 增加, 减少, 持平, 原因 or 缺原因.
    pub say: String,
    /// 上年, 年初预算 or 全年预算.
    #[serde(default)]
    pub against: String,
    /// The cause.
    #[serde(default)]
    pub text: String,
    /// Heading under which it stands.
    #[serde(default)]
    pub section: String,
}

/// A sum of an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleSum {
    /// The sum, in the formula language, with brackets.
    pub total: String,
    /// Its parts.
    pub parts: Vec<String>,
}

/// A table of an example; its cells are the figures that name its title.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleTable {
    /// Title.
    pub title: String,
    /// Notes below.
    #[serde(default)]
    pub notes: Vec<String>,
}
