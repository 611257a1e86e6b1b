//! Files that prove something: named by rows, told by length and digest.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

mod folder;

use folder::Folder;
use juesuan_inputs::Inputs;
use juesuan_model::Gravity;

fn register(folder: &Folder, evidence: &str) {
    folder.put("registers/会议登记.csv", format!("日期,会议类型,佐证\n2023-02-03,政府常务会议,{evidence}\n"));
}

fn messages(inputs: &Inputs, gravity: Gravity) -> Vec<String> {
    inputs.problems.iter().filter(|p| p.gravity == gravity).map(ToString::to_string).collect()
}

#[test]
fn a_named_file_is_kept_with_its_length_its_digest_and_what_it_proves() {
    let folder = Folder::new("named");
    register(&folder, "纪要.txt、签到表");
    folder.put("registers/佐证/纪要.txt", "abc");
    folder.put("registers/佐证/签到表.pdf", "x");
    let inputs = folder.read();
    let of = |at: usize| (inputs.evidence[at].path.as_str(), inputs.evidence[at].bytes);
    assert_eq!((of(0), of(1)), (("registers/佐证/签到表.pdf", 1), ("registers/佐证/纪要.txt", 3)));
    // FIPS 180-2, appendix B.1.
    assert_eq!(inputs.evidence[1].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(inputs.evidence[1].proves, ["registers/会议登记.csv 第2行"]);
    assert!(messages(&inputs, Gravity::Contradiction).is_empty());
    assert!(inputs.problems.iter().all(|problem| !problem.message.contains("没有读取")), "{:#?}", inputs.problems);
}

#[test]
fn a_file_that_is_named_and_absent_makes_a_draft_and_one_that_nobody_names_is_doubted() {
    let folder = Folder::new("absent");
    register(&folder, "纪要.txt；无");
    folder.put("registers/佐证/多余.txt", "abc");
    let inputs = folder.read();
    let contradictions = messages(&inputs, Gravity::Contradiction);
    assert_eq!(contradictions.len(), 1, "{contradictions:#?}");
    assert!(contradictions[0].contains("第2行") && contradictions[0].contains("“纪要.txt”不在 registers/佐证/ 里"));
    assert!(messages(&inputs, Gravity::Doubt).iter().any(|m| m.contains("多余.txt") && m.contains("没有哪一行")));
    assert!(inputs.evidence.is_empty());
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_refused() {
    for name in ["../会议登记.csv", "/etc/hostname", "C:\\纪要.txt", "上级\\..\\..\\纪要.txt"] {
        let folder = Folder::new("escape");
        register(&folder, name);
        let contradictions = messages(&folder.read(), Gravity::Contradiction);
        assert!(contradictions.iter().any(|m| m.contains("指向别处")), "{name} {contradictions:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_no_evidence() {
    let folder = Folder::new("link");
    register(&folder, "纪要.txt");
    folder.put("别处.txt", "abc");
    folder.put("registers/佐证/在.txt", "abc");
    std::os::unix::fs::symlink(folder.0.join("别处.txt"), folder.0.join("registers/佐证/纪要.txt")).unwrap();
    let inputs = folder.read();
    assert!(inputs.evidence.is_empty(), "{:?}", inputs.evidence);
    assert!(messages(&inputs, Gravity::Doubt).iter().any(|m| m.contains("纪要.txt") && m.contains("链接")));
    assert_eq!(messages(&inputs, Gravity::Contradiction).len(), 1);
}

#[test]
fn a_sheet_among_the_evidence_is_hashed_and_not_read() {
    let folder = Folder::new("sheet");
    register(&folder, "会议登记.csv、mapping.toml");
    folder.put("registers/佐证/会议登记.csv", "日期,会议类型\n2023-02-03,政府常务会议\n");
    folder.put("registers/佐证/mapping.toml", "没有意义");
    let inputs = folder.read();
    assert_eq!(inputs.counts.get("会议次数").map(|count| count.value.to_string()).as_deref(), Some("1"));
    assert_eq!(inputs.evidence.len(), 2);
    assert!(inputs.problems.iter().all(|problem| problem.gravity == Gravity::Doubt), "{:#?}", inputs.problems);
}

#[test]
fn an_indicator_names_what_its_file_proves() {
    let folder = Folder::new("indicator");
    folder.put(
        "performance/绩效指标.csv",
        "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,佐证\n督查经费,产出指标,数量指标,督查期数,≥8期,8期,10,通报.txt\n",
    );
    folder.put("performance/佐证/通报.txt", "abc");
    let inputs = folder.read();
    assert_eq!(inputs.evidence.first().map(|e| e.proves.clone()), Some(vec!["督查经费／督查期数".to_owned()]));
}
