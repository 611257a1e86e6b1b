//! Headings by their order. Text that is taken out of a page with its layout gives an ideograph one place where it took two, so that
//! what stands behind it is moved: headings do not stand over their columns, but they keep their order.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Column, Line, covered};
use crate::text_cells::{Cell, Kind};

/// Headings one below the other: those of one column.
struct Stack<'t> {
    left: usize,
    right: usize,
    words: String,
    /// Line and place in the line of each.
    cells: Vec<(usize, usize)>,
    lowest: Cell<'t>,
}

/// A heading over several others, and from where to where those stand.
struct Over {
    cell: (usize, usize),
    left: usize,
    right: usize,
}

/// For each heading the columns it stands over, if there are as many headings as columns and none stands over another column than its
/// own. A heading over several others of one line, in their middle, stands over the columns of all.
pub(super) fn by_order(heads: &[Line<'_>], columns: &[Column]) -> Option<Vec<Vec<Range<usize>>>> {
    (0..heads.len()).find_map(|upper| {
        let (stacks, over) = stacks(heads, upper);
        fits(&stacks, columns).then(|| places(heads, &stacks, &over, columns))
    })
}

/// The headings of lines, without those above line `upper` and those over several others.
fn stacks<'t>(heads: &[Line<'t>], upper: usize) -> (Vec<Stack<'t>>, Vec<Over>) {
    let mut stacks: Vec<Stack<'t>> = Vec::new();
    let mut over: Vec<Over> = Vec::new();
    for (at, line) in heads.iter().enumerate().skip(upper).rev() {
        for (order, cell) in line.cells.iter().enumerate() {
            let mut below = (0..).zip(&stacks).filter(|(_, own)| own.left < cell.right && cell.left < own.right);
            match (below.next(), below.next()) {
                (Some((own, _)), None) => match middle_of(&stacks, own, line, cell) {
                    Some((left, right)) => over.push(Over { cell: (at, order), left, right }),
                    None => {
                        if let Some(stack) = stacks.get_mut(own) {
                            stack.words.insert_str(0, cell.text);
                            stack.cells.push((at, order));
                        }
                    }
                },
                (None, _) if !spans(heads, at, cell) => stacks.push(Stack {
                    left: cell.left,
                    right: cell.right,
                    words: cell.text.to_owned(),
                    cells: vec![(at, order)],
                    lowest: *cell,
                }),
                _ => {}
            }
        }
        stacks.sort_by_key(|stack| stack.left);
    }
    (stacks, over)
}

/// From where to where the headings of one line stand, several beside each other with nothing over them, of which a heading of `line`
/// over one of them stands in the middle, alone.
fn middle_of(stacks: &[Stack<'_>], own: usize, line: &Line<'_>, cell: &Cell<'_>) -> Option<(usize, usize)> {
    let [(below, _)] = stacks.get(own)?.cells.as_slice() else { return None };
    let same = |stack: &&Stack<'_>| matches!(stack.cells.as_slice(), [(at, _)] if at == below);
    let before = stacks.iter().take(own).rev().take_while(same).count();
    let behind = stacks.iter().skip(own + 1).take_while(same).count();
    let (first, last) = (stacks.get(own - before)?, stacks.get(own + behind)?);
    let alone = line.cells.iter().filter(|other| other.left < last.right && first.left < other.right).count() == 1;
    let off = (first.left + last.right).abs_diff(cell.left + cell.right);
    let centred = off * 2 <= last.right - first.left;
    (before + behind > 0 && alone && centred).then_some((first.left, last.right))
}

/// True for a heading between two neighbours of a lower line, where its own line has no other: it stands over both.
fn spans(heads: &[Line<'_>], at: usize, cell: &Cell<'_>) -> bool {
    let own = heads.get(at).map_or(&[][..], |line| &line.cells);
    heads.iter().skip(at + 1).flat_map(|line| line.cells.windows(2)).any(|pair| {
        let [before, behind] = pair else { return false };
        let between = before.right <= cell.left && cell.right <= behind.left;
        let others = own.iter().filter(|other| other.right > before.left && other.left < behind.right);
        between && others.count() == 1
    })
}

fn fits(stacks: &[Stack<'_>], columns: &[Column]) -> bool {
    let over = |(at, stack): (usize, &Stack<'_>)| {
        let covered = covered(columns, &stack.lowest);
        covered.is_empty() || covered.contains(&at)
    };
    stacks.len() == columns.len()
        && stacks.iter().enumerate().all(over)
        && stacks.iter().all(|stack| stack.lowest.kind == Kind::Words)
        && are_apart(stacks, columns)
}

/// True if no two columns of amounts behind the same names have the same heading.
fn are_apart(stacks: &[Stack<'_>], columns: &[Column]) -> bool {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (stack, column) in stacks.iter().zip(columns) {
        if !column.amounts {
            // The names of another side.
            told.clear();
        } else if !told.insert(&stack.words) {
            return false;
        }
    }
    true
}

fn places(heads: &[Line<'_>], stacks: &[Stack<'_>], over: &[Over], columns: &[Column]) -> Vec<Vec<Range<usize>>> {
    let sides: Vec<usize> =
        columns.iter().enumerate().filter(|(_, column)| !column.amounts).map(|(at, _)| at).collect();
    let line = |(at, line): (usize, &Line<'_>)| {
        let place = |(order, cell): (usize, &Cell<'_>)| {
            let own = stacks.iter().position(|stack| stack.cells.contains(&(at, order)));
            if let (None, Some(over)) = (own, over.iter().find(|over| over.cell == (at, order))) {
                return over.columns(stacks, columns);
            }
            if own.is_none() && sides.len() > 1 && sides.len() == line.cells.len() {
                let end = sides.get(order + 1).copied().unwrap_or(columns.len());
                return sides.get(order).map_or(0..0, |from| *from..end);
            }
            let alone = own.is_none();
            let own = own.unwrap_or_else(|| nearest(stacks, cell));
            let names = names_around(columns, own);
            let others = || line.cells.iter().filter(|other| names.contains(&nearest(stacks, other))).count();
            match names.len() {
                0 | 1 => own..own + 1,
                // The uppermost heading of names stands over their codes too, and one over codes over all of them.
                _ if at == 0 && heads.len() > 1 && others() == 1 => names,
                _ if alone && own + 1 < names.end && others() == 1 => names.start..names.end - 1,
                _ => own..own + 1,
            }
        };
        line.cells.iter().enumerate().map(place).collect()
    };
    heads.iter().enumerate().map(line).collect()
}

impl Over {
    /// The columns it stands over; amounts have no heading together with names.
    fn columns(&self, stacks: &[Stack<'_>], columns: &[Column]) -> Range<usize> {
        let from = stacks.partition_point(|stack| stack.left < self.left);
        let end = stacks.partition_point(|stack| stack.right <= self.right).max(from + 1);
        let amounts = columns.iter().enumerate().take(end).skip(from).find(|(_, column)| column.amounts);
        amounts.map_or(from, |(first, _)| first)..end
    }
}

/// The column whose headings stand nearest to a heading.
fn nearest(stacks: &[Stack<'_>], cell: &Cell<'_>) -> usize {
    let distance = |stack: &Stack<'_>| (stack.left + stack.right).abs_diff(cell.left + cell.right);
    stacks.iter().enumerate().min_by_key(|(_, stack)| distance(stack)).map_or(0, |(own, _)| own)
}

/// The columns without amounts around a column, if it has none.
fn names_around(columns: &[Column], own: usize) -> Range<usize> {
    let amounts = |at: &usize| columns.get(*at).is_none_or(|column| column.amounts);
    if amounts(&own) {
        return own..own + 1;
    }
    let from = (0..own).rev().take_while(|at| !amounts(at)).last().unwrap_or(own);
    from..(own..columns.len()).find(amounts).unwrap_or(columns.len())
}
