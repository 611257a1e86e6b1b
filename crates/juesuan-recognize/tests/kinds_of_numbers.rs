//! Kinds of numbers that pages of provinces print beside the amounts: differences, vehicles by make, visitors, staff, names of
//! projects that are in no list. Own words; what is not listed must stay unread or be no figure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_model::DocumentKind;

#[track_caller]
fn gives(kind: DocumentKind, heading: &str, text: &[&str], figures: &[&str], unread: &[&str]) {
    let read = saying::read(kind, "", &[(heading, text)]);
    saying::gives(&read, figures);
    saying::leaves(&read, unread);
}

const FINAL: DocumentKind = DocumentKind::Final;
const BUDGET: DocumentKind = DocumentKind::Budget;
const THREE: &str = "七、“三公”经费支出情况";
const PROJECTS: &str = "三、支出决算情况说明";

#[test]
fn a_difference_goes_the_way_the_two_amounts_before_it_go() {
    gives(
        FINAL,
        THREE,
        &[
            "“三公”经费支出3.10万元，年初预算为4.60万元，差值为1.50万元。其中：公务接待费支出2.40万元，年初预算为1.60万元，差值为0.80万元，\
            原因为来访增多；公务用车运行维护费支出0.70万元，年初预算为3.00万元，差额2.30万元，原因为车辆停驶。",
        ],
        &[
            "支出·三公经费 3.10万元",
            "支出·年初预算·三公经费 4.60万元",
            "支出·三公经费 比年初预算 -1.50万元",
            "支出·公务接待费 2.40万元",
            "支出·年初预算·公务接待费 1.60万元",
            "支出·公务接待费 比年初预算 0.80万元",
            "支出·公务用车运行维护费 0.70万元",
            "支出·年初预算·公务用车运行维护费 3.00万元",
            "支出·公务用车运行维护费 比年初预算 -2.30万元",
        ],
        &[],
    );
    gives(
        FINAL,
        THREE,
        &["公务接待费支出2.40万元，上年支出3.00万元，相差0.60万元。"],
        &["支出·公务接待费 2.40万元", "支出·2022·公务接待费 3.00万元", "支出·公务接待费 比上年 -0.60万元"],
        &[],
    );
}

#[test]
fn a_difference_of_one_amount_or_with_a_sign_of_its_own_is_nobodys() {
    gives(
        FINAL,
        THREE,
        &["公务接待费支出2.40万元，与年初预算差额0.80万元。"],
        &["支出·公务接待费 2.40万元"],
        &["0.80万元"],
    );
    gives(
        FINAL,
        THREE,
        &["公务接待费支出2.40万元，年初预算为1.60万元，差值为-0.80万元。"],
        &["支出·公务接待费 2.40万元", "支出·年初预算·公务接待费 1.60万元"],
        &["-0.80万元"],
    );
}

#[test]
fn an_amount_of_increase_is_a_change() {
    gives(
        FINAL,
        THREE,
        &["公务接待费支出2.40万元，与上年相比，减少额为0.60万元，下降率20%。"],
        &["支出·公务接待费 2.40万元", "支出·公务接待费 比上年 -0.60万元", "支出·公务接待费 比上年增幅 -20%"],
        &[],
    );
}

#[test]
fn vehicles_by_make_are_parts_of_what_was_counted() {
    gives(
        BUDGET,
        THREE,
        &[
            "（三）公务用车购置及运行维护费",
            "单位现有公务用车5辆，其中：轿车2辆，旅行车（含商务车）1辆，越野车1辆，大型客、货车1辆。",
        ],
        &[
            "车辆·公务用车购置及运行维护费 数量 5",
            "车辆·轿车 数量 2",
            "车辆·旅行车 数量 1",
            "车辆·越野车 数量 1",
            "车辆·大型客货车 数量 1",
        ],
        &[],
    );
    gives(
        FINAL,
        THREE,
        &["按规定更新购置公务用车3辆，其中：小型客车2辆、载货汽车1辆，支出48.00万元。"],
        &["购置车辆 数量 3", "购置车辆·小型客车 数量 2", "购置车辆·载货汽车 数量 1", "支出·公务用车购置费 48.00万元"],
        &[],
    );
}

#[test]
fn people_behind_receptions_and_groups_are_visitors() {
    gives(
        FINAL,
        THREE,
        &["国内公务接待21批次，186人，共计支出2.40万元。", "因公出国（境）团组2个，9人。", "全年培训3期，120人。"],
        &[
            "批次·国内接待 数量 21",
            "人次·国内接待 数量 186",
            "支出·国内接待 2.40万元",
            "团组·因公出国（境）费 数量 2",
            "人次·因公出国（境）费 数量 9",
        ],
        &[],
    );
    gives(FINAL, THREE, &["公务接待费支出2.40万元，接待批次较上年增加5%。"], &["支出·公务接待费 2.40万元"], &["5%"]);
}

#[test]
fn names_that_no_list_has_are_projects_where_parts_of_the_projects_are_told() {
    gives(
        FINAL,
        PROJECTS,
        &["项目支出包括河道清淤经费6.30万元，普法宣传工作经费1.20万元、联户路灯改造工程20.50万元。"],
        &[
            "支出·项目支出·河道清淤经费 6.30万元",
            "支出·项目支出·普法宣传工作经费 1.20万元",
            "支出·项目支出·联户路灯改造工程 20.50万元",
        ],
        &[],
    );
    // Of what is compared, and of a whole that is no project, nobody can say it.
    gives(FINAL, PROJECTS, &["基本支出包括河道清淤经费6.30万元。"], &[], &["6.30万元"]);
}

#[test]
fn an_own_expense_has_parts_by_nature() {
    gives(
        BUDGET,
        "九、其他重要事项",
        &["事业单位运行经费预算安排80.50万元，其中：基本支出预算20.50万元，项目支出预算60.00万元。"],
        &[
            "支出·事业运行经费 80.50万元",
            "支出·基本支出·事业运行经费 20.50万元",
            "支出·项目支出·事业运行经费 60.00万元",
        ],
        &[],
    );
}

#[test]
fn the_next_item_of_a_list_ends_a_cause() {
    gives(
        BUDGET,
        THREE,
        &[
            "一、2023年因公出国（境）费预算7万元，与2022年预算相比增加7万元，主要原因是开展招商，二、2023年公务用车购置及运行费预算5万元，\
            其中公务用车运行费5万元，与2022年预算相比减少1万元，主要原因是核减公务用车运行费预算，公务用车购置费0万元，主要原因是车辆够用，\
            三、2023年公务接待费预算2万元。",
        ],
        &[
            "支出·因公出国（境）费 7万元",
            "支出·因公出国（境）费 比上年 7万元",
            "支出·公务用车购置及运行维护费 5万元",
            "支出·公务用车运行维护费 5万元",
            "支出·公务用车运行维护费 比上年 -1万元",
            "支出·公务用车购置费 0万元",
            "支出·公务接待费 2万元",
        ],
        &[],
    );
}

#[test]
fn what_a_government_adds_is_of_the_fund_and_adds_up() {
    let text = "全年一般公共预算收入完成6.40亿元，加上上级补助收入3.20亿元、债券转贷收入1.10亿元、调入资金0.30亿元、上年结余0.50亿元，收入合计11.50亿元；\
        一般公共预算支出10.20亿元，加上上解支出0.80亿元，支出合计11.00亿元。";
    let read = saying::read(FINAL, "", &[("一、一般公共预算收支情况", &[text])]);
    saying::gives(
        &read,
        &[
            "收入·一般公共预算 6.40亿元",
            "收入·一般公共预算·上级补助收入 3.20亿元",
            "收入·一般公共预算·债券转贷收入 1.10亿元",
            "收入·一般公共预算·调入资金 0.30亿元",
            "年初结转和结余·一般公共预算 0.50亿元",
            "收入总计·一般公共预算 11.50亿元",
            "支出·一般公共预算 10.20亿元",
            "支出·一般公共预算·上解支出 0.80亿元",
            "支出总计·一般公共预算 11.00亿元",
        ],
    );
    assert_eq!(read.sums, [(5, vec![0, 1, 2, 3, 4]), (8, vec![6, 7])]);
    // A department adds what it carried over, and nothing that only governments have.
    let own = saying::read(
        FINAL,
        "",
        &[("一、收入支出决算总体情况说明", &["本年收入合计6.40万元，加上年初结转和结余0.50万元，收入总计6.90万元。"])],
    );
    assert_eq!(own.sums, []);
}

#[test]
fn what_was_reached_stands_behind_what_it_was() {
    gives(
        FINAL,
        THREE,
        &["公务接待费由上年的3.20万元减少到2.40万元。"],
        &["支出·2022·公务接待费 3.20万元", "支出·公务接待费 2.40万元"],
        &[],
    );
}

#[test]
fn a_change_behind_parts_is_that_of_the_whole_where_its_rate_is_right_for_that_alone() {
    gives(
        BUDGET,
        "九、其他重要事项",
        &[
            "事业单位运行经费总预算安排90.00万元，其中：基本支出预算30.00万元，项目支出预算60.00万元，同比增加10.00万元，增长12.5%。",
        ],
        &[
            "支出·事业运行经费 90.00万元",
            "支出·基本支出·事业运行经费 30.00万元",
            "支出·项目支出·事业运行经费 60.00万元",
            "支出·事业运行经费 比上年 10.00万元",
            "支出·事业运行经费 比上年增幅 12.5%",
        ],
        &[],
    );
    gives(
        BUDGET,
        THREE,
        &["“三公”经费预算33万元，其中，因公出国（境）费5万元，公务接待费28万元。比2022年减少7万元，下降17.5%。"],
        &[
            "支出·三公经费 33万元",
            "支出·因公出国（境）费 5万元",
            "支出·公务接待费 28万元",
            "支出·三公经费 比上年 -7万元",
            "支出·三公经费 比上年增幅 -17.5%",
        ],
        &[],
    );
}
