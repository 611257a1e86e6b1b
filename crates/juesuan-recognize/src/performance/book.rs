//! The numbers of performance while they are read. Which figure each of them is, is settled when the sentences around them
//! have been read: a number of a sentence is one figure, told by whoever knows more of it.

use std::collections::BTreeMap;

use juesuan_catalog::names::{item, nature, stage};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{
    Against, Cell, Dimension, Evaluation, Figure, FigureId, Meaning, Measure, Package, Place, Printed, Quantity, Seen,
    Target,
};

use crate::text::{OwnNumber, Owned, Told};

/// The numbers that were read.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    /// Figures that the package had before; the numbers that are entered count on from there.
    known: usize,
    entries: Vec<Entry>,
}

/// A number that was entered.
#[derive(Clone, Debug)]
struct Entry {
    number: Number,
    spot: Option<Spot>,
    /// Nobody can say of what it is a figure, whatever the sentence around it says.
    disowned: bool,
}

/// What a number of performance is a figure of, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) printed: Printed,
    pub(super) meaning: Option<Meaning>,
    pub(super) measure: Measure,
    pub(super) place: Place,
    pub(super) seen: Seen,
}

/// A character of a printed paragraph: number of the block in the document, and of the character in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) block: usize,
    pub(super) at: usize,
}

impl Book {
    /// For a package with so many figures.
    pub(super) fn new(known: usize) -> Book {
        Book { known, entries: Vec::new() }
    }

    /// Enters a number that stands in no sentence.
    pub(super) fn enter(&mut self, number: Number) -> FigureId {
        self.enter_at(None, number)
    }

    /// Enters a number that begins at a character of a paragraph.
    pub(super) fn enter_at(&mut self, spot: Option<Spot>, number: Number) -> FigureId {
        let same = |entry: &Entry| spot.is_some() && entry.spot == spot;
        if let Some(at) = self.entries.iter().position(same) {
            return id(self.known + at);
        }
        self.entries.push(Entry { number, spot, disowned: false });
        id(self.known + self.entries.len() - 1)
    }

    /// Nobody can say of what this is the rate.
    pub(super) fn disown(&mut self, id: FigureId) {
        let at = usize::try_from(id.0).ok().and_then(|at| at.checked_sub(self.known));
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
            entry.disowned = true;
        }
    }

    /// Tells the paragraphs which of their numbers stand here.
    pub(super) fn tell(&self, owned: &mut BTreeMap<usize, Owned>) {
        for (id, entry) in self.entries.iter().enumerate() {
            let Some(spot) = entry.spot else { continue };
            let told = match (&entry.number.meaning, entry.disowned) {
                (_, true) => Told::ByNobody,
                (Some(meaning), false) => Told::ByReader(meaning.clone(), entry.number.measure.clone()),
                (None, false) => Told::BySentence,
            };
            let number = OwnNumber { id, printed: entry.number.printed, told };
            owned.entry(spot.block).or_default().numbers.insert(spot.at, number);
        }
    }

    /// Puts the numbers among the figures of a package, but for those that its sentences printed: `read` has them. Out: the
    /// figure of each.
    pub(super) fn settle(self, read: &BTreeMap<usize, FigureId>, package: &mut Package) -> Settled {
        let mut ids = Vec::new();
        for (at, Entry { number, disowned, .. }) in self.entries.into_iter().enumerate() {
            let id = read.get(&at).copied().unwrap_or_else(|| {
                package.push(Figure {
                    meanings: number.meaning.filter(|_| !disowned).into_iter().collect(),
                    measure: number.measure,
                    cell: Cell::Number(number.printed),
                    exact_fen: None,
                    place: number.place,
                    seen: number.seen,
                })
            });
            ids.push(id);
        }
        Settled { known: self.known, ids }
    }
}

/// Which figure each number became.
pub(super) struct Settled {
    known: usize,
    ids: Vec<FigureId>,
}

impl Settled {
    fn rename(&self, id: &mut FigureId) {
        let at = usize::try_from(id.0).ok().and_then(|at| at.checked_sub(self.known));
        if let Some(settled) = at.and_then(|at| self.ids.get(at)) {
            *id = *settled;
        }
    }

    /// Gives an evaluation its figures.
    pub(super) fn evaluation(&self, evaluation: &mut Evaluation) {
        let funds = evaluation.funds.iter_mut().flat_map(|line| line.amounts.values_mut());
        evaluation.amounts.values_mut().chain(funds).for_each(|id| self.rename(id));
        for indicator in &mut evaluation.indicators {
            let targets = indicator.approved.iter_mut().chain([&mut indicator.target, &mut indicator.actual]);
            let values = targets.flat_map(|Target { value, upto, .. }| [value, upto]);
            let points = [&mut indicator.weight, &mut indicator.score];
            values.chain(points).flatten().for_each(|id| self.rename(id));
        }
    }

    /// Gives a sum its figures.
    pub(super) fn sum(&self, sum: &mut LaidOutSum) {
        let parts = sum.parts.iter_mut().chain(&mut sum.less);
        std::iter::once(&mut sum.total).chain(parts).for_each(|id| self.rename(id));
    }
}

fn id(at: usize) -> FigureId {
    FigureId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// What a quantity of a project is a figure of.
pub(super) fn meaning(project: &str, quantity: Quantity) -> Option<(Meaning, Measure)> {
    let own = Meaning::new()
        .with(Dimension::Item, item::EXPENSE)
        .with(Dimension::Nature, nature::PROJECT)
        .with(Dimension::Project, project);
    let of_stage = |stage: &str| own.clone().with(Dimension::Stage, stage);
    Some(match quantity {
        Quantity::InitialBudget => (of_stage(stage::INITIAL), Measure::Amount),
        Quantity::FullYearBudget => (of_stage(stage::FULL_YEAR), Measure::Amount),
        Quantity::Executed => (own, Measure::Amount),
        Quantity::Rate => (own, Measure::Completion(Against::FullYearBudget)),
        Quantity::Score => (own, Measure::Score),
        _ => return None,
    })
}

/// The measure of a quantity.
pub(super) fn measure(quantity: Quantity) -> Measure {
    match quantity {
        Quantity::Rate => Measure::Completion(Against::FullYearBudget),
        Quantity::Score | Quantity::ExecutionScore | Quantity::ExecutionWeight | Quantity::WeightTotal => {
            Measure::Score
        }
        _ => Measure::Amount,
    }
}
