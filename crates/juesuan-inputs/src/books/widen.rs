//! The text of a file with further columns behind its own; lines stay where they are.

use super::layout::Layout;
use super::records::Records;

/// The text under construction.
pub struct Widened {
    out: Vec<u8>,
    /// The line that is written next, counted from 0.
    line: u32,
    separator: u8,
}

impl Widened {
    /// Of a text with this layout and so many bytes.
    pub fn new(layout: &Layout, bytes: usize) -> Widened {
        Widened { out: Vec::with_capacity(bytes * 2), line: 0, separator: layout.separator }
    }

    /// Writes a record and what its further columns hold. `field` gives its own cells by their index; without one the record leaves an
    /// empty line of cells.
    pub fn record<'f>(
        &mut self,
        (records, layout): (&Records<'_>, &Layout),
        field: Option<&dyn Fn(usize) -> &'f [u8]>,
        further: impl Iterator<Item = &'f str>,
    ) {
        // Empty lines are no records, and count.
        self.out.extend((self.line..records.line()).map(|_| b'\n'));
        let after = records.line() + 1;
        self.line = if field.is_none() { after } else { records.line_next().max(after) };
        for index in 0..layout.width_of(records) {
            self.cell(field.map_or(&b""[..], |field| field(index)));
            self.out.push(self.separator);
        }
        for (at, cell) in further.enumerate() {
            if at > 0 {
                self.out.push(self.separator);
            }
            self.cell(cell.as_bytes());
        }
        self.out.push(b'\n');
    }

    /// The text.
    pub fn text(self) -> Vec<u8> {
        self.out
    }

    fn cell(&mut self, field: &[u8]) {
        let (separator, out) = (self.separator, &mut self.out);
        if !field.iter().any(|byte| *byte == separator || matches!(byte, b'"' | b'\r' | b'\n')) {
            return out.extend_from_slice(field);
        }
        out.push(b'"');
        for byte in field {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    }
}
