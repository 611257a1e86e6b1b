use juesuan_store::{AnswerKind, DocumentId, Error};

use crate::scratch::{Scratch, answer, identity, reading, stamp};

#[tokio::test]
async fn an_answer_outlives_versions_and_its_history_is_kept() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let of = identity("Bureau", 2023);
    let id = store.record(&stamp(1), &of, &reading(&store, "one", "a.pdf")).await.unwrap().document;
    store.answer(&stamp(2), id, "key", &answer("first")).await.unwrap();
    store.record(&stamp(3), &of, &reading(&store, "two", "a.pdf")).await.unwrap();
    let mut alarm = answer("second");
    (alarm.kind, alarm.until) = (AnswerKind::FalseAlarm, None);
    store.answer(&stamp(4), id, "key", &alarm).await.unwrap();
    store.answer(&stamp(5), id, "other", &answer("third")).await.unwrap();
    let answers = store.answers(id).await.unwrap();
    assert_eq!(answers.keys().collect::<Vec<_>>(), ["key", "other"]);
    assert_eq!((answers["key"].at, answers["key"].by.as_str(), &answers["key"].answer), (4, "Li", &alarm));
    store.withdraw(&stamp(6), id, "key").await.unwrap();
    assert_eq!(store.answers(id).await.unwrap().keys().collect::<Vec<_>>(), ["other"]);
    let history = store.answer_history(id, "key").await.unwrap();
    let told: Vec<_> =
        history.iter().map(|one| (one.at, one.answer.as_ref().map(|answer| answer.reason.as_str()))).collect();
    assert_eq!(told, [(6, None), (4, Some("second")), (2, Some("first"))]);
    let events = store.events(Some(&format!("document/{id}/finding/key")), None, 9).await.unwrap();
    assert_eq!(events[1].before.as_ref().unwrap()["reason"], "first");
    assert_eq!(events[1].after.as_ref().unwrap()["kind"], "false-alarm");
}

#[tokio::test]
async fn nothing_is_answered_of_what_is_not_there() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let absent = store.answer(&stamp(1), DocumentId(7), "key", &answer("why")).await;
    assert!(matches!(&absent, Err(Error::NotFound(what)) if what == "document/7"), "{absent:?}");
    assert!(matches!(store.withdraw(&stamp(1), DocumentId(7), "key").await, Err(Error::NotFound(_))));
    assert_eq!(store.verify_chain().await.unwrap().count, 0);
}
