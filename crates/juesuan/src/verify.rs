//! `juesuan verify`: is what lies there still what was checked and approved?

use anyhow::Result;

use crate::cli::Verify;
use crate::exit::Exit;
use crate::manifest::{Difference, Manifest};
use crate::terminal;

/// Compares every file with the manifest, and the manifest with the code noted at approval.
pub fn run(options: &Verify) -> Result<Exit> {
    let (manifest, fingerprint) = Manifest::read(&options.folder)?;
    let differences = manifest.compare(&options.folder)?;
    for difference in &differences {
        match difference {
            Difference::Missing(path) => terminal::say(format!("缺少　{path}")),
            Difference::Changed(path) => terminal::say(format!("改动　{path}")),
            Difference::Added(path) => terminal::say(format!("多出　{path}")),
        }
    }
    let expected = options.fingerprint.as_deref().map(|code| code.trim().to_lowercase());
    let same_code = expected.as_deref().is_none_or(|code| code == fingerprint);
    if !same_code {
        terminal::say(format!("核对码不符：批准时是 {}，现在是 {fingerprint}", expected.unwrap_or_default()));
    }
    if !differences.is_empty() || !same_code {
        terminal::say(format!(
            "与核对时不一致：{} 处。请重新 compile，不要公开这一份。",
            differences.len() + usize::from(!same_code)
        ));
        return Ok(Exit::Findings);
    }
    terminal::say(format!("{} 个文件与核对时完全一致。核对码 {fingerprint}", manifest.files.len()));
    terminal::say(format!(
        "程序 {}，目录 {}",
        manifest.program,
        &manifest.catalog_sha256.get(..12).unwrap_or_default()
    ));
    if manifest.publishable {
        Ok(Exit::Clean)
    } else {
        terminal::say("但核对时就不可公开：");
        for reason in &manifest.draft_reasons {
            terminal::say(format!("  {reason}"));
        }
        Ok(Exit::Findings)
    }
}
