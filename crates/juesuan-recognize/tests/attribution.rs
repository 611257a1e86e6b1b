//! Whose amount a number is: last year's, a difference's, the base of a rate, one of two, the whole of a row, another area's.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_model::{DocumentKind, Statement};

use saying::of_kind as gives;

const INCOME: &str = "二、收入决算情况说明";
const THREE: &str = "七、“三公”经费支出情况";

#[test]
fn an_amount_behind_what_is_compared_with_is_that() {
    gives(
        DocumentKind::Final,
        &[(
            INCOME,
            &[
                "本年收入合计52.60万元，比上年决算数50.10万元增加2.50万元。",
                "事业收入3.10万元，较上年4.00万元，减少0.90万元。",
            ],
        )],
        &[
            "收入 52.60万元",
            "收入·2022 50.10万元",
            "收入 比上年 2.50万元",
            "收入·事业收入 3.10万元",
            "收入·2022·事业收入 4.00万元",
            "收入·事业收入 比上年 -0.90万元",
        ],
        &[],
    );
    // Without a number of its own the direction may be that of the amount.
    gives(
        DocumentKind::Final,
        &[(INCOME, &["本年收入合计52.60万元，较上年2.50万元增加。"])],
        &["收入 52.60万元"],
        &["2.50万元"],
    );
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务接待费2.05万元，较上年2.08减少0.03万元。"])],
        &["支出·公务接待费 2.05万元", "支出·2022·公务接待费 2.08万元", "支出·公务接待费 比上年 -0.03万元"],
        &[],
    );
}

#[test]
fn an_excess_is_no_amount() {
    gives(
        DocumentKind::Final,
        &[(
            "五、一般公共预算财政拨款支出决算情况说明",
            &["一般公共预算财政拨款支出年初预算为90.00万元，支出决算为93.50万元，决算数大于年初预算数3.50万元。"],
        )],
        &[
            "支出·年初预算·一般公共预算 90.00万元",
            "支出·一般公共预算 93.50万元",
            "支出·一般公共预算 比年初预算 3.50万元",
        ],
        &[],
    );
}

#[test]
fn the_base_of_a_rate_stands_inside_it_and_the_rate_of_a_change_in_brackets() {
    gives(
        DocumentKind::Final,
        &[(
            "三、支出决算情况说明",
            &["本年支出合计80.00万元，其中：基本支出60.00万元，占本年支出80.00万元的75%；项目支出20.00万元，占25%。"],
        )],
        &[
            "支出 80.00万元",
            "支出·基本支出 60.00万元",
            "支出 80.00万元",
            "支出·基本支出 占[支出] 75%",
            "支出·项目支出 20.00万元",
            "支出·项目支出 占[支出] 25%",
        ],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务接待费3.00万元，完成年初预算4.00万元的75.0%，较上年减少1.00万元（25.0%）。"])],
        &[
            "支出·公务接待费 3.00万元",
            "支出·年初预算·公务接待费 4.00万元",
            "支出·公务接待费 完成年初预算 75.0%",
            "支出·公务接待费 比上年 -1.00万元",
            "支出·公务接待费 比上年增幅 -25.0%",
        ],
        &[],
    );
}

#[test]
fn two_numbers_belong_to_two_things_in_turn() {
    gives(
        DocumentKind::Final,
        &[(
            "一、收入支出决算总体情况说明",
            &["收、支总计各为41.20、43.10万元，较上年各增长1.20、2.10万元，各上升3.0%、5.1%。"],
        )],
        &[
            "收入总计 41.20万元",
            "支出总计 43.10万元",
            "收入总计 比上年 1.20万元",
            "支出总计 比上年 2.10万元",
            "收入总计 比上年增幅 3.0%",
            "支出总计 比上年增幅 5.1%",
        ],
        &[],
    );
}

#[test]
fn one_number_behind_a_row_of_names_is_that_of_their_whole_or_of_nobody() {
    let whole = ["公务接待费、因公出国（境）费、公车购置费、公车运行费（“三公”经费）决算总额90万元，比上年下降1.5%。"];
    gives(DocumentKind::Final, &[("", &whole)], &["支出·三公经费 90万元", "支出·三公经费 比上年增幅 -1.5%"], &[]);
    let all = ["公务用车购置费和公务用车运行费支出7.00万元。"];
    gives(DocumentKind::Final, &[(THREE, &all)], &["支出·公务用车购置及运行维护费 7.00万元"], &[]);
    gives(DocumentKind::Final, &[(THREE, &["公务接待费和公务用车运行费支出7.00万元。"])], &[], &["7.00万元"]);
}

#[test]
fn a_heading_tells_the_year_and_the_budget_of_what_stands_below_it() {
    gives(
        DocumentKind::Final,
        &[
            ("一、2023年年初预算", &["“三公”经费预算9.00万元，其中：公务接待费支出决算4.00万元。"]),
            (
                "二、2022年“三公”经费决算",
                &["“三公”经费合计支出8.00万元，其中：公务接待费3.50万元，较上年减少0.20万元。"],
            ),
        ],
        &[
            "支出·年初预算·三公经费 9.00万元",
            "支出·年初预算·公务接待费 4.00万元",
            "支出·2022·三公经费 8.00万元",
            "支出·2022·公务接待费 3.50万元",
            "支出·2022·公务接待费 比上年 -0.20万元",
        ],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[("", &["2022年“三公”经费决算合计8.00万元，其中：公务接待费3.50万元、公务用车购置费4.50万元。"])],
        &["支出·2022·三公经费 8.00万元", "支出·2022·公务接待费 3.50万元", "支出·2022·公务用车购置费 4.50万元"],
        &[],
    );
}

#[test]
fn an_area_and_its_own_government_have_two_amounts() {
    let both = ["全县“三公”经费决算60万元。", "县直“三公”经费决算25万元，其中：公务接待费5万元。"];
    gives(
        DocumentKind::Final,
        &[("", &both)],
        &["支出·三公经费 60万元", "支出·三公经费·本级 25万元", "支出·公务接待费·本级 5万元"],
        &[],
    );
    gives(DocumentKind::Final, &[("", &both[1..])], &["支出·三公经费 25万元", "支出·公务接待费 5万元"], &[]);
}

#[test]
fn money_of_a_purchase_by_fund_is_no_amount_of_that_fund() {
    gives(
        DocumentKind::Budget,
        &[(
            "六、其他事项",
            &["政府采购预算80000元。", "按政府采购资金类型划分，一般公共预算拨款50000元，财政专户管理的资金30000元。"],
        )],
        &["支出·政府采购 80000元", "支出·一般公共预算·政府采购 50000元", "支出·财政专户管理资金·政府采购 30000元"],
        &[],
    );
}

#[test]
fn a_change_of_a_count_is_no_count_and_a_description_names_nothing() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务用车保有量较上年减少2辆，主要是公车改革，公务用车保有量减少3辆。"])],
        &["车辆·财政拨款开支车辆 比上年 -2"],
        &["3辆"],
    );
    gives(
        DocumentKind::Final,
        &[(INCOME, &["财政拨款收入40.00万元，为一般公共预算资金。较上年减少2.00万元。"])],
        &["收入·财政拨款 40.00万元", "收入·财政拨款 比上年 -2.00万元"],
        &[],
    );
}

#[test]
fn codes_with_their_names_are_items_and_a_year_without_its_character_is_no_digit() {
    gives(
        DocumentKind::Final,
        &[(
            "一、支出决算说明",
            &["一般公共预算支出数为900万元。其中：", "1、20404-检察300万元，较2022年决算数增加20万元。"],
        )],
        &["支出·一般公共预算 900万元", "支出·一般公共预算·20404 300万元", "支出·一般公共预算·20404 比上年 20万元"],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[("一、一般公共预算支出决算说明", &["1.20404 检察300万元，比上年增长5.00%。", "2、法院（20405）600万元。"])],
        &[
            "支出·一般公共预算·20404 300万元",
            "支出·一般公共预算·20404 比上年增幅 5.00%",
            "支出·一般公共预算·20405 600万元",
        ],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[(
            "一、收入支出决算总体情况说明",
            &["2023年度收、支总计216.20万元。与2022252.80万元相比，收、支总计各减少36.60万元。"],
        )],
        &[
            "支出总计+收入总计 216.20万元",
            "支出总计·2022+收入总计·2022 252.80万元",
            "支出总计+收入总计 比上年 -36.60万元",
        ],
        &[],
    );
}

#[test]
fn guests_from_abroad_and_people_in_service_are_told_apart() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["国内公务接待批次20个，接待人次300人；国（境）外公务接待批次2个，接待人次9人。"])],
        &["批次·国内接待 数量 20", "人次·国内接待 数量 300", "批次·外宾接待 数量 2", "人次·外宾接待 数量 9"],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[("一、基本情况", &["年末实有人数30人，其中在职人员22人，退休人员8人。"])],
        &["实有人数 数量 30", "在职人数 数量 22", "退休人数 数量 8"],
        &[],
    );
}

#[test]
fn a_year_inside_what_something_was_for_is_no_year_of_what_follows() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务用车运行维护费6.20万元，主要是2021年报废两台车；公务接待费1.30万元。"])],
        &["支出·公务用车运行维护费 6.20万元", "支出·公务接待费 1.30万元"],
        &[],
    );
}

#[test]
fn the_rates_behind_a_row_go_through_it_again() {
    gives(
        DocumentKind::Final,
        &[(
            "一、收入支出决算总体情况说明",
            &[
                "2023年收入、支出总计分别为640.00万元和660.00万元，与上年相比分别增加40.00万元、60.00万元，增长6.67%、10.00%。",
            ],
        )],
        &[
            "收入总计 640.00万元",
            "支出总计 660.00万元",
            "收入总计 比上年 40.00万元",
            "支出总计 比上年 60.00万元",
            "收入总计 比上年增幅 6.67%",
            "支出总计 比上年增幅 10.00%",
        ],
        &[],
    );
}

#[test]
fn what_is_named_behind_a_row_has_its_own_number() {
    gives(
        DocumentKind::Final,
        &[(INCOME, &["本年收入、本年支出分别为52.00万元、50.00万元，其他收入2.00万元。"])],
        &["收入 52.00万元", "支出 50.00万元", "收入·其他收入 2.00万元"],
        &[],
    );
}

#[test]
fn things_are_counted_in_turn() {
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &["公务用车购置数及保有量分别为2辆、7辆；国内公务接待批次、人数分别为9批次、81人次；参加人数比上届多3人。"],
        )],
        &["购置车辆 数量 2", "车辆·财政拨款开支车辆 数量 7", "批次·国内接待 数量 9", "人次·国内接待 数量 81"],
        &[],
    );
}

#[test]
fn a_total_behind_a_list_is_not_of_its_last_item() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务用车运行维护费8.00万元，公务接待费1.50万元，合计9.50万元。"])],
        &["支出·公务用车运行维护费 8.00万元", "支出·公务接待费 1.50万元"],
        &["9.50万元"],
    );
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务用车购置费6.00万元，公务用车运行维护费8.00万元，共计14.00万元。"])],
        &[
            "支出·公务用车购置费 6.00万元",
            "支出·公务用车运行维护费 8.00万元",
            "支出·公务用车购置及运行维护费 14.00万元",
        ],
        &[],
    );
}

#[test]
fn a_change_in_the_paragraph_behind_a_list_is_of_nobody() {
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &["“三公”经费9.50万元，其中：公务接待费1.50万元，公务用车运行维护费8.00万元。", "比上年增加0.50万元。"],
        )],
        &["支出·三公经费 9.50万元", "支出·公务接待费 1.50万元", "支出·公务用车运行维护费 8.00万元"],
        &["0.50万元"],
    );
}

#[test]
fn some_of_the_projects_are_not_all_of_them() {
    gives(
        DocumentKind::Final,
        &[(
            "十、预算绩效情况说明",
            &["对2023年度9个项目开展了绩效自评，其中一级项目3个、二级项目6个。自评等级为优的项目7个，良的项目2个。"],
        )],
        &["项目·绩效自评 数量 9", "项目·绩效自评优 数量 7", "项目·绩效自评良 数量 2"],
        &[],
    );
}

#[test]
fn what_was_bought_and_what_was_run_are_those_of_vehicles_only_below_vehicles() {
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &[
                "公务用车购置及运行维护费26.00万元（购置费18.00万元，运行费8.00万元）。",
                "设备采购情况：购置费3.00万元。",
            ],
        )],
        &[
            "支出·公务用车购置及运行维护费 26.00万元",
            "支出·公务用车购置费 18.00万元",
            "支出·公务用车运行维护费 8.00万元",
        ],
        &["3.00万元"],
    );
}

#[test]
fn what_has_the_expense_of_the_year_as_a_part_is_the_grand_total() {
    gives(
        DocumentKind::Final,
        &[(
            "一、收入支出决算总体情况说明",
            &["本单位2023年度总支出95.00万元，其中本年支出88.00万元，年末结转和结余7.00万元。"],
        )],
        &["支出总计 95.00万元", "支出 88.00万元", "年末结转和结余 7.00万元"],
        &[],
    );
}

#[test]
fn not_above_the_budget_is_no_direction() {
    let read = saying::read(
        DocumentKind::Final,
        "",
        &[(THREE, &["“三公”经费决算数12.00万元，决算数未超过2023年预算数，预算数为15.00万元。"])],
    );
    assert!(read.claims.is_empty(), "{:?}", read.claims);
}

#[test]
fn a_row_may_have_a_comma_between_its_numbers() {
    gives(
        DocumentKind::Final,
        &[(
            "一、收入支出决算总体情况说明",
            &["收、支总计各是640.25，655.75万元。与上年相比，收、支总计各减少40.25，60.75万元。"],
        )],
        &["收入总计 640.25万元", "支出总计 655.75万元", "收入总计 比上年 -40.25万元", "支出总计 比上年 -60.75万元"],
        &[],
    );
}

#[test]
fn last_years_budget_is_nothing_that_final_accounts_compare_with() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务接待费15.50万元，比上年预算数字下降18.42%，比上年决算数字下降16.22%。"])],
        &["支出·公务接待费 15.50万元", "支出·公务接待费 比上年增幅 -16.22%"],
        &["18.42%"],
    );
}

#[test]
fn a_row_of_numbers_for_one_name_is_of_nobody() {
    gives(
        DocumentKind::Final,
        &[("十一、政府采购支出情况", &["市本级、各县区政府采购支出总额分别为26.30万元和34.70万元，合计61.00万元。"])],
        &["支出·政府采购 61.00万元"],
        &["26.30万元", "34.70万元"],
    );
}

#[test]
fn a_comparison_in_known_words_ends_the_cause_before_it() {
    gives(
        DocumentKind::Final,
        &[(
            "五、一般公共预算财政拨款支出决算情况说明",
            &[
                "一般公共预算财政拨款支出210.00万元，比上年增加10.00万元，主要原因是教师调资；支出决算为年初预算的105%，决算数比年初预算数多10.00万元。",
            ],
        )],
        &[
            "支出·一般公共预算 210.00万元",
            "支出·一般公共预算 比上年 10.00万元",
            "支出·一般公共预算 完成年初预算 105%",
            "支出·一般公共预算 比年初预算 10.00万元",
        ],
        &[],
    );
    // Words that nobody knows go on with the cause.
    gives(
        DocumentKind::Final,
        &[(INCOME, &["本年收入合计52.60万元，比上年增加2.50万元，主要原因是新设教学点；另拨校车款2.00万元。"])],
        &["收入 52.60万元", "收入 比上年 2.50万元"],
        &["2.00万元"],
    );
}

#[test]
fn behind_a_bracket_with_last_years_amount_changes_compare_with_it() {
    gives(
        DocumentKind::Final,
        &[("三、支出决算情况说明", &["本年支出合计88.00万元（2022年度为80.00万元），增加8.00万元，增长10%。"])],
        &["支出 88.00万元", "支出·2022 80.00万元", "支出 比上年 8.00万元", "支出 比上年增幅 10%"],
        &[],
    );
}

#[test]
fn directions_of_which_none_was_struck_out_say_nothing() {
    for open in ["大于（小于）", "小于/大于"] {
        let text =
            format!("“三公”经费年初预算为5.00万元，支出决算为4.20万元，决算数{open}年初预算数的主要原因是来访减少。");
        let read = saying::read(DocumentKind::Final, "", &[(THREE, &[text.as_str()])]);
        let directed = |statement: &Statement| matches!(statement, Statement::Up(_) | Statement::Down(_));
        assert!(!read.claims.iter().any(|claim| directed(&claim.statement)), "{open}: {:?}", read.claims);
    }
}

#[test]
fn own_money_is_a_source_of_procurement_and_no_income_elsewhere() {
    gives(
        DocumentKind::Budget,
        &[(
            "三、政府采购预算情况",
            &["政府采购预算总额30.00万元。按资金来源分：一般公共预算拨款24.00万元，单位自有资金6.00万元。"],
        )],
        &["支出·政府采购 30.00万元", "支出·一般公共预算·政府采购 24.00万元", "支出·非财政拨款·政府采购 6.00万元"],
        &[],
    );
    gives(
        DocumentKind::Budget,
        &[("二、收入预算情况", &["收入预算30.00万元，单位自有资金6.00万元。"])],
        &["收入 30.00万元"],
        &["6.00万元"],
    );
}
