//! Somebody who has never used it: `new`, fill in the sheets, compile, mend what it names, publish.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]

use std::fs;

use juesuan_read::Value;
use rust_xlsxwriter::Workbook;

use crate::scratch::Scratch;

/// Fills an entry sheet as people do: the head stays, the example row goes, rows come in.
fn fill(scratch: &Scratch, sheet: &str, target: &str, rows: &[&[(&str, &str)]]) {
    let grids = juesuan_read::grids(&scratch.path(&format!("in/{sheet}"))).unwrap();
    let heads: Vec<String> = (0..grids[0].width()).map(|column| grids[0].cell(0, column).as_str().to_owned()).collect();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(&grids[0].sheet).unwrap();
    for (column, head) in (0u16..).zip(&heads) {
        page.write_string(0, column, head).unwrap();
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (head, content) in *cells {
            let column = heads
                .iter()
                .position(|h| h.trim_matches('*') == *head)
                .unwrap_or_else(|| panic!("{head} not in {heads:?}"));
            let column = u16::try_from(column).unwrap();
            match content.parse::<f64>() {
                Ok(number) if !head.contains("编码") && !head.contains("分类") => {
                    page.write_number(row, column, number).unwrap()
                }
                _ => page.write_string(row, column, *content).unwrap(),
            };
        }
    }
    fs::create_dir_all(scratch.path(&format!("in/{target}")).parent().unwrap()).unwrap();
    book.save(scratch.path(&format!("in/{target}"))).unwrap();
}

/// Two entries of a voucher that pays an expense.
fn voucher<'a>(
    rows: &mut Vec<Vec<(&'a str, &'a str)>>,
    head: [&'a str; 2],
    coordinates: [&'a str; 4],
    amount: &'a str,
) {
    let [number, day] = head;
    let [function, economic, nature, project] = coordinates;
    let common = [
        ("凭证号", number),
        ("日期", day),
        ("支出功能分类", function),
        ("支出性质", nature),
        ("资金性质", "一般公共预算"),
        ("项目名称", project),
    ];
    let with = |more: [(&'a str, &'a str); 3]| common.iter().copied().chain(more).collect();
    rows.push(with([("科目编码", "7101"), ("部门经济分类", economic), ("借方金额", amount)]));
    rows.push(with([("科目编码", "6001"), ("部门经济分类", ""), ("贷方金额", amount)]));
}

fn new_folder(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    let run = scratch.run(&[
        "new",
        "--folder",
        "in",
        "--year",
        "2023",
        "--variant",
        "hubei",
        "--name",
        "云溪县档案馆",
        "--level",
        "县",
        "--region",
        "云溪县",
    ]);
    run.ends_with(0).tells(&["新建　in/department.toml", "README"]);
    scratch
}

#[test]
fn a_fresh_folder_compiled_says_what_is_missing() {
    let scratch = new_folder("fresh");
    let before = scratch.files("in");
    let run = scratch.compile_json().ends_with(2);
    run.tells(&[
        "输入错误　books/、tables/：没有账，也没有决算表，无从编制",
        "registers/公务接待登记.xlsx",
        "还没有填写（示例行还在）",
        "没有编制：请先改正以上输入错误",
    ]);
    // Nothing but the list of what will be asked.
    let made = scratch.files("out");
    assert_eq!(made.keys().collect::<Vec<_>>(), ["manifest.json", "待填清单.xlsx"]);
    // A second `new` changes nothing.
    scratch
        .run(&["new", "in", "--folder", "--year", "2023", "--variant", "hubei"])
        .ends_with(0)
        .tells(&["新建 0 个文件"]);
    assert!(scratch.files("in") == before);
}

#[test]
fn a_folder_without_a_name_says_that_the_name_is_to_be_filled_in() {
    let scratch = Scratch::new("nameless");
    scratch.run(&["new", "in", "--folder", "--year", "2023", "--variant", "shanghai"]).ends_with(0);
    scratch.compile_json().ends_with(2).tells(&["department.toml", "“（部门全称）”还没有换成部门的全称"]);
}

#[test]
fn filled_entry_sheets_and_the_texts_it_asks_for_lead_to_a_package_that_may_be_published() {
    let scratch = new_folder("newcomer");
    let mut rows = Vec::new();
    voucher(&mut rows, ["记1", "2023-01-10"], ["2010301", "30101", "基本支出", ""], "1200000.5");
    voucher(&mut rows, ["记2", "2023-03-10"], ["2010301", "30201", "基本支出", ""], "80000.25");
    voucher(&mut rows, ["记3", "2023-06-10"], ["2010302", "30227", "项目支出", "档案数字化"], "300000");
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    fill(&scratch, "books/样表/预算会计凭证分录.xlsx", "books/预算会计凭证.xlsx", &rows);
    let opening: &[(&str, &str)] = &[
        ("科目编码", "8101"),
        ("资金性质", "一般公共预算"),
        ("支出功能分类", "2010301"),
        ("支出性质", "基本支出"),
        ("年初余额", "0"),
    ];
    fill(&scratch, "books/样表/年初余额及年初余额调整.xlsx", "books/年初余额.xlsx", &[opening]);
    let budget = |nature, function, project, amount| {
        [
            ("阶段", "年初预算"),
            ("资金性质", "一般公共预算"),
            ("支出功能分类", function),
            ("支出性质", nature),
            ("项目名称", project),
            ("金额", amount),
        ]
    };
    fill(
        &scratch,
        "budget/预算指标.xlsx",
        "budget/预算指标.xlsx",
        &[
            &budget("人员经费", "2010301", "", "1200000.5"),
            &budget("公用经费", "2010301", "", "80000.25"),
            &budget("项目支出", "2010302", "档案数字化", "300000"),
        ],
    );
    let nothing = ["因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
        .map(|theme| [("年度", "2023"), ("阶段", "全年预算"), ("项目", theme), ("金额", "0")]);
    fill(&scratch, "budget/三公经费预算.xlsx", "budget/三公经费预算.xlsx", &nothing.each_ref().map(|row| &row[..]));
    // Nothing of these happened: the example row goes, the head stays.
    for empty in [
        "budget/政府采购预算",
        "registers/因公出国",
        "registers/公务用车登记",
        "registers/公务接待登记",
        "registers/政府采购合同登记",
        "registers/大型设备登记",
    ] {
        fill(&scratch, &format!("{empty}.xlsx"), &format!("{empty}.xlsx"), &[]);
    }
    fill(
        &scratch,
        "registers/人员和编制.xlsx",
        "registers/人员和编制.xlsx",
        &[&[("编制类别", "行政"), ("编制数", "10"), ("实有人数", "9")]],
    );
    for unused in ["registers/其他决算数", "registers/非税收入"] {
        fs::remove_file(scratch.path(&format!("in/{unused}.xlsx"))).unwrap();
    }

    // The first run names what only people know.
    let run = scratch.compile_json().ends_with(1);
    run.tells(&["不可公开", "2022年度数", "补在哪里：", "narrative.toml", "prior/"]);

    let total = "1580000.75";
    let mut prior: Vec<Vec<(&str, &str)>> = Vec::new();
    for fund in ["", "财政拨款", "一般公共预算"] {
        for item in ["收入", "支出"] {
            prior.push(vec![("指标", item), ("资金性质", fund), ("金额", total)]);
        }
        if fund != "一般公共预算" {
            for item in ["收入总计", "支出总计"] {
                prior.push(vec![("指标", item), ("资金性质", fund), ("金额", total)]);
            }
        }
    }
    for fund in ["政府性基金", "国有资本经营"] {
        for item in ["收入", "支出"] {
            prior.push(vec![("指标", item), ("资金性质", fund), ("金额", "0")]);
        }
    }
    for theme in [
        "三公经费",
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务用车购置费",
        "公务用车运行维护费",
        "公务接待费",
    ] {
        prior.push(vec![("指标", "支出"), ("专题", theme), ("金额", "0")]);
    }
    let prior: Vec<&[(&str, &str)]> = prior.iter().map(Vec::as_slice).collect();
    fill(&scratch, "prior/上年数.xlsx", "prior/上年数.xlsx", &prior);
    // Each text it asks for stands in narrative.toml as a line to fill in.
    let run = scratch.compile_json();
    let asked: Vec<String> = run
        .said
        .lines()
        .filter_map(|line| line.split("缺少文字“").nth(1))
        .filter_map(|rest| rest.split('”').next())
        .map(str::to_owned)
        .collect();
    assert!(!asked.is_empty(), "{run}");
    scratch.edit("in/narrative.toml", |text| {
        let mut text = text.to_owned();
        for key in &asked {
            let line = format!("# \"{key}\" = \"\"");
            assert!(text.contains(&line), "{key} is asked for and not in narrative.toml");
            text = text.replacen(&line, &format!("\"{key}\" = \"按年初确定的目标完成了工作\""), 1);
        }
        text
    });
    std::fs::remove_file(scratch.path("in/performance/绩效文字.xlsx")).unwrap();
    scratch.put(
        "in/performance/绩效文字.csv",
        "项目名称,栏目,内容\n档案数字化,产出,扫描了馆藏档案\n档案数字化,问题,进度偏慢\n档案数字化,改进措施,按月检查进度\n",
    );
    let run = scratch.compile().ends_with(0);
    run.tells(&["可以公开。", "错误 0"]);
    let package = scratch.text("out/package.json");
    assert!(package.contains("与2022年度相比，收、支总计持平"));
    let total = scratch.json("out/package.json")["figures"].as_array().unwrap().iter().any(|figure| {
        figure["meanings"][0] == serde_json::json!({"item": "支出总计"}) && figure["exact_fen"] == 158_000_075
    });
    assert!(total, "the sum of the vouchers to the 分");
    scratch.run(&["verify", "out"]).ends_with(0);
}

#[test]
fn the_entry_sheets_hold_the_example_that_they_say_is_not_read() {
    let scratch = new_folder("example-row");
    let grids = juesuan_read::grids(&scratch.path("in/registers/公务接待登记.xlsx")).unwrap();
    let row: Vec<&Value> = (0..grids[0].width()).map(|column| grids[0].cell(1, column)).collect();
    assert!(row.iter().any(|cell| cell.as_str().contains("示例行，不会读入")));
}

#[test]
fn every_sheet_of_the_workbook_repeats_its_head_counts_its_pages_and_has_one_face() {
    let scratch = Scratch::new("printed");
    scratch.run(&["new", "in", "--year", "2024", "--variant", "湖北", "--name", "青石县水利局"]).ends_with(0);
    let mut archive = zip::ZipArchive::new(fs::File::open(scratch.path("in/填报表.xlsx")).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut text = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let sheets: Vec<&String> = names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")).collect();
    assert!(sheets.len() > 20, "{names:?}");
    for sheet in &sheets {
        assert!(text(sheet).contains("<oddFooter>&amp;C— &amp;P —</oddFooter>"), "{sheet}");
    }
    assert_eq!(text("xl/workbook.xml").matches("_xlnm.Print_Titles").count(), sheets.len());
    let styles = text("xl/styles.xml");
    let fonts = &styles[styles.find("<fonts").unwrap()..styles.find("</fonts>").unwrap()];
    // Beside it those of cells that nobody has touched, of links there, and of notes.
    assert!(fonts.matches("宋体").count() >= 5 && fonts.matches("Calibri").count() <= 2, "{fonts}");
}
