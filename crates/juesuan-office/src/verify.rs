//! Is what lies there still what was checked and approved?

use juesuan_read::Files;

use crate::digest::Fingerprint;
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
    pub fingerprint: Fingerprint,
    /// The code noted at approval, where one was given.
    pub approved: Option<Fingerprint>,
}

/// Compares every file with the manifest, and the manifest with the code noted at approval. Without that code nobody knows whether
/// the manifest itself is the one that was approved.
///
/// # Errors
/// What is no code, an output without a manifest, a manifest that was changed so that it cannot be read, files that cannot be read.
pub fn verify(output: &dyn Files, approved: Option<&str>) -> Result<Verified, Error> {
    let approved = approved.map(str::parse).transpose()?;
    let (manifest, fingerprint) = Manifest::read(output)?;
    let differences = manifest.compare(output)?;
    Ok(Verified { manifest, differences, fingerprint, approved })
}

impl Verified {
    /// The code noted at approval, if the output has another one.
    pub fn strange(&self) -> Option<Fingerprint> {
        self.approved.filter(|code| *code != self.fingerprint)
    }

    /// True if the files are those of the manifest, and the manifest the one that was approved as far as that was asked.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty() && self.strange().is_none()
    }

    /// How the run ends: what may not be published is an error.
    pub fn state(&self) -> State {
        if self.is_same() && self.manifest.publishable { State::Clean } else { State::Errors }
    }
}
