//! Forms of performance on a published page, from reading to findings.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use juesuan_catalog::Catalog;
use juesuan_model::{Severity, Verdict, package::Report};

/// The page of an invented office: a project in the explanations and in its form.
const PAGE: &str = "<html><body><h1>云岭市青溪区政务服务局2023年度部门决算</h1>\
 <h2>第一部分 部门概况</h2><h3>一、主要职责</h3><p>负责政务服务大厅的运行和管理。</p>\
 <h2>第三部分 部门决算情况说明</h2><h3>一、收入支出决算总体情况说明</h3><p>2023年度收、支总计均为921.96万元。</p>\
 <h3>二、预算绩效情况说明</h3><p>大厅设备更新项目绩效自评综述：项目全年预算数为90.00万元，执行数为81.00万元，完成预算90%。\
 主要产出和效益：更新叫号设备11台。发现的问题及原因：一台未到货。下一步改进措施：提前招标。</p>\
 <h2>第六部分 附件</h2><table>\
 <tr><td colspan=8>项目支出绩效自评表</td></tr>\
 <tr><td colspan=2>项目名称</td><td colspan=6>大厅设备更新项目</td></tr>\
 <tr><td rowspan=2>项目资金（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>\
 <tr><td>年度资金总额</td><td>100.00</td><td>90.00</td><td>81.00</td><td>10</td><td>90%</td><td>9</td></tr>\
 <tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因</td></tr>\
 <tr><td rowspan=2>产出指标</td><td>数量指标</td><td>更新设备台数</td><td>≥12台</td><td>11台</td><td>40</td><td>36.67</td><td>一台未到货</td></tr>\
 <tr><td>时效指标</td><td>等候时间</td><td>10—15分钟</td><td>12分钟</td><td>20</td><td>20</td><td></td></tr>\
 <tr><td>效益指标</td><td>社会效益指标</td><td>办事效率</td><td>提高</td><td>达成年度指标</td><td>20</td><td>20</td><td></td></tr>\
 <tr><td>满意度指标</td><td>服务对象满意度指标</td><td>群众满意度</td><td>≥90%</td><td>95%</td><td>10</td><td>10</td><td></td></tr>\
 <tr><td>总分</td><td></td><td></td><td></td><td></td><td>100</td><td>95.67</td><td></td></tr></table></body></html>";

fn check(page: &str) -> Report {
    let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
    let pages = juesuan_read::pages_of("青溪区政务服务局2023年度部门决算.html", page.as_bytes()).unwrap();
    let read = juesuan_recognize::document(&pages, &catalog);
    juesuan_check::check(&read.package, &catalog, &[])
}

fn grave(report: &Report) -> Vec<(&str, Severity)> {
    let grave = report.findings.iter().filter(|finding| finding.severity < Severity::Notice);
    grave.map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

#[test]
fn a_form_that_is_right_has_no_finding_and_its_points_are_recomputed() {
    let report = check(PAGE);
    assert_eq!(grave(&report), []);
    for code in ["PF120", "PF122", "PF123", "PF124", "PF132", "PF133", "PF138", "PF139"] {
        let held = report.relations.iter().any(|r| r.code == code && r.verdict == Verdict::Holds);
        assert!(held, "{code}");
    }
}

#[test]
fn each_fault_of_a_form_is_found_as_what_it_is() {
    let faults = [
        ("11台</td><td>40</td><td>36.67", "9台</td><td>40</td><td>36.67", "PF132"),
        ("达成年度指标", "部分达成年度指标并具有一定效果", "PF133"),
        ("≥90%</td><td>95%", "≥90%</td><td>105%", "PF138"),
        ("12分钟", "100%", "PF139"),
        ("<td>81.00</td>", "<td>80.00</td>", "LW001"),
        ("95.67", "99.67", "PF122"),
    ];
    for (right, wrong, code) in faults {
        let page = PAGE.replacen(right, wrong, 1);
        assert_ne!(page, PAGE, "{right}");
        let report = check(&page);
        assert!(grave(&report).iter().any(|(found, _)| *found == code), "{code}: {:?}", grave(&report));
    }
}
