//! Tables without upright rulings: found from amounts that stand below each other.
//!
//! A line belongs to the body of such a table if one of its chunks is an amount and another stands beside it. Three such
//! lines that follow each other (two between level rulings) are a table if the x-ranges of their chunks fall apart into
//! columns. The columns are those ranges; lines above that fit them are its header; a line between two rows is the rest
//! of the name above or below if it is nearer than rows are to each other, else a row without amounts.

use super::chunks::{Chunk, Kind, chunks};
use super::ink::{Glyph, Hundredths, POINT};
use super::lattice::{Lattice, Span};
use super::lines::Line;
use super::rulings::Rule;

/// A table without upright rulings.
#[derive(Debug)]
pub(super) struct Open {
    /// Its columns and rows.
    pub(super) lattice: Lattice,
    /// Its glyphs, each with its cell.
    pub(super) glyphs: Vec<(usize, Glyph)>,
    /// Its lines, as a range of the lines of the page.
    pub(super) lines: std::ops::Range<usize>,
}

/// A line in chunks.
struct Split {
    chunks: Vec<Chunk>,
    top: Hundredths,
    bottom: Hundredths,
}

impl Split {
    fn is_body(&self) -> bool {
        let amounts = self.chunks.iter().filter(|chunk| matches!(chunk.kind, Kind::Amount(_))).count();
        amounts > 0 && self.chunks.len() > 1
    }

    fn height(&self) -> Hundredths {
        self.bottom - self.top
    }

    /// A label and its value, as they stand above tables.
    fn is_labelled(&self) -> bool {
        self.chunks.iter().any(|chunk| chunk.glyphs.iter().any(|glyph| matches!(glyph.character, ':' | '：')))
    }
}

/// The tables among lines that lie in no ruled table. `level` are rulings that cross no upright one.
pub(super) fn tables(lines: &[Line], level: &[Rule]) -> Vec<Open> {
    let split: Vec<Split> =
        lines.iter().map(|line| Split { chunks: chunks(line), top: line.bounds[1], bottom: line.bounds[3] }).collect();
    let mut tables = Vec::new();
    let mut next = 0;
    while next < split.len() {
        if !split.get(next).is_some_and(Split::is_body) {
            next += 1;
            continue;
        }
        let end = run(&split, next);
        let start = tables.last().map_or(0, |table: &Open| table.lines.end);
        match table(&split, start, next, end, level) {
            Some(table) => {
                next = table.lines.end.max(next + 1);
                tables.push(table);
            }
            None => next = end.max(next + 1),
        }
    }
    tables
}

/// The end of the rows that begin with a body line: after its last body line.
fn run(lines: &[Split], first: usize) -> usize {
    let mut end = first + 1;
    let mut index = first + 1;
    while let (Some(line), Some(above)) = (lines.get(index), lines.get(index - 1)) {
        let near = line.top - above.bottom <= line.height().max(above.height()) * 3;
        if !near || index - end > 2 {
            break;
        }
        index += 1;
        if line.is_body() {
            end = index;
        }
    }
    end
}

/// The table whose body lines lie in `first..end`; its header may reach up to `start`.
fn table(lines: &[Split], start: usize, first: usize, end: usize, level: &[Rule]) -> Option<Open> {
    let body: Vec<&Split> = lines.get(first..end)?.iter().filter(|line| line.is_body()).collect();
    let top = body.first()?.top;
    let bottom = body.last()?.bottom;
    let ruled = level.iter().filter(|rule| rule.at > top - 100 * POINT && rule.at < bottom + 20 * POINT).count() > 1;
    if body.len() < if ruled { 2 } else { 3 } {
        return None;
    }
    let columns = columns(&body);
    let full = body.iter().filter(|line| line.chunks.len() > 1).count();
    if columns.len() < 2 || full < body.len() || !has_amounts(&columns, &body) {
        return None;
    }
    let begin = header(lines, start, first, &columns);
    let rows = rows(lines, begin, first, end, level);
    Some(open(lines, begin, end, &columns, &rows))
}

/// The x-ranges of columns: what the chunks of body lines cover, taken together where they overlap.
fn columns(body: &[&Split]) -> Vec<(Hundredths, Hundredths)> {
    let mut ranges: Vec<(Hundredths, Hundredths)> =
        body.iter().flat_map(|line| line.chunks.iter().map(|chunk| (chunk.left, chunk.right))).collect();
    ranges.sort_unstable();
    let mut columns: Vec<(Hundredths, Hundredths)> = Vec::new();
    for (left, right) in ranges {
        match columns.last_mut() {
            Some(open) if left <= open.1 => open.1 = open.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    columns
}

/// True if a column holds little but numbers, and amounts among them in most lines.
fn has_amounts(columns: &[(Hundredths, Hundredths)], body: &[&Split]) -> bool {
    columns.iter().any(|(left, right)| {
        let inside = body.iter().flat_map(|line| &line.chunks).filter(|c| c.left >= *left && c.right <= *right);
        let (mut all, mut numeric, mut amounts) = (0, 0, 0);
        for chunk in inside {
            all += 1;
            numeric += usize::from(chunk.kind.is_numeric());
            amounts += usize::from(matches!(chunk.kind, Kind::Amount(_)));
        }
        amounts > 1 && numeric * 5 >= all * 4
    })
}

/// The first header line: lines above the body whose chunks fit the columns, up to six.
fn header(lines: &[Split], start: usize, first: usize, columns: &[(Hundredths, Hundredths)]) -> usize {
    let mut begin = first;
    while begin > start && first - begin < 6 {
        let (Some(line), Some(below)) = (lines.get(begin - 1), lines.get(begin)) else { break };
        let near = below.top - line.bottom <= line.height().max(below.height()) * 2;
        let words = line.chunks.iter().all(|chunk| chunk.kind == Kind::Words || chunk.kind == Kind::Integer);
        let fits = line.chunks.iter().filter(|chunk| !covered(columns, chunk).is_empty()).count();
        if !near || !words || line.is_labelled() || line.chunks.len() < 2 || fits < 2 {
            break;
        }
        begin -= 1;
    }
    begin
}

/// The columns whose range a chunk touches.
fn covered(columns: &[(Hundredths, Hundredths)], chunk: &Chunk) -> std::ops::Range<usize> {
    let first = columns.partition_point(|(_, right)| *right <= chunk.left);
    let end = columns.partition_point(|(left, _)| *left < chunk.right);
    first..end.max(first)
}

/// The row of each line of `begin..end`, counted from 0.
fn rows(lines: &[Split], begin: usize, first: usize, end: usize, level: &[Rule]) -> Vec<usize> {
    let middle = |line: &Split| (line.top + line.bottom) / 2;
    let band = |line: &Split| level.iter().filter(|rule| rule.at < middle(line)).count();
    let within: Vec<&Split> = lines.get(begin..end).unwrap_or_default().iter().collect();
    let bodies: Vec<&&Split> = within.iter().filter(|line| line.is_body()).collect();
    let apart = bodies.windows(2).filter(|pair| pair.first().map(|l| band(l)) != pair.last().map(|l| band(l))).count();
    if apart + 1 == bodies.len() && apart > 0 {
        // Each row has a ruling of its own: what stands between two rulings is one row.
        let mut bands: Vec<usize> = within.iter().map(|line| band(line)).collect();
        let all = {
            let mut all = bands.clone();
            all.dedup();
            all
        };
        for band in &mut bands {
            *band = all.iter().position(|one| one == band).unwrap_or(0);
        }
        return bands;
    }
    let mut pitches: Vec<Hundredths> =
        bodies.windows(2).filter_map(|pair| Some(middle(pair.last()?) - middle(pair.first()?))).collect();
    pitches.sort_unstable();
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(0);
    let mut rows = Vec::new();
    let mut row = 0;
    for (index, line) in within.iter().enumerate() {
        let above = index.checked_sub(1).and_then(|i| within.get(i));
        let new = match above {
            None => false,
            Some(above) => {
                let near = middle(line) - middle(above) < pitch * 3 / 4;
                let continues = near && begin + index > first && !(line.is_body() && above.is_body());
                !continues
            }
        };
        row += usize::from(new);
        rows.push(row);
    }
    rows
}

/// Puts the lines `begin..end` into columns and rows.
fn open(lines: &[Split], begin: usize, end: usize, columns: &[(Hundredths, Hundredths)], rows: &[usize]) -> Open {
    let within = lines.get(begin..end).unwrap_or_default();
    let mut xs: Vec<Hundredths> = columns.first().map(|(left, _)| *left).into_iter().collect();
    xs.extend(columns.windows(2).filter_map(|pair| Some((pair.first()?.1 + pair.last()?.0) / 2)));
    xs.extend(columns.last().map(|(_, right)| *right));
    let count = rows.last().map_or(0, |last| last + 1);
    let mut ys: Vec<Hundredths> = within.first().map(|line| line.top).into_iter().collect();
    for row in 1..count {
        let above = within.iter().zip(rows).filter(|(_, r)| **r + 1 == row).map(|(line, _)| line.bottom).max();
        let below = within.iter().zip(rows).filter(|(_, r)| **r == row).map(|(line, _)| line.top).min();
        let last = ys.last().copied().unwrap_or(0);
        ys.push(above.zip(below).map_or(last, |(above, below)| (above + below) / 2).max(last + 1));
    }
    ys.push(within.iter().map(|line| line.bottom).max().unwrap_or(0).max(ys.last().copied().unwrap_or(0) + 1));

    let width = columns.len();
    let mut spans: Vec<Span> = Vec::new();
    let mut placed: Vec<(usize, usize, &Chunk)> = Vec::new();
    for (line, row) in within.iter().zip(rows) {
        for chunk in &line.chunks {
            let cover = covered(columns, chunk);
            let column = if cover.is_empty() { cover.start.min(width.saturating_sub(1)) } else { cover.start };
            placed.push((*row, column, chunk));
            if cover.len() > 1 {
                spans.push(Span { top: *row, left: cover.start, bottom: *row, right: cover.end - 1 });
            }
        }
    }
    let lattice = Lattice::with_spans(xs, ys, &spans);
    let glyphs = placed
        .into_iter()
        .filter_map(|(row, column, chunk)| {
            let cell = lattice.owner.get(row * width + column).copied()?;
            Some(chunk.glyphs.iter().map(move |glyph| (cell, *glyph)))
        })
        .flatten()
        .collect();
    Open { lattice, glyphs, lines: begin..end }
}
