//! Tables of a text whose cells only blanks divide, as they are when a page is taken out of its file with its layout.
//!
//! Columns are what the rows of the body cover, taken together where they overlap: a table is one only if no row has two texts in
//! one column, and no column has words among its amounts. Headings go to the columns over which they stand, or beside which they
//! stand alone. Anything else stays lines.

use std::ops::Range;

use columns::{Column, body, columns, covered, united};

use crate::barred::BARS;
use crate::grid::{Grid, Merged, MergedRegions, Row, Value};
use crate::text_cells::{Cell, Kind, cells};

mod columns;
mod heads;
mod names;
mod sides;

/// Rows with numbers, at least; amounts of a row that is a table alone.
const ROWS_MIN: usize = 2;
const NUMBERS_MIN: usize = 4;
/// Headings beside each other of a table without rows, at least.
const HEADS_MIN: usize = 3;

/// A line in cells; its number among the lines.
struct Line<'t> {
    at: usize,
    number: u32,
    cells: Vec<Cell<'t>>,
}

impl Line<'_> {
    /// True for a row of a body: a number beside something else, and not 1, 2, 3 … below headings.
    fn is_body(&self) -> bool {
        let mut numbers = self.cells.iter().filter(|cell| cell.kind != Kind::Words).peekable();
        let counted = numbers.clone().zip(1u32..).all(|(cell, at)| cell.text.parse() == Ok(at));
        self.cells.len() > 1 && numbers.peek().is_some() && !counted
    }

    /// True for lines that stand above tables: labels with what they say, in the right half of the page or beside each other.
    fn is_labelled(&self, width: usize) -> bool {
        let labelled = self.cells.iter().all(|cell| cell.text.contains(['：', ':']));
        let right = self.cells.first().is_some_and(|cell| cell.left * 2 > width || self.cells.len() > 1);
        !self.cells.is_empty() && labelled && right
    }

    /// True for a line that is in no such table: a sentence, or cells that bars or tabs divide.
    fn is_other(&self, text: &str) -> bool {
        let text = text.trim();
        text.contains(['。', '，', '；', '\t']) || text.contains(BARS)
    }

    /// True if more than one blank divides two of its cells.
    fn is_wide(&self) -> bool {
        self.cells.windows(2).any(|pair| matches!(pair, [a, b] if b.left > a.right + 1))
    }
}

/// The tables among the lines of a text, each with the lines that it takes.
pub fn tables(file: &str, lines: &[(u32, &str)]) -> Vec<(Range<usize>, Grid)> {
    let mut out = Vec::new();
    let mut open: Vec<Line<'_>> = Vec::new();
    let mut captioned = false;
    let mut last = None;
    let width = |line: &Line<'_>| line.cells.last().map_or(0, |cell| cell.right);
    let split: Vec<Line<'_>> =
        (0..).zip(lines).map(|(at, (number, text))| Line { at, number: *number, cells: cells(bare(text)) }).collect();
    let others: Vec<bool> = split.iter().zip(lines).map(|(line, (_, text))| line.is_other(text)).collect();
    let mut pages: Vec<usize> = Vec::with_capacity(split.len());
    let mut widest: Vec<usize> = vec![0];
    for (line, ((_, text), other)) in split.iter().zip(lines.iter().zip(&others)) {
        if text.contains('\u{c}') {
            widest.push(0);
        }
        if let Some(most) = widest.last_mut().filter(|_| !other) {
            *most = width(line).max(*most);
        }
        pages.push(widest.len() - 1);
    }
    for ((line, page), ((_, text), other)) in split.into_iter().zip(pages).zip(lines.iter().zip(others)) {
        let labelled = line.is_labelled(widest.get(page).copied().unwrap_or(0));
        if labelled || other || text.contains('\u{c}') {
            out.extend(table(file, &std::mem::take(&mut open), captioned, last));
            // What stands directly behind a table may be its last row.
            last = out.last().map(|(range, _): &(Range<usize>, Grid)| range.end).filter(|_| !labelled && !other);
            captioned = labelled;
            if labelled || other {
                continue;
            }
        }
        if !line.cells.is_empty() {
            open.push(line);
        }
    }
    out.extend(table(file, &open, captioned, last));
    out
}

/// A line without the sign of a new page before it.
fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{c}')
}

/// The table in lines of one page; those above its first row of headings and below its last one are left out. The last row of a table
/// that ends above line `before` is one too.
fn table(file: &str, lines: &[Line<'_>], captioned: bool, before: Option<usize>) -> Option<(Range<usize>, Grid)> {
    let several = |line: &Line<'_>| line.cells.len() > 1;
    if let ([line], Some(_)) = (lines, before) {
        return last_row(file, line);
    }
    let first = if captioned { 0 } else { lines.iter().position(several)? };
    let all = lines.get(first..)?;
    let last = lines.iter().rposition(several)?;
    // Rows behind the last one with several cells have names where others have theirs.
    let named = |line: &&Line<'_>| matches!(line.cells.as_slice(), [own] if is_name_of(lines, own));
    let names = lines.get(last + 1..)?.iter().take_while(named).count();
    let lines = lines.get(first..=last + names)?;
    let Some(body) = lines.iter().position(Line::is_body) else {
        return heads_alone(file, all).filter(|_| captioned);
    };
    let (heads, rows) = lines.split_at_checked(body - usize::from(begins_name(lines, body)))?;
    // An amount among the headings: its row stands on other lines.
    if heads.iter().flat_map(|line| &line.cells).any(|cell| names::is_amount(cell.text)) {
        return None;
    }
    let divided = lines.iter().filter(|line| several(line)).count();
    if lines.iter().filter(|line| line.is_wide()).count() * 2 < divided {
        return None;
    }
    let alone = rows.iter().filter(|line| line.is_body()).count() < ROWS_MIN;
    if alone && heads.is_empty() {
        return None;
    }
    let laid_out = if alone { by_order(heads, rows)? } else { laid_out(heads, rows)? };
    let range = lines.first()?.at..lines.last()?.at + 1;
    let (mut grid_rows, mut merged) = headings(heads, &laid_out);
    let body = rows.iter().zip(&laid_out.rows).map(|(line, places)| {
        let mut own = row(line, laid_out.width);
        for (cell, column) in line.cells.iter().zip(places) {
            put(&mut own, *column, cell.text);
        }
        own
    });
    let body = names::whole(body.collect());
    if body.iter().any(names::is_named) && body.iter().any(names::is_nameless) {
        // The name stands on a line of its own, and its row would look blank.
        return None;
    }
    grid_rows.extend(body);
    if !merged.iter().any(|region: &Merged| (region.top, region.left) == (0, 0)) {
        // Where something is merged, a blank heading does not go on with the one to its left: here each stands where it is printed.
        merged.push(Merged { top: 0, bottom: 0, left: 0, right: 0 });
    }
    let merged = MergedRegions::new(merged);
    Some((range, Grid { file: file.to_owned(), rows: grid_rows, merged, ..Grid::default() }))
}

/// The rows of headings, and those that stand over several columns.
fn headings(heads: &[Line<'_>], laid_out: &LaidOut) -> (Vec<Row>, Vec<Merged>) {
    let (mut rows, mut merged) = (Vec::new(), Vec::new());
    for (at, (line, places)) in heads.iter().zip(&laid_out.heads).enumerate() {
        let mut own = row(line, laid_out.width);
        for (cell, columns) in line.cells.iter().zip(places) {
            if columns.len() > 1 {
                merged.push(Merged { top: at, bottom: at, left: columns.start, right: columns.end - 1 });
            }
            put(&mut own, columns.start, cell.text);
        }
        rows.push(own);
    }
    (rows, merged)
}

/// True for words that begin where those of several other rows with amounts do.
fn is_name_of(lines: &[Line<'_>], own: &Cell<'_>) -> bool {
    let same = |cell: &Cell<'_>| cell.kind == Kind::Words && cell.left == own.left;
    let rows = lines.iter().filter(|line| line.is_body() && line.cells.iter().any(same)).count();
    own.kind == Kind::Words && rows >= ROWS_MIN
}

/// The table of which there are only headings below its unit, and words alone in their line: nobody filled in anything.
fn heads_alone(file: &str, lines: &[Line<'_>]) -> Option<(Range<usize>, Grid)> {
    let words = lines.iter().flat_map(|line| &line.cells).all(|cell| cell.kind == Kind::Words);
    let lowest = lines.iter().rev().max_by_key(|line| line.cells.len())?;
    if !words || lowest.cells.len() < HEADS_MIN || !lowest.is_wide() {
        return None;
    }
    let columns = united(lowest.cells.iter());
    let filled = |line: &Line<'_>, places: &Vec<Range<usize>>| {
        let mut own = row(line, columns.len());
        line.cells.iter().zip(places).for_each(|(cell, place)| put(&mut own, place.start, cell.text));
        own
    };
    let rows = lines.iter().zip(over(lines, &columns)).map(|(line, places)| filled(line, &places)).collect();
    Some((lines.first()?.at..lines.last()?.at + 1, Grid { file: file.to_owned(), rows, ..Grid::default() }))
}

/// The row of a line that has a name and amounts and nothing else.
fn last_row(file: &str, line: &Line<'_>) -> Option<(Range<usize>, Grid)> {
    let (name, amounts) = line.cells.split_first()?;
    let fits = name.kind == Kind::Words
        && amounts.len() >= ROWS_MIN
        && amounts.iter().all(|cell| matches!(cell.kind, Kind::Amount | Kind::None));
    let mut own = row(line, line.cells.len());
    line.cells.iter().enumerate().for_each(|(at, cell)| put(&mut own, at, cell.text));
    fits.then(|| (line.at..line.at + 1, Grid { file: file.to_owned(), rows: vec![own], ..Grid::default() }))
}

/// True if words above the first row are the beginning of its name: they stand alone where other rows have their names and it has
/// nothing.
fn begins_name(lines: &[Line<'_>], body: usize) -> bool {
    let above = body.checked_sub(1).filter(|above| *above > 0).and_then(|above| lines.get(above));
    let Some([words]) = above.map(|line| line.cells.as_slice()) else { return false };
    let beside = |cell: &Cell<'_>| cell.left < words.right && words.left < cell.right;
    let named = |line: &Line<'_>| line.cells.iter().any(|cell| cell.kind == Kind::Words && beside(cell));
    let mut others = lines.iter().skip(body + 1).filter(|line| line.is_body());
    others.any(named) && lines.get(body).is_some_and(|line| !line.cells.iter().any(beside))
}

fn row(line: &Line<'_>, width: usize) -> Row {
    Row { line: line.number, cells: vec![Value::Blank; width], ..Row::default() }
}

/// Where the cells of a table stand.
struct LaidOut {
    width: usize,
    /// For each line of headings, for each of its cells: the columns it stands over.
    heads: Vec<Vec<Range<usize>>>,
    /// For each row, for each of its cells: the column.
    rows: Vec<Vec<usize>>,
}

/// A table of one row: it has as many cells as the lowest line of headings.
fn by_order(heads: &[Line<'_>], rows: &[Line<'_>]) -> Option<LaidOut> {
    let ([row], lowest) = (rows, heads.last()?) else { return None };
    let numbers = row.cells.iter().filter(|cell| cell.kind == Kind::Amount).count();
    if numbers < NUMBERS_MIN {
        return None;
    }
    if lowest.cells.len() != row.cells.len() {
        let amounts = |cell: &Cell<'_>| cell.kind != Kind::Words;
        let column =
            |cell: &Cell<'_>| Column { left: cell.left, right: cell.right, amounts: amounts(cell), headed: false };
        let columns: Vec<Column> = row.cells.iter().map(column).collect();
        let heads = heads::by_order(heads, &columns)?;
        return Some(LaidOut { width: columns.len(), heads, rows: vec![(0..columns.len()).collect()] });
    }
    let columns = united(lowest.cells.iter());
    let heads = heads::over_groups(heads, &columns).unwrap_or_else(|| over(heads, &columns));
    Some(LaidOut { width: columns.len(), heads, rows: vec![(0..row.cells.len()).collect()] })
}

/// A table of several rows: headings by their order, or those that stand over their columns or beside them.
fn laid_out(heads: &[Line<'_>], rows: &[Line<'_>]) -> Option<LaidOut> {
    let Some(body) = body(rows) else {
        let (columns, rows) = sides::columns(rows)?;
        let heads = heads::by_order(heads, &columns)?;
        return Some(LaidOut { width: columns.len(), heads, rows });
    };
    let at = |line: &Line<'_>, columns: &[Column]| -> Vec<usize> {
        line.cells.iter().map(|cell| covered(columns, cell).start).collect()
    };
    if let Some(heads) = heads::by_order(heads, &body) {
        let rows = rows.iter().map(|line| at(line, &body)).collect();
        return Some(LaidOut { width: body.len(), heads, rows });
    }
    if let Some((columns, heads)) = heads::by_place(heads, &body) {
        let rows = rows.iter().map(|line| at(line, &columns)).collect();
        return Some(LaidOut { width: columns.len(), heads, rows });
    }
    let columns = columns(heads, body)?;
    let heads = Some(over(heads, &columns)).filter(|places| !heads::are_split(heads, places))?;
    let rows = rows.iter().map(|line| at(line, &columns)).collect();
    Some(LaidOut { width: columns.len(), heads, rows })
}

/// The columns over which headings stand.
fn over(heads: &[Line<'_>], columns: &[Column]) -> Vec<Vec<Range<usize>>> {
    heads.iter().map(|line| line.cells.iter().map(|cell| covered(columns, cell)).collect()).collect()
}

fn put(row: &mut Row, column: usize, text: &str) {
    let last = row.cells.len().saturating_sub(1);
    if let Some(cell) = row.cells.get_mut(column.min(last)) {
        *cell = Value::text(&format!("{}{text}", cell.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<(u32, &str)> = (1u32..).zip(text.lines()).collect();
        let row = |row: &Row| row.cells.iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        tables("a.txt", &lines).iter().map(|(_, grid)| grid.rows.iter().map(row).collect()).collect()
    }

    #[test]
    fn columns_are_where_the_rows_stand_and_headings_go_over_or_beside_them() {
        let text = "        支出决算表\n                            单位：万元\n科目      科目       合计       项目\n编码      名称                支出\n206     科技支出     31.50\n20601   管理         1.50     1.50\n";
        assert_eq!(
            shape(text),
            [["科目/科目/合计/项目", "编码/名称//支出", "206/科技支出/31.50/", "20601/管理/1.50/1.50"]]
        );
    }

    #[test]
    fn names_that_are_broken_around_their_row_are_put_together() {
        let text = "编码     名称       合计\n       林业和草原\n213               8.20\n       管理支出\n214    水利支出      6.20\n215    交通支出      2.00\n";
        assert_eq!(
            shape(text),
            [["编码/名称/合计", "213/林业和草原管理支出/8.20", "214/水利支出/6.20", "215/交通支出/2.00"]]
        );
    }

    #[test]
    fn headings_that_were_moved_go_to_columns_by_their_order() {
        let text = "             项目                         支出决算\n科目编码               其中\n           科目名称         合计       基本支出          项目支出\n类   款\n206      科学技术支出             31.50          0      31.50\n206  01  科学技术管理事务            1.50       1.50          0\n         合计                 31.50       1.50      30.00\n";
        assert_eq!(
            shape(text),
            [[
                "项目////支出决算/",
                "科目编码///其中//",
                "//科目名称/合计/基本支出/项目支出",
                "类/款////",
                "206//科学技术支出/31.50/0/31.50",
                "206/01/科学技术管理事务/1.50/1.50/0",
                "//合计/31.50/1.50/30.00",
            ]]
        );
    }

    #[test]
    fn names_of_the_left_side_that_move_the_right_one_are_no_other_columns() {
        let text = "      收入                  支出\n 项目        金额        项目        金额\n一、财政拨款收入   31.50  一、教育支出          1.50\n1. 一般公共预算财政拨款收入 31.50 二、科学技术支出  30.00\n                   三、农林水支出        0.00\n 收入合计       31.50     支出合计       31.50\n";
        assert_eq!(
            shape(text),
            [[
                "收入//支出/",
                "项目/金额/项目/金额",
                "一、财政拨款收入/31.50/一、教育支出/1.50",
                "1. 一般公共预算财政拨款收入/31.50/二、科学技术支出/30.00",
                "//三、农林水支出/0.00",
                "收入合计/31.50/支出合计/31.50",
            ]]
        );
        // A row that may belong to either side.
        let text = text.replace("                   三、农林水支出        0.00", "          三、农林水支出   0.00");
        assert_eq!(shape(&text).len(), 0);
    }

    #[test]
    fn a_name_and_amounts_directly_behind_a_table_are_its_last_row() {
        let text = "编码   名称     合计   基本\n206   科技支出   3.10   1.00\n213   农林支出   2.10   1.00\n\u{c}合计   5.20   2.00\n\u{c}第二部分\n";
        assert_eq!(shape(text).last().unwrap(), &["合计/5.20/2.00"]);
        assert_eq!(shape("第一部分\n\u{c}合计   5.20   2.00\n").len(), 0);
    }

    #[test]
    fn a_row_below_two_levels_of_headings_has_one_for_each_cell() {
        let text = "                   2023年预算数\n                            公务用车购置及运行费\n 合计    出国费     接待费                                会议费\n                         小计    购置费    运行费\n\n 47.91      0     1.35    46.56     25    21.56    3.18\n";
        assert_eq!(
            shape(text),
            [["合计/出国费/接待费////会议费", "///小计/购置费/运行费/", "47.91/0/1.35/46.56/25/21.56/3.18"]]
        );
    }

    #[test]
    fn columns_without_amounts_below_headings_that_are_broken_over_lines_stay_blank() {
        let text = "        收入                               支出\n                                   一般公共     政府性基\n     项目     决算数    项目       合计\n                                   预算拨款     金拨款\n一、公共拨款    31.50   一、教育支出   1.50     1.50\n二、基金拨款            二、科技支出  30.00    30.00\n总计         31.50   总计       31.50    31.50\n";
        assert_eq!(
            shape(text),
            [[
                "收入//支出///",
                "////一般公共/政府性基",
                "项目/决算数/项目/合计//",
                "////预算拨款/金拨款",
                "一、公共拨款/31.50/一、教育支出/1.50/1.50/",
                "二、基金拨款//二、科技支出/30.00/30.00/",
                "总计/31.50/总计/31.50/31.50/",
            ]]
        );
    }

    #[test]
    fn a_heading_between_those_of_codes_stands_over_both() {
        let text = "            项目                基本支出\n经济分类科目\n   编码             科目名称      合计      人员经费\n类     款\n301        工资福利支出        8.50    8.50\n301  01    基本工资          6.50    6.50\n301  99    其他            2.00    2.00\n";
        let lines: Vec<(u32, &str)> = (1u32..).zip(text.lines()).collect();
        let found = tables("a.txt", &lines);
        let [(_, grid)] = found.as_slice() else { panic!("{found:?}") };
        for row in [1, 2] {
            let merged = grid.merged.at(row, 0).map(|merged| (merged.left, merged.right));
            assert_eq!(merged, Some((0, 1)), "{row}");
        }
    }

    #[test]
    fn headings_over_groups_of_the_same_two_stand_over_both_of_each() {
        let text = "                 三公经费\n   合计          接待费         出国费\n预算数   决算数   预算数   决算数   预算数   决算数\n  2.85 0.39   0.50  0.39  2.35   0.00\n";
        let lines: Vec<(u32, &str)> = (1u32..).zip(text.lines()).collect();
        let found = tables("a.txt", &lines);
        let [(_, grid)] = found.as_slice() else { panic!("{found:?}") };
        let row = grid.rows.iter().position(|row| row.cells.iter().any(|cell| cell.as_str() == "接待费")).unwrap();
        let merged = |column: usize| grid.merged.at(row, column).map(|merged| (merged.left, merged.right));
        assert_eq!([merged(0), merged(2), merged(4)], [Some((0, 1)), Some((2, 3)), Some((4, 5))]);
    }

    #[test]
    fn headings_below_their_unit_are_a_table_though_no_row_follows() {
        let text = "        三公经费支出决算表\n                              单位：万元\n  合计      接待费      出国费\n预算数   决算数   预算数   决算数\n说明：没有。\n";
        assert_eq!(shape(text), [["合计//接待费/出国费", "预算数/决算数/预算数/决算数"]]);
        assert_eq!(shape(&text.replace("单位：万元", "")).len(), 0);
        assert_eq!(shape(&text.replace("出国费\n", "出国费      12\n")).len(), 0);
    }

    #[test]
    fn amounts_whose_name_stands_on_a_line_below_are_no_row_and_their_table_is_none() {
        let text = "编码   名称     合计   基本\n                5.20   3.00\n206   科技支出   3.10   1.00\n213   农林支出   2.10   2.00\n";
        assert_eq!(shape(text).len(), 0);
        assert_eq!(shape(&text.replace("                5.20", "      合计     5.20")).len(), 1);
        assert_eq!(shape(&text.replace("5.20   3.00", "5.20")).len(), 0);
    }

    #[test]
    fn words_that_may_belong_to_the_row_above_or_below_stay_alone() {
        let text = "编码     名称      合计\n       林业和草\n213               8.20\n       原支出\n       水利管理\n214               6.20\n       道路建设\n215               2.00\n       与养护\n216    通信      1.00\n";
        assert_eq!(
            shape(text),
            [[
                "编码/名称/合计",
                "213/林业和草原支出/8.20",
                "214/水利管理/6.20",
                "/道路建设/",
                "215//2.00",
                "/与养护/",
                "216/通信/1.00",
            ]]
        );
    }

    #[test]
    fn sentences_lists_of_pages_and_cells_with_bars_are_no_tables() {
        assert_eq!(shape("一、收入 3.20 万元\n二、支出 3.10 万元\n").len(), 0);
        assert_eq!(shape("一、收入决算表     3\n二、支出决算表     4\n").len(), 0);
        assert_eq!(shape("合计 |\n49.90 |\n7.69 |\n").len(), 0);
        assert_eq!(shape("名称    合计  其中\n甲    3.20 1.00\n乙       3.10  1.00\n").len(), 0);
    }
}
