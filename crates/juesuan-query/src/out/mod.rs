//! Rows as people or programs want them. Every form is written while the rows come; only a table on the screen holds those that it shows.
//!
//! - [`cells`] one value as text
//! - [`table`] on the screen; [`comma`] CSV; [`object`] JSON; [`parquet`](mod@parquet) Parquet

mod cells;
mod comma;
mod object;
mod parquet;
mod table;

use std::io::{self, Write};
use std::path::Path;

use juesuan_catalog::{QueryWords, filled};

use crate::engine::Answer;
use crate::error::Error;
use crate::whole;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns for the screen.
    Table,
    /// Comma separated, UTF-8.
    Csv,
    /// A list of objects, one a line.
    Json,
    /// Parquet.
    Parquet,
}

/// Where rows go.
#[derive(Debug)]
pub enum Target<'t> {
    /// The screen or whoever reads the standard output; a table shows only so many rows.
    Screen {
        /// Most rows of a table.
        rows: usize,
    },
    /// A file that is whole or not there.
    File(&'t Path),
}

/// Writes an answer. What people are told of it (how many rows, where) is given back, apart from what is written.
///
/// # Errors
/// What went wrong with the rows or with the file.
pub fn write(
    answer: Answer<'_>,
    form: Form,
    target: &Target<'_>,
    screen: &mut dyn Write,
    words: &QueryWords,
) -> Result<String, Error> {
    match target {
        Target::Screen { rows } => match form {
            Form::Table => table::write(answer, *rows, screen, words).map(|(_, told)| told),
            Form::Csv => comma::write(answer, screen).map(|_| String::new()),
            Form::Json => object::write(answer, screen).map(|_| String::new()),
            Form::Parquet => Err(Error::Parquet),
        },
        Target::File(path) => {
            let rows = whole::put(path, |file| match form {
                Form::Table => table::write(answer, usize::MAX, file, words).map(|(rows, _)| rows),
                // Spreadsheets take a file for GBK unless it begins with this mark.
                Form::Csv => {
                    file.write_all("\u{feff}".as_bytes())?;
                    comma::write(answer, file)
                }
                Form::Json => object::write(answer, file),
                Form::Parquet => parquet::write(answer, file),
            })?;
            let path = path.display().to_string();
            Ok(filled(&words.said.written, &[("rows", &rows.to_string()), ("path", &path)]))
        }
    }
}

/// Rows as texts, one after the other; `None` where there is no value.
pub fn rows<'a>(answer: Answer<'a>) -> impl Iterator<Item = Result<Vec<Option<String>>, Error>> + use<'a> {
    answer.flat_map(|stretch| {
        let texts = stretch.and_then(|stretch| {
            let cells = cells::Cells::new(&stretch)?;
            Ok((0..cells.rows).map(|row| cells.row(row).collect()).collect::<Vec<Vec<_>>>())
        });
        match texts {
            Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(fault) => vec![Err(fault)],
        }
    })
}

/// Whoever reads the standard output may have gone away (`| head`): then there is no more to write.
fn gone(fault: &io::Error) -> bool {
    fault.kind() == io::ErrorKind::BrokenPipe
}
