//! Tables that stand in a text: rows whose cells are divided by bars (stored pages, markdown) or tabs (copied from an office
//! program), or one cell a line, each with its bar behind it or on the line below.
//!
//! Only what is certain becomes a table: rows of mostly one width with numbers in them; of single cells, where one width alone
//! puts words first and numbers behind them. Anything else stays lines, without its bars.

use std::collections::BTreeMap;

use crate::grid::{Grid, Row, Value};

/// Signs between cells.
pub(crate) const BARS: [char; 4] = ['|', '｜', '│', '┃'];
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
    /// True if a bar stands before the first of them, and behind the last.
    led: bool,
    closed: bool,
}

impl<'t> Cells<'t> {
    fn new(number: u32, line: &str, cells: Vec<&'t str>) -> Cells<'t> {
        let line = line.trim();
        Cells { number, cells, led: line.starts_with(BARS), closed: line.ends_with(BARS) }
    }
}

/// The lines and tables among the numbered lines of a text; `file` names it in places.
pub fn stretches(file: &str, lines: &[(u32, &str)]) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut open: Vec<Cells<'_>> = Vec::new();
    let mut rest = lines;
    while let Some(((number, line), after)) = rest.split_first() {
        rest = after;
        if let Some(behind) = barred_below(line, after) {
            open.push(Cells::new(*number, line, vec![line.trim()]));
            rest = behind;
            continue;
        }
        match cells(line) {
            Some(cells) => open.push(Cells::new(*number, line, cells)),
            None if line.trim().is_empty() => {}
            None => {
                close(file, std::mem::take(&mut open), &mut out);
                // Form feeds of a text taken from pages stand alone or before the first line of a page.
                out.push(Stretch::Line(*number, line.replace(['\t', '\u{c}'], " ")));
            }
        }
    }
    close(file, open, &mut out);
    out
}

/// Of a line whose bar stands alone on the line below it, what stands behind that bar. Where lines go on with bars of their
/// own, a bar that stands alone is an empty cell.
fn barred_below<'l, 't>(line: &str, after: &'l [(u32, &'t str)]) -> Option<&'l [(u32, &'t str)]> {
    if line.trim().is_empty() || line.contains(BARS) || line.contains('\t') {
        return None;
    }
    let is_bar = |text: &str| text.trim().chars().count() == 1 && text.contains(BARS);
    let mut full = after.iter().enumerate().filter(|(_, (_, text))| !text.trim().is_empty());
    let (at, _) = full.next().filter(|(_, (_, text))| is_bar(text))?;
    let goes_on = full.next().is_none_or(|(_, (_, text))| is_bar(text) || !text.contains(BARS));
    after.get(at + 1..).filter(|_| goes_on)
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
    // Where few rows begin with a bar, it stands behind a first cell that is empty; where few end with one, before such a last one.
    let several = || lines.iter().filter(|line| line.cells.len() > 1);
    let few = |has: fn(&Cells<'_>) -> bool| several().filter(|line| has(line)).count() * 2 < several().count();
    let (led, closed) = (few(|line| line.led), few(|line| line.closed));
    for line in lines.iter_mut().filter(|line| line.cells.len() > 1) {
        if led && line.led {
            line.cells.insert(0, "");
        }
        if closed && line.closed {
            line.cells.push("");
        }
    }
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
    let rows: Vec<Row> = rows.into_iter().map(row).collect();
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    out.push(Stretch::Grid(Grid { file: file.to_owned(), rows, columns, ..Grid::default() }));
}

/// The rows of a table; none if the lines are no table.
fn rows<'t>(lines: &[Cells<'t>]) -> Vec<(u32, Vec<&'t str>)> {
    if lines.iter().all(|line| line.cells.len() == 1) {
        return single(lines);
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    lines.iter().for_each(|line| *widths.entry(line.cells.len()).or_default() += 1);
    let (usual, fitting) = widths.into_iter().max_by_key(|(_, lines)| *lines).unwrap_or_default();
    let numbers = lines.iter().flat_map(|line| &line.cells).any(|cell| is_number(cell));
    if usual < 2 || fitting < 2 || fitting * 10 < lines.len() * 6 || !numbers {
        return Vec::new();
    }
    lines.iter().map(|line| (line.number, line.cells.clone())).collect()
}

/// Rows of single cells, where one width alone fits. Rows may each begin with an empty cell, and the last one may break off
/// behind its name.
fn single<'t>(lines: &[Cells<'t>]) -> Vec<(u32, Vec<&'t str>)> {
    let cells: Vec<(u32, &str)> = lines.iter().filter_map(|l| Some((l.number, *l.cells.first()?))).collect();
    let rows_of = |width: usize| {
        let rows: Vec<&[(u32, &'t str)]> = cells.chunks(width).collect();
        let led = rows.iter().all(|row| row.first().is_some_and(|(_, cell)| cell.is_empty()));
        let rows: Vec<Vec<(u32, &'t str)>> =
            rows.iter().map(|row| row.iter().skip(usize::from(led)).copied().collect()).collect();
        let whole = width - usize::from(led);
        let full = rows.last().is_some_and(|row| row.len() == whole || row.len() == 1);
        let fits = full && whole > 1 && rows.len() >= ROWS_MIN && (1..=HEADS_MAX).any(|heads| is_body(&rows, heads));
        fits.then_some(rows)
    };
    let mut fitting = (2..=WIDTH_MAX).filter_map(rows_of);
    let (Some(rows), None) = (fitting.next(), fitting.next()) else { return Vec::new() };
    let row = |row: Vec<(u32, &'t str)>| Some((row.first()?.0, row.iter().map(|(_, cell)| *cell).collect()));
    rows.into_iter().filter_map(row).collect()
}

/// True if rows of words stand above rows that begin with words and go on with numbers, most of them, or with nothing.
fn is_body(rows: &[Vec<(u32, &str)>], heads: usize) -> bool {
    let words = |cell: &str| cell.contains(char::is_alphabetic) && !is_number(cell);
    let amount = |cell: &str| is_number(cell) || matches!(cell, "" | "-" | "—" | "--");
    let numbered = |row: &&Vec<(u32, &str)>| row.iter().any(|(_, cell)| is_number(cell));
    let counted = rows.iter().skip(heads).filter(numbered).count();
    let first = rows.get(heads).is_some_and(|row| numbered(&row));
    let shaped = rows.iter().enumerate().all(|(at, row)| {
        let mut cells = row.iter().map(|(_, cell)| *cell);
        match at < heads {
            true => cells.all(words),
            false => cells.next().is_some_and(words) && cells.all(amount),
        }
    });
    shaped && first && counted > 1
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
        let lines: Vec<(u32, &str)> = (1u32..).zip(text.lines()).collect();
        stretches("a.txt", &lines).into_iter().map(told).collect()
    }

    #[test]
    fn rows_with_bars_or_tabs_are_a_table_and_links_with_bars_are_none() {
        assert_eq!(
            shape("| 项目 | 决算数 |\n|---|---:|\n| 合计 | 3.20 |\n注：无"),
            ["项目/决算数;合计/3.20", "4 注：无"]
        );
        assert_eq!(
            shape("编码 | 名称 | 决算数 |\n | 合计 | 3.20 |\n206 | 科技支出 | 3.20 |"),
            ["编码/名称/决算数;/合计/3.20;206/科技支出/3.20"]
        );
        assert_eq!(
            shape("| 项目 | 决算数 | 其中\n| 合计 | 3.20 | 1.00\n| 科技支出 | 3.20 |"),
            ["项目/决算数/其中;合计/3.20/1.00;科技支出/3.20/"]
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

    #[test]
    fn bars_may_lead_the_rows_stand_below_their_cells_or_be_missing_at_the_end() {
        let led = "单位：万元\n|\n项目 |\n预算数 |\n决算数 |\n|\n合计 |\n4 |\n3.20 |\n|\n接待费 |\n4 |\n3.20 |\n";
        assert_eq!(shape(led), ["1 单位：万元", "项目/预算数/决算数;合计/4/3.20;接待费/4/3.20"]);
        let below = "项目\n|\n预算数\n|\n合计\n|\n0.36\n|\n出国费\n|\n|\n接待费\n|\n0.36\n|\n车辆费\n|\n|\n";
        assert_eq!(shape(below), ["项目/预算数;合计/0.36;出国费/;接待费/0.36;车辆费/"]);
        let cut =
            "项目 |\n预算数 |\n决算数 |\n合计 |\n4 |\n3 |\n出国费 |\n2 |\n|\n接待费 |\n2 |\n3 |\n购置费 |\n二、说明";
        assert_eq!(shape(cut), ["项目/预算数/决算数;合计/4/3;出国费/2/;接待费/2/3;购置费", "14 二、说明"]);
    }
}
