//! Inputs of which nothing may be made: what is wrong with them, and what would be asked all the same, so that people see everything
//! at once.

use juesuan_inputs::entered::answers::Answer;
use juesuan_model::{Ask, Dimension, Entity, Gravity, Meaning, Need, Problem, Wanted};

use crate::accounts::Lacking;

/// Folders whose figures everything else is compared with.
const FIGURES: [&str; 2] = ["books", "tables"];

/// Why nothing was made.
#[derive(Debug, Default)]
pub struct Stopped {
    /// Everything wrong, grave ones among them.
    pub problems: Vec<Problem>,
    /// Whose documents would have been made; without a name where not even that is known.
    pub entity: Entity,
    /// What each of them would lack, as far as can be known.
    pub lacking: Vec<Lacking>,
    /// What lists of an earlier run answered.
    pub answers: Vec<Answer>,
}

impl From<Vec<Problem>> for Stopped {
    fn from(problems: Vec<Problem>) -> Stopped {
        Stopped { problems, ..Stopped::default() }
    }
}

impl Stopped {
    /// With what documents would lack. Where the books themselves have faults, this year's figures are not known: what books give is not
    /// asked for, and whether something changed nobody can say.
    pub(crate) fn with(problems: Vec<Problem>, entity: Entity, lacking: Vec<Lacking>, answers: Vec<Answer>) -> Stopped {
        let in_figures = |problem: &Problem| {
            let file = problem.place.file.as_deref().unwrap_or_default();
            problem.gravity == Gravity::Fatal && FIGURES.iter().any(|folder| file.starts_with(folder))
        };
        let lacking = match problems.iter().any(in_figures) {
            true => lacking.into_iter().map(without_figures).collect(),
            false => lacking,
        };
        Stopped { problems, entity, lacking, answers }
    }
}

fn without_figures(lacking: Lacking) -> Lacking {
    let asks = lacking.asks.into_iter().filter(|ask| !is_of_books(&ask.wanted)).map(uncompared).collect();
    Lacking { asks, ..lacking }
}

/// True for what books or finished tables give.
fn is_of_books(wanted: &Wanted) -> bool {
    let is_of_this_year =
        |meaning: &Meaning| meaning.get(Dimension::Year).or_else(|| meaning.get(Dimension::Stage)).is_none();
    match wanted {
        Wanted::Amount(meaning) => is_of_this_year(meaning),
        Wanted::Cells(_) | Wanted::Word(_) | Wanted::Elsewhere(_) | Wanted::Purpose(_) => true,
        _ => false,
    }
}

/// A cause of which nobody knows yet whether there is anything to explain.
fn uncompared(ask: Ask) -> Ask {
    match ask.wanted {
        Wanted::Cause(_) => Ask { because: Vec::new(), need: Need::IfChanged, ..ask },
        _ => ask,
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::Place;

    use super::*;

    #[test]
    fn behind_faulty_books_no_figure_of_them_is_asked_for_and_no_cause_is_a_must() {
        let meaning = |year: Option<&str>| {
            let income = Meaning::new().with(Dimension::Item, "收入");
            year.map_or(income.clone(), |year| income.with(Dimension::Year, year))
        };
        let ask = |wanted| Ask::new(wanted, "甲", Place::default(), Need::Must);
        let asks = vec![
            ask(Wanted::Amount(meaning(None))),
            ask(Wanted::Amount(meaning(Some("2030")))),
            ask(Wanted::Cause("甲.上年".to_owned())),
        ];
        let of = |file: &str| {
            let place = Place { file: Some(file.to_owned()), ..Place::default() };
            let lacking = vec![Lacking { unit: None, asks: asks.clone() }];
            let stopped = Stopped::with(vec![Problem::fatal(place, "坏")], Entity::default(), lacking, Vec::new());
            let asks = stopped.lacking.into_iter().flat_map(|one| one.asks);
            asks.map(|ask| ask.need).collect::<Vec<Need>>()
        };
        assert_eq!(of("books/凭证.xlsx"), [Need::Must, Need::IfChanged]);
        assert_eq!(of("registers/接待.csv"), [Need::Must; 3]);
    }
}
