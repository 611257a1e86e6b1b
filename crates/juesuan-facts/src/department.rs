//! `department.toml`: who files the accounts, and how they want them printed.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, Formed, LastYearFrom};
pub use juesuan_catalog::{RowChoice, ZeroPrint};
use juesuan_model::{BudgetUnit, Entity, Scope, UnitKind};
use serde::{Deserialize, Serialize};

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Full name as printed.
    pub name: String,
    /// Short name used in running text; the full name if empty.
    #[serde(default)]
    pub short_name: String,
    /// `部门` (with its units) or `单位`.
    #[serde(default = "department_scope")]
    pub scope: String,
    /// Fiscal year.
    pub year: u16,
    /// Key of the variant in the catalogue.
    pub variant: String,
    /// Key of the scheme of points; empty: that of the variant.
    #[serde(default)]
    pub performance_profile: String,
    /// Level of government: 中央, 省, 市, 区, 县, 乡.
    pub level: String,
    /// Region as printed.
    #[serde(default)]
    pub region: String,
    /// Where the body comes from, as people write it: 新组建, 由甲局、乙中心合并组建; empty: nothing changed.
    #[serde(default)]
    pub origin: String,
    /// The same, understood.
    #[serde(skip)]
    pub formed: Option<Formed>,
    /// Main duties, one text each.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Offices inside the headquarters.
    #[serde(default)]
    pub offices: Vec<String>,
    /// Budget units, headquarters first.
    #[serde(default, rename = "unit")]
    pub units: Vec<UnitEntry>,
    /// Whom readers can ask.
    #[serde(default)]
    pub contact: BTreeMap<String, String>,
    /// 批复.
    #[serde(default)]
    pub approval: Option<Approval>,
    /// Where and when it is published.
    #[serde(default)]
    pub publication: Option<Publication>,
    /// Who cleared it for secrecy.
    #[serde(default)]
    pub secrecy: Option<Secrecy>,
    /// What is not published, and on what ground.
    #[serde(default)]
    pub withheld: Vec<Withheld>,
    /// How figures are printed, over the variant.
    #[serde(default)]
    pub print: PrintOptions,
}

/// One budget unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    /// Name, as in the books.
    pub name: String,
    /// 行政, 参公 or 事业.
    pub kind: UnitKind,
    /// True for the department's own headquarters.
    #[serde(default)]
    pub headquarters: bool,
    /// Unit without books of its own: the unit whose books hold its money.
    #[serde(default)]
    pub merged_into: Option<String>,
    /// Remark in the list of units.
    #[serde(default)]
    pub note: String,
    /// Where the unit comes from, as people write it; empty: nothing changed, or with the department it is the headquarters of.
    #[serde(default)]
    pub origin: String,
}

/// 批复 by the finance bureau (or by the department for a unit). Dates are ISO: `2024-09-10`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Number of the document.
    #[serde(default)]
    pub number: String,
    /// Day; starts the 20 days of 预算法 第十四条.
    pub date: String,
}

/// Publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Web site and column.
    #[serde(default)]
    pub place: String,
    /// Day.
    #[serde(default)]
    pub date: String,
}

/// 保密审查.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrecy {
    /// Person or body.
    pub cleared_by: String,
    /// Day.
    #[serde(default)]
    pub date: String,
}

/// Something withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// What.
    pub what: String,
    /// Ground.
    pub ground: String,
}

/// Overrides of the variant. All optional; a table is named by its form key or its title.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintOptions {
    /// Zero in tables.
    #[serde(default)]
    pub zero: Option<ZeroPrint>,
    /// Commas at every third digit in tables.
    #[serde(default)]
    pub grouped: Option<bool>,
    /// Zero per table; with a column as `表名.列名`.
    #[serde(default)]
    pub zero_in: BTreeMap<String, ZeroPrint>,
    /// Put rounding differences on the largest item (调尾差). Off unless asked for.
    #[serde(default)]
    pub close_tail: bool,
    /// Rows a table lists: `nonzero` or `all`, per table.
    #[serde(default)]
    pub rows_in: BTreeMap<String, RowChoice>,
}

fn department_scope() -> String {
    "部门".to_owned()
}

/// What is recorded of the filing itself, for the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// 批复.
    pub approval: Option<Approval>,
    /// Where and when it is published.
    pub publication: Option<Publication>,
    /// Who cleared it for secrecy.
    pub secrecy: Option<Secrecy>,
    /// What is not published, and on what ground.
    pub withheld: Vec<Withheld>,
    /// Whom readers can ask.
    pub contact: BTreeMap<String, String>,
}

impl Department {
    /// What is recorded of the filing.
    pub fn filing(&self) -> Filing {
        Filing {
            approval: self.approval.clone(),
            publication: self.publication.clone(),
            secrecy: self.secrecy.clone(),
            withheld: self.withheld.clone(),
            contact: self.contact.clone(),
        }
    }

    /// The entity of the package.
    pub fn entity(&self) -> Entity {
        Entity {
            name: self.name.clone(),
            scope: if self.scope == "单位" { Scope::Unit } else { Scope::Department },
            year: self.year,
            variant: self.variant.clone(),
            level: self.level.clone(),
            region: self.region.clone(),
            units: self
                .units
                .iter()
                .map(|unit| BudgetUnit { name: unit.name.clone(), kind: unit.kind, note: unit.note.clone() })
                .collect(),
            ..Entity::default()
        }
    }

    /// The bodies of which it was made, where last year's figures are theirs together.
    pub fn merged_of(&self) -> &[String] {
        match &self.formed {
            Some(formed) if formed.last_year == LastYearFrom::Sum => &formed.from,
            _ => &[],
        }
    }

    /// The body of a unit as its own accounts show it: the department's settings, the unit's own origin. Headquarters are what their
    /// department is. What was written of it and not understood was named before.
    #[must_use]
    pub fn formed_as(mut self, unit: &UnitEntry, catalog: &Catalog) -> Department {
        if !(unit.origin.is_empty() && unit.headquarters) {
            self.formed = catalog.origins.read(&unit.origin).ok().flatten();
            self.origin.clone_from(&unit.origin);
        }
        self
    }

    /// Name for running text.
    pub fn short(&self) -> &str {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }
}
