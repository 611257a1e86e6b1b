//! One package to the files of an office: every format is a view of the same document plan.

use std::path::PathBuf;

use anyhow::{Context, Result};
use juesuan_model::{Package, Relation};
use juesuan_write::fonts::usual_places;
use juesuan_write::{FontSource, Links, Output};

use crate::cli::Format;
use crate::pdf::PdfFaces;

/// Faces for the PDF and for pictures in DOCX, found once.
pub struct Faces {
    pdf: Option<PdfFaces>,
    pictures: FontSource,
}

impl Faces {
    /// Looks for faces in `folders` and in the usual places, as far as the formats need them.
    pub fn find(formats: &[Format], folders: &[PathBuf]) -> Faces {
        Faces {
            pdf: formats.contains(&Format::Pdf).then(|| PdfFaces::find(folders)),
            pictures: pictures(formats, folders),
        }
    }

    /// Which face serves which role in the PDF, for people.
    pub fn said(&self) -> Option<String> {
        self.pdf.as_ref()?.said()
    }
}

fn pictures(formats: &[Format], folders: &[PathBuf]) -> FontSource {
    if !formats.contains(&Format::Docx) {
        return FontSource::default();
    }
    let places: Vec<PathBuf> = folders.iter().cloned().chain(usual_places()).collect();
    FontSource::search(&places)
}

/// What was made, and what could not be.
pub struct Made {
    /// Files by path below the output folder.
    pub files: Vec<Output>,
    /// Formats that could not be made, with the reason for people.
    pub missing: Vec<String>,
}

/// Writes `package` in every format asked for. File names carry the name and year, as an office would send them.
pub fn write(package: &Package, ledger: &[Relation], formats: &[Format], faces: &Faces) -> Result<Made> {
    let stem = file_stem(package);
    let mut made = Made { files: Vec::new(), missing: Vec::new() };
    let wanted = |format| formats.contains(&format);
    if wanted(Format::Docx) {
        let bytes = juesuan_write::docx(package, &faces.pictures).context("生成 DOCX")?;
        made.files.push(Output::new(format!("{stem}.docx"), bytes));
    }
    let mut has_pdf = false;
    if let Some(pdf) = &faces.pdf {
        match pdf.write(package)? {
            Ok(bytes) => {
                made.files.push(Output::new(format!("{stem}.pdf"), bytes));
                has_pdf = true;
            }
            Err(reason) => made.missing.push(format!("没有生成 PDF：{reason}")),
        }
    }
    if wanted(Format::Xlsx) {
        let bytes = juesuan_write::xlsx(package, ledger).context("生成 XLSX")?;
        made.files.push(Output::new(format!("{stem}.xlsx"), bytes));
    }
    if wanted(Format::Html) {
        let up = |there: bool, name: String| there.then(|| format!("../{name}"));
        let links = Links {
            xlsx: up(wanted(Format::Xlsx), format!("{stem}.xlsx")),
            docx: up(wanted(Format::Docx), format!("{stem}.docx")),
            pdf: up(has_pdf, format!("{stem}.pdf")),
            json: up(wanted(Format::Json), "package.json".to_owned()),
        };
        for file in juesuan_write::html(package, &links).context("生成网页")? {
            made.files.push(Output::new(format!("site/{}", file.path), file.bytes));
        }
    }
    if wanted(Format::Json) {
        made.files.push(Output::new("package.json", juesuan_write::json(package).context("生成 JSON")?));
    }
    Ok(made)
}

/// Longest name of a file before its ending, in bytes: file systems take 255 with the ending.
const NAME_BYTES_MAX: usize = 200;

/// The lines of the cover joined, as a file name.
fn file_stem(package: &Package) -> String {
    file_name(&package.document.title.concat())
}

/// A text without characters that file systems refuse, and of a length that they take.
pub fn file_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !r#"\/:*?"<>|"#.contains(*c)) {
        if name.len() + c.len_utf8() > NAME_BYTES_MAX {
            break;
        }
        name.push(c);
    }
    name.trim_matches('.').to_owned()
}
