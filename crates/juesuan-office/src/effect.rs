//! What changes in the documents of a folder when something in it changes: printed figures, their relations, findings.
//!
//! The accounts do not keep from which cell of an input a printed figure came. What hangs on a cell is found by making the documents
//! twice, with and without a change of it: whatever is printed otherwise hangs on it, by whichever way, and nothing else does.

use std::collections::{BTreeSet, HashMap};

use juesuan_catalog::Catalog;
use juesuan_compose::Tail;
use juesuan_model::{Cell, Figure, FigureId, Meaning, Measure, Place, Verdict};
use juesuan_read::Files;
use juesuan_write::report::{ToldFinding, ToldRelation};

use crate::compile::{issues, made};
use crate::error::Error;
use crate::job::Job;
use crate::publish::{Found, Issue};
use crate::standing::Standing;

/// A folder with everything that its documents print and say.
#[derive(Debug, Default)]
pub struct Weighed {
    /// How far it is.
    pub standing: Standing,
    documents: Vec<Document>,
}

/// One of its documents.
#[derive(Debug)]
struct Document {
    /// Whose; empty: the department's.
    unit: String,
    figures: Vec<Figure>,
    findings: Vec<ToldFinding>,
    relations: Vec<ToldRelation>,
}

/// What differs between two states of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Figures that are printed otherwise, in the order of the documents.
    pub figures: Vec<Moved>,
    /// Findings that were not there before.
    pub appeared: Vec<ToldFinding>,
    /// Findings that are there no more.
    pub gone: Vec<ToldFinding>,
}

/// A printed figure that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Whose document prints it; empty: the department's.
    pub unit: String,
    /// What it is of.
    pub what: String,
    /// Where it stands.
    pub place: Place,
    /// What stood there; `None`: there was no such place.
    pub before: Option<Cell>,
    /// What stands there now.
    pub now: Option<Cell>,
    /// The relations that it takes part in, broken ones first.
    pub relations: Vec<ToldRelation>,
}

/// Makes and checks the documents of a folder, and keeps what they say.
///
/// # Errors
/// A run that was called off; what is wrong with the inputs is no error but part of the answer.
pub fn weigh(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Weighed, Error> {
    let accounts = match made(folder, Tail::Keep, catalog, job) {
        Ok(accounts) => accounts,
        Err(Error::Inputs(problems)) => {
            let standing = Standing::of_stopped(problems.into(), folder, catalog);
            return Ok(Weighed { standing, documents: Vec::new() });
        }
        Err(error) => return Err(error),
    };
    let issues = issues(&accounts, catalog, job)?;
    let found: Vec<Found> = issues.iter().map(Found::from).collect();
    let reasons = issues.iter().flat_map(|issue| {
        let name = &issue.package.entity.name;
        issue.draft_reasons.iter().map(move |reason| (name.clone(), reason.clone()))
    });
    let standing = Standing::judged_as(&accounts, &found, reasons.collect(), (folder, catalog));
    Ok(Weighed { standing, documents: issues.into_iter().map(Document::of).collect() })
}

/// What differs between two states.
pub fn effect(before: &Weighed, now: &Weighed) -> Effect {
    let mut effect = Effect::default();
    // Of a folder of which nothing is made nobody knows what it would print.
    if before.standing.is_stopped || now.standing.is_stopped {
        return effect;
    }
    let units: BTreeSet<&str> = before.documents.iter().chain(&now.documents).map(|own| own.unit.as_str()).collect();
    let nothing = Document { unit: String::new(), figures: Vec::new(), findings: Vec::new(), relations: Vec::new() };
    for unit in units {
        let of = |all: &'_ Weighed| all.documents.iter().position(|own| own.unit == unit);
        let one = of(before).and_then(|at| before.documents.get(at)).unwrap_or(&nothing);
        let other = of(now).and_then(|at| now.documents.get(at)).unwrap_or(&nothing);
        effect.add(unit, one, other);
    }
    effect
}

impl Effect {
    fn add(&mut self, unit: &str, before: &Document, now: &Document) {
        let mut old: HashMap<Spot<'_>, &Figure> =
            spots(&before.figures).map(|(spot, _, figure)| (spot, figure)).collect();
        let moved = |figure: &Figure, before: Option<Cell>, now: Option<Cell>, relations: Vec<ToldRelation>| Moved {
            unit: unit.to_owned(),
            what: figure.meanings.first().map(Meaning::to_string).unwrap_or_default(),
            place: figure.place.clone(),
            before,
            now,
            relations,
        };
        for (spot, id, figure) in spots(&now.figures) {
            let was = old.remove(&spot).map(|figure| figure.cell);
            if was != Some(figure.cell) {
                self.figures.push(moved(figure, was, Some(figure.cell), now.relations_of(id)));
            }
        }
        let gone = spots(&before.figures).filter(|(spot, ..)| old.contains_key(spot));
        self.figures.extend(gone.map(|(_, _, figure)| moved(figure, Some(figure.cell), None, Vec::new())));
        let lacks = |own: &[ToldFinding], key: &ToldFinding| own.iter().all(|other| other.key != key.key);
        self.appeared.extend(now.findings.iter().filter(|one| lacks(&before.findings, one)).cloned());
        self.gone.extend(before.findings.iter().filter(|one| lacks(&now.findings, one)).cloned());
    }
}

impl Document {
    fn of(issue: Issue) -> Document {
        let Issue { folder, package, findings, ledger, .. } = issue;
        let unit = if folder.is_empty() { String::new() } else { package.entity.name.clone() };
        Document { unit, figures: package.figures, findings, relations: ledger }
    }

    /// The relations in which a figure takes part.
    fn relations_of(&self, id: FigureId) -> Vec<ToldRelation> {
        let applies =
            |relation: &&ToldRelation| relation.verdict != Verdict::NotApplicable && relation.figures.contains(&id);
        let mut all: Vec<ToldRelation> = self.relations.iter().filter(applies).cloned().collect();
        // What joins few figures says more of this one.
        all.sort_by_key(|relation| (relation.verdict != Verdict::Broken, relation.figures.len()));
        all
    }
}

/// By what a figure is known again in the same document made anew: what it says and where it stands, the lines of a text aside.
#[derive(PartialEq, Eq, Hash)]
struct Spot<'f> {
    meanings: &'f [Meaning],
    measure: &'f Measure,
    place: [Option<&'f str>; 4],
    /// How many like it stand before it.
    nth: usize,
}

/// What several figures may have alike: meanings, measure, place.
type Alike<'f> = (&'f [Meaning], &'f Measure, [Option<&'f str>; 4]);

fn spots(figures: &[Figure]) -> impl Iterator<Item = (Spot<'_>, FigureId, &Figure)> {
    let mut seen: HashMap<Alike<'_>, usize> = HashMap::new();
    (0u32..).map(FigureId).zip(figures).map(move |(id, figure)| {
        let Place { section, table, row, column, .. } = &figure.place;
        let place = [section, table, row, column].map(|part| part.as_deref());
        let (meanings, measure) = (figure.meanings.as_slice(), &figure.measure);
        let count = seen.entry((meanings, measure, place)).or_default();
        *count += 1;
        (Spot { meanings, measure, place, nth: *count }, id, figure)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use juesuan_read::files::content;
    use juesuan_read::{Disk, Memory};

    use super::*;

    fn folder(change: impl Fn(&str, String) -> String) -> Memory {
        let disk = Disk::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/zengdu-2023"));
        let mut folder = Memory::folder("曾都");
        let mut open = vec![String::new()];
        while let Some(path) = open.pop() {
            for entry in disk.list(&path).unwrap() {
                let below = juesuan_read::files::joined(&path, &entry.name);
                match entry.kind {
                    juesuan_read::files::FileKind::Folder => open.push(below),
                    _ => {
                        let bytes = content(&disk, &below).unwrap();
                        let changed = String::from_utf8(bytes.clone()).map(|text| change(&below, text).into_bytes());
                        folder.put(&below, changed.unwrap_or(bytes));
                    }
                }
            }
        }
        folder
    }

    fn weighed(catalog: &Catalog, from: &str, to: &str) -> Weighed {
        let change = |path: &str, text: String| {
            if path.starts_with("budget/") { text.replacen(from, to, 1) } else { text }
        };
        weigh(&folder(change), catalog, Job::default()).unwrap()
    }

    #[test]
    fn what_hangs_on_a_cell_is_what_is_printed_otherwise_with_it() {
        let catalog = Catalog::load(&[]).unwrap();
        let as_it_stands = weighed(&catalog, "", "");
        assert_eq!(effect(&as_it_stands, &as_it_stands), Effect::default());
        assert!(!as_it_stands.standing.is_stopped);
        let more = weighed(&catalog, "全年预算,公务接待费,0.00", "全年预算,公务接待费,20000.00");
        let effect = effect(&as_it_stands, &more);
        assert!(!effect.figures.is_empty());
        let hangs = |moved: &Moved| {
            moved.what.contains("公务接待费") || moved.what.contains("三公经费") || moved.before.is_none()
        };
        for moved in &effect.figures {
            assert!(hangs(moved), "{moved:#?}");
            assert!(moved.relations.iter().all(|relation| relation.verdict != Verdict::NotApplicable));
        }
        let in_table = effect.figures.iter().find(|moved| moved.place.table.is_some()).expect("the table prints it");
        assert!(!in_table.relations.is_empty(), "{in_table:#?}");
    }

    #[test]
    fn of_inputs_with_faults_nobody_says_what_would_be_printed() {
        let catalog = Catalog::load(&[]).unwrap();
        let (right, wrong) = (weighed(&catalog, "", ""), weighed(&catalog, "公务接待费,0.00", "公务接待费,约三万"));
        assert!(wrong.standing.is_stopped);
        assert_eq!(effect(&right, &wrong), Effect::default());
        assert!(wrong.standing.problems.iter().any(|problem| problem.message.contains("约三万")));
    }
}
