//! Every fault is named with its line and column, and nothing else is.

use juesuan_model::Dimension::Item;
use juesuan_model::Gravity::{Doubt, Fatal};

use crate::folder::{HEAD, ONE, OPENING_HEAD, THREE, read, vouchers};

const CASH: &str = "甲局,记-1,2023-05-01,,8001,,,,,,,,10.00\n";

/// One expense of 10.00 and its cash, with one word changed.
fn changed(from: &str, to: &str) -> String {
    let line = "甲局,记-1,2023-05-01,,7101,2010301,30201,基本支出,一般公共预算,,,10.00,\n";
    assert!(line.contains(from), "{from}");
    line.replacen(from, to, 1) + CASH
}

fn head(word: &str) -> String {
    word.to_owned()
}

#[test]
fn the_line_that_the_other_tests_change_has_no_fault_but_the_missing_income() {
    let out = vouchers(&changed("", ""));
    assert_eq!(out.problems.len(), 1, "{:#?}", out.problems);
    assert_eq!(out.problem("年末结转和结余为 -10.00 元").2, Doubt);
}

#[test]
fn a_voucher_that_is_not_balanced_is_named_with_the_difference() {
    let out = vouchers(&changed("10.00", "12.00"));
    assert_eq!(out.problem("借方比贷方多 2.00 元"), (Some(2), head("凭证号"), Fatal));
}

#[test]
fn vouchers_that_count_from_one_every_month_are_not_mixed() {
    let out = vouchers(&format!(
        "{}{}",
        changed("", ""),
        changed("", "").replace("2023-05", "2023-06").replace("10.00", "11.00")
    ));
    assert!(!out.problems.iter().any(|p| p.message.contains("不平")), "{:#?}", out.problems);
    let out = vouchers(&changed("2023-05", "2023-06"));
    assert_eq!(out.problems.iter().filter(|p| p.message.contains("不平")).count(), 2, "{:#?}", out.problems);
}

#[test]
fn missing_dimensions_are_named_by_their_columns() {
    for (from, to, column) in [
        ("2010301", "", "功能分类"),
        ("30201", "", "经济分类"),
        ("基本支出", "", "支出性质"),
        ("一般公共预算", "", "资金性质"),
        ("基本支出", "项目支出", "项目名称"),
    ] {
        let out = vouchers(&changed(from, to));
        assert_eq!(out.problem("的分录缺少"), (Some(2), head(column), Fatal), "{column}");
        assert_eq!(out.fen(&[(Item, "支出")]), Some(0));
    }
}

#[test]
fn unknown_words_are_named_by_their_columns() {
    for (from, to, column, words) in [
        ("7101", "7999", "科目编码", "不在预算会计科目表里"),
        ("甲局", "乙局", "单位名称", "不在 department.toml 里"),
        ("基本支出", "基础支出", "支出性质", "不认识"),
        ("一般公共预算", "公共资金", "资金性质", "不认识"),
        ("2010301", "行政运行", "功能分类", "不是功能分类科目编码"),
    ] {
        let out = vouchers(&changed(from, to));
        let (line, found, gravity) = out.problem(words);
        assert_eq!((line, found.as_str(), gravity), (Some(2), column, Fatal), "{words}");
    }
}

#[test]
fn doubtful_codes_are_named_once_and_still_count() {
    for (code, words) in [("20103", "应为 7 位"), ("2990101", "不在目录的科目表里")] {
        let out =
            vouchers(&format!("{}{}", changed("2010301", code), changed("2010301", code).replace("记-1", "记-2")));
        assert_eq!(out.problem(words), (Some(2), head("功能分类"), Doubt));
        assert_eq!(out.fen(&[(Item, "支出")]), Some(2_000));
    }
}

#[test]
fn a_code_of_another_year_is_a_doubt_unless_the_catalogue_is_unsure_of_it() {
    let catalog = juesuan_catalog::Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let out_of_force = |sure: bool| {
        let rows = |code: &str| catalog.functions.rows(code).to_vec();
        catalog.functions.all().find(|row| {
            row.code.len() == 7
                && rows(&row.code)
                    .iter()
                    .all(|r| !r.valid_in(2023) && (r.confidence < juesuan_catalog::Confidence::C) == sure)
        })
    };
    if let Some(row) = out_of_force(true) {
        let out = vouchers(&changed("2010301", &row.code));
        assert_eq!(out.problem("在 2023 年度不使用"), (Some(2), head("功能分类"), Doubt), "{row:?}");
    } else {
        panic!("the catalogue has no code that ended");
    }
    if let Some(row) = out_of_force(false) {
        let out = vouchers(&changed("2010301", &row.code));
        assert!(!out.problems.iter().any(|p| p.message.contains("不使用")), "{row:?}");
    }
}

#[test]
fn days_of_another_year_and_words_that_are_no_day_are_named() {
    assert_eq!(vouchers(&changed("2023", "2022")).problem("不在 2023 年度"), (Some(2), head("日期"), Fatal));
    assert_eq!(vouchers(&changed("2023-05-01", "五月")).problem("不是日期"), (Some(2), head("日期"), Fatal));
}

#[test]
fn amounts_that_are_none_are_named_and_accuse_no_voucher() {
    for wrong in ["拾元", "10.001", "1e1", "99999999999999999"] {
        let out = vouchers(&changed("10.00", wrong));
        assert_eq!(out.problem("最多两位小数"), (Some(2), head("借方金额"), Fatal), "{wrong}");
        assert!(!out.problems.iter().any(|p| p.message.contains("不平")));
    }
    assert_eq!(
        vouchers(&changed("10.00,", "10.00,10.00")).problem("同一行既有借方又有贷方"),
        (Some(2), head("贷方金额"), Fatal)
    );
}

#[test]
fn a_shifted_line_and_a_second_head_are_named() {
    let out = vouchers(&changed("一般公共预算", "一般公共预算,多一列"));
    assert_eq!(out.problem("这一行有 14 个字段，表头有 13 个"), (Some(2), String::new(), Fatal));
    let out = vouchers(&format!("{}{HEAD}", changed("", "")));
    assert_eq!(out.problem("又出现表头"), (Some(4), String::new(), Doubt));
}

#[test]
fn a_fund_that_the_account_cannot_have_is_named() {
    let out = vouchers("甲局,1,2023-01-01,,6001,2010301,,,其他资金,,,,5\n甲局,1,2023-01-01,,8001,,,,,,,5,\n");
    assert_eq!(out.problem("6001 财政拨款预算收入只能是财政拨款"), (Some(2), head("资金性质"), Fatal));
    let out = vouchers("甲局,1,2023-01-01,,6101,2010301,,,一般公共预算,,,,5\n甲局,1,2023-01-01,,8001,,,,,,,5,\n");
    assert_eq!(out.problem("已按非财政拨款处理").2, Doubt);
    assert_eq!(out.fen(&[(Item, "收入")]), Some(500));
}

#[test]
fn a_year_below_zero_is_a_doubt_and_a_red_letter_entry_is_none() {
    let red = changed("", "").replace("10.00", "-4.00").replace("记-1", "记-2");
    let out = vouchers(&format!("{}{red}", changed("", "")));
    assert!(!out.problems.iter().any(|p| p.message.contains("净额")), "{:#?}", out.problems);
    let out = vouchers(&red);
    assert_eq!(out.problem("全年净额为 -4.00 元"), (Some(2), head("借方金额"), Doubt));
}

#[test]
fn bytes_in_no_encoding_are_named_by_line() {
    let mut bytes = format!("{HEAD}{}", changed("", "")).into_bytes();
    let at = bytes.windows(4).rposition(|w| w == b"8001").unwrap();
    bytes[at - 1] = 0xff;
    let out = read(ONE, &[("books/凭证.csv", &bytes)]);
    assert_eq!(out.problem("无法按 UTF-8 解码").0, Some(3));
}

#[test]
fn empty_files_missing_and_doubled_heads_are_named() {
    let file = |text: &str| read(ONE, &[("books/凭证.csv", text.as_bytes())]);
    assert_eq!(file("").problem("空文件").2, Fatal);
    assert_eq!(file("你好,世界\n一,二\n").problem("没有找到预算会计凭证分录的表头").2, Fatal);
    assert_eq!(
        file(&HEAD.replace("科目编码", "账户")).problem("表头缺少“科目编码”列"),
        (Some(1), String::new(), Fatal)
    );
    assert_eq!(file(&HEAD.replace("摘要", "借方金额")).problem("出现不止一次"), (Some(1), head("借方金额"), Fatal));
    assert_eq!(read(ONE, &[("books/报表.csv", b"a,b\n")]).problem("文件名看不出").2, Doubt);
}

#[test]
fn many_of_a_kind_are_one_problem_with_their_number_and_some_lines() {
    let lines: String = (0..60).map(|i| changed("30201", "").replace("记-1", &format!("记-{i}"))).collect();
    let out = vouchers(&lines);
    assert_eq!(out.problems.iter().filter(|p| p.message.contains("科目 7101")).count(), 1);
    assert_eq!(out.problem("共 60 处。例如第2、4、6行：科目 7101"), (Some(2), head("经济分类"), Fatal));
}

#[test]
fn files_that_disagree_are_named_and_balances_with_the_closing_in_them_too() {
    let text = format!("{HEAD}{}", changed("", ""));
    let balances = |debit: &str, credit: &str| {
        format!(
            "单位,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n甲局,7101,2010301,30201,基本支出,一般公共预算,{debit},{credit}\n"
        )
    };
    let both = |debit: &str| {
        let balances = balances(debit, "");
        read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/发生额.csv", balances.as_bytes())])
    };
    assert!(!both("10").problems.iter().any(|p| p.message.contains("不一致")));
    assert_eq!(both("11").problem("凭证合计 10.00 元，发生额表 11.00 元").0, Some(2));
    let out = read(ONE, &[("books/发生额.csv", balances("10", "10").as_bytes())]);
    assert_eq!(out.problem("像是包含了年末结转"), (Some(2), head("借方"), Fatal));
}

#[test]
fn adjustments_given_twice_must_be_the_same() {
    let lines = "甲局,1,2023-01-01,,8101,2010301,,,一般公共预算,,,,5.00\n甲局,1,2023-01-01,,8001,,,,,,,5.00,\n\
        甲局,2,2023-01-01,,6001,2010301,,,一般公共预算,,,,5.00\n甲局,2,2023-01-01,,8001,,,,,,,5.00,\n";
    let text = format!("{HEAD}{lines}");
    let with = |amount: &str| {
        let opening = format!("{OPENING_HEAD}甲局,8101,年初余额调整,一般公共预算,2010301,,{amount}\n");
        read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", opening.as_bytes())])
    };
    let out = with("5");
    assert_eq!(out.clean().fen(&[(Item, "年初结转和结余")]), Some(500));
    assert_eq!(with("6").problem("年初余额调整合计 6.00 元，凭证里").0, Some(2));
}

#[test]
fn faults_of_opening_balances_are_named() {
    let text = format!("{HEAD}{}", changed("", ""));
    let opening = format!(
        "{OPENING_HEAD}甲局,7101,,一般公共预算,2010301,,5\n甲局,8101,期末,一般公共预算,2010301,,5\n甲局,8101,,一般公共预算,,,5\n甲局,8101,,一般公共预算,2010301,,五\n甲局,8101\n"
    );
    let out = read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", opening.as_bytes())]);
    assert_eq!(out.problem("没有年初结转和结余；").0, Some(2));
    assert_eq!(out.problem("类型“期末”不认识"), (Some(3), head("类型"), Fatal));
    assert_eq!(out.problem("8101 财政拨款结转的分录缺少功能分类"), (Some(4), head("功能分类"), Fatal));
    assert_eq!(out.problem("“五”不是金额"), (Some(5), head("年初余额"), Fatal));
    assert_eq!(out.problem("列可能错位").0, Some(6));
}

#[test]
fn closing_before_december_surplus_in_cash_and_a_missing_counterparty_are_doubts() {
    let out = vouchers("甲局,9,2023-06-30,,6001,,,,,,,5,\n甲局,9,2023-06-30,,8101,,,,,,,,5\n");
    assert_eq!(out.problem("不在12月"), (Some(2), head("凭证号"), Doubt));
    let out = vouchers("甲局,9,2023-06-30,,8202,,,,,,,5,\n甲局,9,2023-06-30,,8001,,,,,,,,5\n");
    assert_eq!(out.problem("没有计入使用非财政拨款结余"), (Some(2), head("借方金额"), Doubt));
    let lines = "乙中心,9,2023-06-30,,6201,2010301,,,,,,,5\n乙中心,9,2023-06-30,,8001,,,,,,,5,\n";
    let text = format!("{HEAD}{lines}{lines}");
    let out = read(THREE, &[("books/凭证.csv", text.as_bytes())]);
    assert_eq!(out.problem("没有往来单位"), (Some(2), head("往来单位"), Doubt));
}
