//! Reports and forms of performance, written from an evaluation made by hand.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, unused_imports, reason = "other tests use the rest")]
mod made;

use std::collections::BTreeMap;

use juesuan_compose::{Sources, compose};
use juesuan_evaluate::campaign::{Campaign, Fund, IndicatorLine, Piece, PriorResult, Subject, UsePlan};
use juesuan_evaluate::{Aim, Line, Method, execution, grade, line, total};
use juesuan_facts::Amount;
use juesuan_model::{
    Block, Cell, CellRole, Evaluation, Mark, Measure, Money, Number, Package, Place, Printed, Quantity, Stage, Stands,
    Step, Table, Target, TargetChange, Topic,
};
use made::{Made, catalog};

fn wan(text: &str) -> Amount {
    Amount::Exact(Money::parse_wan_yuan(text).unwrap())
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn texts(all: &[(Topic, &[&str])]) -> BTreeMap<Topic, Vec<Vec<Piece>>> {
    let text = |text: &&str| vec![Piece::Text((*text).to_owned())];
    all.iter().map(|(topic, texts)| (*topic, texts.iter().map(text).collect())).collect()
}

fn read(value: &str) -> Aim {
    Aim::parse(value, &catalog().performance.values)
}

/// 一级, 二级, 三级, aimed at, reached, points at most, reason.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

fn indicator((first, second, name, aim, reached, weight, reason): Row) -> IndicatorLine {
    let profile = catalog().performance.profile("hubei").unwrap();
    let aim = read(aim);
    let reached = (!reached.is_empty()).then(|| read(reached));
    let weight = (!weight.is_empty()).then(|| number(weight));
    let method = if aim.is_number() { Method::Ratio } else { Method::AllOrNothing };
    let scored =
        line(&Line { name, aim: &aim, reached: reached.as_ref(), weight, method, tier: "", given: None }, profile);
    IndicatorLine {
        path: [first, second, name].map(str::to_owned),
        class: "绩效基本型".to_owned(),
        point: String::new(),
        aim,
        approved: None,
        reached,
        weight,
        method,
        scored,
        formula: String::new(),
        reason: reason.to_owned(),
        far_over: false,
        evidence: Vec::new(),
        lacks: None,
        place: Place::default(),
    }
}

/// Points and grade of a project with this budget and expense.
fn project(name: &str, budget: &str, executed: &str, rows: &[Row]) -> Subject {
    let profile = catalog().performance.profile("hubei").unwrap();
    let lines: Vec<IndicatorLine> = rows.iter().map(|row| indicator(*row)).collect();
    let spent = execution(Some(number(budget)), Some(number(executed)), profile);
    let scores: Vec<_> = lines.iter().map(|line| line.scored.clone()).collect();
    let total = total(Some(&spent), &scores);
    let grade = total.and_then(|total| grade(total, &catalog().performance, "hubei")).map(str::to_owned);
    let amounts = BTreeMap::from([(Quantity::FullYearBudget, wan(budget)), (Quantity::Executed, wan(executed))]);
    Subject {
        project: name.to_owned(),
        fields: BTreeMap::from([("department", "样县人民政府办公室"), ("executor", "综合股")])
            .into_iter()
            .map(|(key, entry)| (key.to_owned(), entry.to_owned()))
            .collect(),
        funds: vec![Fund { name: String::new(), amounts }],
        execution: Some(spent),
        execution_weight: Some(Number::whole(profile.execution)),
        rate: number(executed).percent_of(number(budget)),
        lines,
        total,
        grade,
        ..Subject::default()
    }
}

/// The equipment of the duty room: a little money left, one target missed.
fn equipment() -> Subject {
    let mut own = project(
        "值班设备",
        "15",
        "14.66",
        &[
            ("产出指标", "数量指标", "更新终端", "≥20套", "20套", "30", ""),
            ("产出指标", "时效指标", "验收天数", "≤15天", "18天", "20", "厂家到货迟了三天"),
            ("效益指标", "社会效益", "信息报送及时率", "≥98%", "99.5%", "20", ""),
            ("满意度指标", "服务对象满意度", "值班人员满意度", "≥90%", "95%", "10", ""),
        ],
    );
    own.texts = texts(&[
        (Topic::Purpose, &["更换使用八年的值班终端"]),
        (Topic::Goal, &["更新终端二十套，汛期前投入使用"]),
        (Topic::Output, &["更新终端二十套"]),
        (Topic::ExecutionCause, &["招标节约"]),
        (Topic::Problems, &["设备验收比计划晚三天"]),
        (Topic::Measures, &["合同写明到货日期和违约金", "备选一家供货商"]),
        (Topic::Work, &["综合股对照验收单逐台清点"]),
    ]);
    own.prior = Some(PriorResult {
        year: 2022,
        executed: Some(wan("12")),
        score: Some(number("97.5")),
        reached: BTreeMap::from([("信息报送及时率".to_owned(), "98.2%".to_owned())]),
    });
    own
}

/// Supervision: all money spent, all targets met.
fn supervision() -> Subject {
    let mut own = project(
        "督查经费",
        "10",
        "10",
        &[
            ("产出指标", "数量指标", "督查期数", "≥8期", "8期", "40", ""),
            ("效益指标", "社会效益", "决定事项落实", "落实", "落实", "40", ""),
        ],
    );
    own.texts = texts(&[
        (Topic::Purpose, &["督促会议决定事项落实"]),
        (Topic::Goal, &["全年督查八期"]),
        (Topic::Output, &["督查八期"]),
        (Topic::Work, &["督查室逐期核对"]),
    ]);
    own
}

fn whole() -> Subject {
    let rows = [
        ("履职效能", "核心业务产出", "办理公文", "≥600件", "617件", "60", ""),
        ("运行成本", "成本控制", "在职人员控制率", "≤100%", "94.4%", "40", ""),
    ];
    let lines: Vec<IndicatorLine> = rows.iter().map(|row| indicator(*row)).collect();
    let scores: Vec<_> = lines.iter().map(|line| line.scored.clone()).collect();
    let total = total(None, &scores);
    let grade = total.and_then(|total| grade(total, &catalog().performance, "hubei")).map(str::to_owned);
    Subject {
        lines,
        total,
        grade,
        texts: texts(&[
            (Topic::Goal, &["办文办会及时"]),
            (Topic::Management, &["修订了财务制度"]),
            (Topic::Use, &["结果作为编制下年预算的依据"]),
        ]),
        ..Subject::default()
    }
}

fn campaign() -> Campaign {
    let step = |stage, date: &str, version| Step {
        stage,
        date: date.to_owned(),
        person: "综合股".to_owned(),
        version,
        ..step_of_all()
    };
    let change = TargetChange {
        project: "值班设备".to_owned(),
        indicator: "更新终端".to_owned(),
        version: 2,
        date: "2023-08-22".to_owned(),
        before: "≥24套".to_owned(),
        after: "≥20套".to_owned(),
        approved_by: "样县财政局".to_owned(),
        reference: "样财绩调〔2023〕7号".to_owned(),
        reason: "两个岗位撤并".to_owned(),
        place: Place::default(),
    };
    let mut equipment = equipment();
    equipment.lines[0].approved = Some(read("≥24套"));
    let plan = |kind: &str, content: &str, budget: Option<&str>| UsePlan {
        project: "值班设备".to_owned(),
        kind: kind.to_owned(),
        content: content.to_owned(),
        owner: "财务室".to_owned(),
        due: None,
        done: None,
        next_budget: budget.map(|budget| Money::parse_wan_yuan(budget).unwrap()),
        place: Place::default(),
    };
    Campaign {
        profile: "hubei".to_owned(),
        whole: Some(whole()),
        projects: vec![equipment, supervision()],
        steps: vec![step(Stage::Approved, "2023-02-15", 1), step(Stage::Evaluated, "2024-03-26", 2)],
        changes: vec![change],
        uses: vec![plan("与预算安排结合", "核减预算", Some("12")), plan("公开", "随决算公开", None)],
        ..Campaign::default()
    }
}

fn step_of_all() -> Step {
    Step {
        project: String::new(),
        stage: Stage::Set,
        date: String::new(),
        person: String::new(),
        version: 0,
        reference: String::new(),
        note: String::new(),
        place: Place::default(),
    }
}

fn written(variant: &str, campaign: &Campaign) -> Package {
    let made = if variant == "shanghai" { Made::shanghai() } else { Made::hubei() };
    compose(Sources { campaign: Some(campaign), ..made.sources() }, catalog()).package
}

/// Lines of the part behind the glossary.
fn lines(package: &Package) -> Vec<String> {
    let part = package.document.parts.last().unwrap();
    let line = |block: &Block| match block {
        Block::Heading { text, .. } => text.clone(),
        Block::Paragraph { runs, .. } => runs.iter().map(|run| run.text.as_str()).collect(),
        Block::Table(table) => table.notes.join("\n"),
        Block::Chart(chart) => chart.alternative.clone(),
    };
    part.blocks.iter().map(line).collect()
}

fn tables(package: &Package) -> impl Iterator<Item = &Table> {
    let part = package.document.parts.last().unwrap();
    part.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

fn has(package: &Package, words: &str) {
    let all = lines(package);
    assert!(all.iter().any(|line| line.contains(words)), "没有“{words}”：\n{}", all.join("\n"));
}

fn of<'p>(package: &'p Package, stands: Stands, project: &str) -> &'p Evaluation {
    let all = &package.performance.evaluations;
    all.iter().find(|own| own.stands == stands && own.project == project).unwrap_or_else(|| panic!("{all:#?}"))
}

fn amount(package: &Package, evaluation: &Evaluation, quantity: Quantity) -> String {
    let id = evaluation.amounts.get(&quantity).unwrap_or_else(|| panic!("{quantity:?}: {evaluation:#?}"));
    package.figure(*id).unwrap().cell.number().unwrap().to_string()
}

#[test]
fn each_project_has_the_same_numbers_in_its_report_its_form_and_the_summary() {
    let package = written("hubei", &campaign());
    for stands in [Stands::Summary, Stands::Report, Stands::Form] {
        let own = of(&package, stands, "值班设备");
        assert_eq!(amount(&package, own, Quantity::FullYearBudget), "15.00万元", "{stands:?}");
        assert_eq!(amount(&package, own, Quantity::Executed), "14.66万元", "{stands:?}");
        assert_eq!(amount(&package, own, Quantity::Rate), "97.73%", "{stands:?}");
    }
    for stands in [Stands::Report, Stands::Form] {
        let own = of(&package, stands, "值班设备");
        assert_eq!(amount(&package, own, Quantity::Score), "96.22分", "{stands:?}");
    }
    let form = of(&package, Stands::Form, "值班设备");
    assert_eq!(amount(&package, form, Quantity::ExecutionScore), "19.55分");
    assert_eq!(amount(&package, form, Quantity::WeightTotal), "100分");
    assert_eq!(form.indicators.len(), 4);
    assert!(form.indicators.iter().all(|indicator| !indicator.steps.is_empty()), "{form:#?}");
}

/// One line for each evaluation of these kinds, each of its numbers, texts and indicators; a workbook keeps amounts to the 分.
fn told(package: &Package, kinds: &[Stands]) -> Vec<String> {
    let print = |id| {
        let number = package.figure(id).unwrap().cell.number().unwrap();
        let money = number.money().map(|money| Printed::from_money(money, number.unit, 2));
        money.unwrap_or(number).digits_trimmed()
    };
    let one = |own: &Evaluation| {
        let whose = format!("{:?} {}", own.stands, own.project);
        let amounts = own.amounts.iter().map(|(quantity, id)| format!("{whose} {quantity:?} {}", print(*id)));
        let says = own.says.iter().map(|(topic, told)| format!("{whose} {topic:?} {}", told.text));
        let funds = own.funds.iter().flat_map(|line| {
            line.amounts.iter().map(|(quantity, id)| format!("{whose} {} {quantity:?} {}", line.name, print(*id)))
        });
        let lines = own.indicators.iter().map(|line| {
            let value = |target: &Target| {
                let numbers = [target.value, target.upto].map(|id| id.map(print));
                format!("{} {:?} {numbers:?} {}", target.text, target.operator, target.unit)
            };
            let points = [line.weight, line.score].map(|id| id.map(print));
            let values = (value(&line.target), value(&line.actual));
            format!("{whose} {:?} {values:?} {points:?} {}", line.path, line.reason)
        });
        let titled = format!("{whose}：{:?} {}", own.title.text, own.names.len());
        std::iter::once(titled).chain(amounts).chain(says).chain(funds).chain(lines).collect::<Vec<_>>()
    };
    package.performance.evaluations.iter().filter(|own| kinds.contains(&own.stands)).flat_map(one).collect()
}

#[test]
fn what_is_written_is_read_back_as_the_same_evaluations() {
    for variant in ["hubei", "shanghai"] {
        let package = written(variant, &campaign());
        let page = juesuan_write::html(&package, &juesuan_write::Links::default()).unwrap();
        let page = page.into_iter().find(|output| output.path == "index.html").unwrap().bytes;
        let all: &[Stands] = &[Stands::Summary, Stands::Report, Stands::Form];
        for (format, bytes, kinds) in [
            ("docx", juesuan_write::docx(&package, &juesuan_write::FontSource::default(), catalog()).unwrap(), all),
            ("html", page, all),
            // A workbook has the tables without the texts around them.
            ("xlsx", juesuan_write::xlsx(&package).unwrap(), &[Stands::Form]),
        ] {
            let pages = juesuan_read::pages_of(&format!("决算.{format}"), &bytes).unwrap();
            let read = juesuan_recognize::document(&pages, catalog()).package;
            let (made, back) = (told(&package, kinds), told(&read, kinds));
            let lost: Vec<_> = made.iter().filter(|line| !back.contains(line)).collect();
            let new: Vec<_> = back.iter().filter(|line| !made.contains(line)).collect();
            assert!(lost.is_empty() && new.is_empty(), "{variant} {format}: lost {lost:#?}, new {new:#?}");
            assert_eq!(of(&read, Stands::Form, "").indicators.len(), 2, "{variant} {format}");
        }
    }
}

#[test]
fn every_number_of_a_form_is_a_figure_with_its_row_and_column() {
    let package = written("hubei", &campaign());
    let mut seen = 0;
    for cell in tables(&package).flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        if cell.role == CellRole::Number && !cell.text.is_empty() {
            let figure = package.figure(cell.figure.unwrap_or_else(|| panic!("{cell:?}"))).unwrap();
            assert!(figure.place.table.is_some() && figure.place.row.is_some(), "{figure:?}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    let form = tables(&package).find(|table| table.title == "2023年度值班设备自评表").unwrap();
    let row = form.rows.iter().find(|row| row.cells.iter().any(|cell| cell.text == "验收天数")).unwrap();
    let score = package.figure(row.cells[6].figure.unwrap()).unwrap();
    assert_eq!((score.place.row.as_deref(), score.place.column.as_deref()), (Some("验收天数"), Some("得分")));
    assert_eq!(score.cell.number().unwrap().digits(), "16.67");
    assert_eq!(score.measure, Measure::Score);
}

#[test]
fn unmet_is_told_with_its_reason_where_points_are_lost_and_nowhere_else() {
    let package = written("hubei", &campaign());
    has(&package, "3.未完成的绩效目标：预算执行率97.73%，未达到100%，主要原因：招标节约；验收天数");
    has(&package, "验收天数（指标值≤15天，实际18天），主要原因：厂家到货迟了三天。");
    let met = of(&package, Stands::Report, "督查经费");
    assert_eq!(met.text(Topic::Unmet), Some("无。"));
    assert_eq!(met.text(Topic::Problems), Some("无。"));
    let summary = of(&package, Stands::Summary, "督查经费");
    assert_eq!(summary.text(Topic::Problems), Some("无。"));
}

#[test]
fn what_is_missing_is_asked_for_where_it_belongs_and_never_made_up() {
    let mut campaign = campaign();
    campaign.projects[0].texts.remove(&Topic::Problems);
    campaign.projects[0].lines[1].reason = String::new();
    let package = written("hubei", &campaign);
    let reasons = package.document.draft_reasons.join("\n");
    assert!(reasons.contains("缺少项目“值班设备”的问题"), "{reasons}");
    assert!(reasons.contains("缺少项目“值班设备”“验收天数”的偏差原因"), "{reasons}");
    let runs = package.document.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
        Block::Paragraph { runs, .. } => Some(runs),
        _ => None,
    });
    let asked = runs.flatten().filter(|run| run.mark == Mark::Missing && run.text.contains("值班设备”的问题"));
    assert_eq!(asked.count(), 2, "in the explanations and in the report");
}

#[test]
fn problems_that_say_none_are_asked_for_again_where_something_was_not_met() {
    let mut campaign = campaign();
    campaign.projects[0].texts.extend(texts(&[(Topic::Problems, &["无"])]));
    let package = written("hubei", &campaign);
    assert!(package.document.draft_reasons.iter().any(|reason| reason.contains("“值班设备”的问题")));
}

#[test]
fn a_target_changed_after_its_approval_shows_in_form_report_and_package() {
    let package = written("hubei", &campaign());
    let words = "更新终端的批复值为≥24套，2023年8月22日调整为≥20套，文号样财绩调〔2023〕7号，样县财政局批准";
    let form = tables(&package).find(|table| table.title == "2023年度值班设备自评表").unwrap();
    assert!(form.notes.iter().any(|note| note.contains(words)), "{:?}", form.notes);
    has(&package, "批复后调整的绩效目标：更新终端批复值≥24套，2023年8月22日调整为≥20套");
    let own = &of(&package, Stands::Form, "值班设备").indicators[0];
    assert_eq!(own.approved.as_ref().map(|target| target.text.as_str()), Some("≥24套"));
    assert_eq!(own.target.text, "≥20套");
    assert_eq!(package.performance.changes.len(), 1);
    assert_eq!(package.performance.steps.len(), 2);
}

#[test]
fn the_summary_adds_up_live_and_gives_the_mean() {
    let package = written("hubei", &campaign());
    let table = tables(&package).find(|table| table.title == "项目绩效自评结果汇总").unwrap();
    let total = table.rows.last().unwrap();
    let texts: Vec<&str> = total.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["合计", "25.00", "24.66", "98.64", "98.11", ""]);
    let rates = table.rows.iter().map(|row| row.cells[3].text.split_once('.').map_or(0, |(_, behind)| behind.len()));
    assert!(rates.collect::<Vec<_>>().windows(2).all(|pair| pair[0] == pair[1]), "rates below each other: {table:?}");
    assert_eq!(total.cells[1].adds.len(), 2);
    has(&package, "平均得分98.11分。其中：优2个。");
    let used = &package.performance.uses[0];
    let budget = package.figure(used.next_budget.unwrap()).unwrap();
    assert_eq!(budget.cell.number().unwrap().to_string(), "12.00万元");
}

#[test]
fn what_nobody_knows_is_blank_or_asked_for_and_never_zero() {
    let mut campaign = campaign();
    let unknown = ("产出指标", "质量指标", "完好率", "≥95%", "", "20", "");
    campaign.projects[1].lines.push(indicator(unknown));
    campaign.projects[1].total = None;
    campaign.projects[1].grade = None;
    campaign.projects[1].funds.push(Fund { name: "上年结转资金".to_owned(), amounts: BTreeMap::new() });
    let package = written("hubei", &campaign);
    let form = tables(&package).find(|table| table.title == "2023年度督查经费自评表").unwrap();
    let row = |name: &str| form.rows.iter().find(|row| row.cells.iter().any(|cell| cell.text == name)).unwrap();
    let carried: Vec<&str> = row("上年结转资金").cells.iter().skip(1).map(|cell| cell.text.as_str()).collect();
    assert_eq!(carried, ["", "", "", ""]);
    let asked: Vec<&str> = row("完好率").cells.iter().skip(4).take(3).map(|cell| cell.text.as_str()).collect();
    assert_eq!(asked, ["【请补充】", "20", "【请补充】"]);
    assert!(package.document.draft_reasons.contains(&"缺少项目“督查经费”的得分".to_owned()));
    has(&package, "暂不能评定的绩效目标：完好率（指标值≥95%）");
    let summary = tables(&package).find(|table| table.title == "项目绩效自评结果汇总").unwrap();
    assert_eq!(summary.rows.last().unwrap().cells[4].text, "", "no mean while one is not known");
}

#[test]
fn bars_show_how_much_of_each_target_was_reached() {
    let package = written("hubei", &campaign());
    let part = package.document.parts.last().unwrap();
    let charts: Vec<_> = part
        .blocks
        .iter()
        .filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None })
        .collect();
    let own = charts.iter().find(|chart| chart.caption.starts_with("值班设备")).unwrap();
    assert_eq!(own.categories, ["更新终端", "验收天数", "信息报送及时率", "值班人员满意度"]);
    let shares = own.series[1].figures.iter().map(|id| match package.figure(*id).unwrap().cell {
        Cell::Number(printed) => printed.digits(),
        _ => String::new(),
    });
    // 18 days where 15 are allowed: 15 ÷ 18.
    assert_eq!(shares.collect::<Vec<_>>(), ["100", "83.3", "101.5", "105.6"]);
    assert!(!charts.iter().any(|chart| chart.caption.starts_with("督查经费")), "one bar is no comparison");
    let keys: std::collections::BTreeSet<&str> = charts.iter().map(|chart| chart.key.as_str()).collect();
    assert_eq!(keys.len(), charts.len());
}

#[test]
fn a_project_is_compared_with_last_year_where_that_is_known() {
    let package = written("hubei", &campaign());
    has(&package, "与上年比较：2022年度执行数12万元，自评得分97.5分。信息报送及时率上年98.2%，本年99.5%。");
    let reports = lines(&package).iter().filter(|line| line.contains("与上年比较")).count();
    assert_eq!(reports, 1);
}

#[test]
fn projects_without_any_indicator_are_told_in_the_explanations_only() {
    let mut campaign = campaign();
    campaign.whole = None;
    campaign.projects.iter_mut().for_each(|project| project.lines.clear());
    let package = written("hubei", &campaign);
    assert!(package.performance.evaluations.iter().all(|own| own.stands == Stands::Summary));
    assert!(!package.document.parts.last().unwrap().title.contains("附件"));
    let mut one = self::campaign();
    one.projects[1].lines.clear();
    let package = written("hubei", &one);
    assert_eq!(of(&package, Stands::Form, "督查经费").indicators.len(), 0, "it is asked for beside the others");
}

#[test]
fn grades_are_counted_in_the_explanations_as_soon_as_each_project_has_one() {
    let told = |campaign: &Campaign| {
        let package = written("shanghai", campaign);
        let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
        let text = blocks.filter_map(|block| match block {
            Block::Paragraph { runs, .. } => Some(runs.iter().map(|run| run.text.as_str()).collect::<String>()),
            _ => None,
        });
        text.collect::<String>()
    };
    assert!(told(&campaign()).contains("绩效评级为“优”的项目2个；绩效评级为“良”的项目0个"));
    let mut one = campaign();
    one.projects[1].grade = None;
    assert!(!told(&one).contains("绩效评级为“优”的项目1个"));
}
