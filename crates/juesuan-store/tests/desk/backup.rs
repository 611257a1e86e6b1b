use std::fs;
use std::path::{Path, PathBuf};

use juesuan_store::{Error, Fault, Filter, Sort, Store, audit, backup, restore};

use crate::scratch::{Scratch, answer, face, identity, reading, stamp};

/// A store with something of everything.
async fn filled(scratch: &Scratch) -> Store {
    let store = scratch.store().await;
    let of = identity("Bureau", 2023);
    let id = store.record(&stamp(1), &of, &reading(&store, "one", "a.pdf")).await.unwrap().document;
    store.answer(&stamp(2), id, "key", &answer("why")).await.unwrap();
    let folder = store.add_folder(&stamp(3), &face("Bureau")).await.unwrap();
    let entry = store.contents().put(b"entry").unwrap();
    store.put_entry(&stamp(4), folder, "a.csv", &entry, None).await.unwrap();
    // An upload whose job waits is named by no column.
    store.contents().put(b"upload").unwrap();
    store
}

fn content(folder: &Path, bytes: &[u8]) -> PathBuf {
    let digest = juesuan_store::Digest::of(bytes);
    folder.join("files").join(&digest.as_str()[..2]).join(&digest.as_str()[2..])
}

#[tokio::test]
async fn a_copy_made_while_the_store_is_open_comes_back_whole() {
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    let (copy, back) = (scratch.place("copy"), scratch.place("back"));
    let made = store.backup(&copy).await.unwrap();
    assert_eq!((made.events, made.contents.len()), (4, 4));
    store.set(&stamp(5), "later", &serde_json::json!(1)).await.unwrap();
    let head = store.verify_chain().await.unwrap();
    assert_eq!(restore(&copy, &back).await.unwrap(), made);
    assert!(matches!(restore(&copy, &back).await, Err(Error::Exists(_))));
    assert!(matches!(store.backup(&copy).await, Err(Error::Exists(_))));
    let restored = Store::open(&back).await.unwrap();
    let chain = restored.verify_chain().await.unwrap();
    assert_eq!((chain.count, chain.head), (4, made.head));
    assert_ne!(head.count, 4);
    let (rows, _) = restored.documents(&Filter::default(), Sort::default(), 0, 9).await.unwrap();
    assert_eq!(rows, store.documents(&Filter::default(), Sort::default(), 0, 9).await.unwrap().0);
    assert_eq!(restored.answers(rows[0].document.id).await.unwrap().len(), 1);
    assert_eq!(fs::read(content(&back, b"upload")).unwrap(), b"upload");
    assert_eq!(restored.audit().await.unwrap().faults, []);
    restored.set(&stamp(6), "later", &serde_json::json!(1)).await.unwrap();
    store.close().await;
    backup(&scratch.desk(), &scratch.place("closed")).await.unwrap();
    let names: Vec<_> = scratch.names();
    assert_eq!(names, ["back", "closed", "copy", "desk"], "nothing else is left");
}

#[tokio::test]
async fn a_damaged_copy_is_not_brought_back() {
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    let copy = scratch.place("copy");
    store.backup(&copy).await.unwrap();
    let manifest = copy.join("manifest.json");
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    for part in [content(&copy, b"entry"), content(&copy, b"upload"), copy.join("desk.sqlite"), manifest.clone()] {
        let whole = fs::read(&part).unwrap();
        flip(&part);
        let restored = restore(&copy, &scratch.place("back")).await;
        assert!(matches!(restored, Err(Error::Damaged(_))), "{}: {restored:?}", part.display());
        fs::write(&part, whole).unwrap();
    }
    fs::rename(content(&copy, b"entry"), scratch.place("aside")).unwrap();
    let restored = restore(&copy, &scratch.place("back")).await;
    assert!(matches!(restored, Err(Error::Damaged(_))), "{restored:?}");
    fs::rename(scratch.place("aside"), content(&copy, b"entry")).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();
    for (from, to) in [("\"form\":1", "\"form\":2"), ("\"events\":4", "\"events\":3")] {
        fs::write(&manifest, text.replace(from, to)).unwrap();
        assert!(restore(&copy, &scratch.place("back")).await.is_err(), "{to}");
    }
    fs::write(&manifest, text).unwrap();
    assert_eq!(scratch.names(), ["copy", "desk"], "nothing is left of what failed");
    restore(&copy, &scratch.place("back")).await.unwrap();
}

#[tokio::test]
async fn what_is_damaged_is_not_copied() {
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    fs::write(content(&scratch.desk(), b"entry"), b"Entry").unwrap();
    assert!(matches!(store.backup(&scratch.place("copy")).await, Err(Error::Damaged(_))));
    store.contents().put(b"entry").unwrap();
    scratch.forge("DROP TRIGGER event_is_not_changed; UPDATE event SET person = 'Wu' WHERE id = 2").await;
    assert!(matches!(store.backup(&scratch.place("copy")).await, Err(Error::Chain(link)) if link.event == 2));
    assert_eq!(scratch.names(), ["desk"]);
}

#[tokio::test]
async fn what_a_process_that_died_left_of_a_copy_goes_with_the_next_one() {
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    let left = scratch.place(".copy.writing");
    fs::create_dir_all(left.join("files/drafts")).unwrap();
    fs::write(left.join("desk.sqlite"), b"half").unwrap();
    store.backup(&scratch.place("copy")).await.unwrap();
    assert_eq!(scratch.names(), ["copy", "desk"]);
}

#[tokio::test]
async fn an_audit_names_all_that_is_not_what_was_written() {
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    let found = store.audit().await.unwrap();
    assert_eq!((found.contents, found.faults.len(), found.chain.unwrap().count), (3, 0, 4));
    store.close().await;
    assert_eq!(audit(&scratch.desk()).await.unwrap().faults, []);
    fs::write(content(&scratch.desk(), b"entry"), b"Entry").unwrap();
    fs::remove_file(content(&scratch.desk(), b"one")).unwrap();
    scratch.forge("DROP TRIGGER event_is_not_changed; UPDATE event SET person = 'Wu' WHERE id = 2").await;
    scratch.forge("PRAGMA foreign_keys = OFF; UPDATE answer SET document = 9").await;
    let found = audit(&scratch.desk()).await.unwrap();
    let told: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
    let of = |bytes: &[u8]| juesuan_store::Digest::of(bytes);
    assert_eq!(found.chain, None);
    assert!(told.contains(&"event 2 was changed".to_owned()), "{told:?}");
    assert!(
        found.faults.contains(&Fault::Changed(of(b"entry"))) && found.faults.contains(&Fault::Missing(of(b"one"))),
        "{told:?}"
    );
    assert!(told.contains(&"database: a row of answer names none of document".to_owned()), "{told:?}");
    assert_eq!(told.len(), 4);
    assert!(matches!(audit(&scratch.place("nowhere")).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn an_audit_of_a_database_with_a_broken_page_says_so() {
    let scratch = Scratch::new();
    filled(&scratch).await.close().await;
    let path = scratch.desk().join("desk.sqlite");
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    for byte in &mut bytes[2 * page..4 * page] {
        *byte = 0x55;
    }
    fs::write(&path, &bytes).unwrap();
    let found = audit(&scratch.desk()).await.unwrap();
    assert!(found.faults.iter().any(|fault| matches!(fault, Fault::Database(_))), "{found:?}");
    fs::write(&path, b"no database").unwrap();
    let found = audit(&scratch.desk()).await.unwrap();
    assert!(matches!(found.faults.as_slice(), [Fault::Database(_)]), "{found:?}");
}

#[tokio::test]
async fn a_copy_of_an_earlier_program_comes_back_in_the_form_of_this_one() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    store.record(&stamp(1), &identity("Bureau", 2023), &reading(&store, "one", "a.pdf")).await.unwrap();
    store.close().await;
    scratch
        .forge("DROP TABLE correction; DROP TABLE issue_file; DROP TABLE issue; DROP TABLE entry; DROP TABLE change; DROP TABLE folder; PRAGMA user_version = 1")
        .await;
    assert_eq!(audit(&scratch.desk()).await.unwrap().contents, 2);
    backup(&scratch.desk(), &scratch.place("copy")).await.unwrap();
    restore(&scratch.place("copy"), &scratch.place("back")).await.unwrap();
    let store = Store::open(&scratch.place("back")).await.unwrap();
    store.add_folder(&stamp(2), &face("Bureau")).await.unwrap();
    assert_eq!(store.audit().await.unwrap().faults, []);
}

#[cfg(unix)]
#[tokio::test]
async fn others_on_the_machine_see_neither_a_store_nor_its_copies() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let store = filled(&scratch).await;
    store.backup(&scratch.place("copy")).await.unwrap();
    restore(&scratch.place("copy"), &scratch.place("back")).await.unwrap();
    for name in ["desk", "copy", "back"] {
        assert_eq!(fs::metadata(scratch.place(name)).unwrap().permissions().mode() & 0o777, 0o700, "{name}");
    }
}
