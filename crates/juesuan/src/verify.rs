//! `juesuan verify`: is what lies there still what was checked and approved?

use anyhow::Result;
use juesuan_office::manifest::Difference;
use juesuan_office::{State, verify};
use juesuan_read::Disk;

use crate::cli::Verify;
use crate::terminal;

/// Compares every file with the manifest, and the manifest with the code noted at approval; a data folder of the window with itself.
pub fn run(options: &Verify) -> Result<State> {
    #[cfg(feature = "serve")]
    if let Some(state) = crate::copies::verified(&options.folder)? {
        return Ok(state);
    }
    let verified = verify(&Disk::new(&options.folder), options.code.as_deref())?;
    let (differences, manifest, fingerprint) = (&verified.differences, &verified.manifest, &verified.fingerprint);
    for difference in differences {
        match difference {
            Difference::Missing(path) => terminal::say(format!("缺少　{path}")),
            Difference::Changed(path) => terminal::say(format!("改动　{path}")),
            Difference::Added(path) => terminal::say(format!("多出　{path}")),
        }
    }
    let strange = verified.strange();
    if let Some(approved) = strange {
        terminal::say(format!("核对码不符：批准时是 {approved}，现在是 {fingerprint}"));
    }
    if !verified.is_same() {
        terminal::say(format!(
            "与核对时不一致：{} 处。请重新 compile，不要公开这一份。",
            differences.len() + usize::from(strange.is_some())
        ));
        return Ok(verified.state());
    }
    let files = manifest.files.len();
    if verified.approved.is_some() {
        terminal::say(format!("{files} 个文件与批准时完全一致。核对码 {fingerprint}"));
    } else {
        terminal::say(format!(
            "{files} 个文件与清单一致。核对码 {fingerprint}\n没有给出批准时记下的核对码，不能说明这就是批准的那一份；请加 --code 再验证。"
        ));
    }
    terminal::say(format!(
        "程序 {}，目录 {}",
        manifest.program,
        &manifest.catalog_sha256.get(..12).unwrap_or_default()
    ));
    if !manifest.publishable {
        let whole = manifest.documents.iter().filter(|document| document.publishable);
        let whole: Vec<&str> = whole.map(|document| document.name.as_str()).collect();
        match whole.as_slice() {
            [] => terminal::say("但核对时就不可公开："),
            whole => terminal::say(format!("核对时可以公开的只有 {}；其余不可公开：", whole.join("、"))),
        }
        terminal::grouped(&manifest.draft_reasons, "  ", terminal::FEW);
    }
    Ok(verified.state())
}
