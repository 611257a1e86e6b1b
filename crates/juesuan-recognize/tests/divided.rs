//! What is divided, and by what: twice, by names without amounts, by what is added up, by what it is made of.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_model::DocumentKind;

use saying::of_kind as gives;

const INCOME: &str = "二、收入决算情况说明";
const EXPENSE: &str = "三、支出决算情况说明";
const BASIC: &str = "六、一般公共预算财政拨款基本支出决算情况说明";
const BOUGHT: &str = "十一、政府采购支出说明";
const GOVERNMENT: &str = "一、一般公共预算收支决算情况";
const BALANCED: &str = "四、收支平衡情况";

#[test]
fn what_a_sentence_of_its_own_divides_again_is_what_the_paragraph_told_of() {
    gives(
        DocumentKind::Final,
        &[(
            BOUGHT,
            &[
                "政府采购支出总额90.00万元，其中：货物支出30.00万元、工程支出0.00万元、服务支出60.00万元。按资金来源划分，一般公共预算支出70.00万元，政府性基金支出20.00万元。",
            ],
        )],
        &[
            "支出·政府采购 90.00万元",
            "支出·货物采购 30.00万元",
            "支出·工程采购 0.00万元",
            "支出·服务采购 60.00万元",
            "支出·一般公共预算·政府采购 70.00万元",
            "支出·政府性基金·政府采购 20.00万元",
        ],
        &[],
    );
}

#[test]
fn an_income_of_a_fund_and_one_of_a_source_that_and_stands_between_are_two() {
    gives(
        DocumentKind::Final,
        &[(
            INCOME,
            &[
                "收入合计80.00万元，由财政拨款收入和其他收入组成，其中：财政拨款收入60.00万元，占75.00%；其他收入20.00万元，占25.00%。",
            ],
        )],
        &[
            "收入 80.00万元",
            "收入·财政拨款 60.00万元",
            "收入·财政拨款 占[收入] 75.00%",
            "收入·其他收入 20.00万元",
            "收入·其他收入 占[收入] 25.00%",
        ],
        &[],
    );
}

#[test]
fn a_rate_of_a_budget_says_nothing_of_the_stage_of_what_follows() {
    gives(
        DocumentKind::Final,
        &[(
            GOVERNMENT,
            &["一般公共预算收入30.00亿元，为调整预算的102.00%，其中：税收收入21.00亿元，非税收入9.00亿元。"],
        )],
        &[
            "收入·一般公共预算 30.00亿元",
            "收入·一般公共预算 完成全年预算 102.00%",
            "收入·税收收入 21.00亿元",
            "收入·非税收入 9.00亿元",
        ],
        &[],
    );
}

#[test]
fn what_only_governments_add_is_of_the_fund_before_it() {
    let means = [
        "收入·政府性基金 20.00亿元",
        "收入·政府性基金·调入资金 3.00亿元",
        "收入总计·政府性基金 23.00亿元",
        "支出·政府性基金 18.00亿元",
        "支出·政府性基金·调出资金 2.00亿元",
        "支出总计·政府性基金 20.00亿元",
    ];
    for (first, second) in [("加", "加"), ("", ""), ("加上", "加上")] {
        let text = format!(
            "政府性基金收入20.00亿元，{first}调入资金3.00亿元，收入总量23.00亿元。政府性基金支出18.00亿元，{second}调出资金2.00亿元，支出总量20.00亿元。"
        );
        gives(DocumentKind::Final, &[(BALANCED, &[&text])], &means, &[]);
    }
}

#[test]
fn a_purpose_before_the_name_of_what_the_heading_tells_of_is_its_attribute() {
    gives(
        DocumentKind::Final,
        &[(
            BASIC,
            &[
                "用于保障机构正常运转、完成日常工作的基本支出50.00万元。其中：基本工资、津贴补贴等人员经费支出40.00万元，占基本支出的80.00%；办公费等公用经费10.00万元，占基本支出的20.00%。",
            ],
        )],
        &[
            "支出·一般公共预算·基本支出 50.00万元",
            "支出·一般公共预算·人员经费 40.00万元",
            "支出·一般公共预算·人员经费 占[支出·一般公共预算·基本支出] 80.00%",
            "支出·一般公共预算·公用经费 10.00万元",
            "支出·一般公共预算·公用经费 占[支出·一般公共预算·基本支出] 20.00%",
        ],
        &[],
    );
    // Behind an amount it says what that was used for.
    gives(
        DocumentKind::Final,
        &[(EXPENSE, &["支出合计60.00万元，主要用于保障机构运转的项目支出20.00万元。"])],
        &["支出 60.00万元"],
        &["20.00万元"],
    );
}

const THREE: &str = "七、“三公”经费支出决算情况说明";

#[test]
fn parts_that_add_up_to_the_budget_told_last_are_of_the_budget() {
    let parts = "其中：公务用车运行维护费6.00万元，公务接待费3.00万元";
    let budget = ["支出·三公经费 7.40万元", "支出·年初预算·三公经费 9.00万元"];
    let of_budget = ["支出·年初预算·公务用车运行维护费 6.00万元", "支出·年初预算·公务接待费 3.00万元"];
    let directly = format!("“三公”经费支出7.40万元，年初预算9.00万元，{parts}。");
    gives(DocumentKind::Final, &[(THREE, &[&directly])], &[budget, of_budget].concat(), &[]);
    let later = format!("“三公”经费支出7.40万元，年初预算9.00万元。{parts}，主要原因是压减用车5.00万元。");
    gives(DocumentKind::Final, &[(THREE, &[&later])], &[budget, of_budget].concat(), &["5.00万元"]);
    // Those of what was spent stay so, and so do those that say it themselves.
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &["“三公”经费支出7.40万元，年初预算9.00万元，其中：公务用车运行维护费6.00万元，公务接待费1.40万元。"],
        )],
        &[budget.as_slice(), &["支出·公务用车运行维护费 6.00万元", "支出·公务接待费 1.40万元"]].concat(),
        &[],
    );
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &[
                "“三公”经费支出7.40万元，年初预算9.00万元，其中：公务用车运行维护费决算6.00万元，公务接待费决算3.00万元。",
            ],
        )],
        &[budget.as_slice(), &["支出·公务用车运行维护费 6.00万元", "支出·公务接待费 3.00万元"]].concat(),
        &[],
    );
}

#[test]
fn parts_that_add_up_to_neither_of_two_amounts_are_of_nobody_knows_which() {
    gives(
        DocumentKind::Final,
        &[(
            THREE,
            &["“三公”经费支出7.40万元，年初预算9.00万元，其中：公务用车运行维护费6.00万元，公务接待费2.00万元。"],
        )],
        &["支出·三公经费 7.40万元", "支出·年初预算·三公经费 9.00万元"],
        &["6.00万元", "2.00万元"],
    );
}

#[test]
fn a_purpose_before_the_name_of_a_part_says_of_what_kind_that_is() {
    gives(
        DocumentKind::Final,
        &[(
            EXPENSE,
            &[
                "支出合计90.00万元。其中用于维持日常运转、发放人员工资的基本支出为60.00万元；用于完成专门任务的项目支出为30.00万元。",
            ],
        )],
        &["支出 90.00万元", "支出·基本支出 60.00万元", "支出·项目支出 30.00万元"],
        &[],
    );
}

#[test]
fn the_whole_of_a_share_may_stand_in_brackets() {
    gives(
        DocumentKind::Final,
        &[(INCOME, &["收入合计80.00万元，其中：事业收入20.00万元，占收入合计（80.00万元）的25.00%。"])],
        &["收入 80.00万元", "收入·事业收入 20.00万元", "收入 80.00万元", "收入·事业收入 占[收入] 25.00%"],
        &[],
    );
}

#[test]
fn of_two_directions_side_by_side_nobody_knows_which_is_meant() {
    gives(
        DocumentKind::Final,
        &[(THREE, &["公务接待费支出1.40万元，较上年增加减少0.60万元，主要原因是来访减少。"])],
        &["支出·公务接待费 1.40万元"],
        &["0.60万元"],
    );
}

#[test]
fn money_above_the_budget_is_a_change() {
    gives(
        DocumentKind::Final,
        &[(EXPENSE, &["支出合计90.00万元，较年初预算超支6.00万元。我单位没有超支现象。"])],
        &["支出 90.00万元", "支出 比年初预算 6.00万元"],
        &[],
    );
}
