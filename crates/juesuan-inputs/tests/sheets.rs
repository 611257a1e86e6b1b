//! Input files as offices have them: titles above, merged heads, shifted rows, wrong units, total rows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use juesuan_catalog::Catalog;
use juesuan_facts::Record;
use juesuan_inputs::{Mapping, sheet};
use juesuan_model::{Gravity, Money, Problem};
use juesuan_read::grids_of;
use rust_xlsxwriter::{Format, Workbook};

fn read_with(kind: &str, name: &str, bytes: &[u8], mapping: &str) -> (Vec<Record>, Vec<Problem>) {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let mut problems = Vec::new();
    let mut added = Mapping::default();
    added.add("mapping.toml", mapping, &catalog, &mut problems);
    let grids = grids_of(name, bytes).unwrap();
    let records = sheet::read(&grids, catalog.inputs.get(kind).unwrap(), &added, &catalog.sheet_words, &mut problems);
    (records, problems)
}

fn read(kind: &str, text: &str) -> (Vec<Record>, Vec<Problem>) {
    read_with(kind, "a.csv", text.as_bytes(), "")
}

fn only(problems: &[Problem]) -> &Problem {
    let [problem] = problems else { panic!("{problems:#?}") };
    problem
}

const RECEPTIONS: &str = "类别,日期,接待对象,人次,金额\n";

#[test]
fn a_plain_file_is_read_with_the_place_of_every_cell() {
    let (records, problems) = read("receptions", &format!("{RECEPTIONS}国内,2023/5/1,某县政府办,12,\"1,234.50\"\n"));
    assert_eq!(problems, []);
    let [record] = records.as_slice() else { panic!("{records:#?}") };
    assert_eq!(record.text("kind"), "国内");
    assert_eq!(record.date("date").map(|d| d.to_string()).as_deref(), Some("2023-05-01"));
    assert_eq!((record.count("persons"), record.yuan("amount")), (Some(12), Some(Money(123_450))));
    assert_eq!(record.place("amount").to_string(), "a.csv 第2行 “金额”列");
}

#[test]
fn titles_above_merged_heads_and_total_example_and_note_rows_are_no_data() {
    let mut workbook = Workbook::new();
    let s = workbook.add_worksheet();
    let f = Format::new();
    s.merge_range(0, 0, 0, 5, "2023年公务接待登记表", &f).unwrap();
    s.write_string(1, 0, "编制单位：某局").unwrap();
    s.write_string(1, 4, "单位：元").unwrap();
    s.merge_range(2, 1, 3, 1, "接待类别", &f).unwrap();
    s.merge_range(2, 2, 3, 2, "接待日期", &f).unwrap();
    s.merge_range(2, 3, 2, 4, "接待情况", &f).unwrap();
    s.write_string(3, 3, "人次").unwrap();
    s.write_string(3, 4, "费用（元）").unwrap();
    s.write_string(4, 0, "栏次").unwrap();
    for (column, number) in [(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0)] {
        s.write_number(4, column, number).unwrap();
    }
    s.write_string(5, 0, "示例").unwrap();
    s.write_string(5, 1, "国内").unwrap();
    s.write_number(5, 3, 3.0).unwrap();
    s.write_number(5, 4, 100.0).unwrap();
    s.write_string(6, 1, "国内").unwrap();
    s.write_number(6, 2, 45_047.0).unwrap();
    s.write_number(6, 3, 12.0).unwrap();
    s.write_number(6, 4, 1234.5).unwrap();
    s.write_string(7, 0, "合计").unwrap();
    s.write_number(7, 3, 12.0).unwrap();
    s.write_number(7, 4, 1234.5).unwrap();
    s.write_string(8, 0, "注：不含外宾").unwrap();
    let (records, problems) = read_with("receptions", "a.xlsx", &workbook.save_to_buffer().unwrap(), "");
    assert_eq!(problems, []);
    assert_eq!(records.len(), 1, "{records:#?}");
    assert_eq!(records[0].row_place().line, Some(7));
    assert_eq!(records[0].date("date").map(|d| d.to_string()).as_deref(), Some("2023-05-01"));
}

#[test]
fn a_head_of_two_rows_without_merge_marks_is_found_in_csv() {
    let text = "凭证,,科目,金额,\n凭证号,日期,科目编码,借方,贷方\n1,20230105,6001,,100\n";
    let (records, problems) = read("vouchers", text);
    assert_eq!(problems, []);
    assert_eq!(records[0].yuan("credit"), Some(Money(10_000)));
    assert_eq!(records[0].text("voucher"), "1");
}

#[test]
fn the_most_exact_head_wins_and_amount_in_a_long_head_is_no_unit() {
    let text = "序号,往来单位名称,预算单位,凭证编号,会计科目编码,功能分类科目编码,借方金额（元）,贷方金额（元）\n1,乙局,甲局,1,7101,2010301,5,\n";
    let (records, problems) = read("vouchers", text);
    assert_eq!(problems, []);
    let record = &records[0];
    assert_eq!((record.text("unit"), record.text("counterparty")), ("甲局", "乙局"));
    assert_eq!((record.text("account"), record.text("function")), ("7101", "2010301"));
}

#[test]
fn a_missing_column_is_named_with_what_is_there_and_a_mapping_supplies_it() {
    let text = "凭证号,账码,借方,贷方\n1,6001,,100\n";
    let (records, problems) = read("vouchers", text);
    assert!(records.is_empty());
    let problem = only(&problems);
    assert!(problem.message.contains("科目编码") && problem.message.contains("账码"), "{}", problem.message);
    let (records, problems) = read_with("vouchers", "a.csv", text.as_bytes(), "[vouchers]\naccount = [\"账码\"]\n");
    assert_eq!(problems, []);
    assert_eq!(records[0].text("account"), "6001");
}

#[test]
fn a_mapping_for_an_unknown_file_or_column_is_named() {
    let (_, problems) =
        read_with("vouchers", "a.csv", "凭证号,科目,借方,贷方\n".as_bytes(), "[voucher]\na=[]\n[trips]\nb=[]\n");
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems[0].message.contains("没有“b”") || problems[1].message.contains("没有“b”"));
}

#[test]
fn unreadable_amount_unknown_choice_and_blank_are_each_named_with_row_and_column() {
    let (records, problems) = read(
        "receptions",
        &format!(
            "{RECEPTIONS}国内,2023-05-01,甲,3,三百元\n内宾,2023-05-02,乙,3,30\n国内,2023-05-03,丙,,30\n国内,2023-05-04,丁,3,30.001\n"
        ),
    );
    assert!(records.is_empty());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].contains("第2行 “金额”列：“三百元”不是金额"), "{}", told[0]);
    assert!(told[1].contains("第3行 “类别”列") && told[1].contains("国内、外宾"), "{}", told[1]);
    assert!(told[2].contains("第4行 “人次”列：空白"), "{}", told[2]);
    assert!(told[3].contains("超过分"), "{}", told[3]);
}

#[test]
fn a_row_shifted_by_one_cell_is_one_problem_that_says_so() {
    let (records, problems) =
        read("receptions", &format!("{RECEPTIONS}国内,2023-05-01,甲,3,30\n,国内,2023-05-01,甲,3,30\n"));
    assert_eq!(records.len(), 1);
    let problem = only(&problems);
    assert!(problem.message.contains("向右错了一列"), "{}", problem.message);
    assert_eq!(problem.place.line, Some(3));
}

#[test]
fn a_row_with_several_wrong_kinds_is_one_problem_with_each_column() {
    let (_, problems) = read("receptions", &format!("{RECEPTIONS}30,2023-05-01,甲,国内,三\n"));
    let problem = only(&problems);
    assert!(problem.message.contains("像是错位") && problem.message.contains("人次"), "{}", problem.message);
}

#[test]
fn a_duplicated_row_and_a_wrong_total_are_doubts_and_the_rows_are_read() {
    let row = "国内,2023-05-01,甲,3,30\n";
    let (records, problems) = read("receptions", &format!("{RECEPTIONS}{row}{row}合计,,,6,90\n"));
    assert_eq!(records.len(), 2);
    assert!(problems.iter().all(|p| p.gravity == Gravity::Doubt));
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("与第 2 行完全相同"), "{}", told[0]);
    assert!(told[1].contains("合计行写的是 90.00") && told[1].contains("60.00"), "{}", told[1]);
}

#[test]
fn amounts_in_wan_yuan_are_read_as_yuan_and_said_so_whether_the_head_or_the_title_tells() {
    for text in ["类别,人次,金额（万元）\n国内,3,0.30125\n", "接待登记,,单位：万元\n类别,人次,金额\n国内,3,0.30125\n"]
    {
        let (records, problems) = read("receptions", text);
        assert!(only(&problems).message.contains("万元") && only(&problems).gravity == Gravity::Doubt, "{problems:#?}");
        let amounts: Vec<Option<Money>> = records.iter().map(|record| record.yuan("amount")).collect();
        assert_eq!(amounts, [Some(Money(301_250))]);
    }
    let (records, problems) = read("receptions", "类别,人次,金额（百万元）\n国内,3,0.003\n国内,2,五千\n");
    assert_eq!(records.iter().map(|record| record.yuan("amount")).collect::<Vec<_>>(), [Some(Money(300_000))]);
    assert!(problems.iter().any(|problem| problem.message.contains("五千") && problem.gravity == Gravity::Fatal));
}

#[test]
fn a_column_of_amounts_for_each_stage_is_read_as_a_row_for_each() {
    let text = "2023年预算指标表\n预算单位,资金性质,功能科目,支出类型,项目,年初预算数,追加数,调整后预算数（元）\n\
        甲局,一般公共预算,2010301,人员经费,,100,-20,80\n甲局,一般公共预算,2010302,项目支出,巡查,,50.5,50.5\n合计,,,,,100,30.5,130.5\n";
    let (records, problems) = read("budget", text);
    assert_eq!(problems, []);
    let told: Vec<(&str, &str, Option<Money>)> =
        records.iter().map(|record| (record.text("stage"), record.text("function"), record.yuan("amount"))).collect();
    assert_eq!(
        told,
        [
            ("年初预算", "2010301", Some(Money(10_000))),
            ("调整", "2010301", Some(Money(-2_000))),
            ("调整", "2010302", Some(Money(5_050))),
            ("全年预算", "2010301", Some(Money(8_000))),
            ("全年预算", "2010302", Some(Money(5_050))),
        ]
    );
    let (_, problems) = read("budget", &text.replace("合计,,,,,100", "合计,,,,,99"));
    assert_eq!(only(&problems).place.column.as_deref(), Some("年初预算数"));
    let (_, problems) = read("budget", &text.replace(",巡查,,50.5,50.5", ",巡查,,,"));
    assert!(
        problems.iter().any(|problem| problem.gravity == Gravity::Fatal && problem.place.line == Some(4)),
        "{problems:#?}"
    );
    // Beside a column that names the stage a further amount is none.
    let (records, _) =
        read("budget", "阶段,资金性质,功能科目,支出类型,金额,年初预算数\n年初预算,一般公共预算,2010301,人员经费,7,8\n");
    assert_eq!(records.first().and_then(|record| record.yuan("amount")), Some(Money(700)));
}

#[test]
fn amounts_merged_over_rows_or_columns_are_named() {
    let mut workbook = Workbook::new();
    let s = workbook.add_worksheet();
    for (column, head) in ["类别", "人次", "金额"].into_iter().enumerate() {
        s.write_string(0, u16::try_from(column).unwrap(), head).unwrap();
    }
    let f = Format::new();
    s.merge_range(1, 0, 2, 0, "国内", &f).unwrap();
    s.write_number(1, 1, 3.0).unwrap();
    s.write_number(2, 1, 4.0).unwrap();
    s.merge_range(1, 2, 2, 2, "", &f).unwrap();
    s.write_number_with_format(1, 2, 30.0, &f).unwrap();
    let (records, problems) = read_with("receptions", "a.xlsx", &workbook.save_to_buffer().unwrap(), "");
    assert_eq!(records.len(), 1);
    let problem = only(&problems);
    assert!(problem.message.contains("合并成一格"), "{}", problem.message);
    assert_eq!(problem.place.line, Some(3));
}

#[test]
fn a_file_without_a_head_and_a_file_without_anything_are_named() {
    let (_, problems) = read("receptions", "甲,3,30\n乙,4,40\n");
    assert!(only(&problems).message.contains("没有找到标题行"));
    let (_, problems) = read("receptions", "\n\n");
    assert!(only(&problems).message.contains("空文件"));
    let (records, problems) = read("receptions", RECEPTIONS);
    assert_eq!((records.len(), problems.len()), (0, 0));
}

#[test]
fn two_columns_with_the_same_head_are_named_and_the_left_one_is_read() {
    let (records, problems) = read("receptions", "类别,人次,金额,金额\n国内,3,30,40\n");
    assert_eq!(records[0].yuan("amount"), Some(Money(3000)));
    assert!(only(&problems).message.contains("两列都叫“金额”"));
}

#[test]
fn many_faults_of_one_file_are_counted_after_the_first_two_hundred() {
    let rows: String = (0..1000).map(|n| format!("国内,2023-05-01,甲{n},3,三\n")).collect();
    let (_, problems) = read("receptions", &format!("{RECEPTIONS}{rows}"));
    assert_eq!(problems.len(), 201);
    assert!(problems[200].message.contains("还有 800 处"), "{}", problems[200].message);
}
