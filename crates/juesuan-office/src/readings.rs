//! What was read in pictures, kept by what is known of the picture and of who reads: the same picture is read once, in whatever
//! document and version it comes again.

use std::path::PathBuf;
use std::sync::Arc;

use juesuan_model::{PictureDigest, Place};
use juesuan_read::{Grid, Means, PageLine, Picture, Piece, Shown, Sight, stands_on};
use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::drawer::Drawer;
use crate::packed::{packed, unpacked};

/// Whether a picture is a page or lies on one says how large a part of it the picture is, in steps of so many percent.
const STEP: u8 = 10;

/// The same means, with what is read in pictures kept in this folder.
pub fn kept(means: Means, folder: PathBuf) -> Means {
    if means.sight.version().is_empty() {
        return means;
    }
    let drawer = Drawer::new(folder, "seen");
    drawer.trim();
    Means { sight: Arc::new(Readings { inner: Arc::clone(&means.sight), drawer }), ..means }
}

/// Reads what was not read before.
struct Readings {
    inner: Arc<dyn Sight>,
    drawer: Drawer,
}

/// A piece as it is kept: where in the document it stands is said when it is taken up.
#[derive(Serialize, Deserialize)]
enum Kept {
    Line(PageLine),
    Grid(Grid),
}

impl Readings {
    fn key(&self, picture: &Picture) -> Option<String> {
        let known = picture.place.picture.as_ref()?;
        let all = format!("{}\n{}\n{}", self.inner.version(), known.picture, picture.cover / STEP);
        Some(sha256(all.as_bytes()))
    }
}

impl Sight for Readings {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let Some(key) = self.key(picture) else { return self.inner.look(picture) };
        let kept = self.drawer.get(&key).and_then(|bytes| unpacked::<Vec<Kept>>(&bytes).ok());
        if let Some(kept) = kept {
            return kept.into_iter().map(|piece| taken_up(piece, &picture.place)).collect();
        }
        let read = self.inner.look(picture);
        let put_down = read.iter().map(|piece| match piece {
            Piece::Line(line) => Some(Kept::Line(PageLine { place: bounds_of(&line.place), ..line.clone() })),
            Piece::Grid(grid) => Some(Kept::Grid(grid.clone())),
            Piece::Picture(_) => None,
        });
        // Of what nobody read it is not known that there is nothing.
        if let Some(Ok(bytes)) =
            put_down.collect::<Option<Vec<Kept>>>().filter(|all| !all.is_empty()).map(|all| packed(&all))
        {
            self.drawer.put(&key, &bytes);
        }
        read
    }

    fn wants(&self, picture: &Picture) -> bool {
        self.inner.wants(picture)
    }

    fn is_barred(&self, picture: &Picture) -> bool {
        self.inner.is_barred(picture)
    }

    fn correct(&self, picture: &PictureDigest, pieces: &mut [Piece]) {
        self.inner.correct(picture, pieces);
    }

    fn dots(&self, shown: &Shown) -> u64 {
        self.inner.dots(shown)
    }

    fn version(&self) -> String {
        self.inner.version()
    }
}

fn bounds_of(place: &Place) -> Place {
    Place { bounds: place.bounds, ..Place::default() }
}

/// A piece where its picture stands.
fn taken_up(kept: Kept, on: &Place) -> Piece {
    match kept {
        Kept::Line(mut line) => {
            line.place.picture.clone_from(&on.picture);
            stands_on(Piece::Line(line), on)
        }
        Kept::Grid(grid) => stands_on(Piece::Grid(grid), on),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use juesuan_model::{Confidence, InPicture, PictureDigest, Seen};

    use super::*;

    /// Reads the same everywhere and counts.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Sight for Counting {
        fn look(&self, picture: &Picture) -> Vec<Piece> {
            self.0.fetch_add(1, Ordering::SeqCst);
            let seen = Seen::Picture(Confidence::thousandths(900));
            let text = "收入决算表".to_owned();
            let place = Place { bounds: Some([0, 0, 900, 100]), ..picture.place.clone() };
            let row = juesuan_read::Row {
                page: picture.place.page,
                cells: vec![juesuan_read::Value::text("1.00")],
                bounds: vec![Some([0, 200, 90, 300])],
                seen: vec![seen],
                others: [(0, vec!["7.00".to_owned()])].into(),
                ..juesuan_read::Row::default()
            };
            let file = picture.place.file.clone().unwrap_or_default();
            let grid = Grid { file, rows: vec![row], ..Grid::default() };
            vec![Piece::Line(PageLine { text, place, seen, ..PageLine::default() }), Piece::Grid(grid)]
        }

        fn version(&self) -> String {
            "1".to_owned()
        }
    }

    fn picture(file: &str, page: u32, digest: u8) -> Picture {
        let known = InPicture { picture: PictureDigest::new([digest; 32]), ..InPicture::default() };
        let place = Place {
            file: Some(file.to_owned()),
            page: Some(page),
            bounds: Some([0, 0, 100_000, 100_000]),
            picture: Some(Box::new(known)),
            ..Place::default()
        };
        Picture { place, cover: 95, handle: None }
    }

    #[test]
    fn a_picture_that_comes_again_is_not_read_again_and_stands_where_it_stands_now() {
        let folder = std::env::temp_dir().join(format!("juesuan-readings-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let counting = Arc::new(Counting::default());
        let sight: Arc<dyn Sight> = Arc::<Counting>::clone(&counting);
        let means = kept(Means { sight, ..Means::default() }, folder.clone());
        let first = means.sight.look(&picture("a.pdf", 3, 1));
        let again = means.sight.look(&picture("b.pdf", 5, 1));
        assert_eq!(counting.0.load(Ordering::SeqCst), 1);
        let told = |pieces: &[Piece]| {
            let [Piece::Line(line), Piece::Grid(grid)] = pieces else { panic!("{pieces:?}") };
            let row = &grid.rows[0];
            let rest = (line.text.clone(), line.place.bounds, line.seen, row.cells.clone(), row.others.clone());
            ((line.place.file.clone(), line.place.page, grid.file.clone(), row.page), rest)
        };
        let ((_, first), (at, again)) = (told(&first), told(&again));
        assert_eq!(at, (Some("b.pdf".to_owned()), Some(5), "b.pdf".to_owned(), Some(5)));
        assert_eq!(first, again);
        means.sight.look(&picture("a.pdf", 3, 2));
        assert_eq!(counting.0.load(Ordering::SeqCst), 2, "another picture");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
