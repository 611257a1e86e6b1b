//! A version of a document, by its number.

use juesuan_store::{DocumentId, Version};

use crate::desk::Desk;
use crate::fault::Fault;

/// That version.
pub async fn numbered(desk: &Desk, document: DocumentId, number: u32) -> Result<Version, Fault> {
    let versions = desk.store.versions(document).await?;
    versions.into_iter().find(|version| version.number == number).ok_or(Fault::Missing)
}

/// The newest one.
pub async fn newest(desk: &Desk, document: DocumentId) -> Result<Version, Fault> {
    let versions = desk.store.versions(document).await?;
    versions.into_iter().max_by_key(|version| version.number).ok_or(Fault::Missing)
}
