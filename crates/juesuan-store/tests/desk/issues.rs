use std::collections::BTreeMap;

use juesuan_store::{Digest, Error, FolderId, IssueId, Output};
use serde_json::json;

use crate::scratch::{Scratch, face, stamp};

#[tokio::test]
async fn an_issue_keeps_its_files_and_is_approved_once() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let folder = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    let page = store.contents().put(b"<html>").unwrap();
    let output = Output {
        fingerprint: "0123 4567".to_owned(),
        state: "whole".to_owned(),
        summary: json!({ "documents": 2 }),
        files: BTreeMap::from([("site/index.html".to_owned(), page.clone()), ("a.pdf".to_owned(), page)]),
    };
    let first = store.add_issue(&stamp(2), folder, &output).await.unwrap();
    let second = store.add_issue(&stamp(3), folder, &output).await.unwrap();
    store.approve(&stamp(4), first, "Director", "2026-03-01").await.unwrap();
    let again = store.approve(&stamp(5), first, "Other", "2026-03-02").await;
    assert!(
        matches!(&again, Err(Error::State { subject, state }) if subject == "issue/1" && state == "approved"),
        "{again:?}"
    );
    let issue = store.issue(first).await.unwrap();
    assert_eq!((issue.files, issue.line.summary.clone()), (output.files.clone(), output.summary.clone()));
    let approval = issue.line.approval.unwrap();
    assert_eq!(
        (approval.name.as_str(), approval.day.as_str(), approval.at, approval.by.as_str()),
        ("Director", "2026-03-01", 4, "Li")
    );
    let lines = store.issues(folder).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.id, line.number, line.approval.is_some())).collect();
    assert_eq!(told, [(second, 2, false), (first, 1, true)]);
    assert!(matches!(store.issue(IssueId(9)).await, Err(Error::NotFound(_))));
    assert!(matches!(store.add_issue(&stamp(6), FolderId(9), &output).await, Err(Error::NotFound(_))));
    for (path, content) in [("../a", Digest::of(b"<html>")), ("a", Digest::of(b"absent"))] {
        let output = Output { files: BTreeMap::from([(path.to_owned(), content)]), ..output.clone() };
        assert!(store.add_issue(&stamp(6), folder, &output).await.is_err(), "{path}");
    }
    assert_eq!(store.verify_chain().await.unwrap().count, 4);
}
