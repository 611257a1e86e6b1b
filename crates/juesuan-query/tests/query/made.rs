//! An archive made of rows, by the tables of the catalogue.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use arrow::array::{ArrayRef, BooleanArray, Decimal128Array, Int64Array, ListArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use juesuan_catalog::Catalog;
use juesuan_catalog::archive::{ArchiveColumn, ArchiveTable, ArchiveType};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

/// The catalogue, loaded once.
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap());
    &CATALOG
}

/// A row: names of columns with their cells. What is not named is empty, 0, false, or has no value.
pub type Row = BTreeMap<String, String>;
/// Rows of tables.
pub type Tables = BTreeMap<String, Vec<Row>>;

/// The rows of a file: a table begins with its name in brackets, the next line names columns.
pub fn rows(text: &str) -> Tables {
    let mut tables = Tables::new();
    let (mut name, mut heads): (&str, Option<Vec<&str>>) = ("", None);
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            (name, heads) = (table, None);
        } else if let Some(heads) = &heads {
            let cells: Vec<&str> = line.split('|').collect();
            assert_eq!(cells.len(), heads.len(), "{line}");
            let row = heads.iter().zip(cells).map(|(head, cell)| ((*head).to_owned(), cell.to_owned())).collect();
            tables.entry(name.to_owned()).or_default().push(row);
        } else {
            heads = Some(line.split('|').collect());
        }
    }
    tables
}

/// The archive of the tests.
pub fn small() -> TempDir {
    archive(&rows(include_str!("../archive.txt")))
}

/// Writes an archive of rows: two parts for each year and province, where there are two rows.
pub fn archive(tables: &Tables) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut parts = Vec::new();
    for (name, rows) in tables {
        let table = catalog().archive.table(name).unwrap();
        let mut places: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
        for row in rows {
            places.entry((&row["year"], &row["province"])).or_default().push(row);
        }
        for ((year, province), rows) in places {
            for (number, rows) in rows.chunks(rows.len().div_ceil(2)).enumerate() {
                let path = format!("{name}/year={year}/province={province}/{number:016x}.parquet");
                let bytes = write(&folder.path().join(&path), table, rows);
                parts.push(format!(
                    r#"{{"table":"{name}","path":"{path}","rows":{},"bytes":{bytes},"sha256":""}}"#,
                    rows.len()
                ));
            }
        }
    }
    manifest(folder.path(), catalog().archive.version, &parts);
    folder
}

/// Writes the manifest.
pub fn manifest(folder: &Path, version: u32, parts: &[String]) {
    let text = format!(r#"{{"version":{version},"catalog":"","program":"0.1.0","parts":[{}]}}"#, parts.join(","));
    fs::write(folder.join("manifest.json"), text).unwrap();
}

fn write(path: &Path, table: &ArchiveTable, rows: &[&Row]) -> u64 {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    for row in rows {
        let known = |name: &String| table.column(name).is_some() || name == "year" || name == "province";
        assert!(row.keys().all(known), "{} {row:?}", table.name);
    }
    let arrays: Vec<ArrayRef> = table.columns.iter().map(|column| array(column, rows)).collect();
    let field = |(column, array): (&ArchiveColumn, &ArrayRef)| {
        Field::new(&column.name, array.data_type().clone(), column.optional)
    };
    let schema = Schema::new(table.columns.iter().zip(&arrays).map(field).collect::<Vec<_>>());
    let batch = RecordBatch::try_new(Arc::new(schema), arrays).unwrap();
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    fs::metadata(path).unwrap().len()
}

fn array(column: &ArchiveColumn, rows: &[&Row]) -> ArrayRef {
    let cell = |row: &&Row| row.get(&column.name).filter(|cell| !cell.is_empty()).cloned();
    let or = |row: &&Row, default: &str| cell(row).or((!column.optional).then(|| default.to_owned()));
    let whole = |text: String, scale: usize| {
        let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
        format!("{whole}{behind:0<scale$}").parse::<i128>().unwrap()
    };
    match column.kind {
        ArchiveType::Text => Arc::new(rows.iter().map(|row| or(row, "")).collect::<StringArray>()),
        ArchiveType::Int => {
            let ints = rows.iter().map(|row| or(row, "0").map(|text| text.parse::<i64>().unwrap()));
            Arc::new(ints.collect::<Int64Array>())
        }
        ArchiveType::Bool => {
            Arc::new(rows.iter().map(|row| or(row, "false").map(|text| text == "true")).collect::<BooleanArray>())
        }
        ArchiveType::Fen => {
            let fen = rows.iter().map(|row| or(row, "0").map(|text| whole(text, 0)));
            Arc::new(fen.collect::<Decimal128Array>().with_data_type(DataType::Decimal128(20, 0)))
        }
        ArchiveType::Number => {
            let numbers = rows.iter().map(|row| or(row, "0").map(|text| whole(text, 8)));
            Arc::new(numbers.collect::<Decimal128Array>().with_data_type(DataType::Decimal128(28, 8)))
        }
        ArchiveType::Ints => {
            let lists = rows.iter().map(|_| Some(std::iter::empty::<Option<i64>>()));
            let list = ListArray::from_iter_primitive::<Int64Type, _, _>(lists);
            let (_, offsets, values, nulls) = list.into_parts();
            Arc::new(ListArray::new(Arc::new(Field::new("item", DataType::Int64, false)), offsets, values, nulls))
        }
    }
}
