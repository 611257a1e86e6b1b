//! Stretches of pictures that were read, cut out for whoever reads a report or corrects a reading. The documents are opened once more for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_model::{PictureDigest, Place, Stretch};
use juesuan_read::files::FileKind;
use juesuan_read::{Files, Interpreter, Means, Picture, Piece, Shown, Sight, pages_with, sources};
use juesuan_write::report::Crops;

/// Pictures out of which something is cut, of one document.
const PICTURES_MAX: usize = 60;

/// What is cut out of the document that goes by its full name in one of these trees.
pub fn of_file(trees: &[&dyn Files], file: &str, places: &[&Place], interpreter: Arc<dyn Interpreter>) -> Crops {
    let cutter = Arc::new(Cutter::new(places));
    if cutter.wanted.is_empty() {
        return Crops::new();
    }
    let means = Means { sight: Arc::<Cutter>::clone(&cutter), interpreter };
    for files in trees {
        let Some(root) = root(*files, file) else { continue };
        // What is read is thrown away: the cutter has seen it.
        if let Some(source) = sources(*files, &root).find(|source| source.name == file) {
            let _ = source.read_with(&means);
            break;
        }
    }
    cutter.taken()
}

/// What is cut out of the document with these bytes.
pub fn of_bytes(name: &str, bytes: &[u8], places: &[&Place], interpreter: Arc<dyn Interpreter>) -> Crops {
    let cutter = Arc::new(Cutter::new(places));
    if !cutter.wanted.is_empty() {
        let _ = pages_with(name, bytes, &Means { sight: Arc::<Cutter>::clone(&cutter), interpreter });
    }
    cutter.taken()
}

/// The file of a tree that a full name leads to, or the archive in which it lies.
fn root(files: &dyn Files, file: &str) -> Option<String> {
    let name = files.name().trim_end_matches('/');
    let below = if file == files.name() { "" } else { file.strip_prefix(name)?.strip_prefix('/')? };
    let is_file = |path: &&str| files.kind(path) == Some(FileKind::File);
    let ends = std::iter::once("").chain(below.match_indices('/').filter_map(|(at, _)| below.get(..at)));
    ends.chain([below]).find(is_file).map(str::to_owned)
}

/// Sees nothing, and cuts.
struct Cutter {
    wanted: BTreeMap<PictureDigest, BTreeSet<Stretch>>,
    /// Pages with one of them; where one has no page, any.
    pages: Option<BTreeSet<u32>>,
    cut: Mutex<Crops>,
}

impl Cutter {
    fn new(places: &[&Place]) -> Cutter {
        let mut wanted: BTreeMap<PictureDigest, BTreeSet<Stretch>> = BTreeMap::new();
        let mut pages = Some(BTreeSet::new());
        for place in places {
            let Some(known) = &place.picture else { continue };
            if wanted.len() >= PICTURES_MAX && !wanted.contains_key(&known.picture) {
                continue;
            }
            wanted.entry(known.picture).or_default().insert(known.at);
            match (place.page, &mut pages) {
                (Some(page), Some(pages)) => {
                    pages.insert(page);
                }
                _ => pages = None,
            }
        }
        Cutter { wanted, pages, cut: Mutex::default() }
    }

    fn taken(&self) -> Crops {
        std::mem::take(&mut *self.cut.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn cut(&self, digest: PictureDigest, shown: Shown) {
        let Some(stretches) = self.wanted.get(&digest) else { return };
        let stretches: Vec<Stretch> = stretches.iter().copied().collect();
        let pngs = cut(shown, &stretches);
        let found = stretches.into_iter().zip(pngs).filter_map(|(at, png)| Some(((digest, at), png?)));
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }
}

#[cfg(feature = "sight")]
fn cut(shown: Shown, stretches: &[Stretch]) -> Vec<Option<Vec<u8>>> {
    juesuan_sight::crops(shown, stretches)
}

#[cfg(not(feature = "sight"))]
fn cut(_: Shown, _: &[Stretch]) -> Vec<Option<Vec<u8>>> {
    Vec::new()
}

impl Sight for Cutter {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let known = picture.place.picture.as_ref().map(|known| known.picture);
        if let Some(digest) = known.filter(|digest| self.wanted.contains_key(digest))
            && let Some(Ok(shown)) = picture.handle.as_ref().map(juesuan_read::Handle::open)
        {
            self.cut(digest, shown);
        }
        Vec::new()
    }

    fn wants(&self, picture: &Picture) -> bool {
        let is_wanted = |pages: &BTreeSet<u32>| picture.place.page.is_none_or(|page| pages.contains(&page));
        cfg!(feature = "sight") && self.pages.as_ref().is_none_or(is_wanted)
    }

    fn version(&self) -> String {
        "crops".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::InPicture;
    use juesuan_read::Memory;

    use super::*;

    #[test]
    fn a_full_name_leads_to_a_file_or_into_an_archive() {
        let mut tree = Memory::folder("送审");
        tree.put("甲/a.png", "");
        tree.put("b.zip", "");
        assert_eq!(root(&tree, "送审/甲/a.png").as_deref(), Some("甲/a.png"));
        assert_eq!(root(&tree, "送审/b.zip/内/c.pdf").as_deref(), Some("b.zip"));
        assert_eq!(root(&tree, "送审/没有.pdf"), None);
        assert_eq!(root(&tree, "别处/a.png"), None);
        assert_eq!(root(&Memory::file("a.png", ""), "a.png").as_deref(), Some(""));
    }

    #[test]
    fn only_pages_with_something_to_cut_are_opened() {
        let place = |page| Place { page, picture: Some(Box::new(InPicture::default())), ..Place::default() };
        let on = |page| Picture { place: Place { page, ..Place::default() }, ..Picture::default() };
        let (third, anywhere) = (place(Some(3)), place(None));
        let cutter = Cutter::new(&[&third]);
        assert_eq!([on(Some(3)), on(Some(4))].map(|picture| cutter.wants(&picture)), [cfg!(feature = "sight"), false]);
        let cutter = Cutter::new(&[&third, &anywhere]);
        assert_eq!(cutter.wants(&on(Some(4))), cfg!(feature = "sight"));
        assert!(Cutter::new(&[&Place::default()]).wanted.is_empty());
    }
}
