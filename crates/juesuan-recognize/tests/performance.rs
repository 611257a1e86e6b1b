//! The performance part, from documents made here.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{Evaluation, Operator, Package, Quantity, Stands, Topic};
use juesuan_recognize::document;

fn paragraph(text: &str) -> String {
    format!("<p>{text}</p>")
}

/// 1 is 一、, below the title of the part.
fn heading(level: u8, text: &str) -> String {
    format!("<h{at}>{text}</h{at}>", at = level + 2)
}

/// A published account with these blocks as its annex.
fn package(blocks: &[String]) -> Package {
    let page = format!(
        "<html><head><title>甲县教育局2023年度部门决算</title></head><body><h1>甲县教育局2023年度部门决算</h1>\
         <h2>第一部分 部门概况</h2><h3>一、主要职责</h3><p>管理全县教育工作。</p><h2>第二部分 附件</h2>{}</body></html>",
        blocks.concat()
    );
    let pages = juesuan_read::pages_of("甲县教育局2023年度部门决算.html", page.as_bytes()).unwrap();
    document(&pages, &Catalog::load(&[]).unwrap()).package
}

fn amount(package: &Package, evaluation: &Evaluation, quantity: Quantity) -> Option<String> {
    let id = evaluation.amounts.get(&quantity)?;
    package.figure(*id)?.cell.number().map(|printed| printed.to_string())
}

fn one(package: &Package, stands: Stands, project: &str) -> Evaluation {
    let all = &package.performance.evaluations;
    let found = all.iter().find(|e| e.stands == stands && e.project == project);
    found
        .cloned()
        .unwrap_or_else(|| panic!("{stands:?} {project}: {:#?}", all.iter().map(|e| &e.project).collect::<Vec<_>>()))
}

#[test]
fn a_summary_and_the_report_of_a_project_that_is_named_a_little_otherwise_are_one_project() {
    let package = package(&[
        heading(1, "十三、预算绩效情况说明"),
        paragraph(
            "校舍安全维修专项经费项目绩效自评综述：项目全年预算数为 37 万元，执行数为 28.82 万元，完成预算 78％。\
             主要产出和效益：一是维修校舍。发现的问题及原因：一是招标较晚。下一步改进措施：一是提前招标。",
        ),
        paragraph(
            "食堂设备项目绩效自评综述：项目全年预算数为1,234.50万元，执行数为1,234.50万元，完成预算100%。\
             主要产出和效益：供餐。发现的问题及原因：无。下一步改进措施：无。",
        ),
        paragraph("2023 年度校舍维修专项经费"),
        paragraph("自评报告"),
        paragraph("一、自评结论"),
        paragraph("（一）自评得分：96.8 分。"),
        paragraph("（二）绩效目标完成情况"),
        paragraph("1.执行率情况：2023年度校舍安全维修专项经费 37 万，执行数 28.82 万，执行率 78%。"),
        paragraph("2.完成的绩效目标：维修及时。"),
        paragraph("3.未完成的绩效目标：资金执行力度不够。"),
        paragraph("（三）存在的问题和原因：无。"),
        paragraph("附件：2023年度校舍安全维修专项经费自评表（附后）"),
        paragraph("二、佐证资料"),
        paragraph("（一）基本情况"),
        paragraph("1.立项目的：保障校舍安全。"),
    ]);
    let summary = one(&package, Stands::Summary, "校舍安全维修专项经费");
    assert_eq!(summary.text(Topic::Problems), Some("一是招标较晚。"));
    assert_eq!(amount(&package, &summary, Quantity::FullYearBudget).as_deref(), Some("37万元"));
    let report = one(&package, Stands::Report, "校舍安全维修专项经费");
    assert_eq!(report.year, Some(2023));
    assert_eq!(report.names[0].text, "校舍维修专项经费");
    for (quantity, value) in [
        (Quantity::FullYearBudget, "37万元"),
        (Quantity::Executed, "28.82万元"),
        (Quantity::Rate, "78%"),
        (Quantity::Score, "96.8分"),
    ] {
        assert_eq!(amount(&package, &report, quantity).as_deref(), Some(value), "{quantity:?}");
    }
    for (topic, text) in [
        (Topic::Problems, "无。"),
        (Topic::Unmet, "资金执行力度不够。"),
        (Topic::Purpose, "保障校舍安全。"),
        (Topic::Attached, "2023年度校舍安全维修专项经费自评表(附后)"),
    ] {
        assert_eq!(report.text(topic), Some(text), "{topic:?}");
    }
    let other = one(&package, Stands::Summary, "食堂设备");
    assert_eq!(amount(&package, &other, Quantity::Executed).as_deref(), Some("1234.50万元"));
}

#[test]
fn the_whole_has_rates_and_the_causes_of_its_deviations() {
    let package = package(&[
        heading(1, "十三、预算绩效情况说明"),
        heading(2, "（一）预算绩效管理工作开展情况"),
        paragraph(
            "1、资金到位情况分析。2023年整体支出年初预算715.58万元。实际到位资金921.96万元。偏移原因：人员变动。",
        ),
        paragraph("2、资金执行情况分析。2023年整体支出921.96万元，资金执行率 109%，偏移原因使用上年结转资金。"),
        heading(2, "（三）绩效评价结果应用情况"),
        paragraph("加强管理，资金执行率 50%。"),
    ]);
    let whole = one(&package, Stands::Summary, "");
    assert_eq!(whole.text(Topic::ArrivalCause), Some("人员变动。"));
    assert_eq!(whole.text(Topic::ExecutionCause), Some("使用上年结转资金。"));
    assert_eq!(amount(&package, &whole, Quantity::Rate).as_deref(), Some("109%"));
    assert_eq!(amount(&package, &whole, Quantity::Received).as_deref(), Some("921.96万元"));
    assert_eq!(amount(&package, &whole, Quantity::InitialBudget).as_deref(), Some("715.58万元"));
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| format!("<td>{text}</td>")).collect();
    format!("<tr>{}</tr>", cells.concat())
}

#[test]
fn the_central_form_is_read_by_its_heads() {
    let rows = [
        "<tr><td colspan=8>项目支出绩效自评表</td></tr>".to_owned(),
        row(&["项目名称", "", "校舍维修", "", "", "", "", ""]),
        row(&["主管部门", "", "甲县教育局", "", "实施单位", "", "甲县教育局", ""]),
        row(&["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]),
        row(&["", "年度资金总额", "100.00", "90.00", "81.00", "10", "90.00%", "9.0"]),
        row(&["", "其中：当年财政拨款", "100.00", "90.00", "81.00", "—", "90.00%", "—"]),
        row(&["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""]),
        row(&["", "维修12所", "", "", "已维修12所", "", "", ""]),
        row(&[
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ]),
        row(&["产出指标", "数量指标", "维修学校", "≥12所", "12所", "50", "50", ""]),
        row(&["", "质量指标", "合格率", "=100%", "98%", "30", "29", "一处返工"]),
        row(&["满意度指标", "服务对象满意度", "师生满意度", "95%以上", "96%", "10", "10", ""]),
        row(&["总分", "", "", "", "", "100", "98", ""]),
    ];
    let package = package(&[format!("<table>{}</table>", rows.concat())]);
    let form = one(&package, Stands::Form, "校舍维修");
    for (quantity, value) in [
        (Quantity::InitialBudget, "100.00万元"),
        (Quantity::FullYearBudget, "90.00万元"),
        (Quantity::Executed, "81.00万元"),
        (Quantity::Rate, "90.00%"),
        (Quantity::ExecutionWeight, "10分"),
        (Quantity::ExecutionScore, "9.0分"),
        (Quantity::WeightTotal, "100分"),
        (Quantity::Score, "98分"),
    ] {
        assert_eq!(amount(&package, &form, quantity).as_deref(), Some(value), "{quantity:?}");
    }
    assert_eq!(form.text(Topic::Goal), Some("维修12所"));
    assert_eq!(form.text(Topic::Outcome), Some("已维修12所"));
    assert_eq!(form.text(Topic::Department), Some("甲县教育局"));
    assert_eq!(form.funds.len(), 2);
    let names: Vec<&str> = form.indicators.iter().map(juesuan_model::Indicator::name).collect();
    assert_eq!(names, ["维修学校", "合格率", "师生满意度"]);
    let rate = &form.indicators[1];
    assert_eq!(
        (rate.path[0].as_str(), rate.target.operator, rate.reason.as_str()),
        ("产出指标", Some(Operator::Exactly), "一处返工")
    );
    assert_eq!(form.indicators[2].target.operator, Some(Operator::AtLeast));
}

#[test]
fn a_form_that_lost_its_lines_gives_its_head_and_its_rates() {
    let lines = [
        "2023年度甲县教育局整体绩效自评表",
        "单位名称 甲县教育局",
        "基本支出总额 770.84 项目支出总额 151.12",
        "负责原六大产业局所属61家企业的改革改制和处理破产改制终结企业的遗留问题",
        "年度目标",
        "。",
        "二级指",
        "三级指标",
        "年初目标值（A） 实际完成值（B）",
        "公用经",
        "费控制",
        "（实际支出公用经费总额/预算安排公用经费总额）x100",
        "公用经费控",
        "制率",
        "%",
        "绩效基",
        "本型",
        "100% 100%",
        "社会效",
        "益",
        "改制企业职",
        "工满意度",
        "绩效基",
        "本型",
        "提高 提高",
        "偏差大或",
        "目标未完成",
        "原因分析",
        "无",
        "改进措施及",
        "结果应用方案",
        "无",
        "备注：",
        "1.基本支出总额为财政资金实际支出数。",
    ];
    let package = package(&lines.map(paragraph));
    let form = one(&package, Stands::Form, "");
    assert_eq!(amount(&package, &form, Quantity::BasicTotal).as_deref(), Some("770.84万元"));
    assert!(form.text(Topic::Duties).unwrap().starts_with("负责原六大产业局"));
    assert_eq!(form.text(Topic::Goal), Some("。"));
    assert_eq!((form.text(Topic::Deviation), form.text(Topic::Measures)), (Some("无"), Some("无")));
    assert!(form.text(Topic::Note).unwrap().contains("财政资金实际支出数"));
    let names: Vec<&str> = form.indicators.iter().map(juesuan_model::Indicator::name).collect();
    assert_eq!(names, ["公用经费控制率", "改制企业职工满意度"]);
    assert!(form.indicators[0].actual.value.is_some());
    assert_eq!(form.indicators[1].actual.text, "提高");
}

#[test]
fn a_project_that_a_line_begins_with_by_its_name_is_the_one_the_money_is_of() {
    let blocks = [
        heading(1, "十二、预算绩效情况说明"),
        paragraph("普法宣传购买服务项目：全年预算数8.00万元，执行数7.60万元，完成预算的95%。"),
        paragraph("2.业务用房维修项目。全年预算数20.00万元，执行数18.00万元，完成预算的90%。"),
    ];
    let package = package(&blocks);
    for (project, spent) in [("普法宣传购买服务", "7.60万元"), ("业务用房维修", "18.00万元")] {
        let own = one(&package, Stands::Summary, project);
        assert_eq!(amount(&package, &own, Quantity::Executed).as_deref(), Some(spent), "{project}");
    }
}
