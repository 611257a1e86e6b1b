//! A checked run in the form that was asked for, on the terminal or in a file.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Severity};
use juesuan_office::check::Batch;
use juesuan_office::data::Extent;
use juesuan_office::folder::{Draft, put_file, put_file_with};
use juesuan_office::judge::is_complete;
use juesuan_office::report::{self, ReportFormat, Reported};
use juesuan_office::{Program, State};
use juesuan_read::{Files, Interpreter};
use juesuan_write::report::{Checked, Documents as _, Statistics, Teller, each};

use crate::check::brief;
use crate::check::paint::{Paint, Style};
use crate::check::people::Page;
use crate::check::summary::{self, Closing};
use crate::cli::{Check, CheckFormat};
use crate::exit::Refused;
use crate::terminal;

/// Formats that are files and no text need a file.
pub fn refuse_terminal(options: &Check) -> Result<()> {
    let binary = matches!(options.format, Some(CheckFormat::Xlsx | CheckFormat::Docx)) && !options.statistics;
    if binary && options.out.is_none() && std::io::stdout().is_terminal() {
        return Err(Refused::error(State::Misuse, "这种形式要写进文件：请加 --out 文件名"));
    }
    Ok(())
}

/// Prints the report, or writes it where `--out` says: piece by piece, as the documents are taken up.
pub fn write(options: &Check, trees: &[&dyn Files], batch: &Batch, catalog: &Catalog) -> Result<()> {
    let program: Arc<dyn Interpreter> = Arc::new(Program::this());
    let reported = Reported { documents: batch, trees, interpreter: &program, date: options.date.as_deref() };
    let paint = if options.out.is_some() { Paint::Plain } else { Paint::of_stdout() };
    let extent = if options.full { Extent::Relations } else { Extent::Findings };
    let format = match options.format.unwrap_or(CheckFormat::Text) {
        _ if options.statistics => None,
        CheckFormat::Concise | CheckFormat::Text => None,
        CheckFormat::Json => Some(ReportFormat::Json(extent)),
        CheckFormat::Sarif => Some(ReportFormat::Sarif),
        CheckFormat::Html => Some(ReportFormat::Html),
        CheckFormat::Xlsx => Some(ReportFormat::Xlsx),
        CheckFormat::Docx => Some(ReportFormat::Docx),
    };
    let fill = |sink: &mut dyn Write| match format {
        Some(format) => report::report(&reported, format, catalog, sink),
        None => lines(options, batch, catalog, paint, sink),
    };
    match &options.out {
        None => fill(&mut terminal::Out)?,
        Some(path) => {
            match format {
                Some(ReportFormat::Html) if batch.count() > 1 => site(path, &reported, catalog)?,
                _ => put_file_with(path, fill)?,
            }
            let said = format!("{}份文件，错误 {}，写在 {}", batch.count(), batch.errors(), path.display());
            terminal::say(said);
        }
    }
    Ok(())
}

/// What a run that was called off has not looked at, on the error output; false where nothing is missing.
pub fn missing(batch: &Batch, catalog: &Catalog) -> bool {
    let words = &catalog.report.overview;
    for name in batch.missing.iter().take(MISSING) {
        terminal::warn(format!("{}　{name}", words.missing));
    }
    if !batch.missing.is_empty() {
        terminal::warn(format!("{}　{}", words.called_off, batch.missing.len()));
    }
    !batch.missing.is_empty()
}

/// Documents that are named which were not looked at; the others are counted.
const MISSING: usize = 12;

/// Many documents as web pages: `报告.html` leads to the pages in `报告_files`.
fn site(path: &Path, reported: &Reported<'_, Batch>, catalog: &Catalog) -> Result<()> {
    let name = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let folder = format!("{}_files", name(path.file_stem()));
    let back = format!("../{}", name(path.file_name()));
    let draft = Draft::beside(&path.with_file_name(&folder))?;
    let index = terminal::watched(|job| report::pages(reported, (&folder, &back), &draft, catalog, job))?;
    draft.finish()?;
    Ok(put_file(path, index.as_bytes())?)
}

/// The forms that are lines of text.
fn lines(
    options: &Check,
    batch: &Batch,
    catalog: &Catalog,
    paint: Paint,
    sink: &mut dyn Write,
) -> Result<(), juesuan_office::Error> {
    let what = options.out.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    let unwritten = |source| juesuan_office::Error::Io { what: what.clone(), source };
    let mut put = |text: &str| sink.write_all(text.as_bytes()).map_err(unwritten);
    let (mut statistics, mut closing) = (Statistics::default(), Closing::new());
    let is_concise = options.format == Some(CheckFormat::Concise);
    for document in each(batch) {
        let document = &*document.map_err(juesuan_office::check::taken_up)?;
        match (options.statistics, is_concise) {
            (true, _) => statistics.add(document, catalog),
            (false, true) => put(&joined(&brief::concise(document, catalog)))?,
            (false, false) => {
                closing.add(document);
                put(&text(document, batch, catalog, paint))?;
            }
        }
    }
    match (options.statistics, is_concise) {
        (true, _) => put(&joined(&brief::statistics(&statistics, catalog))),
        (false, true) => Ok(()),
        (false, false) => {
            if batch.count() > 1 {
                put(&joined(&closing.lines()))?;
            }
            let undated = options.waivers.is_some() && options.date.is_none();
            if undated { put("没有给出 --date，没有判断豁免是否到期。\n") } else { Ok(()) }
        }
    }
}

/// Lines as a text, none of which steers a terminal.
fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{}\n", super::paint::visible(line))).collect()
}

/// The findings of a document, and what is said of it.
fn text(document: &Checked, batch: &Batch, catalog: &Catalog, paint: Paint) -> String {
    if document.package.kind == DocumentKind::Template && document.problems.is_empty() {
        return format!("{}：空白模板\n", document.file);
    }
    let others = |file: &str| batch.of_file(file).map(|other| other.into_owned().package);
    let (file, package) = (document.file.as_str(), &document.package);
    let page = Page { file, package, others: &others, teller: Teller::of(catalog, document), paint };
    let mut out = format!("{}\n", paint.paint(Style::Strong, &format!("文件 {}", document.file)));
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        for finding in document.report.findings.iter().filter(|finding| finding.severity == severity) {
            out.push_str(&page.finding(finding));
            out.push('\n');
        }
    }
    out.push_str(&joined(&summary::document(document, is_complete(document), catalog)));
    out.push('\n');
    out
}
