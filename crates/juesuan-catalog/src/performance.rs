//! Performance as data: `catalog/performance/*.toml`.
//!
//! - `words.toml` the words by which reports and forms are read
//! - `indicators.toml` names of usual indicators
//! - `grades.toml` grades by points; `weights.toml` points for execution where no form prints them

use juesuan_model::{Quantity, Topic};
use serde::Deserialize;

use crate::source::Source;

/// Everything about performance.
#[derive(Clone, Debug, Default)]
pub struct PerformanceCatalog {
    /// Words of reports and forms.
    pub words: PerformanceWords,
    /// Names of usual indicators.
    pub indicators: Vec<String>,
    grades: Vec<Grades>,
    weights: Vec<Weights>,
}

/// Words by which reports and forms are read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerformanceWords {
    /// Behind the name of a project at the beginning of its summary.
    pub summary: Vec<String>,
    /// Endings of the titles of reports.
    pub report: Vec<String>,
    /// Endings of the titles of forms.
    pub form: Vec<String>,
    /// Titles with one of these are about the whole.
    pub whole: Vec<String>,
    /// At the beginning of titles; no part of a project's name.
    pub lead: Vec<String>,
    /// Before the ending of titles; no part of a project's name.
    pub tail: Vec<String>,
    /// Behind a title on its line.
    pub behind_title: Vec<String>,
    /// Names that name no project.
    pub general: Vec<String>,
    /// Says that there is nothing.
    pub none: Vec<String>,
    /// Promises that what is named stands behind.
    pub promise: Vec<String>,
    /// Before a grade.
    pub grade: Vec<String>,
    /// Between the name of a project and its number.
    pub behind_name: Vec<String>,
    /// Headings below which the whole is described in the explanations.
    pub explained: Vec<String>,
    /// Headings that end an evaluation.
    pub ends: Vec<String>,
    /// Words that introduce texts.
    pub topic: Vec<TopicWords>,
    /// Words that introduce causes inside texts.
    pub cause: Vec<CauseWords>,
    /// Words that introduce numbers.
    pub quantity: Vec<QuantityWords>,
    /// Words between a quantity and its number.
    pub numbers: NumberWords,
    /// Heads of the columns and lines of forms.
    pub form_head: FormHead,
}

/// Words that introduce a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicWords {
    /// What the text is about.
    pub topic: Topic,
    /// Spellings.
    pub words: Vec<String>,
    /// True for words that are too common to be read outside forms.
    #[serde(default)]
    pub form: bool,
}

/// Words that introduce a cause inside a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseWords {
    /// Inside a text about this.
    pub topic: Topic,
    /// What follows is about this.
    pub gives: Topic,
    /// Spellings.
    pub words: Vec<String>,
}

/// Words that introduce a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityWords {
    /// Which number.
    pub quantity: Quantity,
    /// Spellings.
    pub words: Vec<String>,
    /// True for words that stand in forms only.
    #[serde(default)]
    pub form: bool,
}

/// Words between a quantity and its number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    /// Spellings.
    pub between: Vec<String>,
}

/// Heads of the columns and lines of forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormHead {
    /// Before the name of the project.
    pub project: Vec<String>,
    /// Columns of the three levels.
    pub levels: Vec<String>,
    /// Column of what is judged.
    pub point: Vec<String>,
    /// Column of the class of an indicator.
    pub class: Vec<String>,
    /// Column of what is aimed at.
    pub target: Vec<String>,
    /// Column of what was reached.
    pub actual: Vec<String>,
    /// Column of points at most.
    pub weight: Vec<String>,
    /// Column of points given.
    pub score: Vec<String>,
    /// Column of reasons.
    pub reason: Vec<String>,
    /// Column of the budget at the beginning of the year.
    pub initial_budget: Vec<String>,
    /// Column of the budget of the whole year.
    pub full_year_budget: Vec<String>,
    /// Column of what was spent.
    pub executed: Vec<String>,
    /// Column of the rate of execution.
    pub rate: Vec<String>,
    /// Line of all money.
    pub fund_total: Vec<String>,
    /// Lines of its parts.
    pub fund_part: Vec<String>,
    /// Line of all points.
    pub grand_total: Vec<String>,
    /// Classes of indicators.
    pub classes: Vec<String>,
}

/// Grades of the variants.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grades {
    /// Keys; empty: all that have none of their own.
    variants: Vec<String>,
    /// From the best.
    band: Vec<GradeBand>,
}

/// A grade.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeBand {
    /// As printed.
    pub word: String,
    /// Points of 100 from which it is given.
    pub from: i64,
}

/// Points for execution where no form prints them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    variants: Vec<String>,
    /// What every scheme gives at least.
    pub execution_least: i64,
    /// What the scheme of the place gives, as far as is known.
    pub execution_usual: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradesFile {
    grades: Vec<Grades>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    weights: Vec<Weights>,
}

impl PerformanceCatalog {
    /// Reads the four files.
    pub fn load(source: &Source, problems: &mut Vec<juesuan_model::Problem>) -> PerformanceCatalog {
        PerformanceCatalog {
            words: source.toml("performance/words.toml", problems).unwrap_or_default(),
            indicators: source
                .toml::<IndicatorFile>("performance/indicators.toml", problems)
                .map_or_else(Vec::new, |file| file.names),
            grades: source
                .toml::<GradesFile>("performance/grades.toml", problems)
                .map_or_else(Vec::new, |file| file.grades),
            weights: source
                .toml::<WeightsFile>("performance/weights.toml", problems)
                .map_or_else(Vec::new, |file| file.weights),
        }
    }

    /// The grades of a variant, from the best.
    pub fn grades(&self, variant: &str) -> &[GradeBand] {
        of(&self.grades, variant, |grades| &grades.variants).map_or(&[], |grades| &grades.band)
    }

    /// The points for execution of a variant.
    pub fn weights(&self, variant: &str) -> Option<&Weights> {
        of(&self.weights, variant, |weights| &weights.variants)
    }
}

/// The entry that names the variant, else the one that names none.
fn of<'t, T>(all: &'t [T], variant: &str, variants: impl Fn(&T) -> &Vec<String>) -> Option<&'t T> {
    let own = all.iter().find(|entry| variants(entry).iter().any(|key| key == variant));
    own.or_else(|| all.iter().find(|entry| variants(entry).is_empty()))
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn each_variant_has_grades_and_points_its_own_before_the_general_ones() {
        let catalog = Catalog::load(&[]).unwrap();
        let word = |variant: &str, at: usize| catalog.performance.grades(variant)[at].word.clone();
        assert_eq!((word("shanghai", 3), word("anhui", 3)), ("不合格".to_owned(), "差".to_owned()));
        assert_eq!(catalog.performance.weights("hubei").map(|w| w.execution_usual), Some(20));
        assert_eq!(catalog.performance.weights("elsewhere").map(|w| w.execution_usual), Some(10));
    }
}
