//! `check` and `read` on documents of other people.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use std::io::Write;

use crate::scratch::{Run, Scratch};

/// A short final account as a text; the total in the second section is `total`.
fn account(total: &str) -> String {
    format!(
        "云岭市林业局2023年度部门决算\n\n第一部分 云岭市林业局概况\n一、主要职责\n拟订全市林业发展规划并组织实施。\n\n\
         第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n\
         2023年度收、支总计均为921.96万元，与2022年度相比，收、支总计各增加33.63万元，增长3.8%。\n\
         二、收入决算情况说明\n2023年度收入合计{total}万元。其中：财政拨款收入905.31万元，占本年收入98.2%；其他收入16.65万元，占本年收入1.8%。\n"
    )
}

fn report(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.said).unwrap_or_else(|error| panic!("{error}\n{run}"))
}

#[test]
fn a_wrong_figure_of_a_text_is_underlined_where_it_stands_and_the_right_text_has_no_error() {
    let scratch = Scratch::new("check-text");
    scratch.put("好.txt", account("921.96"));
    scratch.put("错.txt", account("911.96"));
    let bad = scratch.run(&["check", "错.txt"]).ends_with(1);
    let lines: Vec<&str> = bad.said.lines().collect();
    let under = |pair: &[&str]| {
        pair[0].contains("收入合计911.96万元") && pair[1].contains("------ 本年收入合计 911.96万元")
            || pair[1].contains("^^^^^^ 本年收入合计 911.96万元")
    };
    assert!(lines.windows(2).any(under) && bad.said.contains("| ") && bad.said.contains("^^^^"), "{bad}");
    assert!(!bad.said.contains('\u{1b}'), "colours only on a terminal");
    bad.tells(&["错误[", "  --> 第", "处理：", "依据：", "云岭市林业局　2023年度", "关系：成立", "有错误。"]);
    let good = scratch.run(&["check", "好.txt", "--format", "json"]);
    let errors = report(&good)["documents"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "error" && finding["code"] == "LW002")
        .count();
    assert_eq!(errors, 0, "{good}");
}

#[test]
fn in_the_page_each_figure_of_a_line_carries_the_tag_of_its_own_place() {
    let scratch = Scratch::new("check-tags");
    scratch.put("错.txt", account("911.96"));
    scratch.run(&["check", "错.txt", "--format", "html", "--out", "页.html"]).ends_with(1);
    let page = scratch.text("页.html");
    let line = page.lines().find(|line| line.contains("收入合计<a")).unwrap();
    for figure in
        [">911.96</a><a class=\"tag error\"", ">905.31</a><a class=\"tag error\"", ">98.2</a><a class=\"tag error\""]
    {
        assert!(line.contains(figure), "{figure}: {line}");
    }
}

#[test]
fn the_report_as_data_has_every_key_of_its_shape() {
    let scratch = Scratch::new("check-shape");
    scratch.put("错.txt", account("911.96"));
    let run = scratch.run(&["check", "错.txt", "--format", "json"]).ends_with(1);
    let report = report(&run);
    let document = &report["documents"][0];
    for key in ["file", "kind", "scope", "name", "year", "variant", "pages", "figures", "tally", "tables", "findings"] {
        assert!(!document[key].is_null(), "{key}: {document}");
    }
    assert_eq!((&document["kind"], &document["year"]), (&"final".into(), &2023.into()));
    let finding = document["findings"].as_array().unwrap().iter().find(|f| f["severity"] == "error").unwrap();
    for key in
        ["code", "severity", "title", "message", "figures", "places", "difference", "likely_cause", "basis", "evidence"]
            .into_iter()
            .chain(["key", "spots"])
    {
        assert!(finding.get(key).is_some(), "{key}: {finding}");
    }
    for key in ["page", "line", "section", "table", "row", "column", "quote", "box"] {
        assert!(finding["places"][0].get(key).is_some(), "{key}: {finding}");
    }
}

#[test]
fn what_compile_writes_is_read_back_from_every_format_without_an_error() {
    let scratch = Scratch::with("check-formats", "zengdu-2023");
    scratch.compile().ends_with(0);
    for ending in ["docx", "xlsx", "html"] {
        // Beside the documents lies the sheet of approval, which is none.
        let document = |name: &String| name.ends_with(ending) && name != "approval.docx";
        let file = scratch.files("out").into_keys().find(document).unwrap();
        let run = scratch.run(&["check", &format!("out/{file}"), "--format", "json"]);
        let report = report(&run);
        let document = &report["documents"][0];
        let errors: Vec<&serde_json::Value> =
            document["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
        assert!(errors.is_empty(), "{file}: {:#?}", errors.iter().map(|f| &f["message"]).collect::<Vec<_>>());
        assert!(document["figures"].as_u64().unwrap() > 300, "{file}: {}", document["figures"]);
        assert_eq!((&document["kind"], &document["year"]), (&"final".into(), &2023.into()), "{file}");
        assert!(matches!(run.exit, Some(0 | 2)), "{file}: {:?}", run.exit);
    }
}

#[test]
fn no_bad_file_ends_clean_and_each_is_named() {
    let scratch = Scratch::new("check-bad");
    scratch.put("空.pdf", "");
    scratch.put("断.pdf", "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pa");
    scratch.put("图.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55");
    scratch.put("信.txt", "各位同事：\n今天下午三点开会，请准时参加。\n");
    scratch.put("炸.zip", bomb());
    for file in ["空.pdf", "断.pdf", "图.pdf", "信.txt", "炸.zip"] {
        scratch.run(&["check", file]).ends_with(2).tells(&[file]);
        let run = scratch.run(&["read", file]).ends_with(2);
        run.tells(&[file]);
        let json = scratch.run(&["check", file, "--format", "json"]).ends_with(2);
        assert_eq!(report(&json)["documents"][0]["kind"], "unknown", "{file}");
    }
    scratch.run(&["check", "没有.pdf"]).ends_with(2).tells(&["没有 没有.pdf"]);
}

/// A small archive whose one file is 300 MB of zeros.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("决算.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..300 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_folder_of_many_things_is_read_file_by_file_with_a_table_at_the_end() {
    let scratch = Scratch::new("check-folder");
    scratch.put("收/甲/错.txt", account("911.96"));
    scratch.put("收/好.txt", account("921.96"));
    scratch.put("收/空.pdf", "");
    scratch.put("收/.隐藏", "x");
    let run = scratch.run(&["check", "收"]).ends_with(2);
    let table: Vec<&str> = run.said.lines().skip_while(|line| !line.starts_with("文件  ")).collect();
    assert_eq!(table.len(), 4, "{run}");
    assert!(table.iter().any(|line| line.starts_with("收/甲/错.txt") && line.contains("云岭市林业局  2023")), "{run}");
}

#[test]
fn a_report_goes_to_a_file_in_every_form() {
    let scratch = Scratch::new("check-out");
    scratch.put("错.txt", account("911.96"));
    for (format, begins) in [
        ("text", "文件".as_bytes()),
        ("json", b"{"),
        ("sarif", b"{"),
        ("html", b"<!"),
        ("xlsx", b"PK"),
        ("docx", b"PK"),
    ] {
        let out = format!("报告.{format}");
        scratch.run(&["check", "错.txt", "--format", format, "--out", &out]).ends_with(1).tells(&["写在 报告"]);
        let bytes = std::fs::read(scratch.path(&out)).unwrap();
        assert!(bytes.starts_with(begins), "{format}: {:?}", &bytes[..20]);
    }
    scratch.run(&["check", "错.txt", "--format", "odt"]).ends_with(3).tells(&["不能是“odt”"]);
    scratch.run(&["check", "错.txt", "--date", "今天"]).ends_with(3).tells(&["--date 不能是“今天”"]);
}

#[test]
fn a_finding_that_somebody_answers_for_counts_no_more_and_a_waiver_that_fits_nothing_is_a_finding() {
    let scratch = Scratch::new("check-waivers");
    scratch.put("错.txt", account("911.96"));
    let json = scratch.run(&["check", "错.txt", "--format", "json"]).ends_with(1);
    let found = report(&json);
    let findings = found["documents"][0]["findings"].as_array().unwrap();
    let waivers: Vec<String> = findings
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| entry(finding["code"].as_str().unwrap(), "全文", "2025-12-31"))
        .collect();
    scratch.put("豁免.toml", waivers.join("\n"));
    let run = scratch.run(&["check", "错.txt", "--waivers", "豁免.toml", "--date", "2025-12-31"]);
    assert_ne!(run.exit, Some(1), "{run}");
    run.tells(&["已豁免", "上年口径不同", "张三", "错误 0"]);
    let undated = scratch.run(&["check", "错.txt", "--waivers", "豁免.toml"]);
    undated.tells(&["没有给出 --date，没有判断豁免是否到期", "错误 0"]);
    scratch.run(&["check", "错.txt", "--waivers", "豁免.toml", "--date", "2026-01-01"]).ends_with(1).tells(&["WV102"]);
    scratch.put("豁免.toml", entry("LW003", "第9999行", "2025-12-31"));
    scratch.run(&["check", "错.txt", "--waivers", "豁免.toml"]).ends_with(1).tells(&["WV101", "豁免.toml 第1行"]);
    scratch.put("豁免.toml", "[[waiver]]\ncode = \"LW001\"\n");
    scratch.run(&["check", "错.txt", "--waivers", "豁免.toml"]).ends_with(1).tells(&["WV103", "person（责任人）"]);
    scratch.put("豁免.toml", "[[waiver]]\ncod = 1\n");
    scratch.run(&["check", "错.txt", "--waivers", "豁免.toml"]).ends_with(3).tells(&["豁免.toml 第"]);
}

fn entry(code: &str, place: &str, until: &str) -> String {
    format!(
        "[[waiver]]\ncode = \"{code}\"\ndocument = \"错.txt\"\nplace = \"{place}\"\nreason = \"上年口径不同\"\n\
         person = \"张三\"\nuntil = \"{until}\"\n"
    )
}

#[test]
fn a_department_is_the_sum_of_its_units_and_a_changed_unit_is_named_with_both_files() {
    let scratch = Scratch::with("check-links", "consolidated");
    scratch.compile_json();
    let run = scratch.run(&["check", "out", "--format", "json"]);
    let linked = |run: &Run| -> Vec<serde_json::Value> {
        let report = report(run);
        let documents = report["documents"].as_array().unwrap();
        assert_eq!(documents.len(), 7, "the department and six units");
        let findings = documents.iter().flat_map(|document| document["findings"].as_array().unwrap().clone());
        findings.filter(|finding| finding["code"] == "LK101").collect()
    };
    assert_eq!(linked(&run), Vec::<serde_json::Value>::new());
    let units = scratch.files("out/units");
    let file = units.keys().find(|name| name.contains("执法支队") && name.ends_with("package.json")).unwrap();
    let path = format!("out/units/{file}");
    scratch.put(&path, raised(&scratch.json(&path)));
    let found = linked(&scratch.run(&["check", "out", "--format", "json"]));
    assert!(!found.is_empty());
    let files: Vec<&str> =
        found[0]["places"].as_array().unwrap().iter().map(|place| place["file"].as_str().unwrap()).collect();
    assert!(files[0].ends_with("out/package.json") && files.iter().any(|file| file.contains("执法支队")), "{files:?}");
    // Without one of its units the department is not held against the others.
    let headquarters = "out/package.json";
    let run = scratch.run(&["check", headquarters, &path, "--format", "json"]);
    assert!(!run.said.contains("LK101"), "{run}");
}

/// The package with every printing of its fiscal expenditure raised by 10 万元.
pub fn raised(package: &serde_json::Value) -> String {
    let mut package = package.clone();
    let wanted = serde_json::json!({"item": "支出", "fund": "财政拨款"});
    let mut changed = 0;
    for figure in package["figures"].as_array_mut().unwrap() {
        let concerned = figure["meanings"].as_array().unwrap().contains(&wanted) && figure["measure"] == "amount";
        if let (true, Some(mantissa)) = (concerned, figure["cell"]["number"]["mantissa"].as_i64()) {
            figure["cell"]["number"]["mantissa"] = (mantissa + 1_000).into();
            changed += 1;
        }
    }
    assert!(changed > 0, "the unit prints no fiscal expenditure");
    package.to_string()
}

#[test]
fn a_rule_of_the_bureau_speaks_of_a_document_that_was_read() {
    let scratch = Scratch::new("check-bureau");
    scratch.put("好.txt", account("921.96"));
    scratch.put("本局/laws.toml", "[[prefix]]\nletters = \"ZZ\"\nname = \"本局\"\n");
    scratch.put(
        "本局/rules/ZZ901-income-limit.toml",
        "code = \"ZZ901\"\nname = \"income-limit\"\ntitle = \"收入合计不超过500万元\"\nfault = \"收入合计超过500万元\"\nseverity = \"error\"\n\
         basis = [\"本局规定\"]\nremedy = \"请说明。\"\nexplanation = \"试点单位的限额。\"\nformula = [\"[收入] ≤ 500.00 万元\"]\n\
         [[holds]]\nname = \"限额之内\"\nfigures = [{ of = \"[收入]\", print = \"499.00\" }]\n\
         [[broken]]\nname = \"超过限额\"\nfigures = [{ of = \"[收入]\", print = \"501.00\" }]\n",
    );
    scratch.run(&["--catalog", "本局", "check", "好.txt"]).ends_with(1).tells(&["错误[ZZ901]", "请说明。"]);
    let without = scratch.run(&["check", "好.txt"]);
    assert!(!without.said.contains("ZZ901"), "{without}");
}

#[test]
fn read_shows_figures_with_their_meanings_and_data_for_programs() {
    let scratch = Scratch::new("read");
    scratch.put("好.txt", account("921.96"));
    scratch.run(&["read", "好.txt"]).tells(&[
        "云岭市林业局　2023年度",
        "数　905.31万元",
        "收入·财政拨款",
        "二、收入决算情况说明",
    ]);
    let json = scratch.run(&["read", "好.txt", "--format", "json"]);
    assert!(report(&json)["documents"][0]["figures"].as_array().unwrap().len() > 5, "{json}");
    assert!(report(&json)["documents"][0]["trace"].is_null(), "{json}");
}

#[test]
fn the_trace_of_a_reading_names_the_reader_of_each_block_and_the_word_behind_each_figure() {
    let scratch = Scratch::new("trace");
    scratch.put("好.txt", account("921.96") + "另有保障房12.30万元。\n");
    scratch.run(&["read", "好.txt", "--trace"]).tells(&[
        "各段由谁读",
        "数　905.31万元",
        "资金 财政拨款　←　词“财政拨款”",
        "“另有保障房”不在词表中",
    ]);
    let json = report(&scratch.run(&["read", "好.txt", "--trace", "--format", "json"]));
    let trace = &json["documents"][0]["trace"];
    assert!(trace["blocks"].as_array().is_some_and(|blocks| blocks.iter().any(|block| block["owner"] == "section")));
    assert!(trace["text"]["paragraphs"][0]["sentences"][0]["tokens"].is_array(), "{trace}");
}
