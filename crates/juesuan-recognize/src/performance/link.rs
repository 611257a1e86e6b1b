//! One project, one name: that of its summary.

use juesuan_model::{Evaluation, Stands};

use super::title::{core, likeness};

/// Least likeness, in percent, of two names of one project.
const ALIKE: usize = 60;

/// The name under which a project is known already, for one of the names that a place prints; exactly before nearly, and
/// nearly only where one name alone is near and no other place of this kind has it.
pub(super) fn known(evaluations: &[Evaluation], stands: Stands, names: &[String]) -> Option<String> {
    let candidates: Vec<&Evaluation> =
        evaluations.iter().filter(|e| !e.is_whole() && (e.stands < stands || e.stands == Stands::Summary)).collect();
    let exact = names.iter().find_map(|name| candidates.iter().find(|e| core(&e.project) == core(name)));
    if let Some(found) = exact {
        return Some(found.project.clone());
    }
    let taken = |project: &str| evaluations.iter().any(|e| e.stands == stands && e.project == project);
    let near = |name: &String| {
        let mut all: Vec<(usize, &str)> = candidates
            .iter()
            .map(|e| (likeness(&core(&e.project), &core(name)), e.project.as_str()))
            .filter(|(alike, project)| *alike >= ALIKE && !taken(project))
            .collect();
        all.sort_by(|a, b| b.cmp(a));
        all.dedup();
        match all.as_slice() {
            [(_, one)] => Some((*one).to_owned()),
            [(first, one), (second, _), ..] if first > second => Some((*one).to_owned()),
            _ => None,
        }
    };
    names.iter().find_map(near)
}
