//! An example, compiled.

use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_compose::{Accounts, Tail, accounts};
use juesuan_model::{Against, Cell, Figure, Measure};
use juesuan_read::Disk;

/// Folder of an example.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// The packages of an example, which is complete: nothing to be doubted, nothing missing.
pub fn example(name: &str) -> Accounts {
    let catalog = Catalog::load(&[]).unwrap();
    match accounts(&Disk::new(folder(name)), &catalog, Tail::Keep) {
        Ok(accounts) => {
            assert_eq!(accounts.problems, [], "{name}");
            for package in accounts.units.iter().map(|unit| &unit.package).chain([&accounts.department]) {
                assert_eq!(package.document.draft_reasons, Vec::<String>::new(), "{}", package.entity.name);
            }
            accounts
        }
        Err(problems) => {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{name}:\n{}", told.join("\n"))
        }
    }
}

/// A file of the material outside the repository; `None`, said aloud, where it is not there.
pub fn outside(path: &str) -> Option<String> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    let text = std::fs::read_to_string(&full).ok();
    if text.is_none() {
        println!("skipped: {path} is not there");
    }
    text
}

/// The digits that a figure prints, without zeros behind the point.
pub fn digits(figure: &Figure) -> Option<String> {
    match figure.cell {
        Cell::Number(printed) => Some(printed.digits_trimmed()),
        _ => None,
    }
}

/// One word for a measure, whatever it is compared with.
pub fn word(measure: &Measure) -> &'static str {
    match measure {
        Measure::Amount => "amount",
        Measure::Change(Against::PriorYear) => "change",
        Measure::Growth(Against::PriorYear) => "growth",
        Measure::Change(_) => "change-budget",
        Measure::Growth(_) => "growth-budget",
        Measure::Share { .. } => "share",
        Measure::Completion(_) => "completion",
        Measure::Count => "count",
        Measure::Score => "score",
    }
}
