//! A table that goes on on the next page: whether a grid continues a table, and its rows put below the others.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, columns, layouts, title, words};
use juesuan_model::Seen;
use juesuan_read::grid::{Merged, MergedRegions};
use juesuan_read::{Grid, PageLine, Row, Value};
use juesuan_text::plain;

use super::ends::{END_ROWS, ends};
use super::joined::Joined;
use super::narrower;
use super::outline::{RawBlock, RawTable};
use super::row_names::{Rows, broken_code, is_name};
use super::turned::Turned;

/// Pages between two parts of one table, at most: an empty ruled one may lie between.
const PAGES_APART_MAX: u32 = 2;
/// Rows at the top of a table that may be repeated on the next page, at most.
const HEAD_ROWS: usize = 5;
/// Longest name of a row, in characters.
const NAME_MAX: usize = 50;
/// Lines between the parts of a table, at most.
const LINES_BETWEEN_MAX: usize = 3;

/// By what parts of tables are put together.
pub struct Joint<'a> {
    /// Forms and words.
    pub catalog: &'a Catalog,
    /// Pages that lie on their side.
    pub turned: &'a Turned,
}

/// True if `grid`, with `caption` above it, goes on with `table`.
pub fn goes_on(joint: &Joint<'_>, table: &RawTable, caption: &[PageLine], grid: &Grid) -> bool {
    let table = &*ends(table);
    let catalog = joint.catalog;
    let last = table.pages.last().copied();
    let page = page_of(grid);
    let key = form(catalog, table);
    let near = match (last, page) {
        (Some(last), Some(page)) => page.saturating_sub(last) <= PAGES_APART_MAX,
        // Where there are no pages, a part that stands directly below its table.
        (None, None) => key.is_some(),
        _ => false,
    };
    let continued = |line: &PageLine| {
        let text = plain(&line.text);
        catalog.recognition.continued.iter().any(|word| text.contains(word.as_str()))
    };
    if !table.notes.is_empty() || !(near || caption.iter().any(continued)) {
        return false;
    }
    let narrower =
        narrower::says_nothing(&table.grid, grid).then(|| narrower::columns(catalog, &table.grid, grid).is_some());
    if narrower == Some(false) {
        return false;
    }
    let of = |grid: &Grid| totals(&grid.rows, joint.catalog);
    if !of(&table.grid).is_disjoint(&of(grid)) {
        return false;
    }
    let titled = caption.iter().filter(|line| cells::unit(&line.text).is_none());
    let mut titled = titled.filter(|line| !continued(line)).peekable();
    if titled.peek().is_some() {
        let same = |line: &PageLine| table.caption.iter().any(|l| plain(&l.text) == plain(&line.text));
        let own = title_of(catalog, caption);
        return titled.all(same) && (own.is_none() || own == title_of(catalog, &table.caption));
    }
    if caption.iter().any(continued) || same_head(&table.grid, grid) {
        return true;
    }
    if (last < page || last.is_none() && declared(&table.grid) == declared(grid))
        && is_head(joint, key.as_deref(), &table.grid, grid)
    {
        return true;
    }
    if last == page && declared(&table.grid) != declared(grid) && narrower.is_none() {
        return false;
    }
    (last.is_some() && last == page) || opens_with_row(joint, &Rows::new(joint.catalog, key.as_deref()), table, grid)
}

/// The table above to which the rows of `grid` seem to belong: it has no head and no title, begins with a row of a body, and does
/// not go on with that table for certain, so that nobody can tell of which columns its numbers are. Lines of no more than a
/// title stand between.
pub fn loses<'t>(
    joint: &Joint<'_>,
    above: &'t mut [RawBlock],
    caption: &[PageLine],
    grid: &Grid,
) -> Option<&'t mut RawTable> {
    let line = |block: &RawBlock| matches!(block, RawBlock::Paragraph(line) if line.length <= NAME_MAX && !line.text.contains('。'));
    let between = above.iter().rev().take_while(|block| line(block)).count();
    let Some(RawBlock::Table(table)) = above.iter_mut().rev().nth(between) else { return None };
    let key = form(joint.catalog, table)?;
    let titled = caption
        .iter()
        .any(|line| title::form_of(joint.catalog, &line.text).is_some() || cells::unit(&line.text).is_some());
    let first = (0..grid.rows.len()).map(|row| texts(grid, row)).find(|texts| !texts.is_empty())?;
    let coded = first.iter().any(|text| words::code(text).is_some());
    let amounts = first.iter().filter(|text| is_amount(text)).count();
    let rows = Rows::new(joint.catalog, Some(&key));
    let directly = between == 0 && caption.is_empty();
    let known = amounts > 0 && (coded || directly || first.first().is_some_and(|text| rows.knows(text)));
    // The rows of a table of which there is only the head.
    let figures = |grid: &Grid| grid.rows.iter().flat_map(|row| &row.cells).any(|cell| is_amount(cell.as_str()));
    let begins =
        known || !figures(&table.grid) && (figures(grid) || directly && page_of(grid) != table.pages.last().copied());
    (between <= LINES_BETWEEN_MAX && !titled && begins).then_some(table)
}

fn is_amount(text: &str) -> bool {
    text.contains('.') && is_number(text)
}

/// Puts a heading back into its column that slipped out between the head of a table and its rows: one word, where one column alone
/// has none. True if that was done.
pub fn take_back(joint: &Joint<'_>, above: Option<&mut RawBlock>, line: &Joined, grid: &Grid) -> bool {
    let Some(RawBlock::Table(table)) = above else { return false };
    let Some(key) = form(joint.catalog, table) else { return false };
    let words = head_words(joint.catalog, Some(&key));
    let word = plain(&line.text);
    let Some(last) = table.grid.rows.len().checked_sub(1) else { return false };
    let free = |column: &usize| table.grid.seen(last, *column).is_blank();
    let mut free = (0..declared(&table.grid)).filter(free);
    let (Some(column), None) = (free.next(), free.next()) else { return false };
    if declared(&table.grid) != declared(grid)
        || !words.contains(&word)
        || !is_head(joint, Some(&key), &table.grid, grid)
    {
        return false;
    }
    let Some(row) = table.grid.rows.get_mut(last) else { return false };
    row.cells.resize(row.cells.len().max(column + 1), Value::Blank);
    if let Some(cell) = row.cells.get_mut(column) {
        *cell = Value::text(&line.text);
    }
    true
}

/// Columns of a table, empty ones at its right edge too where the source says so.
fn declared(grid: &Grid) -> usize {
    grid.width().max(grid.columns)
}

/// The form of a table by the lines above it.
fn title_of(catalog: &Catalog, caption: &[PageLine]) -> Option<String> {
    caption.iter().find_map(|line| title::form_of(catalog, &line.text))
}

/// The form of a table by the lines or the heading above it, or its own first row.
pub(super) fn form(catalog: &Catalog, table: &RawTable) -> Option<String> {
    let heading = || table.heading.as_ref().and_then(|heading| title::form_of(catalog, &heading.text));
    let inside = || table.grid.cells_of(0).iter().find_map(|cell| title::form_of(catalog, cell.as_str()));
    title_of(catalog, &table.caption).or_else(heading).or_else(inside)
}

fn page_of(grid: &Grid) -> Option<u32> {
    grid.rows.iter().find_map(|row| row.page)
}

/// Headings of a form, in every layout.
pub(super) fn head_words(catalog: &Catalog, key: Option<&str>) -> BTreeSet<String> {
    let any = catalog.variants.iter().next().zip(key).into_iter();
    any.flat_map(|(variant, key)| layouts(catalog, variant, key)).flat_map(columns::head_words).collect()
}

/// True if nothing but headings of the form stands in the table so far, and the next page begins with more of them: the end of
/// the page broke the head.
fn is_head(joint: &Joint<'_>, key: Option<&str>, table: &Grid, grid: &Grid) -> bool {
    let mut words = head_words(joint.catalog, key);
    words.extend(columns::LEVELS.map(str::to_owned));
    let is_heads = |texts: &[String]| {
        let counted = texts.len() > 1 && texts.iter().all(|text| text.parse::<u8>().is_ok() || !is_number(text));
        let numbers = texts.iter().filter(|text| text.parse::<u8>().is_ok()).count();
        texts.iter().filter(|text| words.contains(*text)).count() * 2 > texts.len()
            || counted && numbers * 2 > texts.len()
    };
    let rows = |grid: &Grid| {
        (0..grid.rows.len()).map(|row| texts(grid, row)).filter(|texts| !texts.is_empty()).collect::<Vec<_>>()
    };
    let own = rows(table);
    // A heading over others may be in no list; what has no amount and stands below headings is one.
    let above = |texts: &[String]| texts.iter().all(|text| !is_number(text) && words::code(text).is_none());
    !words.is_empty()
        && own.len() <= HEAD_ROWS
        && own.first().is_some_and(|texts| is_heads(texts))
        && own.iter().all(|texts| is_heads(texts) || above(texts))
        && rows(grid).first().is_some_and(|texts| is_heads(texts))
}

fn texts(grid: &Grid, row: usize) -> Vec<String> {
    let texts = grid.cells_of(row).iter().map(|cell| plain(cell.as_str()));
    texts.filter(|text| !text.is_empty()).collect()
}

fn same_head(first: &Grid, next: &Grid) -> bool {
    let head = |grid: &Grid| (0..grid.rows.len()).map(|row| texts(grid, row)).find(|texts| !texts.is_empty());
    head(first).is_some_and(|row| head(next) == Some(row))
}

/// Names of the rows that are totals and print a figure: a table has one of each.
fn totals(rows: &[Row], catalog: &Catalog) -> BTreeSet<String> {
    let total = |row: &Row| {
        let mut texts = row.cells.iter().map(|cell| plain(cell.as_str())).filter(|text| !text.is_empty());
        let first = texts.next();
        let numbers = texts.any(|text| cells::cell(&text, juesuan_model::Unit::WanYuan).is_some());
        first.filter(|text| numbers && is_total(text, catalog))
    };
    rows.iter().filter_map(total).collect()
}

/// True for the name of a total.
pub(super) fn is_total(text: &str, catalog: &Catalog) -> bool {
    catalog.recognition.totals.iter().any(|word| text.ends_with(word.as_str()))
}

/// True if the first row of a grid is a row of a body: a code, an amount, the name of a row of the form, or the rest of the
/// row above.
fn opens_with_row(joint: &Joint<'_>, rows: &Rows<'_>, table: &RawTable, grid: &Grid) -> bool {
    let Some(first) = (0..grid.rows.len()).map(|row| texts(grid, row)).find(|texts| !texts.is_empty()) else {
        return true;
    };
    first.iter().any(|text| words::code(text).is_some() || is_amount(text) || rows.knows(text))
        || rest_of_row(joint, rows, table, grid).is_some()
}

fn is_number(text: &str) -> bool {
    cells::cell(text, juesuan_model::Unit::WanYuan).is_some()
}

/// The row of `grid` that is the rest of the last row of `table`, which the end of a page broke: words without a code or an
/// amount below words, where the name is one only with them. Headings that are repeated stand above it.
fn rest_of_row(joint: &Joint<'_>, rows: &Rows<'_>, table: &RawTable, grid: &Grid) -> Option<usize> {
    let heads: Vec<Vec<String>> =
        (0..HEAD_ROWS.min(table.grid.rows.len())).map(|row| texts(&table.grid, row)).collect();
    let mut filled = (0..grid.rows.len()).filter(|row| !texts(grid, *row).is_empty());
    let first = filled.find(|row| !heads.contains(&texts(grid, *row)))?;
    let last = (0..table.grid.rows.len()).rfind(|row| !texts(&table.grid, *row).is_empty())?;
    let places = joint.columns(&table.grid, grid);
    let above = |column: usize| table.grid.cell(last, places.get(column).copied().unwrap_or(column)).as_str();
    let (mut named, mut has_code) = (false, false);
    let broken = broken_code(grid.cells_of(first), above);
    let filled =
        |(column, cell): &(usize, &Value)| !cell.is_blank() && broken.as_ref().is_none_or(|(at, _)| at != column);
    for (column, cell) in grid.cells_of(first).iter().enumerate().filter(filled) {
        let above = above(column);
        if is_number(cell.as_str()) || words::code(cell.as_str()).is_some() || above.is_empty() || is_number(above) {
            return None;
        }
        let whole = format!("{above}{}", cell.as_str());
        if let Some((_, code)) = &broken {
            named |= is_name(joint.catalog, code, &whole);
            continue;
        }
        let code = table.grid.cells_of(last).iter().find_map(|cell| words::code(cell.as_str()));
        let complete = rows.knows(above) || code.as_ref().is_some_and(|code| is_name(joint.catalog, code, above));
        if complete || whole.chars().count() > NAME_MAX {
            return None;
        }
        has_code |= code.is_some();
        named |= rows.knows(&whole) || code.is_some_and(|code| is_name(joint.catalog, &code, &whole));
    }
    let whole_by_itself = texts(grid, first).iter().any(|text| rows.knows(text));
    (!whole_by_itself && (named || has_code)).then_some(first)
}

/// Puts the rows of `grid` below those of `table`, each cell into the column in which it stands on the page.
pub fn join(joint: &Joint<'_>, table: &mut RawTable, grid: &Grid) {
    let few = table.grid.rows.len() <= END_ROWS && table.grid.width() < grid.width();
    if few && is_head(joint, form(joint.catalog, table).as_deref(), &table.grid, grid) {
        // The columns are those of the rows: a heading over several of them is one cell in the part above.
        let head = std::mem::replace(&mut table.grid, Grid { rows: Vec::new(), ..grid.clone() });
        put_below(&mut table.grid, &head, &joint.columns(grid, &head));
        table.grid.merged = MergedRegions::default();
        let below: Vec<usize> = (0..grid.width()).collect();
        put_below(&mut table.grid, grid, &below);
        table.pages.extend(page_of(grid));
        return;
    }
    let rows = Rows::new(joint.catalog, form(joint.catalog, table).as_deref());
    let (places, rest) = {
        let ends = ends(table);
        (joint.columns(&ends.grid, grid), rest_of_row(joint, &rows, &ends, grid))
    };
    if let Some(rest) = rest {
        complete(&mut table.grid, grid.cells_of(rest), &places);
    }
    let mut grid = grid.clone();
    if let Some(row) = rest.and_then(|rest| grid.rows.get_mut(rest)) {
        // It keeps its place, so that the regions below keep theirs.
        *row = Row { line: row.line, page: row.page, ..Row::default() };
    }
    put_below(&mut table.grid, &grid, &places);
    if let Some(page) = page_of(&grid)
        && !table.pages.contains(&page)
    {
        table.pages.push(page);
    }
}

/// Puts the rows of `grid` below those of `above`, each column into that of `places`.
fn put_below(above: &mut Grid, grid: &Grid, places: &[usize]) {
    let at = |column: usize| places.get(column).copied().unwrap_or(column);
    let width = places.iter().max().map_or(0, |most| most + 1);
    let offset = above.rows.len();
    for row in &grid.rows {
        let mut joined = Row { line: row.line, page: row.page, beside: row.beside.clone(), ..Row::default() };
        joined.cells.resize(width, Value::Blank);
        if !row.bounds.is_empty() {
            joined.bounds.resize(width, None);
        }
        if !row.seen.is_empty() {
            joined.seen.resize(width, Seen::Text);
        }
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            if let Some(place) = joined.cells.get_mut(at(column)) {
                *place = cell.clone();
            }
            if let (Some(place), Some(bounds)) = (joined.bounds.get_mut(at(column)), row.bounds.get(column)) {
                *place = *bounds;
            }
            if let (Some(place), Some(seen)) = (joined.seen.get_mut(at(column)), row.seen.get(column)) {
                *place = *seen;
            }
        }
        joined.others = row.others.iter().map(|(column, others)| (at(*column), others.clone())).collect();
        joined.pictured = row.pictured.iter().map(|(column, place)| (at(*column), place.clone())).collect();
        above.rows.push(joined);
    }
    let moved = grid.merged.iter().map(|m| Merged {
        top: m.top + offset,
        bottom: m.bottom + offset,
        left: at(m.left),
        right: at(m.right).max(at(m.left)),
    });
    above.merged = MergedRegions::new(above.merged.iter().copied().chain(moved).collect());
}

/// Puts the rest of a row behind the words of the last one.
fn complete(grid: &mut Grid, rest: &[Value], places: &[usize]) {
    let Some(last) = grid.rows.iter_mut().rfind(|row| row.cells.iter().any(|cell| !cell.is_blank())) else { return };
    for (column, cell) in rest.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        if let Some(place) = last.cells.get_mut(places.get(column).copied().unwrap_or(column)) {
            *place = Value::text(&format!("{}{}", place.as_str(), cell.as_str()));
        }
    }
}

impl Joint<'_> {
    /// For each column of `next` the column of `first` that lies at the same place.
    fn columns(&self, first: &Grid, next: &Grid) -> Vec<usize> {
        let width = next.width();
        let (ours, theirs) = (self.spans(first), self.spans(next));
        if first.width() == width || ours.is_empty() || theirs.is_empty() {
            let narrower = narrower::says_nothing(first, next).then(|| narrower::columns(self.catalog, first, next));
            return narrower.flatten().unwrap_or_else(|| (0..width).collect());
        }
        let mut out = Vec::new();
        let mut from = 0;
        for column in 0..width {
            let nearest = theirs.get(&column).and_then(|span| {
                let distance = |(_, own): &(&usize, &(i32, i32))| {
                    let (left, right) = ((own.0 - span.0).abs(), (own.1 - span.1).abs());
                    left.min(right)
                };
                ours.iter().filter(|(at, _)| **at >= from).min_by_key(distance).map(|(at, _)| *at)
            });
            let place = nearest.unwrap_or(from);
            out.push(place);
            from = place + 1;
        }
        out
    }

    /// Left and right of what stands in each column, apart from cells that reach over several.
    fn spans(&self, grid: &Grid) -> BTreeMap<usize, (i32, i32)> {
        // A column that only such cells begin lies where they do.
        let mut narrow: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
        let mut wide = narrow.clone();
        for (at, row) in grid.rows.iter().enumerate() {
            for (column, bounds) in row.bounds.iter().enumerate() {
                let Some(bounds) = bounds else { continue };
                let is_wide = grid.merged.at(at, column).is_some_and(|m| m.right > m.left);
                let [left, _, right, _] = self.turned.upright(row.page, *bounds);
                let spans = if is_wide { &mut wide } else { &mut narrow };
                let span = spans.entry(column).or_insert((left, right));
                *span = (span.0.min(left), span.1.max(right));
            }
        }
        wide.extend(narrow);
        wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(page: u32, rows: &[&[(&str, i32)]]) -> Grid {
        let row = |(at, cells): (usize, &&[(&str, i32)])| Row {
            line: u32::try_from(at + 1).unwrap(),
            cells: cells.iter().map(|(text, _)| Value::text(text)).collect(),
            page: Some(page),
            bounds: cells.iter().map(|(text, x)| (!text.is_empty()).then_some([x - 20, 0, *x, 9])).collect(),
            ..Row::default()
        };
        Grid { rows: rows.iter().enumerate().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn a_total_alone_on_the_next_page_stands_in_the_columns_above_it() {
        let head: &[(&str, i32)] =
            &[("科目编码", 50), ("科目名称", 120), ("合计", 200), ("基本支出", 260), ("项目支出", 320)];
        let body: &[(&str, i32)] =
            &[("201", 50), ("一般公共服务支出", 120), ("3.00", 200), ("1.00", 260), ("2.00", 320)];
        let mut table = RawTable { grid: grid(4, &[head, body]), pages: vec![4], ..RawTable::default() };
        let next = grid(5, &[&[("合计", 110), ("3.00", 200), ("2.00", 320)]]);
        let catalog = Catalog::load(&[]).unwrap();
        let joint = Joint { catalog: &catalog, turned: &Turned::default() };
        assert!(goes_on(&joint, &table, &[], &next));
        join(&joint, &mut table, &next);
        let texts: Vec<&str> = (0..5).map(|column| table.grid.cell(2, column).as_str()).collect();
        assert_eq!(texts, ["", "合计", "3.00", "", "2.00"]);
        assert_eq!(table.pages, [4, 5]);
    }

    #[test]
    fn a_code_that_the_end_of_a_page_broke_is_put_together_with_its_name() {
        let head: &[(&str, i32)] = &[("科目编码", 50), ("科目名称", 120), ("合计", 200)];
        let body: &[(&str, i32)] = &[("221020", 50), ("住房公", 120), ("7.40", 200)];
        let rest: &[(&str, i32)] = &[("1", 50), ("积金", 120), ("", 200)];
        let other: &[(&str, i32)] = &[("1", 50), ("房补贴", 120), ("", 200)];
        let catalog = Catalog::load(&[]).unwrap();
        let joint = Joint { catalog: &catalog, turned: &Turned::default() };
        let mut table = RawTable { grid: grid(4, &[head, body]), pages: vec![4], ..RawTable::default() };
        assert!(!goes_on(&joint, &table, &[], &grid(5, &[other])));
        let next = grid(5, &[rest]);
        assert!(goes_on(&joint, &table, &[], &next));
        join(&joint, &mut table, &next);
        let texts: Vec<&str> = (0..3).map(|column| table.grid.cell(1, column).as_str()).collect();
        assert_eq!(texts, ["2210201", "住房公积金", "7.40"]);
    }

    #[test]
    fn a_table_with_its_own_total_is_another_table() {
        let rows: &[&[(&str, i32)]] = &[&[("科目名称", 50), ("金额", 120)], &[("合计", 50), ("3.00", 120)]];
        let table = RawTable { grid: grid(4, rows), pages: vec![4], ..RawTable::default() };
        let catalog = Catalog::load(&[]).unwrap();
        let joint = Joint { catalog: &catalog, turned: &Turned::default() };
        assert!(!goes_on(&joint, &table, &[], &grid(5, rows)));
    }
}
