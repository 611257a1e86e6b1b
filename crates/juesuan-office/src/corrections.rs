//! What people say stands in pictures, where it was read otherwise: kept by the picture and the place in it, whatever document the picture
//! comes in, and certain from then on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_catalog::parse_toml;
use juesuan_model::{CorrectedBy, InPicture, PictureDigest, Seen, Stretch};
use juesuan_read::{Means, PageLine, Picture, Piece, Row, Shown, Sight, Value};
use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::error::Error;

/// How much of the longer of two stretches they have in common each way if they are the same place, in percent.
const SAME: u64 = 50;

/// What a person says stands at a place of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The picture.
    pub picture: PictureDigest,
    /// Where on it.
    pub at: Stretch,
    /// What was read there.
    pub read: String,
    /// What stands there.
    pub text: String,
    /// Who says so.
    pub person: String,
}

/// A file of corrections.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<Correction>,
}

/// Corrections of several pictures; a clone knows of what was used of the other.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    all: BTreeMap<PictureDigest, Vec<Correction>>,
    used: Arc<Mutex<BTreeSet<(PictureDigest, usize)>>>,
}

impl FromIterator<Correction> for Corrections {
    fn from_iter<I: IntoIterator<Item = Correction>>(all: I) -> Corrections {
        let mut out = Corrections::default();
        for correction in all {
            out.all.entry(correction.picture).or_default().push(correction);
        }
        out
    }
}

impl Corrections {
    /// Reads the text of a file of corrections, called `name`.
    ///
    /// # Errors
    /// A text that is no such file, with its line.
    pub fn parse(name: &str, text: &str) -> Result<Corrections, Error> {
        let file: File = parse_toml(name, text).map_err(Error::Waivers)?;
        Ok(file.correction.into_iter().collect())
    }

    /// The text of a file of these corrections.
    ///
    /// # Errors
    /// None that are known.
    pub fn file(all: Vec<Correction>) -> Result<String, toml::ser::Error> {
        toml::to_string(&File { correction: all })
    }

    /// The same means, which read in pictures what people say stands there.
    pub fn with(self, means: Means) -> Means {
        if self.all.is_empty() || means.sight.version().is_empty() {
            return means;
        }
        Means { sight: Arc::new(Corrected { inner: Arc::clone(&means.sight), corrections: self }), ..means }
    }
}

impl Corrections {
    /// How many were not used: no picture that was looked at is theirs, or nothing was read there.
    pub fn idle(&self) -> usize {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).len();
        self.all.values().map(Vec::len).sum::<usize>().saturating_sub(used)
    }
}

/// Reads as another one, and then as people say.
struct Corrected {
    inner: Arc<dyn Sight>,
    corrections: Corrections,
}

impl Sight for Corrected {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let mut pieces = self.inner.look(picture);
        let known = picture.place.picture.as_ref().map(|known| known.picture);
        let Some((digest, all)) = known.and_then(|known| self.corrections.all.get_key_value(&known)) else {
            return pieces;
        };
        for (number, correction) in all.iter().enumerate() {
            if correction.apply(&mut pieces) {
                let mut used = self.corrections.used.lock().unwrap_or_else(PoisonError::into_inner);
                used.insert((*digest, number));
            }
        }
        pieces
    }

    fn wants(&self, picture: &Picture) -> bool {
        self.inner.wants(picture)
    }

    fn is_barred(&self, picture: &Picture) -> bool {
        self.inner.is_barred(picture)
    }

    fn dots(&self, shown: &Shown) -> u64 {
        self.inner.dots(shown)
    }

    fn version(&self) -> String {
        format!("{} {}", self.inner.version(), sha256(format!("{:?}", self.corrections.all).as_bytes()))
    }
}

impl Correction {
    /// True if two stretches of a picture are the same place, though they were found by readers that cut a little otherwise.
    pub fn is_same_place(one: Stretch, other: Stretch) -> bool {
        is_same(one, other)
    }

    /// Puts what stands there into the piece that stands there; false where none does.
    fn apply(&self, pieces: &mut [Piece]) -> bool {
        pieces.iter_mut().any(|piece| match piece {
            Piece::Grid(grid) => grid.rows.iter_mut().any(|row| self.apply_to_row(row)),
            Piece::Line(line) => self.apply_to_line(line),
            Piece::Picture(_) => false,
        })
    }

    fn apply_to_row(&self, row: &mut Row) -> bool {
        let here = |bounds: &Option<[i32; 4]>| bounds.is_some_and(|bounds| is_same(stretch(bounds), self.at));
        let Some(column) = row.bounds.iter().position(here) else { return false };
        let Some(cell) = row.cells.get_mut(column) else { return false };
        let read = std::mem::replace(cell, Value::text(&self.text));
        if let Some(seen) = row.seen.get_mut(column) {
            *seen = Seen::Corrected;
        }
        row.others.remove(&column);
        row.pictured.entry(column).or_default().corrected = Some(self.by(read.as_str()));
        true
    }

    /// In a line the words stand there that had been read, or a figure of them.
    fn apply_to_line(&self, line: &mut PageLine) -> bool {
        let bounds = line.place.bounds.map(stretch).filter(|bounds| is_inside(self.at, *bounds));
        let from = bounds.and_then(|bounds| found(&line.text, &self.read, (bounds, self.at)));
        let Some(from) = from else { return false };
        let length = self.read.chars().count();
        let before: String = line.text.chars().take(from).collect();
        let behind: String = line.text.chars().skip(from + length).collect();
        line.text = format!("{before}{}{behind}", self.text);
        if length != self.text.chars().count() {
            // Nobody knows any more where each letter stands.
            line.edges = Vec::new();
        }
        // The rest of the line is as sure as it was.
        if before.is_empty() && behind.is_empty() {
            line.seen = Seen::Corrected;
        }
        let mut known = line.place.picture.take().unwrap_or_default();
        known.corrected = Some(self.by(&self.read));
        line.place.picture = Some(known);
        true
    }

    fn by(&self, read: &str) -> CorrectedBy {
        CorrectedBy { person: self.person.clone(), read: read.to_owned() }
    }
}

/// The character of a line from which on it says so, the nearest one to where that stands.
fn found(text: &str, said: &str, (line, at): (Stretch, Stretch)) -> Option<usize> {
    if said.is_empty() {
        return None;
    }
    let count = u64::try_from(text.chars().count()).ok()?.max(1);
    let wanted = u64::from(at[0].saturating_sub(line[0])) * count / u64::from(line[2].saturating_sub(line[0])).max(1);
    let places = text.match_indices(said).map(|(byte, _)| text.get(..byte).map_or(0, |before| before.chars().count()));
    places.min_by_key(|from| u64::try_from(*from).unwrap_or(0).abs_diff(wanted))
}

fn stretch(bounds: [i32; 4]) -> Stretch {
    bounds.map(|at| u32::try_from(at).unwrap_or(0).min(InPicture::SIDE))
}

/// True if two stretches are the same place, though they were found by readers that cut a little otherwise.
fn is_same(one: Stretch, other: Stretch) -> bool {
    let way = |from: usize, to: usize| -> Option<bool> {
        let ([a, b], [c, d]) = ([*one.get(from)?, *one.get(to)?], [*other.get(from)?, *other.get(to)?]);
        let (both, longer) = (b.min(d).saturating_sub(a.max(c)), b.saturating_sub(a).max(d.saturating_sub(c)));
        Some(both > 0 && u64::from(both) * 100 >= u64::from(longer) * SAME)
    };
    way(0, 2) == Some(true) && way(1, 3) == Some(true)
}

/// True if the middle of a stretch lies in another.
fn is_inside([left, top, right, bottom]: Stretch, of: Stretch) -> bool {
    let within = |a: u32, b: u32, from: u32, to: u32| (from..=to).contains(&(a / 2 + b / 2));
    within(left, right, of[0], of[2]) && within(top, bottom, of[1], of[3])
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Confidence, Place};
    use juesuan_read::Grid;

    use super::*;

    const SEEN: Seen = Seen::Picture(Confidence::thousandths(700));

    /// Reads a row with a figure, and below it a line.
    struct Double;

    impl Sight for Double {
        fn look(&self, _: &Picture) -> Vec<Piece> {
            let row = Row {
                cells: vec![Value::text("合计"), Value::text("128.50")],
                bounds: vec![Some([10, 10, 200, 40]), Some([1_000, 10, 1_200, 40])],
                seen: vec![SEEN; 2],
                others: [(1, vec!["123.50".to_owned()])].into(),
                ..Row::default()
            };
            let place = Place { bounds: Some([0, 100, 1_000, 140]), ..Place::default() };
            let text = "收入3.00万元，支出3.00万元".to_owned();
            let line = PageLine { text, place, seen: SEEN, ..PageLine::default() };
            vec![Piece::Grid(Grid { rows: vec![row], ..Grid::default() }), Piece::Line(line)]
        }

        fn version(&self) -> String {
            "1".to_owned()
        }
    }

    fn correction(at: Stretch, read: &str, text: &str) -> Correction {
        let picture = PictureDigest::new([7; 32]);
        Correction { picture, at, read: read.into(), text: text.into(), person: "张三".into() }
    }

    fn looked(all: Vec<Correction>, picture: u8) -> (Row, PageLine) {
        let corrections: Corrections = all.into_iter().collect();
        let means = corrections.with(Means { sight: Arc::new(Double), ..Means::default() });
        let known = InPicture { picture: PictureDigest::new([picture; 32]), ..InPicture::default() };
        let place = Place { picture: Some(Box::new(known)), ..Place::default() };
        let pieces = means.sight.look(&Picture { place, cover: 100, handle: None });
        let [Piece::Grid(grid), Piece::Line(line)] = &pieces[..] else { panic!("{pieces:?}") };
        (grid.rows[0].clone(), line.clone())
    }

    #[test]
    fn what_a_person_says_stands_in_a_cell_stands_there_and_is_certain_in_this_picture_only() {
        let all = vec![correction([1_010, 12, 1_215, 41], "128.50", "123.50")];
        let (row, line) = looked(all.clone(), 7);
        assert_eq!((row.cells[1].as_str(), row.seen[1]), ("123.50", Seen::Corrected));
        assert!(row.others.is_empty() && row.seen[0] == SEEN && line.seen == SEEN);
        let by = row.pictured[&1].corrected.clone().unwrap();
        assert_eq!((by.person.as_str(), by.read.as_str()), ("张三", "128.50"));
        assert_eq!(looked(all, 8).0.cells[1].as_str(), "128.50");
    }

    #[test]
    fn what_fits_nothing_is_not_used_and_it_is_known() {
        let at = [1_010, 12, 1_215, 41];
        let other = Correction { picture: PictureDigest::new([9; 32]), ..correction(at, "128.50", "1.00") };
        let nowhere = correction([90_000, 90_000, 99_000, 99_000], "128.50", "1.00");
        let all = [correction(at, "128.50", "123.50"), other, nowhere];
        let corrections: Corrections = all.into_iter().collect();
        assert_eq!(corrections.idle(), 3);
        let means = corrections.clone().with(Means { sight: Arc::new(Double), ..Means::default() });
        let version = means.sight.version();
        let known = InPicture { picture: PictureDigest::new([7; 32]), ..InPicture::default() };
        let place = Place { picture: Some(Box::new(known)), ..Place::default() };
        for _ in 0..2 {
            let pieces = means.sight.look(&Picture { place: place.clone(), cover: 100, handle: None });
            let Some(Piece::Grid(grid)) = pieces.first() else { panic!("{pieces:?}") };
            assert_eq!((grid.rows[0].cells[1].as_str(), corrections.idle()), ("123.50", 2));
        }
        assert_eq!(means.sight.version(), version, "what was used changes nothing");
    }

    #[test]
    fn in_a_line_the_figure_is_another_that_stands_nearest_to_the_place() {
        // The second figure of the line stands from about 70 to 90 of 100.
        let (_, line) = looked(vec![correction([690, 100, 900, 140], "3.00", "8.00")], 7);
        assert_eq!((line.text.as_str(), line.seen), ("收入3.00万元，支出8.00万元", SEEN));
        let (_, same) = looked(vec![correction([690, 100, 900, 140], "5.00", "8.00")], 7);
        assert_eq!(same.text, "收入3.00万元，支出3.00万元", "nothing like that was read there");
    }

    #[test]
    fn a_file_of_corrections_is_written_and_read_and_what_is_none_is_refused() {
        let text = "“引号\"、\n换行'''和 ]] #";
        let own = correction([1, 2, 3, 4], text, text);
        let file = Corrections::file(vec![own.clone()]).unwrap();
        let read = Corrections::parse("a.toml", &file).unwrap();
        assert_eq!(read.all.into_values().flatten().collect::<Vec<_>>(), [own]);
        assert!(Corrections::parse("a.toml", "").unwrap().all.is_empty());
        assert!(Corrections::parse("a.toml", "[[correction]]\npicture = \"x\"").is_err());
    }
}
