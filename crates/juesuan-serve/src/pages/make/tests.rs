//! The whole way of a folder, by requests as a browser without scripts sends them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use juesuan_read::files::{FileKind, content, joined};
use juesuan_read::{Disk, Files, Zip};

mod typing;

use super::files::address;
use crate::window::{Answer, Window};
use crate::worker;

/// What stands behind `before` up to the next of these letters.
#[track_caller]
fn behind<'a>(page: &'a str, before: &str, end: char) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("{before} is not on the page:\n{page}"));
    rest.split(end).next().unwrap()
}

#[track_caller]
fn says_not(answer: &Answer, word: &str) {
    assert!(!answer.text().contains(word), "{word} is on the page:\n{}", answer.text());
}

/// The page says all of this, whatever its status.
#[track_caller]
fn told(answer: &Answer, status: StatusCode, words: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.text());
    for word in words {
        assert!(answer.text().contains(word), "{word} is not on the page:\n{}", answer.text());
    }
}

#[track_caller]
fn leads(answer: &Answer, to: &str) {
    assert_eq!((answer.status, answer.leads()), (StatusCode::SEE_OTHER, to), "{}", answer.text());
}

/// Waits for a job that a form has begun.
async fn done(window: &Window, job: &str) -> Answer {
    let worker = tokio::spawn(worker::work(Arc::clone(&window.desk)));
    for _ in 0..1_200 {
        let progress = window.get(&format!("{job}/progress")).await;
        if !progress.text().contains("data-open") {
            worker.abort();
            return progress;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("{job} does not end");
}

/// The files of an example with their paths, but for some.
fn example(name: &str, left_out: &[&str]) -> Vec<(String, Vec<u8>)> {
    let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name));
    let (mut files, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(path) = open.pop() {
        for entry in disk.list(&path).unwrap() {
            let below = joined(&path, &entry.name);
            match entry.kind {
                FileKind::Folder => open.push(below),
                _ if left_out.contains(&below.as_str()) => {}
                _ => files.push((below.clone(), content(&disk, &below).unwrap())),
            }
        }
    }
    files
}

/// A folder made of an example, as somebody drops it.
async fn begun(window: &Window, left_out: &[&str]) -> String {
    let files = example("zengdu-2023", left_out);
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("曾都/{path}")).collect();
    let sent: Vec<(&str, &[u8])> =
        files.iter().zip(&paths).map(|((_, bytes), path)| (path.as_str(), bytes.as_slice())).collect();
    let answer = window.send_form("/make/new", &[("from", "filled")], &sent).await;
    // Some files of the example are no input.
    told(&answer, StatusCode::OK, &["不认识，没有放入"]);
    format!("/make/{}", behind(answer.text(), "<li><a href=\"/make/", '"').split('/').next().unwrap())
}

const CAUSE: &str = r#"{"cause":"收支总计.上年"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_from_nothing_has_a_workbook_and_says_what_it_lacks() {
    let window = Window::open().await;
    window.get("/make").await.says(&["还没有部门年度文件夹"]);
    let fields = |name| [("from", "nothing"), ("name", name), ("year", "2024"), ("variant", "hubei"), ("level", "县")];
    let refused = window.send_form("/make/new", &fields(""), &[]).await;
    told(&refused, StatusCode::UNPROCESSABLE_ENTITY, &["请填写部门名称、年度和地区模板", "value=\"2024\""]);
    leads(&window.send_form("/make/new", &fields("青禾县<茶业>局"), &[]).await, "/make/1");
    let page = window.get("/make/1").await;
    page.says(&["青禾县&#60;茶业&#62;局", "输入有错误，改正以前不能编制", "有变动、用到才填"]);
    says_not(&page, "<茶业>");
    window.get("/make").await.says(&["2024年度", "输入有错误"]);
    window.get("/make/1/files").await.says(&["填报表.xlsx", "整个文件夹的问题"]);
    for address in ["/make/1/entry.xlsx", "/make/1/list.xlsx"] {
        assert!(window.get(address).await.bytes.starts_with(b"PK"), "{address}");
    }
    leads(&window.post("/make/1/remove", &[]).await, "/make");
    window.get("/make").await.says(&["移出列表的 1 个"]);
    assert_eq!(window.get("/make/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_saved_undone_and_never_put_over_another_one() {
    let window = Window::open().await;
    let folder = begun(&window, &["narrative.toml"]).await;
    let answers = format!("{folder}/answers");
    let said = |was, text| [("unit", ""), ("code", CAUSE), ("was", was), ("text", text)];
    let page = window.get(&folder).await;
    page.says(&["必须填", "主要原因"]);
    says_not(&page, "撤销上一次改动");

    leads(&window.post(&answers, &said("", "人员\r\n增加")).await, &folder);
    window.get(&folder).await.says(&["人员\n增加", "已填（1 项）", "撤销上一次改动"]);

    let torn = window.post(&answers, &said("", "项目增加")).await;
    told(&torn, StatusCode::CONFLICT, &["别的窗口也填了", "现在存着的是：人员\n增加", "项目增加"]);
    says_not(&window.get(&folder).await, "项目增加");

    leads(&window.post(&format!("{folder}/undo"), &[("back", "lacks")]).await, &folder);
    says_not(&window.get(&folder).await, "人员\n增加");
    window.post(&format!("{folder}/redo"), &[]).await;
    window.get(&folder).await.says(&["人员\n增加"]);
    window.get(&format!("{folder}/files")).await.says(&["撤销：待填清单.xlsx", "恢复：待填清单.xlsx"]);

    let list = window.get(&format!("{folder}/list.xlsx")).await.bytes;
    leads(&window.send_files(&format!("{folder}/files"), &[("清单.xlsx", &list)]).await, &format!("{folder}/files"));
    window.get(&folder).await.says(&["人员\n增加"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_is_none_is_refused_at_its_field_and_stays_in_it() {
    let window = Window::open().await;
    let folder = begun(&window, &["budget/三公经费预算.csv"]).await;
    let page = window.get(&folder).await;
    let (before, _) = page.text().split_once("inputmode=\"decimal\"").unwrap_or_else(|| panic!("{}", page.text()));
    let last = |name: &str| before.rsplit_once(name).unwrap().1.split('"').next().unwrap().replace("&#34;", "\"");
    let (unit, code) = (last("name=\"unit\" value=\""), last("name=\"code\" value=\""));
    let said = |text| [("unit", unit.as_str()), ("code", code.as_str()), ("was", ""), ("text", text)];
    let refused = window.post(&format!("{folder}/answers"), &said("约三万")).await;
    let words = ["value=\"约三万\"", "aria-invalid=\"true\"", "不是金额"];
    told(&refused, StatusCode::UNPROCESSABLE_ENTITY, &words);
    leads(&window.post(&format!("{folder}/answers"), &said("￥12,345.60元")).await, &folder);
    window.get(&folder).await.says(&["12345.6"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_compiled_approved_saved_and_verified() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    window.get(&folder).await.says(&["没有缺项，也没有错误"]);
    let job = window.post(&format!("{folder}/outputs"), &[]).await.leads().to_owned();
    assert!(job.starts_with("/make/jobs/"), "{job}");
    let output = format!("{folder}/outputs/1");
    done(&window, &job).await.says(&["编好了", &output]);
    let page = window.get(&output).await;
    let pdf = if cfg!(feature = "pdf") { "2023年度部门决算.pdf" } else { "没有 PDF" };
    page.says(&["成品，可以公开", "批准这一版", "的核对报告", "site/index.html", pdf]);
    let code = behind(page.text(), "<code class=\"code\">", '<').to_owned();
    let looked = window.get(&format!("{output}/look/site/index.html")).await;
    looked.says(&["assets/style.css"]);
    assert!(looked.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox "));
    let document = behind(page.text(), "<a href=\"/documents/", '"');
    window.get(&format!("/documents/{document}")).await.says(&["核对报告"]);

    let approve = format!("{output}/approve");
    let early = window.post(&approve, &[("name", " "), ("day", "2024-09-01")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    leads(&window.post(&approve, &[("name", "张局长"), ("day", "2024-09-01")]).await, &output);
    let page = window.get(&output).await;
    page.says(&["张局长 于 2024-09-01 批准"]);
    says_not(&page, "批准这一版");
    window.get("/make").await.says(&["张局长 2024-09-01 批准", "可以公开"]);

    let archive = window.get(&format!("{output}/zip")).await.bytes;
    let zip: [(&str, &[u8]); 1] = [("公开.zip", &archive)];
    let of = async |code: &str| window.send_form("/make/verify", &[("code", code)], &zip).await;
    of(&code).await.says(&["与批准的一致", "张局长"]);
    of(&code.replace(|c: char| c.is_ascii_hexdigit(), "0")).await.says(&["核对码不同"]);
    of("乱写").await.says(&["不是核对码"]);
    let zip = Zip::open("公开.zip", archive.clone()).unwrap();
    let index = [content(&zip, "site/index.html").unwrap().as_slice(), b"<!-- -->"].concat();
    let manifest = content(&zip, "manifest.json").unwrap();
    let few: [(&str, &[u8]); 3] =
        [("公开/manifest.json", &manifest), ("公开/site/index.html", &index), ("公开/多的.txt", b"x")];
    let few = window.send_form("/make/verify", &[("known", &code)], &few).await;
    few.says(&["内容改过 site/index.html", "多出 多的.txt", "缺少 package.json"]);
    window.send_files("/make/verify", &[("a.txt", b"x")]).await.says(&["里面没有 manifest.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_faults_is_not_compiled_and_says_where_to_look() {
    let window = Window::open().await;
    let fields = [("from", "nothing"), ("name", "甲局"), ("year", "2024"), ("variant", "hubei"), ("level", "县")];
    window.send_form("/make/new", &fields, &[]).await;
    let job = window.post("/make/1/outputs", &[]).await.leads().to_owned();
    done(&window, &job).await.says(&["输入有错误，没有编制"]);
    window.get("/make/1/outputs").await.says(&["还没有。"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_sent_taken_out_and_come_back() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let files = format!("{folder}/files");
    window.send_files(&files, &[("照片.png", b"x")]).await.says(&["不认识，没有放入"]);
    let sent = window.send_form(&files, &[("wish", "registers")], &[("杂项.csv", b"a,b\n")]).await;
    told(&sent, StatusCode::OK, &["有要核实的地方", "看认出了什么、指定各列"]);
    window.get(&files).await.says(&["杂项.csv", "从文件名看不出是什么"]);
    let saved = window.get(&format!("{files}/registers/{}", address("杂项.csv"))).await;
    assert_eq!(saved.bytes, b"a,b\n");
    let gone = [("path", "registers/杂项.csv"), ("version", "1")];
    leads(&window.post(&format!("{folder}/discard"), &gone).await, &files);
    says_not(&window.get(&files).await, "从文件名看不出是什么");
    let late = window.post(&format!("{folder}/discard"), &[("path", "narrative.toml"), ("version", "7")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    window.post(&format!("{folder}/undo"), &[]).await;
    window.get(&files).await.says(&["从文件名看不出是什么"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_follows_last_year_is_begun_from_its_output() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let job = window.post(&format!("{folder}/outputs"), &[]).await.leads().to_owned();
    done(&window, &job).await.says(&["编好了"]);
    let archive = window.get(&format!("{folder}/outputs/1/zip")).await.bytes;
    let next = window.send_form("/make/new", &[("from", "prior"), ("year", "")], &[("上年.zip", &archive)]).await;
    leads(&next, "/make/2");
    window.get("/make/2").await.says(&["2024年度决算"]);
    window.get("/make/2/files").await.says(&["package.json", "填报表.xlsx"]);
    let none = window.send_form("/make/new", &[("from", "prior"), ("year", "")], &[("a.txt", b"x")]).await;
    told(&none, StatusCode::UNPROCESSABLE_ENTITY, &["看不出是哪个部门的"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_typed_in_saved_as_a_file_and_never_over_a_newer_one() {
    let window = Window::open().await;
    let folder = begun(&window, &[]).await;
    let list = window.get(&format!("{folder}/sheets")).await;
    list.says(&["budget/三公经费预算.csv", "没有文件"]);
    let sheet = format!("{folder}/sheets/three-public-budget");
    let page = window.get(&sheet).await;
    page.says(&["name=\"version\" value=\"1\"", "第1行 "]);
    let (file, version) = ("budget/三公经费预算.csv", "1");
    let filled = |amount| {
        let row = ["2023", "全年预算", "公务接待费", amount, ""];
        let cells = row.into_iter().chain([""; 5]).map(|cell| ("c", cell));
        [("file", file), ("version", version)].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let saved = window.post(&sheet, &filled("1,000")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    window.get(saved.leads()).await.says(&["value=\"1,000\"", "name=\"version\" value=\"2\""]);
    assert_eq!(window.post(&sheet, &filled("2")).await.status, StatusCode::CONFLICT);
    let nothing = window.post(&sheet, &[("file", file), ("version", "2")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has said that there was nothing");
}
