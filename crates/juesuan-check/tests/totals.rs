//! What a paragraph says a total is made of: complete where nothing else is printed anywhere, and never more than the total.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_check::{Named, Trial, check_all};
use juesuan_model::Severity;
use juesuan_write::report::{Teller, ToldFinding};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

/// The findings of the laws in a text below a cover.
fn laws(text: &str) -> Vec<(Severity, String)> {
    let content = format!("云溪县图书馆2022年度部门决算\n{text}\n");
    let pages = juesuan_read::pages_of("a.txt", content.as_bytes()).unwrap();
    let package = juesuan_recognize::document(&pages, &CATALOG).package;
    let reports = check_all(&[Named { file: "a.txt", package: &package }], &CATALOG, &[], Trial::default());
    let report = reports.first().unwrap();
    let teller = Teller::new(&CATALOG, &package, report, "");
    let told = report.findings.iter().map(|finding| ToldFinding::new(finding, &teller));
    told.filter(|finding| finding.code.starts_with("LW")).map(|finding| (finding.severity, finding.message)).collect()
}

/// One finding as grave as this, whose words have all of these.
#[track_caller]
fn one(severity: Severity, text: &str, words: &[&str]) {
    let found = laws(text);
    let [(own, message)] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(*own, severity, "{message}");
    for word in words {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[track_caller]
fn nothing(text: &str) {
    let found = laws(text);
    assert!(found.iter().all(|(severity, _)| *severity == Severity::Notice), "{found:#?}");
}

const TOTAL: &str = "一、收入支出决算总体情况说明\n2022年度";

#[test]
fn a_grand_total_is_what_its_paragraph_names_where_nothing_else_is_printed() {
    let text = |closing: &str| {
        format!(
            "{TOTAL}收入总计84.00万元，其中：本年收入80.00万元，年初结转和结余4.00万元。支出总计84.00万元，其中：本年支出78.00万元，年末结转和结余{closing}万元。"
        )
    };
    nothing(&text("6.00"));
    one(Severity::Error, &text("5.00"), &["84.00", "78.00"]);
    // More than the total is wrong whatever else there is; less is not, where something else is printed.
    let other = "\n二、其他\n结余分配1.00万元。";
    one(Severity::Error, &format!("{}{other}", text("7.00")), &["84.00", "78.00"]);
    nothing(&format!("{}{other}", text("5.00")));
}

#[test]
fn natures_and_sources_stand_for_the_income_and_the_expense() {
    let text = |carried: &str| {
        format!(
            "{TOTAL}收入总计84.00万元，其中上年结转4.00万元、财政拨款收入70.00万元、其他收入10.00万元；支出总计84.00万元，其中基本支出50.00万元、项目支出28.00万元、结转下年{carried}万元。"
        )
    };
    nothing(&text("6.00"));
    one(Severity::Error, &text("9.00"), &["84.00"]);
}

#[test]
fn what_was_there_and_came_is_what_went_and_is_left() {
    let text = |closing: &str| {
        format!("{TOTAL}年初结转和结余5.00万元，本年收入60.00万元，本年支出58.00万元，年末结转和结余{closing}万元。")
    };
    nothing(&text("7.00"));
    one(Severity::Error, &text("9.00"), &["58.00"]);
}

#[test]
fn the_items_of_a_total_are_not_more_than_it() {
    let text = |second: &str| {
        format!(
            "六、一般公共预算财政拨款支出决算具体情况\n2022年度一般公共预算财政拨款支出决算30.00万元。其中：\n\
             1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）。支出决算为20.00万元。\n\
             2.住房保障支出（类）住房改革支出（款）住房公积金（项）。支出决算为{second}万元。"
        )
    };
    nothing(&text("8.00"));
    one(Severity::Error, &text("14.00"), &["30.00", "20.00"]);
}

#[test]
fn the_total_of_fiscal_money_over_all_is_a_warning() {
    let text = "一、收入支出决算总体情况说明\n2022年度收入总计、支出总计均为52.00万元。\n四、财政拨款收入支出决算总体情况说明\n2022年度财政拨款收入总计、支出总计均为54.00万元。";
    let found = laws(text);
    assert!(!found.is_empty() && found.iter().all(|(severity, _)| *severity == Severity::Warning), "{found:#?}");
}

#[test]
fn a_list_that_says_what_the_rest_is_without_its_amount_is_not_all_there_is() {
    let list = "三、支出决算情况说明\n本年支出合计84.00万元，其中：农林水支出60.00万元，社会保障和就业支出20.00万元";
    nothing(&format!("{list}，其余为卫生健康支出、住房保障支出。"));
    nothing(&format!("{list}；余下的是卫生健康支出。"));
    one(Severity::Error, &format!("{list}。"), &["84.00", "60.00"]);
}

#[test]
fn a_pasted_text_says_the_same_wherever_its_lines_are_broken() {
    let text = |spent: &str| {
        format!(
            "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出年初预算为84.00万元，其中：农林水支出64.00万元，住房保障支出20.00万元；\n\
             按支出性质分，基本支出60.00万元，项目支出24.00万元。支出决算为90.00万元，完成年初预算的107.14%；\n按支出性质分，基本支出61.00万元，项目支出{spent}万元。\n\
             六、支出决算情况说明\n一般公共预算财政拨款支出90.00万元，其中：基本支出61.00万元，项目支出29.00万元。"
        )
    };
    let broken = |text: &str, width: usize| {
        let line = |line: &str| {
            line.chars().collect::<Vec<_>>().chunks(width).map(|c| c.iter().collect()).collect::<Vec<String>>()
        };
        text.lines().flat_map(line).collect::<Vec<String>>().join("\n\n")
    };
    for width in [20, 24, 31, 200] {
        nothing(&broken(&text("29.00"), width));
        one(Severity::Error, &broken(&text("92.00"), width), &["29.00", "92.00"]);
    }
}
