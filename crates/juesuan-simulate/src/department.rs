//! The whole input folder of the department that nobody has, from a seed.

use crate::folder::Folder;
use crate::plan::Plan;
use crate::texts::Of;
use crate::units::UNITS;
use crate::{budget, ledger, own_funds, prior, projects, registers, spending, texts};

/// Fiscal year.
pub const YEAR: u16 = 2024;

/// The year's books of all units.
pub fn plan(seed: u64) -> Plan {
    let receptions = registers::receptions(seed);
    let mut lines = Vec::new();
    for unit in &UNITS {
        lines.extend(spending::lines(seed, unit, receptions.totals.get(unit.name).copied().unwrap_or_default()));
    }
    let projects = projects::all(seed);
    let own = own_funds::all(seed);
    lines.extend(projects.lines);
    lines.extend(own.lines);
    let distributing = UNITS.iter().filter(|u| u.is_institution()).map(|u| u.name.to_owned()).collect();
    Plan { year: YEAR, seed, lines, opening: projects.opening.into_iter().chain(own.opening).collect(), distributing }
}

/// All files of the input folder.
pub fn folder(seed: u64) -> Folder {
    let plan = plan(seed);
    let mut folder = Folder::default();
    folder.put("department.toml", texts::department(Of::Department));
    folder.put("narrative.toml", texts::narrative(&plan, Of::Department));
    folder.put("books/年度凭证.csv", ledger::voucher_file(&plan));
    folder.put("books/年初余额.csv", ledger::opening_file(&plan));
    folder.put("budget/预算指标.csv", budget::indicators(seed, &plan));
    folder.put("budget/三公经费预算.csv", budget::three_public(seed, &plan));
    folder.put("registers/公务用车登记.csv", registers::vehicles(seed));
    folder.put("registers/因公出国登记.csv", registers::trips(&plan));
    folder.put("registers/公务接待登记.csv", registers::receptions(seed).file);
    folder.put("registers/政府采购合同.csv", registers::contracts(seed, &plan));
    folder.put("registers/大型设备登记.csv", registers::assets());
    folder.put("registers/人员编制.csv", registers::staff(seed));
    folder.put("registers/非税收入.csv", registers::nontax(seed));
    folder.put("prior/上年数.csv", prior::file(&prior::of_department(seed, &plan)));
    for unit in &UNITS {
        let own = format!("units/{}", unit.name);
        folder.put(&format!("{own}/department.toml"), texts::department(Of::Unit(unit)));
        folder.put(&format!("{own}/narrative.toml"), texts::narrative(&plan, Of::Unit(unit)));
        folder.put(&format!("{own}/prior/上年数.csv"), prior::file(&prior::of_unit(seed, &plan, unit)));
    }
    folder
}
