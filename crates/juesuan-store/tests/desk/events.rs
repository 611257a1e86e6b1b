use juesuan_store::{Error, LinkFault, Store};
use serde_json::json;

use crate::scratch::{Scratch, stamp};

async fn three(scratch: &Scratch) -> Store {
    let store = scratch.store().await;
    for number in 1..=3 {
        store.set(&stamp(number), &format!("name {number}"), &json!(number)).await.unwrap();
    }
    store
}

#[tokio::test]
async fn events_are_told_newest_first_page_by_page_and_the_chain_holds() {
    let scratch = Scratch::new();
    let store = three(&scratch).await;
    let page = store.events(None, None, 2).await.unwrap();
    let rest = store.events(None, Some(page[1].id), 2).await.unwrap();
    let ids: Vec<_> = page.iter().chain(&rest).map(|event| event.id).collect();
    assert_eq!(ids, [3, 2, 1]);
    assert_eq!((page[0].previous.as_str(), rest[0].previous.as_str()), (page[1].hash.as_str(), ""));
    let chain = store.verify_chain().await.unwrap();
    assert_eq!((chain.count, chain.head), (3, page[0].hash.clone()));
}

/// Where the chain breaks after `sql`, with the guards of the table taken away.
async fn broken(sql: &'static str) -> (i64, LinkFault) {
    let scratch = Scratch::new();
    let store = three(&scratch).await;
    scratch.forge("DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_deleted").await;
    scratch.forge(sql).await;
    match store.verify_chain().await {
        Err(Error::Chain(link)) => (link.event, link.fault),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_broken_chain_says_which_event() {
    assert_eq!(broken("UPDATE event SET person = 'Wu' WHERE id = 2").await, (2, LinkFault::Changed));
    assert_eq!(broken("UPDATE event SET after = NULL WHERE id = 3").await, (3, LinkFault::Changed));
    assert_eq!(broken("DELETE FROM event WHERE id = 2").await, (3, LinkFault::Moved));
    assert_eq!(broken("DELETE FROM event WHERE id = 1").await, (2, LinkFault::Moved));
    // A letter moved from one field to the next.
    assert_eq!(broken("UPDATE event SET person = 'L', what = 'i' || what WHERE id = 1").await, (1, LinkFault::Changed));
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_an_event() {
    let scratch = Scratch::new();
    three(&scratch).await.close().await;
    for sql in ["UPDATE event SET person = 'Wu'", "DELETE FROM event"] {
        let mut connection = scratch.connection().await;
        assert!(sqlx::query(sql).execute(&mut connection).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn what_lies_below_a_subject_is_told_with_it_and_what_only_begins_like_it_is_not() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    for (at, name) in (1..).zip(["a", "a/b", "a/b/c", "a0", "ab", "A", "b"]) {
        store.set(&stamp(at), name, &serde_json::json!(1)).await.unwrap();
    }
    let told = store.events(Some("setting/a"), None, 9).await.unwrap();
    let subjects: Vec<&str> = told.iter().map(|event| event.subject.as_str()).collect();
    assert_eq!(subjects, ["setting/a/b/c", "setting/a/b", "setting/a"]);
}
