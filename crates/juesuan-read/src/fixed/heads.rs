//! Headings by their order. Text that is taken out of a page with its layout gives an ideograph one place where it took two, so that
//! what stands behind it is moved: headings do not stand over their columns, but they keep their order.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Column, Line, covered};
use crate::text_cells::{Cell, Kind};

/// For each line of headings the columns over which each of its cells stands.
type Places = Vec<Vec<Range<usize>>>;

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

/// The columns of rows with those that only headings have, and what each heading stands over: where headings are broken over lines,
/// each column of the rows stands below one heading and no other, and some headings have nothing below them.
pub(super) fn by_place(heads: &[Line<'_>], rows: &[Column]) -> Option<(Vec<Column>, Places)> {
    (0..heads.len()).find_map(|upper| {
        let (stacks, over) = stacks(heads, upper);
        let own = |stack: &Stack<'_>| {
            let cells = || stack.cells.iter().filter_map(|(line, at)| heads.get(*line)?.cells.get(*at));
            let over = |own: &&Column| cells().any(|cell| own.left < cell.right && cell.left < own.right);
            let mut below = rows.iter().filter(over);
            match (below.next(), below.next()) {
                (Some(column), None) => Some(*column),
                (None, _) => Some(Column { left: stack.left, right: stack.right, amounts: true, headed: true }),
                _ => None,
            }
        };
        let columns: Vec<Column> = stacks.iter().map(own).collect::<Option<_>>()?;
        let apart = columns.windows(2).all(|pair| matches!(pair, [a, b] if a.right <= b.left));
        let taken = columns.iter().filter(|column| !column.headed).count() == rows.len();
        (apart && taken && stacks.len() > rows.len() && fits(&stacks, &columns)).then(|| {
            let places = places(heads, &stacks, &over, &columns);
            (columns, places)
        })
    })
}

/// True if the headings of one column stand over several columns of rows, each over another: nobody can tell which is theirs.
pub(super) fn are_split(heads: &[Line<'_>], places: &[Vec<Range<usize>>]) -> bool {
    let (stacks, _) = stacks(heads, 0);
    let place = |(line, at): &(usize, usize)| places.get(*line)?.get(*at).filter(|own| own.len() == 1);
    stacks.iter().any(|stack| {
        let mut own = stack.cells.iter().filter_map(place);
        own.next().is_some_and(|first| own.any(|other| other != first))
    })
}

/// For each heading the columns of the groups over which it stands, where the lowest line repeats the same headings: 预算数, 决算数 …
/// `None` where it does not, or a heading or a group has no other.
pub(super) fn over_groups(heads: &[Line<'_>], columns: &[Column]) -> Option<Vec<Vec<Range<usize>>>> {
    let (lowest, upper) = heads.split_last()?;
    let texts: Vec<&str> = lowest.cells.iter().map(|cell| cell.text).collect();
    let repeats =
        |size: &usize| texts.len().is_multiple_of(*size) && texts.chunks(*size).all(|own| texts.starts_with(own));
    let size = (2..=texts.len() / 2).find(repeats).filter(|_| texts.len() == columns.len())?;
    let groups: Vec<(usize, usize)> =
        columns.chunks(size).filter_map(|own| Some((own.first()?.left, own.last()?.right))).collect();
    let mut headed = vec![false; groups.len()];
    let mut over = |cell: &Cell<'_>| {
        let from = groups.partition_point(|(_, right)| *right <= cell.left);
        let end = groups.partition_point(|(left, _)| *left < cell.right);
        headed.get_mut(from..end)?.iter_mut().for_each(|own| *own = true);
        (from < end).then_some(from * size..end * size)
    };
    let mut places: Vec<Vec<Range<usize>>> =
        upper.iter().map(|line| line.cells.iter().map(&mut over).collect()).collect::<Option<_>>()?;
    places.push((0..columns.len()).map(|at| at..at + 1).collect());
    headed.iter().all(|own| *own).then_some(places)
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
                (None, _) if between(heads, at, cell).is_none() => stacks.push(Stack {
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

/// The two neighbours of a lower line between which a heading stands, where its own line has no other: it stands over both.
fn between<'l, 't>(heads: &'l [Line<'t>], at: usize, cell: &Cell<'_>) -> Option<[&'l Cell<'t>; 2]> {
    let own = heads.get(at).map_or(&[][..], |line| &line.cells);
    heads.iter().skip(at + 1).flat_map(|line| line.cells.windows(2)).find_map(|pair| {
        let [before, behind] = pair else { return None };
        let between = before.right <= cell.left && cell.right <= behind.left;
        let others = own.iter().filter(|other| other.right > before.left && other.left < behind.right);
        (between && others.count() == 1).then_some([before, behind])
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
    let sides = sides(columns);
    let line = |(at, line): (usize, &Line<'_>)| {
        let own_side = |(order, cell): (usize, &Cell<'_>)| {
            side(&sides, order, columns.len()).is_some_and(|side| side.contains(&nearest(stacks, cell)))
        };
        let heads_sides =
            sides.len() > 1 && sides.len() == line.cells.len() && line.cells.iter().enumerate().all(own_side);
        let place = |(order, cell): (usize, &Cell<'_>)| {
            let own = stacks.iter().position(|stack| stack.cells.contains(&(at, order)));
            let lowest = own.and_then(|own| stacks.get(own)).is_some_and(|own| own.cells.first() == Some(&(at, order)));
            if !lowest && heads_sides {
                return side(&sides, order, columns.len()).unwrap_or(0..0);
            }
            if let (None, Some(over)) = (own, over.iter().find(|over| over.cell == (at, order))) {
                return over.columns(stacks, columns);
            }
            let alone = own.is_none();
            let pair = own.is_none().then(|| between(heads, at, cell)).flatten();
            if let Some(names) = pair.and_then(|pair| names_below(stacks, columns, pair)) {
                return names;
            }
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

/// The columns of two headings, if both are names.
fn names_below(stacks: &[Stack<'_>], columns: &[Column], [before, behind]: [&Cell<'_>; 2]) -> Option<Range<usize>> {
    let below = |cell: &Cell<'_>| stacks.iter().position(|own| own.left < cell.right && cell.left < own.right);
    let (from, last) = (below(before)?, below(behind)?);
    columns.get(from..=last)?.iter().all(|column| !column.amounts).then_some(from..last + 1)
}

/// Where the sides of a table begin: names behind amounts, and the first ones.
pub(super) fn sides(columns: &[Column]) -> Vec<usize> {
    let amounts = |at: Option<usize>| at.and_then(|at| columns.get(at)).is_none_or(|column| column.amounts);
    (0..columns.len()).filter(|at| !amounts(Some(*at)) && amounts(at.checked_sub(1))).collect()
}

/// The columns a heading of the uppermost line stands over where it has one for each side.
pub(super) fn side(sides: &[usize], order: usize, width: usize) -> Option<Range<usize>> {
    Some(*sides.get(order)?..sides.get(order + 1).copied().unwrap_or(width))
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
