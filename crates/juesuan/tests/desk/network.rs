//! Whom the program speaks to: nobody but the browser on this computer.

use std::process::{Command, Stdio};

use crate::desk::Place;
use crate::documents::broken_pdf;

#[test]
fn the_program_reaches_nobody_over_the_network_while_it_checks_shows_and_saves() {
    let traced = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !traced.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no strace on this machine");
        return;
    }
    let place = Place::new();
    let log = place.path("calls");
    let calls = "trace=connect,sendto,sendmsg,sendmmsg,bind";
    let window = place.open_under(&["strace", "-f", "-qq", "-o", log.to_str().unwrap(), "-e", calls]);
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    let links = "<!DOCTYPE html><html><head><link rel=stylesheet href=http://192.0.2.1/a.css></head><body>\
                 <img src=http://192.0.2.1/a.png><h1>安宁市档案局2023年度部门决算</h1><p>收入总计921.96万元。</p></body></html>";
    visitor.check_one("公开.html", links.as_bytes());
    visitor.get(&format!("{report}/pages/2")).is(200);
    for form in ["html", "xlsx", "letter", "sarif", "json"] {
        visitor.get(&format!("{report}/saved/{form}")).is(200);
    }
    visitor.post("/quit", &[]).is(200);
    window.ended();
    let calls = std::fs::read_to_string(log).unwrap();
    let bound =
        calls.lines().filter(|call| call.contains("bind(") && call.contains("inet_addr(\"127.0.0.1\")")).count();
    assert_eq!(bound, 1, "the trace sees the one address at which the program listens: {calls}");
    let reached = calls.lines().filter(|call| call.contains("AF_INET"));
    let elsewhere: Vec<&str> = reached.filter(|call| !call.contains("inet_addr(\"127.0.0.1\")")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}
