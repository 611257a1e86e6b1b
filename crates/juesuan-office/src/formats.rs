//! One package to the files of an office: every format is a view of the same document plan.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_model::Package;
use juesuan_read::package::NAME;
use juesuan_text::steers;
use juesuan_write::report::ToldRelation;
use juesuan_write::{Links, Output};

use crate::error::Error;
use crate::faces::Faces;
use crate::job::Steps;
use crate::unshown::Unshown;

/// The forms in which a package is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// Excel.
    Xlsx,
    /// A site.
    Html,
    /// Data.
    Json,
}

/// The formats asked for, each once, in the order in which they are made: a site links to the others.
pub(crate) fn in_order(formats: &[Format]) -> impl Iterator<Item = Format> {
    let all = [Format::Docx, Format::Pdf, Format::Xlsx, Format::Html, Format::Json];
    all.into_iter().filter(|format| formats.contains(format))
}

/// What was made, and what could not be.
pub(crate) struct Made {
    /// Files by path below the output folder.
    pub(crate) files: Vec<Output>,
    /// Formats that could not be made, with the reason for people.
    pub(crate) missing: Vec<String>,
}

/// Writes `package` in every format asked for, each a step. File names carry the name and year, as an office would send them. For each
/// of `unshown` for which that is so a box is printed; data keep it.
pub(crate) fn write(
    package: &Package,
    unshown: &[Unshown],
    ledger: &[ToldRelation],
    (formats, faces): (&[Format], &Faces),
    catalog: &Catalog,
    steps: &Steps<'_>,
) -> Result<Made, Error> {
    let stem = file_stem(package);
    let whole = package;
    let steering = covered(package, unshown, |unshown| matches!(unshown, Unshown::Steers(_)))?;
    let package = steering.as_ref().unwrap_or(whole);
    let faceless = covered(package, unshown, Unshown::is_boxed)?;
    let mut made = Made { files: Vec::new(), missing: Vec::new() };
    let mut has_pdf = false;
    for format in in_order(formats) {
        match format {
            Format::Docx => {
                let bytes = written("生成 DOCX", juesuan_write::docx(package, faces.pictures(), catalog))?;
                made.files.push(Output::new(format!("{stem}.docx"), bytes));
            }
            Format::Pdf => match faces.pdf(faceless.as_ref().unwrap_or(package))? {
                Ok(bytes) => {
                    made.files.push(Output::new(format!("{stem}.pdf"), bytes));
                    has_pdf = true;
                }
                Err(reason) => made.missing.push(format!("没有生成 PDF：{reason}")),
            },
            Format::Xlsx => {
                let bytes = written("生成 XLSX", juesuan_write::xlsx(package, ledger))?;
                made.files.push(Output::new(format!("{stem}.xlsx"), bytes));
            }
            Format::Html => made.files.extend(site(package, &stem, formats, has_pdf)?),
            Format::Json => {
                let bytes = written("生成 JSON", juesuan_write::json(whole))?;
                made.files.push(Output::new(NAME, bytes));
            }
        }
        steps.done()?;
    }
    Ok(made)
}

/// The package with a box for each of these characters; `None` if it has none of them.
fn covered(
    package: &Package,
    unshown: &[Unshown],
    is_boxed: impl Fn(Unshown) -> bool,
) -> Result<Option<Package>, Error> {
    let hidden: BTreeSet<char> =
        unshown.iter().filter(|unshown| is_boxed(**unshown)).map(|unshown| unshown.character()).collect();
    if hidden.is_empty() {
        return Ok(None);
    }
    written("JSON", juesuan_write::boxed(package, &|character| hidden.contains(&character))).map(Some)
}

/// The pages of the site, with links to the other formats.
fn site(package: &Package, stem: &str, formats: &[Format], has_pdf: bool) -> Result<Vec<Output>, Error> {
    let up = |there: bool, name: String| there.then(|| format!("../{name}"));
    let wanted = |format| formats.contains(&format);
    let links = Links {
        xlsx: up(wanted(Format::Xlsx), format!("{stem}.xlsx")),
        docx: up(wanted(Format::Docx), format!("{stem}.docx")),
        pdf: up(has_pdf, format!("{stem}.pdf")),
        json: up(wanted(Format::Json), NAME.to_owned()),
    };
    let files = written("生成网页", juesuan_write::html(package, &links))?;
    Ok(files.into_iter().map(|file| Output::new(format!("{SITE}/{}", file.path), file.bytes)).collect())
}

fn written<T>(what: &'static str, made: Result<T, juesuan_write::Error>) -> Result<T, Error> {
    made.map_err(|source| Error::Write { what, source: source.into() })
}

/// Folder of the pages of a site.
pub(crate) const SITE: &str = "site";
/// Longest name of a file before its ending, in bytes: file systems take 255 with the ending.
const NAME_BYTES_MAX: usize = 200;

/// The lines of the cover joined, as a file name.
fn file_stem(package: &Package) -> String {
    file_name(&package.document.title.concat())
}

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A text as a name that every file system takes, of a length that it takes: without what is not seen, without what separates paths, and
/// no name of a device. Never empty.
pub fn file_name(text: &str) -> String {
    let mut name = String::new();
    let refused = |c: &char| c.is_whitespace() || steers(*c) || r#"\/:*?"<>|"#.contains(*c);
    for c in text.chars().filter(|c| !refused(c)) {
        if name.len() + c.len_utf8() > NAME_BYTES_MAX {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches('.');
    let device = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = device.strip_prefix("com").or_else(|| device.strip_prefix("lpt"));
    let is_device = DEVICES.contains(&device.as_str()) || port.is_some_and(|rest| rest.chars().count() == 1);
    if is_device || name.is_empty() { format!("_{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_makes_a_name_that_every_system_takes() {
        for (text, name) in [
            ("甲局 2023年度：决算", "甲局2023年度：决算"),
            ("a/b\\c\u{202e}d\u{0}\u{2028}e", "abcde"),
            ("..", "_"),
            ("", "_"),
            ("con", "_con"),
            ("Com1.局", "_Com1.局"),
            ("局. ", "局"),
            ("公司", "公司"),
        ] {
            assert_eq!(file_name(text), name, "{text:?}");
        }
        assert!(file_name(&"局".repeat(500)).len() <= NAME_BYTES_MAX);
    }
}
