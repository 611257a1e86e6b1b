//! What a document lacks and only people can supply, as data: what is asked, where it will stand, why, and whether it must be there.

use serde::{Deserialize, Serialize};

use crate::meaning::Meaning;
use crate::measure::Against;
use crate::place::Place;
use crate::printed::Printed;

/// What is asked for. Written down it is the code by which an answer is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// The cause of a difference, by its key.
    Cause(String),
    /// A text, by its key.
    Text(String),
    /// What a function item is for, by its code.
    Purpose(String),
    /// Money, in 元.
    Amount(Meaning),
    /// A number of things.
    Count(Meaning),
    /// An entry of the sheet of indicators.
    Indicator {
        /// The project; empty: the whole.
        project: String,
        /// Name of the indicator.
        indicator: String,
        /// Key of its column.
        key: String,
    },
    /// A text of a project.
    Topic {
        /// The project; empty: the whole.
        project: String,
        /// What it is about, as the sheet of texts calls it.
        topic: String,
    },
    /// An entry of the sheet of projects.
    Field {
        /// The project; empty: the whole.
        project: String,
        /// Key of its column.
        key: String,
    },
    /// An entry of the profile without which nothing can be made, by its key.
    Profile(String),
    /// Cells of a table that only books or finished tables can fill, by the key of its form.
    Cells(String),
    /// A word of a sentence that other entries give.
    Word(String),
    /// What else no single cell can answer; these words tell one from the other.
    Elsewhere(String),
}

/// Whether it must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Need {
    /// The document is complete without it.
    May,
    /// It must be there if something has changed, which is not known yet.
    IfChanged,
    /// Without it the document is a draft.
    Must,
}

/// Figures that demand an answer: what differs, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// What the figures are called.
    pub name: String,
    /// What it is compared with.
    pub against: Against,
    /// The figure of this year, if it is known.
    pub now: Option<Printed>,
    /// What it is compared with, if that is known.
    pub base: Option<Printed>,
    /// The first less the second, if both are known.
    pub change: Option<Printed>,
}

/// Something that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What.
    pub wanted: Wanted,
    /// What people call it: a figure, the key of a text, a word.
    pub name: String,
    /// Whose it is, where that is no unit: words before its name (`项目“甲”的`); mostly empty.
    pub owner: String,
    /// From what a cause tells the difference.
    pub against: Option<Against>,
    /// Where it will stand: section, or table with row and column.
    pub place: Place,
    /// The figures that demand it.
    pub because: Vec<Demand>,
    /// What else is to be said of it: how a value would have been computed, how many cells are blank.
    pub note: String,
    /// Whether it must be there.
    pub need: Need,
}

impl Ask {
    /// Something called `name`, without figures that demand it.
    pub fn new(wanted: Wanted, name: impl Into<String>, place: Place, need: Need) -> Ask {
        Ask {
            wanted,
            name: name.into(),
            owner: String::new(),
            against: None,
            place,
            because: Vec::new(),
            note: String::new(),
            need,
        }
    }

    /// Takes in what is asked for at another place of the document: once is enough, for the stronger reason.
    fn take(&mut self, other: Ask) {
        if other.need > self.need {
            self.need = other.need;
        }
        for demand in other.because {
            if !self.because.contains(&demand) {
                self.because.push(demand);
            }
        }
    }
}

/// Each once, in the order in which they were asked first.
pub fn once(asks: Vec<Ask>) -> Vec<Ask> {
    let mut out: Vec<Ask> = Vec::new();
    let mut at = std::collections::BTreeMap::new();
    for ask in asks {
        match at.get(&ask.wanted).and_then(|at: &usize| out.get_mut(*at)) {
            Some(first) => first.take(ask),
            None => {
                at.insert(ask.wanted.clone(), out.len());
                out.push(ask);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::Dimension;

    #[test]
    fn what_two_places_need_is_asked_once_where_it_stands_first_and_as_strongly_as_any_asks() {
        let amount = |need| {
            let meaning = Meaning::new().with(Dimension::Year, "2031");
            let place = Place { section: Some(format!("{need:?}")), ..Place::default() };
            Ask::new(Wanted::Amount(meaning), "甲", place, need)
        };
        let key = Ask::new(Wanted::Text("说明".to_owned()), "说明", Place::default(), Need::Must);
        let all = once(vec![amount(Need::May), key.clone(), amount(Need::Must)]);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].need, all[0].place.section.as_deref()), (Need::Must, Some("May")));
        assert_eq!(all[1], key);
    }

    #[test]
    fn the_code_of_an_ask_reads_back_as_what_was_asked() {
        let meaning = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Project, "甲“乙”|丙");
        let wanted = [
            Wanted::Cause("收支.上年".to_owned()),
            Wanted::Count(meaning),
            Wanted::Indicator { project: String::new(), indicator: "=办结率".to_owned(), key: "actual".to_owned() },
        ];
        for one in wanted {
            let code = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<Wanted>(&code).unwrap(), one);
        }
    }
}
