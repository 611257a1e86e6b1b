//! Forms: one grid of rows, each of cells.

use juesuan_model::{Quantity, Topic};
use serde::Deserialize;

use super::{ListTemplate, TextsTemplate};
use crate::template::Template;

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

/// What a cell is of an indicator; its levels, class and point are those of the indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum IndicatorField {
    /// What was aimed at.
    #[serde(rename = "指标值")]
    Target,
    /// What was reached.
    #[serde(rename = "完成值")]
    Actual,
    /// Points at most.
    #[serde(rename = "分值")]
    Weight,
    /// Points.
    #[serde(rename = "得分")]
    Score,
    /// Why it was missed.
    #[serde(rename = "偏差原因")]
    Reason,
}

/// A cell of a form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormCell {
    /// Content.
    #[serde(default)]
    pub write: Template,
    /// What its text is about.
    #[serde(default)]
    pub says: Option<Topic>,
    /// Which number of the whole or the project it is; in a line of money, of that line.
    #[serde(default)]
    pub amount: Option<Quantity>,
    /// What it is of the indicator of its row.
    #[serde(default)]
    pub field: Option<IndicatorField>,
    /// True for the name of the project.
    #[serde(default)]
    pub project: bool,
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

impl FormRow {
    /// Grid columns of its cells together.
    pub fn width(&self) -> usize {
        self.cell.iter().map(|cell| usize::from(cell.columns.max(1))).sum()
    }
}
