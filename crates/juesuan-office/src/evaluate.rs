//! The performance of a department: points and grades, monitoring during the year, the bulletin of tasks.
//!
//! - [`overview`] what was budgeted, spent and scored; [`explain`] how points came about
//! - [`monitor`] lights at the end of a month; [`bulletin`] the tasks of a quarter

mod bulletin;
mod monitor;
mod overview;

use juesuan_model::Problem;

pub use bulletin::{Told, bulletin};
pub use monitor::{Monitored, monitor};
pub use overview::{Explanation, Overview, explain, overview};

/// Folders whose problems concern the evaluation.
const OWN_FOLDERS: [&str; 2] = ["performance", "registers"];

/// The problems of performance and registers, and how many others there are: these concern the accounts.
pub fn own_problems(problems: &[Problem]) -> (Vec<Problem>, usize) {
    let own = |problem: &&Problem| {
        let file = problem.place.file.as_deref().unwrap_or_default();
        file.is_empty() || file.split('/').any(|part| OWN_FOLDERS.contains(&part))
    };
    let own: Vec<Problem> = problems.iter().filter(own).cloned().collect();
    let others = problems.len() - own.len();
    (own, others)
}
