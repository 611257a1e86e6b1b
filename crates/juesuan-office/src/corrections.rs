//! What people say stands in pictures, where it was read otherwise: kept by the picture and the place in it, whatever document the picture
//! comes in, and certain from then on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_catalog::parse_toml;
use juesuan_model::{CorrectedBy, InPicture, Noted, PictureDigest, Seen, Stretch};
use juesuan_read::{Means, PageLine, Picture, Piece, Row, Shown, Sight, Value};
use juesuan_text::number;
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
        if let Some(known) = &picture.place.picture {
            self.put(&known.picture, &mut pieces, Sides::Picture);
        }
        pieces
    }

    fn correct(&self, picture: &PictureDigest, pieces: &mut [Piece]) {
        self.put(picture, pieces, Sides::Page);
        self.inner.correct(picture, pieces);
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

/// What the bounds of pieces are told in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    /// In parts of the picture.
    Picture,
    /// In points of the page, and beside them where in the picture they lie.
    Page,
}

impl Corrected {
    fn put(&self, picture: &PictureDigest, pieces: &mut [Piece], sides: Sides) {
        let all = self.corrections.all.get(picture).map_or(&[][..], Vec::as_slice);
        for (number, correction) in all.iter().enumerate() {
            let is_used = correction.apply(pieces, sides);
            let mut used = self.corrections.used.lock().unwrap_or_else(PoisonError::into_inner);
            if is_used {
                used.insert((*picture, number));
            } else if sides == Sides::Page {
                // What was looked at is only held against the text of the page, which stands as it was.
                used.remove(&(*picture, number));
            }
        }
    }
}

impl Correction {
    /// True if two stretches of a picture are the same place, though they were found by readers that cut a little otherwise.
    pub fn is_same_place(one: Stretch, other: Stretch) -> bool {
        is_same(one, other)
    }

    /// True if one stretch lies in the middle of another.
    pub fn is_inside(one: Stretch, other: Stretch) -> bool {
        is_inside(one, other)
    }

    /// Puts what stands there into the piece that stands there; false where none does.
    fn apply(&self, pieces: &mut [Piece], sides: Sides) -> bool {
        pieces.iter_mut().any(|piece| match piece {
            Piece::Grid(grid) => grid.rows.iter_mut().any(|row| self.apply_to_row(row, sides)),
            Piece::Line(line) => self.apply_to_line(line, sides),
            Piece::Picture(_) => false,
        })
    }

    fn apply_to_row(&self, row: &mut Row, sides: Sides) -> bool {
        let at = |column: usize| match sides {
            Sides::Picture => row.bounds.get(column).copied().flatten().map(stretch),
            Sides::Page => row.pictured.get(&column).map(|known| known.at),
        };
        let here = |column: &usize| at(*column).is_some_and(|at| is_same(at, self.at));
        let Some(column) = (0..row.cells.len()).find(here) else { return false };
        let Some(cell) = row.cells.get_mut(column) else { return false };
        let read = std::mem::replace(cell, Value::text(&self.text));
        if let Some(seen) = row.seen.get_mut(column) {
            *seen = Seen::Corrected;
        }
        row.others.remove(&column);
        let by = CorrectedBy { person: self.person.clone(), read: read.as_str().to_owned() };
        row.pictured.entry(column).or_default().corrected = Some(by);
        true
    }

    /// In a line the words stand there that had been read, or a figure.
    fn apply_to_line(&self, line: &mut PageLine, sides: Sides) -> bool {
        let at = match sides {
            Sides::Picture => line.place.bounds.map(stretch),
            Sides::Page => line.place.picture.as_ref().map(|known| known.at),
        };
        let own = at.filter(|at| is_inside(self.at, *at)).and_then(|at| self.range(line, at));
        if let Some(range) = &own {
            line.correct(range, &self.text, self.person.clone());
        }
        own.is_some()
    }

    /// The characters of a line, which lies `at` a stretch of the picture, that are meant: those that had been read, or the figure that stands
    /// where they stood. Nothing where several are.
    fn range(&self, line: &PageLine, at: Stretch) -> Option<Range<usize>> {
        let corrected = || line.noted.iter().filter(|noted| noted.corrected.is_some());
        let is_free = |range: &Range<usize>| !corrected().any(|noted| noted.meets(range));
        let ranges = |bytes: Vec<Range<usize>>| -> Vec<Range<usize>> {
            let before = |byte: usize| line.text.get(..byte).map_or(0, |before| before.chars().count());
            bytes.into_iter().map(|own| before(own.start)..before(own.end)).filter(is_free).collect()
        };
        // What was the same before somebody corrected it counts too.
        let was = corrected().filter(|noted| noted.corrected.as_ref().is_some_and(|by| by.read == self.read));
        let was: Vec<Range<usize>> = was.map(Noted::range).collect();
        let said = ranges(number::all(&line.text, &self.read));
        let here = |range: &&Range<usize>| overlaps(of_letters(line, at, range), self.at);
        let (mut said, mut was) = (said.iter().filter(here), was.iter().filter(here));
        match (said.next(), said.next().or(was.next())) {
            (Some(only), None) => return Some(only.clone()),
            (_, Some(_)) => return None,
            (None, None) if line.edges.is_empty() => return None,
            (None, None) => {}
        }
        // Others read it otherwise.
        let is_signed = self.read.starts_with('-') || self.text.starts_with('-');
        let with_sign = |range: Range<usize>| {
            let sign = range.start.checked_sub(1).filter(|at| is_signed && line.text.chars().nth(*at) == Some('-'));
            sign.unwrap_or(range.start)..range.end
        };
        let mut numbers = ranges(number::numbers(&line.text)).into_iter().map(with_sign);
        numbers.find(|range| is_same(of_letters(line, at, range), self.at))
    }
}

/// Where in the picture characters of a line stand that lies `at` a stretch of it: by their edges, or by how wide letters are.
fn of_letters(line: &PageLine, at: Stretch, range: &Range<usize>) -> Stretch {
    let [left, _, right, _] = at.map(i64::from);
    let known = InPicture { at, ..InPicture::default() };
    if let (Some(from), Some(to)) = (line.edges.get(range.start), line.edges.get(range.end)) {
        let (left, right) = line.place.bounds.map_or((left, right), |[left, _, right, _]| (left.into(), right.into()));
        return known.narrowed(i64::from(*from) - left, i64::from(*to) - left, right - left).at;
    }
    let wide = |count: usize| line.text.chars().take(count).map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<i64>();
    known.narrowed(wide(range.start), wide(range.end), wide(usize::MAX)).at
}

/// True if most of the narrower of two stretches of a line is one of the other.
fn overlaps(one: Stretch, other: Stretch) -> bool {
    let both = one[2].min(other[2]).saturating_sub(one[0].max(other[0]));
    let narrower = one[2].saturating_sub(one[0]).min(other[2].saturating_sub(other[0]));
    both > 0 && u64::from(both) * 100 >= u64::from(narrower) * SAME
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

    /// What becomes of a line, on a page or not, and how many corrections were not used.
    fn said(line: PageLine, all: Vec<Correction>, sides: Sides) -> (PageLine, usize) {
        let corrections: Corrections = all.into_iter().collect();
        let corrected = Corrected { inner: Arc::new(Double), corrections: corrections.clone() };
        let mut pieces = [Piece::Line(line)];
        corrected.put(&PictureDigest::new([7; 32]), &mut pieces, sides);
        let [Piece::Line(line)] = pieces else { panic!("{pieces:?}") };
        (line, corrections.idle())
    }

    fn line(text: &str, edges: Vec<i32>) -> PageLine {
        let place = Place { bounds: Some([0, 100, 1_000, 140]), ..Place::default() };
        PageLine { text: text.to_owned(), place, edges, seen: SEEN, ..PageLine::default() }
    }

    /// The characters that are certain.
    fn certain(line: &PageLine) -> Vec<(usize, usize)> {
        let ranges = line.noted.iter().filter(|noted| noted.corrected.is_some()).map(Noted::range);
        ranges.map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn in_a_line_the_figure_at_the_place_is_another_and_that_alone_is_certain() {
        // The second figure of the line stands from about 70 to 90 of 100.
        let (_, line) = looked(vec![correction([690, 100, 900, 140], "3.00", "8.00")], 7);
        assert_eq!((line.text.as_str(), line.seen), ("收入3.00万元，支出8.00万元", SEEN));
        assert_eq!(certain(&line), [(11, 15)]);
        let (_, same) = looked(vec![correction([690, 100, 900, 140], "5.00", "8.00")], 7);
        assert_eq!(same.text, "收入3.00万元，支出3.00万元", "nothing like that was read there");
        assert!(same.noted.is_empty());
    }

    #[test]
    fn what_is_a_piece_of_a_longer_number_is_left_as_it_is() {
        let whole = [0, 100, 1_000, 140];
        let of = |text: &str, read: &str| {
            said(line(text, Vec::new()), vec![correction(whole, read, "9.99")], Sides::Picture)
        };
        let (told, idle) = of("收入13.00万元，支出3.00万元", "3.00");
        assert_eq!((told.text.as_str(), idle), ("收入13.00万元，支出9.99万元", 0));
        for (text, read) in [("共1286.41万元", "6.41"), ("共1,286.41万元", "286.41"), ("共12.50万元", "12.5")]
        {
            let (told, idle) = of(text, read);
            assert_eq!((told.text.as_str(), idle, told.noted.len()), (text, 1, 0));
        }
    }

    #[test]
    fn of_several_whole_numbers_that_the_place_does_not_tell_apart_none_is_another_and_it_is_known() {
        let text = "收入3.00万元，支出3.00万元";
        let whole = correction([0, 100, 1_000, 140], "3.00", "8.00");
        let (told, idle) = said(line(text, Vec::new()), vec![whole.clone()], Sides::Picture);
        assert_eq!((told.text.as_str(), idle), (text, 1));
        // Nor where one of them was told apart since.
        let second = correction([690, 100, 900, 140], "3.00", "8.00");
        let (told, idle) = said(line(text, Vec::new()), vec![second, whole], Sides::Picture);
        assert_eq!((told.text.as_str(), idle), ("收入3.00万元，支出8.00万元", 1));
        // Both, each by its place, the first with more letters than were read.
        let edges: Vec<i32> = (0..=17).map(|at| at * 1_000 / 17).collect();
        let (first, second) = ([117, 100, 353, 140], [647, 100, 882, 140]);
        let both = vec![correction(first, "3.00", "12345.00"), correction(second, "3.00", "8.00")];
        let (told, idle) = said(line(text, edges), both, Sides::Picture);
        assert_eq!((told.text.as_str(), idle), ("收入12345.00万元，支出8.00万元", 0));
        assert_eq!(certain(&told), [(2, 10), (15, 19)]);
        assert_eq!(told.edges.len(), told.text.chars().count() + 1);
    }

    #[test]
    fn on_a_page_the_figure_that_a_scanner_laid_there_is_another_whatever_it_read() {
        // The line lies from 50 to 150 points, and in the picture in its right half.
        let edges: Vec<i32> = (0..=10).map(|at| 50 + at * 10).collect();
        let known = InPicture { at: [50_000, 100, 100_000, 140], ..InPicture::default() };
        let place = Place { bounds: Some([50, 7, 150, 17]), picture: Some(Box::new(known)), ..Place::default() };
        let own = PageLine { place, ..line("支出38.10万元整", edges) };
        let there = correction([60_000, 100, 85_000, 140], "88.10", "58.10");
        let (told, idle) = said(own.clone(), vec![there.clone()], Sides::Page);
        assert_eq!((told.text.as_str(), certain(&told), idle), ("支出58.10万元整", vec![(2, 7)], 0));
        let elsewhere = Correction { at: [10_000, 100, 35_000, 140], ..there };
        assert_eq!(said(own, vec![elsewhere], Sides::Page).1, 1);
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
