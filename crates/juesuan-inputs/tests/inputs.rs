//! The input folder as a whole: registers, budget, last year, and everything wrong with them in one run.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_facts::{Amount, Facts};
use juesuan_inputs::{Inputs, read};
use juesuan_model::{
    Cell, Dimension, Entity, Figure, Gravity, Meaning, Measure, Money, Package, Place, Printed, Problem, Seen, Unit,
};
use juesuan_read::Disk;

const DEPARTMENT: &str = r#"name = "甲县政府办公室"
year = 2023
variant = "hubei"
level = "县"

[[unit]]
name = "甲县政府办公室本级"
kind = "行政"
headquarters = true

[[unit]]
name = "甲县信息中心"
kind = "事业"
"#;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inputs").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let folder = Folder(root);
        folder.put("department.toml", DEPARTMENT);
        folder
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self) -> Result<Inputs, Vec<Problem>> {
        read(&Disk::new(&self.0), &catalog())
    }
}

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"))
}

/// `支出·年初预算·公务接待费` by node: dimension, name.
fn meaning(nodes: &[(Dimension, &str)]) -> Meaning {
    nodes.iter().fold(Meaning::new(), |m, (dimension, node)| m.with(*dimension, *node))
}

fn ask(facts: &Facts, nodes: &[(Dimension, &str)]) -> Option<Amount> {
    facts.amount(&catalog().trees, &meaning(nodes), "")
}

fn yuan(amount: i64) -> Option<Amount> {
    Some(Amount::Exact(Money::from_yuan(amount)))
}

use Dimension::{Function, Fund, Item, Nature, Project, Stage, Theme, Year};

#[test]
fn registers_state_counts_and_an_empty_register_states_nothing_of_it() {
    let folder = Folder::new("registers");
    folder.put("registers/出国.csv", "团组,人次,任务\n");
    folder.put(
        "registers/公务用车.csv",
        "车辆编号,用途,财政拨款开支,购置日期,处置日期\n\
         A1,应急保障用车,是,2023-03-01,\nA2,机要通信用车,,2015-03-01,2023-06-01\nA3,应急保障用车,否,2016-01-01,2024-01-09\n",
    );
    folder.put("registers/公务接待.csv", "类别,日期,人次,金额\n国内,2023-05-01,3,100\n国内,2023-06-01,4,50.5\n");
    folder.put(
        "registers/采购合同.csv",
        "合同编号,类别,合同金额,供应商规模,预留份额\n1,货物,100,小型,小微企业\n2,服务,50,中型,\n3,服务,7,大型,\n",
    );
    folder.put("registers/大型设备.csv", "资产名称,数量,单价\n甲机,2,1000000\n");
    folder.put("registers/人员.csv", "编制类别,编制数,实有人数\n行政,10,9\n退休,0,5\n");
    let inputs = folder.read().unwrap();
    assert_eq!(inputs.problems, []);
    let count = |item: &str, theme: Option<&str>| match theme {
        Some(theme) => ask(&inputs.facts, &[(Item, item), (Theme, theme)]),
        None => ask(&inputs.facts, &[(Item, item)]),
    };
    assert_eq!(count("团组", Some("因公出国（境）费")), Some(Amount::Count(0)));
    assert_eq!(count("车辆", None), Some(Amount::Count(2)));
    assert_eq!(count("车辆", Some("财政拨款开支车辆")), Some(Amount::Count(1)));
    assert_eq!(count("车辆", Some("应急保障用车")), Some(Amount::Count(2)));
    assert_eq!(count("车辆", Some("机要通信用车")), Some(Amount::Count(0)));
    assert_eq!(count("购置车辆", None), Some(Amount::Count(1)));
    assert_eq!(count("批次", Some("国内接待")), Some(Amount::Count(2)));
    assert_eq!(count("人次", Some("国内接待")), Some(Amount::Count(7)));
    assert_eq!(count("人次", Some("外宾接待")), Some(Amount::Count(0)));
    assert_eq!(count("设备", None), Some(Amount::Count(2)));
    assert_eq!((count("编制人数", None), count("在职人数", None)), (Some(Amount::Count(10)), Some(Amount::Count(9))));
    assert_eq!(count("单位", None), Some(Amount::Count(1)));
    let amount = |theme: &str| ask(&inputs.facts, &[(Item, "支出"), (Theme, theme)]);
    assert_eq!(amount("国内接待"), Some(Amount::Exact(Money(15_050))));
    assert_eq!((amount("政府采购"), amount("授予中小企业"), amount("授予小微企业")), (yuan(157), yuan(150), yuan(100)));
    assert_eq!(
        (amount("工程采购"), amount("预留项目授予小微企业"), amount("其他项目授予中小企业")),
        (yuan(0), yuan(100), yuan(50))
    );
}

#[test]
fn an_absent_register_states_nothing() {
    let inputs = Folder::new("absent").read().unwrap();
    assert_eq!(ask(&inputs.facts, &[(Item, "车辆")]), None);
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Theme, "政府采购")]), None);
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Stage, "年初预算")]), None);
}

const BUDGET: &str = "阶段,单位名称,资金性质,功能分类,支出性质,项目名称,金额\n\
    年初预算,甲县政府办公室本级,一般公共预算,2010301,人员经费,,600\n\
    年初预算,甲县政府办公室本级,一般公共预算,2010301,公用经费,,100\n\
    年初预算,甲县信息中心,一般公共预算,2010350,公用经费,,30\n\
    年初预算,甲县政府办公室本级,一般公共预算,2010302,项目支出,会务,70\n\
    调整,甲县政府办公室本级,一般公共预算,2010302,项目支出,会务,-20\n";

#[test]
fn the_full_year_budget_is_the_initial_one_with_its_changes_unless_it_is_given() {
    let folder = Folder::new("budget");
    folder.put("budget/预算指标.csv", BUDGET);
    let inputs = folder.read().unwrap();
    assert_eq!(inputs.problems, []);
    let initial =
        |more: &[(Dimension, &str)]| ask(&inputs.facts, &[&[(Item, "支出"), (Stage, "年初预算")], more].concat());
    assert_eq!(initial(&[]), yuan(800));
    assert_eq!((initial(&[(Nature, "公用经费")]), initial(&[(Nature, "人员经费")])), (yuan(130), yuan(600)));
    assert_eq!((initial(&[(Project, "会务")]), initial(&[(Function, "208")])), (yuan(70), yuan(0)));
    assert_eq!(initial(&[(Fund, "政府性基金")]), yuan(0));
    assert_eq!(initial(&[(Theme, "公务接待费")]), None);
    assert_eq!(initial(&[(Theme, "机关运行经费")]), yuan(100));
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Stage, "全年预算")]), yuan(780));
    let unit = inputs.facts_of(Some("甲县信息中心"), &catalog());
    assert_eq!(ask(&unit, &[(Item, "支出"), (Stage, "年初预算")]), yuan(30));
    folder.put("budget/预算指标.csv", format!("{BUDGET}全年预算,,一般公共预算,2010301,基本支出,,900\n"));
    let inputs = folder.read().unwrap();
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Stage, "全年预算")]), yuan(900));
    assert!(inputs.problems.iter().any(|p| p.message.contains("以全年预算行为准")), "{:#?}", inputs.problems);
}

#[test]
fn three_public_budgets_of_two_years_have_totals_only_where_every_part_is_known() {
    let folder = Folder::new("three-public");
    folder.put(
        "budget/三公预算.csv",
        "年度,阶段,项目,金额\n2023,全年预算,因公出国（境）费,0\n2023,全年预算,公务用车购置费,0\n2023,全年预算,公务用车运行维护费,35000\n\
         2023,全年预算,公务接待费,5000\n2022,全年预算,公务接待费,6000\n",
    );
    folder.put("budget/采购预算.csv", "类别,金额\n货物采购,100\n面向中小企业预留,60\n");
    let inputs = folder.read().unwrap();
    let budget = |theme: &str| ask(&inputs.facts, &[(Item, "支出"), (Stage, "全年预算"), (Theme, theme)]);
    assert_eq!((budget("三公经费"), budget("公务用车购置及运行维护费")), (yuan(40_000), yuan(35_000)));
    let last = |theme: &str| ask(&inputs.facts, &[(Item, "支出"), (Stage, "全年预算"), (Theme, theme), (Year, "2022")]);
    assert_eq!((last("公务接待费"), last("三公经费")), (yuan(6000), None));
    let told: Vec<&str> = inputs.problems.iter().map(|p| p.message.as_str()).collect();
    assert!(told.iter().any(|m| m.contains("2022 年") && m.contains("公务用车购置费")), "{told:#?}");
    let procurement = |theme: &str| ask(&inputs.facts, &[(Item, "支出"), (Stage, "年初预算"), (Theme, theme)]);
    assert_eq!((procurement("政府采购"), procurement("服务采购")), (yuan(100), yuan(0)));
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Theme, "面向中小企业预留")]), yuan(60));
}

fn figure(nodes: &[(Dimension, &str)], measure: Measure, cell: Cell, exact: Option<Money>) -> Figure {
    Figure {
        meanings: vec![meaning(nodes)],
        measure,
        cell,
        exact_fen: exact,
        seen: Seen::Text,
        place: Place::default(),
    }
}

fn last_year() -> Package {
    let printed = |mantissa| Cell::Number(Printed { mantissa, decimals: 2, unit: Unit::WanYuan });
    let mut package = Package {
        entity: Entity { name: "甲县政府办公室".to_owned(), year: 2022, ..Entity::default() },
        ..Package::default()
    };
    let income = [(Item, "收入")];
    package.push(figure(&income, Measure::Amount, printed(92_196), None));
    package.push(figure(&income, Measure::Amount, printed(92_196), Some(Money(921_956_789))));
    package.push(figure(&[(Item, "支出"), (Theme, "公务接待费")], Measure::Amount, Cell::Blank, Some(Money::ZERO)));
    package.push(figure(&[(Item, "支出"), (Year, "2021")], Measure::Amount, printed(100), None));
    package.push(figure(&[(Item, "车辆")], Measure::Count, Cell::Number(Printed::count(3)), None));
    package.push(figure(&[(Item, "支出")], Measure::Amount, Cell::Unreadable, None));
    package
}

#[test]
fn last_years_package_answers_for_its_year_exact_amounts_first() {
    let folder = Folder::new("prior");
    folder.put("prior/package.json", serde_json::to_string(&last_year()).unwrap());
    folder.put("prior/上年数.csv", "指标,金额,数量\n本年收入,9219567.00,\n年末结转和结余,5,\n车辆,,3\n");
    let inputs = folder.read().unwrap();
    let last = |item: &str| ask(&inputs.facts, &[(Item, item), (Year, "2022")]);
    assert_eq!(last("收入"), Some(Amount::Exact(Money(921_956_789))));
    assert_eq!((last("车辆"), last("支出")), (Some(Amount::Count(3)), None));
    assert_eq!(last("年末结转和结余"), yuan(5));
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Theme, "公务接待费"), (Year, "2022")]), yuan(0));
    assert_eq!(ask(&inputs.facts, &[(Item, "收入")]), None);
    let [problem] = inputs.problems.as_slice() else { panic!("{:#?}", inputs.problems) };
    assert!(problem.message.contains("9219567.00") && problem.message.contains("9219567.89"), "{}", problem.message);
}

#[test]
fn a_package_of_another_year_or_another_file_is_refused() {
    let folder = Folder::new("prior-wrong");
    let mut package = last_year();
    package.entity.year = 2021;
    folder.put("prior/package.json", serde_json::to_string(&package).unwrap());
    let inputs = folder.read().unwrap();
    assert!(inputs.has_fatal() && inputs.problems[0].message.contains("上年应为 2022"), "{:#?}", inputs.problems);
    folder.put("prior/package.json", "{\n\"format\": 1,\n");
    let inputs = folder.read().unwrap();
    assert!(inputs.has_fatal() && inputs.problems[0].place.line.is_some());
}

#[test]
fn figures_that_nothing_else_gives_are_stated_and_unknown_words_are_named() {
    let folder = Folder::new("stated");
    folder.put(
        "registers/其他数.csv",
        "指标,阶段,专题,金额,数量\n项目,,绩效自评,,12\n支出,,绩效自评,345.6,\n支出,,三公,1,\n支出,,,,\n支出,年初预算,机关运行经费,9,\n",
    );
    let inputs = folder.read().unwrap();
    assert_eq!(ask(&inputs.facts, &[(Item, "项目"), (Theme, "绩效自评")]), Some(Amount::Count(12)));
    assert_eq!(ask(&inputs.facts, &[(Item, "支出"), (Stage, "年初预算"), (Theme, "机关运行经费")]), yuan(9));
    let told: Vec<String> = inputs.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("第4行") && told[0].contains("没有“三公”"), "{}", told[0]);
    assert!(told[1].contains("都是空白"), "{}", told[1]);
}

#[test]
fn every_fault_of_every_file_is_named_in_one_run() {
    let folder = Folder::new("all-wrong");
    folder.put(
        "department.toml",
        format!(
            "{}\n[approval]\ndate = \"2024-09-10\"\n[publication]\ndate = \"2024-10-01\"\n[secrecy]\ncleared_by = \"某某\"\ndate = \"2024-02-30\"\n",
            DEPARTMENT.replace("headquarters = true", "merged_into = \"丙中心\"").replace("\"县\"", "\"里\"").replace("hubei", "atlantis")
        ),
    );
    folder.put("narrative.toml", "[causes]\nx = 1\n");
    folder.put("registers/公务接待.csv", "单位名称,类别,日期,人次,金额\n乙局,国内,2022-05-01,3,100\n");
    folder.put("registers/不知所云.csv", "a,b\n");
    folder.put("budget/预算指标.csv", "阶段,资金性质,功能分类,支出性质,金额\n年初预算,一般公共预算,2019999,基本支出,三\n年初预算,一般公共预算,2998877,基本支出,3\n");
    let problems = folder.read().unwrap().problems;
    let told = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for fault in [
        "department.toml 第4行：没有“里”这一级",
        "department.toml 第3行：没有 2023 年度的“atlantis”模板",
        "并入的“丙中心”不在单位之列",
        "保密审查日期“2024-02-30”不是真实的日期",
        "第 21 天，应在批复后 20 日内公开〔预算法 第十四条〕",
        "narrative.toml 第1行：没有“causes”这一项",
        "registers/公务接待.csv 第2行 “单位名称”列：“乙局”不在部门的单位之列",
        "日期 2022-05-01 不在 2023 年内",
        "registers/不知所云.csv：从文件名看不出是什么",
        "budget/预算指标.csv 第2行 “金额”列：“三”不是金额",
        "科目 2998877 不在 2023 年的科目表里",
    ] {
        assert!(told.contains(fault), "{fault}\n---\n{told}");
    }
}

#[test]
fn publication_on_the_twentieth_day_is_in_time() {
    let folder = Folder::new("in-time");
    folder.put(
        "department.toml",
        format!("{DEPARTMENT}[approval]\ndate = \"2024-09-10\"\n[publication]\ndate = \"2024-09-30\"\n"),
    );
    assert_eq!(folder.read().unwrap().problems, []);
    folder.put(
        "department.toml",
        format!("{DEPARTMENT}[approval]\ndate = \"2024-09-10\"\n[publication]\ndate = \"2024-10-01\"\n"),
    );
    let problems = folder.read().unwrap().problems;
    assert!(problems[0].gravity == Gravity::Doubt && problems[0].place.line == Some(17), "{problems:#?}");
}

#[test]
fn a_folder_without_department_toml_says_what_to_do_and_digests_name_every_file() {
    let folder = Folder::new("digests");
    folder.put("books/凭证.csv", "a");
    folder.put(".hidden", "x");
    let digests = folder.read().unwrap().digests;
    assert_eq!(digests.keys().map(String::as_str).collect::<Vec<_>>(), ["books/凭证.csv", "department.toml"]);
    assert_eq!(digests["books/凭证.csv"], "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    fs::remove_file(folder.0.join("department.toml")).unwrap();
    assert!(folder.read().unwrap_err()[0].message.contains("juesuan new"));
}

#[test]
fn the_examples_are_read_without_a_problem() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut read_ones = 0;
    for entry in fs::read_dir(examples).unwrap().flatten().filter(|e| e.path().join("department.toml").is_file()) {
        let inputs = read(&Disk::new(entry.path()), &catalog()).unwrap_or_else(|p| panic!("{p:#?}"));
        let told: Vec<String> = inputs.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told, Vec::<String>::new(), "{}", entry.path().display());
        read_ones += 1;
    }
    assert!(read_ones >= 3);
}
