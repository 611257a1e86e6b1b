//! Departments made from seeds, compiled, published in every way, and read again.

#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "shared by two tests, which may stop")]

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Accounts, Tail, accounts};
use juesuan_model::{Block, Document, FigureId, Package, Severity};
use juesuan_read::Disk;
use juesuan_read::Pages;
use juesuan_recognize::ReadDocument;
use juesuan_simulate::department;
use juesuan_simulate::messy::{text, web, workbook};
use juesuan_simulate::profile::Profile;
use juesuan_simulate::random::Random;
use juesuan_write::report::{Teller, ToldFinding};
use juesuan_write::{FontSource, Links};

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

/// Seeds where `JUESUAN_SEEDS` names no other number: everything, two units, one unit.
const SEEDS: u64 = 3;

/// One department and its seed.
pub struct Made {
    pub seed: u64,
    pub accounts: Accounts,
}

pub static ALL: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let count = std::env::var("JUESUAN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    (0..count)
        .map(|seed| {
            let root = std::env::temp_dir().join(format!("juesuan-published-{}-{seed}", std::process::id()));
            department::folder(&Profile::varied(seed)).write(&root).unwrap();
            let accounts =
                accounts(&Disk::new(&root), &CATALOG, Tail::Keep).unwrap_or_else(|p| panic!("seed {seed}: {p:#?}"));
            std::fs::remove_dir_all(&root).unwrap();
            Made { seed, accounts }
        })
        .collect()
});

/// How a document is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Docx,
    Html,
    Xlsx,
    MessyHtml,
    MessyXlsx,
    MessyText,
}

pub const FORMATS: [Way; 6] = [Way::Docx, Way::Html, Way::Xlsx, Way::MessyHtml, Way::MessyXlsx, Way::MessyText];

impl Way {
    pub fn name(self) -> &'static str {
        match self {
            Way::Docx => "DOCX",
            Way::Html => "HTML",
            Way::Xlsx => "XLSX",
            Way::MessyHtml => "HTML messy",
            Way::MessyXlsx => "XLSX messy",
            Way::MessyText => "text messy",
        }
    }

    pub fn tables(self) -> bool {
        self != Way::MessyText
    }

    pub fn texts(self) -> bool {
        !matches!(self, Way::Xlsx | Way::MessyXlsx)
    }

    /// What compile writes keeps figures of its own beside the document, where a fault would not stand.
    pub fn shows_document(self) -> bool {
        self != Way::Xlsx
    }
}

/// The document published and its pages read.
pub fn written(package: &Package, document: &Document, way: Way, seed: u64) -> Pages {
    let mut random = Random::named(seed, way.name());
    let package = || Package { document: document.clone(), ..package.clone() };
    let (name, bytes) = match way {
        Way::Docx => ("决算.docx", juesuan_write::docx(&package(), &FontSource::default(), &CATALOG).unwrap()),
        Way::Html => {
            let files = juesuan_write::html(&package(), &Links::default()).unwrap();
            let page = files.into_iter().find(|file| file.path == "index.html").unwrap();
            ("决算.html", page.bytes)
        }
        Way::Xlsx => ("决算.xlsx", juesuan_write::xlsx(&package()).unwrap()),
        Way::MessyHtml => ("决算.htm", web::web(document, &mut random)),
        Way::MessyXlsx => ("决算.xlsx", workbook::workbook(document, &mut random).unwrap()),
        Way::MessyText => ("决算.txt", text::text(document, &mut random)),
    };
    if let Some(folder) = std::env::var_os("JUESUAN_KEEP") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::write(folder.join(format!("{seed}-{}-{name}", way.name().replace(' ', "-"))), &bytes).unwrap();
    }
    juesuan_read::pages_of(name, &bytes).unwrap()
}

pub fn read(pages: &Pages) -> ReadDocument {
    juesuan_recognize::document(pages, &CATALOG)
}

pub fn findings(package: &Package) -> Vec<ToldFinding> {
    let report = juesuan_check::check(package, &CATALOG, &[]);
    let teller = Teller::new(&CATALOG, package, &report, "");
    report.findings.iter().map(|finding| ToldFinding::new(finding, &teller)).collect()
}

/// The errors and warnings.
pub fn grave(package: &Package) -> Vec<ToldFinding> {
    findings(package).into_iter().filter(|f| f.severity < Severity::Notice).collect()
}

/// The figures that a format shows: all printings but zeros, which a page may leave out.
pub fn printed(package: &Package, way: Way) -> Vec<FigureId> {
    let mut ids = Vec::new();
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        match block {
            Block::Paragraph { runs, .. } if way.texts() => ids.extend(runs.iter().filter_map(|run| run.figure)),
            Block::Table(table) if way.tables() => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty());
                ids.extend(cells.filter(|cell| cell.text != "0.00").filter_map(|cell| cell.figure));
            }
            _ => {}
        }
    }
    ids
}

/// The figures printed in tables.
pub fn of_tables(package: &Package) -> BTreeSet<FigureId> {
    printed(package, Way::MessyXlsx).into_iter().collect()
}

/// Works on two things at a time and keeps their order.
pub fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, done) = (Mutex::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let mut guard = next.lock().unwrap();
                    let at = *guard;
                    *guard += 1;
                    drop(guard);
                    let Some(thing) = things.get(at) else { return };
                    let result = work(thing);
                    done.lock().unwrap().push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
