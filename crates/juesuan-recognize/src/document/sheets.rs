//! A workbook with its running text on a sheet of its own: cover, contents and parts stand there, the tables on the others. Put into
//! the order of the document, as it would be printed.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_forms::title;
use juesuan_read::{Format, PageLine, Pages, Piece};
use juesuan_text::{part, plain};

use crate::text::headings;

/// Titles of parts that a sheet has which holds a whole document, at least.
const PARTS_MIN: usize = 2;
/// Tables that stand before the contents of a printed workbook, at least.
const TABLES_MIN: usize = 3;

/// The pieces with the tables of other sheets behind the title of the part that is theirs.
pub(super) fn ordered(pages: &Pages, pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    match pages.format {
        Format::Xlsx | Format::Xls => in_text(framed(pieces, catalog)),
        Format::Pdf => printed(pieces, catalog),
        _ => pieces,
    }
}

/// The pieces of a printed workbook, whose tables stand on the pages before the one with the contents, behind the title of the part
/// that is theirs.
fn printed(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let contents = |line: &&PageLine| catalog.recognition.contents.contains(&plain(&line.text));
    let page = pieces.iter().filter_map(line).find(contents).and_then(|line| line.place.page);
    let Some(at) = page.and_then(|page| pieces.iter().position(|piece| page_of(piece) == Some(page))) else {
        return pieces;
    };
    let (tables, text) = pieces.split_at(at);
    let titled = |pair: &[Piece]| match pair {
        [Piece::Line(line), _] => title::form_of(catalog, &line.text).is_some(),
        _ => false,
    };
    let grids = tables.iter().filter(|piece| matches!(piece, Piece::Grid(_))).count();
    if grids < TABLES_MIN || tables.windows(2).filter(|pair| titled(pair)).count() < TABLES_MIN {
        return pieces;
    }
    put_in(text, tables.iter(), catalog)
}

fn page_of(piece: &Piece) -> Option<u32> {
    match piece {
        Piece::Line(line) => line.place.page,
        Piece::Grid(grid) => grid.rows.iter().find_map(|row| row.page),
        Piece::Picture(picture) => picture.place.page,
    }
}

/// Lines of a sheet stand in no table, whatever the sheet is called, and a table among them has no title by it.
fn in_text(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let text =
        |piece: &Piece| line(piece).filter(|line| line.heading.is_none()).and_then(|line| line.place.table.clone());
    let texts: BTreeSet<String> = pieces.iter().filter_map(text).collect();
    for piece in &mut pieces {
        match piece {
            Piece::Line(line) if line.heading.is_none() => line.place.table = None,
            Piece::Grid(grid) if texts.contains(&grid.sheet) => grid.sheet.clear(),
            Piece::Line(_) | Piece::Grid(_) | Piece::Picture(_) => {}
        }
    }
    pieces
}

fn framed(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let sheets: Vec<&[Piece]> = pieces.chunk_by(|a, b| sheet(a) == sheet(b)).collect();
    let Some(at) = sheets.iter().position(|sheet| frames(sheet, catalog)).filter(|_| sheets.len() > 1) else {
        return pieces;
    };
    let text = sheets.get(at).map_or(&[][..], |sheet| part(sheet, usize::from(sheet.first().is_some_and(is_name))..));
    let others = sheets.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, sheet)| sheet.iter());
    put_in(text, others, catalog)
}

/// The text with the tables behind the title of their part.
fn put_in<'p>(text: &'p [Piece], tables: impl Iterator<Item = &'p Piece>, catalog: &Catalog) -> Vec<Piece> {
    let of_tables = text.iter().rposition(|piece| line(piece).is_some_and(|line| names_tables(line, catalog)));
    let (before, behind) = text.split_at(of_tables.map_or(text.len(), |at| at + 1));
    before.iter().chain(tables).chain(behind).cloned().collect()
}

fn line(piece: &Piece) -> Option<&PageLine> {
    match piece {
        Piece::Line(line) => Some(line),
        Piece::Grid(_) | Piece::Picture(_) => None,
    }
}

/// The sheet on which a piece stands.
fn sheet(piece: &Piece) -> &str {
    match piece {
        Piece::Line(line) => line.place.table.as_deref().unwrap_or_default(),
        Piece::Grid(grid) => &grid.sheet,
        Piece::Picture(picture) => picture.place.table.as_deref().unwrap_or_default(),
    }
}

/// The name of a sheet, which stands before what is on it.
fn is_name(piece: &Piece) -> bool {
    line(piece).is_some_and(|line| line.heading.is_some())
}

/// True for a sheet that holds the whole document but its tables: with contents, or with several parts.
fn frames(sheet: &[Piece], catalog: &Catalog) -> bool {
    let lines = || sheet.iter().filter_map(line);
    let contents = |line: &PageLine| catalog.recognition.contents.contains(&plain(&line.text));
    lines().any(contents) || lines().filter(|line| headings::part(&line.text)).count() >= PARTS_MIN
}

/// True for the title of the part that holds the tables.
fn names_tables(line: &PageLine, catalog: &Catalog) -> bool {
    let text = plain(&line.text);
    headings::part(&line.text) && catalog.recognition.tables.iter().any(|word| text.ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use juesuan_model::Place;
    use juesuan_read::{Grid, Row};

    use super::*;

    #[test]
    fn the_tables_of_other_sheets_stand_in_their_part() {
        let catalog = Catalog::load(&[]).unwrap();
        let line = |sheet: &str, text: &str, heading: Option<u8>| {
            let place = Place { table: Some(sheet.to_owned()), ..Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, heading, ..PageLine::default() })
        };
        let grid = Grid { sheet: "收入决算表".to_owned(), ..Grid::default() };
        let mut pieces =
            vec![line("收入决算表", "收入决算表", Some(1)), Piece::Grid(grid), line("说明", "说明", Some(1))];
        for text in
            ["目录", "第一部分 概况", "第二部分 决算表", "第一部分 概况", "第二部分 决算表", "第三部分 名词解释"]
        {
            pieces.push(line("说明", text, None));
        }
        let told = |piece: &Piece| super::line(piece).map_or_else(|| "表".to_owned(), |line| line.text.clone());
        let ordered: Vec<String> = in_text(framed(pieces, &catalog)).iter().skip(3).map(told).collect();
        assert_eq!(ordered, ["第一部分 概况", "第二部分 决算表", "收入决算表", "表", "第三部分 名词解释"]);
    }

    #[test]
    fn tables_that_were_printed_before_the_contents_stand_in_their_part() {
        let catalog = Catalog::load(&[]).unwrap();
        let line = |page: u32, text: &str| {
            let place = Place { page: Some(page), ..Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, ..PageLine::default() })
        };
        let table =
            |page: u32| Piece::Grid(Grid { rows: vec![Row { page: Some(page), ..Row::default() }], ..Grid::default() });
        let text = [
            "县林业局",
            "目录",
            "第一部分 概况",
            "第二部分 决算表",
            "第一部分 概况",
            "第二部分 决算表",
            "第三部分 名词解释",
        ];
        let titles = ["收入支出决算总表", "收入决算表", "支出决算表"];
        let told = |tables: usize| {
            let titled = titles.iter().zip(1..).take(tables).flat_map(|(title, page)| [line(page, title), table(page)]);
            let pieces = titled.chain(text.iter().map(|text| line(4, text))).collect();
            let name = |piece: &Piece| super::line(piece).map_or_else(|| "表".to_owned(), |line| line.text.clone());
            printed(pieces, &catalog).iter().map(name).collect::<Vec<_>>()
        };
        let all = told(3);
        assert_eq!(
            all.get(5..).unwrap(),
            ["第二部分 决算表", "收入支出决算总表", "表", "收入决算表", "表", "支出决算表", "表", "第三部分 名词解释"]
        );
        assert_eq!(told(2).first().map(String::as_str), Some("收入支出决算总表"));
    }
}
