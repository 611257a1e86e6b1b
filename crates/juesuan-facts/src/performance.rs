//! `performance/`: projects, texts, indicators, changes of targets, the cycle, monitoring and uses of results, row by row.

use std::collections::BTreeMap;

use juesuan_catalog::PerformanceCatalog;
use juesuan_model::{Money, Place, Stage, Topic};
use juesuan_text::{Day, plain};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::record::Record;

/// Folder of these files.
pub const FOLDER: &str = "performance";
/// What stands for the whole department or unit where a project is asked for.
pub const WHOLE: &str = "整体";
/// The folder of files that prove something, below [`FOLDER`].
pub const EVIDENCE: &str = "佐证";

/// Everything entered below `performance/`. A file that is not there is `None`, and what it would say is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Performance {
    /// 绩效项目.
    pub projects: Option<Vec<ProjectRow>>,
    /// 绩效文字.
    pub texts: Option<Vec<TextRow>>,
    /// 绩效指标.
    pub indicators: Option<Vec<IndicatorRow>>,
    /// 目标调整.
    pub changes: Option<Vec<ChangeRow>>,
    /// 绩效周期.
    pub cycle: Option<Vec<StepRow>>,
    /// 运行监控.
    pub monitoring: Option<Vec<MonitoringRow>>,
    /// 结果应用.
    pub uses: Option<Vec<UseRow>>,
}

/// A project, or the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRow {
    /// Name; empty: the whole.
    pub project: String,
    /// Key of the column → entry as text, for the columns that are filled.
    pub fields: BTreeMap<String, String>,
    /// True for a project that is not published.
    pub secret: bool,
    /// 执行率小数位.
    pub rate_decimals: Option<i64>,
    /// The row.
    pub record: Record,
}

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// The project; empty: the whole.
    pub project: String,
    /// What it is about.
    pub topic: Topic,
    /// As it was entered.
    pub content: String,
    /// The cell.
    pub place: Place,
}

/// An indicator, its cells as they were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorRow {
    /// The project; empty: the whole.
    pub project: String,
    /// 一级, 二级, 三级指标.
    pub path: [String; 3],
    /// The row, for the other columns.
    pub record: Record,
}

/// A change of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// The project; empty: the whole.
    pub project: String,
    /// 三级指标.
    pub indicator: String,
    /// 调整日期.
    pub date: Day,
    /// The row, for the other columns.
    pub record: Record,
}

/// A step of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The project; empty: the whole, and each project without a step of its own.
    pub project: String,
    /// 环节.
    pub stage: Stage,
    /// 日期.
    pub date: Day,
    /// The row, for the other columns.
    pub record: Record,
}

/// What was reached by the end of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitoringRow {
    /// 月份, as entered.
    pub month: i64,
    /// The project; empty: the whole.
    pub project: String,
    /// 三级指标; empty: the money.
    pub indicator: String,
    /// 执行数.
    pub executed: Option<Money>,
    /// The row, for the other columns.
    pub record: Record,
}

/// A use of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseRow {
    /// The project; empty: the whole.
    pub project: String,
    /// The row, for the other columns.
    pub record: Record,
}

impl Performance {
    /// From the records of each kind; `records` gives `None` for a kind without a file. `None` if there is no file at all.
    pub fn new(records: impl Fn(&str) -> Option<Vec<Record>>, words: &PerformanceCatalog) -> Option<Performance> {
        let project = |record: &Record| project_of(record.text("project"), words);
        let performance = Performance {
            projects: each(records("perf-projects"), |record| Some(project_row(project(&record), record))),
            texts: each(records("perf-texts"), |record| {
                Some(TextRow {
                    project: project(&record),
                    topic: named(record.text("topic"))?,
                    content: record.text("content").to_owned(),
                    place: record.place("content"),
                })
            }),
            indicators: each(records("perf-indicators"), |record| {
                let level = |key: &str| record.text(key).trim().to_owned();
                Some(IndicatorRow {
                    project: project(&record),
                    path: [level("level1"), level("level2"), level("level3")],
                    record,
                })
            }),
            changes: each(records("perf-changes"), |record| {
                Some(ChangeRow {
                    project: project(&record),
                    indicator: record.text("level3").to_owned(),
                    date: record.date("date")?,
                    record,
                })
            }),
            cycle: each(records("perf-cycle"), |record| {
                Some(StepRow {
                    project: project(&record),
                    stage: named(record.text("stage"))?,
                    date: record.date("date")?,
                    record,
                })
            }),
            monitoring: each(records("perf-monitoring"), |record| {
                Some(MonitoringRow {
                    month: record.count("month")?,
                    project: project(&record),
                    indicator: record.text("level3").to_owned(),
                    executed: record.yuan("executed"),
                    record,
                })
            }),
            uses: each(records("perf-uses"), |record| Some(UseRow { project: project(&record), record })),
        };
        (performance != Performance::default()).then_some(performance)
    }
}

fn each<T>(records: Option<Vec<Record>>, row: impl Fn(Record) -> Option<T>) -> Option<Vec<T>> {
    records.map(|records| records.into_iter().filter_map(row).collect())
}

fn project_row(project: String, record: Record) -> ProjectRow {
    let mut fields = BTreeMap::new();
    for key in ["category", "attribute", "type", "department", "executor", "person", "contact", "unit", "note"] {
        if let Some(text) = record.filled(key) {
            fields.insert(key.to_owned(), text.to_owned());
        }
    }
    if let Some(day) = record.date("filled_on") {
        fields.insert("filled_on".to_owned(), day.to_string());
    }
    ProjectRow {
        project,
        fields,
        secret: record.text("secret") == "是",
        rate_decimals: record.count("rate_decimals"),
        record,
    }
}

/// A project's name; empty for the words that stand for the whole.
fn project_of(text: &str, words: &PerformanceCatalog) -> String {
    let name = text.trim();
    let whole = plain(name) == WHOLE || words.words.whole.iter().any(|word| plain(word) == plain(name));
    if whole { String::new() } else { name.to_owned() }
}

/// A stage or topic by its word in packages and files. The words that the columns allow are those of the model.
fn named<T: for<'de> Deserialize<'de>>(word: &str) -> Option<T> {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    #[test]
    fn each_word_that_a_column_allows_is_known_to_the_model() {
        let catalog = Catalog::load(&[]).unwrap();
        let choices =
            |kind: &str, column: &str| catalog.inputs.get(kind).unwrap().column(column).unwrap().choices.clone();
        for word in choices("perf-texts", "topic") {
            assert!(named::<Topic>(&word).is_some(), "{word}");
        }
        let stages: Vec<Option<Stage>> = choices("perf-cycle", "stage").iter().map(|word| named(word)).collect();
        assert!(stages.iter().all(Option::is_some) && stages.is_sorted());
        assert_eq!(named::<Stage>("复盘"), None);
    }

    #[test]
    fn the_whole_may_be_named_or_left_blank() {
        let catalog = Catalog::load(&[]).unwrap();
        for text in ["", "整体", "部门整体", "整体支出"] {
            assert_eq!(project_of(text, &catalog.performance), "", "{text}");
        }
        assert_eq!(project_of(" 绿道养护 ", &catalog.performance), "绿道养护");
    }
}
