//! Records of a delimited text, without copying fields that stand as they are.
//!
//! Quoting follows RFC 4180 as the `csv` crate reads it: a field that begins with `"` may hold separators, line ends and
//! doubled quotes; empty lines are no records; `\r`, `\n` and `\r\n` end a record.

use juesuan_text::part;
use memchr::{memchr, memchr_iter, memchr2};

/// Walks over the records of a text. After [`Records::advance`] the fields of the record can be asked for.
#[derive(Debug)]
pub struct Records<'a> {
    text: &'a [u8],
    position: usize,
    separator: u8,
    /// Line on which the next record begins, counted from 0.
    line_next: u32,
    line: u32,
    fields: Vec<(usize, usize)>,
    /// The record with its quotes taken off, where it has any; `fields` then point here.
    unquoted: Vec<u8>,
    quoted: bool,
}

impl<'a> Records<'a> {
    /// Records of `text` from byte `start` on.
    pub fn new(text: &'a [u8], start: usize, separator: u8) -> Records<'a> {
        Records {
            text,
            position: start,
            separator,
            line_next: 0,
            line: 0,
            fields: Vec::with_capacity(32),
            unquoted: Vec::new(),
            quoted: false,
        }
    }

    /// Reads the next record; false at the end of the text.
    pub fn advance(&mut self) -> bool {
        loop {
            let Some(rest) = self.text.get(self.position..).filter(|rest| !rest.is_empty()) else {
                return false;
            };
            let length = memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            if length == 0 {
                self.end_line();
                continue;
            }
            self.line = self.line_next;
            let line = part(rest, ..length);
            self.fields.clear();
            self.quoted = memchr(b'"', line).is_some();
            if self.quoted {
                self.advance_quoted();
            } else {
                let mut start = self.position;
                for at in memchr_iter(self.separator, line) {
                    self.fields.push((start, self.position + at));
                    start = self.position + at + 1;
                }
                self.position += length;
                self.fields.push((start, self.position));
                self.end_line();
            }
            return true;
        }
    }

    /// A record in which a quote occurs, field by field.
    fn advance_quoted(&mut self) {
        self.unquoted.clear();
        let mut start = 0;
        loop {
            if self.text.get(self.position) == Some(&b'"') {
                self.position += 1;
                self.quoted_part();
            }
            // What stands unquoted: a whole field, or what follows a closing quote.
            let rest = self.text.get(self.position..).unwrap_or(&[]);
            let length =
                rest.iter().position(|b| *b == self.separator || *b == b'\r' || *b == b'\n').unwrap_or(rest.len());
            self.unquoted.extend_from_slice(part(rest, ..length));
            self.position += length;
            self.fields.push((start, self.unquoted.len()));
            start = self.unquoted.len();
            if self.text.get(self.position) != Some(&self.separator) {
                self.end_line();
                return;
            }
            self.position += 1;
        }
    }

    /// Copies up to the closing quote and steps over it.
    fn quoted_part(&mut self) {
        loop {
            let rest = self.text.get(self.position..).unwrap_or(&[]);
            let length = memchr(b'"', rest).unwrap_or(rest.len());
            let copied = part(rest, ..length);
            self.line_next += u32::try_from(memchr_iter(b'\n', copied).count()).unwrap_or(0);
            self.unquoted.extend_from_slice(copied);
            self.position = (self.position + length + 1).min(self.text.len());
            if self.text.get(self.position) != Some(&b'"') || length == rest.len() {
                return;
            }
            self.unquoted.push(b'"');
            self.position += 1;
        }
    }

    /// Steps over one line end, if there is one.
    fn end_line(&mut self) {
        match self.text.get(self.position) {
            Some(b'\r') => {
                self.position += 1;
                if self.text.get(self.position) == Some(&b'\n') {
                    self.position += 1;
                }
                self.line_next += 1;
            }
            Some(b'\n') => {
                self.position += 1;
                self.line_next += 1;
            }
            _ => {}
        }
    }

    /// Number of fields of the record.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// A field of the record; empty beyond its end.
    pub fn field(&self, index: usize) -> &[u8] {
        let Some(&(start, end)) = self.fields.get(index) else {
            return &[];
        };
        let from = if self.quoted { self.unquoted.as_slice() } else { self.text };
        from.get(start..end).unwrap_or(&[])
    }

    /// All fields of the record.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.field(index))
    }

    /// Line on which the record begins, counted from 0 at the start of this walk.
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// Line on which the next record begins, counted likewise.
    pub const fn line_next(&self) -> u32 {
        self.line_next
    }

    /// Byte at which the next record begins.
    pub const fn position(&self) -> usize {
        self.position
    }
}

/// Bytes at which `parts` readers may begin, `start` first: each a guess that a record begins there. A guess inside a
/// quoted field shows when the reader before it does not end exactly there.
pub fn borders(text: &[u8], start: usize, parts: usize) -> Vec<usize> {
    let mut borders = vec![start];
    let share = text.len().saturating_sub(start) / parts.max(1);
    let mut counted = start;
    let mut inside = false;
    for number in 1..parts {
        let mut at = start + number * share;
        if at <= counted {
            continue;
        }
        inside ^= memchr_iter(b'"', part(text, counted..at)).count() % 2 == 1;
        counted = at;
        while let Some(length) = memchr(b'\n', part(text, at..)) {
            at += length + 1;
            inside ^= memchr_iter(b'"', part(text, counted..at)).count() % 2 == 1;
            counted = at;
            if !inside {
                if at < text.len() {
                    borders.push(at);
                }
                break;
            }
        }
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(text: &[u8], separator: u8) -> Vec<Vec<Vec<u8>>> {
        let mut records = Records::new(text, 0, separator);
        let mut out = Vec::new();
        while records.advance() {
            out.push(records.fields().map(<[u8]>::to_vec).collect());
        }
        out
    }

    fn theirs(text: &[u8], separator: u8) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text)
            .byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_gives_the_records_that_the_csv_crate_gives(text in "[a,;\"\r\n 中]{0,60}", semicolon in any::<bool>()) {
            let separator = if semicolon { b';' } else { b',' };
            prop_assert_eq!(ours(text.as_bytes(), separator), theirs(text.as_bytes(), separator));
        }

        #[test]
        fn a_text_read_in_parts_gives_the_same_records_when_each_part_ends_where_the_next_begins(
            rows in prop::collection::vec(prop::collection::vec("[a\",\n]{0,6}", 1..4), 1..20), parts in 1usize..5,
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let borders = borders(&text, 0, parts);
            let mut out: Vec<Vec<Vec<u8>>> = Vec::new();
            for (index, start) in borders.iter().enumerate() {
                let end = borders.get(index + 1).copied().unwrap_or(text.len());
                let mut records = Records::new(&text, *start, b',');
                while records.position() < end && records.advance() {
                    out.push(records.fields().map(<[u8]>::to_vec).collect());
                }
                // Written by the rules, every guess is right.
                prop_assert_eq!(records.position(), end);
            }
            prop_assert_eq!(out, theirs(&text, b','));
        }
    }

    #[test]
    fn a_quoted_line_end_belongs_to_the_field_and_counts_as_a_line() {
        let mut records = Records::new(b"a,\"b\nc\"\r\nd,e\n", 0, b',');
        assert!(records.advance());
        assert_eq!((records.line(), records.field(1)), (0, b"b\nc".as_slice()));
        assert!(records.advance());
        assert_eq!((records.line(), records.field(0)), (2, b"d".as_slice()));
        assert!(!records.advance());
    }
}
