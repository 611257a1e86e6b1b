//! Books as accounting systems export them: other heads, rows that are no entries, cells that stand for those below.

use juesuan_model::Dimension::Item;
use juesuan_model::Gravity::{Doubt, Fatal};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::folder::{ONE, OPENING_HEAD, Outcome, read};

/// Reads one file beside opening balances that are zero.
fn one(name: &str, content: &[u8]) -> Outcome {
    read(ONE, &[(name, content), ("books/年初余额.csv", OPENING_HEAD.as_bytes())])
}

/// Income 30.00 and expense 20.50 + 9.50, nothing wrong.
fn right(out: &Outcome) {
    assert!(out.problems.is_empty(), "{:#?}", out.problems);
    assert_eq!((out.fen(&[(Item, "收入")]), out.fen(&[(Item, "支出")])), (Some(3_000), Some(3_000)));
}

/// A workbook of one sheet: numbers as numbers.
fn sheet(lines: &str, more: impl Fn(&mut Worksheet) -> Result<(), XlsxError>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (line, row) in lines.lines().zip(0..) {
        for (cell, column) in line.split(',').zip(0..) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => {}
                Ok(number) => {
                    sheet.write_number(row, column, number)?;
                }
                Err(_) => {
                    sheet.write_string(row, column, cell)?;
                }
            }
        }
    }
    more(sheet)?;
    let notes = workbook.add_worksheet();
    notes.set_name("填写说明")?;
    notes.write_string(0, 0, "列名")?;
    notes.write_string(1, 0, "每张凭证借贷相等")?;
    workbook.save_to_buffer()
}

#[test]
fn a_direction_and_one_amount_say_what_two_amounts_say() {
    let lines = "记账日期,凭证字号,会计科目,支出功能分类科目,部门预算支出经济分类科目,项目类别,资金性质,借贷方向,发生额（元）\n\
        2023.5.1,记1,[8001]资金结存,,,,,借方,￥30.00\n\
        2023.5.1,记1,[6001]拨款,2010301 行政运行,,基本支出,[11]一般公共预算资金,贷方,30元\n\
        2023.5.2,记2,7101 行政支出,[2010301]行政运行,[30201]办公费,公用经费,一般公共预算资金,借,20.5\n\
        2023.5.2,记2,7101 行政支出,行政运行(2010301),办公费（30202）,公用经费,一般公共预算资金,借,9.5\n\
        2023.5.2,记2,8001,,,,,贷,30.00\n";
    right(&one("books/凭证.csv", lines.as_bytes()));
    let out = one("books/凭证.csv", lines.replace("贷方,30元", "收,30元").as_bytes());
    assert_eq!(out.problem("方向“收”不认识").2, Fatal);
}

#[test]
fn a_mapping_may_name_the_column_of_directions() {
    let lines = "日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,收付,数额\n\
        2023-05-01,1,8001,,,,,借,30\n2023-05-01,1,6001,2010301,,,一般公共预算,贷,30\n\
        2023-05-02,2,7101,2010301,30201,基本支出,一般公共预算,借,30\n2023-05-02,2,8001,,,,,贷,30\n";
    let mapping = "[vouchers]\ndirection = [\"收付\"]\namount = [\"数额\"]\n";
    let files: [(&str, &[u8]); 3] = [
        ("books/凭证.csv", lines.as_bytes()),
        ("books/mapping.toml", mapping.as_bytes()),
        ("books/年初余额.csv", OPENING_HEAD.as_bytes()),
    ];
    right(&read(ONE, &files));
}

#[test]
fn rows_of_balances_and_sums_in_a_ledger_are_no_entries() {
    let lines = "三栏明细账\n\
        科目代码,功能科目,经济科目,支出类型,经费来源,凭证日期,凭证编号,摘要,借方,贷方,方向,余额\n\
        8001,,,,,,,上年结转,,,平,0\n\
        8001,,,,,2023-01-05,记1,收款,30,,借,30\n8001,,,,,,,1月合计,30,,借,30\n8001,,,,,,,2023年01月累计,30,,借,30\n\
        8001,,,,,2023-02-05,记2,付款,,30,平,0\n8001,,,,,2023-02-28,,本期合计,,30,平,0\n8001,,,,,,,本年累计,30,30,平,0\n\
        6001,2010301,,基本支出,一般公共预算,,,期初余额,,,平,0\n\
        6001,2010301,,基本支出,一般公共预算,2023-01-05,记1,收款,,30,贷,30\n\
        7101,2010301,30201,基本支出,一般公共预算,2023-02-05,记2,付款,20.5,,借,20.5\n\
        7101,2010301,30201,基本支出,一般公共预算,,,结转下年,,,借,20.5\n\
        7101,2010301,30202,基本支出,一般公共预算,2023-02-05,记2,付款,9.5,,借,9.5\n";
    right(&one("books/明细账.csv", lines.as_bytes()));
}

#[test]
fn what_an_entry_is_of_may_stand_in_one_cell_behind_labels() {
    let shapes = [
        (
            "辅助核算",
            "【功能分类:2010301】【资金性质:一般公共预算】",
            "【功能分类:2010301】【部门经济分类:E】【支出性质:基本支出】【资金性质:一般公共预算】",
        ),
        (
            "核算项目",
            "[功能科目]2010301 行政运行;[资金来源]一般公共预算",
            "[功能科目]2010301 行政运行;[经济科目]E;[支出类型]基本支出;[资金来源]一般公共预算",
        ),
        (
            "辅助项",
            "功能分类：2010301/资金性质：一般公共预算",
            "功能分类：2010301/经济分类：E/经费类型：公用经费/资金性质：一般公共预算/项目：",
        ),
    ];
    for (head, income, expense) in shapes {
        let entry =
            |code: &str, amount: &str| format!("2023-05-02,记2,7101,{},{amount},\n", expense.replace('E', code));
        let lines = format!(
            "凭证清单\n日期,凭证号,科目编码,{head},借方金额,贷方金额\n2023-05-01,记1,8001,,30,\n2023-05-01,记1,6001,{income},,30\n{}{}\
             2023-05-02,记2,8001,,,30\n制单：甲,,审核：乙,打印日期：2024-01-05,,\n",
            entry("30201", "20.5"),
            entry("30202", "9.5"),
        );
        right(&one("books/凭证.csv", lines.as_bytes()));
        right(&one("books/凭证.xlsx", &sheet(&lines, |_| Ok(())).unwrap()));
        let without = lines.replace("30202", "");
        assert_eq!(one("books/凭证.csv", without.as_bytes()).problem("缺少部门经济分类").2, Fatal);
    }
}

const VOUCHERS: &str = "凭证清单,,,,,,,,\n日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方金额,贷方金额\n\
    45047,记-1,8001,,,,,30,\n,,6001,2010301,,,一般公共预算,,30\n,小计,,,,,,30,30\n\
    45048,记-2,7101,2010301,30201,基本支出,一般公共预算,20.5,\n,,7101,2010301,30202,基本支出,一般公共预算,9.5,\n\
    ,,8001,,,,,,30\n总计,,,,,,,60,60\n制单人：甲,,,审核：乙,,,,,\n";

#[test]
fn the_number_and_day_of_a_voucher_may_stand_in_its_first_row_alone() {
    right(&one("books/凭证.csv", VOUCHERS.as_bytes()));
    let out = one("books/凭证.csv", VOUCHERS.replace("9.5", "9.4").as_bytes());
    out.problem("贷方比借方多 0.10 元");
}

#[test]
fn merged_cells_stand_for_every_row_and_a_sheet_that_explains_is_none_of_the_books() {
    let format = Format::new();
    let bytes = sheet(VOUCHERS, |sheet| {
        for column in 0..2 {
            sheet.merge_range(2, column, 3, column, if column == 0 { "2023-05-01" } else { "记-1" }, &format)?;
            sheet.merge_range(5, column, 7, column, if column == 0 { "2023-05-02" } else { "记-2" }, &format)?;
        }
        sheet.merge_range(8, 0, 8, 6, "总计", &format).map(|_| ())
    })
    .unwrap();
    right(&one("books/凭证.xlsx", &bytes));
    let bytes = sheet(VOUCHERS, |sheet| sheet.merge_range(5, 7, 6, 7, "30", &format).map(|_| ())).unwrap();
    assert_eq!(one("books/凭证.xlsx", &bytes).problem("分不清每行的内容").2, Fatal);
}

#[test]
fn balances_below_two_rows_of_heads_count_what_moved_within_the_year() {
    let rows = "6001,2010301,,,一般公共预算,0,0,0,7,0,30,0,30\n7101,2010301,30201,基本支出,一般公共预算,0,0,3,0,20.5,0,20.5,0\n\
        7101,2010301,30202,基本支出,一般公共预算,0,0,2,0,9.5,0,9.5,0\n合计,,,,,0,0,5,7,30,30,30,30\n";
    for heads in [
        "科目编码,功能分类,经济分类,支出性质,资金性质,期初余额,,本期发生额,,本年累计发生额,,期末余额,\n,,,,,借方,贷方,借方,贷方,借方,贷方,借方,贷方\n",
        "科目,功能科目,经济科目,项目类别,经费来源,年初,,本月,,累计发生额,,年末,\n编码,,,,,借方,贷方,借方,贷方,借方,贷方,借方,贷方\n",
    ] {
        right(&one("books/辅助余额表.csv", format!("辅助余额表\n{heads}{rows}").as_bytes()));
    }
    let only_balances = "科目编码,功能分类,期末余额,\n,,借方,贷方\n6001,2010301,0,30\n";
    assert_eq!(one("books/余额表.csv", only_balances.as_bytes()).problem("表头缺少").2, Fatal);
}

#[test]
fn full_width_digits_are_digits() {
    let lines = "日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n\
        ２０２３－０５－０１,１,８００１,,,,,３０．００,\n２０２３－０５－０１,１,６００１,２０１０３０１,,,一般公共预算,,￥３０\n\
        2023-05-02,2,７１０１,２０１０３０１　行政运行,［３０２０１］办公费,基本支出,一般公共预算,３０,\n2023-05-02,2,8001,,,,,,\"３０．００元\"\n";
    right(&one("books/凭证.csv", lines.as_bytes()));
}

#[test]
fn a_column_that_nobody_knows_is_named_once_and_what_lacks_for_it_is_counted() {
    let mut lines = "日期,凭证号,科目编码,类款项,经济分类,支出性质,资金性质,借方,贷方,摘要\n".to_owned();
    for number in 0..1_200 {
        lines += &format!(
            "2023-05-01,{number},7101,2010301,30201,基本支出,一般公共预算,1,,某\n2023-05-01,{number},8001,,,,,,1,某\n"
        );
    }
    let out = one("books/凭证.csv", lines.as_bytes());
    let (line, _, gravity) = out.problem("没有识别的列：“类款项”（可能是“支出功能分类”");
    assert_eq!((line, gravity), (Some(1), Doubt));
    let (line, column, gravity) = out.problem("共 1,200 处。列“类款项”没有识别。例如第2、4、6行：");
    assert_eq!((line, column.as_str(), gravity), (Some(2), "", Fatal));
    assert_eq!(out.problems.len(), 3, "{:#?}", out.problems);
}
