//! Which documents are to stand together, and which bundles go for that.

use std::collections::{BTreeMap, BTreeSet};

use crate::list::{Bound, Member};
use crate::rows::Partition;

/// Figures of a bundle, beyond which the next begins: some megabytes of parts.
const WEIGHT_MAX: u64 = 500_000;
/// Documents of a bundle, beyond which the next begins: not every document has figures.
const DOCUMENTS_MAX: usize = 5_000;

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Bundles to be made.
    pub(super) groups: Vec<Group>,
    /// Bundles that go.
    pub(super) gone: BTreeSet<i64>,
    /// Documents of which no rows are wanted any more.
    pub(super) dropped: Vec<i64>,
}

/// Documents that are to stand together, by digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Where.
    pub(super) partition: Partition,
    /// Which.
    pub(super) members: Vec<Member>,
}

impl Plan {
    /// Of what there is: new rows, the rest of bundles in which something has changed, and bundles that are small where others
    /// come to them.
    pub(super) fn of(bound: Bound) -> Plan {
        let Bound { members, bundles } = bound;
        let changed = |member: &&Member| member.sheaf || !member.wanted || member.renamed;
        let mut gone: BTreeSet<i64> = members.iter().filter(changed).filter_map(|member| member.bundle).collect();
        let fresh = members.iter().filter(|member| member.sheaf && member.wanted).map(|member| &member.partition);
        let touched: BTreeSet<&Partition> =
            fresh.chain(gone.iter().filter_map(|bundle| bundles.get(bundle)).map(|(partition, _)| partition)).collect();
        let is_small =
            |(partition, weight): &&(Partition, u64)| *weight < WEIGHT_MAX / 2 && touched.contains(partition);
        let small = bundles.iter().filter(|(_, bundle)| is_small(bundle)).map(|(number, _)| *number);
        gone.extend(small.collect::<Vec<_>>());
        let mut places: BTreeMap<Partition, Vec<Member>> = BTreeMap::new();
        let mut dropped = Vec::new();
        for member in members {
            if !member.wanted {
                dropped.extend(member.bundle.map(|_| member.id));
            } else if member.sheaf {
                places.entry(member.partition.clone()).or_default().push(member);
            } else if let Some((place, _)) =
                member.bundle.filter(|own| gone.contains(own)).and_then(|b| bundles.get(&b))
            {
                places.entry(place.clone()).or_default().push(member);
            }
        }
        let groups = places.into_iter().flat_map(|(partition, members)| cut(&partition, members)).collect();
        Plan { groups, gone, dropped }
    }

    /// True if everything stands as it should.
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.gone.is_empty() && self.dropped.is_empty()
    }

    /// Documents that are to be laid.
    pub(super) fn documents(&self) -> usize {
        self.groups.iter().map(|group| group.members.len()).sum()
    }
}

/// Members of one place in their order, cut where a bundle is full.
fn cut(partition: &Partition, members: Vec<Member>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut weight = 0;
    for member in members {
        let is_full = |group: &Group| weight >= WEIGHT_MAX || group.members.len() >= DOCUMENTS_MAX;
        match out.last_mut().filter(|group| !is_full(group)) {
            Some(group) => {
                weight += member.weight;
                group.members.push(member);
            }
            None => {
                weight = member.weight;
                out.push(Group { partition: partition.clone(), members: vec![member] });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(year: u16) -> Partition {
        Partition { year, province: "hubei".to_owned() }
    }

    fn member(id: i64, year: u16, bundle: Option<i64>) -> Member {
        Member {
            id,
            digest: format!("{id:03}"),
            key: "new".to_owned(),
            partition: place(year),
            weight: 200_000,
            bundle,
            laid: "old".to_owned(),
            sheaf: bundle.is_none(),
            wanted: true,
            renamed: false,
        }
    }

    fn ids(plan: &Plan) -> Vec<Vec<i64>> {
        plan.groups.iter().map(|group| group.members.iter().map(|member| member.id).collect()).collect()
    }

    #[test]
    fn new_documents_are_cut_into_full_bundles_and_nothing_else_moves() {
        let members = (1..=5).map(|id| member(id, 2024, None)).chain([member(6, 2023, Some(7))]).collect();
        let plan = Plan::of(Bound { members, bundles: BTreeMap::from([(7, (place(2023), 200_000))]) });
        assert_eq!((ids(&plan), plan.gone.len()), (vec![vec![1, 2, 3], vec![4, 5]], 0));
    }

    #[test]
    fn a_bundle_goes_whose_document_has_newer_rows_or_none_or_another_name_and_the_rest_of_it_stays() {
        let bundles = BTreeMap::from([(7, (place(2024), 900_000))]);
        for change in [
            |member: &mut Member| member.sheaf = true,
            |member: &mut Member| member.renamed = true,
            |member: &mut Member| member.wanted = false,
        ] {
            let mut members = vec![member(1, 2024, Some(7)), member(2, 2024, Some(7))];
            members.iter_mut().take(1).for_each(change);
            let plan = Plan::of(Bound { members, bundles: bundles.clone() });
            assert_eq!(plan.gone, BTreeSet::from([7]));
            assert!(ids(&plan).concat().contains(&2), "{plan:?}");
            assert_eq!(plan.dropped.is_empty(), ids(&plan).concat().contains(&1));
        }
        let members = vec![member(1, 2024, Some(7)), member(2, 2024, Some(7))];
        assert!(Plan::of(Bound { members, bundles }).is_empty());
    }

    #[test]
    fn a_document_that_turns_out_to_be_of_another_year_leaves_its_bundle() {
        let mut moved = member(1, 2022, Some(7));
        moved.sheaf = true;
        let members = vec![moved, member(2, 2024, Some(7))];
        let plan = Plan::of(Bound { members, bundles: BTreeMap::from([(7, (place(2024), 400_000))]) });
        assert_eq!(ids(&plan), [[1], [2]]);
        assert_eq!(plan.groups.iter().map(|group| group.partition.year).collect::<Vec<_>>(), [2022, 2024]);
    }
}
