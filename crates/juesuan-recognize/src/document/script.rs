//! A document in the characters of the catalogue: radicals as the ideographs that they stand for, traditional characters as
//! simplified ones, no readings behind characters.

use std::borrow::Cow;

use juesuan_model::{Noted, Problem};
use juesuan_read::{PageLine, Pages, Piece, Value};
use juesuan_text::script;

/// Characters at the beginning of a paragraph that tell its subject.
const SHOWN: usize = 12;

/// The document as it is read; the same where nothing in it is written another way.
pub fn written(pages: &Pages) -> Cow<'_, Pages> {
    let texts = || pages.pieces.iter().flat_map(texts_of);
    let traditional = script::is_traditional(texts());
    let garbled: Vec<usize> =
        (0..pages.pieces.len()).filter(|at| pages.pieces.get(*at).is_some_and(is_garbled)).collect();
    let other = |text: &str| text.chars().any(|c| script::ideograph(c) != c) || !script::readings(text).is_empty();
    if !traditional && garbled.is_empty() && !texts().any(other) {
        return Cow::Borrowed(pages);
    }
    let mut pages = pages.clone();
    for at in garbled.into_iter().rev() {
        if let Piece::Line(line) = pages.pieces.remove(at) {
            let begin: String = line.text.chars().take(SHOWN).collect();
            let message = format!("“{begin}…”有乱码，这一段没有读；请用正确的编码重新保存");
            pages.problems.push(Problem::doubt(line.place, message));
        }
    }
    for piece in &mut pages.pieces {
        match piece {
            Piece::Line(line) => write_line(line, traditional),
            Piece::Grid(grid) => {
                for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    if let Value::Text(text) = cell {
                        let read = script::readings(text);
                        let kept = text.chars().enumerate().filter(|(at, _)| !read.iter().any(|r| r.contains(at)));
                        *text = written_text(&kept.map(|(_, c)| c).collect::<String>(), traditional);
                    }
                }
                grid.sheet = written_text(&grid.sheet, traditional);
            }
            Piece::Picture(_) => {}
        }
    }
    Cow::Owned(pages)
}

/// True for a paragraph whose beginning was taken for other characters: nobody knows what it speaks of.
fn is_garbled(piece: &Piece) -> bool {
    let Piece::Line(line) = piece else { return false };
    // Half a character of GBK and half of the next make letters of Bopomofo and corners of frames.
    let strange =
        |c: char| matches!(c, '\u{3105}'..='\u{3129}' | '\u{2503}'..='\u{254b}' | '\u{2550}'..='\u{2573}') && c != '━';
    line.text.contains('。') && line.text.chars().take(SHOWN).any(strange)
}

fn texts_of(piece: &Piece) -> Vec<&str> {
    match piece {
        Piece::Line(line) => vec![line.text.as_str()],
        Piece::Grid(grid) => {
            let cells = grid.rows.iter().flat_map(|row| &row.cells).map(Value::as_str);
            cells.chain([grid.sheet.as_str()]).collect()
        }
        Piece::Picture(_) => Vec::new(),
    }
}

/// Each character of a text in its usual form.
fn written_text(text: &str, traditional: bool) -> String {
    let text: String = text.chars().map(script::ideograph).collect();
    if traditional { script::simplified(&text) } else { text }
}

/// A line without readings; the edges of its characters go with them.
fn write_line(line: &mut PageLine, traditional: bool) {
    for reading in script::readings(&line.text).into_iter().rev() {
        line.text = line.text.chars().enumerate().filter(|(at, _)| !reading.contains(at)).map(|(_, c)| c).collect();
        line.noted = Noted::around(&line.noted, &reading, 0);
        if reading.end <= line.edges.len() {
            line.edges.drain(reading);
        }
    }
    line.text = written_text(&line.text, traditional);
}
