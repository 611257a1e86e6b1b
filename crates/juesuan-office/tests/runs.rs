//! Runs as a server makes them: several at once, watched, called off, over files in memory.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, thread};

use juesuan_catalog::Catalog;
use juesuan_compose::Tail;
use juesuan_model::Package;
use juesuan_office::check::{Outcome, Request};
use juesuan_office::{Cancel, Draft, Error, Format, Job, Order, Phase, Progress, State, Tree, check, compile, verify};
use juesuan_read::files::{Entry, FileKind};
use juesuan_read::{Disk, Files, Memory, Zip};

/// Formats that need no faces of the machine.
const FORMATS: [Format; 4] = [Format::Docx, Format::Xlsx, Format::Html, Format::Json];

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

const ORDER: Order<'_> = Order { tail: Tail::Keep, formats: &FORMATS, fonts: &[] };

/// An example compiled into memory.
fn compiled(name: &str, catalog: &Catalog, job: Job<'_>) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let tree = Tree::default();
    compile(&Disk::new(example(name)), &ORDER, &tree, catalog, job)?;
    Ok(tree.into_files())
}

fn checked(files: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Outcome, Error> {
    check(&Request { documents: &[files], ..Request::default() }, catalog, job)
}

/// The web page of a small department, as somebody would send it.
fn page(catalog: &Catalog) -> Vec<u8> {
    compiled("zengdu-2023", catalog, Job::default()).unwrap().remove("site/index.html").unwrap()
}

#[test]
fn two_threads_compile_and_check_at_once_with_one_catalogue_and_each_gets_what_it_would_get_alone() {
    let catalog = Catalog::load(&[]).unwrap();
    let page = Memory::file("决算.html", page(&catalog));
    let alone = (
        compiled("putuo-planning-2024", &catalog, Job::default()).unwrap(),
        checked(&page, &catalog, Job::default()).unwrap(),
    );
    thread::scope(|scope| {
        for _ in 0..2 {
            let compiles = scope.spawn(|| compiled("putuo-planning-2024", &catalog, Job::default()).unwrap());
            let checks = scope.spawn(|| checked(&page, &catalog, Job::default()).unwrap());
            let beside = (compiles.join().unwrap(), checks.join().unwrap());
            assert!(beside.0 == alone.0, "the output differs from that of a run alone");
            assert_eq!(beside.1.documents[0].report, alone.1.documents[0].report);
            assert_eq!(beside.1.documents[0].package, alone.1.documents[0].package);
        }
    });
}

#[test]
fn progress_begins_at_nothing_grows_by_one_and_ends_with_all() {
    let catalog = Catalog::load(&[]).unwrap();
    let told = Mutex::new(Vec::new());
    let watch = |progress: Progress| told.lock().unwrap().push(progress);
    compiled("consolidated", &catalog, Job::watched(&watch)).unwrap();
    let mut folder = Memory::folder("两份");
    let page = page(&catalog);
    folder.put("a.html", page.clone());
    folder.put("b/c.html", page);
    checked(&folder, &catalog, Job::watched(&watch)).unwrap();
    let told = told.into_inner().unwrap();
    let runs: Vec<&[Progress]> = told.chunk_by(|before, after| before.phase == after.phase).collect();
    let phases: Vec<Phase> = runs.iter().map(|run| run[0].phase).collect();
    assert_eq!(phases, [Phase::Reading, Phase::Writing, Phase::Reading, Phase::Checking]);
    for run in &runs {
        let steps: Vec<usize> = run.iter().map(|progress| progress.done).collect();
        let last = run[run.len() - 1];
        assert_eq!(last.of, Some(last.done), "{run:?}");
        let mut counted: Vec<usize> = (0..=last.done).collect();
        if run[0].of.is_none() {
            // How many there were is known, and told, at the end.
            counted.push(last.done);
        }
        assert_eq!(steps, counted, "{run:?}");
    }
    assert_eq!(runs[1][0].of, Some(7 * FORMATS.len()), "units are written too");
    assert_eq!(runs[2][runs[2].len() - 1].done, 2, "two documents");
}

#[test]
fn a_run_that_is_called_off_says_so_and_leaves_no_output() {
    let catalog = Catalog::load(&[]).unwrap();
    let root = std::env::temp_dir().join(format!("juesuan-office-{}-cancel", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    let cancel = Cancel::default();
    // In the middle of writing, when one file is done.
    let watch = |progress: Progress| {
        if progress.phase == Phase::Writing && progress.done == 1 {
            cancel.cancel();
        }
    };
    let job = Job::watched(&watch).with_cancel(&cancel);
    let draft = Draft::beside(&root.join("out")).unwrap();
    let ended = compile(&Disk::new(example("consolidated")), &ORDER, &draft, &catalog, job).map(|made| made.published);
    assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");
    drop(draft);
    assert_eq!(fs::read_dir(&root).unwrap().count(), 0, "nothing is left");
    assert!(matches!(checked(&Disk::new(example("consolidated")), &catalog, job), Err(Error::Cancelled)));
    fs::remove_dir_all(&root).unwrap();
}

#[test]
fn a_document_is_the_same_from_a_disk_an_archive_and_memory() {
    let catalog = Catalog::load(&[]).unwrap();
    let page = page(&catalog);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("报送/决算.html", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, &page).unwrap();
    let archive = zip.finish().unwrap().into_inner();
    let mut folder = Memory::folder("收到");
    folder.put("报送/决算.html", page);
    let trees: [Box<dyn Files>; 3] = [
        Box::new(folder),
        Box::new(Zip::open("收到", archive.clone()).unwrap()),
        Box::new(Memory::file("收到", archive)),
    ];
    let outcomes: Vec<Outcome> =
        trees.iter().map(|files| checked(files.as_ref(), &catalog, Job::default()).unwrap()).collect();
    for outcome in &outcomes {
        assert_eq!(outcome.documents[0].file, "收到/报送/决算.html");
        assert_eq!(outcome.documents[0].report, outcomes[0].documents[0].report);
    }
}

#[test]
fn an_output_in_memory_verifies_until_it_is_touched() {
    let catalog = Catalog::load(&[]).unwrap();
    let files = compiled("zengdu-2023", &catalog, Job::default()).unwrap();
    let mut output = Memory::folder("out");
    for (path, bytes) in files {
        output.put(&path, bytes);
    }
    let verified = verify(&output, None).unwrap();
    assert_eq!((verified.state(), verified.is_same()), (State::Clean, true));
    output.put("site/index.html", "改");
    assert_eq!(verify(&output, None).unwrap().state(), State::Errors);
}

#[test]
fn a_package_of_a_newer_program_is_refused_with_its_number() {
    let catalog = Catalog::load(&[]).unwrap();
    let newer = Package { format: juesuan_model::package::FORMAT + 1, ..Package::default() };
    let file = Memory::file("package.json", serde_json::to_vec(&newer).unwrap());
    let outcome = checked(&file, &catalog, Job::default()).unwrap();
    assert_eq!(outcome.state(), State::Unread);
    let message = &outcome.documents[0].problems[0].message;
    assert!(message.contains(&format!("格式 {}", newer.format)) && message.contains("新版程序"), "{message}");
}

/// A tree in which one file is a trap: whoever opens it hits a fault of the program.
struct Trap(Memory, &'static str);

impl Files for Trap {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        self.0.kind(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.list(folder)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        assert!(!path.ends_with(self.1), "a bug that this file shows");
        self.0.open(path)
    }
}

#[test]
fn a_panic_over_one_file_is_a_problem_of_that_file_and_the_others_are_checked() {
    let catalog = Catalog::load(&[]).unwrap();
    let page = page(&catalog);
    let mut folder = Memory::folder("三份");
    for name in ["a.html", "b.html", "c.html"] {
        folder.put(name, page.clone());
    }
    let whole = checked(&folder, &catalog, Job::default()).unwrap();
    let outcome = checked(&Trap(folder, "b.html"), &catalog, Job::default()).unwrap();
    assert_eq!(outcome.state(), State::Unread);
    let files: Vec<&str> = outcome.documents.iter().map(|document| document.file.as_str()).collect();
    assert_eq!(files, ["三份/a.html", "三份/b.html", "三份/c.html"]);
    assert_eq!((outcome.documents[1].problems.len(), outcome.documents[1].package.figures.len()), (1, 0));
    for at in [0, 2] {
        assert_eq!(outcome.documents[at].package, whole.documents[at].package);
        assert!(outcome.documents[at].problems.is_empty() && !outcome.documents[at].report.relations.is_empty());
    }
}

#[test]
fn a_panic_over_an_input_is_a_problem_that_names_it() {
    let catalog = Catalog::load(&[]).unwrap();
    let mut folder = Memory::folder("部门");
    for path in ["department.toml", "narrative.toml"] {
        folder.put(path, fs::read(example("zengdu-2023").join(path)).unwrap());
    }
    let tree = Tree::default();
    let ended = compile(&Trap(folder, "narrative.toml"), &ORDER, &tree, &catalog, Job::default()).map(|_| ());
    let Err(Error::Inputs(problems)) = ended else { panic!("{ended:?}") };
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].place.file.as_deref(), Some("部门/narrative.toml"));
}

#[test]
fn a_folder_or_archive_in_which_nothing_is_a_document_ends_unread() {
    let catalog = Catalog::load(&[]).unwrap();
    let mut folder = Memory::folder("收到");
    folder.put("a.png", *b"\x89PNG\0\0\0\0");
    folder.put("b/c.bin", [0; 8]);
    let outcome = checked(&folder, &catalog, Job::default()).unwrap();
    assert_eq!((outcome.state(), outcome.skipped.len(), outcome.documents.len()), (State::Unread, 2, 1));
    assert!(outcome.documents[0].problems[0].message.contains("没有一份文档"));
    folder.put("d.txt", "关于开会的通知");
    assert_eq!(checked(&folder, &catalog, Job::default()).unwrap().documents.len(), 1);
}

#[test]
fn the_order_of_several_documents_of_one_earlier_year_changes_no_verdict() {
    let catalog = Catalog::load(&[]).unwrap();
    let page = |year: u16, rest: &str| format!("青溪区园林局{year}年度部门决算\n一、收入决算情况说明\n{rest}\n");
    let own = Memory::file("2023.txt", page(2023, "2023年度收入合计100.00万元，2022年度收入合计90.00万元。"));
    let before = ["90.00", "80.00"].map(|income| page(2022, &format!("2022年度收入合计{income}万元。")));
    let (first, second) =
        (Memory::file("a/2022.txt", before[0].clone()), Memory::file("b/2022.txt", before[1].clone()));
    let told = |prior: &[&dyn Files]| {
        let request = Request { documents: &[&own], prior, ..Request::default() };
        check(&request, &catalog, Job::default()).unwrap().documents.remove(0).report
    };
    let either = [told(&[&first]), told(&[&second])];
    assert!(either[0] != either[1], "they say different things");
    assert!(told(&[&first, &second]) == told(&[&second, &first]));
}

#[test]
fn the_order_in_which_documents_are_given_changes_no_verdict() {
    let catalog = Catalog::load(&[]).unwrap();
    let page = |name: &str| compiled(name, &catalog, Job::default()).unwrap().remove("site/index.html").unwrap();
    let pages = [page("zengdu-2023"), page("putuo-planning-2024")];
    // The third copies the first under another name, word for word.
    let copy = String::from_utf8(pages[0].clone()).unwrap().replace("曾都区", "随县");
    let named = [("a.html", pages[0].clone()), ("b.html", pages[1].clone()), ("c.html", copy.into_bytes())];
    let told = |order: [usize; 3]| {
        let files: Vec<Memory> = order.iter().map(|at| Memory::file(named[*at].0, named[*at].1.clone())).collect();
        let trees: Vec<&dyn Files> = files.iter().map(|file| file as &dyn Files).collect();
        let outcome = check(&Request { documents: &trees, ..Request::default() }, &catalog, Job::default()).unwrap();
        let reports = outcome.documents.into_iter().map(|document| (document.file, document.report));
        reports.collect::<BTreeMap<_, _>>()
    };
    let first = told([0, 1, 2]);
    for order in [[2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        assert!(told(order) == first, "{order:?}");
    }
}
