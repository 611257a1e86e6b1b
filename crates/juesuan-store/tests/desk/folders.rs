use juesuan_store::{Cause, Digest, Edit, Error, FolderFace, FolderId, Stamp, Store};

use crate::scratch::{Scratch, face, stamp};

/// What stands at a path, as text.
async fn text(store: &Store, folder: FolderId, path: &str) -> Option<String> {
    let entry = store.entry(folder, path).await.unwrap()?;
    Some(String::from_utf8(store.contents().read(&entry.content).unwrap()).unwrap())
}

async fn put(store: &Store, folder: FolderId, path: &str, text: &str, expected: Option<i64>) -> Result<i64, Error> {
    let digest = store.contents().put(text.as_bytes()).unwrap();
    store.put_entry(&stamp(1), folder, path, &digest, expected).await
}

#[tokio::test]
async fn a_folder_is_described_removed_and_restored() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    let other = FolderFace { title: "Draft".to_owned(), year: None, ..face("Bureau") };
    store.describe_folder(&stamp(2), id, &other).await.unwrap();
    store.remove_folder(&stamp(3), id).await.unwrap();
    let refused = put(&store, id, "a.csv", "1", None).await;
    assert!(matches!(&refused, Err(Error::State { state, .. }) if state == "removed"), "{refused:?}");
    assert_eq!(store.folders().await.unwrap()[0].removed, Some(3));
    store.restore_folder(&stamp(4), id).await.unwrap();
    let folder = store.folder(id).await.unwrap();
    assert_eq!((folder.face, folder.created, folder.removed), (other, 1, None));
    assert!(matches!(store.folder(FolderId(9)).await, Err(Error::NotFound(_))));
    assert!(matches!(put(&store, FolderId(9), "a.csv", "1", None).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn every_saved_file_is_a_version_and_removing_is_one_too() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    assert_eq!(put(&store, id, "a.csv", "1", None).await.unwrap(), 1);
    assert_eq!(put(&store, id, "a.csv", "2", Some(1)).await.unwrap(), 2);
    assert_eq!(put(&store, id, "a.csv", "2", Some(2)).await.unwrap(), 2, "nothing changed");
    assert_eq!(put(&store, id, "b.csv", "3", None).await.unwrap(), 1);
    assert_eq!(store.remove_entry(&stamp(5), id, "a.csv", 2).await.unwrap(), 3);
    let paths: Vec<_> = store.entries(id).await.unwrap().into_iter().map(|entry| entry.path).collect();
    assert_eq!((paths, text(&store, id, "a.csv").await), (vec!["b.csv".to_owned()], None));
    assert_eq!(put(&store, id, "a.csv", "4", None).await.unwrap(), 4);
    let history = store.history(id, "a.csv").await.unwrap();
    let told: Vec<_> = history.iter().map(|entry| (entry.version, entry.content.clone())).collect();
    let of = |text: &str| Some(Digest::of(text.as_bytes()));
    assert_eq!(told, [(4, of("4")), (3, None), (2, of("2")), (1, of("1"))]);
    for bad in ["../a", "/a", ""] {
        assert!(matches!(put(&store, id, bad, "1", None).await, Err(Error::Refused(_))), "{bad}");
    }
    let absent = store.put_entry(&stamp(1), id, "c.csv", &Digest::of(b"absent"), None).await;
    assert!(matches!(absent, Err(Error::NotFound(_))));
    assert!(matches!(store.remove_entry(&stamp(1), id, "c.csv", 1).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn the_later_of_two_who_write_is_told_what_stands_there_and_nothing_is_overwritten() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    put(&store, id, "a.csv", "1", None).await.unwrap();
    let wang = store.contents().put(b"of Wang").unwrap();
    store.put_entry(&Stamp::new(7, "Wang"), id, "a.csv", &wang, Some(1)).await.unwrap();
    for expected in [Some(1), None, Some(3)] {
        let Err(Error::Conflict(standing)) = put(&store, id, "a.csv", "of Li", expected).await else {
            panic!("overwritten")
        };
        assert_eq!((standing.version, standing.digest, standing.at), (2, Some(wang.clone()), 7));
        assert_eq!((standing.subject.as_str(), standing.person.as_str()), ("folder/1/a.csv", "Wang"));
    }
    assert_eq!(put(&store, id, "a.csv", "of Wang", Some(1)).await.unwrap(), 2, "both wrote the same");
    store.remove_entry(&Stamp::new(8, "Wang"), id, "a.csv", 2).await.unwrap();
    let Err(Error::Conflict(standing)) = put(&store, id, "a.csv", "of Li", Some(2)).await else {
        panic!("overwritten")
    };
    assert_eq!((standing.version, standing.digest), (3, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_write_at_once_one_wins_each_round() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    let mut seen = None;
    for round in 1..=5 {
        let write = |writer: i64| {
            let store = store.clone();
            tokio::spawn(async move { put(&store, id, "a.csv", &format!("{round} {writer}"), seen).await })
        };
        let writers: Vec<_> = (0..4).map(write).collect();
        let mut won = Vec::new();
        for writer in writers {
            match writer.await.unwrap() {
                Ok(version) => won.push(version),
                Err(Error::Conflict(standing)) => assert_eq!(standing.version, round),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(won, [round]);
        seen = Some(round);
    }
}

#[tokio::test]
async fn several_files_are_written_in_one_step_or_not_at_all() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    let edit = |path: &str, text: Option<&str>, expected| Edit {
        path: path.to_owned(),
        content: text.map(|text| store.contents().put(text.as_bytes()).unwrap()),
        expected,
    };
    let first = [edit("a.csv", Some("1"), None), edit("b.csv", Some("1"), None)];
    assert_eq!(store.edit(&stamp(1), id, &first).await.unwrap(), [1, 1]);
    let late = [edit("a.csv", Some("2"), Some(1)), edit("b.csv", Some("2"), Some(7))];
    assert!(matches!(store.edit(&stamp(1), id, &late).await, Err(Error::Conflict(_))));
    assert_eq!(text(&store, id, "a.csv").await.as_deref(), Some("1"));
    let second = [edit("a.csv", None, Some(1)), edit("b.csv", Some("2"), Some(1)), edit("c.csv", Some("2"), None)];
    assert_eq!(store.edit(&stamp(1), id, &second).await.unwrap(), [2, 2, 1]);
    let undone = store.undo(&stamp(2), id).await.unwrap().unwrap();
    let told: Vec<_> =
        undone.entries.iter().map(|entry| (entry.path.as_str(), entry.version, entry.content.is_some())).collect();
    assert_eq!(told, [("a.csv", 3, true), ("b.csv", 3, true), ("c.csv", 2, false)]);
    let mut stands = Vec::new();
    for path in ["a.csv", "b.csv", "c.csv"] {
        stands.push(text(&store, id, path).await);
    }
    assert_eq!(stands, [Some("1".to_owned()), Some("1".to_owned()), None]);
    assert_eq!(store.events(Some("folder/1"), None, 9).await.unwrap().len(), 4, "one event a step");
}

#[tokio::test]
async fn undo_and_redo_go_on_after_the_window_was_closed() {
    let scratch = Scratch::new();
    let mut store = scratch.store().await;
    let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
    for (seen, content) in [(None, "1"), (Some(1), "2"), (Some(2), "3")] {
        put(&store, id, "a.csv", content, seen).await.unwrap();
    }
    let mut stood = Vec::new();
    for step in ["undo", "undo", "undo", "undo", "redo", "redo", "undo", "redo", "redo", "redo"] {
        store.close().await;
        store = scratch.store().await;
        let done = if step == "undo" { store.undo(&stamp(9), id).await } else { store.redo(&stamp(9), id).await };
        let done = done.unwrap().is_some();
        stood.push((done, text(&store, id, "a.csv").await.unwrap_or_default()));
    }
    let told: Vec<_> = stood.iter().map(|(done, text)| (*done, text.as_str())).collect();
    let expected = [
        (true, "2"),
        (true, "1"),
        (true, ""),
        (false, ""),
        (true, "1"),
        (true, "2"),
        (true, "1"),
        (true, "2"),
        (true, "3"),
        (false, "3"),
    ];
    assert_eq!(told, expected);
    store.undo(&stamp(9), id).await.unwrap().unwrap();
    let version = store.entry(id, "a.csv").await.unwrap().unwrap().version;
    put(&store, id, "a.csv", "4", Some(version)).await.unwrap();
    assert_eq!(store.redo(&stamp(9), id).await.unwrap(), None, "something else was done since");
    let undone = store.undo(&Stamp::new(10, "Wang"), id).await.unwrap().unwrap();
    assert_eq!((undone.person.as_str(), undone.at, undone.entries[0].person.as_str()), ("Li", 1, "Wang"));
    assert_eq!((undone.entries[0].cause, text(&store, id, "a.csv").await.as_deref()), (Cause::Undo, Some("2")));
}

/// The same steps on a model that keeps whole states.
#[tokio::test]
async fn whatever_the_steps_undo_and_redo_give_back_whole_states() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    for seed in 0..6_u64 {
        let id = store.add_folder(&stamp(1), &face("Bureau")).await.unwrap();
        let (mut past, mut future, mut random) = (vec![[None, None]], Vec::new(), seed);
        for step in 0..40 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let now: [Option<String>; 2] = past.last().unwrap().clone();
            match (random >> 33) % 5 {
                0 | 1 => {
                    let (path, at) = if random >> 40 & 1 == 0 { ("a", 0) } else { ("b", 1) };
                    let seen = store.entry(id, path).await.unwrap().map(|entry| entry.version);
                    let mut next = now;
                    if random >> 41 & 3 == 0
                        && let Some(seen) = seen
                    {
                        store.remove_entry(&stamp(1), id, path, seen).await.unwrap();
                        next[at] = None;
                    } else {
                        put(&store, id, path, &step.to_string(), seen).await.unwrap();
                        next[at] = Some(step.to_string());
                    }
                    past.push(next);
                    future.clear();
                }
                2 | 3 => {
                    let undone = store.undo(&stamp(1), id).await.unwrap();
                    assert_eq!(undone.is_some(), past.len() > 1);
                    if undone.is_some() {
                        future.extend(past.pop());
                    }
                }
                _ => {
                    let redone = store.redo(&stamp(1), id).await.unwrap();
                    assert_eq!(redone.is_some(), !future.is_empty());
                    past.extend(future.pop());
                }
            }
            let stands = [text(&store, id, "a").await, text(&store, id, "b").await];
            assert_eq!(&stands, past.last().unwrap(), "seed {seed}, step {step}");
        }
    }
}
