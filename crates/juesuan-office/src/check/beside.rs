//! Documents held against each other; a panic over one of them costs no other its report.

use std::borrow::Cow;

use juesuan_catalog::Catalog;
use juesuan_check::{Beside, Card, Directory, Named, Trial, check_alone, check_beside};
use juesuan_model::package::Report;
use juesuan_model::{Package, Place, Problem};
use juesuan_write::report::{Checked, Documents};
use rayon::prelude::*;

use crate::apart::{apart, lost};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::shelf::{Parcel, Shelf, taken_up};

/// Documents that are judged at once: each takes up those that it needs.
const AT_ONCE: usize = 4;
/// Figures, relations and findings that are taken up for one document: a department with a thousand units of the usual size.
const TOGETHER_MAX: usize = 2_000_000;

/// Checks a document beside others: what it is held against, it with its number, the others with theirs.
type Check<'a> = &'a (dyn Fn(&Beside, (usize, &Checked), &[(usize, Cow<'_, Checked>)]) -> Report + Sync);

/// Holds the documents against each other: only those few that a document needs are taken up with it.
pub(super) fn judge_all(
    (shelf, cards): (&mut Shelf, &[Card]),
    prior: &[&Package],
    catalog: &Catalog,
    (trial, job): (Trial, Job<'_>),
) -> Result<Vec<Beside>, Error> {
    let check = |beside: &Beside, (number, checked): (usize, &Checked), others: &[(usize, Cow<'_, Checked>)]| {
        let before = others.iter().filter(|(number, _)| beside.before.contains(number));
        let before: Vec<&Package> = before.map(|(_, checked)| &checked.package).collect();
        let mut report = match before.is_empty() {
            true => checked.report.clone(),
            false => check_alone(&checked.package, catalog, (prior, &before), trial),
        };
        let others: Vec<(usize, Named<'_>)> = others.iter().map(|(number, other)| (*number, named(other))).collect();
        check_beside(&mut report, (number, named(checked)), (beside, &others), catalog, trial);
        report
    };
    let all = Directory::new(catalog).beside(cards);
    judge_by(shelf, &all, (&check, TOGETHER_MAX), job)?;
    Ok(all)
}

fn named(checked: &Checked) -> Named<'_> {
    Named { file: &checked.file, package: &checked.package }
}

fn judge_by(shelf: &mut Shelf, all: &[Beside], (check, most): (Check<'_>, usize), job: Job<'_>) -> Result<(), Error> {
    let needed = |beside: &Beside| beside.before.iter().copied().chain(beside.others()).collect::<Vec<usize>>();
    let mut linked: Vec<(usize, &Beside, Vec<usize>)> = Vec::new();
    for (number, beside) in all.iter().enumerate() {
        match needed(beside) {
            // What is said where nothing has to be looked up is that it was looked at.
            others if others.is_empty() && beside.is_linked() => {
                let nothing = Checked::default();
                shelf.add(number, apart(|| check(beside, (number, &nothing), &[])).unwrap_or_default().relations);
            }
            others if others.is_empty() => {}
            others => linked.push((number, beside, others)),
        }
    }
    let steps = job.phase(Phase::Checking, Some(linked.len()))?;
    for some in linked.chunks(AT_ONCE) {
        let judged: Vec<Result<(usize, Parcel), Error>> = some
            .par_iter()
            .map(|(number, beside, others)| Ok((*number, judged(shelf, (*number, beside, others), (check, most))?)))
            .collect();
        for one in judged {
            let (number, parcel) = one?;
            shelf.replace(number, parcel)?;
            steps.done()?;
        }
    }
    Ok(())
}

/// A document with what the check says of it beside those that it needs.
fn judged(
    shelf: &Shelf,
    (number, beside, others): (usize, &Beside, &[usize]),
    (check, most): (Check<'_>, usize),
) -> Result<Parcel, Error> {
    let up = |other: &usize| Ok((*other, shelf.document(*other).map_err(taken_up)?));
    let mut checked = up(&number)?.1.into_owned();
    if beside.before_left_out > 0 {
        checked.problems.push(versions(beside));
    }
    if others.iter().map(|other| shelf.weight(*other)).sum::<usize>() > most {
        checked.problems.push(too_many(others.len()));
        return Ok(Parcel::new(checked, shelf.is_down(number), None));
    }
    let others = others.iter().map(up).collect::<Result<Vec<_>, Error>>()?;
    match apart(|| check(beside, (number, &checked), &others)) {
        Some(report) => checked.report = report,
        None => checked.problems.push(lost(None)),
    }
    Ok(Parcel::new(checked, shelf.is_down(number), None))
}

/// More documents than there is room for.
fn too_many(others: usize) -> Problem {
    let message = format!("要与它相互核对的文件有 {others} 份，太多，这一次没有相互核对；请分几次核对");
    Problem::fatal(Place::default(), message)
}

/// More versions of the year before than a document is held against.
fn versions(beside: &Beside) -> Problem {
    let (held, all) = (beside.before.len(), beside.before.len() + beside.before_left_out);
    let message = format!("同一单位上一年度的文件有 {all} 份，内容各不相同，只与前 {held} 份核对了；请只留定稿");
    Problem::doubt(Place::default(), message)
}

#[cfg(test)]
mod tests {
    use juesuan_check::Directory;
    use juesuan_model::{DocumentKind, Entity, Scope};

    use super::*;
    use crate::judge;
    use crate::state::State;

    /// The same body in three years, one after the other, two of them packed.
    fn documents() -> (Shelf, Vec<Card>, Catalog) {
        let catalog = Catalog::load(&[]).unwrap();
        let directory = Directory::new(&catalog);
        let (mut shelf, mut cards) = (Shelf::default(), Vec::new());
        for (number, file) in ["a", "bad", "c"].into_iter().enumerate() {
            let year = 2021 + u16::try_from(number).unwrap();
            let entity = Entity { name: "甲县林业局".into(), year, scope: Scope::Department, ..Entity::default() };
            let package = Package { kind: DocumentKind::Final, entity, ..Package::default() };
            let checked = Checked { file: file.to_owned(), package, ..Checked::default() };
            cards.push(directory.card(Named { file, package: &checked.package }));
            shelf.put(Parcel::new(checked, number > 0, None)).unwrap();
        }
        (shelf, cards, catalog)
    }

    #[test]
    fn a_document_over_which_the_check_panics_keeps_its_own_report_and_says_that_it_is_not_all() {
        let (mut shelf, cards, catalog) = documents();
        let all = Directory::new(&catalog).beside(&cards);
        let before: Vec<_> = all.iter().map(|beside| beside.before.clone()).collect();
        assert_eq!(before, [vec![], vec![0], vec![1]]);
        let check = |_: &Beside, (_, checked): (usize, &Checked), others: &[(usize, Cow<'_, Checked>)]| {
            assert!(checked.file != "bad", "a bug");
            assert_eq!(others.len(), 1);
            checked.report.clone()
        };
        judge_by(&mut shelf, &all, (&check, TOGETHER_MAX), Job::default()).unwrap();
        let problems: Vec<usize> = (0..3).map(|at| shelf.document(at).unwrap().problems.len()).collect();
        assert_eq!(problems, [0, 1, 0]);
        assert_eq!(judge::state(&shelf.document(1).unwrap()), State::Unread);
    }

    #[test]
    fn more_documents_than_there_is_room_for_are_not_held_against_each_other_and_it_is_said() {
        let (mut shelf, cards, catalog) = documents();
        let all = Directory::new(&catalog).beside(&cards);
        let check = |_: &Beside, _: (usize, &Checked), _: &[(usize, Cow<'_, Checked>)]| -> Report {
            panic!("nothing is taken up")
        };
        judge_by(&mut shelf, &all, (&check, 0), Job::default()).unwrap();
        let states: Vec<State> = (0..3).map(|at| judge::state(&shelf.document(at).unwrap())).collect();
        assert!(states[1] == State::Unread && states[2] == State::Unread, "{states:?}");
    }
}
