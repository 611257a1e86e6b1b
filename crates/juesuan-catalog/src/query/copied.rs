//! From where on a passage is a copy of another one: `catalog/copied.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;

/// The file.
const FILE: &str = "copied.toml";
/// Percent.
const ALL: u32 = 100;
/// Up to which passages are counted.
const COUNTED: u32 = 254;

/// What counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Copied {
    /// Kinds of passages that are compared.
    pub kinds: Vec<String>,
    /// Kinds that are stretches of others: they are compared too, and their wording is counted where they come from.
    #[serde(default)]
    pub within: Vec<String>,
    /// Characters of a stretch: two passages are as like as the stretches that they share.
    pub stretch: u32,
    /// Fewest characters of a passage, digits and the name of the body aside.
    pub shortest: u32,
    /// A stretch that stands in more passages than this is wording that everybody uses.
    pub usual: u32,
    /// Of a passage at least so many percent of its stretches must be wording of its own.
    pub own: u32,
    /// Shared stretches in percent of all from which on it is a copy.
    pub alike: u32,
    /// What is told: a question to the table `copies` (`chain`, `document`, `passage`, `alike`) beside all others.
    pub sql: String,
}

impl Copied {
    /// Reads the file; bounds that find nothing, or everything, are faults.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Copied {
        let copied: Copied = source.toml(FILE, problems).unwrap_or_default();
        let bounds = [
            ("stretch", copied.stretch, 1, copied.shortest.max(1)),
            ("usual", copied.usual, 2, COUNTED),
            ("own", copied.own, 0, ALL),
            ("alike", copied.alike, 1, ALL),
        ];
        for (key, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                problems.push(source.fault(FILE, &[key], format!("“{key}”应在 {least} 到 {most} 之间")));
            }
        }
        copied
    }
}
