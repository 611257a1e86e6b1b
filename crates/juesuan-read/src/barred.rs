//! Tables that stand in a text: rows whose cells are divided by bars (stored pages, markdown) or tabs (copied from an office
//! program), or one cell a line, each with its bar.
//!
//! Only what is certain becomes a table: rows of mostly one width with numbers in them; of single cells, where one width alone
//! puts words first and numbers behind them. Anything else stays lines, without its bars.

use crate::grid::{Grid, Row, Value};

/// Signs between cells.
const BARS: [char; 4] = ['|', '｜', '│', '┃'];
/// Widest table of single cells that is looked for.
const WIDTH_MAX: usize = 12;
/// Rows of a table of single cells, at least; rows of headings, at most.
const ROWS_MIN: usize = 3;
const HEADS_MAX: usize = 3;
/// Cells of a row that tabs divide, at least: with two, the second may be the number of a page.
const TABBED_MIN: usize = 3;

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Stretch {
    /// A line with its number.
    Line(u32, String),
    /// A table.
    Grid(Grid),
}

/// A line in cells.
struct Cells<'t> {
    number: u32,
    cells: Vec<&'t str>,
}

/// The lines and tables of a text; `file` names it in places.
pub fn stretches(file: &str, content: &str) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut open: Vec<Cells<'_>> = Vec::new();
    for (number, line) in (1u32..).zip(content.lines()) {
        match cells(line) {
            Some(cells) => open.push(Cells { number, cells }),
            None if line.trim().is_empty() => {}
            None => {
                close(file, std::mem::take(&mut open), &mut out);
                // Form feeds of a text taken from pages stand alone or before the first line of a page.
                out.push(Stretch::Line(number, line.replace(['\t', '\u{c}'], " ")));
            }
        }
    }
    close(file, open, &mut out);
    out
}

/// The cells of a line that has bars, or enough tabs.
fn cells(line: &str) -> Option<Vec<&str>> {
    let line = line.trim_matches([' ', '\r', '\u{c}', '\u{3000}']);
    if !line.contains(BARS) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        return (cells.len() >= TABBED_MIN).then_some(cells);
    }
    let line = line.strip_prefix(BARS).unwrap_or(line);
    let line = line.strip_suffix(BARS).unwrap_or(line);
    Some(line.split(BARS).map(str::trim).collect())
}

/// The line between head and body of a table of markdown.
fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|cell| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

fn is_number(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
        && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | ' '))
}

/// Files lines with cells: as a table, if they are one.
fn close(file: &str, mut lines: Vec<Cells<'_>>, out: &mut Vec<Stretch>) {
    lines.retain(|line| !is_rule(&line.cells));
    let rows = rows(&lines);
    if rows.is_empty() {
        out.extend(lines.into_iter().map(|line| Stretch::Line(line.number, line.cells.join(" "))));
        return;
    }
    let row = |(line, cells): (u32, Vec<&str>)| Row {
        line,
        cells: cells.into_iter().map(Value::text).collect(),
        ..Row::default()
    };
    let rows = rows.into_iter().map(row).collect();
    out.push(Stretch::Grid(Grid { file: file.to_owned(), rows, ..Grid::default() }));
}

/// The rows of a table; none if the lines are no table.
fn rows<'t>(lines: &[Cells<'t>]) -> Vec<(u32, Vec<&'t str>)> {
    if lines.iter().all(|line| line.cells.len() == 1) {
        return single(lines);
    }
    let widths = || lines.iter().map(|line| line.cells.len());
    let usual = widths().max_by_key(|width| widths().filter(|other| other == width).count()).unwrap_or(0);
    let fitting = widths().filter(|width| *width == usual).count();
    let numbers = lines.iter().flat_map(|line| &line.cells).any(|cell| is_number(cell));
    if usual < 2 || fitting < 2 || fitting * 10 < lines.len() * 6 || !numbers {
        return Vec::new();
    }
    lines.iter().map(|line| (line.number, line.cells.clone())).collect()
}

/// Rows of single cells, where one width alone fits.
fn single<'t>(lines: &[Cells<'t>]) -> Vec<(u32, Vec<&'t str>)> {
    let cells: Vec<(u32, &str)> = lines.iter().filter_map(|l| Some((l.number, *l.cells.first()?))).collect();
    let fits = |width: &usize| {
        let rows: Vec<&[(u32, &str)]> = cells.chunks(*width).collect();
        cells.len().is_multiple_of(*width)
            && rows.len() >= ROWS_MIN
            && (1..=HEADS_MAX).any(|heads| is_body(&rows, heads))
    };
    let mut widths = (2..=WIDTH_MAX).filter(fits);
    let (Some(width), None) = (widths.next(), widths.next()) else { return Vec::new() };
    let row =
        |row: &[(u32, &'t str)]| Some((row.first()?.0, row.iter().map(|(_, cell)| *cell).collect::<Vec<&'t str>>()));
    cells.chunks(width).filter_map(row).collect()
}

/// True if rows of words stand above rows that begin with words and go on with numbers.
fn is_body(rows: &[&[(u32, &str)]], heads: usize) -> bool {
    let words = |cell: &str| cell.contains(char::is_alphabetic) && !is_number(cell);
    let amount = |cell: &str| is_number(cell) || matches!(cell, "" | "-" | "—" | "--");
    rows.iter().enumerate().all(|(at, row)| {
        let mut cells = row.iter().map(|(_, cell)| *cell);
        match at < heads {
            true => cells.all(words),
            false => cells.next().is_some_and(words) && cells.clone().all(amount) && cells.any(is_number),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        let told = |stretch: Stretch| match stretch {
            Stretch::Line(number, line) => format!("{number} {line}"),
            Stretch::Grid(grid) => grid
                .rows
                .iter()
                .map(|row| row.cells.iter().map(Value::as_str).collect::<Vec<_>>().join("/"))
                .collect::<Vec<_>>()
                .join(";"),
        };
        stretches("a.txt", text).into_iter().map(told).collect()
    }

    #[test]
    fn rows_with_bars_or_tabs_are_a_table_and_links_with_bars_are_none() {
        assert_eq!(
            shape("| 项目 | 决算数 |\n|---|---:|\n| 合计 | 3.20 |\n注：无"),
            ["项目/决算数;合计/3.20", "4 注：无"]
        );
        assert_eq!(shape("项目\t预算数\t决算数\n\n合计\t4\t3.20"), ["项目/预算数/决算数;合计/4/3.20"]);
        assert_eq!(shape("首页 | 公开 | 决算\n概况\t3"), ["1 首页 公开 决算", "2 概况 3"]);
    }

    #[test]
    fn cells_on_lines_of_their_own_are_rows_where_one_width_fits() {
        assert_eq!(
            shape("项目 |\n预算数 |\n决算数 |\n合计 |\n4 |\n3.20 |\n接待费 |\n4 |\n|\n"),
            ["项目/预算数/决算数;合计/4/3.20;接待费/4/"]
        );
        assert_eq!(shape("项目名称 |\n培训 |\n得分 |\n9 |"), ["1 项目名称", "2 培训", "3 得分", "4 9"]);
    }
}
