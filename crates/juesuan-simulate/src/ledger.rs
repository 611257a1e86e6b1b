//! All vouchers of a plan, numbered by unit and month, and the opening balances, as files.

use std::collections::BTreeMap;

use juesuan_model::Money;

use crate::closing;
use crate::payments::{self, Entry};
use crate::plan::Plan;
use crate::sheet::Sheet;

/// The entries of the year with the numbers of their vouchers, closing vouchers last in their unit.
pub fn entries(plan: &Plan) -> Vec<Entry> {
    let mut vouchers = payments::vouchers(plan);
    let closing = closing::vouchers(plan, &vouchers);
    vouchers.extend(closing);
    vouchers.sort_by(|a, b| (&a.unit, a.date).cmp(&(&b.unit, b.date)));
    let mut next: BTreeMap<(String, u8), u32> = BTreeMap::new();
    let mut out = Vec::new();
    for voucher in vouchers {
        let number = next.entry((voucher.unit.clone(), voucher.date.0)).or_insert(0);
        *number += 1;
        let name = format!("记{:02}-{number:04}", voucher.date.0);
        out.extend(voucher.entries.into_iter().map(|entry| Entry { voucher: name.clone(), ..entry }));
    }
    out
}

/// The vouchers as a CSV file; with the columns of unit and counterparty where `plan` has several units.
pub fn voucher_file(plan: &Plan) -> String {
    let several = plan.lines.iter().any(|line| !line.unit.is_empty());
    let mut header = vec!["凭证号", "日期", "摘要", "科目编码", "支出功能分类", "部门经济分类", "支出性质"];
    header.extend(["资金性质", "项目名称", "借方金额", "贷方金额"]);
    if several {
        header.insert(0, "单位名称");
        header.push("往来单位");
    }
    let mut sheet = Sheet::new(&header);
    for entry in entries(plan) {
        let date = format!("{}-{:02}-{:02}", plan.year, entry.date.0, entry.date.1);
        let mut row = vec![entry.voucher, date, entry.summary, entry.account, entry.function, entry.economic];
        row.extend([entry.nature, entry.fund, entry.project, side(entry.debit), side(entry.credit)]);
        if several {
            row.insert(0, entry.unit);
            row.push(entry.counterparty);
        }
        sheet.row(row);
    }
    sheet.text()
}

/// The opening balances as a CSV file.
pub fn opening_file(plan: &Plan) -> String {
    let several = plan.opening.iter().any(|line| !line.unit.is_empty());
    let mut header =
        vec!["科目编码", "类型", "资金性质", "支出功能分类", "支出性质", "项目名称", "年初余额", "调整原因"];
    if several {
        header.insert(0, "单位名称");
    }
    let mut sheet = Sheet::new(&header);
    for line in &plan.opening {
        let mut row = vec![line.account.clone(), line.kind.clone(), line.fund.clone(), line.function.clone()];
        row.extend([line.nature.clone(), line.project.clone(), line.amount.to_string(), line.reason.clone()]);
        if several {
            row.insert(0, line.unit.clone());
        }
        sheet.row(row);
    }
    sheet.text()
}

fn side(amount: Money) -> String {
    if amount.is_zero() { String::new() } else { amount.to_string() }
}
