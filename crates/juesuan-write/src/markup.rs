//! Text inside XML and HTML.

use std::fmt::Write as _;

use juesuan_text::{BOX, is_unshowable};

/// Escapes text for XML and HTML, element content and quoted attributes alike. For what XML 1.0 forbids (control characters, U+FFFE,
/// U+FFFF) and what would turn the order of a line stands a box, so that the loss is seen and the file still opens.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            _ if is_unshowable(c) => out.push(BOX),
            _ => out.push(c),
        }
    }
    out
}

/// Text made of pieces; a `String` cannot fail to take them.
pub(crate) trait Push {
    /// Appends formatted text.
    fn put(&mut self, text: std::fmt::Arguments<'_>);
}

impl Push for String {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String has no failing path.
        let _ = self.write_fmt(text);
    }
}

/// An ASCII name for files and ids: letters, digits and hyphens of the key, or the fallback where none is left.
pub(crate) fn file_stem(key: &str, fallback: &str) -> String {
    let mut stem: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    while stem.contains("--") {
        stem = stem.replace("--", "-");
    }
    let stem = stem.trim_matches('-');
    if stem.is_empty() { fallback.to_owned() } else { stem.to_owned() }
}

/// Percent-encodes what may not stand in an address.
pub(crate) fn encoded(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.put(format_args!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_and_control_characters_never_reach_the_markup() {
        assert_eq!(escape("a<b>&\"'\u{1}\u{202e}"), "a&lt;b&gt;&amp;&quot;&#39;□□");
    }

    #[test]
    fn a_file_stem_is_ascii_and_never_empty() {
        assert_eq!(file_stem("收入 A_b", "x"), "a-b");
        assert_eq!(file_stem("收入", "table"), "table");
    }
}
