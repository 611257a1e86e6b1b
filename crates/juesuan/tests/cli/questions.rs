//! Questions to an archive, as people ask them.

use crate::scratch::Scratch;

fn empty(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.put("档案/manifest.json", r#"{"version":1,"catalog":"","program":"0.1.0","parts":[]}"#);
    scratch
}

#[test]
fn named_questions_are_listed_with_what_may_be_set() {
    let run = Scratch::new("questions").run(&["query", "--questions"]);
    run.ends_with(0);
    for expected in ["execution　预算执行率", "--set year=…", "谁没有公开"] {
        assert!(run.said.contains(expected), "{expected} {}", run.said);
    }
}

#[test]
fn an_answer_is_shown_or_written_whole() {
    let scratch = empty("answers");
    let run = scratch.run(&["query", "SELECT 1 + 1 AS 二", "--archive", "档案"]);
    run.ends_with(0);
    assert_eq!(run.said, "二\n 2\n共 1 行\n");
    let run = scratch.run(&["query", "SELECT '甲' AS a, 1.50 AS b", "--archive", "档案", "--out", "答.json"]);
    run.ends_with(0);
    assert_eq!(run.said, "写出 1 行到 答.json\n");
    assert_eq!(scratch.text("答.json"), "[{\"a\":\"甲\",\"b\":1.50}]\n");
    let run =
        scratch.run(&["query", "--question", "execution", "--archive", "档案", "--set", "year=2024", "--as", "csv"]);
    run.ends_with(0);
    assert!(run.said.starts_with("年度,地区,单位,"), "{}", run.said);
    scratch.run(&["query", "--copied", "--archive", "档案"]).ends_with(0);
    let run = scratch.run(&["rank", "--archive", "档案", "--out", "排名"]);
    run.ends_with(0);
    assert!(scratch.text("排名/排名.html").contains("怎样评分"));
}

#[test]
fn what_cannot_be_asked_is_told_with_how_to_ask_it() {
    let scratch = empty("refusals");
    for (arguments, expected) in [
        (&["query", "DROP TABLE documents", "--archive", "档案"][..], "档案只能查询"),
        (&["query", "SELECT * FROM document", "--archive", "档案"], "像是“documents”"),
        (&["query", "SELECT 1", "--archive", "没有"], "没有 不是档案"),
        (&["query", "--archive", "档案"], "没有写要问什么"),
        (&["query", "--question", "执行", "--archive", "档案"], "没有“执行”这个问题"),
        (&["query", "--question", "execution", "--archive", "档案", "--set", "2024"], "没有“2024”这个参数"),
        (&["query", "SELECT 1", "--archive", "档案", "--as", "parquet"], "Parquet 只能写进文件"),
        (&["query", "SELECT 1"], "--archive"),
    ] {
        let run = scratch.run(arguments);
        run.ends_with(3);
        assert!(run.warned.contains(expected), "{arguments:?}: {}", run.warned);
    }
}
