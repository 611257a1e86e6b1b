//! Input that is made to cost more than its share, or to look like nothing: how the program ends under limits of the system.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::process::{Command, Stdio};

use crate::scratch::Scratch;

/// A check of one file within so many megabytes and seconds of CPU; its exit code, and how much it wrote.
fn checked(scratch: &Scratch, file: &str, format: &str) -> (Option<i32>, usize, String) {
    let within = "ulimit -v 786432; ulimit -t 30; exec \"$0\" \"$@\"";
    let run = Command::new("sh")
        .args(["-c", within, env!("CARGO_BIN_EXE_juesuan"), "check", file, "--format", format])
        .current_dir(scratch.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    (run.status.code(), run.stdout.len(), said)
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The bytes with every `from` as `to`, which is as long.
fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    for at in 0..out.len().saturating_sub(from.len()) {
        if out[at..].starts_with(from.as_bytes()) {
            out[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    out
}

#[test]
fn what_grows_without_measure_ends_by_itself_and_writes_little() {
    let scratch = Scratch::new("without-measure");
    let mut wide = "<table>".to_owned();
    for _ in 0..2_000 {
        wide += "<tr><td colspan=1000000000>收入<td rowspan=1000000000>921.96</tr>";
    }
    let deep = "<div><b><ol><li>".repeat(10_000) + "收入合计921.96万元。";
    let files: [(&str, String); 7] = [
        ("one-line.txt", "收入合计921.96万元，".repeat(5_000)),
        ("lines.txt", "天气很好没有数字的话，\n".repeat(5_000)),
        ("captions.html", "<p>收入决算表</p>".repeat(10_000)),
        ("wide.html", wide),
        ("deep.html", deep),
        ("columns.csv", "项目,".to_owned() + &"1,".repeat(1_000_000)),
        ("one-cell.csv", "项目,决算数\n\"".to_owned() + &"合计,921.96\n".repeat(50_000)),
    ];
    for (name, content) in files {
        scratch.put(name, content);
        for format in ["json", "sarif"] {
            let (exit, written, said) = checked(&scratch, name, format);
            // The same right sentence over and over is right.
            assert!(matches!(exit, Some(0..=2)), "{name}: {exit:?} {said}");
            assert!(written < 20_000_000, "{name}: {written} bytes");
        }
    }
}

#[test]
fn what_is_beyond_the_budget_of_a_document_is_counted_and_not_read() {
    let scratch = Scratch::new("beyond");
    scratch.put("rows.csv", "项目,决算数\n".to_owned() + &"合计,921.96\n".repeat(200_000));
    scratch.put("letters.txt", "（".repeat(1_100_000) + "收入合计921.96万元");
    for name in ["rows.csv", "letters.txt"] {
        let (exit, _, said) = checked(&scratch, name, "json");
        assert_eq!(exit, Some(2), "{name}: {said}");
        assert!(said.contains("超过 1000000 个字") && said.contains("没有读"), "{name}: {said}");
    }
}

#[test]
fn a_document_of_more_faults_than_are_listed_says_so_and_the_one_beside_it_is_checked() {
    let scratch = Scratch::new("many-faults");
    let cover = "青溪区园林局2023年度部门决算\n一、收入决算情况说明\n";
    let amounts: String = (1..2_300).map(|number| format!("2023年度收入合计{number}.00万元。\n")).collect();
    let inside =
        [("坏.txt", &*format!("{cover}{amounts}")), ("好.txt", &*format!("{cover}2023年度收入合计5.00万元。"))];
    scratch.put("two.zip", zipped(&inside));
    scratch.put("good.txt", inside[1].1);
    let (exit, written, said) = checked(&scratch, "two.zip", "json");
    assert!(exit == Some(2) && said.contains("条发现没有列出") && written < 20_000_000, "{exit:?} {written}");
    let documents = |said: &str| serde_json::from_str::<serde_json::Value>(said).unwrap()["documents"].clone();
    let (beside, alone) = (documents(&said), documents(&checked(&scratch, "good.txt", "json").2));
    assert_eq!(beside[1]["figures"], alone[0]["figures"]);
    assert_eq!(beside[1]["findings"].as_array().map(Vec::len), alone[0]["findings"].as_array().map(Vec::len));
}

#[test]
fn a_name_that_stands_twice_in_an_archive_is_told() {
    let scratch = Scratch::new("twice");
    let text = "收入合计921.96万元。";
    let archive = zipped(&[("决算1.txt", text), ("决算2.txt", "收入合计0.00万元。")]);
    scratch.put("two.zip", renamed(&archive, "决算2.txt", "决算1.txt"));
    let (exit, _, said) = checked(&scratch, "two.zip", "json");
    assert!(exit == Some(2) && said.contains("里面有两个“决算1.txt”"), "{said}");
    let document =
        |text: &str| format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    let (first, second) = (document("收入1万元"), document("收入2万元"));
    let parts = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", &*first), ("word/documenu.xml", &*second)];
    scratch.put("two.docx", renamed(&zipped(&parts), "word/documenu.xml", "word/document.xml"));
    let (exit, _, said) = checked(&scratch, "two.docx", "json");
    assert!(exit == Some(2) && said.contains("里面有两个“word/document.xml”"), "{said}");
}

#[test]
fn formulas_without_results_are_told_once_a_sheet_and_are_not_empty() {
    let scratch = Scratch::new("formulas");
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = |kind: &str, target: &str| {
        let list = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(
            "<Relationships xmlns=\"{list}\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let rows: String = (1..4)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c><c r=\"B{row}\"><f>A1+A2</f></c></row>"))
        .collect();
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"收入\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (*name, &**content)).collect();
    scratch.put("a.xlsx", zipped(&parts));
    let (exit, _, said) = checked(&scratch, "a.xlsx", "json");
    assert!(exit == Some(2) && said.contains("B1 等 3 格的公式没有保存计算结果"), "{said}");
}

#[test]
fn pipes_are_refused_without_opening_wherever_a_file_is_asked_for() {
    let scratch = Scratch::new("pipes");
    let made = Command::new("mkfifo").arg(scratch.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    scratch.put("a.txt", "收入合计921.96万元。");
    scratch.run(&["check", "pipe"]).ends_with(2).tells(&["不是普通文件"]);
    scratch.run(&["check", "a.txt", "--waivers", "pipe"]).ends_with(3).tells(&["不是普通文件"]);
    scratch.run(&["check", "a.txt", "--out", "pipe"]).ends_with(3).tells(&["是管道"]);
    scratch.run(&["check", "a.txt", "--prior", "pipe"]).ends_with(2).tells(&["不是普通文件"]);
    std::fs::create_dir_all(scratch.path("mine/rules")).unwrap();
    Command::new("mkfifo").arg(scratch.path("mine/rules/PF901-x.toml")).status().unwrap();
    scratch.run(&["--catalog", "mine", "check", "a.txt"]).tells(&["普通文件"]);
}

#[test]
fn waivers_in_the_encoding_of_an_office_are_read_and_others_named() {
    let scratch = Scratch::new("waivers-gbk");
    scratch.put("a.txt", "收入合计921.96万元。");
    let waiver = "[[waiver]]\ncode = \"CA102\"\nreason = \"已说明\"\nperson = \"张三\"\n";
    scratch.put("gbk.toml", encoding_rs::GBK.encode(waiver).0);
    scratch.put("utf16.toml", waiver.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let named = scratch.run(&["check", "a.txt", "--waivers", "utf16.toml"]);
    assert_eq!(named.exit, Some(3), "without its mark it is no text: {named}");
    let read = scratch.run(&["check", "a.txt", "--waivers", "gbk.toml"]);
    assert!(!read.warned.contains("不能识别的字符"), "{read}");
}

#[test]
fn a_link_to_a_folder_is_followed_inside_and_named_outside() {
    let scratch = Scratch::new("folder-links");
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, scratch.path(at)).unwrap();
    scratch.put("in/一/a.txt", "收入合计921.96万元。");
    scratch.put("else/b.txt", "收入合计1.00万元。");
    link("一", "in/二");
    link("..", "in/一/上");
    link("../else", "in/外");
    let run = scratch.run(&["check", "in"]);
    let mut said = String::new();
    write!(said, "{run}").unwrap();
    assert_eq!(run.exit, Some(2));
    assert!(said.contains("in/外：是指向别处的链接") || said.contains("in/外"), "{said}");
    assert!(said.contains("in/一/a.txt") && !said.contains("in/二/a.txt"), "{said}");
}

#[test]
fn a_run_that_has_used_up_its_time_reports_what_it_has_and_names_the_rest() {
    let scratch = Scratch::new("time-used-up");
    let text = "甲县林业局2023年度部门决算\n本年收入合计921.96万元，比上年增加12.50万元。\n";
    let names: Vec<String> = (0..4_000).map(|number| format!("{number}.txt")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text)).collect();
    scratch.put("all.zip", zipped(&parts));
    let arguments = ["check", "all.zip", "--seconds", "1", "--no-cache", "--format", "json", "--out", "out.json"];
    let run = scratch.run(&arguments).ends_with(2);
    let documents = scratch.json("out.json")["documents"].as_array().unwrap().len();
    assert!(documents < 4_000, "{documents}");
    run.tells(&[&format!("没有核对的文件：　{}", 4_000 - documents)]);
}

#[test]
fn numbers_without_a_meaning_are_listed_as_far_as_anybody_reads_and_the_others_are_counted() {
    let scratch = Scratch::new("without-meaning");
    scratch.put("a.txt", "某馆2023年度部门决算\n一、收入决算情况说明\n".to_owned() + &"1%".repeat(25_000));
    let (exit, written, said) = checked(&scratch, "a.txt", "json");
    assert!(exit == Some(2) && written < 4_000_000 && said.contains("没有列出"), "{exit:?} {written}");
}
