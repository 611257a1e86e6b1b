//! Texts in other words than those of a template: what they explain, and what they leave blank.

use crate::scratch::Scratch;

fn checked(name: &str, file: &str, text: &str) -> String {
    let scratch = Scratch::new(name);
    scratch.put(file, text);
    scratch.run(&["check", file]).said
}

#[test]
fn a_cause_below_a_heading_inside_the_section_is_a_cause() {
    let text = |cause: &str| {
        format!(
            "甲县档案中心2023年度部门决算\n二、2023年度部门决算情况说明\n（一）收入支出决算总体情况说明\n\
             2023年度收、支总计80.00万元。与2022年相比，收、支总计各减少20.00万元，下降20.00%。{cause}\n"
        )
    };
    let given = checked("cause-inside", "a.txt", &text("系库房修缮已于上年竣工。"));
    assert!(!given.contains("CA101"), "{given}");
    let missing = checked("cause-missing", "a.txt", &text("系统运行平稳。"));
    assert!(missing.contains("CA101"), "{missing}");
}

#[test]
fn a_rate_beside_a_wrong_change_is_told_with_it() {
    let text = "甲县总工会2023年度部门决算\n八、“三公”经费支出情况说明\n\
        2023年度“三公”经费全年预算20.00万元，其中：因公出国（境）费0万元，公务接待费12.00万元，公务用车运行维护费8.00万元，公务用车购置费0万元。\n\
        2023年度“三公”经费支出决算9.00万元，完成全年预算的45%，其中：因公出国（境）费0万元，公务接待费4.00万元，占44.44%，\
        公务用车运行维护费5.00万元，占55.56%，公务用车购置费0万元。\n\
        公务接待费支出4.00万元，比全年预算减少0.10万元，下降0.008%，主要原因是接待减少。\n";
    let said = checked("rate-beside", "a.txt", text);
    assert_eq!(said.matches("错误[LW004]").count(), 1, "{said}");
}

#[test]
fn a_point_off_is_an_error_though_the_amounts_are_whole() {
    let text = "甲示范区2023年一般公共预算支出决算说明\n一、支出决算说明\n\
        2023年甲示范区一般公共预算支出5000万元，较2022年增加200万元，增长4.17%，主要原因是人员增加。\n\
        20701-文化和旅游960万元，较2022年增加96万元，增长12.11%。\n";
    let said = checked("point-off", "a.txt", text);
    assert!(said.contains("错误[LW004]") && said.contains("应为11.11%"), "{said}");
}

#[test]
fn a_form_that_nobody_filled_in_is_said_to_be_blank() {
    let text = "项目支出绩效自评表（2023年度） |\n项目名称 |\n护岸加固 |\n主管部门 |\n甲县水利局 |\n年度预算数（万元） |\n年初预算 |\n调整后预算数 |\n\
        预算执行数 |\n预算执行率 |\n权重 |\n得分 |\n总额 |\n30 |\n30 |\n27 |\n90% |\n10 |\n9 |\n\
        产出指标 |\n数量指标 |\n加固长度 |\n≥ |\n200 |\n米 |\n |\n60 |\n |\n质量指标 |\n验收合格率 |\n= |\n100 |\n% |\n |\n30 |\n |\n";
    let said = checked("blank-form", "a.txt", text);
    assert!(said.contains("PF148") && said.contains("没有填写完成值和得分"), "{said}");
}

#[test]
fn a_field_that_was_left_blank_is_said_to_be_blank() {
    let text = "项目支出绩效自评表\n（2023年度）\n项目名称 护岸加固\n主管部门 实施单位 甲县水利局\n\
        项目资金 年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分\n年度资金总额： 30 30 27 10 90% 9\n";
    let said = checked("blank-field", "a.txt", text);
    assert!(said.contains("PF115") && said.contains("主管部门"), "{said}");
}

#[test]
fn the_way_to_a_page_does_not_tell_what_it_is() {
    let html = "<html><head><meta charset=\"utf-8\"></head><body><div>您当前所在位置：首页 &gt; 政务公开 &gt; 部门决算</div>\
        <p>2023年区级部门预算</p><p>预算主管部门：甲市乙区体育局</p><p>2023年部门预算编制说明</p>\
        <p>支出预算64.00万元，其中：财政拨款支出预算64.00万元，与2022年预算持平。</p></body></html>";
    let said = checked("way", "a.html", html);
    assert!(said.contains("部门预算") && !said.contains("　部门决算　"), "{said}");
}

#[test]
fn the_budget_of_the_next_year_on_a_page_compares_with_this_year() {
    let text = "甲高新区管委会“三公”经费公开\n2021年“三公”经费决算情况\n\
        2021年“三公”经费支出16.00万元，其中：因公出国（境）费0万元，公务用车购置费0万元，公务用车运行维护费12.00万元，公务接待费4.00万元。\n\
        2022年“三公”经费预算情况\n\
        “三公”经费预算15.00万元，比2021年减少1.00万元，下降6.25%，主要原因是压减接待。其中：因公出国（境）费0万元，公务用车购置费0万元，\
        公务用车运行维护费12.00万元，公务接待费3.00万元。\n";
    let said = checked("next-year", "a.txt", text);
    assert!(!said.contains("DC112"), "{said}");
}
