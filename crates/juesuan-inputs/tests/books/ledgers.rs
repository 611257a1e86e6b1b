//! Ledgers of accounts and tables of balances: accounts in titles and in names of sheets, vouchers over several sheets, sums above
//! their parts, columns of the usual systems.

#![allow(clippy::unwrap_used, reason = "a test that cannot build its fixture has failed")]

use juesuan_model::Dimension::{Function, Item};
use juesuan_model::Gravity::{Doubt, Fatal};
use rust_xlsxwriter::Workbook;

use crate::folder::{ONE, OPENING_HEAD, Outcome, read};

/// One file of books. That some of them spend what they never got is told, and beside the point here.
fn one(name: &str, content: &[u8]) -> Outcome {
    let mut out = read(ONE, &[(name, content), ("books/年初余额.csv", OPENING_HEAD.as_bytes())]);
    out.problems.retain(|problem| !problem.message.contains("不能超支"));
    out
}

/// A workbook: name of each sheet, its lines.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, lines) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (line, row) in lines.lines().zip(0..) {
            for (cell, column) in line.split(',').zip(0..) {
                match cell.parse::<f64>() {
                    _ if cell.is_empty() => continue,
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn amounts(out: &Outcome) -> (Option<i64>, Option<i64>) {
    (out.fen(&[(Item, "收入")]), out.fen(&[(Item, "支出")]))
}

const HEAD: &str = "日期,凭证号,摘要,功能分类,经济分类,支出性质,资金性质,借方,贷方,方向,余额\n";
const CASH: &str = "2023-03-04,记1,收拨款,,,,,75.5,,借,75.5\n,,本月合计,,,,,75.5,,,\n2023-04-06,记2,付款,,,,,,75.5,平,0\n,,本年累计,,,,,75.5,75.5,,\n";
const INCOME: &str = ",,期初余额,,,,,,,平,0\n2023-03-04,记1,收拨款,2060101,,,一般公共预算,,75.5,贷,75.5\n";
const EXPENSE: &str = "2023-04-06,记2,付电费,2060101,30206,基本支出,一般公共预算,40.25,,借,40.25\n\
    2023-04-06,记2,付邮费,2060101,30207,基本支出,一般公共预算,35.25,,借,75.5\n制表：甲\n";

#[test]
fn accounts_stand_in_title_lines_above_their_entries() {
    for [cash, income, expense] in [
        ["科目：8001 资金结存", "科目：6001 财政拨款预算收入", "科目：7101 行政支出"],
        [
            "会计科目编码：800101　科目名称：资金结存",
            "会计科目编码：600101　科目名称：拨款",
            "会计科目编码：710102　科目名称：行政支出　币种：人民币",
        ],
        ["科目名称：资金结存", "科目名称：财政拨款预算收入/一般公共预算", "科目名称：行政支出"],
        ["[8001]资金结存明细账", "[6001]财政拨款预算收入明细账", "行政支出明细账"],
    ] {
        let text =
            format!("三栏账\n{cash},,单位：元\n{HEAD}{CASH}\n{income}\n{HEAD}{INCOME}{expense}\n{HEAD}{EXPENSE}");
        let out = one("books/明细账.csv", text.as_bytes());
        assert_eq!(amounts(out.clean()), (Some(7_550), Some(7_550)), "{cash}");
    }
}

#[test]
fn a_block_ends_where_the_next_begins_and_its_dimensions_with_it() {
    let head = "月,日,凭证号,摘要,借方,贷方\n";
    let text = format!(
        "科目：8001 资金结存\n{head}3,4,记1,收,75.5,\n4,6,记2,付,,75.5\n\
         科目：6001,功能分类：2060101 行政运行,资金性质：一般公共预算\n{head}3,4,记1,收,,75.5\n\
         科目：7101,支出性质：基本支出,资金性质：一般公共预算\n功能分类：2060102,经济分类：30206\n{head}4,6,记2,付,75.5,\n"
    );
    let out = one("books/明细账.csv", text.as_bytes());
    assert_eq!(out.clean().fen(&[(Item, "支出"), (Function, "2060102")]), Some(7_550));
    let without = text.replace("功能分类：2060102,", "");
    assert_eq!(one("books/明细账.csv", without.as_bytes()).problem("缺少功能分类").2, Fatal);
}

#[test]
fn a_voucher_goes_over_the_sheets_of_a_ledger_and_closings_are_known_all_the_same() {
    let close = "2023-12-31,记9,年末结转,2060101,30206,基本支出,一般公共预算,,40.25,,\n\
        2023-12-31,记9,年末结转,2060101,30207,基本支出,一般公共预算,,35.25,,\n";
    let carried = "2023-12-31,记9,年末结转,2060101,,,一般公共预算,75.5,,,\n2023-12-31,记8,年末结转,2060101,,,一般公共预算,,75.5,,\n";
    let turned = "2023-12-31,记8,年末结转,2060101,,,一般公共预算,75.5,,,\n";
    let sheets = [
        ("8001资金结存", format!("明细账\n{HEAD}{CASH}")),
        ("6001", format!("明细账\n{HEAD}{INCOME}{turned}")),
        ("7101行政支出", format!("明细账\n{HEAD}{}{close}", EXPENSE.replace("制表：甲\n", ""))),
        ("8101", format!("明细账\n{HEAD}{carried}")),
    ];
    let sheets = sheets.each_ref().map(|(name, lines)| (*name, lines.as_str()));
    let out = one("books/明细账.xlsx", &workbook(&sheets));
    assert_eq!(amounts(out.clean()), (Some(7_550), Some(7_550)));
    assert_eq!(out.ledger.as_ref().map(|ledger| ledger.reading().closing_vouchers), Some(2));
    let out = one("books/明细账.xlsx", &workbook(&sheets[..2]));
    assert_eq!(out.problem("凭证 记8 的预算会计分录").2, Fatal);
}

#[test]
fn the_same_vouchers_on_two_sheets_are_named() {
    let month = format!(
        "科目编码,{HEAD}8001,{}7101,2023-04-06,记2,付,2060101,30206,基本支出,一般公共预算,75.5,,,\n",
        "2023-04-06,记2,付,,,,,,75.5,,\n"
    );
    let out = one("books/明细账.xlsx", &workbook(&[("4月", &month), ("全年", &month)]));
    assert_eq!(out.problem("凭证 记2 在“books/明细账.xlsx［4月］”里已经有").2, Fatal);
}

#[test]
fn months_stand_for_days_and_those_that_are_none_are_named() {
    let lines = "期间,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n\
        2023.04,记1,8001,,,,,,9.5\n2023.04,记1,7101,2060101,30206,基本支出,一般公共预算,9.5,\n\
        5,记1,8001,,,,,,3.5\n5,记1,7101,2060101,30206,基本支出,一般公共预算,3.5,\n";
    assert_eq!(one("books/凭证.csv", lines.as_bytes()).clean().fen(&[(Item, "支出")]), Some(1_300));
    assert_eq!(
        one("books/凭证.csv", lines.replace("2023.04,记1,8001", "2022.04,记1,8001").as_bytes())
            .problem("“2022.04”不在 2023 年度")
            .2,
        Fatal
    );
    assert_eq!(
        one("books/凭证.csv", lines.replace("5,记1,8001", "上半年,记1,8001").as_bytes()).problem("“上半年”不是月份").2,
        Fatal
    );
}

const BALANCES: &str = "科目代码,科目全称,支出功能分类,经济分类,支出性质,资金来源,方向,期初余额,借方累计,贷方累计,方向,期末余额\n\
    7101,行政支出,,,,,平,0,88.5,,平,0\n710101,行政支出/基本支出,,,,,平,0,60,,平,0\n\
    71010102,行政支出/基本支出/公用,2060101,30206,基本,一般公共预算,平,0,45,,平,0\n\
    71010102,行政支出/基本支出/公用,2060101,30207,基本,一般公共预算,平,0,15,,平,0\n\
    710102,行政支出/项目,,,,,平,0,28.5,,平,0\n\
    710102,行政支出/项目,2060102,30227,基本,一般公共预算,平,0,28.5,,平,0\n合计,,,,,,平,0,88.5,,平,0\n";

#[test]
fn sums_above_sub_accounts_and_dimensions_count_once_and_what_no_part_tells_is_named() {
    let out = one("books/科目余额表.csv", BALANCES.as_bytes());
    assert_eq!(out.clean().fen(&[(Item, "支出")]), Some(8_850));
    let out = one(
        "books/科目余额表.csv",
        BALANCES.replace("7101,行政支出,,,,,平,0,88.5", "7101,行政支出,,,,,平,0,90").as_bytes(),
    );
    let (line, column, gravity) = out.problem("科目 7101 本年借方 90.00 元、贷方 0.00 元，而它的下级合计借方 88.50 元");
    assert_eq!((line, column.as_str(), gravity), (Some(2), "科目代码", Fatal));
}

#[test]
fn amounts_in_ten_thousands_are_read_and_said_so() {
    let wan = BALANCES.replace("88.5", "0.00885").replace(",60,", ",0.006,").replace(",45,", ",0.0045,");
    let wan = wan.replace(",15,", ",0.0015,").replace("28.5", "0.00285");
    let out = one("books/科目余额表.csv", format!("余额表,,,单位：万元\n{wan}").as_bytes());
    assert_eq!(out.fen(&[(Item, "支出")]), Some(8_850));
    assert_eq!(out.problem("金额单位写的是“万元”").2, Doubt);
}

#[test]
fn what_is_red_is_taken_off() {
    let lines = "日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n\
        2023-04-06,记1,8001,,,,,,20\n2023-04-06,记1,7101,2060101,30206,基本支出,一般公共预算,20,\n\
        2023-05-06,记2,8001,,,,,,红字4.5\n2023-05-06,记2,7101,2060101,30206,基本支出,一般公共预算,(4.50),\n";
    assert_eq!(one("books/凭证.csv", lines.as_bytes()).clean().fen(&[(Item, "支出")]), Some(1_550));
}

#[test]
fn opening_balances_have_a_direction_beside_them() {
    let vouchers = "日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n2023-04-06,记1,8001,,,,,,20\n\
        2023-04-06,记1,7101,2060101,30206,基本支出,一般公共预算,20,\n";
    let opening = |line: &str| {
        let text = format!(
            "科目编码,资金性质,功能分类,方向,年初余额,方向,期末余额\n1002,,,借,70,借,70\n8001,,,借,50,借,30\n{line}\n"
        );
        read(ONE, &[("books/凭证.csv", vouchers.as_bytes()), ("books/年初余额.csv", text.as_bytes())])
    };
    let carried = |out: &Outcome| out.fen(&[(Item, "年初结转和结余")]);
    assert_eq!(carried(opening("8101,一般公共预算,2060101,贷,50,贷,30").clean()), Some(5_000));
    assert_eq!(carried(&opening("8101,一般公共预算,2060101,借,50,借,30")), Some(-5_000));
    assert_eq!(opening("8101,一般公共预算,2060101,平,50,贷,30").problem("方向“平”不认识").2, Fatal);
}

#[test]
fn the_columns_of_a_system_are_known_by_their_marks_and_chosen_by_name() {
    let lines = "科目代码,科目名称,功能科目,经济科目,支出类型,资金性质,项目,累计借方,累计贷方\n\
        7101,行政支出,2060101,30206,基本支出,一般公共预算,,20,\n";
    let told = |out: &Outcome| out.ledger.as_ref().map(|ledger| ledger.reading().exports.clone()).unwrap_or_default();
    let out = one("books/余额表.csv", lines.as_bytes());
    assert_eq!(told(out.clean()), ["books/余额表.csv 按“用友 GRP-U8 辅助余额表”的列读取"]);
    let chosen = |name: &str| {
        let mapping = format!("[balances]\nexport = \"{name}\"\n");
        let files: [(&str, &[u8]); 3] = [
            ("books/余额表.csv", lines.as_bytes()),
            ("books/mapping.toml", mapping.as_bytes()),
            ("books/年初余额.csv", OPENING_HEAD.as_bytes()),
        ];
        read(ONE, &files)
    };
    assert_eq!(chosen("某某软件").problem("没有名为“某某软件”的列对照；可以写的有：用友").2, Fatal);
    assert_eq!(chosen("新中大 明细账").problem("是另一种文件的列对照").2, Fatal);
    let out = chosen("新中大 余额表");
    assert_eq!(out.problem("指定了按“新中大 余额表”的列读取，而这个文件没有它的“科目编码”列").2, Doubt);
    assert_eq!(out.fen(&[(Item, "支出")]), Some(2_000));
}
