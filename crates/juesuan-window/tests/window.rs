//! The program as a desktop starts it: no arguments, no console, and a browser that is a script.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its fixture has failed"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a test waits: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// A user with a desktop.
struct User(tempfile::TempDir);

impl User {
    fn new() -> User {
        let user = User(tempfile::Builder::new().prefix("决算 窗口").tempdir().unwrap());
        fs::create_dir(user.path("bin")).unwrap();
        fs::create_dir(user.path("tmp")).unwrap();
        let browser = user.path("bin/xdg-open");
        fs::write(&browser, format!("#!/bin/sh\necho \"$1\" >>'{}'\n", user.path("opened").display())).unwrap();
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
        user
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn start(&self) -> Started {
        let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan-window"));
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        command.env_clear().env("PATH", path).env("HOME", self.0.path()).env("XDG_DATA_HOME", self.path("data"));
        command.env("TMPDIR", self.path("tmp"));
        Started(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// What the browser was asked to open, once it is so many.
    fn opened(&self, count: usize) -> Vec<String> {
        let began = Instant::now();
        loop {
            let opened = fs::read_to_string(self.path("opened")).unwrap_or_default();
            if opened.lines().count() >= count {
                return opened.lines().map(str::to_owned).collect();
            }
            assert!(began.elapsed() < PATIENCE, "nothing is opened: {opened}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The program, ended with the test.
struct Started(Child);

impl Started {
    /// How it ends, and what it said.
    fn ended(mut self) -> (bool, String) {
        let began = Instant::now();
        while self.0.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut said = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        self.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.0.wait().unwrap().success(), said)
    }

    fn runs(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Host, and what stands behind it.
fn parts(address: &str) -> (&str, &str) {
    let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("not an address: {address}"));
    rest.split_at(rest.find('/').unwrap())
}

/// The answer to a request of a browser.
fn asked(host: &str, request: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    let head =
        format!("{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}");
    write!(stream, "{head}\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

#[test]
fn a_double_click_opens_the_window_a_second_one_the_same_and_the_page_ends_it() {
    let user = User::new();
    let mut first = user.start();
    let opened = user.opened(1);
    let (host, door) = parts(&opened[0]);
    let answer = asked(host, &format!("GET {door}"), "", "");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let cookie = format!("Cookie: {}\r\n", between(&answer, "set-cookie: ", ";"));

    assert_eq!(user.start().ended(), (true, String::new()), "the second start hands over and says nothing");
    let opened = user.opened(2);
    let (host_again, door_again) = parts(&opened[1]);
    assert_eq!(host_again, host);
    assert_ne!(door_again, door, "an address lets in once");
    assert!(asked(host, &format!("GET {door_again}"), "", "").starts_with("HTTP/1.1 303"));
    assert!(first.runs());

    let page = asked(host, "GET /", &cookie, "");
    let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
    let headers = format!("{cookie}Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let answer = asked(host, "POST /quit", &headers, &format!("csrf={csrf}"));
    assert!(answer.contains("程序已退出"), "{answer}");
    assert_eq!(first.ended(), (true, String::new()));
    assert!(user.path("data/juesuan/desk/desk.sqlite").exists() && !user.path("data/juesuan/desk/address").exists());
}

#[test]
fn why_no_window_can_be_opened_is_shown_in_the_browser() {
    let user = User::new();
    // Where the folder of the user's data should be lies a file.
    fs::write(user.path("data"), "").unwrap();
    assert_eq!(user.start().ended(), (false, String::new()));
    let page = fs::read_to_string(&user.opened(1)[0]).unwrap();
    assert!(page.contains("窗口没有打开") && page.contains("路径里有一段是文件"), "{page}");
    assert!(page.contains(&user.path("data/juesuan/desk").display().to_string()), "{page}");
}
