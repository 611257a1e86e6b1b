//! Last year's published accounts in `prior/`: what is taken of them, and of whom they must be.
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use crate::scratch::{Run, Scratch, copy, examples};

const EXAMPLE: &str = "putuo-planning-2024";
const NAME: &str = "上海市普陀区规划和自然资源局";

/// Last year's accounts of the example in `before`, published in `formats`.
fn published(name: &str, formats: &str) -> Scratch {
    let scratch = Scratch::with(name, EXAMPLE);
    scratch.edit("in/department.toml", |text| text.replace("year = 2024", "year = 2023"));
    scratch.run(&["compile", "in", "--out", "before", "--formats", formats]).tells(&["写出"]);
    scratch
}

/// The folder of the year `this` without what was entered of last year, and with these files.
fn this_year(scratch: &Scratch, files: &[(&str, Vec<u8>)]) -> Run {
    let _ = std::fs::remove_dir_all(scratch.path("this"));
    copy(&examples().join(EXAMPLE), &scratch.path("this"));
    std::fs::remove_file(scratch.path("this/prior/上年数.csv")).unwrap();
    for (name, bytes) in files {
        scratch.put(&format!("this/prior/{name}"), bytes);
    }
    scratch.run(&["compile", "this", "--out", "out", "--formats", "json"])
}

/// Figures of last year with what is printed, and the running text.
fn told(scratch: &Scratch) -> String {
    let package = scratch.json("out/package.json");
    let parts = package["document"]["parts"].as_array().unwrap();
    let blocks = parts.iter().flat_map(|part| part["blocks"].as_array().unwrap());
    let runs = blocks.filter_map(|block| block["runs"].as_array());
    runs.map(|runs| runs.iter().map(|run| run["text"].as_str().unwrap()).collect::<String>() + "\n").collect()
}

/// What is missing in the running text.
fn asks(scratch: &Scratch) -> Vec<String> {
    let package = scratch.json("out/package.json");
    let parts = package["document"]["parts"].as_array().unwrap();
    let blocks = parts.iter().flat_map(|part| part["blocks"].as_array().unwrap());
    let runs = blocks.filter_map(|block| block["runs"].as_array()).flatten();
    runs.filter(|run| run["mark"] == "missing").map(|run| run["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_published_format_gives_the_figures_that_the_package_gives() {
    let scratch = published("prior-formats", "docx,xlsx,html,pdf,json");
    let before = scratch.files("before");
    let of = |ending: &str| {
        let named =
            before.iter().find(|(name, _)| name.contains(NAME) && name.ends_with(ending) && !name.contains('/'));
        named.map(|(_, bytes)| bytes.clone())
    };
    this_year(&scratch, &[("package.json", before["package.json"].clone())]);
    let wanted = told(&scratch);
    assert!(wanted.contains("比上年") || wanted.contains("与2023年度相比"), "{wanted}");
    let mut seen = 0;
    for (name, bytes) in
        [("去年.docx", of(".docx")), ("去年.pdf", of(".pdf")), ("去年.html", Some(before["site/index.html"].clone()))]
    {
        let Some(bytes) = bytes else {
            eprintln!("skipped: no faces for {name}");
            continue;
        };
        let run = this_year(&scratch, &[(name, bytes)]);
        run.tells(&[&format!("上年数　prior/{name}：{NAME}2023年度决算，取用 ")]);
        assert_eq!(told(&scratch), wanted, "{name}");
        seen += 1;
    }
    assert!(seen >= 2);
    // A workbook has the tables alone: what only the text says is asked for.
    let run = this_year(&scratch, &[("上年决算公开表.xlsx", of(".xlsx").unwrap())]);
    run.tells(&["上年数　prior/上年决算公开表.xlsx", "取用 ", "正文 0"]);
    assert!(!asks(&scratch).iter().any(|asked| asked.contains("收入支出总计的2023年度数")), "the tables say it");
    this_year(&scratch, &[]);
    assert!(asks(&scratch).iter().any(|asked| asked.contains("收入支出总计的2023年度数")));
}

#[test]
fn accounts_of_another_body_or_year_and_what_is_no_accounts_are_refused_with_the_reason() {
    let scratch = published("prior-refused", "docx,json");
    let before = scratch.files("before");
    let (_, docx) = before.iter().find(|(name, _)| name.ends_with("决算.docx")).unwrap();
    // The accounts of this year are not those of the last.
    this_year(&scratch, &[]);
    scratch.run(&["compile", "this", "--out", "now", "--formats", "docx"]);
    let now = scratch.files("now").into_iter().find(|(name, _)| name.ends_with("决算.docx")).unwrap().1;
    let run = this_year(&scratch, &[("今年.docx", now), ("说明.docx", b"PK".to_vec())]);
    run.tells(&["prior/今年.docx：没有使用：这是 2024 年度的决算；上年应为 2023 年度", "prior/说明.docx：没有使用："]);
    // Another body.
    scratch.edit("in/department.toml", |text| text.replace(NAME, "上海市普陀区绿化和市容管理局"));
    scratch.run(&["compile", "in", "--out", "other", "--formats", "docx"]);
    let other = scratch.files("other").into_iter().find(|(name, _)| name.ends_with("决算.docx")).unwrap().1;
    let run = this_year(&scratch, &[("别的单位.docx", other)]);
    run.tells(&["prior/别的单位.docx：没有使用：", "上海市普陀区绿化和市容管理局", NAME]);
    assert!(!run.said.contains("取用"), "{run}");
    // The package is there: what was published is not used.
    let both = [("package.json", before["package.json"].clone()), ("去年.docx", docx.clone())];
    let run = this_year(&scratch, &both);
    run.tells(&["prior/去年.docx：没有使用：已有 prior/package.json"]);
}
