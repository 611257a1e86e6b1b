//! The performance of the examples: what registers and books give is what was published, and what was published against
//! its own figures is not given.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where an example is wrong")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_compose::bulletin::{Quarter, bulletin};
use juesuan_compose::{Accounts, Tail, accounts};
use juesuan_evaluate::campaign::{Campaign, Subject, shown};
use juesuan_evaluate::{Met, highest_possible};
use juesuan_facts::Amount;
use juesuan_inputs::Inputs;
use juesuan_model::{Evaluation, FigureId, Money, Number, Package, Quantity, Stands, Topic, Unit};
use juesuan_read::Disk;
use juesuan_text::Day;
use serde::Deserialize;

/// Counts that the published reports quote, by the names that registers give them.
const COUNTS: [(&str, &str); 18] = [
    ("协调解决发展难题", "84"),
    ("环境综合整治行动", "10"),
    ("政府常务会议次数", "19"),
    ("《曾都政务信息》期数", "19"),
    ("办文数", "617"),
    ("来文来电数", "2831"),
    ("分解任务数", "45"),
    ("政务督查期数", "8"),
    ("督办议定事项数", "39"),
    ("市级建议提案件数", "13"),
    ("区级建议提案件数", "96"),
    ("办复率", "100"),
    ("见面率", "100"),
    ("满意率", "100"),
    ("基本满意率", "100"),
    ("建成大口井", "2"),
    ("帮扶资金", "5"),
    ("产业扶贫基地", "2"),
];

/// Facts of the published text that give these counts, in the same order; one fact gives the four rates.
const COUNT_FACTS: [&str; 18] = [
    "F0287", "F0288", "F0289", "F0290", "F0291", "F0292", "F0293", "F0294", "F0295", "F0296", "F0297", "F0298",
    "F0298", "F0298", "F0298", "F0299", "F0300", "F0301",
];

/// Project, first fact of its summary (budget; then executed and rate), budget and executed in 万元, rate as printed, and
/// the points that the example gives.
const PROJECTS: [(&str, u16, &str, &str, &str, &str); 11] = [
    ("区政府研究室经费", 219, "5", "5", "100", "99.25"),
    ("金融信用县(市、区)创建专项经费", 222, "10", "10", "100", "100"),
    ("区政府接待用车费用", 225, "20", "20", "100", "98.5"),
    ("政府办政府购买服务", 228, "37", "28.82", "78", "93.36"),
    ("2023年初预留(曾都区2022年度总结表彰暨2023年工作动员大会经费)", 234, "3.29", "3.29", "100", "99.25"),
    ("因公出国经费", 237, "6.33", "6.33", "100", "100"),
    ("大兴调研之风活动专项经费", 240, "20", "18", "90", "96.48"),
    ("区政府督查工作经费", 243, "10", "10", "100", "100"),
    ("值班设备经费", 246, "15", "14.66", "97.73", "98.55"),
    ("非法集资处置工作经费", 249, "20", "20", "100", "99.58"),
    ("化解信访疑难问题经费", 252, "15", "15", "100", "98.5"),
];

/// Rates of the whole: indicator, the fact with the published result, that result, and what the figures give.
const RATES: [(&str, &str, &str, Option<&str>); 8] = [
    ("公用经费控制率", "F0312", "100", Some("69.28")),
    ("在职人员控制率", "F0314", "100", Some("94.44")),
    // 30.58 is of the example's own budget of the whole year; what was received gives 28.84.
    ("预算调整率", "F0330", "5.25", Some("30.58")),
    ("预算执行率", "F0332", "100", Some("99.75")),
    ("结转结余率", "F0334", "0.00", Some("0")),
    ("“三公”经费变动率", "F0318", "0", None),
    ("政府采购执行率", "F0336", "100", None),
    ("非税收入预算完成率", "F0338", "0", None),
];

#[derive(Deserialize)]
struct Published {
    facts: Vec<Fact>,
}

#[derive(Deserialize)]
struct Fact {
    id: String,
    value: String,
}

/// What the published text says, by the number of the fact; `None`, said aloud, where it is not there.
fn published() -> Option<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/zengdu-2023/facts.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: facts.json is not there");
        return None;
    };
    let published: Published = serde_json::from_str(&text).unwrap();
    Some(published.facts.into_iter().map(|fact| (fact.id, fact.value)).collect())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

fn read(name: &str, catalog: &Catalog) -> Inputs {
    juesuan_inputs::read(&Disk::new(folder(name)), catalog).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn made(name: &str) -> Accounts {
    accounts(&Disk::new(folder(name)), &catalog(), Tail::Keep).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn campaign(accounts: &Accounts) -> &Campaign {
    accounts.campaign.as_ref().unwrap()
}

/// An amount in 万元 as it is printed, without zeros behind the point.
fn wan(subject: &Subject, quantity: Quantity) -> String {
    subject.amount(quantity).unwrap().printed(Unit::WanYuan, 2).digits_trimmed()
}

/// The number, rounded as it is printed.
fn digits(number: Option<Number>, decimals: u8) -> String {
    number.map_or("unknown".to_owned(), |number| number.digits(decimals))
}

/// The rate in percent with as many decimals as the published one has.
fn rate_like(subject: &Subject, published: &str) -> String {
    let decimals = published.split_once('.').map_or(0, |(_, behind)| behind.len());
    digits(subject.rate, u8::try_from(decimals).unwrap())
}

#[test]
fn the_registers_give_each_count_that_the_published_reports_quote() {
    let catalog = catalog();
    let inputs = read("zengdu-2023", &catalog);
    for (key, expected) in COUNTS {
        let count = inputs.counts.get(key).unwrap_or_else(|| panic!("{key}: {:?}", inputs.counts.why(key)));
        assert_eq!(count.value.digits(2), expected, "{key}: {}", count.how);
    }
    let Some(facts) = published() else { return };
    for ((key, expected), fact) in COUNTS.into_iter().zip(COUNT_FACTS) {
        assert_eq!(facts[fact], expected, "{key} {fact}");
    }
}

#[test]
fn the_report_of_the_whole_quotes_the_counts_and_nobody_typed_them() {
    let text = std::fs::read_to_string(folder("zengdu-2023").join("performance/绩效文字.csv")).unwrap();
    let accounts = made("zengdu-2023");
    let whole = campaign(&accounts).whole.as_ref().unwrap();
    let outcome: String = whole.texts[&Topic::Outcome].iter().map(|text| shown(text)).collect();
    let quoted = [
        "难题84个",
        "会议19次",
        "《曾都政务信息》19期",
        "共617件",
        "来文来电2831件",
        "分解成45项",
        "《政务督查》8期",
        "决定事项39项",
        "市级建议提案13件",
        "区级建议提案96件",
        "办复率100%",
        "见面率100%",
        "满意率100%",
        "大口井2口",
        "帮扶资金5万元",
        "基地2个",
    ];
    for words in quoted {
        assert!(outcome.contains(words), "{words}: {outcome}");
        assert!(!text.contains(words), "typed: {words}");
    }
}

#[test]
fn each_project_has_the_money_and_the_rate_that_were_published_and_points_of_its_own() {
    let accounts = made("zengdu-2023");
    let campaign = campaign(&accounts);
    assert_eq!(campaign.projects.len(), PROJECTS.len());
    let facts = published();
    for (subject, (name, first, budget, executed, rate, points)) in campaign.projects.iter().zip(PROJECTS) {
        assert_eq!(subject.project, name);
        let own = [wan(subject, Quantity::FullYearBudget), wan(subject, Quantity::Executed), rate_like(subject, rate)];
        assert_eq!(own, [budget, executed, rate], "{name}");
        assert_eq!(digits(subject.total, 2), points, "{name}");
        assert_eq!(subject.grade.as_deref(), Some("优"), "{name}");
        let Some(facts) = &facts else { continue };
        let published = [0, 1, 2].map(|next| facts[&format!("F{:04}", first + next)].as_str());
        assert_eq!(own, published, "{name}");
    }
    let whole = campaign.whole.as_ref().unwrap();
    assert_eq!([wan(whole, Quantity::InitialBudget), wan(whole, Quantity::Executed)], ["715.58", "921.96"]);
    let exact = |subject: &Subject| match subject.amount(Quantity::Executed) {
        Some(Amount::Exact(money)) => Some(money),
        _ => None,
    };
    let sum: Money = campaign.projects.iter().map(|subject| exact(subject).unwrap()).sum();
    assert_eq!(Amount::Exact(sum).printed(Unit::WanYuan, 2).digits(), "151.12");
    if let Some(facts) = facts {
        let sums = ["F0205", "F0206", "F0209", "F0216"].map(|fact| facts[fact].as_str());
        assert_eq!(sums, ["11", "151.12", "715.58", "921.96"]);
    }
}

#[test]
fn rates_are_computed_where_the_published_ones_contradict_their_figures() {
    let accounts = made("zengdu-2023");
    let whole = campaign(&accounts).whole.as_ref().unwrap();
    let facts = published();
    for (name, fact, claimed, expected) in RATES {
        let line = whole.lines.iter().find(|line| line.name() == name).unwrap();
        let reached = line.reached.as_ref().and_then(|reached| reached.number());
        assert_eq!(reached.map(|number| number.digits(2)).as_deref(), expected, "{name}: {}", line.formula);
        assert_eq!(expected.is_none(), line.scored.met == Met::Unknown, "{name}");
        assert!(expected.is_some() || !line.reason.is_empty(), "{name} is not known and nobody says why");
        if let Some(facts) = &facts {
            assert_eq!(facts[fact], claimed, "{name}");
        }
    }
    let public = whole.lines.iter().find(|line| line.name() == "公用经费控制率").unwrap();
    assert!(public.formula.contains("70.99÷102.47"), "{}", public.formula);
    let procurement = whole.lines.iter().find(|line| line.name() == "政府采购执行率").unwrap();
    assert!(procurement.formula.contains("采购预算为0"), "{}", procurement.formula);
    // What was received against the initial budget, the base on which most forms compute it: still not the published 5.25.
    let number = |text: &str| Number::parse(text).unwrap();
    let received = number("921.96").minus(number("715.58")).and_then(|more| more.percent_of(number("715.58")));
    assert_eq!(digits(received, 2), "28.84");
}

#[test]
fn a_published_score_is_higher_than_any_with_twenty_points_for_execution() {
    let accounts = made("zengdu-2023");
    let of = |name: &str| campaign(&accounts).subject(name).unwrap();
    let (hired, research) = (of("政府办政府购买服务"), of("大兴调研之风活动专项经费"));
    let published_score = Number::parse("96.8").unwrap();
    let highest = highest_possible(hired.rate.unwrap(), hired.execution_weight.unwrap()).unwrap();
    assert_eq!(highest.digits(2), "95.58");
    assert!(published_score > highest && hired.total.unwrap() <= highest);
    // Published: 96.8 for 77.89 %, 95 for 90 % executed.
    assert!(hired.rate < research.rate && hired.total < research.total);
    if let Some(facts) = published() {
        assert_eq!([&facts["F0404"], &facts["F0437"]], ["96.8", "95"]);
    }
}

#[test]
fn what_was_not_reached_has_a_reason_and_each_project_its_own_goal_and_problems() {
    for (name, projects) in [("zengdu-2023", 11), ("consolidated", 13)] {
        let accounts = made(name);
        let campaign = campaign(&accounts);
        assert_eq!(campaign.projects.len(), projects);
        let mut seen: BTreeMap<(Topic, String), &str> = BTreeMap::new();
        for subject in campaign.subjects() {
            for line in subject.lines.iter().filter(|line| line.scored.met != Met::Met) {
                assert!(!line.reason.is_empty(), "{} {}", subject.project, line.name());
            }
            let topics = [Topic::Goal, Topic::Outcome, Topic::Problems, Topic::Measures, Topic::Work, Topic::Evidence];
            for topic in topics {
                for text in &subject.texts[&topic] {
                    let other = seen.insert((topic, shown(text)), &subject.project);
                    assert_eq!(other, None, "{topic:?} of {} is that of another", subject.project);
                }
            }
            let weights = subject.lines.iter().filter_map(|line| line.weight);
            let sum = weights.fold(Number::ZERO, |sum, weight| sum.plus(weight).unwrap());
            assert_eq!(sum, if subject.is_whole() { Number::ZERO } else { Number::whole(80) }, "{}", subject.project);
        }
        let files: Vec<&str> = campaign.evidence.iter().map(|file| file.path.as_str()).collect();
        assert!(files.iter().any(|path| path.starts_with("performance/佐证/")), "{files:?}");
        assert!(campaign.evidence.iter().all(|file| file.bytes > 0 && file.sha256.len() == 64));
    }
}

#[test]
fn a_target_that_was_raised_within_the_year_shows_both_values_and_its_document() {
    let accounts = made("zengdu-2023");
    let campaign = campaign(&accounts);
    let raised = campaign.subject("非法集资处置工作经费").unwrap();
    let line = raised.lines.iter().find(|line| line.name() == "防范宣传活动").unwrap();
    assert_eq!(line.approved.as_ref().map(|aim| aim.text.as_str()), Some("≥10场"));
    assert_eq!(line.aim.text, "≥12场");
    assert_eq!(campaign.changes.len(), 1);
    assert_eq!((campaign.changes[0].version, campaign.changes[0].reference.as_str()), (2, "曾财绩调〔2023〕7号"));
}

/// The print of a figure without zeros behind its point.
fn shown_in(package: &Package, id: Option<&FigureId>) -> Option<String> {
    let figure = package.figure(*id?)?;
    figure.cell.number().map(|printed| printed.digits_trimmed())
}

/// A number as a form prints it.
fn as_printed(number: Option<Number>, decimals: u8) -> Option<String> {
    number.and_then(|number| number.printed(Unit::Point, decimals)).map(|printed| printed.digits_trimmed())
}

/// What a package says of its performance, held against what was known before anything was written.
#[test]
fn each_form_of_a_package_says_what_the_campaign_knows() {
    let catalog = catalog();
    for name in ["zengdu-2023", "consolidated"] {
        let accounts = made(name);
        let (package, campaign) = (&accounts.department, campaign(&accounts));
        let decimals = campaign.decimals(&catalog.performance);
        let evaluations = &package.performance.evaluations;
        let forms: Vec<&Evaluation> = evaluations.iter().filter(|of| of.stands == Stands::Form).collect();
        assert_eq!(forms.len(), campaign.subjects().count(), "{name}");
        for subject in campaign.subjects() {
            // Brackets are compared in one width.
            let same = |of: &&&Evaluation| juesuan_text::plain(&of.project) == juesuan_text::plain(&subject.project);
            let form = forms.iter().find(same).unwrap_or_else(|| panic!("no form of {}", subject.project));
            let printed = |quantity: Quantity| shown_in(package, form.amounts.get(&quantity));
            if !subject.is_whole() {
                for quantity in [Quantity::FullYearBudget, Quantity::Executed] {
                    let known = subject.amount(quantity).map(|_| wan(subject, quantity));
                    assert_eq!(printed(quantity), known, "{quantity:?} of {}", subject.project);
                }
                assert_eq!(printed(Quantity::Score), as_printed(subject.total, decimals), "{}", subject.project);
            }
            assert_eq!(form.indicators.len(), subject.lines.len(), "{}", subject.project);
            for (indicator, line) in form.indicators.iter().zip(&subject.lines) {
                let what = format!("{} {}", subject.project, line.name());
                assert_eq!(juesuan_text::plain(indicator.name()), juesuan_text::plain(line.name()), "{what}");
                assert_eq!(juesuan_text::plain(&indicator.target.text), juesuan_text::plain(&line.aim.text), "{what}");
                assert_eq!(indicator.target.operator, line.aim.operator, "{what}");
                let weight = shown_in(package, indicator.weight.as_ref());
                let score = shown_in(package, indicator.score.as_ref());
                assert_eq!(weight, as_printed(line.weight, decimals), "{what}");
                assert_eq!(score, as_printed(line.scored.points, decimals), "{what}");
                assert_eq!(indicator.steps, line.scored.steps, "{what}");
            }
        }
    }
}

#[test]
fn some_tasks_are_overdue_after_the_third_quarter_and_none_at_the_end_of_the_year() {
    let catalog = catalog();
    let inputs = read("zengdu-2023", &catalog);
    let at = |quarter: &str, day: &str| {
        let (quarter, day) = (Quarter::parse(quarter).unwrap(), Day::parse_iso(day).unwrap());
        let bulletin = bulletin(&inputs.records, &catalog, quarter, day);
        assert_eq!(bulletin.problems, [], "{day}");
        bulletin.tasks.unwrap()
    };
    let third = at("2023Q3", "2023-10-08");
    assert_eq!((third.overdue.len(), third.total.all, third.total.done), (4, 83, 62));
    let fourth = at("2023Q4", "2023-12-31");
    assert_eq!((fourth.overdue.len(), fourth.total.all, fourth.total.done), (0, 96, 96));
}

#[test]
fn each_unit_says_of_its_projects_what_the_department_says() {
    let accounts = made("consolidated");
    let department = campaign(&accounts);
    assert_eq!(accounts.units.len(), 6);
    let mut projects = 0;
    for one in &accounts.units {
        let (unit, own) = (&one.package.entity.name, one.campaign.as_ref().unwrap());
        assert!(own.whole.is_some(), "{unit}");
        for subject in &own.projects {
            let same = department.subject(&subject.project).unwrap();
            assert_eq!(same.field("executor"), unit, "{}", subject.project);
            assert_eq!((subject.total, subject.rate), (same.total, same.rate), "{}", subject.project);
            assert_eq!(wan(subject, Quantity::Executed), wan(same, Quantity::Executed), "{}", subject.project);
            projects += 1;
        }
    }
    assert_eq!(projects, department.projects.len());
}

#[test]
fn where_other_funds_pay_projects_too_the_share_is_one_of_all_projects_and_said_once() {
    let (general, mixed) = (made("zengdu-2023").department, made("consolidated").department);
    let times =
        |package: &Package, words: &str| serde_json::to_string(&package.document).unwrap().matches(words).count();
    for (package, of_general, of_all) in [(&general, 1, 0), (&mixed, 0, 1)] {
        let found = ["占一般公共预算项目支出总额的", "占项目支出总额的"].map(|words| times(package, words));
        assert_eq!(found, [of_general, of_all], "{}", package.entity.name);
        assert_eq!(times(package, "中反映所有项目的绩效自评结果"), 1, "{}", package.entity.name);
    }
}
