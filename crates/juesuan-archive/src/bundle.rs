//! Rows of many documents as Parquet parts, one a table: written beside their places, and put there when all are whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use juesuan_catalog::{ArchiveSchema, ArchiveTable};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result, machine};
use crate::list::Part;
use crate::rows::Partition;

/// Rows of a row group: a group is what is in memory of a table, here some ten megabytes, and what one thread reads.
const GROUP_ROWS: usize = 1 << 16;
/// Ending of parts.
pub(crate) const ENDING: &str = "parquet";
/// What the name of a part that is being written ends with.
pub(crate) const WRITING: &str = ".writing";

/// The parts of one bundle while they are written.
pub(crate) struct Bundle<'a> {
    root: &'a Path,
    schema: &'a ArchiveSchema,
    partition: Partition,
    name: String,
    program: String,
    open: BTreeMap<String, Open>,
}

/// A part that is being written.
struct Open {
    writer: ArrowWriter<Sink>,
    /// Where it is written.
    beside: PathBuf,
    /// Where it belongs, below the archive.
    path: String,
    rows: u64,
}

impl<'a> Bundle<'a> {
    /// Without rows; nothing lies on the disk before a table has some.
    pub(crate) fn new(
        (root, schema): (&'a Path, &'a ArchiveSchema),
        partition: Partition,
        name: String,
        program: &str,
    ) -> Bundle<'a> {
        Bundle { root, schema, partition, name, program: program.to_owned(), open: BTreeMap::new() }
    }

    /// Adds rows to a table, behind those that it has.
    pub(crate) fn write(&mut self, table: &str, batch: &RecordBatch) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        if !self.open.contains_key(table) {
            let open = self.part(table)?;
            self.open.insert(table.to_owned(), open);
        }
        let Some(open) = self.open.get_mut(table) else { return Ok(()) };
        open.writer.write(batch).map_err(unwritten(&open.path))?;
        open.rows += u64::try_from(batch.num_rows()).unwrap_or_default();
        Ok(())
    }

    fn part(&self, table: &str) -> Result<Open> {
        let described = self.schema.table(table).ok_or_else(|| Error::Schema(table.to_owned()))?;
        let path = format!("{table}/{}/{}.{ENDING}", self.partition.folders(), self.name);
        let place = self.root.join(&path);
        let folder = place.parent().unwrap_or(self.root);
        fs::create_dir_all(folder).map_err(machine("make", folder))?;
        let beside = folder.join(format!(".{}.{ENDING}{WRITING}", self.name));
        // What a run left that was ended; through a link nothing is written.
        let _ = fs::remove_file(&beside);
        let file = File::create_new(&beside).map_err(machine("write", &beside))?;
        let writer = writer(file, described, &self.program).map_err(unwritten(&path))?;
        Ok(Open { writer, beside, path, rows: 0 })
    }

    /// Puts every part in its place.
    ///
    /// # Errors
    /// A disk that fails. Parts that stand already are nobody's until they are noted, and are written anew.
    pub(crate) fn finish(self) -> Result<Vec<Part>> {
        self.open.into_iter().map(|(table, open)| open.finish(self.root, table)).collect()
    }
}

impl Open {
    fn finish(self, root: &Path, table: String) -> Result<Part> {
        let Open { writer, beside, path, rows } = self;
        let sink = writer.into_inner().map_err(unwritten(&path))?;
        let (bytes, sha256) = sink.finish().map_err(machine("write", &beside))?;
        let place = root.join(&path);
        fs::rename(&beside, &place).map_err(machine("write", &place))?;
        Ok(Part { table, path, rows, bytes, sha256 })
    }
}

fn writer(file: File, table: &ArchiveTable, program: &str) -> std::result::Result<ArrowWriter<Sink>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_created_by(program.to_owned())
        .build();
    // Types say all that there is to say: the same bytes whatever the library would add of its own.
    let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let schema: SchemaRef = crate::arrow::schema(table);
    ArrowWriter::try_new_with_options(Sink::new(file), schema, options)
}

/// What the library says of a part.
fn unwritten(path: &str) -> impl Fn(ParquetError) -> Error {
    let path = path.to_owned();
    move |source| match source {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(fault) => Error::Machine { doing: "write", path: path.clone(), source: *fault },
            Err(cause) => Error::Parquet { path: path.clone(), source: ParquetError::External(cause) },
        },
        source => Error::Parquet { path: path.clone(), source },
    }
}

/// A file that knows what was written to it.
struct Sink {
    file: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
}

impl Sink {
    fn new(file: File) -> Sink {
        Sink { file: BufWriter::new(file), digest: Sha256::new(), bytes: 0 }
    }

    /// Keeps it down to the disk: its length, and its SHA-256.
    fn finish(self) -> io::Result<(u64, String)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let sha256 = self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((self.bytes, sha256))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
