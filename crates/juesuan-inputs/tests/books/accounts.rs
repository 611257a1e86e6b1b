//! What the books come to.

use juesuan_inputs::LedgerScope;
use juesuan_model::Dimension::{Economic, Function, Fund, Item, Nature, Project, Source, Theme};

use crate::folder::{HEAD, ONE, OPENING_HEAD, THREE, read, vouchers};

/// Income, basic and project expense, a refund in red, and a voucher in financial accounting beside them.
const YEAR: &str = "\
甲局,记-1,2023-01-05,拨款,6001,2010301,,,一般公共预算财政拨款,,,,1000.00
甲局,记-1,2023-01-05,拨款,8001,,,,,,,1000.00,
甲局,记-2,2023-02-05,工资,710101,2010301,30101,人员经费,一般公共预算,,,\"600.00\",
甲局,记-2,2023-02-05,工资,8001,,,,,,,,600.00
甲局,记-3,2023-03-05,办公费,7101,2010301,30201,公用经费,一般公共预算,,,120.5,
甲局,记-3,2023-03-05,办公费,8001,,,,,,,,120.5
甲局,记-4,2023-04-05,冲回,7101,2010301,30201,公用经费,一般公共预算,,,-20.50,
甲局,记-4,2023-04-05,冲回,8001,,,,,,,,-20.50
甲局,记-5,2023-05-05,检查,7101,2010302,30231,项目支出,一般公共预算,安全检查,,30,
甲局,记-5,2023-05-05,检查,8001,,,,,,,,30
甲局,记-5,2023-05-05,检查,5001,,,,,,,30,
甲局,记-6,2023-06-05,利息,6609,2010301,,,,,,,7.01
甲局,记-6,2023-06-05,利息,8001,,,,,,,7.01,
";
const OPENING: &str =
    "甲局,8101,,一般公共预算,2010302,安全检查,50.00\n甲局,8201,年初余额,,2010301,,1.00\n甲局,8202,,,,,900\n";
const CLOSING: &str = "\
甲局,记-90,2023-12-31,结转,6001,,,,,,,1000.00,
甲局,记-90,2023-12-31,结转,8101,2010301,,,一般公共预算,,,,1000.00
甲局,记-91,2023-12-31,结转,8101,2010301,,,一般公共预算,,,700.00,
甲局,记-91,2023-12-31,结转,8101,2010302,,,一般公共预算,,,30.00,
甲局,记-91,2023-12-31,结转,7101,,,,,,,,730.00
甲局,记-92,2023-12-31,结转,6609,,,,,,,7.01,
甲局,记-92,2023-12-31,结转,8201,2010301,,,非财政拨款,,,,7.01
";

fn year() -> crate::folder::Outcome {
    let (text, opening) = (format!("{HEAD}{YEAR}"), format!("{OPENING_HEAD}{OPENING}"));
    read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", opening.as_bytes())])
}

#[test]
fn vouchers_come_to_income_expense_and_carry_over_by_their_coordinates() {
    let out = year();
    out.clean();
    let fen = |c: &[(_, &str)]| out.fen(c);
    assert_eq!(fen(&[(Item, "收入")]), Some(100_701));
    assert_eq!(fen(&[(Item, "收入"), (Fund, "财政拨款"), (Function, "201")]), Some(100_000));
    assert_eq!(fen(&[(Item, "收入"), (Source, "其他收入")]), Some(701));
    assert_eq!(fen(&[(Item, "收入"), (Source, "事业收入")]), Some(0));
    assert_eq!(fen(&[(Item, "支出"), (Nature, "人员经费")]), Some(60_000));
    assert_eq!(fen(&[(Item, "支出"), (Nature, "公用经费"), (Economic, "30201")]), Some(10_000));
    assert_eq!(fen(&[(Item, "支出"), (Nature, "项目支出"), (Project, "安全检查")]), Some(3_000));
    assert_eq!(fen(&[(Item, "支出"), (Theme, "公务用车运行维护费")]), Some(3_000));
    assert_eq!(fen(&[(Item, "支出"), (Theme, "机关运行经费")]), Some(10_000));
    assert_eq!(fen(&[(Item, "年初结转和结余"), (Fund, "财政拨款")]), Some(5_000));
    assert_eq!(fen(&[(Item, "年末结转和结余"), (Function, "2010302")]), Some(2_000));
    assert_eq!(fen(&[(Item, "年末结转和结余"), (Fund, "非财政拨款")]), Some(801));
    assert_eq!(fen(&[(Item, "收入总计")]), fen(&[(Item, "支出总计")]));
    assert_eq!(fen(&[(Item, "支出"), (Theme, "政府采购")]), None);
}

#[test]
fn closing_vouchers_are_left_out_and_counted_and_agree_with_what_follows() {
    let (text, opening) = (format!("{HEAD}{YEAR}{CLOSING}"), format!("{OPENING_HEAD}{OPENING}"));
    let out = read(ONE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", opening.as_bytes())]);
    out.clean();
    assert_eq!(out.fen(&[(Item, "支出")]), Some(73_000));
    assert_eq!(out.fen(&[(Item, "年末结转和结余")]), Some(32_801));
    assert_eq!(out.ledger.as_ref().map(|l| l.reading().closing_vouchers), Some(3));
    let wrong = text.replace("非财政拨款,,,,7.01", "非财政拨款,,,,7.00").replace("6609,,,,,,,7.01", "6609,,,,,,,7.00");
    let out = read(ONE, &[("books/凭证.csv", wrong.as_bytes()), ("books/年初余额.csv", opening.as_bytes())]);
    assert_eq!(out.problem("相差 -0.01 元").0, Some(21));
}

#[test]
fn surplus_used_and_distributed_and_adjustments_stand_under_their_items() {
    let lines = "\
甲局,记-1,2023-03-01,调整,8101,2010301,,,一般公共预算,,,,40.00
甲局,记-1,2023-03-01,调整,8001,,,,,,,40.00,
甲局,记-2,2023-12-31,事业收入,6101,2010301,,,,,,,500.00
甲局,记-2,2023-12-31,事业收入,8001,,,,,,,500.00,
甲局,记-3,2023-12-31,专用结余,7201,2010301,30201,基本支出,单位资金,,,80.00,
甲局,记-3,2023-12-31,专用结余,8001,,,,,,,,80.00
甲局,记-4,2023-12-31,专用结余,8301,,,,,,,80.00,
甲局,记-4,2023-12-31,专用结余,7201,,,,,,,,80.00
甲局,记-5,2023-12-31,结转,6101,,,,,,,500.00,
甲局,记-5,2023-12-31,结转,8501,,,,,,,,500.00
甲局,记-6,2023-12-31,转分配,8501,,,,,,,500.00,
甲局,记-6,2023-12-31,转分配,8701,,,,,,,,500.00
甲局,记-7,2023-12-31,分配,8701,2010301,,,,,,500.00,
甲局,记-7,2023-12-31,分配,8202,,,,,,,,500.00
甲局,记-8,2023-12-31,弥补,8202,2010301,,,,,,9.00,
甲局,记-8,2023-12-31,弥补,8701,,,,,,,,9.00
";
    let out = vouchers(lines);
    out.clean();
    assert_eq!(out.fen(&[(Item, "年初结转和结余"), (Fund, "一般公共预算")]), Some(4_000));
    assert_eq!(out.fen(&[(Item, "支出")]), Some(8_000));
    assert_eq!(out.fen(&[(Item, "使用非财政拨款结余")]), Some(8_900));
    assert_eq!(out.fen(&[(Item, "结余分配"), (Fund, "非财政拨款")]), Some(50_000));
    assert_eq!(out.fen(&[(Item, "年末结转和结余")]), Some(4_000 + 50_000 - 8_000 + 8_900 - 50_000));
}

#[test]
fn balances_come_to_the_same_as_the_vouchers_they_sum_up() {
    let head = "单位,科目编码,功能分类,经济分类,支出性质,资金性质,项目名称,本年借方,本年贷方\n";
    let lines =
        "甲局,6001,2010301,,,一般公共预算,,0.00,1000.00\n甲局,7101,2010301,30101,基本支出,一般公共预算,,650.00,50.00\n";
    let balances = format!("{head}{lines}");
    let files: [(&str, &[u8]); 2] =
        [("books/发生额.csv", balances.as_bytes()), ("books/年初余额.csv", OPENING_HEAD.as_bytes())];
    let out = read(ONE, &files);
    out.clean();
    assert_eq!(out.fen(&[(Item, "支出")]), Some(60_000));
    assert_eq!(out.fen(&[(Item, "年末结转和结余")]), Some(40_000));
}

#[test]
fn gbk_tabs_titles_two_storeys_quotes_and_a_mapping_in_any_encoding_change_nothing() {
    let plain = year();
    plain.clean();
    let title = "预算会计凭证\n编制单位：甲局\n";
    let other_head = HEAD.replace("科目编码", "科目号").replace("借方金额", "借方金额（元）");
    let text = format!("{title}{other_head}{YEAR}合计,,,,,,,,,,,1,1\n").replace(',', "\t");
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let mapping = "[vouchers]\naccount = [\"科目号\"]\n".as_bytes();
    let balances = format!("{OPENING_HEAD}{OPENING}");
    let opening: (&str, &[u8]) = ("books/期初余额.csv", balances.as_bytes());
    let out = read(ONE, &[("books/凭证.txt", &gbk), ("mapping.toml", mapping), opening]);
    out.clean();
    let leaves = |o: &crate::folder::Outcome| {
        o.facts(LedgerScope::Department).leaves().map(|(m, a)| (m.clone(), a)).collect::<Vec<_>>()
    };
    assert_eq!(leaves(&out), leaves(&plain));
    let words = "[vouchers]\naccount = [\"科目号\"]\n";
    let wide = words.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
    for mapping in [encoding_rs::GBK.encode(words).0.into_owned(), wide] {
        let out = read(ONE, &[("books/凭证.txt", &gbk), ("mapping.toml", &mapping), opening]);
        out.clean();
        assert_eq!(leaves(&out), leaves(&plain));
    }
    let storeys = HEAD.replace("借方金额,贷方金额", "金额,") + ",,,,,,,,,,,借方,贷方\n" + YEAR;
    let out = read(ONE, &[("books/凭证.csv", storeys.as_bytes()), opening]);
    out.clean();
    assert_eq!(leaves(&out), leaves(&plain));
}

#[test]
fn a_workbook_gives_what_the_same_text_gives() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in format!("{HEAD}{YEAR}").replace('"', "").lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let balances = format!("{OPENING_HEAD}{OPENING}");
    let opening: (&str, &[u8]) = ("books/年初余额.csv", balances.as_bytes());
    let out = read(ONE, &[("books/凭证.xlsx", &bytes), opening]);
    out.clean();
    let plain = year();
    let leaves = |o: &crate::folder::Outcome| {
        o.facts(LedgerScope::Department).leaves().map(|(m, a)| (m.clone(), a)).collect::<Vec<_>>()
    };
    assert_eq!(leaves(&out), leaves(&plain));
}

#[test]
fn a_merged_unit_and_a_file_named_after_its_unit_find_their_books() {
    let host = format!("{HEAD}{}", YEAR.replace("甲局,", "丁所,"));
    let own = HEAD.replace("单位名称,", "") + &YEAR.replace("甲局,", "");
    let files: [(&str, &[u8]); 3] = [
        ("books/凭证.csv", host.as_bytes()),
        ("books/丙队凭证.csv", own.as_bytes()),
        ("books/年初余额.csv", OPENING_HEAD.as_bytes()),
    ];
    let out = read(THREE, &files);
    assert_eq!(out.fen_of(LedgerScope::Unit("甲局（本级）"), &[(Item, "支出")]), Some(73_000));
    assert_eq!(out.fen_of(LedgerScope::Unit("丙队"), &[(Item, "支出")]), Some(73_000));
    assert!(out.problem("乙中心").2 == juesuan_model::Gravity::Doubt);
}

#[test]
fn without_opening_balances_carry_over_is_unknown_not_nothing() {
    let text = format!("{HEAD}{YEAR}");
    let out = read(ONE, &[("books/凭证.csv", text.as_bytes())]);
    out.problem("没有年初余额文件");
    assert_eq!(out.fen(&[(Item, "年末结转和结余")]), None);
    assert_eq!(out.fen(&[(Item, "结余分配")]), Some(0));
}

#[test]
fn a_large_file_read_in_parts_gives_every_line_once_even_where_a_stray_quote_misleads_the_borders() {
    // The stray quote turns inside and outside round, so that the next part begins inside a quoted summary.
    let stray = "甲局,记-0,2023-01-05,5\"管,6001,2010301,,,一般公共预算,,,,100000000.00\n甲局,记-0,2023-01-05,,8001,,,,,,,100000000.00,\n";
    let mut text = format!("{HEAD}{stray}");
    let count = 20_000;
    for number in 1..=count {
        text += &format!(
            "甲局,记-{number},2023-02-05,\"付款\n,,,,,,,,,,,,\n第二行\",7101,2010301,30201,基本支出,一般公共预算,,,10.01,\n\
             甲局,记-{number},2023-02-05,付款,8001,,,,,,,,10.01\n"
        );
    }
    text += "甲局,记-99999,2023-02-05,付款,7101,2010301,30201,基本支出,一般公共预算,,,1.00,\n";
    assert!(text.len() > 3 << 20);
    let opening: (&str, &[u8]) = ("books/年初余额.csv", OPENING_HEAD.as_bytes());
    let out = read(ONE, &[("books/凭证.csv", text.as_bytes()), opening]);
    assert_eq!(out.fen(&[(Item, "支出")]), Some(count * 1_001 + 100));
    assert_eq!(out.problem("不平").0, Some(u32::try_from(3 + 4 * count + 1).unwrap()));
    assert_eq!(out.ledger.as_ref().map(|l| l.reading().entries), Some(u64::try_from(2 * count + 3).unwrap()));
}
