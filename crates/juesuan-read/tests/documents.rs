//! Folders and archives: names, order, what is skipped, and archives made to do harm.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::io::Write;
use std::path::PathBuf;

use common::{docx, p, zip};
use encoding_rs::GBK;
use juesuan_model::Gravity;
use juesuan_read::{Disk, sources};

/// A folder of its own for one test.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("documents-{test}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn put(folder: &std::path::Path, name: &str, content: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(path).unwrap().write_all(content).unwrap();
}

/// Name without the folder, and what came out: `ok`, `skipped` or the message.
fn told(root: &std::path::Path, path: &std::path::Path) -> Vec<(String, String)> {
    sources(&Disk::new(path), "")
        .map(|source| {
            let (name, read) = (source.name.clone(), source.read());
            let name = name.strip_prefix(root.to_str().unwrap()).unwrap().trim_start_matches('/').to_owned();
            let told = match read {
                Ok(_) => "ok".to_owned(),
                Err(problem) if problem.gravity == Gravity::Doubt => "skipped".to_owned(),
                Err(problem) => problem.message,
            };
            (name, told)
        })
        .collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_names_and_what_is_no_document_is_named() {
    let root = folder("order");
    put(&root, "b.docx", &docx(&p("乙")));
    put(&root, "a/z.txt", "丙".as_bytes());
    put(&root, "a/~$z.docx", b"lock");
    put(&root, ".hidden.txt", b"x");
    put(&root, "c.json", b"{}");
    put(&root, "d.png", b"\x89PNG\0\0\0\0");
    let names = told(&root, &root);
    let expected = [("a/z.txt", "ok"), ("b.docx", "ok"), ("c.json", "skipped"), ("d.png", "skipped")];
    assert_eq!(names, expected.map(|(name, told)| (name.to_owned(), told.to_owned())));
}

#[test]
fn an_archive_gives_its_documents_with_names_in_gbk_and_those_of_an_archive_inside() {
    let root = folder("archive");
    let document = docx(&p("甲"));
    let inner = zip(&[("x/../y.docx", &document), ("deep.zip", &zip(&[("a.txt", b"a")]))]);
    let mut archive = zip(&[("12345678.docx", &document), ("inner.zip", &inner), ("__MACOSX/._a", b"x")]);
    // 决算公开 in GBK is as long as the eight digits; nothing in the archive says that it is GBK.
    let name = GBK.encode("决算公开").0;
    for at in memchr::memmem::find_iter(&archive.clone(), b"12345678") {
        archive[at..at + 8].copy_from_slice(&name);
    }
    put(&root, "全部.zip", &archive);
    let names = told(&root, &root.join("全部.zip"));
    let shown: Vec<_> = names.iter().map(|(name, told)| (name.as_str(), told == "ok")).collect();
    assert_eq!(
        shown,
        [
            ("全部.zip/inner.zip/deep.zip", false),
            ("全部.zip/inner.zip/x/y.docx", true),
            ("全部.zip/决算公开.docx", true)
        ]
    );
    assert!(names[0].1.contains("层数"), "{}", names[0].1);
}

#[test]
fn an_archive_made_to_fill_the_memory_is_refused_and_the_rest_is_read() {
    let root = folder("bomb");
    let zeros = vec![b' '; 60 * 1024 * 1024];
    put(&root, "a.zip", &zip(&[("bomb.txt", &zeros), ("good.docx", &docx(&p("甲")))]));
    let names = told(&root, &root.join("a.zip"));
    assert!(names[0].1.contains("解压后"), "{names:?}");
    assert_eq!(names[1], ("a.zip/good.docx".to_owned(), "ok".to_owned()));
}

#[test]
fn archives_in_an_archive_share_its_limit() {
    let root = folder("nested");
    let text = " ".repeat(7 * 1024 * 1024);
    let inner = zip(&["0", "1", "2", "3", "4"].map(|name| (name, text.as_bytes())));
    let names: Vec<String> = (10..30).map(|number| format!("{number}.zip")).collect();
    put(&root, "a.zip", &zip(&names.iter().map(|name| (name.as_str(), inner.as_slice())).collect::<Vec<_>>()));
    let told = told(&root, &root.join("a.zip"));
    assert!(told.len() < 50, "{}", told.len());
    assert!(told.last().unwrap().1.contains("超过 64 MB"), "{told:?}");
}

#[test]
fn a_text_longer_than_any_account_is_named_and_not_read() {
    let root = folder("long-text");
    let text = "天气很好没有数字的话，\n".repeat(1 + 4 * 1024 * 1024 / 34);
    put(&root, "长.txt", text.as_bytes());
    put(&root, "短.txt", text.get(..34 * 1000).unwrap().as_bytes());
    let names = told(&root, &root);
    let shown: Vec<_> = names.iter().map(|(name, told)| (name.as_str(), told.contains("超过 4 MB"))).collect();
    assert_eq!(shown, [("短.txt", false), ("长.txt", true)], "{names:?}");
}

#[test]
fn a_file_that_the_user_names_is_never_skipped() {
    let root = folder("named");
    put(&root, "a.png", b"\x89PNG\0\0\0\0");
    put(&root, "b.zip", &zip(&[]));
    assert!(told(&root, &root.join("a.png"))[0].1.contains("图片"));
    assert!(told(&root, &root.join("b.zip"))[0].1.contains("没有文件"));
    assert!(told(&root, &root.join("none.pdf"))[0].1.contains("没有这个文件"));
}

#[test]
fn an_office_document_without_its_list_of_parts_is_named_as_damaged() {
    for part in ["xl/workbook.xml", "word/document.xml"] {
        let bytes = zip(&[(part, b"<x/>"), ("_rels/.rels", b"<x/>")]);
        let problem = juesuan_read::pages_of("a", &bytes).unwrap_err();
        assert!(problem.message.contains("[Content_Types].xml"), "{problem}");
    }
    for list in [&b""[..], b"<Types", b"<Types><Default/>", b"\x00\xff\x13"] {
        let bytes = zip(&[("[Content_Types].xml", list), ("word/document.xml", b"<x/>")]);
        let problem = juesuan_read::pages_of("a", &bytes).unwrap_err();
        assert!(problem.message.contains("损坏"), "{problem}");
    }
    let root = folder("no-list");
    put(&root, "a.zip", &zip(&[("word/甲.docx", &docx(&p("甲")))]));
    assert_eq!(told(&root, &root.join("a.zip")), [("a.zip/word/甲.docx".to_owned(), "ok".to_owned())]);
}

/// An archive of one text under so many names, whose entries all lead to the same packed bytes.
fn overlaid(count: usize) -> Vec<u8> {
    let text = "收入合计1万元。\n".repeat(1_000);
    let whole = zip(&[("00000.txt", text.as_bytes())]);
    let directory = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = whole.windows(4).position(|bytes| bytes == b"PK\x05\x06").unwrap();
    let (held, entry, tail) = (&whole[..directory], &whole[directory..end], &whole[end..]);
    let name = entry.windows(9).position(|bytes| bytes == b"00000.txt").unwrap();
    let mut out = held.to_vec();
    for number in 0..count {
        let mut entry = entry.to_vec();
        entry[name..name + 5].copy_from_slice(format!("{number:05}").as_bytes());
        out.extend(entry);
    }
    let size = u32::try_from(out.len() - held.len()).unwrap();
    let mut tail = tail.to_vec();
    let entries = u16::try_from(count).unwrap().to_le_bytes();
    tail[8..10].copy_from_slice(&entries);
    tail[10..12].copy_from_slice(&entries);
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    out.extend(tail);
    out
}

#[test]
fn entries_made_of_the_same_bytes_are_refused_at_once_and_the_file_beside_them_is_read() {
    let root = folder("overlaid");
    put(&root, "a.zip", &overlaid(3_000));
    put(&root, "b.zip", &overlaid(1));
    put(&root, "c.docx", &docx(&p("甲")));
    let told = told(&root, &root);
    let shown: Vec<_> = told.iter().map(|(name, told)| (name.as_str(), told.contains("互相重叠"))).collect();
    assert_eq!(shown, [("a.zip", true), ("b.zip/00000.txt", false), ("c.docx", false)], "{told:?}");
}

#[test]
fn two_names_that_are_shown_as_one_are_told() {
    for other in ["/a.txt", "../a.txt", "./a.txt", "..\\a.txt"] {
        let root = folder("shown-as-one");
        put(&root, "z.zip", &zip(&[("a.txt", "甲".as_bytes()), (other, "乙".as_bytes())]));
        let told = told(&root, &root.join("z.zip"));
        assert!(told.iter().any(|(_, told)| told.contains("里面有两个“a.txt”")), "{other}: {told:?}");
    }
}
