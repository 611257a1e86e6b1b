//! `juesuan check`: findings of packages that were compiled earlier.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use juesuan_catalog::Catalog;
use juesuan_model::package::Report;
use juesuan_model::{Finding, Package, Severity, Tally, Verdict};
use serde::Serialize;

use crate::cli::{Check, ReportFormat};
use crate::exit::{Exit, Refused};
use crate::terminal;

#[derive(Serialize)]
struct Documents {
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Document {
    file: String,
    name: String,
    year: u16,
    variant: String,
    figures: usize,
    tally: Tally,
    findings: Vec<Finding>,
}

/// Checks every file and prints what was found.
pub fn run(options: &Check, catalog: &Catalog) -> Result<Exit> {
    let prior = options.prior.iter().map(|path| read(path)).collect::<Result<Vec<Package>>>()?;
    let prior: Vec<&Package> = prior.iter().collect();
    let mut documents = Vec::new();
    let mut exit = Exit::Clean;
    for path in &options.files {
        let package = read(path)?;
        let report = juesuan_check::check(&package, catalog, &prior);
        exit = exit.max(judge(&report));
        documents.push(Document {
            file: path.display().to_string(),
            name: package.entity.name.clone(),
            year: package.entity.year,
            variant: package.entity.variant.clone(),
            figures: package.figures.len(),
            tally: Tally::of(&report.relations),
            findings: report.findings,
        });
    }
    match options.format {
        ReportFormat::Json => terminal::say(serde_json::to_string_pretty(&Documents { documents })?),
        ReportFormat::Text => {
            for document in &documents {
                terminal::say(format!("{}　{}年　{} 个数", document.name, document.year, document.figures));
                terminal::findings(&document.findings);
                terminal::say(terminal::summary(&document.findings));
                terminal::say(terminal::tally(document.tally));
            }
        }
    }
    Ok(exit)
}

/// What a report means for the exit code.
pub fn judge(report: &Report) -> Exit {
    if report.findings.iter().any(|finding| finding.severity == Severity::Error) {
        Exit::Findings
    } else if report.relations.iter().any(|relation| relation.verdict == Verdict::Unreadable) {
        Exit::Unread
    } else {
        Exit::Clean
    }
}

fn read(path: &Path) -> Result<Package> {
    let file: PathBuf = if path.is_dir() { path.join("package.json") } else { path.to_owned() };
    if !file.exists() {
        return Err(Refused::error(
            Exit::Unread,
            format!("没有 {}；请写 package.json 或含有它的输出文件夹", file.display()),
        ));
    }
    let bytes = fs::read(&file).with_context(|| format!("读不了 {}", file.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!(
            "{} 第{}行：不是本程序写出的 package.json，或已损坏；请换成输出文件夹里的原文件",
            file.display(),
            error.line()
        );
        Refused::error(Exit::Unread, message)
    })
}
