//! The sums that a table lays out: rows down, columns across, and the totals that must balance. The same for a table that is
//! made and for one that is read.

use juesuan_catalog::{Form, FormRow};

/// Position of a cell with a meaning: index into the cells of a table.
pub type Slot = usize;

/// Slots by block, line and number column.
pub type Index = Vec<Vec<Vec<Option<Slot>>>>;

/// A printed row of one block.
#[derive(Clone, Copy, Debug)]
pub struct SumRow<'a> {
    /// The row of the form.
    pub row: &'a FormRow,
    /// Code of a generated row.
    pub code: Option<&'a str>,
}

/// Rows by block and line; blocks have equally many, `None` is padding.
pub type SumRows<'a> = Vec<Vec<Option<SumRow<'a>>>>;

/// One laid-out sum over slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotSum {
    /// The sum.
    pub total: Slot,
    /// What adds up to it.
    pub parts: Vec<Slot>,
    /// What is taken off.
    pub less: Vec<Slot>,
    /// Law it is checked under.
    pub law: String,
    /// How it runs.
    pub way: Way,
}

/// How a sum runs through the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A row is the sum of rows.
    Down,
    /// A column is the sum of columns.
    Across,
    /// Two totals are the same.
    Equal,
}

/// Every sum of a table.
pub fn sums(form: &Form, lines: &SumRows<'_>, index: &Index) -> Vec<SlotSum> {
    let mut sums = Vec::new();
    for (block, rows) in lines.iter().enumerate() {
        for (at, line) in rows.iter().enumerate() {
            let Some(line) = line else { continue };
            down(lines, index, (block, at), line, &mut sums);
            across(form, index, (block, at), &mut sums);
            equal(lines, index, (block, at), line, &mut sums);
        }
    }
    sums
}

fn slot(index: &Index, block: usize, line: usize, column: usize) -> Option<Slot> {
    index.get(block)?.get(line)?.get(column).copied().flatten()
}

/// A row named by `adds`, or a code over the codes one level below it.
fn down(lines: &SumRows<'_>, index: &Index, (block, at): (usize, usize), line: &SumRow<'_>, sums: &mut Vec<SlotSum>) {
    let parts: Vec<(usize, usize)> = match line.code {
        Some(code) => children(lines, block, code),
        None => line.row.adds.iter().flat_map(|key| rows(lines, key)).collect(),
    };
    let columns = index.get(block).and_then(|b| b.get(at)).map_or(0, Vec::len);
    for column in 0..columns {
        let parts: Vec<Slot> = parts.iter().filter_map(|(b, l)| slot(index, *b, *l, column)).collect();
        if let (Some(total), false) = (slot(index, block, at, column), parts.is_empty()) {
            sums.push(SlotSum { total, parts, less: Vec::new(), law: "sum".to_owned(), way: Way::Down });
        }
    }
}

fn children(lines: &SumRows<'_>, block: usize, code: &str) -> Vec<(usize, usize)> {
    let rows = lines.get(block).into_iter().flatten().enumerate();
    rows.filter(|(_, line)| line.and_then(|l| l.code).is_some_and(|c| c.len() == code.len() + 2 && c.starts_with(code)))
        .map(|(at, _)| (block, at))
        .collect()
}

/// The rows that a key names, in any block: one row, one code, or the highest level of generated rows.
fn rows(lines: &SumRows<'_>, key: &str) -> Vec<(usize, usize)> {
    let named = |line: &SumRow<'_>| line.row.key == key || line.code == Some(key);
    let all: Vec<(usize, usize, usize)> = lines
        .iter()
        .enumerate()
        .flat_map(|(block, rows)| rows.iter().enumerate().map(move |(at, line)| (block, at, line)))
        .filter_map(|(block, at, line)| {
            let line = line.as_ref().filter(|l| named(l))?;
            Some((block, at, line.code.map_or(0, str::len)))
        })
        .collect();
    let top = all.iter().map(|(_, _, level)| *level).min();
    all.into_iter().filter(|(_, _, level)| Some(*level) == top).map(|(block, at, _)| (block, at)).collect()
}

fn across(form: &Form, index: &Index, (block, at): (usize, usize), sums: &mut Vec<SlotSum>) {
    let Some(columns) = form.block.get(block).map(|b| b.numbers().collect::<Vec<_>>()) else {
        return;
    };
    let find = |key: &String| columns.iter().position(|c| c.key == *key).and_then(|c| slot(index, block, at, c));
    for (number, column) in columns.iter().enumerate().filter(|(_, c)| !c.adds.is_empty()) {
        let parts: Vec<Slot> = column.adds.iter().filter_map(find).collect();
        let less: Vec<Slot> = column.takes.iter().filter_map(find).collect();
        if let (Some(total), true) = (slot(index, block, at, number), parts.len() == column.adds.len()) {
            sums.push(SlotSum { total, parts, less, law: column.law.clone(), way: Way::Across });
        }
    }
}

fn equal(lines: &SumRows<'_>, index: &Index, (block, at): (usize, usize), line: &SumRow<'_>, sums: &mut Vec<SlotSum>) {
    if line.row.equals.is_empty() {
        return;
    }
    for (other_block, other) in rows(lines, &line.row.equals) {
        if let (Some(total), Some(part)) = (slot(index, block, at, 0), slot(index, other_block, other, 0)) {
            let law = "balance".to_owned();
            sums.push(SlotSum { total, parts: vec![part], less: Vec::new(), law, way: Way::Equal });
        }
    }
}
