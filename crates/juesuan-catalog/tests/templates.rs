//! Templates of every file of the catalogue are parsed and their names checked when it loads.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot build its fixture has failed"
)]

use juesuan_catalog::{Catalog, Source};

/// A fault: file, line, message.
type Fault = (String, Option<u32>, String);

fn text_of(path: &str) -> String {
    let embedded = Source::embedded();
    let found = embedded.all().find(|(own, _)| *own == path).map(|(_, text)| text.to_owned());
    found.unwrap_or_else(|| panic!("{path}"))
}

/// The faults of a catalogue in which one text of one file was changed.
fn faults(path: &str, right: &str, wrong: &str) -> Vec<Fault> {
    let text = text_of(path);
    assert!(text.contains(right), "{path} does not say {right}");
    let unique = format!("{:?}-{}", std::thread::current().id(), std::process::id());
    let folder = std::env::temp_dir().join(format!("juesuan-templates-{unique}"));
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, format!("replace = true\n{}", text.replacen(right, wrong, 1))).unwrap();
    let problems = Catalog::load(&[&folder]).err().unwrap_or_default();
    std::fs::remove_dir_all(&folder).unwrap();
    let told =
        |problem: juesuan_model::Problem| (problem.place.file.unwrap_or_default(), problem.place.line, problem.message);
    problems.into_iter().map(told).collect()
}

#[test]
fn a_name_that_nothing_stands_behind_is_told_with_file_line_and_what_is_allowed() {
    for (path, right, wrong, told) in [
        ("sections/hubei/income.toml", "{合计}", "{合记}", "合计"),
        ("sections/hubei/income.toml", "{合计.较上年}", "{合计.较去年}", "较上年"),
        ("sections/hubei/document.toml", "{单位}", "{部门}", "单位"),
        ("glossary/hubei.toml", "{@text? 名词.事业收入}", "{事业收入}", "单位"),
        ("performance/bulletin.toml", "登记在册的督办事项共{总数}项", "登记在册的督办事项共{总数量}项", "总数"),
        ("performance/monitor-report.toml", "资金{灯}", "资金{亮灯}", "灯"),
        ("performance/documents/general.toml", "{文字.执行偏移原因}", "{文字.偏移原因}", "执行偏移原因"),
        ("performance/documents/general.toml", "（指标值{指标值}，", "（指标值{目标值}，", "指标值"),
        ("forms/three-public.toml", "本表反映{决算主体}", "本表反映{主体名}", "决算主体"),
        ("variants/shanghai.toml", "{金额单位}", "{金额}", "金额单位"),
    ] {
        let text = text_of(path);
        // One line of the changed file stands before those of the text.
        let line = text[..text.find(right).unwrap()].matches('\n').count() + 2;
        let found = faults(path, right, wrong);
        let [(file, at, message)] = found.as_slice() else { panic!("{path} {wrong}: {found:#?}") };
        assert!(file.ends_with(path) && *at == u32::try_from(line).ok(), "{file} {at:?} {line} {message}");
        assert!(message.contains(told) && message.contains("可以"), "{message}");
    }
}

#[test]
fn brackets_that_do_not_close_are_told_with_their_line() {
    for (path, right, wrong) in [
        ("sections/hubei/income.toml", "{合计}", "{合计"),
        ("performance/bulletin.toml", "[，其中本季度交办{本季交办}项]", "[，其中本季度交办{本季交办}项"),
    ] {
        let found = faults(path, right, wrong);
        let fault = found.iter().find(|(file, ..)| file.ends_with(path)).unwrap_or_else(|| panic!("{path} {wrong}"));
        assert!(fault.2.contains("没有对应的") && fault.1.is_some(), "{fault:?}");
    }
}

#[test]
fn a_condition_on_a_name_that_nobody_gives_is_told() {
    let found = faults("performance/documents/general.toml", "when = [\"调整数\"]", "when = [\"调整次数\"]");
    assert!(found.iter().any(|(_, _, message)| message.contains("“调整次数”")), "{found:#?}");
}

#[test]
fn the_element_of_a_list_is_known_only_inside_the_list() {
    let found = faults("sections/hubei/income.toml", "{合计}", "{本项}");
    assert!(found.iter().any(|(_, _, message)| message.contains("“本项”")), "{found:#?}");
}
