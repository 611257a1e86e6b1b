//! One unit or department, one year: the waist of the program.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::document::Document;
use crate::figure::{Figure, FigureId, Reading};
use crate::performance::Performance;
use crate::relation::Relation;

/// Whose accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 部门决算: the body with all its units.
    #[default]
    Department,
    /// 单位决算: one set of books.
    Unit,
    /// The report of a government on the budget of its area: no accounts of a department.
    Government,
}

/// By what a document was given its variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariantBy {
    /// It was made in this variant.
    #[default]
    Given,
    /// The name of the entity begins with a place of this variant.
    Place,
    /// It has titles and headings that only this variant has.
    Titles,
    /// Nothing tells; the form of the state.
    Nothing,
}

impl VariantBy {
    /// True for the common case, which is not written down.
    const fn is_given(&self) -> bool {
        matches!(self, VariantBy::Given)
    }
}

/// Legal kind of a budget unit; decides what it may have (事业收入, 结余分配) and whether it has 机关运行经费.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub enum UnitKind {
    /// 行政单位.
    #[serde(rename = "行政")]
    Administrative,
    /// 参照公务员法管理的事业单位.
    #[serde(rename = "参公")]
    CivilServiceLike,
    /// 事业单位.
    #[serde(rename = "事业")]
    Institution,
}

/// A unit of the department.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct BudgetUnit {
    /// Name printed.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Remark printed in the list of units.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who files the accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Entity {
    /// Full name.
    pub name: String,
    /// Department or unit.
    pub scope: Scope,
    /// Fiscal year.
    pub year: u16,
    /// Key of the variant in the catalogue, e.g. `hubei`.
    pub variant: String,
    /// By what the variant is known.
    #[serde(default, skip_serializing_if = "VariantBy::is_given")]
    pub variant_by: VariantBy,
    /// Level of government: 中央, 省, 市, 区, 县, 乡.
    #[serde(default)]
    pub level: String,
    /// Region, as printed.
    #[serde(default)]
    pub region: String,
    /// Units in the order printed, headquarters first.
    #[serde(default)]
    pub units: Vec<BudgetUnit>,
    /// Names of the units that publish documents of their own, as a read document lists them, headquarters first; their
    /// kinds are not printed, so that they are no `units`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed_units: Vec<String>,
}

impl Entity {
    /// The key of the variant whose demands hold for this document; `None` where the variant was only guessed by how the
    /// document looks.
    pub fn demands(&self) -> Option<&str> {
        matches!(self.variant_by, VariantBy::Given | VariantBy::Place).then_some(self.variant.as_str())
    }

    /// The names of the units: those of `units`, or, where a read document has none, `listed_units`.
    pub fn unit_names(&self) -> impl Iterator<Item = &str> {
        let listed = if self.units.is_empty() { self.listed_units.as_slice() } else { &[] };
        self.units.iter().map(|unit| unit.name.as_str()).chain(listed.iter().map(String::as_str))
    }
}

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 决算.
    #[default]
    Final,
    /// 预算. A figure whose meaning names no stage is then the 预算数 of the year.
    Budget,
    /// A form that has not been filled in.
    Template,
    /// Something else, or not recognised.
    Unknown,
}

impl DocumentKind {
    /// True for [`DocumentKind::Final`].
    pub fn is_final(&self) -> bool {
        *self == DocumentKind::Final
    }
}

/// Everything that is published, and what was found about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Package {
    /// Version of this format.
    #[schemars(extend("const" = FORMAT))]
    pub format: u32,
    /// What the document is.
    #[serde(default, skip_serializing_if = "DocumentKind::is_final")]
    pub kind: DocumentKind,
    /// Who.
    pub entity: Entity,
    /// What is published, in order.
    pub document: Document,
    /// Every printed figure; [`FigureId`] is the index.
    pub figures: Vec<Figure>,
    /// Everything said without a figure.
    pub claims: Vec<Claim>,
    /// Sums that a table or a list lays out in full: the first figure is the sum of the others.
    #[serde(default)]
    pub sums: Vec<LaidOutSum>,
    /// What is said of performance; its numbers are among `figures`.
    #[serde(default, skip_serializing_if = "Performance::is_empty")]
    pub performance: Performance,
    /// What else may stand where a figure was recognised in a picture, the likeliest first; gone once it is decided.
    #[serde(skip)]
    pub others: BTreeMap<FigureId, Vec<String>>,
}

/// A sum that the document lays out: `total` = Σ `parts`, e.g. a class and its sections in one column.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct LaidOutSum {
    /// The sum.
    pub total: FigureId,
    /// Its parts, all of them.
    pub parts: Vec<FigureId>,
    /// Parts that are taken off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub less: Vec<FigureId>,
    /// Rule or law this sum is checked under, e.g. `sum`.
    pub law: String,
}

/// The version of the package format that this program writes.
pub const FORMAT: u32 = 1;

impl Package {
    /// The figure with this id. Ids come from this package; a foreign one gives `None`.
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(id.0 as usize)
    }

    /// Adds a figure and gives its id.
    pub fn push(&mut self, figure: Figure) -> FigureId {
        let id = FigureId(u32::try_from(self.figures.len()).unwrap_or(u32::MAX));
        self.figures.push(figure);
        id
    }
}

/// What `check` says of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Every relation that was looked at, with its verdict.
    pub relations: Vec<Relation>,
    /// One finding per cause: the graver first, then by place in the document, code and key.
    pub findings: Vec<crate::finding::Finding>,
    /// What each figure of the package was taken to say, by [`FigureId`].
    pub readings: Vec<Reading>,
    /// How much of what is printed was held against something else.
    #[serde(default)]
    pub coverage: crate::coverage::Coverage,
}

/// How two documents are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// With that of the year before.
    YearBefore,
    /// With the budget.
    Budget,
    /// With that of the department.
    Department,
    /// By a text that both have.
    Texts,
}
