//! The document plan: what is published, in order, without layout. All five formats are views of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::FigureId;
use crate::place::{Origin, Place};
use crate::seen::Seen;

/// The whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Document {
    /// Lines of the cover, from the top: name, then `2023年度部门决算`.
    pub title: Vec<String>,
    /// Places of the cover lines, for a document that was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title_origin: Vec<Place>,
    /// Entries of the contents page, for a document that was read and has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<ContentsEntry>,
    /// Parts in order.
    pub parts: Vec<Part>,
    /// Why this is not publishable; printed as 草稿 on every page. Empty: publishable.
    #[serde(default)]
    pub draft_reasons: Vec<String>,
    /// What makes it a notice to other bodies (GB/T 9704): its title stands above the text, without cover and contents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

/// What stands around the text of a notice.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Notice {
    /// Its number (发文字号), or that it is missing.
    pub number: Run,
    /// To whom it goes, with the colon.
    pub to: String,
    /// Who issued it, and the day in Chinese.
    pub signed: [String; 2],
}

impl Document {
    /// Its tables in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Chart(_) => None,
        })
    }
}

/// A line of the contents page.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct ContentsEntry {
    /// The heading it names, without leaders and page number.
    pub text: String,
    /// The page number printed, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Where the entry stands.
    pub place: Place,
}

/// 第一部分 … with its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Part {
    /// Heading with its number, e.g. `第二部分 2023年度部门决算表`.
    pub title: String,
    /// Where the heading stands, for a document that was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origin: Vec<Origin>,
    /// Content in order.
    pub blocks: Vec<Block>,
}

/// Level of the title of a document of its own inside a part, e.g. of a report on a project: it stands in the middle, and in
/// the outline where level 2 does.
pub const TITLE_LEVEL: u8 = 4;

/// One thing on the page.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a document has few blocks, and most of its size is tables")]
pub enum Block {
    /// A heading; level 1 is 一、, level 2 is （一）, level 3 is 1. (a part's own heading stands above level 1).
    Heading {
        /// 1, 2 or 3; [`TITLE_LEVEL`] for the title of a document of its own inside a part.
        level: u8,
        /// Text with its number.
        text: String,
        /// Where it stands, for a document that was read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        origin: Vec<Origin>,
    },
    /// Running text.
    Paragraph {
        /// Pieces in order.
        runs: Vec<Run>,
        /// Where each of its lines stands, for a document that was read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        origin: Vec<Origin>,
    },
    /// A table.
    Table(Table),
    /// A chart with its data.
    Chart(Chart),
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Run {
    /// What is printed.
    pub text: String,
    /// The figure printed here, if this run is one. Its text holds the digits only; the unit word follows in the next run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<FigureId>,
    /// How the run is set apart.
    #[serde(default, skip_serializing_if = "Mark::is_plain")]
    pub mark: Mark,
}

/// How a run is set apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Not at all.
    #[default]
    Plain,
    /// Something is missing here and must be supplied; shown as 【…】 in colour.
    Missing,
    /// Bold: the term of a glossary entry, the lead of an item.
    Strong,
}

impl Mark {
    /// True for [`Mark::Plain`].
    pub fn is_plain(&self) -> bool {
        *self == Mark::Plain
    }
}

/// How the page is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Upright A4.
    #[default]
    Portrait,
    /// A4 on its side, for wide tables.
    Landscape,
}

/// A table as printed. All rows have the same number of grid columns; spans cover the cells left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Table {
    /// Key of the form in the catalogue, e.g. `income-by-function`; empty for other tables (units, projects).
    pub form: String,
    /// Title printed above.
    pub title: String,
    /// `公开02表`, printed at the right; empty where the variant prints none.
    pub number: String,
    /// `部门：…`, printed at the left; empty where the variant prints none.
    pub entity: String,
    /// `金额单位：万元`, printed at the right; empty where nothing is money.
    pub unit: String,
    /// Page orientation that the table asks for.
    pub orientation: Orientation,
    /// Relative widths of the grid columns.
    pub widths: Vec<u16>,
    /// Heading rows, repeated on each page.
    pub header: Vec<Vec<HeaderCell>>,
    /// Body rows.
    pub rows: Vec<TableRow>,
    /// Lines below: 注, 说明.
    pub notes: Vec<String>,
    /// Where the table begins, for a document that was read.
    #[serde(default, skip_serializing_if = "Place::is_unknown")]
    pub place: Place,
    /// Every page it stands on, for a document that was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
    /// Where each of `notes` stands, for a document that was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note_places: Vec<Place>,
}

/// A cell of the table head.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct HeaderCell {
    /// What is printed.
    pub text: String,
    /// First grid column, from 0.
    pub column: u16,
    /// Grid columns covered.
    pub columns: u16,
    /// Header rows covered.
    pub rows: u16,
}

/// A row of the body: one cell per grid column.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct TableRow {
    /// Cells from the left. A cell with `columns` > 1 is followed by the next cell outside its span.
    pub cells: Vec<TableCell>,
    /// True for totals, printed bold.
    #[serde(default)]
    pub total: bool,
}

/// What a table cell is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellRole {
    /// The name of a row.
    #[default]
    Label,
    /// A classification code.
    Code,
    /// 行次.
    Ordinal,
    /// A figure, or the blank where one could stand.
    Number,
}

/// Horizontal alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Left.
    #[default]
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// A cell of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct TableCell {
    /// What is printed; empty for a blank.
    pub text: String,
    /// What it is for.
    #[serde(default)]
    pub role: CellRole,
    /// The figure, for numbers (also blank ones that have a meaning).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<FigureId>,
    /// The figures that add up to this one inside this table, for live formulas: this = Σ `adds` − Σ `takes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<FigureId>,
    /// See `adds`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<FigureId>,
    /// Alignment.
    #[serde(default)]
    pub align: Align,
    /// Indent of a label: 0 for 类, 1 for 款, 2 for 项.
    #[serde(default)]
    pub indent: u8,
    /// Grid columns covered; 0 counts as 1.
    #[serde(default)]
    pub columns: u16,
    /// Body rows covered; 0 counts as 1. The cells below that it covers stay in their rows, blank, and are not printed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rows: u16,
    /// How it was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
}

fn is_zero(rows: &u16) -> bool {
    *rows == 0
}

impl Table {
    /// How the table was seen: as badly as the worst of its cells.
    pub fn seen(&self) -> Seen {
        self.rows.iter().flat_map(|row| &row.cells).fold(Seen::Text, |seen, cell| seen.and(cell.seen))
    }
}

/// Longest day, in characters: 2023年12月31日.
const DAY_LENGTH: usize = 11;

impl TableCell {
    /// True for what must not break into two lines: a code, an ordinal, a figure, a day.
    pub fn is_unbreakable(&self) -> bool {
        let day = || {
            let text = self.text.trim();
            text.ends_with('日')
                && text.starts_with(|first: char| first.is_ascii_digit())
                && text.chars().count() <= DAY_LENGTH
                && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'))
        };
        self.role != CellRole::Label || day()
    }
}

/// Kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// One group of bars a category (years).
    Bars,
    /// Parts of a whole.
    Ring,
    /// Parts of several wholes.
    StackedBars,
}

/// A chart and the figures it draws.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Chart {
    /// Key in the catalogue.
    pub key: String,
    /// `图1：收、支决算总计变动情况`.
    pub caption: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Unit of the values, e.g. `万元`.
    pub unit: String,
    /// Names of the categories (years, or the parts of a ring).
    pub categories: Vec<String>,
    /// Series, each with one figure per category.
    pub series: Vec<ChartSeries>,
    /// The chart in words, for those who do not see it.
    pub alternative: String,
}

/// One series of a chart.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct ChartSeries {
    /// Name of the series.
    pub name: String,
    /// One figure per category.
    pub figures: Vec<FigureId>,
}
