//! Where something stands. Every figure has a place, every finding at least one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pictured::InPicture;
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
    /// Left edge of each character of the stretch and the right edge of the last, in points; empty where unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<i32>,
    /// How the stretch was seen.
    #[serde(default, skip_serializing_if = "Seen::is_text")]
    pub seen: Seen,
}

/// The place of the characters `from..to` of a text: that of the line on which they begin, its bounds narrowed to them.
/// Without origins: unknown.
pub fn place_in(origins: &[Origin], from: usize, to: usize) -> Place {
    let first = |origin: &Origin| usize::try_from(origin.at).unwrap_or(usize::MAX);
    let index = origins.partition_point(|origin| first(origin) <= from).saturating_sub(1);
    let Some(origin) = origins.get(index) else { return Place::default() };
    let end = origins.get(index + 1).map_or(to, |next| to.min(first(next)));
    let mut place = origin.place.clone();
    let edge = |at: usize| origin.edges.get(at.saturating_sub(first(origin))).copied();
    if let (Some([left, top, right, bottom]), false) = (place.bounds, origin.edges.is_empty()) {
        let (begin, end) = (edge(from).unwrap_or(left), edge(end).unwrap_or(right));
        place.bounds = Some([begin, top, end, bottom]);
        if let Some(picture) = &mut place.picture {
            let at = |edge: i32| i64::from(edge) - i64::from(left);
            **picture = picture.narrowed(at(begin), at(end), at(right));
        }
    }
    place
}

/// How the characters `from..to` of a text were seen: as badly as any of the lines that they stand on.
pub fn seen_in(origins: &[Origin], from: usize, to: usize) -> Seen {
    let first = |origin: &Origin| usize::try_from(origin.at).unwrap_or(usize::MAX);
    // The last that begins at or before `from`, and all that begin before `to`.
    let begin = origins.partition_point(|origin| first(origin) <= from).saturating_sub(1);
    let inside = origins.get(begin..).unwrap_or_default().iter().take_while(|origin| first(origin) < to);
    inside.fold(Seen::Text, |seen, origin| seen.and(origin.seen))
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
        match (&self.row, &self.column) {
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
            seen: Seen::Text,
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
}
