//! Reports, forms and summaries of performance as data: `catalog/performance/documents/*.toml`.
//!
//! Sentences are [`Template`]s. A place in braces names what the writer knows of the department, the project, the indicator
//! or the row at hand (`{项目}`, `{文字.目标}`, `{字段.executor}`), else a slot of `section`. The names stand in [`names`];
//! `catalog/performance/documents/README.md` tells what they mean.

mod check;
pub mod names;

use juesuan_model::{Problem, Topic};
use serde::Deserialize;

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

/// A form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormTemplate {
    /// Title.
    pub title: Template,
    /// At the left above.
    #[serde(default)]
    pub entity: Template,
    /// At the right above.
    #[serde(default)]
    pub unit: Template,
    /// Relative widths of the grid columns.
    pub widths: Vec<u16>,
    /// Name of the line of all money, as the form has it.
    #[serde(default)]
    pub all_money: String,
    /// Rows in order.
    pub row: Vec<FormRow>,
    /// Lines below.
    #[serde(default)]
    pub note: Vec<Template>,
    /// A line below for each target that was changed after its approval.
    pub changed: Template,
    /// Lines below that list something, each where there is something to list.
    #[serde(default)]
    pub below: Vec<FormNote>,
    /// Stands where the result of an indicator that could not be judged would stand; empty: nothing.
    #[serde(default)]
    pub unjudged: String,
}

/// A line below a form that lists something.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormNote {
    /// Before the list.
    pub write: Template,
    /// The list.
    pub list: ListTemplate,
}

/// A row of a form, or the rows of a block.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRow {
    /// Names that must all be known.
    #[serde(default)]
    pub when: Vec<String>,
    /// Names of which none may be known.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Cells; their columns add up to those of the grid.
    #[serde(default)]
    pub cell: Vec<FormCell>,
    /// True for the line of the total.
    #[serde(default)]
    pub total: bool,
    /// A row like this for each element.
    #[serde(default)]
    pub each: Option<FormElements>,
}

/// What a form has rows for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormElements {
    /// Lines of money: the total and its parts.
    Fund,
    /// Indicators.
    Indicator,
}

/// How a cell of a form looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellLook {
    /// Running text: to the left.
    #[default]
    Text,
    /// A label or a short entry: in the middle.
    Middle,
    /// A number: to the right.
    Number,
}

/// A cell of a form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormCell {
    /// Content.
    #[serde(default)]
    pub write: Template,
    /// Texts that were entered, numbered where there are several; instead of `write`.
    #[serde(default)]
    pub texts: Option<TextsTemplate>,
    /// A sentence for each element of a list, where `texts` of that topic were not entered.
    #[serde(default)]
    pub list: Option<ListTemplate>,
    /// Grid columns; 0 counts as 1.
    #[serde(default)]
    pub columns: u16,
    /// Rows; 0 counts as 1. The cells below that it covers are written blank.
    #[serde(default)]
    pub rows: u16,
    /// How it looks.
    #[serde(default)]
    pub look: CellLook,
    /// Blank, and no mark, where it is not known.
    #[serde(default)]
    pub blank: bool,
    /// The blank cells below it in its block are one with it.
    #[serde(default)]
    pub down: bool,
    /// Where texts were entered, the elements of the list that they do not name follow them.
    #[serde(default)]
    pub further: bool,
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

impl FormRow {
    /// Grid columns of its cells together.
    pub fn width(&self) -> usize {
        self.cell.iter().map(|cell| usize::from(cell.columns.max(1))).sum()
    }
}
