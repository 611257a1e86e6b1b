//! What was recognised of a text of books, for people who look at its columns.

use juesuan_catalog::{Catalog, SheetWords};

use super::column::Column;
use super::heads::{self, Head};
use super::kind::Kind;
use super::layout::Layout;
use super::records::Records;
use super::{sheet, text, unknown};
use crate::mapping::{DETAILS, Mapping};
use crate::seen::{SeenColumn, Table};
use crate::words::{is, shown_cell};

/// Rows that are shown above the data at most, and of the data.
const ROWS_ABOVE: usize = 20;
const ROWS_BELOW: usize = 8;

/// The table of a text as it stands. `whole` is the same text with what titles and labels tell in columns of their own.
pub fn table(sheet: &str, (text, whole): (&[u8], &[u8]), kind: Option<&Kind<'_>>, words: &SheetWords) -> Option<Table> {
    let known = kind.and_then(|kind| Some((kind, Layout::best(whole, kind)?)));
    let known = known.filter(|(_, layout)| layout.columns_found() > 0 || layout.told_count() > 0);
    let layout = match &known {
        Some((_, layout)) => Layout::plain(at(text, layout.records, layout.height, words)?),
        None => Layout::plain(heads::likeliest(text, words)?),
    };
    let names: Vec<String> = (0..layout.heads_count()).map(|index| first(&layout, index)).collect();
    let told = kind.map_or_else(|| vec![None; names.len()], |kind| kind.told_of(&names));
    let column = |(index, (name, told)): (usize, (&String, &Option<&str>))| match &known {
        Some((kind, whole)) => column(text, (name, *told), (whole, index), kind),
        None => SeenColumn { name: name.clone(), ..SeenColumn::default() },
    };
    let columns: Vec<SeenColumn> = names.iter().zip(&told).enumerate().map(column).collect();
    let beside = known.iter().flat_map(|(_, whole)| (columns.len()..whole.heads_count()).map(|at| whole.column_at(at)));
    let missing = match (&known, kind) {
        (Some((kind, whole)), _) => whole.missing(kind.input),
        (None, Some(kind)) => kind.input.column.iter().filter(|c| c.required).map(|c| c.key.as_str()).collect(),
        (None, None) => Vec::new(),
    };
    Some(Table {
        sheet: sheet.to_owned(),
        kind: kind.map(|kind| (kind.input.key.clone(), kind.known)),
        export: kind.and_then(|kind| kind.export).map(|export| export.name.clone()),
        head: (layout.records.saturating_sub(layout.height), layout.records),
        beside: beside.flatten().map(|column| column.key().to_owned()).collect(),
        missing: missing.into_iter().map(str::to_owned).collect(),
        rows: rows(text, &layout),
        columns,
        counts: None,
        amounts: Vec::new(),
    })
}

fn first(layout: &Layout, index: usize) -> String {
    layout.names(index).first().cloned().unwrap_or_default()
}

/// A column by its name, what somebody has told of it, and its place in the whole text.
fn column(
    text: &[u8],
    (name, told): (&str, Option<&str>),
    (whole, index): (&Layout, usize),
    kind: &Kind<'_>,
) -> SeenColumn {
    let key = whole.column_at(index).map(|column| column.key().to_owned());
    let is_details = || told == Some(DETAILS) || (told.is_none() && is(name, &kind.words.detail_heads));
    let key = key.or_else(|| is_details().then(|| DETAILS.to_owned()));
    let is_known = || kind.input.column.iter().any(|known| is(name, &known.header));
    let is_unneeded = name.is_empty() || kind.is_unneeded(name) || is_known();
    let likely = match &key {
        None if !is_unneeded && told.is_none() => unknown::keys(text, whole, index, kind),
        _ => Vec::new(),
    };
    SeenColumn { name: name.to_owned(), key, is_told: told.is_some(), is_unneeded, likely }
}

/// The first rows with those of the head and some below it.
fn rows(text: &[u8], layout: &Layout) -> Vec<(u32, Vec<String>)> {
    let mut records = Records::new(text, 0, layout.separator);
    let mut rows = Vec::new();
    while rows.len() < (layout.records + ROWS_BELOW).min(ROWS_ABOVE + ROWS_BELOW) && records.advance() {
        let cells = records.fields().map(|field| shown_cell(&String::from_utf8_lossy(field)));
        rows.push((records.line() + 1, cells.collect()));
    }
    rows
}

/// The head that ends with this record, of so many rows.
fn at(text: &[u8], records: usize, height: usize, words: &SheetWords) -> Option<Head> {
    let mut all = heads::all(text, words).filter(|head| head.records == records && head.height == height);
    let first = all.next()?;
    // Of several separators that which separates most.
    Some(all.fold(first, |best, head| if head.names.len() > best.names.len() { head } else { best }))
}

/// True for the key of a column that is used.
pub fn is_used(key: &str) -> bool {
    Column::of(key).is_some()
}

/// The texts of a file: each sheet with its name, or the one text without.
pub fn texts(name: &str, bytes: &[u8], words: &SheetWords) -> Vec<(String, Vec<u8>)> {
    if is_workbook(bytes) {
        let sheets = sheet::sheets(name, bytes, words, &mut Vec::new());
        return sheets.into_iter().map(|grid| (grid.sheet.clone(), sheet::text(&grid, None))).collect();
    }
    vec![(String::new(), text::decode(bytes, 1).text.into_owned())]
}

/// True for the bytes of a workbook.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The names of the columns below a head that somebody has chosen: its first row and the first row of the data.
pub fn head_names(text: &[u8], (first, data): (usize, usize), words: &SheetWords) -> Vec<String> {
    at(text, data, data.saturating_sub(first), words).map(|head| head.whole_names()).unwrap_or_default()
}

/// What the columns below such a head are by their words, if the table is of this kind; empty: nothing.
pub fn keys_at(
    text: &[u8],
    (first, data): (usize, usize),
    kind: &str,
    catalog: &Catalog,
    mapping: &Mapping,
) -> Vec<String> {
    let Some(input) = catalog.inputs.get(kind) else { return Vec::new() };
    let Some(head) = at(text, data, data.saturating_sub(first), &catalog.sheet_words) else { return Vec::new() };
    let kind = Kind::worded(text, input, catalog, mapping);
    let layout = Layout::of(head, &kind);
    let key = |index| layout.column_at(index).map_or("", |column| column.key()).to_owned();
    (0..layout.heads_count()).map(key).collect()
}
