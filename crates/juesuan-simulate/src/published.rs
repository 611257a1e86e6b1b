//! The books of the example `zengdu-2023`. Its plan holds the totals; the figures published in 万元 follow from them.

use crate::folder::Folder;
use crate::ledger;
use crate::plan::Plan;

/// Totals of each 款, 项 and project.
const PLAN: &str = include_str!("../plans/zengdu-2023.toml");

/// The folder `books/` of the example; the rest of it is written by hand.
///
/// # Errors
/// The plan is not valid.
pub fn zengdu() -> Result<Folder, toml::de::Error> {
    let plan: Plan = toml::from_str(PLAN)?;
    let mut folder = Folder::default();
    folder.put("books/年度凭证.csv", ledger::voucher_file(&plan));
    folder.put("books/年初余额.csv", ledger::opening_file(&plan));
    Ok(folder)
}
