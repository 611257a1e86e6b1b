//! Reports, forms and summaries of performance as data: `catalog/performance/documents/*.toml`.
//!
//! Sentences are [`Template`]s. A place in braces names what the writer knows of the department, the project, the indicator
//! or the row at hand (`{项目}`, `{文字.目标}`, `{字段.executor}`), else a slot of `section`. The names stand in [`names`];
//! `catalog/performance/documents/README.md` tells what they mean.

mod check;
mod form;
pub mod names;

use juesuan_model::{Problem, Quantity, Topic};
use serde::Deserialize;

pub use form::{CellLook, FormCell, FormElements, FormNote, FormRow, FormTemplate, IndicatorField};

use crate::input::InputFiles;
use crate::section::{Phrases, Section};
use crate::source::Source;
use crate::template::Template;

/// Folder of the files.
const FOLDER: &str = "performance/documents/";

/// The documents of all variants.
#[derive(Clone, Debug, Default)]
pub struct PerformanceDocuments {
    all: Vec<DocumentSet>,
}

/// What is written of performance in the documents of some variants.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSet {
    /// Keys of the variants; empty: all that have none of their own.
    pub variants: Vec<String>,
    /// Slots for figures of the whole.
    #[serde(default)]
    pub section: Section,
    /// Heading above what is said of the whole, without its number.
    pub whole_heading: Template,
    /// Heading above the projects.
    pub projects_heading: Template,
    /// Heading above the summary.
    pub summary_heading: Template,
    /// How an unmet execution is told; `{执行率}` and the like are known.
    pub unmet_execution: Template,
    /// Report on the whole.
    pub whole_report: ReportTemplate,
    /// Form of the whole.
    pub whole_form: FormTemplate,
    /// Report on a project.
    pub project_report: ReportTemplate,
    /// Form of a project.
    pub project_form: FormTemplate,
    /// All results together, and how they are used.
    pub summary: ReportTemplate,
}

/// A text with headings, in order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTemplate {
    /// Title; empty: none.
    #[serde(default)]
    pub title: Template,
    /// Content.
    pub item: Vec<ReportItem>,
}

/// A heading, a text, a table or a chart; or a text behind its heading on one line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportItem {
    /// 1: 一、, 2: （一）, 3: 1.; 0: no number. Counted by the program.
    #[serde(default)]
    pub level: u8,
    /// Heading without its number.
    #[serde(default)]
    pub heading: Template,
    /// Between the heading and what follows on its line.
    #[serde(default)]
    pub colon: String,
    /// Names that must all be known.
    #[serde(default)]
    pub when: Vec<String>,
    /// Names of which none may be known.
    #[serde(default)]
    pub unless: Vec<String>,
    /// What the text is about that stands here, or below this heading up to the next.
    #[serde(default)]
    pub says: Option<Topic>,
    /// Text.
    #[serde(default)]
    pub write: Template,
    /// A sentence for each element of a list, behind `write`.
    #[serde(default)]
    pub list: Option<ListTemplate>,
    /// What was entered about something, behind `write`: one text on the line, several a paragraph each.
    #[serde(default)]
    pub texts: Option<TextsTemplate>,
    /// A table.
    #[serde(default)]
    pub table: Option<TableTemplate>,
    /// Targets and results of the indicators that are numbers, as bars.
    #[serde(default)]
    pub chart: Option<BarsTemplate>,
}

/// What a list or a table has an element or a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elements {
    /// Projects.
    Project,
    /// Indicators of the subject.
    Indicator,
    /// Those that were met.
    Met,
    /// Those that were not, and the execution where it cost points.
    Unmet,
    /// Those of which last year's value is known.
    Compared,
    /// Those that nobody could judge.
    Unknown,
    /// What was not met, and all else that has a reason but what nobody could judge.
    Explained,
    /// Those that were computed from the accounts and registers.
    Computed,
    /// Steps of the cycle.
    Step,
    /// Changes of targets.
    Change,
    /// Uses of results.
    Use,
    /// Files that prove something.
    Evidence,
}

/// A sentence for each element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListTemplate {
    /// Of what.
    pub each: Elements,
    /// Uses of results: those whose kind has one of these words. Empty: all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The sentence.
    pub write: Template,
    /// Between two.
    pub join: String,
    /// Behind the last.
    #[serde(default)]
    pub end: String,
    /// Where there is no element.
    #[serde(default)]
    pub none: String,
    /// A name: an element that knows it begins a paragraph of its own. Empty: all in one.
    #[serde(default)]
    pub split: String,
    /// Those that reached just what was aimed at, in words: one sentence for them at the end of each paragraph, with
    /// `{各指标}` and, where there are several, `{项数}`. Empty: they are told like the others.
    #[serde(default)]
    pub alike: Template,
}

/// Texts that were entered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextsTemplate {
    /// About what.
    pub topic: Topic,
    /// Where there is none: this, unless something was not met and the text is `owed` then. Empty: the text is demanded.
    #[serde(default)]
    pub none: String,
    /// True for texts that are demanded wherever something was not met, and that cannot deny it.
    #[serde(default)]
    pub owed: bool,
}

/// A table with a row for each element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableTemplate {
    /// Title.
    pub title: Template,
    /// At the right above.
    #[serde(default)]
    pub unit: String,
    /// Of what.
    pub each: Elements,
    /// Name of the last row, where columns are summed up.
    #[serde(default)]
    pub total: String,
    /// Columns.
    pub column: Vec<TableColumn>,
}

/// How the last row sums a column up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Summed {
    /// Not at all.
    #[default]
    No,
    /// The sum, if all are known.
    Sum,
    /// The rate of the sums of the two columns before the last, in percent.
    Rate,
    /// The mean, if all are known.
    Mean,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// Head.
    pub title: String,
    /// Relative width.
    pub width: u16,
    /// Content.
    pub write: Template,
    /// Which number of the project of its row it is.
    #[serde(default)]
    pub amount: Option<Quantity>,
    /// True for the names of projects: each row is what the table says of one.
    #[serde(default)]
    pub project: bool,
    /// The last row.
    #[serde(default)]
    pub summed: Summed,
}

/// Bars.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarsTemplate {
    /// Caption.
    pub caption: Template,
    /// Name of the bars of the targets.
    pub target: String,
    /// Name of the bars of the results.
    pub reached: String,
    /// Most indicators in one chart.
    pub most: usize,
    /// One indicator in words.
    pub words: Template,
}

impl PerformanceDocuments {
    /// Reads the files. Names that nothing stands behind, and rows that are wider or narrower than their form, are
    /// problems.
    pub fn load(
        source: &Source,
        inputs: &InputFiles,
        phrases: &Phrases,
        problems: &mut Vec<Problem>,
    ) -> PerformanceDocuments {
        let sets = source.tomls::<DocumentSet>(FOLDER, problems);
        for (path, set) in &sets {
            let others = sets.iter().filter(|(other, _)| other != path).flat_map(|(_, set)| &set.variants);
            let others: Vec<&str> = others.map(String::as_str).collect();
            check::check(set, path, &check::Around { source, inputs, phrases, others: &others }, problems);
        }
        PerformanceDocuments { all: sets.into_iter().map(|(_, set)| set).collect() }
    }

    /// Those of a variant, else those of all.
    pub fn of(&self, variant: &str) -> Option<&DocumentSet> {
        let own = self.all.iter().find(|set| set.variants.iter().any(|key| key == variant));
        own.or_else(|| self.all.iter().find(|set| set.variants.is_empty()))
    }
}
