//! The bytes of a books file as UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};
use juesuan_text::element;

/// Bytes looked at to tell UTF-8 with a few broken bytes from another encoding.
const SAMPLE_BYTES: usize = 65_536;

/// A text, and the lines on which bytes could not be decoded.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// UTF-8 without a byte order mark.
    pub text: Cow<'a, [u8]>,
    /// Name of the encoding for people.
    pub encoding: &'static str,
    /// Lines, from 1, with bytes that are no character; each once.
    pub broken_lines: Vec<u32>,
}

/// Decodes a file: byte order mark, else UTF-8, else GB18030 (which contains GBK). Looks at every byte, on `threads`.
pub fn decode(bytes: &[u8], threads: usize) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or(&[]);
        if encoding == UTF_8 && is_utf8(rest, threads) {
            return Decoded { text: Cow::Borrowed(rest), encoding: "UTF-8", broken_lines: Vec::new() };
        }
        return converted(rest, encoding);
    }
    if is_utf8(bytes, threads) {
        return Decoded { text: Cow::Borrowed(bytes), encoding: "UTF-8", broken_lines: Vec::new() };
    }
    let gb = converted(bytes, GB18030);
    if gb.broken_lines.is_empty() || !mostly_utf8(bytes) { gb } else { converted(bytes, UTF_8) }
}

/// True if every byte belongs to a character of UTF-8. Parts end at line ends, which are never inside a character.
fn is_utf8(bytes: &[u8], threads: usize) -> bool {
    let borders = super::records::borders(bytes, 0, if bytes.len() > SAMPLE_BYTES { threads } else { 1 });
    let part = |index: usize| {
        let end = borders.get(index + 1).copied().unwrap_or(bytes.len());
        bytes.get(*element(&borders, index)..end).is_some_and(|part| std::str::from_utf8(part).is_ok())
    };
    let part = &part;
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..borders.len()).map(|index| scope.spawn(move || part(index))).collect();
        let first = part(0);
        others.into_iter().fold(first, |all, other| all & other.join().unwrap_or(false))
    })
}

/// True if the beginning holds more characters of UTF-8 beyond ASCII than bytes that are none.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sample = juesuan_text::part(bytes, ..SAMPLE_BYTES);
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn converted(bytes: &[u8], encoding: &'static Encoding) -> Decoded<'static> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut broken_lines = Vec::new();
    if had_errors {
        let mut line = 1_u32;
        for part in text.split('\n') {
            if part.contains('\u{fffd}') {
                broken_lines.push(line);
            }
            line = line.saturating_add(1);
        }
    }
    Decoded { text: Cow::Owned(text.into_owned().into_bytes()), encoding: encoding.name(), broken_lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_come_out_of_utf8_with_and_without_mark_gbk_and_utf16() {
        let words = "科目,借方金额\n7101,1.00\n";
        let (gbk, _, _) = GB18030.encode(words);
        let marked = [b"\xef\xbb\xbf", words.as_bytes()].concat();
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [words.as_bytes(), &gbk, &marked, &utf16] {
            let decoded = decode(bytes, 2);
            assert_eq!(decoded.text.as_ref(), words.as_bytes(), "{}", decoded.encoding);
            assert!(decoded.broken_lines.is_empty());
        }
    }

    #[test]
    fn a_broken_byte_is_named_by_its_line() {
        let mut bytes = "科目,摘要\n7101,办公费\n7101,水费\n".as_bytes().to_vec();
        let at = bytes.len() - 3;
        bytes[at] = 0xff;
        let decoded = decode(&bytes, 2);
        assert_eq!((decoded.encoding, decoded.broken_lines), ("UTF-8", vec![3]));
    }
}
