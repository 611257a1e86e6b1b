//! A department's folder before it is compiled, and a bureau's own list of codes.

use std::path::{Path, PathBuf};
use std::{fs, io};

use juesuan_catalog::{Catalog, Codes};
use juesuan_inputs::import::Imported;
use juesuan_inputs::scaffold::{Answers, Scaffold};
use juesuan_inputs::whole::put_new;
use juesuan_inputs::words::filled;
use juesuan_inputs::{classification, import, prior};
use juesuan_model::{DocumentKind, Entity, Package, Place, Problem, Scope};
use juesuan_read::files::FileKind;
use juesuan_read::{Disk, Files};

use crate::apart::apart_for;
use crate::error::Error;
use crate::folder::put_file;
use crate::job::Job;
use crate::last_year;
use crate::state::State;

/// In what a department enters its figures and texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One workbook.
    Workbook,
    /// A folder with text files and a workbook for each kind of sheet.
    Folder,
}

/// The files of a new folder, in memory. Variant and level may be said in other usual words.
///
/// # Errors
/// [`Error::NoVariant`] for a variant whose documents nobody can write in that year, [`Error::NoLevel`], and a library that writes
/// no workbook.
pub fn begin(answers: &Answers, entry: Entry, catalog: &Catalog) -> Result<Scaffold, Error> {
    let answers = called(answers, catalog)?;
    match entry {
        Entry::Workbook => Scaffold::workbook(catalog, &answers),
        Entry::Folder => Scaffold::sheets(catalog, &answers),
    }
    .map_err(|source| Error::Io { what: catalog.entry.file.clone(), source: io::Error::other(source) })
}

/// Writes the files of a new folder that are not there yet; gives their paths.
///
/// # Errors
/// As [`begin`], and a disk that takes no file.
pub fn new(folder: &Path, answers: &Answers, entry: Entry, catalog: &Catalog) -> Result<Vec<PathBuf>, Error> {
    let unmade = |source| Error::Io { what: format!("建不了 {}", folder.display()), source };
    begin(answers, entry, catalog)?.write(folder).map_err(unmade)
}

/// What the accounts of last year in `prior/` say of a folder that follows them: whose, the year after theirs, how they are printed, the
/// units. A package says it best; of documents the first of a department does. `None` where none of them can be read.
///
/// # Errors
/// A disk that does not give what lies there, a run that was called off.
pub fn follow(folder: &dyn Files, catalog: &Catalog, job: Job<'_>) -> Result<Option<Answers>, Error> {
    let package = prior::PACKAGE;
    if folder.kind(package) == Some(FileKind::File) {
        let bytes = juesuan_read::file::bytes_of(folder, package, package);
        if let Ok(package) = bytes.and_then(|bytes| juesuan_read::package::read(package, &bytes)) {
            return Ok(Some(following(package.entity, catalog)));
        }
    }
    let documents = last_year::read(folder, catalog, job)?.into_documents();
    let mut entities: Vec<Entity> = documents.into_iter().map(|one| one.package.entity).collect();
    entities.retain(|entity| !entity.name.is_empty());
    let whole = entities.iter().position(|entity| entity.scope == Scope::Department).unwrap_or_default();
    Ok(entities.into_iter().nth(whole).map(|entity| following(entity, catalog)))
}

/// The answers of the year after.
fn following(entity: Entity, catalog: &Catalog) -> Answers {
    let year = if entity.year == 0 { 0 } else { entity.year.saturating_add(1) };
    let is_written = catalog.writable().any(|own| own.key == entity.variant && own.since <= year);
    let known = entity.demands().filter(|_| is_written).unwrap_or_default().to_owned();
    let Entity { name, level, region, units, .. } = entity;
    Answers { name, year, variant: known, level, region, units }
}

/// The answers with the keys of variant and level.
fn called(answers: &Answers, catalog: &Catalog) -> Result<Answers, Error> {
    let variant = catalog.variant_called(&answers.variant).map(str::to_owned);
    let is_written = |key: &String| catalog.writable().any(|own| own.key == *key && own.since <= answers.year);
    let Some(variant) = variant.filter(is_written) else {
        let mut known: Vec<String> =
            catalog.writable().map(|variant| format!("{}（{}）", variant.key, variant.name)).collect();
        known.dedup();
        return Err(Error::NoVariant { asked: answers.variant.clone(), known });
    };
    let level = match catalog.level_called(&answers.level) {
        Some(key) => key.to_owned(),
        None if answers.level.is_empty() => String::new(),
        None => {
            let known = catalog.sections.phrases.level.keys().cloned().collect();
            return Err(Error::NoLevel { asked: answers.level.clone(), known });
        }
    };
    Ok(Answers { variant, level, ..answers.clone() })
}

/// Fills a folder from a workbook of the ministry's software. What could not be placed is named: then the run ends unread.
///
/// # Errors
/// [`Error::Inputs`] where nothing could be made of the workbook; nothing was written.
pub fn import(workbook: &Path, folder: &Path, catalog: &Catalog) -> Result<(Imported, State), Error> {
    taken(&workbook.display().to_string(), || import::import(workbook, folder, catalog))
}

/// The same in memory: what becomes of the workbook called `name` in a folder that nobody writes to.
///
/// # Errors
/// [`Error::Inputs`] where nothing could be made of the workbook.
pub fn import_into(
    folder: &dyn Files,
    name: &str,
    workbook: &[u8],
    catalog: &Catalog,
) -> Result<(Imported, State), Error> {
    taken(name, || import::import_into(folder, name, workbook, catalog))
}

/// Fills a folder from a picture of last year's accounts, or a scan: what is read in it becomes rows of last year's figures that somebody has
/// yet to confirm. That is named: the run ends unread.
///
/// # Errors
/// [`Error::Inputs`] where nothing could be read of it, or it is of another year; nothing was written.
pub fn import_pictured(
    (name, bytes): (&str, &[u8]),
    folder: &Path,
    catalog: &Catalog,
    job: Job<'_>,
) -> Result<(Imported, State), Error> {
    let means = job.means();
    let mut imported = apart_for(name, || {
        let pages = juesuan_read::pages_with(name, bytes, &means).map_err(|problem| vec![problem])?;
        let read = juesuan_recognize::document(&pages, catalog);
        pictured(name, read.package, &Disk::new(folder), catalog)
    })
    .unwrap_or_else(|lost| Err(vec![lost]))
    .map_err(Error::Inputs)?;
    job.go_on()?;
    for (path, content) in &imported.files {
        if let Err(error) = put_new(&folder.join(path), content) {
            imported.problems.push(import::unwritten(path, &error));
        }
    }
    Ok((imported, State::Unread))
}

/// What becomes of last year's accounts that were read from a picture.
fn pictured(name: &str, mut package: Package, folder: &dyn Files, catalog: &Catalog) -> Result<Imported, Vec<Problem>> {
    let words = &catalog.pictured;
    let place = || Place { file: Some(name.to_owned()), ..Place::default() };
    let this_year = import::year(folder, &[], catalog).map_err(|problem| vec![problem])?;
    let mut out = Imported::default();
    if package.kind != DocumentKind::Final {
        return Err(vec![Problem::fatal(place(), last_year::no_accounts(&package))]);
    }
    let department = import::department(folder, catalog).map_err(|problem| vec![problem])?;
    if let Some(own) = department.filter(|own| !is_of(&package.entity, &own.entity(), catalog)) {
        out.problems.push(Problem::doubt(place(), prior::of_another_body(&package.entity.name, &own.name)));
    }
    match package.entity.year {
        0 => {
            let year = this_year.saturating_sub(1).to_string();
            out.problems.push(Problem::doubt(place(), filled(&words.yearless, &[("year", &year)])));
        }
        year => {
            if let Some(message) = prior::of_another_year(year, this_year) {
                return Err(vec![Problem::fatal(place(), message)]);
            }
        }
    }
    juesuan_check::prove(&mut package, catalog);
    let Some((rows, count)) = juesuan_inputs::pictured::rows(&package, catalog) else {
        return Err(vec![Problem::fatal(place(), words.nothing.clone())]);
    };
    out.put(folder, &words.file, rows);
    if !out.files.is_empty() {
        out.problems.push(Problem::doubt(place(), filled(&words.written, &[("count", &count.to_string())])));
    }
    Ok(out)
}

/// True unless a document names another body; a picture of one table says nothing of units.
fn is_of(named: &Entity, own: &Entity, catalog: &Catalog) -> bool {
    let named = Entity { scope: own.scope, ..named.clone() };
    last_year::fits(catalog)(&named, own)
}

fn taken(
    name: &str,
    import: impl FnOnce() -> Result<Imported, Vec<Problem>> + Send,
) -> Result<(Imported, State), Error> {
    let imported = apart_for(name, import).unwrap_or_else(|lost| Err(vec![lost])).map_err(Error::Inputs)?;
    let state = if imported.problems.is_empty() { State::Clean } else { State::Unread };
    Ok((imported, state))
}

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classification {
    /// 支出功能分类.
    Function,
    /// 部门预算支出经济分类.
    Economic,
}

impl Classification {
    /// The list of a catalogue, and where it stands in an overlay.
    fn list(self, catalog: &Catalog) -> (&Codes, &'static str) {
        match self {
            Classification::Function => (&catalog.functions, "codes/function.tsv"),
            Classification::Economic => (&catalog.economics, "codes/economic.tsv"),
        }
    }
}

/// Writes a bureau's full list of codes into the folder of its overlay; gives the file and how many codes were taken in.
///
/// # Errors
/// [`Error::Inputs`] where the list has faults, and a disk that takes no file.
pub fn import_codes(
    list: &Path,
    kind: Classification,
    overlay: &Path,
    catalog: &Catalog,
) -> Result<(PathBuf, usize), Error> {
    let (known, path) = kind.list(catalog);
    let (text, count) = classification::import(list, known, catalog).map_err(Error::Inputs)?;
    let target = overlay.join(path);
    if let Some(folder) = target.parent() {
        let unmade = |source| Error::Io { what: format!("建不了文件夹 {}", folder.display()), source };
        fs::create_dir_all(folder).map_err(unmade)?;
    }
    put_file(&target, text.as_bytes())?;
    Ok((target, count))
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Cell, Dimension, Figure, Meaning, Measure, Printed, Seen, Unit};
    use juesuan_read::Memory;

    use super::*;

    /// What becomes of a picture with one figure in the folder of a department for 2024: how many files, and what is said.
    fn told(kind: DocumentKind, name: &str, year: u16) -> (usize, String) {
        let mut folder = Memory::folder("甲");
        let own = "name = \"青溪县园林局\"\nyear = 2024\nvariant = \"hubei\"\nlevel = \"county\"\n";
        folder.put("department.toml", own);
        let figure = Figure {
            meanings: vec![Meaning::new().with(Dimension::Item, "收入总计")],
            measure: Measure::Amount,
            cell: Printed::parse("921.96", Unit::WanYuan).map_or(Cell::Unreadable, Cell::Number),
            exact_fen: None,
            place: Place::default(),
            seen: Seen::Proven,
        };
        let entity = Entity { name: name.to_owned(), year, ..Entity::default() };
        let package = Package { kind, entity, figures: vec![figure], ..Package::default() };
        let told = pictured("上年.png", package, &folder, &Catalog::load(&[]).unwrap());
        let (count, problems) = told.map_or_else(|all| (0, all), |imported| (imported.files.len(), imported.problems));
        (count, problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_picture_of_a_budget_or_of_another_year_is_no_last_year() {
        let (count, told_of) = told(DocumentKind::Budget, "青溪县园林局", 2023);
        assert!(count == 0 && told_of.contains("是部门预算，不是决算"), "{told_of}");
        assert_eq!(told(DocumentKind::Template, "青溪县园林局", 2023).0, 0);
        assert_eq!(told(DocumentKind::Final, "青溪县园林局", 2022).0, 0);
        assert_eq!(told(DocumentKind::Final, "青溪县园林局", 2023).0, 1);
    }

    #[test]
    fn a_picture_that_names_another_body_is_told_and_one_that_names_none_is_not() {
        let (count, of_other) = told(DocumentKind::Final, "白石县水利局", 2023);
        assert!(count == 1 && of_other.contains("这是“白石县水利局”的决算，不是“青溪县园林局”的"), "{of_other}");
        for own in ["", "青溪县园林局（本级）"] {
            let (count, told_of) = told(DocumentKind::Final, own, 2023);
            assert!(count == 1 && !told_of.contains("不是“"), "{told_of}");
        }
    }
}
