//! The faces found on this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::names::{self, FaceNames};
use crate::role::{Candidate, Preference, Preferences, Role};

/// Why no fonts could be had.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// No face for one or more roles.
    #[error(
        "生成 PDF 缺少字体：{}。找过的文件夹：{}。请{install}。",
        list(missing),
        folders(searched)
    )]
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
        .map(|(role, used_for, faces)| {
            format!(
                "{}（用于{used_for}；可用{}）",
                role.name(),
                faces.join("、")
            )
        })
        .collect();
    entries.join("；")
}

fn folders(searched: &[PathBuf]) -> String {
    let entries: Vec<String> = searched
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    if entries.is_empty() {
        "无".to_owned()
    } else {
        entries.join("、")
    }
}

/// How text of a role is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Families in the order tried; the first is the role's own.
    pub families: Vec<String>,
    /// Weight of the role's own face, 100 to 900.
    pub weight: u16,
    /// Weight of the companion for bold text; without one, strokes are thickened.
    pub bold: Option<u16>,
}

/// The faces loaded, and which of them serves which role.
pub struct Fonts {
    roles: BTreeMap<Role, String>,
    settings: BTreeMap<Role, Setting>,
    install: String,
    pub(crate) faces: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

impl Fonts {
    /// Looks for the faces in `extra` (files or folders), the folder named by `JUESUAN_FONTS`, `fonts` beside the current
    /// folder or above it, the user's and the system's font folders; the first one found of each list in
    /// `catalog/fonts.toml` is taken.
    pub fn find(extra: &[PathBuf]) -> Result<Fonts, FontError> {
        let mut places = extra.to_vec();
        places.extend(usual_places());
        Fonts::find_only_in(&places)
    }

    /// Looks in `places` (files or folders) and nowhere else.
    pub fn find_only_in(places: &[PathBuf]) -> Result<Fonts, FontError> {
        let preferences = Preferences::built_in()?;
        let searched: Vec<PathBuf> = places
            .iter()
            .filter(|place| place.exists())
            .cloned()
            .collect();
        Shelf::new(&searched).choose(&preferences, searched)
    }

    /// The face taken for each role, by the name it was asked for.
    pub fn roles(&self) -> &BTreeMap<Role, String> {
        &self.roles
    }

    pub(crate) fn settings(&self) -> &BTreeMap<Role, Setting> {
        &self.settings
    }

    /// What to do when a glyph is missing, in words.
    pub(crate) fn install(&self) -> &str {
        &self.install
    }
}

/// `JUESUAN_FONTS`, `fonts` here and upwards, the user's folders, the system's folders.
fn usual_places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = std::env::var_os("JUESUAN_FONTS")
        .map(PathBuf::from)
        .into_iter()
        .collect();
    if let Ok(here) = std::env::current_dir() {
        places.extend(here.ancestors().map(|folder| folder.join("fonts")));
    }
    if let Some(home) = std::env::var_os("HOME")
        .or_else(|| std::env::var_os("USERPROFILE"))
        .map(PathBuf::from)
    {
        places.extend(
            [
                ".local/share/juesuan/fonts",
                ".local/share/fonts",
                ".fonts",
                "Library/Fonts",
                "AppData/Local/Microsoft/Windows/Fonts",
            ]
            .map(|folder| home.join(folder)),
        );
    }
    places.extend(
        [
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "C:\\Windows\\Fonts",
            "/Library/Fonts",
            "/System/Library/Fonts",
        ]
        .map(PathBuf::from),
    );
    places
}

/// A face on disk.
struct Found {
    path: PathBuf,
    face: FaceNames,
}

/// All faces on disk, in the order of the places searched, then by path.
struct Shelf {
    found: Vec<Found>,
}

/// The face of a role and its bold companion, as indices of loaded faces.
struct Chosen<'p> {
    candidate: &'p Candidate,
    plain: usize,
    bold: Option<usize>,
}

impl Shelf {
    fn new(places: &[PathBuf]) -> Shelf {
        let mut paths = Vec::new();
        for place in places {
            walk(place, 0, &mut paths);
        }
        // A folder may lie inside another one of the list.
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        let found = paths
            .into_iter()
            // A file that cannot be read offers no face; if one is missing in the end, the error says so.
            .flat_map(|path| {
                let faces = names::faces(&path).unwrap_or_default();
                faces.into_iter().map(move |face| Found {
                    path: path.clone(),
                    face,
                })
            })
            .collect();
        Shelf { found }
    }

    fn named(&self, name: &str) -> Option<&Found> {
        let name = name.to_lowercase();
        self.found
            .iter()
            .find(|found| found.face.names.contains(&name))
    }

    fn choose(
        &self,
        preferences: &Preferences,
        searched: Vec<PathBuf>,
    ) -> Result<Fonts, FontError> {
        let mut loader = Loader::default();
        let mut chosen = BTreeMap::new();
        let mut missing = Vec::new();
        for preference in &preferences.roles {
            match self.first_of(preference, &mut loader)? {
                Some(choice) => {
                    chosen.insert(preference.role, choice);
                }
                None => {
                    let faces = preference
                        .faces
                        .iter()
                        .map(|candidate| candidate.face.clone())
                        .collect();
                    missing.push((preference.role, preference.used_for.clone(), faces));
                }
            }
        }
        if !missing.is_empty() {
            return Err(FontError::Missing {
                missing,
                searched,
                install: preferences.install.clone(),
            });
        }
        let mut fallback = Vec::new();
        for name in &preferences.fallback {
            if let Some(found) = self.named(name) {
                fallback.push(loader.load(found)?);
            }
        }
        Ok(loader.into_fonts(&chosen, &fallback, &preferences.install))
    }

    fn first_of<'p>(
        &self,
        preference: &'p Preference,
        loader: &mut Loader,
    ) -> Result<Option<Chosen<'p>>, FontError> {
        for candidate in &preference.faces {
            let Some(plain) = self.named(&candidate.face) else {
                continue;
            };
            let plain = loader.load(plain)?;
            let bold = match candidate.bold.as_deref().and_then(|name| self.named(name)) {
                Some(found) => Some(loader.load(found)?),
                None => None,
            };
            return Ok(Some(Chosen {
                candidate,
                plain,
                bold,
            }));
        }
        Ok(None)
    }
}

/// Folders nested deeper than this are left alone (links may run in circles).
const FOLDERS_MAX: u8 = 8;

fn walk(place: &Path, depth: u8, paths: &mut Vec<PathBuf>) {
    if place.is_file() {
        let extension = place
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default()
            .to_lowercase();
        if ["ttf", "otf", "ttc", "otc"].contains(&extension.as_str()) {
            paths.push(place.to_path_buf());
        }
    } else if depth < FOLDERS_MAX
        && let Ok(entries) = std::fs::read_dir(place)
    {
        let mut entries: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        entries.sort();
        for entry in entries {
            walk(&entry, depth + 1, paths);
        }
    }
}

/// Loads each file and each face once.
#[derive(Default)]
struct Loader {
    files: BTreeMap<PathBuf, Bytes>,
    indices: BTreeMap<(PathBuf, u32), usize>,
    faces: Vec<Font>,
}

impl Loader {
    fn load(&mut self, found: &Found) -> Result<usize, FontError> {
        let key = (found.path.clone(), found.face.index);
        if let Some(index) = self.indices.get(&key) {
            return Ok(*index);
        }
        let broken = |reason: String| FontError::Broken {
            path: found.path.clone(),
            reason,
        };
        let data = match self.files.get(&found.path) {
            Some(data) => data.clone(),
            None => {
                Bytes::new(std::fs::read(&found.path).map_err(|error| broken(error.to_string()))?)
            }
        };
        self.files.insert(found.path.clone(), data.clone());
        let face = Font::new(data, found.face.index)
            .ok_or_else(|| broken("不是有效的 TrueType 或 OpenType".to_owned()))?;
        self.faces.push(face);
        self.indices.insert(key, self.faces.len() - 1);
        Ok(self.faces.len() - 1)
    }

    fn into_fonts(
        self,
        chosen: &BTreeMap<Role, Chosen<'_>>,
        fallback: &[usize],
        install: &str,
    ) -> Fonts {
        let family = |index: usize| self.faces[index].info().family.clone();
        let weight = |index: usize| self.faces[index].info().variant.weight.to_number();
        let mut settings = BTreeMap::new();
        for (role, choice) in chosen {
            let mut families = vec![family(choice.plain)];
            for index in fallback {
                if !families.contains(&family(*index)) {
                    families.push(family(*index));
                }
            }
            // A companion of another family would not be picked by weight.
            let bold = choice
                .bold
                .filter(|bold| family(*bold) == family(choice.plain))
                .map(weight);
            settings.insert(
                *role,
                Setting {
                    families,
                    weight: weight(choice.plain),
                    bold,
                },
            );
        }
        let roles = chosen
            .iter()
            .map(|(role, choice)| (*role, choice.candidate.face.clone()))
            .collect();
        let book = LazyHash::new(FontBook::from_fonts(&self.faces));
        Fonts {
            roles,
            settings,
            install: install.to_owned(),
            faces: self.faces,
            book,
        }
    }
}
