//! Ten times the input takes about ten times the time, whatever shape it has.

#![allow(clippy::unwrap_used, reason = "a test that cannot build its fixture has failed")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use juesuan_catalog::Catalog;
use juesuan_read::{Grid, Pages, Piece, Row, Value, pages_of};

/// How much longer ten times the input may take: linear is 10, quadratic 100; the rest is for a machine that others use too.
const FACTOR_MAX: u32 = 30;

/// The shortest of three.
fn time(pages: &Pages, catalog: &Catalog) -> Duration {
    let once = || {
        let begin = Instant::now();
        let _ = juesuan_recognize::document(pages, catalog);
        begin.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

fn grows_as_the_input(what: &str, few: usize, made: impl Fn(usize) -> Pages) {
    let catalog = Catalog::load(&[]).unwrap();
    // What every document costs counts on both sides: a difference of two short times would be chance on a busy machine.
    let short = time(&made(few), &catalog).max(Duration::from_millis(5));
    let long = time(&made(10 * few), &catalog);
    assert!(long <= short * FACTOR_MAX, "{what}: {short:?}, ten times as much {long:?}");
}

fn text(text: &str) -> Pages {
    pages_of("a.txt", text.as_bytes()).unwrap()
}

fn html(text: &str) -> Pages {
    pages_of("a.html", text.as_bytes()).unwrap()
}

#[test]
fn lines_without_an_end_of_a_sentence() {
    grows_as_the_input("lines", 200, |count| text(&"天气很好没有数字的话，\n".repeat(count)));
}

#[test]
fn lines_without_any_mark_that_go_on_with_each_other() {
    grows_as_the_input("lines without marks", 1_000, |count| text(&"天气很好没有数字\n".repeat(count)));
    let broken = |count: usize| html(&format!("<p>{}</p>", "天气很好没有数字<br>".repeat(count)));
    grows_as_the_input("breaks in a paragraph", 1_000, broken);
}

#[test]
fn one_line_of_figures() {
    grows_as_the_input("figures", 300, |count| text(&"收入合计921.96万元，".repeat(count)));
}

#[test]
fn names_of_the_classification_in_one_line() {
    grows_as_the_input("names", 200, |count| text(&"教育支出（类）1万元-教育支出-其他，".repeat(count)));
}

#[test]
fn brackets_inside_each_other() {
    grows_as_the_input("brackets", 300, |count| {
        text(&format!("{}921.96万元{}", "（收入".repeat(count), "）".repeat(count)))
    });
}

#[test]
fn names_and_numbers_of_headings_in_one_line() {
    grows_as_the_input("numbers of headings", 300, |count| text(&"（一）收入，".repeat(count)));
    grows_as_the_input("amounts", 300, |count| text(&"修缮项目支出921.96万元（财政拨款），".repeat(count)));
}

#[test]
fn what_a_sentence_says_beyond_all_measure_is_unread_and_the_next_is_read() {
    let catalog = Catalog::load(&[]).unwrap();
    let names = "收入、".repeat(600);
    let said =
        format!("某馆2023年度部门决算\n一、收入决算情况说明\n{names}支出合计41.00万元。本年收入合计37.20万元。\n");
    let read = juesuan_recognize::document(&text(&said), &catalog);
    let unread: Vec<&str> = read.unread.iter().map(|number| number.text.as_str()).collect();
    assert_eq!(unread, ["41.00万元"]);
    assert_eq!(read.package.figures.len(), 1, "{:?}", read.package.figures);
}

#[test]
fn captions_without_tables() {
    grows_as_the_input("captions", 500, |count| html(&"<p>收入决算表</p>".repeat(count)));
    let unlike = |count| {
        let mut page = String::new();
        (0..count).for_each(|at| write!(page, "<p>一、收入决算表{at}</p>").unwrap());
        html(&page)
    };
    grows_as_the_input("headings", 300, unlike);
}

#[test]
fn numbers_that_stick_together() {
    grows_as_the_input("percents", 2_000, |count| text(&"1%".repeat(count)));
    grows_as_the_input("digits", 4_000, |count| text(&"1,".repeat(count)));
}

#[test]
fn tables_of_one_title() {
    let table =
        "<h2>收入决算表</h2><table><tr><td>科目名称</td><td>合计</td></tr><tr><td>合计</td><td>1</td></tr></table>";
    grows_as_the_input("tables", 200, |count| html(&table.repeat(count)));
    let rows = "<tr><td>收入决算表</td></tr>";
    grows_as_the_input("titles in rows", 200, |count| html(&format!("<table>{}</table>", rows.repeat(count))));
}

#[test]
fn codes_of_one_table() {
    let table = |count: usize| {
        let mut page =
            "<p>支出决算表</p><table><tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td></tr>".to_owned();
        (0..count)
            .for_each(|at| write!(page, "<tr><td>{}</td><td>事务</td><td>{at}.00</td></tr>", 2_010_100 + at).unwrap());
        html(&page)
    };
    grows_as_the_input("codes", 500, table);
}

#[test]
fn lines_that_begin_as_forms_do() {
    grows_as_the_input("titles", 500, |count| text(&"收入决算表\n".repeat(count)));
    grows_as_the_input("forms", 200, |count| text(&"项目支出绩效自评表\n产出指标\n".repeat(count)));
}

#[test]
fn a_document_of_numbers_without_meanings_quotes_its_sentences_only_so_often() {
    let catalog = Catalog::load(&[]).unwrap();
    let read = juesuan_recognize::document(&text(&"1%".repeat(20_000)), &catalog);
    let quoted: usize = read.unread.iter().filter_map(|number| number.place.quote.as_ref()).map(String::len).sum();
    assert!(read.unread.len() > 10_000 && quoted < 1_000_000, "{} {quoted}", read.unread.len());
}

#[test]
fn a_name_that_has_no_end_is_cut() {
    let catalog = Catalog::load(&[]).unwrap();
    let said =
        format!("部门名称：{}局\n2023年度部门决算\n一、收入决算情况说明\n收入合计1.00万元。\n", "长".repeat(5_000));
    let read = juesuan_recognize::document(&text(&said), &catalog);
    assert!(read.package.entity.name.chars().count() <= 200, "{}", read.package.entity.name);
}

#[test]
fn words_of_many_years_are_not_all_kept() {
    let catalog = Catalog::load(&[]).unwrap();
    let vocabulary = juesuan_recognize::Vocabulary::new(&catalog);
    for year in 2000..2020 {
        let said = format!("某馆{year}年度部门决算\n本年收入合计37.20万元。\n");
        juesuan_recognize::document_by(&text(&said), &vocabulary);
        assert!(vocabulary.years() <= 6);
    }
}

#[test]
fn rows_of_a_table() {
    let row = "<tr><td>201</td><td>一般公共服务</td><td>921.96</td></tr>";
    grows_as_the_input("rows", 300, |count| html(&format!("<table>{}</table>", row.repeat(count))));
}

#[test]
fn one_cell_far_below_the_others() {
    let sheet = |count: usize| {
        let mut rows = vec![Row::default(); count];
        let texts = ["收入决算表", "单位：万元", "科目编码", "科目名称", "本年收入合计"];
        for (row, text) in rows.iter_mut().zip(texts) {
            row.cells = vec![Value::text(text)];
        }
        rows.push(Row { cells: vec![Value::text("1.00")], ..Row::default() });
        let grid = Grid { sheet: "收入决算表".to_owned(), rows, ..Grid::default() };
        Pages { file: "a.xlsx".to_owned(), pieces: vec![Piece::Grid(grid)], ..text("一") }
    };
    grows_as_the_input("stray cell", 2_000, sheet);
}

#[test]
fn one_document_after_another() {
    let catalog = Catalog::load(&[]).unwrap();
    let short = text("收入合计921.96万元。");
    let vocabulary = juesuan_recognize::Vocabulary::new(&catalog);
    let first = juesuan_recognize::document_by(&short, &vocabulary);
    let alone = juesuan_recognize::document(&short, &catalog);
    assert_eq!(first.package, alone.package);
    let timed = |read: &dyn Fn()| {
        let begin = Instant::now();
        (0..5).for_each(|_| read());
        begin.elapsed()
    };
    let kept = timed(&|| drop(juesuan_recognize::document_by(&short, &vocabulary)));
    let anew = timed(&|| drop(juesuan_recognize::document(&short, &catalog)));
    assert!(kept * 2 < anew, "what is made of the catalogue is made for each document: {kept:?}, anew {anew:?}");
}
