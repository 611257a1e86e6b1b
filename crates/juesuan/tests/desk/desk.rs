//! The program at work on a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use juesuan_store::{JobState, Store};
use tempfile::TempDir;

use crate::asked::{Answer, Ask, BOUNDARY, form, multipart};

/// How long a test waits for a check of a small document: the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A folder in which a desk is kept; gone when the test ends.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Place {
        Place(tempfile::Builder::new().prefix("juesuan-desk-").tempdir().unwrap())
    }

    /// The folder of the desk.
    pub fn data(&self) -> PathBuf {
        self.0.path().join("desk")
    }

    /// Another path below the folder of the test.
    pub fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Starts the program here.
    pub fn open(&self) -> Window {
        Window::start(&self.data())
    }

    /// Orders a job, while the program is not at work.
    pub fn order(&self, kind: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = self.store().await;
            let stamp = juesuan_store::Stamp::new(1, "");
            store.enqueue(&stamp, kind, &serde_json::json!({}), &["决算.pdf".to_owned()]).await.unwrap();
            store.close().await;
        });
    }

    /// The program with these arguments before it, for `strace` and the like.
    pub fn open_under(&self, outer: &[&str]) -> Window {
        Window::start_under(&self.data(), outer)
    }

    /// What was kept, while the program is not at work. A process that it was about to start when it was killed holds the folder for a
    /// moment.
    pub async fn store(&self) -> Store {
        let began = Instant::now();
        loop {
            match Store::open(&self.data()).await {
                Err(juesuan_store::Error::Taken { .. }) if began.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                opened => return opened.unwrap(),
            }
        }
    }

    /// Opens what was kept as the program would, while it is not at work: the chain of events holds, every content is what its name
    /// says, and every job has an end or can be gone on with. Gives the states of all jobs, newest first.
    pub fn verified(&self) -> Vec<JobState> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = self.store().await;
            store.verify_chain().await.unwrap();
            let (documents, total) = store
                .documents(&juesuan_store::Filter::default(), juesuan_store::Sort::default(), 0, 1_000)
                .await
                .unwrap();
            assert_eq!(documents.len() as u64, total);
            for listed in documents {
                let versions = store.versions(listed.document.id).await.unwrap();
                assert!(!versions.is_empty(), "a document without a version");
                for version in versions {
                    store.contents().verify(&version.content).unwrap();
                    store.contents().verify(&version.result.expect("what was found is kept with the version")).unwrap();
                }
            }
            let states = store.jobs(1_000).await.unwrap().into_iter().map(|job| job.state).collect();
            store.close().await;
            states
        })
    }
}

/// The program, ended with the test.
pub struct Window {
    child: Child,
    data: PathBuf,
    /// Where it listens.
    pub port: u16,
    /// The address that lets one browser in, below the host.
    pub door: String,
}

impl Window {
    fn start(data: &Path) -> Window {
        Window::start_under(data, &[])
    }

    fn start_under(data: &Path, outer: &[&str]) -> Window {
        let mut words = outer.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        words.push(env!("CARGO_BIN_EXE_juesuan").to_owned());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(["serve", "--port", "0", "--no-browser", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| Some(line.unwrap().split_once("http://127.0.0.1:")?.1.to_owned()));
        let address = address.expect("the program says its address");
        let (port, door) = address.split_once('/').unwrap();
        // What it says later is read, so that it never waits for somebody to read it.
        std::thread::spawn(move || lines.for_each(drop));
        Window { child, data: data.to_owned(), port: port.parse().unwrap(), door: format!("/{door}") }
    }

    /// The whole address.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.door)
    }

    /// The folder of its desk.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Gets in with its address.
    pub fn enter(&self) -> Visitor {
        Visitor::through(self.port, &self.door)
    }

    /// Ends it without any warning, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it has ended by itself.
    pub fn ended(mut self) {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who was let in, with a browser that keeps the cookie and says where it comes from.
#[derive(Clone)]
pub struct Visitor {
    /// Where the program listens.
    pub port: u16,
    /// `juesuan=…`.
    pub cookie: String,
    /// The secret of the forms.
    pub csrf: String,
}

impl Visitor {
    /// Opens the one-time address.
    pub fn through(port: u16, door: &str) -> Visitor {
        let answer = Ask::get(door).send(port);
        assert_eq!(answer.clone().leads(), "/");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let mut visitor = Visitor { port, cookie, csrf: String::new() };
        let page = visitor.get("/").is(200).text();
        visitor.csrf = between(&page, "name=\"csrf\" value=\"", "\"").to_owned();
        visitor
    }

    /// A page.
    pub fn get(&self, path: &str) -> Answer {
        Ask::get(path).with("cookie", &self.cookie).send(self.port)
    }

    /// A request as one of its own pages sends it, to be changed by the test.
    pub fn ask(&self, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Ask {
        Ask::new("POST", path, body)
            .with("cookie", &self.cookie)
            .with("origin", &format!("http://127.0.0.1:{}", self.port))
            .with("sec-fetch-site", "same-origin")
            .with("content-type", kind)
    }

    /// The request of a form.
    pub fn asking(&self, path: &str, fields: &[(&str, &str)]) -> Ask {
        self.ask(path, "application/x-www-form-urlencoded", form(fields))
    }

    /// Sends a form of one of its pages.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend(fields);
        self.asking(path, &all).send(self.port)
    }

    /// The request that brings files.
    pub fn bringing(&self, files: &[(&str, &[u8])]) -> Ask {
        let body = multipart(&[("csrf", &self.csrf)], files);
        self.ask("/upload", &format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// Brings files to be checked; the address of the job.
    #[track_caller]
    pub fn bring(&self, files: &[(&str, &[u8])]) -> String {
        self.bringing(files).send(self.port).leads()
    }

    /// Waits until a job is over; what its page tells then.
    #[track_caller]
    pub fn over(&self, job: &str) -> String {
        let began = Instant::now();
        loop {
            let told = self.get(&format!("{job}/progress")).is(200).text();
            if !told.contains("data-open") {
                return told;
            }
            assert!(began.elapsed() < PATIENCE, "the job does not end: {told}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Has files checked; the addresses of the reports in their order.
    #[track_caller]
    pub fn check(&self, files: &[(&str, &[u8])]) -> Vec<String> {
        let told = self.over(&self.bring(files));
        let reports: Vec<String> =
            told.split("<li><a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        assert!(!reports.is_empty(), "{told}");
        reports
    }

    /// Has one file checked; the address of its report.
    #[track_caller]
    pub fn check_one(&self, name: &str, bytes: &[u8]) -> String {
        self.check(&[(name, bytes)]).remove(0)
    }
}

/// The first text between two others.
#[track_caller]
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}
