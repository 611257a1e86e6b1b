//! Workbooks in the manner of the ministry's software, made by hand with what real ones do: merged titles, 栏次, 行次, codes over
//! three columns, a blank column in front. No real workbook was at hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_facts::{Amount, Facts};
use juesuan_inputs::import::{Imported, import, import_into};
use juesuan_inputs::read;
use juesuan_inputs::scaffold::{Answers, Scaffold};
use juesuan_model::{Dimension, Meaning, Money};
use juesuan_read::{Disk, Memory};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"))
}

fn fresh(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("部门")).unwrap();
    root
}

/// Writes rows of cells from (`top`, `left`) on: numbers as numbers, the rest as text.
fn put(sheet: &mut Worksheet, top: u32, left: u16, rows: &[&[&str]]) {
    for (row, cells) in (top..).zip(rows) {
        for (column, cell) in (left..).zip(*cells) {
            let number = cell.parse::<f64>().ok().filter(|_| !cell.starts_with('0') || cell.len() == 1);
            match number {
                _ if cell.is_empty() => {}
                Some(number) => {
                    sheet.write_number(row, column, number).unwrap();
                }
                None => {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
}

fn title(sheet: &mut Worksheet, name: &str, text: &str, last: u16) {
    sheet.set_name(name).unwrap();
    sheet.merge_range(0, 0, 0, last, text, &Format::new()).unwrap();
    put(sheet, 1, 0, &[&["编制单位：某局", "", "2023年度", "", "金额单位：元"]]);
}

fn merge(sheet: &mut Worksheet, range: (u32, u16, u32, u16), text: &str) {
    sheet.merge_range(range.0, range.1, range.2, range.3, text, &Format::new()).unwrap();
}

fn summary(sheet: &mut Worksheet) {
    title(sheet, "Z01", "收入支出决算总表", 14);
    merge(sheet, (2, 0, 2, 4), "收入");
    merge(sheet, (2, 5, 2, 9), "支出");
    merge(sheet, (2, 10, 2, 14), "支出");
    for (left, label) in [(0, "项    目"), (5, "项目（按功能分类）"), (10, "项目（按支出性质和经济分类）")]
    {
        put(sheet, 3, left, &[&[label, "行次", "年初预算数", "全年预算数", "决算数"]]);
    }
    put(sheet, 4, 0, &[&["栏次", "", "1", "2", "3", "栏次", "", "4", "5", "6", "栏次", "", "7", "8", "9"]]);
    put(
        sheet,
        5,
        0,
        &[
            &[
                "一、一般公共预算财政拨款收入",
                "1",
                "100",
                "120",
                "9219567.89",
                "一、一般公共服务支出",
                "32",
                "100",
                "120",
                "9000000.1",
                "一、基本支出",
                "58",
                "1",
                "2",
                "3",
            ],
            &["二、政府性基金预算财政拨款收入", "2", "", "", "", "八、社会保障和就业支出", "39", "", "", "219567.79"],
            &["    其中：债务收入", "3", "", "", "77"],
            &["本年收入合计", "27", "100", "120", "9219567.89", "本年支出合计", "57", "100", "120", "9219567.89"],
            &["总计", "31", "", "", "9219567.89", "总计", "62", "", "", "9219567.89"],
        ],
    );
}

/// Codes over three columns, a blank column in front.
fn expense(sheet: &mut Worksheet) {
    title(sheet, "Z04 支出决算表(财决04表)", "支出决算表", 11);
    merge(sheet, (2, 1, 2, 5), "项目");
    merge(sheet, (3, 1, 3, 3), "支出功能分类科目编码");
    put(sheet, 3, 4, &[&["科目名称"]]);
    put(sheet, 3, 5, &[&["行次"]]);
    for (column, head) in
        (6u16..).zip(["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"])
    {
        merge(sheet, (2, column, 3, column), head);
    }
    put(sheet, 4, 1, &[&["类", "款", "项", "栏次", "", "1", "2", "3", "4", "5", "6"]]);
    put(
        sheet,
        5,
        1,
        &[
            &["", "", "", "合计", "1", "300.5", "200", "100.5"],
            &["201", "", "", "一般公共服务支出", "2", "300.5", "200", "100.5"],
            &["201", "03", "", "政府办公厅（室）及相关机构事务", "3", "300.5", "200", "100.5"],
            &["201", "03", "01", "行政运行", "4", "200", "200"],
            &["201", "03", "02", "一般行政管理事务", "5", "100.5", "", "一百"],
            &["", "", "", "没有编码的一行", "6", "9", "9"],
        ],
    );
}

fn basic(sheet: &mut Worksheet) {
    title(sheet, "Z08_1", "一般公共预算财政拨款基本支出决算明细表", 10);
    merge(sheet, (2, 0, 3, 2), "科目编码");
    merge(sheet, (2, 3, 3, 3), "科目名称");
    merge(sheet, (2, 4, 3, 4), "合计");
    merge(sheet, (2, 5, 2, 7), "工资福利支出");
    merge(sheet, (2, 8, 2, 9), "商品和服务支出");
    put(sheet, 3, 5, &[&["小计", "基本工资", "津贴补贴", "小计", "办公费", "古怪的一列"]]);
    put(sheet, 4, 0, &[&["栏次", "", "", "", "1", "2", "3", "4", "5", "6", "7"]]);
    put(
        sheet,
        5,
        0,
        &[
            &["", "", "", "合计", "60", "50", "30", "20", "10", "10", "5"],
            &["2010301", "", "", "行政运行", "60", "50", "30", "20", "10", "10"],
        ],
    );
}

fn running(sheet: &mut Worksheet) {
    title(sheet, "F03", "机构运行信息表", 7);
    put(
        sheet,
        2,
        0,
        &[
            &["项  目", "行次", "预算数", "统计数", "项  目", "行次", "统计数"],
            &["栏次", "", "1", "2", "栏次", "", "3"],
        ],
    );
    put(
        sheet,
        4,
        0,
        &[
            &["一、“三公”经费支出", "1", "", "", "三、国有资产占用情况", "20"],
            &["（一）支出合计", "2", "40000", "35000.5", "（一）车辆数合计（辆）", "21", "3"],
            &["1.因公出国（境）费", "3", "0", "0", "4.应急保障用车", "22", "2"],
            &["2.公务用车购置及运行维护费", "4", "35000", "30000.5", "8.其他用车", "23", "1"],
            &["（1）公务用车购置费", "5", "0", "0", "（二）单价100万元（含）以上设备（不含车辆）", "24", "0"],
            &["（2）公务用车运行维护费", "6", "35000", "30000.5", "四、政府采购支出合计", "25", "88.8"],
            &["3.公务接待费", "7", "5000", "5000", "1.政府采购货物支出", "26", "88.8"],
            &["（1）国内接待费", "8", "", "5000", "其中：授予小微企业合同金额", "27", "8"],
            &["5.国内公务接待批次（个）", "9", "", "12", "某个新增指标", "28", "1"],
        ],
    );
}

fn imported(name: &str, sheets: &[fn(&mut Worksheet)]) -> (PathBuf, Imported) {
    let root = fresh(name);
    let mut workbook = Workbook::new();
    for fill in sheets {
        fill(workbook.add_worksheet());
    }
    let path = root.join("决算.xlsx");
    workbook.save(&path).unwrap();
    let dir = root.join("部门");
    let imported = import(&path, &dir, &catalog()).unwrap_or_else(|p| panic!("{p:#?}"));
    (dir, imported)
}

fn told(imported: &Imported) -> Vec<String> {
    imported
        .problems
        .iter()
        .map(|p| p.to_string().split_once(".xlsx ").map_or(p.to_string(), |(_, rest)| rest.to_owned()))
        .collect()
}

fn tables(dir: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(dir.join("tables/tables.json")).unwrap()).unwrap()
}

#[test]
fn the_summary_takes_actuals_by_label_and_leaves_budgets_and_the_third_block() {
    let (dir, imported) = imported("summary", &[summary]);
    let table = &tables(&dir)["收入支出决算总表"];
    assert_eq!(table["unit"], "元");
    let rows: Vec<(String, String, String)> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| [&r["side"], &r["name"], &r["values"][0]].map(|v| v.as_str().unwrap_or_default().to_owned()).into())
        .collect();
    let expected = [
        ("收入", "一、一般公共预算财政拨款收入", "9219567.89"),
        ("收入", "本年收入合计", "9219567.89"),
        ("收入", "总计", "9219567.89"),
        ("支出", "一、一般公共服务支出", "9000000.1"),
        ("支出", "八、社会保障和就业支出", "219567.79"),
        ("支出", "本年支出合计", "9219567.89"),
        ("支出", "总计", "9219567.89"),
    ];
    assert_eq!(rows, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    let told = told(&imported);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("第8行 Z01 “E 收入·决算数”列") && told[0].contains("债务收入"), "{}", told[0]);
}

#[test]
fn codes_over_three_columns_behind_a_blank_one_are_joined_and_what_has_none_is_named() {
    let (dir, imported) = imported("expense", &[expense]);
    let table = &tables(&dir)["支出决算表"];
    let codes: Vec<Option<&str>> = table["rows"].as_array().unwrap().iter().map(|r| r["code"].as_str()).collect();
    assert_eq!(codes, [None, Some("201"), Some("20103"), Some("2010301"), Some("2010302")]);
    assert_eq!(table["rows"][0]["values"], serde_json::json!(["300.5", "200", "100.5", null, null, null]));
    let told = told(&imported);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("第10行") && told[0].contains("I 项目支出") && told[0].contains("一百"), "{}", told[0]);
    assert!(told[1].contains("第11行") && told[1].contains("没有编码的一行"), "{}", told[1]);
}

#[test]
fn economic_columns_become_rows_with_the_totals_of_the_public_table() {
    let (dir, imported) = imported("basic", &[basic]);
    let table = &tables(&dir)["一般公共预算财政拨款基本支出决算明细表"];
    let rows: Vec<String> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            format!(
                "{}{}={}",
                r["code"].as_str().unwrap_or(""),
                r["name"].as_str().unwrap(),
                r["values"][0].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "301工资福利支出=50",
            "30101基本工资=30",
            "30102津贴补贴=20",
            "302商品和服务支出=10",
            "30201办公费=10",
            "人员经费合计=50.00",
            "公用经费合计=10.00"
        ]
    );
    let told = told(&imported);
    assert!(told.len() == 1 && told[0].contains("古怪的一列"), "{told:#?}");
}

fn ask(facts: &Facts, nodes: &[(Dimension, &str)]) -> Option<Amount> {
    let meaning = nodes.iter().fold(Meaning::new(), |m, (d, n)| m.with(*d, *n));
    facts.amount(&catalog().trees, &meaning, "")
}

#[test]
fn the_running_sheet_becomes_counts_budgets_and_the_three_public_table_that_the_folder_reads() {
    let (dir, imported) = imported("running", &[running]);
    let table = &tables(&dir)["财政拨款“三公”经费支出决算表"];
    assert_eq!(
        table["rows"][0]["values"],
        serde_json::json!([
            "40000", "0", "35000", "0", "35000", "5000", "35000.5", "0", "30000.5", "0", "30000.5", "5000"
        ])
    );
    let told = told(&imported);
    assert!(told.len() == 1 && told[0].contains("某个新增指标") && told[0].contains("第13行"), "{told:#?}");
    let answers = Answers { name: "某局".to_owned(), year: 2023, variant: "hubei".to_owned(), ..Answers::default() };
    Scaffold::sheets(&catalog(), &answers).unwrap().write(&dir).unwrap();
    let inputs = read(&Disk::new(&dir), &catalog()).unwrap();
    assert!(!inputs.has_fatal(), "{:#?}", inputs.problems);
    use Dimension::{Item, Stage, Theme};
    let count = |nodes: &[(Dimension, &str)]| ask(&inputs.facts, nodes);
    assert_eq!(count(&[(Item, "车辆")]), Some(Amount::Count(3)));
    assert_eq!(count(&[(Item, "车辆"), (Theme, "应急保障用车")]), Some(Amount::Count(2)));
    assert_eq!(count(&[(Item, "批次"), (Theme, "国内接待")]), Some(Amount::Count(12)));
    assert_eq!(count(&[(Item, "设备")]), Some(Amount::Count(0)));
    assert_eq!(count(&[(Item, "支出"), (Theme, "政府采购")]), Some(Amount::Exact(Money(8_880))));
    assert_eq!(
        count(&[(Item, "支出"), (Theme, "三公经费"), (Stage, "全年预算")]),
        Some(Amount::Exact(Money::from_yuan(40_000)))
    );
}

#[test]
fn a_workbook_becomes_the_same_files_in_memory_and_what_is_there_stays() {
    let (dir, imported) = imported("memory", &[running]);
    let workbook = fs::read(dir.parent().unwrap().join("决算.xlsx")).unwrap();
    let mut folder = Memory::folder("部门");
    let first = import_into(&folder, "决算.xlsx", &workbook, &catalog()).unwrap();
    assert_eq!(first.files, imported.files);
    for (path, content) in first.files {
        assert!(fs::read(dir.join(&path)).unwrap() == content, "{path}");
        folder.put(&path, content);
    }
    let again = import_into(&folder, "决算.xlsx", &workbook, &catalog()).unwrap();
    assert!(again.files.is_empty() && told(&again).join("\n").contains("已经有这个文件，没有覆盖"));
}

fn unknown(sheet: &mut Worksheet) {
    sheet.set_name("食堂收支简表").unwrap();
    put(sheet, 0, 0, &[&["资产", "1"]]);
}

fn without_columns(sheet: &mut Worksheet) {
    title(sheet, "财决03表", "收入决算表", 4);
    put(
        sheet,
        2,
        0,
        &[&["科目编码", "科目名称", "本年收入合计"], &["栏次", "", "1"], &["201", "一般公共服务支出", "5"]],
    );
}

#[test]
fn unknown_sheets_and_missing_columns_are_named_and_an_existing_file_stays() {
    let (dir, first) = imported("faults", &[summary, unknown, without_columns]);
    let told_first = told(&first).join("\n");
    assert!(told_first.contains("食堂收支简表：不认识这张表"), "{told_first}");
    assert!(told_first.contains("没有“上级补助收入”这一列"), "{told_first}");
    let before = fs::read(dir.join("tables/tables.json")).unwrap();
    let again = import(&dir.parent().unwrap().join("决算.xlsx"), &dir, &catalog()).unwrap();
    assert!(again.files.is_empty(), "{:?}", again.files.keys());
    assert!(told(&again).join("\n").contains("已经有这个文件，没有覆盖"));
    assert_eq!(fs::read(dir.join("tables/tables.json")).unwrap(), before);
}

#[test]
fn a_workbook_without_any_known_sheet_writes_nothing() {
    let root = fresh("nothing");
    let mut workbook = Workbook::new();
    unknown(workbook.add_worksheet());
    put(workbook.add_worksheet(), 0, 0, &[&["2023年度", "别的"]]);
    workbook.save(root.join("a.xlsx")).unwrap();
    assert!(import(&root.join("a.xlsx"), &root.join("部门"), &catalog()).is_err());
    assert_eq!(fs::read_dir(root.join("部门")).unwrap().count(), 0);
}

#[test]
fn imported_tables_are_read_by_the_reader_of_finished_tables() {
    let (dir, _) = imported("given", &[summary, basic, running]);
    let catalog = catalog();
    let (mut facts, mut problems) = (Facts::default(), Vec::new());
    let variant = catalog.variant("hubei", 2023).unwrap();
    let read = juesuan_inputs::tables::read_folder(&Disk::new(&dir), &catalog, variant, &mut facts, &mut problems);
    let unread: Vec<String> = problems.iter().map(ToString::to_string).filter(|p| p.contains("没有读入")).collect();
    assert_eq!(unread, Vec::<String>::new());
    assert_eq!(read.len(), 3);
    let social = ask(&facts, &[(Dimension::Item, "支出"), (Dimension::Function, "208")]);
    assert_eq!(social.and_then(Amount::money), Some(Money(21_956_779)));
    let item = [
        (Dimension::Item, "支出"),
        (Dimension::Fund, "一般公共预算"),
        (Dimension::Nature, "基本支出"),
        (Dimension::Economic, "30101"),
    ];
    assert_eq!(ask(&facts, &item).and_then(Amount::money), Some(Money::from_yuan(30)));
}

/// One column of codes with points, other words in the head, texts as amounts, 万元.
fn in_other_words(sheet: &mut Worksheet) {
    sheet.set_name("04").unwrap();
    put(sheet, 0, 0, &[&["支　出　决　算　表"], &["2023年度", "", "", "（单位：万元）"]]);
    let heads = [
        "功能分类科目代码",
        "科目名称",
        "本年支出合计",
        "基本支出",
        "项目支出",
        "上缴上级支出",
        "经营支出",
        "对附属单位补助支出",
    ];
    put(sheet, 2, 0, &[&heads]);
    put(
        sheet,
        3,
        0,
        &[
            &["合计", "", "0.0300 ", "￥0.02", "0.01"],
            &["201", "一般公共服务支出", "0.0300 ", "0.02", "0.01"],
            &["201.03", "政府办公厅（室）及相关机构事务", "0.03元", "0.02", "0.01"],
            &["201.03.01", "行政运行", "0.0300 ", "0.02", "0.01"],
        ],
    );
}

fn projects_by_name(sheet: &mut Worksheet) {
    title(sheet, "Z05_2", "项目支出决算明细表", 4);
    put(
        sheet,
        2,
        0,
        &[
            &["项目名称", "支出功能分类科目编码", "合计", "商品和服务支出"],
            &["栏次", "", "1", "2"],
            &["合计", "", "100.5", "100.5"],
            &["修渡口", "2010302", "60.5", "60.5"],
            &["修渡口", "2010399", "9", "9"],
            &["办展览", "2010302", "31", "31"],
        ],
    );
}

fn projects_without_names(sheet: &mut Worksheet) {
    title(sheet, "Z08_2", "一般公共预算财政拨款项目支出决算明细表", 4);
    put(
        sheet,
        2,
        0,
        &[&["科目编码", "科目名称", "合计"], &["栏次", "", "1"], &["2010302", "一般行政管理事务", "100.5"]],
    );
}

#[test]
fn other_heads_units_and_spellings_of_codes_are_understood() {
    let (dir, imported) = imported("words", &[in_other_words]);
    let table = &tables(&dir)["支出决算表"];
    let rows: Vec<(Option<&str>, &str)> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["code"].as_str(), row["values"][1].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        rows,
        [(None, "200.00"), (Some("201"), "200.00"), (Some("20103"), "200.00"), (Some("2010301"), "200.00")]
    );
    let told = told(&imported);
    assert!(told.len() == 1 && told[0].contains("金额单位写的是“万元”"), "{told:#?}");
}

#[test]
fn projects_come_from_the_sheet_that_names_them_and_others_are_counted() {
    let (dir, imported) = imported("projects", &[expense, projects_by_name, projects_without_names]);
    let stated = fs::read_to_string(dir.join("registers/其他数.csv")).unwrap();
    assert!(stated.contains("支出,,,69.50,,项目支出,修渡口") && stated.contains("31.00,,项目支出,办展览"), "{stated}");
    let aside: Vec<(&str, usize)> = imported.aside.iter().map(|aside| (aside.sheet.as_str(), aside.numbers)).collect();
    assert_eq!(aside, [("Z08_2", 3)]);
}

/// The same item twice, as a sheet that was put together by hand has it.
fn doubled(sheet: &mut Worksheet) {
    title(sheet, "Z04", "支出决算表", 8);
    put(
        sheet,
        2,
        0,
        &[
            &[
                "科目编码",
                "科目名称",
                "本年支出合计",
                "基本支出",
                "项目支出",
                "上缴上级支出",
                "经营支出",
                "对附属单位补助支出",
            ],
            &["", "合计", "300", "200", "100"],
            &["213", "农林水支出", "300", "200", "100"],
            &["21302", "林业和草原", "300", "200", "100"],
            &["2130205", "森林资源培育", "200", "200"],
            &["2130205", "森林资源培育", "100", "", "100"],
        ],
    );
}

#[test]
fn a_code_that_stands_twice_in_a_sheet_is_named_with_both_rows() {
    let (dir, imported) = imported("doubled", &[doubled]);
    let told = told(&imported);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("科目 2130205 上面已经有了") && told[0].contains("第7行"), "{}", told[0]);
    assert!(told[0].contains("第8行"), "{}", told[0]);
    assert_eq!(tables(&dir)["支出决算表"]["rows"].as_array().unwrap().len(), 5, "nothing is lost");
}

/// Heads over several columns that nobody merged, and parts of a figure that has no row of its own.
fn unmerged(sheet: &mut Worksheet) {
    sheet.set_name("财决01-1表").unwrap();
    put(
        sheet,
        0,
        0,
        &[
            &["财政拨款收入支出决算总表"],
            &["2023年度", "", "", "金额单位：元"],
            &["收入", "", "", "支出", "", "", "", "", ""],
            &["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数", "", "", ""],
            &["", "", "", "", "", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"],
            &["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
            &["一、一般公共预算财政拨款", "1", "9.5", "二十、粮油物资储备支出", "52", "9.5", "9.5", "0", "0"],
            &["总计", "32", "9.5", "总计", "64", "9.5", "9.5", "0", "0"],
        ],
    );
}

fn running_of_kinds(sheet: &mut Worksheet) {
    title(sheet, "附03", "机构运行信息表", 3);
    let rows: [&[&str]; 5] = [
        &["项目", "行次", "统计数"],
        &["栏次", "", "1"],
        &["二、机关运行经费", "18"],
        &["（一）行政单位", "19", "70.5"],
        &["（二）参照公务员法管理事业单位", "20", "9.5"],
    ];
    put(sheet, 2, 0, &rows);
}

#[test]
fn heads_that_nobody_merged_stand_over_their_columns_and_parts_add_up_to_what_no_row_says() {
    let (dir, imported) = imported("unmerged", &[unmerged, running_of_kinds]);
    assert_eq!(told(&imported), Vec::<String>::new());
    let rows = &tables(&dir)["财政拨款收入支出决算总表"]["rows"];
    let grain = rows.as_array().unwrap().iter().find(|row| row["name"] == "二十、粮油物资储备支出").unwrap();
    assert_eq!(grain["values"], serde_json::json!(["9.5", "9.5", "0", "0"]));
    let stated = fs::read_to_string(dir.join("registers/其他数.csv")).unwrap();
    assert!(stated.contains("支出,,机关运行经费,80.00,"), "{stated}");
}

/// The last class, whose only item is called as it is.
fn called_alike(sheet: &mut Worksheet) {
    title(sheet, "Z08_1", "一般公共预算财政拨款基本支出决算明细表", 6);
    merge(sheet, (2, 0, 3, 1), "科目编码");
    merge(sheet, (2, 2, 3, 2), "合计");
    merge(sheet, (2, 3, 2, 4), "其他支出");
    put(sheet, 3, 3, &[&["小计", "其他支出"]]);
    put(sheet, 4, 0, &[&["合计", "", "7.5", "7.5", "7.5"]]);
}

#[test]
fn of_two_columns_with_the_name_of_a_class_the_second_is_its_item_of_that_name() {
    let (dir, imported) = imported("alike", &[called_alike]);
    assert_eq!(told(&imported), Vec::<String>::new());
    let table = &tables(&dir)["一般公共预算财政拨款基本支出决算明细表"];
    let codes: Vec<&str> = table["rows"].as_array().unwrap().iter().filter_map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["399", "39999"]);
}
