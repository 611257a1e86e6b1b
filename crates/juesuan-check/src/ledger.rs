//! All figures of a package by what they mean, with the interval behind each print.

use std::cmp::Reverse;

use juesuan_catalog::{Catalog, Trees};
use juesuan_model::{
    Cell, Dimension, Figure, FigureId, Interval, Meaning, Measure, Package, Place, Printed, Reading, Seen, ShownFigure,
    Subject,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::decimals::UsualDecimals;

/// A meaning and which property of it.
pub(crate) type Key = (Meaning, Measure);

/// Values of one meaning that are looked at for how they are rounded, the most frequent first.
const WAYS_MAX: usize = 64;

/// What a figure says, for calculation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    /// A number, or a blank or dash that the form reads as nothing.
    Known {
        /// With the decimals of its document.
        printed: Printed,
        /// The true values behind it.
        interval: Interval,
    },
    /// Something stands there that could not be read.
    Unreadable,
    /// There is no such place.
    Absent,
}

impl Value {
    /// The same without the interval, which follows from the print.
    const fn reading(self) -> Reading {
        match self {
            Value::Known { printed, .. } => Reading::Known(printed),
            Value::Unreadable => Reading::Unreadable,
            Value::Absent => Reading::Absent,
        }
    }
}

/// One figure, prepared.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its meanings with year and stage left out where they are those of the package.
    pub(crate) keys: Vec<Key>,
    /// What it says.
    pub(crate) value: Value,
}

/// The printings of one meaning: equal values together, the most frequent first, tables before text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Printings {
    /// Value and the figures that print it.
    pub(crate) values: Vec<(Printed, Interval, Vec<FigureId>)>,
    /// Figures that cannot be read.
    pub(crate) unreadable: Vec<FigureId>,
}

/// A package, ready to be asked.
pub(crate) struct Ledger<'a> {
    pub(crate) package: &'a Package,
    pub(crate) catalog: &'a Catalog,
    entries: Vec<Entry>,
    index: FxHashMap<Key, Printings>,
    order: Vec<Key>,
    children: FxHashSet<(Key, Key)>,
    readded: FxHashMap<FigureId, i128>,
    prior: Vec<Ledger<'a>>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(package: &'a Package, catalog: &'a Catalog, prior: &[&'a Package]) -> Ledger<'a> {
        let mut usual = UsualDecimals::of(package);
        let entries: Vec<Entry> = package
            .figures
            .iter()
            .map(|figure| Entry {
                keys: figure
                    .meanings
                    .iter()
                    .map(|meaning| {
                        let year = package.entity.year;
                        (catalog.trees.canonical(meaning, year), catalog.trees.canonical_measure(&figure.measure, year))
                    })
                    .collect(),
                value: usual.value(figure),
            })
            .collect();
        let mut ledger = Ledger {
            package,
            catalog,
            entries,
            index: FxHashMap::default(),
            order: Vec::new(),
            children: FxHashSet::default(),
            readded: FxHashMap::default(),
            prior: prior
                .iter()
                .filter(|p| p.entity.year != package.entity.year)
                .map(|p| Ledger::new(p, catalog, &[]))
                .collect(),
        };
        ledger.fill_index();
        usual.learn_cuts(ledger.pairs());
        if usual.cuts() {
            for (entry, figure) in ledger.entries.iter_mut().zip(&package.figures) {
                entry.value = usual.value(figure);
            }
            ledger.index.clear();
            ledger.order.clear();
            ledger.fill_index();
        }
        ledger.fill_sums();
        ledger
    }

    /// What is printed at two precisions: the coarser print with its figure, and the values behind the finer one.
    fn pairs(&self) -> impl Iterator<Item = (&'a Figure, Printed, Interval)> {
        let package = self.package;
        self.index.values().filter(|printings| printings.values.len() > 1).flat_map(move |printings| {
            let all = || printings.values.iter().take(WAYS_MAX);
            all().flat_map(move |(coarse, _, ids)| {
                let finer = all().filter(|(fine, _, _)| 10 * last_place(*fine) <= last_place(*coarse));
                finer.filter_map(|(fine, _, _)| Some((package.figure(*ids.first()?)?, *coarse, fine.interval())))
            })
        })
    }

    fn fill_index(&mut self) {
        for (number, entry) in self.entries.iter().enumerate() {
            let id = figure_id(number);
            for key in &entry.keys {
                let printings = self.index.entry(key.clone()).or_insert_with(|| {
                    self.order.push(key.clone());
                    Printings::default()
                });
                match entry.value {
                    Value::Known { printed, interval } => printings.values.push((printed, interval, vec![id])),
                    Value::Unreadable => printings.unreadable.push(id),
                    Value::Absent => {}
                }
            }
        }
        let package = self.package;
        let in_table = |ids: &[FigureId]| {
            ids.iter().any(|id| package.figure(*id).is_some_and(|figure| figure.place.table.is_some()))
        };
        for printings in self.index.values_mut() {
            printings.put_equal_values_together();
            printings.values.sort_by_key(|(_, _, ids)| (Reverse(ids.len()), !in_table(ids), ids.first().copied()));
        }
        self.order.sort();
    }

    fn fill_sums(&mut self) {
        for sum in &self.package.sums {
            for part in &sum.parts {
                let pairs: Vec<(Key, Key)> = {
                    let (totals, parts) = (self.keys(sum.total), self.keys(*part));
                    totals.iter().flat_map(|t| parts.iter().map(|p| (t.clone(), p.clone()))).collect()
                };
                self.children.extend(pairs);
            }
        }
        // A total that equals the sum of its printed parts to the digit was added up from the print; twice, because
        // such a total may be a part of another.
        for _ in 0..2 {
            for sum in &self.package.sums {
                if let Some(envelope) = self.envelope(sum) {
                    self.readded.insert(sum.total, envelope);
                }
            }
        }
    }

    /// Half steps of rounding behind a total that was added up from printed parts: (n + 1) · ½ of the last digit.
    fn envelope(&self, sum: &juesuan_model::package::LaidOutSum) -> Option<i128> {
        let (total, _) = self.known(sum.total)?;
        let mut added = 0i128;
        let mut leaves = 0i128;
        let signed = sum.parts.iter().map(|id| (*id, 1)).chain(sum.less.iter().map(|id| (*id, -1)));
        for (id, sign) in signed {
            let Some((part, _)) = self.known(id) else {
                if matches!(self.value(id), Value::Absent) {
                    continue;
                }
                return None;
            };
            if (part.unit, part.decimals) != (total.unit, total.decimals) {
                return None;
            }
            added += sign * i128::from(part.mantissa);
            if !part.is_zero() {
                leaves += self.readded.get(&id).map_or(1, |e| 2 * e / last_place(part).max(1) - 1).max(1);
            }
        }
        (added == i128::from(total.mantissa) && leaves > 1).then(|| (leaves + 1) * last_place(total) / 2)
    }

    /// The nodes of the dimensions.
    pub(crate) fn trees(&self) -> &'a Trees {
        &self.catalog.trees
    }

    /// All keys that are printed, ordered.
    pub(crate) fn order(&self) -> &[Key] {
        &self.order
    }

    /// All figures with their ids, in the order of the document.
    pub(crate) fn figures(&self) -> impl Iterator<Item = (FigureId, &'a Figure, &Entry)> {
        let figures = self.package.figures.iter();
        figures.zip(&self.entries).enumerate().map(|(number, (figure, entry))| (figure_id(number), figure, entry))
    }

    /// The keys of a figure.
    pub(crate) fn keys(&self, id: FigureId) -> &[Key] {
        self.entries.get(id.0 as usize).map_or(&[], |entry| &entry.keys)
    }

    /// What a figure says.
    pub(crate) fn value(&self, id: FigureId) -> Value {
        self.entries.get(id.0 as usize).map_or(Value::Absent, |entry| entry.value)
    }

    /// Print and interval of a figure, if it is known.
    pub(crate) fn known(&self, id: FigureId) -> Option<(Printed, Interval)> {
        match self.value(id) {
            Value::Known { printed, interval } => Some((printed, interval)),
            Value::Unreadable | Value::Absent => None,
        }
    }

    /// What each figure says, in their order.
    pub(crate) fn readings(&self) -> Vec<Reading> {
        self.entries.iter().map(|entry| entry.value.reading()).collect()
    }

    /// What a meaning is, with the year of the package.
    pub(crate) fn subject(&self, (meaning, measure): &Key) -> Subject {
        Subject { meaning: meaning.clone(), measure: measure.clone(), year: self.package.entity.year }
    }

    /// How a figure was seen.
    pub(crate) fn seen(&self, id: FigureId) -> Seen {
        self.package.figure(id).map(|figure| figure.seen).unwrap_or_default()
    }

    /// A figure with all that names it elsewhere.
    pub(crate) fn shown(&self, id: FigureId) -> ShownFigure {
        let figure = self.package.figure(id);
        ShownFigure {
            id,
            body: None,
            subject: self.keys(id).first().map(|key| self.subject(key)),
            cell: figure.map_or(Cell::Absent, |figure| figure.cell),
            reads: self.value(id).reading(),
            seen: figure.map(|figure| figure.seen).unwrap_or_default(),
            place: figure.map(|figure| figure.place.clone()).unwrap_or_default(),
        }
    }

    /// Where a figure stands.
    pub(crate) fn place(&self, id: FigureId) -> Option<&'a Place> {
        self.package.figure(id).map(|figure| &figure.place)
    }

    /// True if a figure stands in a table.
    pub(crate) fn in_table(&self, id: FigureId) -> bool {
        self.place(id).is_some_and(|place| place.table.is_some())
    }

    /// All printings of a key.
    pub(crate) fn printings(&self, key: &Key) -> Option<&Printings> {
        self.index.get(key)
    }

    /// The printings of the amount of a meaning; of its count where there is no amount.
    pub(crate) fn quantity(&self, meaning: &Meaning) -> Option<&Printings> {
        self.index
            .get(&(meaning.clone(), Measure::Amount))
            .or_else(|| self.index.get(&(meaning.clone(), Measure::Count)))
    }

    /// The figure that speaks for a key: the most frequent value, tables before text.
    pub(crate) fn spokesman(&self, key: &Key) -> Option<FigureId> {
        self.index.get(key)?.first()
    }

    /// The print that speaks for a key.
    pub(crate) fn known_of(&self, key: &Key) -> Option<Printed> {
        self.spokesman(key).and_then(|id| self.known(id)).map(|(printed, _)| printed)
    }

    /// True if a laid-out sum has `part` among the parts of `total`.
    pub(crate) fn adds_to(&self, total: &Key, part: &Key) -> bool {
        self.children.contains(&(total.clone(), part.clone()))
    }

    /// The envelope of a total that was added up from printed parts.
    pub(crate) fn readded(&self, id: FigureId) -> Option<i128> {
        self.readded.get(&id).copied()
    }

    /// The same meaning in the package of the year that it names, with that package.
    pub(crate) fn earlier(&self, meaning: &Meaning) -> Option<(&Ledger<'a>, Meaning)> {
        let year: u16 = meaning.get(Dimension::Year)?.parse().ok()?;
        let ledger = self.prior.iter().find(|prior| prior.package.entity.year == year)?;
        Some((ledger, meaning.clone().without(Dimension::Year)))
    }

    /// The package of the year before, if it is known.
    pub(crate) fn before(&self) -> Option<&'a Package> {
        let year = self.package.entity.year.checked_sub(1)?;
        self.prior.iter().map(|prior| prior.package).find(|prior| prior.entity.year == year)
    }

    /// The year before that of the package, as a coordinate.
    pub(crate) fn last_year(&self) -> String {
        self.package.entity.year.saturating_sub(1).to_string()
    }

    /// The meaning with year and stage left out where they are those of the package.
    pub(crate) fn canonical(&self, meaning: &Meaning) -> Meaning {
        self.trees().canonical(meaning, self.package.entity.year)
    }

    /// The measure with the meaning that it names made canonical.
    pub(crate) fn canonical_measure(&self, measure: &Measure) -> Measure {
        self.trees().canonical_measure(measure, self.package.entity.year)
    }
}

impl Printings {
    /// One entry for each value, with the print of the figure that comes first. Sorted and not searched for: a document may print one
    /// meaning in thousands of ways.
    fn put_equal_values_together(&mut self) {
        let value = |printed: Printed, interval: Interval| (middle(printed), interval.low, interval.high);
        self.values.sort_by_key(|(printed, interval, _)| value(*printed, *interval));
        self.values.dedup_by(|(printed, interval, more), (own, own_interval, ids)| {
            let same = value(*printed, *interval) == value(*own, *own_interval);
            if same {
                ids.extend(more.iter().filter(|id| ids.last() != Some(id)).copied().collect::<Vec<FigureId>>());
            }
            same
        });
    }

    /// How many figures print it.
    pub(crate) fn count(&self) -> usize {
        self.values.iter().map(|(_, _, ids)| ids.len()).sum::<usize>() + self.unreadable.len()
    }

    /// The figure that speaks for all.
    pub(crate) fn first(&self) -> Option<FigureId> {
        self.values.first().and_then(|(_, _, ids)| ids.first().copied())
    }

    /// One figure for each value, the most frequent first; the one in `section` where several print it.
    pub(crate) fn distinct(&self, ledger: &Ledger<'_>, section: Option<&str>) -> Vec<FigureId> {
        let near =
            |id: &&FigureId| section.is_some() && ledger.place(**id).and_then(|p| p.section.as_deref()) == section;
        self.values.iter().filter_map(|(_, _, ids)| ids.iter().find(near).or(ids.first()).copied()).collect()
    }

    /// All readable figures.
    pub(crate) fn ids(&self) -> impl Iterator<Item = FigureId> {
        self.values.iter().flat_map(|(_, _, ids)| ids.iter().copied())
    }
}

/// [`Printed::last_place`].
pub(crate) fn last_place(printed: Printed) -> i128 {
    printed.last_place()
}

/// [`Printed::middle`].
pub(crate) fn middle(printed: Printed) -> i128 {
    printed.middle()
}

fn figure_id(number: usize) -> FigureId {
    FigureId(u32::try_from(number).unwrap_or(u32::MAX))
}
