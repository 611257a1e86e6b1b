//! The whole input folder of a department that nobody has, from its profile.

use crate::folder::Folder;
use crate::plan::{Line, Opening, Plan, Refund};
use crate::profile::{Corrections, Profile};
use crate::texts::Of;
use crate::{budget, closing, ledger, own_funds, prior, projects, registers, spending, texts};

/// The year's books of all units.
pub fn plan(profile: &Profile) -> Plan {
    planned(profile, None)
}

/// The books of the year after `before`, of the same units: they begin with what it left.
pub fn plan_after(profile: &Profile, before: &Plan) -> Plan {
    planned(profile, Some(closing::left(before)))
}

fn planned(profile: &Profile, left: Option<Vec<Opening>>) -> Plan {
    let seed = profile.seed;
    let receptions = registers::receptions(profile);
    let mut lines = Vec::new();
    for unit in &profile.units {
        lines.extend(spending::lines(seed, unit, receptions.totals.get(unit.name).copied().unwrap_or_default()));
    }
    let projects = projects::all(seed, left.as_deref());
    let own = own_funds::all(seed);
    lines.extend(projects.lines);
    lines.extend(own.lines);
    lines.retain(|line| profile.keeps(line));
    if profile.corrections == Corrections::Many {
        lines.iter_mut().for_each(pay_twice);
    }
    let mut opening = left.unwrap_or_else(|| projects.opening.into_iter().chain(own.opening).collect());
    opening.retain(|balance| profile.keeps(&as_line(balance)));
    let distributing = profile.units.iter().filter(|u| u.is_institution()).map(|u| u.name.to_owned()).collect();
    Plan { year: profile.year, seed, lines, opening, distributing }
}

/// The coordinates of a balance as those of a payment.
fn as_line(balance: &Opening) -> Line {
    Line { unit: balance.unit.clone(), fund: balance.fund.clone(), nature: balance.nature.clone(), ..Line::default() }
}

/// A purchase paid once too often in May and taken back in June.
fn pay_twice(line: &mut Line) {
    if line.invoices > 0 && line.refund.is_none() {
        line.refund = Some(Refund { month: 5, amount: line.amount });
    }
}

/// Texts of the projects.
const PERFORMANCE_TEXTS: &str = "performance/绩效文字.csv";

/// All files of the input folder.
pub fn folder(profile: &Profile) -> Folder {
    let plan = plan(profile);
    let mut folder = folder_of(profile, &plan);
    folder.put("prior/上年数.csv", prior::file(&prior::of_department(profile, &plan)));
    if profile.units.len() > 1 {
        for unit in &profile.units {
            let own = format!("units/{}/prior/上年数.csv", unit.name);
            folder.put(&own, prior::file(&prior::of_unit(profile, &plan, unit)));
        }
    }
    folder
}

/// The files of the input folder without those of the year before.
pub fn folder_of(profile: &Profile, plan: &Plan) -> Folder {
    let (seed, year) = (profile.seed, profile.year);
    let mut folder = Folder::default();
    let all = Of::Department(&profile.units);
    folder.put("department.toml", texts::department(all, year));
    folder.put("narrative.toml", texts::narrative(plan, all));
    folder.put(PERFORMANCE_TEXTS, texts::performance(plan, all));
    folder.put("books/年度凭证.csv", ledger::voucher_file(plan));
    folder.put("books/年初余额.csv", ledger::opening_file(plan));
    folder.put("budget/预算指标.csv", budget::indicators(seed, plan));
    folder.put("budget/三公经费预算.csv", budget::three_public(profile, plan));
    folder.put("registers/公务用车登记.csv", registers::vehicles(profile));
    folder.put("registers/因公出国登记.csv", registers::trips(plan));
    folder.put("registers/公务接待登记.csv", registers::receptions(profile).file);
    folder.put("registers/政府采购合同.csv", registers::contracts(seed, plan));
    folder.put("registers/大型设备登记.csv", registers::assets(profile));
    folder.put("registers/人员编制.csv", registers::staff(profile));
    folder.put("registers/非税收入.csv", registers::nontax(seed));
    if profile.units.len() > 1 {
        for unit in &profile.units {
            let own = format!("units/{}", unit.name);
            folder.put(&format!("{own}/department.toml"), texts::department(Of::Unit(unit), year));
            folder.put(&format!("{own}/narrative.toml"), texts::narrative(plan, Of::Unit(unit)));
            folder.put(&format!("{own}/{PERFORMANCE_TEXTS}"), texts::performance(plan, Of::Unit(unit)));
        }
    }
    folder
}
