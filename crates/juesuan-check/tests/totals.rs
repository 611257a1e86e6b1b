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

#[test]
fn a_total_that_its_parts_and_their_shares_contradict_is_one_fault_beside_kinds_that_are_nothing() {
    one(
        Severity::Error,
        "三、支出决算情况说明\n本年支出合计96.00万元，其中：基本支出64.00万元，占74.42%；项目支出22.00万元，占25.58%；上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。",
        &["本年支出合计为96.00万元", "应为86.00万元"],
    );
}

#[test]
fn the_amount_of_last_year_printed_for_a_decrease_is_named() {
    one(
        Severity::Error,
        "三、机关运行经费\n2022年度机关运行经费支出54.00万元，较2021年减少60.00万元，下降10%，主要原因是印刷费减少。",
        &["-60.00万元", "-6.00万元", "把上年数写成了增减额"],
    );
}

#[test]
fn what_is_bought_is_not_less_than_what_is_paid_for_it() {
    let text = |own: &str| {
        format!(
            "四、政府采购情况\n2022年度政府采购支出18.00万元。按资金来源分：一般公共预算12.00万元，政府性基金0万元，单位自有资金{own}万元。"
        )
    };
    nothing(&text("6.00"));
    nothing(&text("5.00"));
    one(Severity::Error, &text("7.00"), &["18.00", "12.00", "7.00"]);
}

#[test]
fn amounts_in_whole_units_are_rounded_though_changes_print_decimals() {
    nothing(
        "五、收入情况\n收入合计39万元，比上年增加5.7万元。其中：财政拨款收入10万元，比上年增加0.4万元，增长4.3%；事业收入18万元，比上年增加3.1万元，增长20.3%；其他收入12万元，比上年增加2.2万元，增长23.2%。",
    );
}

#[test]
fn a_wrong_change_of_income_and_the_same_of_expense_are_two_statements() {
    let budget = |year: u16, amount: &str, more: &str| {
        format!(
            "{year}年区级部门预算\n预算主管部门：云溪区图书馆\n{year}年部门预算编制说明\n{year}年，云溪区图书馆收入预算{amount}万元，其中：财政拨款收入{amount}万元，比{}年预算增加{more}万元。\n支出预算{amount}万元，其中：财政拨款支出预算{amount}万元，比{}年预算增加{more}万元。\n财政拨款收入支出增加的主要原因是购置新书。\n",
            year - 1,
            year - 1
        )
    };
    let texts = [budget(2022, "410.00", "12.00"), budget(2023, "452.00", "72.00")];
    let packages = texts.map(|text| {
        let pages = juesuan_read::pages_of("a.txt", text.as_bytes()).unwrap();
        juesuan_recognize::document(&pages, &CATALOG).package
    });
    let [before, now] = &packages;
    let named = [Named { file: "2022.txt", package: before }, Named { file: "2023.txt", package: now }];
    let reports = check_all(&named, &CATALOG, &[], Trial::default());
    let found = reports.iter().flat_map(|report| &report.findings).filter(|finding| finding.code == "LW004");
    assert_eq!(found.count(), 2, "{reports:#?}");
}
