//! Sentences of several provinces and hands: every figure with its meaning, measure and printed value.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod saying;

use juesuan_catalog::Catalog;
use juesuan_model::{Against, DocumentKind, Meaning, Place, Statement};
use juesuan_recognize::{EntityContext, Recognized, TextSection, text};
use saying::{gives, leaves as unread};

fn read_as(variant: &str, heading: &str, paragraphs: &[&str]) -> Recognized {
    saying::read(DocumentKind::Final, variant, &[(heading, paragraphs)])
}

fn read(heading: &str, paragraphs: &[&str]) -> Recognized {
    read_as("hubei", heading, paragraphs)
}

#[test]
fn one_figure_speaks_of_income_and_expense_together() {
    let read = read(
        "一、收入支出决算总体情况说明",
        &[
            "2023 年度收、支总计均为 88.50 万元。与 2022 年度相比，收、支总计各减少 1.5 万元，下降 1.7 %，主要原因是项目少了。",
        ],
    );
    gives(
        &read,
        &["支出总计+收入总计 88.50万元", "支出总计+收入总计 比上年 -1.5万元", "支出总计+收入总计 比上年增幅 -1.7%"],
    );
    let said: Vec<&Statement> = read.claims.iter().map(|claim| &claim.statement).collect();
    let cause = Statement::Cause(Against::PriorYear, "项目少了".to_owned());
    assert_eq!(said, [&Statement::Down(Against::PriorYear), &cause]);
}

#[test]
fn sums_named_one_after_the_other_take_their_figures_in_turn() {
    let read = read("一、收支决算总体情况说明", &["某局2023年度收入总计、支出总计分别为12.00万元、12.01万元。"]);
    gives(&read, &["收入总计 12.00万元", "支出总计 12.01万元"]);
}

#[test]
fn kinds_of_income_are_parts_of_all_income() {
    let read = read(
        "二、收入决算情况说明",
        &[
            "本年收入合计 2,946.25 万元，其中：财政拨款收入 2940.05 万元，占 99.79%；事业收入0万元，占本年收入0%；其他收入 6.2 万元，占０．２１％。",
        ],
    );
    gives(
        &read,
        &[
            "收入 2946.25万元",
            "收入·财政拨款 2940.05万元",
            "收入·财政拨款 占[收入] 99.79%",
            "收入·事业收入 0万元",
            "收入·事业收入 占[收入] 0%",
            "收入·其他收入 6.2万元",
            "收入·其他收入 占[收入] 0.21%",
        ],
    );
}

#[test]
fn kinds_of_expense_are_parts_of_all_expense() {
    let read = read(
        "三、支出决算情况说明",
        &[
            "2023年度支出合计10万元，与2022年度相比，支出合计持平。其中：基本支出 8 万元，占本年支出 80 %；对附属单位补助支出 2 万元，占比20%。",
        ],
    );
    gives(
        &read,
        &[
            "支出 10万元",
            "支出·基本支出 8万元",
            "支出·基本支出 占[支出] 80%",
            "支出·对附属单位补助支出 2万元",
            "支出·对附属单位补助支出 占[支出] 20%",
        ],
    );
    assert_eq!(read.claims[0].statement, Statement::Level(Against::PriorYear));
}

#[test]
fn each_fund_is_compared_with_its_own_last_year() {
    let read = read(
        "四、财政拨款收入支出决算总体情况说明",
        &[
            "2023年度财政拨款收、支总计均为905.31万元。",
            "2023年度财政拨款收入中，一般公共预算财政拨款收入905.31万元，比2022年度决算数增加71.25万元。增加主要原因是人员增加。政府性基金预算财政拨款收入0万元，与上年持平。",
        ],
    );
    gives(
        &read,
        &[
            "支出总计·财政拨款+收入总计·财政拨款 905.31万元",
            "收入·一般公共预算 905.31万元",
            "收入·一般公共预算 比上年 71.25万元",
            "收入·政府性基金 0万元",
        ],
    );
    let last = read.claims.last().unwrap();
    assert_eq!(
        (last.meanings[0].to_string().as_str(), &last.statement),
        ("收入·政府性基金", &Statement::Level(Against::PriorYear))
    );
}

#[test]
fn classes_and_items_are_found_by_name_and_path() {
    let read = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        &[
            "（一）一般公共预算财政拨款支出决算总体情况",
            "一般公共预算财政拨款支出905.31万元，占本年支出合计的98.2%。",
            "（二）一般公共预算财政拨款支出决算结构情况",
            "一般公共预算财政拨款支出905.31万元，主要用于以下方面：一般公共服务（类）支出685.19万元，占75.7%；卫生健康支出（类） 60.07万元，占6.6%。",
            "（三）一般公共预算财政拨款支出决算具体情况",
            "一般公共预算财政拨款支出年初预算为715.58万元，支出决算为905.31万元，完成年初预算的126.5%。其中：",
            "1．一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。主要用于：运转2件。年初预算为553.95万元，支出决算为685.19万元，完成年初预算的123.7%。决算数大于年初预算数的主要原因：增人3名。",
        ],
    );
    gives(
        &read,
        &[
            "支出·一般公共预算 905.31万元",
            "支出·一般公共预算 占[支出] 98.2%",
            "支出·一般公共预算 905.31万元",
            "支出·一般公共预算·201 685.19万元",
            "支出·一般公共预算·201 占[支出·一般公共预算] 75.7%",
            "支出·一般公共预算·210 60.07万元",
            "支出·一般公共预算·210 占[支出·一般公共预算] 6.6%",
            "支出·年初预算·一般公共预算 715.58万元",
            "支出·一般公共预算 905.31万元",
            "支出·一般公共预算 完成年初预算 126.5%",
            "支出·年初预算·一般公共预算·2010301 553.95万元",
            "支出·一般公共预算·2010301 685.19万元",
            "支出·一般公共预算·2010301 完成年初预算 123.7%",
        ],
    );
    assert!(read.claims.iter().any(|c| c.statement == Statement::Up(Against::InitialBudget)), "{:?}", read.claims);
    unread(&read, &["3名"]);
}

#[test]
fn an_item_is_found_by_its_name_and_the_code_in_brackets_behind_it() {
    let read = read(
        "二、一般公共预算拨款支出决算情况说明",
        &["（一）行政运行（2010301）241.45万元，较上年决算数增加1.65万元，增长0.69%，主要原因是人员工资调整。"],
    );
    gives(
        &read,
        &[
            "支出·一般公共预算·2010301 241.45万元",
            "支出·一般公共预算·2010301 比上年 1.65万元",
            "支出·一般公共预算·2010301 比上年增幅 0.69%",
        ],
    );
}

#[test]
fn the_cause_of_the_difference_to_the_budget_may_follow_another_cause() {
    let read = read(
        "九、“三公”经费支出决算情况说明",
        &[
            "“三公”经费支出全年预算为5.60万元，支出决算为4.98万元，完成全年预算的88.93%，决算数较上年减少0.14万元，下降2.73%，主要原因是用车减少，决算数小于预算数的主要原因是控制接待。",
        ],
    );
    let causes: Vec<&Statement> =
        read.claims.iter().map(|claim| &claim.statement).filter(|own| matches!(own, Statement::Cause(..))).collect();
    assert_eq!(causes.len(), 2, "{:?}", read.claims);
    assert!(matches!(causes.first(), Some(Statement::Cause(Against::PriorYear, text)) if text == "用车减少"));
}

#[test]
fn an_item_below_a_section_that_does_not_exist_is_still_found_and_one_without_code_is_not() {
    let heading = "五、一般公共预算财政拨款支出决算情况说明";
    let found = read(heading, &["住房保障支出（类）住房保障支出（款）购房补贴（项）。支出决算为171.49万元。"]);
    gives(&found, &["支出·一般公共预算·2210203 171.49万元"]);
    let lost = read(heading, &["住房保障支出（类）住房保障支出（款）没有这一项（项）。支出决算为171.49万元。"]);
    gives(&lost, &[]);
    unread(&lost, &["171.49万元"]);
}

#[test]
fn economic_items_stand_below_basic_expense() {
    let read = read(
        "六、一般公共预算财政拨款基本支出决算情况说明",
        &[
            "2023年度一般公共预算财政拨款基本支出20万元，其中：",
            "人员经费15万元，主要包括：基本工资10万元、住房公积金 5 万元。",
            "公用经费5万元，主要包括：公务用车运行维护费1万元、维修（护）费、其他商品和服务支出4万元。",
        ],
    );
    gives(
        &read,
        &[
            "支出·一般公共预算·基本支出 20万元",
            "支出·一般公共预算·人员经费 15万元",
            "支出·一般公共预算·基本支出·30101 10万元",
            "支出·一般公共预算·基本支出·30113 5万元",
            "支出·一般公共预算·公用经费 5万元",
            "支出·一般公共预算·基本支出·30231 1万元",
            "支出·一般公共预算·基本支出·30299 4万元",
        ],
    );
    let present: Vec<String> = read.claims.iter().map(|c| c.meanings[0].to_string()).collect();
    assert_eq!(present, ["支出·一般公共预算·基本支出·30213"]);
}

#[test]
fn a_fund_is_kept_from_clause_to_clause_and_its_absence_is_a_claim() {
    let heading = "七、政府性基金预算财政拨款收入支出决算情况说明";
    let told = read(
        heading,
        &["政府性基金预算财政拨款年初结转和结余1万元，本年收入2万元，本年支出3万元，年末结转和结余0万元。"],
    );
    gives(
        &told,
        &[
            "年初结转和结余·政府性基金 1万元",
            "收入·政府性基金 2万元",
            "支出·政府性基金 3万元",
            "年末结转和结余·政府性基金 0万元",
        ],
    );
    for sentence in [
        "说明：本单位2023年度无政府性基金预算财政拨款收入支出情况。",
        "上海市XX局2023年度没有政府性基金预算财政拨款收入和支出。",
    ] {
        let none = read(heading, &[sentence]);
        let claim = &none.claims[0];
        let means: Vec<String> = claim.meanings.iter().map(Meaning::to_string).collect();
        assert_eq!(
            (means.join("+").as_str(), &claim.statement),
            ("收入·政府性基金+支出·政府性基金", &Statement::Absent)
        );
    }
}

#[test]
fn three_public_expenses_have_budget_completion_and_counts() {
    let read = read(
        "九、财政拨款“三公”经费支出决算情况说明",
        &[
            "（一）“三公”经费财政拨款支出决算总体情况说明。",
            "2023年度“三公”经费财政拨款支出全年预算为54.33万元，支出决算为32.99万元，完成全年预算的60.7 %。较上年增加12.02万元，增长57.3%。决算数小于全年预算数的主要原因：节约。",
            "（二）“三公”经费财政拨款支出决算具体情况说明。",
            "1.因公出国(境)费全年预算为6.33万元，支出决算为6.33万元，完成全年预算的100%。",
            "全年支出涉及出国（境）团组1个，累计2人次，主要用于开展以下工作：招商。",
            "2.公务用车购置及运行费全年预算为48万元，支出决算为26.67万元；较上年减少5.7万元，下降27.2%。其中：",
            "（1）公务用车购置费支出0万元。本年度购置（更新）公务用车0辆。",
            "（2）公务用车运行费支出26.67万元，主要用于维修等。截至2023年12月31日，开支财政拨款的公务用车保有量为7辆。",
            "外宾接待支出0万元，主要是无。2023年共接待来访团组0个，0人次（不包括陪同人员）。",
            "国内公务接待支出1万元，接待对象主要是同行，主要用于考察。2023年共接待国内来访团组3个，15人次（不包括陪同人员）。",
        ],
    );
    gives(
        &read,
        &[
            "支出·全年预算·三公经费 54.33万元",
            "支出·三公经费 32.99万元",
            "支出·三公经费 完成全年预算 60.7%",
            "支出·三公经费 比上年 12.02万元",
            "支出·三公经费 比上年增幅 57.3%",
            "支出·全年预算·因公出国（境）费 6.33万元",
            "支出·因公出国（境）费 6.33万元",
            "支出·因公出国（境）费 完成全年预算 100%",
            "团组·因公出国（境）费 数量 1",
            "人次·因公出国（境）费 数量 2",
            "支出·全年预算·公务用车购置及运行维护费 48万元",
            "支出·公务用车购置及运行维护费 26.67万元",
            "支出·公务用车购置及运行维护费 比上年 -5.7万元",
            "支出·公务用车购置及运行维护费 比上年增幅 -27.2%",
            "支出·公务用车购置费 0万元",
            "购置车辆 数量 0",
            "支出·公务用车运行维护费 26.67万元",
            "车辆·财政拨款开支车辆 数量 7",
            "支出·外宾接待 0万元",
            "批次·外宾接待 数量 0",
            "人次·外宾接待 数量 0",
            "支出·国内接待 1万元",
            "批次·国内接待 数量 3",
            "人次·国内接待 数量 15",
        ],
    );
    assert!(read.claims.iter().any(|c| c.statement == Statement::Down(Against::FullYearBudget)));
}

#[test]
fn budget_without_a_name_is_the_one_named_before_or_that_of_the_variants_table() {
    let heading = "七、财政拨款“三公”经费支出决算情况说明";
    let read = read_as(
        "shanghai",
        heading,
        &[
            "“三公”经费财政拨款支出年初预算为2.85万元，支出决算为0.39万元，完成预算的13.68%，其中：因公出国（境）费决算为0.00万元，完成预算的0.00%。",
            "2023年度“三公”经费财政拨款支出决算数比2022年度减少0.15万元，下降（增长）27.78%，其中：公务接待费支出决算减少0.15万元，下降27.78%。",
            "“三公”经费财政拨款支出决算中，公务接待费支出决算0.39万元，占100.00%。",
            "国内公务接待支出 0.39 万（含外宾接待支出 0.00 万元）。公务接待 2 批次、26 人次，其中：接待外宾 0 批次、0 人次。",
        ],
    );
    gives(
        &read,
        &[
            "支出·年初预算·三公经费 2.85万元",
            "支出·三公经费 0.39万元",
            "支出·三公经费 完成年初预算 13.68%",
            "支出·因公出国（境）费 0.00万元",
            "支出·因公出国（境）费 完成年初预算 0.00%",
            "支出·三公经费 比上年 -0.15万元",
            "支出·三公经费 比上年增幅 -27.78%",
            "支出·公务接待费 比上年 -0.15万元",
            "支出·公务接待费 比上年增幅 -27.78%",
            "支出·公务接待费 0.39万元",
            "支出·公务接待费 占[支出·三公经费] 100.00%",
            "支出·国内接待 0.39万元",
            "支出·外宾接待 0.00万元",
            "批次·国内接待 数量 2",
            "人次·国内接待 数量 26",
            "批次·外宾接待 数量 0",
            "人次·外宾接待 数量 0",
        ],
    );
}

#[test]
fn running_cost_is_compared_with_budget_or_last_year() {
    let hubei = read(
        "十、机关运行经费支出说明",
        &["本部门2023年度机关运行经费支出70.99万元，比年初预算数减少31.48万元，降低30.7%。"],
    );
    gives(
        &hubei,
        &[
            "支出·机关运行经费 70.99万元",
            "支出·机关运行经费 比年初预算 -31.48万元",
            "支出·机关运行经费 比年初预算增幅 -30.7%",
        ],
    );
    let shanghai = read_as(
        "shanghai",
        "十一、其他重要事项的情况说明",
        &["（一）机关运行经费支出情况", "机关运行经费支出184.65万元，比2022年度增加2.55万元，增长1.40。"],
    );
    gives(
        &shanghai,
        &["支出·机关运行经费 184.65万元", "支出·机关运行经费 比上年 2.55万元", "支出·机关运行经费 比上年增幅 1.40%"],
    );
}

#[test]
fn procurement_is_told_by_kind_and_by_size_of_enterprise() {
    let hubei = read(
        "十一、政府采购支出说明",
        &[
            "政府采购支出总额9万元，其中：政府采购货物支出4万元、政府采购工程支出0万元、政府采购服务支出5万元。授予中小企业合同金额6万元，占政府采购支出总额的66.7%，其中：授予小微企业合同金额3万元，占授予中小企业合同金额的50%；货物采购授予中小企业合同金额占货物支出金额的75%。",
        ],
    );
    gives(
        &hubei,
        &[
            "支出·政府采购 9万元",
            "支出·货物采购 4万元",
            "支出·工程采购 0万元",
            "支出·服务采购 5万元",
            "支出·授予中小企业 6万元",
            "支出·授予中小企业 占[支出·政府采购] 66.7%",
            "支出·授予小微企业 3万元",
            "支出·授予小微企业 占[支出·授予中小企业] 50%",
            "支出·货物采购授予中小企业 占[支出·货物采购] 75%",
        ],
    );
    let shanghai = read_as(
        "shanghai",
        "（二）政府采购支出情况",
        &[
            "政府采购金额（以合同签订为准）为251.25万元，其中：货物采购金额4.79万元、服务采购金额246.47万元。",
            "2023年度本部门面向中小企业预留政府采购项目预算金额246.47万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额200万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额4.79万元。",
        ],
    );
    gives(
        &shanghai,
        &[
            "支出·政府采购 251.25万元",
            "支出·货物采购 4.79万元",
            "支出·服务采购 246.47万元",
            "支出·面向中小企业预留 246.47万元",
            "支出·预留项目授予中小企业 200万元",
            "支出·其他项目授予中小企业 4.79万元",
        ],
    );
}

#[test]
fn vehicles_and_equipment_are_counted_by_use() {
    for (variant, heading) in [("hubei", "十二、国有资产占用情况说明"), ("shanghai", "（三）国有资产占有使用情况说明")]
    {
        let read = read_as(
            variant,
            heading,
            &[
                "截至2023年12月31日，部门（单位）共有车辆9辆，其中，副区级及以上领导干部用车1辆、主要负责人用车0辆、应急保障用车7辆、其他用车1辆，其他用车主要是调研用车；单位价值100万元以上专用设备2台（套）。",
            ],
        );
        gives(
            &read,
            &[
                "车辆 数量 9",
                "车辆·领导干部用车 数量 1",
                "车辆·主要负责人用车 数量 0",
                "车辆·应急保障用车 数量 7",
                "车辆·其他用车 数量 1",
                "设备 数量 2",
            ],
        );
    }
}

#[test]
fn performance_speaks_of_projects_their_number_and_their_money() {
    let hubei = read(
        "十三、预算绩效情况说明",
        &[
            "（一）预算绩效管理工作开展情况。",
            "本部门组织对2023年度一般公共预算项目支出全面开展绩效自评，共涉及项目11个，资金151.12万元，占一般公共预算项目支出总额的100％。",
            "2023年区政府办公室整体支出年初预算715.58万元，其中财政拨款收入715.58万元。基本支出643.58万元，项目支出72万元。实际到位资金921.96万元。偏移原因：工作经费11万元。",
            "（二）部门决算中项目绩效自评结果。",
            "购买服务项目绩效自评综述：项目全年预算数为37万元，执行数为28.82万元，完成预算78%。主要产出和效益：一是服务3次。",
        ],
    );
    gives(
        &hubei,
        &[
            "项目·绩效自评 数量 11",
            "支出·绩效自评 151.12万元",
            "支出·绩效自评 占[支出·一般公共预算·项目支出] 100%",
            "支出·年初预算 715.58万元",
            "收入·年初预算·财政拨款 715.58万元",
            "支出·年初预算·基本支出 643.58万元",
            "支出·年初预算·项目支出 72万元",
            "收入 921.96万元",
            "支出·全年预算·项目支出·购买服务 37万元",
            "支出·项目支出·购买服务 28.82万元",
            "支出·项目支出·购买服务 完成全年预算 78%",
        ],
    );
    unread(&hubei, &["11万元"]);
    let shanghai = read_as(
        "shanghai",
        "十、预算绩效管理情况",
        &[
            "编报绩效目标的2023年度项目4个，涉及预算金额598.42万元；绩效自评的2023年度项目4个，涉及预算金额598.42万元，平均得分99.43分（其中，绩效评级为“优”的项目4个；绩效评级为“不合格”的项目0个。绩效自评中共发现问题2个，已经完成整改的1个，正在整改的1个）。",
        ],
    );
    gives(
        &shanghai,
        &[
            "项目·绩效目标 数量 4",
            "支出·绩效目标 598.42万元",
            "项目·绩效自评 数量 4",
            "支出·绩效自评 598.42万元",
            "绩效自评 得分 99.43分",
            "项目·绩效自评优 数量 4",
            "项目·绩效自评不合格 数量 0",
            "项目·自评问题 数量 2",
            "项目·自评问题已整改 数量 1",
            "项目·自评问题正整改 数量 1",
        ],
    );
}

#[test]
fn units_are_counted_behind_their_number() {
    let read =
        read("二、机构设置情况", &["从单位构成看，某局部门决算由实行独立核算的某局本级决算和 3 个下属单位决算组成。"]);
    gives(&read, &["单位 数量 3"]);
}

#[test]
fn another_years_amount_says_its_year() {
    let read = read("三、支出决算情况说明", &["本年支出合计10万元，2022年度支出合计8万元。"]);
    gives(
        &read,
        &["支出 10万元", "2022·支出 8万元"].map(|t| if t.starts_with("2022") { "支出·2022 8万元" } else { t }),
    );
}

#[test]
fn a_number_whose_subject_is_unknown_is_never_given_to_the_nearest_thing() {
    for sentence in [
        "本年支出合计10万元，帮扶资金5万元。",
        "本年支出合计10万元，为困难群众发放补贴5万元。",
        "本年支出合计10万元，增加5万元。",
        "本年支出合计10万元，5%。",
        "本年支出合计10万元，主要原因：项目支出增加，较上一年度增加5万元。",
    ] {
        let read = read("三、支出决算情况说明", &[sentence]);
        gives(&read, &["支出 10万元"]);
        assert_eq!(read.unread.len(), 1, "{sentence}");
    }
}

#[test]
fn a_cause_or_a_purpose_does_not_change_what_is_spoken_of() {
    let heading = "五、一般公共预算财政拨款支出决算情况说明";
    let read = read(
        heading,
        &[
            "一般公共预算财政拨款支出年初预算为20万元，支出决算为10万元。决算数小于预算数的主要原因：未完成，其中项目支出规划完成92%。其中：",
            "1、住房保障支出（类）住房改革支出（款）购房补贴（项）。主要用于：行政单位人员支出、住房公积金。年初预算为5万元，支出决算为4万元。",
        ],
    );
    gives(
        &read,
        &[
            "支出·年初预算·一般公共预算 20万元",
            "支出·一般公共预算 10万元",
            "支出·年初预算·一般公共预算·2210203 5万元",
            "支出·一般公共预算·2210203 4万元",
        ],
    );
    unread(&read, &["92%"]);
}

#[test]
fn names_that_only_the_tables_of_the_document_have_are_found() {
    let catalog = Catalog::load(&[]).unwrap();
    let entity = EntityContext {
        year: 2023,
        functions: vec![("2200199".to_owned(), "其他国土资源事务支出".to_owned())],
        ..EntityContext::default()
    };
    let sentence = "自然资源海洋气象等支出（类）自然资源事务（款）其他国土资源事务支出（项）。支出决算为45.00万元。";
    let section = TextSection {
        heading: "五、一般公共预算财政拨款支出决算情况说明".to_owned(),
        paragraphs: vec![(sentence.to_owned(), Place::default())],
    };
    gives(&text(&[section], &entity, &catalog), &["支出·一般公共预算·2200199 45.00万元"]);
}

#[test]
fn what_is_in_no_list_blocks_what_goes_on_about_it() {
    let read = read("（一）项目情况", &["1.执行率情况：2023年度值班设备经费15万，执行数14.66万，执行率97.73%。"]);
    gives(&read, &[]);
    unread(&read, &["15万", "14.66万", "97.73%"]);
}

#[test]
fn lines_of_a_page_are_one_sentence_with_the_page_number_left_out() {
    let lines = [
        "2023 年度支出合计 921.96 万元，与 2022 年度相比，支",
        "12",
        "出合计增加 33.63 万",
        "元，增长 3.8 %。其中：基本支出",
        "770.84 万元。",
    ];
    let read = read("三、支出决算情况说明", &lines);
    gives(&read, &["支出 921.96万元", "支出 比上年 33.63万元", "支出 比上年增幅 3.8%", "支出·基本支出 770.84万元"]);
    assert_eq!(read.figures[0].place.quote.as_deref().unwrap().lines().count(), 1);
}
