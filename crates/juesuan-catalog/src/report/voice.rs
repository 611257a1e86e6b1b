//! How reports name where words are from.

use serde::Deserialize;

/// What words of a document are called, by where they are from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceWords {
    /// The document itself.
    pub document: String,
    /// One of two texts that are compared.
    pub passage: String,
    /// A form of self-evaluation.
    pub form: String,
    /// The budget as published.
    pub budget: String,
}
