//! One package to the files of an office: every format is a view of the same document plan.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_model::Package;
use juesuan_read::package::{NAME, RELATIONS};
use juesuan_text::file_name;
use juesuan_write::report::ToldRelation;
use juesuan_write::{DOWNLOADS, Links, Output, Page};
use rayon::prelude::*;

use crate::error::Error;
use crate::faces::Faces;
use crate::job::Steps;
use crate::pdf::Pages;
use crate::unshown::Unshown;

/// The forms in which a package is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// Excel.
    Xlsx,
    /// A site.
    Html,
    /// Data.
    Json,
}

/// The formats asked for, each once, in the order in which they are made: a site links to the others.
pub(crate) fn in_order(formats: &[Format]) -> impl Iterator<Item = Format> {
    let all = [Format::Docx, Format::Pdf, Format::Xlsx, Format::Json, Format::Html];
    all.into_iter().filter(|format| formats.contains(format))
}

/// What was made, and what could not be.
pub(crate) struct Made {
    /// Files by path below the output folder.
    pub(crate) files: Vec<Output>,
    /// Formats that could not be made, with the reason for people.
    pub(crate) missing: Vec<String>,
}

impl Made {
    fn of(files: Vec<Output>) -> Made {
        Made { files, missing: Vec::new() }
    }

    fn add(&mut self, other: Made) {
        self.files.extend(other.files);
        self.missing.extend(other.missing);
    }
}

/// Writes `package` in every format asked for, each a step. File names carry the name and year, as an office would send them. For each
/// of `unshown` for which that is so a box is printed; data keep it.
pub(crate) fn write(
    package: &Package,
    unshown: &[Unshown],
    ledger: &[ToldRelation],
    (formats, faces): (&[Format], &Faces),
    pages: &[Page],
    catalog: &Catalog,
    steps: &Steps<'_>,
) -> Result<Made, Error> {
    let stem = file_stem(package);
    let whole = package;
    let steering = covered(package, unshown, |unshown| matches!(unshown, Unshown::Steers(_)))?;
    let package = steering.as_ref().unwrap_or(whole);
    let one = |format: Format, others: &[Output]| {
        let made = match format {
            Format::Docx => {
                let bytes = written("生成 DOCX", juesuan_write::docx(package, faces.pictures(), catalog))?;
                Made::of(vec![Output::new(format!("{stem}.docx"), bytes)])
            }
            Format::Pdf => match set(whole, unshown, faces)? {
                Ok(set) => Made::of(vec![Output::new(format!("{stem}.pdf"), set.pdf)]),
                Err(reason) => Made { files: Vec::new(), missing: vec![format!("没有生成 PDF：{reason}")] },
            },
            Format::Xlsx => Made::of(workbooks(package, &stem, ledger)?),
            Format::Html => Made::of(site(package, &stem, others, pages)?),
            Format::Json => Made::of(vec![Output::new(NAME, written("生成 JSON", juesuan_write::json(whole))?)]),
        };
        steps.done()?;
        Ok(made)
    };
    // Side by side: setting the PDF takes as long as all the others. A site comes behind them, for it has them in it.
    let (sites, documents): (Vec<Format>, Vec<Format>) = in_order(formats).partition(|format| *format == Format::Html);
    let parts = documents.into_par_iter().map(|format| one(format, &[])).collect::<Result<Vec<Made>, Error>>()?;
    let mut made = Made::of(Vec::new());
    parts.into_iter().for_each(|part| made.add(part));
    for format in sites {
        let site = one(format, &made.files)?;
        made.add(site);
    }
    Ok(made)
}

/// The PDF of a package, or the reason for people why there is none. For each of `unshown` for which that is so a box is printed.
pub(crate) fn set(package: &Package, unshown: &[Unshown], faces: &Faces) -> Result<Result<Pages, String>, Error> {
    let boxed = covered(package, unshown, Unshown::is_boxed)?;
    faces.pdf(boxed.as_ref().unwrap_or(package))
}

/// The workbook for the public, and the one of relations: how the figures hang together is for those who made and those who examine them, and
/// no part of what is published.
fn workbooks(package: &Package, stem: &str, ledger: &[ToldRelation]) -> Result<Vec<Output>, Error> {
    let mut files = vec![Output::new(format!("{stem}.xlsx"), written("生成 XLSX", juesuan_write::xlsx(package))?)];
    if !ledger.is_empty() {
        files.push(Output::new(RELATIONS, written("生成勾稽关系", juesuan_write::relations(ledger))?));
    }
    Ok(files)
}

/// The package with a box for each of these characters; `None` if it has none of them.
fn covered(
    package: &Package,
    unshown: &[Unshown],
    is_boxed: impl Fn(Unshown) -> bool,
) -> Result<Option<Package>, Error> {
    let hidden: BTreeSet<char> =
        unshown.iter().filter(|unshown| is_boxed(**unshown)).map(|unshown| unshown.character()).collect();
    if hidden.is_empty() {
        return Ok(None);
    }
    written("JSON", juesuan_write::boxed(package, &|character| hidden.contains(&character))).map(Some)
}

/// The pages of the site with the other formats in it, so that it can be put on a server as it is, and with links to `pages`.
fn site(package: &Package, stem: &str, made: &[Output], pages: &[Page]) -> Result<Vec<Output>, Error> {
    let mut links = Links { pages: pages.to_vec(), ..Links::default() };
    let mut files = Vec::new();
    for (name, ending, link) in [
        (format!("{stem}.pdf"), "pdf", &mut links.pdf),
        (format!("{stem}.docx"), "docx", &mut links.docx),
        (format!("{stem}.xlsx"), "xlsx", &mut links.xlsx),
        (NAME.to_owned(), "json", &mut links.json),
    ] {
        let Some(file) = made.iter().find(|file| file.path == name) else { continue };
        let path = format!("{DOWNLOADS}/{stem}.{ending}");
        files.push(Output::new(path.clone(), file.bytes.clone()));
        *link = Some(path);
    }
    files.extend(written("生成网页", juesuan_write::html(package, &links))?);
    Ok(files.into_iter().map(|file| Output::new(format!("{SITE}/{}", file.path), file.bytes)).collect())
}

fn written<T>(what: &'static str, made: Result<T, juesuan_write::Error>) -> Result<T, Error> {
    made.map_err(|source| Error::Write { what, source: source.into() })
}

/// Folder of the pages of a site.
pub(crate) const SITE: &str = "site";
/// Its page.
pub(crate) const PAGE: &str = "index.html";
/// The lines of the cover joined, as a file name.
fn file_stem(package: &Package) -> String {
    file_name(&package.document.title.concat())
}
