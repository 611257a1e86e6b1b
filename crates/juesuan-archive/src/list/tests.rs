use std::time::Duration;

use super::*;
use crate::rows::Partition;

const LEASE: Duration = Duration::from_secs(60);
const KEY: &str = "catalogue program";

struct Scratch {
    list: List,
    _folder: tempfile::TempDir,
}

fn wanted(run: i64) -> Wanted {
    Wanted { key: KEY.to_owned(), run, again: false }
}

fn offer(digest: &str, file: &str) -> Offer {
    let (digest, file) = (digest.to_owned(), file.to_owned());
    Offer { place: format!("/{file}"), digest, package: false, file, published: None }
}

/// A list with these contents, open to whoever works.
fn list(offers: &[Offer]) -> Scratch {
    let folder = tempfile::tempdir().unwrap();
    let mut list = List::open(&folder.path().join("list.sqlite"), 1).unwrap();
    list.offer(offers, &wanted(1)).unwrap();
    list.begin().unwrap();
    Scratch { list, _folder: folder }
}

fn outcome() -> Outcome {
    let partition = Partition { year: 2024, province: "hubei".to_owned() };
    Outcome { partition, weight: 3, state: "right".to_owned(), errors: 0, packed: vec![1] }
}

#[test]
fn a_content_with_several_names_is_worked_on_once_by_its_first_name() {
    let Scratch { mut list, _folder } = list(&[offer("a", "z.pdf"), offer("a", "b.pdf"), offer("c", "c.pdf")]);
    let first = list.take("w", KEY, LEASE).unwrap().unwrap();
    assert_eq!((first.digest.as_str(), first.file.as_str()), ("a", "b.pdf"));
    assert_eq!(list.take("v", KEY, LEASE).unwrap().unwrap().digest, "c");
    assert_eq!(list.take("v", KEY, LEASE).unwrap(), None);
    assert_eq!(list.names(first.id).unwrap().len(), 2);
}

#[test]
fn what_has_a_result_is_known_the_next_time_unless_the_catalogue_changed_or_somebody_asks_again() {
    let Scratch { mut list, _folder } = list(&[offer("a", "a.pdf")]);
    let task = list.take("w", KEY, LEASE).unwrap().unwrap();
    assert!(list.finish(&task, "w", &outcome()).unwrap());
    let known = list.offer(&[offer("a", "a.pdf"), offer("a", "again.pdf")], &wanted(2)).unwrap();
    assert_eq!(known, Offered { fresh: 0, known: 1, doubled: 1 });
    for wanted in [Wanted { key: "newer".to_owned(), ..wanted(3) }, Wanted { again: true, ..wanted(4) }] {
        assert_eq!(list.offer(&[offer("a", "a.pdf")], &wanted).unwrap().fresh, 1, "{wanted:?}");
    }
}

#[test]
fn a_corrected_file_takes_the_place_of_what_lay_there_and_gives_it_back() {
    let Scratch { mut list, _folder } =
        list(&[offer("old", "a.pdf"), offer("twin", "b.pdf"), offer("twin", "copy/b.pdf")]);
    while let Some(task) = list.take("w", KEY, LEASE).unwrap() {
        list.finish(&task, "w", &outcome()).unwrap();
    }
    let state = |list: &mut List, digest: &str| {
        let bound = list.bound().unwrap();
        bound.members.into_iter().find(|member| member.digest == digest).map(|member| (member.wanted, member.id))
    };
    list.offer(&[offer("new", "a.pdf"), offer("other", "b.pdf")], &wanted(2)).unwrap();
    assert_eq!(state(&mut list, "old"), None, "no name leads to it any more");
    let (is_wanted, twin) = state(&mut list, "twin").unwrap();
    assert!(is_wanted);
    assert_eq!(
        list.names(twin).unwrap().len(),
        2,
        "it lies in another file too, so that nobody knows what became of it"
    );
    assert_eq!(
        list.offer(&[offer("old", "a.pdf")], &wanted(3)).unwrap().fresh,
        1,
        "what was put back is checked again"
    );
}

#[test]
fn a_result_of_somebody_whose_work_was_taken_by_another_is_not_kept() {
    let Scratch { mut list, _folder } = list(&[offer("a", "a.pdf")]);
    let slow = list.take("slow", KEY, LEASE).unwrap().unwrap();
    list.release("slow", Ending::CalledOff, "").unwrap();
    let quick = list.take("quick", KEY, LEASE).unwrap().unwrap();
    assert!(!list.finish(&slow, "slow", &outcome()).unwrap());
    assert!(list.finish(&quick, "quick", &outcome()).unwrap());
    assert_eq!(list.sheaf(quick.id).unwrap(), Some(vec![1]));
    assert!(!list.standing(KEY).unwrap().is_open());
}

#[test]
fn what_nobody_holds_on_to_is_taken_by_the_next() {
    let Scratch { mut list, _folder } = list(&[offer("a", "a.pdf")]);
    let past = list.take("gone", KEY, Duration::ZERO).unwrap().unwrap();
    std::thread::sleep(Duration::from_millis(3_100));
    // Given back once its time is over, and tried again a little later.
    let next = (0..4).find_map(|_| {
        std::thread::sleep(Duration::from_millis(600));
        list.take("next", KEY, LEASE).unwrap()
    });
    assert_eq!(next.unwrap().id, past.id);
}

#[test]
fn a_document_that_crashes_twice_is_tried_no_more_and_one_whose_workers_are_ended_is() {
    let ended = |ending: Ending, times: usize| {
        let Scratch { mut list, _folder } = list(&[offer("a", "a.pdf")]);
        for _ in 0..times {
            let mut taken = None;
            while taken.is_none() && list.standing(KEY).unwrap().is_open() {
                taken = list.take("w", KEY, LEASE).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
            list.release("w", ending, "crash").unwrap();
        }
        list.closing(1).unwrap()
    };
    let poisoned = |closing: &Closing| closing.poisoned.iter().map(|one| one.reason.clone()).collect::<Vec<_>>();
    assert_eq!(poisoned(&ended(Ending::Crash, 1)), Vec::<String>::new());
    assert_eq!(poisoned(&ended(Ending::Crash, 2)), ["crash"]);
    let two = ended(Ending::Ended, 2);
    assert_eq!((poisoned(&two), two.open), (Vec::new(), 1));
}

#[test]
fn a_list_of_another_form_is_refused() {
    let Scratch { list, _folder: folder } = list(&[]);
    list.close().unwrap();
    let other = List::open(&folder.path().join("list.sqlite"), 2);
    assert!(matches!(other, Err(crate::Error::Form { known: 2, found: 1 })));
}
