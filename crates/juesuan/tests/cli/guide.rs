//! The worked examples of the guides, run as they are printed there.

use std::fs;
use std::path::Path;

use crate::scratch::Scratch;

fn guide(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

/// The blocks of TOML of a guide whose first line names their file: `# 本局/lexicon.toml：…`.
fn blocks(guide: &str) -> Vec<(String, String)> {
    let all = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let named = all.filter_map(|block| {
        let path = block.lines().next()?.strip_prefix("# 本局/")?.split('：').next()?;
        Some((path.to_owned(), block.to_owned()))
    });
    named.collect()
}

/// A short final account of a place.
fn account(place: &str, more: &str) -> String {
    format!(
        "{place}林业局2023年度部门决算\n\n第一部分 {place}林业局概况\n一、主要职责\n拟订林业发展规划并组织实施。\n\n\
         第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n\
         2023年度收、支总计均为921.96万元，与2022年度相比，收、支总计各增加33.63万元，增长3.8%。\n{more}"
    )
}

/// The folder of a bureau that has every example of catalog/README.md, each file with all that is said of it there.
fn bureau(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    let blocks = blocks(&guide("catalog/README.md"));
    assert!(blocks.len() > 7, "{blocks:#?}");
    for (path, text) in blocks {
        let path = format!("本局/{path}");
        let before = fs::read_to_string(scratch.path(&path)).unwrap_or_default();
        scratch.put(&path, format!("{before}{text}\n"));
    }
    // The new table that the guide only puts in its place.
    scratch.put(
        "本局/forms/other-income.toml",
        "name = \"其他收入情况表\"\n[[block]]\n[[block.column]]\nkind = \"label\"\nhead = [\"项目\"]\nwidth = 20\n\
         [[block.column]]\nkind = \"number\"\nhead = [\"金额\"]\nwidth = 10\n\
         [[block.row]]\nname = \"其他收入\"\nmeans = { item = \"收入\", source = \"其他收入\" }\n",
    );
    scratch
}

#[test]
fn the_examples_of_the_guide_to_the_catalogue_are_a_sound_folder() {
    let scratch = bureau("guide-catalog");
    scratch.run(&["catalog", "check", "本局"]).ends_with(0).tells(&["目录没有差错"]);
    scratch.run(&["--catalog", "本局", "rule", "TX113"]).ends_with(0).tells(&["800元"]);
}

#[test]
fn a_province_that_is_only_read_is_known_by_its_places_its_headings_and_its_words() {
    let scratch = bureau("guide-province");
    let income = "二、各项收入说明\n2023年度进账归总921.96万元。其中：财政拨款收入905.31万元，占本年收入98.2%。\n";
    scratch.put("江山县林业局.txt", account("江山县", income));
    let read = |options: &[&str]| scratch.run(&[options, &["read", "江山县林业局.txt"]].concat());
    let (own, plain) = (read(&["--catalog", "本局"]), read(&[]));
    assert!(own.said.contains("jiangnan") && !plain.said.contains("jiangnan"), "{own}\n{plain}");
    let told = |figure: &str| own.said.contains(figure) && !plain.said.contains(figure);
    assert!(told("921.96万元　收入　金额") && told("905.31万元　收入·财政拨款　金额"), "{own}\n{plain}");
}

#[test]
fn the_rule_of_the_guide_to_rules_is_sound_and_explained() {
    let scratch = Scratch::new("guide-rule");
    let text = guide("catalog/rules/README.md");
    let rule = text.split("```toml\n").skip(1).find(|block| block.starts_with("code = \"PF901\"")).unwrap();
    scratch.put("本局/rules/PF901-project-score.toml", rule.split("```").next().unwrap());
    scratch.run(&["catalog", "check", "本局"]).ends_with(0).tells(&["目录没有差错"]);
    scratch.run(&["--catalog", "本局", "rule", "PF901"]).ends_with(0).tells(&["每个项目的总分不超过100分"]);
}

/// The formula and the relation that CONTRIBUTING.md shows stand in rules as they are shown.
#[test]
fn the_formulas_that_the_guide_for_contributors_shows_can_be_read() {
    let scratch = Scratch::new("guide-contributing");
    let text = guide("CONTRIBUTING.md");
    let formula =
        text.split("`formula`, a list, where figures are compared: `").nth(1).unwrap().split('`').next().unwrap();
    let relation = text.split("`is = \"每份项目自评").nth(1).unwrap().split('`').next().unwrap();
    let says = text.split("`says = \"").nth(1).unwrap().split('`').next().unwrap();
    let head = |code: &str| {
        format!(
            "code = \"{code}\"\nname = \"of-the-guide\"\ntitle = \"指南的例子\"\nfault = \"指南的错例\"\nseverity = \"notice\"\nbasis = [\"指南\"]\n\
             explanation = \"例子。\"\nremedy = \"请核对。\"\n"
        )
    };
    scratch.put(
        "本局/rules/TX901.toml",
        format!(
            "{}formula = {formula}\n\
             [[holds]]\nname = \"四百元\"\nfigures = [{{ of = \"[支出·国内接待]\", print = \"0.40\" }}, {{ of = \"[人次·国内接待]\", print = \"10个\" }}]\n\
             [[broken]]\nname = \"六百元\"\nfigures = [{{ of = \"[支出·国内接待]\", print = \"0.60\" }}, {{ of = \"[人次·国内接待]\", print = \"10个\" }}]\n",
            head("TX901")
        ),
    );
    scratch.put(
        "本局/rules/PF902.toml",
        format!(
            "{}[[relation]]\nis = \"每份项目自评{relation}\nsays = \"{says}\n\
             [[holds]]\nname = \"92分\"\nevaluations = [{{ in = \"自评表\", project = \"甲\", amounts = {{ \"得分\" = \"92分\" }} }}]\n\
             [[broken]]\nname = \"102分\"\nevaluations = [{{ in = \"自评表\", project = \"甲\", amounts = {{ \"得分\" = \"102分\" }} }}]\n",
            head("PF902")
        ),
    );
    scratch.run(&["catalog", "check", "本局"]).ends_with(0).tells(&["目录没有差错"]);
}
