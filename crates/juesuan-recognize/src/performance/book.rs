//! The figures of a package while performance is read: a number that was read before is not added again.

use std::collections::BTreeSet;

use juesuan_model::{Cell, Dimension, Figure, FigureId, Meaning, Measure, Place, Printed, Quantity};

/// The figures.
pub(super) struct Book<'f> {
    figures: &'f mut Vec<Figure>,
    /// How many there were before.
    known: usize,
    /// Those that were taken.
    taken: BTreeSet<FigureId>,
}

/// What a number of performance is a figure of, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) printed: Printed,
    pub(super) meaning: Option<Meaning>,
    pub(super) measure: Measure,
    pub(super) place: Place,
}

impl<'f> Book<'f> {
    pub(super) fn new(figures: &'f mut Vec<Figure>) -> Book<'f> {
        let known = figures.len();
        Book { figures, known, taken: BTreeSet::new() }
    }

    /// Enters a number. The figure that stands there already is taken, and told what it is where `number` knows.
    pub(super) fn enter(&mut self, number: Number) -> FigureId {
        let same = |figure: &Figure| {
            let (a, b) = (&figure.place, &number.place);
            a.line.is_some()
                && a.table.is_none()
                && b.table.is_none()
                && (a.page, a.line) == (b.page, b.line)
                && figure.cell == Cell::Number(number.printed)
                && a.bounds.zip(b.bounds).is_none_or(|(a, b)| overlaps(a, b))
        };
        let free: Vec<usize> = (0..self.known)
            .filter(|at| !self.taken.contains(&id(*at)) && self.figures.get(*at).is_some_and(same))
            .collect();
        // Of two numbers alike on one line, the one that is known to be this.
        let fits = |at: &&usize| {
            self.figures
                .get(**at)
                .is_some_and(|f| f.measure == number.measure && f.meanings.first() == number.meaning.as_ref())
        };
        if let Some(at) = free.iter().find(fits).or(free.first()).copied() {
            self.taken.insert(id(at));
            if let (Some(figure), Some(meaning)) = (self.figures.get_mut(at), number.meaning) {
                figure.meanings = vec![meaning];
                figure.measure = number.measure;
            }
            return id(at);
        }
        self.figures.push(Figure {
            meanings: number.meaning.into_iter().collect(),
            measure: number.measure,
            cell: Cell::Number(number.printed),
            exact_fen: None,
            place: number.place,
        });
        id(self.figures.len() - 1)
    }

    /// Takes the meanings of the figures between two places away: what stood in columns was read as sentences.
    pub(super) fn disown_between(&mut self, first: &Place, last: &Place) {
        let known = self.known;
        for figure in self.figures.iter_mut().take(known) {
            let at = (figure.place.page, figure.place.line);
            if at.1.is_some() && (first.page, first.line) <= at && at <= (last.page, last.line) {
                figure.meanings.clear();
            }
        }
    }

    /// Takes the meaning of a figure away: nobody can say of what it is the rate.
    pub(super) fn disown(&mut self, id: FigureId) {
        if let Some(figure) = self.figures.get_mut(id.0 as usize) {
            figure.meanings.clear();
        }
    }
}

fn id(at: usize) -> FigureId {
    FigureId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn overlaps(a: [i32; 4], b: [i32; 4]) -> bool {
    let ([left, .., right, _], [other_left, .., other_right, _]) = (a, b);
    left < other_right && other_left < right
}

/// What a quantity of a project is a figure of.
pub(super) fn meaning(project: &str, quantity: Quantity) -> Option<(Meaning, Measure)> {
    let own = Meaning::new()
        .with(Dimension::Item, "支出")
        .with(Dimension::Nature, "项目支出")
        .with(Dimension::Project, project);
    let stage = |stage: &str| own.clone().with(Dimension::Stage, stage);
    Some(match quantity {
        Quantity::InitialBudget => (stage("年初预算"), Measure::Amount),
        Quantity::FullYearBudget => (stage("全年预算"), Measure::Amount),
        Quantity::Executed => (own, Measure::Amount),
        Quantity::Rate => (own, Measure::Completion(juesuan_model::Against::FullYearBudget)),
        Quantity::Score => (own, Measure::Score),
        _ => return None,
    })
}

/// The measure of a quantity.
pub(super) fn measure(quantity: Quantity) -> Measure {
    match quantity {
        Quantity::Rate => Measure::Completion(juesuan_model::Against::FullYearBudget),
        Quantity::Score | Quantity::ExecutionScore | Quantity::ExecutionWeight | Quantity::WeightTotal => {
            Measure::Score
        }
        _ => Measure::Amount,
    }
}
