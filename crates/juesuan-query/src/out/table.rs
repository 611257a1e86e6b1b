//! A table for the screen: columns as wide as what they show.

use std::io::Write;

use juesuan_catalog::{QueryWords, filled};
use unicode_width::UnicodeWidthStr;

use super::cells::{Cells, is_number};
use super::gone;
use crate::engine::Answer;
use crate::error::Error;

/// Between columns.
const GAP: &str = "  ";
/// Widest column; longer texts are cut with a sign.
const WIDTH_MAX: usize = 60;
/// What stands for the rest of a text.
const CUT: char = '…';

/// Writes the first rows as a table, and gives back how many there are.
pub(super) fn write(
    answer: Answer<'_>,
    most: usize,
    out: &mut dyn Write,
    words: &QueryWords,
) -> Result<(usize, String), Error> {
    let right: Vec<bool> = answer.schema.fields().iter().map(|field| is_number(field.data_type())).collect();
    let head: Vec<String> = answer.schema.fields().iter().map(|field| line(field.name())).collect();
    let (mut shown, mut rows) = (vec![head], 0usize);
    for stretch in answer {
        let stretch = stretch?;
        let cells = Cells::new(&stretch)?;
        for row in 0..cells.rows.min(most.saturating_sub(rows)) {
            shown.push(cells.row(row).map(|cell| line(&cell.unwrap_or_default())).collect());
        }
        rows = rows.saturating_add(cells.rows);
    }
    if let Err(fault) = print(&shown, &right, out)
        && !gone(&fault)
    {
        return Err(fault.into());
    }
    let told = match rows {
        0 => &words.said.none,
        _ if rows > most => &words.said.more,
        _ => &words.said.rows,
    };
    Ok((rows, filled(told, &[("rows", &rows.to_string()), ("shown", &most.min(rows).to_string())])))
}

/// A text on one line, cut where it is too long.
fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= WIDTH_MAX {
        return text;
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 2 >= WIDTH_MAX {
            break;
        }
        out.push(c);
    }
    out.push(CUT);
    out
}

fn print(rows: &[Vec<String>], right: &[bool], out: &mut dyn Write) -> std::io::Result<()> {
    let widths: Vec<usize> = (0..right.len())
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let mut text = String::new();
        for ((cell, width), right) in row.iter().zip(&widths).zip(right) {
            let room = " ".repeat(width.saturating_sub(cell.width()));
            let (before, behind) = if *right { (room, String::new()) } else { (String::new(), room) };
            text.extend([before.as_str(), cell, behind.as_str(), GAP]);
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}
