//! A folder of books for one test, in the temporary folder, gone afterwards.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "what a test cannot set up fails it")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use juesuan_catalog::Catalog;
use juesuan_facts::{Department, Facts};
use juesuan_inputs::{Ledger, LedgerScope, books};
use juesuan_model::{Dimension, Gravity, Meaning, Problem};
use juesuan_read::Disk;

/// Head of the vouchers in these tests.
pub const HEAD: &str =
    "单位名称,凭证号,日期,摘要,科目编码,功能分类,经济分类,支出性质,资金性质,项目名称,往来单位,借方金额,贷方金额\n";
/// Head of the opening balances.
pub const OPENING_HEAD: &str = "单位名称,科目编码,类型,资金性质,功能分类,项目名称,年初余额\n";
/// A department of one unit.
pub const ONE: &str = "[[unit]]\nname = \"甲局\"\nkind = \"行政\"\n";
/// A department of three units of three kinds.
pub const THREE: &str = "[[unit]]\nname = \"甲局（本级）\"\nkind = \"行政\"\nheadquarters = true\n\
    [[unit]]\nname = \"乙中心\"\nkind = \"事业\"\n[[unit]]\nname = \"丙队\"\nkind = \"参公\"\n\
    [[unit]]\nname = \"丁所\"\nkind = \"事业\"\nmerged_into = \"甲局（本级）\"\n";

/// What reading gave.
pub struct Outcome {
    pub ledger: Option<Ledger>,
    pub problems: Vec<Problem>,
    pub catalog: Catalog,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Reads books with these files (path below the department's folder, content).
pub fn read(units: &str, files: &[(&str, &[u8])]) -> Outcome {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder: PathBuf = std::env::temp_dir().join(format!("juesuan-books-{}-{number}", std::process::id()));
    std::fs::create_dir_all(folder.join("books")).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
    let department: Department =
        toml::from_str(&format!("name = \"甲局\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"区\"\n{units}")).unwrap();
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let mut problems = Vec::new();
    let ledger = books::read(&Disk::new(&folder), &department, &catalog, &mut problems);
    std::fs::remove_dir_all(&folder).unwrap();
    Outcome { ledger, problems, catalog }
}

/// Vouchers of one unit and an empty file of opening balances.
pub fn vouchers(lines: &str) -> Outcome {
    let text = format!("{HEAD}{lines}");
    read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", OPENING_HEAD.as_bytes())])
}

impl Outcome {
    pub fn facts(&self, scope: LedgerScope<'_>) -> Facts {
        self.ledger.as_ref().unwrap_or_else(|| panic!("{:#?}", self.problems)).facts(scope, &self.catalog)
    }

    /// The department's amount in 分 for coordinates; `None` if unknown.
    pub fn fen(&self, coordinates: &[(Dimension, &str)]) -> Option<i64> {
        self.fen_of(LedgerScope::Department, coordinates)
    }

    pub fn fen_of(&self, scope: LedgerScope<'_>, coordinates: &[(Dimension, &str)]) -> Option<i64> {
        let meaning = coordinates.iter().fold(Meaning::new(), |m, (dimension, node)| m.with(*dimension, *node));
        self.facts(scope).amount(&self.catalog.trees, &meaning, "").and_then(|q| q.money()).map(|m| m.fen())
    }

    /// The one problem whose message holds `words`, as `line column gravity`.
    pub fn problem(&self, words: &str) -> (Option<u32>, String, Gravity) {
        let found: Vec<&Problem> = self.problems.iter().filter(|p| p.message.contains(words)).collect();
        assert_eq!(found.len(), 1, "“{words}” in {:#?}", self.problems);
        (found[0].place.line, found[0].place.column.clone().unwrap_or_default(), found[0].gravity)
    }

    pub fn clean(&self) -> &Outcome {
        assert!(self.problems.is_empty(), "{:#?}", self.problems);
        self
    }
}
