//! CSV.

use std::io::{self, Write};

use super::cells::{Cells, is_number};
use super::gone;
use crate::engine::Answer;
use crate::error::Error;

/// What a spreadsheet would take for the beginning of a formula. A minus is none of them: texts of figures begin with it.
const FORMULA: [char; 4] = ['=', '+', '@', '\t'];

/// A text that no spreadsheet takes for a formula.
fn disarmed(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// Writes all rows below their head, and gives back how many there are. Texts are disarmed, figures never.
pub(super) fn write(answer: Answer<'_>, out: &mut dyn Write) -> Result<usize, Error> {
    let mut writer = csv::Writer::from_writer(out);
    let (mut rows, mut written) = (0usize, Vec::new());
    let mut put = |record: &[String]| match writer.write_record(record).map_err(io::Error::from) {
        Err(fault) if !gone(&fault) => Err(Error::Machine(fault)),
        done => Ok(done.is_ok()),
    };
    let head: Vec<String> = answer.schema.fields().iter().map(|field| disarmed(field.name().clone())).collect();
    let figures: Vec<bool> = answer.schema.fields().iter().map(|field| is_number(field.data_type())).collect();
    put(&head)?;
    for stretch in answer {
        let stretch = stretch?;
        let cells = Cells::new(&stretch)?;
        for row in 0..cells.rows {
            written.clear();
            written.extend(cells.row(row).zip(&figures).map(|(text, is_figure)| {
                let text = text.unwrap_or_default();
                if *is_figure { text } else { disarmed(text) }
            }));
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
