//! Where something stands. Every figure has a place, every finding at least one.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pictured::{CorrectedBy, Differing, InPicture};
use crate::seen::Seen;

/// A place in a document or an input file. Only what is known is filled in; page, line and row count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub struct Place {
    /// File name as the user gave it, relative to the folder that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Page of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of a text, or row of a sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Heading under which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Title of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Name (and code) of the table row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Name of the table column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The words around the figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Left, top, right, bottom on the page in points, for pages.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[i32; 4]>,
    /// The picture in which it was read, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Box<InPicture>>,
}

/// How large a page is as it is shown, turned and cut, in points: [`Place::bounds`] lie on it. 0 by 0 where nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageSize {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Place {
    /// True if nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Place::default()
    }
}

/// Where a stretch of a text stands: from its character `at` (counted from 0) to the next origin of the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Origin {
    /// First character of the stretch.
    pub at: u32,
    /// The printed line that it stands on, with the bounds of that line.
    pub place: Place,
    /// Left edge of each character of the stretch and the right edge of the last, in points, of a picture without a page in parts of it
    /// ([`InPicture::SIDE`]); empty where unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<i32>,
    /// How the stretch was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
    /// What is known of some of its characters only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noted: Vec<Noted>,
}

/// What is known of some characters of a stretch that was read in a picture, and not of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Noted {
    /// The first of them, counted from the begin of the stretch.
    pub from: u32,
    /// The one behind the last.
    pub to: u32,
    /// Who has said what stands there: it is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<CorrectedBy>,
    /// What somebody saw there who looked at the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<Differing>,
}

impl Noted {
    /// Of the characters of a range, counted from the begin of the stretch.
    pub fn of(range: &Range<usize>) -> Noted {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Noted { from: number(range.start), to: number(range.end), ..Noted::default() }
    }

    /// Its characters.
    pub fn range(&self) -> Range<usize> {
        let number = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        number(self.from)..number(self.to)
    }

    /// True if one of its characters is one of the range.
    pub fn meets(&self, range: &Range<usize>) -> bool {
        let own = self.range();
        own.start < range.end && range.start < own.end
    }

    /// Those that lie inside a range of the stretch, counted from its begin.
    pub fn inside(all: &[Noted], range: &Range<usize>) -> Vec<Noted> {
        let inside = |noted: &&Noted| range.start <= noted.range().start && noted.range().end <= range.end;
        let moved = |noted: &Noted| {
            let own = noted.range();
            let Noted { from, to, .. } = Noted::of(&(own.start - range.start..own.end - range.start));
            Noted { from, to, ..noted.clone() }
        };
        all.iter().filter(inside).map(moved).collect()
    }

    /// Those of a stretch in which so many other characters stand in the place of a range: none of that range.
    pub fn around(all: &[Noted], range: &Range<usize>, count: usize) -> Vec<Noted> {
        let mut out = Noted::inside(all, &(0..range.start));
        out.extend(Noted::inside(all, &(range.end..usize::MAX)).into_iter().map(|noted| {
            let (own, begin) = (noted.range(), range.start + count);
            let Noted { from, to, .. } = Noted::of(&(own.start + begin..own.end + begin));
            Noted { from, to, ..noted }
        }));
        out
    }
}

/// The place of the characters `from..to` of a text: that of the line on which they begin, its bounds narrowed to them, with what is known of
/// them. Without origins: unknown.
pub fn place_in(origins: &[Origin], from: usize, to: usize) -> Place {
    let index = origins.partition_point(|origin| first(origin) <= from).saturating_sub(1);
    let Some(origin) = origins.get(index) else { return Place::default() };
    let end = origins.get(index + 1).map_or(to, |next| to.min(first(next)));
    let mut place = origin.place.clone();
    let own = |at: usize| at.saturating_sub(first(origin));
    let edge = |at: usize| origin.edges.get(own(at)).copied();
    if let (Some([left, right]), false) = (sides(&place), origin.edges.is_empty()) {
        let (begin, end) = (edge(from).unwrap_or(left), edge(end).unwrap_or(right));
        place.bounds = place.bounds.map(|[_, top, _, bottom]| [begin, top, end, bottom]);
        if let Some(picture) = &mut place.picture {
            let at = |edge: i32| i64::from(edge) - i64::from(left);
            **picture = picture.narrowed(at(begin), at(end), at(right));
        }
    }
    let noted = origin.noted.iter().find(|noted| noted.meets(&(own(from)..own(end))));
    if let (Some(picture), Some(noted)) = (&mut place.picture, noted) {
        picture.corrected.clone_from(&noted.corrected);
        picture.differs.clone_from(&noted.differs);
    }
    place
}

fn first(origin: &Origin) -> usize {
    usize::try_from(origin.at).unwrap_or(usize::MAX)
}

/// Left and right of a line as the edges of its characters are told: on its page, or else in its picture.
fn sides(place: &Place) -> Option<[i32; 2]> {
    let in_picture = |picture: &InPicture| {
        let [left, _, right, _] = picture.at;
        Some([i32::try_from(left).ok()?, i32::try_from(right).ok()?])
    };
    let on_page = place.bounds.map(|[left, _, right, _]| [left, right]);
    on_page.or_else(|| place.picture.as_deref().and_then(in_picture))
}

/// How the characters `from..to` of a text were seen: as badly as any of the lines that they stand on, but for what people have said of them.
pub fn seen_in(origins: &[Origin], from: usize, to: usize) -> Seen {
    // The last that begins at or before `from`, and all that begin before `to`.
    let begin = origins.partition_point(|origin| first(origin) <= from).saturating_sub(1);
    let inside = origins.get(begin..).unwrap_or_default();
    let of = |(number, origin): (usize, &Origin)| {
        let end = inside.get(number + 1).map_or(to, |next| to.min(first(next)));
        let own = from.saturating_sub(first(origin))..end.saturating_sub(first(origin));
        let covers = |noted: &Noted| {
            let said = noted.range();
            noted.corrected.is_some() && said.start <= own.start && own.end <= said.end
        };
        if origin.noted.iter().any(covers) { Seen::Corrected } else { origin.seen }
    };
    let all = inside.iter().enumerate().take_while(|(_, origin)| first(origin) < to);
    all.map(of).fold(Seen::Text, Seen::and)
}

/// For people: `第24页 六、… 表 … 行 … 列 …`.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(file.clone());
        }
        if let Some(page) = self.page {
            parts.push(format!("第{page}页"));
        }
        if let Some(line) = self.line {
            parts.push(format!("第{line}行"));
        }
        parts.extend([&self.section, &self.table].into_iter().flatten().cloned());
        // The one row of a table may have no name.
        match (self.row.as_ref().filter(|row| !row.is_empty()), &self.column) {
            (Some(row), Some(column)) => parts.push(format!("“{row}”行“{column}”列")),
            (Some(row), None) => parts.push(format!("“{row}”行")),
            (None, Some(column)) => parts.push(format!("“{column}”列")),
            (None, None) => {}
        }
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_on_the_line_where_they_begin() {
        let line = |at, page, edges: &[i32]| Origin {
            at,
            place: Place { page: Some(page), bounds: Some([0, 10, 100, 20]), ..Place::default() },
            edges: edges.to_vec(),
            ..Origin::default()
        };
        let origins = [line(0, 1, &[0, 10, 20, 30]), line(3, 2, &[5, 15, 25])];
        assert_eq!(place_in(&origins, 1, 3).bounds, Some([10, 10, 30, 20]));
        assert_eq!(place_in(&origins, 2, 5).bounds, Some([20, 10, 30, 20]), "cut at the end of the line");
        assert_eq!(place_in(&origins, 4, 5).page, Some(2));
        assert!(place_in(&[], 0, 1).is_unknown());
    }

    #[test]
    fn what_goes_on_from_a_picture_is_seen_as_the_picture_was() {
        let picture = Seen::Picture(crate::Confidence::thousandths(800));
        let origins = [Origin::default(), Origin { at: 3, seen: picture, ..Origin::default() }];
        assert_eq!(seen_in(&origins, 0, 3), Seen::Text);
        assert_eq!(seen_in(&origins, 2, 4), picture);
        assert_eq!(seen_in(&origins, 9, 10), picture);
        assert_eq!(seen_in(&[], 0, 1), Seen::Text);
    }

    #[test]
    fn what_is_known_of_a_figure_is_not_told_of_the_other_of_its_line() {
        let seen = Seen::Picture(crate::Confidence::thousandths(800));
        let known = InPicture { at: [0, 10, 100, 20], ..InPicture::default() };
        let place = Place { picture: Some(Box::new(known)), ..Place::default() };
        let corrected = Some(CorrectedBy { person: "张三".into(), read: "3".into() });
        // No page: the edges are parts of the picture.
        let edges = (0..=10).map(|at| at * 10).collect();
        let noted = vec![Noted { corrected: corrected.clone(), ..Noted::of(&(6..8)) }];
        let origins = [Origin { at: 5, place, edges, seen, noted }];
        let told = |from: usize| {
            let picture = place_in(&origins, from, from + 2).picture.unwrap();
            (picture.at, picture.corrected, seen_in(&origins, from, from + 2))
        };
        assert_eq!(told(6), ([10, 10, 30, 20], None, seen));
        assert_eq!(told(11), ([60, 10, 80, 20], corrected, Seen::Corrected));
        assert_eq!(seen_in(&origins, 10, 13), seen, "a character beside it is as sure as the line");
    }

    #[test]
    fn what_is_known_of_characters_goes_with_them() {
        let all = [Noted::of(&(2..4)), Noted::of(&(6..9))];
        let ranges =
            |all: Vec<Noted>| all.iter().map(Noted::range).map(|range| (range.start, range.end)).collect::<Vec<_>>();
        assert_eq!(ranges(Noted::inside(&all, &(5..9))), [(1, 4)]);
        assert_eq!(ranges(Noted::inside(&all, &(3..9))), [(3, 6)], "a piece of it is not it");
        assert_eq!(ranges(Noted::around(&all, &(4..5), 3)), [(2, 4), (8, 11)]);
        assert_eq!(ranges(Noted::around(&all, &(3..5), 0)), [(4, 7)]);
    }
}
