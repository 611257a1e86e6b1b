//! What the store says, in words for people: on a page and on a command line alike.

use std::io;
use std::path::Path;

use askama::Template;
use juesuan_model::Problem;
use juesuan_store::{Audit, Error, Fault, LinkFault, Manifest};
use juesuan_text::system_fault;

/// Why the store did not do what was asked.
#[derive(Template)]
#[template(path = "said/error.txt")]
struct Why<'e> {
    error: &'e Error,
}

/// Why the store did not do what was asked, and what to do.
pub fn why(error: &Error) -> String {
    filled(&Why { error })
}

/// That nobody knows where to keep anything.
#[derive(Template)]
#[template(path = "said/homeless.txt")]
struct Homeless;

/// That nobody knows where to keep anything, and what to do.
pub fn homeless() -> String {
    filled(&Homeless)
}

/// Why the folder in which everything is to be kept cannot be used.
#[derive(Template)]
#[template(path = "said/unplaced.txt")]
struct Unplaced<'a> {
    folder: &'a Path,
    source: &'a io::Error,
}

/// Why the folder in which everything is to be kept cannot be used.
pub(crate) fn unplaced(folder: &Path, source: &io::Error) -> String {
    filled(&Unplaced { folder, source })
}

/// Why nobody can be listened to.
#[derive(Template)]
#[template(path = "said/unbound.txt")]
struct Unbound<'a> {
    port: &'a u16,
    source: &'a io::Error,
}

/// Why nobody can be listened to at this port, 0 for any.
pub(crate) fn unbound(port: u16, source: &io::Error) -> String {
    filled(&Unbound { port: &port, source })
}

/// That the program itself is at fault.
#[derive(Template)]
#[template(path = "said/broken.txt")]
struct Broken;

/// That the program itself is at fault.
pub fn broken() -> String {
    filled(&Broken)
}

/// Several problems.
#[derive(Template)]
#[template(path = "said/listed.txt")]
struct Listed<'p> {
    problems: &'p [Problem],
}

/// Several problems, one a line.
pub fn listed(problems: &[Problem]) -> String {
    filled(&Listed { problems })
}

/// That the window is open.
#[derive(Template)]
#[template(path = "said/opened.txt")]
struct Opened<'a> {
    folder: String,
    address: &'a str,
}

/// That the window is open, and at which address.
pub fn opened(folder: &Path, address: &str) -> String {
    filled(&Opened { folder: folder.display().to_string(), address })
}

/// What was found in a data folder.
#[derive(Template)]
#[template(path = "said/audit.txt")]
struct Found<'a> {
    audit: &'a Audit,
}

/// What was found in a data folder, a line for each fault.
pub fn found(audit: &Audit) -> String {
    filled(&Found { audit })
}

/// What a copy holds.
#[derive(Template)]
#[template(path = "said/copied.txt")]
struct Copied<'m> {
    manifest: &'m Manifest,
    place: String,
}

/// What was copied to `place`.
pub fn copied(manifest: &Manifest, place: &Path) -> String {
    filled(&Copied { manifest, place: place.display().to_string() })
}

/// What was brought back.
#[derive(Template)]
#[template(path = "said/restored.txt")]
struct Restored<'m> {
    manifest: &'m Manifest,
    place: String,
}

/// What was brought back to `place`.
pub fn restored(manifest: &Manifest, place: &Path) -> String {
    filled(&Restored { manifest, place: place.display().to_string() })
}

fn filled(template: &impl Template) -> String {
    template.render().unwrap_or_default().trim_end().to_owned()
}

/// The path at the end of what was being done.
fn path(what: &str) -> &str {
    let begins =
        |(at, _): &(usize, &str)| what.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
    let mut strokes = what.match_indices(['/', '\\']);
    let first = strokes.next().map_or(0, |(at, _)| at);
    // A drive stands before the first stroke, a folder of the current one may.
    let start = what.get(..first).and_then(|before| before.rfind(' ')).map_or(0, |at| at + 1);
    what.get(start..).filter(|path| begins(&(start, path))).unwrap_or(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_store::BrokenLink;

    #[test]
    fn what_the_disk_says_is_told_with_its_path_and_without_english() {
        let source = || io::Error::from(io::ErrorKind::PermissionDenied);
        for (what, shown) in [
            ("cannot write in /数据/files/drafts", "/数据/files/drafts"),
            ("cannot open C:\\数据\\desk.sqlite", "C:\\数据\\desk.sqlite"),
            ("cannot make 新 文件夹/x", "文件夹/x"),
            ("desk.sqlite", "desk.sqlite"),
        ] {
            let told = why(&Error::Machine { what: what.to_owned(), source: source() });
            assert!(told.starts_with(shown) && told.contains("没有权限") && !told.contains("cannot"), "{told}");
        }
    }

    #[test]
    fn a_sound_folder_and_every_fault_are_told() {
        let sound = Audit {
            chain: Some(juesuan_store::Chain { count: 3, head: "a".repeat(64) }),
            contents: 2,
            faults: Vec::new(),
        };
        assert!(found(&sound).starts_with("数据完好：3 条记录前后相连，2 个文件与校验码相符"), "{}", found(&sound));
        let digest = juesuan_store::Digest::of(b"x");
        let link = BrokenLink { event: 7, fault: LinkFault::Changed };
        let faults = vec![
            Fault::Chain(link),
            Fault::Missing(digest.clone()),
            Fault::Changed(digest),
            Fault::Database("row 1 missing".into()),
        ];
        let told = found(&Audit { chain: None, contents: 2, faults });
        for line in ["第 7 条记录被改动过", "缺少　", "改动　", "数据库　row 1 missing", "4 处"] {
            assert!(told.contains(line), "{line}\n{told}");
        }
    }
}
