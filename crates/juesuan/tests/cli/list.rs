//! 待填清单: everything that is missing asked at once, filled in, read back.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that finds no such place has failed"
)]

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::Wanted;
use juesuan_read::Grid;
use rust_xlsxwriter::Workbook;

use crate::scratch::{Run, Scratch, docx_text};

pub const LIST: &str = "out/待填清单.xlsx";
pub const NAME: &str = "青石县林业局";
/// Columns of the list, from 0.
const UNIT: usize = 1;
const PLACE: usize = 2;
pub const WHAT: usize = 3;
pub const WHY: usize = 4;
pub const NEED: usize = 5;
pub const ANSWER: usize = 6;
pub const CODE: usize = 7;

/// A department with books and nothing else: no budget, no last year, no texts.
pub fn bare(name: &str, units: &[String]) -> Scratch {
    let scratch = Scratch::new(name);
    let scope = if units.len() > 1 { "部门" } else { "单位" };
    let mut department = format!(
        "name = \"{NAME}\"\nscope = \"{scope}\"\nyear = 2024\nvariant = \"hubei\"\nlevel = \"县\"\nregion = \"青石县\"\n"
    );
    let mut books = "单位名称,科目编码,支出功能分类,部门经济分类,支出性质,资金性质,借方发生额,贷方发生额\n".to_owned();
    let mut opening = "单位名称,科目编码,资金性质,支出功能分类,支出性质,年初余额\n".to_owned();
    for (number, unit) in units.iter().enumerate() {
        department += &format!("[[unit]]\nname = \"{unit}\"\nkind = \"行政\"\nheadquarters = {}\n", number == 0);
        let amount = 100_000 + number * 1_000;
        books += &format!(
            "{unit},7101,2130201,30201,基本支出,一般公共预算,{amount},\n{unit},6001,2130201,,基本支出,一般公共预算,,{amount}\n"
        );
        opening += &format!("{unit},8101,一般公共预算,2130201,基本支出,0\n");
    }
    scratch.put("in/department.toml", department);
    scratch.put("in/books/发生额.csv", books);
    scratch.put("in/books/年初余额.csv", opening);
    scratch
}

pub fn units(count: usize) -> Vec<String> {
    let numbered = (1..count).map(|number| format!("青石县第{number}林场"));
    std::iter::once(NAME.to_owned() + "（本级）").chain(numbered).collect()
}

pub fn grid(scratch: &Scratch, path: &str) -> Grid {
    let mut grids = juesuan_read::grids(&scratch.path(path)).unwrap();
    assert_eq!(grids[0].sheet.as_str(), "待填清单");
    grids.remove(0)
}

/// The questions of a list, cell by cell.
pub fn rows(grid: &Grid) -> Vec<[String; 8]> {
    let row = |row: usize| std::array::from_fn(|column| grid.cell(row, column).as_str().to_owned());
    let rows = (0..grid.rows.len()).map(row);
    rows.filter(|row: &[String; 8]| row[CODE].starts_with('{')).collect()
}

pub fn wanted(row: &[String; 8]) -> Wanted {
    serde_json::from_str(&row[CODE]).unwrap()
}

/// Saves the list as another program does, with the answers that `answer` gives, beside the other input.
pub fn fill(scratch: &Scratch, to: &str, answer: impl Fn(&[String; 8]) -> Option<String>) {
    let grid = grid(scratch, LIST);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("待填清单").unwrap();
    for at in 0..grid.rows.len() {
        let cells: [String; 8] = std::array::from_fn(|column| grid.cell(at, column).as_str().to_owned());
        let answered = if cells[CODE].starts_with('{') { answer(&cells) } else { None };
        for (column, text) in cells.iter().enumerate() {
            let text = answered.as_ref().filter(|_| column == ANSWER).unwrap_or(text);
            sheet.write_string(u32::try_from(at).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    book.save(scratch.path(to)).unwrap();
}

/// A body that is new: there was nothing last year and no budget.
pub fn all(row: &[String; 8]) -> Option<String> {
    Some(match wanted(row) {
        Wanted::Amount(_) | Wanted::Count(_) => "0".to_owned(),
        Wanted::Cells(_) | Wanted::Word(_) | Wanted::Elsewhere(_) => return None,
        Wanted::Cause(_) => "本年新设，上年没有收支".to_owned(),
        _ => "按规定完成".to_owned(),
    })
}

pub fn compile(scratch: &Scratch) -> Run {
    scratch.run(&["compile", "in", "--out", "out", "--formats", "json,xlsx"])
}

#[test]
fn one_list_asks_everything_once_and_filled_in_it_leads_to_what_may_be_published() {
    let scratch = bare("list-one", &units(1));
    compile(&scratch).ends_with(1).tells(&["不可公开", "文字没有填写", "缺金额", "待填清单.xlsx：填好放进 in"]);
    let first = rows(&grid(&scratch, LIST));
    let codes: BTreeSet<&str> = first.iter().map(|row| row[CODE].as_str()).collect();
    assert_eq!(codes.len(), first.len(), "a question is asked once");
    // Last year's figure and the cause behind it, before anybody knows whether there is a difference.
    let key = |wanted: &Wanted| matches!(wanted, Wanted::Cause(key) if key == "收支总计.上年");
    let cause = first.iter().find(|row| key(&wanted(row))).unwrap();
    assert_eq!((cause[NEED].as_str(), cause[WHY].as_str()), ("有变动才填", "收、支总计 10.00 万元，上年数还不知道"));
    let prior = first.iter().find(|row| row[CODE].contains("收入总计") && row[CODE].contains("2023")).unwrap();
    assert!(prior[NEED] == "必填" && prior[WHAT].contains("2023年度数（元）"), "{prior:?}");
    // In the order of the document.
    let at = |place: &str| first.iter().position(|row| row[PLACE].contains(place)).unwrap();
    let places = ["收入支出决算总体情况说明", "财政拨款收入支出决算总体情况说明", "预算绩效情况说明"].map(at);
    assert!(places.is_sorted(), "{places:?}");

    fill(&scratch, "in/我填的.xlsx", all);
    compile(&scratch).ends_with(0).tells(&["可以公开。"]);
    assert!(!scratch.path(LIST).exists(), "nothing is asked any more");
    assert!(scratch.text("out/package.json").contains("本年新设，上年没有收支"));
    scratch.run(&["verify", "out"]).ends_with(0);
}

#[test]
fn answers_stay_in_the_next_list_and_what_they_begin_with_is_no_formula() {
    let scratch = bare("list-kept", &units(1));
    compile(&scratch).ends_with(1);
    let trick = "=HYPERLINK(\"http://x\",\"1\")&“引号”<b>";
    let half = |row: &[String; 8]| match wanted(row) {
        Wanted::Cause(key) if key == "收支总计.上年" => Some(trick.to_owned()),
        Wanted::Text(_) => Some("+完成了各项任务".to_owned()),
        _ => None,
    };
    fill(&scratch, "in/待填清单.xlsx", half);
    compile(&scratch).ends_with(1);
    let next = grid(&scratch, LIST);
    let done: BTreeMap<String, String> = rows(&next)
        .into_iter()
        .filter(|row| row[NEED] == "已填")
        .map(|row| (row[CODE].clone(), row[ANSWER].clone()))
        .collect();
    assert_eq!(done.get(r#"{"cause":"收支总计.上年"}"#).map(String::as_str), Some(trick));
    assert!(done.len() > 1 && done.values().any(|text| text.starts_with('+')), "{done:?}");
    let open = rows(&next).iter().filter(|row| row[NEED] == "必填").count();
    // The new list in the place of the old one says the same.
    fill(&scratch, "in/待填清单.xlsx", |_| None);
    compile(&scratch).ends_with(1);
    let again = rows(&grid(&scratch, LIST));
    assert_eq!(again.iter().filter(|row| row[NEED] == "已填").count(), done.len());
    assert_eq!(again.iter().filter(|row| row[NEED] == "必填").count(), open);
    let bytes = std::fs::read(scratch.path(LIST)).unwrap();
    assert!(!docx_text(&bytes).contains("<f>"), "no cell is a formula");
    compile(&scratch).ends_with(1);
    assert_eq!(std::fs::read(scratch.path(LIST)).unwrap(), bytes, "the same input gives the same list");
}

#[test]
fn a_wrong_number_an_unknown_code_and_two_answers_are_named_with_their_cells() {
    let scratch = bare("list-wrong", &units(1));
    compile(&scratch).ends_with(1);
    fill(&scratch, "in/一.xlsx", |row| matches!(wanted(row), Wanted::Amount(_)).then(|| "约十万".to_owned()));
    compile(&scratch).ends_with(2).tells(&["输入错误", "一.xlsx 第", "“约十万”不是金额"]);
    fill(&scratch, "in/一.xlsx", |row| matches!(wanted(row), Wanted::Text(_)).then(|| "第一种说法".to_owned()));
    fill(&scratch, "in/二.xlsx", |row| matches!(wanted(row), Wanted::Text(_)).then(|| "第二种说法".to_owned()));
    compile(&scratch).ends_with(1).tells(&["二.xlsx 第", "一.xlsx 第", "第一种说法", "请只留一处"]);
    assert!(scratch.text("out/package.json").contains("第一种说法"));
    scratch.put("in/narrative.toml", "[text]\n\"绩效管理.整体评价\" = \"第三种说法\"\n");
    compile(&scratch).ends_with(1).tells(&["narrative.toml也填了这一项", "第三种说法"]);
    assert!(scratch.text("out/package.json").contains("第三种说法"));
}

#[test]
fn a_list_that_was_filled_in_and_not_put_back_is_not_overwritten() {
    let scratch = bare("list-left", &units(1));
    compile(&scratch).ends_with(1);
    fill(&scratch, "left.xlsx", all);
    std::fs::copy(scratch.path("left.xlsx"), scratch.path(LIST)).unwrap();
    compile(&scratch).ends_with(3).tells(&["填过了，还没有放回"]);
    std::fs::copy(scratch.path(LIST), scratch.path("in/待填清单.xlsx")).unwrap();
    compile(&scratch).ends_with(0).tells(&["可以公开。"]);
}

#[test]
fn thirteen_units_that_lack_much_are_told_in_less_than_sixty_lines_and_listed_whole() {
    let names = units(13);
    let scratch = bare("list-many", &names);
    let run = compile(&scratch).ends_with(1);
    let lines = run.said.lines().count() + run.warned.lines().count();
    assert!(lines < 60, "{lines} lines\n{run}");
    let all_rows = rows(&grid(&scratch, LIST));
    let asked: BTreeSet<(&str, &str)> = all_rows.iter().map(|row| (row[UNIT].as_str(), row[CODE].as_str())).collect();
    assert_eq!(asked.len(), all_rows.len(), "once for each body");
    let mut order: Vec<&str> = all_rows.iter().map(|row| row[UNIT].as_str()).collect();
    order.dedup();
    let expected: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    assert_eq!(order, expected, "the department first, then its units");

    // The department and the first of its units get their answers: they may be published, the others say what they lack.
    let own = |row: &[String; 8]| if ["", names[0].as_str()].contains(&row[UNIT].as_str()) { all(row) } else { None };
    fill(&scratch, "in/待填清单.xlsx", own);
    let run = compile(&scratch).ends_with(1);
    run.tells(&["可以公开 2 份：青石县林业局、青石县林业局（本级）", "不可公开 12 份"]);
    let documents = scratch.json("out/manifest.json")["documents"].clone();
    assert_eq!((&documents[0]["publishable"], &documents[2]["publishable"]), (&true.into(), &false.into()));
    assert_eq!(scratch.json("out/manifest.json")["publishable"], false);
    let sheet = docx_text(&std::fs::read(scratch.path("out/approval.docx")).unwrap());
    assert!(sheet.contains("仍是草稿，不在批准之列") && sheet.contains(&names[1]) && !sheet.contains("待填清单"));
    scratch.run(&["verify", "out"]).ends_with(1).tells(&["核对时可以公开的只有 青石县林业局、青石县林业局（本级）"]);
    let open = rows(&grid(&scratch, LIST)).into_iter().filter(|row| row[NEED] != "已填");
    assert!(
        open.into_iter().all(|row| ![NAME, names[0].as_str()].contains(&row[UNIT].as_str()) || row[NEED] != "必填")
    );
}

/// Books with money in these projects beside the rest.
fn projects(scratch: &Scratch, names: &[&str]) {
    let unit = &units(1)[0];
    let mut books =
        "单位名称,科目编码,支出功能分类,部门经济分类,支出性质,资金性质,项目名称,借方发生额,贷方发生额\n".to_owned();
    for name in names {
        books += &format!(
            "{unit},7101,2130205,30227,项目支出,一般公共预算,{name},50000,\n{unit},6001,2130205,,项目支出,一般公共预算,{name},,50000\n"
        );
    }
    scratch.put("in/books/项目发生额.csv", books);
}

/// What must be filled in.
fn musts(scratch: &Scratch) -> Vec<Wanted> {
    let rows = rows(&grid(scratch, LIST));
    rows.iter().filter(|row| row[NEED] == "必填").map(wanted).collect()
}

#[test]
fn faults_of_the_input_stop_the_documents_and_not_the_list() {
    let scratch = bare("list-stopped", &units(1));
    let wrong = "\n[approval]\ndate = \"2025-13-01\"\n";
    scratch.edit("in/department.toml", |text| format!("{text}{wrong}"));
    let run = compile(&scratch).ends_with(2);
    run.tells(&["不是真实的日期", "没有编制：请先改正以上输入错误", "待填清单.xlsx：填好放进 in"]);
    assert!(!scratch.path("out/package.json").exists());
    let stopped = rows(&grid(&scratch, LIST));
    // The fault is not in the books: the same is asked as without it.
    fill(&scratch, "in/待填清单.xlsx", all);
    scratch.edit("in/department.toml", |text| text.replace("2025-13-01", "2025-09-01"));
    compile(&scratch).ends_with(0).tells(&["可以公开。"]);
    std::fs::remove_file(scratch.path("in/待填清单.xlsx")).unwrap();
    compile(&scratch).ends_with(1);
    assert_eq!(stopped, rows(&grid(&scratch, LIST)));

    // Documents of an earlier run stay as they are.
    let documents = scratch.files("out");
    scratch.edit("in/department.toml", |text| text.replace("2025-09-01", "2025-13-01"));
    compile(&scratch).ends_with(2).tells(&["out-待填清单.xlsx：填好放进 in"]);
    assert_eq!(scratch.files("out"), documents);
    assert_eq!(stopped, rows(&grid(&scratch, "out-待填清单.xlsx")));
    // Of faulty books no figure is asked for.
    scratch.edit("in/books/发生额.csv", |text| text.replace("100000", "十万"));
    compile(&scratch).ends_with(2);
    let rest = rows(&grid(&scratch, "out-待填清单.xlsx"));
    assert!(rest.iter().any(|row| matches!(wanted(row), Wanted::Text(_))));
    assert!(!rest.iter().any(|row| matches!(wanted(row), Wanted::Cells(_)) || row[NEED] == "不在这里填"));
}

#[test]
fn projects_with_money_that_nobody_evaluated_need_a_reason_before_anything_is_published() {
    let scratch = bare("list-unevaluated", &units(1));
    projects(&scratch, &["幼林抚育", "松材线虫病防治"]);
    compile(&scratch).ends_with(1);
    let reason = Wanted::Text("绩效管理.没有自评的原因".to_owned());
    assert!(musts(&scratch).contains(&reason), "{:?}", musts(&scratch));
    let silent = |row: &[String; 8]| if wanted(row) == reason { None } else { all(row) };
    fill(&scratch, "in/待填清单.xlsx", silent);
    compile(&scratch).ends_with(1).tells(&["缺少文字“绩效管理.没有自评的原因”"]);
    assert_eq!(musts(&scratch), std::slice::from_ref(&reason));
    let why = |row: &[String; 8]| (wanted(row) == reason).then(|| "两个项目年底才下达，列入下年自评".to_owned());
    fill(&scratch, "in/补.xlsx", why);
    compile(&scratch).ends_with(0).tells(&["可以公开。"]);
    let told = "本单位2024年度没有列入绩效自评的项目，原因是两个项目年底才下达，列入下年自评。";
    assert!(scratch.text("out/package.json").contains(told));
}

#[test]
fn a_project_that_was_left_out_of_the_evaluation_and_a_target_that_is_not_there_are_answered_in_the_list() {
    let scratch = bare("list-target", &units(1));
    projects(&scratch, &["幼林抚育", "松材线虫病防治"]);
    scratch.put("in/performance/绩效项目.csv", "项目名称,项目类别\n幼林抚育,部门预算项目\n");
    scratch.put(
        "in/performance/绩效指标.csv",
        "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值\n幼林抚育,产出指标,数量指标,抚育面积,,100亩,80\n",
    );
    compile(&scratch).ends_with(1);
    let target = Wanted::Indicator {
        project: "幼林抚育".to_owned(),
        indicator: "抚育面积".to_owned(),
        key: "target".to_owned(),
    };
    let left_out = Wanted::Text("没有自评的原因.松材线虫病防治".to_owned());
    let asked = musts(&scratch);
    assert!(asked.contains(&target) && asked.contains(&left_out), "{asked:#?}");
    let row = rows(&grid(&scratch, LIST)).into_iter().find(|row| wanted(row) == target).unwrap();
    assert!(row[WHAT].contains("抚育面积") && row[WHAT].ends_with("指标值"), "{row:?}");
    let answered = |row: &[String; 8]| match wanted(row) {
        one if one == target => Some("≥80亩".to_owned()),
        one if one == left_out => Some("由市级统一评价".to_owned()),
        _ => None,
    };
    fill(&scratch, "in/待填清单.xlsx", answered);
    compile(&scratch).ends_with(1);
    let asked = musts(&scratch);
    assert!(!asked.contains(&target) && !asked.contains(&left_out), "{asked:#?}");
    let package = scratch.text("out/package.json");
    assert!(
        package.contains("松材线虫病防治项目没有开展绩效自评，原因是由市级统一评价。") && package.contains("≥80亩")
    );
}

#[test]
fn the_list_in_an_output_is_no_document_and_doubts_of_a_unit_without_a_folder_name_no_folder() {
    let names = units(2);
    let scratch = bare("list-beside", &names);
    let run = scratch.run(&["compile", "in", "--out", "out", "--formats", "docx"]);
    assert!(!format!("{run}").contains("units/青石县第1林场"), "{run}");
    run.tells(&["青石县第1林场"]);
    let checked = scratch.run(&["check", "out"]);
    checked.tells(&["待填清单.xlsx", "已跳过"]);
    assert!(!format!("{checked}").contains("不知道是什么"), "{checked}");
}

#[test]
fn what_the_profile_lacks_is_answered_in_the_list() {
    let scratch = Scratch::new("list-profile");
    scratch.run(&["new", "in", "--year", "2024", "--variant", "hubei"]).ends_with(0);
    compile(&scratch).ends_with(2).tells(&["“部门全称”没有填写", "“本级政府”没有填写"]);
    let asked = musts(&scratch);
    let of = |key: &str| Wanted::Profile(key.to_owned());
    assert_eq!(asked[..2], [of("name"), of("level")], "first of all");
    let answer = |row: &[String; 8]| match wanted(row) {
        one if one == of("name") => Some("青石县水文站".to_owned()),
        one if one == of("level") => Some("县级".to_owned()),
        _ => None,
    };
    fill(&scratch, "in/待填清单.xlsx", answer);
    let run = compile(&scratch).ends_with(2);
    assert!(!format!("{run}").contains("没有填写"), "{run}");
    let asked = musts(&scratch);
    assert!(!asked.contains(&of("name")) && !asked.contains(&of("level")), "{asked:?}");
}
