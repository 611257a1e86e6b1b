//! The faces found on this machine.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use juesuan_write::fonts::FaceFiles;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::names;
use crate::role::{Candidate, Preference, Preferences, Role};
use crate::shelf::{Found, Shelf};

/// Why no fonts could be had.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// No face for one or more roles.
    #[error("生成 PDF 缺少字体：{}。找过的文件夹：{}。请{install}。", list(missing), folders(searched))]
    Missing {
        /// Role, what it is used for, and the faces that would serve.
        missing: Vec<(Role, String, Vec<String>)>,
        /// Folders searched.
        searched: Vec<PathBuf>,
        /// What to do, in words.
        install: String,
    },
    /// A face was found by name, but its file is broken.
    #[error("{}：字体文件读不出来（{reason}）。请换一个完好的文件。", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The table of preferences is not valid.
    #[error("字体表 catalog/fonts.toml 有误：{0}")]
    Preferences(#[from] toml::de::Error),
}

fn list(missing: &[(Role, String, Vec<String>)]) -> String {
    let entries: Vec<String> = missing
        .iter()
        .map(|(role, used_for, faces)| format!("{}（用于{used_for}；可用{}）", role.name(), faces.join("、")))
        .collect();
    entries.join("；")
}

fn folders(searched: &[PathBuf]) -> String {
    let entries: Vec<String> = searched.iter().map(|path| path.display().to_string()).collect();
    if entries.is_empty() { "无".to_owned() } else { entries.join("、") }
}

/// How text of a role is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Families in the order tried; the first is the role's own.
    pub families: Vec<String>,
    /// Family that sets digits and Latin letters, where the role's own are ill-matched.
    pub digits: Option<String>,
    /// Weight of the role's own face, 100 to 900.
    pub weight: u16,
    /// Weight of the companion for bold text; without one, strokes are thickened.
    pub bold: Option<u16>,
}

/// The faces found, and which of them serves which role. A file is read when the first document needs one of its characters.
pub struct Fonts {
    roles: BTreeMap<Role, String>,
    settings: BTreeMap<Role, Setting>,
    install: String,
    files: FaceFiles,
    faces: Vec<Face>,
    pub(crate) book: LazyHash<FontBook>,
}

/// A face, before and after its file is read.
struct Face {
    path: PathBuf,
    index: u32,
    info: FontInfo,
    loaded: OnceLock<Option<Font>>,
}

/// The bytes of a file that others have in hand too.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Fonts {
    /// Looks for the faces in `extra` (files or folders) and in the usual places ([`juesuan_write::fonts::usual_places`]); the
    /// first one found of each list in `catalog/fonts.toml` is taken.
    /// They are read through `files`.
    pub fn find(extra: &[PathBuf], files: FaceFiles) -> Result<Fonts, FontError> {
        let mut places = extra.to_vec();
        places.extend(juesuan_write::fonts::usual_places());
        Fonts::find_only_in(&places, files)
    }

    /// Looks in `places` (files or folders) and nowhere else.
    pub fn find_only_in(places: &[PathBuf], files: FaceFiles) -> Result<Fonts, FontError> {
        let preferences = Preferences::built_in()?;
        let searched: Vec<PathBuf> = places.iter().filter(|place| place.exists()).cloned().collect();
        choose(&Shelf::new(&searched), &preferences, searched, files)
    }

    /// The face taken for each role, by the name it was asked for.
    pub fn roles(&self) -> &BTreeMap<Role, String> {
        &self.roles
    }

    /// A face by its number in the book; nothing where its file cannot be read any more.
    pub(crate) fn face(&self, number: usize) -> Option<Font> {
        let face = self.faces.get(number)?;
        let read = || Font::new(Bytes::new(Shared(self.files.read(&face.path).ok()?)), face.index);
        face.loaded.get_or_init(read).clone()
    }

    /// The families that charts are drawn with, best first, as SVG lists them: those of headings.
    pub fn families_of_charts(&self) -> String {
        self.settings.get(&Role::Heading).map_or_else(String::new, |setting| setting.families.join(", "))
    }

    /// Whether any face has this character.
    pub(crate) fn covers(&self, character: char) -> bool {
        self.faces.iter().any(|face| face.info.coverage.contains(u32::from(character)))
    }

    /// Whether the text of some role cannot be set with this character. What takes no room needs no face.
    pub fn lacks(&self, character: char) -> bool {
        let covers = |family: &String| {
            let mut of_family = self.faces.iter().filter(|face| face.info.family == *family);
            of_family.any(|face| face.info.coverage.contains(u32::from(character)))
        };
        let invisible = character.is_control() || character.is_whitespace() || takes_no_room(character);
        !invisible && !self.settings.values().all(|setting| setting.families.iter().any(covers))
    }

    pub(crate) fn settings(&self) -> &BTreeMap<Role, Setting> {
        &self.settings
    }

    /// What to do when a glyph is missing, in words.
    pub(crate) fn install(&self) -> &str {
        &self.install
    }
}

/// Joiners, marks of direction and selectors of variants, which the typesetter leaves out where a face does not have them.
/// Source: Unicode 15, `Default_Ignorable_Code_Point`, as far as texts have them.
const fn takes_no_room(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// The face of a role and its bold companion, as indices of loaded faces.
struct Chosen<'p> {
    candidate: &'p Candidate,
    plain: usize,
    bold: Option<usize>,
    digits: Option<usize>,
}

fn choose(
    shelf: &Shelf,
    preferences: &Preferences,
    searched: Vec<PathBuf>,
    files: FaceFiles,
) -> Result<Fonts, FontError> {
    let mut loader = Loader::default();
    let mut chosen = BTreeMap::new();
    let mut missing = Vec::new();
    for preference in &preferences.roles {
        match first_of(shelf, preference, &mut loader)? {
            Some(choice) => {
                chosen.insert(preference.role, choice);
            }
            None => {
                let faces = preference.faces.iter().map(|candidate| candidate.face.clone()).collect();
                missing.push((preference.role, preference.used_for.clone(), faces));
            }
        }
    }
    if !missing.is_empty() {
        return Err(FontError::Missing { missing, searched, install: preferences.install.clone() });
    }
    let mut fallback = Vec::new();
    for name in &preferences.fallback {
        if let Some(found) = shelf.named(name) {
            fallback.push(loader.take(found)?);
        }
    }
    Ok(loader.into_fonts(&chosen, &fallback, &preferences.install, files))
}

fn first_of<'p>(
    shelf: &Shelf,
    preference: &'p Preference,
    loader: &mut Loader,
) -> Result<Option<Chosen<'p>>, FontError> {
    for candidate in &preference.faces {
        let Some(plain) = shelf.named(&candidate.face) else {
            continue;
        };
        let plain = loader.take(plain)?;
        let bold = match candidate.bold.as_deref().and_then(|name| shelf.named(name)) {
            Some(found) => Some(loader.take(found)?),
            None => None,
        };
        let digits = match candidate.digits.as_deref().and_then(|name| shelf.named(name)) {
            Some(found) => Some(loader.take(found)?),
            None => None,
        };
        return Ok(Some(Chosen { candidate, plain, bold, digits }));
    }
    Ok(None)
}

/// Takes each face once.
#[derive(Default)]
struct Loader {
    indices: BTreeMap<(PathBuf, u32), usize>,
    faces: Vec<Face>,
}

impl Loader {
    fn take(&mut self, found: &Found) -> Result<usize, FontError> {
        let key = (found.path.clone(), found.face.index);
        if let Some(index) = self.indices.get(&key) {
            return Ok(*index);
        }
        let broken = |reason: String| FontError::Broken { path: found.path.clone(), reason };
        let described = names::description(&found.path, found.face.index).map_err(|error| broken(error.to_string()))?;
        let info = FontInfo::new(&described, 0).ok_or_else(|| broken("不是有效的 TrueType 或 OpenType".to_owned()))?;
        self.faces.push(Face { path: key.0.clone(), index: key.1, info, loaded: OnceLock::new() });
        self.indices.insert(key, self.faces.len() - 1);
        Ok(self.faces.len() - 1)
    }

    fn into_fonts(
        self,
        chosen: &BTreeMap<Role, Chosen<'_>>,
        fallback: &[usize],
        install: &str,
        files: FaceFiles,
    ) -> Fonts {
        let family = |index: usize| self.faces.get(index).map(|face| face.info.family.clone()).unwrap_or_default();
        let weight = |index: usize| self.faces.get(index).map_or(0, |face| face.info.variant.weight.to_number());
        let mut settings = BTreeMap::new();
        for (role, choice) in chosen {
            let mut families = vec![family(choice.plain)];
            for index in fallback {
                if !families.contains(&family(*index)) {
                    families.push(family(*index));
                }
            }
            // A companion of another family would not be picked by weight.
            let bold = choice.bold.filter(|bold| family(*bold) == family(choice.plain)).map(weight);
            settings.insert(
                *role,
                Setting { families, digits: choice.digits.map(family), weight: weight(choice.plain), bold },
            );
        }
        let roles = chosen.iter().map(|(role, choice)| (*role, choice.candidate.face.clone())).collect();
        let book = LazyHash::new(FontBook::from_infos(self.faces.iter().map(|face| face.info.clone())));
        Fonts { roles, settings, install: install.to_owned(), files, faces: self.faces, book }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_face_before_its_file_is_read_is_what_the_file_says() {
        let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
        // Without faces nothing can be compared; the tests of documents say so.
        let Ok(fonts) = Fonts::find(&[own], FaceFiles::default()) else { return };
        for (number, face) in fonts.faces.iter().enumerate() {
            assert!(face.loaded.get().is_none(), "nobody asked for {}", face.path.display());
            let whole = fonts.face(number).unwrap();
            assert!(*whole.info() == face.info, "{}", face.path.display());
        }
        assert!(!fonts.faces.is_empty());
    }
}
