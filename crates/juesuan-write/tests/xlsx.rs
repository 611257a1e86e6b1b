//! XLSX: every printed number reads back, sums are live, misses are noted, fixed bytes.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

mod fixture;

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use juesuan_model::{Block, Cell, CellRole, Money, Package, Printed, Table, TableCell, TableRow, Unit};
use juesuan_write::{relations, xlsx};

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn forms(package: &Package) -> Vec<&Table> {
    let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
    blocks
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .filter(|table| !table.form.is_empty())
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_printed_number_reads_back_and_a_blank_stays_blank() {
    let package = fixture::package();
    let mut book = open(xlsx(&package).unwrap());
    let mut numbers = 0;
    for table in forms(&package) {
        let sheet = book.worksheet_range(&table.title).unwrap();
        let first = 3 + table.header.len();
        for (i, row) in table.rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                let place = u32::try_from(first + i).unwrap();
                let data = sheet.get_value((place, column)).unwrap_or(&Data::Empty);
                column += u32::from(cell.columns.max(1));
                if cell.role != CellRole::Number {
                    let text = if let Data::String(text) = data { text.as_str() } else { "" };
                    assert_eq!(text, cell.text, "{} row {i}", table.title);
                    continue;
                }
                match (data, cell.figure.and_then(|id| package.figure(id)).map(|figure| figure.cell)) {
                    (Data::Float(value), Some(Cell::Number(printed))) => {
                        let held = Money::parse_wan_yuan(&value.to_string()).unwrap();
                        let shown = Printed::from_money(held, Unit::WanYuan, printed.decimals);
                        assert_eq!(shown.digits(), cell.text, "{} row {i}", table.title);
                        numbers += 1;
                    }
                    (Data::String(text), _) => assert_eq!(*text, cell.text),
                    (Data::Empty, _) => assert_eq!(cell.text, "", "{} row {i}", table.title),
                    other => panic!("{} row {i}: {other:?}", table.title),
                }
            }
        }
    }
    assert_eq!(numbers, 6 + 21);
}

#[test]
fn sums_are_live_where_the_parts_add_up_and_constants_with_a_note_where_they_do_not() {
    let package = fixture::package();
    let bytes = xlsx(&package).unwrap();
    let mut book = open(bytes.clone());
    let formulas = book.worksheet_formula("收入支出决算总表").unwrap();
    assert_eq!(formulas.get_value((9, 2)).map(String::as_str), Some("SUM(C7:C9)"));
    assert_eq!(formulas.get_value((9, 5)).map(String::as_str), Some("F7+F8"));
    let formulas = book.worksheet_formula("支出决算表").unwrap();
    // Columns: sum, basic (770.85 printed, 770.84 added up), project.
    assert_eq!(formulas.get_value((6, 2)).map(String::as_str), Some("C8+C12"));
    assert_eq!(formulas.get_value((6, 3)).map_or("", String::as_str), "");
    assert_eq!(formulas.get_value((7, 2)).map(String::as_str), Some("D8+E8"));
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(notes.contains("尾差：各项之和为770.84，本数为770.85，相差0.01。"), "{notes}");
}

#[test]
fn other_tables_charts_and_relations_have_their_sheets() {
    let package = fixture::package();
    let bytes = xlsx(&package).unwrap();
    let mut book = open(bytes.clone());
    assert_eq!(
        book.sheet_names(),
        [
            "收入支出决算总表",
            "支出决算表",
            "政府性基金预算财政拨款收入支出决算表",
            "纳入决算编制范围的单位",
            "图表数据"
        ]
    );
    let words = |book: &mut Xlsx<_>, name: &str| {
        let sheet = book.worksheet_range(name).unwrap();
        sheet.used_cells().map(|(_, _, data)| data.to_string()).collect::<Vec<_>>().join("|")
    };
    assert!(words(&mut book, "纳入决算编制范围的单位").contains("示例县机关事务服务中心"));
    let checks = words(&mut open(relations(&fixture::relations()).unwrap()), "勾稽关系");
    for expected in [
        "共5条：成立2条，不成立1条，不适用1条，读不到1条",
        "BL001",
        "|成立|",
        "|不成立|",
        "|不适用|",
        "|读不到",
        "|有|",
    ] {
        assert!(checks.contains(expected), "{expected}: {checks}");
    }
    let data = words(&mut book, "图表数据");
    for expected in ["图2：收入决算结构（万元）", "|905.31|", "|16.65|", "|770.84|"] {
        assert!(data.contains(expected), "{expected}: {data}");
    }
    for number in 1..=3 {
        assert!(part(&bytes, &format!("xl/charts/chart{number}.xml")).contains("图表数据"));
    }
}

#[test]
fn an_exact_amount_is_kept_behind_the_print() {
    let mut book = open(xlsx(&fixture::package()).unwrap());
    let sheet = book.worksheet_range("收入支出决算总表").unwrap();
    assert_eq!(sheet.get_value((9, 2)).map(ToString::to_string).as_deref(), Some("921.955049"));
}

#[test]
fn the_same_package_gives_the_same_bytes() {
    let first = xlsx(&fixture::package()).unwrap();
    // Archives keep times in steps of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(first, xlsx(&fixture::package()).unwrap());
}

#[test]
fn shares_of_aims_lie_across_and_end_at_half_more() {
    let mut package = fixture::package();
    let mut charts = 0;
    for block in package.document.parts.iter_mut().flat_map(|part| &mut part.blocks) {
        if let juesuan_model::Block::Chart(chart) = block
            && chart.kind == juesuan_model::ChartKind::Bars
        {
            chart.unit = "%".to_owned();
            charts += 1;
        }
    }
    assert!(charts > 0);
    let bytes = xlsx(&package).unwrap();
    let drawn = part(&bytes, "xl/charts/chart1.xml");
    assert!(drawn.contains("<c:barDir val=\"bar\"/>") && drawn.contains("<c:max val=\"150\"/>"), "{drawn}");
    assert!(drawn.contains("<c:orientation val=\"maxMin\"/>"), "{drawn}");
    // The scale below the bars, in steps of half an aim.
    assert!(drawn.contains("<c:crosses val=\"max\"/>") && drawn.contains("<c:majorUnit val=\"50\"/>"), "{drawn}");
}

#[test]
fn a_table_without_a_title_has_that_of_the_heading_above_it_and_a_wide_form_lies_on_its_side() {
    let cell = |text: &str| TableCell { text: text.to_owned(), ..TableCell::default() };
    let row = |count: usize| TableRow { cells: (0..count).map(|_| cell("堤防巡查")).collect(), total: false };
    let table = |title: &str, columns: usize, rows: usize| {
        let rows = (0..rows).map(|_| row(columns)).collect();
        Block::Table(Table { title: title.to_owned(), widths: vec![1; columns], rows, ..Table::default() })
    };
    let heading = |text: &str| Block::Heading { level: 1, text: text.to_owned(), origin: Vec::new() };
    let blocks = vec![heading("二、责任单位办理情况"), table("", 3, 40), table("2031年度堤防巡查自评表", 8, 20)];
    let mut package = Package::default();
    package.document.parts = vec![juesuan_model::Part { blocks, ..juesuan_model::Part::default() }];
    let bytes = xlsx(&package).unwrap();
    let mut book = open(bytes.clone());
    assert_eq!(book.sheet_names(), ["责任单位办理情况", "2031年度堤防巡查自评表"]);
    let range = book.worksheet_range("责任单位办理情况").unwrap();
    assert_eq!(range.get_value((0, 0)).map(ToString::to_string).as_deref(), Some("责任单位办理情况"));
    let turned = |number: u8| part(&bytes, &format!("xl/worksheets/sheet{number}.xml")).contains("\"landscape\"");
    assert!(!turned(1) && turned(2));
}

#[test]
fn the_relations_can_be_filtered() {
    let bytes = relations(&fixture::relations()).unwrap();
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("<autoFilter ref=\"A3:E8\"/>"));
}
