//! Many documents to an archive: the same rows however many work and whatever ends them, and only what is new the next time.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::scratch::Scratch;

/// A published document of a body: with a sum that holds, or does not.
fn document(number: usize, holds: bool) -> String {
    let (basic, project) = (1_000 + number, 500 + 3 * number);
    let total = basic + project + usize::from(!holds);
    let mut page = format!(
        "<html><body><h1>某县第{number}局2023年度部门决算</h1><h2>第三部分 2023年度部门决算情况说明</h2>\
         <h3>一、支出决算情况说明</h3><p>2023年度支出合计{total}.00万元。其中：基本支出{basic}.00万元，\
         项目支出{project}.00万元。</p>"
    );
    for line in 0..20 {
        let _ = write!(page, "<p>第{line}项工作按计划完成，资金使用规范，第{number}局继续做好各项工作。</p>");
    }
    page + "</body></html>"
}

/// A folder of documents, one of them twice, one wrong, one no document, some in an archive.
fn sources(scratch: &Scratch, count: usize) {
    for number in 0..count {
        scratch.put(&format!("in/{}/{number:02}.html", number % 3), document(number, number != 3));
    }
    scratch.put("in/copy.html", document(1, true));
    scratch.put("in/program.exe", "MZ\0\0 no document");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in count..count + 2 {
        zip.start_file(format!("{number}.html"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(document(number, true).as_bytes()).unwrap();
    }
    scratch.put("in/more.zip", zip.finish().unwrap().into_inner());
}

/// Everything that counts of an archive: the manifest, and the parts that lie there.
fn data(scratch: &Scratch, archive: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = scratch.files(archive);
    files.retain(|path, _| !path.starts_with("work/"));
    files
}

fn rows(scratch: &Scratch, archive: &str) -> BTreeMap<String, u64> {
    let manifest: serde_json::Value = serde_json::from_str(&scratch.text(&format!("{archive}/manifest.json"))).unwrap();
    let mut rows = BTreeMap::new();
    for part in manifest.get("parts").and_then(serde_json::Value::as_array).unwrap() {
        *rows.entry(part["table"].as_str().unwrap().to_owned()).or_default() += part["rows"].as_u64().unwrap();
    }
    rows
}

fn batch(scratch: &Scratch, archive: &str, workers: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_juesuan"))
        .args(["batch", "in", "--into", archive, "--workers", workers])
        .current_dir(scratch.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a worker of a batch, if it has one.
fn kill_a_worker(batch: &Child, round: usize) -> bool {
    let parent = |process: &str| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok()
    };
    let processes = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let workers: Vec<String> = processes.filter(|process| parent(process) == Some(batch.id())).collect();
    let Some(worker) = workers.get(round % workers.len().max(1)) else { return false };
    Command::new("kill").args(["-9", worker]).status().unwrap().success()
}

#[test]
fn one_worker_or_three_of_which_some_are_killed_make_the_same_archive_and_a_second_run_does_nothing() {
    let scratch = Scratch::new("batch");
    sources(&scratch, 12);
    let peace = scratch.run(&["batch", "in", "--into", "peace", "--workers", "1"]);
    // One document is wrong.
    assert_eq!(peace.exit, Some(1), "{}{}", peace.said, peace.warned);
    assert!(peace.said.contains("15 份：新核对 15，以前核对过 0，另有 1 个文件名"), "{}", peace.said);
    let counted = rows(&scratch, "peace");
    assert_eq!((counted["documents"], counted["files"]), (14, 15), "{counted:?}");
    assert!(counted["figures"] >= 14 * 3 && counted["findings"] >= 1, "{counted:?}");

    let mut hurt = batch(&scratch, "hurt", "3");
    let mut killed = 0;
    for round in 0..6 {
        std::thread::sleep(Duration::from_millis(400 + 350 * u64::try_from(round % 3).unwrap()));
        killed += usize::from(kill_a_worker(&hurt, round));
    }
    if hurt.try_wait().unwrap().is_none() {
        hurt.kill().unwrap();
    }
    hurt.wait().unwrap();
    assert!(killed > 0);
    let whole = scratch.run(&["batch", "in", "--into", "hurt", "--workers", "2"]);
    assert_eq!(whole.exit, Some(1), "{}{}", whole.said, whole.warned);
    assert_eq!(data(&scratch, "hurt"), data(&scratch, "peace"));

    let before = data(&scratch, "peace");
    let again = scratch.run(&["batch", "in", "--into", "peace"]);
    assert!(again.said.contains("新核对 0，以前核对过 15"), "{}", again.said);
    assert_eq!(data(&scratch, "peace"), before);
}

#[test]
fn what_comes_later_joins_the_rest_and_another_name_is_kept_without_a_second_check() {
    let scratch = Scratch::new("batch-later");
    sources(&scratch, 4);
    scratch.run(&["batch", "in", "--into", "all"]);
    fs::rename(scratch.path("in/2"), scratch.path("later")).unwrap();
    scratch.run(&["batch", "in", "--into", "grown"]);
    scratch.put("list.txt", "later\t2024-09-15\nin/more.zip\tSeptember\nnowhere.pdf\n");
    fs::copy(scratch.path("in/0/00.html"), scratch.path("later/other.html")).unwrap();
    let grown = scratch.run(&["batch", "@list.txt", "--into", "grown"]);
    assert_eq!(grown.exit, Some(2));
    assert!(grown.warned.contains("September") && grown.warned.contains("nowhere.pdf"), "{}", grown.warned);
    assert!(grown.said.contains("新核对 1，以前核对过 3"), "{}", grown.said);
    let (all, grown) = (rows(&scratch, "all"), rows(&scratch, "grown"));
    assert_eq!(grown["files"], all["files"] + 1, "later/other.html");
    let of = |rows: &BTreeMap<String, u64>| {
        rows.iter().filter(|(table, _)| *table != "files").map(|(t, n)| (t.clone(), *n)).collect::<Vec<_>>()
    };
    assert_eq!(of(&grown), of(&all));
}

#[test]
fn a_document_that_takes_too_long_is_listed_and_the_others_stay() {
    let scratch = Scratch::new("batch-poison");
    scratch.put("in/good.html", document(1, true));
    let mut slow = "<html><body><h1>某县某局2023年度部门决算</h1>".to_owned();
    for line in 0..20_000 {
        let _ = write!(slow, "<p>第{line}项支出合计{line}.00万元，比上年增加{line}.01万元，增长{}%。</p>", line % 90);
    }
    // However slow the machine is, only one of both is new when there is a limit.
    scratch.run(&["batch", "in", "--into", "archive"]);
    scratch.put("in/slow.html", slow);
    let run = scratch.run(&["batch", "in", "--into", "archive", "--limit", "2"]);
    assert_eq!(run.exit, Some(2), "{}{}", run.said, run.warned);
    assert!(run.said.contains("in/slow.html：核对超过了一份文件的时限"), "{}", run.said);
    assert_eq!(rows(&scratch, "archive")["documents"], 1);
    let again = scratch.run(&["batch", "in", "--into", "archive", "--limit", "2"]);
    assert!(again.said.contains("新核对 0") && again.said.contains("in/slow.html"), "{}", again.said);
}

#[test]
fn a_folder_that_is_no_archive_is_left_alone() {
    let scratch = Scratch::new("batch-foreign");
    scratch.put("in/a.html", document(1, true));
    scratch.put("mine/notes.txt", "x");
    let run = scratch.run(&["batch", "in", "--into", "mine"]);
    assert_eq!((run.exit, scratch.files("mine").len()), (Some(3), 1), "{}", run.warned);
    assert_eq!(scratch.run(&["worker", "--archive", "nowhere"]).exit, Some(3));
}

#[test]
fn without_a_document_a_batch_ends_unread_and_the_archive_itself_is_no_source() {
    let scratch = Scratch::new("batch-nothing");
    scratch.put("in/program.exe", "MZ\0\0 no document");
    for _ in 0..2 {
        let run = scratch.run(&["batch", "in", "--into", "archive"]).ends_with(2);
        run.tells(&["没有一份文档"]);
    }
    scratch.put("in/a.html", document(1, true));
    scratch.run(&["batch", ".", "--into", "archive"]).ends_with(0);
    let again = scratch.run(&["batch", ".", "--into", "archive"]).ends_with(0);
    again.tells(&["文件 2 份：新核对 0"]);
}

#[test]
fn what_a_batch_does_not_look_into_is_named_and_the_rest_is_checked() {
    let scratch = Scratch::new("batch-links");
    scratch.put("in/a.html", document(1, true));
    scratch.put("elsewhere/b.html", document(2, true));
    scratch.put(&format!("in/{}c.html", "x/".repeat(70)), document(3, true));
    for (link, to) in [("in/away", "../elsewhere"), ("in/round", "."), ("in/up", ".."), ("in/gone.html", "nowhere")] {
        std::os::unix::fs::symlink(to, scratch.path(link)).unwrap();
    }
    let run = scratch.run(&["batch", "in", "--into", "archive"]).ends_with(2);
    run.tells(&["in/away", "in/up", "in/gone.html", "指向别处的链接", "层数太多", "文件 1 份"]);
    assert!(!run.warned.contains("in/round"), "what it leads to is found inside: {run}");
}

#[test]
fn parts_that_are_gone_or_were_changed_are_named_and_nothing_of_them_is_copied() {
    let scratch = Scratch::new("batch-parts");
    scratch.put("in/a.html", document(1, true));
    scratch.run(&["batch", "in", "--into", "archive"]).ends_with(0);
    let whole = scratch.files("archive");
    let (part, bytes) = whole.iter().find(|(path, _)| path.starts_with("figures/")).unwrap();
    let part = format!("archive/{part}");
    let mut changed = bytes.clone();
    changed[bytes.len() / 3] ^= 1;
    let link = |at: &std::path::Path| {
        fs::write(scratch.path("copy"), bytes).unwrap();
        std::os::unix::fs::symlink(scratch.path("copy"), at).unwrap();
    };
    scratch.put("in/b.html", document(2, true));
    for attempt in 0..4 {
        let at = scratch.path(&part);
        fs::remove_file(&at).unwrap();
        match attempt {
            0 => fs::write(&at, &changed).unwrap(),
            1 => fs::write(&at, &bytes[..bytes.len() / 2]).unwrap(),
            2 => link(&at),
            _ => {}
        }
        let run = scratch.run(&["batch", "in", "--into", "archive"]).ends_with(4);
        run.tells(&["figures/", "不见了或改动过"]);
        assert_eq!(scratch.text("archive/manifest.json").as_bytes(), whole["manifest.json"], "{attempt}");
        // Through no link.
        let _ = fs::remove_file(&at);
        fs::write(&at, bytes).unwrap();
    }
    scratch.run(&["batch", "in", "--into", "archive"]).ends_with(0);
    assert_eq!(rows(&scratch, "archive")["documents"], 2);
}
