//! What stands behind: an item behind its amount, the whole behind its parts, last year behind a cause, one of several.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_model::DocumentKind;

use saying::of_kind as gives;

const EXPENSE: &str = "三、支出决算情况说明";
const FISCAL: &str = "四、财政拨款支出决算情况说明";
const THREE: &str = "七、“三公”经费支出情况";
const TOTAL: &str = "一、收入支出决算总体情况说明";

#[test]
fn an_amount_in_front_of_the_item_it_is_used_for_is_of_that_item() {
    gives(
        DocumentKind::Final,
        &[(FISCAL, &["31.40万元用于20701文化和旅游，主要用于场馆运转；", "8.20万元用于购买图书。"])],
        &["支出·财政拨款·20701 31.40万元"],
        &["8.20万元"],
    );
}

#[test]
fn the_amount_of_one_of_several_is_not_that_of_all() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务用车运行维护费6.60万元，平均每辆运行费2.20万元；人均公务接待费0.01万元。"])],
        &["支出·公务用车运行维护费 6.60万元"],
        &["2.20万元", "0.01万元"],
    );
}

#[test]
fn a_completion_behind_the_parts_is_that_of_the_whole_where_its_rate_is() {
    let parts = "财政拨款支出120.00万元，其中：基本支出45.00万元，项目支出75.00万元。";
    gives(
        DocumentKind::Final,
        &[(FISCAL, &[&format!("{parts}完成年初预算100.00万元的120.00%。")])],
        &[
            "支出·财政拨款 120.00万元",
            "支出·财政拨款·基本支出 45.00万元",
            "支出·财政拨款·项目支出 75.00万元",
            "支出·年初预算·财政拨款 100.00万元",
            "支出·财政拨款 完成年初预算 120.00%",
        ],
        &[],
    );
    // Right for neither: nobody can say of which.
    gives(
        DocumentKind::Final,
        &[(FISCAL, &[&format!("{parts}完成年初预算110.00万元的90.00%。")])],
        &["支出·财政拨款 120.00万元", "支出·财政拨款·基本支出 45.00万元", "支出·财政拨款·项目支出 75.00万元"],
        &["110.00万元", "90.00%"],
    );
}

#[test]
fn last_year_behind_the_cause_of_a_difference_from_the_budget_is_compared_with_again() {
    let budget =
        "公务接待费支出预算为8.00万元，支出决算为6.00万元，完成预算的75.00%，决算数小于预算数的主要原因是厉行节约，";
    let figures = [
        "支出·全年预算·公务接待费 8.00万元",
        "支出·公务接待费 6.00万元",
        "支出·公务接待费 完成全年预算 75.00%",
        "支出·公务接待费 比上年 -1.50万元",
        "支出·公务接待费 比上年增幅 -20.00%",
    ];
    gives(DocumentKind::Final, &[(THREE, &[&format!("{budget}与上年相比减少1.50万元，下降20.00%。")])], &figures, &[]);
    // A cause of its own tells it too; what was saved elsewhere does not.
    gives(
        DocumentKind::Final,
        &[(THREE, &[&format!("{budget}与上年相比减少1.50万元，减少的主要原因是批次减少。")])],
        figures.get(..4).unwrap(),
        &[],
    );
    gives(
        DocumentKind::Final,
        &[(THREE, &[&format!("{budget}较上年减少2.50万元。")])],
        figures.get(..3).unwrap(),
        &["2.50万元"],
    );
}

#[test]
fn the_other_total_behind_a_cause_is_told_again() {
    gives(
        DocumentKind::Final,
        &[(TOTAL, &["收入总计86.70万元，主要原因是项目资金增加；支出总计86.70万元。"])],
        &["收入总计 86.70万元", "支出总计 86.70万元"],
        &[],
    );
}

#[test]
fn guests_are_counted_and_a_budget_that_only_a_cause_names_is_named_nowhere() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务接待费3.20万元，全年共接待来访团组12个、来宾96人次。"])],
        &["支出·公务接待费 3.20万元", "批次·公务接待费 数量 12", "人次·公务接待费 数量 96"],
        &[],
    );
    gives(
        DocumentKind::Final,
        &[(FISCAL, &["财政拨款支出64.92万元，完成预算91.70%，决算数小于预算数的主要原因是年初预算估算偏大。"])],
        &["支出·财政拨款 64.92万元", "支出·财政拨款 完成全年预算 91.70%"],
        &[],
    );
}

#[test]
fn the_budget_of_the_year_before_is_another_amount_where_its_accounts_are_told() {
    let carried_out = "2022年预算执行数为3.10万元，2023年预算安排4.20万元。";
    gives(
        DocumentKind::Budget,
        &[(FISCAL, &["财政拨款支出2023年度预算4.20万元，2022年度预算3.60万元。", carried_out])],
        &[
            "支出·财政拨款 4.20万元",
            "支出·年初预算·2022·财政拨款 3.60万元",
            "支出·2022·财政拨款 3.10万元",
            "支出·财政拨款 4.20万元",
        ],
        &[],
    );
}

#[test]
fn a_bare_zero_behind_money_is_nothing_and_behind_anything_else_no_amount() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["“三公”经费支出3.20万元，其中：因公出国（境）费0、公务用车购置费为0，公务接待费3.20万元。"])],
        &[
            "支出·三公经费 3.20万元",
            "支出·因公出国（境）费 0万元",
            "支出·公务用车购置费 0万元",
            "支出·公务接待费 3.20万元",
        ],
        &[],
    );
}

#[test]
fn fewer_receptions_and_guests_are_changes_of_both() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["国内公务接待75批次610人次，比上年减少12批次90人次。"])],
        &["批次·国内接待 数量 75", "人次·国内接待 数量 610", "批次·国内接待 比上年 -12", "人次·国内接待 比上年 -90"],
        &[],
    );
}

#[test]
fn money_of_projects_that_a_list_names_is_not_that_of_all() {
    const RESULTS: &str = "十二、预算绩效情况说明";
    let named = "其中：“河道清淤”项目全年预算数80.00万元，执行数76.00万元；“堤防加固”项目45.00万元。";
    gives(
        DocumentKind::Final,
        &[(RESULTS, &[&format!("对3个项目开展绩效自评，涉及资金156.00万元。{named}")])],
        &["项目·绩效自评 数量 3", "支出·绩效自评 156.00万元"],
        &["80.00万元", "76.00万元", "45.00万元"],
    );
}

#[test]
fn a_share_is_of_nothing_smaller_than_its_part() {
    const BOUGHT: &str = "十、政府采购支出情况";
    gives(
        DocumentKind::Final,
        &[(
            BOUGHT,
            &[
                "政府采购支出总额305.00万元：货物86.00万元、工程130.00万元、服务89.00万元。其中授予中小企业合同金额274.50万元，占90%。",
            ],
        )],
        &[
            "支出·政府采购 305.00万元",
            "支出·货物采购 86.00万元",
            "支出·工程采购 130.00万元",
            "支出·服务采购 89.00万元",
            "支出·授予中小企业 274.50万元",
            "支出·授予中小企业 占[支出·政府采购] 90%",
        ],
        &[],
    );
}

#[test]
fn names_with_their_own_numbers_behind_respectively_are_parts() {
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &[
                "“三公”经费合计16.00万元，分别为：因公出国（境）费0万元、公务用车运行维护费11.00万元、公务接待费5.00万元。",
            ],
        )],
        &[
            "支出·三公经费 16.00万元",
            "支出·因公出国（境）费 0万元",
            "支出·公务用车运行维护费 11.00万元",
            "支出·公务接待费 5.00万元",
        ],
        &[],
    );
}

#[test]
fn parts_that_are_named_before_their_amounts_are_parts_of_what_was_told() {
    gives(
        DocumentKind::Final,
        &[(
            EXPENSE,
            &["本年支出合计90.00万元，由基本支出和项目支出组成，其中基本支出72.00万元，占80%；项目支出18.00万元。"],
        )],
        &["支出 90.00万元", "支出·基本支出 72.00万元", "支出·基本支出 占[支出] 80%", "支出·项目支出 18.00万元"],
        &[],
    );
}

#[test]
fn shares_in_a_row_are_those_of_the_amounts_before() {
    gives(
        DocumentKind::Final,
        &[(
            EXPENSE,
            &["本年支出合计90.00万元，由基本支出72.00万元和项目支出18.00万元构成，分别占本年支出的80%和20%。"],
        )],
        &[
            "支出 90.00万元",
            "支出·基本支出 72.00万元",
            "支出·项目支出 18.00万元",
            "支出·基本支出 占[支出] 80%",
            "支出·项目支出 占[支出] 20%",
        ],
        &[],
    );
}

#[test]
fn what_is_divided_a_second_time_is_the_whole() {
    const BOUGHT: &str = "十、政府采购情况";
    let parts = [
        "支出·政府采购 60.00万元",
        "支出·货物采购 45.00万元",
        "支出·服务采购 15.00万元",
        "支出·一般公共预算·政府采购 52.00万元",
        "支出·非财政拨款·政府采购 8.00万元",
    ];
    for text in [
        "政府采购预算60.00万元。按采购类别分，货物类45.00万元，服务类15.00万元；按资金来源分，一般公共预算资金52.00万元，单位自有资金8.00万元。",
        "政府采购预算60.00万元，其中：货物类45.00万元，服务类15.00万元；按资金来源分，一般公共预算资金52.00万元，单位自有资金8.00万元。",
    ] {
        gives(DocumentKind::Budget, &[(BOUGHT, &[text])], &parts, &[]);
    }
}

#[test]
fn a_numbered_project_has_money_of_its_own() {
    gives(
        DocumentKind::Final,
        &[(
            "一、基本情况",
            &["实际支出90.00万元。", "1.河道保洁项目。实际支出54.00万元。", "2.闸门改造工程。实际支出36.00万元。"],
        )],
        &["支出 90.00万元", "支出·项目支出·河道保洁项目 54.00万元", "支出·项目支出·闸门改造工程 36.00万元"],
        &[],
    );
}

#[test]
fn shares_in_brackets_are_of_the_section_where_several_amounts_have_one() {
    gives(
        DocumentKind::Final,
        &[(EXPENSE, &["基本支出72.00万元（80%），项目支出18.00万元（20%）。"])],
        &[
            "支出·基本支出 72.00万元",
            "支出·基本支出 占[支出] 80%",
            "支出·项目支出 18.00万元",
            "支出·项目支出 占[支出] 20%",
        ],
        &[],
    );
    gives(DocumentKind::Final, &[(EXPENSE, &["基本支出72.00万元（80%）。"])], &["支出·基本支出 72.00万元"], &["80%"]);
}

#[test]
fn items_of_what_the_organs_run_on_are_no_amounts_of_the_body() {
    gives(
        DocumentKind::Budget,
        &[(
            "三、机关运行经费安排情况",
            &["机关运行经费安排80.00万元，其中：办公费30.00万元，日常维修费10.00万元，公务用车运行维护费40.00万元。"],
        )],
        &["支出·机关运行经费 80.00万元", "支出·30201·机关运行经费 30.00万元", "支出·30231·机关运行经费 40.00万元"],
        &["10.00万元"],
    );
}

#[test]
fn a_name_that_begins_with_the_end_of_plus_keeps_it() {
    gives(
        DocumentKind::Final,
        &[(
            "一、财政收支决算情况",
            &["一般公共预算收入86.00亿元，加上级补助收入40.00亿元、债券转贷收入2.00亿元，收入总计128.00亿元。"],
        )],
        &[
            "收入·一般公共预算 86.00亿元",
            "收入·一般公共预算·上级补助收入 40.00亿元",
            "收入·一般公共预算·债券转贷收入 2.00亿元",
            "收入总计·一般公共预算 128.00亿元",
        ],
        &[],
    );
}
