//! JSON: a list of objects, one a line. Decimals stand with every digit that they have.

use std::io::Write;

use arrow::datatypes::DataType;
use juesuan_text::steers;

use super::cells::{Cells, is_number};
use super::gone;
use crate::engine::Answer;
use crate::error::Error;

/// Writes all rows, and gives back how many there are.
pub(super) fn write(answer: Answer<'_>, out: &mut dyn Write) -> Result<usize, Error> {
    let fields: Vec<(String, bool)> =
        answer.schema.fields().iter().map(|field| (quoted(field.name()), is_bare(field.data_type()))).collect();
    let mut rows = 0usize;
    let mut put = |text: &str| match out.write_all(text.as_bytes()) {
        Err(fault) if !gone(&fault) => Err(Error::Machine(fault)),
        done => Ok(done.is_ok()),
    };
    for stretch in answer {
        let stretch = stretch?;
        let cells = Cells::new(&stretch)?;
        for row in 0..cells.rows {
            let values = cells.row(row).zip(&fields).map(|(cell, (name, bare))| match cell {
                None => format!("{name}:null"),
                Some(text) if *bare && !is_no_number(&text) => format!("{name}:{text}"),
                Some(text) => format!("{name}:{}", quoted(&text)),
            });
            let object = values.collect::<Vec<_>>().join(",");
            let before = if rows == 0 { "[" } else { ",\n" };
            if !put(&format!("{before}{{{object}}}"))? {
                return Ok(rows);
            }
            rows = rows.saturating_add(1);
        }
    }
    put(if rows == 0 { "[]\n" } else { "]\n" })?;
    match out.flush() {
        Err(fault) if !gone(&fault) => Err(fault.into()),
        _ => Ok(rows),
    }
}

/// `NaN` and `inf`, which JSON has no numbers for.
fn is_no_number(text: &str) -> bool {
    text.contains("NaN") || text.contains("inf")
}

/// Numbers, true and false, and lists of numbers are told as JSON tells them.
fn is_bare(kind: &DataType) -> bool {
    match kind {
        DataType::Boolean => true,
        DataType::List(inside) | DataType::LargeList(inside) => is_bare(inside.data_type()),
        kind => is_number(kind),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if steers(c) && u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
