//! Characters that nothing can show, in names of bodies, projects and texts: accounts are made all the same.

use std::io::Read;

use crate::scratch::Scratch;

/// A mark that turns the direction, what is no character, controls of both sets, a private one, a sign of telephones.
const ODD: &str = "\u{202e}\u{fffe}\u{1fffe}\u{2028}\u{9b}\u{e000}😀";

/// True for what must not reach a reader.
fn is_raw(c: char) -> bool {
    juesuan_text::steers(c) && !matches!(c, '\n' | '\r' | '\t')
}

#[test]
fn odd_characters_are_told_with_their_places_and_boxes_stand_in_every_format() {
    let scratch = Scratch::with("odd", "zengdu-2023");
    scratch.edit("in/department.toml", |text| {
        text.replacen("曾都区人民政府办公室\"", &format!("曾都区{ODD}\\u001b\\u0000人民政府办公室\""), 1)
    });
    for file in scratch.files("in").keys().filter(|file| file.ends_with(".csv") && !file.contains("佐证/")) {
        let text = scratch.text(&format!("in/{file}"));
        scratch.put(&format!("in/{file}"), text.replace("政府办政府购买服务", &format!("政府办{ODD}政府购买服务")));
    }
    let run = scratch.compile().ends_with(1);
    run.tells(&[
        "不可公开",
        "有看不见的控制字符 U+202E",
        "department.toml 第2行",
        "department.toml 第2行：有看不见的控制字符 U+0000",
        "有自造字 U+E000",
        "budget/预算指标.csv 第",
        "“I 项目名称”列：有看不见的控制字符 U+2028",
        "有看不见的控制字符 U+1FFFE",
    ]);
    assert!(!run.said.contains(is_raw) && !run.warned.contains(is_raw), "{run}");
    for (name, bytes) in scratch.files("out") {
        assert!(!name.contains(is_raw), "{name:?}");
        if name.ends_with(".docx") || name.ends_with(".xlsx") {
            for (part, text) in parts(&bytes) {
                assert!(!text.contains(is_raw), "{name} {part}");
            }
        } else {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains(is_raw), "{name}");
            assert!(!name.ends_with("index.html") || text.contains("曾都区□□□□□\u{e000}😀□□人民政府"), "{name}");
        }
    }
    let package = scratch.json("out/package.json");
    assert_eq!(package["entity"]["name"], format!("曾都区{ODD}\u{1b}\0人民政府办公室"), "data keep what was given");
    let checked = scratch.run(&["check", "out/package.json", "--format", "sarif"]);
    assert!(!checked.said.contains(is_raw), "{checked}");
    serde_json::from_str::<serde_json::Value>(&checked.said).unwrap();
}

/// The texts of an office file; each is XML that a parser takes.
fn parts(office: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(office)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            parts.push((name, text));
        }
    }
    parts
}

#[test]
fn half_of_a_pair_in_a_package_is_a_problem_of_that_file() {
    let scratch = Scratch::new("surrogate");
    scratch.put("package.json", r#"{"entity":{"name":"甲\ud800局"}}"#);
    scratch.run(&["check", "package.json"]).ends_with(2).tells(&["package.json"]);
}
