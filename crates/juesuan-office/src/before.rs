//! Last year beside what is typed: the figure of the same meaning, and the indicator of the same name.
//!
//! Which figure stands beside which column is data (`[[beside]]` of a file in `catalog/inputs/`). What the accounts of last year do not
//! print is not there: nothing is computed for it, and nothing is taken for zero.

use std::collections::BTreeMap;
use std::io::{self, Read};

use juesuan_catalog::{Beside, Catalog, IndicatorPart, IndicatorValue, InputFile};
use juesuan_compose::{Prepared, Tail};
use juesuan_facts::Facts;
use juesuan_facts::performance::WHOLE;
use juesuan_facts::record::{Entry as Content, Record};
use juesuan_inputs::prior::shown;
use juesuan_model::{Dimension, Meaning, Package};
use juesuan_read::Files;
use juesuan_read::files::{Entry, FileKind};
use juesuan_text::plain;

use crate::error::Error;
use crate::job::{Job, Phase};
use crate::{apart, last_year};

/// Folders that say nothing of last year.
const OF_THIS_YEAR: [&str; 5] = ["books", "tables", "budget", "registers", "performance"];

/// What is known of last year.
#[derive(Debug, Default)]
pub struct Before {
    /// Figures with their years.
    facts: Facts,
    /// Last year, in digits.
    year: String,
    /// What was aimed at and reached, by project and indicator; the whole has no project.
    indicators: BTreeMap<(String, String), [String; 2]>,
}

/// Something of last year beside a row or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Key of the column beside which it stands; empty: the whole table.
    pub column: String,
    /// What it is.
    pub says: String,
    /// How much, or what.
    pub value: String,
}

/// True for files of a folder by which what is known of last year changes.
pub fn is_of_last_year(path: &str) -> bool {
    !OF_THIS_YEAR.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// What a folder knows of last year.
///
/// # Errors
/// A run that was called off, a disk that fails; a folder that cannot be read knows nothing.
pub fn before(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Before, Error> {
    let folder = Narrowed { files: folder };
    let mut read = last_year::read(&folder, catalog, job)?;
    let fits = last_year::fits(catalog);
    let with = read.with(&fits);
    let steps = job.phase(Phase::Reading, Some(1))?;
    let known = apart::inputs(&folder, |folder| {
        let prepared = Prepared::read(folder, catalog, Tail::Keep, with);
        Ok(prepared.map(|prepared| Before::of(&prepared)).unwrap_or_default())
    });
    steps.done()?;
    known
}

impl Before {
    fn of(prepared: &Prepared<'_>) -> Before {
        let inputs = prepared.inputs();
        let indicators = inputs.prior.as_ref().map(indicators).unwrap_or_default();
        let year = inputs.department.year.saturating_sub(1).to_string();
        Before { facts: prepared.facts().clone(), year, indicators }
    }

    /// True if nothing is known of it.
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty() && self.facts.stated().next().is_none() && self.facts.leaves().next().is_none()
    }

    /// What stands beside a row: for each column the first that is known.
    pub fn of_row(&self, spec: &InputFile, row: &Record, catalog: &Catalog) -> Vec<Known> {
        let mut found: Vec<Known> = Vec::new();
        for beside in spec.beside.iter().filter(|beside| !beside.column.is_empty()) {
            let fits = beside.when.iter().all(|(column, entry)| row.text(column) == entry);
            if fits && found.iter().all(|known| known.column != beside.column) {
                found.extend(self.one(beside, Some(row), catalog));
            }
        }
        found
    }

    /// What stands beside a whole table.
    pub fn of_table(&self, spec: &InputFile, catalog: &Catalog) -> Vec<Known> {
        let whole = spec.beside.iter().filter(|beside| beside.column.is_empty());
        whole.filter_map(|beside| self.one(beside, None, catalog)).collect()
    }

    fn one(&self, beside: &Beside, row: Option<&Record>, catalog: &Catalog) -> Option<Known> {
        let value = match (&beside.indicator, row) {
            (Some(part), Some(row)) => self.indicator(part, row)?,
            (Some(_), None) => return None,
            (None, row) => {
                let meaning = self.meaning(beside, row)?;
                shown(self.facts.amount(&catalog.trees, &meaning, "")?)
            }
        };
        Some(Known { column: beside.column.clone(), says: beside.says.clone(), value })
    }

    /// The meaning of the figure; `None` for a row of another year.
    fn meaning(&self, beside: &Beside, row: Option<&Record>) -> Option<Meaning> {
        let named = |key: &str| row.and_then(|row| row.year(key));
        if let Some(year) = named("year") {
            let last: u16 = self.year.parse().ok()?;
            (year == last.checked_add(1)?).then_some(())?;
        }
        let fixed = beside.with.iter().map(|(dimension, node)| (*dimension, node.as_str()));
        let typed = beside.by.iter().filter_map(|(dimension, key)| Some((*dimension, row?.filled(key)?)));
        let year = std::iter::once((Dimension::Year, self.year.as_str()));
        Some(
            fixed
                .chain(typed)
                .chain(year)
                .fold(Meaning::new(), |meaning, (dimension, node)| meaning.with(dimension, node)),
        )
    }

    fn indicator(&self, part: &IndicatorPart, row: &Record) -> Option<String> {
        let project = plain(row.text(&part.project));
        let project = if project == WHOLE { String::new() } else { project };
        let [target, actual] = self.indicators.get(&(project, plain(row.text(&part.name))))?;
        let value = match part.value {
            IndicatorValue::Target => target,
            IndicatorValue::Actual => actual,
        };
        (!value.is_empty()).then(|| value.clone())
    }
}

/// What the accounts of last year say of each indicator; of two forms with the same one the first.
fn indicators(package: &Package) -> BTreeMap<(String, String), [String; 2]> {
    let mut found = BTreeMap::new();
    for evaluation in &package.performance.evaluations {
        for indicator in &evaluation.indicators {
            let key = (plain(&evaluation.project), plain(indicator.name()));
            found.entry(key).or_insert_with(|| [indicator.target.text.clone(), indicator.actual.text.clone()]);
        }
    }
    found
}

/// What a cell of amounts or counts becomes when it is a little more, by which is found out what hangs on it; `None` for other cells.
pub fn nudged(content: &Content) -> Option<String> {
    match content {
        Content::Yuan(amount) => amount.checked_add(juesuan_model::Money(NUDGE_FEN)).map(|more| more.to_string()),
        Content::Count(count) => count.checked_add(1).map(|more| more.to_string()),
        Content::Number(_) | Content::Text(_) | Content::Date(_) | Content::Year(_) => None,
    }
}

/// 123,456.00 元: so much that every print of it changes.
const NUDGE_FEN: i64 = 12_345_600;

/// A folder without what is only of this year.
struct Narrowed<'f> {
    files: &'f dyn Files,
}

impl Files for Narrowed<'_> {
    fn name(&self) -> &str {
        self.files.name()
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        let is_hidden = OF_THIS_YEAR.contains(&path) || !is_of_last_year(path);
        if is_hidden { None } else { self.files.kind(path) }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = self.files.list(folder)?;
        entries.retain(|entry| !folder.is_empty() || !OF_THIS_YEAR.contains(&entry.name.as_str()));
        Ok(entries)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        self.files.open(path)
    }
}
