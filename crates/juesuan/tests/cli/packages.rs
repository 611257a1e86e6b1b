//! What a compile leaves behind.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::scratch::{Run, Scratch, examples};

const DOCX: &str = "曾都区人民政府办公室2023年度部门决算.docx";
const XLSX: &str = "曾都区人民政府办公室2023年度部门决算.xlsx";
const PDF: &str = "曾都区人民政府办公室2023年度部门决算.pdf";

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_example_compiles_clean_and_the_manifest_lists_every_file_with_its_digest() {
    let scratch = Scratch::with("clean", "zengdu-2023");
    scratch.compile().ends_with(0).tells(&["可以公开。", "错误 0", "读不到 0", "关系：成立", "核对码"]);
    let mut files = scratch.files("out");
    let manifest = scratch.json("out/manifest.json");
    files.remove("manifest.json").unwrap();
    files.remove("approval.docx").unwrap();
    for name in [DOCX, XLSX, "package.json", "site/index.html", "site/tables/01收入支出决算总表.csv", "勾稽关系.xlsx"]
    {
        assert!(files.contains_key(name), "{name} is missing: {:?}", files.keys());
    }
    // What the page offers lies in the site, under names that say what it is, and is what lies beside it.
    for name in [DOCX, XLSX] {
        assert_eq!(files[&format!("site/下载/{name}")], files[name], "{name}");
    }
    assert_eq!(files[&format!("site/下载/{}", DOCX.replace(".docx", ".json"))], files["package.json"]);
    let page = String::from_utf8(files["site/index.html"].clone()).unwrap();
    assert!(!page.contains("href=\"../"), "the site stands alone");
    let listed = manifest["files"].as_object().unwrap();
    let there: Vec<(String, String)> = files.iter().map(|(name, bytes)| (name.clone(), digest(bytes))).collect();
    let said: Vec<(String, String)> =
        listed.iter().map(|(name, digest)| (name.clone(), digest.as_str().unwrap().to_owned())).collect();
    assert_eq!(there, said);
    for (name, bytes) in scratch.files("in").iter().filter(|(name, _)| *name != "README.md" && *name != "expected.json")
    {
        assert_eq!(manifest["inputs"][name], digest(bytes), "{name}");
    }
    assert_eq!(manifest["publishable"], true);
    assert!(manifest["ledger"].as_array().unwrap().len() > 600);
    assert!(manifest["program"].as_str().unwrap().starts_with("juesuan "));
}

#[test]
fn verify_is_content_with_what_was_written_and_names_every_file_that_is_not() {
    let scratch = Scratch::with("verify", "zengdu-2023");
    let run = scratch.compile().ends_with(0);
    let code = run.said.split("核对码 ").nth(1).unwrap().lines().next().unwrap().to_owned();
    scratch.run(&["verify", "out"]).ends_with(0).tells(&["与清单一致", "不能说明这就是批准的那一份", &code]);
    scratch.run(&["verify", "out", "--code", &code]).ends_with(0).tells(&["与批准时完全一致"]);
    scratch.run(&["verify", "out", "--code", &code.to_uppercase().replace('-', " ")]).ends_with(0);
    let other = ["0000"; 10].join("-");
    scratch.run(&["verify", "out", "--code", &other]).ends_with(1).tells(&["核对码不符", &code]);
    let short = code.split('-').take(4).collect::<Vec<_>>().join("-");
    scratch.run(&["verify", "out", "--code", &short]).ends_with(3).tells(&["不是核对码", "10组"]);

    let kept = scratch.files("out");
    let mut changed = kept[DOCX].clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    scratch.put(&format!("out/{DOCX}"), changed);
    scratch.put("out/site/多出来.txt", "x");
    std::fs::remove_file(scratch.path("out/package.json")).unwrap();
    let run = scratch.run(&["verify", "out"]).ends_with(1);
    run.tells(&[&format!("改动　{DOCX}"), "多出　site/多出来.txt", "缺少　package.json", "不要公开"]);
    assert_eq!(run.said.matches('　').count(), 3, "only these three: {run}");
}

#[test]
fn a_manifest_that_was_touched_or_taken_away_does_not_verify() {
    let scratch = Scratch::with("manifest", "zengdu-2023");
    let run = scratch.compile_json().ends_with(0);
    let code = run.said.split("核对码 ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let whole = String::from_utf8(scratch.files("out")["manifest.json"].clone()).unwrap();
    scratch.edit("out/manifest.json", |text| text.replacen("\"holds\": ", "\"holds\": 1", 1));
    scratch.run(&["verify", "out", "--code", &code]).ends_with(1).tells(&["核对码不符"]);
    let twice = whole.replacen('{', "{\n  \"program\": \"x\",", 1);
    let unknown = whole.replacen('{', "{\n  \"approved\": true,", 1);
    for touched in [twice, unknown, format!("{whole}\n"), whole.replace("  ", " ")] {
        scratch.put("out/manifest.json", touched);
        scratch.run(&["verify", "out"]).ends_with(1).tells(&["manifest.json", "重新 compile"]);
    }
    scratch.put("out/manifest.json", "{}");
    scratch.run(&["verify", "out"]).ends_with(1).tells(&["manifest.json", "重新 compile"]);
    std::fs::remove_file(scratch.path("out/manifest.json")).unwrap();
    scratch.run(&["verify", "out"]).ends_with(2).tells(&["manifest.json", "重新 compile"]);
}

#[test]
fn the_same_input_gives_the_same_bytes_wherever_it_lies() {
    for example in ["zengdu-2023", "putuo-planning-2024"] {
        let (one, two) =
            (Scratch::with(&format!("same-{example}"), example), Scratch::new(&format!("same-far-{example}")));
        crate::scratch::copy(&one.path("in"), &two.path("elsewhere/部门"));
        let formats = "docx,xlsx,html,json";
        one.compile().ends_with(0);
        two.run(&["compile", "elsewhere/部门", "--out", "other", "--formats", formats]).ends_with(0);
        let (first, second) = (one.files("out"), two.files("other"));
        assert!(first.len() > 10);
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, bytes) in &first {
            assert!(*bytes == second[name], "{example}: {name} differs");
        }
    }
}

/// Compiles `in` to a PDF with the faces of a folder; `None`, with the reason, where there are no faces on this machine.
fn pdf(scratch: &Scratch, fonts: &Path, out: &str) -> Option<Run> {
    let fonts = fonts.display().to_string();
    let run = scratch.run(&["compile", "in", "--out", out, "--formats", "pdf", "--fonts", &fonts]);
    if run.warned.contains("没有生成 PDF") {
        println!("skipped: {}", run.warned.trim());
        run.ends_with(2);
        return None;
    }
    Some(run.ends_with(0))
}

#[test]
fn the_same_input_gives_the_same_pdf() {
    let scratch = Scratch::with("pdf", "zengdu-2023");
    let fonts = examples().join("../fonts");
    if pdf(&scratch, &fonts, "one").and_then(|_| pdf(&scratch, &fonts, "two")).is_none() {
        return;
    }
    let (one, two) = (scratch.files("one"), scratch.files("two"));
    assert!(one[PDF].starts_with(b"%PDF-"));
    assert!(one == two, "the two outputs differ");
}

#[cfg(unix)]
#[test]
fn a_face_of_another_version_is_named_and_each_stands_in_the_manifest_by_its_digest() {
    let scratch = Scratch::with("faces", "zengdu-2023");
    let Ok(known) = std::fs::read_dir(examples().join("../fonts")) else { return println!("skipped: no fonts") };
    std::fs::create_dir_all(scratch.path("字体")).unwrap();
    for face in known {
        let face = face.unwrap().path().canonicalize().unwrap();
        let name = format!("字体/{}", face.file_name().unwrap().to_string_lossy());
        if name.contains("FandolKai") {
            let mut bytes = std::fs::read(face).unwrap();
            bytes.push(0);
            scratch.put(&name, bytes);
        } else {
            std::os::unix::fs::symlink(face, scratch.path(&name)).unwrap();
        }
    }
    let Some(run) = pdf(&scratch, &scratch.path("字体"), "out") else { return };
    run.tells(&["字体 FandolKai-Regular.otf 与核对过的版本"]);
    let faces = scratch.json("out/manifest.json")["faces"].clone();
    let list = include_str!("../../../../catalog/fonts.sha256");
    for (name, digest) in faces.as_object().unwrap() {
        let is_known = list.contains(&format!("{}  {name}", digest.as_str().unwrap()));
        assert_eq!(is_known, name != "FandolKai-Regular.otf", "{name}");
    }
    assert!(faces.as_object().unwrap().len() > 4, "{faces}");
}

#[test]
fn books_and_registers_in_gbk_with_windows_line_ends_give_the_same_package() {
    let (utf8, gbk) = (Scratch::with("utf8", "zengdu-2023"), Scratch::with("gbk", "zengdu-2023"));
    // Evidence is kept byte for byte: the package names its digest.
    let entered = |name: &String| name.ends_with(".csv") && !name.contains("佐证/");
    for name in gbk.files("in").into_keys().filter(entered) {
        let text = gbk.text(&format!("in/{name}")).replace('\n', "\r\n");
        let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
        assert!(!lossy, "{name} cannot be written in GBK");
        gbk.put(&format!("in/{name}"), bytes);
    }
    utf8.compile().ends_with(0);
    gbk.compile().ends_with(0);
    let (mut one, mut two) = (utf8.files("out"), gbk.files("out"));
    // The manifest names the digests of the inputs, which are other bytes; the sheet has its code.
    for name in ["manifest.json", "approval.docx"] {
        assert_ne!(one.remove(name).unwrap(), two.remove(name).unwrap(), "{name}");
    }
    for (name, bytes) in &one {
        assert!(*bytes == two[name], "{name} differs");
    }
}

#[test]
fn books_with_titles_above_columns_in_other_order_and_a_byte_order_mark_give_the_same_package() {
    let (plain, moved) = (Scratch::with("plain", "zengdu-2023"), Scratch::with("moved", "zengdu-2023"));
    moved.edit("in/books/年度凭证.csv", |text| {
        let reversed = text.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(","));
        let title = ",".repeat(10);
        let head = ["预算会计明细账", "编制单位：某单位", "", "打印日期：2024-01-05"].map(|t| format!("{t}{title}"));
        format!("\u{feff}{}\n{}\n", head.join("\n"), reversed.collect::<Vec<_>>().join("\n"))
    });
    plain.compile_json().ends_with(0);
    moved.compile_json().ends_with(0);
    assert!(plain.text("out/package.json") == moved.text("out/package.json"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_a_fault_of_the_machine() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_juesuan"));
    let run = command.arg("rules").stdout(full).output().unwrap();
    assert_eq!(run.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&run.stderr).contains("标准输出"));
}

#[test]
fn the_sheet_of_approval_carries_the_code_in_groups_and_as_a_square_and_is_not_covered_by_it() {
    let scratch = Scratch::with("approval", "zengdu-2023");
    let run = scratch.compile_json().ends_with(0);
    let code = run.said.split("核对码 ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let sheet = scratch.files("out")["approval.docx"].clone();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&sheet)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    let lines: Vec<String> = code.split('-').collect::<Vec<_>>().chunks(5).map(|groups| groups.join("-")).collect();
    let package: String = digest(&scratch.files("out")["package.json"]).chars().take(16).collect();
    let groups: Vec<String> = package.chars().collect::<Vec<_>>().chunks(4).map(String::from_iter).collect();
    let [first, second] = &lines[..] else { panic!("{code}") };
    for there in ["公开文本审批单", "曾都区人民政府办公室", "2023年度", first, second, "单位负责人", &groups.join("-")]
    {
        assert!(text.contains(there), "{there}");
    }
    assert!(archive.by_name("word/media/chart1.png").is_ok());
    scratch.run(&["verify", "out", "--code", &code]).ends_with(0).tells(&["完全一致"]);
    scratch.run(&["check", "out"]).ends_with(0);
    // Somebody filled it in.
    scratch.put("out/approval.docx", "x");
    scratch.run(&["verify", "out", "--fingerprint", &code]).ends_with(0);
    scratch.put("out/site/approval.docx", "x");
    scratch.run(&["verify", "out"]).ends_with(1).tells(&["多出　site/approval.docx"]);
}

#[test]
fn the_page_of_a_department_leads_to_those_of_its_units_but_to_no_draft() {
    let scratch = Scratch::with("unit-pages", "consolidated");
    let compile = ["compile", "in", "--out", "out", "--formats", "html"];
    let linked = |scratch: &Scratch| -> Vec<String> {
        let page = scratch.text("out/site/index.html");
        let links = page.split("<li><a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.filter(|link| link.starts_with("../units/")).map(str::to_owned).collect()
    };
    scratch.run(&compile).ends_with(0);
    let all = linked(&scratch);
    assert_eq!(all.len(), 6, "{all:?}");
    let units = std::fs::read_dir(scratch.path("out/units")).unwrap().count();
    assert_eq!(units, all.len());
    // A unit that lacks its duties is a draft.
    let folder = std::fs::read_dir(scratch.path("in/units")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(folder.join("narrative.toml")).unwrap();
    scratch.run(&compile);
    assert_eq!(linked(&scratch).len(), all.len() - 1);
}
