//! Forms of performance with their lines and merged cells, as offices put them on web pages: read as documents.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{Evaluation, Operator, Package, Quantity, Stands, Topic};
use juesuan_recognize::document;

/// A published account of an invented office with `body` as its annex.
fn read(body: &str) -> Package {
    let page = format!(
        "<html><head><title>云岭市青溪区政务服务局2023年度部门决算</title></head><body>\
         <h1>云岭市青溪区政务服务局2023年度部门决算</h1>\
         <h2>第一部分 部门概况</h2><h3>一、主要职责</h3><p>负责政务服务大厅的运行和管理。</p>\
         <h2>第三部分 部门决算情况说明</h2><h3>一、收入支出决算总体情况说明</h3>\
         <p>2023年度收、支总计均为921.96万元。</p>\
         <h2>第六部分 附件</h2>{body}</body></html>"
    );
    let pages = juesuan_read::pages_of("青溪区政务服务局2023年度部门决算.html", page.as_bytes()).unwrap();
    document(&pages, &Catalog::load(&[]).unwrap()).package
}

fn form<'p>(package: &'p Package, project: &str) -> &'p Evaluation {
    let all = &package.performance.evaluations;
    let told = || all.iter().map(|e| (e.stands, e.project.clone(), e.indicators.len())).collect::<Vec<_>>();
    all.iter().find(|e| e.stands == Stands::Form && e.project == project).unwrap_or_else(|| panic!("{:?}", told()))
}

fn amount(package: &Package, evaluation: &Evaluation, quantity: Quantity) -> String {
    let id = evaluation.amounts.get(&quantity);
    let printed = id.and_then(|id| package.figure(*id)).and_then(|figure| figure.cell.number());
    printed.map(|printed| printed.to_string()).unwrap_or_default()
}

const CENTRAL: &str = "<table>\
 <tr><td colspan=9>项目支出绩效自评表</td></tr><tr><td colspan=9>（2023年度）</td></tr>\
 <tr><td colspan=2>项目名称</td><td colspan=7>大厅设备更新</td></tr>\
 <tr><td colspan=2>主管部门</td><td colspan=3>青溪区政务服务局</td><td>实施单位</td><td colspan=3>青溪区政务服务局</td></tr>\
 <tr><td colspan=2 rowspan=5>项目资金<br>（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>\
 <tr><td>年度资金总额</td><td>100.00</td><td>90.00</td><td>81.00</td><td>10</td><td>90.00%</td><td>9.0</td></tr>\
 <tr><td>其中：当年财政拨款</td><td>80.00</td><td>70.00</td><td>61.00</td><td>—</td><td>87.14%</td><td>—</td></tr>\
 <tr><td>上年结转资金</td><td>20.00</td><td>20.00</td><td>20.00</td><td>—</td><td>100%</td><td>—</td></tr>\
 <tr><td>其他资金</td><td></td><td></td><td></td><td>—</td><td></td><td>—</td></tr>\
 <tr><td rowspan=2>年度总体目标</td><td colspan=4>预期目标</td><td colspan=4>实际完成情况</td></tr>\
 <tr><td colspan=4>更新叫号设备12台，缩短等候时间</td><td colspan=4>更新叫号设备11台</td></tr>\
 <tr><td rowspan=6>绩效指标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因分析及改进措施</td></tr>\
 <tr><td rowspan=3>产出指标</td><td rowspan=2>数量指标</td><td>更新设备台数</td><td>≥12台</td><td>11台</td><td>20</td><td>18.33</td><td>一台未到货</td></tr>\
 <tr><td>等候时间</td><td>10—15分钟</td><td>12分钟</td><td>20</td><td>20</td><td></td></tr>\
 <tr><td>质量指标</td><td>验收合格率</td><td>=100%</td><td>100%</td><td>10</td><td>10</td><td></td></tr>\
 <tr><td>效益指标</td><td>社会效益指标</td><td>办事效率</td><td>提高</td><td>达成年度指标</td><td>30</td><td>30</td><td></td></tr>\
 <tr><td>满意度指标</td><td>服务对象满意度指标</td><td>群众满意度</td><td>≥90%</td><td>95%</td><td>10</td><td>10</td><td></td></tr>\
 <tr><td colspan=6>总分</td><td>100</td><td>97.33</td><td></td></tr></table>";

#[test]
fn the_central_form_with_merged_cells_is_read_whole() {
    let package = read(CENTRAL);
    let form = form(&package, "大厅设备更新");
    for (quantity, value) in [
        (Quantity::InitialBudget, "100.00万元"),
        (Quantity::FullYearBudget, "90.00万元"),
        (Quantity::Executed, "81.00万元"),
        (Quantity::Rate, "90.00%"),
        (Quantity::ExecutionWeight, "10分"),
        (Quantity::ExecutionScore, "9.0分"),
        (Quantity::WeightTotal, "100分"),
        (Quantity::Score, "97.33分"),
    ] {
        assert_eq!(amount(&package, form, quantity), value, "{quantity:?}");
    }
    assert_eq!(form.text(Topic::Goal), Some("更新叫号设备12台，缩短等候时间"));
    assert_eq!(form.text(Topic::Outcome), Some("更新叫号设备11台"));
    assert_eq!(form.text(Topic::Department), Some("青溪区政务服务局"));
    let funds: Vec<&str> = form.funds.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(funds.len(), 4, "{funds:?}");
    let told: Vec<(String, String, String)> =
        form.indicators.iter().map(|i| (i.path.join("／"), i.target.text.clone(), i.actual.text.clone())).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert_eq!(told[1].0, "产出指标／数量指标／等候时间");
    assert_eq!(told[2].0, "产出指标／质量指标／验收合格率");
    assert_eq!(told[4].0, "满意度指标／服务对象满意度指标／群众满意度");
    assert_eq!(form.indicators[0].target.operator, Some(Operator::AtLeast));
    assert_eq!(form.indicators[0].reason, "一台未到货");
    let range = &form.indicators[1].target;
    assert_eq!((range.operator, range.unit.as_str()), (Some(Operator::Between), "分钟"));
    assert!(range.value.is_some() && range.upto.is_some() && range.value != range.upto);
}

#[test]
fn a_form_whose_project_is_named_a_little_otherwise_has_the_name_and_the_figures_of_its_summary() {
    let summary = "<h3>二、预算绩效情况说明</h3><p>大厅设备更新项目绩效自评综述：项目全年预算数为90.00万元，执行数为80.00万元，\
         完成预算88.89%。主要产出和效益：更新叫号设备11台。</p>";
    let package = read(&format!("{summary}{}", CENTRAL.replace("大厅设备更新", "大厅设备更新项目")));
    let form = form(&package, "大厅设备更新");
    assert_eq!(form.names.first().map(|told| told.text.as_str()), Some("大厅设备更新项目"));
    let meaning = |id| package.figure(id).and_then(|figure| figure.meanings.first()).map(ToString::to_string);
    let own = form.amounts.get(&Quantity::Executed).copied().and_then(meaning);
    let all = &package.performance.evaluations;
    let summary = all.iter().find(|e| e.stands == Stands::Summary && e.project == "大厅设备更新").unwrap();
    assert_eq!(own, summary.amounts.get(&Quantity::Executed).copied().and_then(meaning));
    assert!(own.is_some_and(|own| own.contains("大厅设备更新")));
}

const HUBEI: &str = "<p>2023年度大厅设备更新项目自评表</p><table>\
 <tr><td>项目名称</td><td colspan=6>大厅设备更新</td></tr>\
 <tr><td>主管部门</td><td colspan=2>青溪区政务服务局</td><td colspan=2>项目实施单位</td><td colspan=2>青溪区政务服务局</td></tr>\
 <tr><td>项目类别</td><td colspan=6>1、部门预算项目 √ 2、专项 3、转移支付</td></tr>\
 <tr><td rowspan=2>预算执行情况（万元）<br>（20分）</td><td colspan=2></td><td>预算数（A）</td><td>执行数（B）</td><td>执行率（B/A）</td><td>得分（20分*执行率）</td></tr>\
 <tr><td colspan=2>年度财政资金总额</td><td>37</td><td>28.82</td><td>77.89%</td><td>15.58</td></tr>\
 <tr><td rowspan=4>年度绩效目标<br>（80分）</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年初目标值（A）</td><td>实际完成值（B）</td><td>得分</td></tr>\
 <tr><td rowspan=2>产出指标</td><td>数量指标</td><td>更新设备台数（40分）</td><td>12台</td><td>12台</td><td>40</td></tr>\
 <tr><td>时效指标</td><td>完成时间（20分）</td><td>2023年11月底前</td><td>2023年10月</td><td>20</td></tr>\
 <tr><td>效益指标</td><td>社会效益指标</td><td>群众满意度（20分）</td><td>≥90%</td><td>95%</td><td>20</td></tr>\
 <tr><td colspan=6>总分</td><td>95.58</td></tr>\
 <tr><td>偏差大或目标未完成原因分析</td><td colspan=6>尾款未付</td></tr>\
 <tr><td>改进措施及结果应用方案</td><td colspan=6>及时结算</td></tr></table>";

#[test]
fn the_form_of_hubei_has_its_points_in_its_heads_and_names() {
    let package = read(HUBEI);
    let form = form(&package, "大厅设备更新");
    for (quantity, value) in [
        (Quantity::FullYearBudget, "37万元"),
        (Quantity::Executed, "28.82万元"),
        (Quantity::Rate, "77.89%"),
        (Quantity::ExecutionWeight, "20分"),
        (Quantity::ExecutionScore, "15.58分"),
        (Quantity::Score, "95.58分"),
    ] {
        assert_eq!(amount(&package, form, quantity), value, "{quantity:?}");
    }
    let told: Vec<(&str, String)> = form
        .indicators
        .iter()
        .map(|i| {
            let weight = i.weight.and_then(|id| package.figure(id)).and_then(|figure| figure.cell.number());
            (i.name(), weight.map(|printed| printed.to_string()).unwrap_or_default())
        })
        .collect();
    let point = |text: &str| text.to_owned();
    assert_eq!(told, [("更新设备台数", point("40分")), ("完成时间", point("20分")), ("群众满意度", point("20分"))]);
    assert_eq!(form.text(Topic::Deviation), Some("尾款未付"));
    assert_eq!(form.text(Topic::Measures), Some("及时结算"));
}

const HEAD: &str = "<tr><td>二级指标</td><td>三级指标</td><td>评价要点</td><td>指标分类</td><td>年初目标值（A）</td><td>实际完成值（B）</td></tr>";

#[test]
fn the_form_of_the_whole_has_its_classes_and_runs_over_pages() {
    let first = format!(
        "<p>2023年度青溪区政务服务局部门整体绩效自评表</p><table>\
         <tr><td>单位名称</td><td colspan=5>青溪区政务服务局</td></tr>\
         <tr><td>基本支出总额</td><td colspan=2>754.19</td><td>项目支出总额</td><td colspan=2>151.12</td></tr>\
         <tr><td>年度目标</td><td colspan=5>办好群众的每一件事</td></tr>{HEAD}\
         <tr><td rowspan=2>公用经费控制</td><td>公用经费控制率</td><td>实际支出公用经费总额/预算安排公用经费总额</td><td>绩效基本型</td><td>≤100%</td><td>69.28%</td></tr>\
         <tr><td>会议费控制</td><td>会议费支出与标准的匹配程度</td><td>绩效基本型</td><td>相符</td><td>相符</td></tr></table>"
    );
    let second = format!(
        "<table>{HEAD}<tr><td>核心业务产出</td><td>办件数</td><td>全年办件</td><td>绩效创新型</td><td>≥2600件</td><td>2831件</td></tr></table>\
         <p>偏差大或目标未完成原因分析：无</p>"
    );
    let package = read(&format!("{first}{second}"));
    let forms: Vec<&Evaluation> = package.performance.evaluations.iter().filter(|e| e.stands == Stands::Form).collect();
    assert_eq!(forms.len(), 1, "{:?}", forms.iter().map(|f| (&f.title, f.indicators.len())).collect::<Vec<_>>());
    let form = form(&package, "");
    assert_eq!(amount(&package, form, Quantity::BasicTotal), "754.19万元");
    assert_eq!(amount(&package, form, Quantity::ProjectTotal), "151.12万元");
    assert_eq!(form.text(Topic::Goal), Some("办好群众的每一件事"));
    let told: Vec<(&str, &str)> = form.indicators.iter().map(|i| (i.name(), i.class.as_str())).collect();
    assert_eq!(told, [("公用经费控制率", "绩效基本型"), ("会议费控制", "绩效基本型"), ("办件数", "绩效创新型")]);
    assert_eq!(form.indicators[1].path[1], "公用经费控制");
}
