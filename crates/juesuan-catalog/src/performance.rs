//! Performance as data: `catalog/performance/*.toml`.
//!
//! - [`words`] the words by which reports and forms are read (`words.toml`)
//! - [`library`] usual indicators (`library/*.toml`) in their trees (`tree.toml`)
//! - [`profile`] schemes of points (`profiles/*.toml`, `methods.toml`); grades by points (`grades/*.toml`)
//! - [`rate`] what is computed and never typed (`rates.toml`)
//! - [`monitor`] lights of the monitoring during the year (`monitor.toml`); [`monitor_report`] how it is written
//!   (`monitor-report.toml`)
//! - [`counts`] what is counted in registers (`counts.toml`)
//! - [`bulletin`] the quarterly bulletin of tasks (`bulletin.toml`)
//! - [`vague`] what makes a target vague (`vague.toml`); [`values`] how values are written (`values.toml`)
//! - [`shares`] what no value can be (`shares.toml`)
//! - [`alone`] what is published of performance alone (`alone.toml`)
//! - [`documents`] reports, forms and summaries as they are written (`documents/*.toml`)

pub mod alone;
pub mod announced;
pub mod bulletin;
pub mod counts;
pub mod documents;
pub mod library;
pub mod monitor;
pub mod monitor_report;
pub mod profile;
pub mod rate;
pub mod shares;
pub mod vague;
pub mod values;
pub mod words;

use juesuan_model::Problem;
use serde::Deserialize;

pub use alone::AloneWords;
pub use announced::Announced;
pub use bulletin::{BulletinColumn, BulletinList, BulletinSection, BulletinTopic, BulletinWords};
pub use counts::{CountCatalog, CountFilter, CountSpec, RegisterSpec};
pub use documents::PerformanceDocuments;
pub use library::{IndicatorDirection, IndicatorLevel, IndicatorTree, IndicatorUse, Library, UsualIndicator};
pub use monitor::{LightBand, LightKey, Monitor, StateWords};
pub use monitor_report::{MonitorColumn, MonitorReport, MonitorTable};
pub use profile::{Block, FarOver, MethodWords, Profile, Tier};
pub use rate::{Operand, OperandSource, RateSpec, RateWay};
pub use shares::ShareWords;
pub use vague::{VagueSays, VagueWords};
pub use values::ValueWords;
pub use words::{CauseWords, FormHead, NumberWords, PerformanceWords, QuantityWords, TopicWords};

use crate::input::InputFiles;
use crate::section::Phrases;
use crate::source::Source;
use crate::trees::Trees;

/// Everything about performance.
#[derive(Clone, Debug, Default)]
pub struct PerformanceCatalog {
    /// Words of reports and forms.
    pub words: PerformanceWords,
    /// Usual indicators.
    pub library: Library,
    /// What is counted in registers.
    pub counts: CountCatalog,
    /// How the quarterly bulletin of tasks is written.
    pub bulletin: BulletinWords,
    /// Schemes of points, in the order of their keys.
    pub profiles: Vec<Profile>,
    /// Words for the ways in which points are given.
    pub methods: MethodWords,
    /// What is computed and never typed.
    pub rates: Vec<RateSpec>,
    /// Lights of the monitoring.
    pub monitor: Monitor,
    /// How the report of the monitoring is written.
    pub monitor_report: MonitorReport,
    /// What makes a target vague.
    pub vague: VagueWords,
    /// How values that are aimed at or reached are written.
    pub values: ValueWords,
    /// What no value can be.
    pub shares: ShareWords,
    /// What is published of performance alone.
    pub alone: AloneWords,
    /// Reports, forms and summaries.
    pub documents: PerformanceDocuments,
    grades: Vec<Grades>,
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

impl PerformanceCatalog {
    /// Reads the files. A profile whose points do not add up and a rate of a meaning that no tree has are problems.
    pub fn load(
        source: &Source,
        trees: &Trees,
        inputs: &InputFiles,
        phrases: &Phrases,
        problems: &mut Vec<Problem>,
    ) -> PerformanceCatalog {
        let (profiles, methods) = profile::load(source, problems);
        let rates = rate::load(source, trees, problems);
        PerformanceCatalog {
            counts: CountCatalog::load(source, problems),
            bulletin: BulletinWords::load(source, problems),
            words: PerformanceWords::load(source, problems),
            library: Library::load(source, &rates, problems),
            profiles,
            methods,
            rates,
            monitor_report: MonitorReport::load(source, problems),
            monitor: source.toml("performance/monitor.toml", problems).unwrap_or_default(),
            vague: VagueWords::load(source, problems),
            values: ValueWords::load(source, problems),
            shares: source.toml("performance/shares.toml", problems).unwrap_or_default(),
            alone: source.toml("performance/alone.toml", problems).unwrap_or_default(),
            documents: PerformanceDocuments::load(source, inputs, phrases, problems),
            grades: source.tomls("performance/grades/", problems).into_iter().map(|(_, grades)| grades).collect(),
        }
    }

    /// The grades of a variant, from the best.
    pub fn grades(&self, variant: &str) -> &[GradeBand] {
        let own = self.grades.iter().find(|grades| grades.variants.iter().any(|key| key == variant));
        let general = || self.grades.iter().find(|grades| grades.variants.is_empty());
        own.or_else(general).map_or(&[], |grades| &grades.band)
    }

    /// A scheme of points by its key.
    pub fn profile(&self, key: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.key == key)
    }

    /// The scheme of points of a variant: its own, else the general one.
    pub fn profile_of(&self, variant: &str) -> Option<&Profile> {
        let own = self.profiles.iter().find(|profile| profile.variants.iter().any(|key| key == variant));
        own.or_else(|| self.profiles.iter().find(|profile| profile.general))
    }

    /// The rate that an indicator of this name states, or that has this key.
    pub fn rate(&self, name: &str) -> Option<&RateSpec> {
        self.rates.iter().find(|rate| rate.key == name || rate.names.iter().any(|own| own == name))
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn each_variant_has_grades_and_points_its_own_before_the_general_ones() {
        let catalog = Catalog::load(&[]).unwrap();
        let word = |variant: &str, at: usize| catalog.performance.grades(variant)[at].word.clone();
        assert_eq!((word("shanghai", 3), word("anhui", 3)), ("不合格".to_owned(), "差".to_owned()));
        let execution = |variant: &str| {
            catalog.performance.profile_of(variant).map(|profile| (profile.execution_least, profile.execution))
        };
        assert_eq!(execution("hubei"), Some((10, 20)));
        assert_eq!(execution("elsewhere"), Some((10, 10)));
    }
}
