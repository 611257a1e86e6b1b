//! Archives as trees of files: documents, the folder of a department, a bureau's overlay, a workbook taken in.

use std::fs;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_compose::Tail;
use juesuan_model::Package;
use juesuan_office::check::Request;
use juesuan_office::{Error, Format, Job, Order, Tree, check, compile, evaluate, verify};
use juesuan_read::{Memory, Zip};

use super::Target;
use crate::scratch::Scratch;
use crate::{seeds, shape, sound};

/// What an office sent, checked.
pub fn archives(catalog: Catalog) -> Target {
    Box::new(move |input| {
        let sent = Memory::file("来文.zip", input);
        match check(&Request { documents: &[&sent], ..Request::default() }, &catalog, Job::default()) {
            Ok(outcome) => {
                let documents = outcome.documents.iter();
                let mut counts: Vec<usize> =
                    documents.flat_map(|one| [one.package.figures.len(), one.problems.len()]).collect();
                counts.push(outcome.skipped.len());
                shape::counts(&counts)
            }
            Err(error) => shape::hash(format!("{error:?}").split('"').next().unwrap_or_default().as_bytes()),
        }
    })
}

/// The folder of a department, compiled, evaluated and published. What was published verifies and is well formed.
pub fn departments(catalog: Catalog) -> Target {
    let formats = [Format::Docx, Format::Xlsx, Format::Html, Format::Json];
    Box::new(move |input| {
        let Ok(folder) = Zip::open("部门", input.to_vec()) else { return 0 };
        let performance =
            evaluate::overview(&folder, &catalog, Job::default()).map_or(0, |seen| seen.campaigns().count());
        let (order, tree) = (Order { tail: Tail::Keep, formats: &formats, fonts: &[] }, Tree::default());
        match compile(&folder, &order, &tree, &catalog, Job::default()) {
            Ok(made) => {
                published_is_whole(tree);
                let relations = made.published.found.iter().map(|own| own.tally.holds).sum();
                let reasons = made.published.draft_reasons.len();
                shape::counts(&[relations, reasons, made.accounts.problems.len(), performance])
            }
            Err(error @ Error::Write { .. }) => panic!("what was compiled cannot be published: {error:?}"),
            Err(Error::Inputs(problems)) => shape::problems(&problems),
            Err(error) => shape::hash(error.to_string().as_bytes()),
        }
    })
}

fn published_is_whole(tree: Tree) {
    let mut output = Memory::folder("输出");
    for (path, bytes) in tree.into_files() {
        match path.rsplit('.').next() {
            Some("docx" | "xlsx") => sound::office(&bytes),
            Some("html") => sound::html(&bytes),
            Some("json") if path.ends_with("package.json") => {
                assert!(serde_json::from_slice::<Package>(&bytes).is_ok(), "a package that cannot be read");
            }
            Some("svg") => sound::xml(&bytes, &path),
            _ => {}
        }
        output.put(&path, bytes);
    }
    let verified = verify(&output, None);
    assert!(verified.is_ok_and(|verified| verified.is_same()), "an output that does not fit its manifest");
}

/// A bureau's own folder over the catalogue, and a document checked with it.
pub fn overlays() -> Result<Target> {
    let scratch = Scratch::new("overlays")?;
    Ok(Box::new(move |input| {
        let Ok(files) = Zip::open("本局", input.to_vec()) else { return 0 };
        if scratch.fill(&files).is_err() {
            return 1;
        }
        match Catalog::load(&[scratch.folder()]) {
            Err(problems) => shape::problems(&problems),
            Ok(catalog) => {
                let document = Memory::file("a.txt", seeds::ACCOUNT);
                let request = Request { documents: &[&document], ..Request::default() };
                let found = check(&request, &catalog, Job::default()).map_or(0, |outcome| {
                    outcome.documents.iter().map(|one| one.report.findings.len() + one.package.figures.len()).sum()
                });
                shape::counts(&[found])
            }
        }
    }))
}

/// A workbook of the ministry's software.
pub fn imports(catalog: Catalog) -> Result<Target> {
    let scratch = Scratch::new("imports")?;
    Ok(Box::new(move |input| {
        scratch.clear();
        let workbook = scratch.folder().join("导出.xlsx");
        if fs::write(&workbook, input).is_err() {
            return 1;
        }
        match juesuan_inputs::import::import(&workbook, &scratch.folder().join("部门"), &catalog) {
            Err(problems) => shape::problems(&problems),
            Ok(imported) => {
                shape::problems(&imported.problems).rotate_left(u32::try_from(imported.files.len()).unwrap_or(0))
            }
        }
    }))
}
