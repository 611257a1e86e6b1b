//! Bad input of every kind.

use crate::scratch::Scratch;

const VOUCHERS: &str = "in/books/年度凭证.csv";

/// Changes one line, counted from 1 with the head.
fn line(scratch: &Scratch, file: &str, number: usize, from: &str, to: &str) {
    scratch.edit(file, |text| {
        let changed = text.lines().zip(1..).map(|(line, at)| {
            let line = if at == number { line.replacen(from, to, 1) } else { line.to_owned() };
            format!("{line}\n")
        });
        changed.collect()
    });
}

#[test]
fn every_kind_of_bad_input_is_named_in_one_run_and_the_earlier_output_stays_as_it_was() {
    let scratch = Scratch::with("faults", "zengdu-2023");
    scratch.compile_json().ends_with(0);
    let before = scratch.files("out");

    line(&scratch, VOUCHERS, 3, "5392.50", "5392.00");
    line(&scratch, VOUCHERS, 4, "30202", "");
    line(&scratch, VOUCHERS, 6, "7101", "7999");
    line(&scratch, VOUCHERS, 8, "2210201", "2011008");
    line(&scratch, VOUCHERS, 10, "2010301", "2010300");
    line(&scratch, VOUCHERS, 12, "12585.00", "一万二");
    line(&scratch, VOUCHERS, 14, "2023-01-10", "2022-12-31");
    line(&scratch, VOUCHERS, 22, "记01-0008", ",记01-0008");
    line(&scratch, VOUCHERS, 26, "政府办政府购买服务", "");
    line(&scratch, VOUCHERS, 28, "一般公共预算", "一般预算");
    std::fs::remove_file(scratch.path("in/books/年初余额.csv")).unwrap();

    let vehicles = "in/registers/公务用车登记.csv";
    line(&scratch, vehicles, 2, "2013-04-16", "2013-02-30");
    line(&scratch, vehicles, 4, "应急保障用车", "应急用车");
    let gbk = encoding_rs::GBK.encode(&scratch.text(vehicles)).0.into_owned();
    scratch.put(vehicles, gbk);
    scratch.put("in/registers/人员编制.csv", "单位名称,编制类别,编制数,实有人数\n某某局,行政,36,34\n");
    scratch.put("in/registers/公务接待登记.csv", "类别,日期,人次,金额\n国内,2022-03-01,3,100.00\n");
    line(&scratch, "in/budget/三公经费预算.csv", 2, "63290.00", "63290.001");
    line(&scratch, "in/budget/预算指标.csv", 3, "一般公共预算,2010301,公用经费", "公用经费,一般公共预算,2010301");
    scratch.put("in/budget/政府采购预算.csv", b"\xff\xfe\x00");

    let run = scratch.compile().ends_with(2);
    run.tells(&[
        // unbalanced voucher, with the difference
        "第2行：凭证 记01-0001 的预算会计分录（6—8类）不平：借方比贷方多 0.50 元",
        // missing dimensions
        "books/年度凭证.csv 第4行 “部门经济分类”列：科目 7101 行政支出的分录缺少部门经济分类",
        "books/年度凭证.csv 第26行 “项目名称”列",
        // unknown account, fund and codes
        "books/年度凭证.csv 第6行 “科目编码”列：科目“7999”",
        "books/年度凭证.csv 第28行 “资金性质”列：资金性质“一般预算”",
        "books/年度凭证.csv 第8行 “支出功能分类”列",
        "books/年度凭证.csv 第10行 “支出功能分类”列：功能分类科目“2010300”",
        // unreadable amount
        "books/年度凭证.csv 第12行 “借方金额”列：“一万二”不是金额",
        // date of another year
        "books/年度凭证.csv 第14行 “日期”列：日期“2022-12-31”不在 2023 年度",
        // shifted row
        "books/年度凭证.csv 第22行：这一行有 12 个字段，表头有 11 个",
        "budget/预算指标.csv 第3行：有 3 列的内容与列不符",
        // a register in GBK
        "registers/公务用车登记.csv 第2行 “购置日期”列：“2013-02-30”",
        "registers/公务用车登记.csv 第4行 “用途”列：“应急用车”",
        // unknown unit
        "registers/人员编制.csv 第2行 “单位名称”列：“某某局”",
        "registers/公务接待登记.csv 第2行：日期 2022-03-01 不在 2023 年内",
        "budget/三公经费预算.csv 第2行 “金额”列：“63290.001”",
        // broken encoding
        "budget/政府采购预算.csv",
        // missing file
        "没有年初余额文件",
        "输出文件夹没有改动",
    ]);
    assert!(!run.said.contains("写出"), "{run}");
    assert!(scratch.files("out") == before, "the earlier output was touched");
    let beside = std::fs::read_dir(scratch.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let beside: std::collections::BTreeSet<_> = beside.collect();
    // The list of what will be asked lies beside the documents.
    assert_eq!(
        beside,
        ["in", "out", "out-待填清单.xlsx"].map(Into::into).into(),
        "something was left beside the output"
    );

    scratch.run(&["compile", "in", "--out", "fresh"]).ends_with(2);
    assert_eq!(scratch.files("fresh").keys().collect::<Vec<_>>(), ["manifest.json", "待填清单.xlsx"]);
}

#[test]
fn no_file_however_broken_makes_it_panic_or_pass_in_silence() {
    let nul = b"\xe5\x87\xad\xe8\xaf\x81\xe5\x8f\xb7\0\0,x\n".as_slice();
    let truncated = {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_string(0, 0, "凭证号").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        bytes[..bytes.len() / 2].to_vec()
    };
    let long = format!("凭证号,日期\n{}\n", "x".repeat(5_000_000));
    let contents: [(&str, &[u8]); 8] = [
        ("empty", b""),
        ("nul", nul),
        ("zip", &truncated),
        ("long", long.as_bytes()),
        ("quote", "凭证号,科目编码,借方金额,贷方金额\n\"记1,7101,1,\n".as_bytes()),
        ("pdf", b"%PDF-1.7\n"),
        ("html", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("bytes", &[0xC3, 0x28, 0xFF, 0x81, 0x30, b'\n']),
    ];
    for (name, content) in contents {
        let scratch = Scratch::with(&format!("broken-{name}"), "zengdu-2023");
        for file in
            ["books/年度凭证.csv", "registers/人员编制.csv", "budget/预算指标.csv", "prior/上年数.csv", "tables/表.csv"]
        {
            scratch.put(&format!("in/{file}"), content);
        }
        let run = scratch.compile_json().ends_with(2);
        run.tells(&["books/年度凭证.csv", "registers/人员编制.csv", "budget/预算指标.csv", "prior/上年数.csv"]);
        assert!(!scratch.path("out/package.json").exists());
    }
    for (name, content) in
        [("empty", ""), ("json", "{\"format\":1}"), ("deep", &"[".repeat(100_000)), ("toml", "a = [\n")]
    {
        let scratch = Scratch::with(&format!("broken-text-{name}"), "zengdu-2023");
        for file in ["prior/package.json", "tables/t.json", "mapping.toml", "narrative.toml"] {
            scratch.put(&format!("in/{file}"), content);
        }
        scratch.compile_json().ends_with(2).tells(&["prior/package.json"]);
    }
}

#[test]
fn amounts_that_are_said_to_be_in_wan_yuan_are_converted_and_held_against_the_budget() {
    for (name, change) in [
        ("head", ("借方金额,贷方金额", "借方金额（万元）,贷方金额（万元）")),
        ("title", ("凭证号,日期", "预算会计明细账,,,,,,,,,,单位：万元\n凭证号,日期")),
    ] {
        let scratch = Scratch::with(&format!("wan-{name}"), "zengdu-2023");
        scratch.edit(VOUCHERS, |text| text.replacen(change.0, change.1, 1));
        // They are in 元 all the same: ten thousand times the budget makes a draft.
        scratch.compile_json().ends_with(1).tells(&["books/年度凭证.csv", "已换算成元", "来源矛盾　budget/"]);
    }
}

#[test]
fn blank_unit_names_are_no_fault_where_there_is_one_unit() {
    let (plain, blank) = (Scratch::with("unit-plain", "zengdu-2023"), Scratch::with("unit-blank", "zengdu-2023"));
    blank.edit(VOUCHERS, |text| {
        let lines =
            text.lines().zip(0..).map(|(line, at)| format!("{},{line}\n", if at == 0 { "单位名称" } else { "" }));
        lines.collect()
    });
    plain.compile_json().ends_with(0);
    blank.compile_json().ends_with(0);
    assert!(plain.text("out/package.json") == blank.text("out/package.json"));
}

#[test]
fn a_wrong_department_file_says_on_which_line_what_may_stand_there() {
    let scratch = Scratch::with("department", "zengdu-2023");
    let good = scratch.text("in/department.toml");
    for (from, to, told) in [
        ("short_name =", "shortname =", "第3行：没有“shortname”这一项；这里可以写的有：name、short_name"),
        ("\"hubei\"", "\"大湖\"", "第6行：没有 2023 年度的“大湖”模板；可以填括号前的词：hubei（湖北省）"),
        ("year = 2023", "year = \"2023\"", "第5行：“\"2023\"”的写法不对，这里应当是整数"),
        ("\"行政\"", "\"公务员\"", "“公务员”不在可选的词之内；可以写的有：行政、参公、事业"),
        ("name = \"曾都区人民政府办公室（本级）\"", "name = \"../../escaped\"", "单位名称“../../escaped”里不能有"),
        ("level = \"区\"", "level = \"村\"", "没有“村”这一级；可以填："),
    ] {
        scratch.put("in/department.toml", good.replacen(from, to, 1));
        scratch.compile_json().ends_with(2).tells(&[told, "输入错误　department.toml"]);
    }
    assert!(scratch.files("out").keys().all(|name| ["manifest.json", "待填清单.xlsx"].contains(&name.as_str())));
}

#[test]
fn a_print_option_for_a_table_that_is_not_there_is_named() {
    let scratch = Scratch::with("print", "zengdu-2023");
    scratch.edit("in/department.toml", |text| {
        format!("{text}\n[print]\nzero_in = {{ \"没有的表\" = \"blank\", \"支出决算表.合计\" = \"blank\" }}\n")
    });
    let run = scratch.compile_json().ends_with(0);
    assert!(!run.warned.contains("“支出决算表.合计”"), "{run}");
    run.tells(&["department.toml", "没有“没有的表”这张表，这一项不起作用；可以写：收入支出决算总表"]);
}

#[test]
fn a_wrong_mapping_is_told_once_and_in_chinese() {
    let scratch = Scratch::with("mapping", "zengdu-2023");
    scratch.put("in/mapping.toml", "[vouchers]\naccount = 5\n");
    let run = scratch.compile_json().ends_with(2);
    assert_eq!(run.warned.matches("mapping.toml").count(), 1, "{run}");
    run.tells(&["mapping.toml 第2行：“5”的写法不对，这里应当是方括号里的列表"]);
}

#[test]
fn dashes_for_nothing_in_the_amounts_of_books_are_blanks() {
    let (plain, dashed) = (Scratch::with("dash-plain", "zengdu-2023"), Scratch::with("dash", "zengdu-2023"));
    dashed.edit(VOUCHERS, |text| {
        let lines = text.lines().map(|line| match line.strip_suffix(',') {
            Some(rest) => format!("{rest},-\n"),
            None => format!("{line}\n"),
        });
        lines.collect()
    });
    plain.compile_json().ends_with(0);
    dashed.compile_json().ends_with(0);
    assert!(plain.text("out/package.json") == dashed.text("out/package.json"));
}

#[test]
fn characters_that_steer_a_terminal_are_shown_and_not_obeyed() {
    let scratch = Scratch::with("escape", "zengdu-2023");
    line(&scratch, VOUCHERS, 28, "一般公共预算", "一般\u{1b}[2J预算");
    let run = scratch.compile_json().ends_with(2);
    run.tells(&["第28行 “资金性质”列"]);
    assert!(!run.warned.contains('\u{1b}'));
}
