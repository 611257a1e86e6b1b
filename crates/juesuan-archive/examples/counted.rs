//! `counted ARCHIVE`: rows of each table, and the sum of each of its columns of numbers, as JSON, for who holds another reader
//! against this one (`scripts/archive_duckdb.py`).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool of the tests may stop")]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

/// Column → sum, of each table; `rows` is their number.
type Sums = BTreeMap<String, BTreeMap<String, i128>>;

fn main() {
    let root = std::env::args().nth(1).unwrap();
    let root = Path::new(&root);
    let manifest: Value = serde_json::from_slice(&std::fs::read(root.join("manifest.json")).unwrap()).unwrap();
    let mut sums = Sums::new();
    for part in manifest["parts"].as_array().unwrap() {
        let file = File::open(root.join(part["path"].as_str().unwrap())).unwrap();
        let own = sums.entry(part["table"].as_str().unwrap().to_owned()).or_default();
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
            add(own, &batch.unwrap());
        }
    }
    let told: BTreeMap<_, BTreeMap<_, _>> = sums
        .into_iter()
        .map(|(table, sums)| (table, sums.into_iter().map(|(name, sum)| (name, sum.to_string())).collect()))
        .collect();
    println!("{}", serde_json::to_string_pretty(&told).unwrap());
}

fn add(sums: &mut BTreeMap<String, i128>, batch: &RecordBatch) {
    *sums.entry("rows".to_owned()).or_default() += i128::try_from(batch.num_rows()).unwrap();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let sum: i128 = match field.data_type() {
            DataType::Int64 => column.as_primitive::<Int64Type>().iter().flatten().map(i128::from).sum(),
            DataType::Decimal128(..) => column.as_primitive::<Decimal128Type>().iter().flatten().sum(),
            _ => continue,
        };
        *sums.entry(field.name().clone()).or_default() += sum;
    }
}
