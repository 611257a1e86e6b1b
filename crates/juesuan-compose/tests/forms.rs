//! Books → the nine tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use juesuan_catalog::Catalog;
use juesuan_compose::forms;
use juesuan_facts::{Department, Facts};
use juesuan_model::{Cell, CellRole, Dimension, Meaning, Money, Package, Statement, Table};

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

fn department(variant: &str, more: &str) -> Department {
    toml::from_str(&format!("name = \"江城市档案局\"\nyear = 2023\nvariant = \"{variant}\"\nlevel = \"市\"\n{more}"))
        .unwrap()
}

fn meaning(coordinates: &[(Dimension, &str)]) -> Meaning {
    coordinates.iter().fold(Meaning::new(), |m, (d, n)| m.with(*d, *n))
}

/// A small archive: 18,000.40 元 of income, 17,000.40 元 spent, the rest kept.
fn books() -> Facts {
    use Dimension::{Economic, Function, Fund, Item, Nature, Source};
    let mut facts = Facts::default();
    let gpb = (Fund, "一般公共预算");
    let spend = |facts: &mut Facts, nature: &str, function: &str, economic: &str, yuan: i64| {
        let leaf = [(Item, "支出"), gpb, (Nature, nature), (Function, function), (Economic, economic)];
        facts.add(meaning(&leaf), Money::from_yuan(yuan));
    };
    spend(&mut facts, "基本支出", "2012604", "30101", 9_000_000);
    spend(&mut facts, "基本支出", "2080505", "30108", 1_000_033);
    spend(&mut facts, "基本支出", "2012604", "30201", 500_033);
    spend(&mut facts, "基本支出", "2012604", "30217", 10_034);
    spend(&mut facts, "项目支出", "2012604", "31002", 700_000);
    for (function, yuan) in [("2012604", 10_210_067), ("2080505", 1_000_033)] {
        facts.add(meaning(&[(Item, "收入"), gpb, (Function, function)]), Money::from_yuan(yuan));
    }
    facts.add(meaning(&[(Item, "收入"), (Source, "其他收入"), (Function, "2012604")]), Money::from_yuan(50_000));
    facts.add(meaning(&[(Item, "年末结转和结余"), (Fund, "非财政拨款")]), Money::from_yuan(50_000));
    for item in ["收入", "支出", "使用非财政拨款结余", "结余分配", "年初结转和结余", "年末结转和结余"]
    {
        facts.declare_complete(meaning(&[(Item, item)]));
    }
    facts
}

fn filled(variant: &str, more: &str, facts: &Facts) -> (Vec<(String, Table)>, Package, Vec<juesuan_model::Problem>) {
    let (catalog, department) = (catalog(), department(variant, more));
    let (mut package, mut problems) = (Package::default(), Vec::new());
    let variant = catalog.variant(variant, 2023).unwrap();
    let tables = forms::tables(facts, &department, &catalog, variant, &mut package, &mut problems, &mut Vec::new());
    (tables, package, problems)
}

fn table<'a>(tables: &'a [(String, Table)], key: &str) -> &'a Table {
    &tables.iter().find(|(k, _)| k == key).unwrap().1
}

/// Texts of the row that begins with `label`.
fn row(table: &Table, label: &str) -> Vec<String> {
    let row = table.rows.iter().find(|r| r.cells.iter().any(|c| c.text == label)).unwrap_or_else(|| panic!("{label}"));
    row.cells.iter().map(|c| c.text.clone()).collect()
}

#[test]
fn rows_with_money_are_listed_from_class_to_item_and_add_up() {
    let (tables, package, problems) = filled("hubei", "", &books());
    assert!(problems.iter().all(|p| p.place.table.as_deref().is_some_and(|t| t.contains("三公"))), "{problems:#?}");
    let expense = table(&tables, "expense-by-function");
    let codes: Vec<&str> = expense.rows.iter().map(|r| r.cells[0].text.as_str()).collect();
    assert_eq!(codes, ["合计", "201", "20126", "2012604", "208", "20805", "2080505"]);
    assert_eq!(row(expense, "合计"), ["合计", "1121.01", "1051.01", "70.00", "0.00", "0.00", "0.00"]);
    assert_eq!(row(expense, "20126")[1], "档案事务");
    for sum in &package.sums {
        let exact = |id: &juesuan_model::FigureId| package.figure(*id).unwrap().exact_fen;
        let Some(total) = exact(&sum.total) else {
            continue;
        };
        let parts: Option<Money> = sum.parts.iter().map(exact).sum();
        let less: Option<Money> = sum.less.iter().map(exact).sum();
        if let (Some(parts), Some(less)) = (parts, less) {
            assert_eq!(total, parts - less, "{:?}", package.figure(sum.total).unwrap().place);
        }
    }
    assert!(package.sums.iter().filter(|s| s.law == "balance").count() >= 2);
}

#[test]
fn two_sides_are_padded_to_the_row_numbers_of_the_state_form() {
    let (tables, ..) = filled("hubei", "", &books());
    let summary = table(&tables, "income-expense-summary");
    assert_eq!(summary.rows.len(), 31);
    assert_eq!(row(summary, "本年收入合计"), ["本年收入合计", "27", "1126.01", "本年支出合计", "58", "1121.01"]);
    assert_eq!(row(summary, "总计"), ["总计", "31", "1126.01", "总计", "62", "1126.01"]);
    let fiscal = table(&tables, "fiscal-summary");
    assert_eq!(fiscal.rows.len(), 32);
    assert_eq!(
        row(fiscal, "年初财政拨款结转和结余")[..5],
        ["年初财政拨款结转和结余", "28", "0.00", "年末财政拨款结转和结余", "60"]
    );
    assert_eq!(fiscal.header.last().unwrap().last().unwrap().text, "5");
    let basic = table(&tables, "general-budget-basic-expense");
    assert_eq!(basic.rows.len(), 29);
    assert_eq!(row(basic, "人员经费合计"), ["人员经费合计", "1000.00", "公用经费合计", "51.01"]);
}

#[test]
fn every_row_fills_the_grid_exactly() {
    for variant in ["hubei", "shanghai"] {
        let (tables, ..) = filled(variant, "", &books());
        for (key, table) in &tables {
            for row in table.rows.iter() {
                let width: usize = row.cells.iter().map(|c| usize::from(c.columns.max(1))).sum();
                assert_eq!(width, table.widths.len(), "{variant} {key} {row:?}");
            }
            let mut covered = vec![0; table.widths.len()];
            for cell in table.header.iter().flatten() {
                for column in cell.column..cell.column + cell.columns {
                    covered[usize::from(column)] += cell.rows;
                }
            }
            assert!(covered.iter().all(|c| usize::from(*c) == table.header.len()), "{variant} {key} {covered:?}");
        }
    }
}

#[test]
fn a_table_without_money_is_a_frame_with_a_sentence_and_a_claim() {
    let (tables, package, _) = filled("shanghai", "", &books());
    let fund = table(&tables, "government-fund");
    assert_eq!(
        fund.notes.last().unwrap(),
        "说明：江城市档案局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    );
    assert!(fund.rows.iter().flat_map(|r| &r.cells).filter(|c| c.role == CellRole::Number).all(|c| c.text.is_empty()));
    let absent = package.claims.iter().filter(|c| c.statement == Statement::Absent).count();
    assert_eq!(absent, 2);
    assert_eq!(fund.number, "");
}

#[test]
fn zero_prints_as_the_variant_says_unless_the_department_says_otherwise() {
    let (tables, ..) = filled("shanghai", "", &books());
    assert_eq!(row(table(&tables, "expense-by-function"), "208")[4], "");
    let (tables, ..) = filled(
        "shanghai",
        "[print]\nzero_in = { \"支出决算表.项目支出\" = \"0.00\", \"收入决算表\" = \"dash\" }\n",
        &books(),
    );
    assert_eq!(row(table(&tables, "expense-by-function"), "208")[4..6], ["0.00", ""]);
    assert_eq!(row(table(&tables, "income-by-function"), "208")[4], "—");
}

#[test]
fn an_unknown_code_keeps_its_money_and_is_a_problem() {
    let mut facts = books();
    let leaf = [
        (Dimension::Item, "支出"),
        (Dimension::Fund, "一般公共预算"),
        (Dimension::Nature, "基本支出"),
        (Dimension::Function, "2019877"),
        (Dimension::Economic, "39906"),
    ];
    facts.add(meaning(&leaf), Money::from_yuan(10_000));
    let (tables, _, problems) = filled("hubei", "", &facts);
    assert_eq!(row(table(&tables, "expense-by-function"), "2019877")[1..3], ["〔未知科目〕", "1.00"]);
    assert!(problems.iter().any(|p| p.place.row.as_deref() == Some("2019877")));
    let basic = table(&tables, "general-budget-basic-expense");
    assert_eq!(row(basic, "公用经费合计")[3], "52.01");
    assert!(basic.rows.iter().flat_map(|r| &r.cells).any(|c| c.text == "39906"));
    assert!(problems.iter().any(|p| p.place.row.as_deref() == Some("39906")));
}

#[test]
fn rounding_differences_go_to_the_largest_item_only_where_asked_for() {
    use Dimension::{Economic, Function, Fund, Item, Nature};
    let mut facts = Facts::default();
    for (economic, yuan) in [("30101", 90_040), ("30102", 10_040), ("30103", 10_040)] {
        let leaf =
            [(Item, "支出"), (Fund, "一般公共预算"), (Nature, "基本支出"), (Function, "2012604"), (Economic, economic)];
        facts.add(meaning(&leaf), Money::from_yuan(yuan));
    }
    let pay =
        |more: &str| row(table(&filled("hubei", more, &facts).0, "general-budget-basic-expense"), "30101")[2].clone();
    assert_eq!(pay(""), "9.00");
    assert_eq!(pay("[print]\nclose_tail = true\n"), "9.01");
}

#[test]
fn what_is_unknown_is_blank_and_a_problem_not_zero() {
    let (_, package, problems) = filled("hubei", "", &books());
    let budget = package.figures.iter().find(|f| f.meanings[0].get(Dimension::Stage) == Some("全年预算")).unwrap();
    assert_eq!((budget.cell, budget.exact_fen), (Cell::Blank, None));
    assert!(problems.iter().any(|p| p.message.contains("全年预算")));
}
