//! What a bureau lays over the catalogue: one file with what differs, and every fault of it with file and line.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use crate::scratch::{Run, Scratch};

/// A short final account; `income` is the word for the total of income.
fn account(income: &str) -> String {
    format!(
        "云岭市林业局2023年度部门决算\n\n第一部分 云岭市林业局概况\n一、主要职责\n拟订全市林业发展规划并组织实施。\n\n\
         第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n\
         2023年度收、支总计均为921.96万元，与2022年度相比，收、支总计各增加33.63万元，增长3.8%。\n\
         二、收入决算情况说明\n2023年度{income}921.96万元。其中：财政拨款收入905.31万元，占本年收入98.2%；其他收入16.65万元，占本年收入1.8%。\n"
    )
}

fn figures(run: &Run) -> u64 {
    let report: serde_json::Value = serde_json::from_str(&run.said).unwrap_or_else(|error| panic!("{error}\n{run}"));
    report["documents"][0]["figures"].as_u64().unwrap()
}

#[test]
fn a_word_that_is_added_to_the_lexicon_lets_more_figures_be_recognised_and_none_less() {
    let scratch = Scratch::new("catalog-word");
    scratch.put("同.txt", account("收入合计"));
    scratch.put("异.txt", account("进账归总"));
    let check = |file: &str, own: bool| {
        let options: &[&str] = if own { &["--catalog", "本局"] } else { &[] };
        figures(&scratch.run(&[options, &["check", file, "--format", "json"]].concat()))
    };
    scratch.put(
        "本局/lexicon.toml",
        "[[word]]\nwords = [\"进账归总\"]\nkind = \"subject\"\nmeans = [{ item = \"收入\" }]\nreach = \"whole\"\n",
    );
    assert_eq!(check("同.txt", false), check("同.txt", true));
    assert!(check("异.txt", false) < check("异.txt", true));
    scratch.run(&["catalog", "check", "本局"]).ends_with(0).tells(&["目录没有差错"]);
}

#[test]
fn a_province_a_scheme_of_points_a_column_a_code_and_a_rule_are_each_one_small_file() {
    let scratch = Scratch::new("catalog-more");
    scratch.put("本局/phrases/hubei.toml", "[phrase.\"较上年\"]\nlevel = \"与上年一样\"\n");
    scratch.put(
        "本局/performance/profiles/dongshan.toml",
        "name = \"东山区\"\nbasis = \"本局规定\"\nexecution = 10\nexecution_least = 10\ndecimals = 1\n\
         block = [{ name = \"产出\", weight = 50 }, { name = \"效益\", weight = 40 }]\n\
         tier = [{ name = \"好\", from = 50, upto = 100 }, { name = \"差\", from = 0, upto = 50 }]\n",
    );
    scratch.put(
        "本局/forms/income-by-function.toml",
        "[[block]]\n[[block.column]]\nkind = \"number\"\nhead = [\"其中：捐赠收入\"]\nwidth = 8\nmeans = { item = \"收入\", source = \"其他收入\" }\n",
    );
    scratch.put(
        "本局/variants/dongshan.toml",
        "name = \"东山省\"\nbase = \"state\"\n[section.income]\nheadings = [\"进账情况\"]\n",
    );
    scratch.put("本局/codes/function.tsv", "code\tname\n2019966\t本地新设的科目\n");
    scratch.put("本局/laws.toml", "[[prefix]]\nletters = \"ZZ\"\nname = \"本局\"\n");
    scratch.put(
        "本局/rules/ZZ901-income-limit.toml",
        "code = \"ZZ901\"\nname = \"income-limit\"\ntitle = \"收入合计不超过500万元\"\nfault = \"收入合计超过500万元\"\nseverity = \"error\"\n\
         basis = [\"本局规定\"]\nremedy = \"请说明。\"\nexplanation = \"试点单位的限额。\"\nformula = [\"[收入] ≤ 500.00 万元\"]\n\
         [[holds]]\nname = \"限额之内\"\nfigures = [{ of = \"[收入]\", print = \"499.00\" }]\n\
         [[broken]]\nname = \"超过限额\"\nfigures = [{ of = \"[收入]\", print = \"501.00\" }]\n",
    );
    // A rule that is there already is changed by what differs.
    scratch.put("本局/rules/TX113-cost-per-guest.toml", "severity = \"warning\"\n");
    scratch.run(&["catalog", "check", "本局"]).ends_with(0).tells(&["目录没有差错"]);
    scratch.run(&["--catalog", "本局", "rules"]).ends_with(0).tells(&["ZZ901　错误", "TX113　警告"]);
    scratch.run(&["--catalog", "本局", "codes", "show", "2010301"]).ends_with(0).tells(&["行政运行"]);
}

#[test]
fn a_rule_on_trial_judges_only_where_it_is_asked_for_and_finds_no_errors() {
    let scratch = Scratch::new("catalog-trial");
    scratch.put("决算.txt", account("收入合计"));
    scratch.put("本局/laws.toml", "[[prefix]]\nletters = \"ZZ\"\nname = \"本局\"\n");
    scratch.put(
        "本局/rules/ZZ902-income-limit.toml",
        "code = \"ZZ902\"\nname = \"income-limit\"\nstate = \"preview\"\ntitle = \"收入合计不超过500万元\"\nfault = \"收入合计超过500万元\"\nseverity = \"error\"\n\
         basis = [\"本局规定\"]\nremedy = \"请说明。\"\nexplanation = \"试点单位的限额。\"\nformula = [\"[收入] ≤ 500.00 万元\"]\n\
         [[holds]]\nname = \"限额之内\"\nfigures = [{ of = \"[收入]\", print = \"499.00\" }]\n\
         [[broken]]\nname = \"超过限额\"\nfigures = [{ of = \"[收入]\", print = \"501.00\" }]\n",
    );
    let found = |options: &[&str]| {
        let run = scratch.run(&[&["--catalog", "本局", "check", "决算.txt", "--format", "json"], options].concat());
        let report: serde_json::Value =
            serde_json::from_str(&run.said).unwrap_or_else(|error| panic!("{error}\n{run}"));
        let findings = report["documents"][0]["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|finding| finding["code"] == "ZZ902").collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), Vec::<serde_json::Value>::new());
    let on_trial = found(&["--preview"]);
    let [finding] = on_trial.as_slice() else { panic!("{on_trial:?}") };
    assert_eq!(finding["severity"], "warning");
    assert!(finding["message"].as_str().unwrap().starts_with("〔试行〕"), "{finding}");
}

/// A fault: file, text, line, what is told of it.
const FAULTS: &[(&str, &str, u32, &[&str])] = &[
    (
        "lexicon.toml",
        "[[word]]\nwords = [\"进账\"]\nkind = \"subject\"\nmeans = [{ item = \"收人\" }]\n",
        4,
        &["“收人”不是", "可以写：", "、收入、"],
    ),
    ("recognize.toml", "contents = [\"总目\"]\nnotez = [\"注\"]\n", 2, &["notez", "像是“notes”"]),
    ("phrases/hubei.toml", "[phrase.\"较上年\"]\nup = \"增加{变动额}\"\n", 2, &["变动"]),
    (
        "sections/hubei/income.toml",
        "[slot.\"新\"]\nmeans = [{ fund = \"财政拔款\" }]\n",
        2,
        &["财政拔款", "像是“财政拨款”"],
    ),
    (
        "sections/hubei/basic.toml",
        "explains = \"general-budget-basic\"\n",
        1,
        &["像是", "“general-budget-basic-expense”"],
    ),
    ("variants/hubei.toml", "[tables]\nordre = []\n", 2, &["ordre", "像是“order”"]),
    ("variants/hunan.toml", "base = \"stat\"\n", 1, &["stat", "像是“state”"]),
    (
        "forms/three-public.toml",
        "[[block]]\n[[block.column]]\nkind = \"number\"\nhead = [\"x\"]\nwidth = 1\nadds = [\"没有的列\"]\n",
        6,
        &["没有的列"],
    ),
    (
        "forms/expense-by-function.toml",
        "[[block]]\n[[block.column]]\nkind = \"nummer\"\nhead = [\"x\"]\nwidth = 1\n",
        3,
        &["nummer", "number"],
    ),
    ("meanings/item.toml", "[[node]]\nname = \"支出总计\"\nchildren = [\"支出呢\"]\n", 3, &["支出呢", "像是“支出”"]),
    ("accounts.toml", "[[elimination]]\nname = \"甲\"\nexpense = \"7301\"\nincome = \"9999\"\n", 4, &["9999"]),
    ("inputs/receptions.toml", "[[column]]\nkey = \"day\"\nheader = [\"日\"]\nkind = \"dat\"\n", 4, &["dat", "date"]),
    (
        "performance/counts.toml",
        "[[count]]\nnames = [\"新计数\"]\nregister = \"receptions\"\nsum = \"monney\"\nunit = \"元\"\n",
        4,
        &["monney"],
    ),
    (
        "performance/rates.toml",
        "[[rate]]\nkey = \"新率\"\npoint = \"甲÷乙\"\nzero = \"无\"\n[[rate.way]]\npart = { name = \"甲\", count = \"没有的计数\" }\nwhole = { name = \"乙\", means = { item = \"支出\" } }\n",
        6,
        &["没有的计数"],
    ),
    ("performance/profiles/hubei.toml", "execution = 30\n", 1, &["分值合计为110"]),
    ("performance/grades/general.toml", "[[band]]\nword = \"优\"\nfrom = \"九十\"\n", 3, &["九十", "整数"]),
    (
        "performance/library/quality.toml",
        "[[indicator]]\nname = \"新指标\"\npath = [\"产出指标\", \"质量指标\"]\nfields = [\"通用\"]\ndirection = \"正向\"\nunit = \"%\"\noperator = \"≥\"\nmethod = \"比列\"\npoint = \"甲\"\nevidence = \"乙\"\n",
        8,
        &["比列", "可以写：", "比例"],
    ),
    ("performance/bulletin.toml", "[[section]]\nabout = \"tusks\"\nheading = \"新\"\n", 2, &["tusks", "tasks"]),
    ("rules/TX113-cost-per-guest.toml", "sevrity = \"notice\"\n", 1, &["sevrity", "像是“severity”"]),
    ("laws.toml", "[[law]]\nkey = \"sum\"\nseverity = \"grave\"\n", 3, &["grave", "error"]),
    ("codes/function.tsv", "code\tname\n20199x\t甲\n", 2, &["20199x"]),
    ("glossary/hubei.toml", "[[term]]\nterm = \"甲\"\nfunctions = { fund = \"一般公共\" }\n", 3, &["一般公共"]),
];

/// A slip that would otherwise pass for something new, or have no effect.
const SLIPS: &[(&str, &str, u32, &[&str])] = &[
    ("forms/three-publics.toml", "name = \"三公\"\n", 1, &["three-publics", "像是“three-public”", "order"]),
    (
        "variants/hunan.toml",
        "[tables.form.income-by-function]\nrename = { \"事业收人\" = \"事业性收入\" }\n",
        2,
        &["事业收人", "像是", "“事业收入”"],
    ),
    (
        "variants/hunan.toml",
        "[tables.form.income-by-function]\nomit = [\"合计行\"]\n",
        2,
        &["合计行", "像是", "“合计”"],
    ),
    (
        "variants/hunan.toml",
        "[section.incomes]\nheadings = [\"各项收入\"]\n",
        1,
        &["incomes", "“income”", "new = true"],
    ),
    ("variants/hubei.toml", "[section.income]\nheadings = [\"各项收入\"]\n", 1, &["sections/hubei/"]),
    ("variants/hunan.toml", "[section.income]\nnew = true\n", 2, &["已有", "删去 new"]),
    ("variants/hunan.toml", "[tables.form.budget-income]\nnumber = \"1\"\n", 1, &["不印“budget-income”"]),
    ("variants/hunan.toml", "[tables.lists]\nclases = [\"201\"]\n", 2, &["clases"]),
    ("variants/hunan.toml", "[year.205.tables]\ngrouped = true\n", 1, &["205", "四位年份"]),
    ("phrases/hubie.toml", "percent_decimals = 2\ntrimmed = true\n", 1, &["hubie", "“hubei”"]),
    ("glossary/hubie.toml", "[[term]]\nterm = \"甲\"\n", 1, &["hubie", "“hubei”"]),
    (
        "phrases/hubei.toml",
        "[phrase.\"较上年末\"]\nagainst = \"上年\"\nlevel = \"一样\"\n",
        1,
        &["较上年末", "“较上年”"],
    ),
    (
        "sections/hubei/incomes.toml",
        "key = \"incomes\"\nheadings = [\"各项收入\"]\n",
        1,
        &["document.toml", "incomes", "“income”"],
    ),
    ("sections/hubei/income.toml", "[slot.\"事业收人\"]\nmeans = []\n", 1, &["没有用到“事业收人”"]),
    ("performance/profiles/hubei.toml", "variants = [\"hubie\"]\n", 1, &["hubie", "“hubei”"]),
    ("performance/grades/shanghai.toml", "variants = [\"hubie\"]\n", 1, &["hubie", "“hubei”"]),
    ("performance/grades/general.toml", "variants = [\"shanghai\"]\n", 1, &["performance/grades/"]),
    ("laws.toml", "[[law]]\nkey = \"balance\"\nsays = { total = \"{何}\" }\n", 3, &["total", "“totals”"]),
    ("laws.toml", "[[law]]\nkey = \"balance\"\nsays = { totals = \"{和}\" }\n", 3, &["和", "可以用"]),
    ("report.toml", "[says]\nwriten = \"{处}\"\n", 2, &["writen", "“written”"]),
    ("purposes.toml", "\"299\" = \"甲\"\n", 1, &["299"]),
    ("rules/TX113-cost-per-guest.toml", "[[silent]]\nname = \"甲\"\nvariant = \"hubie\"\n", 3, &["hubie", "“hubei”"]),
    ("lexicon.toml", "[[word]]\nwords = [\"增加\", \"净增\"]\nreplace = [\"word\"]\n", 3, &["replace", "“words”"]),
    ("lexicon.toml", "[[word]]\nwords ＝ [\"增加\"]\n", 2, &["不合 TOML 的写法", "“＝”是全角的"]),
    ("lexicon.toml", "[[word]]\nwords = [\"增加\" \"净增\"]\n", 2, &["不合 TOML 的写法", "半角逗号"]),
];

#[test]
fn a_slip_that_would_have_no_effect_is_named_with_its_file_its_line_and_what_is_near() {
    named("catalog-slips", SLIPS);
}

#[test]
fn every_kind_of_typo_is_named_with_its_file_its_line_and_what_is_allowed() {
    named("catalog-faults", FAULTS);
}

fn named(name: &str, faults: &[(&str, &str, u32, &[&str])]) {
    let scratch = Scratch::new(name);
    for (index, (path, text, line, told)) in faults.iter().enumerate() {
        let folder = format!("{index}");
        scratch.put(&format!("{folder}/{path}"), text);
        let run = scratch.run(&["catalog", "check", &folder]).ends_with(1);
        let place = format!("{folder}/{path} 第{line}行：");
        let own: Vec<&str> = run.said.lines().filter(|said| said.starts_with(&place)).collect();
        assert!(own.iter().any(|said| told.iter().all(|word| said.contains(word))), "{path}: {told:?}\n{run}");
        assert!(run.said.lines().all(|said| said.chars().count() < 900), "{path}\n{run}");
        scratch.run(&["--catalog", &folder, "rules"]).ends_with(2).tells(&[&place]);
    }
}

#[test]
fn a_fault_of_a_base_is_told_once_however_many_variants_are_made_of_it() {
    let scratch = Scratch::new("catalog-once");
    let faults = [
        ("[tables.form.income-by-function]\nmeans = { fund = \"财政拔款\" }\n", "财政拔款"),
        ("[section.income]\nmeans = { fund = \"财政拔款\" }\n", "财政拔款"),
        ("[section.income]\nexplains = \"income-by-functions\"\n", "income-by-functions"),
    ];
    for (index, (text, word)) in faults.iter().enumerate() {
        scratch.put(&format!("{index}/variants/state.toml"), text);
        let run = scratch.run(&["catalog", "check", &index.to_string()]).ends_with(1);
        let told: Vec<&str> = run.said.lines().filter(|line| line.contains(word)).collect();
        assert!(matches!(told.as_slice(), [one] if one.contains("state.toml 第2行")), "{told:#?}\n{run}");
    }
}

#[test]
fn a_fault_of_one_entry_takes_nothing_else_with_it() {
    let scratch = Scratch::new("catalog-alone");
    scratch.put("本局/phrases/hubei.toml", "[phrase.\"较去年\"]\nup = \"多\"\n");
    let run = scratch.run(&["catalog", "check", "本局"]).ends_with(1);
    run.tells(&["本局/phrases/hubei.toml 第1行：缺少“against”", "目录有 1 处差错"]);
}

#[test]
fn a_wrong_name_in_a_sentence_is_told_with_those_that_are_near_and_where_the_others_are_described() {
    let scratch = Scratch::new("catalog-names");
    let rule = "replace = [\"relation\"]\n[[relation]]\nis = \"每份自评的每项指标：得分 ≤ 分值\"\nsays = \"{指标名}得{得分.印}\"\n";
    scratch.put("本局/rules/PF121-points-over-weight.toml", rule);
    let run = scratch.run(&["catalog", "check", "本局"]).ends_with(1);
    let line = run.said.lines().find(|line| line.contains("指标名")).unwrap_or_else(|| panic!("{run}"));
    assert!(
        line.contains("像是“指标名称”") && line.contains("catalog/README.md") && line.chars().count() < 300,
        "{line}"
    );
}

#[test]
fn all_faults_of_all_files_are_told_in_one_run_and_a_folder_that_is_not_there_is_no_catalogue() {
    let scratch = Scratch::new("catalog-all");
    for (path, text, ..) in FAULTS.iter().take(6) {
        scratch.put(&format!("全/{path}"), text);
    }
    let run = scratch.run(&["catalog", "check", "全"]).ends_with(1);
    for (path, ..) in FAULTS.iter().take(6) {
        assert!(run.said.contains(&format!("全/{path} 第")), "{path}\n{run}");
    }
    scratch.run(&["catalog", "check", "没有"]).ends_with(2).tells(&["没有"]);
    scratch.run(&["catalog", "check"]).ends_with(0).tells(&["目录没有差错"]);
}

#[test]
fn an_example_that_does_not_come_out_as_its_rule_says_is_a_fault() {
    let scratch = Scratch::new("catalog-example");
    scratch.put(
        "本局/rules/TX113-cost-per-guest.toml",
        "[[holds]]\nname = \"每人次九百元\"\nfigures = [{ of = \"[支出·国内接待]\", print = \"0.90\" }, { of = \"[人次·国内接待]\", print = \"10个\" }]\n",
    );
    let run = scratch.run(&["catalog", "check", "本局"]).ends_with(1);
    run.tells(&["本局/rules/TX113-cost-per-guest.toml 第2行：例子“每人次九百元”：应为成立，得到不成立：", "0.90"]);
    assert!(!run.said.contains("Broken"), "{run}");
}
