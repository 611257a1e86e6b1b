use juesuan_store::{Error, JobEnd, JobId, JobState};
use serde_json::{Value, json};

use crate::scratch::{Scratch, stamp};

#[tokio::test]
async fn a_job_goes_through_the_queue_with_its_items_and_ends() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let names = ["a.pdf".to_owned(), "b.pdf".to_owned()];
    let first = store.enqueue(&stamp(1), "check", &json!({ "x": 1 }), &names).await.unwrap();
    let second = store.enqueue(&stamp(2), "check", &json!(null), &[]).await.unwrap();
    let job = store.claim().await.unwrap().unwrap();
    assert_eq!((job.line.id, job.line.state, job.items.len()), (first, JobState::Running, 2));
    store.progress(first, "read", 1, Some(2)).await.unwrap();
    store.item(first, 1, "wrong", &json!({ "errors": 3 })).await.unwrap();
    let job = store.job(first).await.unwrap();
    assert_eq!((job.line.phase.as_str(), job.line.done, job.line.of), ("read", 1, Some(2)));
    let items: Vec<_> =
        job.items.iter().map(|item| (item.name.as_str(), item.state.as_str(), item.note.clone())).collect();
    assert_eq!(items, [("a.pdf", "", None), ("b.pdf", "wrong", Some(json!({ "errors": 3 })))]);
    assert!(matches!(store.item(first, 2, "wrong", &Value::Null).await, Err(Error::NotFound(_))));
    store.finish(first, JobEnd::Done, &json!("good")).await.unwrap();
    let again = store.finish(first, JobEnd::Failed, &Value::Null).await;
    assert!(
        matches!(&again, Err(Error::State { subject, state }) if subject == "job/1" && state == "done"),
        "{again:?}"
    );
    let lines = store.jobs(9).await.unwrap();
    assert_eq!(
        lines.iter().map(|line| (line.id, line.state)).collect::<Vec<_>>(),
        [(second, JobState::Queued), (first, JobState::Done)]
    );
    assert_eq!(lines[1].outcome, Some(json!("good")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_ask_at_once_each_gets_another_job() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    for number in 0..20 {
        store.enqueue(&stamp(number), "check", &Value::Null, &[]).await.unwrap();
    }
    let asked: Vec<_> = (0..30)
        .map(|_| {
            tokio::spawn({
                let store = store.clone();
                async move { store.claim().await.unwrap() }
            })
        })
        .collect();
    let mut got = Vec::new();
    for ask in asked {
        got.extend(ask.await.unwrap().map(|job| job.line.id.0));
    }
    got.sort_unstable();
    assert_eq!(got, (1..=20).collect::<Vec<i64>>());
}

#[tokio::test]
async fn what_waits_is_called_off_at_once_and_what_runs_is_told() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let runs = store.enqueue(&stamp(1), "check", &Value::Null, &[]).await.unwrap();
    let waits = store.enqueue(&stamp(2), "check", &Value::Null, &[]).await.unwrap();
    store.claim().await.unwrap().unwrap();
    assert!(!store.is_cancelled(runs).await.unwrap());
    for id in [runs, waits, runs] {
        store.cancel(&stamp(3), id).await.unwrap();
    }
    assert!(store.is_cancelled(runs).await.unwrap());
    assert_eq!(store.job(runs).await.unwrap().line.state, JobState::Running);
    assert_eq!(store.job(waits).await.unwrap().line.state, JobState::Cancelled);
    assert_eq!(store.claim().await.unwrap(), None);
    store.finish(runs, JobEnd::Cancelled, &Value::Null).await.unwrap();
    store.cancel(&stamp(4), runs).await.unwrap();
    assert_eq!(store.verify_chain().await.unwrap().count, 4);
    assert!(matches!(store.cancel(&stamp(4), JobId(9)).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn what_ran_when_the_program_ended_is_interrupted_and_can_be_ordered_again() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let names = ["a.pdf".to_owned()];
    let runs = store.enqueue(&stamp(1), "check", &Value::Null, &names).await.unwrap();
    let called_off = store.enqueue(&stamp(2), "check", &Value::Null, &[]).await.unwrap();
    let waits = store.enqueue(&stamp(3), "check", &Value::Null, &[]).await.unwrap();
    store.claim().await.unwrap().unwrap();
    store.claim().await.unwrap().unwrap();
    store.progress(runs, "read", 1, None).await.unwrap();
    store.item(runs, 0, "right", &Value::Null).await.unwrap();
    store.cancel(&stamp(4), called_off).await.unwrap();
    store.close().await;
    let store = scratch.store().await;
    let mut states = Vec::new();
    for id in [runs, called_off, waits] {
        states.push(store.job(id).await.unwrap().line.state);
    }
    assert_eq!(states, [JobState::Interrupted, JobState::Cancelled, JobState::Queued]);
    assert!(matches!(store.requeue(&stamp(5), waits).await, Err(Error::State { .. })));
    store.requeue(&stamp(5), runs).await.unwrap();
    let job = store.claim().await.unwrap().unwrap();
    assert_eq!((job.line.id, job.line.done, job.items[0].state.as_str()), (runs, 0, "right"));
}
