//! Heads that somebody has told column by column, and kinds that no name of a file tells.

use juesuan_catalog::Catalog;
use juesuan_inputs::columns::{Choice, chosen, kinds, look};
use juesuan_inputs::mapping;
use juesuan_inputs::seen::KnownBy;
use juesuan_model::Dimension::Item;
use juesuan_model::Gravity::Doubt;
use juesuan_read::Memory;

use crate::folder::{ONE, OPENING_HEAD, Outcome, read};

const PROFILE: &str = "name = \"甲局\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"区\"\n";
/// Words that nobody uses; income 30.00 and expense 20.50 + 9.50.
const STRANGE: &str = "甲局的账,,,,,,,,\n业务日,单号,核算对象,类款项,款级,用途类别,钱从哪来,收方数,付方数\n\
    2023-05-01,1,8001,,,,,30,\n2023-05-01,1,6001,2010301,,,一般公共预算,,30\n\
    2023-05-02,2,7101,2010301,30201,基本支出,一般公共预算,20.5,\n2023-05-02,2,7101,2010301,30202,基本支出,一般公共预算,9.5,\n\
    2023-05-02,2,8001,,,,,,30\n合计,,,,,,,60,60\n";
const KEYS: [&str; 9] = ["date", "voucher", "account", "function", "economic", "nature", "fund", "debit", "credit"];

fn right(out: &Outcome) {
    assert!(out.problems.is_empty(), "{:#?}", out.problems);
    assert_eq!((out.fen(&[(Item, "收入")]), out.fen(&[(Item, "支出")])), (Some(3_000), Some(3_000)));
}

fn with(files: &[(&str, &str)]) -> Outcome {
    let mut all = vec![("books/年初余额.csv", OPENING_HEAD.as_bytes())];
    all.extend(files.iter().map(|(name, text)| (*name, text.as_bytes())));
    read(ONE, &all)
}

fn folder(path: &str, text: &str) -> Memory {
    let mut folder = Memory::folder("甲局");
    folder.put("department.toml", format!("{PROFILE}{ONE}"));
    folder.put(path, text);
    folder
}

fn choice(kind: &str, head: (usize, usize), keys: &[&str]) -> Choice {
    Choice {
        kind: kind.to_owned(),
        head,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..Choice::default()
    }
}

#[test]
fn what_somebody_chose_for_a_file_is_what_all_readers_read_and_holds_for_the_next_with_the_same_head() {
    let catalog = Catalog::load(&[]).unwrap();
    let (path, folder) = ("books/导出一月.csv", folder("books/导出一月.csv", STRANGE));
    let before = look(&folder, path, None, &catalog).unwrap();
    assert_eq!((before.tables[0].kind.as_ref(), before.tables[0].head), (None, (1, 2)));
    let text = chosen(&folder, path, &choice("vouchers", (1, 2), &KEYS), &catalog).unwrap().unwrap();
    let after = look(&folder, path, Some(&text), &catalog).unwrap();
    assert_eq!(after.problems, []);
    let table = &after.tables[0];
    assert_eq!(table.kind, Some(("vouchers".to_owned(), KnownBy::Told)));
    let counts = table.counts.unwrap();
    assert_eq!((counts.read, counts.sums, counts.unread), (5, 1, 0));
    assert_eq!(table.amounts, [("debit".to_owned(), 6_000), ("credit".to_owned(), 6_000)]);
    right(&with(&[("books/导出一月.csv", STRANGE), (mapping::FILE, &text)]));
    // Neither the title above nor the name of the file belongs to the head.
    let next = STRANGE.replace("甲局的账,,,,,,,,\n", "");
    right(&with(&[("books/随便.csv", &next), ("mapping.toml", &text)]));
}

#[test]
fn what_somebody_chose_comes_before_the_name_of_the_file_and_the_words_of_columns() {
    let catalog = Catalog::load(&[]).unwrap();
    let lines = "科目编码,功能分类,资金性质,经济分类,支出性质,期初余额,借方,贷方\n\
        6001,2010301,一般公共预算,,,0,,30\n7101,2010301,一般公共预算,30201,基本支出,0,30,\n";
    let (path, folder) = ("books/期初余额及发生.csv", folder("books/期初余额及发生.csv", lines));
    let before = look(&folder, path, None, &catalog).unwrap();
    assert_eq!(before.tables[0].kind, Some(("opening".to_owned(), KnownBy::Name)));
    let keys = ["account", "function", "fund", "economic", "nature", "", "debit", "credit"];
    let text = chosen(&folder, path, &choice("balances", (0, 1), &keys), &catalog).unwrap().unwrap();
    right(&with(&[(path, lines), (mapping::FILE, &text)]));
    // Without keys the words of the columns say what they are.
    let by_words = chosen(&folder, path, &choice("balances", (0, 1), &[]), &catalog).unwrap().unwrap();
    assert_eq!(by_words, text);
    let none = keys.map(|key| if key == "fund" { "" } else { key });
    let text = chosen(&folder, path, &choice("balances", (0, 1), &none), &catalog).unwrap().unwrap();
    let out = with(&[(path, lines), (mapping::FILE, &text)]);
    assert!(out.problems.iter().any(|problem| problem.message.contains("缺少资金性质")), "{:#?}", out.problems);
}

#[test]
fn a_file_whose_name_says_nothing_is_what_its_head_alone_can_be() {
    let lines = "日期,凭证号,科目编码,功能分类,经济分类,支出性质,资金性质,借方,贷方\n2023-05-01,1,8001,,,,,30,\n\
        2023-05-01,1,6001,2010301,,,一般公共预算,,30\n2023-05-02,2,7101,2010301,30201,基本支出,一般公共预算,30,\n\
        2023-05-02,2,8001,,,,,,30\n";
    right(&with(&[("books/导出20240105.csv", lines)]));
    // It could be of two kinds: nobody guesses.
    let both = "科目编码,功能分类,资金性质,期初余额,借方,贷方\n6001,2010301,一般公共预算,0,,30\n";
    let out = with(&[("books/导出20240105.csv", both)]);
    assert_eq!(out.problem("文件名看不出是凭证、余额还是年初余额").2, Doubt);
}

#[test]
fn a_column_that_holds_several_things_may_stand_under_any_head() {
    let catalog = Catalog::load(&[]).unwrap();
    let of = |code: &str| format!("功能分类：2010301/部门经济分类：{code}/支出性质：基本支出/资金性质：一般公共预算");
    let lines = format!(
        "日期,凭证号,科目编码,核算内容,借方,贷方\n2023-05-01,1,8001,,30,\n2023-05-01,1,6001,{},,30\n\
         2023-05-02,2,7101,{},30,\n2023-05-02,2,8001,,,30\n",
        of(""),
        of("30201")
    );
    let (path, folder) = ("books/凭证.csv", folder("books/凭证.csv", &lines));
    let keys = ["date", "voucher", "account", mapping::DETAILS, "debit", "credit"];
    let text = chosen(&folder, path, &choice("vouchers", (0, 1), &keys), &catalog).unwrap().unwrap();
    right(&with(&[(path, &lines), (mapping::FILE, &text)]));
    let table = look(&folder, path, Some(&text), &catalog).unwrap().tables.remove(0);
    assert_eq!(table.columns[3].key.as_deref(), Some(mapping::DETAILS));
    assert!(table.beside.contains(&"function".to_owned()), "{table:?}");
}

#[test]
fn a_table_of_another_folder_is_told_in_the_same_way() {
    let catalog = Catalog::load(&[]).unwrap();
    let lines = "接待日,批次来源,来访人数,花费\n2023-05-01,国内,8,960\n2023-06-01,国内,5,约四百\n合计,,13,960\n";
    let path = "registers/来客.csv";
    let folder = folder(path, lines);
    assert_eq!(kinds("registers/来客.pdf", &catalog).len(), 0);
    let before = look(&folder, path, None, &catalog).unwrap();
    assert_eq!((before.tables[0].kind.as_ref(), before.tables[0].head), (None, (0, 1)));
    let keys = ["date", "kind", "persons", "amount"];
    let text = chosen(&folder, path, &choice("receptions", (0, 1), &keys), &catalog).unwrap().unwrap();
    let after = look(&folder, path, Some(&text), &catalog).unwrap();
    let counts = after.tables[0].counts.unwrap();
    assert_eq!((counts.read, counts.unread, counts.notes), (1, 1, 1), "{after:#?}");
    assert_eq!(after.tables[0].amounts, [("amount".to_owned(), 96_000)]);
    let inputs = {
        let mut folder = folder;
        folder.put(mapping::FILE, text);
        juesuan_inputs::read(&folder, &catalog).unwrap()
    };
    assert_eq!(inputs.records["receptions"].len(), 1, "the whole folder reads it in the same way");
}

#[test]
fn a_choice_for_a_table_that_has_changed_is_not_taken() {
    let catalog = Catalog::load(&[]).unwrap();
    let folder = folder("books/凭证.csv", STRANGE);
    let taken = |choice: &Choice| chosen(&folder, "books/凭证.csv", choice, &catalog).unwrap();
    assert_eq!(taken(&choice("vouchers", (1, 2), &KEYS[1..])), None, "a column less");
    assert_eq!(taken(&choice("vouchers", (40, 41), &KEYS)), None, "no such row");
    assert_eq!(taken(&Choice { sheet: "一月".to_owned(), ..choice("vouchers", (1, 2), &KEYS) }), None);
}
