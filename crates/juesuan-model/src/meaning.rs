//! What a figure is a figure of: one coordinate on each dimension, a dimension that is not named means its total.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The dimensions of a figure. Their nodes and trees are data: `catalog/meanings/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 收入, 支出, 年初结转和结余, 车辆 …
    Item,
    /// 年初预算, 全年预算; unnamed: 决算.
    Stage,
    /// Fiscal year, four digits; in the catalogue also 上年. Unnamed: the year of the package.
    Year,
    /// Budget that the money comes from: 财政拨款 > 一般公共预算 …
    Fund,
    /// Kind of income outside 财政拨款.
    Source,
    /// 基本支出 > 人员经费, 公用经费; 项目支出 …
    Nature,
    /// Function classification, 3, 5 or 7 digits.
    Function,
    /// Economic classification of departments, 3 or 5 digits.
    Economic,
    /// Overlapping themes without a total: 三公 …, 机关运行经费, 政府采购.
    Theme,
    /// Budget unit inside the department.
    Unit,
    /// Project.
    Project,
}

impl Dimension {
    /// All, in the order of [`Dimension`].
    pub const ALL: [Dimension; 11] = [
        Dimension::Item,
        Dimension::Stage,
        Dimension::Year,
        Dimension::Fund,
        Dimension::Source,
        Dimension::Nature,
        Dimension::Function,
        Dimension::Economic,
        Dimension::Theme,
        Dimension::Unit,
        Dimension::Project,
    ];
}

/// Named coordinates in the order of [`Dimension`], one each.
type Coordinates = Vec<(Dimension, Arc<str>)>;

/// Coordinates of a figure. Equal coordinates mean the same figure, wherever it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Meaning {
    /// Shared: a meaning is copied far more often than it is changed.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    #[schemars(with = "BTreeMap<Dimension, Arc<str>>")]
    coordinates: Arc<Coordinates>,
}

fn write<S: Serializer>(coordinates: &[(Dimension, Arc<str>)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(coordinates.iter().map(|(dimension, node)| (dimension, node)))
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Coordinates>, D::Error> {
    let coordinates: BTreeMap<Dimension, Arc<str>> = BTreeMap::deserialize(from)?;
    Ok(Arc::new(coordinates.into_iter().collect()))
}

impl Meaning {
    /// The total of everything.
    pub fn new() -> Meaning {
        Meaning::default()
    }

    /// The same meaning with one coordinate set.
    #[must_use]
    pub fn with(mut self, dimension: Dimension, node: impl Into<Arc<str>>) -> Meaning {
        self.put(dimension, node.into());
        self
    }

    /// The same meaning with one dimension back at its total.
    #[must_use]
    pub fn without(mut self, dimension: Dimension) -> Meaning {
        if let Ok(at) = self.index(dimension) {
            Arc::make_mut(&mut self.coordinates).remove(at);
        }
        self
    }

    /// The same meaning with every dimension but those in `keep` back at its total.
    #[must_use]
    pub fn only(&self, keep: &BTreeSet<Dimension>) -> Meaning {
        let kept = self.coordinates.iter().filter(|(dimension, _)| keep.contains(dimension));
        Meaning { coordinates: Arc::new(kept.cloned().collect()) }
    }

    /// The coordinate on a dimension; `None` is the total.
    pub fn get(&self, dimension: Dimension) -> Option<&str> {
        self.coordinates.iter().find(|(own, _)| *own == dimension).map(|(_, node)| node.as_ref())
    }

    /// All named coordinates in the order of [`Dimension`].
    pub fn coordinates(&self) -> impl Iterator<Item = (Dimension, &str)> {
        self.coordinates.iter().map(|(d, n)| (*d, n.as_ref()))
    }

    /// `self` with the coordinates of `other` laid over it.
    #[must_use]
    pub fn overlaid_by(&self, other: &Meaning) -> Meaning {
        let mut out = self.clone();
        for (dimension, node) in other.coordinates.iter() {
            out.put(*dimension, Arc::clone(node));
        }
        out
    }

    fn index(&self, dimension: Dimension) -> Result<usize, usize> {
        self.coordinates.binary_search_by_key(&dimension, |(own, _)| *own)
    }

    fn put(&mut self, dimension: Dimension, node: Arc<str>) {
        let at = self.index(dimension);
        let coordinates = Arc::make_mut(&mut self.coordinates);
        match at {
            Ok(at) => {
                if let Some(own) = coordinates.get_mut(at) {
                    own.1 = node;
                }
            }
            Err(at) => coordinates.insert(at, (dimension, node)),
        }
    }
}

/// For people: the coordinates joined by `·`, e.g. `支出·一般公共预算·基本支出`.
impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.coordinates.is_empty() {
            return f.write_str("总计");
        }
        for (i, (_, node)) in self.coordinates().enumerate() {
            if i > 0 {
                f.write_str("·")?;
            }
            f.write_str(node)?;
        }
        Ok(())
    }
}
