//! Fonts for pictures. The caller says where to look, and can say which file was taken.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::usvg::fontdb::{Database, Source};

/// File names of faces without serifs: that of the headings, which a PDF has at hand already and which is a third as large as the others; free ones
/// with more characters, then those of Windows. The first that has all characters of a chart draws it.
const FACES: [&str; 8] = [
    "FandolHei-Regular.otf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "NotoSansSC-Regular.otf",
    "LXGWWenKai-Regular.ttf",
    "simhei.ttf",
    "msyh.ttc",
];

/// Files of faces: each is read when it is first needed, and once, whoever needs it.
#[derive(Clone, Debug, Default)]
pub struct FaceFiles(Arc<Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>>>);

impl FaceFiles {
    /// The content of a file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(&self, path: &Path) -> io::Result<Arc<Vec<u8>>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = files.get(path) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = Arc::new(std::fs::read(path)?);
        files.insert(path.to_owned(), Arc::clone(&bytes));
        Ok(bytes)
    }

    /// Those that were read so far, in the order of their paths: what is set and drawn with faces depends on them.
    pub fn taken(&self) -> Vec<(PathBuf, Arc<Vec<u8>>)> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect()
    }
}

/// Faces that chart pictures are drawn with. [`FontSource::default`] has none: then no picture is made.
#[derive(Clone, Debug, Default)]
pub struct FontSource {
    files: FaceFiles,
    /// Best first.
    candidates: Arc<Vec<Candidate>>,
}

/// A file of faces, before and after it is read.
#[derive(Debug)]
struct Candidate {
    file: PathBuf,
    faces: OnceLock<Option<Faces>>,
}

/// What a file of faces holds.
#[derive(Clone, Debug)]
pub(crate) struct Faces {
    pub(crate) database: Arc<Database>,
    /// The family drawn with.
    pub(crate) family: String,
}

/// Where faces are looked for unless somebody says where: where the program has its own ([`crate::places::usual`]; `scripts/fonts.sh` puts
/// them there), then where the user and the system have theirs.
pub fn usual_places() -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(KIND)));
    places(|name| std::env::var_os(name), beside)
}

/// The name of folders of faces of the program.
const KIND: &str = "fonts";
/// Folders of a user that hold faces, below a variable of the environment.
const OF_THE_USER: [(&str, &str); 4] = [
    ("HOME", ".local/share/fonts"),
    ("HOME", ".fonts"),
    ("HOME", "Library/Fonts"),
    ("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
];

const OF_THE_SYSTEM: [&str; 5] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "C:\\Windows\\Fonts", "/Library/Fonts", "/System/Library/Fonts"];

fn places(variable: impl Fn(&str) -> Option<OsString>, beside: Option<PathBuf>) -> Vec<PathBuf> {
    let users = OF_THE_USER.iter().filter_map(|(name, below)| Some(PathBuf::from(variable(name)?).join(below)));
    // What is absolute on another system is not here.
    let others = users.chain(OF_THE_SYSTEM.map(PathBuf::from)).filter(|place| place.is_absolute());
    crate::places::of(KIND, &variable, beside).into_iter().chain(others).collect()
}

impl FontSource {
    /// Takes the faces of one font file (TTF, OTF or TTC).
    pub fn from_bytes(bytes: Vec<u8>) -> FontSource {
        let one = Candidate { file: PathBuf::new(), faces: OnceLock::from(Faces::of(Arc::new(bytes))) };
        FontSource { candidates: Arc::new(vec![one]), ..FontSource::default() }
    }

    /// Looks through folders (and the folders in them, in order of their names) for known Chinese faces, each of which is read through `files`
    /// when the first picture needs it. An unreadable folder counts as empty.
    pub fn search(folders: &[PathBuf], files: FaceFiles) -> FontSource {
        let mut found = Vec::new();
        for folder in folders {
            collect(folder, 6, &mut found);
        }
        let rank = |file: &PathBuf| {
            let name = file.file_name()?.to_str()?;
            FACES.iter().position(|face| *face == name)
        };
        let mut ranked = BTreeMap::new();
        for file in found {
            if let Some(rank) = rank(&file) {
                ranked.entry(rank).or_insert(file);
            }
        }
        let candidate = |file| Candidate { file, faces: OnceLock::new() };
        FontSource { candidates: Arc::new(ranked.into_values().map(candidate).collect()), files }
    }

    /// The family that is tried first, if there is one.
    pub fn family(&self) -> Option<&str> {
        self.faces().next().map(|faces| faces.family.as_str())
    }

    /// The faces, best first; each is read when it is come to.
    pub(crate) fn faces(&self) -> impl Iterator<Item = &Faces> {
        let read = |candidate: &Candidate| Faces::of(self.files.read(&candidate.file).ok()?);
        self.candidates.iter().filter_map(move |candidate| candidate.faces.get_or_init(|| read(candidate)).as_ref())
    }
}

impl Faces {
    fn of(bytes: Arc<Vec<u8>>) -> Option<Faces> {
        let mut database = Database::new();
        database.load_font_source(Source::Binary(bytes));
        // Collections hold one face a language: take the simplified Chinese one where there is a choice.
        let chosen = {
            let names = || database.faces().filter_map(|face| face.families.first().map(|(name, _)| name.clone()));
            names().find(|name| name.ends_with(" SC")).or_else(|| names().next())
        };
        let family = chosen?;
        database.set_sans_serif_family(family.clone());
        Some(Faces { database: Arc::new(database), family })
    }
}

fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files);
            }
        } else {
            files.push(path);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn faces_are_looked_for_beside_the_program_and_with_the_user_and_never_in_the_current_folder() {
        let variables = |name: &str| match name {
            "HOME" => Some("/home/a".into()),
            "XDG_DATA_HOME" => Some("/data".into()),
            "APPDATA" => Some("".into()),
            _ => None,
        };
        let found = places(variables, Some("/opt/juesuan/fonts".into()));
        let first = ["/opt/juesuan/fonts", "/data/juesuan/fonts", "/home/a/.local/share/juesuan/fonts"];
        assert_eq!(found[..3], first.map(PathBuf::from));
        assert!(found.iter().all(|place| place.is_absolute()), "{found:?}");
        let named = places(|name| (name == "JUESUAN_FONTS").then(|| "我的字体".into()), None);
        assert_eq!(named.first(), Some(&PathBuf::from("我的字体")), "who names a folder means it");
    }

    #[test]
    fn a_variable_without_a_whole_path_leads_nowhere() {
        for value in ["", ".", "fonts", "../a"] {
            let found = places(|name| (name != "JUESUAN_FONTS").then(|| value.into()), Some("fonts".into()));
            assert!(found.iter().all(|place| place.is_absolute()), "{value}: {found:?}");
        }
    }
}
