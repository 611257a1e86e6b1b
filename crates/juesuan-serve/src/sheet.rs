//! A page that is the same for everybody but for the secret in its forms: cut where the secret stands, and pressed once for all.
//!
//! Between two secrets a piece is pressed by itself and ends at a whole byte, so that secrets are put between pressed pieces as they
//! are, and nothing is pressed again. A secret is no part of what is pressed: how long an answer is tells nothing of it.

use std::io::Write as _;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What a gzip file begins with: no name, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// A block without content that says that it is the last.
const LAST: [u8; 2] = [0x03, 0x00];
/// Begins a block that is stored as it is.
const STORED: u8 = 0x00;

/// A page with holes.
pub struct Sheet {
    pieces: Vec<Piece>,
}

/// What stands between two holes.
struct Piece {
    plain: String,
    pressed: Vec<u8>,
    sum: Crc,
}

impl Piece {
    fn of(text: &str) -> std::io::Result<Piece> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes())?;
        // Up to a whole byte, without saying that this is the end.
        encoder.flush()?;
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        Ok(Piece { plain: text.to_owned(), pressed: encoder.get_ref().clone(), sum })
    }
}

impl Sheet {
    /// Cuts a page wherever `mark` stands.
    ///
    /// # Errors
    /// None while there is memory.
    pub fn cut(page: &str, mark: &str) -> std::io::Result<Sheet> {
        Ok(Sheet { pieces: page.split(mark).map(Piece::of).collect::<Result<_, _>>()? })
    }

    /// How much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.plain.len() + piece.pressed.len() + size_of::<Piece>()).sum()
    }

    /// The page with the secret in every hole, as whoever asks takes it.
    pub fn answer(&self, asked: &HeaderMap, secret: &str) -> Response {
        let kinds = [(CONTENT_TYPE, "text/html; charset=utf-8"), (VARY, "accept-encoding")];
        if takes_gzip(asked) {
            (kinds, [(CONTENT_ENCODING, "gzip")], self.pressed(secret)).into_response()
        } else {
            (kinds, self.plain(secret)).into_response()
        }
    }

    /// The page with the secret in every hole.
    pub fn plain(&self, secret: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes() + self.pieces.len() * secret.len());
        for (number, piece) in self.pieces.iter().enumerate() {
            if number > 0 {
                out.extend_from_slice(secret.as_bytes());
            }
            out.extend_from_slice(piece.plain.as_bytes());
        }
        out
    }

    /// The same as gzip.
    pub fn pressed(&self, secret: &str) -> Vec<u8> {
        let length: usize = self.pieces.iter().map(|piece| piece.pressed.len() + secret.len() + 5).sum();
        let mut out = Vec::with_capacity(HEAD.len() + length + LAST.len() + 8);
        let (mut sum, mut own) = (Crc::new(), Crc::new());
        own.update(secret.as_bytes());
        let stored = stored(secret);
        out.extend_from_slice(&HEAD);
        for (number, piece) in self.pieces.iter().enumerate() {
            if number > 0 {
                out.extend_from_slice(&stored);
                sum.combine(&own);
            }
            out.extend_from_slice(&piece.pressed);
            sum.combine(&piece.sum);
        }
        out.extend_from_slice(&LAST);
        out.extend_from_slice(&sum.sum().to_le_bytes());
        out.extend_from_slice(&sum.amount().to_le_bytes());
        out
    }
}

/// A block that holds a secret as it is. One that is longer than a block is none of ours.
fn stored(secret: &str) -> Vec<u8> {
    let length = u16::try_from(secret.len()).unwrap_or_default();
    let mut out = vec![STORED];
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&(!length).to_le_bytes());
    out.extend_from_slice(secret.as_bytes());
    out
}

/// Whether a browser says that it takes what was pressed.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|said| said.to_str().ok());
    let mut kinds = said.flat_map(|said| said.split(',')).map(|kind| kind.split(';').map(str::trim));
    kinds.any(|mut kind| kind.next() == Some("gzip") && kind.all(|quality| quality != "q=0"))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    fn accepting(said: &'static str) -> bool {
        takes_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, axum::http::HeaderValue::from_static(said))]))
    }

    #[test]
    fn only_who_takes_gzip_is_sent_gzip() {
        assert!(accepting("gzip, deflate, br") && accepting("br;q=1.0, gzip;q=0.5"));
        assert!(!accepting("") && !accepting("br") && !accepting("gzip;q=0") && !accepting("x-gzip"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    fn unpressed(bytes: &[u8]) -> String {
        let (mut decoder, mut text) = (GzDecoder::new(bytes), String::new());
        decoder.read_to_string(&mut text).unwrap();
        assert!(decoder.into_inner().is_empty(), "nothing stands behind its end");
        text
    }

    #[test]
    fn a_page_with_the_secret_in_every_hole_is_the_same_plain_and_pressed() {
        let long = format!("{}¤{}¤", "决算".repeat(90_000), "表".repeat(3));
        for page in ["", "¤", "a¤b", "¤¤", "没有", long.as_str()] {
            let sheet = Sheet::cut(page, "¤").unwrap();
            for secret in ["", "0123456789abcdef", &"f".repeat(48)] {
                let whole = page.replace('¤', secret);
                assert_eq!(String::from_utf8(sheet.plain(secret)).unwrap(), whole);
                assert_eq!(unpressed(&sheet.pressed(secret)), whole);
            }
        }
        let sheet = Sheet::cut(&long, "¤").unwrap();
        assert!(sheet.pressed("0").len() < long.len() / 50);
    }

    #[test]
    fn how_long_an_answer_is_tells_nothing_of_the_secret_in_it() {
        let sheet = Sheet::cut("<input value=\"¤\"><p>aaaaaaaa¤", "¤").unwrap();
        assert_eq!(sheet.pressed("aaaaaaaa").len(), sheet.pressed("q7x!kd0z").len());
    }
}
