//! The laws and rules that a package is checked by: `catalog/laws.toml` and `catalog/rules/*.toml`, one file a rule.
//!
//! A rule says the relation that should hold, either as a formula over meanings (`[支出·机关运行经费] = …`) or as the name of
//! a body in `juesuan-check`, and carries its own examples. Formulas are parsed by `juesuan-check`.

use std::collections::BTreeMap;

use juesuan_model::{Kind, Place, Problem, Quantity, Severity, Stage, Stands, Topic, UnitKind};
use serde::Deserialize;

use crate::source::Source;

/// One of the five laws: its words. Its body is in `juesuan-check`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Two letters and three digits.
    pub code: String,
    /// Key by which the body finds its words: `agreement`, `sum` …
    pub key: String,
    /// The relation that should hold.
    pub title: String,
    /// Legal ground.
    pub basis: Vec<String>,
    /// For people: why, and what is tolerated.
    pub explanation: String,
    /// What to do about it.
    pub remedy: String,
    /// How grave a break is, unless the law grades by its size.
    pub severity: Severity,
}

/// A rule of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Two letters by kind and three digits; never reused.
    pub code: String,
    /// Its fault, in English with hyphens, e.g. `running-cost-differs`.
    pub name: String,
    /// The relation that should hold.
    pub title: String,
    /// How grave a break is.
    pub severity: Severity,
    /// Legal ground.
    pub basis: Vec<String>,
    /// For people: why.
    pub explanation: String,
    /// What to do about it.
    pub remedy: String,
    /// Formulas, each of which should hold. Either these or `body`.
    #[serde(default)]
    pub formula: Vec<String>,
    /// Name of the body in Rust.
    #[serde(default)]
    pub body: Option<String>,
    /// The placeholder 类, 款 or 项 in the formulas stands for every printed function code of that level.
    #[serde(default)]
    pub each: Option<Level>,
    /// Where the rule applies.
    #[serde(default)]
    pub applies: Applies,
    /// Parameters of the body: lists of words or of meanings.
    #[serde(default)]
    pub with: BTreeMap<String, Vec<String>>,
    /// Packages for which it holds.
    #[serde(default)]
    pub holds: Vec<Example>,
    /// Packages in which it is broken.
    #[serde(default)]
    pub broken: Vec<Example>,
    /// Packages in which a figure that it needs cannot be read.
    #[serde(default)]
    pub unreadable: Vec<Example>,
    /// Packages to which it does not apply.
    #[serde(default)]
    pub silent: Vec<Example>,
}

/// Level of the function classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Level {
    /// 3 digits.
    #[serde(rename = "类")]
    Class,
    /// 5 digits.
    #[serde(rename = "款")]
    Section,
    /// 7 digits.
    #[serde(rename = "项")]
    Item,
}

impl Level {
    /// Digits of a code of this level.
    pub const fn digits(self) -> usize {
        match self {
            Level::Class => 3,
            Level::Section => 5,
            Level::Item => 7,
        }
    }

    /// The placeholder in formulas.
    pub const fn word(self) -> &'static str {
        match self {
            Level::Class => "类",
            Level::Section => "款",
            Level::Item => "项",
        }
    }
}

/// Where a rule applies. Everything that is given must be true; nothing given: everywhere.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// All units of the department are of these kinds (and there is at least one).
    #[serde(default)]
    pub only: Vec<UnitKind>,
    /// At least one unit is of one of these kinds.
    #[serde(default)]
    pub any: Vec<UnitKind>,
    /// Keys of the variants.
    #[serde(default)]
    pub variants: Vec<String>,
    /// `final` or `budget`: documents of this kind only.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// A condition in the formula language.
    #[serde(default)]
    pub when: Option<String>,
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LawFile {
    law: Vec<Law>,
    #[serde(default)]
    related: Vec<String>,
}

/// Laws and rules.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    laws: Vec<Law>,
    rules: Vec<Rule>,
    /// Formulas of flows that are zero together with their counts (law of order).
    pub related: Vec<String>,
}

impl Rulebook {
    /// Reads `laws.toml` and all files below `rules/`. Doubled codes, malformed codes and rules without either formula or
    /// body are problems.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Rulebook {
        let mut book = Rulebook::default();
        if let Some(file) = source.toml::<LawFile>("laws.toml", problems) {
            book.laws = file.law;
            book.related = file.related;
        }
        let mut seen: BTreeMap<String, String> =
            book.laws.iter().map(|law| (law.code.clone(), "laws.toml".to_owned())).collect();
        for (path, rule) in source.tomls::<Rule>("rules/", problems) {
            let mut fault = |message: String| {
                let place = Place { file: Some(path.clone()), ..Place::default() };
                problems.push(Problem::fatal(place, message));
            };
            if !is_code(&rule.code) {
                fault(format!("“{}”不是两个大写字母加三位数字的规则代码", rule.code));
            }
            if rule.formula.is_empty() == rule.body.is_none() {
                fault("规则须有 formula（公式）或 body（程序名）之一，不能都有或都没有".to_owned());
            }
            if let Some(other) = seen.insert(rule.code.clone(), path.clone()) {
                fault(format!("代码 {} 已用于 {other}，代码不得重复", rule.code));
            }
            book.rules.push(rule);
        }
        book.rules.sort_by(|a, b| a.code.cmp(&b.code));
        book
    }

    /// The laws in the order of their file.
    pub fn laws(&self) -> &[Law] {
        &self.laws
    }

    /// The rules in the order of their codes.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A law by its key.
    pub fn law(&self, key: &str) -> Option<&Law> {
        self.laws.iter().find(|law| law.key == key)
    }
}

fn is_code(code: &str) -> bool {
    code.len() == 5
        && code.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && code.bytes().skip(2).all(|b| b.is_ascii_digit())
}
