//! `juesuan compile`: a folder to the whole package in every format, checked.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use juesuan_catalog::Catalog;
use juesuan_compile::inputs::FOLDERS;
use juesuan_compile::{Accounts, Elimination, Tail, accounts};
use juesuan_model::package::Report;
use juesuan_model::{Package, Severity, Tally};
use rayon::prelude::*;

use crate::cli::{Compile, Format};
use crate::exit::{Exit, Refused};
use crate::folder::Draft;
use crate::formats::{self, Faces};
use crate::manifest::{MANIFEST, Manifest, fingerprint, sha256};
use crate::{check, terminal};

/// A package, where its files go below the output folder, and what was found.
struct Issue {
    folder: String,
    package: Package,
    report: Report,
}

/// Compiles, checks, writes.
pub fn run(options: &Compile, catalog: &Catalog) -> Result<Exit> {
    refuse_inside(&options.out, &options.folder)?;
    let progress = progress();
    progress.set_message("读取输入");
    let tail = if options.close_tail { Tail::Close } else { Tail::Keep };
    let made = match accounts(&options.folder, catalog, tail) {
        Ok(made) => made,
        Err(problems) => {
            progress.finish_and_clear();
            terminal::problems(&problems);
            terminal::warn("没有编制：请先改正以上输入错误。输出文件夹没有改动。");
            return Ok(Exit::Unread);
        }
    };
    terminal::problems(&made.problems);
    if !made.reading.is_empty() {
        terminal::say(&made.reading);
    }
    for elimination in &made.eliminations {
        terminal::say(eliminated(elimination));
    }
    progress.set_message("核对");
    let issues = issues(&made, catalog);

    let faces = Faces::find(&options.formats, &options.fonts);
    let draft = Draft::beside(&options.out)?;
    let mut manifest = Manifest {
        program: format!("juesuan {}", env!("CARGO_PKG_VERSION")),
        catalog_sha256: catalog_digest(catalog),
        filing: made.filing.clone(),
        inputs: made.digests.clone(),
        files: std::collections::BTreeMap::new(),
        publishable: true,
        draft_reasons: Vec::new(),
        tally: Tally::default(),
        findings: Vec::new(),
        ledger: Vec::new(),
    };
    let mut exit = Exit::Clean;
    progress.set_message("生成文件");
    let written: Vec<Result<Written>> =
        issues.par_iter().map(|issue| write(issue, &options.formats, &faces, &draft)).collect();
    for (issue, written) in issues.into_iter().zip(written) {
        let written = written?;
        exit = exit.max(check::judge(&issue.report));
        manifest.files.extend(written.digests);
        for missing in written.missing {
            progress.suspend(|| terminal::warn(&missing));
            exit = exit.max(Exit::Unread);
        }
        progress.suspend(|| said(&issue));
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
        options.out.display(),
        fingerprint(&bytes)
    ));
    if !made.problems.is_empty() {
        terminal::say(format!("输入有 {} 处要核实，见前面各行。", made.problems.len()));
    }
    if manifest.publishable {
        terminal::say("可以公开。");
    } else {
        terminal::say("不可公开：每页印有“草稿”。");
        for reason in &manifest.draft_reasons {
            terminal::say(format!("　　{reason}"));
        }
        if manifest.draft_reasons.iter().any(|reason| reason.contains("缺少") || reason.contains("没有填写")) {
            terminal::say(
                "补在哪里：引号里的名称填在 narrative.toml，上年度的数放在 prior/，其余的数放在 registers/、budget/ 或账上。",
            );
        }
    }
    Ok(exit)
}

/// Refuses to write where the input is read from: the next run would read its own output.
fn refuse_inside(out: &Path, folder: &Path) -> Result<()> {
    let (Ok(out_whole), Ok(folder_whole)) = (std::path::absolute(out), folder.canonicalize()) else { return Ok(()) };
    // The output folder need not be there yet: the part that is there is resolved.
    let there = out_whole.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let Some((part, resolved)) = there else { return Ok(()) };
    let whole = resolved.join(out_whole.strip_prefix(part).unwrap_or(Path::new("")));
    let within = whole.strip_prefix(&folder_whole).ok().and_then(|rest| rest.iter().next());
    match within {
        Some(first) if FOLDERS.iter().any(|name| first == *name) => Err(Refused::error(
            Exit::Usage,
            format!("{}：在输入的 {}/ 里面；请把输出文件夹放到别处", out.display(), first.to_string_lossy()),
        )),
        _ if folder_whole.starts_with(&whole) => Err(Refused::error(
            Exit::Usage,
            format!("{}：输入就在里面，会被输出覆盖；请把输出文件夹放到别处", out.display()),
        )),
        _ => Ok(()),
    }
}

/// Checks every package; one with errors becomes a draft.
fn issues(made: &Accounts, catalog: &Catalog) -> Vec<Issue> {
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

fn said(issue: &Issue) {
    terminal::say(format!("{}{}年度", issue.package.entity.name, issue.package.entity.year));
    terminal::findings(&issue.report.findings);
    terminal::say(terminal::summary(&issue.report.findings));
    terminal::say(terminal::tally(Tally::of(&issue.report.relations)));
}

fn eliminated(elimination: &Elimination) -> String {
    format!("抵销　{} → {}　{}　{} 元", elimination.payer, elimination.receiver, elimination.kind, elimination.amount)
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

/// A spinner that appears when a run takes longer than half a second and somebody watches.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{spinner} {msg} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
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
