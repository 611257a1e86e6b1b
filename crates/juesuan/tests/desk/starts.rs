//! Ending, starting again, starting twice.

use crate::asked::Ask;
use crate::desk::{Place, Visitor, Window};
use crate::documents::{FAULTS, broken_pdf};

#[test]
fn what_was_checked_is_there_after_the_program_was_ended_from_its_page() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    let job = "/jobs/1";
    visitor.post("/quit", &[]).is(200).tells("程序已退出");
    window.ended();
    assert!(!place.data().join("address").exists());
    let window = place.open();
    // The session goes on: the same browser is let in without a new address.
    let visitor = Visitor { port: window.port, ..visitor };
    visitor.get(job).is(200).tells("核对完了").tells(&report);
    let page = visitor.get(&report).is(200).text();
    assert!(FAULTS.iter().all(|fault| page.contains(fault)));
}

#[test]
fn a_second_start_on_the_same_folder_gives_an_address_that_works_and_ends() {
    let place = Place::new();
    let first = place.open();
    let one = first.enter();
    let second = place.open();
    assert_eq!(second.port, first.port, "there is one program");
    let other = second.enter();
    second.ended();
    one.get("/").is(200);
    other.get("/").is(200);
    // Twice without anybody having entered: the address is the same and still works.
    let (third, fourth) = (place.open(), place.open());
    assert_eq!(third.door, fourth.door);
    third.enter();
    Ask::get(&fourth.door).send(first.port).is(401);
}

#[test]
fn starts_at_the_same_moment_are_one_window() {
    let place = Place::new();
    let windows: Vec<Window> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| place.open())).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert!(windows.iter().all(|window| window.port == windows[0].port && window.door == windows[0].door));
    // The browser opens the same address several times: the first time it is let in, then it is in already.
    let visitor = windows[0].enter();
    let again = Ask::get(&windows[1].door).with("cookie", &visitor.cookie).send(visitor.port);
    assert_eq!(again.leads(), "/");
    Ask::get(&windows[1].door).send(visitor.port).is(401);
}

#[test]
fn what_a_killed_program_left_of_its_address_misleads_nobody() {
    let place = Place::new();
    let window = place.open();
    let door = window.door.clone();
    window.kill();
    let window = place.open();
    assert_ne!(window.door, door);
    Ask::get(&door).send(window.port).is(401);
    window.enter();
}
