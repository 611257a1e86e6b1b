//! Values that cannot be: shares of more than all (`performance/shares.toml`).

use serde::Deserialize;

/// Words by which shares are known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareWords {
    /// Endings of the names of shares, of which none is over 100 %.
    #[serde(deserialize_with = "crate::compared::words")]
    pub never_over: Vec<String>,
    /// What is written where there is nothing to say.
    #[serde(deserialize_with = "crate::compared::words")]
    pub nothing: Vec<String>,
}
