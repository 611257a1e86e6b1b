//! A checked run in the form that was asked for, on the terminal or in a file.

use std::io::IsTerminal;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Package, Severity};
use juesuan_office::data::Extent;
use juesuan_office::folder::put_file;
use juesuan_office::judge::is_complete;
use juesuan_office::report::{ReportFormat, Reported};
use juesuan_office::{Program, State, report};
use juesuan_read::Files;
use juesuan_write::report::{Checked, Teller};

use crate::check::brief;
use crate::check::paint::{Paint, Style};
use crate::check::people::Page;
use crate::check::summary;
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

/// Prints the report, or writes it where `--out` says.
pub fn write(options: &Check, trees: &[&dyn Files], checked: &[Checked], catalog: &Catalog) -> Result<()> {
    let program = Program::this();
    let reported = Reported { documents: checked, trees, interpreter: &program, date: options.date.as_deref() };
    let file = |format| report(&reported, format, catalog);
    let lines =
        |lines: Vec<String>| lines.iter().map(|line| format!("{}\n", super::paint::visible(line))).collect::<String>();
    let bytes = match options.format.unwrap_or(CheckFormat::Text) {
        _ if options.statistics => lines(brief::statistics(checked, catalog)).into_bytes(),
        CheckFormat::Concise => lines(brief::concise(checked, catalog)).into_bytes(),
        CheckFormat::Text => {
            let paint = if options.out.is_some() { Paint::Plain } else { Paint::of_stdout() };
            text(checked, catalog, paint, options).into_bytes()
        }
        CheckFormat::Json => file(ReportFormat::Json(if options.full { Extent::Relations } else { Extent::Findings }))?,
        CheckFormat::Sarif => file(ReportFormat::Sarif)?,
        CheckFormat::Html => file(ReportFormat::Html)?,
        CheckFormat::Xlsx => file(ReportFormat::Xlsx)?,
        CheckFormat::Docx => file(ReportFormat::Docx)?,
    };
    match &options.out {
        None => terminal::put(&bytes),
        Some(path) => {
            put_file(path, &bytes)?;
            let errors = checked.iter().flat_map(|c| &c.report.findings).filter(|f| f.severity == Severity::Error);
            terminal::say(format!("{}份文件，错误 {}，写在 {}", checked.len(), errors.count(), path.display()));
        }
    }
    Ok(())
}

/// Findings, what is said of each document, and the closing table.
fn text(checked: &[Checked], catalog: &Catalog, paint: Paint, options: &Check) -> String {
    let packages: Vec<(&str, &Package)> = checked.iter().map(|c| (c.file.as_str(), &c.package)).collect();
    let mut out = String::new();
    for document in checked {
        if document.package.kind == DocumentKind::Template && document.problems.is_empty() {
            out.push_str(&format!("{}：空白模板\n", document.file));
            continue;
        }
        let page = Page { file: &document.file, packages: &packages, teller: Teller::of(catalog, document), paint };
        out.push_str(&format!("{}\n", paint.paint(Style::Strong, &format!("文件 {}", document.file))));
        for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
            for finding in document.report.findings.iter().filter(|finding| finding.severity == severity) {
                out.push_str(&page.finding(finding));
                out.push('\n');
            }
        }
        for line in summary::document(document, is_complete(document), catalog) {
            out.push_str(&super::paint::visible(&line));
            out.push('\n');
        }
        out.push('\n');
    }
    if checked.len() > 1 {
        for line in summary::table(checked) {
            out.push_str(&super::paint::visible(&line));
            out.push('\n');
        }
    }
    if options.waivers.is_some() && options.date.is_none() {
        out.push_str("没有给出 --date，没有判断豁免是否到期。\n");
    }
    out
}
