//! The nodes of each dimension: `catalog/meanings/*.toml`.
//!
//! A node has children, and says whether they partition it (only then do they add up); or it is *defined* by other
//! coordinates (公用经费 = 基本支出 × economic 302, 307 …). Function and economic codes need no file: a code contains the
//! codes that begin with it.

use std::collections::BTreeMap;

use juesuan_model::{Dimension, Meaning, Measure, Problem};
use serde::Deserialize;

use crate::names::{FINAL_ACCOUNTS, LAST_YEAR};
use crate::near::{nearest, twice};
use crate::source::Source;

/// One node of a dimension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Standard name, unique in its dimension.
    pub name: String,
    /// Names of the nodes directly below.
    #[serde(default)]
    pub children: Vec<String>,
    /// True if the children add up to the node.
    #[serde(default)]
    pub partition: bool,
    /// The coordinates that make up this node, if it is no coordinate of the books itself. Any of the values listed.
    #[serde(default)]
    pub defined: BTreeMap<Dimension, Vec<String>>,
    /// Only money of these coordinates has it: where it is not printed for other money, it does not exist.
    #[serde(default)]
    pub only: Meaning,
    /// True for themes of which each fund has its own (调入资金).
    #[serde(default)]
    pub by_fund: bool,
    /// True for themes whose amounts of another fund than the general one are told apart (绩效自评).
    #[serde(default)]
    pub funds_apart: bool,
    /// Told of by economic items: an item named below it is that part of it, and no amount of the body.
    #[serde(default)]
    pub by_economic: bool,
    /// Words that name it in running text and table heads, besides its own name.
    #[serde(default)]
    pub words: Vec<String>,
    /// Where the definition comes from.
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionFile {
    dimension: Dimension,
    /// Nodes whose sum is the total of the dimension; empty if it has no total.
    #[serde(default)]
    root: Vec<String>,
    #[serde(default)]
    node: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Tree {
    root: Vec<String>,
    nodes: BTreeMap<String, Node>,
}

/// All dimensions.
#[derive(Clone, Debug, Default)]
pub struct Trees {
    trees: BTreeMap<Dimension, Tree>,
}

/// The leaves that a meaning selects: per dimension the nodes allowed, each with everything below it. A dimension
/// that is not listed allows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    allowed: BTreeMap<Dimension, Vec<String>>,
}

impl Trees {
    /// The meaning in a document of the year: without that year, without the stage 决算, and without a fund that the theme's
    /// definition gives.
    pub fn canonical(&self, meaning: &Meaning, year: u16) -> Meaning {
        let mut out = meaning.clone();
        if out.get(Dimension::Stage) == Some(FINAL_ACCOUNTS) {
            out = out.without(Dimension::Stage);
        }
        match out.get(Dimension::Year) {
            Some(LAST_YEAR) => out = out.with(Dimension::Year, year.saturating_sub(1).to_string()),
            Some(named) if named.parse() == Ok(year) => out = out.without(Dimension::Year),
            Some(_) | None => {}
        }
        let theme = out.get(Dimension::Theme).and_then(|theme| self.node(Dimension::Theme, theme));
        if let (Some(theme), Some(fund)) = (theme, out.get(Dimension::Fund))
            && theme.defined.get(&Dimension::Fund).is_some_and(|funds| funds.iter().any(|f| f == fund))
        {
            out = out.without(Dimension::Fund);
        }
        out
    }

    /// The measure with the meaning that it names made canonical.
    pub fn canonical_measure(&self, measure: &Measure, year: u16) -> Measure {
        match measure {
            Measure::Share { of } => Measure::Share { of: Box::new(self.canonical(of, year)) },
            other => other.clone(),
        }
    }

    /// Reads all files below `meanings/`; unknown children and definitions that name unknown nodes are problems.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Trees {
        let mut trees = Trees::default();
        for (path, file) in source.tomls::<DimensionFile>("meanings/", problems) {
            let tree = trees.trees.entry(file.dimension).or_default();
            tree.root = file.root;
            for node in file.node {
                if let Some(double) = tree.nodes.insert(node.name.clone(), node) {
                    problems.push(source.fault(&path, &[&double.name], twice(&double.name)));
                }
            }
            let named =
                tree.nodes.values().flat_map(|node| node.children.iter().map(|name| (node.name.as_str(), name)));
            for (holder, name) in tree.root.iter().map(|name| ("root", name)).chain(named) {
                if !tree.nodes.contains_key(name) {
                    let near = nearest(name, tree.nodes.keys().map(String::as_str));
                    let message = format!("“{name}”被引用而没有定义{near}");
                    problems.push(source.fault(&path, &[holder, name], message));
                }
            }
        }
        trees.check_definitions(source, problems);
        trees
    }

    fn check_definitions(&self, source: &Source, problems: &mut Vec<Problem>) {
        for (dimension, tree) in &self.trees {
            for node in tree.nodes.values() {
                for (name, message) in self.unknown_in(&node.only) {
                    let path = format!("meanings/{}.toml", key(*dimension));
                    problems.push(source.fault(&path, &[&node.name, name], message));
                }
                for (other, name) in node.defined.iter().flat_map(|(d, names)| names.iter().map(move |n| (*d, n))) {
                    if let Some(message) = self.unknown(other, name) {
                        let path = format!("meanings/{}.toml", key(*dimension));
                        problems.push(source.fault(&path, &[&node.name, name], message));
                    }
                }
            }
        }
    }

    /// What is wrong with a node that the catalogue names, if no tree has it. Codes need digits; years, units and projects have
    /// no tree.
    pub fn unknown(&self, dimension: Dimension, name: &str) -> Option<String> {
        let known = match dimension {
            Dimension::Function => is_code(name, &[3, 5, 7]),
            Dimension::Economic => is_code(name, &[3, 5]),
            Dimension::Year | Dimension::Unit | Dimension::Project => true,
            _ => self.node(dimension, name).is_some(),
        };
        if known {
            return None;
        }
        Some(match dimension {
            Dimension::Function | Dimension::Economic => format!("“{name}”不是科目编码"),
            _ => {
                let names: Vec<&str> = self.nodes(dimension).map(|node| node.name.as_str()).collect();
                let near = nearest(name, names.iter().copied());
                let listed = if near.is_empty() { format!("；可以写：{}", names.join("、")) } else { near };
                format!("“{name}”不是 meanings/{}.toml 里的名称{listed}", key(dimension))
            }
        })
    }

    /// The nodes of a meaning that no tree has, each with what is wrong.
    pub fn unknown_in<'m>(&self, meaning: &'m Meaning) -> Vec<(&'m str, String)> {
        let named = meaning.coordinates();
        named.filter_map(|(dimension, node)| Some((node, self.unknown(dimension, node)?))).collect()
    }

    /// A node by its standard name.
    pub fn node(&self, dimension: Dimension, name: &str) -> Option<&Node> {
        self.trees.get(&dimension)?.nodes.get(name)
    }

    /// All nodes of a dimension, by name.
    pub fn nodes(&self, dimension: Dimension) -> impl Iterator<Item = &Node> {
        self.trees.get(&dimension).into_iter().flat_map(|tree| tree.nodes.values())
    }

    /// Nodes whose sum is the total of the dimension.
    pub fn root(&self, dimension: Dimension) -> &[String] {
        self.trees.get(&dimension).map_or(&[], |tree| &tree.root)
    }

    /// Children that add up to a node (`None`: to the total of the dimension); empty where nothing partitions it.
    pub fn partition(&self, dimension: Dimension, name: Option<&str>) -> &[String] {
        match name {
            None => self.root(dimension),
            Some(name) => self.node(dimension, name).filter(|n| n.partition).map_or(&[], |n| &n.children),
        }
    }

    /// True if `whole` is `part` or stands above it. Codes contain the codes that begin with them.
    pub fn contains(&self, dimension: Dimension, whole: &str, part: &str) -> bool {
        if whole == part {
            return true;
        }
        if matches!(dimension, Dimension::Function | Dimension::Economic) {
            return part.starts_with(whole);
        }
        self.node(dimension, whole).is_some_and(|n| n.children.iter().any(|c| self.contains(dimension, c, part)))
    }

    /// Everything a meaning selects, with definitions written out.
    pub fn selector(&self, meaning: &Meaning) -> Selector {
        let mut selector = Selector::default();
        for (dimension, name) in meaning.coordinates() {
            match self.node(dimension, name).filter(|n| !n.defined.is_empty()) {
                None => selector.narrow(self, dimension, &[name.to_owned()]),
                Some(node) => {
                    for (dimension, names) in &node.defined {
                        selector.narrow(self, *dimension, names);
                    }
                }
            }
        }
        selector
    }
}

impl Selector {
    fn narrow(&mut self, trees: &Trees, dimension: Dimension, names: &[String]) {
        let now = match self.allowed.remove(&dimension) {
            None => names.to_vec(),
            Some(before) => {
                // Two conditions on one dimension: what lies below both.
                let mut both: Vec<String> = Vec::new();
                for a in &before {
                    for b in names {
                        if trees.contains(dimension, a, b) {
                            both.push(b.clone());
                        } else if trees.contains(dimension, b, a) {
                            both.push(a.clone());
                        }
                    }
                }
                both.sort();
                both.dedup();
                both
            }
        };
        self.allowed.insert(dimension, now);
    }

    /// True if a leaf of the books lies inside the selection. A leaf without a coordinate on a selected dimension does not.
    pub fn selects(&self, trees: &Trees, leaf: &Meaning) -> bool {
        self.allowed.iter().all(|(dimension, names)| {
            leaf.get(*dimension).is_some_and(|node| names.iter().any(|name| trees.contains(*dimension, name, node)))
        })
    }

    /// The dimensions on which not everything is allowed.
    pub fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.allowed.keys().copied()
    }

    /// The nodes allowed on a dimension; `None`: all.
    pub fn allowed(&self, dimension: Dimension) -> Option<&[String]> {
        self.allowed.get(&dimension).map(Vec::as_slice)
    }
}

/// Name of a dimension in files.
const fn key(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Item => "item",
        Dimension::Stage => "stage",
        Dimension::Year => "year",
        Dimension::Fund => "fund",
        Dimension::Source => "source",
        Dimension::Nature => "nature",
        Dimension::Function => "function",
        Dimension::Economic => "economic",
        Dimension::Theme => "theme",
        Dimension::Unit => "unit",
        Dimension::Project => "project",
    }
}

fn is_code(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}
