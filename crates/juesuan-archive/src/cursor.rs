//! Rows of a part that stands, document by document.

use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;

use crate::bundle::unwritten;
use crate::error::{Error, Result, machine};

/// Rows that are read at once.
const BATCH_ROWS: usize = 1 << 13;

/// Goes through a part, whose rows are sorted by document.
pub(crate) struct Cursor {
    path: String,
    reader: ParquetRecordBatchReader,
    /// Rows that were read and not taken.
    ahead: Option<RecordBatch>,
}

impl Cursor {
    /// At the first row of a part of `root`.
    pub(crate) fn open(root: &Path, path: &str, schema: SchemaRef) -> Result<Cursor> {
        let place = root.join(path);
        let file = File::open(&place).map_err(machine("read", &place))?;
        let options = ArrowReaderOptions::new().with_schema(schema);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(unwritten(path))?;
        let reader = builder.with_batch_size(BATCH_ROWS).build().map_err(unwritten(path))?;
        Ok(Cursor { path: path.to_owned(), reader, ahead: None })
    }

    /// The rows of a document, behind those that were taken; rows of earlier ones are passed over.
    pub(crate) fn take(&mut self, document: &str) -> Result<Vec<RecordBatch>> {
        let mut out = Vec::new();
        while let Some(batch) = self.next()? {
            let (before, own) = stretch(&batch, document).ok_or_else(|| Error::Damaged(self.path.clone()))?;
            if own > 0 {
                out.push(batch.slice(before, own));
            }
            let used = before + own;
            if used < batch.num_rows() {
                self.ahead = Some(batch.slice(used, batch.num_rows() - used));
                return Ok(out);
            }
        }
        Ok(out)
    }

    fn next(&mut self) -> Result<Option<RecordBatch>> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        let next = self.reader.next().transpose();
        next.map_err(|error| unwritten(&self.path)(ParquetError::from(error)))
    }
}

/// How many rows stand before those of a document, and how many it has; nothing for rows that name no document.
fn stretch(batch: &RecordBatch, document: &str) -> Option<(usize, usize)> {
    let names = batch.columns().first()?.as_string_opt::<i32>()?;
    let before = names.iter().take_while(|name| name.is_some_and(|name| name < document)).count();
    let own = names.iter().skip(before).take_while(|name| *name == Some(document)).count();
    Some((before, own))
}
