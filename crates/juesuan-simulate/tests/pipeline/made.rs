//! Departments made from seeds and compiled.

use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Accounts, Tail, accounts};
use juesuan_model::package::Report;
use juesuan_model::{Package, Severity};
use juesuan_read::Disk;
use juesuan_simulate::department;
use juesuan_simulate::profile::Profile;
use juesuan_write::report::{Teller, ToldFinding};

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

/// Seeds where `JUESUAN_SEEDS` names no other number: one of each kind of department.
const SEEDS: u64 = 8;

/// One department and its seed.
pub struct Made {
    pub seed: u64,
    pub accounts: Accounts,
}

/// All departments, made once.
pub static ALL: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let count = std::env::var("JUESUAN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    std::thread::scope(|scope| {
        let making: Vec<_> = (0..count).map(|seed| scope.spawn(move || made(seed))).collect();
        making.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
});

fn made(seed: u64) -> Made {
    let root = std::env::temp_dir().join(format!("juesuan-made-{}-{seed}", std::process::id()));
    department::folder(&Profile::varied(seed)).write(&root).unwrap();
    let accounts = accounts(&Disk::new(&root), &CATALOG, Tail::Keep).unwrap_or_else(|p| panic!("seed {seed}: {p:#?}"));
    std::fs::remove_dir_all(&root).unwrap();
    Made { seed, accounts }
}

impl Made {
    /// The packages that faults are planted into: the department; its units too where `JUESUAN_SEEDS` asks for more.
    pub fn faulty(&self) -> impl Iterator<Item = &Package> {
        let more = std::env::var_os("JUESUAN_SEEDS").is_some();
        self.packages().take(if more { usize::MAX } else { 1 })
    }

    /// The department and its units.
    pub fn packages(&self) -> impl Iterator<Item = &Package> {
        std::iter::once(&self.accounts.department).chain(self.accounts.units.iter().map(|unit| &unit.package))
    }
}

/// What `check` says of a package without those of earlier years.
pub fn checked(package: &Package) -> Report {
    juesuan_check::check(package, &CATALOG, &[])
}

/// The errors and warnings of a package.
pub fn grave(package: &Package) -> Vec<ToldFinding> {
    let report = checked(package);
    let teller = Teller::new(&CATALOG, package, &report, "");
    let grave = report.findings.iter().filter(|f| f.severity < Severity::Notice);
    grave.map(|finding| ToldFinding::new(finding, &teller)).collect()
}
