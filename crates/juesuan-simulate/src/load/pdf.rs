//! A published document as a PDF of text, quickly: one face that every reader of Chinese has, tables with rulings, pages that turn
//! with their tables. All lengths are in hundredths of a point, from the top of the page.

use std::fmt::Write;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use juesuan_model::{Block, CellRole, Document, Table};

use crate::messy::grid::{self, Laid};
use crate::messy::joined;

/// The short and the long side of A4.
const A4: (i64, i64) = (59_500, 84_200);
/// Paper around what is printed.
const MARGIN: i64 = 5_000;
/// Size of letters of a title, of running text, of tables.
const TITLE: i64 = 1_800;
const TEXT: i64 = 1_200;
const SMALL: i64 = 700;
/// Between the text of a cell and its ruling.
const PAD: i64 = 200;
/// Left free above the feet of letters, in hundredths of their size.
const RISE: i64 = 85;

/// The document as PDF.
pub fn pdf(document: &Document) -> Vec<u8> {
    let mut pages = Pages::default();
    pages.turn(A4.0, A4.1);
    pages.down += 12_000;
    for line in &document.title {
        pages.line(line, TITLE, Side::Middle);
    }
    for part in &document.parts {
        pages.turn(A4.0, A4.1);
        pages.line(&part.title, TITLE, Side::Middle);
        for block in &part.blocks {
            match block {
                Block::Table(table) if table.form.is_empty() => pages.table(table),
                Block::Table(table) => {
                    pages.turn(A4.1, A4.0);
                    pages.table(table);
                }
                Block::Heading { text, .. } => {
                    pages.upright();
                    pages.line(text, TEXT, Side::Left);
                }
                Block::Paragraph { runs, .. } => {
                    pages.upright();
                    pages.paragraph(&joined(runs));
                }
                Block::Chart(chart) => {
                    pages.upright();
                    pages.line(&chart.caption, TEXT, Side::Middle);
                }
            }
        }
    }
    pages.file()
}

/// Where a text stands in the room that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

/// Pages while they are written.
#[derive(Debug, Default)]
struct Pages {
    done: Vec<Page>,
    width: i64,
    height: i64,
    down: i64,
    content: String,
}

#[derive(Debug)]
struct Page {
    width: i64,
    height: i64,
    content: String,
}

impl Pages {
    /// Ends the page; the next has this size.
    fn turn(&mut self, width: i64, height: i64) {
        self.end();
        (self.width, self.height, self.down) = (width, height, MARGIN);
    }

    fn end(&mut self) {
        if self.content.is_empty() {
            return;
        }
        let number = (self.done.len() + 1).to_string();
        self.put(&number, (self.width - wide(&number, SMALL)) / 2, self.height - MARGIN / 2, SMALL);
        let content = std::mem::take(&mut self.content);
        self.done.push(Page { width: self.width, height: self.height, content });
    }

    /// Goes on with text: behind a table that lies on its side, on a page of its own.
    fn upright(&mut self) {
        if self.width > self.height {
            self.turn(A4.0, A4.1);
        }
    }

    /// Goes to the next page where so much has no room on this one.
    fn room(&mut self, height: i64) -> bool {
        let full = self.down + height > self.height - MARGIN;
        if full {
            self.turn(self.width, self.height);
        }
        full
    }

    /// Lines of a text over the whole width.
    fn line(&mut self, text: &str, size: i64, side: Side) {
        let room = self.width - 2 * MARGIN;
        for line in lines(text, room, size) {
            self.room(size * 3 / 2);
            let at = self.down + size * RISE / 100;
            self.put(&line, MARGIN + beside(&line, room, size, side), at, size);
            self.down += size * 3 / 2;
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.line(&format!("\u{3000}\u{3000}{text}"), TEXT, Side::Left);
    }

    /// Letters with their left foot at a place.
    fn put(&mut self, text: &str, x: i64, y: i64, size: i64) {
        let mut hex = String::new();
        for unit in text.encode_utf16() {
            let _ = write!(hex, "{unit:04x}");
        }
        let (x, y, size) = (points(x), points(self.height - y), points(size));
        let _ = writeln!(self.content, "BT /F {size} Tf {x} {y} Td <{hex}> Tj ET");
    }

    fn table(&mut self, table: &Table) {
        let rows = grid::rows(table);
        let edges = edges(table, grid::columns(&rows), self.width - 2 * MARGIN);
        for (text, side) in [(&table.title, Side::Middle), (&table.number, Side::Right), (&table.entity, Side::Left)] {
            if !text.is_empty() {
                self.line(text, if text == &table.title { TEXT } else { SMALL * 5 / 4 }, side);
            }
        }
        if !table.unit.is_empty() {
            self.line(&table.unit, SMALL * 5 / 4, Side::Right);
        }
        let heights: Vec<i64> = rows.iter().map(|row| height(row, &edges)).collect();
        let (head, body) = rows.split_at(table.header.len().min(rows.len()));
        let (head_heights, body_heights) = heights.split_at(head.len());
        let head_height: i64 = head_heights.iter().sum();
        self.room(head_height + body_heights.first().copied().unwrap_or(0));
        self.rows(head, head_heights, &edges);
        for (row, height) in body.iter().zip(body_heights) {
            if self.room(*height) {
                self.rows(head, head_heights, &edges);
            }
            self.rows(std::slice::from_ref(row), std::slice::from_ref(height), &edges);
        }
        if body.is_empty() {
            let blank: Vec<Laid> = (0..edges.len().saturating_sub(1)).map(blank).collect();
            self.rows(&[blank], &[SMALL * 2], &edges);
        }
        for note in &table.notes {
            self.line(note, SMALL * 5 / 4, Side::Left);
        }
    }

    /// Rows that stand on this page together.
    fn rows(&mut self, rows: &[Vec<Laid>], heights: &[i64], edges: &[i64]) {
        for (at, row) in rows.iter().enumerate() {
            for laid in row {
                let below: i64 = heights.iter().skip(at).take(laid.rows).sum();
                self.cell(laid, below, edges);
            }
            self.down += heights.get(at).copied().unwrap_or(0);
        }
    }

    fn cell(&mut self, laid: &Laid, height: i64, edges: &[i64]) {
        let edge = |column: usize| edges.get(column).or(edges.last()).copied().unwrap_or(MARGIN);
        let (left, right) = (edge(laid.column), edge(laid.column + laid.columns));
        let (x, y, w, h) =
            (points(left), points(self.height - self.down - height), points(right - left), points(height));
        let _ = writeln!(self.content, "{x} {y} {w} {h} re S");
        let side = match laid.role {
            CellRole::Number => Side::Right,
            CellRole::Ordinal => Side::Middle,
            CellRole::Label | CellRole::Code => Side::Left,
        };
        let room = right - left - 2 * PAD;
        let lines = lines(&laid.text, room, SMALL);
        let block = i64::try_from(lines.len()).unwrap_or(0) * leading();
        let mut top = self.down + (height - block) / 2;
        for line in lines {
            self.put(&line, left + PAD + beside(&line, room, SMALL, side), top + leading() * RISE / 100, SMALL);
            top += leading();
        }
    }

    /// The whole file.
    fn file(mut self) -> Vec<u8> {
        self.end();
        let mut out = File { bytes: b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec(), offsets: Vec::new() };
        out.object("<< /Type /Catalog /Pages 2 0 R >>");
        // Two objects a page, behind those of the document and its face.
        let kids: String = (0..self.done.len()).map(|page| format!("{} 0 R ", 6 + 2 * page)).collect();
        out.object(&format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.done.len()));
        out.object(
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        );
        out.object(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) \
             /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>",
        );
        out.object(
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 \
             /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>",
        );
        for (number, page) in self.done.iter().enumerate() {
            out.object(&format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
                points(page.width),
                points(page.height),
                7 + 2 * number
            ));
            out.stream(&format!("0.5 w\n{}", page.content));
        }
        out.finish()
    }
}

/// A file while it is written.
struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl File {
    fn open(&mut self) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", self.offsets.len()).bytes());
    }

    fn object(&mut self, text: &str) {
        self.open();
        self.bytes.extend(text.bytes());
        self.bytes.extend(b"\nendobj\n");
    }

    fn stream(&mut self, content: &str) {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        // Writing to memory cannot fail.
        let _ = encoder.write_all(content.as_bytes());
        let packed = encoder.finish().unwrap_or_default();
        self.open();
        self.bytes.extend(format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).bytes());
        self.bytes.extend(packed);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.offsets.len() + 1;
        self.bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
        for offset in &self.offsets {
            self.bytes.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        self.bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
        self.bytes
    }
}

/// Hundredths as points.
fn points(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Between the feet of lines in a table.
fn leading() -> i64 {
    SMALL * 6 / 5
}

/// How wide a text is: a Chinese letter as wide as high, others half.
fn wide(text: &str, size: i64) -> i64 {
    text.chars().map(|c| if c.is_ascii() { size / 2 } else { size }).sum()
}

/// How far from the left of its room a text begins.
fn beside(text: &str, room: i64, size: i64, side: Side) -> i64 {
    let free = (room - wide(text, size)).max(0);
    match side {
        Side::Left => 0,
        Side::Middle => free / 2,
        Side::Right => free,
    }
}

/// The lines of a text in a room; numbers and names in Latin letters are whole.
fn lines(text: &str, room: i64, size: i64) -> Vec<String> {
    let mut out = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !c.is_ascii() || c == ' ').filter(|at| *at > 0);
        let length = length.unwrap_or_else(|| match rest.chars().next() {
            Some(c) if !c.is_ascii() || c == ' ' => c.len_utf8(),
            _ => rest.len(),
        });
        let (piece, after) = rest.split_at(length);
        let width = wide(piece, size);
        if used + width > room && !line.is_empty() {
            out.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push_str(piece);
        used += width;
        rest = after;
    }
    out.push(line);
    out.retain(|line| !line.is_empty());
    out
}

/// Where the columns begin, and the last ends.
fn edges(table: &Table, columns: usize, room: i64) -> Vec<i64> {
    let width = |column: usize| table.widths.get(column).map_or(1, |width| i64::from(*width).max(1));
    let all: i64 = (0..columns).map(width).sum();
    let mut sum = 0;
    let mut out = vec![MARGIN];
    for column in 0..columns {
        sum += width(column);
        out.push(MARGIN + room * sum / all.max(1));
    }
    out
}

/// How high a row must be for its texts.
fn height(row: &[Laid], edges: &[i64]) -> i64 {
    let lines_of = |laid: &Laid| {
        let edge = |column: usize| edges.get(column).copied().unwrap_or(0);
        let count = lines(&laid.text, edge(laid.column + laid.columns) - edge(laid.column) - 2 * PAD, SMALL).len();
        // A cell over several rows needs its part of each.
        i64::try_from(count.div_ceil(laid.rows.max(1))).unwrap_or(1)
    };
    row.iter().map(lines_of).max().unwrap_or(1).max(1) * leading() + 2 * PAD
}

fn blank(column: usize) -> Laid {
    Laid { text: String::new(), column, columns: 1, rows: 1, role: CellRole::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_never_broken_between_lines() {
        let broken = lines("收入总计12345.67万元", 4 * TEXT, TEXT);
        assert_eq!(broken, ["收入总计", "12345.67", "万元"]);
        assert_eq!(lines("收入12345.67", 8 * TEXT, TEXT), ["收入12345.67"]);
    }
}
