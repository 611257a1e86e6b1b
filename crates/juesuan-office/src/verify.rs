//! Is what lies there still what was checked and approved?

use juesuan_read::Files;

use crate::error::Error;
use crate::manifest::{Difference, Manifest};
use crate::state::State;

/// An output held against its manifest, and the manifest against what a person approved.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What the manifest says.
    pub manifest: Manifest,
    /// Files that are not as they were.
    pub differences: Vec<Difference>,
    /// The code of the manifest as it is now.
    pub fingerprint: String,
    /// The code noted at approval, where it is another one.
    pub approved: Option<String>,
}

/// Compares every file with the manifest, and the manifest with the code noted at approval.
///
/// # Errors
/// An output without a manifest, a manifest that was changed so that it cannot be read, files that cannot be read.
pub fn verify(output: &dyn Files, approved: Option<&str>) -> Result<Verified, Error> {
    let (manifest, fingerprint) = Manifest::read(output)?;
    let differences = manifest.compare(output)?;
    let approved = approved.map(|code| code.trim().to_lowercase()).filter(|code| *code != fingerprint);
    Ok(Verified { manifest, differences, fingerprint, approved })
}

impl Verified {
    /// True if it is what was approved.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty() && self.approved.is_none()
    }

    /// How the run ends: what may not be published is an error.
    pub fn state(&self) -> State {
        if self.is_same() && self.manifest.publishable { State::Clean } else { State::Errors }
    }
}
