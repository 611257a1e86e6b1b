//! `performance/` from what people enter to points: what is computed, what contradicts itself, what is not known.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_compose::monitoring;
use juesuan_evaluate::LightKey;
use juesuan_evaluate::campaign::{Campaign, campaign, explain, monitor, shown};
use juesuan_facts::Facts;
use juesuan_model::{Block, Dimension, Gravity, Meaning, Money, Number, Problem, Topic};
use juesuan_read::Disk;

const DEPARTMENT: &str = r#"name = "云岭市青溪区档案馆"
year = 2023
variant = "hubei"
level = "区"

[[unit]]
name = "云岭市青溪区档案馆"
kind = "行政"
headquarters = true
"#;
const PROJECTS: &str = "项目名称,涉密,执行率小数位\n整体,否,\n档案数字化,否,1\n库房维修,否,\n密件保管,是,\n";
const TEXTS: &str =
    "项目名称,栏目,内容\n档案数字化,产出,扫描档案{档案数字化／扫描页数}万页\n档案数字化,产出,按期完成\n";
const INDICATORS: &str =
    "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,取数,分值,计分方法,等级,得分,偏差原因,佐证
整体,运行成本,成本控制,公用经费控制率,≤100%,,公用经费控制率,,,,,,
档案数字化,产出指标,数量指标,扫描页数,≥10万页,,档案数字化／扫描页数,40,,,,设备故障停工一个月,抽查表
档案数字化,满意度指标,服务对象满意度指标,查档群众满意度,≥90%,95%,,40,,,,,
库房维修,产出指标,质量指标,验收合格率,≥95%,100%,,40,达标得满分,,,,
库房维修,效益指标,社会效益指标,保管条件,改善,,,40,分档,部分达成 70%,,,
";
const OUTPUTS: &str =
    "项目名称,产出,数量,单位,日期\n档案数字化,扫描页数,5,万页,2023-05-10\n档案数字化,扫描页数,4,万页,2023-11-10\n";
const CYCLE: &str = "项目名称,环节,日期,责任人,文号,说明
整体,目标设定,2022-11-01,办公室,,
整体,目标批复,2023-02-01,青溪区财政局,青财绩〔2023〕1号,
档案数字化,目标调整,2023-08-10,青溪区财政局,青财绩〔2023〕5号,
整体,运行监控,2023-07-10,办公室,,
整体,绩效自评,2024-03-01,办公室,,
整体,复核,2024-03-20,办公室,,
整体,公开,2024-09-10,办公室,,
";
const CHANGES: &str = "项目名称,三级指标,调整日期,原指标值,新指标值,批准人,文号,原因\n";
const MONITORING: &str = "月份,项目名称,三级指标,执行数,完成值,偏差原因,纠偏措施
6,档案数字化,,100000.00,,招标延期,下半年加快支付
6,档案数字化,扫描页数,,5万页,,
6,库房维修,,100000.00,,,
";

struct Folder(PathBuf);

impl Folder {
    /// A folder with nothing wrong in it.
    fn clean(name: &str) -> Folder {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("performance").join(name);
        let _ = fs::remove_dir_all(&root);
        let folder = Folder(root);
        folder.put("department.toml", DEPARTMENT);
        folder.put("performance/项目.csv", PROJECTS);
        folder.put("performance/绩效文字.csv", TEXTS);
        folder.put("performance/绩效指标.csv", INDICATORS);
        folder.put("performance/绩效周期.csv", CYCLE);
        folder.put("performance/目标调整.csv", CHANGES);
        folder.put("performance/运行监控.csv", MONITORING);
        folder.put("performance/佐证/抽查表.csv", "页码,结果\n1,合格\n");
        folder.put("registers/项目产出登记.csv", OUTPUTS);
        folder
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        self.put(path, text.replacen(from, to, 1));
    }

    fn campaign(&self) -> (Campaign, Vec<Problem>) {
        let catalog = catalog();
        let mut inputs = juesuan_inputs::read(&Disk::new(&self.0), &catalog).unwrap_or_else(|p| panic!("{p:#?}"));
        let mut problems = std::mem::take(&mut inputs.problems);
        let campaign = campaign(inputs.entered(), &facts(), &catalog, &mut problems).unwrap();
        (campaign, problems)
    }

    /// The only problem after a change: how grave, what it says.
    fn only(&self, gravity: Gravity, words: &[&str]) -> Campaign {
        let (campaign, problems) = self.campaign();
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!(problem.gravity, gravity, "{problem}");
        assert!(words.iter().all(|word| problem.to_string().contains(word)), "{problem}");
        campaign
    }
}

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"))
}

/// Books and budget: 档案数字化 36 of 40 万元, 库房维修 and 密件保管 all of theirs; 公用经费 70.99 of 102.47.
fn facts() -> Facts {
    let expense = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Fund, "一般公共预算");
    let mut facts = Facts::default();
    for (project, full, spent) in [("档案数字化", 40, 36), ("库房维修", 20, 20), ("密件保管", 5, 5)] {
        let project = expense.clone().with(Dimension::Nature, "项目支出").with(Dimension::Project, project);
        facts.add(project.clone(), Money::from_yuan(spent * 10_000));
        facts.add(project.with(Dimension::Stage, "全年预算"), Money::from_yuan(full * 10_000));
    }
    let public = expense.with(Dimension::Nature, "基本支出").with(Dimension::Economic, "30201");
    facts.add(public.clone(), Money::from_yuan(709_900));
    facts.add(public.with(Dimension::Stage, "年初预算"), Money::from_yuan(1_024_700));
    for stage in [None, Some("年初预算"), Some("全年预算")] {
        let all = Meaning::new().with(Dimension::Item, "支出");
        facts.declare_complete(stage.map_or(all.clone(), |stage| all.with(Dimension::Stage, stage)));
    }
    facts
}

fn number(text: &str) -> Option<Number> {
    Number::parse(text)
}

#[test]
fn a_clean_folder_gives_points_texts_and_no_problem() {
    let (campaign, problems) = Folder::clean("clean").campaign();
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(campaign.profile, "hubei");
    assert_eq!((campaign.projects.len(), campaign.secret.as_slice()), (2, &["密件保管".to_owned()][..]));
    assert_eq!(campaign.coverage.projects, Some(2));

    let scanned = campaign.subject("档案数字化").unwrap();
    // 20 × 90 % + 40 × 9 ÷ 10 + 40.
    assert_eq!(scanned.execution.as_ref().unwrap().points, number("18"));
    assert_eq!((scanned.total, scanned.grade.as_deref()), (number("94"), Some("优")));
    assert_eq!(scanned.rate_decimals, Some(1));
    let outputs: Vec<String> = scanned.texts[&Topic::Output].iter().map(|text| shown(text)).collect();
    assert_eq!(outputs, ["扫描档案9万页", "按期完成"]);
    assert_eq!(scanned.lines[0].reached.as_ref().unwrap().text, "9万页");
    assert_eq!(scanned.lines[0].evidence, ["performance/佐证/抽查表.csv"]);
    // 20 + 40 + 40 × 70 %.
    assert_eq!(campaign.subject("库房维修").unwrap().total, number("88"));

    let whole = campaign.whole.as_ref().unwrap();
    assert_eq!(whole.lines[0].formula, "70.99÷102.47×100%=69.28%");
    assert_eq!((whole.total, whole.is_scored()), (None, false));
    assert!(campaign.missing().is_empty(), "{:?}", campaign.missing());
}

#[test]
fn each_score_is_explained_on_one_line_from_execution_to_the_grade() {
    let (campaign, _) = Folder::clean("explain").campaign();
    let lines = explain(&campaign, "档案数字化");
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(lines[1].starts_with("预算执行（20分）：36万元÷40万元=90%，20分×90%=18分"), "{}", lines[1]);
    assert!(lines[2].contains("扫描页数（40分）") && lines[2].contains("×9÷10=36分"), "{}", lines[2]);
    assert_eq!(lines[4], "总分：18+36+40=94分，等级为优");
    assert!(explain(&campaign, "没有的项目").is_empty());
}

#[test]
fn a_typed_value_that_is_not_the_computed_one_is_a_contradiction_with_both_and_the_formula() {
    let folder = Folder::clean("typed");
    folder.change("performance/绩效指标.csv", "≤100%,,公用经费控制率", "≤100%,100%,");
    let campaign = folder.only(Gravity::Contradiction, &["“100%”", "“69.28%”", "70.99÷102.47"]);
    assert_eq!(campaign.whole.unwrap().lines[0].reached.as_ref().unwrap().text, "69.28%");
    let folder = Folder::clean("rounded");
    folder.change("performance/绩效指标.csv", "≤100%,,公用经费控制率", "≤100%,69.3%,");
    assert!(folder.campaign().1.is_empty());
}

#[test]
fn a_computed_value_without_its_input_stays_unknown_and_makes_a_draft() {
    let folder = Folder::clean("missing");
    folder.change("performance/绩效指标.csv", "≤100%,,公用经费控制率", "≤100%,,政府采购执行率");
    let campaign = folder.only(Gravity::Doubt, &["读不到", "政府采购预算数"]);
    assert_eq!(campaign.whole.as_ref().unwrap().lines[0].reached, None);
    assert!(campaign.missing()[0].owner.contains("公用经费控制率"), "{:?}", campaign.missing());

    let folder = Folder::clean("no-register");
    fs::remove_file(folder.0.join("registers/项目产出登记.csv")).unwrap();
    let (campaign, _) = folder.campaign();
    let scanned = campaign.subject("档案数字化").unwrap();
    assert_eq!((scanned.total, scanned.grade.as_deref(), &scanned.lines[0].reached), (None, None, &None));
    assert!(explain(&campaign, "档案数字化").last().unwrap().contains("总分未知"));
}

#[test]
fn a_typed_rate_that_cannot_be_computed_stays_and_is_doubted() {
    let folder = Folder::clean("unverified");
    let typed = "公用经费控制率,≤100%,,公用经费控制率";
    folder.change("performance/绩效指标.csv", typed, "政府采购执行率,≥95%,96%,");
    let campaign = folder.only(Gravity::Doubt, &["政府采购执行率", "不能核实"]);
    assert_eq!(campaign.whole.unwrap().lines[0].reached.as_ref().unwrap().text, "96%");
}

#[test]
fn weights_add_up_to_100_with_those_for_execution() {
    let folder = Folder::clean("weights");
    folder.change("performance/绩效指标.csv", "≥95%,100%,,40", "≥95%,100%,,60");
    let (campaign, problems) = folder.campaign();
    let said = problems.iter().find(|p| p.gravity == Gravity::Contradiction).unwrap();
    assert!(said.message.contains("库房维修") && said.message.contains("120 分"), "{said}");
    assert_eq!(campaign.subject("库房维修").unwrap().lines.len(), 2);
}

#[test]
fn a_share_above_all_and_another_unit_are_contradictions_and_a_lost_percent_sign_is_no_value() {
    let folder = Folder::clean("share");
    folder.change("performance/绩效指标.csv", "≥90%,95%", "≥90%,105%");
    folder.only(Gravity::Contradiction, &["查档群众满意度", "“105%”", "不可能超过 100%"]);
    let folder = Folder::clean("unit");
    folder.change("performance/绩效指标.csv", "≥90%,95%", "≥90%,95人");
    let campaign = folder.only(Gravity::Contradiction, &["“95人”", "“≥90%”", "单位不同"]);
    assert_eq!(campaign.subject("档案数字化").unwrap().total, None);
    let folder = Folder::clean("fraction");
    folder.change("performance/绩效指标.csv", "≥90%,95%", "≥90%,0.95");
    let campaign = folder.only(Gravity::Contradiction, &["“0.95”", "存成了小数"]);
    assert_eq!(campaign.subject("档案数字化").unwrap().lines[1].reached, None);
}

#[test]
fn projects_of_the_sheets_and_of_the_books_are_held_against_each_other() {
    let folder = Folder::clean("stranger");
    folder.change("performance/项目.csv", "密件保管,是,\n", "密件保管,是,\n库房修缮,否,\n");
    let campaign = folder.only(Gravity::Contradiction, &["库房修缮", "像是“库房维修”"]);
    assert!(campaign.subject("库房修缮").is_some(), "nothing that was entered is lost");
    let folder = Folder::clean("forgotten");
    folder.change("performance/项目.csv", "密件保管,是,\n", "");
    folder.only(Gravity::Doubt, &["“密件保管”", "没有自评"]);
    let folder = Folder::clean("unlisted");
    folder.change("performance/绩效文字.csv", "档案数字化,产出,按期完成", "档案数字话,产出,按期完成");
    folder.only(Gravity::Contradiction, &["项目表里没有“档案数字话”", "档案数字化"]);
    let folder = Folder::clean("topic");
    folder.change("performance/绩效文字.csv", "档案数字化,产出,按期", "档案数字化,体会,按期");
    folder.only(Gravity::Fatal, &["“体会”", "改进措施"]);
}

#[test]
fn a_count_that_nobody_knows_is_named_with_those_that_are_near() {
    let folder = Folder::clean("count");
    folder.change("performance/绩效文字.csv", "{档案数字化／扫描页数}", "{扫描页数}");
    let campaign = folder.only(Gravity::Contradiction, &["“{扫描页数}”没有这个计数"]);
    let texts = &campaign.subject("档案数字化").unwrap().texts[&Topic::Output];
    assert_eq!(shown(&texts[0]), "扫描档案{扫描页数}万页");
}

#[test]
fn a_changed_target_is_scored_by_its_last_value_and_shows_the_approved_one() {
    let folder = Folder::clean("changed");
    let change = "档案数字化,扫描页数,2023-08-10,≥10万页,≥9万页,青溪区财政局,青财绩〔2023〕5号,设备故障\n";
    folder.put("performance/目标调整.csv", format!("{CHANGES}{change}"));
    let (campaign, problems) = folder.campaign();
    assert!(problems.is_empty(), "{problems:#?}");
    let line = &campaign.subject("档案数字化").unwrap().lines[0];
    assert_eq!((line.aim.text.as_str(), line.approved.as_ref().unwrap().text.as_str()), ("≥9万页", "≥10万页"));
    assert_eq!(line.scored.points, number("40"));
    assert_eq!(campaign.changes[0].version, 2);
    let versions: Vec<u32> = campaign.steps.iter().map(|step| step.version).collect();
    assert_eq!(versions, [0, 1, 1, 2, 1, 1, 1], "what was changed for one project is no change of the whole");
    assert!(explain(&campaign, "档案数字化")[2].contains("批复的指标值是 ≥10万页，调整为 ≥9万页"));
}

#[test]
fn a_change_without_approval_after_the_year_or_from_another_value_is_named() {
    let folder = Folder::clean("bad-changes");
    let changes = "档案数字化,扫描页数,2024-01-10,≥10万页,≥9万页,青溪区财政局,青财绩〔2024〕1号,\n\
                   库房维修,验收合格率,2023-08-10,≥95%,≥90%,,,\n\
                   档案数字化,查档群众满意度,2023-08-10,≥80%,≥85%,青溪区财政局,青财绩〔2023〕5号,\n";
    folder.put("performance/目标调整.csv", format!("{CHANGES}{changes}"));
    let (_, problems) = folder.campaign();
    let said: Vec<(Gravity, &str)> = problems.iter().map(|p| (p.gravity, p.message.as_str())).collect();
    assert_eq!(said.len(), 3, "{said:#?}");
    for (gravity, words) in [
        (Gravity::Contradiction, "年度结束"),
        (Gravity::Doubt, "没有写批准人和文号"),
        (Gravity::Contradiction, "原指标值写的是“≥80%”"),
    ] {
        assert!(said.iter().any(|(g, message)| *g == gravity && message.contains(words)), "{words}: {said:#?}");
    }
}

#[test]
fn the_cycle_has_an_order_and_a_span() {
    for (name, from, to, words) in [
        ("order", "复核,2024-03-20", "复核,2024-02-20", "次序不可能"),
        ("span", "运行监控,2023-07-10", "运行监控,2024-07-10", "不在2023 年内"),
        ("early", "绩效自评,2024-03-01", "绩效自评,2023-12-01", "年度结束以前"),
        ("approval", "目标批复,2023-02-01", "目标批复,2022-10-01", "早于目标设定"),
    ] {
        let folder = Folder::clean(name);
        folder.change("performance/绩效周期.csv", from, to);
        let (_, problems) = folder.campaign();
        assert!(
            problems.iter().any(|p| p.message.replace(' ', "").contains(&words.replace(' ', ""))),
            "{name}: {problems:#?}"
        );
    }
}

#[test]
fn an_indicator_twice_an_unknown_month_and_lost_evidence_are_all_named_in_one_run() {
    let folder = Folder::clean("many");
    let double = "库房维修,产出指标,质量指标,验收合格率,≥95%,100%,,,,,,,没有的文件\n";
    folder.put("performance/绩效指标.csv", format!("{INDICATORS}{double}"));
    folder.change("performance/运行监控.csv", "6,库房维修,,", "13,库房维修,,");
    let (campaign, problems) = folder.campaign();
    let all = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for words in ["已经填过", "月份是 13", "“没有的文件”", "没有分值，而别的指标有"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert_eq!(campaign.subject("库房维修").unwrap().lines.len(), 3);
}

#[test]
fn points_that_were_typed_are_those_of_the_method_unless_somebody_judges() {
    let folder = Folder::clean("points");
    folder.change("performance/绩效指标.csv", ",40,,,,设备", ",40,,,40,设备");
    folder.only(Gravity::Contradiction, &["填的得分是 40 分", "36 分"]);
    let folder = Folder::clean("judged");
    folder.change("performance/绩效指标.csv", ",40,分档,部分达成 70%,,", ",40,评定,,35,");
    let (campaign, problems) = folder.campaign();
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(campaign.subject("库房维修").unwrap().total, number("95"));
}

#[test]
fn the_middle_of_the_year_has_lights_and_asks_for_causes() {
    let (campaign, _) = Folder::clean("monitor").campaign();
    let catalog = catalog();
    let monitoring = monitor(&campaign, 6, &catalog);
    let lights: Vec<Option<LightKey>> = monitoring.subjects.iter().map(|subject| subject.light.key).collect();
    // The whole is listed too; nobody entered anything of it, and nothing of it is owed.
    assert_eq!(lights, [None, Some(LightKey::Red), Some(LightKey::Green)]);
    let scanned = &monitoring.subjects[1];
    assert_eq!((scanned.targets[0].light.key, scanned.targets[1].light.key), (Some(LightKey::Green), None));

    let department: juesuan_facts::Department = toml::from_str(DEPARTMENT).unwrap();
    let package = monitoring::package(&monitoring, &department.entity(), &catalog);
    assert!(!package.document.draft_reasons.iter().any(|reason| reason.contains("整体")));
    let blocks = &package.document.parts[0].blocks;
    let text: String = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { text, .. } => format!("{text}\n"),
            Block::Paragraph { runs, .. } => runs.iter().map(|run| run.text.as_str()).collect::<String>() + "\n",
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).map(|cell| format!("{}|", cell.text)).collect()
            }
            Block::Chart(_) => String::new(),
        })
        .collect();
    assert!(text.contains("档案数字化|40.00|10.00|25|50|红灯|"), "{text}");
    assert!(text.contains("偏差原因：招标延期。纠偏措施：下半年加快支付。"), "{text}");
    assert!(text.contains("查档群众满意度”："), "what nobody can say is listed: {text}");
}
