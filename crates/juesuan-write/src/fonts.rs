//! Fonts for pictures. The caller says where to look, and can say which file was taken.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use resvg::usvg::fontdb::Database;

/// File names of faces without serifs, free ones first, then those of Windows. One suffices.
const FACES: [&str; 8] = [
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "NotoSansSC-Regular.otf",
    "FandolHei-Regular.otf",
    "LXGWWenKai-Regular.ttf",
    "simhei.ttf",
    "msyh.ttc",
];

/// Faces that chart pictures are drawn with. [`FontSource::default`] has none: then no picture is made.
#[derive(Clone, Debug, Default)]
pub struct FontSource {
    database: Arc<Database>,
    family: Option<String>,
    file: Option<PathBuf>,
}

/// Where fonts usually are: the folder named by `JUESUAN_FONTS`, `fonts` in the current folder and above it, the user's
/// folders, the system's folders.
pub fn usual_places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = std::env::var_os("JUESUAN_FONTS").map(PathBuf::from).into_iter().collect();
    if let Ok(here) = std::env::current_dir() {
        places.extend(here.ancestors().map(|folder| folder.join("fonts")));
    }
    if let Some(home) = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from) {
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
        ["/usr/share/fonts", "/usr/local/share/fonts", "C:\\Windows\\Fonts", "/Library/Fonts", "/System/Library/Fonts"]
            .map(PathBuf::from),
    );
    places
}

impl FontSource {
    /// Takes the faces of one font file (TTF, OTF or TTC).
    pub fn from_bytes(bytes: Vec<u8>) -> FontSource {
        let mut database = Database::new();
        database.load_font_data(bytes);
        // Collections hold one face a language: take the simplified Chinese one where there is a choice.
        let chosen = {
            let names = || database.faces().filter_map(|face| face.families.first().map(|(name, _)| name.clone()));
            names().find(|name| name.ends_with(" SC")).or_else(|| names().next())
        };
        if let Some(name) = &chosen {
            database.set_sans_serif_family(name.clone());
        }
        FontSource { database: Arc::new(database), family: chosen, file: None }
    }

    /// Looks through folders (and the folders in them, in order of their names) for a known free Chinese face.
    /// An unreadable folder counts as empty; [`FontSource::file`] says what was taken.
    pub fn search(folders: &[PathBuf]) -> FontSource {
        let mut files = Vec::new();
        for folder in folders {
            collect(folder, 6, &mut files);
        }
        let rank = |file: &PathBuf| {
            let name = file.file_name()?.to_str()?;
            FACES.iter().position(|face| *face == name)
        };
        let best = files.into_iter().filter_map(|file| Some((rank(&file)?, file))).min_by_key(|(rank, _)| *rank);
        let Some((_, file)) = best else {
            return FontSource::default();
        };
        match std::fs::read(&file) {
            Ok(bytes) => FontSource { file: Some(file), ..FontSource::from_bytes(bytes) },
            Err(_) => FontSource::default(),
        }
    }

    /// The family drawn with, if there is one.
    pub fn family(&self) -> Option<&str> {
        self.family.as_deref()
    }

    /// The file it came from, where it was found by [`FontSource::search`].
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    pub(crate) fn database(&self) -> &Arc<Database> {
        &self.database
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
