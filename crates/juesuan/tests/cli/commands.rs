//! import, codes, check, rules, usage.

use rust_xlsxwriter::{Format, Workbook};

use crate::scratch::Scratch;

#[test]
fn a_workbook_of_the_software_is_imported_and_what_has_no_place_is_named() {
    let scratch = Scratch::new("import");
    scratch
        .run(&["new", "in", "--folder", "--year", "2023", "--variant", "hubei", "--name", "某县某局", "--level", "县"])
        .ends_with(0);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Z04 支出决算表(财决04表)").unwrap();
    sheet.merge_range(0, 0, 0, 10, "支出决算表", &Format::new()).unwrap();
    sheet.write_string(1, 10, "金额单位：元").unwrap();
    let heads = [
        "支出功能分类科目编码",
        "科目名称",
        "行次",
        "本年支出合计",
        "基本支出",
        "项目支出",
        "上缴上级支出",
        "经营支出",
        "对附属单位补助支出",
    ];
    let rows = [
        ["", "合计", "1", "300.5", "200", "100.5"],
        ["201", "一般公共服务支出", "2", "300.5", "200", "100.5"],
        ["20103", "政府办公厅（室）及相关机构事务", "3", "300.5", "200", "100.5"],
        ["2010301", "行政运行", "4", "200", "200", ""],
        ["2010302", "一般行政管理事务", "5", "100.5", "", "100.5"],
    ];
    for (column, head) in (0..).zip(heads) {
        sheet.write_string(2, column, head).unwrap();
    }
    for (row, cells) in (3..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) if column > 1 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    book.add_worksheet().set_name("杂项").unwrap().write_string(0, 0, "随便什么").unwrap();
    book.save(scratch.path("决算.xlsx")).unwrap();

    let run = scratch.run(&["import", "决算.xlsx", "in"]).ends_with(2);
    run.tells(&["写入　", "杂项：不认识这张表，没有装入"]);
    let tables: String =
        scratch.files("in/tables").into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    assert!(tables.contains("300.5") && tables.contains("2010302"), "{tables}");

    let before = scratch.files("in");
    scratch.put("空.xlsx", "");
    scratch.run(&["import", "空.xlsx", "in"]).ends_with(2).tells(&["空.xlsx：是空文件", "没有写入任何文件"]);
    scratch.run(&["import", "没有.xlsx", "in"]).ends_with(2).tells(&["没有这个文件"]);
    assert!(scratch.files("in") == before);
}

#[test]
fn a_bureaus_list_of_codes_is_loaded_over_the_built_in_one() {
    let scratch = Scratch::new("codes");
    scratch.run(&["codes", "show", "2019977"]).ends_with(2).tells(&["目录里没有 2019977", "codes import"]);
    let found = scratch.run(&["codes", "show", "养老"]).ends_with(0);
    found.tells(&["2080505", "30108"]);
    let found = found.said;
    assert!(found.lines().count() <= 41 && !found.contains("行政运行"), "{found}");
    let by_name = scratch.run(&["codes", "show", "住房公积金"]).ends_with(0).said;
    assert!(by_name.starts_with("2210201　住房公积金　"), "the very name stands first: {by_name}");
    scratch.run(&["codes", "show", "养老 职业年金"]).ends_with(2).tells(&["目录里没有 养老 职业年金"]);
    scratch.run(&["codes", "show", "支出"]).ends_with(0).tells(&["没有列出"]);
    scratch.put("科目.csv", "科目编码,科目名称\n2019977,本地新设的科目\n");
    scratch
        .run(&["codes", "import", "科目.csv", "--into", "local"])
        .ends_with(0)
        .tells(&["装入 1 个科目", "--catalog local"]);
    scratch.run(&["--catalog", "local", "codes", "show", "2019977"]).ends_with(0).tells(&["本地新设的科目"]);
    scratch.run(&["--catalog", "local", "codes", "show", "2010301"]).ends_with(0).tells(&["行政运行"]);
    scratch.put("坏.csv", "科目编码,科目名称\n20x,甲\n2010301,\n");
    scratch
        .run(&["codes", "import", "坏.csv"])
        .ends_with(2)
        .tells(&["坏.csv 第2行 “科目编码”列", "坏.csv 第3行 “科目名称”列"]);
    assert!(!scratch.path("catalog-local").exists());
    scratch.run(&["--catalog", "nowhere", "rules"]).ends_with(2).tells(&["nowhere"]);
}

#[test]
fn check_reads_a_package_again_and_comes_to_the_same_counts() {
    let scratch = Scratch::with("check", "zengdu-2023");
    let compiled = scratch.compile_json().ends_with(0);
    let counts = compiled.said.lines().find(|line| line.starts_with("关系：")).unwrap().to_owned();
    scratch.run(&["check", "out"]).ends_with(0).tells(&[&counts]);
    let json = scratch.run(&["check", "out/package.json", "--format", "json"]).ends_with(0);
    let report: serde_json::Value = serde_json::from_str(&json.said).unwrap();
    assert!(report["documents"][0]["figures"].as_u64().unwrap() > 600);
    scratch.put("x.json", "[]");
    scratch.run(&["check", "x.json"]).ends_with(2).tells(&["x.json", "第1行：不是本程序写出的 package.json"]);
    scratch.run(&["check", "nowhere"]).ends_with(2).tells(&["没有 nowhere"]);
}

#[test]
fn wrong_usage_is_told_in_chinese_and_ends_with_three() {
    let scratch = Scratch::new("usage");
    for (arguments, told) in [
        (&["frob"][..], "没有“frob”这个命令"),
        (&["compile", "in"], "缺少 --out <文件夹>"),
        (&["compile", "in", "--out", "out", "--formats", "pfd"], "不能是“pfd”；可以写：docx、pdf、xlsx、html、json"),
        (&["compile", "in", "--out", "out", "--bad"], "没有“--bad”这个选项"),
        (&["new", "in", "--variant", "hubei"], "缺少 --year <年度>"),
        (&["new", "in", "--year", "1", "--variant", "hubei"], "--year <年度> 不能是“1”；应为四位年份"),
        (&["new", "in", "--year", "2023", "--variant", "atlantis"], "没有模板“atlantis”。可选：hubei（湖北省）"),
        (&["rule", "ZZ999"], "没有规则“ZZ999”"),
        (&[], "用法：juesuan"),
    ] {
        scratch.run(arguments).ends_with(3).tells(&[told]);
    }
    assert_eq!(std::fs::read_dir(scratch.path("")).unwrap().count(), 0, "wrong usage left files behind");
    scratch.run(&["--help"]).ends_with(0).tells(&["退出码", "compile"]);
    scratch.run(&["compile", "--help"]).ends_with(0).tells(&["用法：juesuan compile", "显示这一页"]);
    scratch.run(&["compile", "nowhere", "--out", "out"]).ends_with(2).tells(&["nowhere：没有这个文件夹"]);
}

#[test]
fn every_rule_that_is_listed_can_be_explained() {
    let scratch = Scratch::new("rules");
    let list = scratch.run(&["rules"]).ends_with(0);
    assert!(list.said.lines().count() > 50);
    for line in list.said.lines().step_by(10) {
        let code = line.split('　').next().unwrap();
        scratch.run(&["rule", code]).ends_with(0).tells(&[code]);
    }
}

#[test]
fn the_program_carries_the_notices_of_everything_that_is_compiled_into_it() {
    let run = Scratch::new("notices").run(&["notices"]).ends_with(0);
    run.tells(&[
        "PDFium Authors",
        "Copyright 1990-2023 Adobe",
        "hayro-font",
        "Permission is hereby granted",
        "The Rust Project Developers",
    ]);
    let bill: serde_json::Value = serde_json::from_str(include_str!("../../../../sbom.cdx.json")).unwrap();
    let lock = include_str!("../../../../Cargo.lock");
    let mut packages = 0;
    for component in bill["components"].as_array().unwrap() {
        // What is of this repository has no digest.
        let Some(digest) = component["hashes"][0]["content"].as_str() else { continue };
        let (name, version) = (component["name"].as_str().unwrap(), component["version"].as_str().unwrap());
        assert!(lock.contains(digest), "{name} {version} is not the one of Cargo.lock: run scripts/notices.py");
        if component["scope"] == "required" {
            assert!(run.said.contains(&format!("\n{name} {version}")), "{name} {version} has no notice");
            packages += 1;
        }
    }
    assert!(packages > 100, "{packages}");
}
