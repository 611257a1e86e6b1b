use juesuan_store::{Correction, Error, Spot};

use crate::scratch::{Scratch, identity, reading, stamp};

fn says(text: &str) -> Correction {
    Correction { read: "128.50".into(), text: text.into() }
}

#[tokio::test]
async fn what_is_said_of_a_picture_holds_for_every_document_until_it_is_taken_back() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id =
        store.record(&stamp(1), &identity("Bureau", 2023), &reading(&store, "one", "a.pdf")).await.unwrap().document;
    let spot = |place: &str| Spot { picture: "0a".into(), place: place.into() };
    store.correct(&stamp(2), id, &spot("1-2-3-4"), &says("12.50")).await.unwrap();
    store.correct(&stamp(3), id, &spot("5-6-7-8"), &says("13.50")).await.unwrap();
    store.correct(&stamp(4), id, &spot("1-2-3-4"), &says("14.50")).await.unwrap();
    let told = |all: Vec<juesuan_store::Corrected>| -> Vec<(String, i64, String)> {
        all.into_iter().map(|own| (own.spot.place, own.at, own.correction.text)).collect()
    };
    let standing = told(store.corrections().await.unwrap());
    let one = |place: &str, at, text: &str| (place.to_owned(), at, text.to_owned());
    assert_eq!(standing, [one("5-6-7-8", 3, "13.50"), one("1-2-3-4", 4, "14.50")]);
    store.withdraw_correction(&stamp(5), id, &spot("1-2-3-4")).await.unwrap();
    assert_eq!(told(store.corrections().await.unwrap()), [one("5-6-7-8", 3, "13.50")]);
    let again = store.withdraw_correction(&stamp(6), id, &spot("1-2-3-4")).await;
    assert!(matches!(again, Err(Error::NotFound(_))), "{again:?}");
    let events = store.events(Some(&format!("document/{id}/picture/0a/1-2-3-4")), None, 9).await.unwrap();
    let what: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(what, ["reading.withdrawn", "reading.corrected", "reading.corrected"]);
    assert_eq!(events[1].before.as_ref().unwrap()["text"], "12.50");
    assert_eq!(events[1].after.as_ref().unwrap()["text"], "14.50");
    assert_eq!(store.audit().await.unwrap().faults, []);
}
