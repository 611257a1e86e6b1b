use std::collections::BTreeMap;
use std::fs::File;
use std::time::Duration;

use arrow_array::cast::AsArray;
use juesuan_model::{Cell, Figure, Meaning, Measure, Place, Printed, Seen, Unit};
use juesuan_write::report::Checked;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;
use crate::list::{Offer, Outcome, Wanted};
use crate::rows::{Partition, Rows, Subject};

struct Scratch {
    folder: tempfile::TempDir,
    catalog: Catalog,
}

/// A document of a year with so many amounts.
fn checked(year: u16, amounts: i64) -> Checked {
    let mut checked = Checked::default();
    checked.package.entity.year = year;
    checked.package.entity.variant = "hubei".to_owned();
    for amount in 0..amounts {
        checked.package.push(Figure {
            meanings: vec![Meaning::new()],
            measure: Measure::Amount,
            cell: Cell::Number(Printed { mantissa: amount, decimals: 2, unit: Unit::WanYuan }),
            exact_fen: None,
            place: Place { page: Some(1), ..Place::default() },
            seen: Seen::Text,
        });
    }
    checked
}

impl Scratch {
    fn new() -> Scratch {
        let catalog = Catalog::load(&[]).unwrap_or_else(|faults| panic!("{faults:#?}"));
        Scratch { folder: tempfile::tempdir().unwrap(), catalog }
    }

    fn archive(&self, program: &str) -> Archive {
        Archive::open(self.folder.path(), &self.catalog, program).unwrap()
    }

    /// Offers documents and keeps what was found in each, as this program.
    fn found(&self, program: &str, run: i64, documents: &[(&str, Checked)]) {
        let archive = self.archive(program);
        let mut list = archive.list().unwrap();
        let wanted = Wanted { key: archive.key(), run, again: false };
        let offers: Vec<Offer> = documents.iter().map(|(name, _)| offer(name, &format!("{name}.pdf"))).collect();
        list.offer(&offers, &wanted).unwrap();
        list.begin().unwrap();
        let all: BTreeMap<&str, &Checked> = documents.iter().map(|(name, checked)| (*name, checked)).collect();
        while let Some(task) = list.take("w", &archive.key(), Duration::from_secs(60)).unwrap() {
            let document = task.digest.as_str();
            let checked = all[document];
            let subject = Subject { document, catalog_digest: "c", format: "pdf", bytes: 1, checked };
            let rows = Rows::of(subject, &self.catalog).unwrap();
            let partition = Partition::of(checked);
            let (weight, packed) = (rows.count("figures"), sheaf::pack(&rows).unwrap());
            let outcome = Outcome { partition, weight, state: "right".to_owned(), errors: 0, packed };
            assert!(list.finish(&task, "w", &outcome).unwrap());
        }
    }

    fn press(&self, program: &str) -> BTreeMap<String, (u64, String)> {
        let archive = self.archive(program);
        let mut list = archive.list().unwrap();
        press(&archive, &mut list, &self.catalog, &|_: Progress| {}).unwrap();
        list.parts(None).unwrap().into_iter().map(|part| (part.path, (part.rows, part.sha256))).collect()
    }

    /// The documents of each row of a table, in the order of the parts.
    fn documents(&self, table: &str) -> Vec<String> {
        let manifest = std::fs::read(self.folder.path().join(manifest::NAME)).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let mut out = Vec::new();
        for part in manifest["parts"].as_array().unwrap().iter().filter(|part| part["table"] == table) {
            let file = File::open(self.folder.path().join(part["path"].as_str().unwrap())).unwrap();
            for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
                let batch = batch.unwrap();
                out.extend(batch.column(0).as_string::<i32>().iter().map(|name| name.unwrap().to_owned()));
            }
        }
        out
    }
}

fn offer(digest: &str, file: &str) -> Offer {
    let (digest, file) = (digest.to_owned(), file.to_owned());
    Offer { digest, package: false, place: "/x".to_owned(), file, published: None }
}

#[test]
fn the_same_documents_are_the_same_parts_in_whatever_order_they_came() {
    let made = |order: &[&str]| {
        let scratch = Scratch::new();
        for (run, name) in (1_i64..).zip(order) {
            scratch.found("1", run, &[(name, checked(2024, 3))]);
        }
        scratch.press("1")
    };
    let parts = made(&["a", "b", "c"]);
    assert_eq!(parts, made(&["c", "a", "b"]));
    assert_eq!(parts.keys().filter(|path| path.starts_with("figures/year=2024/province=hubei/")).count(), 1);
}

#[test]
fn newer_rows_take_the_place_of_older_ones_also_in_another_year_and_nothing_stands_twice() {
    let scratch = Scratch::new();
    let all = [("a", checked(2024, 3)), ("b", checked(2024, 2)), ("c", checked(2024, 1))];
    scratch.found("1", 1, &all);
    let before = scratch.press("1");
    assert_eq!(scratch.documents("figures"), ["a", "a", "a", "b", "b", "c"]);
    assert_eq!(scratch.press("1"), before, "nothing waits");

    scratch.found("2", 2, &[("a", checked(2023, 1))]);
    let mut list = scratch.archive("2").list().unwrap();
    let wanted = Wanted { key: scratch.archive("1").key(), run: 3, again: false };
    list.offer(&[offer("b", "other.pdf")], &wanted).unwrap();
    list.close().unwrap();
    let after = scratch.press("2");
    assert_eq!(scratch.documents("figures"), ["a", "b", "b", "c"]);
    assert_eq!(scratch.documents("files"), ["a", "b", "b", "c"]);
    assert!(after.keys().any(|path| path.starts_with("figures/year=2023/")), "{after:?}");
    let left = before.keys().filter(|path| scratch.folder.path().join(path).exists());
    assert_eq!(left.count(), 0, "what was replaced is gone");
}
