//! A table that goes on on the next page: whether a grid continues a table, and its rows put below the others.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, layouts, rows::Finder, title, words};
use juesuan_model::Seen;
use juesuan_read::grid::{Merged, MergedRegions};
use juesuan_read::{Grid, PageLine, Row, Value};
use juesuan_text::plain;

use super::outline::RawTable;

/// Pages between two parts of one table, at most: an empty ruled one may lie between.
const PAGES_APART_MAX: u32 = 2;

/// True if `grid`, with `caption` above it, goes on with `table`.
pub fn goes_on(catalog: &Catalog, table: &RawTable, caption: &[PageLine], grid: &Grid) -> bool {
    let last = table.pages.last().copied();
    let page = grid.rows.iter().find_map(|row| row.page);
    let near = match (last, page) {
        (Some(last), Some(page)) => page.saturating_sub(last) <= PAGES_APART_MAX,
        _ => false,
    };
    let continued = |line: &PageLine| {
        let text = plain(&line.text);
        catalog.recognition.continued.iter().any(|word| text.contains(word.as_str()))
    };
    if !table.notes.is_empty() || !(near || caption.iter().any(continued)) {
        return false;
    }
    let key = |lines: &[PageLine]| lines.iter().find_map(|line| title::form_of(catalog, &line.text));
    if !totals(&table.grid.rows).is_disjoint(&totals(&grid.rows)) {
        return false;
    }
    let titled = caption.iter().filter(|line| cells::unit(&line.text).is_none());
    let mut titled = titled.filter(|line| !continued(line)).peekable();
    if titled.peek().is_some() {
        let same = |line: &PageLine| table.caption.iter().any(|l| plain(&l.text) == plain(&line.text));
        return titled.all(same) && (key(caption).is_none() || key(caption) == key(&table.caption));
    }
    if caption.iter().any(continued) || same_head(&table.grid, grid) {
        return true;
    }
    if last == page {
        return table.grid.width() == grid.width();
    }
    opens_with_row(catalog, &key(&table.caption), grid)
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
fn totals(rows: &[Row]) -> BTreeSet<String> {
    let total = |row: &Row| {
        let mut texts = row.cells.iter().map(|cell| plain(cell.as_str())).filter(|text| !text.is_empty());
        let first = texts.next();
        let numbers = texts.any(|text| cells::cell(&text, juesuan_model::Unit::WanYuan).is_some());
        first.filter(|text| numbers && (text.ends_with("合计") || text.ends_with("总计")))
    };
    rows.iter().filter_map(total).collect()
}

/// True if the first row of a grid is a row of a body: a code, an amount, or the name of a row of the form.
fn opens_with_row(catalog: &Catalog, key: &Option<String>, grid: &Grid) -> bool {
    let Some(first) = (0..grid.rows.len()).map(|row| texts(grid, row)).find(|texts| !texts.is_empty()) else {
        return true;
    };
    let number = |text: &String| text.contains('.') && cells::cell(text, juesuan_model::Unit::WanYuan).is_some();
    if first.iter().any(|text| words::code(text).is_some() || number(text)) {
        return true;
    }
    let Some(key) = key else { return false };
    let any = catalog.variants.iter().next();
    let known = any.into_iter().flat_map(|variant| layouts(catalog, variant, key));
    known.into_iter().any(|form| first.iter().any(|text| Finder::new(form, catalog).knows(text)))
}

/// Puts the rows of `grid` below those of `table`, each cell into the column in which it stands on the page.
pub fn join(table: &mut RawTable, grid: &Grid) {
    let places = columns(&table.grid, grid);
    let at = |column: usize| places.get(column).copied().unwrap_or(column);
    let width = places.iter().max().map_or(0, |most| most + 1);
    let offset = table.grid.rows.len();
    for row in &grid.rows {
        let mut joined = Row { line: row.line, page: row.page, ..Row::default() };
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
        table.grid.rows.push(joined);
    }
    let moved = grid.merged.iter().map(|m| Merged {
        top: m.top + offset,
        bottom: m.bottom + offset,
        left: at(m.left),
        right: at(m.right).max(at(m.left)),
    });
    table.grid.merged = MergedRegions::new(table.grid.merged.iter().copied().chain(moved).collect());
    if let Some(page) = grid.rows.iter().find_map(|row| row.page)
        && !table.pages.contains(&page)
    {
        table.pages.push(page);
    }
}

/// For each column of `next` the column of `first` that lies at the same place.
fn columns(first: &Grid, next: &Grid) -> Vec<usize> {
    let width = next.width();
    let (ours, theirs) = (spans(first), spans(next));
    if first.width() == width || ours.is_empty() || theirs.is_empty() {
        return (0..width).collect();
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
fn spans(grid: &Grid) -> BTreeMap<usize, (i32, i32)> {
    let mut spans: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
    for (at, row) in grid.rows.iter().enumerate() {
        for (column, bounds) in row.bounds.iter().enumerate() {
            let wide = grid.merged.at(at, column).is_some_and(|m| m.right > m.left);
            let (Some([left, _, right, _]), false) = (bounds, wide) else { continue };
            let span = spans.entry(column).or_insert((*left, *right));
            *span = (span.0.min(*left), span.1.max(*right));
        }
    }
    spans
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
        assert!(goes_on(&catalog, &table, &[], &next));
        join(&mut table, &next);
        let texts: Vec<&str> = (0..5).map(|column| table.grid.cell(2, column).as_str()).collect();
        assert_eq!(texts, ["", "合计", "3.00", "", "2.00"]);
        assert_eq!(table.pages, [4, 5]);
    }

    #[test]
    fn a_table_with_its_own_total_is_another_table() {
        let rows: &[&[(&str, i32)]] = &[&[("科目名称", 50), ("金额", 120)], &[("合计", 50), ("3.00", 120)]];
        let table = RawTable { grid: grid(4, rows), pages: vec![4], ..RawTable::default() };
        assert!(!goes_on(&Catalog::load(&[]).unwrap(), &table, &[], &grid(5, rows)));
    }
}
