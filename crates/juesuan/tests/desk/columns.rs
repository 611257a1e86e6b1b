//! Columns of uploaded books: what was recognised, and the choice that says otherwise.

use crate::asked::{Answer, BOUNDARY, multipart};
use crate::desk::{Place, Visitor, Window, between};

/// A name for each column of the books below that no system uses.
pub const HEAD: &str = "业务日,单号,用途,核算对象,类款项,款级,用途类别,钱从哪来,收方数,付方数\r\n";
/// What they are.
pub const KEYS: [&str; 10] =
    ["date", "voucher", "", "account", "function", "economic", "nature", "fund", "debit", "credit"];

/// Books of a month with such a head, as a system of today writes them: GBK. Debit and credit 3,000.00 each.
pub fn month(number: u32) -> Vec<u8> {
    let row =
        |account: &str, more: &str| format!("2024-{number:02}-09,记-{number},付电费,{account},2130101,{more}\r\n");
    let rows = row("7101 行政支出", "30206,基本支出,一般公共预算,3000.00,")
        + &row("6001 财政拨款预算收入", ",基本支出,一般公共预算,,3000.00");
    encoding_rs::GBK.encode(&format!("{HEAD}{rows}合计,,,,,,,,3000,3000\r\n")).0.into_owned()
}

/// A department with one unit.
pub const DEPARTMENT: &str = "name = \"青禾县茶业局\"\nyear = 2024\nvariant = \"hubei\"\nlevel = \"县\"\n\n\
    [[unit]]\nname = \"青禾县茶业局本级\"\nkind = \"行政\"\nheadquarters = true\n";

/// Sends files to a folder, or for a new one.
pub fn send(visitor: &Visitor, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let all = [&[("csrf", visitor.csrf.as_str())], fields].concat();
    visitor.ask(path, &format!("multipart/form-data; boundary={BOUNDARY}"), multipart(&all, files)).send(visitor.port)
}

/// Begins a folder with these files; its address.
pub fn begin(visitor: &Visitor, files: &[(&str, &[u8])]) -> String {
    let all = [&[("甲/department.toml", DEPARTMENT.as_bytes())], files].concat();
    let answer = send(visitor, "/make/new", &[("from", "filled")], &all);
    let to = if answer.status == 200 {
        between(&answer.text(), "<a href=\"/make/", "\"").to_owned()
    } else {
        answer.leads()
    };
    let number = to.trim_start_matches("/make/").split('/').next().unwrap();
    format!("/make/{number}")
}

fn address(folder: &str, file: &str) -> String {
    let file: String = file.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{folder}/columns?file={file}")
}

/// The fields of a form as it stands on the page, but for the columns.
fn fields(page: &str) -> Vec<(&'static str, String)> {
    let form = between(page, "<form class=\"assign\"", "</form>");
    let hidden = |name: &'static str| (name, between(form, &format!("name=\"{name}\" value=\""), "\"").to_owned());
    ["file", "seen", "version", "sheet", "was"].map(hidden).to_vec()
}

/// Sends what somebody chose for the first table on the page.
fn choose(visitor: &Visitor, folder: &str, page: &str, chosen: &[(&str, &str)], keys: &[&str]) -> Answer {
    let own = fields(page);
    let mut all: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(chosen);
    all.extend(keys.iter().map(|key| ("c", *key)));
    visitor.post(&format!("{folder}/columns"), &all)
}

const AS_VOUCHERS: [(&str, &str); 3] = [("kind", "vouchers"), ("top", "0"), ("last", "0")];

fn entered() -> (Place, Window, Visitor) {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    (place, window, visitor)
}

#[test]
fn unknown_columns_are_assigned_once_and_the_file_of_the_next_month_is_read_without_asking() {
    let (_place, _window, visitor) = entered();
    let folder = begin(&visitor, &[]);
    let files = format!("{folder}/files");
    let told = send(&visitor, &files, &[("wish", "books")], &[("凭证1月.csv", &month(1))]).is(200).text();
    assert!(told.contains("看认出了什么、指定各列"), "{told}");
    let own = address(&folder, "books/凭证1月.csv");
    let lacks = visitor.get(&folder).is(200).text();
    assert!(lacks.contains("看这个文件的列"), "{lacks}");
    let page = visitor.get(&own).is(200).tells("没有认出来的列").tells("缺少必需的列").tells("类款项").text();

    // Looked at, nothing is saved; what was not told is nothing.
    let looked = choose(&visitor, &folder, &page, &[&AS_VOUCHERS[..], &[("do", "look")]].concat(), &KEYS);
    looked.is(200).tells("还没有保存").tells("读到 2 行").tells("借方金额合计 3000.00 元、贷方金额合计 3000.00 元");
    assert!(!visitor.get(&files).is(200).text().contains("download>mapping.toml<"), "nothing is saved");

    let saved = choose(&visitor, &folder, &page, &[&AS_VOUCHERS[..], &[("do", "save")]].concat(), &KEYS).leads();
    visitor.get(&saved).is(200).tells("已保存").tells("按保存过的对照读").tells("读到 2 行").tells("合计、余额 1 行");
    let after = visitor.get(&folder).is(200).text();
    assert!(!after.contains("看这个文件的列"), "{after}");

    let next = send(&visitor, &files, &[("wish", "books")], &[("导出2.csv", &month(2))]);
    assert!(next.status == 303 || !next.text().contains("有读不了的地方"), "{}", next.text());
    visitor.get(&address(&folder, "books/导出2.csv")).is(200).tells("按保存过的对照读").tells("读到 2 行");

    visitor.post(&format!("{folder}/undo"), &[]).leads();
    visitor.post(&format!("{folder}/undo"), &[]).leads();
    visitor.get(&own).is(200).tells("缺少必需的列");
}

#[test]
fn a_choice_that_comes_after_another_one_is_told_and_saves_nothing() {
    let (_place, _window, visitor) = entered();
    let folder = begin(&visitor, &[("甲/books/凭证1月.csv", &month(1))]);
    let page = visitor.get(&address(&folder, "books/凭证1月.csv")).is(200).text();
    let save = |keys: &[&str]| choose(&visitor, &folder, &page, &[&AS_VOUCHERS[..], &[("do", "save")]].concat(), keys);
    save(&KEYS).leads();
    save(&[""; 10]).is(409).tells("mapping.toml");
    visitor.get(&address(&folder, "books/凭证1月.csv")).is(200).tells("读到 2 行");
    // The file itself was replaced meanwhile: the columns may be others.
    let page = visitor.get(&address(&folder, "books/凭证1月.csv")).is(200).text();
    let files = format!("{folder}/files");
    send(&visitor, &files, &[("wish", "books")], &[("凭证1月.csv", "日期,凭证号\r\n".as_bytes())]);
    choose(&visitor, &folder, &page, &[&AS_VOUCHERS[..], &[("do", "save")]].concat(), &KEYS).is(409);
}

#[test]
fn another_kind_or_another_head_asks_what_its_columns_are_anew() {
    let (_place, _window, visitor) = entered();
    let lines = "甲,,,\r\n科目编码,功能分类,资金性质,期初余额,借方,贷方\r\n6001,2130101,一般公共预算,0,,30\r\n";
    let folder = begin(&visitor, &[("甲/books/期初余额及发生.csv", lines.as_bytes())]);
    let own = address(&folder, "books/期初余额及发生.csv");
    let page = visitor.get(&own).is(200).tells("按文件名认的种类").text();
    let balances = [("kind", "balances"), ("top", "1"), ("last", "1"), ("do", "look")];
    let looked = choose(&visitor, &folder, &page, &balances, &["account"; 6]).is(200).text();
    let form = between(&looked, "<form class=\"assign\"", "</form>");
    assert!(form.contains("<option value=\"debit\" selected>") && form.contains("读到 1 行"), "{form}");
    assert!(!form.contains("缺少必需的列"), "{form}");
}

#[test]
fn sheets_with_the_same_head_are_assigned_together_and_each_is_told() {
    let (_place, _window, visitor) = entered();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for number in [1, 2, 3] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("{number}月")).unwrap();
        let text = encoding_rs::GBK.decode(&month(number)).0.into_owned();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell).unwrap();
            }
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let folder = begin(&visitor, &[("甲/books/明细账.xlsx", &bytes)]);
    let page = visitor.get(&address(&folder, "books/明细账.xlsx")).is(200).tells("表头相同的 3 张工作表").text();
    assert_eq!(page.matches("<form class=\"assign\"").count(), 1);
    let saved = choose(&visitor, &folder, &page, &[&AS_VOUCHERS[..], &[("do", "save")]].concat(), &KEYS).leads();
    let page = visitor.get(&saved).is(200).text();
    assert_eq!(page.matches("读到 2 行，借方金额合计 3000.00 元").count(), 3, "{page}");
}

#[test]
fn what_stands_in_cells_is_shown_as_text_and_bounded_and_other_files_have_no_such_page() {
    let (_place, _window, visitor) = entered();
    let long = "很长".repeat(500);
    let wide = vec!["列"; 300].join(",");
    let lines = format!("<script>alert(1)</script>,日期,凭证号,{wide}\r\n{long},2024-01-01,1\r\n");
    let folder = begin(&visitor, &[("甲/books/凭证.csv", lines.as_bytes()), ("甲/narrative.toml", b"")]);
    let page = visitor.get(&address(&folder, "books/凭证.csv")).is(200).text();
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;"), "{page}");
    assert!(!page.contains(long.get(..600).unwrap()), "cells are cut");
    assert_eq!(page.matches("name=\"c\"").count(), 60, "columns are bounded");
    for file in ["narrative.toml", "books/没有.csv", "../etc/passwd", "department.toml"] {
        visitor.get(&address(&folder, file)).is(404);
    }
    let strange = [("kind", "receptions"), ("top", "0"), ("last", "0"), ("do", "save")];
    choose(&visitor, &folder, &page, &strange, &[]).is(422);
    visitor.asking(&format!("{folder}/columns"), &[("file", "books/凭证.csv")]).send(visitor.port).is(403);
}
