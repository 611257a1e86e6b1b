//! CSV.

use std::io::{self, Write};

use super::cells::Cells;
use super::gone;
use crate::engine::Answer;
use crate::error::Error;

/// Writes all rows below their head, and gives back how many there are.
pub(super) fn write(answer: Answer<'_>, out: &mut dyn Write) -> Result<usize, Error> {
    let mut writer = csv::Writer::from_writer(out);
    let (mut rows, mut written) = (0usize, Vec::new());
    let mut put = |record: &[String]| match writer.write_record(record).map_err(io::Error::from) {
        Err(fault) if !gone(&fault) => Err(Error::Machine(fault)),
        done => Ok(done.is_ok()),
    };
    let head: Vec<String> = answer.schema.fields().iter().map(|field| field.name().clone()).collect();
    put(&head)?;
    for stretch in answer {
        let stretch = stretch?;
        let cells = Cells::new(&stretch)?;
        for row in 0..cells.rows {
            written.clear();
            written.extend(cells.row(row).map(Option::unwrap_or_default));
            if !put(&written)? {
                return Ok(rows);
            }
            rows = rows.saturating_add(1);
        }
    }
    match writer.flush() {
        Err(fault) if !gone(&fault) => Err(fault.into()),
        _ => Ok(rows),
    }
}
