use std::io::{self, Read};

use juesuan_store::{Digest, Error};

use crate::scratch::Scratch;

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

#[tokio::test]
async fn a_content_is_kept_once_under_its_digest_and_read_back() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let contents = store.contents();
    let large = vec![7; 200_000];
    let digest = contents.put(&large).unwrap();
    assert_eq!(contents.put_from(large.as_slice()).unwrap(), digest);
    assert_eq!(digest, Digest::of(&large));
    assert_eq!(contents.read(&digest).unwrap(), large);
    assert!(contents.has(&digest) && contents.verify(&digest).is_ok());
    let place = scratch.desk().join("files").join(&digest.as_str()[..2]).join(&digest.as_str()[2..]);
    assert_eq!(files(&scratch.desk().join("files")), [place]);
    let absent = Digest::of(b"absent");
    assert!(!contents.has(&absent));
    assert!(matches!(contents.read(&absent), Err(Error::NotFound(_))));
}

#[tokio::test]
async fn a_sender_that_breaks_off_leaves_nothing() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    assert!(store.contents().put_from([1; 100].chain(Broken)).is_err());
    assert_eq!(files(&scratch.desk().join("files")), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn drafts_of_a_process_that_died_go_when_the_folder_is_opened() {
    let scratch = Scratch::new();
    scratch.store().await.close().await;
    std::fs::write(scratch.desk().join("files/drafts/1-0"), b"half").unwrap();
    scratch.store().await;
    assert_eq!(files(&scratch.desk().join("files")), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn a_content_that_was_changed_on_the_disk_is_found_and_made_good_by_sending_it_again() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let digest = store.contents().put(b"one").unwrap();
    std::fs::write(scratch.desk().join("files").join(&digest.as_str()[..2]).join(&digest.as_str()[2..]), b"two")
        .unwrap();
    assert!(matches!(store.contents().verify(&digest), Err(Error::Damaged(_))));
    store.contents().put(b"one").unwrap();
    assert_eq!(store.contents().read(&digest).unwrap(), b"one");
}
