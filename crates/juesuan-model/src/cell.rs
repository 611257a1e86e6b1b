//! What can stand in a place where a figure is expected. Unread is not zero.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::printed::Printed;

/// The content of a table cell or of a slot in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A number stands there.
    Number(Printed),
    /// The place is empty.
    Blank,
    /// A dash of any kind stands there: -, —, －, or the character 一 that state forms use.
    Dash,
    /// The table has no such place.
    Absent,
    /// Something stands there that could not be read (a picture, a broken character).
    Unreadable,
}

impl Cell {
    /// The printed number, if one stands there.
    pub const fn number(self) -> Option<Printed> {
        match self {
            Cell::Number(printed) => Some(printed),
            Cell::Blank | Cell::Dash | Cell::Absent | Cell::Unreadable => None,
        }
    }
}
