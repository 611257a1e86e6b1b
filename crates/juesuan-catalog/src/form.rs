//! One statutory table: `catalog/forms/*.toml`, with what a variant changes laid over it (see [`crate::variant`]).
//!
//! A form is one or several blocks side by side (收入 | 支出). A block has columns and rows; the meaning of a cell is the
//! form's, the block's, the row's and the column's coordinates laid over each other in this order.

use std::collections::BTreeMap;

use juesuan_model::{Against, CellRole, Dimension, Meaning, Measure, Orientation, Unit};
use juesuan_text::plain;
use serde::Deserialize;

use crate::kept::Kept;
use crate::template::Template;

/// How an amount of nothing prints in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ZeroPrint {
    /// `0.00`.
    #[default]
    #[serde(rename = "0.00")]
    Digits,
    /// Empty cell.
    #[serde(rename = "blank")]
    Blank,
    /// A dash.
    #[serde(rename = "dash")]
    Dash,
}

/// What a column of figures says of its meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnMeasure {
    /// Money.
    #[default]
    Amount,
    /// Money more or less than in the year before.
    Change,
    /// The same in percent.
    Growth,
}

/// Which rows of a fixed list are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowChoice {
    /// Only rows with money.
    Nonzero,
    /// Every row of the form.
    #[default]
    All,
}

/// One statutory table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Key: the name of its file.
    #[serde(skip)]
    pub key: String,
    /// False where a variant takes it as its base has it.
    #[serde(skip)]
    pub own: bool,
    /// Title printed above the table.
    pub name: String,
    /// Every title under which it is published anywhere.
    #[serde(default)]
    pub titles: Vec<String>,
    /// `公开01表`; printed where the variant prints numbers.
    #[serde(default)]
    pub number: String,
    /// Page orientation.
    #[serde(default)]
    pub orientation: Orientation,
    /// First year of which it is asked; 0 for any.
    #[serde(default)]
    pub since: u16,
    /// Unit of the amounts.
    #[serde(default = "wan_yuan")]
    pub unit: Unit,
    /// Digits behind the point.
    #[serde(default = "two")]
    pub decimals: u8,
    /// True if the columns are numbered (栏次), where the variant prints that.
    #[serde(default)]
    pub column_numbers: bool,
    /// Lines below the table, with `{单位}`, `{年}` and `{决算主体}`.
    #[serde(default)]
    pub notes: Vec<Template>,
    /// The line below an empty table; without it the table cannot be empty.
    #[serde(default)]
    pub empty: Template,
    /// What an empty table says there is none of.
    #[serde(default)]
    pub absent: Vec<Meaning>,
    /// Zero in this table, over the variant.
    #[serde(default)]
    pub zero: Option<ZeroPrint>,
    /// Rows of fixed lists that are printed.
    #[serde(default)]
    pub rows: RowChoice,
    /// Printed words that differ from the form's: row names and column heads. The form's own words still name the row.
    #[serde(default)]
    pub rename: BTreeMap<String, String>,
    /// Keys of rows and columns that are left out.
    #[serde(default)]
    pub omit: Vec<String>,
    /// Coordinates of every cell.
    #[serde(default)]
    pub means: Meaning,
    /// Blocks from the left.
    pub block: Vec<FormBlock>,
}

/// Columns and rows that belong together.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormBlock {
    /// Name of the side: 收入, 支出; empty if there is one side only.
    #[serde(default)]
    pub side: String,
    /// Coordinates of every cell of the block.
    #[serde(default)]
    pub means: Meaning,
    /// Columns from the left.
    pub column: Vec<FormColumn>,
    /// Rows from the top.
    pub row: Vec<FormRow>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormColumn {
    /// What it holds.
    pub kind: CellRole,
    /// Heading from the top level down. Equal neighbours are one cell, sideways and downwards.
    pub head: Vec<String>,
    /// Key; the last heading if none is given.
    #[serde(default)]
    pub key: String,
    /// Other words for the last heading.
    #[serde(default)]
    pub names: Vec<String>,
    /// Relative width.
    pub width: u16,
    /// Coordinates of its cells.
    #[serde(default)]
    pub means: Meaning,
    /// What its figures say of that.
    #[serde(default)]
    pub measure: ColumnMeasure,
    /// Keys of the columns of this block that add up to it.
    #[serde(default)]
    pub adds: Vec<String>,
    /// Keys of the columns that are taken off.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Law its sum is checked under.
    #[serde(default = "sum_law")]
    pub law: String,
    /// Its heading as it is compared, from the top level down, equal neighbours once.
    #[serde(skip)]
    path: Kept<Vec<String>>,
    /// Every word that may head it as it is compared.
    #[serde(skip)]
    called: Kept<Vec<String>>,
}

/// One row, or a list of rows that codes generate.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRow {
    /// Name; empty for a blank row.
    #[serde(default)]
    pub name: String,
    /// Other names under which it is printed anywhere.
    #[serde(default)]
    pub names: Vec<String>,
    /// Key; the name if none is given.
    #[serde(default)]
    pub key: String,
    /// True if 一、二、… stands before the name.
    #[serde(default)]
    pub serial: bool,
    /// True for totals, printed bold.
    #[serde(default)]
    pub total: bool,
    /// Levels of indent.
    #[serde(default)]
    pub indent: u8,
    /// This row stands level with the row of the same word in the other blocks.
    #[serde(default)]
    pub align: String,
    /// Coordinates of its cells.
    #[serde(default)]
    pub means: Meaning,
    /// Generated: one row a code of this dimension.
    #[serde(default)]
    pub by: Option<Dimension>,
    /// Generated from a fixed list of the variant; empty: from the codes that have money, with those above them.
    #[serde(default)]
    pub list: String,
    /// The codes of that list, filled in when the variant is loaded.
    #[serde(skip)]
    pub codes: Vec<String>,
    /// Keys of the rows (of any block) that add up to it. The key of generated rows stands for the highest level.
    #[serde(default)]
    pub adds: Vec<String>,
    /// Key of a row whose first amount must be the same (收入总计 and 支出总计).
    #[serde(default)]
    pub equals: String,
    /// True if its label runs over the whole block and the label columns of the next one.
    #[serde(default)]
    pub joined: bool,
    /// True for a row that only names those below it: what stands in its cells (a dash) is no figure.
    #[serde(default)]
    pub heading: bool,
    /// True for a row of counts: its cells are pieces, whatever the unit of the table.
    #[serde(default)]
    pub count: bool,
    /// Its names as they are compared.
    #[serde(skip)]
    labels: Kept<Vec<String>>,
}

impl FormBlock {
    /// The columns that hold figures.
    pub fn numbers(&self) -> impl Iterator<Item = &FormColumn> {
        self.column.iter().filter(|c| c.kind == CellRole::Number)
    }

    /// True if rows have a code.
    pub fn has_codes(&self) -> bool {
        self.column.iter().any(|c| c.kind == CellRole::Code)
    }
}

impl FormColumn {
    /// The measure of its figures.
    pub const fn measure(&self) -> Measure {
        match self.measure {
            ColumnMeasure::Amount => Measure::Amount,
            ColumnMeasure::Change => Measure::Change(Against::PriorYear),
            ColumnMeasure::Growth => Measure::Growth(Against::PriorYear),
        }
    }

    /// The unit of its figures in a table whose amounts are in `unit`.
    pub const fn unit(&self, unit: Unit) -> Unit {
        match self.measure {
            ColumnMeasure::Amount | ColumnMeasure::Change => unit,
            ColumnMeasure::Growth => Unit::Percent,
        }
    }

    /// Every word that may head the column.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.head.last().into_iter().chain(&self.names).map(String::as_str)
    }

    /// Its heading as it is compared, from the top level down, equal neighbours once.
    pub fn path(&self) -> &[String] {
        self.path.get(|| {
            let mut path: Vec<String> = self.head.iter().map(|word| plain(word)).collect();
            path.dedup();
            path
        })
    }

    /// Every word that may head the column, as it is compared.
    pub fn called(&self) -> &[String] {
        self.called.get(|| self.words().map(plain).collect())
    }
}

impl FormRow {
    /// True if nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.name.is_empty() && self.by.is_none()
    }

    /// Every name of the row.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.names).map(String::as_str).filter(|w| !w.is_empty())
    }

    /// Every name of the row as `label` makes it comparable; whoever asks gives the same one.
    pub fn labels(&self, label: fn(&str) -> String) -> &[String] {
        self.labels.get(|| self.words().map(label).collect())
    }
}

impl Form {
    /// The meaning of a cell; `code` is the code of a generated row.
    pub fn meaning(&self, block: &FormBlock, row: &FormRow, code: Option<&str>, column: &FormColumn) -> Meaning {
        let mut meaning = self.means.overlaid_by(&block.means).overlaid_by(&row.means).overlaid_by(&column.means);
        if let (Some(dimension), Some(code)) = (row.by, code) {
            meaning = meaning.with(dimension, code);
        }
        meaning
    }

    /// Gives default keys, applies `rename` and `omit`, and fills lists in. `lists` are those of the variant. Returns
    /// the words of the form that name nothing, each with what is wrong.
    pub(crate) fn settle(&mut self, lists: &BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let name = self.name.clone();
        if !self.titles.contains(&name) {
            self.titles.push(name);
        }
        for block in &mut self.block {
            for column in &mut block.column {
                if column.key.is_empty() {
                    column.key = column.head.last().cloned().unwrap_or_default();
                }
                let last = column.head.last().cloned();
                for word in &mut column.head {
                    if let Some(printed) = self.rename.get(word) {
                        *word = printed.clone();
                    }
                }
                if column.head.last() != last.as_ref() {
                    column.names.extend(last);
                }
            }
            for row in &mut block.row {
                if row.key.is_empty() {
                    row.key = row.name.clone();
                }
                if let Some(printed) = self.rename.get(&row.name) {
                    row.names.push(std::mem::replace(&mut row.name, printed.clone()));
                }
                if !row.list.is_empty() {
                    match lists.get(&row.list) {
                        Some(codes) => row.codes = codes.clone(),
                        None => faults.push((row.list.clone(), format!("没有名为“{}”的科目清单（lists）", row.list))),
                    }
                }
            }
            block.column.retain(|c| !self.omit.contains(&c.key));
            block.row.retain(|r| r.key.is_empty() || !self.omit.contains(&r.key));
        }
        faults.extend(self.dangling());
        faults
    }

    /// Keys in sums that name nothing, each with what is wrong.
    fn dangling(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let rows: Vec<&FormRow> = self.block.iter().flat_map(|b| &b.row).collect();
        for row in &rows {
            for key in row.adds.iter().chain(Some(&row.equals)).filter(|k| !k.is_empty()) {
                if !rows.iter().any(|r| r.key == *key || r.codes.contains(key)) {
                    faults.push((key.clone(), format!("“{}”行的加总提到没有的行“{key}”", row.name)));
                }
            }
        }
        for block in &self.block {
            for column in &block.column {
                for key in column.adds.iter().chain(&column.takes) {
                    if !block.column.iter().any(|c| c.key == *key) {
                        faults.push((key.clone(), format!("“{}”列的加总提到没有的列“{key}”", column.key)));
                    }
                }
            }
        }
        faults
    }
}

fn wan_yuan() -> Unit {
    Unit::WanYuan
}

fn two() -> u8 {
    2
}

fn sum_law() -> String {
    "sum".to_owned()
}
