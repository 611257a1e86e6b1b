//! Text that a scanner laid over its picture, held against what somebody sees in the picture, figure by figure.
//!
//! Both may be wrong. What both read alike is as sure as who looks at the picture; where they differ both stand, and whoever checks the
//! document says so. A figure that only one of them has, or that the other cuts otherwise, is held against nothing.

use std::collections::BTreeMap;

use juesuan_model::{Confidence, Differing, InPicture, Noted, Seen, Stretch};

use super::page::BY_SCANNER;
use crate::pages::Piece;
use crate::sight::{self, Picture, Sight};

/// Pages of a document that are looked at twice: each takes some seconds.
pub(super) const PAGES_MAX: u32 = 60;
/// A page with fewer figures is not looked at twice.
const FIGURES_MIN: usize = 4;
/// Digits of the shortest figure: shorter ones are numbers of lists and pages.
const DIGITS_MIN: usize = 2;
/// How much of the wider, and of the higher, of two figures the other covers, in percent, if they are the same place.
const SAME: i64 = 50;

/// How many figures were held against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Read alike.
    pub(super) alike: u32,
    /// Read differently.
    pub(super) differing: u32,
    /// Which of both is read.
    pub(super) main: Main,
}

/// What of a page is read, the other being held against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Main {
    /// The text of the scanner.
    #[default]
    Text,
    /// The picture.
    Picture,
}

/// A figure of the text, or of the picture.
#[derive(Clone, Debug)]
struct Figure {
    /// Its digits with sign and point.
    digits: String,
    bounds: [i32; 4],
    seen: Seen,
    home: Home,
}

/// Where it stands among the pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Cell {
        piece: usize,
        row: usize,
        column: usize,
    },
    /// From one character to the one behind the last.
    Line {
        piece: usize,
        from: usize,
        to: usize,
    },
}

/// Holds the text of a page that a scanner read against its picture, and leaves the one that has more figures in tables: a scanner knows no
/// lines of tables. `None` where nobody looks, or nothing is there to hold.
pub(super) fn held(pieces: &mut Vec<Piece>, sight: &dyn Sight) -> Option<Held> {
    let pictures = pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
        Piece::Picture(picture) => Some((at, picture)),
        Piece::Line(_) | Piece::Grid(_) => None,
    });
    let (at, picture) = pictures.max_by_key(|(_, picture)| picture.cover)?;
    let picture = picture.clone();
    let own = figures(pieces);
    if own.len() < FIGURES_MIN {
        return None;
    }
    let mut looked = sight::seen(&picture, sight)?;
    let seen = figures(&looked);
    let in_tables = |figures: &[Figure]| figures.iter().filter(|own| matches!(own.home, Home::Cell { .. })).count();
    if in_tables(&seen) > in_tables(&own) {
        let held = compare(&mut looked, &seen, &own, Main::Picture);
        let others = std::mem::take(pieces).into_iter().enumerate();
        pieces.extend(looked);
        pieces
            .extend(others.filter(|(own, piece)| *own != at && matches!(piece, Piece::Picture(_))).map(|(_, own)| own));
        return Some(held);
    }
    if let Some(known) = looked.iter().find_map(which) {
        place(pieces, &picture, &known);
        sight.correct(&known.picture, pieces);
    }
    let own = figures(pieces);
    let held = compare(pieces, &own, &seen, Main::Text);
    // All that is on it was read.
    pieces.remove(at);
    Some(held)
}

/// Says of every cell and line where in the picture it stands.
fn place(pieces: &mut [Piece], picture: &Picture, known: &InPicture) {
    let Some(on) = picture.place.bounds else { return };
    let here = |bounds: [i32; 4]| InPicture { at: inside(bounds, on), ..known.clone() };
    for piece in pieces {
        match piece {
            Piece::Line(line) => line.place.picture = line.place.bounds.map(|bounds| Box::new(here(bounds))),
            Piece::Grid(grid) => {
                for row in &mut grid.rows {
                    let at = row.bounds.iter().enumerate();
                    row.pictured = at.filter_map(|(column, at)| Some((column, here((*at)?)))).collect();
                }
            }
            Piece::Picture(_) => {}
        }
    }
}

/// In which picture a piece stands.
fn which(piece: &Piece) -> Option<InPicture> {
    let known = match piece {
        Piece::Line(line) => line.place.picture.as_deref(),
        Piece::Grid(grid) => grid.rows.iter().find_map(|row| row.pictured.values().next()),
        Piece::Picture(_) => None,
    };
    known.map(|known| InPicture { picture: known.picture, ..InPicture::default() })
}

/// Where bounds lie in a picture that lies at `on`.
fn inside([left, top, right, bottom]: [i32; 4], on: [i32; 4]) -> Stretch {
    let side = i64::from(InPicture::SIDE);
    let part = |at: i32, from: i32, to: i32| {
        let length = (i64::from(to) - i64::from(from)).max(1);
        let moved = (i64::from(at) - i64::from(from)) * side / length;
        u32::try_from(moved.clamp(0, side)).unwrap_or(0)
    };
    [part(left, on[0], on[2]), part(top, on[1], on[3]), part(right, on[0], on[2]), part(bottom, on[1], on[3])]
}

/// The figures of pieces: cells that hold one and nothing else, and those of lines whose letters have places.
fn figures(pieces: &[Piece]) -> Vec<Figure> {
    let mut out = Vec::new();
    for (piece, content) in pieces.iter().enumerate() {
        match content {
            Piece::Grid(grid) => {
                for (number, row) in grid.rows.iter().enumerate() {
                    for (column, (cell, bounds)) in row.cells.iter().zip(&row.bounds).enumerate() {
                        let (Some(digits), Some(bounds)) = (digits(cell.as_str()), *bounds) else { continue };
                        let seen = row.seen.get(column).copied().unwrap_or_default();
                        out.push(Figure { digits, bounds, seen, home: Home::Cell { piece, row: number, column } });
                    }
                }
            }
            Piece::Line(line) => {
                let Some([_, top, _, bottom]) = line.place.bounds else { continue };
                for (from, to, digits) in stretches(&line.text) {
                    let (Some(left), Some(right)) = (line.edges.get(from), line.edges.get(to)) else { continue };
                    let (bounds, home) = ([*left, top, *right, bottom], Home::Line { piece, from, to });
                    let said = |noted: &Noted| noted.corrected.is_some() && noted.meets(&(from..to));
                    let seen = if line.noted.iter().any(said) { Seen::Corrected } else { line.seen };
                    out.push(Figure { digits, bounds, seen, home });
                }
            }
            Piece::Picture(_) => {}
        }
    }
    out
}

/// True for what figures are written with.
const fn is_of_figure(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',' | '-')
}

/// The figure that a text is, without what parts its thousands; `None` for any other text.
fn digits(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let is_figure = plain.chars().all(is_of_figure) && plain.chars().filter(char::is_ascii_digit).count() >= DIGITS_MIN;
    is_figure.then_some(plain)
}

/// The figures in a line: first character, the one behind the last, digits.
fn stretches(text: &str) -> Vec<(usize, usize, String)> {
    let letters: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut from = 0;
    for part in letters.chunk_by(|a, b| is_of_figure(*a) == is_of_figure(*b)) {
        let text: String = part.iter().collect();
        let ahead = text.len() - text.trim_start_matches(['.', ',']).len();
        let trimmed = text.trim_matches(['.', ',']);
        if let Some(digits) = digits(trimmed).filter(|_| part.first().is_some_and(|first| is_of_figure(*first))) {
            out.push((from + ahead, from + ahead + trimmed.len(), digits));
        }
        from += part.len();
    }
    out
}

/// True if two figures stand at the same place.
fn is_same_place(one: [i32; 4], other: [i32; 4]) -> bool {
    let covered = |from: usize, to: usize| -> Option<(i64, i64)> {
        let side = |bounds: [i32; 4]| Some((i64::from(*bounds.get(from)?), i64::from(*bounds.get(to)?)));
        let ((a, b), (c, d)) = (side(one)?, side(other)?);
        Some((b.min(d) - a.max(c), (b - a).max(d - c)))
    };
    [covered(0, 2), covered(1, 3)]
        .into_iter()
        .all(|way| way.is_some_and(|(both, longer)| both > 0 && both * 100 >= longer * SAME))
}

/// Holds each figure against the one that the other has where it stands, if that is one and only one.
fn compare(pieces: &mut [Piece], own: &[Figure], other: &[Figure], main: Main) -> Held {
    let mut out = Held { main, ..Held::default() };
    let only = |figure: &Figure, among: &[Figure]| {
        let mut at =
            (0..among.len()).filter(|at| among.get(*at).is_some_and(|o| is_same_place(o.bounds, figure.bounds)));
        at.next().filter(|_| at.next().is_none())
    };
    let mut lines: BTreeMap<usize, Vec<Option<Confidence>>> = BTreeMap::new();
    for figure in own {
        let pair = only(figure, other).and_then(|at| other.get(at)).filter(|other| only(other, own).is_some());
        let agreed = pair.filter(|other| other.digits == figure.digits).map(|other| confidence(other.seen));
        match (agreed, pair) {
            _ if figure.seen == Seen::Corrected => {}
            (Some(sure), _) => {
                out.alike += 1;
                confirm(pieces, figure.home, sure);
            }
            (None, Some(other)) => {
                out.differing += 1;
                let (layer, seen) = match main {
                    Main::Text => (figure, other),
                    Main::Picture => (other, figure),
                };
                let sure = confidence(seen.seen);
                let differs = Differing { layer: layer.digits.clone(), seen: seen.digits.clone(), sure };
                contest(pieces, figure.home, &other.digits, differs);
            }
            (None, None) => {}
        }
        if let Home::Line { piece, .. } = figure.home
            && figure.seen != Seen::Corrected
        {
            lines.entry(piece).or_default().push(agreed);
        }
    }
    // A line is as sure as the least sure of its figures, where all of them were seen.
    for (piece, figures) in lines.into_iter().filter(|_| main == Main::Text) {
        let least = figures.into_iter().reduce(|one, other| Some(one?.min(other?))).flatten();
        if let (Some(Piece::Line(line)), Some(sure)) = (pieces.get_mut(piece), least) {
            line.seen = better(sure);
        }
    }
    out
}

fn confidence(seen: Seen) -> Confidence {
    if let Seen::Picture(sure) = seen { sure } else { Confidence::CERTAIN }
}

/// What is read twice alike: no less sure than what a scanner says alone.
fn better(sure: Confidence) -> Seen {
    if sure > Confidence::UNTOLD { Seen::Picture(sure) } else { BY_SCANNER }
}

fn confirm(pieces: &mut [Piece], home: Home, sure: Confidence) {
    if let (Home::Cell { piece, row, column }, true) = (home, sure > Confidence::UNTOLD)
        && let Some(Piece::Grid(grid)) = pieces.get_mut(piece)
        && let Some(seen) = grid.rows.get_mut(row).and_then(|row| row.seen.get_mut(column))
    {
        *seen = better(sure);
    }
}

/// Both readings stand: the one of the text, and the other as what else it may be.
fn contest(pieces: &mut [Piece], home: Home, other: &str, differs: Differing) {
    match home {
        Home::Cell { piece, row, column } => {
            let Some(Piece::Grid(grid)) = pieces.get_mut(piece) else { return };
            let Some(row) = grid.rows.get_mut(row) else { return };
            let others = row.others.entry(column).or_default();
            if !others.iter().any(|own| own == other) {
                others.push(other.to_owned());
            }
            if let Some(seen) = row.seen.get_mut(column) {
                *seen = Seen::Picture(differs.sure);
            }
            if let Some(known) = row.pictured.get_mut(&column) {
                known.differs = Some(differs);
            }
        }
        Home::Line { piece, from, to } => {
            let Some(Piece::Line(line)) = pieces.get_mut(piece) else { return };
            line.noted.push(Noted { differs: Some(differs), ..Noted::of(&(from..to)) });
        }
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{PictureDigest, Place};

    use super::*;
    use crate::grid::{Grid, Row, Value};
    use crate::pages::PageLine;
    use crate::sight::{Handle, Shown};

    const SURE: Seen = Seen::Picture(Confidence::thousandths(980));

    /// A row of cells 100 wide, from the top at 10 to 20, and a line below it from 30 to 40, 10 a letter.
    fn page(cells: &[&str], line: &str, seen: Seen, shift: i32) -> Vec<Piece> {
        let at = |column: usize| i32::try_from(column).unwrap() * 100 + shift;
        let row = Row {
            line: 1,
            cells: cells.iter().map(|text| Value::text(text)).collect(),
            bounds: (0..cells.len()).map(|column| Some([at(column), 10, at(column) + 60, 20])).collect(),
            seen: vec![seen; cells.len()],
            ..Row::default()
        };
        let edges: Vec<i32> = (0..=line.chars().count()).map(|at| i32::try_from(at).unwrap() * 10 + shift).collect();
        let bounds = Some([edges[0], 30, *edges.last().unwrap(), 40]);
        let place = Place { bounds, ..Place::default() };
        let line = PageLine { text: line.to_owned(), place, edges, seen, ..PageLine::default() };
        vec![Piece::Grid(Grid { rows: vec![row], ..Grid::default() }), Piece::Line(line)]
    }

    /// Sees these pieces in every picture, and knows of one who says that 5.00 stands where a line has 3.00.
    struct Sees(Vec<Piece>);

    impl Sight for Sees {
        fn look(&self, _: &Picture) -> Vec<Piece> {
            self.0.clone()
        }

        fn correct(&self, picture: &PictureDigest, pieces: &mut [Piece]) {
            for piece in pieces {
                let Piece::Line(line) = piece else { continue };
                assert_eq!(line.place.picture.as_ref().map(|known| known.picture), Some(*picture));
                if let Some(at) = line.text.find("3.00") {
                    let at = line.text.get(..at).unwrap().chars().count();
                    line.correct(&(at..at + 4), "5.00", "张三".into());
                }
            }
        }
    }

    fn held_against(cells: &[&str], line: &str, looked: Vec<Piece>) -> (Vec<Piece>, Option<Held>) {
        let mut pieces = page(cells, line, BY_SCANNER, 0);
        let side = i32::try_from(InPicture::SIDE).unwrap();
        let place = Place { page: Some(1), bounds: Some([0, 0, side, side]), ..Place::default() };
        let handle = Some(Handle::new(|| Ok(Shown::File(b"picture".to_vec()))));
        pieces.push(Piece::Picture(Picture { place, cover: 100, handle }));
        let held = held(&mut pieces, &Sees(looked));
        (pieces, held)
    }

    fn row(pieces: &[Piece]) -> &Row {
        let Some(Piece::Grid(grid)) = pieces.first() else { panic!() };
        &grid.rows[0]
    }

    #[test]
    fn what_two_read_alike_is_as_sure_as_the_picture_and_where_they_differ_both_stand() {
        let looked = page(&["1,234.50", "88.10", "7.00"], "支出12.50万元", SURE, 3);
        let (pieces, held) = held_against(&["1234.50", "38.10", "7.00"], "支出12.50万元", looked);
        assert_eq!(held, Some(Held { alike: 3, differing: 1, main: Main::Text }));
        let row = row(&pieces);
        assert_eq!(row.seen, [SURE, SURE, SURE]);
        assert_eq!(row.cells[1].as_str(), "38.10");
        assert_eq!(row.others[&1], ["88.10"]);
        let (layer, seen) = ("38.10".to_owned(), "88.10".to_owned());
        let differs = Some(Differing { layer, seen, sure: Confidence::thousandths(980) });
        assert_eq!(row.pictured[&1].differs, differs);
        assert_eq!((row.pictured[&1].at, &row.pictured[&0].differs), ([100, 10, 160, 20], &None));
        let Piece::Line(line) = &pieces[1] else { panic!() };
        let picture = line.place.picture.as_ref().unwrap();
        assert_eq!((line.seen, picture.picture != PictureDigest::default()), (SURE, true));
    }

    #[test]
    fn a_figure_that_the_other_does_not_have_there_is_held_against_nothing() {
        // Cut otherwise: the second cell lies half a cell to the right.
        let mut looked = page(&["1234.50", "88.10", "7.00"], "支出", SURE, 0);
        if let Some(Piece::Grid(grid)) = looked.first_mut() {
            grid.rows[0].bounds[1] = Some([150, 10, 210, 20]);
        }
        let (pieces, held) = held_against(&["1234.50", "38.10", "7.00"], "支出12.50万元", looked);
        assert_eq!(held, Some(Held { alike: 2, differing: 0, main: Main::Text }));
        assert_eq!(row(&pieces).seen[1], BY_SCANNER);
        let Piece::Line(line) = &pieces[1] else { panic!() };
        assert_eq!(line.seen, BY_SCANNER, "nobody saw its figure");
    }

    #[test]
    fn where_the_scanner_knows_no_table_the_picture_is_read_and_the_text_is_held_against_it() {
        let mut lines = page(&[], "1234.50", BY_SCANNER, 0);
        lines.remove(0);
        for (at, digits) in [(100, "38.10"), (200, "7.00"), (300, "5.50")] {
            let edges = (0..=digits.len()).map(|letter| at + i32::try_from(letter).unwrap() * 10).collect::<Vec<i32>>();
            let place = Place { bounds: Some([at, 10, *edges.last().unwrap(), 20]), ..Place::default() };
            lines.push(Piece::Line(PageLine {
                text: digits.into(),
                place,
                edges,
                seen: BY_SCANNER,
                ..PageLine::default()
            }));
        }
        let side = i32::try_from(InPicture::SIDE).unwrap();
        let place = Place { page: Some(1), bounds: Some([0, 0, side, side]), ..Place::default() };
        let handle = Some(Handle::new(|| Ok(Shown::File(b"picture".to_vec()))));
        lines.push(Piece::Picture(Picture { place, cover: 100, handle }));
        let looked = page(&["9.99", "88.10", "7.00", "5.50"], "", SURE, 0);
        let held = held(&mut lines, &Sees(looked));
        assert_eq!(held, Some(Held { alike: 2, differing: 1, main: Main::Picture }));
        let row = row(&lines);
        assert_eq!((row.cells[1].as_str(), row.seen[1]), ("88.10", SURE));
        assert_eq!(row.others[&1], ["38.10"]);
        let differs = row.pictured[&1].differs.clone().unwrap();
        assert_eq!((differs.layer.as_str(), differs.seen.as_str()), ("38.10", "88.10"));
        assert!(!lines.iter().any(|piece| matches!(piece, Piece::Picture(_))));
    }

    #[test]
    fn figures_of_a_line_differ_each_by_itself_and_what_a_person_says_is_held_against_nothing() {
        let looked = page(&["10.00", "20.00"], "共12.50、70.00、9.00", SURE, 0);
        let (pieces, held) = held_against(&["10.00", "20.00"], "共12.50、76.00、3.00", looked);
        assert_eq!(held, Some(Held { alike: 3, differing: 1, main: Main::Text }));
        let Piece::Line(line) = &pieces[1] else { panic!() };
        assert_eq!(line.text, "共12.50、76.00、5.00");
        let told = |noted: &Noted| {
            let differs = noted.differs.as_ref().map(|differs| (differs.layer.clone(), differs.seen.clone()));
            (noted.range(), differs, noted.corrected.is_some())
        };
        let told: Vec<_> = line.noted.iter().map(told).collect();
        assert_eq!(told, [(13..17, None, true), (7..12, Some(("76.00".to_owned(), "70.00".to_owned())), false)]);
        assert!(line.place.picture.as_ref().unwrap().differs.is_none());
    }

    #[test]
    fn a_page_with_hardly_a_figure_is_not_looked_at() {
        let (_, held) = held_against(&["1", "2", "第1页"], "一、部门概况", page(&["1"], "", SURE, 0));
        assert_eq!(held, None);
    }

    #[test]
    fn figures_of_a_line_are_cut_out_of_it_with_their_places() {
        let told = |from, to, digits: &str| (from, to, digits.to_owned());
        assert_eq!(
            stretches("共1,234.50万元，其中2023年-3.20。"),
            [told(1, 9, "1234.50"), told(14, 18, "2023"), told(19, 24, "-3.20")]
        );
        assert!(stretches("一、5. 其他").is_empty());
    }
}
