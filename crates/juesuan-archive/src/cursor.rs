//! Rows of a part that stands, document by document.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result, machine};
use crate::list::Part;

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
    /// At the first row of a part of `root`, which is as it was written.
    pub(crate) fn open(root: &Path, part: &Part, schema: SchemaRef) -> Result<Cursor> {
        let place = root.join(&part.path);
        let mut file = File::open(&place).map_err(machine("read", &place))?;
        let damaged = || Error::Part(part.path.clone());
        // Values that were changed would otherwise be copied like others, under a digest of their own.
        if digest(&mut file).map_err(machine("read", &place))? != part.sha256 {
            return Err(damaged());
        }
        let options = ArrowReaderOptions::new().with_schema(schema);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(|_| damaged())?;
        let reader = builder.with_batch_size(BATCH_ROWS).build().map_err(|_| damaged())?;
        Ok(Cursor { path: part.path.clone(), reader, ahead: None })
    }

    /// The rows of a document, behind those that were taken; rows of earlier ones are passed over.
    pub(crate) fn take(&mut self, document: &str) -> Result<Vec<RecordBatch>> {
        let mut out = Vec::new();
        while let Some(batch) = self.next()? {
            let (before, own) = stretch(&batch, document).ok_or_else(|| Error::Part(self.path.clone()))?;
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
        self.reader.next().transpose().map_err(|_| Error::Part(self.path.clone()))
    }
}

/// SHA-256 of a file, which stands at its beginning before and after.
fn digest(file: &mut File) -> io::Result<String> {
    let (mut all, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => all.update(piece.get(..read).unwrap_or_default()),
        }
    }
    file.rewind()?;
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// How many rows stand before those of a document, and how many it has; nothing for rows that name no document.
fn stretch(batch: &RecordBatch, document: &str) -> Option<(usize, usize)> {
    let names = batch.columns().first()?.as_string_opt::<i32>()?;
    let before = names.iter().take_while(|name| name.is_some_and(|name| name < document)).count();
    let own = names.iter().skip(before).take_while(|name| *name == Some(document)).count();
    Some((before, own))
}
