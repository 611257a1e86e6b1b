//! How the report of the monitoring is written: `catalog/performance/monitor-report.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use super::LightKey;
use crate::source::Source;
use crate::template::{Allowed, Template};

/// Path of the file in the catalogue.
const FILE: &str = "performance/monitor-report.toml";
/// What every sentence may name.
const EVERYWHERE: [&str; 6] = ["单位", "年", "月", "时间进度", "项目数", "指标数"];
/// The money of a project or of the whole.
const SUBJECT: [&str; 8] = ["项目", "全年预算", "执行数", "执行率", "灯", "算式", "原因", "措施"];
/// One of its indicators.
const TARGET: [&str; 3] = ["指标", "指标值", "完成值"];
/// How many are owed.
const OWED: [&str; 1] = ["个数"];

/// Title, tables and sentences of the report.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitorReport {
    /// Lines of its title.
    pub title: Vec<Template>,
    /// Title of its one part.
    pub part: String,
    /// Printed where a value is not known.
    pub absent: String,
    /// Name of the whole beside the projects.
    pub whole: String,
    /// First paragraph.
    pub intro: Template,
    /// Money against time.
    pub money: MonitorTable,
    /// Targets against time.
    pub target: MonitorTable,
    /// What has to be looked at.
    pub warning: WarningWords,
    /// What nobody can say.
    pub unknown: UnknownWords,
}

/// A table below its heading.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitorTable {
    /// Heading, and title of the table.
    pub heading: Template,
    /// At the right above.
    pub unit: String,
    /// Stands in place of a table without rows.
    pub none: Template,
    /// Columns.
    pub column: Vec<MonitorColumn>,
}

/// A column.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitorColumn {
    /// Head.
    pub head: String,
    /// Content.
    pub value: Template,
    /// Relative width.
    pub width: u16,
    /// True for words, which are set to the left.
    #[serde(default)]
    pub words: bool,
}

/// The warnings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningWords {
    /// Heading.
    pub heading: Template,
    /// Lights that are a warning.
    pub lights: Vec<LightKey>,
    /// Stands where there is none.
    pub none: Template,
    /// A warning about money.
    pub money: Template,
    /// A warning about an indicator.
    pub target: Template,
    /// Behind it: the cause.
    pub cause: Template,
    /// Behind it: what is done.
    pub measure: Template,
    /// Stands where the cause was not entered.
    pub cause_missing: Template,
    /// Stands where nobody entered what is done.
    pub measure_missing: Template,
    /// Why the report is a draft.
    pub owed: Template,
}

/// What nobody can say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownWords {
    /// Heading.
    pub heading: Template,
    /// Of money.
    pub money: Template,
    /// Of indicators.
    pub target: Template,
    /// Between the names of indicators with one reason.
    pub join: String,
}

impl MonitorReport {
    /// Reads the file. A name that nothing stands behind is a problem.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> MonitorReport {
        let words: MonitorReport = source.toml(FILE, problems).unwrap_or_default();
        let everywhere = Allowed::default().names(EVERYWHERE);
        let subject = everywhere.clone().names(SUBJECT);
        let target = subject.clone().names(TARGET);
        let owed = everywhere.clone().names(OWED);
        let mut check = |allowed: &Allowed, template: &Template| allowed.check(template, FILE, source, problems);
        let (warning, unknown) = (&words.warning, &words.unknown);
        let plain = [&words.intro, &words.money.heading, &words.money.none, &words.target.heading, &words.target.none];
        let headings = [&warning.heading, &warning.none, &unknown.heading];
        words.title.iter().chain(plain).chain(headings).for_each(|template| check(&everywhere, template));
        let money = [&warning.money, &unknown.money];
        words.money.column.iter().map(|column| &column.value).chain(money).for_each(|own| check(&subject, own));
        let targets = [&warning.target, &unknown.target];
        words.target.column.iter().map(|column| &column.value).chain(targets).for_each(|own| check(&target, own));
        // Behind a warning about money or about an indicator.
        let both = [&warning.cause, &warning.measure, &warning.cause_missing, &warning.measure_missing];
        both.into_iter().for_each(|template| check(&subject, template));
        check(&owed, &warning.owed);
        words
    }
}
