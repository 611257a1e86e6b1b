//! The sums that a table lays out: rows down, columns across, and the totals that must balance. The same for a table that is
//! made and for one that is read.

use std::collections::BTreeMap;

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

/// Where a row stands: its block and line.
type At = (usize, usize);

/// The rows of a table by what sums name them with. A table may have tens of thousands of rows: none goes through all of them.
#[derive(Default)]
struct Named<'a> {
    /// By key and by code, with the length of the code.
    rows: BTreeMap<&'a str, Vec<(At, usize)>>,
    /// By block and the code one level above.
    children: BTreeMap<(usize, &'a str), Vec<At>>,
}

impl<'a> Named<'a> {
    fn of(lines: &SumRows<'a>) -> Named<'a> {
        let mut named = Named::default();
        for (block, rows) in lines.iter().enumerate() {
            for (at, line) in rows.iter().enumerate().filter_map(|(at, line)| Some((at, line.as_ref()?))) {
                let level = line.code.map_or(0, str::len);
                let key = line.row.key.as_str();
                for name in [Some(key), line.code.filter(|code| *code != key)].into_iter().flatten() {
                    named.rows.entry(name).or_default().push(((block, at), level));
                }
                if let Some(above) = line.code.and_then(|code| code.get(..code.len().checked_sub(2)?)) {
                    named.children.entry((block, above)).or_default().push((block, at));
                }
            }
        }
        named
    }

    /// The rows that a key names, in any block: one row, one code, or the highest level of generated rows.
    fn rows(&self, key: &str) -> impl Iterator<Item = At> {
        let all = self.rows.get(key).map_or(&[][..], Vec::as_slice);
        let top = all.iter().map(|(_, level)| *level).min();
        all.iter().filter(move |(_, level)| Some(*level) == top).map(|(at, _)| *at)
    }

    /// The codes one level below a code.
    fn children(&self, block: usize, code: &'a str) -> impl Iterator<Item = At> {
        self.children.get(&(block, code)).into_iter().flatten().copied()
    }
}

/// Every sum of a table.
pub fn sums(form: &Form, lines: &SumRows<'_>, index: &Index) -> Vec<SlotSum> {
    let named = Named::of(lines);
    let mut sums = Vec::new();
    for (block, rows) in lines.iter().enumerate() {
        for (at, line) in rows.iter().enumerate() {
            let Some(line) = line else { continue };
            down(&named, index, (block, at), line, &mut sums);
            across(form, index, (block, at), &mut sums);
            equal(&named, index, (block, at), line, &mut sums);
        }
    }
    sums
}

fn slot(index: &Index, block: usize, line: usize, column: usize) -> Option<Slot> {
    index.get(block)?.get(line)?.get(column).copied().flatten()
}

/// A row named by `adds`, or a code over the codes one level below it.
fn down<'a>(named: &Named<'a>, index: &Index, (block, at): At, line: &SumRow<'a>, sums: &mut Vec<SlotSum>) {
    let parts: Vec<At> = match line.code {
        Some(code) => named.children(block, code).collect(),
        None => line.row.adds.iter().flat_map(|key| named.rows(key)).collect(),
    };
    let columns = index.get(block).and_then(|b| b.get(at)).map_or(0, Vec::len);
    for column in 0..columns {
        let parts: Vec<Slot> = parts.iter().filter_map(|(b, l)| slot(index, *b, *l, column)).collect();
        if let (Some(total), false) = (slot(index, block, at, column), parts.is_empty()) {
            sums.push(SlotSum { total, parts, less: Vec::new(), law: "sum".to_owned(), way: Way::Down });
        }
    }
}

fn across(form: &Form, index: &Index, (block, at): At, sums: &mut Vec<SlotSum>) {
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

fn equal(named: &Named<'_>, index: &Index, (block, at): At, line: &SumRow<'_>, sums: &mut Vec<SlotSum>) {
    if line.row.equals.is_empty() {
        return;
    }
    for (other_block, other) in named.rows(&line.row.equals) {
        if let (Some(total), Some(part)) = (slot(index, block, at, 0), slot(index, other_block, other, 0)) {
            let law = "balance".to_owned();
            sums.push(SlotSum { total, parts: vec![part], less: Vec::new(), law, way: Way::Equal });
        }
    }
}
