//! The words of what is attached to a letter.

use serde::Deserialize;

/// The annexes of a letter: the list that the unit fills in, and what asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnnexWords {
    /// Title of the list.
    pub list: String,
    /// Its heads: number, severity, place, what is wrong, what to do, what was done, why and who.
    pub list_heads: [String; 7],
    /// What stands in front of the name of the unit.
    pub list_unit: String,
    /// Room for the seal, behind the name.
    pub list_seal: String,
    /// Room for the day.
    pub list_day: String,
    /// How to fill it in.
    pub list_note: String,
    /// Title of what asks for nothing.
    pub hints: String,
    /// Its heads: number, kind, place, what it says.
    pub hint_heads: [String; 4],
}
