//! What a run of `check` lists: rules that are chosen, one line a finding, counts by rule, settings of a folder.

#![allow(clippy::indexing_slicing, reason = "a test that finds no such place has failed")]

use crate::scratch::{Run, Scratch};

/// A short account with a sum and a rate that are wrong.
const ACCOUNT: &str = "青溪区水务局2023年度部门决算\n\n第二部分 2023年度部门决算情况说明\n\
    一、收入决算情况说明\n2023年度收入合计500.00万元。其中：财政拨款收入400.00万元，占本年收入70.0%；其他收入90.00万元，占本年收入18.0%。\n\
    二、支出决算情况说明\n2023年度支出合计XX万元。\n";

fn scratch(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.put("稿.txt", ACCOUNT);
    scratch
}

fn codes(run: &Run) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&run.said).unwrap();
    let findings = report["documents"][0]["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn only_what_is_selected_is_listed_and_what_is_left_out_is_counted() {
    let scratch = scratch("selection-codes");
    let all = codes(&scratch.run(&["check", "稿.txt", "--format", "json"]).ends_with(1));
    assert!(all.iter().any(|code| code.starts_with("LW")) && all.iter().any(|code| code.starts_with("WD")), "{all:?}");
    let some = scratch.run(&["check", "稿.txt", "--format", "json", "--select", "WD"]);
    assert!(!codes(&some).is_empty() && codes(&some).iter().all(|code| code.starts_with("WD")), "{some}");
    let others = scratch.run(&["check", "稿.txt", "--format", "json", "--ignore", "WD"]).ends_with(1);
    assert_eq!(codes(&others).len(), all.iter().filter(|code| !code.starts_with("WD")).count());
    let none = scratch.run(&["check", "稿.txt", "--ignore", "ALL"]);
    none.tells(&["按所选的规则　没有列出", "所列的规则没有发现错误；没有列出的规则发现了错误。"]);
    assert!(!none.said.contains("错误["), "{none}");
    let strange = scratch.run(&["check", "稿.txt", "--select", "LW,XYZ"]).ends_with(3);
    assert!(strange.warned.contains("没有以“XYZ”开头的规则代码"), "{strange}");
}

#[test]
fn concise_is_a_line_a_finding_and_statistics_a_line_a_rule() {
    let scratch = scratch("selection-concise");
    let all = codes(&scratch.run(&["check", "稿.txt", "--format", "json"]).ends_with(1));
    let lines = scratch.run(&["check", "稿.txt", "--output-format", "concise"]).ends_with(1);
    let found: Vec<&str> = lines.said.lines().filter(|line| !line.contains("没有读懂")).collect();
    assert_eq!(found.len(), all.len(), "{lines}");
    assert!(found[0].starts_with("稿.txt:第5行: 错误 LW"), "{lines}");
    let counts = scratch.run(&["check", "稿.txt", "--statistics"]).ends_with(1);
    let last = counts.said.lines().last().unwrap();
    assert_eq!(last.split_whitespace().collect::<Vec<_>>(), [&all.len().to_string(), "1", "合计"], "{counts}");
    let rules: std::collections::BTreeSet<&String> = all.iter().collect();
    assert!(counts.said.lines().count() >= rules.len() + 2, "{counts}");
}

#[test]
fn settings_of_the_folder_hold_where_the_command_line_is_silent_and_are_told() {
    let scratch = scratch("selection-settings");
    scratch.put("juesuan.toml", "[check]\nselect = [\"WD\"]\nformat = \"concise\"\n");
    let by_settings = scratch.run(&["check", "稿.txt"]);
    assert!(by_settings.warned.contains("按 juesuan.toml 的设置核对"), "{by_settings}");
    assert!(by_settings.said.lines().all(|line| line.contains(" WD") || line.contains("没有读懂")), "{by_settings}");
    let chosen = scratch.run(&["check", "稿.txt", "--select", "LW"]).ends_with(1);
    assert!(chosen.said.contains(" LW"), "{chosen}");
    let without = scratch.run(&["check", "稿.txt", "--isolated"]).ends_with(1);
    assert!(without.warned.is_empty() && without.said.contains("错误["), "{without}");
    scratch.put("juesuan.toml", "[check]\nselekt = [\"WD\"]\n");
    let wrong = scratch.run(&["check", "稿.txt"]).ends_with(3);
    assert!(wrong.warned.contains("juesuan.toml 第2行：没有“selekt”这一项"), "{wrong}");
}
