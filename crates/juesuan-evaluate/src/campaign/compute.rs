//! What is computed and never typed: counts of the registers, rates of the accounts, coverage of the evaluation itself.

use juesuan_catalog::Catalog;
use juesuan_catalog::names::LAST_YEAR;
use juesuan_facts::{Counts, Facts, Uncounted};
use juesuan_model::{Dimension, Meaning, Number, Place};

use super::coverage::Coverage;
use super::money;
use crate::{Rate, rate};

/// Everything that values are computed from.
#[derive(Clone, Copy)]
pub struct Computing<'a> {
    /// Figures.
    pub facts: &'a Facts,
    /// Rates and trees.
    pub catalog: &'a Catalog,
    /// Counts of the registers.
    pub counts: &'a Counts,
    /// Counts of the evaluation itself.
    pub coverage: &'a Coverage,
    /// Fiscal year.
    pub year: u16,
}

/// A count that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub value: Number,
    /// What is counted: 次, 件, %.
    pub unit: String,
    /// Where it comes from, for people.
    pub how: String,
    /// The register.
    pub place: Place,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The value; `None` while an input is missing.
    pub value: Option<Number>,
    /// `%`, 次, 件 …
    pub unit: String,
    /// How it came about with the figures, or what is missing.
    pub formula: String,
}

impl Computing<'_> {
    /// A count by its name: of the evaluation, else of the registers.
    pub fn count(&self, key: &str) -> Option<Counted> {
        if let Some(number) = self.coverage.count(key) {
            let value = Number::whole(i64::try_from(number?).ok()?);
            let how = "由绩效录入表和账上的项目计数".to_owned();
            return Some(Counted { value, unit: "个".to_owned(), how, place: Place::default() });
        }
        let count = self.counts.get(key)?;
        Some(Counted {
            value: count.value,
            unit: count.unit.clone(),
            how: count.how.clone(),
            place: count.place.clone(),
        })
    }

    /// What `name` stands for in the form of `project` (empty: the whole); `None` if no count and no rate is called so.
    pub fn named(&self, name: &str, project: &str) -> Option<Computed> {
        if let Some(rate) = self.rate(name, project) {
            return Some(rate);
        }
        if let Some(count) = self.count(name) {
            return Some(Computed { value: Some(count.value), unit: count.unit, formula: count.how });
        }
        let missing =
            || Computed { value: None, unit: String::new(), formula: format!("读不到：{}", self.why(name)) };
        self.is_count(name).then(missing)
    }

    /// Why a count is not known.
    pub fn why(&self, name: &str) -> String {
        self.counts.why(name).map_or_else(|| format!("缺少{name}"), |Uncounted { why, .. }| why.clone())
    }

    /// The rate that an indicator of this name states. Of a project, only a rate of projects: 预算执行率 of a project is its own.
    pub fn rate(&self, name: &str, project: &str) -> Option<Computed> {
        let performance = &self.catalog.performance;
        let mut spec = performance.rate(name)?;
        if !project.is_empty() && !spec.of_project {
            spec = performance.rate(&format!("项目{name}")).filter(|spec| spec.of_project)?;
        }
        let amount = |meaning: &Meaning| self.amount(meaning, if spec.of_project { project } else { "" });
        let count = |key: &str| self.count(key).map(|count| count.value);
        let Rate { value, formula, missing } = rate(spec, &amount, &count);
        let formula = match value {
            Some(_) => formula,
            None if missing.is_empty() => format!("读不到：{formula}"),
            None => format!("读不到：缺少{}", missing.join("、")),
        };
        Some(Computed { value, unit: "%".to_owned(), formula })
    }

    fn amount(&self, meaning: &Meaning, project: &str) -> Option<(Number, String)> {
        let mut meaning = meaning.clone();
        if meaning.get(Dimension::Year) == Some(LAST_YEAR) {
            meaning = meaning.with(Dimension::Year, self.year.saturating_sub(1).to_string());
        }
        if !project.is_empty() {
            meaning = meaning.with(Dimension::Project, project);
        }
        money::number(self.facts.amount(&self.catalog.trees, &meaning, "")?)
    }

    /// True if a count of this name exists, whether its register was given or not.
    pub fn is_count(&self, key: &str) -> bool {
        self.coverage.count(key).is_some() || self.counts.is_name(key)
    }

    /// Names of the counts that are known.
    pub fn count_names(&self) -> Vec<String> {
        let own = Coverage::NAMES.iter().map(|name| (*name).to_owned());
        own.chain(self.counts.keys().map(str::to_owned)).collect()
    }
}
