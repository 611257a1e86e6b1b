//! The font files on this machine, and which face has which name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::names::{self, FaceNames};

/// A face on disk.
pub(crate) struct Found {
    pub path: PathBuf,
    pub face: FaceNames,
}

/// All faces on disk, in the order of the places searched, then by path.
pub(crate) struct Shelf {
    found: Vec<Found>,
}

impl Shelf {
    pub(crate) fn new(places: &[PathBuf]) -> Shelf {
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
                faces.into_iter().map(move |face| Found { path: path.clone(), face })
            })
            .collect();
        Shelf { found }
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Found> {
        let name = name.to_lowercase();
        self.found.iter().find(|found| found.face.names.contains(&name))
    }
}

/// Folders nested deeper than this are left alone (links may run in circles).
const FOLDERS_MAX: u8 = 8;

fn walk(place: &Path, depth: u8, paths: &mut Vec<PathBuf>) {
    if place.is_file() {
        let extension = place.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
        if ["ttf", "otf", "ttc", "otc"].contains(&extension.as_str()) {
            paths.push(place.to_path_buf());
        }
    } else if depth < FOLDERS_MAX
        && let Ok(entries) = std::fs::read_dir(place)
    {
        let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        for entry in entries {
            walk(&entry, depth + 1, paths);
        }
    }
}
