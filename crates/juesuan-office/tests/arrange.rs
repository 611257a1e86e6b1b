//! Where files that somebody drops belong in a department's folder.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use juesuan_catalog::Catalog;
use juesuan_inputs::scaffold::Answers;
use juesuan_office::list::{Given, Listed, fill};
use juesuan_office::prepare::{self, Entry};
use juesuan_office::{Arrival, arrange};
use juesuan_read::Memory;

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

/// Where a tree of these files goes: their paths in it, and below the folder.
fn places(name: &str, paths: &[&str]) -> Vec<(String, String)> {
    let mut sent = Memory::folder(name);
    for path in paths {
        sent.put(path, "项目,金额\n甲,1\n");
    }
    let arranged = arrange(&sent, None, &Memory::folder("部门"), &catalog()).unwrap();
    let place = |(path, arrival): (String, Arrival)| match arrival {
        Arrival::At(to) => (path, to),
        Arrival::Strange => (path, String::new()),
        other => panic!("{path}: {other:?}"),
    };
    arranged.into_iter().map(place).collect()
}

fn place(path: &str) -> String {
    let sent = Memory::file(path, "项目,金额\n甲,1\n");
    match arrange(&sent, None, &Memory::folder("部门"), &catalog()).unwrap().as_slice() {
        [(_, Arrival::At(to))] => to.clone(),
        [(_, Arrival::Strange)] => String::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_go_where_their_names_and_endings_say() {
    for (sent, to) in [
        ("凭证2024.csv", "books/凭证2024.csv"),
        ("导出.csv", "books/导出.csv"),
        ("公务接待登记.csv", "registers/公务接待登记.csv"),
        ("上年决算.pdf", "prior/上年决算.pdf"),
        ("department.toml", "department.toml"),
        ("package.json", "prior/package.json"),
        ("照片.png", ""),
    ] {
        assert_eq!(place(sent), to, "{sent}");
    }
}

#[test]
fn a_whole_folder_keeps_its_order_whatever_lies_around_it() {
    let made =
        places("2023", &["甲局/books/凭证.csv", "甲局/narrative.toml", "甲局/units/乙所/narrative.toml", ".DS_Store"]);
    let to: Vec<&str> = made.iter().map(|(_, to)| to.as_str()).collect();
    assert_eq!(to, ["books/凭证.csv", "narrative.toml", "units/乙所/narrative.toml"]);
}

#[test]
fn of_an_output_of_last_year_only_the_packages_are_taken() {
    let paths = [
        "成品/manifest.json",
        "成品/package.json",
        "成品/决算.docx",
        "成品/site/index.html",
        "成品/units/乙所/package.json",
    ];
    let to: Vec<String> = places("上年", &paths).into_iter().map(|(_, to)| to).collect();
    assert_eq!(to, ["prior/package.json", "prior/乙所/package.json"]);
}

#[test]
fn a_person_may_say_where_a_file_belongs() {
    let sent = Memory::file("导出.csv", "a,b\n");
    let arranged = arrange(&sent, Some("budget"), &Memory::folder("部门"), &catalog()).unwrap();
    assert_eq!(arranged, [("导出.csv".to_owned(), Arrival::At("budget/导出.csv".to_owned()))]);
    let arranged = arrange(&sent, Some(""), &Memory::folder("部门"), &catalog()).unwrap();
    assert_eq!(arranged, [("导出.csv".to_owned(), Arrival::At("导出.csv".to_owned()))]);
}

#[test]
fn workbooks_are_known_by_their_sheets_whatever_they_are_called() {
    let catalog = catalog();
    let answers = Answers { name: "甲局".to_owned(), year: 2024, variant: "hubei".to_owned(), ..Answers::default() };
    let begun = prepare::begin(&answers, Entry::Workbook, &catalog).unwrap();
    let sent = Memory::file("我的表.xlsx", begun.files["填报表.xlsx"].clone());
    let empty = Memory::folder("部门");
    assert_eq!(arrange(&sent, None, &empty, &catalog).unwrap()[0].1, Arrival::At("我的表.xlsx".to_owned()));

    let one = Given { unit: String::new(), code: r#"{"text":"说明"}"#.to_owned(), text: "没有".to_owned() };
    let filled = fill(&empty, &Listed::default(), std::slice::from_ref(&one), &catalog).unwrap();
    let sent = Memory::file("清单 (2).xlsx", filled.bytes);
    assert_eq!(arrange(&sent, None, &empty, &catalog).unwrap()[0].1, Arrival::Answers(vec![one]));
}
