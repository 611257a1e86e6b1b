//! What registers count, what makes a count unknown, and what contradicts itself in them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

mod folder;

use folder::Folder;
use juesuan_facts::Counts;
use juesuan_inputs::Inputs;
use juesuan_model::Gravity;

const MEETINGS: &str = "日期,会议类型,名称,议定事项数\n2023-02-03,政府常务会议,第一次,3\n2023-05-06,政府常务会议,第二次,4\n\
                        2023-06-01,专题会议,防汛,\n";

fn told(counts: &Counts, name: &str) -> Option<String> {
    counts.get(name).map(|count| format!("{}{}", count.value, count.unit))
}

fn messages(inputs: &Inputs, gravity: Gravity) -> Vec<String> {
    inputs.problems.iter().filter(|p| p.gravity == gravity).map(ToString::to_string).collect()
}

#[test]
fn rows_are_counted_by_their_kind_and_a_kind_of_its_own_has_a_count_of_its_own() {
    let folder = Folder::new("meetings");
    folder.put("registers/会议登记.csv", MEETINGS);
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "会议次数").as_deref(), Some("3次"));
    assert_eq!(told(&counts, "常务会议次数").as_deref(), Some("2次"));
    assert_eq!(told(&counts, "专题会议次数").as_deref(), Some("1次"));
    assert_eq!(told(&counts, "常务会议议定事项数").as_deref(), Some("7项"));
    let how = &counts.get("常务会议次数").unwrap().how;
    assert_eq!(how, "registers/会议登记.csv：会议类型含“常务会议”，2 行");
    let how = &counts.get("专题会议次数").unwrap().how;
    assert_eq!(how, "registers/会议登记.csv：会议类型=专题会议，1 行");
}

#[test]
fn an_empty_cell_that_is_needed_makes_the_sum_unknown_and_says_where() {
    let folder = Folder::new("empty-cell");
    folder.put("registers/会议登记.csv", MEETINGS);
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "会议议定事项数"), None);
    let why = counts.why("会议议定事项数").unwrap();
    assert_eq!((why.why.as_str(), why.place.line), ("第 4 行没有填议定事项数，数不出来；请补上", Some(4)));
}

#[test]
fn an_absent_register_is_unknown_and_an_empty_one_is_zero() {
    let folder = Folder::new("absent");
    folder.put("registers/督办事项登记.csv", "来源,事项,责任单位,完成期限\n");
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "督办事项数").as_deref(), Some("0项"));
    assert_eq!(told(&counts, "会议次数"), None);
    assert!(counts.why("会议次数").unwrap().why.contains("没有“会议登记”"));
    // A share of nothing is unknown too.
    assert_eq!(told(&counts, "督办办结率"), None);
    assert!(counts.is_name("督办办结率") && !counts.is_name("没有的数"));
}

#[test]
fn a_row_may_stand_for_several_pieces_and_the_time_limit_decides_what_was_in_time() {
    let folder = Folder::new("documents");
    folder.put(
        "registers/公文登记.csv",
        "类别,日期,标题,办理时限（天）,办结日期,件数\n发文,2023-03-01,通知,5,2023-03-06,\n\
         材料,2023-12-31,综合文稿,,,616\n来文来电,2023-12-31,来文来电,,,2831\n收文,2023-04-01,请示,3,2023-04-05,3\n",
    );
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "办文数").as_deref(), Some("617件"));
    assert_eq!(told(&counts, "来文来电数").as_deref(), Some("2831件"));
    assert_eq!(told(&counts, "公文按时办结率").as_deref(), Some("25%"));
    assert_eq!(told(&counts, "限时办结率"), told(&counts, "公文按时办结率"));
}

const MOTIONS: &str = "类别,级别,编号,交办日期,办理期限,办复日期,是否见面,满意度\n建议,市级,1,2023-02-01,2023-06-30,2023-05-01,是,满意\n\
                       提案,区级,2,2023-02-01,2023-06-30,2023-07-01,是,基本满意\n";

#[test]
fn shares_of_motions_are_computed_of_those_that_were_answered() {
    let folder = Folder::new("motions");
    folder.put("registers/建议提案登记.csv", format!("{MOTIONS}提案,区级,3,2023-02-01,2023-06-30,,,\n"));
    let counts = folder.read().counts;
    let share = |name| counts.get(name).map(|count| count.value.digits(2));
    assert_eq!(share("办复率").as_deref(), Some("66.67"));
    assert_eq!(share("按期办复率").as_deref(), Some("33.33"));
    assert_eq!(share("见面率").as_deref(), Some("100"));
    assert_eq!((share("满意率").as_deref(), share("基本满意率").as_deref()), (Some("50"), Some("100")));
    assert_eq!(told(&counts, "区级建议提案件数").as_deref(), Some("2件"));
}

#[test]
fn an_answered_motion_without_an_opinion_leaves_the_share_unknown() {
    let folder = Folder::new("no-opinion");
    folder.put("registers/建议提案登记.csv", format!("{MOTIONS}提案,区级,3,2023-02-01,2023-06-30,2023-06-01,是,\n"));
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "满意率"), None);
    assert!(counts.why("满意率").unwrap().why.contains("第 4 行没有填满意度"));
    assert_eq!(told(&counts, "见面率").as_deref(), Some("100%"));
}

#[test]
fn quantities_of_one_kind_add_up_in_one_measure_only() {
    let folder = Folder::new("work");
    folder.put(
        "registers/工作台账.csv",
        "类别,事项,数量,单位,日期\n帮扶资金,甲村,2.5,万元,2023-03-01\n帮扶资金,乙村,2.5,万元,2023-04-01\n\
         协调难题,办证,,个,2023-05-01\n协调难题,征地,,件,2023-05-02\n",
    );
    folder.put("registers/简报登记.csv", "刊名,期号,日期\n《青溪信息》,1,2023-01-10\n青溪信息,2,2023-02-10\n");
    folder.put(
        "registers/项目产出登记.csv",
        "项目名称,产出名称,数量,计量单位\n督查经费,督查通报,3,期\n督查经费,督查通报,5,期\n",
    );
    let counts = folder.read().counts;
    assert_eq!(told(&counts, "帮扶资金").as_deref(), Some("5万元"));
    assert_eq!(told(&counts, "协调难题"), None);
    assert!(counts.why("协调难题").unwrap().why.contains("个、件"));
    assert_eq!(told(&counts, "《青溪信息》期数").as_deref(), Some("2期"));
    assert_eq!(told(&counts, "督查经费／督查通报").as_deref(), Some("8期"));
}

#[test]
fn a_row_of_another_year_is_named_and_not_counted() {
    let folder = Folder::new("year");
    folder.put("registers/会议登记.csv", "日期,会议类型\n2023-01-05,党组会议\n2022-12-30,党组会议\n");
    let inputs = folder.read();
    assert_eq!(told(&inputs.counts, "党组会议次数").as_deref(), Some("1次"));
    let doubts = messages(&inputs, Gravity::Doubt);
    assert!(doubts.iter().any(|m| m.contains("第3行") && m.contains("2022-12-30 不在 2023 年内")), "{doubts:#?}");
}

#[test]
fn units_of_a_department_have_counts_of_their_own() {
    let folder = Folder::new("units");
    let second = "\n[[unit]]\nname = \"青溪区信息中心\"\nkind = \"事业\"\n";
    folder.put("department.toml", format!("{}{second}", folder::DEPARTMENT));
    folder.put(
        "registers/值班登记.csv",
        "单位名称,日期,人员,事件数\n青溪区信息中心,2023-01-01,张某,0\n青溪区信息中心,2023-01-01,李某,2\n\
         青溪区政府办公室本级,2023-01-02,王某,1\n",
    );
    let inputs = folder.read();
    let of = |unit| inputs.counts_of(unit, &folder::catalog());
    assert_eq!(told(&inputs.counts, "值班天数").as_deref(), Some("2天"));
    assert_eq!(told(&of(Some("青溪区信息中心")), "值班天数").as_deref(), Some("1天"));
    assert_eq!(told(&of(Some("青溪区信息中心")), "值班事件数").as_deref(), Some("2起"));
}

#[test]
fn tasks_that_contradict_themselves_are_all_named() {
    let folder = Folder::new("order");
    folder.put(
        "registers/督办事项登记.csv",
        "来源,事项,责任单位,责任人,交办日期,完成期限,办结日期,状态\n\
         政府工作报告,早办,教育局,甲,2023-03-01,2023-06-30,2023-02-01,已办结\n\
         政府工作报告,没写日期,教育局,甲,2023-03-01,2023-06-30,,已办结\n\
         政府工作报告,写错状态,教育局,甲,2023-03-01,2023-06-30,2023-05-01,未办结\n\
         政府工作报告,没人管,,,2023-03-01,2023-06-30,,\n\
         政府工作报告,没期限,教育局,,2023-03-01,,,\n\
         政府工作报告,期限倒置,教育局,,2023-03-01,2023-02-01,,\n",
    );
    let inputs = folder.read();
    let contradictions = messages(&inputs, Gravity::Contradiction);
    for words in [
        ["第2行", "办结日期 2023-02-01 早于交办日期 2023-03-01"],
        ["第3行", "写着“已办结”，却没有办结日期"],
        ["第4行", "写着“未办结”，却有办结日期"],
        ["第7行", "完成期限 2023-02-01 早于交办日期"],
    ] {
        assert!(
            contradictions.iter().any(|m| words.iter().all(|word| m.contains(word))),
            "{words:?} {contradictions:#?}"
        );
    }
    let doubts = messages(&inputs, Gravity::Doubt);
    for words in [["第5行", "没有责任单位和责任人"], ["第6行", "没有完成期限"]] {
        assert!(doubts.iter().any(|m| words.iter().all(|word| m.contains(word))), "{words:?} {doubts:#?}");
    }
    assert_eq!(contradictions.len(), 4, "{contradictions:#?}");
}
