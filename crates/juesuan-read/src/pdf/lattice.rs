//! Rulings that cross, as tables: the columns and rows between them, cells merged where a ruling is missing.

use super::ink::{Hundredths, POINT};
use super::rulings::Rule;

/// Rulings so near to each other bound the same column: double lines, hairlines that were drawn twice.
const CLUSTER: Hundredths = 3 * POINT;
/// A line that ends so near to another one meets it.
const REACH: Hundredths = 3 * POINT;
/// A side without a ruling is a side of the table where the other rulings go on for so long.
const OPEN_SIDE: Hundredths = 8 * POINT;
/// Rows above the last one that have the same columns, at least, and sides of cells that each has and the other has not.
const ROWS_ALIKE: usize = 2;
const SIDES_APART: usize = 2;
/// Longest gap in upright rulings that is none, and how many have it, at least.
const GAP: Hundredths = 14 * POINT;
const GAPS_ALIKE: usize = 3;
/// Cells of one table.
const CELLS_MAX: usize = 100_000;

/// The rulings of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lattice {
    /// Where columns begin, and where the last ends.
    pub(super) xs: Vec<Hundredths>,
    /// Where rows begin, and where the last ends.
    pub(super) ys: Vec<Hundredths>,
    /// For each place between rulings, row by row: the cell it belongs to, as an index of `cells`.
    pub(super) owner: Vec<usize>,
    /// The cells, ordered by row and column of their upper left corner.
    pub(super) cells: Vec<Span>,
}

/// Rows and columns that a cell covers, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

impl Lattice {
    /// A table of which the places of columns and rows are known, and cells that cover more than one; of spans that
    /// overlap the first counts.
    pub(super) fn with_spans(xs: Vec<Hundredths>, ys: Vec<Hundredths>, spans: &[Span]) -> Lattice {
        let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
        let single = |row: usize, column: usize| Span { top: row, left: column, bottom: row, right: column };
        let mut chosen: Vec<Option<Span>> = vec![None; rows * columns];
        for span in spans.iter().filter(|span| span.bottom < rows && span.right < columns) {
            let places =
                || (span.top..=span.bottom).flat_map(|r| (span.left..=span.right).map(move |c| r * columns + c));
            if places().all(|place| matches!(chosen.get(place), Some(None))) {
                for place in places() {
                    if let Some(slot) = chosen.get_mut(place) {
                        *slot = Some(*span);
                    }
                }
            }
        }
        let mut cells: Vec<Span> = Vec::new();
        let mut owner = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let span = chosen.get(row * columns + column).copied().flatten().unwrap_or(single(row, column));
                if (span.top, span.left) == (row, column) {
                    owner.push(cells.len());
                    cells.push(span);
                } else {
                    let first = owner.get(span.top * columns + span.left).copied();
                    owner.push(first.unwrap_or(0));
                }
            }
        }
        Lattice { xs, ys, owner, cells }
    }

    /// The table with more rows: row `row` is cut at each of `cuts`, which lie inside it in order. Cells that cover other
    /// rows too grow with it.
    pub(super) fn cut(&self, row: usize, cuts: &[Hundredths]) -> Lattice {
        let more = cuts.len();
        let mut ys = self.ys.clone();
        let at = (row + 1).min(ys.len());
        ys.splice(at..at, cuts.iter().copied());
        let moved = |index: usize| if index > row { index + more } else { index };
        let grown = |span: &Span| Span {
            top: moved(span.top),
            bottom: if span.bottom >= row { span.bottom + more } else { span.bottom },
            ..*span
        };
        let mut spans: Vec<Span> = Vec::new();
        for span in &self.cells {
            if (span.top, span.bottom) != (row, row) {
                spans.push(grown(span));
            } else if span.left < span.right {
                spans.extend((row..=row + more).map(|r| Span { top: r, bottom: r, ..*span }));
            }
        }
        Lattice::with_spans(self.xs.clone(), ys, &spans)
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// Left, top, right, bottom.
    pub(super) fn bounds(&self) -> [Hundredths; 4] {
        let first = |all: &[Hundredths]| all.first().copied().unwrap_or(0);
        let last = |all: &[Hundredths]| all.last().copied().unwrap_or(0);
        [first(&self.xs), first(&self.ys), last(&self.xs), last(&self.ys)]
    }

    /// The cell at a point of the page, as an index of `cells`.
    pub(super) fn cell_at(&self, x: Hundredths, y: Hundredths) -> Option<usize> {
        let column = between(&self.xs, x)?;
        let row = between(&self.ys, y)?;
        self.owner.get(row * self.columns() + column).copied()
    }

    /// Left, top, right, bottom of a cell.
    pub(super) fn bounds_of(&self, cell: usize) -> Option<[Hundredths; 4]> {
        let span = self.cells.get(cell)?;
        Some([
            *self.xs.get(span.left)?,
            *self.ys.get(span.top)?,
            *self.xs.get(span.right + 1)?,
            *self.ys.get(span.bottom + 1)?,
        ])
    }
}

/// The interval of ordered places in which a place lies.
fn between(places: &[Hundredths], at: Hundredths) -> Option<usize> {
    let after = places.partition_point(|place| *place <= at);
    (after > 0 && after < places.len()).then(|| after - 1)
}

/// The tables of a page, from its level and upright rulings, ordered from top to bottom; and the level rulings that
/// belong to none. A frame around a single place is no table.
pub(super) fn lattices(level: &[Rule], upright: &[Rule]) -> (Vec<Lattice>, Vec<Rule>) {
    let upright = &bridged(level, upright);
    let mut groups = Groups::new(level.len() + upright.len());
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let meets =
                v.at >= h.from - REACH && v.at <= h.to + REACH && h.at >= v.from - REACH && h.at <= v.to + REACH;
            if meets {
                groups.unite(i, level.len() + j);
            }
        }
    }
    let mut roots: Vec<usize> = (0..level.len()).map(|i| groups.root(i)).collect();
    roots.sort_unstable();
    roots.dedup();
    let mut lattices = Vec::new();
    let mut alone = Vec::new();
    for root in roots {
        let of = |groups: &mut Groups, rules: &[Rule], first: usize| -> Vec<Rule> {
            let mine = rules.iter().enumerate().filter(|(i, _)| groups.root(first + i) == root);
            mine.map(|(_, rule)| *rule).collect()
        };
        let h = of(&mut groups, level, 0);
        let v = of(&mut groups, upright, level.len());
        match lattice(&h, &v) {
            Some(lattice) => match last_row(&lattice, &h, &v) {
                Some(apart) => lattices.extend(apart),
                None => lattices.push(lattice),
            },
            None => alone.extend(h),
        }
    }
    lattices.sort_by_key(|lattice| (lattice.bounds()[1], lattice.bounds()[0]));
    alone.sort_unstable();
    (lattices, alone)
}

/// The upright rulings, those put together that have the same short gap as others and no level ruling at its ends: converters leave
/// out pieces of the sides of headings.
fn bridged(level: &[Rule], upright: &[Rule]) -> Vec<Rule> {
    let closed = |above: &Rule, below: &Rule| {
        level.iter().any(|h| {
            (above.to - REACH..=below.from + REACH).contains(&h.at)
                && (h.from - REACH..=h.to + REACH).contains(&above.at)
        })
    };
    let mut ordered = upright.to_vec();
    ordered.sort_unstable_by_key(|rule| (rule.from, rule.at));
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    for (at, below) in ordered.iter().enumerate() {
        let goes_on = |above: &Rule| {
            (above.at - below.at).abs() <= CLUSTER
                && (1..=GAP).contains(&(below.from - above.to))
                && !closed(above, below)
        };
        gaps.extend(ordered.iter().take(at).rposition(goes_on).map(|above| (above, at)));
    }
    let ends = |(above, below): &(usize, usize)| Some((ordered.get(*above)?.to, ordered.get(*below)?.from));
    let near = |a: Hundredths, b: Hundredths| (a - b).abs() <= CLUSTER;
    let alike = |gap: &(usize, usize)| {
        let same = |other: &&(usize, usize)| matches!((ends(gap), ends(other)), (Some((a, b)), Some((c, d))) if near(a, c) && near(b, d));
        gaps.iter().filter(same).count() >= GAPS_ALIKE
    };
    let joined: Vec<(usize, usize)> = gaps.iter().filter(|gap| alike(gap)).copied().collect();
    let mut out = ordered.clone();
    for (above, below) in joined.iter().rev() {
        let end = out.get(*below).map(|rule| rule.to);
        if let (Some(rule), Some(end)) = (out.get_mut(*above), end) {
            rule.to = rule.to.max(end);
        }
    }
    let gone = |at: usize| joined.iter().any(|(_, below)| *below == at);
    let mut kept: Vec<Rule> = out.into_iter().enumerate().filter(|(at, _)| !gone(*at)).map(|(_, rule)| rule).collect();
    kept.sort_unstable();
    kept
}

/// The table of rulings that belong together.
fn lattice(level: &[Rule], upright: &[Rule]) -> Option<Lattice> {
    if level.is_empty() || upright.is_empty() {
        return None;
    }
    let xs = places(upright, level);
    let ys = places(level, upright);
    let columns = xs.len().checked_sub(1)?;
    let rows = ys.len().checked_sub(1)?;
    if columns * rows < 2 || columns * rows > CELLS_MAX {
        return None;
    }
    let right_walls = walls(&xs, &ys, upright);
    let lower_walls = walls(&ys, &xs, level);
    // A wall to the right of (row, column), a wall below it.
    let wall_right = |row: usize, column: usize| right_walls.get(column * rows + row).copied().unwrap_or(true);
    let wall_below = |row: usize, column: usize| lower_walls.get(row * columns + column).copied().unwrap_or(true);
    let free = usize::MAX;
    let mut owner = vec![free; rows * columns];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if owner.get(row * columns + column) != Some(&free) {
                continue;
            }
            let mut right = column;
            while right + 1 < columns && !wall_right(row, right) && owner.get(row * columns + right + 1) == Some(&free)
            {
                right += 1;
            }
            let mut bottom = row;
            while bottom + 1 < rows
                && (column..=right)
                    .all(|c| !wall_below(bottom, c) && owner.get((bottom + 1) * columns + c) == Some(&free))
                && (column..right).all(|c| !wall_right(bottom + 1, c))
            {
                bottom += 1;
            }
            for r in row..=bottom {
                for c in column..=right {
                    if let Some(place) = owner.get_mut(r * columns + c) {
                        *place = cells.len();
                    }
                }
            }
            cells.push(Span { top: row, left: column, bottom, right });
        }
    }
    (cells.len() > 1).then_some(Lattice { xs, ys, owner, cells })
}

/// The table and its last row, where that row alone has other columns than all above it: a total that was set as a table of its own.
fn last_row(table: &Lattice, level: &[Rule], upright: &[Rule]) -> Option<[Lattice; 2]> {
    let rows = table.rows();
    let last = rows.checked_sub(1).filter(|last| *last >= ROWS_ALIKE)?;
    let sides = |row: usize| -> Vec<usize> {
        let owners = table.owner.iter().skip(row * table.columns()).take(table.columns()).collect::<Vec<_>>();
        owners.windows(2).enumerate().filter(|(_, pair)| pair.first() != pair.last()).map(|(at, _)| at).collect()
    };
    let (own, above) = (sides(last), sides(last - 1));
    let alike = (last - ROWS_ALIKE..last).all(|row| sides(row) == above);
    let lacks = |a: &[usize], b: &[usize]| a.iter().filter(|side| !b.contains(side)).count() >= SIDES_APART;
    if !alike || !lacks(&own, &above) || !lacks(&above, &own) {
        return None;
    }
    let at = *table.ys.get(last)?;
    let (upper, lower): (Vec<Rule>, Vec<Rule>) = (
        level.iter().filter(|rule| rule.at <= at + CLUSTER).copied().collect(),
        level.iter().filter(|rule| rule.at >= at - CLUSTER).copied().collect(),
    );
    let before = upright.iter().filter(|rule| rule.from < at - CLUSTER);
    let behind = upright.iter().filter(|rule| rule.to > at + CLUSTER);
    let before: Vec<Rule> = before.map(|rule| Rule { to: rule.to.min(at), ..*rule }).collect();
    let behind: Vec<Rule> = behind.map(|rule| Rule { from: rule.from.max(at), ..*rule }).collect();
    Some([lattice(&upper, &before)?, lattice(&lower, &behind)?])
}

/// Where the rulings of one direction lie, ordered, near ones taken together; and a side that has none, where those of
/// the other direction go on beyond the last.
fn places(rules: &[Rule], others: &[Rule]) -> Vec<Hundredths> {
    let mut all: Vec<(Hundredths, Hundredths)> = rules.iter().map(|rule| (rule.at, rule.to - rule.from)).collect();
    all.sort_unstable();
    let mut places: Vec<Hundredths> = Vec::new();
    let mut longest = 0;
    for (at, length) in all {
        match places.last_mut() {
            Some(last) if at - *last <= CLUSTER => {
                if length > longest {
                    (*last, longest) = (at, length);
                }
            }
            _ => {
                places.push(at);
                longest = length;
            }
        }
    }
    // The second farthest: one line that sticks out is no side of the table.
    let mut begins: Vec<Hundredths> = others.iter().map(|rule| rule.from).collect();
    let mut ends: Vec<Hundredths> = others.iter().map(|rule| rule.to).collect();
    begins.sort_unstable();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    if let (Some(first), Some(begin)) = (places.first().copied(), begins.get(1).or(begins.first()))
        && first - begin > OPEN_SIDE
    {
        places.insert(0, *begin);
    }
    if let (Some(last), Some(end)) = (places.last().copied(), ends.get(1).or(ends.first()))
        && end - last > OPEN_SIDE
    {
        places.push(*end);
    }
    places
}

/// For each place between two neighbouring rulings' places and each stretch across: is there a wall at its end?
fn walls(places: &[Hundredths], stretches: &[Hundredths], rules: &[Rule]) -> Vec<bool> {
    let across = stretches.len().saturating_sub(1);
    let along = places.len().saturating_sub(1);
    let mut covered = vec![0i64; along * across];
    for rule in rules {
        let near = |place: &Hundredths| (*place - rule.at).abs();
        let Some((index, _)) = places.iter().enumerate().min_by_key(|(_, place)| near(place)) else { continue };
        let Some(before) = index.checked_sub(1) else { continue };
        for (stretch, ends) in stretches.windows(2).enumerate() {
            let &[from, to] = ends else { continue };
            let part = (rule.to.min(to) - rule.from.max(from)).max(0);
            if let Some(sum) = covered.get_mut(before * across + stretch) {
                *sum += i64::from(part);
            }
        }
    }
    let mut walls = vec![false; along * across];
    for (index, wall) in walls.iter_mut().enumerate() {
        let (place, stretch) = (index / across.max(1), index % across.max(1));
        let length = match (stretches.get(stretch), stretches.get(stretch + 1)) {
            (Some(from), Some(to)) => i64::from(to - from),
            _ => 0,
        };
        let outer = place + 1 == along;
        *wall = outer || covered.get(index).is_some_and(|sum| sum * 2 >= length);
    }
    walls
}

/// Which things belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while let Some(&above) = self.0.get(of) {
            if above == of {
                break;
            }
            let next = self.0.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.0.get_mut(of) {
                *slot = next;
            }
            of = above;
        }
        of
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: Hundredths, from: Hundredths, to: Hundredths) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn a_missing_ruling_merges_two_cells() {
        let level = [rule(0, 0, 20_000), rule(2_000, 0, 20_000), rule(4_000, 0, 20_000)];
        let upright = [rule(0, 0, 4_000), rule(10_000, 2_000, 4_000), rule(20_000, 0, 4_000)];
        let (found, _) = lattices(&level, &upright);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].cells[0], Span { top: 0, left: 0, bottom: 0, right: 1 });
        assert_eq!(found[0].cells.len(), 3);
        assert_eq!(found[0].cell_at(15_000, 1_000), Some(0));
        assert_eq!(found[0].cell_at(15_000, 3_000), Some(2));
    }

    #[test]
    fn a_gap_that_all_sides_of_a_heading_have_is_none_and_that_between_two_tables_is_one() {
        let level = [rule(0, 0, 20_000), rule(4_000, 0, 20_000), rule(6_000, 0, 20_000)];
        let sides = [0, 10_000, 20_000].map(|at| [rule(at, 0, 1_500), rule(at, 2_500, 6_000)]);
        let upright: Vec<Rule> = sides.into_iter().flatten().collect();
        let (found, _) = lattices(&level, &upright);
        assert_eq!(found.iter().map(|table| (table.columns(), table.rows())).collect::<Vec<_>>(), [(2, 2)]);
        let level = [&level[..], &[rule(1_500, 0, 20_000), rule(2_500, 0, 20_000)]].concat();
        let (found, _) = lattices(&level, &upright);
        assert_eq!(found.iter().map(|table| (table.columns(), table.rows())).collect::<Vec<_>>(), [(2, 1), (2, 2)]);
    }

    #[test]
    fn open_sides_are_sides() {
        let level = [rule(0, 0, 30_000), rule(2_000, 0, 30_000), rule(4_000, 0, 30_000)];
        let upright = [rule(10_000, 0, 4_000), rule(20_000, 0, 4_000)];
        let (found, _) = lattices(&level, &upright);
        assert_eq!(found[0].xs, [0, 10_000, 20_000, 30_000]);
    }

    #[test]
    fn a_frame_is_no_table() {
        let level = [rule(0, 0, 30_000), rule(4_000, 0, 30_000)];
        let upright = [rule(0, 0, 4_000), rule(30_000, 0, 4_000)];
        let (found, alone) = lattices(&level, &upright);
        assert!(found.is_empty());
        assert_eq!(alone.len(), 2);
    }

    #[test]
    fn a_row_that_is_cut_lets_cells_over_several_rows_grow() {
        let spans = [Span { top: 0, left: 0, bottom: 1, right: 0 }];
        let table = Lattice::with_spans(vec![0, 100, 200], vec![0, 100, 200], &spans);
        let cut = table.cut(1, &[130, 160]);
        assert_eq!(cut.ys, [0, 100, 130, 160, 200]);
        assert_eq!(cut.cells[0], Span { top: 0, left: 0, bottom: 3, right: 0 });
        assert_eq!(cut.cells.len(), 5);
        assert_eq!(cut.cell_at(150, 170), Some(4));
    }

    #[test]
    fn a_last_row_with_other_columns_is_a_table_of_its_own() {
        let level: Vec<Rule> = (0..=5).map(|row| rule(row * 2_000, 0, 24_000)).collect();
        let mut upright: Vec<Rule> = [0, 4_000, 8_000, 12_000, 18_000].map(|x| rule(x, 0, 8_000)).into();
        upright.extend([0, 6_000, 10_000, 15_000].map(|x| rule(x, 8_000, 10_000)));
        upright.push(rule(24_000, 0, 10_000));
        let (found, _) = lattices(&level, &upright);
        let shapes: Vec<(usize, usize)> = found.iter().map(|table| (table.columns(), table.rows())).collect();
        assert_eq!(shapes, [(5, 4), (4, 1)]);
    }
}
