//! Parquet.

use std::io::Write;

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::engine::Answer;
use crate::error::Error;

/// Writes all rows, and gives back how many there are.
pub(super) fn write(answer: Answer<'_>, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    let machine = |fault: parquet::errors::ParquetError| Error::Engine(fault.into());
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(out, answer.schema.clone(), Some(properties)).map_err(machine)?;
    let mut rows = 0usize;
    for stretch in answer {
        let stretch = stretch?;
        rows = rows.saturating_add(stretch.num_rows());
        writer.write(&stretch).map_err(machine)?;
    }
    writer.close().map_err(machine)?;
    Ok(rows)
}
