//! Checked packages to an output folder, and what is said of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_catalog::{Catalog, Way};
use juesuan_compose::Accounts;
use juesuan_model::{Need, Tally, ask};
use juesuan_office::unshown::told;
use juesuan_office::{Draft, Faces, Issue, Published, Target, publish};
use juesuan_read::Disk;

use crate::cli::FileFormat;
use crate::terminal::{self, some};

/// Where files go, which, and with what faces.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Output folder.
    pub out: &'a Path,
    /// Formats.
    pub formats: &'a [FileFormat],
    /// Folders of fonts.
    pub fonts: &'a [PathBuf],
}

/// What the packages were made from, as the manifest keeps it.
#[derive(Clone, Copy)]
pub struct MadeFrom<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Approval, publication and the like.
    pub filing: &'a juesuan_facts::Filing,
    /// SHA-256 of each input file.
    pub inputs: &'a BTreeMap<String, String>,
    /// The list of what is missing, if anything is.
    pub list: Option<&'a [u8]>,
}

/// Writes every package in every format, and the manifest; says what was written.
pub fn write(issues: Vec<Issue>, from: MadeFrom<'_>, wanted: Wanted<'_>, catalog: &Catalog) -> Result<Published> {
    let formats: Vec<juesuan_office::Format> = wanted.formats.iter().map(|format| (*format).into()).collect();
    let faces = Faces::find(&formats, wanted.fonts);
    let draft = Draft::beside(wanted.out)?;
    let target = Target { filing: from.filing, inputs: from.inputs, list: from.list, formats: &formats, faces: &faces };
    let published = terminal::watched(|job| publish(issues, &target, &draft, catalog, job))?;
    draft.finish()?;
    terminal::problems(&told(&published.unshown, &Disk::new(from.folder), from.inputs.keys().map(String::as_str)));
    published.missing.iter().for_each(terminal::warn);
    if let Some(roles) = faces.said() {
        terminal::say(&roles);
    }
    let other = faces.other_versions();
    if !other.is_empty() {
        terminal::say(format!(
            "字体 {} 与核对过的版本（scripts/fonts.sh 取的）不同：版面可能略有出入，PDF 和图的字节与别处编的不会相同；各字体的 SHA-256 在 manifest.json 的 faces 里。",
            other.join("、")
        ));
    }
    terminal::say(format!(
        "写出 {} 个文件到 {}，核对码 {}",
        published.files,
        wanted.out.display(),
        published.fingerprint
    ));
    Ok(published)
}

/// Says what may be published, and of the rest why not.
pub fn verdict(published: &Published, made: &Accounts, catalog: &Catalog) {
    if published.draft_reasons.is_empty() {
        terminal::say("可以公开。");
        return;
    }
    let named = |publishable: bool| -> Vec<&str> {
        let own = published.documents.iter().filter(|document| document.publishable == publishable);
        own.map(|document| document.name.as_str()).collect()
    };
    match (named(true).as_slice(), named(false).as_slice()) {
        ([], _) => terminal::say("不可公开：每页印有“草稿”。"),
        (whole, drafts) => {
            terminal::say(format!("可以公开 {} 份：{}", whole.len(), some(whole, "、")));
            terminal::say(format!("不可公开 {} 份，每页印有“草稿”：{}", drafts.len(), some(drafts, "、")));
        }
    }
    let mut lacks: BTreeMap<&str, Lacks> = BTreeMap::new();
    for ask in made.lacking.iter().flat_map(|one| &one.asks).filter(|ask| ask.need == Need::Must) {
        let kind = catalog.asks.of(&ask.wanted).group.source();
        lacks.entry(kind).or_insert_with(|| Lacks { wanted: &ask.wanted, reasons: BTreeSet::new(), told: Vec::new() });
        lacks.entry(kind).and_modify(|own| _ = own.reasons.insert(catalog.asks.reason(ask)));
    }
    let mut others = Vec::new();
    for (name, reason) in &published.draft_reasons {
        let told = reason.to_string();
        match lacks.values_mut().find(|own| own.reasons.contains(&told)) {
            Some(own) => own.told.push(format!("{name}：{told}")),
            None => others.push(format!("{name}：{told}")),
        }
    }
    for own in lacks.values().filter(|own| !own.told.is_empty()) {
        terminal::say(format!("　　{}", catalog.asks.group(own.wanted, own.told.len())));
        terminal::grouped(&own.told, "　　　　");
    }
    terminal::grouped(&others, "　　");
    if made.way == Way::Files && published.draft_reasons.iter().any(|(_, reason)| reason.is_lack()) {
        terminal::say(
            "补在哪里：引号里的名称填在 narrative.toml，绩效的填在 performance/，上年度的数放在 prior/，其余的数放在 registers/、budget/ 或账上。",
        );
    }
}

/// What is lacking of one kind.
struct Lacks<'a> {
    wanted: &'a ask::Wanted,
    /// In words, whosever document it is.
    reasons: BTreeSet<String>,
    /// What is told of it.
    told: Vec<String>,
}

/// Says what was found: in one document, or in all of them together.
pub fn said(issues: &[Issue]) {
    let several = issues.len() > 1;
    let mut findings = Vec::new();
    for issue in issues {
        let entity = &issue.package.entity;
        let name = format!("{}{}年度", entity.name, entity.year);
        let counts = [terminal::summary(&issue.report.findings), terminal::tally(Tally::of(&issue.report.relations))];
        if several {
            terminal::say(format!("{name}　{}", counts.join("　")));
        } else {
            terminal::say(name);
        }
        findings.extend(issue.findings.iter().map(|finding| (several.then_some(entity.name.as_str()), finding)));
        if !several {
            terminal::findings(&findings);
            counts.iter().for_each(terminal::say);
        }
    }
    if several {
        terminal::findings(&findings);
    }
}

impl From<FileFormat> for juesuan_office::Format {
    fn from(format: FileFormat) -> juesuan_office::Format {
        match format {
            FileFormat::Docx => juesuan_office::Format::Docx,
            FileFormat::Pdf => juesuan_office::Format::Pdf,
            FileFormat::Xlsx => juesuan_office::Format::Xlsx,
            FileFormat::Html => juesuan_office::Format::Html,
            FileFormat::Json => juesuan_office::Format::Json,
        }
    }
}
