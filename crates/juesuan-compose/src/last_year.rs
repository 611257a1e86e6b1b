//! Last year's published documents: whose each is, and what is taken of it.

use std::collections::BTreeSet;

use juesuan_catalog::origin::PriorWords;
use juesuan_catalog::{Catalog, LastYearFrom};
use juesuan_facts::{Fact, Facts};
use juesuan_inputs::merged::{Before, state_sums};
use juesuan_inputs::prior::{FOLDER, PACKAGE, Taken, of_another_year, shown, state_published, unused};
use juesuan_inputs::words::filled;
use juesuan_inputs::{Inputs, Published};
use juesuan_model::{Entity, Meaning, Place, Problem, Scope};
use juesuan_read::files::joined;
use juesuan_text::plain;

use crate::accounts::UNITS;

/// Published documents of last year, as whoever can read them read them.
pub struct LastYear<'a> {
    /// Final accounts, by their paths below the department's folder.
    pub documents: Vec<Published>,
    /// Tells whether last year's accounts of the one may be those of the other.
    pub fits: &'a (dyn Fn(&Entity, &Entity) -> bool + Sync),
}

impl LastYear<'static> {
    /// None.
    pub fn none() -> LastYear<'static> {
        LastYear { documents: Vec::new(), fits: &|_, _| false }
    }
}

/// What was taken for the department and its units.
#[derive(Debug, Default)]
pub(crate) struct Used {
    /// One line a document, for people.
    pub(crate) said: Vec<String>,
    /// Documents that were used, by their numbers.
    numbers: BTreeSet<usize>,
}

impl Used {
    /// Adds what was taken for another body.
    pub(crate) fn take(&mut self, other: Used) {
        self.said.extend(other.said);
        self.numbers.extend(other.numbers);
    }
}

impl LastYear<'_> {
    /// Gives documents that do not say of which year they are that of their file's name, else the year before `this_year`, which is
    /// told.
    pub(crate) fn date(&mut self, this_year: u16, problems: &mut Vec<Problem>) {
        for one in self.documents.iter_mut().filter(|one| one.package.entity.year == 0) {
            let named = year_of(one.file.rsplit('/').next().unwrap_or_default());
            one.package.entity.year = named.unwrap_or(this_year.saturating_sub(1));
            if named.is_none() {
                let message = format!("没有写明年度，当作 {} 年度的决算取用；请核对", one.package.entity.year);
                problems.push(Problem::doubt(Place { file: Some(one.file.clone()), ..Place::default() }, message));
            }
        }
    }

    /// The paths of those that lie in the folder of a unit (empty: of the department), as seen from there.
    pub(crate) fn in_folder(&self, unit: &str) -> BTreeSet<String> {
        self.of_folder(unit).map(|(_, _, path)| path.to_owned()).collect()
    }

    fn of_folder<'s>(&'s self, unit: &str) -> impl Iterator<Item = (usize, &'s Published, &'s str)> {
        let folder = if unit.is_empty() { String::new() } else { format!("{}/", joined(UNITS, unit)) };
        let inside = move |one: &'s Published| one.file.strip_prefix(&folder).filter(|path| path.starts_with(FOLDER));
        self.documents.iter().enumerate().filter_map(move |(number, one)| Some((number, one, inside(one)?)))
    }

    /// States for a body what the documents of it say: those in its own folder, for a unit also those in that of the department.
    /// Of a body that was made of several, what those of them say together.
    pub(crate) fn state(
        &self,
        unit: &str,
        own: &mut Inputs,
        catalog: &Catalog,
        used: &mut Used,
        problems: &mut Vec<Problem>,
    ) {
        if !own.department.merged_of().is_empty() {
            return self.state_merged(unit, own, catalog, used, problems);
        }
        let has_none = own.department.formed.as_ref().is_some_and(|formed| formed.last_year == LastYearFrom::None);
        // The package knows each figure to the 分; what was published adds nothing to it.
        if own.prior.is_some() || has_none {
            return;
        }
        let entity = Entity { units: Vec::new(), ..own.department.entity() };
        let fitting = self.around(unit).filter(|(_, one, _)| {
            of_another_year(one.package.entity.year, entity.year).is_none() && (self.fits)(&one.package.entity, &entity)
        });
        let fitting: Vec<(usize, &Published)> = fitting.map(|(number, one, _)| (number, one)).collect();
        let documents: Vec<&Published> = fitting.iter().map(|(_, one)| *one).collect();
        let taken = state_published(&documents, &mut own.facts, problems);
        let most = taken.iter().zip(&documents).max_by_key(|(taken, _)| taken.all());
        own.prior = most.map(|(_, one)| one.package.clone());
        used.numbers.extend(fitting.iter().map(|(number, _)| *number));
        used.said.extend(documents.iter().zip(&taken).map(|(one, taken)| said(one, taken)));
    }

    /// The documents in the folder of a unit and in that of the department.
    fn around<'s>(&'s self, unit: &str) -> impl Iterator<Item = (usize, &'s Published, &'s str)> {
        let is_unit = !unit.is_empty();
        self.of_folder(unit).chain(self.of_folder("").filter(move |_| is_unit))
    }

    /// States for a body that was made of several what the accounts of all of them say together.
    fn state_merged(
        &self,
        unit: &str,
        own: &mut Inputs,
        catalog: &Catalog,
        used: &mut Used,
        problems: &mut Vec<Problem>,
    ) {
        let entity = Entity { units: Vec::new(), ..own.department.entity() };
        let names = own.department.merged_of().to_vec();
        // The merged body may have a package of its own, which counts.
        let package = match own.prior.take() {
            Some(package) if names.iter().any(|name| is_of(&package.entity, name)) => {
                Some(Published { file: PACKAGE.to_owned(), package })
            }
            Some(own_package) => {
                own.prior = Some(own_package);
                return;
            }
            None => None,
        };
        let fits = |one: &Published, name: &str| {
            let prior = &one.package.entity;
            // A department may be made of single units; a unit is not made of departments.
            let scope = if unit.is_empty() { prior.scope } else { Scope::Unit };
            let before = Entity { name: name.to_owned(), scope, ..entity.clone() };
            let is_named = prior.name.chars().any(char::is_alphanumeric);
            // Whoever calls a file by the name of a body means that body, however its cover says it.
            let file = one.file.rsplit_once(&format!("{FOLDER}/")).map_or(one.file.as_str(), |(_, file)| file);
            let of_file = plain(file).contains(plain(name).as_str());
            of_another_year(prior.year, entity.year).is_none()
                && (of_file || is_of(prior, name) || is_named && (self.fits)(prior, &before))
        };
        let all: Vec<(usize, &Published)> = self.around(unit).map(|(number, one, _)| (number, one)).collect();
        let bodies: Vec<Before<'_>> = names
            .iter()
            .map(|name| {
                let documents = all.iter().map(|(_, one)| *one).chain(package.as_ref());
                Before { name, documents: documents.filter(|one| fits(one, name)).collect() }
            })
            .collect();
        let summed = state_sums(&bodies, own, catalog, problems);
        let is_used = |one: &Published| names.iter().any(|name| fits(one, name));
        used.numbers.extend(all.iter().filter(|(_, one)| is_used(one)).map(|(number, _)| *number));
        for (body, taken) in bodies.iter().zip(&summed.taken) {
            used.said.extend(body.documents.iter().zip(taken).map(|(one, taken)| said(one, taken)));
        }
        used.said.extend(summed.said);
        // Headquarters of a merged department need no accounts of their own from before it.
        if unit.is_empty() {
            let words = &catalog.origins.prior;
            let told = |name: &String| filled(&words.lacking, &[("name", name)]);
            let place = || Place { file: Some(FOLDER.to_owned()), ..Place::default() };
            problems.extend(summed.lacking.iter().map(|name| Problem::doubt(place(), told(name))));
        }
    }

    /// Names the documents that were used for nobody, with the reason.
    pub(crate) fn unused(&self, inputs: &Inputs, catalog: &Catalog, used: &Used, problems: &mut Vec<Problem>) {
        let words = &catalog.origins.prior;
        let others = self.documents.iter().enumerate().filter(|(number, _)| !used.numbers.contains(number));
        for (_, one) in others {
            let entity = &one.package.entity;
            let fits = || (self.fits)(entity, &inputs.department.entity());
            let has_none = |from: LastYearFrom| from == LastYearFrom::None;
            let reason = match of_another_year(entity.year, inputs.department.year) {
                Some(reason) => reason,
                None if inputs.department.formed.as_ref().is_some_and(|own| has_none(own.last_year)) => {
                    words.none.clone()
                }
                None if is_source(inputs, entity) => filled(&words.source, &[("name", &whose(entity, words))]),
                None if inputs.prior.is_some() && fits() => filled(&words.package, &[("file", PACKAGE)]),
                None => filled(&words.other, &[("name", &whose(entity, words)), ("own", &inputs.department.name)]),
            };
            problems.push(unused(Place { file: Some(one.file.clone()), ..Place::default() }, &reason, catalog));
        }
    }
}

/// A figure of last year that was taken from what was published, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenFigure {
    /// Whose it became; `None`: the department's.
    pub unit: Option<String>,
    /// What it is of.
    pub what: String,
    /// How much.
    pub amount: String,
    /// Where it stands; of a sum where each of its parts does.
    pub place: String,
}

/// The figures of `facts` that come from published accounts of last year.
pub(crate) fn taken(facts: &Facts, unit: Option<&str>) -> Vec<TakenFigure> {
    let from = format!("{FOLDER}/");
    let is_published = |fact: &Fact| {
        let file = fact.place.file.as_deref().unwrap_or_default();
        file.starts_with(&from) && file != PACKAGE
    };
    let stated = facts.stated().filter(|(_, fact)| is_published(fact));
    let told = |(meaning, fact): (&Meaning, &Fact)| TakenFigure {
        unit: unit.map(str::to_owned),
        what: meaning.to_string(),
        amount: shown(fact.amount),
        place: fact.place.to_string(),
    };
    stated.map(told).collect()
}

/// True for the accounts of the body out of which this one was taken.
fn is_source(inputs: &Inputs, entity: &Entity) -> bool {
    let formed = inputs.department.formed.as_ref().filter(|formed| formed.last_year == LastYearFrom::Own);
    formed.is_some_and(|formed| formed.from.iter().any(|name| is_of(entity, name)))
}

/// True for the accounts of a body of this name.
fn is_of(entity: &Entity, name: &str) -> bool {
    plain(&entity.name) == plain(name)
}

/// The first year in a name: four digits that begin with 20.
fn year_of(name: &str) -> Option<u16> {
    let digits = name.split(|c: char| !c.is_ascii_digit());
    digits.filter(|digits| digits.len() == 4 && digits.starts_with("20")).find_map(|digits| digits.parse().ok())
}

/// For people.
fn whose(entity: &Entity, words: &PriorWords) -> String {
    if entity.name.is_empty() { words.nameless.clone() } else { filled(&words.named, &[("name", &entity.name)]) }
}

fn said(one: &Published, taken: &Taken) -> String {
    let entity = &one.package.entity;
    let name = if entity.name.is_empty() { "（没有写明单位，请核对）" } else { &entity.name };
    let pages = match taken.pages {
        Some((first, last)) if first == last => format!("，在第{first}页"),
        Some((first, last)) => format!("，在第{first}—{last}页"),
        None => String::new(),
    };
    format!(
        "上年数　{}：{name}{}年度决算，取用 {} 个数（表 {}，正文 {}{pages}）；没有的照常列出",
        one.file,
        entity.year,
        taken.all(),
        taken.in_tables,
        taken.in_text
    )
}

/// Inputs of a folder of the department or of a unit.
pub(crate) fn inputs(
    folder: &dyn juesuan_read::Files,
    unit: &str,
    catalog: &Catalog,
    last_year: &LastYear<'_>,
) -> Result<Inputs, Vec<Problem>> {
    juesuan_inputs::read_beside(folder, catalog, &last_year.in_folder(unit))
}
