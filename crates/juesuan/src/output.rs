//! Checked packages to an output folder, and what is said of it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_model::Tally;
use juesuan_office::unshown::told;
use juesuan_office::{Draft, Faces, Issue, Published, Target, publish};
use juesuan_read::Disk;

use crate::cli::FileFormat;
use crate::terminal;

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
    pub inputs: &'a std::collections::BTreeMap<String, String>,
}

/// Writes every package in every format, and the manifest; says what was written.
pub fn write(issues: Vec<Issue>, from: MadeFrom<'_>, wanted: Wanted<'_>, catalog: &Catalog) -> Result<Published> {
    let formats: Vec<juesuan_office::Format> = wanted.formats.iter().map(|format| (*format).into()).collect();
    let faces = Faces::find(&formats, wanted.fonts);
    let draft = Draft::beside(wanted.out)?;
    let target = Target { filing: from.filing, inputs: from.inputs, formats: &formats, faces: &faces };
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

/// Says whether it may be published, and if not, why.
pub fn verdict(published: &Published) {
    if published.draft_reasons.is_empty() {
        terminal::say("可以公开。");
        return;
    }
    terminal::say("不可公开：每页印有“草稿”。");
    for (name, reason) in &published.draft_reasons {
        terminal::say(format!("　　{name}：{reason}"));
    }
    if published.draft_reasons.iter().any(|(_, reason)| reason.is_lack()) {
        terminal::say(
            "补在哪里：引号里的名称填在 narrative.toml，绩效的填在 performance/，上年度的数放在 prior/，其余的数放在 registers/、budget/ 或账上。",
        );
    }
}

/// Says what was found.
pub fn said(issue: &Issue) {
    terminal::say(format!("{}{}年度", issue.package.entity.name, issue.package.entity.year));
    terminal::findings(&issue.findings);
    terminal::say(terminal::summary(&issue.report.findings));
    terminal::say(terminal::tally(Tally::of(&issue.report.relations)));
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
