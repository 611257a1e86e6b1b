//! What goes on from one paragraph, item or sentence to the next, and what nobody can say of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_model::DocumentKind;

use saying::of_kind as gives;

const INCOME: &str = "二、收入决算情况说明";
const EXPENSE: &str = "三、支出决算情况说明";
const GENERAL: &str = "五、一般公共预算财政拨款支出决算情况说明";
const THREE: &str = "七、“三公”经费支出情况";

#[test]
fn a_paragraph_behind_one_that_ends_in_a_semicolon_goes_on_with_its_sentence() {
    gives(
        DocumentKind::Final,
        &[(
            GENERAL,
            &[
                "一般公共预算财政拨款支出年初预算为84.00万元，其中：农林水支出（类）84.00万元；",
                "按支出性质分，基本支出60.00万元，项目支出24.00万元。",
            ],
        )],
        &[
            "支出·年初预算·一般公共预算 84.00万元",
            "支出·年初预算·一般公共预算·213 84.00万元",
            "支出·年初预算·一般公共预算·基本支出 60.00万元",
            "支出·年初预算·一般公共预算·项目支出 24.00万元",
        ],
        &[],
    );
}

#[test]
fn an_item_with_a_number_of_its_own_begins_again_behind_a_semicolon() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["1.公务接待费年初预算4.00万元；", "2.公务用车运行维护费9.00万元。"])],
        &["支出·年初预算·公务接待费 4.00万元", "支出·公务用车运行维护费 9.00万元"],
        &[],
    );
}

#[test]
fn a_paragraph_that_begins_with_its_parts_goes_on_with_the_stage_of_the_whole() {
    gives(
        DocumentKind::Final,
        &[(EXPENSE, &["本年支出年初预算为84.00万元。", "其中：基本支出60.00万元，项目支出24.00万元。"])],
        &["支出·年初预算 84.00万元", "支出·年初预算·基本支出 60.00万元", "支出·年初预算·项目支出 24.00万元"],
        &[],
    );
}

#[test]
fn what_was_spent_without_a_name_behind_a_list_is_that_of_nobody() {
    let listed = "本年支出84.00万元，其中：基本支出60.00万元，项目支出24.00万元";
    let figures = ["支出 84.00万元", "支出·基本支出 60.00万元", "支出·项目支出 24.00万元"];
    for mark in ["。", "；"] {
        let text = format!("{listed}{mark}支出决算为90.00万元，增加6.00万元。");
        gives(DocumentKind::Final, &[(EXPENSE, &[&text])], &figures, &["90.00万元", "6.00万元"]);
    }
    // Kinds without amounts divide nothing.
    gives(
        DocumentKind::Final,
        &[(EXPENSE, &["项目支出主要用于防汛，包括堤防、清淤等方面。年初预算为20.00万元，支出决算为24.00万元。"])],
        &["支出·年初预算·项目支出 20.00万元", "支出·项目支出 24.00万元"],
        &[],
    );
    // What has a name is told of again; what came in is no part of what was spent.
    let text = format!("{listed}。项目支出24.00万元；收入90.00万元。");
    let more = [&figures[..], &["支出·项目支出 24.00万元", "收入 90.00万元"]].concat();
    gives(DocumentKind::Final, &[(EXPENSE, &[&text])], &more, &[]);
}

#[test]
fn what_is_compared_with_last_year_behind_a_list_is_that_of_nobody() {
    gives(
        DocumentKind::Final,
        &[(
            INCOME,
            &[
                "收入合计84.00万元，其中：事业收入60.00万元，其他收入24.00万元。与2022年度收入决算数80.00万元相比增加4.00万元。",
            ],
        )],
        &["收入 84.00万元", "收入·事业收入 60.00万元", "收入·其他收入 24.00万元"],
        &["80.00万元", "4.00万元"],
    );
}

#[test]
fn what_goes_on_behind_the_amount_of_one_of_several_speaks_of_that_one() {
    for (one, unread) in [
        ("车均运行维护费3.00万元，下降2.00%", &["3.00万元", "2.00%"][..]),
        ("按每人每月1500元发放，合计9.00万元", &["1500元", "9.00万元"]),
        ("每车每月500元，全年支出9.00万元", &["500元", "9.00万元"]),
        ("单车运行费比上年下降2.00%", &["2.00%"]),
    ] {
        let text = format!("公务用车运行维护费9.00万元，{one}。公务接待费1.00万元。");
        let figures = ["支出·公务用车运行维护费 9.00万元", "支出·公务接待费 1.00万元"];
        gives(DocumentKind::Final, &[(THREE, &[&text])], &figures, unread);
    }
}
