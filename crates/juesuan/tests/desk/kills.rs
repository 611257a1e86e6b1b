//! The program is killed at any moment: nothing is lost, nothing is half.
//!
//! Here while documents are sent, checked and answered; `making` while accounts are saved, compiled and approved.

mod making;

use std::time::Duration;

use juesuan_store::JobState;

use crate::asked::Ask;
use crate::desk::{Place, Visitor, Window};
use crate::documents::{broken_pdf, broken_text};
use crate::path::key;

/// How often it is killed; `scripts/desk-kill-test.sh` says more.
const ROUNDS: &str = "JUESUAN_DESK_KILLS";
/// Rounds where nobody says more.
const ROUNDS_USUAL: u64 = 20;
/// Rounds on one folder.
const ROUNDS_MAX: u64 = 50;
/// Files that are sent, and answers that are given, in a round.
const STEPS: u64 = 3;
/// Longest life of the program in a round, in ms; rounds take parts of it in turn.
const LIFE_MS: u64 = 300;

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// What a person was told is kept.
#[derive(Default)]
struct Promised {
    jobs: usize,
    reasons: Vec<String>,
}

/// Sends files, asks and answers until the program is gone. After a few steps it only looks.
fn works(visitor: &Visitor, round: u64, promised: &mut Promised) -> std::io::Result<()> {
    for step in 0.. {
        if step < STEPS {
            let text = broken_text(&format!("第{round}轮第{step}份"));
            let files: [(&str, &[u8]); 2] = [("决算.pdf", &broken_pdf()), ("说明.txt", &text)];
            visitor.bringing(&files).try_send(visitor.port)?.leads();
            promised.jobs += 1;
        }
        let page = Ask::get("/documents/1/1").with("cookie", &visitor.cookie).try_send(visitor.port)?.is(200).text();
        if !page.contains("</html>") {
            return Ok(());
        }
        if step < STEPS {
            let reason = format!("第{round}轮第{step}次说明");
            let key = key(&page, "LW003");
            let fields = [("csrf", visitor.csrf.as_str()), ("number", "1"), ("key", &key), ("code", "LW003")];
            let more = [("kind", "explained"), ("reason", &reason), ("person", "李"), ("until", "2099-12-31")];
            let fields = [&fields[..], &more].concat();
            visitor.asking("/documents/1/answers", &fields).try_send(visitor.port)?.leads();
            promised.reasons.push(reason);
        }
    }
    Ok(())
}

/// Holds what is kept against what was promised.
fn holds(place: &Place, promised: &Promised) {
    let states = place.verified();
    assert!(states.len() >= promised.jobs, "{} jobs of {} that were promised", states.len(), promised.jobs);
    let known = [JobState::Queued, JobState::Done, JobState::Interrupted];
    assert!(states.iter().all(|state| known.contains(state)), "{states:?}");
}

/// Every job that was interrupted is begun again, and ends.
fn goes_on(window: &Window, visitor: &Visitor, jobs: usize) {
    for job in 1..=jobs {
        let job = format!("/jobs/{job}");
        if visitor.get(&job).is(200).text().contains("中断了") {
            assert_eq!(visitor.post(&format!("{job}/again"), &[]).leads(), job);
        }
        let told = visitor.over(&job);
        assert!(told.contains("核对完了"), "{told}");
    }
    let incoming = std::fs::read_dir(window.data().join("incoming")).unwrap().count();
    assert_eq!(incoming, 0);
}

/// Kills every so many-th time of what somebody says, `usual` times where nobody does, some on each folder. `killed` tells what was
/// promised meanwhile.
fn often(usual: u64, share: u64, mut killed: impl FnMut(u64, &mut Chance) -> String) {
    let said = std::env::var(ROUNDS).ok().and_then(|said| said.parse::<u64>().ok());
    let all = said.map_or(usual, |said| said.div_ceil(share));
    let mut chance = Chance(all);
    let mut left = all;
    while left > 0 {
        let rounds = left.min(ROUNDS_MAX);
        let promised = killed(rounds, &mut chance);
        left -= rounds;
        println!("{rounds} kills, {promised}; {left} to go");
    }
}

#[test]
fn whenever_the_program_is_killed_what_it_promised_is_kept_and_what_it_did_goes_on() {
    often(ROUNDS_USUAL, 1, |rounds, chance| {
        let promised = killed(rounds, chance);
        format!("{} jobs, {} answers", promised.jobs, promised.reasons.len())
    });
}

/// Kills the program so many times on one folder, then has everything done that was left.
fn killed(rounds: u64, chance: &mut Chance) -> Promised {
    let place = Place::new();
    let first = place.open();
    let mut visitor = first.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    first.kill();
    let mut promised = Promised { jobs: 1, reasons: Vec::new() };
    for round in 0..rounds {
        let window = place.open();
        visitor.port = window.port;
        let life = Duration::from_millis(chance.below(LIFE_MS));
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
    let jobs = place.verified().len();
    let window = place.open();
    visitor.port = window.port;
    goes_on(&window, &visitor, jobs);
    let page = visitor.get("/documents/1/1").is(200).text();
    let log = history(&place, window);
    assert!(
        promised.reasons.iter().all(|reason| log.contains(reason)),
        "every answer that was confirmed stands in the log"
    );
    if let Some(last) = promised.reasons.last() {
        assert!(page.contains(last.as_str()) || newer(&log, last), "{last} is not the answer of {page}");
    }
    promised
}

/// All reasons that were ever kept, oldest first.
fn history(place: &Place, window: Window) -> String {
    window.kill();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = place.store().await;
        let events = store.events(None, None, u32::MAX).await.unwrap();
        store.close().await;
        events.iter().rev().filter_map(|event| Some(event.after.as_ref()?.to_string())).collect()
    })
}

/// True if an answer was kept after this one whose confirmation was cut off.
fn newer(log: &str, reason: &str) -> bool {
    log.split_once(reason).is_some_and(|(_, after)| after.contains("次说明"))
}
