//! How something was seen: as text of the file, or in a picture by a reader that can be mistaken.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How what stands in a place came to be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The file itself says which characters stand there, or the program wrote them.
    #[default]
    Text,
    /// Recognised in a picture, and proven: a sum or another printing closes with it and with nothing else that it might be.
    Proven,
    /// Recognised in a picture, and a person who looked at it has said what stands there.
    Corrected,
    /// Recognised in a picture, with this confidence. What does not agree may have been misread: by itself it is no error.
    Picture(Confidence),
}

/// How sure a reader of pictures is, in thousandths: 1000 is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct Confidence(u16);

impl Confidence {
    /// The most that there is.
    pub const CERTAIN: Confidence = Confidence(1000);
    /// That of whoever does not say how sure he is.
    pub const UNTOLD: Confidence = Confidence(500);

    /// From thousandths; more than 1000 is 1000.
    pub const fn thousandths(value: u16) -> Confidence {
        if value > Confidence::CERTAIN.0 { Confidence::CERTAIN } else { Confidence(value) }
    }
}

impl From<u16> for Confidence {
    fn from(value: u16) -> Confidence {
        Confidence::thousandths(value)
    }
}

impl From<Confidence> for u16 {
    fn from(confidence: Confidence) -> u16 {
        confidence.0
    }
}

impl Seen {
    /// True where no picture had to be read.
    pub const fn is_text(&self) -> bool {
        matches!(self, Seen::Text)
    }

    /// True where it is certain what stands there, so that it can be held against others.
    pub const fn is_certain(&self) -> bool {
        matches!(self, Seen::Text | Seen::Proven | Seen::Corrected)
    }

    /// How two things are seen that are read as one: as badly as the worse of them.
    #[must_use]
    pub fn and(self, other: Seen) -> Seen {
        match (self, other) {
            (Seen::Picture(own), Seen::Picture(other)) => Seen::Picture(own.min(other)),
            (Seen::Picture(_), _) => self,
            (Seen::Proven, Seen::Text | Seen::Corrected) | (Seen::Corrected, Seen::Text) => self,
            (Seen::Text | Seen::Proven | Seen::Corrected, _) => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_as_one_is_as_sure_as_its_worst_part() {
        let picture = |value| Seen::Picture(Confidence::thousandths(value));
        assert_eq!(Seen::Text.and(picture(900)), picture(900));
        assert_eq!(picture(900).and(Seen::Text), picture(900));
        assert_eq!(picture(900).and(picture(700)), picture(700));
        assert_eq!(Seen::Text.and(Seen::Text), Seen::Text);
        assert_eq!(Seen::Text.and(Seen::Proven).and(Seen::Text), Seen::Proven);
        assert_eq!(Seen::Proven.and(picture(900)).and(Seen::Proven), picture(900));
        assert_eq!(Seen::Text.and(Seen::Corrected), Seen::Corrected);
        assert_eq!(Seen::Corrected.and(Seen::Proven), Seen::Proven);
        assert_eq!(Seen::Corrected.and(picture(900)), picture(900));
    }

    #[test]
    fn a_confidence_is_a_number_of_thousandths_and_never_more_than_certain() {
        let seen: Seen = serde_json::from_str(r#"{"picture":2000}"#).unwrap();
        assert_eq!(seen, Seen::Picture(Confidence::CERTAIN));
        assert_eq!(serde_json::to_string(&Seen::Picture(Confidence::thousandths(870))).unwrap(), r#"{"picture":870}"#);
    }
}
