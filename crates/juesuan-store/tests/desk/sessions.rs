use juesuan_store::{Refusals, Stamp, Store};
use serde_json::json;

use crate::scratch::Scratch;

fn at(at: i64) -> Stamp {
    Stamp::new(at, "Li")
}

/// What was noted, oldest first: what, and of what.
async fn noted(store: &Store) -> Vec<(String, String)> {
    let events = store.events(None, None, 100).await.unwrap();
    events.into_iter().rev().map(|event| (event.what, event.subject)).collect()
}

#[tokio::test]
async fn a_session_is_open_until_it_expires_or_is_closed() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    store.open_session(&at(10), "hash", "csrf", 20).await.unwrap();
    assert!(store.open_session(&at(11), "hash", "csrf", 20).await.is_err(), "a token is used once");
    let session = store.session("hash", 19).await.unwrap().unwrap();
    assert_eq!((session.csrf.as_str(), session.opened, session.seen, session.expires), ("csrf", 10, 10, 20));
    assert_eq!(store.session("hash", 20).await.unwrap(), None);
    store.touch("hash", 15, 30).await.unwrap();
    assert_eq!(store.session("hash", 29).await.unwrap().unwrap().seen, 15);
    store.touch("hash", 30, 90).await.unwrap();
    assert_eq!(store.session("hash", 30).await.unwrap(), None, "what has ended does not come back");
    store.open_session(&at(40), "hash", "csrf", 50).await.unwrap();
    store.close_session(&at(41), "hash").await.unwrap();
    assert_eq!(store.session("hash", 41).await.unwrap(), None);
}

#[tokio::test]
async fn open_sessions_are_listed_the_last_used_first_and_all_but_one_are_ended_with_an_event_each() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    for (hash, opened, expires) in [("aaaaaaaaaaaaaaaa", 1, 9), ("b", 2, 100), ("c", 3, 100), ("d", 4, 100)] {
        store.open_session(&at(opened), hash, "csrf", expires).await.unwrap();
    }
    store.touch("b", 8, 100).await.unwrap();
    let open = async |now| -> Vec<String> {
        store.sessions(now).await.unwrap().into_iter().map(|session| session.token_hash).collect()
    };
    assert_eq!(open(8).await, ["b", "d", "c", "aaaaaaaaaaaaaaaa"]);
    assert_eq!(open(9).await, ["b", "d", "c"], "what has ended is not listed");
    store.close_session(&at(10), "nobody").await.unwrap();
    store.close_other_sessions(&at(10), "c").await.unwrap();
    assert_eq!(open(10).await, ["c"]);
    let noted = noted(&store).await;
    assert_eq!(noted[0], ("session.opened".to_owned(), "session/aaaaaaaaaaaa".to_owned()), "not the whole hash");
    let closed = noted.iter().filter(|(what, _)| what == "session.closed").count();
    assert_eq!((noted.len(), closed), (7, 3), "{noted:?}");
}

#[tokio::test]
async fn requests_that_were_refused_are_one_event_however_many_there_were() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let refusals = Refusals { address: 2, foreign: 1_000_000, stranger: 0 };
    store.note_refusals(&Stamp::new(60_000, ""), &refusals).await.unwrap();
    let events = store.events(Some("entrance"), None, 9).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].after, Some(json!({ "address": 2, "foreign": 1_000_000 })));
    store.verify_chain().await.unwrap();
}
