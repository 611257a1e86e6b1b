//! backup, restore, and verify of what the window keeps.

use juesuan_store::{Digest, FolderFace, Stamp, Store};

use crate::scratch::Scratch;

/// A data folder in which a table was saved.
fn kept(scratch: &Scratch, name: &str) -> Digest {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&scratch.path(name)).await.unwrap();
        let stamp = Stamp::new(1_790_000_000_000, "李会计");
        let face =
            FolderFace {
                body: "云岭市林业局".into(), year: Some(2023), variant: "hubei".into(), title: String::new()
            };
        let folder = store.add_folder(&stamp, &face).await.unwrap();
        let digest = store.contents().put("预算".as_bytes()).unwrap();
        store.put_entry(&stamp, folder, "budget.csv", &digest, None).await.unwrap();
        store.close().await;
        digest
    })
}

#[test]
fn what_the_window_keeps_is_copied_and_brought_back_in_one_command_each() {
    let scratch = Scratch::new("copies");
    kept(&scratch, "数据");
    for copy in ["备份.zip", "备份"] {
        scratch.run(&["backup", "数据", copy]).ends_with(0).tells(&[copy, "1 个文件，2 条记录，都与校验码相符"]);
        scratch.run(&["backup", "数据", copy]).ends_with(3).tells(&["已经有", "没有改动"]);
        let back = format!("{copy}恢复");
        scratch.run(&["restore", copy, &back]).ends_with(0).tells(&["1 个文件，2 条记录", "juesuan serve --data"]);
        scratch.run(&["restore", copy, &back]).ends_with(3).tells(&["已经有"]);
        scratch.run(&["verify", &back]).ends_with(0).tells(&["数据完好：2 条记录前后相连，1 个文件与校验码相符"]);
        let (before, after) = (scratch.files("数据/files"), scratch.files(&format!("{back}/files")));
        assert_eq!(before.len(), 1);
        assert!(before == after, "{copy}");
    }
}

#[test]
fn what_was_changed_is_found_named_and_never_brought_back() {
    let scratch = Scratch::new("copies-changed");
    let digest = kept(&scratch, "数据");
    scratch.run(&["backup", "数据", "备份"]).ends_with(0);
    let (shelf, rest) = digest.as_str().split_at(2);
    for folder in ["数据", "备份"] {
        scratch.put(&format!("{folder}/files/{shelf}/{rest}"), "预算改过");
    }
    scratch.run(&["verify", "数据"]).ends_with(1).tells(&[&format!("改动　{digest}"), "1 处", "请从备份恢复"]);
    scratch.run(&["restore", "备份", "新"]).ends_with(1).tells(&["数据损坏"]);
    scratch.run(&["backup", "数据", "又一份"]).ends_with(1).tells(&["数据损坏"]);
    assert!(!scratch.path("新").exists() && !scratch.path("又一份").exists());
    scratch.run(&["backup", "没有", "备份2"]).ends_with(2).tells(&["没有"]);
}
