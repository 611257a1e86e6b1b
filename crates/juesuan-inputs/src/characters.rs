//! Where in the input files certain characters stand.
//!
//! Asked once a document is made, and only if it has characters that cannot be shown: a summary of a voucher that is printed nowhere is
//! nobody's concern.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::Place;
use juesuan_read::grid::{Grid, Value, column_letters};
use juesuan_read::{Files, file, grids_of, text};

use crate::evidence::is_evidence;

/// Files in which the first place of one character is told.
const TOLD_MAX: usize = 8;

/// The first place of each of `wanted` in each of the files `paths` of the input, those of a character in the order of the files; in a sheet
/// with row and column, in a text with its line. Names of files are looked at too; what evidence holds is not.
pub fn places<'p>(
    files: &dyn Files,
    paths: impl Iterator<Item = &'p str>,
    wanted: &BTreeSet<char>,
) -> Vec<(char, Place)> {
    let mut search = Search { wanted, found: BTreeMap::new() };
    for path in paths {
        let place = Place { file: Some(path.to_owned()), ..Place::default() };
        search.text(path, &place);
        if is_evidence(path) {
            continue;
        }
        // What cannot be read was named when the input was read.
        let Ok(bytes) = file::bytes_of(files, path, path) else { continue };
        let sheet = !path.ends_with(".toml") && !path.ends_with(".json");
        if let Some(grids) = sheet.then(|| grids_of(path, &bytes).ok()).flatten() {
            grids.iter().for_each(|grid| search.grid(grid));
        } else if let Ok(text) = text::decode(path, &bytes) {
            for line in text::lines(&text) {
                search.line(&line.text, &Place { line: Some(line.number), ..place.clone() });
            }
        }
    }
    search.found.into_iter().flat_map(|(c, places)| places.into_iter().map(move |place| (c, place))).collect()
}

struct Search<'w> {
    wanted: &'w BTreeSet<char>,
    found: BTreeMap<char, Vec<Place>>,
}

impl Search<'_> {
    fn text(&mut self, text: &str, place: &Place) {
        let here: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii_graphic() && self.wanted.contains(c)).collect();
        here.into_iter().for_each(|character| self.note(character, place));
    }

    fn note(&mut self, character: char, place: &Place) {
        let places = self.found.entry(character).or_default();
        let told = places.last().is_some_and(|last| last.file == place.file);
        if !told && places.len() < TOLD_MAX {
            places.push(place.clone());
        }
    }

    /// A line of a file in which a character may also stand by its number: `\u202e`.
    fn line(&mut self, line: &str, place: &Place) {
        self.text(line, place);
        if line.contains("\\u") || line.contains("\\U") {
            let small = line.to_lowercase();
            let wanted = self.wanted;
            for character in wanted.iter().filter(|c| small.contains(&format!("{:04x}", u32::from(**c)))) {
                self.note(*character, place);
            }
        }
    }

    fn grid(&mut self, grid: &Grid) {
        for (number, row) in grid.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                let Value::Text(text) = cell else { continue };
                if text.contains(|c| self.wanted.contains(&c)) {
                    let column = format!("{} {}", column_letters(column), grid.cell(0, column).as_str());
                    self.text(text, &Place { column: Some(column), ..grid.place(number) });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_read::Memory;

    #[test]
    fn a_character_is_found_in_cells_texts_names_and_by_its_number() {
        let mut files = Memory::folder("甲局");
        files.put("budget/预算指标.csv", "阶段,项目名称\n年初预算,绿\u{202e}道\n");
        files.put("department.toml", "name = \"甲\u{e000}局\"\nregion = \"\\u202E乙\"\n");
        files.put("registers/人员\u{e000}.csv", "a\n");
        let paths = ["budget/预算指标.csv", "department.toml", "registers/人员\u{e000}.csv"];
        let found = places(&files, paths.into_iter(), &BTreeSet::from(['\u{202e}', '\u{e000}', '\u{1f600}']));
        let told: Vec<(char, String)> = found.iter().map(|(c, place)| (*c, place.to_string())).collect();
        assert_eq!(
            told,
            [
                ('\u{202e}', "budget/预算指标.csv 第2行 “B 项目名称”列".to_owned()),
                ('\u{202e}', "department.toml 第2行".to_owned()),
                ('\u{e000}', "department.toml 第1行".to_owned()),
                ('\u{e000}', "registers/人员\u{e000}.csv".to_owned()),
            ]
        );
    }
}
