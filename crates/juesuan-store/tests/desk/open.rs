use juesuan_store::{DocumentId, Error, Filter, FolderId, IssueId, JobEnd, JobId, Sort, Store, restore};
use serde_json::json;

use crate::scratch::{Scratch, answer, face, identity, reading, stamp};

#[tokio::test]
async fn a_folder_that_is_open_is_refused_to_others_and_free_when_it_is_closed() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let clone = store.clone();
    let Err(Error::Taken { folder, process }) = Store::open(&scratch.desk()).await else { panic!("opened twice") };
    assert_eq!((folder, process), (scratch.desk(), std::process::id().to_string()));
    store.close().await;
    assert!(Store::open(&scratch.desk()).await.is_err(), "a clone still holds it");
    drop(clone);
    scratch.store().await;
}

#[tokio::test]
async fn what_was_set_is_there_after_reopening() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    assert_eq!(store.setting("columns").await.unwrap(), None);
    store.set(&stamp(1), "columns", &json!({ "a": 1 })).await.unwrap();
    store.set(&stamp(2), "columns", &json!([2])).await.unwrap();
    store.close().await;
    let store = scratch.store().await;
    assert_eq!(store.setting("columns").await.unwrap(), Some(json!([2])));
    let events = store.events(Some("setting/columns"), None, 9).await.unwrap();
    assert_eq!((events.len(), &events[0].before, &events[0].after), (2, &Some(json!({ "a": 1 })), &Some(json!([2]))));
}

#[tokio::test]
async fn what_was_read_while_the_generation_stayed_the_same_is_still_so() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let before = store.generation();
    store.setting("columns").await.unwrap();
    assert_eq!(store.generation(), before, "who reads changes nothing");
    store.clone().set(&stamp(1), "columns", &json!(1)).await.unwrap();
    let after = store.generation();
    assert_ne!(after, before);
    store.touch("nobody", 1, 2).await.unwrap();
    assert_ne!(store.generation(), after, "a write of any kind, through any clone");
}

#[tokio::test]
async fn a_folder_of_a_later_program_is_left_alone() {
    let scratch = Scratch::new();
    scratch.store().await.close().await;
    scratch.forge("PRAGMA user_version = 99").await;
    let Err(Error::Newer { found: 99, .. }) = Store::open(&scratch.desk()).await else { panic!("opened") };
}

#[tokio::test]
async fn a_file_that_is_no_database_is_damage() {
    let scratch = Scratch::new();
    std::fs::create_dir_all(scratch.desk()).unwrap();
    std::fs::write(scratch.desk().join("desk.sqlite"), "no database at all, ".repeat(100)).unwrap();
    let opened = Store::open(&scratch.desk()).await;
    assert!(matches!(opened, Err(Error::Damaged(_))), "{opened:?}");
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_busy_and_then_goes_on() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let mut other = scratch.connection().await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let set = store.set(&stamp(1), "a", &json!(1)).await;
    assert!(matches!(set, Err(Error::Busy)), "{set:?}");
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    store.set(&stamp(2), "a", &json!(2)).await.unwrap();
    assert_eq!(store.verify_chain().await.unwrap().count, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_nobody_waits_for_any_more_is_whole_or_not_there_and_stops_no_other() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let mut told = 0;
    for round in 0..200_u64 {
        let value = json!(round);
        let stamp = stamp(1);
        let write = store.set(&stamp, "a", &value);
        let wait = std::time::Duration::from_micros(20 * round);
        told += u64::from(tokio::time::timeout(wait, write).await.is_ok_and(|write| write.is_ok()));
    }
    store.set(&stamp(1), "b", &json!(1)).await.unwrap();
    let chain = store.verify_chain().await.unwrap();
    assert!(chain.count > told && told > 0, "{} of {told}", chain.count);
    let events = store.events(Some("setting/a"), None, 1).await.unwrap();
    assert_eq!(store.setting("a").await.unwrap(), events[0].after);
}

/// Servers move what waits from thread to thread.
fn movable(_: impl Send) {}

#[tokio::test]
async fn every_call_can_be_moved_from_thread_to_thread() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let (of, who, value) = (identity("Bureau", 2023), stamp(1), json!(1));
    let (sent, said, made) = (reading(&store, "one", "a.pdf"), answer("why"), face("Bureau"));
    let (document, job, folder, issue) = (DocumentId(1), JobId(1), FolderId(1), IssueId(1));
    movable(Store::open(scratch.path()));
    movable(store.record(&who, &of, &sent));
    movable(store.documents(&Filter::default(), Sort::default(), 0, 9));
    movable((
        store.document(document),
        store.versions(document),
        store.choices(),
        store.remove_document(&who, document),
    ));
    movable((
        store.answer(&who, document, "key", &said),
        store.withdraw(&who, document, "key"),
        store.answers(document),
    ));
    movable((store.enqueue(&who, "check", &value, &[]), store.claim(), store.finish(job, JobEnd::Done, &value)));
    movable((store.progress(job, "read", 1, None), store.item(job, 0, "", &value), store.job(job), store.jobs(9)));
    movable((store.cancel(&who, job), store.requeue(&who, job), store.is_cancelled(job)));
    movable((store.open_session(&who, "", "", 2), store.session("", 1), store.sessions(1), store.touch("", 1, 2)));
    movable((store.close_session(&who, ""), store.close_other_sessions(&who, "")));
    movable(store.note_refusals(&who, &juesuan_store::Refusals::default()));
    movable((store.set(&who, "a", &value), store.setting("a"), store.events(None, None, 9), store.verify_chain()));
    movable((store.add_folder(&who, &made), store.folders(), store.undo(&who, folder), store.redo(&who, folder)));
    movable(store.put_entry(&who, folder, "a", &sent.content, None));
    movable((store.edit(&who, folder, &[]), store.entries(folder), store.history(folder, "a")));
    movable((store.approve(&who, issue, "", ""), store.issue(issue), store.issues(folder)));
    movable((store.audit(), store.backup(scratch.path()), restore(scratch.path(), scratch.path())));
    movable(store.close());
}
