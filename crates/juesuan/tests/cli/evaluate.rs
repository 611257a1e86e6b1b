//! evaluate and indicators: what is shown, explained and written of performance.

use std::fs;

use crate::scratch::Scratch;

/// The points of a name in the table of `evaluate`: the fifth column.
fn points_in_table(said: &str, name: &str) -> String {
    let row = said.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap_or_default();
    row.split_whitespace().nth(4).unwrap_or_default().to_owned()
}

#[test]
fn indicators_are_found_by_all_words_and_unknown_ones_are_said_to_be_so() {
    let scratch = Scratch::new("indicators");
    let both = scratch.run(&["indicators", "建议提案", "见面率"]).ends_with(0);
    assert!(both.said.contains("建议提案见面率") && both.said.contains("共 1 个"), "{both}");
    let whole = scratch.run(&["indicators", "--for", "整体"]).ends_with(0);
    assert!(whole.said.contains("管理效率／预算执行"), "{whole}");
    assert!(!whole.said.contains("召开会议次数"), "{whole}");
    scratch.run(&["indicators", "预算调整率"]).ends_with(0).tells(&["管理效率", "（预算调整数/预算数）×100%", "反向"]);
    scratch.run(&["indicators", "星际航行"]).ends_with(2).tells(&["没有同时含有“星际航行”"]);
    scratch.run(&["indicators", "--for", "单位"]).ends_with(3).tells(&["整体", "项目"]);
}

#[test]
fn indicators_are_written_as_rows_of_the_sheet_and_no_file_is_overwritten() {
    let scratch = Scratch::new("indicators-csv");
    scratch.run(&["indicators", "简报期数", "--csv", "行.csv"]).ends_with(0).tells(&["写出 1 个指标到 行.csv"]);
    let bytes = fs::read(scratch.path("行.csv")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with('\u{feff}'), "a spreadsheet needs the mark");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let cells = |line: Option<&str>| line.unwrap().split(',').map(str::to_owned).collect::<Vec<_>>();
    let (head, row) = (cells(lines.next()), cells(lines.next()));
    let of = |name: &str| row[head.iter().position(|own| own == name).unwrap()].as_str();
    assert_eq!((of("一级指标"), of("二级指标")), ("产出指标", "数量指标"));
    assert_eq!((of("取数"), of("指标值"), of("项目名称")), ("简报期数", "", ""));
    assert_eq!(lines.next(), None);
    scratch.run(&["indicators", "会议", "--csv", "行.csv"]).ends_with(3).tells(&["已经有这个文件"]);
    assert_eq!(scratch.text("行.csv"), text);
}

#[test]
fn the_points_that_are_explained_are_those_of_the_table() {
    let scratch = Scratch::with("explain", "zengdu-2023");
    let table = scratch.run(&["evaluate", "in"]);
    table.tells(&["绩效自评", "整体", "执行率", "77.89%", "等级"]);
    let table = scratch.run(&["evaluate", "in"]);
    let points = points_in_table(&table.said, "值班设备经费");
    assert!(!points.is_empty(), "{table}");
    let explained = scratch.run(&["evaluate", "in", "--explain", "值班设备经费"]).ends_with(0);
    assert!(explained.said.contains("97.73%"), "{explained}");
    assert!(explained.said.contains(&format!("={points}分")), "{points}: {explained}");
    let part_of_name = scratch.run(&["evaluate", "in", "--explain", "值班设备"]).ends_with(0);
    assert_eq!(part_of_name.said, explained.said);
    scratch.run(&["evaluate", "in", "--explain", "整体"]).tells(&["整体", "预算调整率"]);
}

#[test]
fn an_unknown_project_is_answered_with_the_names_that_are_near() {
    let scratch = Scratch::with("explain-unknown", "zengdu-2023");
    let run = scratch.run(&["evaluate", "in", "--explain", "值班设备费"]).ends_with(3);
    run.tells(&["没有评价“值班设备费”", "像是“值班设备经费”", "可以写：整体、"]);
}

#[test]
fn a_folder_without_targets_is_told_what_to_fill_in() {
    let scratch = Scratch::with("no-performance", "zengdu-2023");
    fs::remove_dir_all(scratch.path("in/performance")).unwrap();
    scratch.run(&["evaluate", "in", "--out", "out"]).ends_with(2).tells(&["绩效指标表", "juesuan indicators"]);
    assert!(!scratch.path("out").exists());
}

#[test]
fn the_bulletin_needs_a_date_and_what_is_overdue_depends_on_it_alone() {
    let scratch = Scratch::with("bulletin", "zengdu-2023");
    let undated = scratch.run(&["evaluate", "in", "--bulletin", "2023Q3"]).ends_with(3);
    undated.tells(&["--date", "2023-09-30", "逾期"]);
    scratch.run(&["evaluate", "in", "--bulletin", "2023Q7", "--date", "2023-10-08"]).ends_with(3).tells(&["2023Q3"]);
    scratch.run(&["evaluate", "in", "--bulletin", "2023Q3", "--date", "2023-02-30"]).ends_with(3).tells(&["日期"]);
    scratch.run(&["evaluate", "in", "--date", "2023-10-08"]).ends_with(3);
    let at = |date: &str| scratch.run(&["evaluate", "in", "--bulletin", "2023年第三季度", "--date", date]).ends_with(0);
    let (early, late) = (at("2023-10-08"), at("2023-12-31"));
    assert!(early.said.contains("第三季度\n督办事项办理情况的通报") && early.said.contains("责任单位"), "{early}");
    assert_ne!(early.said, late.said);
    assert_eq!(early.said, at("2023-10-08").said);
}

#[test]
fn the_bulletin_is_written_as_documents_that_can_be_verified() {
    let scratch = Scratch::with("bulletin-out", "zengdu-2023");
    let arguments = ["evaluate", "in", "--bulletin", "2023Q3", "--date", "2023-10-08", "--out", "out", "--formats"];
    scratch.run(&[&arguments[..], &["docx,xlsx,html,json"]].concat()).ends_with(0).tells(&["写出", "核对码"]);
    let names: Vec<String> = scratch.files("out").into_keys().collect();
    assert!(names.iter().any(|name| name.ends_with("督办事项办理情况的通报.docx")), "{names:?}");
    scratch.run(&["verify", "out"]).ends_with(0);
    scratch.run(&["evaluate", "in", "--bulletin", "2023Q3", "--date", "2023-10-08", "--out", "in"]).ends_with(3);
}

#[test]
fn the_documents_of_performance_alone_hold_no_table_of_the_accounts() {
    let scratch = Scratch::with("alone", "zengdu-2023");
    scratch.run(&["evaluate", "in", "--out", "out", "--formats", "json"]).tells(&["写出"]);
    let package = scratch.json("out/package.json");
    let parts = package["document"]["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2);
    let text = parts.iter().map(ToString::to_string).collect::<String>();
    for there in ["自评表", "自评报告", "值班设备经费"] {
        assert!(text.contains(there), "{there}");
    }
    assert!(!text.contains("财政拨款收入支出决算总表"));
    assert_eq!(package["document"]["title"][1], "2023年度预算绩效自评");
    let whole = |package: &serde_json::Value| package["performance"]["evaluations"].as_array().map(Vec::len);
    scratch.run(&["compile", "in", "--out", "compiled", "--formats", "json"]);
    let compiled = scratch.json("compiled/package.json");
    assert_eq!(whole(&package), whole(&compiled));
}

#[test]
fn the_monitoring_shows_lights_and_is_written_with_its_warnings() {
    let scratch = Scratch::with("monitor", "zengdu-2023");
    let half = scratch.run(&["evaluate", "in", "--monitor", "6", "--out", "out", "--formats", "json,html"]);
    half.tells(&["时间进度 50%", "红灯", "因公出国经费", "偏差原因", "写出"]);
    scratch.run(&["verify", "out"]).ends_with(0);
    let text = scratch.json("out/package.json")["document"]["parts"].to_string();
    assert!(text.contains("预警") && text.contains("因公出国经费"), "{text}");
    let nothing_entered = scratch.run(&["evaluate", "in", "--monitor", "2月"]).ends_with(2);
    nothing_entered.tells(&["未知", "没有填写到这个月的情况"]);
    fs::remove_dir_all(scratch.path("in/books")).unwrap();
    let without_books = scratch.run(&["evaluate", "in", "--monitor", "6"]);
    assert_eq!(without_books.said.lines().next(), half.said.lines().next(), "{without_books}");
    assert!(without_books.said.contains("红灯"), "there are no books yet in June: {without_books}");
    scratch.run(&["evaluate", "in", "--monitor", "13"]).ends_with(3).tells(&["应为 1 到 12"]);
    scratch.run(&["evaluate", "in", "--monitor", "6", "--explain", "整体"]).ends_with(3);
}
