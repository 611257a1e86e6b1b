//! Where in a picture something was read, and what was said of it since: by a person, or by the text that lies over the picture.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::seen::Confidence;

/// A stretch of a picture: left, top, right, bottom, in parts of [`InPicture::SIDE`] of its sides.
pub type Stretch = [u32; 4];

/// A place in a picture, whatever document the picture is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub struct InPicture {
    /// Which picture.
    pub picture: PictureDigest,
    /// Where on it.
    pub at: Stretch,
    /// Who has said what stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<CorrectedBy>,
    /// What somebody saw there who looked at the picture, where the document lays another text over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<Differing>,
}

/// A person who has looked at a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub struct CorrectedBy {
    /// Who.
    pub person: String,
    /// What had been read there.
    pub read: String,
}

/// Two readings of the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub struct Differing {
    /// The figure in the text that a scanner laid over its picture.
    pub layer: String,
    /// The figure that was seen in the picture.
    pub seen: String,
    /// How sure that is.
    pub sure: Confidence,
}

impl InPicture {
    /// The sides of a picture, whatever it measures.
    pub const SIDE: u32 = 100_000;

    /// The part of a stretch from `from` to `to` of `of` parts of its width; the whole of it where that is no part.
    #[must_use]
    pub fn narrowed(&self, from: i64, to: i64, of: i64) -> InPicture {
        let [left, top, right, bottom] = self.at;
        let width = i64::from(right.saturating_sub(left));
        let part = |at: i64| u32::try_from(i64::from(left) + width * at.clamp(0, of) / of).unwrap_or(right);
        let at = if of > 0 && from < to { [part(from), top, part(to), bottom] } else { self.at };
        InPicture { at, ..self.clone() }
    }
}

/// What a picture is known by in every document: SHA-256 of what it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PictureDigest([u8; 32]);

impl PictureDigest {
    /// From the bytes of a digest.
    pub const fn new(bytes: [u8; 32]) -> PictureDigest {
        PictureDigest(bytes)
    }
}

impl fmt::Display for PictureDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<PictureDigest> for String {
    fn from(digest: PictureDigest) -> String {
        digest.to_string()
    }
}

/// A text that is no digest of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no digest of a picture: 64 hexadecimal digits")]
pub struct NoPictureDigest;

impl FromStr for PictureDigest {
    type Err = NoPictureDigest;

    fn from_str(text: &str) -> Result<PictureDigest, NoPictureDigest> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let byte = |pair: &[u8; 2]| {
            let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(pair, 16).ok()
        };
        let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
        let whole = bytes.filter(|_| rest.is_empty()).and_then(|bytes| bytes.try_into().ok());
        whole.map(PictureDigest).ok_or(NoPictureDigest)
    }
}

impl TryFrom<String> for PictureDigest {
    type Error = NoPictureDigest;

    fn try_from(text: String) -> Result<PictureDigest, NoPictureDigest> {
        text.parse()
    }
}

impl JsonSchema for PictureDigest {
    fn schema_name() -> Cow<'static, str> {
        "PictureDigest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_told_as_text_and_read_back_and_nothing_else_is_one() {
        let digest = PictureDigest::new(std::array::from_fn(|at| u8::try_from(at * 7).unwrap()));
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(serde_json::from_str::<PictureDigest>(&serde_json::to_string(&digest).unwrap()).unwrap(), digest);
        let text = digest.to_string();
        for other in [
            "",
            text.get(..62).unwrap_or_default(),
            &format!("{text}00"),
            &text.replacen('0', "g", 1),
            &text.replacen('0', "+", 1),
        ] {
            assert_eq!(other.parse::<PictureDigest>(), Err(NoPictureDigest), "{other}");
        }
    }

    #[test]
    fn a_part_of_a_stretch_lies_inside_it() {
        let place = InPicture { at: [1_000, 50, 2_000, 80], ..InPicture::default() };
        assert_eq!(place.narrowed(10, 20, 100).at, [1_100, 50, 1_200, 80]);
        assert_eq!(place.narrowed(90, 200, 100).at, [1_900, 50, 2_000, 80]);
        assert_eq!(place.narrowed(5, 5, 100).at, place.at);
        assert_eq!(place.narrowed(0, 1, 0).at, place.at);
    }
}
