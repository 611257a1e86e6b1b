//! What may not be published, and how it says so.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use crate::scratch::{Scratch, docx_text};

#[test]
fn a_cause_that_nobody_gave_makes_a_draft_that_says_so_in_every_format() {
    let scratch = Scratch::with("cause", "zengdu-2023");
    scratch.edit("in/narrative.toml", |text| {
        text.lines().filter(|line| !line.starts_with("\"收支总计.上年\"")).map(|line| format!("{line}\n")).collect()
    });
    let run = scratch.compile().ends_with(1);
    let reason = "收、支总计与上年相比变动的原因没有填写（“收支总计.上年”）";
    run.tells(&["不可公开", reason, "narrative.toml", "CA101"]);
    let files = scratch.files("out");
    let docx = files.iter().find(|(name, _)| name.ends_with(".docx")).unwrap().1;
    assert!(docx_text(docx).contains("草稿"));
    assert!(scratch.text("out/site/index.html").contains("草稿"));
    let package = scratch.json("out/package.json");
    assert!(package["document"]["draft_reasons"].to_string().contains("收支总计.上年"));
    let manifest = scratch.json("out/manifest.json");
    assert_eq!(manifest["publishable"], false);
    assert!(manifest["draft_reasons"].to_string().contains("收支总计.上年"));
    scratch.run(&["verify", "out"]).ends_with(1).tells(&["核对时就不可公开", "收支总计.上年"]);
    // Complete again, it is no draft any more.
    crate::scratch::copy(&crate::scratch::examples().join("zengdu-2023"), &scratch.path("in"));
    scratch.compile().ends_with(0);
    assert!(!scratch.text("out/site/index.html").contains("草稿"));
}

#[test]
fn two_tables_that_contradict_each_other_are_an_error_with_both_figures() {
    let scratch = Scratch::with("tables", "putuo-planning-2024");
    scratch.edit("in/tables/tables.json", |text| text.replacen("9746.50", "9764.50", 1));
    let run = scratch.compile().ends_with(1);
    run.tells(&["错误　LW001", "9764.50", "9746.50", "不可公开", "收入支出决算总表", "财政拨款收入支出决算总表"]);
    assert!(scratch.text("out/site/index.html").contains("草稿"));
    assert_eq!(scratch.json("out/manifest.json")["publishable"], false);
}

#[test]
fn a_finished_table_that_contradicts_the_books_is_named_with_both_figures_and_makes_a_draft() {
    let scratch = Scratch::with("beside", "zengdu-2023");
    let table = |total: &str| {
        format!(
            r#"{{"支出决算表":{{"unit":"万元","columns":[["项目","","本年支出合计","基本支出","项目支出","上缴上级支出","经营支出","对附属单位补助支出"]],"rows":[{{"code":null,"name":"合计","values":["{total}","770.84","151.12",null,null,null]}}]}}}}"#
        )
    };
    scratch.put("in/tables/成表.json", table("912.69"));
    let run = scratch.compile_json().ends_with(1);
    run.tells(&[
        "来源矛盾　tables/成表.json 支出决算表 “合计”行“本年支出合计”列：成表上是 912.69万元，按账簿、预算等资料计算是 921.96万元",
        "不可公开",
    ]);
    assert!(scratch.json("out/package.json")["document"]["draft_reasons"].to_string().contains("912.69"));
    // One unit of the last place is a rounding difference, closed by hand in many tables.
    scratch.put("in/tables/成表.json", table("921.97"));
    scratch.compile_json().ends_with(0).tells(&["请核实　tables/成表.json", "相差在尾差之内", "可以公开"]);
    scratch.put("in/tables/成表.json", table("921.96"));
    let run = scratch.compile_json().ends_with(0);
    assert!(!run.warned.contains("成表.json"), "{run}");
}

#[test]
fn a_budget_in_wan_yuan_is_not_taken_for_yuan_in_silence() {
    let scratch = Scratch::with("unit", "zengdu-2023");
    scratch.edit("in/budget/预算指标.csv", |text| text.replace("0000.00,", ".00,"));
    scratch.edit("in/budget/预算指标.csv", |text| {
        let scaled = text.lines().map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if let Some((yuan, _)) = cells.get(5).and_then(|amount| amount.split_once('.')).filter(|(y, _)| y.len() > 4)
            {
                cells[5] = format!("{}.{}", &yuan[..yuan.len() - 4], &yuan[yuan.len() - 4..yuan.len() - 2]);
            }
            cells.join(",")
        });
        scaled.map(|line| format!("{line}\n")).collect()
    });
    scratch.compile_json().ends_with(1).tells(&["来源矛盾　budget/", "像是把万元当成了元", "不可公开"]);
}
