//! What the ledger says of each figure.

use juesuan_model::{Cell, FigureId, Verdict};

use super::{Checked, words};

/// What the ledger says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// In a relation that is broken.
    Broken,
    /// It could not be read.
    Unread,
    /// No relation was decided on it.
    Unchecked,
    /// Every relation that was decided on it holds.
    Holds,
}

impl Standing {
    /// All, in the order in which they are shown.
    pub(super) const ALL: [Standing; 4] = [Standing::Broken, Standing::Unread, Standing::Unchecked, Standing::Holds];

    /// The word for people.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Standing::Broken => words::verdict(Verdict::Broken),
            Standing::Unread => words::verdict(Verdict::Unreadable),
            Standing::Unchecked => "未核对",
            Standing::Holds => words::verdict(Verdict::Holds),
        }
    }
}

/// The standing of every figure of a document, and the relations it is in.
pub(super) struct Standings {
    of: Vec<(Standing, Vec<usize>)>,
}

impl Standings {
    /// Looks at every relation once.
    pub(super) fn new(checked: &Checked) -> Standings {
        let first = |cell: Cell| if cell == Cell::Unreadable { Standing::Unread } else { Standing::Unchecked };
        let mut of: Vec<(Standing, Vec<usize>)> =
            checked.package.figures.iter().map(|figure| (first(figure.cell), Vec::new())).collect();
        for (number, relation) in checked.report.relations.iter().enumerate() {
            for id in relation.figures() {
                let Some((standing, relations)) = of.get_mut(id.0 as usize) else { continue };
                if relations.last() != Some(&number) {
                    relations.push(number);
                }
                *standing = match (*standing, relation.verdict) {
                    (_, Verdict::Broken) => Standing::Broken,
                    (Standing::Unchecked, Verdict::Holds) => Standing::Holds,
                    (known, _) => known,
                };
            }
        }
        Standings { of }
    }

    /// What is said of a figure; `None` for a foreign id, and for a blank that nothing speaks of.
    pub(super) fn of(&self, id: FigureId, checked: &Checked) -> Option<(Standing, &[usize])> {
        let (standing, relations) = self.of.get(id.0 as usize)?;
        let cell = checked.package.figure(id)?.cell;
        let empty = matches!(cell, Cell::Blank | Cell::Absent) && *standing != Standing::Broken;
        (!empty).then_some((*standing, relations.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Figure, Meaning, Measure, Place, Printed, Relation, Seen};

    use super::*;

    #[test]
    fn a_broken_relation_weighs_more_than_all_that_hold_and_silence_is_not_approval() {
        let mut checked = Checked::default();
        let cells = [Cell::Number(Printed::count(1)), Cell::Number(Printed::count(2)), Cell::Unreadable, Cell::Blank];
        let ids = cells.map(|cell| {
            checked.package.push(Figure {
                meanings: vec![Meaning::new()],
                measure: Measure::Count,
                cell,
                exact_fen: None,
                seen: Seen::Text,
                place: Place::default(),
            })
        });
        let relation = |figures: &[FigureId], verdict| Relation {
            code: "LW001".into(),
            message: juesuan_model::Message::title(),
            form: juesuan_model::relation::Form::Logic { figures: figures.to_vec() },
            verdict,
            tail: false,
        };
        checked.report.relations =
            vec![relation(&[ids[0]], Verdict::Broken), relation(&[ids[0], ids[1], ids[1]], Verdict::Holds)];
        let standings = Standings::new(&checked);
        assert_eq!(standings.of(ids[0], &checked), Some((Standing::Broken, &[0, 1][..])));
        assert_eq!(standings.of(ids[1], &checked), Some((Standing::Holds, &[1][..])));
        assert_eq!(standings.of(ids[2], &checked), Some((Standing::Unread, &[][..])));
        assert_eq!(standings.of(ids[3], &checked), None);
        checked.report.relations = vec![relation(&[ids[1]], Verdict::NotApplicable)];
        let silent = Standings::new(&checked);
        assert_eq!(silent.of(ids[1], &checked).map(|(standing, _)| standing), Some(Standing::Unchecked));
    }
}
