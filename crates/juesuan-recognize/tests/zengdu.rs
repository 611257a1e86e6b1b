//! The published text of zengdu-2023 against the facts that people read from it.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::{Dimension, Figure, Measure, Place};
use juesuan_recognize::text::headings;
use juesuan_recognize::{EntityContext, text};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/zengdu-2023");
/// First and last line of the explanations, from 一 to 十四.
const EXPLANATIONS: std::ops::RangeInclusive<u64> = 84..=660;
/// Measures that are figures of the accounts.
const MEASURES: [&str; 10] = [
    "amount",
    "yoy_change",
    "yoy_growth_pct",
    "share_pct",
    "budget_initial",
    "budget_full_year",
    "completion_pct",
    "execution_pct",
    "change_vs_initial_budget",
    "change_vs_initial_budget_pct",
];

/// The measure in the words of the gold list.
fn measure(figure: &Figure) -> &'static str {
    use juesuan_model::Against::{FullYearBudget, InitialBudget, PriorYear};
    let stage = figure.meanings.first().and_then(|meaning| meaning.get(Dimension::Stage));
    match (&figure.measure, stage) {
        (Measure::Amount, Some("年初预算")) => "budget_initial",
        (Measure::Amount, Some(_)) => "budget_full_year",
        (Measure::Amount, None) => "amount",
        (Measure::Change(PriorYear), _) => "yoy_change",
        (Measure::Change(InitialBudget | FullYearBudget), _) => "change_vs_initial_budget",
        (Measure::Growth(PriorYear), _) => "yoy_growth_pct",
        (Measure::Growth(_), _) => "change_vs_initial_budget_pct",
        (Measure::Share { .. }, _) => "share_pct",
        (Measure::Completion(_), _) => "completion_pct",
        (Measure::Count, _) => "count",
        (Measure::Score, _) => "score",
    }
}

/// A word of the gold subject that the meaning must contain: its code, or its name.
fn fits(subject: &str, figure: &Figure) -> bool {
    let told: String = figure.meanings.iter().map(|meaning| format!("{meaning}·")).collect();
    let normal = |text: &str| text.replace('(', "（").replace(')', "）").replace("购置及运行费", "购置及运行维护费");
    let (subject, told) = (normal(subject), normal(&told));
    let code: String = subject.chars().take_while(char::is_ascii_digit).collect();
    if code.len() >= 5 {
        return told.contains(&format!("{code}·"));
    }
    if let Some(project) = subject.strip_prefix('P').and_then(|rest| rest.split_once(' ')) {
        // The gold list shortens the long one.
        let name = project.1.split('（').next().unwrap_or(project.1);
        return told.contains(name);
    }
    let keys: [(&str, &[&str]); 42] = [
        ("货物采购授予", &["货物采购授予中小企业"]),
        ("工程采购授予", &["工程采购授予中小企业"]),
        ("服务采购授予", &["服务采购授予中小企业"]),
        ("财政拨款收、支总计", &["收入总计·财政拨款", "支出总计·财政拨款"]),
        ("收、支总计", &["收入总计·", "支出总计·"]),
        ("财政拨款收入", &["收入·财政拨款"]),
        ("收入合计", &["收入·"]),
        ("支出合计", &["支出·"]),
        ("一般公共预算财政拨款基本支出", &["一般公共预算·基本支出"]),
        ("一般公共预算财政拨款收入", &["收入·一般公共预算"]),
        ("一般公共预算财政拨款支出", &["一般公共预算"]),
        ("政府性基金预算财政拨款收入", &["收入·政府性基金"]),
        ("政府性基金 年初", &["年初结转和结余·政府性基金"]),
        ("政府性基金 年末", &["年末结转和结余·政府性基金"]),
        ("政府性基金 本年收入", &["收入·政府性基金"]),
        ("政府性基金 本年支出", &["支出·政府性基金"]),
        ("国有资本经营预算财政拨款收入", &["收入·国有资本经营"]),
        ("国有资本经营预算 本年支出", &["支出·国有资本经营"]),
        ("一般公共服务支出", &["201·"]),
        ("社会保障和就业支出", &["208·"]),
        ("卫生健康支出", &["210·"]),
        ("住房保障支出", &["221·"]),
        ("国内公务接待支出", &["国内接待"]),
        ("国内公务接待 团组", &["批次·国内接待"]),
        ("国内公务接待 人次", &["人次·国内接待"]),
        ("外宾接待支出", &["支出·外宾接待"]),
        ("外宾接待 来访团组", &["批次·外宾接待"]),
        ("外宾接待 人次", &["人次·外宾接待"]),
        ("出国（境）团组", &["团组"]),
        ("出国（境）人次", &["人次·因公出国"]),
        ("购置（更新）公务用车", &["购置车辆"]),
        ("公务用车保有量", &["财政拨款开支车辆"]),
        ("公务用车运行费", &["公务用车运行维护费"]),
        ("政府采购货物", &["货物采购"]),
        ("政府采购工程", &["工程采购"]),
        ("政府采购服务", &["服务采购"]),
        ("政府采购支出总额", &["政府采购"]),
        ("授予中小企业合同", &["授予中小企业"]),
        ("授予小微企业合同", &["授予小微企业"]),
        ("副区级", &["领导干部用车"]),
        ("车辆合计", &["车辆·"]),
        ("绩效自评项目", &["绩效自评"]),
    ];
    if let Some((_, needed)) = keys.iter().find(|(key, _)| subject.starts_with(key)) {
        return needed.iter().all(|word| told.contains(word));
    }
    match subject.as_str() {
        "下属单位决算" => told.contains("单位"),
        "整体支出" | "整体支出 资金执行率" => told.starts_with("支出·"),
        "整体支出 财政拨款收入" => told.contains("财政拨款"),
        "实际到位资金" => told == "收入·",
        "单位价值100万元以上专用设备" | "单位价值100万元以上专用设备 数量" => {
            told.contains("设备")
        }
        _ => told.contains(&subject),
    }
}

#[test]
fn ninety_five_of_a_hundred_facts_of_the_explanations_are_recognised_and_no_number_is_misread() {
    let (Ok(document), Ok(facts)) = (
        std::fs::read_to_string(format!("{FOLDER}/document.txt")),
        std::fs::read_to_string(format!("{FOLDER}/facts.json")),
    ) else {
        println!("skipped: {FOLDER} is not there");
        return;
    };
    let lines: Vec<(String, Place)> = document
        .lines()
        .enumerate()
        .map(|(index, line)| (line.to_owned(), Place { line: u32::try_from(index + 1).ok(), ..Place::default() }))
        .collect();
    let sections = headings::split(&lines);
    let catalog = Catalog::load(&[]).unwrap();
    let entity = EntityContext { year: 2023, variant: "hubei".to_owned(), ..EntityContext::default() };
    let read = text(&sections, &entity, &catalog);
    let mut at: BTreeMap<u64, Vec<&Figure>> = BTreeMap::new();
    for figure in &read.figures {
        at.entry(u64::from(figure.place.line.unwrap())).or_default().push(figure);
    }
    let facts: Value = serde_json::from_str(&facts).unwrap();
    let (mut hit, mut all) = (0, 0);
    let mut missed = Vec::new();
    let mut used: BTreeSet<(u64, String)> = BTreeSet::new();
    for fact in facts["facts"].as_array().unwrap() {
        let text = |key: &str| fact[key].as_str().unwrap_or("").to_owned();
        let (line, wanted) = (fact["line"].as_u64().unwrap(), text("measure"));
        let counts = wanted == "count";
        if !EXPLANATIONS.contains(&line) || !(MEASURES.contains(&wanted.as_str()) || counts) {
            continue;
        }
        all += 1;
        let wanted = if wanted == "execution_pct" { "completion_pct".to_owned() } else { wanted };
        let negative = fact["sign"] == "-";
        let found = at.get(&line).into_iter().flatten().find(|figure| {
            let digits = figure.cell.number().unwrap().digits();
            let value = digits.trim_start_matches('-');
            measure(figure) == wanted
                && value.parse::<f64>() == text("value").parse::<f64>()
                && (!negative || digits.starts_with('-'))
                && fits(&text("subject"), figure)
        });
        match found {
            Some(figure) => {
                hit += 1;
                used.insert((line, format!("{:?}", figure.place.quote) + &figure.cell.number().unwrap().to_string()));
            }
            None => missed.push(format!("{line} {} {} {}", text("subject"), wanted, text("value"))),
        }
    }
    let mine = read.figures.iter().filter(|f| EXPLANATIONS.contains(&u64::from(f.place.line.unwrap()))).count();
    println!("zengdu-2023: {hit} of {all} facts; {mine} figures read in the explanations");
    for miss in &missed {
        println!("  missed: {miss}");
    }
    for unread in read.unread.iter().filter(|u| EXPLANATIONS.contains(&u64::from(u.place.line.unwrap()))) {
        println!("  unread: {:?} {} {}", unread.place.line, unread.text, unread.reason);
    }
    assert!(hit * 100 >= all * 95, "{hit} of {all}");
    assert!(mine <= all, "{mine} figures where people read {all}");
}
