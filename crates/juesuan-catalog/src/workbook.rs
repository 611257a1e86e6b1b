//! The workbook of the ministry's software (`catalog/import/workbook.toml`): its sheets, heads and labels, and the public tables
//! that they fill.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

const PATH: &str = "import/workbook.toml";

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workbook {
    /// Unit of the amounts.
    pub unit: String,
    /// Cells with which a head begins.
    pub anchors: Vec<String>,
    /// Heads of columns that number the rows.
    pub ordinals: Vec<String>,
    /// Beginning of the row that numbers the columns.
    pub column_numbers: Vec<String>,
    /// Names of the total row.
    pub totals: Vec<String>,
    /// Heads of columns that hold codes.
    pub code_heads: Vec<String>,
    /// Parts of heads of columns that hold codes.
    pub code_marks: Vec<String>,
    /// What may stand before the word of a head.
    pub head_prefixes: Vec<String>,
    /// Units in brackets behind a label.
    pub label_units: Vec<String>,
    /// Sheets.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetSpec>,
    /// Sheets that hold nothing which a public table needs.
    #[serde(default)]
    pub aside: Vec<AsideSpec>,
    /// 附03.
    pub labels: LabelSpec,
    /// What is said.
    pub says: WorkbookSays,
}

/// What is said of a workbook, with names in braces to be filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkbookSays {
    /// A sheet that no public table needs: `title`, `count`.
    pub aside: String,
    /// A sheet that nobody knows: `count`.
    pub unknown: String,
    /// Rows without a code: `count`, `rows`.
    pub without_code: String,
    /// The same code again: `code`, `first`.
    pub double: String,
    /// Amounts of another unit of money were read: `unit`.
    pub scaled: String,
}

/// How a sheet is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetLayout {
    /// Income on the left, expense on the right, rows by label.
    #[default]
    Sides,
    /// Rows by function code.
    Functions,
    /// Columns by economic class and item; the total row counts.
    Economics,
    /// Rows by label, each a figure of its own.
    Labels,
    /// One row a project.
    Projects,
}

/// A sheet that no public table needs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsideSpec {
    /// Title, and title by which it is found.
    pub title: String,
    /// Numbers by which it is found.
    pub numbers: Vec<String>,
}

/// Where another table says that a sheet which the software left out is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmptySpec {
    /// Title of that table.
    pub table: String,
    /// Side of its rows.
    #[serde(default)]
    pub side: String,
    /// The row, without number.
    pub row: String,
    /// Its value, counted from 0.
    pub value: usize,
}

/// One sheet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetSpec {
    /// Key of the public form.
    pub form: String,
    /// Title under which it is written.
    pub title: String,
    /// Titles by which it is found.
    pub titles: Vec<String>,
    /// Numbers by which it is found.
    pub numbers: Vec<String>,
    /// Layout.
    pub layout: SheetLayout,
    /// Of sheets of projects: those of the lowest rank count.
    #[serde(default)]
    pub rank: u32,
    /// Columns in the order of the public table; see the file.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Title of the table that tells the parts of an amount where the columns that may be missing are not there.
    #[serde(default)]
    pub parts_from: String,
    /// Sides, for [`SheetLayout::Sides`].
    #[serde(default)]
    pub side: Vec<SideSpec>,
    /// Sums that the public table has and the sheet has not.
    #[serde(default)]
    pub sums: Vec<SumSpec>,
    /// Where it is told that there is nothing, if the sheet is not there.
    #[serde(default)]
    pub empty: Option<EmptySpec>,
}

/// One side of a two-sided table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideSpec {
    /// Name of the side in the public table.
    pub side: String,
    /// Head over its label column.
    pub label: String,
    /// Columns in the order of the public table.
    pub columns: Vec<String>,
    /// Heads with one of these words are not meant.
    #[serde(default)]
    pub except: Vec<String>,
}

/// A row that is a sum of economic classes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumSpec {
    /// Name of the row.
    pub name: String,
    /// Classes, three digits.
    pub classes: Vec<String>,
}

/// 附03.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSpec {
    /// Heads of the columns.
    pub heads: LabelHeads,
    /// Labels that are headings only.
    pub headings: Vec<String>,
    /// Themes of the public 三公 table in its order.
    pub three_public: Vec<String>,
    /// Rows.
    #[serde(rename = "row")]
    pub rows: Vec<LabelRow>,
}

/// Heads of the value columns of 附03; alternatives behind `|`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelHeads {
    /// 年初预算.
    pub initial: String,
    /// 全年预算.
    pub full: String,
    /// 决算, 统计数.
    pub actual: String,
}

/// One row of 附03.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelRow {
    /// Labels, without number and unit.
    pub words: Vec<String>,
    /// Item of its figure.
    pub item: String,
    /// Theme of its figure.
    #[serde(default)]
    pub theme: String,
    /// True for a part: the parts add up to the figure where no row of its own says it.
    #[serde(default)]
    pub adds: bool,
}

impl Workbook {
    /// Reads the file.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Workbook {
        source.toml(PATH, problems).unwrap_or_default()
    }
}
