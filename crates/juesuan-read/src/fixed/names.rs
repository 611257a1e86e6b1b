//! Names of rows with codes that are broken over lines: the words stand above and below the line with the code, or all below it.

use crate::grid::{Row, Value};

/// Lines of words between two rows, at most: the end of one name and the beginning of the next.
const BETWEEN_MAX: usize = 2;

/// A row, or words that stand alone in a column.
enum Part {
    Row(Row),
    Words(usize, Row),
}

/// Whether the name of the last row goes on below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    /// For certain.
    Yes,
    /// Words before it may belong to either of two rows: nobody can tell whose those below it are.
    Lost,
}

/// The rows with their whole names. Where nobody can tell whose the words are they stay rows.
pub(super) fn whole(rows: Vec<Row>) -> Vec<Row> {
    let parts: Vec<Part> = rows.into_iter().map(part).collect();
    let centred = parts.windows(2).any(|pair| {
        matches!(pair, [Part::Words(column, _), Part::Row(row)] if is_coded(row, *column) && name(row, *column).is_empty())
    });
    let mut out: Vec<Row> = Vec::new();
    let mut open = Open::No;
    let mut waiting: Vec<(usize, Row)> = Vec::new();
    for part in parts {
        match part {
            Part::Words(column, row) => waiting.push((column, row)),
            Part::Row(row) => {
                let begun = file(&mut out, std::mem::take(&mut waiting), Some(row), open, centred);
                open = begun;
            }
        }
    }
    file(&mut out, waiting, None, open, centred);
    out
}

fn part(row: Row) -> Part {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    match (filled.next(), filled.next()) {
        (Some((column, cell)), None) if cell.as_str().contains(char::is_alphabetic) => Part::Words(column, row),
        _ => Part::Row(row),
    }
}

/// Files words that stand alone, and the row below them; whether the name of that row goes on below it.
fn file(out: &mut Vec<Row>, words: Vec<(usize, Row)>, next: Option<Row>, open: Open, centred: bool) -> Open {
    let column = words.first().map_or(0, |(column, _)| *column);
    let same = words.iter().all(|(own, _)| *own == column) && words.len() <= BETWEEN_MAX;
    let above = out.last().is_some_and(|row| is_coded(row, column));
    let below = next.as_ref().is_some_and(|row| is_coded(row, column));
    let unnamed = next.as_ref().is_some_and(|row| is_coded(row, column) && name(row, column).is_empty());
    let lost = open == Open::Lost || words.len() == 1 && open == Open::Yes && unnamed;
    let open = open == Open::Yes;
    let (behind, before) = match words.len() {
        _ if lost => (0, 0),
        2 if same && above && below => (1, 1),
        1 if same && above && (open || !below || !(centred || unnamed)) => (1, 0),
        1 if same && below && !open && (!above || centred || unnamed) => (0, 1),
        _ => (0, 0),
    };
    let mut next = next;
    let mut begun = next.as_ref().is_some_and(unnamed_coded);
    let lost = lost && begun;
    for (at, (column, row)) in words.into_iter().enumerate() {
        let text = name(&row, column).to_owned();
        if at < behind {
            add(out.last_mut(), column, |own| format!("{own}{text}"));
        } else if before > 0 {
            add(next.as_mut(), column, |own| format!("{text}{own}"));
            begun = true;
        } else {
            out.push(row);
        }
    }
    out.extend(next);
    match begun {
        _ if lost => Open::Lost,
        true => Open::Yes,
        false => Open::No,
    }
}

/// True if a number stands in the column before this one.
fn is_coded(row: &Row, column: usize) -> bool {
    column.checked_sub(1).and_then(|code| row.cells.get(code)).is_some_and(|cell| cell.as_str().parse::<u32>().is_ok())
}

fn unnamed_coded(row: &Row) -> bool {
    row.cells
        .windows(2)
        .any(|pair| matches!(pair, [code, name] if code.as_str().parse::<u32>().is_ok() && name.is_blank()))
}

fn name(row: &Row, column: usize) -> &str {
    row.cells.get(column).map_or("", Value::as_str)
}

fn add(row: Option<&mut Row>, column: usize, text: impl Fn(&str) -> String) {
    if let Some(cell) = row.and_then(|row| row.cells.get_mut(column)) {
        *cell = Value::text(&text(cell.as_str()));
    }
}

/// True for a row with words and a number.
pub(super) fn is_named(row: &Row) -> bool {
    let words = |cell: &Value| cell.as_str().contains(char::is_alphabetic);
    row.cells.iter().any(words) && row.cells.iter().any(|cell| !cell.is_blank() && !words(cell))
}

pub(super) fn is_amount(text: &str) -> bool {
    text.contains(['.', ','])
        && text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
}

/// True for a row of amounts and nothing else.
pub(super) fn is_nameless(row: &Row) -> bool {
    let filled = || row.cells.iter().filter(|cell| !cell.is_blank()).map(Value::as_str);
    filled().count() > 0 && filled().all(is_amount)
}
