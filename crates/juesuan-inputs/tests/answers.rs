//! The list of what was missing, filled in: what its rows answer, and what is named.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its fixture has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use juesuan_catalog::Catalog;
use juesuan_facts::Facts;
use juesuan_inputs::entered::answers;
use juesuan_inputs::{Inputs, read};
use juesuan_model::{Dimension, Meaning};
use juesuan_read::Disk;
use rust_xlsxwriter::{Format, Workbook};

const DEPARTMENT: &str = "name = \"云台县水务局\"\nyear = 2024\nvariant = \"hubei\"\nlevel = \"县\"\n\
    [[unit]]\nname = \"云台县水务局（本级）\"\nkind = \"行政\"\nheadquarters = true\n\
    [[unit]]\nname = \"云台县灌区站\"\nkind = \"事业\"\n";
const STATION: &str = "云台县灌区站";

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A department with these answers: unit, answer, code.
fn answered(name: &str, rows: &[(&str, &str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("answers").join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("performance")).unwrap();
    fs::write(root.join("department.toml"), DEPARTMENT).unwrap();
    fs::write(
        root.join("performance/绩效指标.csv"),
        "项目名称,三级指标,指标值,实际完成值\n渠道清淤,清淤长度,≥10公里,\n渠道清淤,验收合格率,≥95%,96%\n",
    )
    .unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("待填清单").unwrap();
    sheet.write_string(0, 0, "随便写的标题").unwrap();
    let heads = ["序号", "单位", "放在文中哪里", "要填什么", "为什么要填", "要不要填", "填在这里", "代号"];
    for (column, head) in (0u16..).zip(heads) {
        sheet.write_string(2, column, head).unwrap();
    }
    for (row, (unit, answer, code)) in (3u32..).zip(rows) {
        sheet.write_string(row, 1, *unit).unwrap();
        let percent = Format::new().set_num_format("0.0%");
        match answer.parse::<f64>() {
            // As an office program stores what somebody typed with a sign of percent.
            _ if answer.starts_with('%') => {
                let stored = answer.trim_start_matches('%').parse::<f64>().unwrap();
                sheet.write_number_with_format(row, 6, stored, &percent).unwrap()
            }
            Ok(number) => sheet.write_number(row, 6, number).unwrap(),
            Err(_) => sheet.write_string(row, 6, *answer).unwrap(),
        };
        sheet.write_string(row, 7, *code).unwrap();
    }
    book.save(root.join("补充.xlsx")).unwrap();
    root
}

fn inputs(root: &Path) -> Inputs {
    read(&Disk::new(root), &catalog()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn told(inputs: &Inputs) -> Vec<String> {
    inputs.problems.iter().map(ToString::to_string).filter(|told| told.starts_with("补充.xlsx")).collect()
}

#[test]
fn texts_and_figures_go_to_the_body_whose_document_asked() {
    let prior = r#"{"amount":{"item":"支出","year":"2023"}}"#;
    let root = answered(
        "whose",
        &[
            ("", "新建泵站", r#"{"cause":"收支总计.上年"}"#),
            (STATION, "水价调整", r#"{"cause":"收支总计.上年"}"#),
            (STATION, "农田灌溉", r#"{"purpose":"2130305"}"#),
            ("", "125000.5", prior),
            (STATION, "￥3,000元", prior),
            ("", "", r#"{"text":"绩效管理.整体评价"}"#),
        ],
    );
    let (inputs, catalog) = (inputs(&root), catalog());
    assert_eq!(told(&inputs), Vec::<String>::new());
    assert_eq!(inputs.narrative.cause["收支总计.上年"], "新建泵站");
    assert!(inputs.narrative.text.is_empty(), "a row without an answer says nothing");
    let unit = inputs.of_unit(STATION, &catalog, &mut Vec::new());
    assert_eq!(unit.narrative.cause["收支总计.上年"], "水价调整");
    assert_eq!(unit.narrative.purpose["2130305"], "农田灌溉");
    let meaning = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Year, "2023");
    for (whose, fen) in [(None, 12_500_050), (Some(STATION), 300_000)] {
        let (mut facts, mut problems) = (Facts::default(), Vec::new());
        answers::state(&inputs.sheets.answers, whose, &inputs.department.name, &catalog, &mut facts, &mut problems);
        let amount = facts.amount(&catalog.trees, &meaning, "").and_then(|amount| amount.exact());
        assert_eq!(amount.map(|money| money.fen()), Some(fen), "{whose:?}");
    }
}

#[test]
fn answers_of_performance_go_into_its_sheets_and_never_over_what_stands_there() {
    let indicator =
        |name: &str| format!(r#"{{"indicator":{{"project":"渠道清淤","indicator":"{name}","key":"actual"}}}}"#);
    let (length, rate, other) = (indicator("清淤长度"), indicator("验收合格率"), indicator("没有的指标"));
    let root = answered(
        "performance",
        &[
            ("", "12公里", &length),
            ("", "90%", &rate),
            ("", "1", &other),
            ("", "清淤12公里", r#"{"topic":{"project":"渠道清淤","topic":"产出"}}"#),
            ("", "李工", r#"{"field":{"project":"渠道清淤","key":"person"}}"#),
        ],
    );
    let inputs = inputs(&root);
    let rows = &inputs.records["perf-indicators"];
    assert_eq!((rows[0].text("actual"), rows[1].text("actual")), ("12公里", "96%"));
    let texts = &inputs.records["perf-texts"];
    assert_eq!((texts.len(), texts[0].text("content")), (1, "清淤12公里"));
    assert_eq!(inputs.records["perf-projects"][0].text("person"), "李工");
    let told = told(&inputs);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told.iter().any(|one| one.contains("96%") && one.contains("绩效指标.csv")), "{told:#?}");
    assert!(told.iter().any(|one| one.contains("没有的指标")), "{told:#?}");
}

#[test]
fn rows_that_nobody_can_place_are_named_and_not_lost_in_silence() {
    let root = answered(
        "strange",
        &[
            ("", "写在空白处", ""),
            ("云台县电站", "某原因", r#"{"cause":"收支总计.上年"}"#),
            ("", "甲", r#"{"text":"其他.说明"}"#),
            ("", "乙", r#"{"text":"其他.说明"}"#),
        ],
    );
    let inputs = inputs(&root);
    let told = told(&inputs);
    for words in ["第4行", "认不出这一行的代号", "“云台县电站”不在部门的单位之列", "“乙”；读的是前一处"]
    {
        assert!(told.iter().any(|one| one.contains(words)), "{words}: {told:#?}");
    }
    assert_eq!(inputs.narrative.text["其他.说明"], "甲");
    assert!(inputs.narrative.cause.is_empty());
}

#[test]
fn what_an_office_program_stores_as_a_fraction_and_shows_in_percent_is_read_as_it_is_shown() {
    let code = r#"{"indicator":{"project":"渠道清淤","indicator":"清淤长度","key":"actual"}}"#;
    let root = answered("percent", &[("", "%0.975", code)]);
    let inputs = read(&Disk::new(&root), &catalog()).unwrap();
    let rows = &inputs.records["perf-indicators"];
    let row = rows.iter().find(|row| row.text("level3") == "清淤长度").unwrap();
    assert_eq!(row.text("actual"), "97.5%");
}
