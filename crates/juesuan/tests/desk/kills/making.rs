//! The program is killed while accounts are saved, compiled and approved.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use juesuan_store::{Digest, FolderId, JobState, Store};

use super::{Chance, often};
use crate::accounts::{self, TEXTS, sending};
use crate::desk::{Place, Visitor};

/// Rounds where nobody says more: a development build compiles for seconds.
const ROUNDS_USUAL: u64 = 4;
/// Of so many kills that somebody asks for one is done here, where each takes longer.
const SHARE: u64 = 5;
/// The folder of the department.
const FOLDER: &str = "/make/1";
/// Files that are saved in a round.
const STEPS: u64 = 2;
/// How many rounds have one order to compile.
const ORDERED_EACH: u64 = 3;
/// The longest life of the program in a round: so many times what it takes to compile once, of 10.
const LIFE_TENTHS: u32 = 15;

/// What a person was told is kept.
#[derive(Default)]
struct Promised {
    /// Contents that were saved.
    saves: Vec<Digest>,
    jobs: usize,
    /// Numbers of outputs that were approved, and by whom.
    approved: Vec<(u32, String)>,
    /// The output that is to be approved next.
    next: u32,
}

/// The causes that people gave, with a line that says when this was saved.
fn narrative(round: u64, step: u64) -> Vec<u8> {
    let file = accounts::files().into_iter().find(|(path, _)| path == TEXTS).unwrap().1;
    [file, format!("\n# 第{round}轮第{step}次\n").into_bytes()].concat()
}

/// A department whose accounts were compiled once; how long that took.
fn begun(place: &Place) -> (Visitor, Duration) {
    let window = place.open();
    let visitor = window.enter();
    assert_eq!(accounts::begin(&visitor), FOLDER);
    let began = Instant::now();
    accounts::compile(&visitor, FOLDER);
    window.kill();
    (visitor, began.elapsed())
}

/// Saves, has compiled and approves until the program is gone. What was cut off is begun again.
fn works(visitor: &Visitor, round: u64, promised: &mut Promised) -> std::io::Result<()> {
    for job in 1..=promised.jobs {
        let again = format!("/jobs/{job}/again");
        visitor.asking(&again, &[("csrf", &visitor.csrf)]).try_send(visitor.port)?.leads();
    }
    for step in 0.. {
        if step < STEPS {
            let file = narrative(round, step);
            let ask = sending(visitor, &format!("{FOLDER}/files"), &[], &[(TEXTS, &file)]);
            ask.try_send(visitor.port)?.leads();
            promised.saves.push(Digest::of(&file));
        }
        // What was cut off is begun again each time: with an order in every round more would wait than is ever done.
        if step == 0 && round.is_multiple_of(ORDERED_EACH) {
            let ask = visitor.asking(&format!("{FOLDER}/outputs"), &[("csrf", &visitor.csrf)]);
            ask.try_send(visitor.port)?.leads();
            promised.jobs += 1;
        }
        let (number, name) = (promised.next, format!("第{round}轮局长"));
        let fields = [("csrf", visitor.csrf.as_str()), ("name", name.as_str()), ("day", "2024-09-01")];
        let ask = visitor.asking(&format!("{FOLDER}/outputs/{number}/approve"), &fields);
        match ask.try_send(visitor.port)?.status {
            303 => {
                promised.approved.push((number, name));
                promised.next += 1;
            }
            // It was approved, and the program was gone before it could say so.
            422 => promised.next += 1,
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    Ok(())
}

/// Holds what is kept against what was promised; gives how many jobs there are.
fn holds(place: &Place, promised: &Promised) -> usize {
    let states = place.verified();
    assert!(states.len() >= promised.jobs, "{} jobs of {} that were promised", states.len(), promised.jobs);
    let known = [JobState::Queued, JobState::Done, JobState::Interrupted];
    assert!(states.iter().all(|state| known.contains(state)), "{states:?}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = place.store().await;
        let audit = store.audit().await.unwrap();
        assert!(audit.faults.is_empty(), "{:?}", audit.faults);
        saved(&store, promised).await;
        issued(&store, promised).await;
        store.close().await;
    });
    states.len()
}

/// Every save that was confirmed stands in the log, and what stands in the folder is the last that does.
async fn saved(store: &Store, promised: &Promised) {
    let events = store.events(Some("folder/1"), None, u32::MAX).await.unwrap();
    let of = |event: &juesuan_store::Event| -> Option<String> {
        let files = event.after.as_ref()?.as_array()?.clone();
        let file = files.iter().find(|file| file.get("path").is_some_and(|path| path == TEXTS))?;
        Some(file.get("content")?.as_str()?.to_owned())
    };
    // Newest first.
    let kept: Vec<String> = events.iter().filter_map(of).collect();
    let known: BTreeSet<&str> = kept.iter().map(String::as_str).collect();
    assert!(promised.saves.iter().all(|saved| known.contains(saved.as_str())), "a save that was confirmed is gone");
    let entries = store.entries(FolderId(1)).await.unwrap();
    let stands = entries.iter().find(|entry| entry.path == TEXTS).unwrap();
    assert_eq!(Some(stands.content.as_str()), kept.first().map(String::as_str));
}

/// Outputs are numbered without gaps, each has all its files, and whoever approved is noted.
async fn issued(store: &Store, promised: &Promised) {
    let issues = store.issues(FolderId(1)).await.unwrap();
    for (line, number) in issues.iter().rev().zip(1..) {
        assert_eq!(line.number, number);
        let files = store.issue(line.id).await.unwrap().files;
        for file in ["manifest.json", "package.json", "site/index.html"] {
            assert!(files.keys().any(|path| path.ends_with(file)), "{file} is missing in {files:?}");
        }
    }
    for (number, name) in &promised.approved {
        let approval = issues.iter().find(|line| line.number == *number).and_then(|line| line.approval.as_ref());
        assert_eq!(approval.map(|approval| &approval.name), Some(name), "of output {number}");
    }
}

#[test]
fn whenever_the_program_is_killed_while_accounts_are_made_what_was_saved_compiled_and_approved_is_there() {
    often(ROUNDS_USUAL, SHARE, |rounds, chance| {
        let promised = killed(rounds, chance);
        let Promised { saves, jobs, approved, .. } = promised;
        format!("{} saves, {jobs} jobs, {} approvals", saves.len(), approved.len())
    });
}

/// Kills the program so many times on one folder, then has everything done that was left.
fn killed(rounds: u64, chance: &mut Chance) -> Promised {
    let place = Place::new();
    let (mut visitor, compiled) = begun(&place);
    let life_ms = u64::try_from((compiled * LIFE_TENTHS / 10).as_millis()).unwrap();
    let mut promised = Promised { jobs: 1, next: 1, ..Promised::default() };
    for round in 0..rounds {
        let window = place.open();
        visitor.port = window.port;
        let life = Duration::from_millis(chance.below(life_ms));
        let (own, mut so_far) = (visitor.clone(), promised);
        let work = std::thread::spawn(move || {
            // The end of the program is the end of the work.
            let _ = works(&own, round, &mut so_far);
            so_far
        });
        std::thread::sleep(life);
        window.kill();
        promised = work.join().unwrap();
        holds(&place, &promised);
    }
    let jobs = holds(&place, &promised);
    let window = place.open();
    visitor.port = window.port;
    for job in 1..=jobs {
        let path = format!("/jobs/{job}");
        visitor.post(&format!("{path}/again"), &[]).leads();
        let told = visitor.over(&format!("/make{path}"));
        assert!(told.contains("编好了"), "{told}");
    }
    window.kill();
    holds(&place, &promised);
    promised
}
