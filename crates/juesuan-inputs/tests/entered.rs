//! The workbook in which everything is entered: what `new` makes, what people fill in, what is read of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its fixture has failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_inputs::scaffold::{Answers, Scaffold};
use juesuan_inputs::{Inputs, read};
use juesuan_model::{Dimension, Gravity, Meaning, UnitKind};
use juesuan_read::Disk;
use rust_xlsxwriter::Workbook;

/// Rows of a sheet, each cell by the head of its column.
type Rows<'a> = &'a [&'a [(&'a str, &'a str)]];

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"))
}

/// A folder with the new workbook of a department.
fn made(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("entered").join(name);
    let _ = fs::remove_dir_all(&root);
    let answers = Answers {
        name: "青禾县茶业局".to_owned(),
        year: 2024,
        variant: "hubei".to_owned(),
        level: "县".to_owned(),
        region: "青禾县".to_owned(),
        ..Answers::default()
    };
    assert_eq!(Scaffold::workbook(&catalog(), &answers).unwrap().write(&root).unwrap(), [root.join("填报表.xlsx")]);
    root
}

/// Saves the workbook again as an office program does: the sheets of `filled` with their heads and these rows, all others as they were.
fn fill(root: &Path, filled: &[(&str, Rows<'_>)]) {
    let path = root.join("填报表.xlsx");
    let filled: BTreeMap<&str, Rows<'_>> = filled.iter().copied().collect();
    let mut book = Workbook::new();
    for grid in juesuan_read::grids(&path).unwrap() {
        let sheet = book.add_worksheet();
        sheet.set_name(&grid.sheet).unwrap();
        let heads: Vec<&str> = (0..grid.width()).map(|column| grid.cell(0, column).as_str()).collect();
        let rows = filled.get(grid.sheet.as_str());
        let kept = if rows.is_some() { 1 } else { grid.rows.len() };
        for row in 0..kept {
            for column in 0..grid.width() {
                let text = grid.cell(row, column).as_str();
                sheet.write_string(row as u32, column as u16, text).unwrap();
            }
        }
        for (row, cells) in (1u32..).zip(rows.into_iter().copied().flatten()) {
            for (head, text) in *cells {
                let column = heads.iter().position(|own| own == head).unwrap_or_else(|| panic!("{head} in {heads:?}"));
                sheet.write_string(row, column as u16, *text).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

fn inputs(root: &Path) -> Inputs {
    read(&Disk::new(root), &catalog()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn told(inputs: &Inputs, gravity: Gravity) -> Vec<String> {
    inputs.problems.iter().filter(|p| p.gravity == gravity).map(ToString::to_string).collect()
}

const UNITS: (&str, Rows<'_>) = (
    "单位",
    &[
        &[("单位名称", "青禾县茶业局（本级）"), ("单位性质", "行政"), ("是否本级", "是")],
        &[("单位名称", "青禾县茶树良种场"), ("单位性质", "事业")],
    ],
);

fn amount(inputs: &Inputs, catalog: &Catalog, meaning: &[(Dimension, &str)]) -> Option<String> {
    let meaning = meaning.iter().fold(Meaning::new(), |meaning, (dimension, node)| meaning.with(*dimension, *node));
    inputs.facts.amount(&catalog.trees, &meaning, "").map(|amount| format!("{amount:?}"))
}

#[test]
fn a_new_workbook_says_who_and_states_nothing_that_nobody_entered() {
    let inputs = inputs(&made("new"));
    assert_eq!(told(&inputs, Gravity::Fatal), Vec::<String>::new());
    assert_eq!((inputs.department.name.as_str(), inputs.department.level.as_str()), ("青禾县茶业局", "县"));
    assert_eq!((inputs.department.year, inputs.department.variant.as_str()), (2024, "hubei"));
    assert_eq!(inputs.department.units[0].kind, UnitKind::Administrative);
    assert!(
        inputs.department.duties.is_empty() && inputs.narrative.cause.is_empty() && inputs.narrative.text.is_empty()
    );
    assert!(inputs.records.is_empty(), "{:?}", inputs.records.keys());
    assert_eq!(amount(&inputs, &catalog(), &[(Dimension::Item, "车辆")]), None);
    let doubts = told(&inputs, Gravity::Doubt);
    assert!(matches!(doubts.as_slice(), [one] if one.contains("张表还没有填（示例行还在）")), "{doubts:#?}");
}

#[test]
fn what_nobody_filled_in_is_said_once() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("entered").join("empty");
    let _ = fs::remove_dir_all(&root);
    let answers = Answers { year: 2024, variant: "hubei".to_owned(), ..Answers::default() };
    Scaffold::workbook(&catalog(), &answers).unwrap().write(&root).unwrap();
    let fatal = told(&inputs(&root), Gravity::Fatal);
    assert_eq!(fatal.len(), 2, "{fatal:#?}");
    assert!(fatal[0].contains("“部门全称”没有填写") && fatal[1].contains("“本级政府”没有填写"), "{fatal:#?}");
}

#[test]
fn rows_and_texts_go_to_the_department_or_to_the_unit_that_they_name() {
    let root = made("units");
    fill(
        &root,
        &[
            UNITS,
            ("职责", &[&[("职责", "发展茶业")], &[("单位名称", "青禾县茶树良种场"), ("职责", "繁育良种")]]),
            (
                "增减原因",
                &[
                    &[("代号", "收支总计.上年"), ("填写", "茶园增加")],
                    &[("单位名称", "青禾县茶树良种场"), ("代号", "收支总计.上年"), ("填写", "苗圃增加")],
                ],
            ),
            (
                "上年数",
                &[
                    &[("指标", "收入总计"), ("金额", "300")],
                    &[("单位名称", "青禾县茶树良种场"), ("指标", "收入总计"), ("金额", "100")],
                ],
            ),
            ("公务用车", &[]),
        ],
    );
    let (inputs, catalog) = (inputs(&root), catalog());
    assert_eq!(told(&inputs, Gravity::Fatal), Vec::<String>::new());
    let total = [(Dimension::Item, "收入总计"), (Dimension::Year, "2023")];
    assert_eq!(inputs.department.duties, ["发展茶业"]);
    assert_eq!(inputs.narrative.cause["收支总计.上年"], "茶园增加");
    assert_eq!(amount(&inputs, &catalog, &total), Some("Exact(Money(30000))".to_owned()));
    assert_eq!(amount(&inputs, &catalog, &[(Dimension::Item, "车辆")]), Some("Count(0)".to_owned()));
    let unit = inputs.of_unit("青禾县茶树良种场", &catalog, &mut Vec::new());
    assert_eq!(unit.department.duties, ["繁育良种"]);
    assert_eq!(unit.narrative.cause["收支总计.上年"], "苗圃增加");
    assert_eq!(amount(&unit, &catalog, &total), Some("Exact(Money(10000))".to_owned()));
}

#[test]
fn what_stands_in_a_file_too_is_named_and_the_workbook_counts() {
    let root = made("both");
    fill(&root, &[UNITS, ("增减原因", &[&[("代号", "三公经费.上年"), ("填写", "来客增加")]])]);
    fs::write(
        root.join("narrative.toml"),
        "[cause]\n\"三公经费.上年\" = \"另一个\"\n\"收支总计.上年\" = \"只在这里\"\n",
    )
    .unwrap();
    fs::write(root.join("department.toml"), "name = \"乙\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"县\"\n")
        .unwrap();
    let inputs = inputs(&root);
    assert_eq!(inputs.department.name, "青禾县茶业局");
    assert_eq!(inputs.narrative.cause["三公经费.上年"], "来客增加");
    assert_eq!(inputs.narrative.cause["收支总计.上年"], "只在这里");
    let both = told(&inputs, Gravity::Doubt).into_iter().filter(|told| told.contains("读的是填报表.xlsx")).count();
    assert_eq!(both, 2, "{:#?}", inputs.problems);
}

#[test]
fn an_example_row_that_was_typed_over_and_an_unknown_unit_are_errors_and_not_passed_over() {
    let root = made("faults");
    let note = "示例行，不会读入；填写时请删去。确实没有发生的，也请删去这一行。";
    fill(
        &root,
        &[
            UNITS,
            ("内设机构", &[&[("机构名称", "办公室"), ("填写说明", note)]]),
            ("其他文字", &[&[("单位名称", "别处的单位"), ("代号", "三公.运行用途"), ("填写", "燃油")]]),
        ],
    );
    let fatal = told(&inputs(&root), Gravity::Fatal);
    assert_eq!(fatal.len(), 2, "{fatal:#?}");
    assert!(fatal.iter().any(|told| told.contains("内设机构") && told.contains("内容却改过，没有读入")));
    assert!(fatal.iter().any(|told| told.contains("“别处的单位”不在部门的单位之列")));
}

#[test]
fn a_sheet_with_nothing_but_its_head_says_that_there_was_none() {
    let root = made("none");
    fill(&root, &[UNITS, ("三公经费预算", &[])]);
    let inputs = inputs(&root);
    for stage in ["年初预算", "全年预算"] {
        for theme in ["三公经费", "公务接待费", "公务用车运行维护费"] {
            let meaning = [(Dimension::Item, "支出"), (Dimension::Stage, stage), (Dimension::Theme, theme)];
            assert_eq!(amount(&inputs, &catalog(), &meaning), Some("Exact(Money(0))".to_owned()), "{stage} {theme}");
        }
    }
}

#[test]
fn a_workbook_of_something_else_beside_the_folders_is_named_and_is_no_input() {
    let root = made("else");
    let mut book = Workbook::new();
    book.add_worksheet().set_name("通讯录").unwrap();
    book.save(root.join("通讯录.xlsx")).unwrap();
    let inputs = inputs(&root);
    assert!(
        told(&inputs, Gravity::Doubt).iter().any(|told| told.starts_with("通讯录.xlsx") && told.contains("没有读取"))
    );
    assert_eq!(inputs.digests.keys().collect::<Vec<_>>(), ["填报表.xlsx"]);
}

#[test]
fn a_sheet_without_rows_gives_way_to_figures_that_stand_elsewhere_and_is_named() {
    let root = made("emptied");
    fill(&root, &[UNITS, ("公务接待", &[]), ("三公经费预算", &[])]);
    fs::create_dir_all(root.join("registers")).unwrap();
    fs::create_dir_all(root.join("budget")).unwrap();
    fs::write(root.join("registers/其他数.csv"), "指标,专题,金额,数量\n支出,国内接待,5200,\n批次,国内接待,,9\n")
        .unwrap();
    let budget = "年度,阶段,项目,金额\n2024,年初预算,公务接待费,6000\n2024,年初预算,因公出国（境）费,0\n2024,年初预算,公务用车购置费,0\n2024,年初预算,公务用车运行维护费,0\n";
    fs::write(root.join("budget/三公经费预算.csv"), budget).unwrap();
    let (inputs, catalog) = (inputs(&root), catalog());
    assert_eq!(told(&inputs, Gravity::Fatal), Vec::<String>::new());
    use Dimension::{Item, Stage, Theme};
    let of = |meaning: &[(Dimension, &str)]| amount(&inputs, &catalog, meaning).unwrap_or_default();
    assert!(of(&[(Item, "支出"), (Theme, "国内接待")]).contains("520000"));
    assert_eq!(of(&[(Item, "批次"), (Theme, "国内接待")]), "Count(9)");
    // What nobody says otherwise stays nothing.
    assert_eq!(of(&[(Item, "人次"), (Theme, "国内接待")]), "Count(0)");
    assert!(of(&[(Item, "支出"), (Theme, "公务接待费"), (Stage, "年初预算")]).contains("600000"));
    let doubts = told(&inputs, Gravity::Doubt);
    let named = |words: &str| doubts.iter().filter(|doubt| doubt.contains(words)).count();
    assert_eq!((named("这张表是空的，表示没有"), named("登记表是空的，表示没有")), (1, 2), "{doubts:#?}");
}
