//! Last year's published documents: whose each is, and what is taken of it.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_inputs::prior::{FOLDER, Taken, of_another_year, state_published};
use juesuan_inputs::{Inputs, Published};
use juesuan_model::{Entity, Place, Problem};
use juesuan_read::files::joined;

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
    pub(crate) fn state(&self, unit: &str, own: &mut Inputs, used: &mut Used, problems: &mut Vec<Problem>) {
        // The package knows each figure to the 分; what was published adds nothing to it.
        if own.prior.is_some() {
            return;
        }
        let entity = Entity { units: Vec::new(), ..own.department.entity() };
        let above = self.of_folder("").filter(|_| !unit.is_empty());
        let fitting = self.of_folder(unit).chain(above).filter(|(_, one, _)| {
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

    /// Names the documents that were used for nobody, with the reason.
    pub(crate) fn unused(&self, inputs: &Inputs, used: &Used, problems: &mut Vec<Problem>) {
        let unused = self.documents.iter().enumerate().filter(|(number, _)| !used.numbers.contains(number));
        for (_, one) in unused {
            let entity = &one.package.entity;
            let of = whose(entity);
            let reason = match of_another_year(entity.year, inputs.department.year) {
                Some(reason) => reason,
                None if inputs.prior.is_some() && (self.fits)(entity, &inputs.department.entity()) => {
                    format!("已有 {}，以它为准", juesuan_inputs::prior::PACKAGE)
                }
                None => format!(
                    "这是{of}的决算，不是“{}”或其所属单位的；更名、合并的请把上年的数填在上年数里",
                    inputs.department.name
                ),
            };
            let place = Place { file: Some(one.file.clone()), ..Place::default() };
            problems.push(Problem::doubt(place, format!("没有使用：{reason}")));
        }
    }
}

/// The first year in a name: four digits that begin with 20.
fn year_of(name: &str) -> Option<u16> {
    let digits = name.split(|c: char| !c.is_ascii_digit());
    digits.filter(|digits| digits.len() == 4 && digits.starts_with("20")).find_map(|digits| digits.parse().ok())
}

/// For people.
fn whose(entity: &Entity) -> String {
    if entity.name.is_empty() { "没有写明单位".to_owned() } else { format!("“{}”", entity.name) }
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
