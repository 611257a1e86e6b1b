//! Finished tables → facts → the same tables again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot build its fixture has failed"
)]

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_compose::forms;
use juesuan_facts::{Department, Facts};
use juesuan_forms::{Reading, grid, json};
use juesuan_model::{Cell, CellRole, Dimension, Figure, Meaning, Money, Package, Problem, Statement, Table};
use juesuan_read::grid::{Grid, Merged, MergedRegions, Row, Value};

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

fn department(variant: &str) -> Department {
    toml::from_str(&format!("name = \"江城市档案局\"\nyear = 2024\nvariant = \"{variant}\"\nlevel = \"市\"\n")).unwrap()
}

struct Made {
    tables: Vec<(String, Table)>,
    package: Package,
    problems: Vec<Problem>,
}

fn remade(catalog: &Catalog, variant: &str, text: &str, facts: &mut Facts) -> Made {
    let settled = catalog.variant(variant, 2024).unwrap();
    let reading = json::read(catalog, settled, "tables.json", text);
    let mut problems = reading.problems;
    juesuan_inputs::tables::state(&reading.tables, catalog, settled, facts, &mut problems);
    let mut package = Package::default();
    let tables =
        forms::tables(facts, &department(variant), catalog, settled, &mut package, &mut problems, &mut Vec::new());
    Made { tables, package, problems }
}

/// Printed figures by table title and by code (else side and label), in order.
fn printed(tables: &[(String, Table)]) -> BTreeMap<(String, String), Vec<Vec<String>>> {
    let mut out: BTreeMap<(String, String), Vec<Vec<String>>> = BTreeMap::new();
    for (_, table) in tables {
        for row in &table.rows {
            let (mut code, mut label, mut values) = (String::new(), String::new(), Vec::new());
            let mut flush = |code: &mut String, label: &mut String, values: &mut Vec<String>| {
                let key = if code.is_empty() { std::mem::take(label) } else { std::mem::take(code) };
                label.clear();
                out.entry((table.title.clone(), key)).or_default().push(std::mem::take(values));
            };
            for cell in &row.cells {
                match cell.role {
                    CellRole::Number => values.push(cell.text.clone()),
                    role => {
                        if !values.is_empty() {
                            flush(&mut code, &mut label, &mut values);
                        }
                        match role {
                            CellRole::Code => code = cell.text.clone(),
                            _ => label = cell.text.clone(),
                        }
                    }
                }
            }
            flush(&mut code, &mut label, &mut values);
        }
    }
    out
}

/// Compares every row of a JSON of tables with what was made of it.
fn compare(text: &str, made: &Made) -> usize {
    let wanted: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut have = printed(&made.tables);
    let mut cells = 0;
    for (title, table) in wanted.as_object().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            let values: Vec<String> =
                row["values"].as_array().unwrap().iter().map(|v| v.as_str().unwrap_or("").to_owned()).collect();
            let label = row["name"].as_str().unwrap();
            let key = row["code"].as_str().unwrap_or(if label == "合计行" { "" } else { label });
            let Some(rows) = have.get_mut(&(title.clone(), key.to_owned())) else {
                // Names of rows follow the variant (使用非财政拨款结余 with or without 专用结余).
                assert!(values.iter().all(String::is_empty), "{title} {key}");
                continue;
            };
            let at = rows.iter().position(|r| *r == values);
            let at = at.unwrap_or_else(|| panic!("{title} {key}: wanted {values:?}, made {rows:?}"));
            rows.remove(at);
            cells += values.len();
        }
    }
    for ((title, key), rows) in have {
        for row in rows {
            assert!(row.iter().all(String::is_empty), "{title} {key}: {row:?} stands nowhere in the source");
        }
    }
    cells
}

fn corpus(name: &str) -> Option<String> {
    let path = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/{}/tables.json"), name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {path} is not here");
    }
    text
}

#[test]
fn nine_published_tables_come_out_cell_by_cell_as_they_were() {
    let catalog = catalog();
    for (name, least) in [("ghj", 500), ("czj-good", 400)] {
        let Some(text) = corpus(name) else { continue };
        let made = remade(&catalog, "shanghai", &text, &mut Facts::default());
        let unread: Vec<&Problem> = made.problems.iter().filter(|p| !p.message.contains("固定科目清单")).collect();
        assert!(unread.is_empty(), "{name}: {unread:#?}");
        let cells = compare(&text, &made);
        println!("{name}: {cells} cells, {} figures", made.package.figures.len());
        assert!(cells > least);
    }
}

const FIXTURE: &str = r#"{
  "2024年度收入支出决算总表": {"unit": "万元", "rows": [
    {"side": "收入", "name": "一、一般公共预算财政拨款收入", "values": ["12.34"]},
    {"side": "收入", "name": "二、政府性基金预算财政拨款收入", "values": [null]},
    {"side": "收入", "name": "本年收入合计", "values": ["12.34"]},
    {"side": "收入", "name": "年初结转和结余", "values": ["0.00"]},
    {"side": "收入", "name": "总计", "values": ["12.34"]},
    {"side": "支出", "name": "九、卫生健康支出", "values": ["12.34"]},
    {"side": "支出", "name": "本年支出合计", "values": ["12.34"]},
    {"side": "支出", "name": "总计", "values": ["12.34"]}]},
  "支出决算表": {"unit": "万元", "rows": [
    {"code": null, "name": "合计", "values": ["12.35", "12.35", "0.00", "—", null, null]},
    {"code": "210", "name": "卫生健康支出", "values": ["12.35", "12.35", "0.00", null, null, null]},
    {"code": "21011", "name": "行政事业单位医疗", "values": ["12.35", "12.35", "0.00", null, null, null]},
    {"code": "2101101", "name": "行政单位医疗", "values": ["12.35", "12.35", "0.00", null, null, null]}]},
  "国有资本经营预算财政拨款收入支出决算表": {"unit": "万元", "rows": []}
}"#;

#[test]
fn two_tables_that_print_one_figure_differently_each_keep_their_own_and_blank_zero_and_dash_stay() {
    let catalog = catalog();
    let made = remade(&catalog, "shanghai", FIXTURE, &mut Facts::default());
    let have = printed(&made.tables);
    let row = |title: &str, key: &str| have[&(title.to_owned(), key.to_owned())][0].clone();
    assert_eq!(row("收入支出决算总表", "九、卫生健康支出"), ["12.34"]);
    assert_eq!(row("支出决算表", "210"), ["12.35", "12.35", "0.00", "", "", ""]);
    assert_eq!(row("支出决算表", "合计"), ["12.35", "12.35", "0.00", "—", "", ""]);
    let health = |f: &&Figure| {
        f.meanings[0].get(Dimension::Function) == Some("210") && f.meanings[0].get(Dimension::Nature).is_none()
    };
    let prints: Vec<String> =
        made.package.figures.iter().filter(health).filter_map(|f| Some(f.cell.number()?.digits())).collect();
    assert!(prints.contains(&"12.34".to_owned()) && prints.contains(&"12.35".to_owned()), "{prints:?}");
    assert!(made.package.claims.iter().any(|c| c.statement == Statement::Absent));
}

#[test]
fn a_row_a_table_and_a_text_that_are_not_understood_are_problems_with_their_place() {
    let catalog = catalog();
    let text = r#"{"会议费表": {"unit": "万元", "rows": []}, "收入决算表": {"unit": "", "rows": [
        {"code": null, "name": "预备费合计", "values": ["1.00","1.00",null,null,null,null,null]},
        {"code": "201", "name": "一般公共服务支出", "values": ["1.00","缺",null,null,null,null,null]},
        {"code": "20101", "name": "人大事务", "values": ["1.00"]}]}}"#;
    let reading = json::read(&catalog, catalog.variant("shanghai", 2024).unwrap(), "t.json", text);
    let messages: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 5, "{messages:#?}");
    assert!(messages.iter().any(|m| m.contains("会议费表") && m.contains("不认识这个表名")));
    assert!(messages.iter().any(|m| m.contains("预备费合计")));
    assert!(messages.iter().any(|m| m.contains("“缺”不是数字")));
    assert!(reading.tables[0].figures.iter().any(|f| f.cell == Cell::Unreadable));
}

#[test]
fn where_the_books_answer_a_table_is_compared_cell_by_cell() {
    let catalog = catalog();
    let mut facts = Facts::default();
    let leaf = Meaning::new()
        .with(Dimension::Item, "支出")
        .with(Dimension::Fund, "一般公共预算")
        .with(Dimension::Nature, "基本支出")
        .with(Dimension::Function, "2101101")
        .with(Dimension::Economic, "30110");
    facts.add(leaf, Money::from_yuan(123_400));
    facts.declare_complete(Meaning::new().with(Dimension::Item, "支出"));
    let made = remade(&catalog, "shanghai", FIXTURE, &mut facts);
    let differing: Vec<String> =
        made.problems.iter().filter(|p| p.message.contains("按账簿")).map(ToString::to_string).collect();
    assert_eq!(differing.len(), 8, "{differing:#?}");
    assert!(differing[0].contains("12.35") && differing[0].contains("12.34"), "{differing:?}");
    assert_eq!(printed(&made.tables)[&("支出决算表".to_owned(), "210".to_owned())][0][0], "12.34");
}

/// A table as a sheet, with or without marks of merged cells.
fn sheet(table: &Table, marked: bool) -> Grid {
    let mut merged = Vec::new();
    let mut merge = |top: usize, left: usize, rows: u16, columns: u16| {
        if marked && rows.max(1) * columns.max(1) > 1 {
            merged.push(Merged {
                top,
                left,
                bottom: top + usize::from(rows.max(1)) - 1,
                right: left + usize::from(columns.max(1)) - 1,
            });
        }
    };
    let width = table.widths.len();
    let mut rows: Vec<Vec<Value>> = vec![vec![Value::text(&table.title)], vec![Value::text(&table.unit)]];
    for head in &table.header {
        let mut row = vec![Value::Blank; width];
        for cell in head {
            row[usize::from(cell.column)] = Value::text(&cell.text);
            merge(rows.len(), usize::from(cell.column), cell.rows, cell.columns);
        }
        rows.push(row);
    }
    for line in &table.rows {
        let mut row = Vec::new();
        for cell in &line.cells {
            merge(rows.len(), row.len(), 1, cell.columns);
            row.push(Value::text(&cell.text));
            row.resize(row.len() + usize::from(cell.columns.max(1)) - 1, Value::Blank);
        }
        rows.push(row);
    }
    rows.extend(table.notes.iter().map(|note| vec![Value::text(note)]));
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(i, cells)| Row { line: u32::try_from(i + 1).unwrap(), cells, ..Row::default() })
        .collect();
    Grid {
        file: "表.xlsx".to_owned(),
        sheet: "Sheet1".to_owned(),
        rows,
        merged: MergedRegions::new(merged),
        ..Grid::default()
    }
}

fn values(figures: &[Figure], of: &[String]) -> BTreeMap<(Meaning, String), String> {
    figures
        .iter()
        .filter(|f| f.place.table.as_ref().is_some_and(|t| of.contains(t)))
        .map(|f| {
            let text = f.cell.number().map_or_else(|| format!("{:?}", f.cell), |p| p.to_string());
            ((f.meanings[0].clone(), f.place.table.clone().unwrap()), text)
        })
        .collect()
}

#[test]
fn a_filled_table_written_as_a_sheet_reads_back_with_every_meaning_and_print() {
    let catalog = catalog();
    let Some(text) = corpus("ghj") else { return };
    for (variant, expected) in
        [("shanghai", "shanghai"), ("hubei", "hubei"), ("hubei", "shanghai"), ("shanghai", "hubei")]
    {
        let made = remade(&catalog, variant, &text, &mut Facts::default());
        let expected = catalog.variant(expected, 2024).unwrap();
        for ((key, table), marked) in made.tables.iter().flat_map(|t| [(t, true), (t, false)]) {
            let reading: Reading = grid::read(&catalog, expected, &sheet(table, marked));
            assert!(reading.problems.is_empty(), "{variant} {key} {marked}: {:#?}", reading.problems);
            let title = [table.title.clone()];
            let (wrote, read) = (values(&made.package.figures, &title), values(&reading.tables[0].figures, &title));
            assert_eq!(wrote, read, "{variant} {key} {marked}");
        }
    }
}
