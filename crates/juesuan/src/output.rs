//! Checked packages to an output folder, and what is said of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_catalog::{Catalog, Way};
use juesuan_compose::Accounts;
use juesuan_model::{Need, Severity, ask};
use juesuan_office::publish::Found;
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
}

/// Writes every package in every format, and the manifest; says what was written.
pub fn write(issues: Vec<Issue>, from: MadeFrom<'_>, wanted: Wanted<'_>, catalog: &Catalog) -> Result<Published> {
    let formats: Vec<juesuan_office::Format> = wanted.formats.iter().map(|format| (*format).into()).collect();
    let faces = Faces::find(&formats, wanted.fonts);
    let draft = Draft::beside(wanted.out)?;
    let target = Target { filing: from.filing, inputs: from.inputs, list: None, formats: &formats, faces: &faces };
    let published = terminal::watched(|job| publish(issues, &target, &draft, catalog, job))?;
    draft.finish()?;
    written(&published, &faces, (from.folder, from.inputs), wanted.out);
    Ok(published)
}

/// Says what was written, from which folder and files, and what could not be.
pub fn written(published: &Published, faces: &Faces, (folder, inputs): (&Path, &BTreeMap<String, String>), out: &Path) {
    terminal::problems(&told(&published.unshown, &Disk::new(folder), inputs.keys().map(String::as_str)));
    published.missing.iter().for_each(terminal::warn);
    if let Some(roles) = faces.said() {
        terminal::say(&roles);
    }
    let other = Faces::other_versions(&published.faces);
    if !other.is_empty() {
        terminal::say(format!(
            "字体 {} 与核对过的版本（scripts/fonts.sh 取的）不同：版面可能略有出入，PDF 和图的字节与别处编的不会相同；各字体的 SHA-256 在 manifest.json 的 faces 里。",
            other.join("、")
        ));
    }
    terminal::say(format!("写出 {} 个文件到 {}，核对码 {}", published.files, out.display(), published.fingerprint));
}

/// Says what may be published, and of the rest why not.
pub fn verdict<U>(published: &Published, made: &Accounts<U>, catalog: &Catalog) {
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
        terminal::grouped(&own.told, "　　　　", terminal::FEW);
    }
    terminal::grouped(&others, "　　", terminal::FEW);
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

/// As many documents each have a line; of more only so many, the department's first.
const ALL_TOLD: usize = 13;
const WORST_TOLD: usize = 4;

fn title(own: &Found) -> String {
    format!("{}{}年度", own.name, own.year)
}

/// Says what was found: in one document, or in all of them together.
pub fn said(documents: &[Found]) {
    let counts = |documents: &[&Found]| {
        let severities = documents.iter().flat_map(|own| &own.findings).map(|finding| finding.severity);
        [terminal::summary(severities), terminal::tally(documents.iter().map(|own| own.tally).sum())]
    };
    if let [own] = documents {
        terminal::say(title(own));
        terminal::findings(&own.findings.iter().map(|finding| (None, finding)).collect::<Vec<_>>());
        counts(&[own]).iter().for_each(terminal::say);
        return;
    }
    // Of many the department, and of its units those in which most was found.
    let mut shown: Vec<&Found> = documents.iter().collect();
    let rest = if shown.len() > ALL_TOLD {
        let gravest = |own: &&Found| {
            let of = |severity| own.findings.iter().filter(|finding| finding.severity == severity).count();
            Reverse([of(Severity::Error), own.tally.unreadable, of(Severity::Warning)])
        };
        shown.get_mut(1..).unwrap_or_default().sort_by_key(gravest);
        shown.split_off(WORST_TOLD)
    } else {
        Vec::new()
    };
    for own in shown {
        terminal::say(format!("{}　{}", title(own), counts(&[own]).join("　")));
    }
    if !rest.is_empty() {
        terminal::say(format!("其余 {} 份合计　{}", rest.len(), counts(&rest).join("　")));
    }
    let named = documents.iter().flat_map(|own| own.findings.iter().map(|finding| (Some(own.name.as_str()), finding)));
    terminal::findings(&named.collect::<Vec<_>>());
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
