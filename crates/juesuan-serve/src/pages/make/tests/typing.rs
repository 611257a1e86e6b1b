//! A table while it is typed: judged, weighed, saved by two at once, brought back.

use std::collections::BTreeMap;

use juesuan_compose::Tail;
use juesuan_office::{Job, Order, Tree};
use juesuan_store::FolderId;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::*;
use crate::folders::Opened;
use crate::stored::Stored;

const KEY: &str = "three-public-budget";
const FILE: &str = "budget/三公经费预算.csv";

/// The fields of a table with these rows.
fn fields<'f>(file: &'f str, version: &'f str, cells: &[&'f str]) -> Vec<(&'f str, &'f str)> {
    [("file", file), ("version", version)].into_iter().chain(cells.iter().map(|cell| ("c", *cell))).collect()
}

/// The table of the example, which has five columns with that of the unit.
const ROWS: [[&str; 5]; 4] = [
    ["2023", "全年预算", "因公出国（境）费", "63290.00", ""],
    ["2023", "全年预算", "公务用车购置费", "0.00", ""],
    ["2023", "全年预算", "公务用车运行维护费", "480000.00", ""],
    ["2023", "全年预算", "公务接待费", "0.00", ""],
];

fn with<'c>(rows: &[[&'c str; 5]], changes: &[(usize, usize, &'c str)]) -> Vec<&'c str> {
    let mut cells = rows.concat();
    for (row, column, text) in changes {
        cells[row * 5 + column] = text;
    }
    cells
}

async fn asked(window: &Window, sheet: &str, cells: &[&str]) -> Value {
    let answer = window.post(&format!("{sheet}/judged"), &fields(FILE, "1", cells)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.headers["content-type"], "application/json");
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_judged_at_its_cells_by_what_reads_it_when_it_is_saved() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let sheet = format!("{folder}/sheets/{KEY}");
    window.get(&sheet).await.says(&["上年决算", "209700", "data-address"]);
    let right = asked(&window, &sheet, &with(&ROWS, &[])).await;
    assert_eq!((&right["marks"], &right["others"]), (&json!([]), &json!([])), "{right}");
    let cells = with(&ROWS, &[(0, 3, "约三万"), (1, 1, "全年"), (2, 0, ""), (3, 3, "１，２３４．５０")]);
    let told = asked(&window, &sheet, &cells).await;
    let marks = told["marks"].as_array().unwrap();
    let at: Vec<(u64, u64)> =
        marks.iter().map(|mark| (mark["row"].as_u64().unwrap(), mark["column"].as_u64().unwrap())).collect();
    assert_eq!(at, [(0, 3), (1, 1), (2, 0)], "{told}");
    assert!(marks[0]["message"].as_str().unwrap().contains("“约三万”不是金额"), "{told}");
    let then = told["then"].as_array().unwrap();
    assert!(then.iter().any(|one| one["row"] == json!(3) && one["says"] == json!("上年决算")), "{told}");
    window.get(&sheet).await.says(&["name=\"version\" value=\"1\""]);

    let saved = window.post(&sheet, &fields(FILE, "1", &cells)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = window.get(saved.leads()).await;
    page.says(&["aria-invalid=\"true\"", "aria-describedby=\"wrong-1\"", "id=\"wrong-3\""]);
    for mark in marks {
        let message = mark["message"].as_str().unwrap();
        page.says(&[message]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_cell_is_told_with_its_relations_and_nothing_is_kept() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let sheet = format!("{folder}/sheets/{KEY}");
    let at = |cells: &[&'static str], row: &'static str| {
        [fields(FILE, "1", cells), vec![("row", row), ("column", "3")]].concat()
    };
    let address = format!("{sheet}/weighed");
    let told = window.post(&address, &at(&with(&ROWS, &[(3, 3, "20000")]), "3")).await;
    told.says(&["已核对的关系", "第4行 金额", "公务接待费", "与存着的相比，印得不同的数", "2.00万元"]);
    told.says(&["class=\"s "]);
    let same = window.post(&address, &at(&with(&ROWS, &[]), "0")).await;
    same.says(&["第1行 金额", "因公出国（境）费"]);
    says_not(&same, "印得不同");
    let wrong = window.post(&address, &at(&with(&ROWS, &[(3, 3, "约三万")]), "3")).await;
    wrong.says(&["输入有错误，不能编制"]);
    window.get(&sheet).await.says(&["name=\"version\" value=\"1\"", "value=\"0.00\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_later_of_two_saves_takes_over_what_the_other_changed_and_shows_where_both_did() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let sheet = format!("{folder}/sheets/{KEY}");
    let first = window.post(&sheet, &fields(FILE, "1", &with(&ROWS, &[(0, 3, "1"), (1, 3, "2")]))).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    let late = window.post(&sheet, &fields(FILE, "1", &with(&ROWS, &[(0, 3, "100"), (2, 3, "300")]))).await;
    let both =
        ["没有保存", "<td>1</td><td>100</td>", "<td>480000.00</td><td>300</td>", "两边都改过、改得不一样的有 1 格"];
    told(&late, StatusCode::CONFLICT, &both);
    told(
        &late,
        StatusCode::CONFLICT,
        &["name=\"version\" value=\"2\"", "value=\"2\" aria-label=\"第2行 金额\"", "torn"],
    );
    says_not(&window.get(&sheet).await, "value=\"300\"");
    // What was shown may be saved.
    let again = with(&ROWS, &[(0, 3, "100"), (1, 3, "2"), (2, 3, "300")]);
    let saved = window.post(&sheet, &fields(FILE, "2", &again)).await;
    window.get(saved.leads()).await.says(&["value=\"100\"", "value=\"2\"", "value=\"300\""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_show_what_was_changed_and_lead_back() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let sheet = format!("{folder}/sheets/{KEY}");
    window.post(&sheet, &fields(FILE, "1", &with(&ROWS, &[(0, 3, "77")]))).await;
    let page = window.get(&sheet).await;
    let versions =
        behind(page.text(), "<a href=\"/make/1/sheets/three-public-budget/versions", '"').replace("&#38;", "&");
    let page = window.get(&format!("{sheet}/versions{versions}")).await;
    page.says(&["第2版（现在）", "<td>63290.00</td><td>77</td>", "恢复成第1版"]);
    says_not(&page, "恢复成第2版");
    let back = |version, to| [("file", FILE), ("version", version), ("to", to)];
    let late = window.post(&format!("{sheet}/back"), &back("1", "1")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let done = window.post(&format!("{sheet}/back"), &back("2", "1")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    window.get(done.leads()).await.says(&["value=\"63290.00\"", "name=\"version\" value=\"3\""]);
}

/// The rows of CSV files of the example as sheets of one workbook.
fn workbook() -> Vec<u8> {
    let files: BTreeMap<String, Vec<u8>> = example("zengdu-2023", &[]).into_iter().collect();
    let mut book = Workbook::new();
    for (sheet, path) in [("三公经费预算", FILE), ("预算指标", "budget/预算指标.csv")] {
        let text = String::from_utf8(files[path].clone()).unwrap();
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        for (row, line) in (0u32..).zip(text.trim_start_matches('\u{feff}').lines()) {
            for (column, cell) in (0u16..).zip(line.split(',')) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The documents that the folder makes, by path: everything but the manifest, which names the inputs.
async fn documents(window: &Window) -> BTreeMap<String, Vec<u8>> {
    let opened = Opened::of(&window.desk, FolderId(1)).await.unwrap();
    let (sent, tree) = (opened.sent(), Tree::default());
    let stored = Stored::new(&sent, window.desk.store.contents());
    let order = Order { tail: Tail::Keep, formats: &[juesuan_office::Format::Json], fonts: &[] };
    juesuan_office::compile(&stored, &order, &tree, &window.desk.catalog, Job::default()).unwrap();
    let mut files = tree.into_files();
    files.retain(|path, _| path.ends_with("package.json"));
    assert!(!files.is_empty());
    files
}

/// The folder of the example, with two of its tables in the workbook for everything.
async fn begun_with_workbook(window: &Window) {
    let mut files = example("zengdu-2023", &[FILE, "budget/预算指标.csv"]);
    files.push(("填报表.xlsx".to_owned(), workbook()));
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("曾都/{path}")).collect();
    let sent: Vec<(&str, &[u8])> =
        files.iter().zip(&paths).map(|((_, bytes), path)| (path.as_str(), bytes.as_slice())).collect();
    window.send_form("/make/new", &[("from", "filled")], &sent).await;
}

/// Saves the first table of the workbook with this amount in its first row.
async fn save(window: &Window, version: &str, amount: &str) {
    let sheet = format!("/make/1/sheets/{KEY}");
    let mut cells = with(&ROWS, &[]);
    cells[3] = amount;
    let answer = window.post(&sheet, &fields("填报表.xlsx", version, &cells)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_of_the_workbook_for_everything_is_saved_in_it_and_the_others_stay() {
    let window = Window::open().await;
    begun_with_workbook(&window).await;
    let before = documents(&window).await;
    save(&window, "1", "70000").await;
    assert_ne!(documents(&window).await, before, "what was saved is read");
    save(&window, "2", "63290").await;
    assert_eq!(documents(&window).await, before, "and nothing else has changed");
    let opened = Opened::of(&window.desk, FolderId(1)).await.unwrap();
    assert!(!opened.entries.contains_key(FILE), "the table stands in one place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_another_sheet_of_the_workbook_is_none_of_this_table() {
    let window = Window::open().await;
    begun_with_workbook(&window).await;
    let sheet = format!("/make/1/sheets/{KEY}");
    window.get("/make/1/sheets").await.says(&["填报表.xlsx 三公经费预算", "填报表.xlsx 预算指标"]);
    window.get(&sheet).await.says(&["这张表在 填报表.xlsx 的“三公经费预算”里", "value=\"63290.00\""]);
    save(&window, "1", "70000").await;
    let page = window.get(&format!("{sheet}/versions?file={}", address("填报表.xlsx"))).await;
    page.says(&["<td>63290.00</td><td>70000</td>", "恢复成第1版"]);
    let other = "/make/1/sheets/budget";
    let shown = window.get(other).await;
    let values = shown.text().split("name=\"c\" value=\"").skip(1);
    let mut cells: Vec<&str> = values.map(|rest| rest.split('"').next().unwrap()).collect();
    let amount = cells.iter().position(|cell| *cell == "3794780.00").unwrap();
    cells[amount] = "3794781.00";
    let answer = window.post(other, &fields("填报表.xlsx", "2", &cells)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    // Saved over a version that was not seen, without asking: this table was the same in it.
    save(&window, "2", "63291").await;
    window.get(other).await.says(&["value=\"3794781", "name=\"version\" value=\"4\""]);
}
