//! Words by which reports and forms are read: `catalog/performance/words.toml`.

use juesuan_model::{Problem, Quantity, Topic};
use serde::Deserialize;

use crate::source::Source;

const PATH: &str = "performance/words.toml";

/// Words by which reports and forms are read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerformanceWords {
    /// Behind the name of a project at the beginning of its summary.
    pub summary: Vec<String>,
    /// The last word of the name of a project that leads its summary by itself, with one of `summary_money` behind its mark.
    pub summary_name: Vec<String>,
    /// First words of a summary that a name leads by itself.
    pub summary_money: Vec<String>,
    /// Endings of the titles of reports.
    pub report: Vec<String>,
    /// Endings of the titles of forms.
    pub form: Vec<String>,
    /// Titles with one of these are about the whole.
    pub whole: Vec<String>,
    /// At the beginning of titles; no part of a project's name.
    pub lead: Vec<String>,
    /// Before the ending of titles; no part of a project's name.
    pub tail: Vec<String>,
    /// Behind a title on its line.
    pub behind_title: Vec<String>,
    /// Names that name no project.
    pub general: Vec<String>,
    /// Says that there is nothing.
    #[serde(deserialize_with = "crate::compared::words")]
    pub none: Vec<String>,
    /// Promises that what is named stands behind.
    pub promise: Vec<String>,
    /// Before a grade.
    pub grade: Vec<String>,
    /// Between the name of a project and its number.
    pub behind_name: Vec<String>,
    /// Headings below which the whole is described in the explanations.
    pub explained: Vec<String>,
    /// Introduces results of work without a topic of their own.
    pub results: Vec<String>,
    /// Introduces what is said of the evaluation alone, in texts and below forms.
    pub notes: Vec<String>,
    /// Endings of what stands below a chart.
    pub charts: Vec<String>,
    /// Columns of tables that tell how results were made and are used.
    pub told_columns: Vec<String>,
    /// Headings that end an evaluation.
    pub ends: Vec<String>,
    /// The key in narrative.toml, before the name of a project, of why it was not evaluated.
    pub left_out: String,
    /// Words that introduce texts.
    pub topic: Vec<TopicWords>,
    /// Words that introduce causes inside texts.
    pub cause: Vec<CauseWords>,
    /// Words that introduce numbers.
    pub quantity: Vec<QuantityWords>,
    /// Words between a quantity and its number.
    pub numbers: NumberWords,
    /// Heads of the columns and lines of forms.
    pub form_head: FormHead,
    /// Names of the lines of money that are written.
    pub fund_line: FundLines,
}

/// Names of the lines of money of a form, as the official forms have them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundLines {
    /// Money of this year's budget.
    pub of_year: String,
    /// Money of the budgets of earlier years.
    pub carried_over: String,
    /// Money of the budget where nobody knows of which year.
    pub of_budget: String,
    /// Everything else.
    pub other: String,
}

impl PerformanceWords {
    /// Reads the file. A line of money that would be written and not read back is a problem.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> PerformanceWords {
        let words: PerformanceWords = source.toml(PATH, problems).unwrap_or_default();
        let FundLines { of_year, carried_over, of_budget, other } = &words.fund_line;
        for line in [of_year, carried_over, of_budget, other] {
            if !words.form_head.fund_part.contains(line) {
                problems.push(source.fault(
                    PATH,
                    &["fund_line", line],
                    format!("form_head 的 fund_part 里没有“{line}”，写出的表会读不回来"),
                ));
            }
        }
        words
    }
}

/// Words that introduce a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicWords {
    /// What the text is about.
    pub topic: Topic,
    /// Spellings.
    pub words: Vec<String>,
    /// True for words that are too common to be read outside forms.
    #[serde(default)]
    pub form: bool,
}

/// Words that introduce a cause inside a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseWords {
    /// Inside a text about this.
    pub topic: Topic,
    /// What follows is about this.
    pub gives: Topic,
    /// Spellings.
    pub words: Vec<String>,
}

/// Words that introduce a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityWords {
    /// Which number.
    pub quantity: Quantity,
    /// Spellings.
    pub words: Vec<String>,
    /// True for words that stand in forms only.
    #[serde(default)]
    pub form: bool,
    /// True for words that mean a project's number, and in what is said of the whole may mean that of a part.
    #[serde(default)]
    pub project: bool,
}

/// Words between a quantity and its number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    /// Spellings.
    pub between: Vec<String>,
}

/// Heads of the columns and lines of forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormHead {
    /// Before the name of the project.
    pub project: Vec<String>,
    /// Columns of the three levels.
    pub levels: Vec<String>,
    /// Column of what is judged.
    pub point: Vec<String>,
    /// Column of the class of an indicator.
    pub class: Vec<String>,
    /// Columns beside what is aimed at: its unit, and whether more of it is better.
    pub beside: Vec<String>,
    /// Column of what is aimed at.
    pub target: Vec<String>,
    /// Column of what was reached.
    pub actual: Vec<String>,
    /// Column of points at most.
    pub weight: Vec<String>,
    /// Column of points given.
    pub score: Vec<String>,
    /// Column of reasons.
    pub reason: Vec<String>,
    /// Column of the budget at the beginning of the year.
    pub initial_budget: Vec<String>,
    /// Column of the budget of the whole year.
    pub full_year_budget: Vec<String>,
    /// Column of what was spent.
    pub executed: Vec<String>,
    /// Column of the rate of execution.
    pub rate: Vec<String>,
    /// Line of all money.
    pub fund_total: Vec<String>,
    /// Lines of its parts.
    pub fund_part: Vec<String>,
    /// Line of all points.
    pub grand_total: Vec<String>,
    /// Classes of indicators.
    pub classes: Vec<String>,
}
