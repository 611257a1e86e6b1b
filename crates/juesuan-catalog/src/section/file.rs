//! One section: `catalog/sections/<variant>/<section>.toml`.

use std::collections::BTreeMap;

use juesuan_model::{ChartKind, Meaning};
use serde::Deserialize;

use super::condition::Condition;
use super::slot::{SlotPath, Version};
use crate::template::Template;

/// A section of a part.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Key named in `document.toml`.
    pub key: String,
    /// Heading without its number: the one written first, then others by which the section is recognised.
    pub headings: Vec<String>,
    /// Coordinates that every slot starts from.
    #[serde(default)]
    pub means: Meaning,
    /// Key of the form that this section explains: its figures are taken as that form prints them.
    #[serde(default)]
    pub explains: String,
    /// Named figures.
    #[serde(default)]
    pub slot: BTreeMap<String, Slot>,
    /// Content in order.
    #[serde(default)]
    pub paragraph: Vec<Paragraph>,
    /// Sums that the section lays out.
    #[serde(default)]
    pub sum: Vec<SumSpec>,
}

/// A named figure of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Coordinates over those of the section; several where one printed figure says several things.
    #[serde(default)]
    pub means: Vec<Meaning>,
    /// The slot of which this is a share.
    #[serde(default)]
    pub of: String,
    /// Classifier of a count: 辆, 个, 人次. Money has none.
    #[serde(default)]
    pub count: String,
    /// Name in lists and charts; the slot's own if empty.
    #[serde(default)]
    pub name: String,
    /// Form to take the figure from, if another than the section explains.
    #[serde(default)]
    pub form: String,
}

/// One block, or one block per element of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Instead of running text: a heading of level 2, numbered （一）… in the section.
    #[serde(default)]
    pub heading: String,
    /// All must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The opposite: not written where all of these hold.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// One paragraph per element.
    #[serde(default)]
    pub each: Option<Each>,
    /// Number of each element, written as its first one: `1.`, `（1）`, `（一）`.
    #[serde(default)]
    pub number: String,
    /// The text, where it is one sentence without conditions.
    #[serde(default)]
    pub write: Template,
    /// More text after `write`.
    #[serde(default)]
    pub sentence: Vec<SentenceEntry>,
    /// A chart instead of text.
    #[serde(default)]
    pub chart: Option<ChartSpec>,
    /// A table instead of text.
    #[serde(default)]
    pub table: Option<TableSpec>,
}

/// A stretch of a paragraph with a condition, or once per element of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceEntry {
    /// The text.
    pub write: Template,
    /// All must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The opposite: not written where all of these hold.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// Once per element.
    #[serde(default)]
    pub each: Option<Each>,
    /// Between elements.
    #[serde(default)]
    pub join: String,
    /// Before the first element, if there is one.
    #[serde(default)]
    pub start: Template,
    /// After the last element, if there is one.
    #[serde(default)]
    pub end: String,
    /// Slots of which this says that there is nothing.
    #[serde(default)]
    pub absent: Vec<String>,
}

/// What a list runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// Function classes (3 digits) below slot `of`.
    FunctionClass,
    /// Function items (7 digits) below slot `of`.
    FunctionItem,
    /// Economic items (5 digits) below slot `of`.
    EconomicItem,
    /// The projects that are evaluated; where none is, those below slot `of`.
    Project,
    /// The projects below slot `of` that are not evaluated although others are.
    ProjectNotEvaluated,
    /// Slots named in `over`.
    Slot,
    /// Budget units with books of their own.
    Unit,
    /// Duties.
    Duty,
    /// Offices of the headquarters.
    Office,
    /// What is withheld by law, and on what ground.
    Withheld,
    /// Whom readers can ask.
    Contact,
}

impl ListKind {
    /// Every kind.
    pub const ALL: [ListKind; 11] = [
        ListKind::FunctionClass,
        ListKind::FunctionItem,
        ListKind::EconomicItem,
        ListKind::Project,
        ListKind::ProjectNotEvaluated,
        ListKind::Slot,
        ListKind::Unit,
        ListKind::Duty,
        ListKind::Office,
        ListKind::Withheld,
        ListKind::Contact,
    ];

    /// The words that sentences about an element may use.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            ListKind::FunctionClass => &["序号", "编码", "名称", "类", "用途"],
            ListKind::FunctionItem => &["序号", "编码", "名称", "类", "款", "项", "用途"],
            ListKind::EconomicItem => &["序号", "编码", "名称"],
            ListKind::Project => &["序号", "名称", "产出", "问题", "措施"],
            ListKind::ProjectNotEvaluated => &["序号", "名称", "综述"],
            ListKind::Slot => &["序号", "名称"],
            ListKind::Unit => &["序号", "名称", "备注"],
            ListKind::Duty | ListKind::Office => &["序号", "文本"],
            ListKind::Withheld => &["序号", "名称", "依据"],
            ListKind::Contact => &["序号", "名称", "文本"],
        }
    }

    /// True if an element is a figure: `{本项}`.
    pub const fn has_figures(self) -> bool {
        matches!(
            self,
            ListKind::FunctionClass
                | ListKind::FunctionItem
                | ListKind::EconomicItem
                | ListKind::Project
                | ListKind::ProjectNotEvaluated
                | ListKind::Slot
        )
    }
}

/// A list. Elements without money in every version of `versions` are left out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// Over what.
    pub kind: ListKind,
    /// The slot whose parts are listed.
    #[serde(default)]
    pub of: String,
    /// Coordinates of the elements over those of the section, where they differ from those of `of` (economic items are
    /// stated under 基本支出, not under 人员经费).
    #[serde(default)]
    pub means: Option<Meaning>,
    /// Versions in which an element counts as being there. Empty: 决算; for slots: all are listed.
    #[serde(default)]
    pub versions: Vec<Version>,
    /// Slots to list.
    #[serde(default)]
    pub over: Vec<String>,
    /// The printed sums of the listed figures: `支出`, `支出.年初预算`.
    #[serde(default)]
    pub adds_to: Vec<SlotPath>,
}

/// A sum of slots, each as first printed in the section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumSpec {
    /// The whole.
    pub total: SlotPath,
    /// All parts.
    pub parts: Vec<SlotPath>,
}

/// A chart.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// Key.
    pub key: String,
    /// Caption with its number.
    pub caption: String,
    /// How it is drawn. Bars stand for last year and this year (unless `versions` says otherwise), a ring for the parts of this year.
    pub kind: ChartKind,
    /// One series a slot (bars), or one category a slot (ring).
    pub slots: Vec<String>,
    /// The years of bars; empty: last year and this year.
    #[serde(default)]
    versions: Vec<Version>,
}

impl ChartSpec {
    /// The years that are drawn.
    pub fn versions(&self) -> &[Version] {
        match self.kind {
            _ if !self.versions.is_empty() => &self.versions,
            ChartKind::Bars | ChartKind::StackedBars => &[Version::Prior, Version::Own],
            ChartKind::Ring => &[Version::Own],
        }
    }
}

/// A small table that is no statutory one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Relative widths.
    pub widths: Vec<u16>,
    /// Row per element.
    pub each: Each,
    /// Content of the columns.
    pub cells: Vec<Template>,
}

impl Section {
    /// The meanings of a slot: those of the section with each of its own laid over.
    pub fn meanings(&self, slot: &Slot) -> Vec<Meaning> {
        if slot.means.is_empty() {
            return vec![self.means.clone()];
        }
        slot.means.iter().map(|own| self.means.overlaid_by(own)).collect()
    }

    /// Heading as written.
    pub fn heading(&self) -> &str {
        self.headings.first().map_or("", String::as_str)
    }

    /// Every sentence of the section.
    pub fn sentences(&self) -> impl Iterator<Item = &Template> {
        self.paragraph.iter().flat_map(|paragraph| {
            std::iter::once(&paragraph.write)
                .chain(paragraph.sentence.iter().flat_map(|entry| [&entry.start, &entry.write]))
                .chain(paragraph.table.iter().flat_map(|table| &table.cells))
        })
    }

    /// Every list of the section.
    pub fn lists(&self) -> impl Iterator<Item = &Each> {
        self.paragraph.iter().flat_map(|paragraph| {
            let own = paragraph.each.iter().chain(paragraph.table.iter().map(|table| &table.each));
            own.chain(paragraph.sentence.iter().filter_map(|entry| entry.each.as_ref()))
        })
    }
}
