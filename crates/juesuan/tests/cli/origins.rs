//! Bodies that are new, merged of others, taken out of another or renamed: what is asked of last year, what is compared and said.

#![allow(clippy::indexing_slicing, reason = "a test that finds no such place has failed")]

use juesuan_model::Wanted;

use crate::list::{LIST, NAME, all, bare, compile, fill, grid, rows, units, wanted};
use crate::scratch::{Run, Scratch};

const LEFT: &str = "青石县林木种苗站";
const RIGHT: &str = "青石县森林防火中心";

/// A body of one unit that is `origin`, with books of this year.
fn body(name: &str, origin: &str) -> Scratch {
    let scratch = bare(name, &units(1));
    scratch.edit("in/department.toml", |text| format!("origin = \"{origin}\"\n{text}"));
    scratch
}

/// The accounts of another body for the year before, compiled into `folder`; one that spent `yuan`.
fn before(scratch: &Scratch, folder: &str, name: &str, yuan: u32, formats: &str) {
    let source = format!("{folder}-in");
    let department = format!(
        "name = \"{name}\"\nscope = \"单位\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"县\"\nregion = \"青石县\"\n[[unit]]\nname = \"{name}\"\nkind = \"事业\"\nheadquarters = true\n"
    );
    let books = format!(
        "单位名称,科目编码,支出功能分类,部门经济分类,支出性质,资金性质,借方发生额,贷方发生额\n{name},7101,2130201,30201,基本支出,一般公共预算,{yuan},\n{name},6001,2130201,,基本支出,一般公共预算,,{yuan}\n"
    );
    scratch.put(&format!("{source}/department.toml"), department);
    scratch.put(&format!("{source}/books/发生额.csv"), books);
    let opening = format!(
        "单位名称,科目编码,资金性质,支出功能分类,支出性质,年初余额\n{name},8101,一般公共预算,2130201,基本支出,0\n"
    );
    scratch.put(&format!("{source}/books/年初余额.csv"), opening);
    scratch.run(&["compile", &source, "--out", folder, "--formats", formats]).tells(&["写出"]);
}

fn put_back(scratch: &Scratch) -> Run {
    fill(scratch, "in/待填清单.xlsx", all);
    compile(scratch)
}

fn asks_of_last_year(scratch: &Scratch) -> Vec<String> {
    let asked = rows(&grid(scratch, LIST));
    let of_last_year = |row: &[String; 8]| match wanted(row) {
        Wanted::Amount(meaning) | Wanted::Count(meaning) => meaning.to_string().contains("2023"),
        Wanted::Cause(key) => key.ends_with(".上年"),
        _ => false,
    };
    asked.into_iter().filter(of_last_year).map(|row| row[7].clone()).collect()
}

#[test]
fn a_new_body_is_asked_nothing_of_last_year_and_says_that_it_is_new_where_others_compare() {
    let scratch = body("origin-new", "新组建");
    compile(&scratch).ends_with(1);
    assert_eq!(asks_of_last_year(&scratch), Vec::<String>::new());
    put_back(&scratch).ends_with(0).tells(&["可以公开。"]);
    let text = scratch.text("out/package.json");
    assert!(text.contains("本单位为2024年新组建，无2023年度决算数，不作比较。"));
    for compared in ["与2023年度", "比2023年度", "较上年"] {
        assert!(!text.contains(compared), "{compared}");
    }
    // What was published is read without a complaint.
    scratch.run(&["compile", "in", "--out", "docs", "--formats", "docx"]).ends_with(0);
    scratch.run(&["check", "docs"]).ends_with(0);
    // Last year's accounts are of no use, and are named.
    before(&scratch, "old", NAME, 90_000, "docx,json");
    let document = scratch.files("old").into_iter().find(|(name, _)| name.ends_with("决算.docx")).unwrap().1;
    scratch.put("in/prior/去年.docx", document);
    scratch.put("in/prior/照片.jpg", "x");
    compile(&scratch)
        .ends_with(0)
        .tells(&["prior/去年.docx：没有使用：“机构变动”写的是没有上年数", "prior/照片.jpg：没有使用：不认得这种文件"]);
}

#[test]
fn last_years_figures_of_a_merger_are_those_of_both_bodies_added_up() {
    let scratch = body("origin-merger", &format!("由{LEFT}、{RIGHT}合并组建"));
    before(&scratch, "left", LEFT, 30_000, "json");
    before(&scratch, "right", RIGHT, 45_000, "docx,json");
    // Nothing of one of them: nothing is added up.
    scratch.put("in/prior/种苗站.json", scratch.text("left/package.json"));
    compile(&scratch).ends_with(1).tells(&[&format!("没有“{RIGHT}”的上年数")]);
    assert!(asks_of_last_year(&scratch).iter().any(|code| code.contains("收入总计")));
    // A package under another name, and the output of the other as it is.
    scratch.put("in/prior/防火中心/package.json", scratch.text("right/package.json"));
    let run = compile(&scratch);
    run.tells(&["上年数　prior/种苗站.json：", "上年数　prior/防火中心/package.json：", "个数加总作上年数", "＋"]);
    assert!(!asks_of_last_year(&scratch).iter().any(|code| code.contains("收入总计")), "the sum is known");
    let text = scratch.text("out/package.json");
    // 10.00 this year, 3.00 and 4.50 before.
    assert!(text.contains(&format!("本单位由{LEFT}、{RIGHT}合并组建，2023年度数为合并前各单位决算数之和。")));
    let told: Vec<&str> = text.split("与2023年度相比").collect();
    assert!(told.len() > 1 && told[1].contains("\"2.5\"") && told[1].contains("33.3"), "{}", told[1]);
    // Each sum stands in the list with the places of its parts.
    let taken = juesuan_read::grids(&scratch.path(LIST)).unwrap().remove(1);
    assert_eq!(taken.sheet, "上年数出处");
    let row = (0..taken.rows.len()).find(|row| taken.cell(*row, 1).as_str().starts_with("收入总计")).unwrap();
    let [amount, place] = [2, 3].map(|column| taken.cell(row, column).as_str().to_owned());
    assert!(
        amount.contains("75000.00") && place.contains("种苗站.json") && place.contains("防火中心"),
        "{amount} {place}"
    );
    // The published document of one of them says the same.
    std::fs::remove_dir_all(scratch.path("in/prior/防火中心")).unwrap();
    let document = scratch.files("right").into_iter().find(|(name, _)| name.ends_with("决算.docx")).unwrap().1;
    scratch.put("in/prior/防火中心2023年决算.docx", document);
    compile(&scratch).tells(&["上年数　prior/防火中心2023年决算.docx："]);
    let again = scratch.text("out/package.json");
    assert_eq!(again.split("与2023年度相比").nth(1).map(|told| told.contains("\"2.5\"")), Some(true));
    put_back(&scratch).ends_with(0).tells(&["可以公开。"]);
    scratch.run(&["compile", "in", "--out", "docs", "--formats", "docx"]).ends_with(0);
    scratch.run(&["check", "docs"]).ends_with(0);
}

#[test]
fn figures_of_a_body_before_a_merger_may_stand_in_the_sheet_and_a_figure_of_one_alone_is_no_sum() {
    let scratch = body("origin-sheet", &format!("由{LEFT}和{RIGHT}合并"));
    let rows = format!(
        "单位名称,指标,资金性质,金额\n{LEFT},收入总计,,30000\n{LEFT},支出总计,,30000\n{RIGHT},收入总计,,45000\n{RIGHT},支出总计,,45000\n{RIGHT},收入,一般公共预算,45000\n"
    );
    scratch.put("in/prior/上年数.csv", &rows);
    let run = compile(&scratch);
    run.tells(&[&format!("“上年数”表里“{LEFT}”的 2 个数"), &format!("“上年数”表里“{RIGHT}”的 3 个数")]);
    let asked = asks_of_last_year(&scratch);
    assert!(!asked.iter().any(|code| code.contains("收入总计") && !code.contains("fund")), "{asked:#?}");
    assert!(asked.iter().any(|code| code.contains("\"收入\"") && code.contains("一般公共预算")), "{asked:#?}");
    // A body that is neither is refused as before.
    scratch.put("in/prior/上年数.csv", rows.replace(LEFT, "青石县水产站"));
    compile(&scratch).ends_with(2).tells(&["“青石县水产站”不在部门的单位之列"]);
}

#[test]
fn a_split_says_that_its_base_is_not_comparable_and_compares_only_with_figures_that_somebody_gave() {
    let scratch = body("origin-split", &format!("从{LEFT}划出"));
    compile(&scratch).ends_with(1);
    assert_eq!(asks_of_last_year(&scratch), Vec::<String>::new());
    assert!(scratch.text("out/package.json").contains(&format!("2024年从{LEFT}划出")));
    assert!(scratch.text("out/package.json").contains("没有可比的上年数，不作比较"));
    before(&scratch, "left", LEFT, 300_000, "json");
    scratch.put("in/prior/种苗站.json", scratch.text("left/package.json"));
    compile(&scratch).tells(&[&format!("prior/种苗站.json：没有使用：“{LEFT}”是划出前的单位")]);
    scratch.put("in/prior/上年数.csv", "指标,金额\n收入总计,80000\n支出总计,80000\n");
    compile(&scratch).ends_with(1);
    let text = scratch.text("out/package.json");
    assert!(text.contains("与2023年度相比") && text.contains("2023年度数的口径与2024年度不同，不可比。"));
    assert!(!asks_of_last_year(&scratch).is_empty());
    // What another body was taken from keeps its own last year, with a word on it.
    let scratch = body("origin-rest", &format!("划出{RIGHT}"));
    compile(&scratch).ends_with(1);
    assert!(scratch.text("out/package.json").contains(&format!("{RIGHT}2024年从本单位划出，2023年度数含划出部分")));
}

#[test]
fn a_renamed_body_has_the_last_year_of_its_old_name_and_what_nobody_understands_is_refused() {
    let scratch = body("origin-renamed", &format!("由{LEFT}更名"));
    before(&scratch, "left", LEFT, 80_000, "json");
    scratch.put("in/prior/package.json", scratch.text("left/package.json"));
    compile(&scratch).tells(&["上年数　prior/package.json："]);
    assert!(!asks_of_last_year(&scratch).iter().any(|code| code.contains("收入总计")));
    scratch.edit("in/department.toml", |text| text.replace(&format!("由{LEFT}更名"), "搬到新址"));
    compile(&scratch).ends_with(2).tells(&["看不懂“搬到新址”", "department.toml 第1行"]);
}

#[test]
fn a_new_unit_of_an_old_department_is_told_by_its_own_row() {
    let scratch = bare("origin-unit", &units(2));
    scratch.edit("in/department.toml", |text| {
        text.replace("headquarters = false", "origin = \"新成立\"\nheadquarters = false")
    });
    compile(&scratch).ends_with(1);
    let asked = rows(&grid(&scratch, LIST));
    let of_last_year = |unit: &str| {
        let own = asked.iter().filter(|row| row[1] == unit);
        own.filter(|row| row[7].contains("2023")).count()
    };
    assert_eq!(of_last_year("青石县第1林场"), 0);
    assert!(of_last_year("") > 0 && of_last_year("青石县林业局（本级）") > 0);
}
