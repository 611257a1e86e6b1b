//! Passages that were copied between bodies and years, over a whole archive, within bounds of memory.
//!
//! Two passages are as like as the stretches of a few characters that they share (Jaccard). Stretches that stand in many documents
//! are wording that everybody uses and count for nothing; digits, which copies change, and the name of the body fall out before.
//! 1. All passages are read and how often each stretch stands is estimated ([`sketch`]): a table of fixed size.
//! 2. They are read again; each has a signature of its own wording, cut into bands, which go to files on the disk ([`bands`]). Passages
//!    that share a band are candidates: two that are 60 % alike share one of 32 with 98.8 %, two that are 70 % alike with 99.98 %.
//! 3. Candidates are read once more and compared exactly ([`alike`]); what is alike is joined to chains.
//!
//! The chains are a table of the engine; who published first, and what the rows say, is a question of the catalogue over it.

mod alike;
mod bands;
mod sketch;
mod stretch;

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use juesuan_catalog::Copied;

use crate::engine::{Answer, Engine};
use crate::error::Error;
use alike::{Chains, Row};
use bands::Bands;
use sketch::Sketch;
use stretch::Reading;

/// The table of chains.
const TABLE: &str = "copies";

/// Finds copies, lays their table beside those of the archive, and asks what the catalogue asks of it, or `sql`.
///
/// # Errors
/// What the engine says, or a disk that is full.
pub fn copies(engine: &Engine<'_>, sql: Option<&str>) -> Result<Answer<'static>, Error> {
    let documents = Documents::read(engine)?;
    let rows = chains(engine, &documents)?;
    engine.lay(TABLE, table(&rows, &documents)?)?;
    engine.ask(sql.unwrap_or(&engine.catalog.query.copied.sql), Vec::new())
}

/// A passage: number of its document among those that were met, and its own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Id {
    document: u32,
    passage: u32,
}

/// One passage as it is read.
struct Passage<'p> {
    id: Id,
    /// True for one that is a stretch of another passage: it is compared, but its wording is counted there.
    is_within: bool,
    /// Stretches of its text, sorted, each once.
    stretches: &'p [u64],
}

/// All documents, sorted, so that numbers do not hang on the order in which rows come.
struct Documents(Vec<String>);

impl Documents {
    fn read(engine: &Engine<'_>) -> Result<Documents, Error> {
        let mut names = Vec::new();
        for rows in engine.ask("SELECT document FROM documents", Vec::new())? {
            if let Some(column) = rows?.columns().first() {
                names.extend(strings(column)?.as_string::<i32>().iter().flatten().map(str::to_owned));
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(Documents(names))
    }

    fn number(&self, name: &str) -> Option<u32> {
        let at = self.0.binary_search_by(|own| own.as_str().cmp(name)).ok()?;
        u32::try_from(at).ok()
    }

    fn name(&self, number: u32) -> &str {
        usize::try_from(number).ok().and_then(|number| self.0.get(number)).map_or("", String::as_str)
    }
}

/// Every passage that is a copy or has one, in chains.
fn chains(engine: &Engine<'_>, documents: &Documents) -> Result<Vec<Row>, Error> {
    let rules = &engine.catalog.query.copied;
    let passages = engine.archive.manifest.parts.iter().filter(|part| part.table == PASSAGES);
    let (rows, bytes) = passages.fold((0u64, 0u64), |(rows, bytes), part| (rows + part.rows, bytes + part.bytes));
    let mut sketch = Sketch::new(bytes);
    each(engine, documents, |passage| {
        if !passage.is_within {
            sketch.count(passage.stretches);
        }
        Ok(())
    })?;
    let mut bands = Bands::new(rows)?;
    let mut own = Vec::new();
    each(engine, documents, |passage| {
        if own_wording(&sketch, passage.stretches, rules, &mut own) {
            bands.put(passage.id, &own)?;
        }
        Ok(())
    })?;
    let mut chains = Chains::new(bands.pairs()?, rules.alike);
    while chains.begin_round() {
        each(engine, documents, |passage| {
            if chains.wants(passage.id) && own_wording(&sketch, passage.stretches, rules, &mut own) {
                chains.keep(passage.id, &own);
            }
            Ok(())
        })?;
        chains.end_round();
    }
    Ok(chains.rows())
}

/// The stretches of a passage that are not everybody's; false where too little of it is its own.
fn own_wording(sketch: &Sketch, stretches: &[u64], rules: &Copied, own: &mut Vec<u64>) -> bool {
    own.clear();
    own.extend(stretches.iter().copied().filter(|stretch| sketch.passages(*stretch) <= rules.usual));
    let share = usize::try_from(rules.own).unwrap_or(usize::MAX);
    !own.is_empty() && own.len().saturating_mul(100) >= stretches.len().saturating_mul(share)
}

/// The table with the passages.
const PASSAGES: &str = "passages";
/// What is read of them.
const READ: &str = "SELECT p.document, p.passage, p.kind, p.text, d.body FROM passages p JOIN documents d \
                    ON p.document = d.document AND p.year = d.year AND p.province = d.province WHERE p.kind IN ";

/// Reads all passages that are compared; those that are too short are passed over.
fn each(
    engine: &Engine<'_>,
    documents: &Documents,
    mut take: impl FnMut(&Passage<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let rules = &engine.catalog.query.copied;
    let kinds: Vec<String> =
        rules.kinds.iter().chain(&rules.within).map(|kind| format!("'{}'", kind.replace('\'', "''"))).collect();
    let mut reading = Reading::new(rules);
    for rows in engine.ask(&format!("{READ} ({})", kinds.join(", ")), Vec::new())? {
        let rows = rows?;
        let [names, numbers, kinds, texts, bodies] = rows.columns() else { continue };
        let texts = [names, kinds, texts, bodies].map(strings);
        let [names, kinds, texts, bodies] = texts;
        let (names, kinds, texts, bodies) = (names?, kinds?, texts?, bodies?);
        let cell = |array: &'_ ArrayRef, row: usize| array.as_string::<i32>().value(row).to_owned();
        let numbers = numbers.as_primitive::<Int64Type>();
        for row in 0..rows.num_rows() {
            let stretches = reading.stretches(&cell(&texts, row), &cell(&bodies, row));
            if let Some(document) = documents.number(&cell(&names, row)).filter(|_| !stretches.is_empty()) {
                let passage = u32::try_from(numbers.value(row)).unwrap_or(u32::MAX);
                let is_within = rules.within.contains(&cell(&kinds, row));
                take(&Passage { id: Id { document, passage }, is_within, stretches })?;
            }
        }
    }
    Ok(())
}

fn strings(array: &ArrayRef) -> Result<ArrayRef, Error> {
    cast(array, &DataType::Utf8).map_err(|fault| Error::Engine(fault.into()))
}

/// Chains as a table: `chain` (from 1), `document`, `passage`, `alike` (percent, with the passage of the chain that is most like it).
fn table(rows: &[Row], documents: &Documents) -> Result<RecordBatch, Error> {
    let number = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    let names = rows.iter().map(|row| documents.name(row.id.document));
    let columns: [(&str, ArrayRef); 4] = [
        ("chain", Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| number(row.chain))))),
        ("document", Arc::new(StringArray::from_iter_values(names))),
        ("passage", Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| i64::from(row.id.passage))))),
        ("alike", Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| i64::from(row.alike))))),
    ];
    let fields: Vec<Field> =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), false)).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|fault| Error::Engine(fault.into()))
}
