//! The examples of the repository compile to packages in which nothing is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop"
)]

use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_compile::accounts::{Tail, accounts};
use juesuan_model::{Package, Severity, Tally};

#[test]
fn what_is_compiled_has_no_error_and_nothing_unreadable() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    for name in ["zengdu-2023", "putuo-planning-2024", "consolidated"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../examples")
            .join(name);
        let made =
            accounts(&folder, &catalog, Tail::Keep).unwrap_or_else(|p| panic!("{name}: {p:#?}"));
        let prior: Vec<&Package> = made.prior.iter().collect();
        let units = made.units.iter().map(|unit| (unit, &[][..]));
        for (package, prior) in std::iter::once((&made.department, prior.as_slice())).chain(units) {
            let report = juesuan_check::check(package, &catalog, prior);
            let wrong: Vec<&str> = report
                .findings
                .iter()
                .filter(|f| f.severity == Severity::Error)
                .map(|f| f.message.as_str())
                .collect();
            assert!(
                wrong.is_empty(),
                "{}\n{}",
                package.entity.name,
                wrong.join("\n")
            );
            let tally = Tally::of(&report.relations);
            assert!(
                tally.holds > 400 && tally.unreadable == 0,
                "{} {tally:?}",
                package.entity.name
            );
        }
    }
}
