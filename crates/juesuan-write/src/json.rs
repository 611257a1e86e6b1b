//! The package as JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use juesuan_model::Package;
use juesuan_text::steers;

use crate::error::Error;

/// The whole package, indented, fields in the order of the types; the same package gives the same bytes.
/// Reading it back with serde gives an equal package.
///
/// # Errors
/// A package that cannot be stored.
pub fn json(package: &Package) -> Result<Vec<u8>, Error> {
    let mut text = escaped(&serde_json::to_string_pretty(package)?);
    text.push('\n');
    Ok(text.into_bytes())
}

/// JSON text in which no character steers the terminal of whoever looks at it: inside strings, the only place where they can stand,
/// they are written by their number.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    // Hardly any text has one: what stands between them is taken over whole.
    let mut rest = json;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c != '\n' && steers(*c)) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        rest = behind.strip_prefix(c).unwrap_or(behind);
    }
    out.push_str(rest);
    out
}

/// A sink for JSON, which it passes on as [`escaped`].
pub struct Escaping<W> {
    sink: W,
    /// Bytes of a character of which some are still to come.
    begun: Vec<u8>,
}

impl<W: Write> Escaping<W> {
    /// Before this one.
    pub const fn new(sink: W) -> Escaping<W> {
        Escaping { sink, begun: Vec::new() }
    }
}

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        if self.begun.len() - whole > LONGEST_CHARACTER {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let rest = self.begun.split_off(whole);
        let text =
            String::from_utf8(std::mem::replace(&mut self.begun, rest)).map_err(|_| io::ErrorKind::InvalidData)?;
        let steered = text.chars().any(|c| c != '\n' && steers(c));
        let passed = if steered { Cow::Owned(escaped(&text)) } else { Cow::Borrowed(&text) };
        self.sink.write_all(passed.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Bytes of the longest character.
const LONGEST_CHARACTER: usize = 4;

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Escaping, escaped};

    #[test]
    fn what_turns_a_line_round_stands_in_json_by_its_number() {
        let name = "甲\u{202e}乙\u{2028}\u{9b}2J\u{1fffe}";
        let text = escaped(&serde_json::to_string(name).unwrap());
        assert_eq!(text, r#""甲\u202e乙\u2028\u009b2J\ud83f\udffe""#);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), name);
    }

    #[test]
    fn a_sink_escapes_as_much_however_the_bytes_come() {
        let json = serde_json::to_string("甲\u{202e}乙𠀀\u{9b}2J").unwrap();
        for size in 1..5 {
            let mut out = Vec::new();
            let mut sink = Escaping::new(&mut out);
            json.as_bytes().chunks(size).for_each(|chunk| sink.write_all(chunk).unwrap());
            assert_eq!(String::from_utf8(out).unwrap(), escaped(&json), "{size}");
        }
        assert!(Escaping::new(Vec::new()).write_all(&[0xff; 9]).is_err());
    }
}
