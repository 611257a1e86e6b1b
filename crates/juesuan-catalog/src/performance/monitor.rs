//! Lights of the monitoring during the year (绩效运行监控).

use serde::Deserialize;

/// When which light is shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitor {
    /// What the rule rests on.
    pub basis: String,
    /// False as long as nobody has held it against the text of what it rests on.
    #[serde(default)]
    pub confirmed: bool,
    /// Units of targets that hold in every month: a rate does not grow with the year.
    #[serde(default)]
    pub steady: Vec<String>,
    /// What was reached in percent of what the month asks, from the highest.
    pub band: Vec<LightBand>,
    /// Words of what is judged in words.
    pub state: Vec<StateWords>,
}

/// A light and where it begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LightBand {
    /// Which light.
    pub key: LightKey,
    /// As printed.
    pub word: String,
    /// Percent from which it is shown, included.
    pub from: i64,
}

/// Words that stand for a light.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateWords {
    /// Which light.
    pub key: LightKey,
    /// Spellings.
    pub words: Vec<String>,
}

/// A light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LightKey {
    /// Far behind.
    #[default]
    Red,
    /// Behind.
    Yellow,
    /// As planned.
    Green,
    /// Far ahead.
    Blue,
}
