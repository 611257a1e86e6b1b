//! Of what an amount or a count behind an item is: the item's, whatever stands between, and that of its own year.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{Figure, Place};
use juesuan_recognize::{EntityContext, TextSection, text};

#[track_caller]
fn gives(heading: &str, paragraphs: &[&str], figures: &[&str]) {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let entity = EntityContext { year: 2023, ..EntityContext::default() };
    let paragraphs = paragraphs.iter().map(|text| ((*text).to_owned(), Place::default())).collect();
    let read = text(&[TextSection { heading: heading.to_owned(), paragraphs }], &entity, &catalog);
    let told = |figure: &Figure| format!("{} {}", figure.meanings.first().unwrap(), figure.cell.number().unwrap());
    assert_eq!(read.figures.iter().map(told).collect::<Vec<_>>(), figures);
}

#[test]
fn what_was_bought_the_year_before_is_none_of_this_year() {
    let cars = "公务用车购置费支出0万元，主要是上年购置车辆1辆。";
    gives("七、“三公”经费支出情况", &[cars], &["支出·公务用车购置费 0万元", "购置车辆·2022 1"]);
}

#[test]
fn what_a_sentence_breaks_down_as_expense_is_expense() {
    let whole = "政府性基金预算财政拨款收入60.00万元，支出具体情况如下：";
    let item = "1.文化旅游体育与传媒支出（类）旅游发展基金支出（款）地方旅游开发项目补助（项）。主要用于步道修缮等项目支出，年初预算为50.00万元，当年支出决算为60.00万元。";
    let (budget, spent) = ("支出·年初预算·政府性基金·2070904 50.00万元", "支出·政府性基金·2070904 60.00万元");
    let heading = "八、政府性基金预算财政拨款收入支出决算情况说明";
    gives(heading, &[whole, item], &["收入·政府性基金 60.00万元", budget, spent]);
}
