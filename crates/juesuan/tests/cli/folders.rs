//! What lies where it is not read, and where outputs may go.

use std::process::{Command, Stdio};

use crate::scratch::{Scratch, copy, examples};

#[test]
fn what_is_not_read_is_named() {
    let scratch = Scratch::with("stray", "zengdu-2023");
    scratch.put("in/register/人员编制.csv", "编制类别\n");
    scratch.put("in/registers/2023/公务接待.csv", "类别\n");
    scratch.put("in/明细账.xlsx", "x");
    scratch.put("in/units/陌生单位/department.toml", "");
    scratch.put("in/registers/不知所云.csv", "a,b\n");
    scratch.compile_json().ends_with(0).tells(&[
        "请核实　register：不是输入文件夹，里面的没有读取",
        "请核实　registers/2023：是文件夹，里面的没有读取",
        "请核实　明细账.xlsx：放在这里的表格没有读取",
        "请核实　units/陌生单位：没有读取",
        "请核实　registers/不知所云.csv：从文件名看不出是什么",
    ]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_round_in_circles_are_named_and_not_followed() {
    let scratch = Scratch::with("links", "zengdu-2023");
    let link = std::os::unix::fs::symlink::<&str, std::path::PathBuf>;
    link("..", scratch.path("in/units")).unwrap();
    link("nowhere", scratch.path("in/registers/人员名单.csv")).unwrap();
    link("loop.csv", scratch.path("in/registers/loop.csv")).unwrap();
    scratch.compile_json().ends_with(0).tells(&[
        "units：是指向别处的链接",
        "registers/人员名单.csv：打不开",
        "registers/loop.csv：打不开",
    ]);
}

#[test]
fn a_file_in_the_place_of_a_folder_and_a_folder_in_the_place_of_a_file_are_named() {
    let scratch = Scratch::with("place", "zengdu-2023");
    scratch.put("in/tables", "x");
    std::fs::remove_file(scratch.path("in/narrative.toml")).unwrap();
    scratch.put("in/narrative.toml/x", "x");
    scratch
        .compile_json()
        .ends_with(2)
        .tells(&["tables：应是文件夹，这里却是文件", "narrative.toml：应是文件，这里却是文件夹"]);
}

#[test]
fn the_same_books_twice_are_not_counted_twice() {
    let scratch = Scratch::with("doubled", "zengdu-2023");
    scratch.put("in/books/年度凭证 - 副本.csv", scratch.text("in/books/年度凭证.csv"));
    scratch.compile_json().ends_with(2).tells(&["年度凭证 - 副本.csv", "完全相同，会重复计算"]);
    std::fs::remove_file(scratch.path("in/books/年度凭证 - 副本.csv")).unwrap();
    scratch.put("in/books/年度凭证.txt", format!("{}\n", scratch.text("in/books/年度凭证.csv")));
    scratch.compile_json().ends_with(2).tells(&["同名，只是格式不同"]);
}

#[test]
fn a_folder_that_holds_other_files_is_refused_and_left_as_it_is() {
    let scratch = Scratch::with("foreign", "zengdu-2023");
    scratch.put("out/论文.docx", "mine");
    scratch.compile_json().ends_with(3).tells(&["out：文件夹里有别的文件"]);
    assert_eq!(scratch.text("out/论文.docx"), "mine");
    std::fs::remove_file(scratch.path("out/论文.docx")).unwrap();
    scratch.compile_json().ends_with(0);
    // An earlier output is replaced, but not what somebody put beside it.
    scratch.compile_json().ends_with(0);
    scratch.put("out/批注.txt", "mine");
    scratch.compile_json().ends_with(3).tells(&["批注.txt", "移走"]);
    assert_eq!(scratch.text("out/批注.txt"), "mine");
}

#[test]
fn an_output_folder_may_lie_in_the_input_folder_but_not_be_read_or_overwrite_it() {
    let scratch = Scratch::with("inside", "zengdu-2023");
    for _ in 0..2 {
        scratch.run(&["compile", "in", "--out", "in/out", "--formats", "json"]).ends_with(0);
    }
    let inside = scratch.files("in/out");
    scratch.compile_json().ends_with(0);
    assert!(inside == scratch.files("out"), "the output of an earlier run changed the next one");
    for out in ["in/books/out", "in/prior", "in", ".", "in/.."] {
        scratch.run(&["compile", "in", "--out", out, "--formats", "json"]).ends_with(3);
    }
    assert!(scratch.path("in/department.toml").is_file());
    assert!(!scratch.path("in/books/out").exists());
}

#[test]
fn a_place_that_cannot_be_written_to_is_a_fault_of_the_machine_told_in_chinese() {
    let scratch = Scratch::with("unwritable", "zengdu-2023");
    scratch.put("file", "x");
    let run = scratch.run(&["compile", "in", "--out", "file/out", "--formats", "json"]).ends_with(4);
    run.tells(&["建不了文件夹", "路径里有一段是文件，不是文件夹"]);
    assert!(!run.warned.contains("os error"), "{run}");
    scratch.run(&["compile", "in", "--out", "file", "--formats", "json"]).ends_with(3).tells(&["是文件，不是文件夹"]);
}

#[test]
fn units_get_folders_of_their_own_names_inside_the_output() {
    let scratch = Scratch::with("units", "consolidated");
    scratch.compile_json().ends_with(0).tells(&["抵销　"]);
    let units = std::fs::read_dir(scratch.path("out/units")).unwrap().count();
    assert_eq!(units, 6);
}

#[test]
fn a_reader_that_goes_away_stops_no_compile() {
    let scratch = Scratch::new("pipe");
    copy(&examples().join("zengdu-2023"), &scratch.path("in"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_juesuan"))
        .args(["compile", "in", "--out", "out", "--formats", "json"])
        .current_dir(scratch.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(scratch.path("out/manifest.json").is_file());
}

#[test]
fn a_name_too_long_for_a_file_is_cut() {
    let scratch = Scratch::with("long", "zengdu-2023");
    let name = "长".repeat(200);
    scratch.edit("in/department.toml", |text| {
        text.replacen("name = \"曾都区人民政府办公室\"", &format!("name = \"{name}\""), 1)
    });
    scratch.run(&["compile", "in", "--out", "out", "--formats", "docx,json"]);
    assert!(scratch.files("out").keys().any(|file| file.ends_with(".docx")));
}

#[test]
fn a_name_without_end_is_a_fault_that_says_how_long_it_may_be() {
    let scratch = Scratch::with("endless", "zengdu-2023");
    let name = "长".repeat(20_000);
    scratch.edit("in/department.toml", |text| text.replace("曾都区人民政府办公室", &name));
    for command in ["compile", "evaluate"] {
        let run = scratch.run(&[command, "in", "--out", "out", "--formats", "json"]).ends_with(2);
        run.tells(&["有 20000 个字，最多 200 个"]);
    }
}

#[test]
#[cfg(unix)]
fn a_register_that_is_a_pipe_a_folder_or_a_link_to_nowhere_is_named() {
    let register = "in/registers/会议登记.csv";
    for what in ["pipe", "folder", "link"] {
        let scratch = Scratch::with(&format!("register-{what}"), "zengdu-2023");
        let path = scratch.path(register);
        std::fs::remove_file(&path).unwrap();
        match what {
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success()),
            "folder" => std::fs::create_dir(&path).unwrap(),
            _ => std::os::unix::fs::symlink("nowhere", &path).unwrap(),
        }
        scratch.run(&["evaluate", "in"]).tells(&["registers/会议登记.csv"]);
    }
}
