//! Faces for the PDF and for pictures in DOCX, and whether they are those that the program was tried with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_model::Package;
use juesuan_write::FontSource;
use juesuan_write::fonts::{FaceFiles, usual_places};
use rayon::prelude::*;

use crate::digest::sha256;
use crate::error::Error;
use crate::formats::Format;
use crate::pdf::Pages;
use crate::pdf::PdfFaces;

/// SHA-256 and file name of each face that `scripts/fonts.sh` fetches, one a line.
const KNOWN: &str = include_str!("../../../catalog/fonts.sha256");

/// Faces, found once and shared by all who write. Their files are read when a document needs them.
pub struct Faces {
    pdf: Option<PdfFaces>,
    pictures: FontSource,
    files: FaceFiles,
}

impl Faces {
    /// Looks for faces in `folders` and in the usual places, as far as the formats need them.
    pub fn find(formats: &[Format], folders: &[PathBuf]) -> Faces {
        let files = FaceFiles::default();
        let pdf = formats.contains(&Format::Pdf).then(|| PdfFaces::find(folders, files.clone()));
        Faces { pdf, pictures: pictures(formats, folders, files.clone()), files }
    }

    /// Which face serves which role in the PDF, for people; `None` where no PDF can be made.
    pub fn said(&self) -> Option<String> {
        self.pdf.as_ref()?.said()
    }

    /// SHA-256 of each file of faces with which something was set or drawn so far, by its name: the bytes of PDF and pictures depend on
    /// them.
    pub fn digests(&self) -> BTreeMap<String, String> {
        let files = self.files.taken();
        files.par_iter().map(|(path, bytes)| (name(path), sha256(bytes))).collect()
    }

    /// Names of files that have the name of a known face and are another version of it.
    pub fn other_versions(digests: &BTreeMap<String, String>) -> Vec<&str> {
        let others = digests.iter().filter(|(name, digest)| is_other_version(name, digest));
        others.map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn pictures(&self) -> &FontSource {
        &self.pictures
    }

    /// Whether no PDF can show a character that a document has.
    pub(crate) fn lacks(&self, character: char) -> bool {
        self.pdf.as_ref().is_some_and(|faces| faces.lacks(character))
    }

    /// The PDF, or why there is none.
    pub(crate) fn pdf(&self, package: &Package) -> Result<Result<Pages, String>, Error> {
        match &self.pdf {
            Some(faces) => faces.write(package),
            None => Ok(Err("没有找过字体".to_owned())),
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_other_version(name: &str, digest: &str) -> bool {
    let known = KNOWN.lines().filter_map(|line| line.split_once("  "));
    known.into_iter().any(|(own, face)| face == name && own != digest)
}

fn pictures(formats: &[Format], folders: &[PathBuf], files: FaceFiles) -> FontSource {
    if !formats.contains(&Format::Docx) {
        return FontSource::default();
    }
    let places: Vec<PathBuf> = folders.iter().cloned().chain(usual_places()).collect();
    FontSource::search(&places, files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_face_with_other_content_is_another_version_and_a_face_of_the_office_is_not() {
        let (digest, face) = KNOWN.lines().find_map(|line| line.split_once("  ")).unwrap();
        assert!(!is_other_version(face, digest));
        assert!(is_other_version(face, &sha256(b"another")));
        assert!(!is_other_version("FZXBSJW.TTF", &sha256(b"another")));
    }
}
