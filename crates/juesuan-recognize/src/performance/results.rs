//! Stretches of a text that tell results of work: their numbers are none of the accounts.

use juesuan_model::{Origin, Place, Topic, place_in};

/// Characters of a printed paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    pub(super) origins: Vec<Origin>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// What is said there is said of the evaluation alone.
    pub(super) aside: bool,
}

impl Results {
    /// True if the character `at` of the paragraph that has `place` is inside.
    pub fn holds(&self, place: &Place, at: usize) -> bool {
        (self.from..self.to).contains(&at) && spot(&place_in(&self.origins, at, at + 1)) == spot(place)
    }

    /// True if nothing on the line with this place is said of the accounts.
    pub fn silences(&self, place: &Place) -> bool {
        let begins = self.origins.iter().map(|origin| usize::try_from(origin.at).unwrap_or(usize::MAX));
        let inside = |at: &usize| (self.from..self.to).contains(at);
        let lines = std::iter::once(self.from).chain(begins.filter(inside));
        self.aside && lines.into_iter().any(|at| spot(&place_in(&self.origins, at, at + 1)) == spot(place))
    }
}

/// The line that a place is on.
fn spot(place: &Place) -> (Option<u32>, Option<u32>, Option<(i32, i32)>) {
    (place.page, place.line, place.bounds.map(|bounds| (bounds[1], bounds[3])))
}

/// True if what is said about `topic` are results of work and no money of the accounts.
pub(super) fn of_work(topic: Topic) -> bool {
    match topic {
        Topic::Duties
        | Topic::Purpose
        | Topic::Goal
        | Topic::Outcome
        | Topic::Output
        | Topic::Met
        | Topic::Unmet
        | Topic::Deviation
        | Topic::Problems
        | Topic::Measures
        | Topic::Use
        | Topic::Work
        | Topic::Evidence => true,
        Topic::Arrival
        | Topic::ArrivalCause
        | Topic::Execution
        | Topic::ExecutionCause
        | Topic::Management
        | Topic::Attached
        | Topic::Department
        | Topic::Executor
        | Topic::Grade
        | Topic::Note => false,
    }
}
