//! One fault, one finding: the smallest set of figures whose correction makes the rest consistent.
//!
//! Greedy: for each figure, find the value that repairs most of the broken relations it stands in, and count the holding
//! relations which that value would break. The figure with the best balance is at fault; what it repairs is its group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::Form;
use juesuan_model::{FigureId, Interval, Measure, Severity, Unit, Verdict};

use crate::case::{Case, FAR, Solve as _};
use crate::displaced::displaced;
use crate::docket::Docket;
use crate::exchange::exchanges;
use crate::ledger::Ledger;
use crate::moved::Standings;
use crate::slide::slides;
use crate::suggest::{is_doubtful, mistaken, slip};

/// Broken relations with one cause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// The figure at fault; `None` where something other than a figure is, or where it cannot be told.
    pub(crate) culprit: Option<FigureId>,
    /// Indices into [`Docket::cases`], the most telling first.
    pub(crate) cases: Vec<usize>,
    /// The values that would repair all of them.
    pub(crate) expected: Option<Interval>,
    /// What was moved, where figures stand in each other's places.
    pub(crate) moved: Option<Moved>,
    /// Figures at fault that print the same wrong value for the same right one.
    pub(crate) again: Vec<FigureId>,
}

/// How figures came to stand in each other's places.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moved {
    /// The figure at fault and this one were exchanged.
    Exchanged(FigureId),
    /// From the figure at fault on a column slid by one row; true: towards the first one.
    Slid(bool),
    /// From the figure at fault on the rows of its table do not fit.
    Displaced,
}

/// What correcting one figure would do.
struct Repair {
    cases: Vec<usize>,
    expected: Option<Interval>,
    gain: i64,
    violated: usize,
    support: usize,
}

/// Groups all broken relations.
pub(crate) fn groups(docket: &Docket<'_, '_>) -> Vec<Group> {
    let (ledger, cases) = (docket.ledger, &docket.cases);
    let mut out = facts(docket);
    let mut left: BTreeSet<usize> = (0..cases.len())
        .filter(|i| cases.get(*i).is_some_and(|c| c.verdict == Verdict::Broken && !matches!(c.form, Form::Fact { .. })))
        .collect();
    let scales = Scales::of(docket, &left);
    for (group, certain) in misplaced(docket, &left) {
        // One wrong figure is the simpler explanation wherever it explains as much.
        let involved = group.cases.iter().filter_map(|i| cases.get(*i)).flat_map(|case| case.form.figures());
        let mut alone = involved.map(|id| scales.repair(id, &left));
        let simpler = alone.any(|r| group.cases.iter().all(|i| r.cases.contains(i)) && r.violated == 0);
        if (certain || !simpler) && group.cases.iter().all(|number| left.contains(number)) {
            left.retain(|i| !group.cases.contains(i));
            out.push(group);
        }
    }
    let figures = |numbers: &mut dyn Iterator<Item = usize>| -> BTreeSet<FigureId> {
        numbers.filter_map(|number| cases.get(number)).flat_map(|case| case.form.figures()).collect()
    };
    let mut suspects = Suspects::default();
    for id in figures(&mut left.iter().copied()) {
        suspects.put(id, scales.weigh(id, &left));
    }
    while let Some(first) = left.first().copied() {
        let group = suspects.blamed(cases, ledger);
        let group = group.unwrap_or_else(|| Group { cases: vec![first], ..Group::default() });
        for number in &group.cases {
            left.remove(number);
        }
        // Only the figures of these relations weigh less now.
        let lighter = figures(&mut group.cases.iter().copied());
        out.push(group);
        // So many relations that nobody finds out which figure is behind which: each is a finding of its own.
        if !docket.grouping.take(lighter.iter().map(|id| scales.relations(*id)).sum()) {
            out.extend(left.iter().map(|number| Group { cases: vec![*number], ..Group::default() }));
            break;
        }
        for id in lighter {
            suspects.put(id, scales.weigh(id, &left));
        }
    }
    if docket.grouping.take(out.len() * out.len()) {
        settled(&mut out, cases);
        with_their_rates(&mut out, docket);
    }
    for group in &mut out {
        group.cases.sort_by_key(|i| cases.get(*i).map(|case| (rank(case), case.code.clone(), *i)));
    }
    out
}

/// Of two groups that hold one figure at fault, one whose every relation has another figure at fault too says nothing more: it goes
/// below the other.
fn settled(groups: &mut Vec<Group>, cases: &[Case]) {
    let mut faults: BTreeMap<FigureId, usize> = BTreeMap::new();
    for id in groups.iter().filter_map(|group| group.culprit) {
        *faults.entry(id).or_default() += 1;
    }
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let own = group.culprit;
        let by_others = |id: &FigureId| faults.get(id).is_some_and(|count| *count > usize::from(own == Some(*id)));
        let figures = |number: &usize| cases.get(*number).map(|case| case.form.figures()).unwrap_or_default();
        let settled = |number: &usize| figures(number).iter().filter(|id| by_others(id)).count() > 1;
        let twice = own.and_then(|id| faults.get(&id)).is_some_and(|count| *count > 1);
        if !twice || group.moved.is_some() || !group.cases.iter().all(settled) {
            at += 1;
            continue;
        }
        let group = groups.remove(at);
        if let Some(count) = own.and_then(|id| faults.get_mut(&id)) {
            *count -= 1;
        }
        let involved: Vec<FigureId> = group.cases.iter().flat_map(figures).collect();
        if let Some(other) = groups.iter_mut().rfind(|other| other.culprit.is_some_and(|id| involved.contains(&id))) {
            other.cases.extend(group.cases);
        }
    }
}

/// A rate that fits neither the change beside it nor what that should be is a part of the same fault: `减少 0.1 万元，下降 0.006%`.
fn with_their_rates(groups: &mut Vec<Group>, docket: &Docket<'_, '_>) {
    let (ledger, cases) = (docket.ledger, &docket.cases);
    let keys = |group: &Group| group.culprit.map(|id| ledger.keys(id)).unwrap_or_default();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let (rates, own) = (keys(group), group.culprit);
        if !rates.iter().any(|(_, measure)| matches!(measure, Measure::Growth(_))) {
            at += 1;
            continue;
        }
        let of_change = |other: &Group| {
            let changes = keys(other);
            let same = rates.iter().any(|(meaning, measure)| match measure {
                Measure::Growth(against) => {
                    changes.iter().any(|key| key.0 == *meaning && key.1 == Measure::Change(*against))
                }
                _ => false,
            });
            let figures = |number: &usize| cases.get(*number).map(|case| case.form.figures()).unwrap_or_default();
            same && own.is_some_and(|rate| other.cases.iter().any(|number| figures(number).contains(&rate)))
        };
        match groups.iter().position(of_change) {
            Some(change) if change != at => {
                let group = groups.remove(at);
                let change = if change > at { change - 1 } else { change };
                groups.get_mut(change).into_iter().for_each(|other| other.cases.extend(group.cases.iter().copied()));
            }
            _ => at += 1,
        }
    }
}

/// What speaks for a figure being the one at fault, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    /// What its correction repairs less what it breaks.
    gain: i64,
    repaired: usize,
    /// It would have to be nothing less impossible.
    possible: bool,
    /// A slip of the pen explains it.
    slip: bool,
    /// Percentages are derived from amounts, text is copied from tables.
    percent: bool,
    unsupported: Reverse<usize>,
    /// Digits that are easily mistaken explain it.
    digits: bool,
    text: bool,
}

/// The figures that may be at fault, with what speaks for each, and in the order of that.
#[derive(Default)]
struct Suspects {
    repairs: BTreeMap<FigureId, (Evidence, Repair)>,
    ranked: BTreeSet<(Evidence, FigureId)>,
}

impl Suspects {
    /// Puts what was found of a figure in place of what was known; nothing: it is no suspect any more.
    fn put(&mut self, id: FigureId, found: Option<(Evidence, Repair)>) {
        if let Some((evidence, _)) = self.repairs.remove(&id) {
            self.ranked.remove(&(evidence, id));
        }
        if let Some((evidence, repair)) = found {
            self.ranked.insert((evidence, id));
            self.repairs.insert(id, (evidence, repair));
        }
    }

    /// The group of the figure for which most speaks. Among the parts and the total of one sum it cannot be told where as much
    /// speaks for another, or as much against it as for it.
    fn blamed(&self, cases: &[Case], ledger: &Ledger<'_>) -> Option<Group> {
        let (best, id) = self.ranked.last()?;
        let (_, repair) = self.repairs.get(id)?;
        let is_change = |id: &FigureId| ledger.keys(*id).iter().any(|key| matches!(key.1, Measure::Change(_)));
        // A change is derived, as percentages are.
        let of_sum = |number: &usize| {
            cases
                .get(*number)
                .is_some_and(|case| case.form.signed().count() > 2 && !case.form.figures().iter().any(is_change))
        };
        let equals = self.ranked.iter().rev().skip(1).take_while(|(other, _)| other == best);
        let mut equals = equals.filter_map(|(_, id)| self.repairs.get(id));
        let mut as_likely = || equals.any(|(_, other)| other.cases == repair.cases);
        let open = !best.possible || repair.cases.iter().all(of_sum) && (best.gain <= 0 || as_likely());
        let (culprit, expected) = if open { (None, None) } else { (Some(*id), repair.expected) };
        Some(Group { culprit, cases: repair.cases.clone(), expected, ..Group::default() })
    }
}

/// With whether no single wrong figure explains it better: columns that slid, tables whose rows do not fit and figures that were exchanged, those that explain most first.
fn misplaced(docket: &Docket<'_, '_>, left: &BTreeSet<usize>) -> Vec<(Group, bool)> {
    let standings = Standings::of(docket);
    let slid = slides(docket, left, &standings).into_iter().map(|slide| {
        let moved = Some(Moved::Slid(slide.up));
        let culprit = Some(slide.from);
        (Group { culprit, cases: slide.cases, expected: slide.expected, moved, ..Group::default() }, false)
    });
    let exchanged = exchanges(docket, left, &standings).into_iter().map(|exchange| {
        let (a, b) = exchange.figures;
        let expected = docket.ledger.known(b).map(|(_, interval)| interval);
        let moved = Some(Moved::Exchanged(b));
        (Group { culprit: Some(a), cases: exchange.cases, expected, moved, ..Group::default() }, exchange.by_rate)
    });
    let displaced = displaced(docket, left).into_iter().map(|table| {
        let (culprit, moved, again) = (Some(table.from), Some(Moved::Displaced), vec![table.total]);
        (Group { culprit, cases: table.cases, moved, again, ..Group::default() }, true)
    });
    slid.chain(displaced).chain(exchanged).collect()
}

fn is_percent(id: FigureId, ledger: &Ledger<'_>) -> bool {
    ledger.known(id).is_some_and(|(printed, _)| printed.unit == Unit::Percent)
}

/// Facts of one code about one subject; without a named subject, those that say the same.
fn facts(docket: &Docket<'_, '_>) -> Vec<Group> {
    let cases = &docket.cases;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let Form::Fact { subject, .. } = &case.form else { continue };
        if case.verdict != Verdict::Broken {
            continue;
        }
        let alike = |other: &Case| match &other.form {
            Form::Fact { subject: others, .. } => {
                other.code == case.code && others == subject && (!subject.is_empty() || other.message == case.message)
            }
            _ => false,
        };
        let few = docket.grouping.take(groups.len());
        let same = groups
            .iter_mut()
            .filter(|_| few)
            .find(|group| group.first().and_then(|i| cases.get(*i)).is_some_and(alike));
        match same {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
    }
    groups.into_iter().map(|cases| Group { cases, ..Group::default() }).collect()
}

/// Graver first; of equals what names a value.
const fn rank(case: &Case) -> (Severity, u8) {
    let kind = match case.form {
        Form::Linear { .. } => 0,
        Form::Quotient { .. } => 1,
        Form::Logic { .. } | Form::Fact { .. } => 2,
    };
    (case.severity, kind)
}

/// A relation as one of its figures sees it.
struct Stand {
    case: usize,
    /// Where the figure would have to lie; `None`: it cannot repair the relation, or the relation asks for no value.
    expected: Option<Interval>,
}

/// The relations by their figures: what speaks for and against each. Where a figure would have to lie is asked once of each relation,
/// however often it is weighed.
struct Scales<'d, 'a> {
    cases: &'d [Case],
    ledger: &'d Ledger<'a>,
    broken: BTreeMap<FigureId, Vec<Stand>>,
    /// Only of figures with broken ones.
    holding: BTreeMap<FigureId, Vec<Stand>>,
}

impl<'d, 'a> Scales<'d, 'a> {
    fn of(docket: &'d Docket<'_, 'a>, left: &BTreeSet<usize>) -> Scales<'d, 'a> {
        let (cases, ledger) = (&docket.cases, docket.ledger);
        let (mut broken, mut holding) = (BTreeMap::<_, Vec<Stand>>::new(), BTreeMap::<_, Vec<Stand>>::new());
        for number in left {
            let Some(case) = cases.get(*number) else { continue };
            for id in case.form.figures() {
                let own = broken.entry(id).or_default();
                if own.last().is_none_or(|last| last.case != *number) {
                    own.push(Stand { case: *number, expected: case.form.expected(id, ledger) });
                }
            }
        }
        for (number, case) in cases.iter().enumerate().filter(|(_, case)| case.verdict == Verdict::Holds) {
            for id in case.form.figures().into_iter().filter(|id| broken.contains_key(id)) {
                let stand = Stand { case: number, expected: case.form.expected(id, ledger) };
                holding.entry(id).or_default().push(stand);
            }
        }
        Scales { cases, ledger, broken, holding }
    }

    /// In how many relations a figure stands: what it costs to weigh it.
    fn relations(&self, id: FigureId) -> usize {
        let of = |side: &BTreeMap<FigureId, Vec<Stand>>| side.get(&id).map_or(0, Vec::len);
        of(&self.broken) + of(&self.holding)
    }

    /// What speaks for a figure being at fault, where it repairs anything.
    fn weigh(&self, id: FigureId, left: &BTreeSet<usize>) -> Option<(Evidence, Repair)> {
        let (r, ledger) = (self.repair(id, left), self.ledger);
        let own: Vec<&Case> = r.cases.iter().filter_map(|i| self.cases.get(*i)).collect();
        let evidence = Evidence {
            gain: r.gain,
            repaired: r.cases.len(),
            possible: !is_doubtful(id, r.expected, &own, ledger),
            slip: r.expected.is_some_and(|range| slip(id, range, &own, ledger).is_some()),
            percent: is_percent(id, ledger),
            unsupported: Reverse(r.support),
            digits: mistaken(id, r.expected, &own, ledger),
            text: !ledger.in_table(id),
        };
        (!r.cases.is_empty()).then_some((evidence, r))
    }

    fn repair(&self, id: FigureId, left: &BTreeSet<usize>) -> Repair {
        let mut values: Vec<(usize, Interval)> = Vec::new();
        let mut conditions: Vec<usize> = Vec::new();
        let own = self.broken.get(&id).map_or(&[][..], Vec::as_slice);
        for stand in own.iter().filter(|stand| left.contains(&stand.case)) {
            let Some(case) = self.cases.get(stand.case) else { continue };
            match (&case.form, stand.expected) {
                (Form::Logic { .. }, _) => conditions.push(stand.case),
                (_, Some(interval)) if interval.low <= interval.high => values.push((stand.case, interval)),
                _ => {}
            }
        }
        settle(values, conditions, self.holding.get(&id).map_or(&[][..], Vec::as_slice))
    }
}

/// The value that repairs most of the broken relations, and how many that hold it would break.
fn settle(values: Vec<(usize, Interval)>, conditions: Vec<usize>, held: &[Stand]) -> Repair {
    // The point that lies in most intervals is the low end of one of them.
    let mut ends: (Vec<i128>, Vec<i128>) = values.iter().map(|(_, interval)| (interval.low, interval.high)).unzip();
    ends.0.sort_unstable();
    ends.1.sort_unstable();
    let around = |at: &i128| ends.0.partition_point(|low| low <= at) - ends.1.partition_point(|high| high < at);
    let point = values.iter().map(|(_, interval)| interval.low).max_by_key(around);
    let covered: Vec<(usize, Interval)> =
        values.iter().filter(|(_, i)| point.is_some_and(|p| i.low <= p && p <= i.high)).copied().collect();
    let expected =
        covered.iter().map(|(_, i)| *i).reduce(|a, b| Interval { low: a.low.max(b.low), high: a.high.min(b.high) });
    let violated = held
        .iter()
        .filter_map(|stand| stand.expected)
        .filter(|allowed| expected.is_some_and(|e| !e.meets(*allowed)))
        .count();
    let mut all: Vec<usize> = covered.iter().map(|(number, _)| *number).collect();
    let gain = 2 * count(all.len()) - 2 * count(violated) + count(conditions.len());
    all.extend(conditions);
    let expected = expected.filter(|e| e.low > -FAR && e.high < FAR);
    Repair { cases: all, expected, gain, violated, support: held.len() }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
