//! Candidates compared exactly, and joined to chains.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Id;
use super::bands::Pair;

/// Passages whose stretches are held at once (of some hundred stretches each: half a gigabyte).
const HELD_MAX: usize = 500_000;

/// Candidates on their way to chains.
pub(super) struct Chains {
    /// Not yet compared, the next ones last.
    pairs: Vec<Pair>,
    /// Compared in this round.
    round: Vec<Pair>,
    wanted: FxHashSet<Id>,
    held: FxHashMap<Id, Vec<u64>>,
    /// Percent from which two are alike.
    bound: u32,
    /// Each passage that is like another one: the one that it hangs on, and how like its likest is, in percent.
    joined: FxHashMap<Id, (Id, u32)>,
}

/// A passage in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    /// Number of the chain, from 1.
    pub chain: usize,
    /// The passage.
    pub id: Id,
    /// Percent.
    pub alike: u32,
}

impl Chains {
    /// Of candidates, sorted.
    pub fn new(mut pairs: Vec<Pair>, bound: u32) -> Chains {
        pairs.reverse();
        Chains {
            pairs,
            round: Vec::new(),
            wanted: FxHashSet::default(),
            held: FxHashMap::default(),
            bound,
            joined: FxHashMap::default(),
        }
    }

    /// Chooses the candidates of the next round; false where there are none.
    pub fn begin_round(&mut self) -> bool {
        while self.wanted.len() < HELD_MAX
            && let Some((a, b)) = self.pairs.pop()
        {
            self.wanted.extend([a, b]);
            self.round.push((a, b));
        }
        !self.round.is_empty()
    }

    /// True for a passage of this round.
    pub fn wants(&self, id: Id) -> bool {
        self.wanted.contains(&id)
    }

    /// Takes its own stretches.
    pub fn keep(&mut self, id: Id, stretches: &[u64]) {
        self.held.insert(id, stretches.to_vec());
    }

    /// Compares.
    pub fn end_round(&mut self) {
        for (a, b) in std::mem::take(&mut self.round) {
            let (Some(one), Some(other)) = (self.held.get(&a), self.held.get(&b)) else { continue };
            let alike = likeness(one, other);
            if alike >= self.bound {
                self.join(a, b, alike);
            }
        }
        self.wanted.clear();
        self.held.clear();
    }

    fn join(&mut self, a: Id, b: Id, alike: u32) {
        for id in [a, b] {
            let (_, best) = self.joined.entry(id).or_insert((id, alike));
            *best = (*best).max(alike);
        }
        let (a, b) = (self.root(a), self.root(b));
        let (first, second) = (a.min(b), a.max(b));
        if let Some((above, _)) = self.joined.get_mut(&second) {
            *above = first;
        }
    }

    /// What a passage hangs on in the end; the way there is made shorter.
    fn root(&mut self, id: Id) -> Id {
        let mut at = id;
        while let Some((above, _)) = self.joined.get(&at).copied()
            && above != at
        {
            let further = self.joined.get(&above).map_or(above, |(further, _)| *further);
            if let Some((own, _)) = self.joined.get_mut(&at) {
                *own = further;
            }
            at = above;
        }
        at
    }

    /// Every passage in a chain. Numbers of chains follow the passages that they begin with.
    pub fn rows(&mut self) -> Vec<Row> {
        let mut ids: Vec<Id> = self.joined.keys().copied().collect();
        ids.sort_unstable();
        let mut numbers: FxHashMap<Id, usize> = FxHashMap::default();
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let root = self.root(id);
            let next = numbers.len() + 1;
            let chain = *numbers.entry(root).or_insert(next);
            let alike = self.joined.get(&id).map_or(0, |(_, alike)| *alike);
            rows.push(Row { chain, id, alike });
        }
        rows
    }
}

/// Shared stretches in percent of all; both lists are sorted.
fn likeness(one: &[u64], other: &[u64]) -> u32 {
    let (mut a, mut b, mut shared) = (one.iter().peekable(), other.iter().peekable(), 0usize);
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                a.next();
                b.next();
            }
        }
    }
    let all = one.len() + other.len() - shared;
    u32::try_from(shared * 100 / all.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(document: u32) -> Id {
        Id { document, passage: 0 }
    }

    #[test]
    fn what_is_alike_is_one_chain_and_the_rest_is_in_none() {
        let mut chains = Chains::new(vec![(id(1), id(2)), (id(2), id(3)), (id(3), id(4))], 50);
        assert!(chains.begin_round());
        let texts: [&[u64]; 4] = [&[1, 2, 3, 4], &[1, 2, 3, 5], &[2, 3, 5, 6], &[7, 8]];
        for (number, text) in (1..).zip(texts) {
            assert!(chains.wants(id(number)));
            chains.keep(id(number), text);
        }
        chains.end_round();
        assert!(!chains.begin_round());
        let rows: Vec<(usize, u32, u32)> =
            chains.rows().into_iter().map(|row| (row.chain, row.id.document, row.alike)).collect();
        assert_eq!(rows, [(1, 1, 60), (1, 2, 60), (1, 3, 60)]);
    }
}
