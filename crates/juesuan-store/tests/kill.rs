//! A process that is killed at random while it writes loses nothing that it said was written, and leaves nothing half-done.
//!
//! Without a harness: the test starts itself as the process that is killed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use juesuan_store::{
    Answer, AnswerKind, Digest, DocumentId, Figures, FolderFace, FolderId, Identity, JobEnd, JobState, Reading, Stamp,
    Store, VersionId, audit,
};
use serde_json::{Value, json};

const NAME: &str = "a_process_that_is_killed_loses_nothing_and_leaves_nothing_half_done";
const ROUNDS: u64 = 50;
/// Each so many rounds the folder is a new one, so that making it is cut short too.
const ROUNDS_A_FOLDER: u64 = 5;
/// Lines after which a process is killed.
const LINES_MAX: u64 = 20;
/// Longest while after the last of them, in µs: some writes.
const WHILE_MAX: u64 = 10_000;
/// Longest while after the start, in µs, where none is waited for.
const START_MAX: u64 = 60_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if let [word, folder] = arguments.as_slice()
        && word == "write"
    {
        return runtime.block_on(write(Path::new(folder)));
    }
    // What the harness of the other tests would do with its arguments.
    let asked = arguments.iter().filter(|argument| !argument.starts_with('-')).all(|name| NAME.contains(name.as_str()));
    if asked && !arguments.iter().any(|argument| argument == "--list" || argument == "--ignored") {
        runtime.block_on(kill());
        println!("test {NAME} ... ok");
    }
}

/// Writes until it is killed; a line for all that was written.
async fn write(folder: &Path) {
    let say = |line: Value| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush()).unwrap();
    };
    let store = Store::open(folder).await.unwrap();
    let stamp = Stamp::new(1, "Li");
    let face = FolderFace { body: "Bureau".into(), year: None, variant: "state".into(), title: String::new() };
    let id = match store.folders().await.unwrap().first() {
        Some(folder) => folder.id,
        None => store.add_folder(&stamp, &face).await.unwrap(),
    };
    let identity = Identity { body: "Bureau".into(), year: Some(2023), kind: "accounts".into() };
    let start = store.verify_chain().await.unwrap().count;
    for number in start.. {
        let text = format!("{number} {}", "x".repeat(usize::try_from(number * 37 % 9_000).unwrap()));
        let content = store.contents().put(text.repeat(10).as_bytes()).unwrap();
        say(json!({ "content": content }));
        let path = format!("{}.csv", number % 3);
        let seen = store.entry(id, &path).await.unwrap().map(|entry| entry.version);
        let version = store.put_entry(&stamp, id, &path, &content, seen).await.unwrap();
        say(json!({ "path": path, "version": version, "content": content }));
        if number % 4 == 0 {
            store.undo(&stamp, id).await.unwrap().unwrap();
        }
        let reading = Reading {
            content: content.clone(),
            name: "a.pdf".into(),
            title: "Accounts".into(),
            result: Some(content.clone()),
            figures: Figures::default(),
            summary: Value::Null,
        };
        let recorded = store.record(&stamp, &identity, &reading).await.unwrap();
        say(json!({ "record": recorded.version, "content": content }));
        let answer = Answer {
            kind: AnswerKind::Explained,
            reason: text.clone(),
            person: "Li".into(),
            until: None,
            code: "LW001".into(),
            place: String::new(),
        };
        let key = format!("finding {number}");
        store.answer(&stamp, recorded.document, &key, &answer).await.unwrap();
        say(json!({ "answer": key, "document": recorded.document, "reason": text }));
        let job = store.enqueue(&stamp, "check", &Value::Null, &[key]).await.unwrap();
        let claimed = store.claim().await.unwrap().unwrap().line.id;
        if claimed == job {
            store.finish(job, JobEnd::Done, &json!(number)).await.unwrap();
            say(json!({ "job": job, "outcome": number }));
        } else {
            store.finish(claimed, JobEnd::Failed, &Value::Null).await.unwrap();
        }
        if number % 7 == 0 {
            let copy = folder.with_file_name(format!("copy-{number}"));
            store.backup(&copy).await.unwrap();
            say(json!({ "copy": copy }));
        }
    }
}

async fn kill() {
    let scratch = std::env::temp_dir().join(format!("juesuan-store-kill-{}", std::process::id()));
    let _ = fs::remove_dir_all(&scratch);
    let mut random: u64 = u64::from(std::process::id());
    println!("seed {random}");
    let mut said = 0;
    for folder in 0..ROUNDS / ROUNDS_A_FOLDER {
        let desk = scratch.join(folder.to_string()).join("desk");
        fs::create_dir_all(desk.parent().unwrap()).unwrap();
        let mut lines = Vec::new();
        for _ in 0..ROUNDS_A_FOLDER {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let count = usize::try_from((random >> 33) % LINES_MAX).unwrap();
            let while_after = Duration::from_micros((random >> 40) % if count == 0 { START_MAX } else { WHILE_MAX });
            lines.extend(killed(&desk, count, while_after));
            hold(&desk, &lines).await;
        }
        said += lines.len();
    }
    assert!(said > 100, "only {said} lines: the process was killed before it wrote");
    println!("{said} lines were said and kept");
    fs::remove_dir_all(&scratch).unwrap();
}

/// What a process said until it was killed: a while after its line number `lines`, or after its start.
fn killed(desk: &Path, lines: usize, while_after: Duration) -> Vec<Value> {
    let program = std::env::current_exe().unwrap();
    let mut process = Command::new(program).arg("write").arg(desk).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said: Vec<String> = out.by_ref().take(lines).collect();
    // What it says meanwhile stays in the pipe, which is larger than that.
    thread::sleep(while_after);
    process.kill().unwrap();
    said.extend(out);
    let status = process.wait().unwrap();
    assert!(!status.success() && status.code() != Some(101), "it ended by itself: {status}");
    // A last line that was cut was not said.
    said.iter().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Holds a folder against all that was said, and against itself.
async fn hold(desk: &Path, lines: &[Value]) {
    let store = Store::open(desk).await.unwrap();
    assert_eq!(store.audit().await.unwrap().faults, []);
    for line in lines {
        assert!(kept(&store, line).await, "lost: {line}");
    }
    agree(&store).await;
    // A copy holds every content against its digest, also those that nothing names yet.
    let copy = desk.with_file_name("held");
    store.backup(&copy).await.unwrap();
    fs::remove_dir_all(copy).unwrap();
    assert_eq!(fs::read_dir(desk.join("files/drafts")).unwrap().count(), 0);
    store.close().await;
    for copy in fs::read_dir(desk.parent().unwrap()).unwrap() {
        let copy = copy.unwrap();
        if copy.file_name().to_string_lossy().starts_with("copy-") {
            assert_eq!(audit(&copy.path()).await.unwrap().faults, []);
        }
    }
}

async fn kept(store: &Store, line: &Value) -> bool {
    let digest = || line["content"].as_str().unwrap().parse::<Digest>().unwrap();
    let number = |name: &str| line[name].as_i64().unwrap();
    if let Some(path) = line["path"].as_str() {
        let history = store.history(FolderId(1), path).await.unwrap();
        history.iter().any(|entry| entry.version == number("version") && entry.content == Some(digest()))
    } else if line["record"].is_number() {
        store.version(VersionId(number("record"))).await.unwrap().content == digest()
    } else if let Some(key) = line["answer"].as_str() {
        store.answers(DocumentId(number("document"))).await.unwrap()[key].answer.reason
            == line["reason"].as_str().unwrap()
    } else if line["job"].is_number() {
        let job = store.job(juesuan_store::JobId(number("job"))).await.unwrap().line;
        (job.state, job.outcome) == (JobState::Done, Some(line["outcome"].clone()))
    } else if let Some(copy) = line["copy"].as_str() {
        PathBuf::from(copy).join("manifest.json").is_file()
    } else {
        store.contents().verify(&digest()).is_ok()
    }
}

/// Everything that people did is there with its event, and every event with what it tells of.
async fn agree(store: &Store) {
    let events = store.events(None, None, u32::MAX).await.unwrap();
    let count = |what: &str| events.iter().filter(|event| event.what == what).count();
    let (mut versions, mut steps) = (0, 0);
    for path in ["0.csv", "1.csv", "2.csv"] {
        let history = store.history(FolderId(1), path).await.unwrap();
        let numbers: Vec<i64> = history.iter().rev().map(|entry| entry.version).collect();
        assert_eq!(numbers, (1..=i64::try_from(history.len()).unwrap()).collect::<Vec<_>>());
        steps += history.len();
    }
    assert_eq!(steps, count("folder.edited") + count("folder.undone"));
    let mut answers = 0;
    for number in 1..=count("document.added") {
        let document = DocumentId(i64::try_from(number).unwrap());
        answers += store.answers(document).await.unwrap().len();
        versions += store.versions(document).await.unwrap().len();
    }
    assert_eq!((answers, versions), (count("answer.given"), count("document.added") + count("version.added")));
    let jobs = store.jobs(u32::MAX).await.unwrap();
    assert_eq!(jobs.len(), count("job.queued"));
    assert!(jobs.iter().all(|job| job.state != JobState::Running));
}
