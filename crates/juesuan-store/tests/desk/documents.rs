use juesuan_store::documents::{Column, Direction};
use juesuan_store::{Error, Filter, Identity, Reading, Sort, Store, VersionId};

use crate::scratch::{Scratch, identity, reading, stamp};

#[tokio::test]
async fn another_content_of_the_same_publication_is_its_next_version_and_the_same_content_is_known() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let of = identity("Bureau", 2023);
    let first = store.record(&stamp(1), &of, &reading(&store, "one", "a.pdf")).await.unwrap();
    let second = store.record(&stamp(2), &of, &reading(&store, "two", "b.pdf")).await.unwrap();
    assert_eq!((first.number, first.known, second.number, second.known), (1, false, 2, false));
    assert_eq!(first.document, second.document);
    let mut again = reading(&store, "one", "c.pdf");
    again.figures.errors = 0;
    let again = store.record(&stamp(3), &of, &again).await.unwrap();
    assert_eq!((again.version, again.number, again.known), (first.version, 1, true));
    let versions = store.versions(first.document).await.unwrap();
    let told: Vec<_> =
        versions.iter().map(|v| (v.number, v.at, v.checked, v.figures.errors, v.name.as_str())).collect();
    assert_eq!(told, [(2, 2, 2, 3, "b.pdf"), (1, 1, 3, 0, "a.pdf")]);
    assert_eq!(store.version(second.version).await.unwrap(), versions[0]);
    assert_eq!(store.document(first.document).await.unwrap().title, "Title of b.pdf");
    let other = store.record(&stamp(4), &identity("Bureau", 2024), &reading(&store, "one", "a.pdf")).await.unwrap();
    assert_ne!(other.document, first.document);
    let events = store.events(Some(&first.document.subject()), None, 9).await.unwrap();
    let what: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(what, ["version.checked", "version.added", "document.added"]);
}

#[tokio::test]
async fn a_document_of_nobody_is_known_by_its_file_name_until_its_body_is_read() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let nobody = Identity { body: String::new(), year: None, kind: "unknown".to_owned() };
    let first = store.record(&stamp(1), &nobody, &reading(&store, "one", "a.pdf")).await.unwrap();
    let second = store.record(&stamp(2), &nobody, &reading(&store, "two", "a.pdf")).await.unwrap();
    let third = store.record(&stamp(3), &nobody, &reading(&store, "one", "b.pdf")).await.unwrap();
    assert_eq!((first.document, 2), (second.document, second.number));
    assert_ne!(first.document, third.document);
    let of = identity("Bureau", 2023);
    let read = store.record(&stamp(4), &of, &reading(&store, "two", "a.pdf")).await.unwrap();
    assert_eq!((read.document, read.number, read.known), (first.document, 2, true));
    assert_eq!(store.document(first.document).await.unwrap().identity, of);
}

#[tokio::test]
async fn a_content_that_is_not_there_is_not_recorded() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let absent = Reading { content: juesuan_store::Digest::of(b"absent"), ..reading(&store, "one", "a.pdf") };
    let recorded = store.record(&stamp(1), &identity("Bureau", 2023), &absent).await;
    assert!(matches!(recorded, Err(Error::NotFound(_))), "{recorded:?}");
    assert_eq!(store.verify_chain().await.unwrap().count, 0);
    assert!(matches!(store.version(VersionId(1)).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn a_removed_document_is_out_of_sight_and_comes_back_with_all_its_versions() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    let of = identity("Bureau", 2023);
    let id = store.record(&stamp(1), &of, &reading(&store, "one", "a.pdf")).await.unwrap().document;
    let seen = async |removed| {
        let filter = Filter { removed, ..Filter::default() };
        store.documents(&filter, Sort::default(), 0, 9).await.unwrap().1
    };
    store.remove_document(&stamp(2), id).await.unwrap();
    store.remove_document(&stamp(3), id).await.unwrap();
    assert_eq!((seen(false).await, seen(true).await), (0, 1));
    assert_eq!(store.document(id).await.unwrap().removed, Some(2));
    store.restore_document(&stamp(4), id).await.unwrap();
    assert_eq!((seen(false).await, seen(true).await), (1, 0));
    store.remove_document(&stamp(5), id).await.unwrap();
    let back = store.record(&stamp(6), &of, &reading(&store, "two", "a.pdf")).await.unwrap();
    assert_eq!((back.document, back.number, seen(false).await), (id, 2, 1));
    assert_eq!(store.verify_chain().await.unwrap().count, 5, "what changes nothing is no event");
}

/// Documents of which each figure follows from its number, written at once: one by one they would wait for the disk 5,000 times.
const SEED: &str = "
    WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 4999)
    INSERT INTO document (id, body, year, kind, name, title, search, created)
    SELECT n + 2, 'Bureau ' || (n / 2), 2023 + n % 2, 'final-accounts', 'FILE-' || n || '.pdf', 'Accounts ' || n,
        'accounts ' || n || char(10) || 'bureau ' || (n / 2) || char(10) || 'file-' || n || '.pdf', n FROM number;
    INSERT INTO version (document, number, newest, at, checked, state, errors, warnings, notices, unread, coverage, content,
        person, name, summary)
    SELECT document.id, 1, 1, created * 3 % 5000, 0, iif(created % 5, 'wrong', 'right'), created * 7 % 100, 0, 0, 0,
        iif(created % 3, 1000, NULL), version.content, 'Li', document.name, version.summary
    FROM document JOIN version ON version.document = 1 WHERE document.id > 1;
    UPDATE document SET removed = 1 WHERE id = 1";

async fn seed(scratch: &Scratch, store: &Store) {
    store.record(&stamp(1), &identity("First", 2022), &reading(store, "content", "a.pdf")).await.unwrap();
    scratch.forge(SEED).await;
}

#[tokio::test]
async fn five_thousand_documents_are_filtered_sorted_and_cut_into_pages() {
    let scratch = Scratch::new();
    let store = scratch.store().await;
    seed(&scratch, &store).await;
    let list =
        async |filter: &Filter, sort: Sort, offset, limit| store.documents(filter, sort, offset, limit).await.unwrap();
    let all = Filter::default();
    let (rows, total) = list(&all, Sort::default(), 0, 100).await;
    let times: Vec<i64> = rows.iter().map(|row| row.newest.at).collect();
    assert_eq!((total, times), (5000, (4900..5000).rev().collect()));
    let by_errors = Sort { by: Column::Errors, direction: Direction::Down };
    let mut seen = Vec::new();
    for page in 0..50 {
        seen.extend(
            list(&all, by_errors, page * 100, 100)
                .await
                .0
                .into_iter()
                .map(|row| (row.newest.figures.errors, row.document.id.0)),
        );
    }
    let mut expected: Vec<_> = (0..5000_u32).map(|number| (number * 7 % 100, i64::from(number) + 2)).collect();
    expected.sort_by_key(|(errors, id)| (std::cmp::Reverse(*errors), std::cmp::Reverse(*id)));
    assert_eq!(seen, expected);
    let wanted = Filter { words: "bureau file-4999".to_owned(), ..Filter::default() };
    let (rows, total) = list(&wanted, Sort::default(), 0, 9).await;
    assert_eq!((total, rows[0].document.title.as_str(), rows[0].versions), (1, "Accounts 4999", 1));
    let state = Filter { state: Some("right".to_owned()), year: Some(2023), ..Filter::default() };
    assert_eq!(list(&state, Sort::default(), 0, 1).await.1, 500);
    let body = Filter { body: Some("Bureau 7".to_owned()), ..Filter::default() };
    let up = Sort { by: Column::Year, direction: Direction::Up };
    let (rows, total) = list(&body, up, 0, 9).await;
    let years: Vec<_> = rows.iter().filter_map(|row| row.document.identity.year).collect();
    assert_eq!((total, years), (2, vec![2023, 2024]));
    let nothing = Filter { words: "100%_'\"".to_owned(), ..Filter::default() };
    assert_eq!(list(&nothing, Sort::default(), 0, 9).await, (Vec::new(), 0));
    let choices = store.choices().await.unwrap();
    assert_eq!((choices.bodies.len(), choices.years, choices.states.len()), (2500, vec![2023, 2024], 2));
}
