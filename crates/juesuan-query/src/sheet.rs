//! Lists that people hand in: a CSV file in UTF-8 or GB 18030, its columns known by their heads.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use encoding_rs::{GB18030, UTF_8};
use juesuan_catalog::ParameterColumn;
use juesuan_text::plain;

use crate::error::Error;

/// Largest list: some 300,000 bodies.
const BYTES_MAX: u64 = 64 << 20;

/// The rows of a list as texts without white space around them; no list has no rows.
///
/// # Errors
/// A file that cannot be read, or one without a column that must be there.
pub fn rows(path: Option<&Path>, columns: &[ParameterColumn]) -> Result<RecordBatch, Error> {
    let mut cells: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
    if let Some(path) = path {
        let faulty = |fault: io::Error| Error::Sheet { path: path.to_owned(), fault };
        let text = text(path).map_err(faulty)?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.records();
        let broken = |fault: csv::Error| faulty(io::Error::new(ErrorKind::InvalidData, fault.to_string()));
        let head = records.next().transpose().map_err(broken)?.unwrap_or_default();
        let places = places(path, &head, columns)?;
        for record in records {
            let record = record.map_err(broken)?;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            for (place, cells) in places.iter().zip(&mut cells) {
                cells.push(place.and_then(|place| record.get(place)).unwrap_or_default().trim().to_owned());
            }
        }
    }
    let fields: Vec<Field> = columns.iter().map(|own| Field::new(&own.name, DataType::Utf8, false)).collect();
    let arrays = cells.into_iter().map(|cells| Arc::new(StringArray::from(cells)) as ArrayRef).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|fault| Error::Engine(fault.into()))
}

fn text(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > BYTES_MAX {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let bytes = fs::read(path)?;
    let (text, _, broken) = UTF_8.decode(&bytes);
    let text = if broken { GB18030.decode(&bytes).0 } else { text };
    Ok(text.into_owned())
}

/// Where each column stands.
fn places(path: &Path, head: &csv::StringRecord, columns: &[ParameterColumn]) -> Result<Vec<Option<usize>>, Error> {
    let heads: Vec<String> = head.iter().map(plain).collect();
    let place = |own: &ParameterColumn| {
        let known = |head: &String| own.heads.iter().any(|word| plain(word) == *head) || own.name == *head;
        match heads.iter().position(known) {
            None if own.required => Err(Error::Head {
                path: path.to_owned(),
                name: own.heads.first().unwrap_or(&own.name).clone(),
                heads: head.iter().collect::<Vec<_>>().join(" "),
            }),
            place => Ok(place),
        }
    };
    columns.iter().map(place).collect()
}
