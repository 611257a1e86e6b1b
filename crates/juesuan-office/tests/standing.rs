//! How far a folder is, and answers given outside the workbook of the list.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::path::Path;

use juesuan_catalog::Catalog;
use juesuan_compose::Tail;
use juesuan_inputs::scaffold::Answers;
use juesuan_model::Need;
use juesuan_office::list::{Filled, Given, Item, fill, refused};
use juesuan_office::prepare::{self, Entry};
use juesuan_office::{Error, Format, Job, Order, Standing, Tree, compile, standing};
use juesuan_read::files::{FileKind, content, joined};
use juesuan_read::{Disk, Files, Memory};
use juesuan_write::AskCell;

fn catalog() -> Catalog {
    Catalog::load(&[]).unwrap()
}

/// An example but for the files that `left_out` names.
fn example(name: &str, left_out: &[&str]) -> Memory {
    let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name));
    let mut folder = Memory::folder(name);
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        for entry in disk.list(&path).unwrap() {
            let below = joined(&path, &entry.name);
            match entry.kind {
                FileKind::Folder => open.push(below),
                _ if left_out.contains(&below.as_str()) => {}
                _ => folder.put(&below, content(&disk, &below).unwrap()),
            }
        }
    }
    folder
}

fn of(folder: &Memory, catalog: &Catalog) -> Standing {
    standing(folder, catalog, Job::default()).unwrap()
}

fn item<'s>(standing: &'s Standing, code: &str) -> &'s Item {
    standing.listed.items.iter().find(|item| item.code == code).unwrap_or_else(|| panic!("{code} is not in the list"))
}

/// The folder with these answers to its own documents.
fn answered(mut folder: Memory, given: &[(&str, &str)], catalog: &Catalog) -> (Memory, Filled) {
    let given = given.iter().map(|(code, text)| Given {
        unit: String::new(),
        code: (*code).to_owned(),
        text: (*text).to_owned(),
    });
    let given: Vec<Given> = given.collect();
    let filled = fill(&folder, &of(&folder, catalog).listed, &given, catalog).unwrap();
    folder.put(&filled.path, filled.bytes.clone());
    (folder, filled)
}

const CAUSE: &str = r#"{"cause":"收支总计.上年"}"#;

#[test]
fn a_folder_that_is_complete_has_judged_what_applies_and_asks_for_nothing_that_must_be_there() {
    let standing = of(&example("zengdu-2023", &[]), &catalog());
    assert_eq!((standing.is_stopped, standing.musts(), standing.errors), (false, 0, 0));
    assert_eq!(standing.entity().year, 2023);
    let judged = standing.judged();
    assert!(judged.done > 100 && judged.done <= judged.of, "{judged:?}");
    assert!(standing.reading.iter().any(|line| line.contains("分录")), "{:?}", standing.reading);
}

#[test]
fn an_answer_given_outside_the_workbook_is_read_like_one_in_it_and_can_be_taken_back() {
    let catalog = catalog();
    let folder = example("zengdu-2023", &["narrative.toml"]);
    let before = of(&folder, &catalog);
    assert!(before.musts() > 1 && item(&before, CAUSE).need == Some(Need::Must) && !before.is_publishable());
    let asked = before.answered();

    let (folder, filled) = answered(folder, &[(CAUSE, " 人员增加，“三保”支出上升 ")], &catalog);
    assert_eq!((filled.path.as_str(), filled.replaced.len()), ("待填清单.xlsx", 0));
    let after = of(&folder, &catalog);
    let own = item(&after, CAUSE);
    assert_eq!((own.need, own.answer.as_str()), (None, "人员增加，“三保”支出上升"));
    assert_eq!(own.place, item(&before, CAUSE).place, "where it stands is known of an answered question too");
    assert_eq!(after.musts(), before.musts() - 1);
    assert_eq!((after.answered().done, after.answered().of), (asked.done + 1, asked.of));

    let (folder, _) = answered(folder, &[(CAUSE, "")], &catalog);
    let back = of(&folder, &catalog);
    assert_eq!((item(&back, CAUSE).need, back.musts()), (Some(Need::Must), before.musts()));
}

#[test]
fn the_same_answers_give_the_same_bytes_and_others_stay() {
    let catalog = catalog();
    let start = || example("zengdu-2023", &["narrative.toml"]);
    let (folder, one) = answered(start(), &[(CAUSE, "甲")], &catalog);
    let (_, other) = answered(start(), &[(CAUSE, "甲")], &catalog);
    assert!(one.bytes == other.bytes, "the workbook differs");
    let standing = of(&folder, &catalog);
    let second = standing.listed.items.iter().find(|item| item.is_must()).unwrap().code.clone();
    let (folder, _) = answered(folder, &[(&second, "乙")], &catalog);
    let standing = of(&folder, &catalog);
    assert_eq!((item(&standing, CAUSE).answer.as_str(), item(&standing, &second).answer.as_str()), ("甲", "乙"));
}

#[test]
fn an_answer_to_what_nobody_asks_any_more_is_kept() {
    let catalog = catalog();
    let strange = r#"{"text":"没有这个名称"}"#;
    let (folder, _) = answered(example("zengdu-2023", &[]), &[(strange, "留着")], &catalog);
    let (folder, _) = answered(folder, &[(CAUSE, "甲")], &catalog);
    assert_eq!(item(&of(&folder, &catalog), strange).answer, "留着");
}

#[test]
fn what_could_not_be_read_in_a_list_stays_there_until_somebody_mends_it() {
    let catalog = catalog();
    let prior = r#"{"amount":{"item":"支出","year":"2022"}}"#;
    // Written as it was typed: the list itself takes any text.
    let (folder, _) = answered(example("zengdu-2023", &["narrative.toml"]), &[(prior, "约三万")], &catalog);
    let stopped = of(&folder, &catalog);
    assert!(stopped.is_stopped && stopped.problems.iter().any(|problem| problem.message.contains("约三万")));
    let (folder, _) = answered(folder, &[(CAUSE, "甲")], &catalog);
    let still = of(&folder, &catalog);
    assert_eq!(item(&still, prior).answer, "约三万");
    let (folder, _) = answered(folder, &[(prior, "￥30,000元")], &catalog);
    let mended = of(&folder, &catalog);
    assert!(!mended.is_stopped, "{:?}", mended.problems);
    assert_eq!(item(&mended, prior).answer, "30000");
}

#[test]
fn a_list_under_another_name_goes_when_its_answers_stand_in_the_new_one() {
    let catalog = catalog();
    let mut folder = example("zengdu-2023", &["narrative.toml"]);
    let (_, filled) = answered(folder.clone(), &[(CAUSE, "甲")], &catalog);
    folder.put("待填清单(1).xlsx", filled.bytes);
    let (_, filled) = answered(folder, &[(CAUSE, "乙")], &catalog);
    assert_eq!(filled.replaced, ["待填清单(1).xlsx"]);
}

#[test]
fn amounts_and_counts_are_taken_as_a_spreadsheet_shows_them_and_words_are_refused() {
    for amount in ["1,234.50", "￥3,000元", "-5", "", "１２"] {
        assert_eq!(refused(AskCell::Yuan, amount), None, "{amount}");
    }
    assert!(refused(AskCell::Yuan, "约三万").is_some() && refused(AskCell::Yuan, "1.234").is_some());
    assert!(refused(AskCell::Count, "3.5").is_some() && refused(AskCell::Count, "12").is_none());
    assert_eq!(refused(AskCell::Text, "随便"), None);
}

fn answers() -> Answers {
    Answers {
        name: "青禾县茶业局".to_owned(),
        year: 2024,
        variant: "湖北".to_owned(),
        level: "县".to_owned(),
        ..Answers::default()
    }
}

#[test]
fn a_folder_begun_in_memory_holds_what_is_written_on_a_disk_and_says_what_it_lacks() {
    let catalog = catalog();
    let root = std::env::temp_dir().join(format!("juesuan-office-{}-begin", std::process::id()));
    for entry in [Entry::Workbook, Entry::Folder] {
        let begun = prepare::begin(&answers(), entry, &catalog).unwrap();
        let _ = std::fs::remove_dir_all(&root);
        let made = prepare::new(&root, &answers(), entry, &catalog).unwrap();
        assert_eq!(made.len(), begun.files.len());
        for path in made {
            let relative = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            assert!(std::fs::read(&path).unwrap() == begun.files[&relative], "{relative}");
        }
    }
    std::fs::remove_dir_all(&root).unwrap();
    let mut folder = Memory::folder("茶业局");
    for (path, bytes) in prepare::begin(&answers(), Entry::Workbook, &catalog).unwrap().files {
        folder.put(&path, bytes);
    }
    let standing = of(&folder, &catalog);
    assert!(standing.is_stopped, "there are no books yet");
    assert_eq!((standing.entity().name.as_str(), standing.entity().variant.as_str()), ("青禾县茶业局", "hubei"));
    assert!(standing.listed.items.iter().any(|item| item.code == CAUSE && item.need == Some(Need::IfChanged)));
}

#[test]
fn a_folder_that_follows_last_year_takes_name_year_variant_and_units_from_its_package() {
    let catalog = catalog();
    let output = Tree::default();
    let order = Order { tail: Tail::Keep, formats: &[Format::Json, Format::Html], fonts: &[] };
    compile(&example("consolidated", &[]), &order, &output, &catalog, Job::default()).unwrap();
    let output = output.into_files();
    let last = juesuan_read::package::read("package.json", &output["package.json"]).unwrap();
    let mut folder = Memory::folder("部门");
    folder.put("prior/package.json", output["package.json"].clone());
    let answers = prepare::follow(&folder, &catalog, Job::default()).unwrap().unwrap();
    assert_eq!((answers.name.as_str(), answers.year), (last.entity.name.as_str(), last.entity.year + 1));
    assert_eq!(
        (answers.variant.as_str(), answers.level.as_str()),
        (last.entity.variant.as_str(), last.entity.level.as_str())
    );
    assert!(answers.units.len() > 1 && answers.units == last.entity.units);
    for (path, bytes) in prepare::begin(&answers, Entry::Workbook, &catalog).unwrap().files {
        folder.put(&path, bytes);
    }
    let begun = of(&folder, &catalog);
    assert_eq!(begun.entity().units, last.entity.units, "{:?}", begun.problems);

    let mut published = Memory::folder("部门");
    published.put("prior/决算.html", output["site/index.html"].clone());
    let answers = prepare::follow(&published, &catalog, Job::default()).unwrap().unwrap();
    assert_eq!((answers.name.as_str(), answers.year), (last.entity.name.as_str(), last.entity.year + 1));
    assert_eq!(prepare::follow(&Memory::folder("空"), &catalog, Job::default()).unwrap(), None);
}

#[test]
fn what_is_no_workbook_of_the_software_is_refused_with_the_reason() {
    let folder = example("putuo-planning-2024", &[]);
    let refused = prepare::import_into(&folder, "通知.txt", "关于开会的通知".as_bytes(), &catalog());
    assert!(matches!(refused, Err(Error::Inputs(problems)) if !problems.is_empty()));
}
