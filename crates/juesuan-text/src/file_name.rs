//! A text as the name of a file.

use crate::steers;

/// Longest name of a file before its ending, in bytes: file systems take 255 with the ending.
const NAME_BYTES_MAX: usize = 200;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A text as a name that every file system takes, of a length that it takes: without what is not seen, without what separates paths, and
/// no name of a device. Never empty.
pub fn file_name(text: &str) -> String {
    let mut name = String::new();
    let refused = |c: &char| c.is_whitespace() || steers(*c) || r#"\/:*?"<>|"#.contains(*c);
    for c in text.chars().filter(|c| !refused(c)) {
        if name.len() + c.len_utf8() > NAME_BYTES_MAX {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches('.');
    let device = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = device.strip_prefix("com").or_else(|| device.strip_prefix("lpt"));
    let is_device = DEVICES.contains(&device.as_str()) || port.is_some_and(|rest| rest.chars().count() == 1);
    if is_device || name.is_empty() { format!("_{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_makes_a_name_that_every_system_takes() {
        for (text, name) in [
            ("甲局 2023年度：决算", "甲局2023年度：决算"),
            ("a/b\\c\u{202e}d\u{0}\u{2028}e", "abcde"),
            ("..", "_"),
            ("", "_"),
            ("con", "_con"),
            ("Com1.局", "_Com1.局"),
            ("局. ", "局"),
            ("公司", "公司"),
        ] {
            assert_eq!(file_name(text), name, "{text:?}");
        }
        assert!(file_name(&"局".repeat(500)).len() <= NAME_BYTES_MAX);
    }
}
