//! What is wrong with a text that is no TOML, in words for whoever writes the file.

use toml::de::Error;

/// Beginnings of what the parser says, and what that comes from.
const KINDS: &[(&[&str], &str)] = &[
    (&["duplicate key"], "这个名称写了两次，请只留一处"),
    (&["string values must be quoted", "missing opening quote"], "文字要写在半角引号里，如 name = \"甲\""),
    (&["invalid basic string", "invalid literal string", "invalid multi-line"], "引号没有成对"),
    (&["missing escaped value", "invalid value", "too few unicode"], "引号里的 \\ 要写成 \\\\，或改用单引号"),
    (&["unclosed array", "missing array", "unclosed table", "missing table"], "方括号没有成对"),
    (&["unclosed inline table", "missing inline table"], "花括号没有成对"),
    (&["missing comma"], "两项之间要有半角逗号"),
    (&["extra comma"], "逗号多了一个"),
    (&["key with no value", "missing value", "missing assignment", "missing key", "extra"], "每一项写作 名称 = 值"),
    (&["invalid unquoted key", "unquoted keys"], "名称里有汉字或标点时，名称也要写在半角引号里"),
    (&["unexpected key or value", "unexpected content"], "一行只写一项，前面的引号、括号要成对"),
    (&["unexpected leading zero"], "数不能以0开头；编码要写在引号里"),
];

/// Signs that look like those of TOML and are none, with the right ones.
const WIDE: [(char, char); 11] = [
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('＝', '='),
    ('，', ','),
    ('［', '['),
    ('］', ']'),
    ('｛', '{'),
    ('｝', '}'),
    ('＃', '#'),
];

/// A fault of writing in `text`: the usual cause of it, and signs of full width that stand on the line outside of quotation
/// marks.
pub(super) fn toml_fault(error: &Error, text: &str) -> String {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let begins = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(begins..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let says = error.message();
    let kind = KINDS.iter().find(|(beginnings, _)| beginnings.iter().any(|begins| says.starts_with(begins)));
    let cause = kind.map_or("请核对引号、括号和等号", |(_, cause)| cause);
    match wide(line) {
        Some((wide, right)) => format!("这一行不合 TOML 的写法：“{wide}”是全角的，应为半角的 {right}"),
        None => format!("这一行不合 TOML 的写法：{cause}"),
    }
}

/// The first sign of full width outside of quotation marks.
fn wide(line: &str) -> Option<(char, char)> {
    let mut open: Option<char> = None;
    for c in line.chars() {
        match open {
            Some(mark) if c == mark => open = None,
            Some(_) => {}
            None if c == '#' => return None,
            None if matches!(c, '"' | '\'') => open = Some(c),
            None => {
                if let Some(found) = WIDE.iter().find(|(wide, _)| *wide == c) {
                    return Some(*found);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        toml_fault(&toml::from_str::<toml::Table>(text).unwrap_err(), text)
    }

    #[test]
    fn a_fault_of_writing_is_told_by_what_it_comes_from() {
        let cases = [
            ("a = \"甲\"\na = \"乙\"\n", "写了两次"),
            ("a = 甲\n", "半角引号"),
            ("a = “甲”\n", "““”是全角的"),
            ("a ＝ \"甲\"\n", "“＝”是全角的，应为半角的 ="),
            ("a = [\"甲\"，\"乙\"]\n", "“，”是全角的"),
            ("a = \"甲，乙\n", "引号没有成对"),
            ("a = ['甲'\nb = 1\n", ""),
            ("a = ['甲' '乙']\n", "半角逗号"),
            ("[a\nb = 1\n", "方括号没有成对"),
            ("a = { b = 1\n", "花括号没有成对"),
            ("甲 = 1\n", "名称也要写在半角引号里"),
            ("a\n", "名称 = 值"),
            ("a = 001\n", "编码要写在引号里"),
            ("a = \"\\d\"\n", "要写成 \\\\"),
        ];
        for (text, cause) in cases {
            let told = told(text);
            assert!(told.starts_with("这一行不合 TOML 的写法：") && told.contains(cause), "{text}{told}");
            assert!(!told.contains("expected") && !told.contains("key "), "{told}");
        }
    }
}
