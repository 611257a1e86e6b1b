//! The package as JSON.

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
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            _ if steers(c) => {
                c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")))
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_turns_a_line_round_stands_in_json_by_its_number() {
        let name = "甲\u{202e}乙\u{2028}\u{9b}2J\u{1fffe}";
        let text = escaped(&serde_json::to_string(name).unwrap());
        assert_eq!(text, r#""甲\u202e乙\u2028\u009b2J\ud83f\udffe""#);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), name);
    }
}
