//! Text without layout, and text that is a table.

use juesuan_model::{Place, Problem};
use juesuan_text::part;

use crate::barred::{self, Stretch};
use crate::budget::{Budget, TEXT_BYTES_MAX};
use crate::delimited;
use crate::file::{bounded_to, fault};
use crate::fixed;
use crate::grid::Grid;
use crate::layout::line;
use crate::pages::{Format, Pages, Piece};
use crate::text;

/// Lines that are looked at to tell a table from a text.
const LINES_LOOKED_AT: usize = 200;

/// Reads a text file: as one table if its lines are divided evenly, else line by line with the numbers of its lines.
pub fn read(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    let content = text::decode(name, bytes)?;
    let file = name.to_owned();
    if is_table(name, &content) {
        let sheet = stem(name).to_owned();
        let grid = Grid { sheet, ..delimited::grid(name, bytes, Budget::document())? };
        let pieces = if grid.is_blank() { Vec::new() } else { vec![Piece::Grid(grid)] };
        return Ok(Pages::unpaged(&file, Format::Csv, pieces, Vec::new()));
    }
    bounded_to(TEXT_BYTES_MAX, name, bytes)?;
    let mut budget = Budget::document();
    let mut pieces = Vec::new();
    for stretch in stretches(name, &content) {
        let piece = match stretch {
            Stretch::Line(number, words) => {
                let place = Place { file: Some(name.to_owned()), line: Some(number), ..Place::default() };
                line(&words, place).map(Piece::Line)
            }
            Stretch::Grid(grid) => Some(Piece::Grid(grid)),
        };
        if piece.as_ref().is_some_and(|piece| !budget.piece(piece)) {
            break;
        }
        pieces.extend(piece);
    }
    let problems: Vec<Problem> = budget.problem(name).into_iter().collect();
    if pieces.is_empty() && problems.is_empty() {
        return Err(fault(name, "只有空白，没有文字；请重新导出"));
    }
    Ok(Pages::unpaged(&file, Format::Text, pieces, problems))
}

/// The lines and tables of a text.
fn stretches(name: &str, content: &str) -> Vec<Stretch> {
    let lines: Vec<(u32, &str)> = (1u32..).zip(content.lines()).collect();
    let mut out = Vec::new();
    let mut from = 0;
    for (range, grid) in fixed::tables(name, &lines) {
        out.extend(barred::stretches(name, part(&lines, from..range.start)));
        out.push(Stretch::Grid(grid));
        from = range.end;
    }
    out.extend(barred::stretches(name, part(&lines, from..)));
    out
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// True if nearly all lines have the same number of dividers. Commas inside amounts are none. A name that ends in `csv` only
/// needs most lines to agree.
fn is_table(name: &str, content: &str) -> bool {
    let lines: Vec<&str> = content.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT).collect();
    let lower = name.to_lowercase();
    let named = lower.ends_with(".csv") || lower.ends_with(".tsv");
    [b',', b'\t', b';'].into_iter().any(|divider| {
        let counts: Vec<usize> = lines.iter().map(|line| dividers(line, divider)).collect();
        let with = counts.iter().filter(|count| **count > 0).count();
        let common = counts
            .iter()
            .filter(|count| **count > 0)
            .map(|count| counts.iter().filter(|other| *other == count).count())
            .max()
            .unwrap_or(0);
        if named { with * 2 > lines.len() } else { lines.len() >= 3 && common * 10 >= lines.len() * 9 }
    })
}

/// Dividers of a line outside of quotes. A line may be a whole file: nothing is made of it.
fn dividers(line: &str, divider: u8) -> usize {
    let letters = line.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(u8::is_ascii_digit);
    let divides = |at: usize| {
        // 1,234.50: three digits behind the comma and one before.
        let groups = divider == b','
            && digit(at.checked_sub(1))
            && (1..=3).all(|ahead| digit(Some(at + ahead)))
            && !digit(Some(at + 4));
        !groups
    };
    let mut quoted = false;
    let counts = |(at, letter): &(usize, &u8)| {
        quoted ^= **letter == b'"';
        !quoted && **letter == divider && divides(*at)
    };
    letters.iter().enumerate().filter(counts).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_and_blank_ones_are_no_lines() {
        let pages = read("a.txt", "一、收入\n\n　收入合计 921.96 万元。\r\n\u{c}第二页\n".as_bytes()).unwrap();
        let lines: Vec<_> = pages
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Line(line) => Some((line.place.line.unwrap(), line.text.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [(1, "一、收入"), (3, "收入合计 921.96 万元。"), (4, "第二页")]);
    }

    #[test]
    fn a_text_is_a_table_by_its_lines_and_not_by_its_ending() {
        let format = |name: &str, text: &str| read(name, text.as_bytes()).unwrap().format;
        assert_eq!(format("a.txt", "科目,名称,金额\n201,一般公共服务,5\n208,社会保障,6\n"), Format::Csv);
        assert_eq!(format("a.csv", "收入合计 921.96 万元。\n支出合计 921.96 万元。\n"), Format::Text);
        assert_eq!(format("a.txt", "1,234.50\n2,345.60\n3,456.70\n"), Format::Text);
        assert_eq!(format("a.csv", "部门决算\n科目,金额\n201,5\n208,6\n"), Format::Csv);
    }
}
