//! Checked packages to an output folder with its manifest: what `compile` and `evaluate` share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::ProgressBar;
use juesuan_catalog::Catalog;
use juesuan_compile::Accounts;
use juesuan_compile::inputs::Filing;
use juesuan_model::package::Report;
use juesuan_model::{Package, Severity, Tally};
use rayon::prelude::*;

use crate::cli::Format;
use crate::exit::Exit;
use crate::folder::Draft;
use crate::formats::{self, Faces};
use crate::manifest::{MANIFEST, Manifest, fingerprint, sha256};
use crate::{check, terminal};

/// A package, where its files go below the output folder, and what was found.
pub struct Issue {
    /// Empty, or a folder ending with `/`.
    pub folder: String,
    /// What is written.
    pub package: Package,
    /// What was found.
    pub report: Report,
}

/// Where files go, which, with what faces, and what they were made from.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Approval, publication and the like.
    pub filing: &'a Filing,
    /// SHA-256 of each input file.
    pub inputs: &'a BTreeMap<String, String>,
    /// Output folder.
    pub out: &'a Path,
    /// Formats.
    pub formats: &'a [Format],
    /// Folders of fonts.
    pub fonts: &'a [PathBuf],
}

/// What was written.
pub struct Published {
    /// How the run ends.
    pub exit: Exit,
    /// Why it is a draft; empty: it may be published.
    pub draft_reasons: Vec<String>,
}

impl Published {
    /// Says whether it may be published, and if not, why.
    pub fn said(&self) {
        if self.draft_reasons.is_empty() {
            terminal::say("可以公开。");
        } else {
            terminal::say("不可公开：每页印有“草稿”。");
            for reason in &self.draft_reasons {
                terminal::say(format!("　　{reason}"));
            }
            if self.draft_reasons.iter().any(|reason| reason.contains("缺少") || reason.contains("没有填写")) {
                terminal::say(
                    "补在哪里：引号里的名称填在 narrative.toml，绩效的填在 performance/，上年度的数放在 prior/，其余的数放在 registers/、budget/ 或账上。",
                );
            }
        }
    }
}

/// Checks every package; one with errors becomes a draft.
pub fn issues(made: &Accounts, catalog: &Catalog) -> Vec<Issue> {
    let prior: Vec<&Package> = made.prior.iter().collect();
    let department = (String::new(), &made.department, prior.as_slice());
    let units =
        made.units.iter().map(|unit| (format!("units/{}/", formats::file_name(&unit.entity.name)), unit, &[][..]));
    let all: Vec<_> = std::iter::once(department).chain(units).collect();
    all.into_par_iter()
        .map(|(folder, package, prior)| {
            let report = juesuan_check::check(package, catalog, prior);
            let mut package = package.clone();
            let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
            if errors > 0 {
                let reason = format!("核对发现 {errors} 处错误，须先改正");
                package.document.draft_reasons.push(reason);
            }
            Issue { folder, package, report }
        })
        .collect()
}

/// Writes every package in every format, and the manifest; says what was written.
pub fn publish(issues: Vec<Issue>, target: Target<'_>, catalog: &Catalog, progress: &ProgressBar) -> Result<Published> {
    let faces = Faces::find(target.formats, target.fonts);
    let draft = Draft::beside(target.out)?;
    let mut manifest = Manifest {
        program: format!("juesuan {}", env!("CARGO_PKG_VERSION")),
        catalog_sha256: catalog_digest(catalog),
        filing: target.filing.clone(),
        inputs: target.inputs.clone(),
        files: BTreeMap::new(),
        publishable: true,
        draft_reasons: Vec::new(),
        tally: Tally::default(),
        findings: Vec::new(),
        ledger: Vec::new(),
    };
    let mut exit = Exit::Clean;
    progress.set_message("生成文件");
    let written: Vec<Result<Written>> =
        issues.par_iter().map(|issue| write(issue, target.formats, &faces, &draft)).collect();
    for (issue, written) in issues.into_iter().zip(written) {
        let written = written?;
        exit = exit.max(check::judge(&issue.report));
        manifest.files.extend(written.digests);
        for missing in written.missing {
            progress.suspend(|| terminal::warn(&missing));
            exit = exit.max(Exit::Unread);
        }
        manifest.take(issue.package, issue.report);
    }
    if !manifest.draft_reasons.is_empty() {
        manifest.publishable = false;
        exit = exit.max(Exit::Findings);
    }
    let bytes = serde_json::to_vec_pretty(&manifest)?;
    draft.write(MANIFEST, &bytes)?;
    draft.finish()?;
    progress.finish_and_clear();
    if let Some(faces) = faces.said() {
        terminal::say(&faces);
    }
    terminal::say(format!(
        "写出 {} 个文件到 {}，核对码 {}",
        manifest.files.len() + 1,
        target.out.display(),
        fingerprint(&bytes)
    ));
    Ok(Published { exit, draft_reasons: manifest.draft_reasons })
}

/// What was written of one package.
struct Written {
    /// SHA-256 by path below the output folder.
    digests: Vec<(String, String)>,
    /// Formats that could not be made, for people.
    missing: Vec<String>,
}

fn write(issue: &Issue, formats: &[Format], faces: &Faces, draft: &Draft) -> Result<Written> {
    let made = formats::write(&issue.package, &issue.report.relations, formats, faces)?;
    let mut digests = Vec::new();
    for file in made.files {
        let path = format!("{}{}", issue.folder, file.path);
        draft.write(&path, &file.bytes)?;
        digests.push((path, sha256(&file.bytes)));
    }
    Ok(Written { digests, missing: made.missing })
}

/// Says what was found.
pub fn said(issue: &Issue) {
    terminal::say(format!("{}{}年度", issue.package.entity.name, issue.package.entity.year));
    terminal::findings(&issue.report.findings);
    terminal::say(terminal::summary(&issue.report.findings));
    terminal::say(terminal::tally(Tally::of(&issue.report.relations)));
}

fn catalog_digest(catalog: &Catalog) -> String {
    let mut all = Vec::new();
    for (path, text) in catalog.source.all() {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
        all.extend_from_slice(text.as_bytes());
        all.push(0);
    }
    sha256(&all)
}

impl Manifest {
    /// Adds what was found in one package.
    fn take(&mut self, package: Package, report: Report) {
        let name = &package.entity.name;
        self.draft_reasons.extend(package.document.draft_reasons.iter().map(|reason| format!("{name}：{reason}")));
        let tally = Tally::of(&report.relations);
        self.tally.holds += tally.holds;
        self.tally.broken += tally.broken;
        self.tally.not_applicable += tally.not_applicable;
        self.tally.unreadable += tally.unreadable;
        self.findings.extend(report.findings);
        self.ledger.extend(report.relations);
    }
}
