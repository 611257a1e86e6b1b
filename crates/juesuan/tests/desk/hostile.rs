//! Names, contents and requests that are made to do harm.

use std::time::{Duration, Instant};

use crate::asked::{Ask, BOUNDARY, multipart};
use crate::desk::Place;
use crate::documents::{broken_pdf, broken_text};
use crate::path::explain;

/// Text that a browser would run if it stood in a page as it is.
const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>";

/// Fails if a page holds markup that a stranger wrote.
#[track_caller]
fn harmless(page: &str) {
    for markup in ["<script>alert", "<img src=x", "<svg onload", "onerror=alert(2)>"] {
        assert!(!page.contains(markup), "{markup} stands in {page}");
    }
}

#[test]
fn what_was_sent_is_shown_as_text_and_has_no_address_of_its_own() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let html = format!(
        "<!DOCTYPE html><html><body><h1>安宁市档案局2023年度部门决算</h1><script>alert(1)</script><p>{}</p>\
         <p onclick=\"alert(4)\">2023年度收入总计921.96万元，支出总计920.96万元。&lt;script&gt;alert(1)&lt;/script&gt;</p></body></html>",
        "2023年度部门决算情况说明"
    );
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(3)\"><script>alert(1)</script></svg>";
    let text = broken_text(SCRIPT);
    let files: [(&str, &[u8]); 4] =
        [("公开.html", html.as_bytes()), ("图.svg", svg.as_bytes()), ("说明.txt", &text), ("图.xhtml", svg.as_bytes())];
    let told = visitor.over(&visitor.bring(&files));
    harmless(&told);
    let reports = told.split("<li><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    for report in reports {
        let page = visitor.get(report).is(200);
        assert!(page.header("content-type").starts_with("text/html"));
        harmless(&page.text());
        for form in ["html", "xlsx", "letter", "sarif", "json"] {
            let saved = visitor.get(&format!("{report}/saved/{form}")).is(200);
            assert!(saved.header("content-disposition").starts_with("attachment"), "{form}: {:?}", saved.headers);
            if form == "html" {
                harmless(&saved.text());
            }
        }
        for page in 0..3 {
            visitor.get(&format!("{report}/pages/{page}")).is(404);
        }
        for guess in ["content", "file", "公开.html", "saved/../content"] {
            let guess = guess.replace("公开", "%E5%85%AC%E5%BC%80");
            visitor.get(&format!("{report}/{guess}")).is(404);
        }
    }
    for address in ["/contents", "/incoming", "/pictures", "/desk.sqlite", "/address", "/assets/../desk.sqlite"] {
        visitor.get(address).is(404);
    }
}

#[test]
fn a_name_is_shown_as_text_and_leads_nowhere() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let outside = place.path("outside.txt");
    let long = "长".repeat(5_000);
    // A browser sends a quotation mark and a line end of a name in percents; others send what they like.
    let names = [
        "../../outside.txt",
        "..\\..\\outside.txt",
        outside.to_str().unwrap(),
        "C:\\Windows\\win.ini",
        "<script>alert(1)</script>.txt",
        "a%0d%0aSet-Cookie: juesuan=1.txt",
        "%22;x=%22.txt",
        "\u{202e}fdp.txt",
        "con.txt",
        "..",
        " ",
        &long,
    ];
    for (name, number) in names.iter().zip(0..) {
        let text = broken_text(&format!("第{number}份"));
        let job = visitor.bringing(&[(name, &text)]).send(window.port);
        assert_eq!(job.status, 303, "{name:?} {}", job.text());
        let told = visitor.over(&job.leads());
        assert!(told.contains("核对完了"), "{name}: {told}");
        harmless(&told);
        assert!(!told.contains('\u{202e}'), "{name} steers: {told}");
        let report = crate::desk::between(&told, "<li><a href=\"", "\"").to_owned();
        let page = visitor.get(&report).is(200).text();
        harmless(&page);
        for form in ["json", "html"] {
            let saved = visitor.get(&format!("{report}/saved/{form}")).is(200);
            assert_eq!(saved.header("set-cookie"), "", "{name}");
            let disposition = saved.header("content-disposition");
            assert!(disposition.is_ascii() && disposition.matches('"').count() == 2, "{name}: {disposition}");
        }
        visitor.get(&format!("{}/waivers.toml", report.rsplit_once('/').unwrap().0)).is(200);
    }
    // No header has such characters, and no browser sends them.
    visitor.bringing(&[("a\u{0}b\u{1b}[31m.txt", b"x")]).send(window.port).is(422);
    assert!(!outside.exists() && !place.path("../outside.txt").exists());
    let list = visitor.get("/").is(200).text();
    harmless(&list);
    assert!(!list.contains('\u{202e}'), "a name steers in the list");
    // Nothing lies in the folder but what the program itself names.
    let kept: Vec<String> = std::fs::read_dir(place.data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!kept.iter().any(|name| name.ends_with(".txt") || name.ends_with(".ini")), "{kept:?}");
}

#[test]
fn what_somebody_types_is_text_in_pages_and_in_the_file_of_waivers() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    let reason = format!("{SCRIPT}\r\n[[waiver]]\r\ncode = \"*\"\n\"\"\"'''\u{202e}\\u0041");
    explain(&visitor, &report, "LW003", &reason);
    let page = visitor.get(&report).is(200).text();
    harmless(&page);
    let file = visitor.get("/documents/1/waivers.toml").is(200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    std::fs::write(place.path("waivers.toml"), &file.body).unwrap();
    std::fs::write(place.path("决算.pdf"), broken_pdf()).unwrap();
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_juesuan"))
        .args(["check", "决算.pdf", "--waivers", "waivers.toml"])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8(check.stdout).unwrap();
    assert!(said.contains("错误[LW002]") && !said.contains("错误[LW003]"), "one finding is waived, not all: {said}");
    let search = visitor.get("/?words=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").is(200).text();
    harmless(&search);
}

#[test]
fn more_than_is_taken_is_refused_with_a_message_and_nothing_of_it_stays() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let long = "x".repeat(3 << 20);
    visitor.post("/together", &[("document", &long)]).is(413).tells("太大");
    visitor.post("/documents/1/answers", &[("reason", &long)]).is(413).tells("太大");
    // A body that says that it is larger than any that is taken.
    let mut body = multipart(&[("csrf", &visitor.csrf)], &[("大.pdf", &[0; 64])]);
    body.truncate(200);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let claimed = visitor.ask("/upload", &kind, body).with("content-length", &(5u64 << 30).to_string());
    claimed.send(window.port).is(413).tells("太大");
    let large = vec![b'x'; (200 << 20) + 1];
    visitor.bringing(&[("大.txt", &large)]).send(window.port).is(413).tells("单个文件最多 200 MB");
    visitor.get("/").is(200);
    assert_eq!(std::fs::read_dir(place.data().join("incoming")).unwrap().count(), 0);
    drop(window);
    assert!(place.verified().is_empty(), "no job was begun");
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_and_hinders_nobody() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let whole = multipart(&[("csrf", &visitor.csrf)], &[("决算.pdf", &broken_pdf())]);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    for part in [1, whole.len() / 2, whole.len() - 3] {
        let ask = visitor.ask("/upload", &kind, &whole[..part]).with("content-length", &part.to_string());
        let answer = ask.send(window.port);
        assert!(answer.status >= 400 && answer.status < 500, "{part}: {} {}", answer.status, answer.text());
    }
    // A connection that is given up in the middle.
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", window.port)).unwrap();
    let head = format!(
        "POST /upload HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nOrigin: http://127.0.0.1:{0}\r\nCookie: {1}\r\nContent-Type: {kind}\r\nContent-Length: {2}\r\n\r\n",
        window.port,
        visitor.cookie,
        whole.len()
    );
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    std::io::Write::write_all(&mut stream, &whole[..whole.len() / 2]).unwrap();
    drop(stream);
    let told = visitor.over(&visitor.bring(&[("决算.pdf", &broken_pdf())]));
    assert!(told.contains("核对完了"), "{told}");
    visitor.get("/jobs/2").is(404);
    assert_eq!(std::fs::read_dir(place.data().join("incoming")).unwrap().count(), 0);
}

#[test]
fn connections_that_say_nothing_hold_up_nobody() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let silent: Vec<std::net::TcpStream> = (0..200)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", window.port)).unwrap();
            std::io::Write::write_all(&mut stream, b"GET / HTTP/1.1\r\nHost:").unwrap();
            stream
        })
        .collect();
    let began = Instant::now();
    visitor.get("/").is(200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(silent);
    let head = "x".repeat(1 << 20);
    let answer = Ask::get("/").with("x-long", &head).try_send(window.port);
    assert!(answer.is_err() || answer.unwrap().status >= 400);
    visitor.get("/").is(200);
}
