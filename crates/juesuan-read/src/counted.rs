//! The pictures of one document: one that comes several times is looked at once, and of very many only so many are.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use juesuan_model::{PictureDigest, Place, Problem};

use crate::grid::Grid;
use crate::pages::{PageLine, Piece};
use crate::sight::{Picture, Shown, Sight, beyond};

/// Pictures of a document that are looked at: each takes some seconds.
pub(crate) const PICTURES_MAX: usize = 500;
/// Dots of all of them together: two hundred pages of A4 at 600 dpi. The largest pictures take as long as many pages, also where they are blank.
const DOTS_MAX: u64 = 8_000_000_000;

/// Looks as another one, at the pictures of one document.
pub(crate) struct Counted {
    inner: Arc<dyn Sight>,
    looked: Mutex<Looked>,
    most: usize,
}

/// What was looked at.
#[derive(Default)]
struct Looked {
    /// By picture and by how much of its page it covers: by that it is told a page from what lies on one.
    known: BTreeMap<(PictureDigest, u8), Vec<Piece>>,
    /// How many were.
    count: usize,
    dots: u64,
    /// Whether one was not.
    passed: bool,
}

impl Counted {
    /// At so many pictures at most.
    pub(crate) fn new(inner: Arc<dyn Sight>, most: usize) -> Counted {
        Counted { inner, looked: Mutex::default(), most }
    }

    fn looked(&self) -> MutexGuard<'_, Looked> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is said of those that were not looked at.
    pub(crate) fn problem(&self, file: &str) -> Option<Problem> {
        let place = Place { file: Some(file.to_owned()), ..Place::default() };
        let looked = self.looked();
        looked.passed.then(|| Problem::doubt(place, beyond(looked.count)))
    }
}

impl Sight for Counted {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        // One that cannot be opened costs nothing.
        let Some(known) = &picture.place.picture else { return self.inner.look(picture) };
        let key = (known.picture, picture.cover);
        if let Some(read) = self.looked().known.get(&key) {
            return read.iter().map(|piece| stands_on(piece.clone(), &picture.place)).collect();
        }
        let shown = picture.handle.as_ref().and_then(|handle| Some((handle, handle.open().ok()?)));
        let dots = shown.as_ref().map_or(0, |(_, shown)| self.inner.dots(shown));
        {
            let mut looked = self.looked();
            if looked.passed || looked.count >= self.most || looked.dots.saturating_add(dots) > DOTS_MAX {
                looked.passed = true;
                return Vec::new();
            }
            looked.count += 1;
            looked.dots += dots;
        }
        let handle = shown.map(|(handle, shown)| handle.opened(shown));
        let read = self.inner.look(&Picture { handle, ..picture.clone() });
        self.looked().known.insert(key, read.clone());
        read
    }

    fn correct(&self, picture: &PictureDigest, pieces: &mut [Piece]) {
        self.inner.correct(picture, pieces);
    }

    fn dots(&self, shown: &Shown) -> u64 {
        self.inner.dots(shown)
    }

    fn wants(&self, picture: &Picture) -> bool {
        self.inner.wants(picture)
    }

    fn is_barred(&self, picture: &Picture) -> bool {
        self.inner.is_barred(picture)
    }

    fn version(&self) -> String {
        self.inner.version()
    }
}

/// A piece of a picture where that comes again.
pub fn stands_on(piece: Piece, on: &Place) -> Piece {
    match piece {
        Piece::Line(line) => {
            let place = Place { bounds: line.place.bounds, picture: line.place.picture, ..on.clone() };
            Piece::Line(PageLine { place, ..line })
        }
        Piece::Grid(mut grid) => {
            grid.rows.iter_mut().for_each(|row| row.page = on.page);
            let (file, sheet) = (on.file.clone().unwrap_or_default(), on.table.clone().unwrap_or_default());
            Piece::Grid(Grid { file, sheet, ..grid })
        }
        Piece::Picture(picture) => Piece::Picture(picture),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use juesuan_model::{Confidence, InPicture, Seen};

    use super::*;
    use crate::grid::Row;

    /// Reads a line and a row in every picture, each of which has three thousand million dots, and counts.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Sight for Counting {
        fn look(&self, picture: &Picture) -> Vec<Piece> {
            self.0.fetch_add(1, Ordering::SeqCst);
            let place = Place { bounds: Some([0, 0, 9, 9]), ..picture.place.clone() };
            let seen = Seen::Picture(Confidence::thousandths(900));
            let row = Row { page: picture.place.page, ..Row::default() };
            let file = picture.place.file.clone().unwrap_or_default();
            let grid = Grid { file, rows: vec![row], ..Grid::default() };
            vec![Piece::Line(PageLine { text: "1".to_owned(), place, seen, ..PageLine::default() }), Piece::Grid(grid)]
        }

        fn dots(&self, _: &Shown) -> u64 {
            3_000_000_000
        }
    }

    fn picture(page: u32, digest: u8) -> Picture {
        let known = InPicture { picture: PictureDigest::new([digest; 32]), ..InPicture::default() };
        let place = Place { page: Some(page), picture: Some(Box::new(known)), ..Place::default() };
        Picture { place, cover: 90, handle: None }
    }

    #[test]
    fn a_picture_that_comes_several_times_is_looked_at_once_and_stands_on_each_page() {
        let counting = Arc::new(Counting::default());
        let sight = Counted::new(Arc::<Counting>::clone(&counting), 9);
        for page in 1..=50 {
            let [Piece::Line(line), Piece::Grid(grid)] = &sight.look(&picture(page, 7))[..] else { panic!() };
            assert_eq!(
                (line.place.page, line.place.bounds, grid.rows[0].page),
                (Some(page), Some([0, 0, 9, 9]), Some(page))
            );
        }
        assert_eq!(counting.0.load(Ordering::SeqCst), 1);
        assert!(sight.problem("a.pdf").is_none());
    }

    #[test]
    fn of_more_pictures_than_any_document_has_the_first_are_looked_at_and_it_is_said() {
        let counting = Arc::new(Counting::default());
        let sight = Counted::new(Arc::<Counting>::clone(&counting), 3);
        let read = (1..=5).filter(|number| !sight.look(&picture(1, *number)).is_empty()).count();
        assert_eq!((read, counting.0.load(Ordering::SeqCst)), (3, 3));
        assert!(sight.problem("a.pdf").unwrap().to_string().contains("前 3 张"));
    }

    #[test]
    fn of_pictures_with_more_dots_than_any_document_has_the_first_are_looked_at_and_it_is_said() {
        let counting = Arc::new(Counting::default());
        let sight = Counted::new(Arc::<Counting>::clone(&counting), 9);
        let handle = Some(crate::sight::Handle::new(|| Ok(Shown::File(Vec::new()))));
        let look = |number| sight.look(&Picture { handle: handle.clone(), ..picture(1, number) });
        assert_eq!((1..=4).map(|number| look(number).len()).collect::<Vec<_>>(), [2, 2, 0, 0]);
        assert!(sight.problem("a.pdf").unwrap().to_string().contains("前 2 张"));
    }
}
