use crate::scratch::Scratch;

#[tokio::test]
async fn a_session_is_open_until_it_expires_or_is_closed() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    store.open_session("hash", "csrf", 10, 20).await.unwrap();
    assert!(store.open_session("hash", "csrf", 11, 20).await.is_err(), "a token is used once");
    let session = store.session("hash", 19).await.unwrap().unwrap();
    assert_eq!((session.csrf.as_str(), session.opened, session.seen, session.expires), ("csrf", 10, 10, 20));
    assert_eq!(store.session("hash", 20).await.unwrap(), None);
    store.touch("hash", 15, 30).await.unwrap();
    assert_eq!(store.session("hash", 29).await.unwrap().unwrap().seen, 15);
    store.touch("hash", 30, 90).await.unwrap();
    assert_eq!(store.session("hash", 30).await.unwrap(), None, "what has ended does not come back");
    store.open_session("hash", "csrf", 40, 50).await.unwrap();
    store.close_session("hash").await.unwrap();
    assert_eq!(store.session("hash", 41).await.unwrap(), None);
}
